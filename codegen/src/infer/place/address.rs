//! Names of rows that say what they are members of: `sender.address.town`, `items[].sku`.

use crate::read::facts::ParamRow;

/// A key on the way down to a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The key.
    pub key: String,
    /// True where the docs write it as a list: `items[]`, `items[0]`.
    pub list: bool,
}

/// Where a name leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// The last key.
    pub name: String,
    /// True where that is a list.
    pub list: bool,
    /// The keys above it.
    pub above: Vec<Step>,
    /// True where the name itself has these keys: samples cannot know it better.
    pub spelt: bool,
}

/// Takes the name of a row apart. `shown` says that a sample has a member of just this name.
pub fn address(name: &str, row: &ParamRow, shown: bool) -> Address {
    let plain = |name: &str| Address {
        name: name.to_owned(),
        above: row
            .above
            .iter()
            .map(|(key, list)| Step {
                key: key.clone(),
                list: *list,
            })
            .collect(),
        ..Address::default()
    };
    if shown || !name.contains(['.', '[']) {
        return plain(name);
    }
    let Some(mut steps) = steps(name) else {
        return plain(name);
    };
    match steps.pop() {
        Some(last) if steps.is_empty() => Address {
            list: last.list,
            ..plain(&last.key)
        },
        Some(last) => Address {
            name: last.key,
            list: last.list,
            above: steps,
            spelt: true,
        },
        None => plain(name),
    }
}

/// `items[0].size` and `customer[phone]` as keys; `None` for what is no such name.
fn steps(name: &str) -> Option<Vec<Step>> {
    let mut out: Vec<Step> = Vec::new();
    for piece in name.split('.') {
        let mut parts = piece.split('[');
        let key = parts.next()?;
        if key.is_empty() {
            return None;
        }
        out.push(Step {
            key: key.to_owned(),
            list: false,
        });
        for part in parts {
            let inner = part.strip_suffix(']')?;
            if inner.chars().all(|c| c.is_ascii_digit()) || inner == "n" || inner == "i" {
                out.last_mut()?.list = true;
            } else {
                out.push(Step {
                    key: inner.to_owned(),
                    list: false,
                });
            }
        }
    }
    let named = |step: &Step| step.key.contains(char::is_alphanumeric);
    (out.len() <= 12 && out.iter().all(named)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(name: &str) -> Option<String> {
        let steps = steps(name)?;
        let keys: Vec<String> = steps
            .into_iter()
            .map(|step| format!("{}{}", step.key, if step.list { "[]" } else { "" }))
            .collect();
        Some(keys.join(" "))
    }

    #[test]
    fn names_with_keys() {
        for (name, want) in [
            ("sender.name", Some("sender name")),
            ("items[].sku", Some("items[] sku")),
            ("items[0].sku", Some("items[] sku")),
            ("sender[phone]", Some("sender phone")),
            ("tags[]", Some("tags[]")),
            (".name", None),
            ("name.-", None),
            ("a[b", None),
        ] {
            assert_eq!(spelt(name).as_deref(), want, "{name}");
        }
    }
}
