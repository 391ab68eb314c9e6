//! Requirements that a flag lifts: `skip_lock`, of a required `lock_code`.

use heck::ToSnakeCase;

use super::sentence::sentences;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, HeadingKind};
use crate::read::facts::OperationFacts;
use crate::slate::source::Span;
use crate::spec::{In, Param, Required, Rule};

/// The rules on what is required unless a flag in the query is true.
///
/// The name of such a flag is a word for leaving out, and how the name of a required parameter begins; and its description
/// has both. A name alone is not enough: `skip_card` may be about a card that is printed, not about one that is sent.
pub fn rules(
    facts: &OperationFacts,
    params: &[Param],
    dialect: &Dialect,
    diagnostics: &mut Diagnostics,
) -> Vec<Rule> {
    let mut out: Vec<Rule> = Vec::new();
    for flag in params {
        let Some((skipped, sentence)) = skips(flag, &dialect.presence.skip) else {
            continue;
        };
        for param in params {
            if !is_lifted(param, &skipped) || several(param, params) {
                continue;
            }
            if let Some(span) = place(facts, &flag.name) {
                diagnostics.push(
                    Code::UnclearMark,
                    span,
                    format!(
                        "{} is marked as mandatory, but {} skips what it is for",
                        param.name, flag.name
                    ),
                    format!("it is asked for unless {} is true", flag.name),
                );
            }
            out.push(Rule {
                one_of: Vec::new(),
                all_of: vec![param.name.clone()],
                when: None,
                unless: Some(flag.name.clone()),
                doc: sentence.clone(),
                source: flag.source.clone(),
            });
        }
    }
    out
}

/// What a flag leaves out, and the sentence that says so.
fn skips(flag: &Param, words: &[String]) -> Option<(String, String)> {
    if flag.place != In::Query || flag.ty != "boolean" {
        return None;
    }
    let name = flag.name.to_snake_case();
    let (word, skipped) = name.split_once('_')?;
    if skipped.is_empty() || !words.iter().any(|known| known == word) {
        return None;
    }
    let spoken = skipped.replace('_', " ");
    let sentence = sentences(&flag.doc).into_iter().find(|sentence| {
        let lower = sentence.to_lowercase().replace('_', " ");
        lower
            .find(word)
            .is_some_and(|at| lower[at + word.len()..].contains(&spoken))
    })?;
    Some((skipped.to_owned(), sentence.to_owned()))
}

/// What stands in the path cannot be left out.
fn is_lifted(param: &Param, skipped: &str) -> bool {
    param.required == Required::True
        && param.place != In::Path
        && param
            .name
            .to_snake_case()
            .strip_prefix(skipped)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

/// Whether the name stands in several places: a rule does not say which one it is about.
fn several(param: &Param, params: &[Param]) -> bool {
    params
        .iter()
        .filter(|other| other.name == param.name)
        .count()
        > 1
}

fn place(facts: &OperationFacts, name: &str) -> Option<Span> {
    let tables = facts.tables.iter();
    tables
        .filter(|table| table.kind != HeadingKind::Response)
        .flat_map(|table| &table.rows)
        .find(|row| row.names.iter().any(|own| own == name))
        .map(|row| row.cells.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::{Bases, Source};

    fn param(name: &str, ty: &str, required: Required, doc: &str) -> Param {
        Param {
            name: name.to_owned(),
            place: In::Query,
            at: None,
            ty: ty.to_owned(),
            required,
            basis: Bases::new(),
            group: Vec::new(),
            when: None,
            values: Vec::new(),
            default: None,
            format: None,
            limit: None,
            doc: doc.to_owned(),
            source: Source::default(),
            also: Vec::new(),
        }
    }

    #[test]
    fn a_flag_skips_what_its_name_and_its_description_say() {
        let words = ["skip".to_owned()];
        let of = |name: &str, ty: &str, doc: &str| {
            skips(&param(name, ty, Required::False, doc), &words).map(|(skipped, _)| skipped)
        };
        let doc = "Parcels are locked. Pass `true` to skip the lock of a parcel.";
        assert_eq!(of("skip_lock", "boolean", doc).as_deref(), Some("lock"));
        assert_eq!(of("skipLock", "boolean", doc).as_deref(), Some("lock"));
        for (name, ty, doc) in [
            ("skip_lock", "string", doc),
            ("skip_lock", "boolean", "Where the lock is."),
            ("skip_lock", "boolean", "The lock. Pass `true` to skip it."),
            ("keep_lock", "boolean", doc),
            ("skip", "boolean", doc),
        ] {
            assert_eq!(of(name, ty, doc), None, "{name} {ty} {doc}");
        }
    }

    #[test]
    fn what_is_lifted_begins_as_the_flag_says() {
        let lifted = |name: &str, required: Required| {
            is_lifted(&param(name, "string", required, ""), "lock")
        };
        assert!(lifted("lock_code", Required::True) && lifted("lockCode", Required::True));
        assert!(lifted("lock", Required::True));
        assert!(!lifted("locker", Required::True) && !lifted("lock_code", Required::False));
    }
}
