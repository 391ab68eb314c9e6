//! The types of a message: one for each object and each enumeration in it.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;

use super::annotation::{Annotation, Annotations};
use super::defs::{add_sources, example_items, may_be_many, same_fields};
use super::kind::{Elsewhere, Found, Kind, NameEvidence, Question, decide, structure};
use super::place::Path;
use super::plural;
use super::shape::Shape;
use super::stage::Stage;
use super::type_steps::{
    EMPTY, FILE, ITEMS, LISTS, MEMBERS, MIXED, MIXED_LIST, NO_MEMBERS, NUMBERED, OF_OBJECT,
    SEVERAL_KINDS,
};
use super::unlisted;
use super::words::singular;
use crate::claims::{Basis, Claim, Decision, Facet, Place, Side, Step, Witness};
use crate::diagnostics::Code;
use crate::dialect::{NameHints, WrittenType};
use crate::read::facts::ParamRow;
use crate::slate::source::Span;
use crate::spec::{Bases, Field, Required, Source, TypeDef};

/// Builds the types of one message.
pub struct Builder<'a> {
    /// Name of the message's type; the names of the others begin with it.
    pub prefix: String,
    /// The heading of the operation.
    pub section: Span,
    /// Which message.
    pub side: Side,
    /// What the docs state.
    pub annotations: &'a Annotations<'a>,
    /// What is known of names elsewhere.
    pub elsewhere: Elsewhere<'a>,
    /// The words that say something of types.
    pub hints: &'a NameHints,
    /// The types of the entity.
    pub types: &'a mut IndexMap<String, TypeDef>,
    /// Whether all values are texts, whatever they mean: so they are in a form.
    pub texts: bool,
    /// The fields that hold files, where it is a form in parts.
    pub files: Option<Vec<Path>>,
    /// Places of one value where a sample has a list.
    pub stray: Vec<Path>,
}

