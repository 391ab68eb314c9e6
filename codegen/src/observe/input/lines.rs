//! NDJSON: a record is a line.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use super::{Batch, Fault, LIMIT, Place, Problem, fill};

/// Cuts a stream into lines; blank ones are none.
pub(super) fn split(
    mut stream: impl Read,
    mut buffer: Vec<u8>,
    give: &mut dyn FnMut(Batch),
) -> io::Result<Vec<Problem>> {
    let mut cutter = Cutter::default();
    // So much of the buffer has no end of a line.
    let mut searched = 0;
    loop {
        let end = memrchr(b'\n', buffer.get(searched..).unwrap_or_default());
        if let Some(end) = end.map(|end| searched + end) {
            let rest = buffer.split_off(end + 1);
            give(cutter.cut(std::mem::replace(&mut buffer, rest)));
        } else if buffer.len() > LIMIT {
            // All up to the end of this line is thrown away.
            cutter.skip();
            buffer.clear();
        }
        searched = buffer.len();
        if !fill(&mut stream, &mut buffer)? {
            break;
        }
    }
    if !buffer.is_empty() {
        give(cutter.cut(buffer));
    }
    Ok(cutter.problems)
}

struct Cutter {
    line: u64,
    /// The line that comes is the rest of one that is too long.
    skipping: bool,
    problems: Vec<Problem>,
}

impl Default for Cutter {
    fn default() -> Self {
        Self {
            line: 1,
            skipping: false,
            problems: Vec::new(),
        }
    }
}

impl Cutter {
    fn skip(&mut self) {
        if !std::mem::replace(&mut self.skipping, true) {
            self.problems.push(Problem {
                place: Place::Line(self.line),
                fault: Fault::TooLong,
            });
        }
    }

    fn cut(&mut self, bytes: Vec<u8>) -> Batch {
        let mut records = Vec::new();
        let mut from = 0;
        for to in memchr_iter(b'\n', &bytes).chain([bytes.len()]) {
            let range = from..to;
            let text = bytes.get(range.clone()).unwrap_or_default().trim_ascii();
            if text.len() > LIMIT {
                self.skip();
            }
            if !text.is_empty() && !self.skipping {
                records.push((range, Place::Line(self.line)));
            }
            if to < bytes.len() {
                self.line += 1;
                self.skipping = false;
            }
            from = to + 1;
        }
        Batch { bytes, records }
    }
}
