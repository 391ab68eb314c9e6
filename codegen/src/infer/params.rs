//! From rows to parameters: real names, places, rules.

use super::body::place_in_body;
use super::borrow::Known;
use super::endpoint::Endpoint;
use super::place::{Copies, Path};
use super::rules::{Rules, applicable};
use super::shape::Shape;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind, Mark};
use crate::read::facts::{Names, OperationFacts, ParamRow};
use crate::slate::source::Span;
use crate::spec::{In, Required};

/// A parameter before it has a type.
#[derive(Clone, Debug)]
pub struct Resolved<'a> {
    /// Name on the wire.
    pub name: String,
    /// Where it is sent.
    pub place: In,
    /// Path in the body.
    pub path: Option<Path>,
    /// The query parameter whose value it is a part of.
    pub part_of: Option<String>,
    /// Whether it has to be there.
    pub required: Required,
    /// Of which group one has to be there.
    pub group: Vec<String>,
    /// Under which condition.
    pub when: Option<String>,
    /// Its row.
    pub row: &'a ParamRow,
    /// Values out of preset rows.
    pub presets: Vec<String>,
    /// True for a name that the row does not have itself but names among its values.
    pub expanded: bool,
    /// Further rows about it.
    pub also: Vec<Span>,
    /// The table.
    pub table: usize,
}

/// What is known of an operation when its rows are read.
pub struct Context<'a> {
    /// Fields of all messages.
    pub known: &'a [Known; 2],
    /// Number of the page.
    pub page: usize,
    /// Where the same rows stand elsewhere.
    pub copies: &'a Copies,
    /// The operation.
    pub operation: &'a OperationFacts,
    /// Method, path, URLs.
    pub endpoint: &'a Endpoint,
    /// The dialect.
    pub dialect: &'a Dialect,
    /// Rules of each table.
    pub rules: &'a [Rules],
}

impl Context<'_> {
    fn sends(&self) -> bool {
        !matches!(self.endpoint.method.as_str(), "GET" | "HEAD")
    }

    /// The query key that is spelt like the name, as the URLs spell it.
    fn query_key(&self, name: &str) -> Option<&str> {
        self.endpoint
            .urls
            .iter()
            .flat_map(|(url, _)| &url.query)
            .map(|(key, _)| key.as_str())
            .find(|key| key.eq_ignore_ascii_case(name))
    }

    /// `type` for a row `type_value` when a URL says `type=<type_value>`.
    fn key_of_placeholder(&self, name: &str) -> Option<&str> {
        let same = |value: &str| {
            let inner = value
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            inner.is_some_and(|inner| inner.eq_ignore_ascii_case(name))
        };
        self.endpoint
            .urls
            .iter()
            .flat_map(|(url, _)| &url.query)
            .find(|(_, value)| same(value))
            .map(|(key, _)| key.as_str())
    }

    /// True when every request URL has a pair for a parameter that the caller chooses.
    fn always_chosen(&self) -> bool {
        let mut stated = self
            .endpoint
            .urls
            .iter()
            .filter(|(url, _)| url.host.starts_with('{'))
            .peekable();
        stated.peek().is_some() && stated.all(|(url, _)| url.chosen)
    }

    fn path_key(&self, name: &str) -> Option<&str> {
        self.endpoint
            .path
            .split('/')
            .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
            .find(|key| key.eq_ignore_ascii_case(name))
    }

    /// The query parameter whose value is an expression, such as `q=({param}:{operator}:{value})`.
    fn expression(&self) -> Option<&str> {
        self.endpoint
            .urls
            .iter()
            .flat_map(|(url, _)| &url.query)
            .find(|(_, value)| value.matches('{').count() > 1 && value.contains(':'))
            .map(|(key, _)| key.as_str())
    }
}

pub fn in_body(shape: &Shape, name: &str) -> bool {
    shape
        .fields
        .iter()
        .any(|(key, field)| key.eq_ignore_ascii_case(name) || in_body(field, name))
}

