//! Bodies: what they said, and memory that is used again for the next one.

use super::proof::Came;
use super::walker::{Score, Stop, Told, Verdict};
use super::{Exchange, xml};

/// Memory that is used again for the next body.
#[derive(Default)]
pub(super) struct Scratch {
    pub tape: Vec<u8>,
    pub json: Vec<u8>,
    pub text: String,
    pub codes: Vec<Told>,
}

/// What a body said.
#[derive(Default)]
pub(super) struct Said {
    pub call: Verdict,
    pub items: [u64; 3],
    pub objects: u64,
    pub payload_seen: bool,
    pub score: Score,
    pub came: Came,
}

/// What a body is walked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// To see how well it fits.
    Compare,
    /// To count what a request holds.
    Count,
    /// To count what an answer of this operation holds, if it is one.
    Answer(u32),
}

impl Scratch {
    /// A whole body as a tree.
    pub(super) fn tree(&mut self, body: &[u8]) -> Result<serde_json::Value, Stop> {
        let json = if is_xml(body) {
            xml::to_json(body, &mut self.json, &mut self.text)?;
            self.json.as_slice()
        } else {
            body
        };
        serde_json::from_slice(json).map_err(|_| Stop::Syntax)
    }
}

impl Said {
    pub(super) fn came(came: Came) -> Self {
        Self {
            came,
            ..Self::default()
        }
    }
}

/// Whether HTTP says that all went well.
pub(super) fn is_fine(exchange: &Exchange<'_>) -> bool {
    (200..300).contains(&exchange.status)
}

/// A body without the mark that some writers begin with.
pub(super) fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(body)
        .trim_ascii()
}

pub(super) fn is_xml(body: &[u8]) -> bool {
    without_mark(body).first() == Some(&b'<')
}
