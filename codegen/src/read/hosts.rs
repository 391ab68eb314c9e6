//! Reads lists of hosts: `**EU**: eu.api.example.com`.

use super::facts::HostFact;
use super::part::Part;
use crate::diagnostics::{Code, Diagnostics};
use crate::dialect::{Dialect, ResourceRow};
use crate::slate::block::BlockKind;
use crate::slate::source::Span;
use crate::text::{bare, plain};

/// The hosts in the tables and lists of a part.
pub fn read(part: &Part<'_>, dialect: &Dialect, diagnostics: &mut Diagnostics) -> Vec<HostFact> {
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
                    // Several names with a host each are a list of hosts, whatever it is called.
                    let listed = named && !clusters.is_empty() || clusters.len() > 1;
                    if row.cells.len() > 1 && listed {
                        let clusters = one_each(clusters, row.span, diagnostics);
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
                    listed
                        .clusters
                        .extend(one_each(found, block.span, diagnostics));
                }
            }
            _ => {}
        }
    }
    let all: Vec<&String> = listed.clusters.iter().map(|(_, host)| host).collect();
    if listed.clusters.len() > 1 && !are_words(&all) {
        out.push(listed);
    }
    out
}

/// Names and hosts in a text: one name a line, with one host or several.
fn clusters(text: &str) -> Vec<(String, Vec<String>)> {
    let mut out = Vec::new();
    for line in text.lines() {
        let line = line.replace(['*', '`'], "");
        let whole = addresses(&line);
        if !whole.is_empty() {
            out.extend(whole);
            continue;
        }
        let Some((name, rest)) = line.split_once(':') else {
            continue;
        };
        let name = name.trim();
        let hosts: Vec<String> = rest
            .split([' ', ',', '['])
            .map(|word| word.trim().trim_end_matches(['/', '.', ']']))
            .filter(|word| is_host(word))
            .map(str::to_owned)
            .collect();
        let hosts = if are_words(&hosts) { Vec::new() } else { hosts };
        let plain_name = !name.is_empty()
            && name.len() < 20
            && name.chars().all(|c| c.is_alphanumeric() || c == ' ');
        if plain_name && !hosts.is_empty() {
            out.push((name.to_owned(), hosts));
        }
    }
    out
}

/// The hosts of addresses that nothing stands in front of. Each is called by its first name: `https://eu.example.com or
/// https://us.example.com` are `eu` and `us`.
fn addresses(line: &str) -> Vec<(String, Vec<String>)> {
    let is_address = |word: &str| word.starts_with("http://") || word.starts_with("https://");
    if !is_address(line.trim_start()) {
        return Vec::new();
    }
    let words = line.split([' ', ',', '[', ']', '(', ')', '|']);
    let hosts = words.filter(|word| is_address(word)).filter_map(|word| {
        let (_, host) = word.split_once("://")?;
        let host = host.trim_end_matches(['/', '.', ';']);
        is_host(host).then_some(host)
    });
    let named = hosts.map(|host| {
        let name = host.split('.').next().unwrap_or(host);
        (name.to_owned(), vec![host.to_owned()])
    });
    named.collect()
}

/// The host of each cluster. Of alternatives the last is taken, and the others are reported.
fn one_each(
    clusters: Vec<(String, Vec<String>)>,
    span: Span,
    diagnostics: &mut Diagnostics,
) -> Vec<(String, String)> {
    let pairs = clusters.into_iter().filter_map(|(name, mut hosts)| {
        let host = hosts.pop()?;
        if !hosts.is_empty() {
            diagnostics.push(
                Code::UnknownResourceRow,
                span,
                format!("{name} has several hosts: {} and {host}", hosts.join(", ")),
                format!("{host} was taken"),
            );
            diagnostics.about_last(&hosts[0]);
        }
        Some((name, host))
    });
    pairs.collect()
}

/// True for `parcel.made`, `parcel.sent`: names of one thing in front are words, as those of one host are behind.
fn are_words<T: AsRef<str>>(hosts: &[T]) -> bool {
    let pairs: Option<Vec<(&str, &str)>> = hosts
        .iter()
        .map(|host| host.as_ref().split_once('.'))
        .map(|pair| pair.filter(|(_, last)| !last.contains(['.', '/'])))
        .collect();
    let pairs = pairs.unwrap_or_default();
    pairs.iter().enumerate().any(|(at, (first, last))| {
        let mut others = pairs[..at].iter();
        others.any(|(other, end)| first == other && last != end)
    })
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
        let mut diagnostics = Diagnostics::default();
        assert_eq!(
            one_each(clusters(&text), Span::new(0, 0, 1), &mut diagnostics),
            [
                ("India", "apac.api.example.co.in"),
                ("EU", "https://eu.api.example.com"),
                ("China", "api.example.cn.com")
            ]
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
        );
        let [finding] = diagnostics.iter().collect::<Vec<_>>()[..] else {
            panic!("{diagnostics:?}");
        };
        assert!(finding.message.contains("cdn.example.cn.com"));
        assert!(clusters("Note: see the table").is_empty());
        assert!(clusters("Parcels: `parcel.made`, `parcel.sent` and `parcel.lost`.").is_empty());
        assert_eq!(clusters("EU: example.eu, example.com/v1").len(), 1);
    }
}
