//! Response codes: rows merged by number, kinds and names.

use indexmap::IndexMap;

use super::code_names::name_of;
use super::message::Content;
use super::stage::Stage;
use crate::claims::{Basis, Claim, Decision, Facet, Place, Step, Witness, decide};
use crate::diagnostics::Code;
use crate::dialect::Dialect;
use crate::read::facts::{CodeFact, CodeKind, PageFacts};
use crate::sample::Tree;
use crate::slate::source::Span;
use crate::spec::{Bases, CodeEntry, Operation, Source};

/// The codes of whole calls, in order of their numbers.
pub fn of_api(facts: &[CodeFact], section: Span, stage: &mut Stage<'_>) -> Vec<CodeEntry> {
    let out = stated(facts, stage);
    finish(out, section, stage)
}

/// The codes of an entity, in order of their numbers.
pub fn of_entity(
    page: &PageFacts,
    api: &[CodeFact],
    operations: &[Operation],
    contents: &IndexMap<String, Vec<Content>>,
    stage: &mut Stage<'_>,
) -> Vec<CodeEntry> {
    let mut out = stated(&page.codes, stage);
    let documented: Vec<u32> = out.keys().copied().collect();
    for operation in operations {
        for content in contents.get(&operation.id).into_iter().flatten() {
            for found in outcomes(&content.tree, stage.dialect) {
                // A code of whole calls in an item says nothing about the entity.
                let of_call = api.iter().any(|fact| fact.code == found.code);
                if !of_call || documented.contains(&found.code) {
                    let place = Source {
                        file: operation.source.file.clone(),
                        line: content.line,
                    };
                    let known = documented.contains(&found.code);
                    shown(&mut out, found, (content, place), known, stage);
                }
            }
        }
    }
    finish(out, page.span, stage)
}

/// A code with all that is said of it.
struct Draft {
    entry: CodeEntry,
    /// Where the docs have it first.
    span: Span,
    kinds: Vec<Claim>,
    messages: Vec<Claim>,
}

impl Draft {
    fn new(code: u32, span: Span) -> Self {
        Self {
            entry: CodeEntry {
                code,
                kind: CodeKind::Unknown,
                basis: Bases::new(),
                name: String::new(),
                messages: Vec::new(),
                source: Vec::new(),
            },
            span,
            kinds: Vec::new(),
            messages: Vec::new(),
        }
    }

    fn kind(&mut self, kind: CodeKind, by: Witness, span: Span) {
        if kind != CodeKind::Unknown {
            if self.entry.kind == CodeKind::Unknown {
                self.entry.kind = kind;
            }
            self.kinds.push(Claim::new(word(kind), by, span));
        }
    }

    fn message(&mut self, message: String, by: Witness, span: Span) {
        self.messages.push(Claim::new(message.clone(), by, span));
        self.entry.messages.push(message);
    }
}

fn word(kind: CodeKind) -> &'static str {
    match kind {
        CodeKind::Success => "success",
        CodeKind::Error => "error",
        CodeKind::Warning => "warning",
        CodeKind::Unknown => "unknown",
    }
}

/// The codes that tables list.
fn stated(facts: &[CodeFact], stage: &mut Stage<'_>) -> IndexMap<u32, Draft> {
    let mut out: IndexMap<u32, Draft> = IndexMap::new();
    for fact in facts {
        let place = stage.source(fact.span);
        let draft = out
            .entry(fact.code)
            .or_insert_with(|| Draft::new(fact.code, fact.span));
        let number = fact.code.to_string();
        match fact.heading {
            Some(heading) => draft.kind(fact.kind, Witness::Heading, heading),
            None => draft.kind(fact.kind, Witness::Row, fact.span),
        }
        let last = draft.entry.source.last();
        let apart = last.is_some_and(|last| last.line + 1 < place.line);
        if !fact.message.is_empty() && !draft.entry.messages.contains(&fact.message) {
            // What a status of HTTP means differs from call to call.
            let of_call = of_http(fact.code, stage.dialect).is_some();
            if !draft.entry.messages.is_empty() && apart && !of_call {
                stage.diagnostics.push(
                    Code::RepeatedCode,
                    stage.sources.word(fact.cell, &number).unwrap_or(fact.cell),
                    format!("{} has another message above", fact.code),
                    "both messages were kept",
                );
            }
            draft.message(fact.message.clone(), Witness::Row, fact.span);
        }
        if !draft.entry.source.contains(&place) {
            draft.entry.source.push(place);
        }
    }
    out
}

/// Adds a code that an item of a sample has, and takes its kind from what the sample says of success.
fn shown(
    out: &mut IndexMap<u32, Draft>,
    found: Outcome,
    (content, place): (&Content, Source),
    documented: bool,
    stage: &mut Stage<'_>,
) {
    let code = found.code;
    let span = content.span;
    let written = stage.sources.word(content.body_span, &code.to_string());
    let kind = match found.success {
        Some(true) => CodeKind::Success,
        Some(false) => CodeKind::Error,
        None => CodeKind::Unknown,
    };
    if !out.contains_key(&code) {
        stage.diagnostics.push(
            Code::UndocumentedCode,
            written.unwrap_or(span),
            format!("code {code} is in this sample, but in no table"),
            "it was taken from the sample",
        );
    }
    let new = !out.contains_key(&code);
    let draft = out.entry(code).or_insert_with(|| Draft::new(code, span));
    draft.kind(kind, Witness::Json, span);
    let message = found.message;
    let told = message.is_empty() || draft.entry.messages.contains(&message);
    if !documented && !told {
        draft.message(message, Witness::Json, span);
    }
    if !documented && (new || !told) && !draft.entry.source.contains(&place) {
        draft.entry.source.push(place);
    }
}

