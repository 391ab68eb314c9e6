//! Where a parameter is sent: by the heading of its table, method, URL and samples, or by its own row.

use super::context::Context;
use super::report;
use super::resolved::{Sent, word};
use super::shape::Shape;
use super::stage::Stage;
use crate::claims::{Step, Witness};
use crate::diagnostics::Code;
use crate::dialect::HeadingKind;
use crate::read::facts::{ParamRow, ParamTable, Role};
use crate::slate::source::Span;
use crate::spec::In;

const STATED: Step = Step {
    name: "heading",
    text: "the heading of the table says it, and nothing shown contradicts it",
};
const NO_BODY: Step = Step {
    name: "call without a body",
    text: "a call that sends no body has its parameters in the URL",
};
const SHOWN: Step = Step {
    name: "shown",
    text: "samples and URLs show where it is sent",
};
const ROW: Step = Step {
    name: "row",
    text: "the row itself says it",
};
const ASSUMED: Step = Step {
    name: "usual",
    text: "neither a heading nor a sample says whether it is in the URL or in the body",
};

/// Where the parameters of a table are sent, and whether its heading says that it is the query.
pub struct TableSent(Sent, bool);

/// Where the parameters of a table are sent, if their rows do not say it.
pub fn sent(
    context: &Context<'_>,
    number: usize,
    body: &Shape,
    stage: &mut Stage<'_>,
) -> TableSent {
    let table = &context.operation.tables[number];
    let (place, by, step) = table_place(context, table, body);
    report(context, table, place, stage);
    if (place, by) == (In::Body, Witness::Habit) {
        assumed(context, number, stage);
    }
    let sent = Sent {
        place,
        by,
        span: table.heading.span,
        step,
    };
    TableSent(sent, table.kind == HeadingKind::Query)
}

/// Whether a table of the path has a row of this name: what another table says of the name is not about the path.
fn has_path_row(context: &Context<'_>, name: &str) -> bool {
    let tables = context.operation.tables.iter();
    let of_path = tables.filter(|table| table.kind == HeadingKind::Path);
    let mut rows = of_path.flat_map(|table| &table.rows);
    rows.any(|row| row.names.iter().any(|own| own == name))
}

fn table_place(context: &Context<'_>, table: &ParamTable, body: &Shape) -> (In, Witness, Step) {
    let has_body = !body.fields.is_empty();
    let mut others = context.operation.tables.iter();
    let others_in_body = others.any(|other| other.kind == HeadingKind::Body);
    // A member of the body may have the name of a part of the path, which has its place already.
    let only_in_sample = |name: &String| body.holds(name) && context.path_key(name).is_none();
    let in_sample = |row: &&ParamRow| row.names.iter().any(only_in_sample);
    let shown = table.rows.iter().filter(in_sample).count();
    let stated = (Witness::Heading, STATED);
    let (place, (by, step)) = match table.kind {
        HeadingKind::Header => (In::Header, stated),
        HeadingKind::Body if context.sends() => (In::Body, stated),
        HeadingKind::Body => (In::Query, (Witness::RequestLine, NO_BODY)),
        HeadingKind::Query | HeadingKind::Path
            if context.sends() && has_body && !others_in_body && shown * 2 > table.rows.len() =>
        {
            (In::Body, (Witness::Body, SHOWN))
        }
        HeadingKind::Query | HeadingKind::Path => (In::Query, stated),
        _ if !context.sends() => (In::Query, (Witness::Heading, NO_BODY)),
        _ if has_body || says_type(context) => (In::Body, (Witness::Body, SHOWN)),
        _ if sends_unseen(context) => (In::Body, (Witness::Habit, ASSUMED)),
        _ => (In::Query, (Witness::Habit, ASSUMED)),
    };
    (place, by, step)
}

/// True for a call that says of which type its body is, though it does not show it.
fn says_type(context: &Context<'_>) -> bool {
    usually_sends(context) && !context.operation.media.is_empty()
}

/// True for a call that by its method sends a body, and of which nothing is shown. What is shown without a body may have
/// none.
fn sends_unseen(context: &Context<'_>) -> bool {
    let mut samples = context.operation.samples.iter();
    let called = !context.operation.called.is_empty();
    let shown = called || samples.any(|sample| sample.role == Role::Url);
    usually_sends(context) && !shown
}

