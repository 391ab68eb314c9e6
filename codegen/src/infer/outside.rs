//! Parameters of the spec: those of the body by their fields, the others by rows and URLs.

use super::context::Context;
use super::kind::Found;
use super::resolved::{Presence, Resolved};
use super::shape::Shape;
use super::stage::Stage;
use super::value::{Look, Scalar, date};
use crate::claims::{Basis, Claim, Decision, Facet, Place, Side, Step, Witness};
use crate::dialect::WrittenType;
use crate::read::facts::{Names, ParamRow};
use crate::read::told::separated;
use crate::slate::source::Span;
use crate::spec::{Bases, In, Param, Required};

const EXAMPLE: Step = Step {
    name: "example in a sentence",
    text: "the description, or the default, has a value of it",
};
const SEVERAL: Step = Step {
    name: "several values in one",
    text: "several of them with commas between are a text",
};
const COUNT: Step = Step {
    name: "count",
    text: "the name is one of counts and offsets",
};
const PRESET: Step = Step {
    name: "preset",
    text: "the row has the name with its value",
};

/// `root.customer[].mobile`.
pub fn at(path: &[String], shape: &Shape) -> String {
    let mut out = String::new();
    let mut here = Some(shape);
    for key in path {
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(key);
        here = here.and_then(|shape| shape.fields.get(key));
        if here.is_some_and(|shape| shape.list) {
            out.push_str("[]");
        }
    }
    out
}

/// Where a parameter is in the messages of its operation.
pub fn place(section: Span, place: In, path: Option<&[String]>, name: &str) -> Place {
    let side = match place {
        In::Path => Side::Path,
        In::Query => Side::Query,
        In::Header => Side::Header,
        In::Body => Side::Request,
    };
    let path = path.map_or_else(|| vec![name.to_owned()], <[String]>::to_vec);
    Place::member(section, side, path)
}

/// The parameter of the spec. `in_tree` is the type of its field, where it is in the body.
pub fn param(
    param: &Resolved<'_>,
    body: &Shape,
    in_tree: Option<&str>,
    context: &Context<'_>,
    stage: &mut Stage<'_>,
) -> Param {
    let row = param.row;
    let mut values = if param.expanded {
        Vec::new()
    } else {
        row.values.clone()
    };
    let (mut ty, decision) = match in_tree {
        // A parameter of the body has the type of its field.
        Some(ty) => (ty.to_owned(), None),
        None => {
            let (ty, decision) = outside_type(param, context);
            (ty, Some(decision))
        }
    };
    let decision = if param.presets.is_empty() {
        decision
    } else {
        let flag = |preset: &String| preset == "true" || preset == "false";
        ty = if param.presets.iter().all(flag) {
            "boolean".to_owned()
        } else {
            values.clone_from(&param.presets);
            "string".to_owned()
        };
        let claim = Claim::new(ty.clone(), Witness::Row, row.span);
        Some(Decision::by(PRESET, claim))
    };
    let is_flag = ty == "boolean";
    let mut default = row.default.clone();
    if values.is_empty()
        && default.is_none()
        && !is_flag
        && param.sent.place == In::Query
        && let Some(value) = fixed_value(&param.name, context)
    {
        values = vec![value.clone()];
        default = Some(value);
    }
    let presence = if param.part_of.is_some() {
        param.presence.but(Required::False, Presence::PART)
    } else {
        param.presence
    };
    let at = param.path.as_ref().map(|path| {
        let mut place = at(path, body);
        if ty.starts_with("list<") && !place.ends_with("[]") {
            place.push_str("[]");
        }
        place
    });
    let said = Said {
        param,
        body,
        ty: decision,
        presence,
        values: &values,
        default: default.as_deref(),
    };
    Param {
        name: param.name.clone(),
        place: param.sent.place,
        at: at.or_else(|| param.part_of.clone()),
        ty,
        required: presence.required,
        basis: note(said, context.operation.span, stage),
        group: param.group.clone(),
        when: param.when.clone(),
        values,
        default,
        format: row.format.as_deref().map(|format| {
            let shown = param.path.as_deref().and_then(|path| body.get(path));
            format_as_shown(format, shown)
        }),
        // What is true or false has no limit: the sentence is about something else.
        limit: row.limit.clone().filter(|_| !is_flag),
        doc: row.doc.clone(),
        source: stage.source(row.span),
        also: param.also.iter().map(|span| stage.source(*span)).collect(),
    }
}