/// Decides on kinds and names.
fn finish(drafts: IndexMap<u32, Draft>, section: Span, stage: &mut Stage<'_>) -> Vec<CodeEntry> {
    const OF_HTTP: Step = Step {
        name: "status of HTTP",
        text: "answers have no codes of their own here, so numbers are HTTP's, which say what they mean",
    };
    const BY_WORDS: Step = Step {
        name: "words of the message",
        text: "where neither a heading nor a sample says it, the words of the message do",
    };
    let mut codes: Vec<CodeEntry> = Vec::new();
    for draft in drafts.into_values() {
        let mut entry = draft.entry;
        let place = Place::code(section, entry.code);
        let first = draft.messages.first();
        let span = first.map_or(draft.span, |claim| claim.span);
        let number = stage.sources.word(span, &entry.code.to_string());
        stage.ledger.locate(place.clone(), number.unwrap_or(span));
        if let Some(kind) = decide(Facet::Kind, draft.kinds) {
            stage.ledger.note(place.clone(), Facet::Kind, kind);
        } else if let Some(kind) = of_http(entry.code, stage.dialect) {
            entry.kind = kind;
            let claim = Claim::new(word(kind), Witness::Row, span);
            stage
                .ledger
                .note(place.clone(), Facet::Kind, Decision::by(OF_HTTP, claim));
        } else {
            entry.kind = by_message(entry.code, &entry.messages, stage.dialect);
            let span = draft.messages.first().map_or(section, |claim| claim.span);
            let claim = Claim::new(word(entry.kind), Witness::Words, span);
            let kind = Decision::by(BY_WORDS, claim);
            // That it is not known is no guess.
            if entry.kind != CodeKind::Unknown {
                let key = Facet::Kind.key().to_owned();
                entry.basis.insert(key, Basis::Assumed);
                stage.ledger.note(place.clone(), Facet::Kind, kind);
            }
        }
        for message in draft.messages {
            let decision = Decision::single(message);
            stage.ledger.note(place.clone(), Facet::Message, decision);
        }
        codes.push(entry);
    }
    codes.sort_by_key(|entry| entry.code);
    named(codes)
}

/// What a status of HTTP means, where answers have no other codes.
fn of_http(code: u32, dialect: &Dialect) -> Option<CodeKind> {
    let kind = CodeKind::of_http(code);
    (!dialect.wire.has_codes() && kind != CodeKind::Unknown).then_some(kind)
}

/// What a code means, going by its number and its messages.
fn by_message(code: u32, messages: &[String], dialect: &Dialect) -> CodeKind {
    let text = messages
        .first()
        .map(|message| format!("{} ", message.to_lowercase()))
        .unwrap_or_default();
    let holds = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
    if holds(&dialect.outcomes.error) {
        CodeKind::Error
    } else if holds(&dialect.outcomes.warning) {
        CodeKind::Warning
    } else if holds(&dialect.outcomes.success) || code == 200 {
        CodeKind::Success
    } else {
        CodeKind::Unknown
    }
}

/// What the outcome of an item says.
struct Outcome {
    code: u32,
    success: Option<bool>,
    message: String,
}

/// The outcomes of all items of a message.
fn outcomes(tree: &Tree, dialect: &Dialect) -> Vec<Outcome> {
    fn walk(tree: &Tree, dialect: &Dialect, out: &mut Vec<Outcome>, depth: usize) {
        if depth > 24 {
            return;
        }
        match tree {
            Tree::Object(members) => {
                for member in members {
                    if member.key == dialect.wire.item_status {
                        out.extend(outcome(&member.value));
                    }
                    walk(&member.value, dialect, out, depth + 1);
                }
            }
            Tree::List(items) => {
                for item in items {
                    walk(item, dialect, out, depth + 1);
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(tree, dialect, &mut out, 0);
    out
}

fn outcome(status: &Tree) -> Option<Outcome> {
    let text = |tree: &Tree| match tree {
        Tree::Text(text) | Tree::Number(text) => text.trim().to_owned(),
        Tree::Bool(flag) => flag.to_string(),
        _ => String::new(),
    };
    let part = |key: &str| status.get(key).map(text);
    let message = part("message").unwrap_or_default();
    Some(Outcome {
        code: part("code")?.parse().ok()?,
        success: part("success").and_then(|text| text.to_lowercase().parse().ok()),
        message: message.split_whitespace().collect::<Vec<_>>().join(" "),
    })
}

/// Gives every code a name out of its first message.
fn named(mut codes: Vec<CodeEntry>) -> Vec<CodeEntry> {
    let mut taken: Vec<String> = Vec::new();
    for entry in &mut codes {
        let base = name_of(entry.messages.first().map_or("", String::as_str))
            .unwrap_or_else(|| format!("Code{}", entry.code));
        let clash = taken.iter().any(|known| known.eq_ignore_ascii_case(&base));
        entry.name = if clash {
            format!("{base}{}", entry.code)
        } else {
            base
        };
        taken.push(entry.name.clone());
    }
    codes
}
