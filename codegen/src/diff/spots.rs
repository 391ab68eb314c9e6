//! Better places of changes, where the texts are known: specs have headings where a text is, and nothing for what is not there.

use super::change::{Change, Report};
use super::lines;
use super::page::{Line, Page};
use super::rules::Rule;
use crate::slate::{self, INDEX, Texts};
use crate::spec::{Source, Spec};

/// The place of what is nowhere in particular.
pub fn nowhere() -> Source {
    Source {
        file: INDEX.to_owned(),
        line: 1,
    }
}

/// A spec, and the texts that it is made of.
type Docs<'a> = (&'a Spec, &'a Texts);

/// Gives changes the best places that there are in the texts.
pub fn refine(report: &mut Report, old: Docs<'_>, new: Docs<'_>) {
    for change in &mut report.changes {
        if change.rule == Rule::Reworded {
            reworded(change, old, new);
        }
        let (is_old, is_new) = (
            change
                .old_source
                .as_ref()
                .is_some_and(|at| *at == nowhere()),
            change
                .new_source
                .as_ref()
                .is_some_and(|at| *at == nowhere()),
        );
        match (is_old, is_new) {
            (true, true) => {
                change.old_source = Some(of_all(change, old.1));
                change.new_source = Some(of_all(change, new.1));
            }
            (true, false) => {
                change.old_source = change
                    .new_source
                    .as_ref()
                    .map(|at| across(at, new.1, old.1));
            }
            (false, true) => {
                change.new_source = change
                    .old_source
                    .as_ref()
                    .map(|at| across(at, old.1, new.1));
            }
            (false, false) => {}
        }
    }
}

/// What the docs say of a subject at a place, and which of them says it.
pub fn text_at<'s>(spec: &'s Spec, subject: &str, at: &Source) -> Option<&'s str> {
    let mut entities = spec.entities.iter();
    match subject {
        "operation" => {
            let mut all = entities.flat_map(|entity| &entity.operations);
            all.find(|one| one.source == *at).map(|one| &*one.doc)
        }
        "entity" => entities.find(|one| one.source == *at).map(|one| &*one.doc),
        _ if subject.starts_with("authentication") => {
            let mut all = spec.api.auth.iter();
            all.find(|one| one.source == *at).map(|one| &*one.doc)
        }
        _ => None,
    }
}

/// Gives a description that was reworded the place of the first line that the other side does not say; that of its first line
/// where there is none.
fn reworded(change: &mut Change, old: Docs<'_>, new: Docs<'_>) {
    let text = |docs: Docs<'_>, at: &Option<Source>| -> String {
        let text = at
            .as_ref()
            .and_then(|at| text_at(docs.0, &change.subject, at));
        text.unwrap_or_default().to_owned()
    };
    let texts = (text(old, &change.old_source), text(new, &change.new_source));
    let line = |docs: Docs<'_>, at: Option<&Source>, own: &str, other: &str| {
        let at = at?;
        let page = Page::of(docs.1, &at.file)?;
        let section = page.section(at.line)?;
        let (said, kept) = (page.said(&section, own), page.said(&section, other));
        let first = said
            .iter()
            .find(|line| !kept.contains(line))
            .or(said.first());
        Some(Source {
            line: *first?,
            ..at.clone()
        })
    };
    let places = (
        line(old, change.old_source.as_ref(), &texts.0, &texts.1),
        line(new, change.new_source.as_ref(), &texts.1, &texts.0),
    );
    change.old_source = places.0.or(change.old_source.take());
    change.new_source = places.1.or(change.new_source.take());
}

/// The place of what concerns all of the docs.
fn of_all(change: &Change, texts: &Texts) -> Source {
    let index = index(texts);
    let page = Page::of(texts, &index);
    let title = page.filter(|_| change.rule == Rule::ApiRetitled);
    Source {
        line: title
            .and_then(|page| page.find(|line| line.starts_with("title:")))
            .unwrap_or(1),
        file: index,
    }
}

fn index(texts: &Texts) -> String {
    let mut paths = texts.0.iter().map(|(path, _)| path);
    let index = paths.find(|path| slate::is_index(path));
    index.map_or_else(|| INDEX.to_owned(), String::clone)
}

/// Where that would stand in other texts which stands at a place of these: behind what is above it, or above its page in the
/// index.
pub fn across(at: &Source, own: &Texts, other: &Texts) -> Source {
    let beside = |path: &str, line: u32| -> Option<Source> {
        let (here, there) = (Page::of(own, path)?, Page::of(other, path)?);
        Some(Source {
            file: path.to_owned(),
            line: before(line, &here.lines(), &there.lines())?,
        })
    };
    let by_index = || {
        let index = index(own);
        let listed = Page::of(own, &index)?.find(|line| lists(line, &at.file))?;
        beside(&index, listed)
    };
    beside(&at.file, at.line)
        .or_else(by_index)
        .unwrap_or_else(|| Source {
            file: index(other),
            line: 1,
        })
}

/// Whether a line of an index lists a page: `- parcel`.
pub fn lists(line: &str, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name
        .trim_start_matches('_')
        .split('.')
        .next()
        .unwrap_or(name);
    let listed = line
        .strip_prefix('-')
        .map(|rest| rest.trim().trim_matches(['"', '\'']));
    listed.is_some_and(|listed| listed.trim_start_matches('_').split('.').next() == Some(name))
}

/// The line of a side behind which a line of the other would stand: the nearest before it that this side has, once. Nothing
/// for a side without lines.
pub fn before(line: u32, other: &[Line], own: &[Line]) -> Option<u32> {
    let (start, _) = own.first()?;
    let texts: Vec<&str> = own.iter().map(|(_, text)| text.as_str()).collect();
    let at = lines::once(&texts);
    let above = other.iter().rev().filter(|(number, _)| *number < line);
    let mut known = above.filter_map(|(_, text)| own.get((*at.get(&text.as_str())?)?));
    Some(known.next().map_or(*start, |(line, _)| *line))
}
