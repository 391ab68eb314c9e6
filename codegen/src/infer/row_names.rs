//! The real names of a row: its own, or those that a placeholder stands for.

use super::context::Context;
use super::meaning::Rules;
use super::shape::Shape;
use super::stage::Stage;
use crate::diagnostics::Code;
use crate::dialect::Dialect;
use crate::read::facts::ParamRow;
use crate::spec::In;

fn is_placeholder(context: &Context<'_>, row: &ParamRow, body: &Shape) -> bool {
    let [name] = row.names.as_slice() else {
        return false;
    };
    let lower = name.to_lowercase();
    context.dialect.placeholders.names.contains(&lower)
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
            stage.diagnostics.push(
                Code::BadParameterRow,
                row.span,
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

/// `(mobile no/email id/external id)` in running text.
fn spelt_out(doc: &str, dialect: &Dialect) -> Vec<String> {
    let lower = doc.to_lowercase();
    let Some(list) = lower
        .split('(')
        .nth(1)
        .and_then(|rest| rest.split(')').next())
    else {
        return Vec::new();
    };
    let known = |word: &str| {
        let word = word.trim();
        dialect
            .placeholders
            .spellings
            .get(word)
            .cloned()
            .or_else(|| {
                dialect
                    .placeholders
                    .default
                    .iter()
                    .find(|name| name.as_str() == word)
                    .cloned()
            })
            .or_else(|| {
                (word.contains('_') && word.chars().all(crate::text::is_name_char))
                    .then(|| word.to_owned())
            })
    };
    let names: Option<Vec<String>> = list.split(['/', ',']).map(known).collect();
    names.filter(|names| names.len() > 1).unwrap_or_default()
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
            row.span,
            format!(
                "{} is one of these, and the alternative to {}",
                claim.name, claim.partner
            ),
            format!("it was taken for that of the {}", claim.of),
        );
    }
    claimed
}
