//! What an operation shows of itself, whichever file remembers it.

use std::collections::{BTreeMap, BTreeSet};

use crate::spec::{Entity, Field, In, Operation, innermost};

/// What an operation shows of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// The entity.
    pub entity: String,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
    /// The words of its heading; none where that is not known, or is not in the docs any more.
    pub heading: Vec<String>,
    /// Other words that it was known by, where the heading is not known.
    pub known_by: Vec<String>,
    /// Which values parameters may have.
    pub values: BTreeMap<String, BTreeSet<String>>,
    /// Names on the wire of parameters and fields.
    pub members: BTreeSet<String>,
    /// Names on the wire of objects around others. They are no members that users see, mostly: to have them says
    /// something, not to have them does not.
    pub around: BTreeSet<String>,
    /// Names on the wire of the fields of the answer, which tell sections apart that are equal in all else.
    pub answer: BTreeSet<String>,
    /// Whether the docs have it no more: it may come back, where nothing else is found again.
    pub gone: bool,
}

impl Face {
    /// The face of an operation of a spec.
    #[must_use]
    pub fn of(entity: &Entity, operation: &Operation) -> Self {
        let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for param in &operation.params {
            if !param.values.is_empty() {
                let known = values.entry(param.name.clone()).or_default();
                known.extend(param.values.iter().cloned());
            }
        }
        let (members, around) = members(entity, operation);
        let mut answer = BTreeSet::new();
        leaves(
            entity,
            operation.response.as_deref(),
            &mut answer,
            &mut BTreeSet::new(),
        );
        Self {
            entity: entity.entity.clone(),
            method: operation.method.clone(),
            path: operation.path.clone(),
            heading: super::heading(&operation.title),
            known_by: Vec::new(),
            values,
            members,
            around,
            answer,
            gone: false,
        }
    }

    /// The words that it is known by.
    #[must_use]
    pub fn words(&self) -> &[String] {
        if self.heading.is_empty() {
            &self.known_by
        } else {
            &self.heading
        }
    }

    /// Whether method and path are the same.
    #[must_use]
    pub fn same_address(&self, other: &Self) -> bool {
        self.entity == other.entity && self.method == other.method && self.path == other.path
    }
}

/// The names on the wire of an operation's parameters and fields: plain ones, and those with members. Fields of the
/// answer count where there is nothing else.
#[must_use]
pub fn members(entity: &Entity, operation: &Operation) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut leaves: BTreeSet<String> = operation
        .params
        .iter()
        .filter(|param| param.place != In::Body)
        .map(|param| param.name.clone())
        .collect();
    let mut around = BTreeSet::new();
    let message = if leaves.is_empty() && operation.request.is_none() {
        &operation.response
    } else {
        &operation.request
    };
    self::leaves(entity, message.as_deref(), &mut leaves, &mut around);
    (leaves, around)
}

/// Adds the names of the fields of a message: plain ones, and those with members.
fn leaves(
    entity: &Entity,
    message: Option<&str>,
    leaves: &mut BTreeSet<String>,
    around: &mut BTreeSet<String>,
) {
    let mut open: Vec<&str> = message.into_iter().collect();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    while let Some(ty) = open.pop() {
        let Some(fields) = fields(entity, ty) else {
            continue;
        };
        if !seen.insert(ty) {
            continue;
        }
        for field in fields {
            if self::fields(entity, &field.ty).is_some() {
                around.insert(field.name.clone());
                open.push(&field.ty);
            } else {
                leaves.insert(field.name.clone());
            }
        }
    }
}

/// The fields of an object, or of the items of a list.
fn fields<'e>(entity: &'e Entity, ty: &str) -> Option<&'e [Field]> {
    entity.types.get(innermost(ty))?.fields.as_deref()
}
