//! Pages that a page takes in where a line of its template engine says so: `<%= partial "includes/v2/parcels" %>`.

use std::sync::LazyLock;

use regex::Regex;

use super::index::partial_paths;

/// Deeper is a circle.
pub(super) const DEEPEST: usize = 8;

static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^\s*<%=\s*(?:partial|render)[\s(]+:?["']?(?<name>[\w./-]+)["']?[^%]*%>\s*$"#).ok()
});

/// The name that a line takes in.
pub(super) fn name(line: &str) -> Option<&str> {
    if !line.contains("<%=") {
        return None;
    }
    LINE.as_ref()?
        .captures(line)
        .and_then(|found| found.name("name"))
        .map(|name| name.as_str())
}

/// The paths at which what a page takes in may be, and its name, for each line that does so.
pub(super) fn of<'t>(page: &str, text: &'t str) -> Vec<(usize, &'t str, Vec<String>)> {
    let lines = text.lines().enumerate();
    let named = lines.filter_map(|(at, line)| Some((at, name(line)?)));
    named
        .map(|(at, name)| (at, name, partial_paths(page, name)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_what_it_takes_in() {
        for (line, want) in [
            (
                "<%= partial \"includes/v2/parcels\" %>",
                Some("includes/v2/parcels"),
            ),
            (
                "  <%= partial('includes/parcels') %>",
                Some("includes/parcels"),
            ),
            (
                "<%= partial \"includes/a\", locals: { x: 1 } %>",
                Some("includes/a"),
            ),
            ("<%= api_url %>/parcels", None),
            ("see <%= partial \"a\" %>", None),
        ] {
            assert_eq!(name(line), want, "{line}");
        }
    }
}
