//! Answers that stand inside of another one: the outer one was pasted, and never emptied.

use std::ops::Range;

use crate::dialect::Wire;
use crate::sample::{Member, Tree};

/// A whole answer inside of another.
pub struct Inner {
    /// The answer, with its document element.
    pub tree: Tree,
    /// Bytes of the sample where its document element is named.
    pub at: Range<usize>,
}

/// The answer that stands inside of another one.
///
/// What is an answer is sure: it has the document element of answers, and in it the status of a call, with all parts of
/// one, beside something else. No answer holds the outcome of another call, so the inner one is what was meant.
pub fn inner(tree: &Tree, wire: &Wire) -> Option<Inner> {
    let outer = tree.get(&wire.response_root)?;
    if !is_answer(outer, wire) {
        return None;
    }
    let found = inside(outer, wire)?;
    let tree = Tree::Object(vec![found.clone()]);
    // The slip may have been made twice.
    inner(&tree, wire).or_else(|| {
        Some(Inner {
            at: found.at.clone(),
            tree,
        })
    })
}

fn inside<'t>(tree: &'t Tree, wire: &Wire) -> Option<&'t Member> {
    match tree {
        Tree::List(items) => items.iter().find_map(|item| inside(item, wire)),
        Tree::Object(members) => members
            .iter()
            .find(|member| member.key == wire.response_root && is_answer(&member.value, wire))
            .or_else(|| {
                members
                    .iter()
                    .find_map(|member| inside(&member.value, wire))
            }),
        _ => None,
    }
}

/// Whether an object has a whole status of a call, and something beside it.
fn is_answer(tree: &Tree, wire: &Wire) -> bool {
    let whole = |status: &Tree| {
        let parts = &wire.status_fields;
        !parts.is_empty() && parts.iter().all(|part| status.get(part).is_some())
    };
    let payload = |member: &Member| {
        member.key != wire.status && matches!(member.value, Tree::Object(_) | Tree::List(_))
    };
    tree.get(&wire.status).is_some_and(whole) && tree.members().iter().any(payload)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    fn found(text: &str) -> Option<Tree> {
        let wire = Wire {
            response_root: "response".into(),
            status: "status".into(),
            status_fields: ["success", "code", "message"].map(str::to_owned).into(),
            ..Wire::default()
        };
        let tree = &sample::parse(text).unwrap().documents[0];
        inner(tree, &wire).map(|inner| inner.tree)
    }

    const STATUS: &str = r#""status": {"success": "true", "code": 200, "message": "ok"}"#;

    #[test]
    fn a_whole_answer_inside_of_another_is_the_answer() {
        let answer = format!(r#"{{"response": {{{STATUS}, "parcel": {{"id": 7}}}}}}"#);
        let own = sample::parse(&answer).unwrap().documents[0].clone();
        let once = format!(
            r#"{{"response": {{{STATUS}, "box": {{"id": 1, {}}}}}}}"#,
            &answer[1..answer.len() - 1]
        );
        let keys = |tree: &Tree| {
            let response = tree.get("response").unwrap();
            response.get("parcel").unwrap().get("id").cloned()
        };
        assert_eq!(keys(&found(&once).unwrap()), keys(&own));
        let twice = format!(r#"{{"response": {{{STATUS}, "boxes": [{{"id": 1}}, {once}]}}}}"#);
        assert_eq!(keys(&found(&twice).unwrap()), keys(&own));
        assert_eq!(found(&answer), None);
    }

    #[test]
    fn a_part_of_an_answer_is_none() {
        for inner in [
            r#""response": {"status": {"success": "true", "code": 1}, "parcel": {}}"#.to_owned(),
            format!(r#""response": {{{STATUS}}}"#),
            format!(r#""response": {{{STATUS}, "text": "a"}}"#),
            format!(r#""other": {{{STATUS}, "parcel": {{}}}}"#),
        ] {
            let text = format!(r#"{{"response": {{{STATUS}, "box": {{{inner}}}}}}}"#);
            assert_eq!(found(&text), None, "{text}");
        }
    }
}
