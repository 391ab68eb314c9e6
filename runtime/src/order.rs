//! Which item that was sent an outcome belongs to.
//!
//! Outcomes come in the order of the items. Where they name what they are about, this is checked: to take one item's
//! outcome for another's would send again what was accepted.

use std::collections::HashMap;

use crate::wire::{self, Node, Value};

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
        let Some(items) = items(body) else {
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
            let named = self.named(at, outcome);
            moved |= named.iter().any(|place| *place != at);
            // One that names two items names none.
            places.push(named.first().copied().filter(|_| named.len() == 1));
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

    /// The items that the outcome names: the one at its own place if it names that one by any of its names.
    fn named(&self, at: usize, outcome: &Node<'_>) -> Vec<usize> {
        let outcome = inside(outcome);
        let mut others = Vec::new();
        for (name, texts) in &self.keys {
            let Some(said) = outcome.get(name).and_then(leaf) else {
                continue;
            };
            let is = |text: &Option<String>| text.as_deref() == Some(said);
            if texts.get(at).is_some_and(is) {
                return vec![at];
            }
            others.extend(texts.iter().position(is));
        }
        others.sort_unstable();
        others.dedup();
        others
    }
}

/// The items of a body: it is a list, or it holds just one.
fn items(body: &Value) -> Option<&[Value]> {
    match body {
        Value::List(items) => Some(items),
        Value::Object(members) => {
            let mut lists = members.iter().filter_map(|(_, member)| match member {
                Value::List(items) => Some(items.as_slice()),
                _ => None,
            });
            lists.next().filter(|_| lists.next().is_none())
        }
        _ => None,
    }
}

/// The outcome inside of what a conversion put around it.
fn inside<'n, 'a>(node: &'n Node<'a>) -> &'n Node<'a> {
    match node {
        Node::List(items) if items.len() == 1 => inside(&items[0]),
        _ => wire::element(node).map_or(node, inside),
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
    wire::decode_text(node, "a text").ok().map(str::trim)
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
        let wrapped = r##"[{"element":{"phone":["2"]}},{"element":{"phone":{"#text":"1"}}}]"##;
        assert_eq!(order(TWO, wrapped), Order::Moved(vec![1, 0]));
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
    fn the_list_of_a_body_is_what_was_sent() {
        let mut item = crate::wire::Map::new();
        item.insert("phone", "1");
        let items = Value::List(vec![
            Value::Object(item.clone()),
            Value::Object(item.clone()),
        ]);
        item.insert("parts", items);
        assert_eq!(
            Sent::of(&Value::Object(item.clone()), &["phone"]).count(),
            2
        );
        item.insert("others", Value::List(Vec::new()));
        assert_eq!(Sent::of(&Value::Object(item), &["phone"]).count(), 1);
    }

    #[test]
    fn what_several_items_have_tells_nothing() {
        let same = &[["1", "a"], ["1", "b"]];
        let outcomes = r#"[{"phone":"1"},{"phone":"1"}]"#;
        assert_eq!(order(same, outcomes), Order::AsSent);
    }
}
