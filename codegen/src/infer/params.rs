//! From rows to parameters: real names, places, rules.

use super::body::place_in_body;
use super::context::Context;
use super::groups::groups;
use super::open_marks::applicable;
use super::resolved::{Presence, Resolved, Sent};
use super::row_names::{RowNames, is_value_row, names, yield_claimed};
use super::sent::sent;
use super::shape::Shape;
use super::stage::Stage;
use crate::claims::Witness;
use crate::diagnostics::Code;
use crate::dialect::{HeadingKind, Mark};
use crate::read::facts::{Names, ParamRow};
use crate::spec::{In, Required};

/// All request parameters of an operation, and the body with the fields that no sample shows.
pub fn resolve<'a>(
    context: &Context<'a>,
    shown: Shape,
    stage: &mut Stage<'_>,
) -> (Vec<Resolved<'a>>, Shape) {
    let mut out: Vec<Resolved<'a>> = Vec::new();
    for (number, table) in context.operation.tables.iter().enumerate() {
        if table.kind != HeadingKind::Response {
            let mut rows = table_rows(context, number, &shown, stage);
            groups(&mut rows, context, number);
            out.extend(rows);
        }
    }
    let (mut out, body) = place_in_body(out, shown, context, stage);
    // Groups spell their names as the parameters do.
    let names: Vec<String> = out.iter().map(|param| param.name.clone()).collect();
    for name in out.iter_mut().flat_map(|param| &mut param.group) {
        let own = names.iter().find(|own| own.eq_ignore_ascii_case(name));
        if let Some(own) = own.filter(|_| !names.contains(name)) {
            own.clone_into(name);
        }
    }
    (out, body)
}

/// The parameters of one table.
fn table_rows<'a>(
    context: &Context<'a>,
    number: usize,
    body: &Shape,
    stage: &mut Stage<'_>,
) -> Vec<Resolved<'a>> {
    let sent = sent(context, number, body, stage);
    let mut out: Vec<Resolved<'a>> = Vec::new();
    let mut values: Vec<&'a ParamRow> = Vec::new();
    for row in &context.operation.tables[number].rows {
        if is_value_row(context, number, row, body) {
            values.push(row);
            continue;
        }
        let mut own = names(context, row, body, sent.place(), stage);
        let mut claimed = Vec::new();
        if own.expanded && sent.place() == In::Query {
            claimed = yield_claimed(&mut own.names, row, &context.rules[number], stage);
        }
        for name in own.names.iter().filter(|name| !claimed.contains(name)) {
            let sent = sent.of(row, name, context, body);
            let param = param(context, number, row, &own, name, sent);
            push(&mut out, param, context, stage);
        }
    }
    for row in values {
        // `identifierValue` is about the parameters that `identifierName` stands for.
        let mut found = false;
        for param in out.iter_mut().filter(|param| param.expanded) {
            param.also.push(row.span);
            found = true;
        }
        if !found {
            stage.diagnostics.push(
                Code::BadParameterRow,
                row.cells.name,
                format!("{:?} has no partner that names parameters", row.names[0]),
                "it was left out",
            );
        }
    }
    out
}

/// Adds a parameter. A preset row is one value of a parameter; several rows are several values. Of placeholders of one name
/// each has a row.
fn push<'a>(
    out: &mut Vec<Resolved<'a>>,
    param: Resolved<'a>,
    context: &Context<'_>,
    stage: &mut Stage<'_>,
) {
    if param.sent.place == In::Path {
        let known = |name: &str| {
            let mut all = out.iter();
            all.position(|known| known.sent.place == In::Path && known.name == name)
        };
        let mut twins = context.endpoint.twins.iter();
        let own = |twin: &&String| twin.contains(&format!("_{}", param.name));
        let free = twins.find(|twin| own(twin) && known(twin).is_none());
        if let Some((first, twin)) = known(&param.name).zip(free) {
            twin.clone_into(&mut out[first].name);
            out.push(param);
            return;
        }
    }
    let same = |known: &&mut Resolved<'_>| {
        known.name == param.name && known.sent.place == param.sent.place
    };
    let joins = |known: &Resolved<'_>| param.sent.place != In::Body || known.row.preset.is_some();
    let Some(known) = out.iter_mut().find(same).filter(|known| joins(known)) else {
        out.push(param);
        return;
    };
    let row = param.row;
    known.also.push(row.span);
    if let Some(preset) = &row.preset
        && !known.presets.contains(preset)
    {
        known.presets.push(preset.clone());
    } else {
        stage.diagnostics.push(
            Code::DuplicateParameter,
            row.place_of(&param.name, stage.sources),
            format!("{} stands in this table twice", param.name),
            "the first row was taken",
        );
    }
}

