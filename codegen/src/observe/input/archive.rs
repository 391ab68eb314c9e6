//! HAR: a record is an object in `log.entries`.
//!
//! The document is never held: a scanner follows its braces and strings, and keeps the object that it is in.

use std::io::{self, Read};

use memchr::memchr2;

use super::{Batch, Fault, LIMIT, Place, Problem, fill};

/// One file may have any number of problems: so many are listed.
const MOST: usize = 10_000;

/// Whether the beginning of a file is that of one: its first line is no whole object, or has the key that an archive has.
pub(super) fn looks_like_one(beginning: &[u8]) -> bool {
    let start = beginning.trim_ascii_start();
    if start.first() != Some(&b'{') {
        return false;
    }
    let mut scanner = Scanner::default();
    let mut at = 0;
    while let Some(step) = scanner.step(start, &mut at) {
        match step {
            Step::Entries => return true,
            Step::Key(1) if scanner.key(1) == b"log" => return true,
            // A whole object, and more behind it: lines of their own.
            Step::Closed(0) => return false,
            _ => {}
        }
        // The object goes on in the next line.
        if scanner.depth == 1 && start.get(..at).is_some_and(|read| read.contains(&b'\n')) {
            return true;
        }
    }
    false
}

/// Cuts out the entries.
pub(super) fn split(
    mut stream: impl Read,
    mut buffer: Vec<u8>,
    before: u64,
    give: &mut dyn FnMut(Batch),
) -> io::Result<Vec<Problem>> {
    let mut cutter = Cutter {
        dropped: before,
        ..Cutter::default()
    };
    loop {
        cutter.scan(&buffer);
        cutter.give(&mut buffer, give);
        if cutter.is_done {
            break;
        }
        if !fill(&mut stream, &mut buffer)? {
            cutter.problem(cutter.from.unwrap_or(buffer.len()), Fault::CutOff);
            break;
        }
    }
    Ok(cutter.problems)
}

/// Finds the entries in a buffer that grows at its end and is emptied at its beginning.
#[derive(Default)]
struct Cutter {
    scanner: Scanner,
    /// How far the buffer is scanned.
    at: usize,
    /// Where the entry begins that the scanner is in.
    from: Option<usize>,
    records: Vec<(std::ops::Range<usize>, Place)>,
    /// The entry is too long, and thrown away.
    skipping: bool,
    is_done: bool,
    /// How many bytes were taken out of the buffer.
    dropped: u64,
    problems: Vec<Problem>,
}

impl Cutter {
    fn scan(&mut self, buffer: &[u8]) {
        while let Some(step) = self.scanner.step(buffer, &mut self.at) {
            let here = self.at - 1;
            match step {
                Step::Opened(ENTRY) if self.scanner.in_entries => self.from = Some(here),
                Step::Closed(ENTRY) if self.scanner.in_entries => {
                    if let Some(from) = self.from.take() {
                        self.end(from);
                    }
                }
                Step::Odd if self.scanner.in_entries => self.problem(here, Fault::NoObject),
                Step::Left => {
                    self.is_done = true;
                    return;
                }
                _ => {}
            }
        }
    }

    /// An entry is whole.
    fn end(&mut self, from: usize) {
        if self.at - from > LIMIT {
            self.skip(from);
        }
        if !std::mem::take(&mut self.skipping) {
            let place = Place::Byte(self.dropped + from as u64);
            self.records.push((from..self.at, place));
        }
    }

    fn skip(&mut self, from: usize) {
        if !std::mem::replace(&mut self.skipping, true) {
            self.problem(from, Fault::TooLong);
        }
    }

    /// Hands over the entries that are whole, and keeps the one that is not.
    fn give(&mut self, buffer: &mut Vec<u8>, give: &mut dyn FnMut(Batch)) {
        let whole = self.from.unwrap_or(self.at);
        let rest = buffer.split_off(whole.min(buffer.len()));
        let bytes = std::mem::replace(buffer, rest);
        self.dropped += bytes.len() as u64;
        self.at -= bytes.len();
        self.from = self.from.map(|_| 0);
        if !self.records.is_empty() {
            let records = std::mem::take(&mut self.records);
            give(Batch { bytes, records });
        }
        if self.from.is_some() && buffer.len() > LIMIT {
            self.skip(0);
            self.dropped += buffer.len() as u64;
            self.at -= buffer.len();
            buffer.clear();
        }
    }

