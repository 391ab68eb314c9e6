//! Types of fields and parameters, out of tables, samples and names.

use super::evidence::{Evidence, NameEvidence};
use super::scalar::{Look, Question, Scalars, is_amount, look, scalar};
use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use indexmap::IndexMap;

use super::place::{Path, singular};
use super::shape::{Scalar, Shape};
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{NameHints, WrittenType};
use crate::read::facts::ParamRow;
use crate::slate::source::{Sources, Span};
use crate::spec::{Field, Required, Source, TypeDef};

/// What the docs state about a field.
#[derive(Clone, Debug)]
pub struct Annotation<'a> {
    /// Its row.
    pub row: &'a ParamRow,
    /// Whether it has to be there.
    pub required: Required,
    /// True when the row is about a field of the same name in another place of the message.
    pub inherited: bool,
    /// True when the type of the row is the type of the field.
    pub typed: bool,
    /// The values that the row lists for this place.
    pub values: Option<Vec<String>>,
}

/// Annotations by path.
pub type Annotations<'a> = BTreeMap<Path, Annotation<'a>>;

/// Builds the types of one message.
pub struct Builder<'a> {
    /// Name of the message's type; the names of the others begin with it.
    pub prefix: String,
    /// What the docs state.
    pub annotations: &'a Annotations<'a>,
    /// Names that decide.
    pub hints: &'a NameHints,
    /// What the entity knows of names.
    pub evidence: &'a Evidence,
    /// For places.
    pub sources: &'a Sources,
    /// The types of the entity.
    pub types: &'a mut IndexMap<String, TypeDef>,
    /// Places of one value where a sample has a list.
    pub stray: Vec<Path>,
    /// True for an answer.
    pub answer: bool,
}