/// One parameter of a row.
fn param<'a>(
    context: &Context<'a>,
    table: usize,
    row: &'a ParamRow,
    own: &RowNames,
    name: &str,
    sent: Sent,
) -> Resolved<'a> {
    let (mut presence, when) = marked(context, table, row);
    let mut group = Vec::new();
    if sent.place == In::Path {
        presence = presence.but(Required::True, Presence::IN_PATH);
        presence.by = Witness::RequestLine;
    } else if own.names.len() > 1 && row.together != Names::All {
        group.clone_from(&own.names);
        let needed = own.expanded
            && row.mark.is_empty()
            && sent.place == In::Query
            && context.always_chosen();
        if presence.required == Required::True || needed {
            presence = presence.but(Required::OneOf, Presence::ONE_ROW);
        }
    }
    let name = match sent.place {
        In::Query => context.query_key(name).unwrap_or(name),
        In::Path => context.path_key(name).unwrap_or(name),
        _ => name,
    };
    let part_of = (sent.place == In::Query)
        .then(|| context.expression())
        .flatten()
        .filter(|key| *key != name && context.query_key(name).is_none())
        .map(str::to_owned);
    Resolved {
        name: name.to_owned(),
        sent,
        path: None,
        part_of,
        presence,
        group,
        when,
        row,
        presets: row.preset.iter().cloned().collect(),
        expanded: own.expanded,
        also: Vec::new(),
        table,
    }
}

/// True for a table in which no row is called required, neither by a mark nor by a word.
fn calls_none_required(context: &Context<'_>, table: usize) -> bool {
    let mut rows = context.operation.tables[table].rows.iter();
    rows.all(|row| row.mark.is_empty() && row.stated != Some(true))
}

/// What the mark of a row, or its words, ask for, and under which condition.
fn marked(context: &Context<'_>, table: usize, row: &ParamRow) -> (Presence, Option<String>) {
    let rules = &context.rules[table];
    let presence = |required, by, span, step| Presence {
        required,
        by,
        span,
        step,
    };
    let meaning = rules.meaning(&row.mark, context.dialect);
    // A mark means what a sentence says; without one, what it means in such docs.
    let (by, span) = match rules.marks.get(&row.mark) {
        Some(meaning) => (Witness::Sentence, meaning.said.span),
        None if rules.leaves_open(&row.mark) => (Witness::Row, row.span),
        None => (Witness::Habit, row.span),
    };
    let of_mark = |mark: Mark| match mark {
        Mark::Required => Required::True,
        Mark::OneOf => Required::OneOf,
        Mark::Optional => Required::False,
    };
    let (presence, when) = match meaning {
        None => {
            let unmarked = context.dialect.unmarked;
            let (required, by, step) = match row.stated {
                Some(true) => (Required::True, Witness::Row, Presence::MARK),
                Some(false) => (Required::False, Witness::Row, Presence::MARK),
                None if unmarked != Mark::Optional && calls_none_required(context, table) => {
                    (of_mark(unmarked), Witness::Habit, Presence::NO_MARK_ASKS)
                }
                None => (Required::False, Witness::Row, Presence::UNMARKED),
            };
            (presence(required, by, row.span, step), None)
        }
        Some((mark, when, _)) => (presence(of_mark(mark), by, span, Presence::MARK), when),
    };
    let when = when.or_else(|| {
        let open = rules.leaves_open(&row.mark);
        open.then(|| applicable(&row.doc)).flatten()
    });
    (presence, when)
}
