//! Where two documents differ.

use serde_json::Value;

/// The places at which two values differ, with what stands there; things in lists are called by what names them.
pub fn differences(old: &Value, new: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare("", old, new, &mut out);
    out
}

fn compare(at: &str, old: &Value, new: &Value, out: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(olds), Value::Object(news)) => {
            for (key, value) in olds {
                let other = news.get(key).unwrap_or(&Value::Null);
                compare(&format!("{at}/{key}"), value, other, out);
            }
            for (key, value) in news.iter().filter(|(key, _)| !olds.contains_key(*key)) {
                compare(&format!("{at}/{key}"), &Value::Null, value, out);
            }
            // Order decides about the order of what is emitted.
            if old == new && !olds.keys().eq(news.keys()) {
                out.push(format!("{at}: another order of the same keys"));
            }
        }
        (Value::Array(olds), Value::Array(news)) if olds.len() == news.len() => {
            for (index, (old, new)) in olds.iter().zip(news).enumerate() {
                let name = called(old).unwrap_or_else(|| index.to_string());
                compare(&format!("{at}/{name}"), old, new, out);
            }
        }
        _ if old == new => {}
        _ => out.push(format!("{at}: {} / {}", short(old), short(new))),
    }
}

/// What tells a thing from its neighbours.
fn called(value: &Value) -> Option<String> {
    ["id", "entity", "name", "code"]
        .iter()
        .find_map(|key| match value.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        })
}

fn short(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(list) => format!("{} things", list.len()),
        other => other.to_string(),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_place_is_told_and_what_stands_there() {
        let old = json!({"ops": [{"id": "a.b", "path": "/x"}], "same": 1});
        let new = json!({"ops": [{"id": "a.b", "path": "/y"}], "same": 1, "more": [1]});
        assert_eq!(
            differences(&old, &new),
            [
                "/ops/a.b/path: \"/x\" / \"/y\"",
                "/more: nothing / 1 things"
            ]
        );
        assert_eq!(differences(&old, &old), Vec::<String>::new());
    }
}