impl Builder<'_> {
    /// Adds the type of the whole message.
    pub fn message(&mut self, shape: &Shape, stage: &mut Stage<'_>) {
        let fields = self.fields(shape, &mut Path::new(), stage);
        self.types.insert(
            self.prefix.clone(),
            TypeDef {
                fields: Some(fields),
                ..TypeDef::default()
            },
        );
    }

    /// The type of a message that has no members: of its items, where it is a list of values.
    pub fn plain(&mut self, shape: &Shape, stage: &mut Stage<'_>) -> String {
        let ask = Question {
            name: "",
            shape,
            row: None,
            beside: &[],
            inside: "",
            elsewhere: self.elsewhere,
            answer: Some(self.side == Side::Response),
            hints: self.hints,
            place: self.section,
        };
        self.ty(ask, &mut Path::new(), stage).0
    }

    fn fields(&mut self, shape: &Shape, path: &mut Path, stage: &mut Stage<'_>) -> Vec<Field> {
        let beside: Vec<String> = shape.fields.keys().cloned().collect();
        let mut out = Vec::new();
        for (key, field) in &shape.fields {
            path.push(key.clone());
            out.push(self.field(key, field, &beside, path, stage));
            path.pop();
        }
        out
    }

    fn field(
        &mut self,
        key: &str,
        shape: &Shape,
        beside: &[String],
        path: &mut Path,
        stage: &mut Stage<'_>,
    ) -> Field {
        let annotation = self.annotations.get(path).cloned();
        let annotation = annotation.as_ref();
        let row = annotation.map(|known| known.row);
        let typed = annotation
            .filter(|known| known.typed)
            .map(|known| known.row);
        // A row that names it among others says that it can be written down.
        let named = Shape {
            empty_text: true,
            ..shape.clone()
        };
        let among_others = annotation.is_some() && typed.is_none() && shape.is_bare();
        let inside = path.iter().nth_back(1).cloned().unwrap_or_default();
        let ask = Question {
            name: key,
            shape: if among_others { &named } else { shape },
            row: typed,
            beside,
            inside: &inside,
            elsewhere: self.elsewhere,
            answer: Some(self.side == Side::Response),
            hints: self.hints,
            place: shape.spans.first().copied().unwrap_or(self.section),
        };
        let values = annotation
            .and_then(|known| known.values.clone())
            .filter(|_| shape.fields.is_empty());
        let (mut ty, mut decision) = match values {
            Some(values) => {
                let says = format!("one of {}", values.join(", "));
                let span = row.map_or(ask.place, |row| row.span);
                let decision = Decision::by(OF_OBJECT, Claim::new(says, Witness::Row, span));
                (self.add_values(path, values), decision)
            }
            None => self.ty(ask, path, stage),
        };
        if let Some(known) = annotation.filter(|known| !known.inherited) {
            let values = self.types.get(&ty).and_then(|def| def.values.as_deref());
            unlisted::report(key, values, shape, known.row, stage);
        }
        if self.is_many(ask, &ty, path, stage) {
            ty = format!("list<{ty}>");
            decision = plural::list_of(decision, ask);
        }
        let basis = self.note(path, shape, annotation, decision, stage);
        let mut source: Vec<Source> = annotation
            .iter()
            .filter(|known| !known.inherited)
            .map(|known| stage.source(known.row.span))
            .collect();
        source.extend(shape.spans.iter().map(|span| stage.source(*span)));
        source.dedup();
        let mut remarks = shape.remarks.clone();
        remarks.dedup();
        Field {
            name: key.to_owned(),
            ty,
            required: annotation.map_or(Required::False, |known| known.required),
            basis,
            doc: row
                .map(|row| row.doc.clone())
                .filter(|doc| !doc.is_empty())
                .unwrap_or_else(|| remarks.join(" ")),
            source,
        }
    }

    /// Writes down what was decided on a field. Returns what was not stated of it.
    fn note(
        &self,
        path: &Path,
        shape: &Shape,
        annotation: Option<&Annotation<'_>>,
        mut decision: Decision,
        stage: &mut Stage<'_>,
    ) -> Bases {
        let mut out = Bases::new();
        if shape.basis == Basis::Borrowed && decision.basis == Basis::Assumed {
            decision.basis = Basis::Borrowed;
        }
        if decision.basis != Basis::Stated {
            out.insert(Facet::Type.key().to_owned(), decision.basis);
        }
        if shape.documented_only && shape.basis.is_guess() {
            out.insert(Facet::Place.key().to_owned(), shape.basis);
        }
        let place = Place::member(self.section, self.side, path.clone());
        let row = annotation.filter(|known| !known.inherited);
        let shown = shape.spans.first().copied();
        let name = path.last().map_or("", String::as_str);
        let span = shown.or_else(|| Some(row?.row.place_of(name, stage.sources)));
        stage
            .ledger
            .locate(place.clone(), span.unwrap_or(self.section));
        if let Some(row) = annotation.map(|known| known.row)
            && shape.documented_only
        {
            let at = Decision {
                basis: shape.basis,
                ..Decision::single(Claim::new(path.join("."), Witness::Row, row.span))
            };
            stage.ledger.note(place.clone(), Facet::Place, at);
        }
        stage.ledger.note(place, Facet::Type, decision);
        out
    }

    /// Whether there may be several of it.
    fn is_many(&mut self, ask: Question<'_>, ty: &str, path: &Path, stage: &mut Stage<'_>) -> bool {
        let (shape, row) = (ask.shape, ask.row);
        let written = row.and_then(|row| row.written);
        let scalar = written.is_some_and(WrittenType::is_value);
        let stray = scalar
            && (shape.list && shape.single)
            && !shape.documented_only
            && shape.fields.is_empty();
        if let Some(row) = row.filter(|_| stray) {
            stage.diagnostics.push(
                Code::TypeConflict,
                row.cells.written,
                format!(
                    "{} is stated as one value, but a sample shows a list",
                    ask.name
                ),
                "it was read as one value, as other samples show it",
            );
            self.stray.push(path.clone());
        }
        let shown = !(shape.documented_only && scalar) || shape.empty_list;
        (shape.list && !stray && shown)
            || (written == Some(WrittenType::Array) && (ty != "any" || shape.is_bare()))
            || (shape.empty_list && shape.is_bare() && may_be_many(path, ask.beside))
    }

    /// The type of a field, and how it was found.
    fn ty(
        &mut self,
        ask: Question<'_>,
        path: &mut Path,
        stage: &mut Stage<'_>,
    ) -> (String, Decision) {
        let (shape, row) = (ask.shape, ask.row);
        if let Some(step) = self.anything(ask, path) {
            return ("any".to_owned(), structure(ask, "any", step));
        }
        if let Some(each) = shape.each() {
            let name = path.last().map_or_else(String::new, |key| singular(key));
            path.push(name);
            let each = Question {
                shape: &each,
                row: None,
                ..ask
            };
            let (mut inner, mut of) = self.ty(each, path, stage);
            if self.is_many(each, &inner, path, stage) {
                inner = format!("list<{inner}>");
                of = plural::list_of(of, each);
            }
            path.pop();
            let mut decision = structure(ask, "object", NUMBERED);
            decision.value = format!("map of {}", of.value);
            return (format!("map<{inner}>"), decision);
        }
        let written = row.and_then(|row| row.written);
        let object = written == Some(WrittenType::Object) || (shape.empty_object && row.is_none());
        let without = shape.scalars.is_empty() && object;
        if !shape.fields.is_empty() || without {
            let step = if shape.fields.is_empty() {
                NO_MEMBERS
            } else {
                MEMBERS
            };
            let decision = structure(ask, "object", step);
            let fields = self.fields(shape, path, stage);
            let def = TypeDef {
                fields: Some(fields),
                ..TypeDef::default()
            };
            return (self.add(path, def), decision);
        }
        // What a row says of the items of a list is said of each of them.
        let item = row.and_then(ParamRow::of_item);
        let row = item.as_ref().or(row);
        let written = row.and_then(|row| row.written);
        let file = |files: &Vec<Path>| written == Some(WrittenType::File) || files.contains(path);
        if self.files.as_ref().is_some_and(file) {
            let ask = Question { row, ..ask };
            return ("file".to_owned(), structure(ask, "file", FILE));
        }
        let listed = row
            .filter(|row| row.written == Some(WrittenType::Array) && shape.is_bare())
            .map(|row| Shape {
                scalars: example_items(&row.doc),
                ..shape.clone()
            });
        let ask = Question {
            shape: listed.as_ref().unwrap_or(shape),
            row,
            ..ask
        };
        let Found { kind, decision } = decide(ask, stage.diagnostics);
        let untold = ask.shape.scalars.is_empty() && decision.basis == Basis::Assumed;
        if written == Some(WrittenType::Array) && untold && !self.texts {
            return ("any".to_owned(), structure(ask, "any", ITEMS));
        }
        match kind {
            Kind::Plain(name) => (name.to_owned(), decision),
            Kind::Values(values) => (self.add_values(path, values), decision),
        }
    }

    /// Why a field may be anything, if it may.
    fn anything(&self, ask: Question<'_>, path: &Path) -> Option<Step> {
        let (shape, row) = (ask.shape, ask.row);
        if shape.nested && shape.fields.is_empty() {
            return Some(LISTS);
        }
        if row.and_then(|row| row.written) == Some(WrittenType::Any) {
            return Some(SEVERAL_KINDS);
        }
        if shape.mixed {
            return Some(MIXED_LIST);
        }
        if !shape.fields.is_empty() {
            let mut keys = shape.fields.keys();
            let beside_text = keys.all(|key| key.starts_with(['@', '#']));
            return (!shape.scalars.is_empty() && beside_text).then_some(MIXED);
        }
        if !shape.scalars.is_empty() || (shape.empty_object && row.is_none()) {
            return None;
        }
        let untold = row.is_none_or(|row| row.written.is_none() && row.values.is_empty());
        if untold && shape.empty_list && may_be_many(path, ask.beside) {
            return Some(EMPTY);
        }
        // Items that are only ever seen empty may be anything, as may what is an object in another message.
        let object = !shape.empty_text && self.object_elsewhere(ask.name);
        (row.is_none() && (shape.list || object)).then_some(EMPTY)
    }

    /// Whether an object of this name is shown elsewhere, where names mean the same everywhere.
    fn object_elsewhere(&self, key: &str) -> bool {
        let lower = key.to_lowercase();
        let known = self.elsewhere.of(&lower);
        !self.hints.ambiguous.contains(&lower) && known.is_some_and(NameEvidence::is_object)
    }

    fn add_values(&mut self, path: &[String], values: Vec<String>) -> String {
        self.add(
            path,
            TypeDef {
                values: Some(values),
                ..TypeDef::default()
            },
        )
    }

    /// Adds a type under the shortest name that is free, or finds the equal one.
    fn add(&mut self, path: &[String], def: TypeDef) -> String {
        let mut name = String::new();
        let mut candidates = Vec::new();
        for key in path.iter().rev() {
            let own = singular(key).to_upper_camel_case();
            name = if own.is_empty() {
                "Unnamed".to_owned()
            } else {
                own
            } + &name;
            candidates.push(format!("{}{name}", self.prefix));
        }
        for candidate in &candidates {
            match self.types.get_mut(candidate) {
                Some(known) if known.values == def.values && same_fields(known, &def) => {
                    add_sources(known, def);
                    return candidate.clone();
                }
                Some(_) => {}
                None => {
                    self.types.insert(candidate.clone(), def);
                    return candidate.clone();
                }
            }
        }
        let base = candidates.pop().unwrap_or_else(|| self.prefix.clone());
        let mut name = base.clone();
        let mut number = 2;
        while self.types.contains_key(&name) {
            name = format!("{base}{number}");
            number += 1;
        }
        self.types.insert(name.clone(), def);
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_may_stand_for_several() {
        let many = |path: &[&str], beside: &[&str]| {
            let owned = |names: &[&str]| -> Vec<String> {
                names.iter().map(|name| (*name).to_owned()).collect()
            };
            may_be_many(&owned(path), &owned(beside))
        };
        assert!(many(&["parcels"], &["parcels", "id"]));
        assert!(many(&["parcels", "parcel"], &["parcel", "count"]));
        assert!(many(&["custom_fields", "field"], &["field", "count"]));
        assert!(many(&["address_labels", "entry"], &["entry"]));
        assert!(!many(&["address_labels", "entry"], &["entry", "language"]));
        assert!(!many(&["parcel", "sender"], &["sender"]));
    }
}
