//! What hands and disks do to a documentation: lines, cells and bytes that come, go and change.
//!
//! A mutation is made of four numbers, whoever draws them: proptest or a fuzzer. See `sections` for larger pieces.

use super::sections;

/// One change of a text. The numbers count round and round, so each of them fits each text.
#[derive(Clone, Debug)]
pub enum Mutation {
    RemoveLines(usize, usize),
    DuplicateLine(usize),
    SwapLines(usize, usize),
    MoveLines(usize, usize, usize),
    SplitLine(usize, usize),
    RemoveCell(usize, usize),
    DuplicateCell(usize, usize),
    SwapCells(usize, usize, usize),
    SplitCell(usize, usize),
    RemovePipe(usize, usize),
    RemoveDelimiter(usize),
    FlipByte(usize, u8),
    InsertByte(usize, u8),
    InsertText(usize, &'static str),
    CutOff(usize),
    DropFence(usize),
    Relevel(usize, usize),
    Retitle(usize, &'static str),
    LineEnds(&'static str),
    Blanks(&'static str),
    ByteOrderMark,
    NoBlankLines,
    OneLine(usize),
    Piece(sections::Kind, sections::Change, usize, usize),
}

/// How many kinds of mutations [`Mutation::new`] knows.
pub const KINDS: usize = 36;

/// Text that means something to Markdown, JSON, XML, URLs, templates or Rust.
pub const PIECES: &[&str] = &[
    "`",
    "```",
    "```json\n",
    "|",
    "\\|",
    "*",
    "**",
    "<aside",
    "</aside>",
    "<!--",
    "-->",
    "\u{feff}",
    "\u{202e}",
    "é",
    "😀",
    "\0",
    "\r",
    "\u{a0}",
    "\t",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\\u{",
    "\\ud800",
    "<",
    "&#0;",
    "&lt;",
    "<a/>",
    "://",
    "{{",
    "{%",
    "%}",
    "0",
    "-1",
    "99999999999999999999",
    "1e999",
    "/",
    "..",
    "=",
    "?",
    "&",
    "# ",
    "## ",
    "> ",
    "--- | ---\n",
    "\n\n",
    "element",
    "root",
    "response",
    "null",
    "https://{host}/v1.1/{/}?{=}&=",
    "*/",
    "/*",
    "//!",
    "r#\"",
    "\"#",
    "Self",
    "self",
    "_",
];

/// Headings that mean something, and some that do not.
pub const TITLES: &[&str] = &[
    "Resource Information",
    "Request URL",
    "Request Body Parameters",
    "Response Codes",
    "Request Query Parameters",
    "Host URLs",
    "type",
    "😀",
    "",
    "API Level Response Code",
    "Response Parameters",
    "Error Codes",
    "Introduction",
    "self",
];

impl Mutation {
    /// The mutation of four numbers.
    pub fn new(kind: usize, a: usize, b: usize, c: usize) -> Self {
        let byte = u8::try_from(b % 256).unwrap_or_default();
        match kind % KINDS {
            0 => Self::RemoveLines(a, b % 30 + 1),
            1 => Self::DuplicateLine(a),
            2 => Self::SwapLines(a, b),
            3 => Self::MoveLines(a, b % 20 + 1, c),
            4 => Self::SplitLine(a, b),
            5 => Self::RemoveCell(a, b),
            6 => Self::DuplicateCell(a, b),
            7 => Self::SwapCells(a, b, c),
            8 => Self::SplitCell(a, b),
            9 => Self::RemovePipe(a, b),
            10 => Self::RemoveDelimiter(a),
            11 => Self::FlipByte(a, byte),
            12 => Self::InsertByte(a, byte),
            13..=15 => Self::InsertText(a, PIECES[b % PIECES.len()]),
            16 => Self::CutOff(a),
            17 => Self::DropFence(a),
            18 => Self::Relevel(a, b % 8),
            19 => Self::Retitle(a, TITLES[b % TITLES.len()]),
            20 => Self::LineEnds(["\r\n", "\r", "\n\n"][b % 3]),
            21 => Self::Blanks(["\t", "\u{a0}", "  "][b % 3]),
            22 => Self::ByteOrderMark,
            23 => Self::NoBlankLines,
            24 => Self::OneLine(a),
            other => Self::Piece(
                [
                    sections::Kind::Section,
                    sections::Kind::Fence,
                    sections::Kind::Table,
                ][other % 3],
                [
                    sections::Change::Drop,
                    sections::Change::Duplicate,
                    sections::Change::Swap,
                    sections::Change::Split,
                ][c % 4],
                a,
                b,
            ),
        }
    }
}

pub fn is_row(line: &[u8]) -> bool {
    line.contains(&b'|')
}

pub fn is_fence(line: &[u8]) -> bool {
    line.trim_ascii_start().starts_with(b"```")
}

pub fn is_heading(line: &[u8]) -> bool {
    line.starts_with(b"#")
}

fn is_delimiter(line: &[u8]) -> bool {
    is_row(line) && line.windows(2).any(|two| two == b"--")
}

/// Number of the `at`th line, counted round and round, that fits.
fn pick(lines: &[Vec<u8>], at: usize, fits: impl Fn(&[u8]) -> bool) -> Option<usize> {
    let fitting: Vec<usize> = (0..lines.len())
        .filter(|&number| fits(&lines[number]))
        .collect();
    (!fitting.is_empty()).then(|| fitting[at % fitting.len()])
}

/// The text, changed.
pub fn mutate(mut text: Vec<u8>, mutation: &Mutation) -> Vec<u8> {
    if text.is_empty() {
        return text;
    }
    let length = text.len();
    match *mutation {
        Mutation::FlipByte(at, mask) => text[at % length] ^= mask,
        Mutation::InsertByte(at, byte) => text.insert(at % length, byte),
        Mutation::InsertText(at, piece) => {
            let at = at % length;
            text.splice(at..at, piece.bytes());
        }
        Mutation::CutOff(at) => text.truncate(at % length),
        Mutation::ByteOrderMark => {
            text.splice(0..0, "\u{feff}".bytes());
        }
        Mutation::Blanks(blank) => return replace(&text, b' ', blank),
        Mutation::LineEnds(end) => return replace(&text, b'\n', end),
        _ => {
            let mut lines: Vec<Vec<u8>> = text
                .split(|byte| *byte == b'\n')
                .map(<[u8]>::to_vec)
                .collect();
            of_lines(&mut lines, mutation);
            return lines.join(&b'\n');
        }
    }
    text
}

fn replace(text: &[u8], what: u8, with: &str) -> Vec<u8> {
    text.split(|byte| *byte == what)
        .collect::<Vec<_>>()
        .join(with.as_bytes())
}

fn of_lines(lines: &mut Vec<Vec<u8>>, mutation: &Mutation) {
    let count = lines.len();
    match *mutation {
        Mutation::RemoveLines(at, number) => {
            let at = at % count;
            lines.drain(at..(at + number).min(count));
        }
        Mutation::DuplicateLine(at) => lines.insert(at % count, lines[at % count].clone()),
        Mutation::SwapLines(a, b) => lines.swap(a % count, b % count),
        Mutation::MoveLines(from, number, to) => {
            let from = from % count;
            let moved: Vec<Vec<u8>> = lines.drain(from..(from + number).min(count)).collect();
            let to = to % (lines.len() + 1);
            lines.splice(to..to, moved);
        }
        Mutation::SplitLine(at, byte) => {
            let at = at % count;
            let rest = lines[at].len().min(byte % (lines[at].len() + 1));
            let rest = lines[at].split_off(rest);
            lines.insert(at + 1, rest);
        }
        Mutation::NoBlankLines => lines.retain(|line| !line.trim_ascii().is_empty()),
        Mutation::OneLine(at) => {
            let at = at % count;
            let end = (at + 12).min(count);
            let joined = lines[at..end].join(&b' ');
            lines.splice(at..end, [joined]);
        }
        Mutation::DropFence(at) => {
            if let Some(at) = pick(lines, at, is_fence) {
                lines.remove(at);
            }
        }
        Mutation::RemoveDelimiter(at) => {
            if let Some(at) = pick(lines, at, is_delimiter) {
                lines.remove(at);
            }
        }
        Mutation::Relevel(at, level) => {
            if let Some(at) = pick(lines, at, is_heading) {
                let (_, title) = heading(&lines[at]);
                lines[at] = [&vec![b'#'; level][..], title].concat();
            }
        }
        Mutation::Retitle(at, title) => {
            if let Some(at) = pick(lines, at, is_heading) {
                let (hashes, _) = heading(&lines[at]);
                lines[at] = [hashes, b" ", title.as_bytes()].concat();
            }
        }
        Mutation::Piece(kind, change, a, b) => sections::change(lines, kind, change, a, b),
        _ => of_row(lines, mutation),
    }
}

/// The marks of a heading, and the rest.
pub fn heading(line: &[u8]) -> (&[u8], &[u8]) {
    let marks = line.iter().take_while(|byte| **byte == b'#').count();
    line.split_at(marks)
}

fn of_row(lines: &mut [Vec<u8>], mutation: &Mutation) {
    let (Mutation::RemoveCell(at, cell)
    | Mutation::DuplicateCell(at, cell)
    | Mutation::SwapCells(at, cell, _)
    | Mutation::SplitCell(at, cell)
    | Mutation::RemovePipe(at, cell)) = *mutation
    else {
        return;
    };
    let Some(at) = pick(lines, at, is_row) else {
        return;
    };
    let mut cells: Vec<Vec<u8>> = lines[at]
        .split(|byte| *byte == b'|')
        .map(<[u8]>::to_vec)
        .collect();
    let count = cells.len();
    let cell = cell % count;
    match *mutation {
        Mutation::RemoveCell(..) => {
            cells.remove(cell);
        }
        Mutation::DuplicateCell(..) => cells.insert(cell, cells[cell].clone()),
        Mutation::SwapCells(_, _, other) => cells.swap(cell, other % count),
        Mutation::SplitCell(..) => {
            let half = cells[cell].len() / 2;
            let rest = cells[cell].split_off(half);
            cells.insert(cell + 1, rest);
        }
        _ => {
            // A pipe stands behind each cell but the last.
            let cell = cell.min(count.saturating_sub(2));
            let next = cells.remove(cell + 1);
            cells[cell].extend(next);
        }
    }
    lines[at] = cells.join(&b'|');
}
