//! Operations whose call is stated nowhere and only shown: in running text, as a message, as a command.

use super::calls;
use super::calls::titled_call;
use super::facts::Said;
use super::outline::is_of_parts;
use super::part;
use super::part::{Part, Sections};
use super::url::{self, METHODS};
use super::{command, owner, request, section, usage};
use crate::dialect::{Dialect, HeadingKind};
use crate::sample::{self, Format};
use crate::slate::block::{BlockKind, Fence};
use crate::slate::source::Span;
use crate::text::plain;

/// How many times as many sections have to show a command as have another statement, for commands to count.
const MOST: usize = 3;

/// Finds the operations of all pages that only show how they are called.
pub fn add<'a>(mut pages: Vec<Sections<'a>>, dialect: &Dialect) -> Vec<Sections<'a>> {
    let known: usize = pages.iter().map(|page| page.operations.len()).sum();
    let hosts = hosts(&pages, dialect);
    for sections in &mut pages {
        let mut found = candidates(sections, dialect, |part| call(part, dialect).is_some());
        let parts = &sections.parts;
        // Where others state their calls, a message alone, in a chapter without operations, shows something else; so does
        // one that goes elsewhere.
        if sections.operations.is_empty() && known > found.len() * MOST {
            found.retain(|&at| answers(parts, at));
        }
        found.retain(|&at| {
            let host = call(&parts[at], dialect).and_then(|said| host(&said.text, dialect));
            host.is_none_or(|host| hosts.is_empty() || hosts.contains(&host))
        });
        take(sections, &found);
    }
    // Commands stand beside other statements in most docs, and in their chapters about authentication too: they count in
    // docs that say it in no other way.
    let stated: usize = pages.iter().map(|page| page.operations.len()).sum();
    let found: Vec<Vec<usize>> = pages
        .iter()
        .map(|page| candidates(page, dialect, |part| commanded(part).is_some()))
        .collect();
    let count: usize = found.iter().map(Vec::len).sum();
    if dialect.calls_in_samples.unwrap_or(count > stated * MOST) {
        for (page, found) in pages.iter_mut().zip(&found) {
            take(page, found);
        }
    }
    pages
}

