//! Rows of tables, and lines in the manner of one.

use crate::dialect::{HeadingKind, WrittenType};
use crate::slate::source::{Sources, Span};

/// How the names of one row belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// One name.
    One,
    /// Any one of them.
    AnyOf,
    /// All of them.
    All,
}

/// One row.
#[derive(Clone, Debug)]
pub struct ParamRow {
    /// The names, without marks.
    pub names: Vec<String>,
    /// How they belong together.
    pub together: Names,
    /// The mark behind the name, such as `*`.
    pub mark: String,
    /// Names of the rows that it is set in below, and whether they are lists.
    pub above: Vec<(String, bool)>,
    /// What its type links to, by both names: `Address` and `of-address` of `[Address](#of-address)`.
    pub linked: Vec<String>,
    /// Whether it has to be there, where words say so.
    pub stated: Option<bool>,
    /// Where it is sent, where the row itself says so.
    pub place: Option<HeadingKind>,
    /// The value in a row such as `mlp=true`.
    pub preset: Option<String>,
    /// The type column.
    pub written: Option<WrittenType>,
    /// What a list has in it, where the type column says it.
    pub items: Option<WrittenType>,
    /// Description.
    pub doc: String,
    /// Values that the docs name.
    pub values: Vec<String>,
    /// Default.
    pub default: Option<String>,
    /// Format, such as `YYYY-MM-DD`.
    pub format: Option<String>,
    /// Limit in words.
    pub limit: Option<String>,
    /// The row.
    pub span: Span,
    /// Its cells.
    pub cells: Cells,
}

impl ParamRow {
    /// Its names, each with those of the rows that it is set in below.
    pub fn paths(&self) -> impl Iterator<Item = Vec<String>> + '_ {
        let above: Vec<&str> = self.above.iter().map(|(name, _)| name.as_str()).collect();
        self.names.iter().map(move |name| {
            let path = above.iter().copied().chain(name.split('.'));
            path.map(str::to_owned).collect()
        })
    }

    /// What it says of each item of a list, where its type does.
    #[must_use]
    pub fn of_item(&self) -> Option<Self> {
        self.items.map(|items| Self {
            written: Some(items),
            ..self.clone()
        })
    }

    /// Its names without those of the objects that they are members of.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.names.iter().filter_map(|name| name.rsplit('.').next())
    }

    /// Where a name stands: among the names of the row, or else where the row lists it.
    #[must_use]
    pub fn place_of(&self, name: &str, sources: &Sources) -> Span {
        let mut places = [self.cells.name, self.span].into_iter();
        places
            .find_map(|place| sources.word(place, name))
            .unwrap_or(self.cells.name)
    }

    /// Where its values are listed: from the first to the last of them, or where they would be.
    #[must_use]
    pub fn place_of_values(&self, sources: &Sources) -> Span {
        let places = [self.cells.doc, self.span].map(|cell| {
            let found = self.values.iter();
            let found = found.filter_map(|value| sources.word(cell, value));
            found.reduce(|all, one| Span {
                start: all.start.min(one.start),
                end: all.end.max(one.end),
                ..all
            })
        });
        places
            .into_iter()
            .flatten()
            .next()
            .unwrap_or(self.cells.doc)
    }
}

/// Where the parts of a row stand. A part without a cell of its own is where the row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cells {
    /// The names.
    pub name: Span,
    /// The type.
    pub written: Span,
    /// The description.
    pub doc: Span,
}

impl Cells {
    /// Those of a line that is not cut into cells.
    #[must_use]
    pub fn of_line(line: Span) -> Self {
        Self {
            name: line,
            written: line,
            doc: line,
        }
    }
}
