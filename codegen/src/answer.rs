//! What an answer is about: where its type has the status of the call, and where what was asked for.
//!
//! The SDK is made by this, and traffic is compared by it: both have to find the same.

use indexmap::IndexMap;

use crate::dialect::Wire;
use crate::infer::singular;
use crate::spec::{Field, TypeDef, item_of};

/// How many wrappers may stand around something. Types may hold themselves.
const MOST_WRAPPERS: usize = 8;

/// The types of an entity, and the words of the wire.
#[derive(Clone, Copy)]
pub struct Types<'a> {
    types: &'a IndexMap<String, TypeDef>,
    wire: &'a Wire,
}

/// Where the parts of an answer stand.
pub struct Answer<'a> {
    /// The document elements around all of it.
    pub roots: Vec<&'a Field>,
    /// The type inside of them.
    pub ty: &'a str,
    /// What says there how the call went.
    pub status: Option<&'a Field>,
    /// The members from there to what was asked for; empty where that is all of the type, or nothing.
    pub payload: Vec<&'a Field>,
    /// The other members beside the status, where something is asked for.
    pub beside: Vec<&'a Field>,
    /// For each wrapper on the way from there to what was asked for, its other members.
    pub inside: Vec<Vec<&'a Field>>,
    /// Nothing is there beside the status.
    pub is_empty: bool,
}

impl<'a> Types<'a> {
    /// Types that are looked at with the words of the wire.
    pub fn new(types: &'a IndexMap<String, TypeDef>, wire: &'a Wire) -> Self {
        Self { types, wire }
    }