/// What was decided on a parameter.
struct Said<'a> {
    param: &'a Resolved<'a>,
    body: &'a Shape,
    ty: Option<Decision>,
    presence: Presence,
    values: &'a [String],
    default: Option<&'a str>,
}

/// Writes down what was decided on a parameter. Returns what was not stated of it.
fn note(said: Said<'_>, section: Span, stage: &mut Stage<'_>) -> Bases {
    let param = said.param;
    let place = place(
        section,
        param.sent.place,
        param.path.as_deref(),
        &param.name,
    );
    let name = param.row.place_of(&param.name, stage.sources);
    stage.ledger.locate(place.clone(), name);
    if let Some(ty) = said.ty {
        stage.ledger.note(place.clone(), Facet::Type, ty);
    }
    let shown = param.path.as_deref().and_then(|path| said.body.get(path));
    let sent = match (shown, &param.path) {
        (Some(shape), Some(path)) => of_body(param, path, shape),
        _ => param.sent.decision(),
    };
    let required = said.presence.decision();
    let mut out = Bases::new();
    let mut basis = |facet: Facet, basis: Basis| {
        out.insert(facet.key().to_owned(), basis);
    };
    if let Some(ty) = stage.ledger.of(&place, Facet::Type)
        && ty.basis != Basis::Stated
    {
        basis(Facet::Type, ty.basis);
    }
    if sent.basis.is_guess() {
        basis(Facet::Place, sent.basis);
    }
    if required.basis.is_guess() {
        basis(Facet::Required, required.basis);
    }
    stage.ledger.note(place.clone(), Facet::Place, sent);
    stage.ledger.note(place.clone(), Facet::Required, required);
    let mut state = |facet: Facet, says: String| {
        let by = (Witness::Row, param.row.span);
        stage.ledger.state(place.clone(), facet, says, by.0, by.1);
    };
    if !said.values.is_empty() {
        state(Facet::Values, said.values.join(", "));
    }
    if let Some(default) = said.default {
        state(Facet::Default, default.to_owned());
    }
    out
}

/// Where a parameter stands in the body: where samples show it, or where it was put.
fn of_body(param: &Resolved<'_>, path: &[String], shape: &Shape) -> Decision {
    const SHOWN: Step = Step {
        name: "place in the sample",
        text: "where samples have a member of this name; of several, where the rows around it are",
    };
    const PUT: Step = Step {
        name: "beside its neighbours",
        text: "what is in no sample stands where its name, its description or the rows around it say",
    };
    let says = path.join(".");
    let mut claims = vec![Claim::new(says.clone(), Witness::Row, param.row.span)];
    for seen in shape.seen.iter().filter(|seen| !seen.lent) {
        claims.push(Claim::new(says.clone(), seen.by(), seen.span));
    }
    let step = if shape.documented_only { PUT } else { SHOWN };
    let mut decision = Decision::new(says, step, claims, |_| true);
    decision.basis = shape.basis;
    decision
}

/// A format with dashes in the time of day, where samples have colons there.
fn format_as_shown(format: &str, shown: Option<&Shape>) -> String {
    let time =
        |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if date(text) == Look::Datetime);
    let colons = shown.is_some_and(|shape| shape.scalars.iter().any(time));
    match format.to_ascii_uppercase().find("HH-") {
        Some(at) if colons => format[..at].to_owned() + &format[at..].replace('-', ":"),
        _ => format.to_owned(),
    }
}

