//! Types of fields and parameters, out of tables, samples and names.

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
}

/// Annotations by path.
pub type Annotations<'a> = BTreeMap<Path, Annotation<'a>>;

/// The type of a value that is no object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalars {
    /// A type of the spec.
    Plain(&'static str),
    /// An enumeration.
    Values(Vec<String>),
}

fn last_word_is(name: &str, words: &[String]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|word| name == *word || name.strip_suffix(word.as_str()).is_some_and(|rest| rest.ends_with(['_', '-', '.'])))
}

fn holds_word(name: &str, words: &[String]) -> bool {
    let name = heck::ToSnakeCase::to_snake_case(name);
    name.split('_').any(|part| words.iter().any(|word| part == word || part.strip_suffix('s') == Some(word)))
}

fn is_amount(name: &str, hints: &NameHints) -> bool {
    let lower = name.to_lowercase();
    if hints.amount_exact.contains(&lower) {
        return true;
    }
    if hints.amount_suffix_not.iter().any(|word| lower.ends_with(word.as_str())) {
        return false;
    }
    let suffix = hints.amount_suffix.iter().any(|word| lower.strip_suffix(word.as_str()).is_some_and(|rest| rest.len() > 1 && rest.ends_with('_')));
    suffix || holds_word(name, &hints.amount)
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    Bool,
    Integer,
    Number,
    Date,
    Datetime,
    Text,
}

fn look(scalar: &Scalar) -> Look {
    match scalar {
        Scalar::Bool(_) => Look::Bool,
        Scalar::Number(text) if text.contains(['.', 'e', 'E']) => Look::Number,
        Scalar::Number(_) => Look::Integer,
        Scalar::Text(text) => look_of_text(text),
    }
}

fn look_of_text(text: &str) -> Look {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return Look::Bool;
    }
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = |part: &str| !part.is_empty() && part.len() <= 18 && part.chars().all(|c| c.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0.");
    if plain(digits) && !leading_zero {
        return Look::Integer;
    }
    if let Some((whole, part)) = digits.split_once('.')
        && plain(whole)
        && plain(part)
        && !leading_zero
    {
        return Look::Number;
    }
    date(text)
}

fn date(text: &str) -> Look {
    let (day, time) = match text.find(['T', ' ']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let numeric = parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit()));
    let year = parts.iter().filter(|part| part.len() == 4).count() == 1;
    if !(numeric && year) {
        return Look::Text;
    }
    let clock = time.contains(':') && time.starts_with(|c: char| c.is_ascii_digit());
    match (time.is_empty(), clock) {
        (true, _) => Look::Date,
        (false, true) => Look::Datetime,
        (false, false) => Look::Text,
    }
}

/// Digits that form a day, such as `20120820`.
fn is_compact_date(text: &str) -> bool {
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<u32>().ok());
    let day = (number(0..4), number(4..6), number(6..8));
    text.len() == 8 && matches!(day, (Some(1900..=2199), Some(1..=12), Some(1..=31)))
}

/// What is known of a field when its type is decided.
pub struct Question<'a> {
    /// Its name.
    pub name: &'a str,
    /// What samples show.
    pub shape: &'a Shape,
    /// Its row.
    pub row: Option<&'a ParamRow>,
    /// The fields of the object that it is in.
    pub beside: &'a [String],
    /// What the entity knows of its name.
    pub evidence: &'a Evidence,
}

