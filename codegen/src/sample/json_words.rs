//! Ends of strings, numbers and escapes in JSON that people wrote.

/// Where a string ends, by the rules of JSON.
pub fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// True when a quote before `rest` can end a string: something that goes on with the structure follows.
pub fn closes(rest: &str) -> bool {
    let same_line = rest.trim_start_matches([' ', '\t']);
    match same_line.chars().next() {
        None | Some('\n' | ',' | ':' | '}' | ']' | '#' | '"') => true,
        Some('/') => same_line.starts_with("//") || same_line.starts_with("/*"),
        Some(_) => false,
    }
}

pub fn closes_as_key(rest: &str) -> bool {
    rest.trim_start().starts_with(':')
}

pub fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && word.parse::<f64>().is_ok_and(f64::is_finite)
}

pub fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    if let Ok(text) = serde_json::from_str::<String>(&format!("\"{text}\"")) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// How long the words behind an ellipsis are that say what it stands for: `...other parcels...`.
pub fn more(rest: &str) -> usize {
    let end = rest
        .find([',', '}', ']', '\n', '{', '[', '"', ':'])
        .unwrap_or(rest.len());
    let words = &rest[..end];
    let plain = |c: char| c.is_alphabetic() || " \t.…'-()".contains(c);
    let key = rest[end..].starts_with([':', '"']);
    let says = words.contains(char::is_alphabetic) && words.chars().all(plain);
    if says && !key { end } else { 0 }
}
