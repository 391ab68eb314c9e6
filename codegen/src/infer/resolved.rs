//! A parameter before it has a type.

use super::place::Path;
use crate::claims::{Claim, Decision, Step, Witness};
use crate::read::facts::ParamRow;
use crate::slate::source::Span;
use crate::spec::{In, Required};

/// A parameter before it has a type.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    /// Name on the wire.
    pub name: String,
    /// Where it is sent, and what that rests on.
    pub sent: Sent,
    /// Path in the body.
    pub path: Option<Path>,
    /// The query parameter whose value it is a part of.
    pub part_of: Option<String>,
    /// Whether it has to be there.
    pub presence: Presence,
    /// Of which group one has to be there.
    pub group: Vec<String>,
    /// Under which condition.
    pub when: Option<String>,
    /// Its row.
    pub row: &'a ParamRow,
    /// Values out of preset rows.
    pub presets: Vec<String>,
    /// True for a name that the row does not have itself but names among its values.
    pub expanded: bool,
    /// Further rows about it.
    pub also: Vec<Span>,
    /// The table.
    pub table: usize,
}

impl Resolved<'_> {
    /// Whether one of a group has to be there.
    pub fn in_group(&self) -> bool {
        self.presence.required == Required::OneOf
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// Where.
    pub place: In,
    /// Who says so.
    pub by: Witness,
    /// In which place of the docs.
    pub span: Span,
    /// By which rule.
    pub step: Step,
}

impl Sent {
    /// The decision that this is.
    pub fn decision(&self) -> Decision {
        let claim = Claim::new(word(self.place), self.by, self.span);
        Decision::by(self.step, claim)
    }
}

/// The word for a place.
pub fn word(place: In) -> &'static str {
    match place {
        In::Path => "path",
        In::Query => "query",
        In::Header => "header",
        In::Body => "body",
    }
}

/// Whether a parameter has to be there.
#[derive(Clone, Copy, Debug)]
pub struct Presence {
    /// Whether it has to.
    pub required: Required,
    /// Who says so.
    pub by: Witness,
    /// In which place of the docs.
    pub span: Span,
    /// By which rule.
    pub step: Step,
}

impl Presence {
    /// By the mark behind its name, or words that say so.
    pub const MARK: Step = Step {
        name: "mark or word",
        text: "what the mark behind the name means, or words beside it say",
    };
    /// Without a mark.
    pub const UNMARKED: Step = Step {
        name: "no mark",
        text: "what neither a mark nor a word asks for may be left out",
    };
    /// Without a mark, where the dialect says what that means.
    pub const NO_MARK_ASKS: Step = Step {
        name: "no mark, by the dialect",
        text: "in such docs only what may be left out is marked",
    };
    /// In the path.
    pub const IN_PATH: Step = Step {
        name: "part of the path",
        text: "there is no path without it",
    };
    /// By the names of one row.
    pub const ONE_ROW: Step = Step {
        name: "names of one row",
        text: "of the names of one row any one is enough",
    };
    /// By a sentence.
    pub const SENTENCE: Step = Step {
        name: "sentence on a group",
        text: "a sentence names the parameters of which one has to be there",
    };
    /// Alone in its group.
    pub const ALONE: Step = Step {
        name: "group of one",
        text: "one of a group of one has to be there",
    };
    /// A part of another parameter's value.
    pub const PART: Step = Step {
        name: "part of a value",
        text: "what is a part of another parameter's value may be left out of it",
    };

    /// The decision that this is.
    pub fn decision(&self) -> Decision {
        let says = match self.required {
            Required::True => "required",
            Required::False => "optional",
            Required::OneOf => "one of a group",
        };
        Decision::by(self.step, Claim::new(says, self.by, self.span))
    }

    /// The same with another answer, by another rule of the same place.
    #[must_use]
    pub fn but(self, required: Required, step: Step) -> Self {
        Self {
            required,
            step,
            ..self
        }
    }
}