/// The hosts of all calls that are stated; none where one of them is stated without.
fn hosts(pages: &[Sections<'_>], dialect: &Dialect) -> Vec<String> {
    let stated = pages.iter().flat_map(|page| {
        let parts = page.operations.iter().flatten();
        let parts = parts.map(|&at| &page.parts[at]);
        parts.flat_map(|part| {
            let texts = request::texts(part).into_iter();
            let lines = texts.flat_map(|(text, _)| request::lines(&text, dialect));
            lines
                .filter(|line| calls::calls(line, dialect))
                .collect::<Vec<_>>()
        })
    });
    let hosts: Option<Vec<String>> = stated.map(|line| host(&line, dialect)).collect();
    hosts.unwrap_or_default()
}

/// The host of a call.
fn host(call: &str, dialect: &Dialect) -> Option<String> {
    let url = url::parse(call, &dialect.wire.format_suffixes)?;
    Some(url.host).filter(|host| !host.is_empty())
}

/// True for a heading below which something belongs to a call beside its message: a table, or another message.
fn answers(parts: &[Part<'_>], at: usize) -> bool {
    let below = parts[at + 1..]
        .iter()
        .take_while(|part| part.level > parts[at].level);
    let own = parts[at..=at].iter().chain(below);
    own.flat_map(|part| part.blocks)
        .any(|block| match &block.kind {
            BlockKind::Table(_) => true,
            BlockKind::Fence(fence) => matches!(
                sample::format_of(&fence.body),
                Some(Format::Json | Format::Xml)
            ),
            _ => false,
        })
}

/// The headings of operations that no other statement found.
fn candidates(
    sections: &Sections<'_>,
    dialect: &Dialect,
    shows: impl Fn(&Part<'_>) -> bool,
) -> Vec<usize> {
    let parts = &sections.parts;
    let free = sections.others().filter(|&at| {
        let part = &parts[at];
        let kind = matches!(
            part.kind,
            None | Some(HeadingKind::Request | HeadingKind::Url)
        );
        kind && shows(part) && (part.level > 1 || is_whole(parts, at))
    });
    let mut out: Vec<usize> = free
        .filter_map(|at| {
            let part = &parts[at];
            if part.level == 2 && part.kind.is_some() {
                (0..at).rev().find(|&above| is_whole(parts, above))
            } else if part.kind.is_some() || (part.level > 2 && is_of_parts(part.title)) {
                owner::owner(parts, at)
            } else {
                Some(at)
            }
        })
        .filter(|&owner| !section::never(parts, owner, dialect))
        .filter(|&owner| !is_made_by_the_api(parts, owner, dialect))
        .filter(|owner| {
            sections
                .operations
                .iter()
                .all(|parts| !parts.contains(owner))
        })
        .collect();
    out.dedup();
    out
}

/// True for a section that says that its call goes to an address that callers give.
fn is_made_by_the_api(parts: &[Part<'_>], owner: usize, dialect: &Dialect) -> bool {
    let below = parts[owner + 1..]
        .iter()
        .take_while(|part| part.level > parts[owner].level);
    let mut own = parts[owner..=owner].iter().chain(below);
    own.any(|part| {
        let texts = request::texts(part).into_iter();
        let mut lines = texts.flat_map(|(text, _)| request::lines(&text, dialect));
        lines.any(|line| calls::of_caller(&line, dialect))
    })
}

/// True for a chapter that may be one operation: all below it are parts of one, and it shows a message.
fn is_whole(parts: &[Part<'_>], chapter: usize) -> bool {
    let below = parts[chapter + 1..]
        .iter()
        .take_while(|part| part.level > 1);
    let inside = below.clone().filter(|part| part.level == 2);
    let whole = parts[chapter..=chapter].iter().chain(below);
    let messages = whole.flat_map(|part| part.blocks).any(|block| {
        let BlockKind::Fence(fence) = &block.kind else {
            return false;
        };
        matches!(
            sample::format_of(&fence.body),
            Some(Format::Json | Format::Xml)
        )
    });
    parts[chapter].level == 1
        && parts[chapter].kind.is_none()
        && messages
        && inside.clone().all(|part| part.kind.is_some())
}

/// Takes these headings as operations, too.
fn take(sections: &mut Sections<'_>, found: &[usize]) {
    if found.is_empty() {
        return;
    }
    let known = sections.operations.iter().filter_map(|parts| parts.first());
    let mut owners: Vec<usize> = known.chain(found).copied().collect();
    owners.sort_unstable();
    owners.dedup();
    let extent = |&owner: &usize| part::extent(&sections.parts, owner, &owners);
    sections.operations = owners.iter().map(extent).collect();
}

/// The call that a part shows: as a message that is sent, or as the only one that its text speaks of.
pub fn call(part: &Part<'_>, dialect: &Dialect) -> Option<Said> {
    let fences = part.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Fence(fence) => Some((message(fence, dialect)?, block.span)),
        _ => None,
    });
    let message = fences.map(|(text, span)| Said { text, span }).next();
    message.or_else(|| spoken(part, dialect))
}

/// `POST /parcels HTTP/1.1` as the first line of a block. Remarks may stand above it in a block that is said to be HTTP.
fn message(fence: &Fence, dialect: &Dialect) -> Option<String> {
    let lines = fence.body.lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty());
    let call = |line: &str| {
        let line = line.split(" HTTP/").next()?.trim_end();
        if titled_call(line, dialect) {
            return Some(line.to_owned());
        }
        // `post https://…`: a method in small letters, as commands have names.
        let (method, address) = line.split_once(' ')?;
        let whole = address.contains("://") && !address.contains(char::is_whitespace);
        let method = url::method_named(method).filter(|_| whole)?;
        Some(format!("{method} {address}"))
    };
    let first = call(lines.next()?);
    first.or_else(|| {
        let http = fence.lang.eq_ignore_ascii_case("http");
        lines.find_map(call).filter(|_| http)
    })
}

/// The one call in code marks that the text of a section speaks of, where samples or tables show that it is about a call.
fn spoken(part: &Part<'_>, dialect: &Dialect) -> Option<Said> {
    let shows = part
        .blocks
        .iter()
        .any(|block| matches!(block.kind, BlockKind::Fence(_) | BlockKind::Table(_)));
    if !shows {
        return None;
    }
    let mut out: Option<Said> = None;
    for block in part.blocks {
        let BlockKind::Paragraph(text) = &block.kind else {
            continue;
        };
        let text = plain(text);
        for code in text.split('`').skip(1).step_by(2) {
            let code = code.trim();
            if !METHODS.iter().any(|method| code.starts_with(method)) || !titled_call(code, dialect)
            {
                continue;
            }
            if out.as_ref().is_some_and(|known| known.text != code) {
                return None;
            }
            out.get_or_insert_with(|| Said {
                text: code.to_owned(),
                span: block.span,
            });
        }
    }
    out
}

/// The call that the first command of a part makes; without a command, that of code in a programming language.
pub fn commanded(part: &Part<'_>) -> Option<Said> {
    let first = |call: fn(&str, Span) -> Option<Said>| {
        part.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Fence(fence) => call(&fence.body, block.span),
            _ => None,
        })
    };
    first(command::call).or_else(|| first(usage::call))
}