    fn problem(&mut self, at: usize, fault: Fault) {
        if self.problems.len() < MOST {
            self.problems.push(Problem {
                place: Place::Byte(self.dropped + at as u64),
                fault,
            });
        }
    }
}

/// How deep an entry stands: in the document, in `log`, in `entries`.
const ENTRY: usize = 3;

/// Something that a scanner came by. Depths are those around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// An object or a list begins.
    Opened(usize),
    /// An object or a list ends.
    Closed(usize),
    /// A key ends.
    Key(usize),
    /// The list of entries begins.
    Entries,
    /// The list of entries has ended.
    Left,
    /// A value in the list of entries that is no object.
    Odd,
}

/// Follows JSON by its braces and strings.
#[derive(Default)]
struct Scanner {
    depth: usize,
    in_string: bool,
    escaped: bool,
    /// The last string at depths 1 and 2, as far as it matters.
    strings: [Vec<u8>; 2],
    in_log: bool,
    in_entries: bool,
}

impl Scanner {
    fn key(&self, depth: usize) -> &[u8] {
        self.strings.get(depth - 1).map_or(&[], Vec::as_slice)
    }

    /// Goes on to the next thing of interest; nothing at the end of the buffer.
    fn step(&mut self, buffer: &[u8], at: &mut usize) -> Option<Step> {
        while let Some(&byte) = buffer.get(*at) {
            if self.in_string {
                self.string(buffer, at);
                continue;
            }
            *at += 1;
            match byte {
                b'"' => {
                    self.in_string = true;
                    if let Some(string) = self.strings.get_mut(self.depth.wrapping_sub(1)) {
                        string.clear();
                    }
                    if self.in_entries && self.depth == ENTRY {
                        return Some(Step::Odd);
                    }
                }
                b'{' | b'[' => return Some(self.open(byte)),
                b'}' | b']' => return Some(self.close()),
                b':' if self.depth == 1 || self.depth == 2 => return Some(Step::Key(self.depth)),
                b't' | b'f' | b'n' | b'-' | b'0'..=b'9'
                    if self.in_entries && self.depth == ENTRY =>
                {
                    // The rest of the word is of no interest.
                    let rest = buffer.get(*at..).unwrap_or_default();
                    let word = rest
                        .iter()
                        .take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b));
                    *at += word.count();
                    return Some(Step::Odd);
                }
                _ => {}
            }
        }
        None
    }

    fn open(&mut self, byte: u8) -> Step {
        let around = self.depth;
        self.depth += 1;
        match (around, byte) {
            (1, b'{') => self.in_log = self.key(1) == b"log",
            (2, b'[') if self.in_log && self.key(2) == b"entries" => {
                self.in_entries = true;
                return Step::Entries;
            }
            (ENTRY, b'[') if self.in_entries => return Step::Odd,
            _ => {}
        }
        Step::Opened(around)
    }

    fn close(&mut self) -> Step {
        self.depth = self.depth.saturating_sub(1);
        if self.in_entries && self.depth < ENTRY {
            return Step::Left;
        }
        Step::Closed(self.depth)
    }

    /// Goes to the end of a string, or of the buffer.
    fn string(&mut self, buffer: &[u8], at: &mut usize) {
        let from = *at;
        let mut here = from;
        if std::mem::take(&mut self.escaped) {
            here += 1;
        }
        loop {
            let rest = buffer.get(here..).unwrap_or_default();
            match memchr2(b'"', b'\\', rest) {
                Some(found) if rest.get(found) == Some(&b'"') => {
                    here += found;
                    self.in_string = false;
                    break;
                }
                Some(found) if here + found + 1 < buffer.len() => here += found + 2,
                Some(_) => {
                    self.escaped = true;
                    here = buffer.len();
                    break;
                }
                None => {
                    here = buffer.len();
                    break;
                }
            }
        }
        // Keys of interest are short.
        if let Some(string) = self.strings.get_mut(self.depth.wrapping_sub(1))
            && string.len() < 16
        {
            string.extend(buffer.get(from..here).unwrap_or_default().iter().take(16));
        }
        *at = here + usize::from(!self.in_string);
    }
}
