//! Reads parameters in running text and in lists: `number* - Number of the parcel`.

use super::facts::{Cells, Names, ParamRow};
use super::name_cell::{NameCell, names};
use super::presence;
use super::row;
use crate::dialect::{Dialect, HeadingKind};
use crate::slate::source::Span;
use crate::text::{is_name_char, plain};

/// Words that a remark begins with, and no parameter is called in prose.
const REMARKS: [&str; 10] = [
    "note",
    "notes",
    "nb",
    "hint",
    "tip",
    "important",
    "warning",
    "caution",
    "attention",
    "remark",
];

/// `id* - Pass the id of the message`, and header names in running text.
pub fn prose_rows(text: &str, span: Span, kind: HeadingKind, dialect: &Dialect) -> Vec<ParamRow> {
    let line_of = (span, Cells::of_line(span));
    let mut out = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let dash = [" - ", " – ", " — ", ": "]
            .iter()
            .filter_map(|dash| line.find(dash).map(|at| (at, dash.len())))
            .min();
        let named = dash.and_then(|(at, len)| {
            // `number (string, required) - Number of the parcel`
            let (name, remark) = match line[..at].split_once('(') {
                Some((name, remark)) => (
                    without_mark(name),
                    remark.trim_end_matches(['_', '*', ' ']).strip_suffix(')')?,
                ),
                None => (&line[..at], ""),
            };
            let (remark, stated) = match presence::of_cell(remark, &dialect.presence) {
                Some(stated) => (String::new(), Some(stated)),
                None => presence::split(remark, &dialect.presence),
            };
            let written = dialect.written_type(&remark).map(|(kind, _)| kind);
            // `**Note**: …`, `__Note__: …`: strong words in front of a remark.
            let strong = name.trim_matches(['*', '_', ' ']).to_lowercase();
            if REMARKS.contains(&strong.as_str()) {
                return None;
            }
            let cell = names(name);
            // `**Content type** - …`: bold is a name, be it spelt with blanks.
            let bold = kind == HeadingKind::Header && line.starts_with("**");
            let one_word = cell.names.len() == 1
                && (bold || !cell.names[0].contains(' '))
                && (bold || name.split_whitespace().count() == 1)
                && (remark.is_empty() || written.is_some());
            let doc = plain(&line[at + len..]);
            one_word.then_some((cell, doc, written, stated))
        });
        if let Some((cell, doc, written, stated)) = named {
            let name = &cell.names[0];
            let header_like = name.contains('-');
            if kind != HeadingKind::Header
                || header_like
                || name.chars().next().is_some_and(char::is_uppercase)
            {
                let row = row::new(cell, written, doc, line_of, &[]);
                let stated =
                    stated.or_else(|| presence::of_description(&row.doc, &dialect.presence));
                out.push(ParamRow { stated, ..row });
            }
        } else if kind == HeadingKind::Header && line.len() < 80 {
            let word = line.trim_matches(['\'', '"', '`', '*', ' ']);
            if word.starts_with("X-") && word.chars().all(is_name_char) {
                let cell = NameCell {
                    names: vec![word.to_owned()],
                    together: Names::One,
                    mark: "*".to_owned(),
                    preset: None,
                };
                out.push(row::new(cell, None, String::new(), line_of, &[]));
            }
        }
    }
    out
}

/// The text without the mark of emphasis that opens behind it.
fn without_mark(name: &str) -> &str {
    let name = name.trim_end();
    name.strip_suffix(" _")
        .or_else(|| name.strip_suffix(" *"))
        .unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::WrittenType;

    #[test]
    fn parameters_in_prose() {
        let dialect = Dialect::parse("d", include_str!("../../../spec/dialect.yaml")).unwrap();
        let rows = prose_rows(
            "id* - Pass the id of the message.",
            Span::new(0, 0, 1),
            HeadingKind::Request,
            &dialect,
        );
        assert_eq!(
            (rows[0].names[0].as_str(), rows[0].mark.as_str()),
            ("id", "*")
        );
        let rows = prose_rows(
            "'X-APP-SIGNATURE'",
            Span::new(0, 0, 1),
            HeadingKind::Header,
            &dialect,
        );
        assert_eq!(rows[0].names, ["X-APP-SIGNATURE"]);
        assert!(
            prose_rows(
                "You need to know this - before you start.",
                Span::new(0, 0, 1),
                HeadingKind::Request,
                &dialect
            )
            .is_empty()
        );
        let rows = prose_rows(
            "`number` (string, required) - Number of the parcel",
            Span::new(0, 0, 1),
            HeadingKind::Request,
            &dialect,
        );
        assert_eq!(rows[0].names, ["number"]);
        assert_eq!(rows[0].stated, Some(true));
        assert_eq!(rows[0].written, Some(WrittenType::String));
    }
}
