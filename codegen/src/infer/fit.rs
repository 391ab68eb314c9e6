//! Values in samples of requests that no request can have: a sentence where a day belongs.

use indexmap::IndexMap;

use super::message::Content;
use super::value::{Look, date};
use crate::read::facts::Role;
use crate::sample::Tree;
use crate::spec::{Required, TypeDef, item_of};

/// Leaves out of the documented requests what stands in place of a day and is none, where a request may go without it. That
/// the sample contradicts its row is a finding of its own.
pub fn leave_out(
    mut contents: Vec<Content>,
    root: Option<&str>,
    types: &IndexMap<String, TypeDef>,
) -> Vec<Content> {
    let Some(root) = root else { return contents };
    for content in contents
        .iter_mut()
        .filter(|content| content.role == Role::Request)
    {
        if mend(&mut content.tree, root, types, 0) {
            content.verbatim = None;
        }
    }
    contents
}

/// Whether something was left out.
fn mend(tree: &mut Tree, ty: &str, types: &IndexMap<String, TypeDef>, depth: usize) -> bool {
    let inner = item_of(ty).unwrap_or(ty);
    if depth > 24 {
        return false;
    }
    match tree {
        Tree::List(items) => {
            let mut changed = false;
            for item in items {
                changed |= mend(item, inner, types, depth + 1);
            }
            changed
        }
        Tree::Object(members) => {
            let Some(fields) = types.get(inner).and_then(|def| def.fields.as_deref()) else {
                return false;
            };
            let before = members.len();
            let field = |key: &str| fields.iter().find(|field| field.name == key);
            members.retain(|member| {
                field(&member.key).is_none_or(|field| {
                    field.required != Required::False || is_day(&member.value, &field.ty)
                })
            });
            let mut changed = members.len() < before;
            for member in members.iter_mut() {
                if let Some(field) = field(&member.key) {
                    changed |= mend(&mut member.value, &field.ty, types, depth + 1);
                }
            }
            changed
        }
        _ => false,
    }
}

/// Whether a value may stand where a type is wanted, if that is one of days. Digits may be a day in another form.
fn is_day(value: &Tree, ty: &str) -> bool {
    match (ty, value) {
        ("date" | "datetime", Tree::Text(text)) => {
            date(text) != Look::Text
                || text.starts_with(|c: char| c.is_ascii_digit())
                || text.is_empty()
        }
        _ => true,
    }
}
