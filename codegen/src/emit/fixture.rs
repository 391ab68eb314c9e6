//! Writes samples as files for tests: as the docs have them, or repaired.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::ident::Scope;
use super::plan::{EntityPlan, OperationPlan};
use crate::infer::Content;
use crate::sample::{Format, Member, Tree};
use crate::spec::Role;

/// The samples of an operation, each with the name of its test and of its file.
#[must_use]
pub fn named<'c>(
    operation: &OperationPlan,
    contents: &'c IndexMap<String, Vec<Content>>,
) -> Vec<(String, &'c Content)> {
    let mut names = Scope::default();
    let contents = contents.get(&operation.spec.id).into_iter().flatten();
    // Elements side by side are no document, unless the keys of the answer go around them.
    let document = |content: &&Content| {
        let bare = content.fragment && content.format == Format::Xml;
        !bare || (content.role == Role::Response && !operation.answer.payload.is_empty())
    };
    let named = contents.filter(document).map(|content| {
        let role = if content.role == Role::Request {
            "request"
        } else {
            "response"
        };
        let operation = operation.name.trim_end_matches('_');
        let name = names.unique(&format!("{operation}_{role}_{}", content.line));
        (name, content)
    });
    named.collect()
}

/// Where the file of a sample is, below the crate. Its source includes some of them, so they are published with it.
#[must_use]
pub fn path(entity: &EntityPlan, content: &Content, name: &str) -> String {
    let extension = if content.format == Format::Xml {
        "xml"
    } else {
        "json"
    };
    format!("samples/{}/{name}.{extension}", entity.module)
}

/// The text of a sample's file.
#[must_use]
pub fn text(operation: &OperationPlan, content: &Content) -> String {
    if let Some(text) = &content.verbatim {
        return format!("{}\n", text.trim_end());
    }
    let mut tree = content.tree.clone();
    if content.fragment {
        for key in operation.answer.payload.iter().rev() {
            tree = Tree::Object(vec![Member {
                key: key.clone(),
                value: tree,
                at: 0..0,
                remark: None,
            }]);
        }
    }
    let mut text = String::new();
    if content.format == Format::Xml {
        write_xml(&tree, 0, &mut text);
    } else {
        write_json(&tree, 0, &mut text);
    }
    text.push('\n');
    text
}

pub fn write_json(tree: &Tree, depth: usize, out: &mut String) {
    let indent = |depth: usize| "  ".repeat(depth);
    let string = |text: &str| serde_json::Value::from(text).to_string();
    match tree {
        Tree::Null => out.push_str("null"),
        Tree::Bool(flag) => out.push_str(&flag.to_string()),
        Tree::Number(text) => out.push_str(text),
        Tree::Text(text) => out.push_str(&string(text)),
        Tree::List(items) if items.is_empty() => out.push_str("[]"),
        Tree::Object(members) if members.is_empty() => out.push_str("{}"),
        Tree::List(items) => {
            out.push('[');
            for (number, item) in items.iter().enumerate() {
                out.push_str(if number > 0 { ",\n" } else { "\n" });
                out.push_str(&indent(depth + 1));
                write_json(item, depth + 1, out);
            }
            let _ = write!(out, "\n{}]", indent(depth));
        }
        Tree::Object(members) => {
            out.push('{');
            let mut seen: Vec<&str> = Vec::new();
            for member in members {
                if seen.contains(&member.key.as_str()) {
                    continue;
                }
                out.push_str(if seen.is_empty() { "\n" } else { ",\n" });
                seen.push(&member.key);
                let _ = write!(out, "{}{}: ", indent(depth + 1), string(&member.key));
                write_json(&member.value, depth + 1, out);
            }
            let _ = write!(out, "\n{}}}", indent(depth));
        }
    }
}

pub fn write_xml(tree: &Tree, depth: usize, out: &mut String) {
    for member in tree.members() {
        element(&member.key, &member.value, depth, out);
    }
}

pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

pub fn element(key: &str, value: &Tree, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    let attributes: String = value
        .members()
        .iter()
        .filter_map(
            |member| match (&member.key.strip_prefix('@'), &member.value) {
                (Some(name), Tree::Text(text)) => Some(format!(" {name}=\"{}\"", escape(text))),
                _ => None,
            },
        )
        .collect();
    let line = match value {
        Tree::List(items) => {
            for item in items {
                element(key, item, depth, out);
            }
            return;
        }
        Tree::Object(members) => {
            let _ = writeln!(out, "{indent}<{key}{attributes}>");
            for member in members.iter().filter(|member| !member.key.starts_with('@')) {
                if let ("#text", Tree::Text(text)) = (member.key.as_str(), &member.value) {
                    let _ = writeln!(out, "{indent}  {}", escape(text));
                } else {
                    element(&member.key, &member.value, depth + 1, out);
                }
            }
            format!("{indent}</{key}>\n")
        }
        Tree::Null => format!("{indent}<{key}/>\n"),
        Tree::Text(text) if text.is_empty() => format!("{indent}<{key}/>\n"),
        Tree::Text(text) | Tree::Number(text) => {
            format!("{indent}<{key}>{}</{key}>\n", escape(text))
        }
        Tree::Bool(flag) => format!("{indent}<{key}>{flag}</{key}>\n"),
    };
    out.push_str(&line);
}
