//! Where a value of JSON or XML is complete, told from its brackets or tags alone.

/// The byte behind the last of the complete values that a text begins with. Remarks in front of them do not count.
/// `None` where it begins with no value, or with one that is never complete.
pub fn end(text: &str) -> Option<usize> {
    let mut end = None;
    let mut from = skip(text, 0);
    while let Some(next) = one(text, from) {
        end = Some(next);
        from = skip(text, next);
    }
    end
}

/// True for a line that begins a value.
pub fn begins(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['{', '[']) || tag_name(line).is_some() || line.starts_with("<?")
}

/// The language of a text that begins with a value.
pub fn language(text: &str) -> Option<&'static str> {
    let begin = text.get(skip(text, 0)..)?;
    match begin.chars().next()? {
        '{' | '[' => Some("json"),
        '<' => Some("xml"),
        _ => None,
    }
}

/// Goes over blanks and remarks.
fn skip(text: &str, mut at: usize) -> usize {
    loop {
        at = text.len() - text[at..].trim_start().len();
        if !text[at..].starts_with("//") {
            return at;
        }
        at += text[at..].find('\n').unwrap_or(text.len() - at);
    }
}

/// The end of the value at `at`.
fn one(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes().get(at)? {
        b'{' | b'[' => json(text, at),
        b'<' => xml(text, at),
        _ => None,
    }
}

fn json(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut depth, mut at) = (0_usize, start);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => at = string(bytes, at),
            b'/' if bytes.get(at + 1) == Some(&b'/') => {
                at += text[at..].find('\n')?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// The quote that ends a string, or the end of its line where it has none.
fn string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\n' => return at,
            b'\\' if bytes.get(at + 1) != Some(&b'\n') => at += 2,
            _ => at += 1,
        }
    }
    at
}

fn xml(text: &str, start: usize) -> Option<usize> {
    let (mut depth, mut at) = (0_usize, start);
    loop {
        at += text[at..].find('<')?;
        let rest = &text[at..];
        let closing = rest.starts_with("</");
        let aside = ["<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!", ">"];
        if let Some([_, end]) = aside.chunks(2).find(|pair| rest.starts_with(pair[0])) {
            at += rest.find(end)? + end.len();
            continue;
        }
        if !closing && tag_name(rest).is_none() {
            at += 1;
            if depth == 0 {
                return None;
            }
            continue;
        }
        let length = rest.find('>')? + 1;
        if closing {
            depth = depth.saturating_sub(1);
        } else if !rest[..length].ends_with("/>") {
            depth += 1;
        }
        at += length;
        if depth == 0 {
            return Some(at);
        }
    }
}

/// The name of the element that a text opens.
fn tag_name(text: &str) -> Option<&str> {
    let rest = text.strip_prefix('<')?;
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let name = &rest[..length.unwrap_or(rest.len())];
    let named = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    named.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Option<&str> {
        end(text).map(|end| &text[..end])
    }

    #[test]
    fn json_ends_with_its_last_bracket() {
        assert_eq!(
            value("{\"a\": [1, \"}\"]}\nMore."),
            Some("{\"a\": [1, \"}\"]}")
        );
        assert_eq!(value("[1] // ]\n"), Some("[1]"));
        assert_eq!(value("{ // {\n}\n{}\nSo"), Some("{ // {\n}\n{}"));
        assert_eq!(value("{\"a: 1\n}\nSo"), Some("{\"a: 1\n}"));
        assert_eq!(value("{\"a\\\"}\": 1}."), Some("{\"a\\\"}\": 1}"));
        assert_eq!(value("{\"a\": 1"), None);
        assert_eq!(value("curl {}"), None);
        assert_eq!(value(""), None);
    }

    #[test]
    fn xml_ends_with_its_last_tag() {
        assert_eq!(
            value("<?xml version=\"1\"?><a b=\"1\"><!-- </a> --><c/>1 < 2</a> So"),
            Some("<?xml version=\"1\"?><a b=\"1\"><!-- </a> --><c/>1 < 2</a>")
        );
        assert_eq!(value("<a><b></a>"), None);
        assert_eq!(value("<= 7"), None);
        assert_eq!(value("<a"), None);
    }
}
