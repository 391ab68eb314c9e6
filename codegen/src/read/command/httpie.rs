//! What HTTPie calls: `http --form PATCH https://… Name:value name==value name=value`.

use super::{Command, Written, is_address};
use crate::read::url::METHODS;

/// Options with an argument of their own.
const WITH_ARGUMENT: [&str; 10] = [
    "-a",
    "--auth",
    "-A",
    "--auth-type",
    "--session",
    "--timeout",
    "--verify",
    "-o",
    "--output",
    "--proxy",
];

/// What stands between the name and the value of an item; longer ones first.
const BETWEEN: [&str; 6] = [":=", "==", "=@", "=", "@", ":"];

/// The command, out of its words.
pub fn read(body: &str, words: Vec<std::ops::Range<usize>>) -> Command {
    let mut out = Command::default();
    let (mut form, mut query) = (false, Vec::new());
    let mut words = words.into_iter();
    while let Some(at) = words.next() {
        let word = body.get(at.clone()).unwrap_or_default();
        if word.starts_with('-') && !word.contains(['/', ':']) {
            form |= matches!(word, "-f" | "--form" | "--multipart");
            out.user |= matches!(word, "-a" | "--auth");
            if WITH_ARGUMENT.contains(&word) {
                words.next();
            }
        } else if out.address.is_none() {
            if METHODS.contains(&word) {
                out.method = Some(word.to_owned());
            } else if is_address(word) || word.contains('/') {
                out.address = Some(word.to_owned());
            }
        } else if let Some((name, between, value)) = item(word) {
            match between {
                ":" => out.headers.push(word.to_owned()),
                "==" => query.push(format!("{name}={value}")),
                "=" if form => out.send(at, Some(Written::Data)),
                _ => out.send(at, None),
            }
        }
    }
    if out.data.is_empty() && out.address.is_some() {
        // So the tool does, unless it has something to send.
        out.method.get_or_insert_with(|| "GET".to_owned());
    }
    if let Some(address) = out.address.as_mut().filter(|_| !query.is_empty()) {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(&query.join("&"));
    }
    out
}

/// An item, taken apart where its name ends.
fn item(word: &str) -> Option<(&str, &'static str, &str)> {
    let found = BETWEEN
        .iter()
        .filter_map(|between| Some((word.find(between)?, *between)));
    let first = found.min_by_key(|(at, between)| (*at, std::cmp::Reverse(between.len())))?;
    let (at, between) = first;
    (at > 0).then(|| (&word[..at], between, &word[at + between.len()..]))
}

#[cfg(test)]
mod tests {
    use super::super::{call, read};
    use crate::slate::source::Span;

    #[test]
    fn items_of_a_command() {
        for (body, want) in [
            (
                "$ http \"https://a.example.com/parcels/$id\" \\\n  \"Authorization: Bearer $key\" \\\n  # more of it \\\n  \"expand[]==shop\"",
                "GET https://a.example.com/parcels/$id?expand[]=shop",
            ),
            (
                "http --form PATCH https://a.example.com/parcels a=1 'b[c]=x y'",
                "PATCH https://a.example.com/parcels",
            ),
            (
                "http https://a.example.com/parcels weight:=7 page==2",
                "POST https://a.example.com/parcels?page=2",
            ),
            (
                "http -a user:secret DELETE https://a.example.com/parcels/7",
                "DELETE https://a.example.com/parcels/7",
            ),
        ] {
            let said = call(body, Span::new(0, 0, 1));
            assert_eq!(said.map(|said| said.text).as_deref(), Some(want), "{body}");
        }
        let command = read("http -f POST https://a.example.com/parcels X-Key:1 a=1 b=2").unwrap();
        assert_eq!(command.headers, ["X-Key:1"]);
        assert_eq!(command.form().map(|fields| fields.len()), Some(2));
        // What is no form is sent as JSON, and stands nowhere as such.
        let command = read("http POST https://a.example.com/parcels a=1").unwrap();
        assert_eq!(command.form(), None);
        for body in ["http error 404", "http://a.example.com/parcels", "https"] {
            let said = call(body, Span::new(0, 0, 1));
            assert_eq!(said.map(|said| said.text), None, "{body}");
        }
    }
}