/// All request parameters of an operation. Fields that no sample shows are put into `body`.
pub fn resolve<'a>(
    context: &Context<'a>,
    body: &mut Shape,
    diagnostics: &mut Diagnostics,
) -> Vec<Resolved<'a>> {
    let operation = context.operation;
    let mut out: Vec<Resolved<'a>> = Vec::new();
    for (number, table) in operation.tables.iter().enumerate() {
        if table.kind == HeadingKind::Response {
            continue;
        }
        let base = table_place(context, number, body, diagnostics);
        let first = out.len();
        let mut dropped: Vec<(usize, &'a ParamRow)> = Vec::new();
        for row in &table.rows {
            if is_value_row(context, number, row, body) {
                dropped.push((out.len(), row));
                continue;
            }
            let (mut names, expanded) = names(context, row, body, base, diagnostics);
            let mut claimed = Vec::new();
            if expanded && base == In::Query {
                claimed = yield_claimed(&mut names, row, &context.rules[number], diagnostics);
            }
            if names.is_empty() {
                continue;
            }
            for name in names.iter().filter(|name| !claimed.contains(name)) {
                let place = stated_place(row, name, context)
                    .unwrap_or_else(|| row_place(context, base, name, body));
                push(
                    &mut out,
                    context,
                    number,
                    row,
                    name,
                    place,
                    &names,
                    expanded,
                    diagnostics,
                );
            }
        }
        for (at, row) in dropped {
            // `identifierValue` is about the parameters that `identifierName` stands for.
            let partner = out[first..].iter_mut().rev().filter(|param| param.expanded);
            let mut found = false;
            for param in partner {
                param.also.push(row.span);
                found = true;
            }
            if !found {
                diagnostics.push(
                    Code::BadParameterRow,
                    row.span,
                    format!("{:?} has no partner that names parameters", row.names[0]),
                    "it was left out",
                );
            }
            let _ = at;
        }
        groups(&mut out, context, number);
    }
    place_in_body(&mut out, body, context, diagnostics);
    // Groups spell their names as the parameters do.
    let names: Vec<String> = out.iter().map(|param| param.name.clone()).collect();
    for name in out.iter_mut().flat_map(|param| &mut param.group) {
        let own = names.iter().find(|own| own.eq_ignore_ascii_case(name));
        if let Some(own) = own.filter(|_| !names.contains(name)) {
            own.clone_into(name);
        }
    }
    out
}

#[expect(
    clippy::too_many_arguments,
    reason = "the parts of one parameter, put together in one place"
)]
fn push<'a>(
    out: &mut Vec<Resolved<'a>>,
    context: &Context<'a>,
    table: usize,
    row: &'a ParamRow,
    name: &str,
    place: In,
    names: &[String],
    expanded: bool,
    diagnostics: &mut Diagnostics,
) {
    let rules = &context.rules[table];
    let (mut required, mut group, when) = match rules.meaning(&row.mark, context.dialect) {
        None if row.stated == Some(true) => (Required::True, Vec::new(), None),
        None => (Required::False, Vec::new(), None),
        Some((Mark::Required, when, _)) => (Required::True, Vec::new(), when),
        Some((Mark::OneOf, when, _)) => (Required::OneOf, Vec::new(), when),
        Some((Mark::Optional, when, _)) => (Required::False, Vec::new(), when),
    };
    let when = when.or_else(|| {
        let open = rules.leaves_open(&row.mark);
        open.then(|| applicable(&row.doc)).flatten()
    });
    if place == In::Path {
        required = Required::True;
    } else if names.len() > 1 && row.together != Names::All {
        group = names.to_vec();
        let needed =
            expanded && row.mark.is_empty() && place == In::Query && context.always_chosen();
        if required == Required::True || needed {
            required = Required::OneOf;
        }
    }
    let name = match place {
        In::Query => context.query_key(name).unwrap_or(name),
        In::Path => context.path_key(name).unwrap_or(name),
        _ => name,
    };
    let part_of = (place == In::Query)
        .then(|| context.expression())
        .flatten()
        .filter(|key| *key != name && context.query_key(name).is_none())
        .map(str::to_owned);
    // A preset row is one value of a parameter; several rows are several values.
    if let Some(known) = out
        .iter_mut()
        .find(|known| known.table == table && known.name == name && known.place == place)
        && (place != In::Body || known.row.preset.is_some())
    {
        known.also.push(row.span);
        if let Some(preset) = &row.preset
            && !known.presets.contains(preset)
        {
            known.presets.push(preset.clone());
        } else {
            diagnostics.push(
                Code::DuplicateParameter,
                row.span,
                format!("{name} stands in this table twice"),
                "the first row was taken",
            );
        }
        return;
    }
    out.push(Resolved {
        name: name.to_owned(),
        place,
        path: None,
        part_of,
        required,
        group,
        when,
        row,
        presets: row.preset.iter().cloned().collect(),
        expanded,
        also: Vec::new(),
        table,
    });
}

