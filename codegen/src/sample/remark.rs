//! Remarks of authors inside samples, in whatever format.

/// True for a line that is a remark of the author inside a sample.
pub(crate) fn is_remark_line(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//")
}

/// What a line says that is a remark of the author in front of a sample, in the manner of any language.
pub(crate) fn leading_remark(line: &str) -> Option<&str> {
    let line = line.trim();
    let inner = line
        .strip_prefix("<!--")
        .and_then(|rest| rest.strip_suffix("-->"))
        .or_else(|| {
            line.strip_prefix("/*")
                .and_then(|rest| rest.strip_suffix("*/"))
        })
        .or_else(|| line.strip_prefix("-- "))
        .or_else(|| is_remark_line(line).then_some(line))?;
    let text = inner.trim_start_matches(['#', '/', ' ']);
    Some(text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '-')))
}

#[cfg(test)]
mod tests {
    use super::leading_remark;

    #[test]
    fn remarks_in_the_manner_of_any_language() {
        for line in [
            "# The answer",
            "// The answer",
            "<!-- The answer -->",
            "/* The answer */",
            "-- The answer --",
            "/** The answer **/",
        ] {
            assert_eq!(leading_remark(line), Some("The answer"), "{line}");
        }
        for line in ["<parcel/>", "{\"a\": 1}", "-1", "--", ""] {
            assert_eq!(leading_remark(line), None, "{line}");
        }
    }
}
