//! Names with a number, in `names.yaml`.

use std::path::Path;

use anyhow::Context as _;
use slate_codegen::names::{Names, Section};

use super::measure::Numbered;
use crate::home::Home;

/// The names that are published below a folder.
pub fn below(home: &Home, out: &Path) -> anyhow::Result<Names> {
    let path = out.join(home.spec("names.yaml"));
    let shown = path.display().to_string();
    let yaml = std::fs::read_to_string(&path).with_context(|| shown.clone())?;
    Ok(Names::parse(&shown, &yaml)?)
}

/// A name without the number behind it, which a line sets apart from a number of its own.
pub fn bare(name: &str) -> &str {
    let digit = |c: char| c.is_ascii_digit();
    let bare = name.trim_end_matches(digit);
    match bare.strip_suffix('_') {
        Some(own) if own.ends_with(digit) => own,
        _ => bare,
    }
}

/// New names that are another name of their scope and a number. Where the fact ends with it too, the docs say the number.
pub fn numbered(before: &Names, after: &Names) -> Vec<Numbered> {
    let mut out = Vec::new();
    for (section, scope, fact, published) in after.iter() {
        let name = published.name.as_str();
        let number = name.get(bare(name).len()..).unwrap_or_default();
        let number = number.trim_start_matches('_');
        if section == Section::Places
            || number.is_empty()
            || fact.ends_with(number)
            || before.get(section, scope, fact).is_some()
        {
            continue;
        }
        let beside = after.iter().find(|(other, place, _, published)| {
            *other == section && *place == scope && published.name == bare(name)
        });
        if let Some((_, _, beside, _)) = beside {
            out.push(Numbered {
                section: serde_json::to_value(section)
                    .ok()
                    .and_then(|word| word.as_str().map(str::to_owned))
                    .unwrap_or_default(),
                scope: scope.to_owned(),
                fact: fact.to_owned(),
                name: name.to_owned(),
                beside: beside.to_owned(),
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_new_names_beside_one_without_the_number_count() {
        let names = |yaml| Names::parse("names.yaml", yaml).unwrap();
        let before = names("operations: {a: {GET /x: update, GET /z: old2, GET /o: old}}");
        let after = names(
            "operations: {a: {GET /x: update, GET /y: update2, GET /z: old2, GET /o: old, GET /w: sha256}}\n\
             request_fields: {a: {line: line, line1: line1}}",
        );
        let found = numbered(&before, &after);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(
            (
                found[0].section.as_str(),
                found[0].name.as_str(),
                found[0].beside.as_str()
            ),
            ("operations", "update2", "GET /x")
        );
    }
}
