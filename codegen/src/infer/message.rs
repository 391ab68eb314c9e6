//! The request and the answer of an operation, out of all their samples.

use std::fmt::Write as _;

use super::canonical::{align, canonical, drop_odd_items, drop_odd_names, wrap_lists};
use super::pasted;
use super::shape::Shape;
use super::stage::Stage;
use crate::diagnostics::Code;
use crate::read::facts::{OperationFacts, Role, SampleFact};
use crate::sample::{Format, Tree};
use crate::slate::source::Span;

/// The content of a sample, as it has to be on the wire.
#[derive(Clone, Debug)]
pub struct Content {
    /// Which way it goes.
    pub role: Role,
    /// How it is written.
    pub format: Format,
    /// The message, with its document element.
    pub tree: Tree,
    /// The text, where nothing had to be changed in it.
    pub verbatim: Option<String>,
    /// Its opening fence.
    pub span: Span,
    /// Where its text stands.
    pub body_span: Span,
    /// 1-based line of its opening fence.
    pub line: u32,
    /// True when it shows a part of a message.
    pub fragment: bool,
}

/// One document of a sample.
struct Document<'a> {
    sample: &'a SampleFact,
    tree: Tree,
    changed: bool,
}

/// Merges the samples of one direction into a shape, and returns their contents as they have to be.
pub fn merge(
    operation: &OperationFacts,
    role: Role,
    stage: &mut Stage<'_>,
) -> (Shape, Vec<Content>) {
    let (dialect, sources) = (stage.dialect, stage.sources);
    let mut documents: Vec<Document<'_>> = Vec::new();
    let mut fragments: Vec<Document<'_>> = Vec::new();
    for sample in operation
        .samples
        .iter()
        .filter(|sample| sample.role == role)
    {
        let Some(parsed) = &sample.parsed else {
            continue;
        };
        for tree in &parsed.documents {
            let mut canonical = canonical(tree, &dialect.wire);
            if role == Role::Response
                && let Some(inner) = pasted::inner(&canonical, &dialect.wire)
            {
                let body = sample.body_span;
                let start = body.start as usize;
                stage.diagnostics.push(
                    Code::AnswerInAnswer,
                    Span::new(body.file, start + inner.at.start, start + inner.at.end),
                    "a whole answer stands inside of another one",
                    "it was taken for the answer; what is around it was left out",
                );
                canonical = inner.tree;
            }
            if drop_odd_items(&mut canonical) > 0 {
                stage.diagnostics.push(
                    Code::RepairedSample,
                    sample.span,
                    "a list of objects has something else among its items",
                    "that was left out",
                );
            }
            if drop_odd_names(&mut canonical) > 0 {
                stage.diagnostics.push(
                    Code::RepairedSample,
                    sample.span,
                    "the name of a member has control characters",
                    "that member was left out",
                );
            }
            if matches!(
                canonical,
                Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::Text(_)
            ) {
                stage.diagnostics.push(
                    Code::RepairedSample,
                    sample.span,
                    "a part of this sample is no message",
                    "that part was left out",
                );
                continue;
            }
            let document = Document {
                sample,
                changed: canonical != *tree || parsed.documents.len() > 1 || !parsed.is_strict(),
                tree: canonical,
            };
            if parsed.fragment {
                fragments.push(document);
            } else {
                documents.push(document);
            }
        }
    }
    let mut trees: Vec<Tree> = documents
        .iter()
        .map(|document| document.tree.clone())
        .collect();
    let changed = align(&mut trees, &dialect.wire);
    for number in wrap_lists(&mut trees) {
        let sample = documents[number].sample;
        stage.diagnostics.push(
            Code::SampleMismatch,
            sample.span,
            "a list stands here without the wrapper that the other sample has",
            "it was put into the wrapper",
        );
        documents[number].changed = true;
    }
    for (number, tree) in trees.into_iter().enumerate() {
        if changed.contains(&number) {
            let sample = documents[number].sample;
            stage.diagnostics.push(
                Code::SampleMismatch,
                sample.span,
                "the document element differs from the other samples of this message",
                "it was taken from them",
            );
            documents[number].changed = true;
        }
        documents[number].tree = tree;
    }
    let mut shape = Shape::default();
    for document in &documents {
        let body = document.sample.body_span;
        let format = document.sample.format.unwrap_or(Format::Json);
        shape.add(
            &document.tree,
            format,
            body.file,
            body.start as usize,
            &dialect.wire,
        );
    }
    mismatch(&documents, stage);
    shape.drop_empty_remarks(&dialect.wire);
    let home = super::place::subject(&shape, &dialect.wire);
    for fragment in &fragments {
        let body = fragment.sample.body_span;
        if let Some(place) = shape.get_mut(&home) {
            let list = place.list;
            place.add(
                &fragment.tree,
                Format::Json,
                body.file,
                body.start as usize,
                &dialect.wire,
            );
            place.list = list;
        } else {
            shape.add(
                &fragment.tree,
                Format::Json,
                body.file,
                body.start as usize,
                &dialect.wire,
            );
        }
    }
    let contents = documents
        .into_iter()
        .map(|document| (document, false))
        .chain(fragments.into_iter().map(|document| (document, true)))
        .map(|(document, fragment)| Content {
            role,
            format: document.sample.format.unwrap_or(Format::Json),
            tree: document.tree,
            verbatim: (!document.changed && !fragment).then(|| document.sample.body.clone()),
            span: document.sample.span,
            body_span: document.sample.body_span,
            line: sources.line(document.sample.span),
            fragment,
        })
        .collect();
    (shape, contents)
}

