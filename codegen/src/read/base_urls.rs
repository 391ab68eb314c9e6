//! Addresses below which all calls are made, as the text outside of operations names them: `The base URL is https://…`.

use super::facts::{BaseFact, Said};
use super::part::Part;
use crate::slate::block::BlockKind;
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
    let title = part.title.to_lowercase();
    let mut out: Vec<BaseFact> = Vec::new();
    for block in part.blocks {
        let text = match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Item(text) | BlockKind::Aside(text) => {
                plain(text)
            }
            BlockKind::Fence(fence) if says(&title) => fence.body.clone(),
            _ => continue,
        };
        for line in text.lines() {
            for (before, address) in addresses(line) {
                let lower = before.to_lowercase();
                let alone = line.trim_matches(['`', '*', ' ', ':']).len() <= address.len() + 1;
                let named = says(&lower) || (alone && says(&title));
                let hinted = || {
                    let hints = |text: &str| HINTS.iter().any(|word| text.contains(word));
                    address.contains("api") && (hints(&lower) || (alone && hints(&title)))
                };
                if !named && !hinted() {
                    continue;
                }
                let told = format!("{title} {lower} {}", address.to_lowercase());
                let trial = TRIALS.iter().find(|(word, _)| told.contains(word));
                let known = out.iter().any(|known| known.url.text == address);
                if !known {
                    out.push(BaseFact {
                        url: Said {
                            text: address.to_owned(),
                            span: block.span,
                        },
                        trial: trial.map(|(_, name)| *name),
                    });
                }
            }
        }
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
                host.contains('.')
                    && host
                        .chars()
                        .all(|c| c.is_ascii_alphanumeric() || "-.:".contains(c))
            });
            if real && !address.contains(['{', '$', '#']) {
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
            ("Base URL", "https://{region}.parcels.test", ""),
        ] {
            assert_eq!(found(title, text), want, "{title}: {text}");
        }
    }
}
