//! `explain ID`: what a kind of finding means, and what to do about it.

use std::fmt::Write as _;

use slate_codegen::{diagnostics::Code, diff::Rule, observe::Kind};

/// One thing that can be explained.
struct Topic {
    id: &'static str,
    level: String,
    title: &'static str,
    page: String,
}

/// Who has things to explain. A command with ids of its own adds a line here.
const REGISTRIES: &[Registry] = &[
    Registry {
        about: "findings of `lint`",
        topics: findings,
    },
    Registry {
        about: "changes of `diff`",
        topics: changes,
    },
    Registry {
        about: "findings of `observe`",
        topics: observations,
    },
];

/// What one command has to explain.
struct Registry {
    about: &'static str,
    topics: fn() -> Vec<Topic>,
}

fn findings() -> Vec<Topic> {
    let topic = |code: &Code| Topic {
        id: code.id(),
        level: code.level().to_string(),
        title: code.title(),
        page: code.readable_page(),
    };
    Code::ALL.iter().map(topic).collect()
}

fn changes() -> Vec<Topic> {
    let topic = |rule: &Rule| Topic {
        id: rule.id(),
        level: rule.level().as_str().to_owned(),
        title: rule.title(),
        page: trimmed(rule.explanation()),
    };
    Rule::ALL.iter().map(topic).collect()
}

fn observations() -> Vec<Topic> {
    let topic = |kind: &Kind| Topic {
        id: kind.id(),
        level: kind.weight().as_str().to_owned(),
        title: kind.title(),
        page: trimmed(kind.explanation()),
    };
    Kind::ALL.iter().map(topic).collect()
}

/// Text of doc comments without the blanks before each line.
fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join("\n")
}

/// The explanation of an id.
pub fn page(id: &str) -> anyhow::Result<String> {
    let mut topics = REGISTRIES.iter().flat_map(|registry| (registry.topics)());
    let Some(topic) = topics.find(|topic| topic.id.eq_ignore_ascii_case(id)) else {
        anyhow::bail!(
            "nothing has the id {id:?}; `{} explain` lists what there is",
            crate::output::command()
        );
    };
    let Topic {
        id,
        level,
        title,
        page,
    } = topic;
    Ok(format!("{id} ({level}): {title}\n\n{}\n", page.trim()))
}

/// All ids, a line for each.
pub fn list() -> String {
    let mut out = String::new();
    for Registry { about, topics } in REGISTRIES {
        let _ = writeln!(out, "{about}");
        for Topic {
            id, level, title, ..
        } in topics()
        {
            let _ = writeln!(out, "  {id}  {level:11}  {title}");
        }
    }
    out
}
