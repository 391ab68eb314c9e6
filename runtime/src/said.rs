//! What an answer says of how the call went.

use crate::wire::{ApiStatus, Context, Decode as _, Node};

/// Whether the API says how the call went.
pub(crate) fn says_something(status: Option<&ApiStatus>) -> bool {
    status.is_some_and(|status| status.success.is_some() || status.code.is_some())
}

/// Whether the API says that the call succeeded.
pub(crate) fn says_success(status: Option<&ApiStatus>) -> bool {
    status.is_some_and(|status| match status.success {
        Some(success) => success,
        None => status.code.is_some_and(|code| (200..300).contains(&code)),
    })
}

/// Whether anything in an answer says that it was refused.
pub(crate) fn says_no(node: &Node<'_>) -> bool {
    match node {
        Node::List(items) => items.iter().any(says_no),
        Node::Object(members) => {
            let refused = |word: &Node<'_>| bool::decode(word, &mut Context::new()) == Ok(false);
            members
                .iter()
                .any(|(key, inside)| (key == "success" && refused(inside)) || says_no(inside))
        }
        _ => false,
    }
}

/// Whether it is a page for people.
pub(crate) fn is_web_page(node: &Node<'_>) -> bool {
    match node {
        Node::Object(root) => root
            .only()
            .is_some_and(|(name, _)| name.eq_ignore_ascii_case("html")),
        _ => false,
    }
}
