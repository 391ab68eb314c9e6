//! A digest of the texts: which docs something was made of.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::source::end_lines;
use super::texts::Texts;

/// SHA-256 of the texts with their paths, in hexadecimal. Version control may change line ends, and the reader takes
/// `\r\n` and `\r` as `\n`, so the digest does too.
#[must_use]
pub fn digest(texts: &Texts) -> String {
    of(texts, |text| text)
}

/// SHA-256 of the lines with words of each text, in no order, without superfluous blanks, in hexadecimal.
#[must_use]
pub fn lines_digest(texts: &Texts) -> String {
    of(texts, |text| {
        let text = String::from_utf8_lossy(&text);
        let mut lines: Vec<String> = text.lines().filter_map(words).collect();
        lines.sort_unstable();
        lines.join("\n").into_bytes()
    })
}

/// A line with words, without superfluous blanks.
#[must_use]
pub fn words(line: &str) -> Option<String> {
    let said = line.chars().any(char::is_alphanumeric);
    said.then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn of(texts: &Texts, part: impl Fn(Vec<u8>) -> Vec<u8>) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in &texts.0 {
        let mut text = bytes.clone();
        end_lines(&mut text);
        let text = part(text);
        // Lengths keep the end of one text and the beginning of the next apart.
        for part in [path.as_bytes(), &text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    let mut out = String::new();
    for byte in hash.finalize() {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(texts: &[(&str, &str)]) -> String {
        let texts = texts
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        digest(&Texts(texts.collect()))
    }

    #[test]
    fn line_ends_do_not_count_and_all_else_does() {
        let one = of(&[("a.md", "x\ny\n"), ("b.md", "z")]);
        assert_eq!(one, of(&[("a.md", "x\r\ny\r\n"), ("b.md", "z")]));
        assert_eq!(one, of(&[("a.md", "x\ry\r"), ("b.md", "z")]));
        assert_eq!(one, of(&[("a.md", "x\r\r\ny\r\n"), ("b.md", "z")]));
        for other in [
            of(&[("a.md", "x\ny\n"), ("b.md", "zz")]),
            of(&[("a.md", "x\ny\nz"), ("b.md", "")]),
            of(&[("a.md", "x\ny\n"), ("c.md", "z")]),
            of(&[("a.md", "x\r\ry\n"), ("b.md", "z")]),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(one.len(), 64);
    }

    #[test]
    fn of_lines_neither_order_nor_blanks_count() {
        let of = |text: &str| lines_digest(&Texts(vec![("a.md".into(), text.into())]));
        let one = of("# A\nx  y\n| --- |\nz\n");
        assert_eq!(one, of("z\n\n\n# A\r\n x y\n"));
        for other in ["# A\nx y\n", "# A\nx y\nz\nz\n", "# A\nxy\nz\n"] {
            assert_ne!(one, of(other), "{other}");
        }
        assert_ne!(
            one,
            lines_digest(&Texts(vec![("b.md".into(), "# A\nx y\nz".into())]))
        );
    }
}
