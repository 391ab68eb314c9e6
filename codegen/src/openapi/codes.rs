//! Response codes: OpenAPI knows HTTP statuses only, so they are text for people and an extension for tools.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::context::Context;
use super::object::{Object, key, markdown, source};
use crate::spec::{CodeEntry, Entity};

pub fn entries(codes: &[CodeEntry]) -> Vec<Value> {
    let entry = |code: &CodeEntry| {
        let places: Vec<Value> = code.source.iter().map(source).collect();
        json!({
            "code": code.code,
            "kind": code.kind,
            "name": code.name,
            "messages": code.messages,
            "source": places,
        })
    };
    codes.iter().map(entry).collect()
}

/// One response for each entity: what answers when a call, or an item of it, did not go well.
pub fn responses(context: &Context<'_>) -> Object {
    let spec = context.spec;
    let mut out = Object::new();
    for entity in &spec.entities {
        let mut text = String::from(
            "Not a plain success. An HTTP status of 200 may hold one of these codes too.",
        );
        table("Codes of the call", &spec.api.codes, &mut text);
        table("Codes of an item", &entity.codes, &mut text);
        out.insert(name(entity), json!({ "description": text }));
    }
    out
}

/// The key of an entity's response below `components/responses`.
pub fn name(entity: &Entity) -> String {
    format!("{}.codes", key(&entity.entity))
}

fn table(title: &str, codes: &[CodeEntry], out: &mut String) {
    if codes.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "\n\n{title}:\n\n| Code | Name | Message |\n|---|---|---|\n"
    );
    for code in codes {
        let messages = markdown(&code.messages.join(" / "))
            .replace(['\r', '\n'], " ")
            .replace('|', "\\|");
        let _ = writeln!(out, "| {} | `{}` | {messages} |", code.code, code.name);
    }
}
