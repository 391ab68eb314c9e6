//! The type of a value that is no object: all that is known of it, and the rules that decide.

mod decide;
mod evidence;
mod question;
mod rules;
mod words;

pub use decide::{Found, decide, structure};
pub use evidence::{Elsewhere, Evidence, NameEvidence};
pub use question::{Kind, Question};

#[cfg(test)]
mod tests;