/// The value that all request URLs of an operation have for a query parameter, where it is none to fill in.
pub fn fixed_value(name: &str, context: &Context<'_>) -> Option<String> {
    if name == context.dialect.wire.format_query {
        return None;
    }
    let values: Option<Vec<&String>> = context
        .templates()
        .map(|(url, _)| {
            let mut pairs = url.query.iter();
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        })
        .collect();
    let values = values?;
    let value = *values.first()?;
    let literal = !value.is_empty()
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c));
    (literal && values.iter().all(|other| *other == value)).then(|| value.clone())
}

/// The type of a parameter outside of the body: by its row, or else by the URLs, its description, and what is known of its
/// name.
fn outside_type(param: &Resolved<'_>, context: &Context<'_>) -> (String, Decision) {
    let row = param.row;
    let mut shape = shown(&param.name, context);
    let single = (row.together != Names::AnyOf && !param.expanded).then_some(row);
    let untyped = single.is_none_or(|row| row.written.is_none() && row.values.is_empty());
    if untyped && !param.expanded {
        if shape.scalars.is_empty()
            && row.format.is_none()
            && let Some((ty, step, by)) = by_example(param, context)
        {
            let claim = Claim::new(ty, by, row.span);
            let decision = Decision::by(step, claim);
            return (ty.to_owned(), decision);
        }
        if row.format.is_some() {
            shape.scalars.clear();
        }
    }
    // A sample of several values says nothing against the type of one.
    let several = |text: &str| text.contains([',', '%', '+']);
    shape
        .scalars
        .retain(|scalar| !scalar.text().is_some_and(several));
    let item = single.and_then(ParamRow::of_item);
    let said = item.as_ref().or(single);
    let Found { kind, mut decision } = context.type_outside(&param.name, &shape, said, row.span);
    let mut ty = kind.plain().to_owned();
    if ty != "string" && separated(&row.doc) {
        "string".clone_into(&mut ty);
        let claim = Claim::new("string", Witness::Row, row.span);
        decision = Decision::by(SEVERAL, claim);
    }
    if row.written == Some(WrittenType::Array) {
        ty = format!("list<{ty}>");
        decision.value = format!("list of {}", decision.value);
    }
    (ty, decision)
}

/// What the URLs of samples show of a query parameter: texts, whatever they say.
pub fn shown(name: &str, context: &Context<'_>) -> Shape {
    let mut shape = Shape::outside();
    let samples = context.endpoint.urls.iter();
    for (url, span) in samples.filter(|(url, _)| !url.host.starts_with('{')) {
        for (key, value) in &url.query {
            if key == name && !value.contains('{') && !value.is_empty() {
                shape.show_text(value, *span);
            }
        }
    }
    shape
}

/// What the words of a row say of the type of a parameter.
fn by_example(
    param: &Resolved<'_>,
    context: &Context<'_>,
) -> Option<(&'static str, Step, Witness)> {
    let row = param.row;
    let lower = param.name.to_lowercase();
    let doc = row.doc.replace('`', "");
    let sign = format!("{}=", param.name);
    let example = |value: &str| doc.contains(&format!("{sign}{value}"));
    let flag = |default: &str| default == "true" || default == "false";
    if example("true") || example("false") || row.default.as_deref().is_some_and(flag) {
        return Some(("boolean", EXAMPLE, Witness::Row));
    }
    let mut after = doc.split(&sign).skip(1);
    if after.any(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Some(("integer", EXAMPLE, Witness::Row));
    }
    if context.dialect.names.count.contains(&lower) {
        return Some(("integer", COUNT, Witness::Words));
    }
    let known = context.lore.elsewhere.of(&lower);
    let silent = known.is_none_or(|known| known.documented().or(known.shown()).is_none());
    let day = Step {
        name: "never filled",
        text: "no value is shown: the name is one of days",
    };
    (silent && lower.ends_with("_date")).then_some(("date", day, Witness::Words))
}