impl Builder<'_> {
    /// Adds the type of the whole message.
    pub fn message(&mut self, shape: &Shape, diagnostics: &mut Diagnostics) {
        let fields = self.fields(shape, &mut Path::new(), diagnostics);
        self.types.insert(
            self.prefix.clone(),
            TypeDef {
                fields: Some(fields),
                ..TypeDef::default()
            },
        );
    }

    fn fields(
        &mut self,
        shape: &Shape,
        path: &mut Path,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Field> {
        let mut out = Vec::new();
        let beside: Vec<String> = shape.fields.keys().cloned().collect();
        for (key, field) in &shape.fields {
            path.push(key.clone());
            let annotation = self.annotations.get(path).cloned();
            let row = annotation.as_ref().map(|annotation| annotation.row);
            let typed = annotation
                .as_ref()
                .filter(|annotation| annotation.typed)
                .map(|annotation| annotation.row);
            let listed = annotation
                .as_ref()
                .and_then(|annotation| annotation.values.clone())
                .filter(|_| field.fields.is_empty());
            let mut ty = match listed {
                Some(values) => self.add(
                    path,
                    TypeDef {
                        values: Some(values),
                        ..TypeDef::default()
                    },
                ),
                // A row that names it among others says that it can be written down.
                None if annotation.is_some() && typed.is_none() && field.is_bare() => {
                    let field = Shape {
                        empty_text: true,
                        ..field.clone()
                    };
                    self.ty(key, &field, typed, &beside, path, diagnostics)
                }
                None => self.ty(key, field, typed, &beside, path, diagnostics),
            };
            if let Some(annotation) = annotation.as_ref().filter(|known| !known.inherited) {
                self.report_unlisted(key, &ty, field, annotation.row, diagnostics);
            }
            let scalar = typed.is_some_and(|row| {
                row.written.is_some_and(|written| {
                    !matches!(written, WrittenType::Object | WrittenType::Array)
                })
            });
            let stray = scalar
                && (field.list && field.single)
                && !field.documented_only
                && field.fields.is_empty();
            if let Some(row) = typed.filter(|_| stray) {
                diagnostics.push(
                    Code::TypeConflict,
                    row.span,
                    format!("{key} is stated as one value, but a sample shows a list"),
                    "it was read as one value, as other samples show it",
                );
                self.stray.push(path.clone());
            }
            let many =
                (field.list && !stray && (!(field.documented_only && scalar) || field.empty_list))
                    || (typed.is_some_and(|row| row.written == Some(WrittenType::Array))
                        && ty != "any")
                    || (field.empty_list && field.is_bare() && is_many(path, &beside));
            if many {
                ty = format!("list<{ty}>");
            }
            let mut source: Vec<Source> = annotation
                .iter()
                .filter(|annotation| !annotation.inherited)
                .map(|annotation| self.source(annotation.row.span))
                .collect();
            source.extend(field.spans.iter().map(|span| self.source(*span)));
            source.dedup();
            let mut remarks = field.remarks.clone();
            remarks.dedup();
            let remark = remarks.join(" ");
            out.push(Field {
                name: key.clone(),
                ty,
                required: annotation
                    .as_ref()
                    .map_or(Required::False, |annotation| annotation.required),
                doc: row
                    .map(|row| row.doc.clone())
                    .filter(|doc| !doc.is_empty())
                    .unwrap_or(remark),
                source,
            });
            path.pop();
        }
        out
    }

    /// Reports values in samples that the row of an enumeration does not list.
    fn report_unlisted(
        &self,
        key: &str,
        ty: &str,
        shape: &Shape,
        row: &ParamRow,
        diagnostics: &mut Diagnostics,
    ) {
        let listed = self.types.get(ty).and_then(|def| def.values.as_ref());
        let Some(listed) = listed.filter(|listed| **listed == row.values) else {
            return;
        };
        for scalar in &shape.scalars {
            let (Scalar::Text(shown) | Scalar::Number(shown)) = scalar else {
                continue;
            };
            if !listed
                .iter()
                .any(|value| value.eq_ignore_ascii_case(shown.trim()))
            {
                diagnostics.push(
                    Code::UnlistedValue,
                    row.span,
                    format!("a sample shows {shown:?} for {key}, which is none of its values"),
                    "the documented values were kept",
                );
            }
        }
    }

    fn source(&self, span: Span) -> Source {
        Source {
            file: self.sources.file(span.file).path.clone(),
            line: self.sources.line(span),
        }
    }

    fn ty(
        &mut self,
        key: &str,
        shape: &Shape,
        row: Option<&ParamRow>,
        beside: &[String],
        path: &mut Path,
        diagnostics: &mut Diagnostics,
    ) -> String {
        if shape.nested {
            return "any".to_owned();
        }
        if !shape.fields.is_empty() {
            if !shape.scalars.is_empty() {
                // Text in one sample and an object in another: both have to fit.
                let text_of_mixed = shape.fields.keys().all(|key| key.starts_with(['@', '#']));
                if text_of_mixed {
                    return "any".to_owned();
                }
            }
            let fields = self.fields(shape, path, diagnostics);
            return self.add(
                path,
                TypeDef {
                    fields: Some(fields),
                    ..TypeDef::default()
                },
            );
        }
        let object = row.is_some_and(|row| row.written == Some(WrittenType::Object));
        if shape.scalars.is_empty() && (object || (shape.empty_object && row.is_none())) {
            return self.add(
                path,
                TypeDef {
                    fields: Some(Vec::new()),
                    ..TypeDef::default()
                },
            );
        }
        if shape.scalars.is_empty()
            && row.is_none_or(|row| row.written.is_none() && row.values.is_empty())
            && shape.empty_list
            && is_many(path, beside)
        {
            return "any".to_owned();
        }
        let object = !shape.empty_text && self.object_elsewhere(key);
        if shape.is_bare() && row.is_none() && (shape.list || object) {
            // Items that are only ever seen empty may be anything, as may what is an object in another message.
            return "any".to_owned();
        }
        let listed = row
            .filter(|row| row.written == Some(WrittenType::Array) && shape.is_bare())
            .map(|row| Shape {
                scalars: example_items(&row.doc),
                ..shape.clone()
            });
        let question = Question {
            name: key,
            shape: listed.as_ref().unwrap_or(shape),
            row,
            beside,
            evidence: self.evidence,
        };
        match scalar(&question, self.hints, diagnostics) {
            Scalars::Plain(name) => self.agreed(&question).unwrap_or(name).to_owned(),
            Scalars::Values(values) => self.add(
                path,
                TypeDef {
                    values: Some(values),
                    ..TypeDef::default()
                },
            ),
        }
    }

    /// Whether the entity shows an object of this name, where names mean the same in all its messages.
    fn object_elsewhere(&self, key: &str) -> bool {
        let lower = key.to_lowercase();
        !self.hints.ambiguous.contains(&lower)
            && self
                .evidence
                .of(&lower)
                .is_some_and(NameEvidence::is_object)
    }

    /// A field that no row describes has the type that the entity's tables of its direction agree on for its name.
    fn agreed(&self, question: &Question<'_>) -> Option<&'static str> {
        let lower = question.name.to_lowercase();
        let decided = self.hints.ambiguous.contains(&lower) || is_amount(&lower, self.hints);
        if question.row.is_some() || decided {
            return None;
        }
        let looks: Vec<Look> = question.shape.scalars.iter().map(look).collect();
        self.evidence.stated(&lower, self.answer, &looks)
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

/// The numbers in a description's example of a list: `[7, 9]`.
fn example_items(doc: &str) -> Vec<Scalar> {
    let lists = doc.match_indices('[');
    let insides = lists.filter_map(|(at, _)| Some(doc[at + 1..].split_once(']')?.0));
    let number = |item: &str| {
        let item = item.trim();
        item.parse::<f64>()
            .is_ok()
            .then(|| Scalar::Number(item.to_owned()))
    };
    let numbers = insides.map(|inside| inside.split(',').map(number).collect::<Option<Vec<_>>>());
    numbers.flatten().next().unwrap_or_default()
}

/// True when the name says that there may be several: a plural, the singular inside of its plural, or all that a plural
/// holds. Of other names `[]` says nothing: some servers write it for whatever is empty.
fn is_many(path: &[String], beside: &[String]) -> bool {
    let Some((key, above)) = path.split_last() else {
        return false;
    };
    let wrapped = above
        .last()
        .is_some_and(|parent| beside.len() == 1 && singular(parent) != *parent);
    wrapped
        || singular(key) != *key
        || above.last().is_some_and(|parent| {
            parent != key
                && (singular(parent) == *key
                    || parent
                        .to_lowercase()
                        .ends_with(&format!("{}s", key.to_lowercase())))
        })
}

/// The type of the field at a path below a type.
#[must_use]
pub fn type_at<'a>(
    types: &'a IndexMap<String, TypeDef>,
    root: &str,
    path: &[String],
) -> Option<&'a str> {
    let mut here = root;
    let mut found: Option<&'a str> = None;
    for key in path {
        let fields = types.get(here)?.fields.as_deref()?;
        let field = fields.iter().find(|field| field.name == *key)?;
        found = Some(&field.ty);
        here = field.ty.trim_start_matches("list<").trim_end_matches('>');
    }
    found
}

/// One type stands for several places: each of its fields is stated at all of them.
fn add_sources(known: &mut TypeDef, def: TypeDef) {
    let fields = known.fields.iter_mut().flatten();
    for (known, field) in fields.zip(def.fields.into_iter().flatten()) {
        for source in field.source {
            if !known.source.contains(&source) {
                known.source.push(source);
            }
        }
    }
}

fn same_fields(a: &TypeDef, b: &TypeDef) -> bool {
    match (&a.fields, &b.fields) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| {
                    a.name == b.name && a.ty == b.ty && a.required == b.required && a.doc == b.doc
                })
        }
        _ => false,
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
            is_many(&owned(path), &owned(beside))
        };
        assert!(many(&["parcels"], &["parcels", "id"]));
        assert!(many(&["parcels", "parcel"], &["parcel", "count"]));
        assert!(many(&["custom_fields", "field"], &["field", "count"]));
        assert!(many(&["address_labels", "entry"], &["entry"]));
        assert!(!many(&["address_labels", "entry"], &["entry", "language"]));
        assert!(!many(&["parcel", "sender"], &["sender"]));
    }
}
