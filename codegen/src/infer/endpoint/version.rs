//! The version that a path begins with: what its own statements have, and what the index says of all paths.

use super::segments::is_version;
use super::statement::Statement;
use crate::claims::{Claim, Decision, Facet, Witness, decide};
use crate::read::facts::{OperationFacts, Said};

/// What is said of versions beside the addresses.
#[derive(Clone, Copy)]
pub struct Versions<'a> {
    /// What the index says of all paths, where that holds for this page.
    pub all: Option<&'a Said>,
    /// What the operation's own row says.
    pub own: Option<&'a Said>,
}

impl<'a> Versions<'a> {
    /// What an operation's row and the index say.
    pub fn of(operation: &'a OperationFacts, all: Option<&'a Said>) -> Self {
        Self {
            all,
            own: operation.version.as_ref(),
        }
    }

    /// What the operation's own row says, where that is a version.
    pub fn row(&self) -> Option<&'a Said> {
        self.own.filter(|own| is_version(own.text.trim()))
    }

    /// The version as the docs' own row or index writes it, for one that only lacks its letter: `1.1` of `v1.1`.
    pub fn spelt<'v>(&'v self, version: &'v str) -> &'v str {
        let digits = |text: &str| text.trim_start_matches(['v', 'V']).to_owned();
        [self.own, self.all]
            .into_iter()
            .flatten()
            .map(|said| said.text.trim())
            .find(|known| is_version(known) && digits(known) == digits(version))
            .unwrap_or(version)
    }
}

/// Decides on the version of a path. `None` where it has none: no place says one, or the path has it further down.
///
/// That an address lacks its version is no statement against one: a slip leaves out, it does not invent.
pub fn version(
    tail: &[String],
    said: &[(Witness, &Statement)],
    versions: Versions<'_>,
) -> Option<Decision> {
    let mut claims: Vec<Claim> = said
        .iter()
        .filter_map(|(by, statement)| {
            let first = statement.url.segments.first()?;
            is_version(first).then(|| Claim::new(versions.spelt(first), *by, statement.span))
        })
        .collect();
    let deeper = tail
        .iter()
        .any(|segment| segment.starts_with('v') && is_version(segment));
    // Where the index says nothing of all paths, a whole address says whether it has one.
    let whole = |(by, statement): &(Witness, &Statement)| {
        *by == Witness::RequestLine && !statement.url.host.is_empty()
    };
    let complete = versions.all.is_none()
        && said.iter().find(|one| whole(one)).is_some_and(|(_, line)| {
            let first = line.url.segments.first();
            !first.is_some_and(|first| is_version(first))
        });
    // A row with another version says where the version stands, not that it is missing in front.
    let other = versions
        .own
        .zip(versions.all)
        .is_some_and(|(own, all)| own.text.trim() != all.text);
    if complete || (claims.is_empty() && (deeper || other)) {
        return None;
    }
    let own = versions.row();
    claims.extend(own.map(|own| Claim::new(own.text.trim(), Witness::Cell, own.span)));
    claims.extend(
        versions
            .all
            .map(|all| Claim::new(all.text.clone(), Witness::Index, all.span)),
    );
    decide(Facet::Version, claims)
}