/// Of the names that a row stands for, returns those that belong to another thing, unless nothing would be left. Where the
/// row does not list them itself, they are no alternatives to its other names either.
fn yield_claimed(
    names: &mut Vec<String>,
    row: &ParamRow,
    rules: &Rules,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let of = |name: &String| rules.claims.iter().find(|claim| claim.name == *name);
    if names.iter().all(|name| of(name).is_some()) {
        return Vec::new();
    }
    let claimed: Vec<String> = names
        .iter()
        .filter(|name| of(name).is_some())
        .cloned()
        .collect();
    names.retain(|name| !claimed.contains(name) || row.values.contains(name));
    for claim in names.iter().filter_map(of) {
        diagnostics.push(
            Code::DuplicateParameter,
            row.span,
            format!(
                "{} is one of these, and the alternative to {}",
                claim.name, claim.partner
            ),
            format!("it was taken for that of the {}", claim.of),
        );
    }
    claimed
}

/// Makes pairs of rows and their alternatives that have none. Returns the names of these rows.
fn join_claims(out: &mut [Resolved<'_>], rules: &Rules, table: usize) -> Vec<String> {
    let mut partners = Vec::new();
    for claim in &rules.claims {
        let rows = out.iter_mut().filter(|param| {
            param.table == table && param.place == In::Query && param.name == claim.partner
        });
        for param in rows {
            param.required = Required::OneOf;
            param.group = vec![claim.name.clone(), claim.partner.clone()];
            partners.push(claim.partner.clone());
        }
    }
    partners
}

/// Completes the groups of a table: all names under one mark, `either … or`, `any one of the following`.
fn groups(out: &mut [Resolved<'_>], context: &Context<'_>, table: usize) {
    let rules = &context.rules[table];
    for (mark, meaning) in &rules.marks {
        if !meaning.any {
            continue;
        }
        let all: Vec<String> = out
            .iter()
            .filter(|param| param.table == table && param.row.mark == *mark)
            .map(|param| param.name.clone())
            .collect();
        for param in out
            .iter_mut()
            .filter(|param| param.table == table && param.row.mark == *mark)
        {
            param.group.clone_from(&all);
        }
    }
    let defaults: Vec<String> = out
        .iter()
        .filter(|param| {
            param.table == table && param.required == Required::OneOf && param.group.is_empty()
        })
        .map(|param| param.name.clone())
        .collect();
    for param in out.iter_mut().filter(|param| {
        param.table == table && param.required == Required::OneOf && param.group.is_empty()
    }) {
        param.group.clone_from(&defaults);
    }
    for (names, _) in &rules.either {
        for param in out
            .iter_mut()
            .filter(|param| param.table == table && !param.expanded && names.contains(&param.name))
        {
            param.required = Required::OneOf;
            param.group.clone_from(names);
        }
    }
    let partners = join_claims(out, rules, table);
    if rules.any_of_all.is_some() && !partners.is_empty() {
        // Who passes one of the pair passes any one of all: of the others none is needed.
        let rest = out
            .iter_mut()
            .filter(|param| param.table == table && !partners.contains(&param.name));
        for param in rest {
            param.required = Required::False;
            param.group.clear();
        }
    } else if rules.any_of_all.is_some() {
        let all: Vec<String> = out
            .iter()
            .filter(|param| param.table == table)
            .map(|param| param.name.clone())
            .collect();
        for param in out.iter_mut().filter(|param| param.table == table) {
            param.required = Required::OneOf;
            param.group.clone_from(&all);
        }
    }
    let spelt: Vec<String> = out
        .iter()
        .filter(|param| param.table == table)
        .map(|param| param.name.clone())
        .collect();
    for param in out.iter_mut().filter(|param| param.table == table) {
        for name in &mut param.group {
            if let Some(own) = spelt.iter().find(|own| own.eq_ignore_ascii_case(name)) {
                own.clone_into(name);
            }
        }
        let mut seen: Vec<String> = Vec::new();
        param.group.retain(|name| {
            let new = !seen.contains(name);
            seen.push(name.clone());
            new
        });
        if param.group.len() < 2 && param.required == Required::OneOf {
            // A group of one is a requirement.
            param.required = Required::True;
            param.group.clear();
        }
    }
}

/// Where the parameters of a table are sent.
fn table_place(
    context: &Context<'_>,
    number: usize,
    body: &Shape,
    diagnostics: &mut Diagnostics,
) -> In {
    let table = &context.operation.tables[number];
    let has_body = !body.fields.is_empty();
    let others_in_body = context
        .operation
        .tables
        .iter()
        .any(|other| other.kind == HeadingKind::Body);
    let shown = table
        .rows
        .iter()
        .filter(|row| row.names.iter().any(|name| in_body(body, name)))
        .count();
    let place = match table.kind {
        HeadingKind::Header => return In::Header,
        HeadingKind::Body if context.sends() => In::Body,
        HeadingKind::Query | HeadingKind::Path
            if context.sends() && has_body && !others_in_body && shown * 2 > table.rows.len() =>
        {
            In::Body
        }
        HeadingKind::Request if context.sends() && has_body => In::Body,
        _ => In::Query,
    };
    let in_path = table
        .rows
        .iter()
        .filter(|row| {
            row.names
                .iter()
                .any(|name| context.path_key(name).is_some())
        })
        .count();
    let stated = match table.kind {
        HeadingKind::Query => Some(In::Query),
        HeadingKind::Path => Some(In::Path),
        HeadingKind::Body => Some(In::Body),
        _ => None,
    };
    let contradicts = match stated {
        Some(In::Path) => in_path == 0,
        Some(In::Query) => place != In::Query || in_path > 0,
        Some(other) => place != other,
        None => false,
    };
    if contradicts {
        diagnostics.push(
            Code::WrongPlace,
            table.heading.span,
            format!(
                "the parameters under {:?} are sent elsewhere",
                table.heading.text
            ),
            format!(
                "method, URL and samples decided: {place:?}{}",
                if in_path > 0 { ", path" } else { "" }
            )
            .to_lowercase(),
        );
    }
    place
}

/// Where the row itself says that the parameter is sent. A path has to have a place for it.
fn stated_place(row: &ParamRow, name: &str, context: &Context<'_>) -> Option<In> {
    match row.place? {
        HeadingKind::Header => Some(In::Header),
        HeadingKind::Query => Some(In::Query),
        HeadingKind::Body => Some(In::Body),
        HeadingKind::Path => context.path_key(name).map(|_| In::Path),
        _ => None,
    }
}

fn row_place(context: &Context<'_>, base: In, name: &str, body: &Shape) -> In {
    if base == In::Header {
        return In::Header;
    }
    if context.path_key(name).is_some() && !(base == In::Body && in_body(body, name)) {
        return In::Path;
    }
    match base {
        In::Body if context.query_key(name).is_some() && !in_body(body, name) => In::Query,
        other => other,
    }
}

fn is_placeholder(context: &Context<'_>, row: &ParamRow, body: &Shape) -> bool {
    let [name] = row.names.as_slice() else {
        return false;
    };
    let lower = name.to_lowercase();
    context.dialect.placeholders.names.contains(&lower)
        && !in_body(body, name)
        && context.query_key(name).is_none()
        && context.path_key(name).is_none()
}

/// `identifierValue`: the value of what another row stands for.
fn is_value_row(context: &Context<'_>, table: usize, row: &ParamRow, body: &Shape) -> bool {
    let [name] = row.names.as_slice() else {
        return false;
    };
    let lower = name.to_lowercase();
    let partner = context.operation.tables[table]
        .rows
        .iter()
        .any(|other| is_placeholder(context, other, body));
    partner
        && context.dialect.placeholders.values.contains(&lower)
        && !in_body(body, name)
        && context.query_key(name).is_none()
}

/// The real names of a row, and whether they stand among its values.
fn names(
    context: &Context<'_>,
    row: &ParamRow,
    body: &Shape,
    base: In,
    diagnostics: &mut Diagnostics,
) -> (Vec<String>, bool) {
    let placeholders = &context.dialect.placeholders;
    if is_placeholder(context, row, body) {
        let mut names: Vec<String> = row
            .values
            .iter()
            .filter(|value| value.chars().all(crate::text::is_name_char))
            .cloned()
            .collect();
        if names.is_empty() {
            names = spelt_out(&row.doc, context.dialect);
        }
        if names.is_empty() {
            names.clone_from(&placeholders.default);
            if base == In::Body {
                let shown: Vec<String> = names
                    .iter()
                    .filter(|name| in_body(body, name))
                    .cloned()
                    .collect();
                if !shown.is_empty() {
                    names = shown;
                }
            }
        }
        return (names, true);
    }
    let names: Vec<String> = row
        .names
        .iter()
        .filter_map(|name| {
            if !name.contains(' ') {
                let renamed = (base == In::Query
                    && context.query_key(name).is_none()
                    && row.names.len() == 1)
                    .then(|| context.key_of_placeholder(name))
                    .flatten();
                return Some(renamed.unwrap_or(name).to_owned());
            }
            let joined = name.replace(' ', "_");
            if in_body(body, &joined) || context.query_key(&joined).is_some() {
                return Some(joined);
            }
            diagnostics.push(
                Code::BadParameterRow,
                row.span,
                format!("{name:?} is not the name of a parameter"),
                "it was left out",
            );
            None
        })
        .collect();
    (names, false)
}

/// `(mobile no/email id/external id)` in running text.
fn spelt_out(doc: &str, dialect: &Dialect) -> Vec<String> {
    let lower = doc.to_lowercase();
    let Some(list) = lower
        .split('(')
        .nth(1)
        .and_then(|rest| rest.split(')').next())
    else {
        return Vec::new();
    };
    let known = |word: &str| {
        let word = word.trim();
        dialect
            .placeholders
            .spellings
            .get(word)
            .cloned()
            .or_else(|| {
                dialect
                    .placeholders
                    .default
                    .iter()
                    .find(|name| name.as_str() == word)
                    .cloned()
            })
            .or_else(|| {
                (word.contains('_') && word.chars().all(crate::text::is_name_char))
                    .then(|| word.to_owned())
            })
    };
    let names: Option<Vec<String>> = list.split(['/', ',']).map(known).collect();
    names.filter(|names| names.len() > 1).unwrap_or_default()
}