    /// The fields of an object.
    pub fn fields(&self, name: &str) -> Option<&'a [Field]> {
        self.types.get(name)?.fields.as_deref()
    }

    /// Whether there is a type of this name.
    pub fn has(&self, name: &str) -> bool {
        self.types.contains_key(name)
    }

    /// The parts of an answer of this type, which is no list. `many` is true where a caller may send several things, each
    /// of which has an outcome then.
    pub fn answer(&self, name: &'a str, many: bool) -> Answer<'a> {
        let (mut roots, mut ty) = (Vec::new(), name);
        while let Some([only]) = self.fields(ty)
            && self.fields(&only.ty).is_some()
            && self.wire.roots.contains(&only.name)
            && roots.len() < MOST_WRAPPERS
        {
            roots.push(only);
            ty = &only.ty;
        }
        let fields = self.fields(ty).unwrap_or_default();
        let status = fields.iter().find(|field| {
            let parts = self.fields(&field.ty);
            field.name == self.wire.status && parts.is_some_and(|parts| self.is_outcome(parts))
        });
        let rest: Vec<&Field> = fields
            .iter()
            .filter(|field| status.is_none_or(|status| status.name != field.name))
            .collect();
        // What stands beside the status: one thing, or that one of them which has an outcome for each item. A list of
        // such items is what the call is about, whatever else is told beside it (a total, a page).
        let main = match rest.as_slice() {
            [only] if status.is_some() => Some(*only),
            several => {
                let found = self.only_with_outcomes(several);
                found.filter(|field| many || (status.is_some() && self.is_list(field)))
            }
        };
        let payload = main.and_then(|main| self.payload(main)).unwrap_or_default();
        let inside = payload.windows(2).map(|pair| match pair {
            [outer, inner] => {
                let members = self.fields(&outer.ty).unwrap_or_default();
                members
                    .iter()
                    .filter(|one| one.name != inner.name)
                    .collect()
            }
            _ => Vec::new(),
        });
        let inside = inside.collect();
        let is_empty = rest.is_empty() && status.is_some();
        let mut beside = rest;
        beside.retain(|field| payload.first().is_some_and(|main| main.name != field.name));
        Answer {
            roots,
            ty,
            status,
            payload,
            beside,
            inside,
            is_empty,
        }
    }

    /// Follows the wrappers from a field to what the call is about; nothing where that is a scalar, which the object around
    /// it has to hold.
    fn payload(&self, mut field: &'a Field) -> Option<Vec<&'a Field>> {
        let mut out = vec![field];
        while item_of(&field.ty).is_none() {
            let inner = match self.fields(&field.ty)? {
                [only] => Some(only).filter(|only| self.is_filled(&only.ty)),
                several => self.items_inside(&field.name, several),
            };
            match inner {
                Some(inner) if out.len() < MOST_WRAPPERS => {
                    field = inner;
                    out.push(field);
                }
                _ => break,
            }
        }
        Some(out)
    }

    /// The items that a wrapper is there for, beside which it has other members: a total, a page. Items say of themselves how
    /// they went, and the wrapper is named after them, or is no more than the root of a document. Any other object is a thing
    /// that has such items, among all that it has.
    fn items_inside(&self, outer: &str, members: &'a [Field]) -> Option<&'a Field> {
        let is_root = self.wire.roots.iter().any(|root| root == outer);
        let mut found = members.iter().filter(|field| {
            let is_named = singular(outer) == field.name && outer != field.name;
            (is_named || is_root) && self.has_outcomes(&field.ty)
        });
        let only = found.next().filter(|_| found.next().is_none());
        only.filter(|_| !self.has_item_status(members))
    }

    /// Whether this is an item that says how it went, or a list of such.
    fn has_outcomes(&self, ty: &str) -> bool {
        let item = item_of(ty);
        let fields = self.fields(item.unwrap_or(ty)).unwrap_or_default();
        // Items of a list may call their outcomes as calls do.
        self.has_item_status(fields)
            || (item.is_some() && self.has_outcome(fields, &self.wire.status))
    }

    /// Whether wrappers lead from a field to a list.
    fn is_list(&self, field: &'a Field) -> bool {
        let payload = self.payload(field).unwrap_or_default();
        payload
            .last()
            .is_some_and(|last| item_of(&last.ty).is_some())
    }

    /// Whether a type is a list, or an object with members.
    fn is_filled(&self, ty: &str) -> bool {
        let is_object = self.fields(ty).is_some_and(|fields| !fields.is_empty());
        is_object || item_of(ty).is_some()
    }

    /// That field which leads to items with an outcome each, if there is just one.
    fn only_with_outcomes(&self, fields: &[&'a Field]) -> Option<&'a Field> {
        let mut found = fields.iter().filter(|field| self.leads_to_outcomes(field));
        found.next().filter(|_| found.next().is_none()).copied()
    }

    fn leads_to_outcomes(&self, field: &'a Field) -> bool {
        let way = self.payload(field).unwrap_or_default();
        way.last().is_some_and(|last| self.has_outcomes(&last.ty))
    }

    /// Whether an object says of itself, as an item, how it went.
    pub fn has_item_status(&self, fields: &[Field]) -> bool {
        self.has_outcome(fields, &self.wire.item_status)
    }

    fn has_outcome(&self, fields: &[Field], name: &str) -> bool {
        fields.iter().any(|field| {
            let parts = self.fields(&field.ty);
            field.name == name && parts.is_some_and(|parts| self.is_outcome(parts))
        })
    }

    /// Whether an object says itself, by a truth value, how the call went.
    pub fn says_success(&self, fields: &[Field]) -> bool {
        let word = self.wire.status_fields.first();
        fields
            .iter()
            .any(|field| Some(&field.name) == word && field.ty == "boolean")
    }

    /// Whether these are the members of an outcome.
    pub fn is_outcome(&self, fields: &[Field]) -> bool {
        let mut parts = fields
            .iter()
            .filter(|field| self.wire.status_fields.contains(&field.name));
        parts.clone().count() >= 2 && parts.all(|field| !self.types.contains_key(&field.ty))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wire() -> Wire {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/dialect.yaml");
        let yaml = std::fs::read_to_string(path).unwrap();
        crate::dialect::Dialect::parse(path, &yaml).unwrap().wire
    }

    fn types(yaml: &str) -> IndexMap<String, TypeDef> {
        serde_yaml::from_str(yaml).unwrap()
    }

    fn field(name: &str, ty: &str) -> String {
        format!("{{name: {name}, type: '{ty}', required: false, source: []}}")
    }

    fn object(name: &str, fields: &[(&str, &str)]) -> String {
        let fields: Vec<String> = fields.iter().map(|(name, ty)| field(name, ty)).collect();
        format!("{name}: {{fields: [{}]}}\n", fields.join(", "))
    }

    #[track_caller]
    fn assert_payload(yaml: &str, many: bool, keys: &[&str]) {
        let (types, wire) = (types(yaml), wire());
        let answer = Types::new(&types, &wire).answer("Answer", many);
        let found: Vec<&str> = answer.payload.iter().map(|field| &*field.name).collect();
        assert_eq!(found, keys);
    }

    #[test]
    fn the_payload_is_beside_the_status_behind_its_wrappers() {
        let status = object("Status", &[("success", "boolean"), ("code", "integer")]);
        let root = object("Answer", &[("response", "Body")]);
        let body = object("Body", &[("status", "Status"), ("crates", "Crates")]);
        let crates = object("Crates", &[("crate", "list<Crate>")]);
        let item = object("Crate", &[("number", "string"), ("item_status", "Status")]);
        let all = [root, body, crates, item, status.clone()].concat();
        assert_payload(&all, false, &["crates", "crate"]);
        // Of several members that which is a list with an outcome for each item, or one such thing where several are sent.
        let more = all.replace(
            "name: crates",
            "name: crates, type: 'Crates', required: false, source: []}, {name: total",
        );
        let more = more.replace("name: total, type: 'Crates'", "name: total, type: integer");
        assert_payload(&more, true, &["crates", "crate"]);
        assert_payload(&more, false, &["crates", "crate"]);
        let one = more.replace("list<Crate>", "Crate");
        assert_payload(&one, true, &["crates", "crate"]);
        assert_payload(&one, false, &[]);
        let scalar = object("Answer", &[("status", "Status"), ("total", "integer")]);
        assert_payload(&(scalar + &status), true, &[]);
    }

    #[test]
    fn wrappers_of_items_have_other_members() {
        let status = object("Status", &[("success", "boolean"), ("code", "integer")]);
        let body = object("Answer", &[("status", "Status"), ("crates", "Crates")]);
        let crates = object("Crates", &[("total", "integer"), ("crate", "list<Crate>")]);
        let item = object("Crate", &[("number", "string"), ("item_status", "Status")]);
        let all = [body, crates, item, status].concat();
        assert_payload(&all, false, &["crates", "crate"]);
        assert_payload(
            &all.replace("list<Crate>", "Crate"),
            false,
            &["crates", "crate"],
        );
        let (types, wire) = (types(&all), wire());
        let answer = Types::new(&types, &wire).answer("Answer", false);
        let [inside] = answer.inside.as_slice() else {
            panic!("{} wrappers", answer.inside.len());
        };
        assert_eq!(
            inside.iter().map(|field| &*field.name).collect::<Vec<_>>(),
            ["total"]
        );
        // A shelf that has crates is more than a wrapper of them, and so is what has no outcomes inside.
        assert_payload(
            &all.replace("name: crates", "name: shelf"),
            false,
            &["shelf"],
        );
        assert_payload(&all.replace("item_status", "state"), false, &["crates"]);
    }

    #[test]
    fn types_that_hold_themselves_come_to_an_end() {
        let status = object("Status", &[("success", "boolean"), ("code", "integer")]);
        let body = object("Answer", &[("status", "Status"), ("box", "Box")]);
        let inside = object("Box", &[("box", "Box")]);
        assert_payload(&[body, inside, status].concat(), false, &["box"; 8]);
        assert_payload(&object("Answer", &[("response", "Answer")]), true, &[]);
    }
}