/// The type of a scalar by name, samples and table row.
pub fn scalar(question: &Question<'_>, hints: &NameHints, diagnostics: &mut Diagnostics) -> Scalars {
    let Question { name, shape, row, .. } = *question;
    let looks: Vec<Look> = shape.scalars.iter().map(look).collect();
    let all = |allowed: &[Look]| looks.iter().all(|look| allowed.contains(look));
    let plain = Scalars::Plain;
    let mut conflict = |row: &ParamRow, stated: &str| {
        diagnostics.push(Code::TypeConflict, row.span, format!("{name} is stated as {stated}, but samples show other values"), "it was read as a string");
        plain("string")
    };
    let written = row.and_then(|row| row.written);
    let listed = row.filter(|row| !row.values.is_empty());
    // Identifiers are text, also where a table calls them numbers.
    let numeric_or_text = !matches!(written, Some(WrittenType::Boolean | WrittenType::Date | WrittenType::Datetime));
    let flags = !looks.is_empty() && all(&[Look::Bool]);
    if last_word_is(name, &hints.text) && numeric_or_text && !flags {
        return listed.filter(|row| row.written == Some(WrittenType::Enum)).map_or(plain("string"), |row| Scalars::Values(row.values.clone()));
    }
    match (written, row) {
        (Some(WrittenType::Integer), Some(row)) => {
            if !all(&[Look::Integer, Look::Number]) {
                conflict(row, "a whole number")
            } else if is_amount(name, hints) || looks.contains(&Look::Number) {
                plain("number")
            } else {
                plain("integer")
            }
        }
        (Some(WrittenType::Number), Some(row)) => if all(&[Look::Integer, Look::Number]) { plain("number") } else { conflict(row, "a number") },
        (Some(WrittenType::Boolean), Some(row)) => {
            let flags = shape.scalars.iter().all(|scalar| match scalar {
                Scalar::Bool(_) => true,
                Scalar::Number(text) | Scalar::Text(text) => ["true", "false", "0", "1", "yes", "no", "y", "n"].contains(&text.to_lowercase().as_str()),
            });
            if flags { plain("boolean") } else { conflict(row, "a boolean") }
        }
        (Some(WrittenType::Datetime), _) => plain("datetime"),
        (Some(WrittenType::Date), _) => plain(if looks.contains(&Look::Datetime) { "datetime" } else { "date" }),
        (Some(WrittenType::Enum), Some(row)) if !row.values.is_empty() => Scalars::Values(row.values.clone()),
        (Some(WrittenType::String), _) => plain("string"),
        // An object or a list by the table, a scalar in the samples: the samples are right.
        _ => {
            if let Some(row) = listed.filter(|row| row.written.is_none()) {
                let flags = row.values.iter().all(|value| value == "true" || value == "false");
                return if flags { plain("boolean") } else { Scalars::Values(row.values.clone()) };
            }
            let remarked = shape.remarks.iter().map(|remark| crate::read::values::of_remark(remark)).find(|values| !values.is_empty());
            match remarked {
                Some(values) if row.is_none() && !all(&[Look::Bool]) => Scalars::Values(values),
                _ => plain(undocumented(question, &looks, hints)),
            }
        }
    }
}

/// The type of a field that no table states.
fn undocumented(question: &Question<'_>, looks: &[Look], hints: &NameHints) -> &'static str {
    let Question { name, shape, row, beside, evidence } = *question;
    let all = |allowed: &[Look]| looks.iter().all(|look| allowed.contains(look));
    let lower = name.to_lowercase();
    let ambiguous = hints.ambiguous.contains(&lower);
    let elsewhere = if ambiguous { None } else { evidence.of(&lower) };
    let quoted = shape.scalars.iter().all(|scalar| matches!(scalar, Scalar::Text(_)));
    let text_beside = hints.text_beside.get(&lower).is_some_and(|others| others.iter().any(|other| beside.contains(other)));
    let in_time = hints.datetime_suffix.iter().any(|end| lower == end.trim_start_matches('_')) || hints.datetime_suffix.iter().any(|end| lower.ends_with(end.as_str()));
    if looks.is_empty() {
        if let Some(format) = row.and_then(|row| row.format.as_deref()) {
            return if format.to_lowercase().contains("hh") { "datetime" } else { "date" };
        }
        return match elsewhere.and_then(|known| known.documented.filter(|ty| *ty != "boolean").or(known.shown)) {
            _ if is_amount(name, hints) && !text_beside => "number",
            Some(known) => known,
            None if text_beside => "string",
            None if in_time => "datetime",
            None => "string",
        };
    }
    if text_beside || hints.text_exact.contains(&lower) {
        return if all(&[Look::Bool]) && !quoted { "boolean" } else { "string" };
    }
    let numeric = all(&[Look::Integer, Look::Number]);
    if numeric && quoted {
        let digits = |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if text.trim().len() >= 10 && text.trim().chars().all(|c| c.is_ascii_digit()));
        let id = lower == "id" || lower.ends_with("id");
        if lower.contains("date") && shape.scalars.iter().all(|scalar| matches!(scalar, Scalar::Text(text) if is_compact_date(text.trim()))) {
            return "date";
        }
        let short = |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if text.trim().len() < 3);
        match elsewhere {
            _ if is_amount(name, hints) || shape.scalars.iter().all(short) => {}
            Some(known) if known.is_text() => return "string",
            Some(known) if matches!(known.documented, Some("integer" | "number" | "string" | "datetime")) => return known.documented.unwrap_or("string"),
            _ => {}
        }
        if !id && !in_time && !is_amount(name, hints) && shape.scalars.iter().any(digits) {
            return "string";
        }
        if last_word_is(name, &hints.text_weak) {
            return "string";
        }
    }
    if numeric {
        return if is_amount(name, hints) || !all(&[Look::Integer]) { "number" } else { "integer" };
    }
    if all(&[Look::Bool]) {
        "boolean"
    } else if all(&[Look::Date]) {
        "date"
    } else if all(&[Look::Date, Look::Datetime]) {
        "datetime"
    } else {
        "string"
    }
}

