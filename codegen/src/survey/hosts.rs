//! Which hosts are called?

use super::clue::Tally;
use super::draft::Draft;
use crate::read::command;
use crate::slate::block::BlockKind;

/// Hosts of request lines and of commands with their schemes, the most frequent first.
pub fn ask(draft: &Draft) -> Vec<(String, usize)> {
    let mut tally: Tally = Tally::default();
    let mut see = |address: &str| {
        if let Some(host) = host(address) {
            tally.add(&host);
        }
    };
    for operation in draft.operations() {
        for (_, said) in operation.urls.iter().chain(&operation.uris) {
            see(&said.text);
        }
    }
    for under in draft.blocks() {
        if let BlockKind::Fence(fence) = &under.block.kind {
            let command = command::read(&fence.body);
            if let Some(address) = command.and_then(|command| command.address) {
                see(&address);
            }
        }
    }
    let all = tally.sorted().into_iter();
    all.map(|(host, count, ())| (host, count)).collect()
}

/// `https://api.example.com` of an address.
fn host(address: &str) -> Option<String> {
    let at = address.find("://")?;
    let start = address[..at]
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |before| {
            before + address[before..].chars().next().map_or(1, char::len_utf8)
        });
    let rest = address.get(at + 3..)?;
    let end = rest
        .find(|c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '`'))
        .unwrap_or(rest.len());
    // Who calls stands before the host.
    let host = rest[..end].rsplit('@').next()?;
    (!host.is_empty()).then(|| format!("{}://{host}", &address[start..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_an_address() {
        for (address, want) in [
            (
                "GET https://api.example.com/parcels",
                Some("https://api.example.com"),
            ),
            ("`http://{host}:80?x`", Some("http://{host}:80")),
            (
                "https://key:secret@api.example.com",
                Some("https://api.example.com"),
            ),
            ("GET /parcels", None),
            ("://", None),
            ("é://x", Some("://x")),
        ] {
            assert_eq!(host(address).as_deref(), want, "{address}");
        }
    }
}
