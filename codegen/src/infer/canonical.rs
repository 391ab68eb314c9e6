//! Brings the documents of a message to one form: without leftovers of conversions, with the same document element and wrappers.

use crate::dialect::Wire;
use crate::sample::{Member, Tree};

/// Leaves out what stands for nothing in a list of objects: a list, as an ellipsis in brackets is. Returns the number of
/// items that were left out.
pub fn drop_odd_items(tree: &mut Tree) -> usize {
    let mut dropped = 0;
    match tree {
        Tree::List(items) => {
            if items.iter().any(|item| matches!(item, Tree::Object(_))) {
                let all = items.len();
                items.retain(|item| !stands_for_others(item));
                dropped += all - items.len();
            }
            dropped += items.iter_mut().map(drop_odd_items).sum::<usize>();
        }
        Tree::Object(members) => {
            let values = members.iter_mut().map(|member| &mut member.value);
            dropped += values.map(drop_odd_items).sum::<usize>();
        }
        _ => {}
    }
    dropped
}

/// True for what stands among objects and is none, for "and so on": `[...]`, `"..."`, `null`.
fn stands_for_others(item: &Tree) -> bool {
    match item {
        Tree::List(_) | Tree::Null => true,
        Tree::Text(text) => !text.contains(char::is_alphanumeric),
        _ => false,
    }
}

/// Leaves out members whose names have control characters: no documentation means that. Gives their number.
pub fn drop_odd_names(tree: &mut Tree) -> usize {
    match tree {
        Tree::List(items) => items.iter_mut().map(drop_odd_names).sum(),
        Tree::Object(members) => {
            let all = members.len();
            members.retain(|member| !member.key.contains(char::is_control));
            let dropped = all - members.len();
            let values = members.iter_mut().map(|member| &mut member.value);
            dropped + values.map(drop_odd_names).sum::<usize>()
        }
        _ => 0,
    }
}

/// Takes the leftovers of conversions out of a document: `element` around items, a document element twice.
#[must_use]
pub fn canonical(tree: &Tree, wire: &Wire) -> Tree {
    let mut tree = unwrap_items(tree, wire);
    // `<root><root>…` and `<root><response>…`
    while let Tree::Object(members) = &tree {
        let inner = match members.as_slice() {
            [outer] if wire.roots.contains(&outer.key) => outer,
            _ => break,
        };
        match inner.value.members() {
            [only] if wire.roots.contains(&only.key) => tree = inner.value.clone(),
            _ => break,
        }
    }
    tree
}

pub fn unwrap_items(tree: &Tree, wire: &Wire) -> Tree {
    match tree {
        Tree::Object(members)
            if !members.is_empty() && members.iter().all(|member| member.key == wire.item) =>
        {
            let items = members
                .iter()
                .flat_map(|member| match unwrap_items(&member.value, wire) {
                    Tree::List(items) => items,
                    other => vec![other],
                });
            Tree::List(items.collect())
        }
        Tree::Object(members)
            if !members.is_empty()
                && members
                    .iter()
                    .all(|member| wire.null_attributes.contains(&member.key)) =>
        {
            Tree::Text(String::new())
        }
        Tree::Object(members) => Tree::Object(
            members
                .iter()
                .map(|member| Member {
                    key: member.key.clone(),
                    value: unwrap_items(&member.value, wire),
                    at: member.at.clone(),
                    remark: member.remark.clone(),
                })
                .collect(),
        ),
        Tree::List(items) => {
            Tree::List(items.iter().map(|item| unwrap_items(item, wire)).collect())
        }
        other => other.clone(),
    }
}

