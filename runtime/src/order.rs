//! Which item that was sent an outcome belongs to.
//!
//! Outcomes come in the order of the items. Where they name what they are about, this is checked: to take one item's
//! outcome for another's would send again what was accepted.

use std::collections::HashMap;

use crate::wire::{Node, Value};

/// What the items that were sent are known by.
pub(crate) struct Sent {
    count: usize,
    /// By name: the text of each item, if it has one that no other has.
    keys: Vec<(&'static str, Vec<Option<String>>)>,
}

/// The places of outcomes among the items that were sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// Nothing speaks against the order in which they came.
    AsSent,
    /// They came in another order: the place of each.
    Moved(Vec<usize>),
    /// They came in another order, and do not tell in which.
    Unknown,
}

impl Sent {
    /// The items of a body, of which these members say which one it is.
    pub(crate) fn of(body: &Value, names: &[&'static str]) -> Self {
        let Value::List(items) = body else {
            return Self {
                count: 1,
                keys: Vec::new(),
            };
        };
        let keys = names.iter().map(|name| {
            let mut texts: Vec<Option<String>> =
                items.iter().map(|item| text(item.get(name)?)).collect();
            let mut uses: HashMap<String, usize> = HashMap::new();
            for text in texts.iter().flatten() {
                *uses.entry(text.clone()).or_default() += 1;
            }
            for text in &mut texts {
                text.take_if(|text| uses.get(text).is_some_and(|&uses| uses > 1));
            }
            (*name, texts)
        });
        Self {
            count: items.len(),
            keys: keys.collect(),
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Where the outcomes belong.
    pub(crate) fn order(&self, outcomes: &[Node<'_>]) -> Order {
        if self.count < 2 {
            return Order::AsSent;
        }
        let mut moved = false;
        let mut places = Vec::with_capacity(outcomes.len());
        for (at, outcome) in outcomes.iter().enumerate() {
            let place = self.place(at, outcome);
            moved |= place.is_some_and(|place| place != at);
            places.push(place);
        }
        if !moved {
            return Order::AsSent;
        }
        let mut seen = vec![false; self.count];
        let known = places
            .into_iter()
            .map(|place| place.filter(|&place| !std::mem::replace(&mut seen[place], true)));
        known
            .collect::<Option<Vec<usize>>>()
            .map_or(Order::Unknown, Order::Moved)
    }

    /// The item that the outcome names: the one at its own place if it names that one by any of its names.
    fn place(&self, at: usize, outcome: &Node<'_>) -> Option<usize> {
        let mut other = None;
        for (name, texts) in &self.keys {
            let Some(said) = outcome.get(name).and_then(leaf) else {
                continue;
            };
            let is = |text: &Option<String>| text.as_deref() == Some(said);
            if texts.get(at).is_some_and(is) {
                return Some(at);
            }
            other = other.or_else(|| texts.iter().position(is));
        }
        other
    }
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn leaf<'n>(node: &'n Node<'_>) -> Option<&'n str> {
    match node {
        Node::String(text) | Node::Number(text) => Some(text.trim()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Limits, parse};

    /// The order of outcomes for items with these phones and mails.
    fn order(sent: &[[&str; 2]], outcomes: &str) -> Order {
        let items = sent.iter().map(|[phone, mail]| {
            let mut item = crate::wire::Map::new();
            item.insert("phone", *phone);
            item.insert("mail", *mail);
            Value::Object(item)
        });
        let sent = Sent::of(&Value::List(items.collect()), &["phone", "mail"]);
        match parse(outcomes.as_bytes(), &Limits::default()).unwrap() {
            Node::List(outcomes) => sent.order(&outcomes),
            _ => panic!("{outcomes} is no list"),
        }
    }

    const TWO: &[[&str; 2]] = &[["1", "a"], ["2", "b"]];

    #[test]
    fn outcomes_that_say_nothing_else_are_in_the_order_of_the_items() {
        for outcomes in [
            r#"[{"phone":"1"},{"phone":2}]"#,
            // The API may write a number in another way than the caller.
            r#"[{"phone":"+441"},{"phone":"+442"}]"#,
            "[{},{}]",
            r#"[{"phone":null},{"phone":"2"}]"#,
            // One name of the item at its place is enough: the other was changed.
            r#"[{"phone":"1","mail":"b"},{"phone":"2","mail":"a"}]"#,
            r#"[{"phone":"1"}]"#,
        ] {
            assert_eq!(order(TWO, outcomes), Order::AsSent, "{outcomes}");
        }
    }

    #[test]
    fn outcomes_that_name_other_items_belong_to_those() {
        let swapped = r#"[{"phone":"2"},{"phone":"1"}]"#;
        assert_eq!(order(TWO, swapped), Order::Moved(vec![1, 0]));
        let numbers = r#"[{"phone":2},{"mail":"a"}]"#;
        assert_eq!(order(TWO, numbers), Order::Moved(vec![1, 0]));
        // The first has no outcome.
        assert_eq!(order(TWO, r#"[{"phone":"2"}]"#), Order::Moved(vec![1]));
    }

    #[test]
    fn outcomes_that_contradict_the_order_leave_it_open() {
        for outcomes in [
            r#"[{"phone":"2"},{}]"#,
            r#"[{"phone":"2"},{"phone":"2"}]"#,
            r#"[{"phone":"2"},{"phone":"1"},{"phone":"1"}]"#,
        ] {
            assert_eq!(order(TWO, outcomes), Order::Unknown, "{outcomes}");
        }
    }

    #[test]
    fn what_several_items_have_tells_nothing() {
        let same = &[["1", "a"], ["1", "b"]];
        let outcomes = r#"[{"phone":"1"},{"phone":"1"}]"#;
        assert_eq!(order(same, outcomes), Order::AsSent);
    }
}
