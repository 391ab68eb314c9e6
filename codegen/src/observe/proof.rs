//! What proves that something is an answer of an operation.

use crate::dialect::Effect;
use crate::spec::Operation;

/// What shows that a body is an answer, beside a word on how the call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// Nothing else.
    Word,
    /// What the answer is about, here or elsewhere.
    Payload,
    /// Any member that the docs show.
    Member,
}

impl Proof {
    /// `promises`: the docs show that answers say how the call went; `keys` lead to what they are about.
    pub(super) fn new(operation: &Operation, promises: bool, keys: Option<&[&str]>) -> Self {
        let keys = keys.unwrap_or_default();
        match (promises, operation.effect != Effect::Read) {
            (true, true) => Self::Word,
            (true, false) if keys.is_empty() => Self::Word,
            _ if keys.is_empty() => Self::Member,
            _ => Self::Payload,
        }
    }
}

/// What came for a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Came {
    /// An answer.
    Answer,
    /// Something that says nothing, where the docs say nothing of it either.
    #[default]
    Unknown,
    /// None of this operation.
    Foreign,
    /// A body that cannot be read.
    Unreadable,
}
