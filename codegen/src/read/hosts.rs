//! Reads lists of hosts: `**EU**: eu.api.example.com`.

use super::facts::HostFact;
use super::section::Part;
use crate::dialect::{Dialect, ResourceRow};
use crate::slate::block::BlockKind;
use crate::text::{bare, plain};

/// The hosts in the tables and lists of a part.
pub fn read(part: &Part<'_>, dialect: &Dialect) -> Vec<HostFact> {
    let mut out: Vec<HostFact> = Vec::new();
    let mut listed = HostFact {
        name: part.title.trim_end_matches(':').to_owned(),
        clusters: Vec::new(),
        span: part.span,
    };
    for block in part.blocks {
        match &block.kind {
            BlockKind::Table(table) => {
                for row in table.header.iter().chain(&table.rows) {
                    let name = row
                        .cells
                        .first()
                        .map(|cell| bare(&cell.text))
                        .unwrap_or_default();
                    let value = row
                        .cells
                        .last()
                        .map(|cell| plain(&cell.text))
                        .unwrap_or_default();
                    let named = dialect.resource_row(&name) == Some(ResourceRow::Hosts);
                    let clusters = clusters(&value);
                    if row.cells.len() > 1 && named && !clusters.is_empty() {
                        out.push(HostFact {
                            name: if part.title.is_empty() {
                                name
                            } else {
                                part.title.trim_end_matches(':').to_owned()
                            },
                            clusters,
                            span: row.span,
                        });
                    }
                }
            }
            BlockKind::Item(text) => {
                let found = clusters(&plain(text));
                if found.len() == 1 {
                    if listed.clusters.is_empty() {
                        listed.span = block.span;
                    }
                    listed.clusters.extend(found);
                }
            }
            _ => {}
        }
    }
    if listed.clusters.len() > 1 {
        out.push(listed);
    }
    out
}

/// Names and hosts in a text: one pair a line. Of alternatives the last without `cdn` is meant for servers.
fn clusters(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for line in text.lines() {
        let line = line.replace(['*', '`'], "");
        let Some((name, rest)) = line.split_once(':') else {
            continue;
        };
        let name = name.trim();
        let host = rest
            .split([' ', ',', '['])
            .map(|word| word.trim().trim_end_matches(['/', '.', ']']))
            .rfind(|word| is_host(word));
        let plain_name = !name.is_empty()
            && name.len() < 20
            && name.chars().all(|c| c.is_alphanumeric() || c == ' ');
        if let (true, Some(host)) = (plain_name, host) {
            out.push((name.to_owned(), host.to_owned()));
        }
    }
    out
}

fn is_host(word: &str) -> bool {
    let word = word
        .strip_prefix("https://")
        .or_else(|| word.strip_prefix("http://"))
        .unwrap_or(word);
    let host = word.split('/').next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
        && labels
            .last()
            .is_some_and(|last| last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_of_a_cell() {
        let text = plain(
            "The server. <br>**India**: apac.api.example.co.in <br>**EU**: https://eu.api.example.com <br>**China**: cdn.example.cn.com [or] api.example.cn.com",
        );
        assert_eq!(
            clusters(&text),
            [
                ("India", "apac.api.example.co.in"),
                ("EU", "https://eu.api.example.com"),
                ("China", "api.example.cn.com")
            ]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        assert!(clusters("Note: see the table").is_empty());
    }
}
