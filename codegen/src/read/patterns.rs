//! The patterns by which descriptions are read.

use std::sync::LazyLock;

use regex::Regex;

/// Patterns are constants: one that does not compile is caught by the tests, and finds nothing here.
fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

pub static INTRODUCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:supported|possible|sample|allowed|valid|accepted|available)\s+)?(?:values?|options)\b\**\s*(?:are|is)?\s*\**:\**\s*",
    )
});
pub static WILL_BE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\b(?:will|can|should|must) be(?: one of| either)?:?\s+"));
pub static ONE_OF_DASH: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"\s-\s|:\s"));
pub static CODE: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"`([^`\n]{1,60})`"));
// However long the word is: to count letters of all scripts takes a megabyte.
pub static QUOTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r#"(?:^|[\s(])['"‘“]([\w-]+)['"’”]"#));
pub static DEFAULT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)\bdefault(?:\s+value)?\s*(?:is|:|-|=|will be)?\s*(?:`([^`\n]+)`|"([^"\n]+)"|(-?\d+(?:\.\d+)?|(?-i:true|false|[A-Z][A-Z_]{2,}))\b)"#,
    )
});
pub static CAN_BE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\bcan be (?:on |any of (?:the )?|one of )?"));
pub static DEFAULT_LANGUAGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)`([^`\n]+)`\s+for\s+[\w ]+\((?:[^)]*\b)?default"));
pub static PASS: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\b(?:pass|set|specify)\s+`([A-Z][A-Z0-9_]*)`\s+(?:to|for)\b"));
pub static DEFAULT_AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)(?:`([^`\n]+)`|\b([\w-]+))\s*\((?:[^)]*\b)?default(?:\s+\w+)?\)")
});
pub static BY_DEFAULT: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)\bby default\b([^.]*)"));
pub static FORMAT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:YYYY|DD|MM)[-/](?:MM|DD)[-/](?:YYYY|DD|MM)(?:[ T]HH[:-]MM(?:[:-]SS)?)?")
});
pub static LIMIT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:can \w+ up to|results?:? up to|at most|not exceed|max(?:imum)?(?: of| limit| length| number)?(?: is| of)?:?) (\d[\d,]*)(\s+characters?)?",
    )
});
pub static NOT_NEGATIVE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\bno negative values?|negative values? (?:is|are) not (?:supported|allowed|accepted)",
    )
});

pub static SEPARATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)\bseparat(?:e|ed|ing)\s(?:[^.:|]{0,60}\s)?(?:by|with|using)\s+(?:an?\s+)?(?:`?,`?|commas?\b)|\bcomma[- ]separated\b",
    )
});

pub static QUERY_FLAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r#"(?i)\bquery\s+param(?:eter)?\s+(?:["“'‘`](\w+)["”'’`]|(\w+)\s*=)[^.]{0,80}?\btrue\b"#,
    )
});

/// The pattern, if it compiles.
pub fn regex(cell: &LazyLock<Option<Regex>>) -> Option<&Regex> {
    LazyLock::force(cell).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_compile() {
        for cell in [
            &INTRODUCED,
            &WILL_BE,
            &ONE_OF_DASH,
            &CODE,
            &QUOTED,
            &DEFAULT,
            &CAN_BE,
            &DEFAULT_LANGUAGE,
            &PASS,
            &DEFAULT_AFTER,
            &BY_DEFAULT,
            &FORMAT,
            &LIMIT,
            &NOT_NEGATIVE,
            &SEPARATED,
            &QUERY_FLAG,
        ] {
            assert!(regex(cell).is_some());
        }
    }
}
