//! A JSON parser that reads what people write.
//!
//! It accepts all of JSON, and notes every place where it had to bend the rules. It never fails on text that holds
//! anything at all, and never recurses deeper than 128 levels.

use super::{Format, Member, Parsed, Repair, Tree};

/// Deeper nesting is cut off.
const DEPTH: usize = 128;

/// Reads a sample; `None` when there is nothing in it.
#[must_use]
pub fn parse(body: &str) -> Option<Parsed> {
    let mut reader = Reader {
        text: body,
        at: 0,
        repairs: Vec::new(),
        open: Vec::new(),
    };
    let mut documents = Vec::new();
    let mut fragment = false;
    loop {
        reader.blanks();
        let Some(c) = reader.peek() else { break };
        match c {
            '{' | '[' => documents.push(reader.value()),
            '}' | ']' | ',' | ':' => {
                reader.note(Repair::WrongBracket);
                reader.bump();
            }
            _ if reader.member_ahead() => {
                reader.note(Repair::BareMembers);
                fragment = documents.is_empty();
                documents.push(Tree::Object(reader.members()));
            }
            _ => documents.push(reader.value()),
        }
    }
    if documents.len() > 1 {
        reader.repairs.push((Repair::SeveralDocuments, 0));
    }
    let mut repairs = reader.repairs;
    if documents.is_empty() {
        return None;
    }
    if repairs
        .iter()
        .all(|(repair, _)| *repair == Repair::RepeatedKey)
        && let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(body)
    {
        // The strict parser has the last word on what is JSON.
        let line: usize = body
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        repairs.push((Repair::Junk, line));
    }
    Some(Parsed {
        format: Format::Json,
        documents,
        repairs,
        fragment,
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    repairs: Vec<(Repair, usize)>,
    /// Closing brackets of what is open.
    open: Vec<char>,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn bump(&mut self) {
        self.at += self.peek().map_or(0, char::len_utf8);
    }

    fn note(&mut self, repair: Repair) {
        self.repairs.push((repair, self.at));
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Skips white space, remarks and ellipses.
    fn blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| {
                c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
            });
            self.at += rest.len() - trimmed.len();
            let rest = self.rest();
            let remark = if rest.starts_with('#') || rest.starts_with("//") {
                rest.find('\n').unwrap_or(rest.len())
            } else if rest.starts_with("/*") {
                rest.find("*/").map_or(rest.len(), |at| at + 2)
            } else if rest.starts_with("<!--") {
                rest.find("-->").map_or(rest.len(), |at| at + 3)
            } else if rest.starts_with("..") || rest.starts_with('…') {
                let dots = rest.len() - rest.trim_start_matches(['.', '…']).len();
                self.note(Repair::Ellipsis);
                self.at += dots;
                continue;
            } else {
                return;
            };
            self.note(Repair::RemarkLine);
            self.at += remark;
        }
    }

    /// True when a key and a colon follow.
    fn member_ahead(&mut self) -> bool {
        let (at, repairs) = (self.at, self.repairs.len());
        let is_key = self.key().is_some() && {
            self.blanks();
            self.peek() == Some(':')
        };
        self.at = at;
        self.repairs.truncate(repairs);
        is_key
    }

    fn value(&mut self) -> Tree {
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

    fn members(&mut self) -> Vec<Member> {
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
                at,
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
            Some(_) => self.note(Repair::MissingComma),
        }
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
                let close = rest[offset..].find('"').map(|quote| offset + quote);
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

/// Where a string ends, by the rules of JSON.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices().find_map(|(at, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends.then_some(at)
    })
}

/// True when a quote before `rest` can end a string: something that goes on with the structure follows.
fn closes(rest: &str) -> bool {
    let same_line = rest.trim_start_matches([' ', '\t', '\r']);
    match same_line.chars().next() {
        None | Some('\n' | ',' | ':' | '}' | ']' | '#' | '"') => true,
        Some('/') => same_line.starts_with("//") || same_line.starts_with("/*"),
        Some(_) => false,
    }
}

fn closes_as_key(rest: &str) -> bool {
    rest.trim_start().starts_with(':')
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && word.parse::<f64>().is_ok_and(f64::is_finite)
}

fn unescape(text: &str) -> String {
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
