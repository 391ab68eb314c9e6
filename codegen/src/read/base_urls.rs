//! Addresses below which all calls are made, as the text outside of operations names them: `The base URL is https://…`.

use super::facts::{BaseFact, Said};
use super::part::Part;
use super::url;
use crate::slate::block::{Block, BlockKind, Table};
use crate::text::plain;

/// Words that say that an address is one for calls.
const SAYS: [&str; 19] = [
    "base url",
    "base uri",
    "base path",
    "base address",
    "base endpoint",
    "url base",
    "uri base",
    "root url",
    "api root",
    "api url",
    "server url",
    "production url",
    "live url",
    "sandbox url",
    "staging url",
    "test url",
    "endpoint",
    "host",
    "basis-url",
];

/// Words that say so where the address itself has `api` in it.
const HINTS: [&str; 11] = [
    "url",
    "uri",
    "address",
    "server",
    "production",
    "live",
    "environment",
    "requests",
    "access",
    "地址",
    "域名",
];

/// Words for machines that are there to try things, and how they are called.
const TRIALS: [(&str, &str); 9] = [
    ("sandbox", "sandbox"),
    ("staging", "staging"),
    ("stage", "staging"),
    ("testnet", "testnet"),
    ("test environment", "test"),
    ("testing", "test"),
    ("development", "development"),
    ("demo", "demo"),
    ("uat", "uat"),
];

/// The addresses that a part names.
pub fn read(part: &Part<'_>) -> Vec<BaseFact> {
    let mut out: Vec<BaseFact> = Vec::new();
    for block in part.blocks {
        for (address, trial) in of_block(part, block) {
            let known = out.iter().any(|known| known.url.text == address);
            if !known {
                out.push(BaseFact {
                    url: Said {
                        text: address,
                        span: block.span,
                    },
                    trial,
                });
            }
        }
    }
    out
}

/// Whether a block names one.
pub fn names_one(part: &Part<'_>, block: &Block) -> bool {
    !of_block(part, block).is_empty()
}

/// The addresses of a block, each with what it is called where it is there to try things.
fn of_block(part: &Part<'_>, block: &Block) -> Vec<(String, Option<&'static str>)> {
    let title = part.title.to_lowercase();
    let text = match &block.kind {
        BlockKind::Paragraph(text) | BlockKind::Item(text) | BlockKind::Aside(text) => plain(text),
        BlockKind::Fence(fence) if says(&title) => fence.body.clone(),
        BlockKind::Table(table) => lines(table),
        _ => return Vec::new(),
    };
    let mut out = Vec::new();
    for line in text.lines() {
        for (before, address) in addresses(line) {
            let lower = before.to_lowercase();
            let alone = line.trim_matches(['`', '*', ' ', ':']).len() <= address.len() + 1;
            let named = says(&lower) || (alone && says(&title));
            let hinted = || {
                let hints = |text: &str| HINTS.iter().any(|word| text.contains(word));
                address.contains("api") && (hints(&lower) || (alone && hints(&title)))
            };
            if named || hinted() {
                let told = format!("{title} {lower} {}", address.to_lowercase());
                let trial = TRIALS.iter().find(|(word, _)| told.contains(word));
                out.push((address.to_owned(), trial.map(|(_, name)| *name)));
            }
        }
    }
    out
}

/// The rows of a table that have one address, and nothing else in its cell, as lines: `Base URL, Test: https://…`.
fn lines(table: &Table) -> String {
    let heads = table.header.iter().flat_map(|row| &row.cells);
    let heads: Vec<String> = heads.map(|cell| plain(&cell.text)).collect();
    let mut out = String::new();
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(|cell| plain(&cell.text)).collect();
        let address = |text: &&String| {
            let text = text.trim_matches(['`', ' ']);
            text.starts_with("http") && !text.contains(char::is_whitespace)
        };
        let mut found = cells.iter().enumerate().filter(|(_, text)| address(text));
        let (Some((at, address)), None) = (found.next(), found.next()) else {
            continue;
        };
        let mut words: Vec<&str> = heads.get(at).map(String::as_str).into_iter().collect();
        let others = cells.iter().enumerate().filter(|(other, _)| *other != at);
        words.extend(others.map(|(_, text)| text.as_str()));
        let words = words.join(", ").replace('\n', " ");
        let address = address.trim_matches(['`', ' ']);
        out.extend([words.as_str(), ": ", address, "\n"]);
    }
    out
}

fn says(lower: &str) -> bool {
    SAYS.iter().any(|words| lower.contains(words))
}

/// The addresses of a line that are no targets of links, each with the text of the line before it.
fn addresses(line: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    for scheme in ["https://", "http://"] {
        for (at, _) in line.match_indices(scheme) {
            let before = &line[..at];
            if before.ends_with("](") || before.ends_with(['=', '/']) {
                continue;
            }
            let ends = |c: char| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '"' | '\'' | '`' | '<' | '>' | ')' | ']' | '*' | ',' | '?' | '。' | '，'
                    )
            };
            let rest = &line[at..];
            let end = rest.find(ends).unwrap_or(rest.len());
            let address = rest[..end].trim_end_matches(['.', ':', ';', '/']);
            let host = address[scheme.len().min(address.len())..].split('/').next();
            let real = host.is_some_and(|host| {
                let plain = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
                url::has_own_part(host) || (host.contains('.') && host.chars().all(plain))
            });
            let path = address.splitn(4, '/').nth(3).unwrap_or_default();
            if real && !path.contains(['{', '$', '#']) {
                out.push((before, address));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slate::block::Block;
    use crate::slate::source::Span;

    fn found(title: &str, text: &str) -> String {
        let span = Span::new(0, 0, 1);
        let blocks = [Block {
            kind: BlockKind::Paragraph(text.to_owned()),
            span,
        }];
        let part = Part {
            level: 2,
            title,
            span,
            kind: None,
            blocks: &blocks,
        };
        let all = read(&part).into_iter();
        all.map(|base| format!("{}{}", base.url.text, base.trial.map_or("", |name| name)))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn addresses_for_calls() {
        for (title, text, want) in [
            (
                "Start",
                "The base URL is https://parcels.test/v1/.",
                "https://parcels.test/v1",
            ),
            (
                "Start",
                "The API root is <code>https://parcels.test</code>",
                "https://parcels.test",
            ),
            ("Base URL", "https://parcels.test", "https://parcels.test"),
            (
                "Sandbox URL",
                "`https://api.parcels.test`",
                "https://api.parcels.testsandbox",
            ),
            (
                "Start",
                "All requests go to **https://api.parcels.test/**",
                "https://api.parcels.test",
            ),
            ("Start", "Ask at https://parcels.test/help, or read on.", ""),
            ("Base URL", "See [this](https://parcels.test).", ""),
            (
                "Base URL",
                "https://{region}.parcels.test",
                "https://{region}.parcels.test",
            ),
            ("Base URL", "https://{region}.test", ""),
            ("Base URL", "https://api.parcels.{zone}", ""),
            ("Base URL", "https://parcels.test/{region}", ""),
        ] {
            assert_eq!(found(title, text), want, "{title}: {text}");
        }
    }
}
