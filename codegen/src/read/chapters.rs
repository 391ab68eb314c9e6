//! Makes an entity of each chapter of a page.

use super::facts::{PageFacts, Said};
use super::operation;
use super::part::{Part, Sections};
use crate::dialect::{Dialect, EntityOf};
use crate::slate::source::Span;
use crate::text::in_latin;

/// Longer names are cut: they are names of files.
const LONGEST: usize = 60;

/// The page as what its chapters are; the page itself where chapters are no entities.
pub fn split(page: PageFacts, sections: &Sections<'_>, dialect: &Dialect) -> Vec<PageFacts> {
    let index = page.name.is_empty();
    let level = match dialect.entity {
        Some(EntityOf::H1) => 1,
        Some(EntityOf::H2) => 2,
        // An index that describes operations itself holds all of them, or those that the dialect has a name for.
        None if index && dialect.index_entity.is_empty() => 1,
        Some(EntityOf::Page) | None => return vec![page],
    };
    let chapter = |span: Span| chapter(sections, span, level);
    let mut out: Vec<PageFacts> = Vec::new();
    let mut rest = page;
    let (operations, codes) = (
        std::mem::take(&mut rest.operations),
        std::mem::take(&mut rest.codes),
    );
    for operation in operations {
        match chapter(operation.span) {
            Some(part) => of(part, &rest, &mut out, dialect)
                .operations
                .push(operation),
            None => rest.operations.push(operation),
        }
    }
    for code in codes {
        let part = chapter(code.span).map(|part| name(part.title));
        let home = out
            .iter_mut()
            .find(|home| Some(&home.name) == part.as_ref());
        home.unwrap_or(&mut rest).codes.push(code);
    }
    if out.is_empty() || !rest.operations.is_empty() || !rest.codes.is_empty() || !index {
        out.insert(0, rest);
    }
    out
}

/// The chapter that something stands in. A heading of the level of chapters that is an operation itself is none.
fn chapter<'a, 'b>(sections: &'a Sections<'b>, span: Span, level: u8) -> Option<&'a Part<'b>> {
    let mut above = sections.parts.iter().rev();
    let mut own = above.find(|part| part.level > 0 && part.span.start <= span.start)?;
    let most = if own.span == span {
        own.level.saturating_sub(1).min(level)
    } else {
        level
    };
    while own.level > most || own.level == 0 {
        own = above.next()?;
    }
    Some(own)
}

/// The facts of a chapter.
fn of<'a>(
    part: &Part<'_>,
    page: &PageFacts,
    out: &'a mut Vec<PageFacts>,
    dialect: &Dialect,
) -> &'a mut PageFacts {
    let name = name(part.title);
    let at = out
        .iter()
        .position(|known| known.name == name)
        .unwrap_or_else(|| {
            let title: &str = part.title;
            out.push(PageFacts {
                name,
                title: title.to_owned(),
                span: part.span,
                doc: operation::paragraphs(part.blocks, dialect),
                operations: Vec::new(),
                codes: Vec::new(),
                hosts: page.hosts.clone(),
                auth: page.auth.clone(),
                intro: Vec::<Said>::new(),
            });
            out.len() - 1
        });
    &mut out[at]
}

/// What a chapter is called as an entity: its words.
fn name(title: &str) -> String {
    let mut out = String::new();
    for c in in_latin(title).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    let out = out.trim_end_matches('_');
    if out.is_empty() {
        "chapter".to_owned()
    } else {
        out.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_called_by_their_words() {
        assert_eq!(name("Order Book (v2)"), "order_book_v2");
        assert_eq!(name("…"), "chapter");
        assert!(name(&"long ".repeat(40)).len() <= LONGEST);
    }
}
