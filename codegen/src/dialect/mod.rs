//! What is particular to one documentation: `spec/dialect.yaml`.

mod client;
mod effect;
mod file;
mod name_hints;
mod vocabulary;
mod wire;
mod words;

pub use client::{AttributionFacts, ClientFacts, OauthFacts};
pub use effect::{Effect, EffectRule, EffectWhen};
pub use file::Dialect;
pub(crate) use file::yaml_error;
pub use name_hints::NameHints;
pub use vocabulary::{
    Column, HeadingKind, HeadingRule, Labels, Mark, Outcomes, Placeholders, Presence, ResourceRow,
    WrittenType,
};
pub use wire::Wire;
