//! A digest of the texts: which docs something was made of.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::source::end_lines;
use super::texts::Texts;

/// SHA-256 of the texts with their paths, in hexadecimal. Version control may change line ends, and the reader takes
/// `\r\n` and `\r` as `\n`, so the digest does too.
#[must_use]
pub fn digest(texts: &Texts) -> String {
    let mut hash = Sha256::new();
    for (path, bytes) in &texts.0 {
        let mut text = bytes.clone();
        end_lines(&mut text);
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
}
