//! The query of a URL as the docs write it.

/// Splits a path from its query; how it had to be mended, is added in words.
pub fn split_query(text: &str, mended: &mut Vec<&'static str>) -> (String, String) {
    let mark = outside_braces(text)
        .find(|(_, c)| *c == '?')
        .map(|(at, _)| at);
    let and = outside_braces(text)
        .find(|(_, c)| *c == '&')
        .map(|(at, _)| at);
    match (mark, and) {
        (Some(mark), and) if and.is_none_or(|and| mark < and) => {
            let query = text[mark..].trim_start_matches('?');
            // `/parcels?search?q={text}`: a mark instead of a slash.
            match query.split_once('?') {
                Some((word, query))
                    if word.len() > 1 && word.chars().all(char::is_alphanumeric) =>
                {
                    mended.push("its path has `?` for `/`");
                    (format!("{}/{word}", &text[..mark]), query.to_owned())
                }
                _ => (text[..mark].to_owned(), query.to_owned()),
            }
        }
        (_, Some(and)) => {
            mended.push("its query begins with `&` for `?`");
            (text[..and].to_owned(), text[and + 1..].to_owned())
        }
        _ => (text.to_owned(), String::new()),
    }
}

/// Adds a pair of a query. True when it stands for a parameter that the caller chooses.
pub fn push_query(pair: &str, query: &mut Vec<(String, String)>) -> bool {
    let pair = pair.trim();
    // `{details=true}`: a placeholder around the whole pair.
    let pair = match pair
        .strip_prefix('{')
        .and_then(|rest| rest.strip_suffix('}'))
    {
        Some(inner) if inner.contains('=') && !inner.contains(['{', '}']) => inner,
        _ => pair,
    };
    let (key, value) = match pair.find('=') {
        Some(at) if !pair[..at].contains('{') => (&pair[..at], &pair[at + 1..]),
        _ => {
            return pair.starts_with('{') && pair.contains("}={");
        }
    };
    let plain = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if plain && !query.iter().any(|(known, _)| known == key) {
        query.push((key.to_owned(), value.to_owned()));
    }
    false
}

/// What is not inside of a placeholder.
pub fn outside_braces(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut depth = 0_usize;
    text.char_indices().filter(move |(_, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    })
}

/// Splits at a character that is not inside a placeholder.
pub fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in outside_braces(text).filter(|(_, c)| *c == separator) {
        pieces.push(&text[from..at]);
        from = at + 1;
    }
    pieces.push(&text[from..]);
    pieces
}
