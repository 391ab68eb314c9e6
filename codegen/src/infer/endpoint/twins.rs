//! Placeholders of one name in a path: a call has a value for each, so each needs a name.

use crate::infer::words::singular;
use crate::read::url::placeholder;

/// A path whose placeholders have names of their own: `/agencies/{id}/projects/{id}` is
/// `/agencies/{agency_id}/projects/{id}`. Beside it, the names that were made.
///
/// The last of them keeps its name: it is what the call is about.
#[must_use]
pub fn apart(path: &str) -> (String, Vec<String>) {
    let segments: Vec<&str> = path.split('/').collect();
    let name = |at: usize| placeholder(segments[at]).map(|(name, _)| name);
    let mut made: Vec<String> = Vec::new();
    let mut out: Vec<String> = Vec::with_capacity(segments.len());
    for (at, segment) in segments.iter().enumerate() {
        let twin =
            name(at).filter(|own| (at + 1..segments.len()).any(|other| name(other) == Some(own)));
        let Some(own) = twin else {
            out.push((*segment).to_owned());
            continue;
        };
        let before = at.checked_sub(1).map_or("", |before| segments[before]);
        let word = singular(before.trim_matches(|c: char| !c.is_alphanumeric()));
        let base = if word.is_empty() {
            format!("first_{own}")
        } else {
            format!("{word}_{own}")
        };
        let taken = |name: &String| {
            made.contains(name) || segments.contains(&format!("{{{name}}}").as_str())
        };
        let mut numbered = (2..).map(|number| format!("{base}{number}"));
        let free = Some(base.clone()).filter(|name| !taken(name));
        let free = free
            .or_else(|| numbered.find(|name| !taken(name)))
            .unwrap_or(base);
        out.push(segment.replacen(own, &free, 1));
        made.push(free);
    }
    (out.join("/"), made)
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn twins_are_told_apart() {
        for (path, want, made) in [
            ("/a/{id}/b/{name}", "/a/{id}/b/{name}", &[][..]),
            (
                "/agencies/{ID}/projects/{ID}/events.json",
                "/agencies/{agency_ID}/projects/{ID}/events.json",
                &["agency_ID"],
            ),
            (
                "/a/{id}/a/{id}/a/{id}",
                "/a/{a_id}/a/{a_id2}/a/{id}",
                &["a_id", "a_id2"],
            ),
            ("/{id}/{id}.json", "/{first_id}/{id}.json", &["first_id"]),
            (
                "/a/{id}/b/{a_id}/{id}",
                "/a/{a_id2}/b/{a_id}/{id}",
                &["a_id2"],
            ),
        ] {
            let (path, names) = apart(path);
            assert_eq!(path, want);
            assert_eq!(names, made);
        }
    }
}
