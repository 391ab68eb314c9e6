//! Headers that several places of the docs name, each in its own way.

use super::facts::{ApiFacts, Facts};
use super::part::Sections;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::HeadingKind;
use crate::slate::block::BlockKind;

/// `Content type` is the header that other tables call `Content-Type`.
pub fn spell(mut facts: Facts) -> Facts {
    let operations = facts.pages.iter_mut().flat_map(|page| &mut page.operations);
    let tables = operations.flat_map(|operation| &mut operation.tables);
    let rows = tables
        .filter(|table| table.kind == HeadingKind::Header)
        .flat_map(|table| &mut table.rows);
    let mut names: Vec<&mut String> = rows
        .chain(&mut facts.api.headers)
        .flat_map(|row| &mut row.names)
        .collect();
    let known: Vec<String> = names
        .iter()
        .filter(|name| name.contains('-'))
        .map(|name| (*name).clone())
        .collect();
    for name in names.iter_mut().filter(|name| name.contains(' ')) {
        let hyphens = name.split_whitespace().collect::<Vec<_>>().join("-");
        let own = known
            .iter()
            .find(|known| known.eq_ignore_ascii_case(&hyphens));
        if let Some(own) = own {
            own.clone_into(name);
        }
    }
    facts
}

/// Reports headers that running text names and no table has, each where it is named first.
pub fn spoken(sections: &Sections<'_>, api: &ApiFacts, diagnostics: &mut Diagnostics) {
    let mut known: Vec<String> = api
        .headers
        .iter()
        .flat_map(|row| &row.names)
        .map(|name| name.to_lowercase())
        .collect();
    let parts = sections.others().map(|at| &sections.parts[at]);
    let parts = parts.filter(|part| part.kind != Some(HeadingKind::Header));
    for block in parts.flat_map(|part| part.blocks) {
        let (BlockKind::Paragraph(text) | BlockKind::Aside(text) | BlockKind::Item(text)) =
            &block.kind
        else {
            continue;
        };
        let words = text.split(|c: char| !crate::text::is_name_char(c));
        for name in words.filter(|word| word.starts_with("X-") && word.len() > 3) {
            if known.contains(&name.to_lowercase()) {
                continue;
            }
            known.push(name.to_lowercase());
            diagnostics.push(
                Code::UnreadRule,
                block.span,
                format!("{name} is a header that only running text names"),
                "it is not in the spec",
            );
            diagnostics.about_last(name);
        }
    }
}
