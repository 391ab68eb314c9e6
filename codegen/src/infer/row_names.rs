//! The real names of a row: its own, or those that a placeholder stands for.

use super::context::Context;
use super::meaning::Rules;
use super::shape::Shape;
use super::stage::Stage;
use crate::diagnostics::Code;
use crate::dialect::{Dialect, Placeholders};
use crate::read::facts::{Names, ParamRow};
use crate::spec::In;

fn is_placeholder(context: &Context<'_>, row: &ParamRow, body: &Shape) -> bool {
    let [name] = row.names.as_slice() else {
        return false;
    };
    let lower = name.to_lowercase();
    let one = lower.strip_suffix('s').unwrap_or(&lower);
    let names = &context.dialect.placeholders.names;
    names.iter().any(|name| *name == lower || name == one)
        && !body.holds(name)
        && context.query_key(name).is_none()
        && context.path_key(name).is_none()
}

/// `identifierValue`: the value of what another row stands for.
pub fn is_value_row(context: &Context<'_>, table: usize, row: &ParamRow, body: &Shape) -> bool {
    let [name] = row.names.as_slice() else {
        return false;
    };
    let lower = name.to_lowercase();
    let partner = context.operation.tables[table]
        .rows
        .iter()
        .any(|other| is_placeholder(context, other, body));
    partner
        && context.dialect.placeholders.values.contains(&lower)
        && !body.holds(name)
        && context.query_key(name).is_none()
}

/// The real names of a row.
pub struct RowNames {
    /// The names.
    pub names: Vec<String>,
    /// Whether they are not its own, but stand among its values.
    pub expanded: bool,
}

/// The real names of a row.
pub fn names(
    context: &Context<'_>,
    row: &ParamRow,
    body: &Shape,
    base: In,
    stage: &mut Stage<'_>,
) -> RowNames {
    let placeholders = &context.dialect.placeholders;
    if is_placeholder(context, row, body) {
        let mut names: Vec<String> = row
            .values
            .iter()
            .filter(|value| value.chars().all(crate::text::is_name_char))
            .cloned()
            .collect();
        if names.is_empty() {
            names = spelt_out(&row.doc, context.dialect);
            as_shown(&mut names, placeholders, |name| {
                if base == In::Body {
                    body.holds(name)
                } else {
                    context.query_key(name).is_some()
                }
            });
        }
        if names.is_empty() {
            names.clone_from(&placeholders.default);
            if base == In::Body {
                let shown: Vec<String> = names
                    .iter()
                    .filter(|name| body.holds(name))
                    .cloned()
                    .collect();
                if !shown.is_empty() {
                    names = shown;
                }
            }
        }
        return RowNames {
            names,
            expanded: true,
        };
    }
    let names: Vec<String> = row
        .names
        .iter()
        .filter_map(|name| {
            if !name.contains(' ') {
                let renamed = (base == In::Query
                    && context.query_key(name).is_none()
                    && row.names.len() == 1)
                    .then(|| context.key_of_placeholder(name))
                    .flatten();
                return Some(renamed.unwrap_or(name).to_owned());
            }
            let joined = name.replace(' ', "_");
            if body.holds(&joined) || context.query_key(&joined).is_some() {
                return Some(joined);
            }
            let lower = name.to_lowercase();
            let spelt = known_name(&lower, context.dialect);
            if let Some((real, _)) = spelt.filter(|(_, length)| *length == lower.len()) {
                return Some(real);
            }
            // One of several names is a name, however it is spelt.
            if row.together == Names::AnyOf && row.names.iter().any(|other| !other.contains(' ')) {
                return Some(lower.replace(' ', "_"));
            }
            stage.diagnostics.push(
                Code::BadParameterRow,
                row.place_of(name, stage.sources),
                format!("{name:?} is not the name of a parameter"),
                "it was left out",
            );
            None
        })
        .collect();
    RowNames {
        names,
        expanded: false,
    }
}

/// `user id` in running text is what the samples call `id`, where they show that one and no `user_id`.
fn as_shown(names: &mut [String], placeholders: &Placeholders, shown: impl Fn(&str) -> bool) {
    for at in 0..names.len() {
        let short = placeholders.default.iter().find(|short| {
            names[at]
                .strip_suffix(short.as_str())
                .is_some_and(|before| before.ends_with('_'))
                && !names.contains(short)
                && shown(short)
        });
        if let Some(short) = short.filter(|_| !shown(&names[at])) {
            names[at].clone_from(short);
        }
    }
}

