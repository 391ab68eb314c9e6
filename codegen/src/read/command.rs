//! What a command of a shell calls: `curl -X POST "https://…" -H …`.

use super::facts::Said;
use super::url::METHODS;
use crate::slate::source::Span;

/// The call that a command makes: its address, with the method in front of it where the command has one.
pub fn call(body: &str, span: Span) -> Option<Said> {
    let body = body.replace("\\\n", " ");
    let line = body.lines().find(|line| {
        let mut words = line.split_whitespace();
        // A prompt may stand in front of it.
        words.next().is_some_and(|first| {
            first == "curl" || (matches!(first, "$" | ">" | "%") && words.next() == Some("curl"))
        })
    })?;
    let quotes = ['"', '\'', '`'];
    let mut address = None;
    let mut method = None;
    let mut data = false;
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(quotes);
        if bare.starts_with("http://") || bare.starts_with("https://") {
            address = address.or(Some(bare));
            continue;
        }
        let (option, attached) = match word {
            "-X" | "--request" => (true, None),
            _ => (
                false,
                word.strip_prefix("-X")
                    .or_else(|| word.strip_prefix("--request=")),
            ),
        };
        let named = attached.or_else(|| option.then(|| words.peek().copied()).flatten());
        let named = named.map(|name| name.trim_matches(quotes).to_uppercase());
        method = method.or(named.filter(|name| METHODS.contains(&name.as_str())));
        data |= word == "-d" || word.starts_with("--data");
        // The argument of an option that has one is no address.
        if matches!(word, "-H" | "--header" | "-d" | "-u" | "--user") || word.starts_with("--data")
        {
            let open = words.next().and_then(|next| {
                next.chars()
                    .next()
                    .filter(|c| quotes.contains(c))
                    .zip(Some(next))
            });
            if let Some((quote, first)) = open {
                let mut last = first;
                while !(last.len() > 1 && last.ends_with(quote)) {
                    let Some(next) = words.next() else { break };
                    last = next;
                }
            }
        }
    }
    let method = method.or_else(|| data.then(|| "POST".to_owned()));
    let address = address?;
    let text = method.map_or_else(
        || address.to_owned(),
        |method| format!("{method} {address}"),
    );
    Some(Said { text, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_has_one_address() {
        for (body, want) in [
            (
                "curl \"https://a.example.com/parcels\"",
                Some("https://a.example.com/parcels"),
            ),
            (
                "# all\n$ curl -X POST https://a.example.com/parcels \\\n  -H \"Link: see https://b.example.com\"",
                Some("POST https://a.example.com/parcels"),
            ),
            (
                "curl -d '{\"to\": \"https://b.example.com\"}' 'https://a.example.com/parcels'",
                Some("POST https://a.example.com/parcels"),
            ),
            (
                "curl --request=DELETE https://a.example.com/parcels/7",
                Some("DELETE https://a.example.com/parcels/7"),
            ),
            ("curl -H 'Accept: x", None),
            ("wget https://a.example.com", None),
            ("uri = URI('https://a.example.com')", None),
        ] {
            let said = call(body, Span::new(0, 0, 1));
            assert_eq!(said.map(|said| said.text).as_deref(), want, "{body}");
        }
    }
}
