//! The sentences of a text.

/// The sentences of a text, without what ends them.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in text.char_indices() {
        let end = match c {
            '\n' => true,
            '.' | ';' | '!' => text[at + 1..].starts_with([' ', '\n']) || at + 1 == text.len(),
            _ => false,
        };
        if end {
            out.push(text[from..at].trim());
            from = at + 1;
        }
    }
    out.push(text[from.min(text.len())..].trim());
    out.retain(|sentence| !sentence.is_empty());
    out
}
