//! What leads into the crate: the front page of its rustdoc, and what each page of an operation says can go wrong.
//!
//! Which calls the front page shows follows from what they do, never from their names.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::examples::{self, Example};
use super::plan::{AnswerKind, EntityPlan, OperationPlan, Plan};
use super::{EmitError, Formatted, doc, literal, tokens};
use crate::Settings;
use crate::infer::Content;
use crate::spec::{Effect, In};

/// More methods are counted only.
const METHODS: usize = 6;

/// The middle of the front page, as inner attributes: a first call, a batch, and the entities.
///
/// # Errors
/// When an example is not valid Rust.
pub fn page(
    plan: &Plan,
    contents: &IndexMap<String, Vec<Content>>,
    settings: &Settings,
    formatted: &Formatted,
) -> Result<String, EmitError> {
    let example = |(entity, operation): (&EntityPlan, &OperationPlan)| {
        let samples = contents.get(&operation.spec.id);
        let samples = samples.map_or(&[][..], Vec::as_slice);
        examples::example(entity, operation, samples, settings, formatted)
    };
    let all = || {
        let entities = plan.entities.iter();
        entities.flat_map(|entity| entity.operations.iter().map(move |call| (entity, call)))
    };
    let mut out = String::new();
    // What only reads can be tried by anybody.
    let reads = |call: &OperationPlan| {
        call.spec.effect == Effect::Read
            && call.spec.method == "GET"
            && call.answer.kind != AnswerKind::Empty
    };
    let first = all().find(|(_, call)| reads(call)).or_else(|| all().next());
    if let Some(first) = first {
        text(
            &mut out,
            "\n# A first call\n\nA call is a method of an entity. What has to be there is its arguments; what may be there is set by the methods of what it gives. `.await` sends it.\n",
        );
        code(&mut out, first.0, &example(first)?);
    }
    let batch = all().find(|(_, call)| {
        let many = call.body.as_ref().is_some_and(|body| body.many);
        many && matches!(call.answer.kind, AnswerKind::Batch(_))
    });
    if let Some(batch) = batch {
        text(
            &mut out,
            "\n# A batch\n\nSeveral things go in one call, and each has an outcome of its own: one that is refused is no error of the call. See [`Batch`].\n",
        );
        code(&mut out, batch.0, &example(batch)?);
    }
    Ok(out)
}

/// The table of entities, as inner attributes.
pub fn entities(plan: &Plan) -> String {
    let mut table = "\n# What there is\n\n| module | of | calls |\n|---|---|---|\n".to_owned();
    for entity in &plan.entities {
        let module = &entity.module;
        let mut calls: Vec<String> = entity
            .operations
            .iter()
            .take(METHODS)
            .map(|call| format!("[`{0}`]({module}::Operations::{0})", call.name))
            .collect();
        let more = entity.operations.len().saturating_sub(METHODS);
        if more > 0 {
            calls.push(format!("[{more} more]({module}::Operations)"));
        }
        let calls = calls.join(", ");
        let title = cell(&entity.title);
        let _ = writeln!(table, "| [`{module}`](mod@{module}) | {title} | {calls} |");
    }
    let mut out = String::new();
    text(&mut out, &table);
    out
}

/// Text of the docs in one cell of a table.
fn cell(text: &str) -> String {
    doc::markdown(text).replace('\n', " ")
}

fn text(out: &mut String, text: &str) {
    for line in text.lines() {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        let _ = writeln!(out, "#![doc = {}]", literal(&line));
    }
}

/// An example that runs where the crate has the entity and the test server.
fn code(out: &mut String, entity: &EntityPlan, example: &Example) {
    let runs = format!(
        "all(feature = \"mock\", feature = {})",
        literal(&entity.module)
    );
    text(out, "\n");
    let _ = writeln!(out, "#![cfg_attr({runs}, doc = \"```\")]");
    let _ = writeln!(out, "#![cfg_attr(not({runs}), doc = \"```ignore\")]");
    for line in example.lines() {
        let _ = writeln!(out, "#![doc = {}]", literal(&line));
    }
    text(out, "```");
}

/// What can go wrong with a call, for its page.
#[must_use]
pub fn errors(operation: &OperationPlan, entity: &EntityPlan) -> String {
    let mut out = "# Errors\n\n".to_owned();
    if matches!(operation.answer.kind, AnswerKind::Batch(_)) {
        out.push_str("A refused item is no error of the call: each has an outcome of its own. ");
    }
    if entity.codes.is_empty() {
        out.push_str(
            "The docs list no codes for it; [`code`](crate::Error::code) has the one that came.",
        );
    } else {
        let _ = write!(
            out,
            "The docs list [codes](crate::{}::Code) for {}.",
            entity.module,
            tokens::code(&entity.title)
        );
    }
    let plain = operation.spec.effect_when.is_empty();
    out.push_str(if operation.spec.effect == Effect::Read && plain {
        " It only reads: whatever the error, it can be called again."
    } else {
        " Before it is called again, [`maybe_executed`](crate::Error::maybe_executed) says whether it may have been done."
    });
    out.push_str(&way_round(operation));
    out
}

/// How a call is made that the docs forbid: what they say may be wrong, and nothing that an API accepts is to be impossible.
fn way_round(operation: &OperationPlan) -> String {
    if operation.rules.is_empty() {
        return String::new();
    }
    let mut out = " What the docs forbid is refused before it is sent, unless the call is [`unchecked`](crate::CallOptions::unchecked)".to_owned();
    let params = operation.args.iter().map(|arg| &arg.param);
    let params = params.filter(|param| matches!(param.place, In::Query | In::Header));
    let arguments: Vec<String> = params.map(|param| tokens::code(&param.name)).collect();
    if !arguments.is_empty() {
        let _ = write!(
            out,
            "; [`without`](crate::CallOptions::without) leaves out what is an argument here: {}",
            arguments.join(", ")
        );
    }
    out + "."
}
