//! What a row asks for.

use super::address::{self, Step};
use crate::dialect::WrittenType;
use crate::read::facts::ParamRow;

/// A path of keys from the document element down; lists do not count as a step.
pub type Path = Vec<String>;

/// What a row asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Name on the wire.
    pub name: String,
    /// Type column.
    pub written: Option<WrittenType>,
    /// Description.
    pub doc: String,
    /// Names of the same row: they belong into one object.
    pub siblings: Vec<String>,
    /// Where the same row stands in the messages of other operations.
    pub copies: Vec<Path>,
    /// The objects that the row says it is in.
    pub above: Vec<Step>,
    /// True where the name itself says that.
    pub spelt: bool,
    /// True where the name says that it is a list.
    pub list: bool,
}

impl Wanted {
    /// What the name of a row asks for. `shown` says that a sample has a member of just this name.
    #[must_use]
    pub fn of(name: &str, row: &ParamRow, shown: bool) -> Self {
        let address = address::address(name, row, shown);
        Self {
            name: address.name,
            written: row.written,
            doc: row.doc.clone(),
            siblings: Vec::new(),
            copies: Vec::new(),
            above: address.above,
            spelt: address.spelt,
            list: address.list,
        }
    }
}

/// True when the keys stand in the path above its last one, in their order; wrappers may stand between them.
#[must_use]
pub fn under(path: &[String], above: &[Step]) -> bool {
    let mut keys = parent(path).iter();
    above
        .iter()
        .all(|step| keys.any(|key| key.eq_ignore_ascii_case(&step.key)))
}

/// The path of the object that a place is in.
pub fn parent(path: &[String]) -> &[String] {
    &path[..path.len().saturating_sub(1)]
}
