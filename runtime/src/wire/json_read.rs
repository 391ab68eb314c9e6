//! JSON to tree.
//!
//! Written here because of what the tree asks for: texts that borrow from the body, and numbers that
//! keep their text. Both are one pass over a body that is known to be UTF-8.

use super::map::{Key, Ordered};
use super::node::{Members, Node};
use super::parse::{Limits, ParseError, text};

/// Parses JSON. Numbers keep their text; of two members with one name the last counts.
///
/// # Errors
/// The body is not JSON in UTF-8 or passes a limit.
pub fn parse<'a>(body: &'a [u8], limits: &Limits) -> Result<Node<'a>, ParseError> {
    let text = text(body, limits)?;
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
        max_depth: limits.max_depth,
        items: Vec::new(),
        members: Vec::new(),
    };
    let node = reader.value()?;
    reader.blanks();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.syntax()),
    }
}

struct Reader<'a> {
    text: &'a str,
    /// How many bytes have been read.
    at: usize,
    /// How many lists and objects are open.
    depth: usize,
    max_depth: usize,
    /// The items of all open lists, and the members of all open objects. What belongs to the innermost
    /// one is cut off at its end: so each of them is allocated once, as long as it has to be.
    items: Vec<Node<'a>>,
    members: Vec<(Key<'a>, Node<'a>)>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past a byte if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The text between two places, of which none is inside of a character.
    fn piece(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Names the place where reading stands, never what is there.
    fn syntax(&self) -> ParseError {
        ParseError::Syntax {
            format: "JSON",
            offset: self.at as u64,
        }
    }

    fn blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.peek() {
            self.at += 1;
            // Indented bodies are blanks for the most part.
            while self.rest().starts_with(b"        ") {
                self.at += 8;
            }
        }
    }

    fn value(&mut self) -> Result<Node<'a>, ParseError> {
        self.blanks();
        match self.peek() {
            Some(b'"') => self.string().map(Node::String),
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::list),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Node::Bool(true)),
            Some(b'f') => self.word("false", Node::Bool(false)),
            Some(b'n') => self.word("null", Node::Null),
            _ => Err(self.syntax()),
        }
    }

    fn word(&mut self, word: &str, node: Node<'a>) -> Result<Node<'a>, ParseError> {
        if !self.rest().starts_with(word.as_bytes()) {
            return Err(self.syntax());
        }
        self.at += word.len();
        Ok(node)
    }

    /// Reads what begins with a bracket, one level deeper.
    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Node<'a>, ParseError>,
    ) -> Result<Node<'a>, ParseError> {
        if self.depth >= self.max_depth {
            return Err(ParseError::TooDeep(self.max_depth));
        }
        self.depth += 1;
        self.at += 1;
        self.blanks();
        let node = read(self)?;
        self.depth -= 1;
        Ok(node)
    }

    fn list(&mut self) -> Result<Node<'a>, ParseError> {
        let begin = self.items.len();
        if !self.take(b']') {
            loop {
                let item = self.value()?;
                self.items.push(item);
                if !self.goes_on(b']')? {
                    break;
                }
            }
        }
        Ok(Node::List(self.items.split_off(begin)))
    }

    fn object(&mut self) -> Result<Node<'a>, ParseError> {
        let begin = self.members.len();
        if !self.take(b'}') {
            loop {
                self.blanks();
                if self.peek() != Some(b'"') {
                    return Err(self.syntax());
                }
                let key = self.string()?;
                self.blanks();
                if !self.take(b':') {
                    return Err(self.syntax());
                }
                let value = self.value()?;
                self.members.push((key, value));
                if !self.goes_on(b'}')? {
                    break;
                }
            }
        }
        let members = self.members.split_off(begin);
        Ok(Node::Object(Members(Ordered::from_entries(members))))
    }

    /// Goes past a comma, or past the end of a list or an object. Whether it was a comma.
    fn goes_on(&mut self, end: u8) -> Result<bool, ParseError> {
        self.blanks();
        if self.take(b',') {
            Ok(true)
        } else if self.take(end) {
            Ok(false)
        } else {
            Err(self.syntax())
        }
    }

    fn number(&mut self) -> Result<Node<'a>, ParseError> {
        let begin = self.at;
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Ok(Node::Number(Key::Borrowed(self.piece(begin, self.at))))
    }

    /// Goes past one digit or more.
    fn digits(&mut self) -> Result<(), ParseError> {
        let length = self.rest().iter().take_while(|byte| byte.is_ascii_digit());
        match length.count() {
            0 => Err(self.syntax()),
            length => {
                self.at += length;
                Ok(())
            }
        }
    }

    /// Reads a text from its first quote to behind its last one.
    fn string(&mut self) -> Result<Key<'a>, ParseError> {
        self.at += 1;
        let begin = self.at;
        self.at += plain_length(self.rest());
        let plain = self.piece(begin, self.at);
        if self.take(b'"') {
            return Ok(Key::Borrowed(plain));
        }
        self.escaped(plain).map(Key::Owned)
    }

    /// Reads the rest of a text that begins with `plain` and has an escape behind it.
    fn escaped(&mut self, plain: &str) -> Result<String, ParseError> {
        let mut out = String::with_capacity(plain.len() * 2);
        out.push_str(plain);
        while !self.take(b'"') {
            // What is neither a quote nor an escape is a control character, or the end of the body.
            if !self.take(b'\\') {
                return Err(self.syntax());
            }
            out.push(self.escape()?);
            let begin = self.at;
            self.at += plain_length(self.rest());
            out.push_str(self.piece(begin, self.at));
        }
        Ok(out)
    }

    /// Reads what stands behind a backslash.
    fn escape(&mut self) -> Result<char, ParseError> {
        let c = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.code_point();
            }
            _ => return Err(self.syntax()),
        };
        self.at += 1;
        Ok(c)
    }

    /// Reads the digits of a character, or of the two surrogates that stand for one.
    fn code_point(&mut self) -> Result<char, ParseError> {
        let first = self.hex()?;
        let whole = match first {
            0xd800..=0xdbff if self.take(b'\\') && self.take(b'u') => match self.hex()? {
                second @ 0xdc00..=0xdfff => 0x1_0000 + ((first & 0x3ff) << 10) + (second & 0x3ff),
                _ => return Err(self.syntax()),
            },
            first => first,
        };
        char::from_u32(whole).ok_or_else(|| self.syntax())
    }

    fn hex(&mut self) -> Result<u32, ParseError> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| char::from(byte).to_digit(16));
            value = value << 4 | digit.ok_or_else(|| self.syntax())?;
            self.at += 1;
        }
        Ok(value)
    }
}

/// How many bytes stand for themselves: those before a quote, a backslash or a control character.
/// Looks at eight of them at a time.
fn plain_length(bytes: &[u8]) -> usize {
    let (chunks, rest) = bytes.as_chunks::<8>();
    for (index, chunk) in chunks.iter().enumerate() {
        let found = special(u64::from_le_bytes(*chunk));
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..b' ');
    let length = rest.iter().position(is_special).unwrap_or(rest.len());
    bytes.len() - rest.len() + length
}

/// Sets the highest bit of the first of eight bytes that is a quote, a backslash or a control
/// character, and no bit below it.
fn special(bytes: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = EACH * 0x80;
    // A byte below `limit` borrows from the bit above it; one from 0x80 on is no such byte.
    let below = |bytes: u64, limit: u64| bytes.wrapping_sub(EACH * limit) & !bytes & HIGHEST;
    let is = |byte: u8| below(bytes ^ (EACH * u64::from(byte)), 1);
    below(bytes, 0x20) | is(b'"') | is(b'\\')
}

#[cfg(test)]
#[path = "json_read_tests.rs"]
mod tests;