/// Brings documents of one message to the same document element: where one has it and another begins with what is
/// inside, the other gets it. Returns which documents were changed.
pub fn align(documents: &mut [Tree], wire: &Wire) -> Vec<usize> {
    let root_of = |tree: &Tree| match tree {
        Tree::Object(members) if members.len() == 1 && wire.roots.contains(&members[0].key) => {
            Some(members[0].key.clone())
        }
        _ => None,
    };
    let roots: Vec<Option<String>> = documents.iter().map(root_of).collect();
    let Some(at) = roots
        .iter()
        .position(|root| {
            root.as_ref()
                .is_some_and(|root| *root == wire.response_root)
        })
        .or_else(|| roots.iter().position(Option::is_some))
    else {
        return Vec::new();
    };
    let Some(root) = roots[at].clone() else {
        return Vec::new();
    };
    let inner: Vec<String> = documents[at]
        .get(&root)
        .map(|tree| {
            tree.members()
                .iter()
                .map(|member| member.key.clone())
                .collect()
        })
        .unwrap_or_default();
    let mut changed = Vec::new();
    for (number, document) in documents.iter_mut().enumerate() {
        match &roots[number] {
            Some(own) if *own == root => {}
            Some(_) => {
                // `root` in one format and `response` in the other.
                if let Tree::Object(members) = document {
                    root.clone_into(&mut members[0].key);
                    changed.push(number);
                }
            }
            None => {
                let shares = document
                    .members()
                    .iter()
                    .any(|member| inner.contains(&member.key));
                if shares {
                    let at = document
                        .members()
                        .first()
                        .map_or(0..0, |member| member.at.clone());
                    let old = std::mem::replace(document, Tree::Null);
                    *document = Tree::Object(vec![Member {
                        key: root.clone(),
                        value: old,
                        at,
                        remark: None,
                    }]);
                    changed.push(number);
                }
            }
        }
    }
    changed
}

/// Where one document has a list of objects and another has the same list inside a wrapper (`coupons.coupon`), the
/// first gets the wrapper. Returns which documents were changed.
pub fn wrap_lists(documents: &mut [Tree]) -> Vec<usize> {
    let mut wrappers: Vec<(Vec<String>, String)> = Vec::new();
    for document in documents.iter() {
        find_wrappers(document, false, &mut Vec::new(), &mut wrappers);
    }
    let mut changed = Vec::new();
    for (number, document) in documents.iter_mut().enumerate() {
        if wrap(document, &mut Vec::new(), &wrappers) {
            changed.push(number);
        }
    }
    changed
}

/// The only members of objects that are the singular of what their object is called. The items of a list have what is in
/// the wrapper, and are none.
fn find_wrappers(
    tree: &Tree,
    in_list: bool,
    path: &mut Vec<String>,
    out: &mut Vec<(Vec<String>, String)>,
) {
    match tree {
        Tree::Object(members) => {
            let same = !in_list && members.windows(2).all(|pair| pair[0].key == pair[1].key);
            if let (true, Some(first), Some(own)) = (same, members.first(), path.last())
                && *own != first.key
                && super::words::singular(own) == first.key
            {
                out.push((path.clone(), first.key.clone()));
            }
            let within = path.len() < 24;
            for member in members.iter().filter(|_| within) {
                path.push(member.key.clone());
                find_wrappers(&member.value, false, path, out);
                path.pop();
            }
        }
        Tree::List(items) => items
            .iter()
            .for_each(|item| find_wrappers(item, true, path, out)),
        _ => {}
    }
}

pub fn wrap(tree: &mut Tree, path: &mut Vec<String>, wrappers: &[(Vec<String>, String)]) -> bool {
    let mut changed = false;
    match tree {
        Tree::Object(members) => {
            let within = path.len() < 24;
            for member in members.iter_mut().filter(|_| within) {
                path.push(member.key.clone());
                let wrapper = wrappers.iter().find(|(known, _)| known == path);
                if let (Some((_, key)), Tree::List(items)) = (wrapper, &member.value)
                    && !items.is_empty()
                {
                    let inner = Member {
                        key: key.clone(),
                        value: std::mem::replace(&mut member.value, Tree::Null),
                        at: member.at.clone(),
                        remark: None,
                    };
                    member.value = Tree::Object(vec![inner]);
                    changed = true;
                } else {
                    changed |= wrap(&mut member.value, path, wrappers);
                }
                path.pop();
            }
        }
        Tree::List(items) => {
            for item in items {
                changed |= wrap(item, path, wrappers);
            }
        }
        _ => {}
    }
    changed
}
