//! Which marks of template engines and which notations in addresses hide how calls are made?

use std::sync::LazyLock;

use regex::Regex;

use super::clue::{Clue, times};
use super::draft::Draft;
use super::yaml;
use crate::read::url::METHODS;

/// Notations: a pattern, what stands there instead, and what it is called.
const NOTATIONS: [(&str, &str, &str); 14] = [
    (r"<%=?\s*([\w.]+)[^%\n]*%>", "{$1}", "a call of ERB"),
    (r"\{%[^%\n]*%\}", "", "a tag of Liquid"),
    (
        r"\[\[\s*([\w.-]+)\s*\]\]",
        "{$1}",
        "a variable in double brackets",
    ),
    (r"#\{\s*([\w.]+)[^}\n]*\}", "{$1}", "a variable of Ruby"),
    (r"\$\{([A-Za-z_]\w*)\}", "{$1}", "a variable of a shell"),
    (r"\$([A-Za-z_]\w*)/", "{$1}/", "a variable of a shell"),
    (r"\(\?([^)\s`]*)\)?", "?$1", "an optional query in brackets"),
    (
        r"\[\?([^\]\s`]*)\]?",
        "?$1",
        "an optional query in square brackets",
    ),
    (
        r"\[(/[^\]\s`]*)\]",
        "$1",
        "an optional segment in square brackets",
    ),
    (
        r"/\[([\w-]+)\]",
        "/{$1}",
        "a placeholder in square brackets",
    ),
    (r"/\(([\w-]+)\)", "/{$1}", "a placeholder in brackets"),
    (r"/\*+([\w-]+)\*+", "/{$1}", "a placeholder in italics"),
    (
        r"/\$([A-Za-z_]\w*)",
        "/{$1}",
        "a placeholder behind a dollar sign",
    ),
    (r"\\([_<>{}*:\[\]])", "$1", "an escaped character"),
];

static PATTERNS: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let patterns = NOTATIONS.iter();
    patterns
        .map(|(pattern, _, _)| Regex::new(pattern).ok())
        .collect()
});

/// Notations in lines that say how a call is made.
pub fn ask(draft: &Draft) -> Vec<Clue> {
    let mut counts = [0_usize; NOTATIONS.len()];
    for (_, file) in draft.sources().files() {
        let calls =
            |line: &&str| line.contains('/') && METHODS.iter().any(|method| line.contains(method));
        for line in file.text.lines().filter(calls) {
            for (count, pattern) in counts.iter_mut().zip(PATTERNS.iter()) {
                *count += usize::from(pattern.as_ref().is_some_and(|it| it.is_match(line)));
            }
        }
    }
    let found = NOTATIONS.iter().zip(counts).filter(|(_, count)| *count > 0);
    found
        .map(|((pattern, with, what), count)| {
            let item = format!(
                "{{pattern: {}, with: {}}}",
                yaml::pattern(pattern),
                yaml::pattern(with)
            );
            let lines = times(count, "line with a method has", "lines with a method have");
            Clue::listed(
                &["substitute"],
                Some(item),
                count,
                format!("{lines} {what}"),
            )
        })
        .collect()
}