/// The names that running text lists: `(mobile no/email id/external id)`, `- mobile, email or user_id`. The longest
/// list counts, and the first of equal ones.
fn spelt_out(doc: &str, dialect: &Dialect) -> Vec<String> {
    // Names may be set as code or in bold.
    let lower = doc.to_lowercase().replace(['`', '*', '"'], "");
    let mut best: Vec<String> = Vec::new();
    let mut at = 0;
    while let Some(rest) = lower.get(at..) {
        let begins = !lower[..at].ends_with(in_word);
        let (names, length) = if begins {
            list(rest, dialect)
        } else {
            (Vec::new(), 0)
        };
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
        if names.len() > best.len().max(1) {
            best = names;
        }
    }
    best
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The list of names that a text begins with, and its length.
fn list(text: &str, dialect: &Dialect) -> (Vec<String>, usize) {
    let mut names: Vec<String> = Vec::new();
    let mut end = 0;
    let mut rest = text;
    while let Some((name, length)) = known_name(rest, dialect) {
        if !names.contains(&name) {
            names.push(name);
        }
        rest = &rest[length..];
        end = text.len() - rest.len();
        // `mobile no./email id`, `email, or id`.
        let next = rest.strip_prefix('.').unwrap_or(rest).trim_start();
        let Some(next) = next
            .strip_prefix(['/', ','])
            .or_else(|| next.strip_prefix("or "))
        else {
            break;
        };
        let next = next.trim_start();
        rest = next.strip_prefix("or ").unwrap_or(next).trim_start();
    }
    (names, end)
}

/// The name of a parameter that a text begins with, and the length of what was read.
fn known_name(text: &str, dialect: &Dialect) -> Option<(String, usize)> {
    let placeholders = &dialect.placeholders;
    let ends = |length: usize| !text[length..].starts_with(in_word);
    let known = placeholders
        .default
        .iter()
        .map(|name| (name, name))
        .chain(&placeholders.spellings);
    let longest = known
        .filter(|(spelt, _)| text.starts_with(spelt.as_str()) && ends(spelt.len()))
        .max_by_key(|(spelt, _)| spelt.len());
    if let Some((spelt, name)) = longest {
        return Some((name.clone(), spelt.len()));
    }
    let word = text.split(|c| !in_word(c)).next()?;
    let fine = word.contains('_') && word.starts_with(char::is_alphabetic);
    fine.then(|| (word.to_owned(), word.len()))
}

/// Of the names that a row stands for, returns those that belong to another thing, unless nothing would be left. Where the
/// row does not list them itself, they are no alternatives to its other names either.
pub fn yield_claimed(
    names: &mut Vec<String>,
    row: &ParamRow,
    rules: &Rules,
    stage: &mut Stage<'_>,
) -> Vec<String> {
    let of = |name: &String| rules.pairs.iter().find(|claim| claim.name == *name);
    if names.iter().all(|name| of(name).is_some()) {
        return Vec::new();
    }
    let claimed: Vec<String> = names
        .iter()
        .filter(|name| of(name).is_some())
        .cloned()
        .collect();
    names.retain(|name| !claimed.contains(name) || row.values.contains(name));
    for claim in names.iter().filter_map(of) {
        stage.diagnostics.push(
            Code::DuplicateParameter,
            row.place_of(&claim.name, stage.sources),
            format!(
                "{} is one of these, and the alternative to {}",
                claim.name, claim.partner
            ),
            format!("it was taken for that of the {}", claim.of),
        );
    }
    claimed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_names_in_running_text() {
        let dialect = Dialect::parse("d", include_str!("../../../spec/dialect.yaml")).unwrap();
        for (text, want) in [
            (
                "Who gets it (mobile no/email id/external id).",
                "mobile email external_id",
            ),
            (
                "Who gets it - mobile/email/external_id/user_id\nFor example",
                "mobile email external_id user_id",
            ),
            (
                "Whose - mobile no./email id/external id.",
                "mobile email external_id",
            ),
            ("Any of: mobile, email, or id (user_id).", "mobile email id"),
            (
                "Who sends - `mobile`/`email`/**external_id**",
                "mobile email external_id",
            ),
            ("The user_id or email of whoever sent it", "user_id email"),
            (
                "Two: mobile/email. Or three: mobile/email/id",
                "mobile email id",
            ),
            // One name is no list, and a name with a value is an example.
            ("The mobile of whom to ask", ""),
            ("For example mobile=44,email=x", ""),
            ("A paid/unpaid parcel", ""),
        ] {
            assert_eq!(spelt_out(text, &dialect).join(" "), want, "{text}");
        }
    }

    #[test]
    fn names_are_those_of_the_samples() {
        let dialect = Dialect::parse("d", include_str!("../../../spec/dialect.yaml")).unwrap();
        let named = |shown: &'static [&str]| {
            let mut names = vec!["mobile".to_owned(), "user_id".to_owned()];
            as_shown(&mut names, &dialect.placeholders, |name| {
                shown.contains(&name)
            });
            names.join(" ")
        };
        assert_eq!(named(&["mobile", "id"]), "mobile id");
        assert_eq!(named(&["user_id", "id"]), "mobile user_id");
        assert_eq!(named(&["mobile"]), "mobile user_id");
    }
}
