//! What stands in an address in place of what the caller puts there: `{id}`.

/// The name in a segment of a path that stands for a value, behind which a suffix may stand: `{id}`, `{id}.json`.
#[must_use]
pub fn placeholder(segment: &str) -> Option<(&str, &str)> {
    let (name, rest) = segment.strip_prefix('{')?.split_once('}')?;
    (rest.is_empty() || rest.starts_with('.')).then_some((name, rest))
}

/// Whether a path is one placeholder for a whole address, `{callback_url}`: it is the caller's, and the API calls it.
#[must_use]
pub fn is_of_caller(segments: &[String]) -> bool {
    let [only] = segments else { return false };
    placeholder(only).is_some_and(|(name, _)| {
        let name = name.to_lowercase();
        let mut words = name.split(|c: char| !c.is_alphanumeric());
        words.any(|word| {
            matches!(word, "callback" | "webhook") || word.ends_with("url") || word.ends_with("uri")
        })
    })
}

/// Whether a name of a host has a part that is each caller's own: `{account}.api.example.com`.
#[must_use]
pub fn has_own_part(host: &str) -> bool {
    let labels = || host.split('.');
    let own = |label: &str| placeholder(label).is_some_and(|(_, rest)| rest.is_empty());
    let word = |label: &str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        !label.is_empty() && label.chars().all(plain)
    };
    let words = labels().filter(|label| word(label)).count();
    // Behind it stands the domain of the API.
    let domain = labels().rev().take(2).all(word);
    words > 1
        && domain
        && words < labels().count()
        && labels().all(|label| own(label) || word(label))
}

/// All names in a part of a path that stand for values: `{name}.{type}`, `Parcels({id})`.
pub fn placeholders(segment: &str) -> impl Iterator<Item = &str> {
    let pieces = segment.split('{').skip(1);
    pieces.filter_map(|piece| Some(piece.split_once('}')?.0))
}
