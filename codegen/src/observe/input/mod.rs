//! Recorded traffic as a stream of records: NDJSON of exchanges, NDJSON of drift events, HAR files.
//!
//! [`split`] cuts a stream into records and holds a few of them at a time, whatever its length. [`record`] reads one,
//! borrowing from it. What cannot be used is a [`Problem`] with its place; no problem says what the record held.

mod archive;
mod lines;
mod read;

use std::fmt;
use std::io::{self, Read};
use std::ops::Range;

pub use read::{Record, record};

/// A record may have so many bytes. Longer ones are left out.
pub const LIMIT: usize = 16 << 20;

/// So many bytes are read at a time.
const BLOCK: usize = 256 << 10;

/// Whole records, in a row.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    bytes: Vec<u8>,
    records: Vec<(Range<usize>, Place)>,
}

impl Batch {
    /// The bytes of each record, and its place.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&[u8], Place)> {
        self.records
            .iter()
            .map(|(range, place)| (self.bytes.get(range.clone()).unwrap_or_default(), *place))
    }
}

/// Where a record stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A line, from 1.
    Line(u64),
    /// How many bytes stand before it.
    Byte(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "{line}"),
            Self::Byte(byte) => write!(f, "byte {byte}"),
        }
    }
}

/// A record that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Fault {
    /// It has more bytes than the limit.
    #[error("a record of more than {} MiB", LIMIT >> 20)]
    TooLong,
    /// The file ends in it.
    #[error("the file ends in the middle of a record")]
    CutOff,
    /// It is no JSON.
    #[error("not JSON at column {0}")]
    NotJson(usize),
    /// It is JSON, and no object.
    #[error("a record that is no object")]
    NoObject,
    /// It is neither an exchange nor an event.
    #[error("neither an exchange, with method, url and response, nor a line of a drift stream")]
    Neither,
}

impl Fault {
    /// The same without what differs from record to record, to be counted.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::TooLong => "a record that is too long",
            Self::CutOff => "a record that is cut off",
            Self::NotJson(_) => "a record that is not JSON",
            Self::NoObject => "a record that is no object",
            Self::Neither => "a record that is neither an exchange nor an event",
        }
    }
}

/// Cuts a stream into records. What its beginning looks like says which of the three it is.
///
/// # Errors
/// Those of reading.
pub fn split(mut stream: impl Read, give: &mut dyn FnMut(Batch)) -> io::Result<Vec<Problem>> {
    let mut buffer = Vec::with_capacity(2 * BLOCK);
    while buffer.len() < BLOCK && fill(&mut stream, &mut buffer)? {}
    let mark = if buffer.starts_with(b"\xef\xbb\xbf") {
        3
    } else {
        0
    };
    buffer.drain(..mark);
    if archive::looks_like_one(&buffer) {
        archive::split(stream, buffer, mark as u64, give)
    } else {
        lines::split(stream, buffer, give)
    }
}

/// Reads some more. False at the end.
fn fill(stream: &mut impl Read, buffer: &mut Vec<u8>) -> io::Result<bool> {
    Ok(stream.by_ref().take(BLOCK as u64).read_to_end(buffer)? > 0)
}

#[cfg(test)]
mod tests;