/// What an entity knows of the names of its fields.
#[derive(Clone, Debug, Default)]
pub struct Evidence(BTreeMap<String, NameEvidence>);

/// What is known of one name.
#[derive(Clone, Debug, Default)]
pub struct NameEvidence {
    /// The type that tables state, where they agree.
    pub documented: Option<&'static str>,
    /// True when tables state several.
    disagree: bool,
    /// In how many places samples show words, and in how many digits.
    words: usize,
    digits: usize,
    /// What samples look like, where they agree.
    pub shown: Option<&'static str>,
}

impl NameEvidence {
    /// True when its values are words as often as digits, unless a table states a number.
    fn is_text(&self) -> bool {
        self.documented == Some("string") || (!matches!(self.documented, Some("integer" | "number")) && self.words > 0 && self.words >= self.digits)
    }
}

impl Evidence {
    /// What is known of a name in lower case.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<&NameEvidence> {
        self.0.get(name)
    }

    /// Takes in what a row states.
    pub fn row(&mut self, row: &ParamRow) {
        let [name] = row.names.as_slice() else { return };
        let ty = match row.written {
            Some(WrittenType::String) => "string",
            Some(WrittenType::Integer) => "integer",
            Some(WrittenType::Number) => "number",
            Some(WrittenType::Boolean) => "boolean",
            Some(WrittenType::Datetime) => "datetime",
            Some(WrittenType::Date) => "date",
            _ => return,
        };
        let known = self.0.entry(name.to_lowercase()).or_default();
        match known.documented {
            None if !known.disagree => known.documented = Some(ty),
            Some(other) if other != ty => {
                known.documented = None;
                known.disagree = true;
            }
            _ => {}
        }
    }

    /// Takes in what samples show.
    pub fn shape(&mut self, shape: &Shape) {
        for (key, field) in &shape.fields {
            if !field.scalars.is_empty() && field.fields.is_empty() {
                let looks: Vec<Look> = field.scalars.iter().map(look).collect();
                let known = self.0.entry(key.to_lowercase()).or_default();
                if looks.contains(&Look::Text) {
                    known.words += 1;
                } else if looks.iter().all(|look| matches!(look, Look::Integer | Look::Number)) {
                    known.digits += 1;
                }
                let shown = match looks.iter().max() {
                    Some(Look::Bool) => "boolean",
                    Some(Look::Integer) => "integer",
                    Some(Look::Number) => "number",
                    Some(Look::Date) => "date",
                    Some(Look::Datetime) => "datetime",
                    _ => "string",
                };
                known.shown = Some(match known.shown {
                    Some(other) if other != shown => "string",
                    _ => shown,
                });
            }
            self.shape(field);
        }
    }
}

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

    fn fields(&mut self, shape: &Shape, path: &mut Path, diagnostics: &mut Diagnostics) -> Vec<Field> {
        let mut out = Vec::new();
        let beside: Vec<String> = shape.fields.keys().cloned().collect();
        for (key, field) in &shape.fields {
            path.push(key.clone());
            let annotation = self.annotations.get(path).cloned();
            let row = annotation.as_ref().map(|annotation| annotation.row);
            let typed = annotation.as_ref().filter(|annotation| annotation.typed).map(|annotation| annotation.row);
            let mut ty = self.ty(key, field, typed, &beside, path, diagnostics);
            let scalar = typed.is_some_and(|row| row.written.is_some_and(|written| !matches!(written, WrittenType::Object | WrittenType::Array)));
            let many = (field.list && !(field.documented_only && scalar)) || (typed.is_some_and(|row| row.written == Some(WrittenType::Array)) && ty != "any") || (field.empty_list && field.is_bare() && is_many(path));
            if many {
                ty = format!("list<{ty}>");
            }
            let mut source: Vec<Source> = annotation.iter().filter(|annotation| !annotation.inherited).map(|annotation| self.source(annotation.row.span)).collect();
            source.extend(field.spans.iter().map(|span| self.source(*span)));
            source.dedup();
            let mut remarks = field.remarks.clone();
            remarks.dedup();
            let remark = remarks.join(" ");
            out.push(Field {
                name: key.clone(),
                ty,
                required: annotation.as_ref().map_or(Required::False, |annotation| annotation.required),
                doc: row.map(|row| row.doc.clone()).filter(|doc| !doc.is_empty()).unwrap_or(remark),
                source,
            });
            path.pop();
        }
        out
    }

    fn source(&self, span: Span) -> Source {
        Source {
            file: self.sources.file(span.file).path.clone(),
            line: self.sources.line(span),
        }
    }

    fn ty(&mut self, key: &str, shape: &Shape, row: Option<&ParamRow>, beside: &[String], path: &mut Path, diagnostics: &mut Diagnostics) -> String {
        if !shape.fields.is_empty() {
            if !shape.scalars.is_empty() {
                // Text in one sample and an object in another: both have to fit.
                let text_of_mixed = shape.fields.keys().all(|key| key.starts_with(['@', '#']));
                if text_of_mixed {
                    return "any".to_owned();
                }
            }
            let fields = self.fields(shape, path, diagnostics);
            return self.add(path, TypeDef { fields: Some(fields), ..TypeDef::default() });
        }
        let object = row.is_some_and(|row| row.written == Some(WrittenType::Object));
        if shape.scalars.is_empty() && (object || (shape.empty_object && row.is_none())) {
            return self.add(path, TypeDef { fields: Some(Vec::new()), ..TypeDef::default() });
        }
        if shape.scalars.is_empty() && row.is_none_or(|row| row.written.is_none() && row.values.is_empty()) && shape.empty_list && is_many(path) {
            return "any".to_owned();
        }
        if shape.is_bare() && shape.list && row.is_none() {
            // Items that are only ever seen empty may be anything.
            return "any".to_owned();
        }
        let question = Question {
            name: key,
            shape,
            row,
            beside,
            evidence: self.evidence,
        };
        match scalar(&question, self.hints, diagnostics) {
            Scalars::Plain(name) => name.to_owned(),
            Scalars::Values(values) => self.add(path, TypeDef { values: Some(values), ..TypeDef::default() }),
        }
    }

    /// Adds a type under the shortest name that is free, or finds the equal one.
    fn add(&mut self, path: &[String], def: TypeDef) -> String {
        let mut name = String::new();
        let mut candidates = Vec::new();
        for key in path.iter().rev() {
            name = singular(key).to_upper_camel_case() + &name;
            candidates.push(format!("{}{name}", self.prefix));
        }
        for candidate in &candidates {
            match self.types.get(candidate) {
                Some(known) if known.values == def.values && same_fields(known, &def) => return candidate.clone(),
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

/// True when the name says that there may be several: a plural, or the singular inside of its plural.
fn is_many(path: &[String]) -> bool {
    let Some((key, above)) = path.split_last() else { return false };
    singular(key) != *key || above.last().is_some_and(|parent| parent != key && (singular(parent) == *key || parent.to_lowercase().ends_with(&format!("{}s", key.to_lowercase()))))
}

/// The type of the field at a path below a type.
#[must_use]
pub fn type_at<'a>(types: &'a IndexMap<String, TypeDef>, root: &str, path: &[String]) -> Option<&'a str> {
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

fn same_fields(a: &TypeDef, b: &TypeDef) -> bool {
    match (&a.fields, &b.fields) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| a.name == b.name && a.ty == b.ty && a.required == b.required && a.doc == b.doc)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ty(name: &str, values: &[&str], written: Option<WrittenType>) -> Scalars {
        let shape = Shape {
            scalars: values.iter().map(|value| Scalar::Text((*value).to_owned())).collect(),
            ..Shape::default()
        };
        let row = written.map(|written| ParamRow {
            names: vec![name.to_owned()],
            together: crate::read::facts::Names::One,
            mark: String::new(),
            preset: None,
            written: Some(written),
            doc: String::new(),
            values: Vec::new(),
            default: None,
            format: None,
            limit: None,
            span: Span::new(0, 0, 1),
        });
        let dialect = crate::dialect::Dialect::parse("d", include_str!("../../../spec/dialect.yaml")).unwrap();
        let question = Question {
            name,
            shape: &shape,
            row: row.as_ref(),
            beside: &["name".to_owned()],
            evidence: &Evidence::default(),
        };
        scalar(&question, &dialect.names, &mut Diagnostics::default())
    }

    #[test]
    fn samples_and_names_decide_without_a_table() {
        for (name, values, want) in [
            ("success", &["true"][..], "boolean"),
            ("user_id", &["98662653"], "integer"),
            ("mobile", &["919700000000"], "string"),
            ("target_mobile", &["919700000000"], "string"),
            ("code", &["06000041"], "string"),
            ("local_value", &["10"], "number"),
            ("value", &["10"], "string"),
            ("ratio", &["1"], "number"),
            ("bill_number", &["123"], "string"),
            ("offset", &["+170306148"], "string"),
            ("created_on", &["2016-09-11 11:11:11"], "datetime"),
            ("created_on", &["2016-09-11"], "date"),
            ("created_on", &["2016-09-11", "2016-09-11T11:11:11Z"], "datetime"),
            ("points", &["1", "2.5"], "number"),
            ("anything", &[], "string"),
            ("modified_on", &[], "datetime"),
            ("identifier", &["971564265901"], "string"),
            ("to", &["447700900000"], "string"),
            ("start_date", &["20120820"], "date"),
            ("number", &["7"], "string"),
        ] {
            assert_eq!(ty(name, values, None), Scalars::Plain(want), "{name} {values:?}");
        }
    }

    #[test]
    fn tables_win_unless_samples_contradict() {
        for (name, values, written, want) in [
            ("redemption_id", &["r0njPT"][..], WrittenType::Integer, "string"),
            ("points", &["100"], WrittenType::Integer, "integer"),
            ("mobile", &["44700900000"], WrittenType::Integer, "string"),
            ("code", &["7"], WrittenType::String, "string"),
            ("flag", &["1"], WrittenType::Boolean, "boolean"),
            ("issue_otp", &["true"], WrittenType::Boolean, "boolean"),
            ("value", &["31.27"], WrittenType::Number, "number"),
            ("flag", &["maybe"], WrittenType::Boolean, "string"),
            ("nextSerialNumber", &["2"], WrittenType::Integer, "integer"),
            ("lifetime_purchases", &["0"], WrittenType::Integer, "number"),
        ] {
            assert_eq!(ty(name, values, Some(written)), Scalars::Plain(want), "{name}");
        }
    }
}