/// Whether calls of the operation's method send a body, as a rule.
fn usually_sends(context: &Context<'_>) -> bool {
    matches!(context.endpoint.method.as_str(), "POST" | "PUT" | "PATCH")
}

/// Reports a heading that says another place.
fn report(context: &Context<'_>, table: &ParamTable, place: In, stage: &mut Stage<'_>) {
    let in_path = |row: &&ParamRow| {
        let own = |name: &String| table.kind == HeadingKind::Path || !has_path_row(context, name);
        let mut names = row.names.iter();
        names.any(|name| context.path_key(name).is_some() && own(name))
    };
    let in_path = table.rows.iter().filter(in_path).count();
    let contradicts = match table.kind {
        HeadingKind::Path => in_path == 0,
        HeadingKind::Query => place != In::Query || in_path > 0,
        HeadingKind::Body => place != In::Body,
        _ => false,
    };
    if contradicts {
        let more = if in_path > 0 { ", path" } else { "" };
        stage.diagnostics.push(
            Code::WrongPlace,
            table.heading.span,
            format!(
                "the parameters under {:?} are sent elsewhere",
                table.heading.text
            ),
            format!("method, url and samples decided: {}{more}", word(place)),
        );
    }
}

/// Reports parameters that were taken for a body of which nothing is shown: those of one heading together.
fn assumed(context: &Context<'_>, number: usize, stage: &mut Stage<'_>) {
    let tables = &context.operation.tables;
    let same = |table: &&ParamTable| table.heading.span == tables[number].heading.span;
    if tables[..number].iter().any(|table| same(&table)) {
        return;
    }
    let outside = |name: &str| {
        context.path_key(name).is_some()
            || context.query_place(name).is_some()
            || context.called_place(name).is_some()
    };
    let rows = || {
        let rows = tables.iter().filter(same).flat_map(|table| &table.rows);
        rows.filter(|row| row.place.is_none())
    };
    let names = rows().flat_map(|row| &row.names);
    let names: Vec<String> = names.filter(|name| !outside(name)).cloned().collect();
    let Some(first) = rows().next().filter(|_| !names.is_empty()) else {
        return;
    };
    let verb = if names.len() == 1 { "is" } else { "are" };
    stage.diagnostics.push(
        Code::AssumedSending,
        first.cells.name,
        report::unsent(&format!("{} {verb}", report::listed(names))),
        format!("{:?} was taken: {}", word(In::Body), ASSUMED.text),
    );
}

impl TableSent {
    /// Where most of them are.
    pub fn place(&self) -> In {
        self.0.place
    }

    /// Where one of them is: where its row says, if the path has a place for it; in the path, where that has a place; or
    /// with the others, unless only the URL shows it.
    pub fn of(&self, row: &ParamRow, name: &str, context: &Context<'_>, body: &Shape) -> Sent {
        let stated = row.place.and_then(|place| match place {
            HeadingKind::Header => Some(In::Header),
            HeadingKind::Query => Some(In::Query),
            HeadingKind::Body => Some(In::Body),
            HeadingKind::Path => context.path_key(name).map(|_| In::Path),
            _ => None,
        });
        if let Some(place) = stated {
            return Sent {
                place,
                by: Witness::Row,
                span: row.span,
                step: ROW,
            };
        }
        let base = self.0;
        if base.place == In::Header {
            return base;
        }
        let shown = |place: In, by: Witness, span: Span| Sent {
            place,
            by,
            span,
            step: SHOWN,
        };
        let in_body = body.holds(name);
        // The query may have a parameter of the same name as the path.
        let both = base.place == In::Query
            && (context.always_in_query(name) || self.1 && has_path_row(context, name));
        if context.path_key(name).is_some() && !(base.place == In::Body && in_body) && !both {
            return shown(In::Path, Witness::RequestLine, base.span);
        }
        match context.query_place(name) {
            Some(span) if base.place == In::Body && !in_body => {
                shown(In::Query, Witness::RequestLine, span)
            }
            Some(span) if base.by == Witness::Habit => shown(In::Query, Witness::RequestLine, span),
            None if base.by == Witness::Habit => match context.called_place(name) {
                Some(span) if !in_body => shown(In::Query, Witness::SampleUrl, span),
                _ => base,
            },
            _ => base,
        }
    }
}
