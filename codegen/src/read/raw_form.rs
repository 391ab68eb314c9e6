//! Forms that a block of code shows as they are sent: `id=7&note=late`, and such with JSON in a field:
//! `kind=json&data={"id": 7}`.

use std::ops::Range;

use super::command::Written;
use super::facts::{Encoding, SampleFact};
use super::form::{self, Field};
use crate::sample::{self, Format, Member, Repair, Tree};
use crate::slate::block::Fence;

/// The form that a block is, if it is one.
pub fn read(fence: &Fence) -> Option<SampleFact> {
    let body = &fence.body;
    let mut fields = Vec::new();
    let mut repairs = Vec::new();
    let mut json = false;
    for at in pieces(body) {
        let text = body.get(at.clone())?;
        let (key, value) = text.split_once('=')?;
        if key.trim().is_empty() || key.trim_start().starts_with(['{', '[', '<', '"']) {
            return None;
        }
        let from = at.start + key.len() + 1;
        match document(value, from, &mut repairs) {
            Some(document) => {
                json = true;
                let start = at.start + (key.len() - key.trim_start().len());
                let key = key.trim();
                fields.push(Field {
                    path: form::path(key)?,
                    value: document,
                    at: start..start + key.len(),
                    file: false,
                });
            }
            // Lines with `=` that no `&` joins are settings, or code.
            None if value.trim().contains('\n') => return None,
            None => fields.extend(form::fields(body, Written::Data, &at)?),
        }
    }
    let root = form::tree(&fields);
    if root.is_empty() {
        return None;
    }
    Some(SampleFact {
        encoding: Some(if json {
            Encoding::JsonForm
        } else {
            Encoding::Form
        }),
        ..form::sample(fence, root, repairs)
    })
}

/// The pieces between `&`, but for those within brackets or quotes.
fn pieces(body: &str) -> Vec<Range<usize>> {
    let (mut out, mut start) = (Vec::new(), 0);
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, c) in body.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth = depth.saturating_sub(1),
            '&' if depth == 0 => {
                out.push(start..at);
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(start..body.len());
    out.retain(|at| {
        body.get(at.clone())
            .is_some_and(|text| !text.trim().is_empty())
    });
    out
}

/// The JSON that a value is, with its places in the block.
fn document(value: &str, from: usize, repairs: &mut Vec<(Repair, usize)>) -> Option<Tree> {
    if !value.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let parsed = sample::parse(value).filter(|parsed| parsed.format == Format::Json)?;
    let mut tree = parsed.documents.into_iter().next()?;
    move_by(&mut tree, from);
    let moved = parsed.repairs.into_iter();
    repairs.extend(moved.map(|(repair, at)| (repair, at + from)));
    Some(tree)
}

/// Moves the places of members.
fn move_by(tree: &mut Tree, by: usize) {
    match tree {
        Tree::Object(members) => {
            for Member { value, at, .. } in members {
                *at = at.start + by..at.end + by;
                move_by(value, by);
            }
        }
        Tree::List(items) => items.iter_mut().for_each(|item| move_by(item, by)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slate::source::Span;

    fn read(body: &str) -> Option<(Encoding, Tree)> {
        let fact = super::read(&Fence {
            lang: "json".to_owned(),
            lang_span: Span::new(0, 0, 0),
            body: body.to_owned(),
            body_span: Span::new(0, 0, body.len()),
            span: Span::new(0, 0, 1),
            closed: true,
        })?;
        let tree = fact.parsed?.documents.into_iter().next()?;
        Some((fact.encoding?, tree))
    }

    #[test]
    fn plain_fields_are_a_form() {
        let (encoding, tree) = read("id=7&note=too+late&lines[][sku]=a\n").unwrap();
        assert_eq!(encoding, Encoding::Form);
        assert_eq!(tree.get("id"), Some(&Tree::Number("7".to_owned())));
        assert_eq!(tree.get("note"), Some(&Tree::Text("too late".to_owned())));
        let broken = read("id=7\n&note=too+late&\nlines[][sku]=a").unwrap();
        assert_eq!(broken.1.members().len(), 3);
        assert!(matches!(tree.get("lines"), Some(Tree::List(items)) if items.len() == 1));
    }

    #[test]
    fn json_in_a_field_is_read_where_it_stands() {
        let body = "kind=json&data={\n \"id\": 7, \"note\": \"a&b\",\n}&more=1";
        let (encoding, tree) = read(body).unwrap();
        assert_eq!(encoding, Encoding::JsonForm);
        let names: Vec<&str> = tree.members().iter().map(|member| &*member.key).collect();
        assert_eq!(names, ["kind", "data", "more"]);
        let data = tree.get("data").unwrap();
        for member in data.members() {
            let written = &body[member.at.clone()];
            assert_eq!(written.trim_matches('"'), member.key);
        }
        assert_eq!(data.get("note"), Some(&Tree::Text("a&b".to_owned())));
    }

    #[test]
    fn what_is_no_form_is_none() {
        for body in [
            "",
            "hello",
            "{\"a\": \"b=c\"}",
            "<a b=\"c\"/>",
            "a = 1\nb = 2",
            "https://example.com/x?a=1",
            "a=1&b",
            "&&&",
            "=1",
        ] {
            assert!(read(body).is_none(), "{body}");
        }
        assert!(read("a={\"b\": [&").is_some());
    }
}
