//! Which operation a request is for.

use std::cmp::Reverse;

use percent_encoding::percent_decode_str;

use super::check;
use super::documented::{Documented, Mark};
use super::refusal::Sent;
use crate::wire::{Format, Node};

/// What a request asks for by its method and path.
pub(super) enum Routed<'t> {
    /// One of these operations, and the format that the path ends in.
    To(Vec<&'t Documented>, Option<Format>),
    /// Operations have this path, by other methods.
    OtherMethods(Vec<&'static str>),
    Nowhere,
}

/// Finds the operations with this method and path.
pub(super) fn route<'t>(table: &'t [Documented], method: &str, path: &str) -> Routed<'t> {
    let at = |path: &str| -> Vec<((usize, Reverse<usize>), &'t Documented)> {
        let fits = table
            .iter()
            .filter_map(|known| Some((fit(known, path)?, known)));
        fits.collect()
    };
    let mut format = None;
    let mut found = at(path);
    if found.is_empty() {
        for (ending, named) in [(".json", Format::Json), (".xml", Format::Xml)] {
            if let Some(path) = path.strip_suffix(ending) {
                found = at(path);
                format = Some(named);
            }
        }
    }
    let (mut by_method, others): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|(_, known)| known.operation.method.as_str() == method);
    if !by_method.is_empty() {
        // A path without parameters is nearer than one that has them.
        let nearest = by_method.iter().map(|(parameters, _)| *parameters).min();
        by_method.retain(|(parameters, _)| Some(*parameters) == nearest);
        let by_method = by_method.into_iter().map(|(_, known)| known);
        return Routed::To(by_method.collect(), format);
    }
    if others.is_empty() {
        return Routed::Nowhere;
    }
    let mut methods: Vec<&str> = others
        .iter()
        .map(|(_, known)| known.operation.method.as_str())
        .collect();
    methods.sort_unstable();
    methods.dedup();
    Routed::OtherMethods(methods)
}

/// Whether a path is one of an operation's, and how near: the fewer parameters are in it, and the more of it is written out.
fn fit(known: &Documented, path: &str) -> Option<(usize, Reverse<usize>)> {
    let path = path.strip_suffix(known.operation.suffix.unwrap_or(""))?;
    let templates = std::iter::once(&known.operation.path).chain(known.alternatives);
    templates
        .filter_map(|template| Some((parameters(template, path)?, Reverse(written(template)))))
        .min()
}

/// How much of a template is no placeholder.
fn written(template: &str) -> usize {
    let pieces = template.split('{');
    let words = pieces.map(|piece| piece.split_once('}').map_or(piece, |(_, word)| word));
    words.map(str::len).sum()
}

fn parameters(template: &str, path: &str) -> Option<usize> {
    let (mut template, mut path) = (
        template.trim_matches('/').split('/'),
        path.strip_prefix('/')?.split('/'),
    );
    let mut count = 0;
    loop {
        match (template.next(), path.next()) {
            (None, None) => return Some(count),
            (Some(wanted), Some("")) if !wanted.is_empty() => return None,
            (Some(wanted), Some(there)) if wanted.contains('{') => {
                let there = percent_decode_str(there).decode_utf8().ok()?;
                count += values(wanted, &there)?;
            }
            (Some(wanted), Some(there)) if percent_decode_str(there).eq(wanted.bytes()) => {}
            _ => return None,
        }
    }
}

/// How many values a part of a path has at the placeholders of a template, such as `{name}.{type}`; what stands between
/// them is where it first comes, and at the end of both.
fn values(template: &str, there: &str) -> Option<usize> {
    let (mut template, mut rest) = (template, there);
    let mut count = 0;
    while let Some((before, behind)) = template.split_once('{') {
        rest = rest.strip_prefix(before)?;
        let (_, next) = behind.split_once('}')?;
        let word = next.split('{').next().unwrap_or_default();
        let last = word.len() == next.len();
        let end = if last {
            rest.len()
                .checked_sub(word.len())
                .filter(|_| rest.ends_with(word))?
        } else {
            rest.find(word)?
        };
        if end == 0 {
            return None;
        }
        (rest, template) = (&rest[end..], next);
        count += 1;
    }
    (rest == template).then_some(count)
}

/// The parameters of a query, decoded.
pub(super) fn query(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let text = text.replace('+', " ");
        percent_decode_str(&text).decode_utf8_lossy().into_owned()
    };
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

/// The operations whose documented requests are most like this one: several where nothing tells them apart, and those for
/// which a behaviour is set before the others.
pub(super) fn most_like<'t>(
    candidates: &[&'t Documented],
    query: &[(String, String)],
    body: Option<&Sent<'_>>,
    is_scripted: impl Fn(&str) -> bool,
) -> Vec<&'t Documented> {
    let score = |known: &Documented| {
        let body = body.and_then(|sent| sent.content(known.operation));
        let (mut points, mut absent) = (0_usize, 0_usize);
        for mark in known.request {
            match mark {
                Mark::Query(name) if query.iter().any(|(other, _)| other == name) => points += 1,
                Mark::Key(path) if body.is_some_and(|body| holds(body, path, None)) => points += 1,
                Mark::Query(_) | Mark::Key(_) => absent += 1,
                // What a member says counts more than that it is there.
                Mark::Value(path, value) => {
                    let there = body.is_some_and(|body| holds(body, path, Some(value)));
                    points += if there { 4 } else { 0 };
                }
            }
        }
        let scripted = is_scripted(known.operation.id);
        (points, Reverse(absent), scripted)
    };
    let best = candidates.iter().map(|known| score(known)).max();
    let mut nearest = candidates.to_vec();
    nearest.retain(|known| Some(score(known)) == best);
    nearest
}

/// Whether a body, or any item of it, has something at a path: any value but "nothing", or this one.
fn holds(body: &Node<'_>, path: &[&str], value: Option<&str>) -> bool {
    let mut found = false;
    check::visit(body, path, &mut |node| {
        found |= match value {
            None => !node.is_empty(),
            Some(value) => check::text(node).is_some_and(|text| text.eq_ignore_ascii_case(value)),
        };
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_behind_a_placeholder_is_a_part_of_the_path() {
        for (template, path, want) in [
            ("/parcels/{id}.json", "/parcels/7.json", Some(1)),
            ("/parcels/{id}.json", "/parcels/7", None),
            ("/parcels/{id}.json", "/parcels/.json", None),
            ("/parcels/{id}", "/parcels/7", Some(1)),
            ("/parcels/{id}", "/parcels/", None),
            ("/parcels", "/parcels", Some(0)),
            ("/files/{name}.{type}", "/files/a.png", Some(2)),
            ("/files/{name}.{type}", "/files/a", None),
            ("/range/{from}-{to}", "/range/1-9", Some(2)),
            ("/range/{from}-{to}", "/range/1-", None),
            ("/Parcels({id})", "/Parcels(7)", Some(1)),
            ("/Parcels(id='{id}')", "/Parcels(id=%277%27)", Some(1)),
            ("/Parcels({id})", "/Parcels()", None),
        ] {
            assert_eq!(parameters(template, path), want, "{template} {path}");
        }
    }
}
