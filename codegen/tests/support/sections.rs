//! Larger pieces of a page that come, go and change their places: sections, code blocks, tables.

use super::mutate::{heading, is_fence, is_heading, is_row};

/// What kind of piece.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A heading and all below it.
    Section,
    /// A code block.
    Fence,
    /// Rows that follow each other.
    Table,
}

/// What happens to it.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// It goes.
    Drop,
    /// It is there twice.
    Duplicate,
    /// It and another one change places.
    Swap,
    /// Something stands in its middle.
    Split,
}

/// Changes the `a`th piece of this kind; `b` is the other one, or where it is split.
pub fn change(lines: &mut Vec<Vec<u8>>, kind: Kind, change: Change, a: usize, b: usize) {
    let pieces = pieces(lines, kind);
    if pieces.is_empty() {
        return;
    }
    let (start, end) = pieces[a % pieces.len()];
    match change {
        Change::Drop => {
            lines.drain(start..end);
        }
        Change::Duplicate => {
            let copy = lines[start..end].to_vec();
            lines.splice(end..end, copy);
        }
        Change::Swap => {
            let other = pieces[b % pieces.len()];
            let (first, second) = if start < other.0 {
                ((start, end), other)
            } else {
                (other, (start, end))
            };
            // One that lies inside of the other stays where it is.
            if first.1 <= second.0 {
                let later = lines[second.0..second.1].to_vec();
                let sooner = lines
                    .splice(first.0..first.1, later.clone())
                    .collect::<Vec<_>>();
                let moved = second.0 - sooner.len() + later.len();
                lines.splice(moved..moved + later.len(), sooner);
            }
        }
        Change::Split => {
            let at = start + b % (end - start);
            let between: &[u8] = match kind {
                Kind::Section => b"### Notes",
                Kind::Fence => b"```",
                Kind::Table => b"",
            };
            lines.insert(at, between.to_vec());
        }
    }
}

/// The pieces, each as its first line and the line behind its last.
fn pieces(lines: &[Vec<u8>], kind: Kind) -> Vec<(usize, usize)> {
    let count = lines.len();
    let until = |from: usize, ends: &dyn Fn(&[u8]) -> bool| {
        (from..count).find(|&at| ends(&lines[at])).unwrap_or(count)
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < count {
        let line = &lines[at];
        match kind {
            Kind::Section if is_heading(line) => {
                let level = heading(line).0.len();
                let end = until(at + 1, &|line| {
                    is_heading(line) && heading(line).0.len() <= level
                });
                found.push((at, end));
            }
            Kind::Fence if is_fence(line) => {
                let end = (until(at + 1, &is_fence) + 1).min(count);
                found.push((at, end));
                at = end - 1;
            }
            Kind::Table if is_row(line) => {
                let end = until(at, &|line| !is_row(line));
                found.push((at, end));
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
    found
}