/// Takes the first item where samples of one direction have a list for one value.
pub fn take_first(mut contents: Vec<Content>, role: Role, places: &[Vec<String>]) -> Vec<Content> {
    for content in contents.iter_mut().filter(|content| content.role == role) {
        for place in places {
            if first_of(&mut content.tree, place) {
                content.verbatim = None;
            }
        }
    }
    contents
}

fn first_of(tree: &mut Tree, place: &[String]) -> bool {
    match (tree, place) {
        (Tree::Object(members), [key, rest @ ..]) => {
            let mut changed = false;
            // In XML a list is an element that is repeated.
            if rest.is_empty() {
                let before = members.len();
                let mut seen = false;
                members.retain(|member| member.key != *key || !std::mem::replace(&mut seen, true));
                changed = members.len() < before;
            }
            for member in members.iter_mut().filter(|member| member.key == *key) {
                changed |= first_of(&mut member.value, rest);
            }
            changed
        }
        (tree @ Tree::List(_), []) => {
            let Tree::List(items) = std::mem::replace(tree, Tree::Null) else {
                return false;
            };
            *tree = items.into_iter().next().unwrap_or(Tree::Null);
            true
        }
        (Tree::List(items), place) => {
            let mut changed = false;
            for item in items {
                changed |= first_of(item, place);
            }
            changed
        }
        _ => false,
    }
}

/// Reports where the JSON and the XML of one message name different fields at the same place.
fn mismatch(documents: &[Document<'_>], stage: &mut Stage<'_>) {
    let first = |format: Format| {
        documents
            .iter()
            .find(|document| document.sample.format == Some(format))
    };
    let (Some(json), Some(xml)) = (first(Format::Json), first(Format::Xml)) else {
        return;
    };
    let keys = |tree: &Tree| -> Vec<String> {
        let mut out = Vec::new();
        paths(tree, &mut String::new(), &mut out);
        out.sort();
        out.dedup();
        out
    };
    let (left, right) = (keys(&json.tree), keys(&xml.tree));
    let only_json: Vec<&String> = left.iter().filter(|path| !right.contains(path)).collect();
    let only_xml: Vec<&String> = right.iter().filter(|path| !left.contains(path)).collect();
    if only_json.is_empty() && only_xml.is_empty() {
        return;
    }
    let name = |paths: &[&String]| {
        let mut text = paths
            .iter()
            .take(3)
            .map(|path| path.as_str())
            .collect::<Vec<_>>()
            .join(", ");
        if paths.len() > 3 {
            let _ = write!(text, " and {} more", paths.len() - 3);
        }
        text
    };
    let (json, here) = (name(&only_json), name(&only_xml));
    let message = match (json.is_empty(), here.is_empty()) {
        (true, _) => format!("only the XML sample has {here}"),
        (_, true) => format!("only the JSON sample has {json}"),
        _ => format!("only the JSON sample has {json}; only the XML sample has {here}"),
    };
    stage.diagnostics.push(
        Code::SampleMismatch,
        xml.sample.span,
        message,
        "the fields of both were taken",
    );
}

fn paths(tree: &Tree, path: &mut String, out: &mut Vec<String>) {
    match tree {
        Tree::Object(members) => {
            for member in members {
                let len = path.len();
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&member.key);
                if path.len() < 400 {
                    out.push(path.clone());
                    paths(&member.value, path, out);
                }
                path.truncate(len);
            }
        }
        Tree::List(items) => items.iter().for_each(|item| paths(item, path, out)),
        _ => {}
    }
}
