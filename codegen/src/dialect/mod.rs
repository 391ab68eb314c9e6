//! What is particular to one documentation, over the words that all have in common.

mod auth;
mod client;
mod effect;
mod file;
mod layout;
mod merge;
mod name_hints;
mod request_line;
mod respelt;
mod vocabulary;
mod wire;
mod words;

pub use auth::AuthFact;
pub use client::{AttributionFacts, ClientFacts, OauthFacts};
pub use effect::{Effect, EffectRule, EffectWhen};
pub use file::Dialect;
pub(crate) use file::yaml_error;
pub use layout::{EntityOf, Several};
pub use name_hints::{NameHints, Quoted};
pub use request_line::RequestLine;
pub use vocabulary::{
    Column, HeadingKind, HeadingRule, Labels, Mark, Outcomes, Placeholders, Presence, ResourceRow,
    WrittenType,
};
pub use wire::Wire;
