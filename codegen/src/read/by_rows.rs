//! Which way a sample goes, by the names in the tables of the operation.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::facts::{OperationFacts, ParamRow, Role};
use super::part::Part;
use super::{params, url};
use crate::diagnostics::Diagnostics;
use crate::dialect::{Dialect, HeadingKind};
use crate::sample::Tree;

/// The names in the tables of an operation whose headings say what they are about. They are read when they are asked for.
pub struct Rows<'p> {
    parts: &'p [&'p Part<'p>],
    facts: &'p OperationFacts,
    dialect: &'p Dialect,
    names: OnceCell<Names>,
}

#[derive(Default)]
struct Names {
    sent: HashSet<String>,
    answered: HashSet<String>,
}

impl<'p> Rows<'p> {
    /// Those of the parts of an operation, whose call is read.
    pub fn new(parts: &'p [&'p Part<'p>], facts: &'p OperationFacts, dialect: &'p Dialect) -> Self {
        Self {
            parts,
            facts,
            dialect,
            names: OnceCell::new(),
        }
    }

    /// The side that has more names in common with a document. What has none of several parameters is no request.
    pub fn side(&self, document: &Tree) -> Option<Role> {
        let names = self.names.get_or_init(|| self.names());
        let keys: HashSet<&str> = document.keys().into_iter().collect();
        let among = |side: &HashSet<String>| {
            side.iter()
                .filter(|name| keys.contains(name.as_str()))
                .count()
        };
        let (sent, answered) = (among(&names.sent), among(&names.answered));
        // An envelope has members of its own beside what is in it.
        let top = document.members();
        let envelope = top.len() > 1 && !top.iter().any(|member| names.sent.contains(&member.key));
        if answered > sent
            || (answered > 0 && envelope)
            || (sent == 0 && names.sent.len() > 1 && !keys.is_empty())
        {
            Some(Role::Response)
        } else if sent > answered {
            Some(Role::Request)
        } else {
            None
        }
    }

    fn names(&self) -> Names {
        let mut out = Names::default();
        for part in self.parts {
            let (kind, side) = match part.kind {
                Some(kind @ HeadingKind::Response) => (kind, &mut out.answered),
                Some(kind @ (HeadingKind::Request | HeadingKind::Body)) => (kind, &mut out.sent),
                _ => continue,
            };
            // Findings are those of the reader of tables.
            let tables = params::read(part, kind, self.dialect, &mut Diagnostics::default());
            let rows = tables.iter().flat_map(|table| &table.rows);
            side.extend(rows.flat_map(ParamRow::keys).map(str::to_owned));
        }
        let formats = &self.dialect.wire.format_suffixes;
        let stated = self.facts.stated();
        for url in stated.filter_map(|said| url::parse(&said.text, formats)) {
            for name in url.placeholders() {
                out.sent.remove(name);
            }
        }
        out
    }
}
