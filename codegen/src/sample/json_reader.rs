//! Reads the values of JSON that people wrote, one after the other, and notes where it had to bend the rules.

use super::json_words::{closes, closes_as_key, closing_quote, is_number, more, unescape};
use super::parsed::Repair;
use super::tree::{Member, Tree};

/// Deeper nesting is cut off.
const DEPTH: usize = 128;

/// A way through a text.
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// What had to be repaired, and where.
    pub repairs: Vec<(Repair, usize)>,
    /// Closing brackets of what is open.
    open: Vec<char>,
}

impl<'a> Reader<'a> {
    /// Begins at the first byte.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            repairs: Vec::new(),
            open: Vec::new(),
        }
    }

    pub fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    pub fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    pub fn note(&mut self, repair: Repair) {
        self.repairs.push((repair, self.at));
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips white space, remarks and ellipses.
    pub fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| {
                c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
            });
            self.at += rest.len() - trimmed.len();
            let rest = self.rest();
            let line = ["#", "//", "-- "];
            let remark = if line.iter().any(|begin| rest.starts_with(begin)) {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |at| at + 2)
            } else if rest.starts_with("<!--") {
                rest.find("-->").map_or(rest.len(), |at| at + 3)
            } else if rest.starts_with("..") || rest.starts_with('…') {
                let dots = rest.len() - rest.trim_start_matches(['.', '…']).len();
                self.note(Repair::Ellipsis);
                self.at += dots + more(&rest[dots..]);
                continue;
            } else {
                return;
            };
            self.note(Repair::RemarkLine);
            self.at += remark;
        }
    }

    /// True when a key and a colon follow.
    pub fn member_ahead(&mut self) -> bool {
        let (at, repairs) = (self.at, self.repairs.len());
        let is_key = self.key().is_some() && {
            self.blanks();
            self.peek() == Some(':')
        };
        self.at = at;
        self.repairs.truncate(repairs);
        is_key
    }

    pub fn value(&mut self) -> Tree {
        self.blanks();
        match self.peek() {
            None => {
                self.note(Repair::Truncated);
                Tree::Null
            }
            Some('{') if self.open.len() < DEPTH => {
                self.bump();
                self.open.push('}');
                let members = self.members();
                self.open.pop();
                Tree::Object(members)
            }
            Some('[') if self.open.len() < DEPTH => {
                self.bump();
                self.open.push(']');
                let items = self.items();
                self.open.pop();
                items
            }
            Some('"' | '“' | '”' | '\'') => Tree::Text(self.string()),
            Some(',' | '}' | ']') => {
                // `"key": ,`
                self.note(Repair::UnquotedText);
                Tree::Null
            }
            Some(_) => self.word(),
        }
    }

    /// A number, a literal, or text without quotes.
    fn word(&mut self) -> Tree {
        let rest = self.rest();
        let end = rest
            .find([',', '}', ']', '\n', '{', '['])
            .unwrap_or(rest.len());
        let word = rest[..end].trim();
        let first = word.split([' ', '\t']).next().unwrap_or_default();
        let (tree, taken) = match first {
            "null" => (Tree::Null, first.len()),
            "true" => (Tree::Bool(true), first.len()),
            "false" => (Tree::Bool(false), first.len()),
            _ if is_number(first) => (Tree::Number(first.to_owned()), first.len()),
            _ => {
                self.note(Repair::UnquotedText);
                (Tree::Text(word.trim_end_matches('"').to_owned()), end)
            }
        };
        self.at += taken.max(usize::from(end == 0));
        tree
    }

    fn key(&mut self) -> Option<String> {
        match self.peek()? {
            '"' => {
                let rest = &self.rest()[1..];
                // A key ends on its line.
                let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
                // Brackets in a key mean that its closing quote is missing, unless it goes on as JSON does.
                let goes_on = |end: usize| {
                    let next = rest[end + 1..].trim_start();
                    next.is_empty() || next.starts_with([':', ',', '}', ']'])
                };
                match closing_quote(line) {
                    Some(end) if goes_on(end) || !line[..end].contains(['{', '}', '[', ']']) => {
                        let key = unescape(&line[..end]);
                        self.at += end + 2;
                        Some(key)
                    }
                    _ => {
                        let end = line.find(':')?;
                        self.note(Repair::UnquotedKey);
                        let key = line[..end].trim().to_owned();
                        self.at += 1 + end;
                        Some(key)
                    }
                }
            }
            '\'' | '“' | '”' => {
                self.note(Repair::UnquotedKey);
                Some(self.string())
            }
            c if c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '-') => {
                let rest = self.rest();
                let end = rest
                    .find(|c: char| {
                        !(c.is_alphanumeric() || matches!(c, '_' | '$' | '@' | '-' | '.'))
                    })
                    .unwrap_or(rest.len());
                let key = rest[..end].to_owned();
                self.note(Repair::UnquotedKey);
                self.at += end;
                if self.peek() == Some('"') {
                    self.bump();
                }
                Some(key)
            }
            _ => None,
        }
    }

    pub fn members(&mut self) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None => {
                    if !self.open.is_empty() {
                        self.note(Repair::Truncated);
                    }
                    return members;
                }
                Some('}') => {
                    if self.open.last() == Some(&'}') {
                        self.bump();
                    }
                    return members;
                }
                Some(']') => {
                    self.note(Repair::WrongBracket);
                    if self.open.contains(&']') {
                        return members;
                    }
                    self.bump();
                }
                Some(',') => {
                    self.note(Repair::ExtraComma);
                    self.bump();
                }
                Some(_) => self.member(&mut members),
            }
        }
    }

    fn member(&mut self, members: &mut Vec<Member>) {
        let at = self.at;
        if self.peek() == Some('{') && self.open.len() < DEPTH {
            // `{ {"a": 1} }`: an object where a member has to stand.
            self.note(Repair::WrongBracket);
            if let Tree::Object(inner) = self.value() {
                members.extend(inner);
            }
        } else if let Some(key) = self.key() {
            let written = at..self.at;
            self.blanks();
            match self.peek() {
                Some(':') => self.bump(),
                Some('{' | '[' | '"') => self.note(Repair::MissingColon),
                _ => {
                    // A word that is no key: a remark.
                    self.note(Repair::Junk);
                    return;
                }
            }
            let value = self.value();
            let key = key.trim().to_owned();
            if members.iter().any(|member| member.key == key) {
                self.repairs.push((Repair::RepeatedKey, at));
            }
            members.push(Member {
                key,
                value,
                at: written,
                remark: None,
            });
        } else {
            self.note(Repair::Junk);
            self.bump();
        }
        self.separator();
    }

    /// What stands between two members or items.
    fn separator(&mut self) {
        let before = self.read_so_far();
        self.blanks();
        match self.peek() {
            Some(',') => {
                let at = self.at;
                self.bump();
                self.blanks();
                if matches!(self.peek(), Some('}' | ']') | None) {
                    self.repairs.push((Repair::ExtraComma, at));
                }
            }
            Some('}' | ']') | None => {}
            // It is missing behind what stands before it.
            Some(_) => self.repairs.push((Repair::MissingComma, before)),
        }
    }

    /// The place of the last character that was read and is no blank.
    fn read_so_far(&self) -> usize {
        let read = self.text[..self.at].trim_end();
        let last = read.chars().next_back().map_or(0, char::len_utf8);
        read.len() - last
    }

    fn items(&mut self) -> Tree {
        let mut items = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None => {
                    self.note(Repair::Truncated);
                    return Tree::List(items);
                }
                Some(']') => {
                    self.bump();
                    return Tree::List(items);
                }
                Some('}') => {
                    self.note(Repair::WrongBracket);
                    if self.open.contains(&'}') {
                        return Tree::List(items);
                    }
                    self.bump();
                }
                Some(',' | ':') => {
                    self.note(Repair::ExtraComma);
                    self.bump();
                }
                Some('"' | '\'') if self.member_ahead() => {
                    self.note(Repair::BareMembers);
                    let mut members = Vec::new();
                    while self.member_ahead() {
                        self.member(&mut members);
                        self.blanks();
                    }
                    items.push(Tree::Object(members));
                }
                Some(_) => {
                    items.push(self.value());
                    self.separator();
                }
            }
        }
    }

    fn string(&mut self) -> String {
        let quote = self.peek().unwrap_or('"');
        if quote != '"' {
            self.note(Repair::UnquotedText);
        }
        let is_close = |c: char| {
            if quote == '\'' {
                c == '\''
            } else if quote == '"' {
                c == '"'
            } else {
                matches!(c, '”' | '“' | '"')
            }
        };
        self.bump();
        let start = self.at;
        let mut escaped = false;
        let mut broken = false;
        let rest = &self.text[start..];
        let mut end = None;
        for (offset, c) in rest.char_indices() {
            if escaped {
                escaped = false;
            } else if c == '\\' {
                escaped = true;
            } else if is_close(c) {
                if closes(&rest[offset + c.len_utf8()..]) {
                    end = Some((offset, offset + c.len_utf8()));
                    break;
                }
                self.repairs.push((Repair::InnerQuote, start + offset));
            } else if c == '\n' && !broken {
                // The next quote decides: does it end this string, or begin the next?
                let close = closing_quote(&rest[offset..]).map(|quote| offset + quote);
                let ends = close.is_some_and(|close| {
                    let line = rest[..close].rfind('\n').unwrap_or(0);
                    closes(&rest[close + 1..])
                        && !(rest[line..close].trim().is_empty()
                            && closes_as_key(&rest[close + 1..]))
                });
                if !ends {
                    self.repairs.push((Repair::Truncated, start + offset));
                    let line = rest[..offset].trim_end();
                    let cut = line.trim_end_matches(',').len();
                    end = Some((cut, cut));
                    break;
                }
                broken = true;
                self.repairs.push((Repair::RawControl, start + offset));
            } else if c < ' ' && c != '\n' && !broken {
                broken = true;
                self.repairs.push((Repair::RawControl, start + offset));
            }
        }
        let (stop, next) = end.unwrap_or_else(|| {
            self.repairs.push((Repair::Truncated, start));
            (rest.len(), rest.len())
        });
        self.at = start + next;
        unescape(&rest[..stop])
    }
}
