//! Bodies: parsing, writing, and the types that generated models are made of.
//!
//! JSON and XML become one tree ([`Node`] when read, [`Value`] when written), and all types are read
//! from and written to that tree. This module knows nothing of HTTP.

mod civil;
mod compare;
mod context;
mod date;
mod date_forms;
#[cfg(feature = "decimal")]
mod decimal;
mod decode;
mod encode;
mod error;
mod file;
#[doc(hidden)]
pub mod form;
pub mod json;
mod limits;
mod list;
mod macros;
mod map;
mod misfit;
pub mod model;
mod node;
mod number;
mod parse;
mod shape;
mod status;
mod value;
mod watch;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod wire_form;
pub mod xml;
mod xml_write;

pub use civil::Civil;
pub use compare::{Difference, same};
pub use context::Context;
pub(crate) use context::push_key;
pub use date::{Date, DateTime};
pub(crate) use decode::truth;
pub use decode::{Decode, decode_text};
pub use encode::Encode;
pub use error::DecodeError;
pub use file::File;
pub use limits::{Format, Limits, ParseError};
pub(crate) use list::{element, is_single, items, no_list};
#[doc(hidden)]
pub use macros::{distinct_codes, distinct_texts};
pub use misfit::Misfit;
pub(crate) use model::beside;
pub use node::{Members, Node};
pub use number::{InvalidNumber, Number};
pub use parse::parse;
pub use shape::{Field, Member, Model, Shape};
pub(crate) use status::code;
pub use status::{ApiStatus, ItemStatus};
pub use value::{Extra, Map, Value};
pub use watch::{DriftKind, shown_name};
pub(crate) use watch::{Sight, Watch};
pub use xml_write::WriteError;
