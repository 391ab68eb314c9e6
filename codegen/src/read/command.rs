//! What a command of a shell calls: `curl -X POST "https://…" -H … -d …`, or the same for HTTPie.

mod httpie;

use std::ops::Range;

use super::facts::Said;
use super::url::METHODS;
use crate::slate::source::Span;

/// Options that say what is sent.
const DATA: [&str; 8] = [
    "-d",
    "--data",
    "--data-raw",
    "--data-ascii",
    "--data-binary",
    "--data-urlencode",
    "--json",
    "-F",
];

/// Other options with an argument: it is no address.
const WITH_ARGUMENT: [&str; 26] = [
    "-H",
    "--header",
    "-u",
    "--user",
    "-o",
    "--output",
    "-A",
    "--user-agent",
    "-e",
    "--referer",
    "-b",
    "--cookie",
    "-c",
    "--cookie-jar",
    "-m",
    "--max-time",
    "--connect-timeout",
    "-x",
    "--proxy",
    "--cacert",
    "--cert",
    "--key",
    "-T",
    "-w",
    "-D",
    "--dump-header",
];

/// How an argument with data is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As it is sent.
    Data,
    /// A field, whose value is encoded by the command.
    Encoded,
    /// A part of a form with several.
    Part,
}

/// A command, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Command {
    method: Option<String>,
    /// What it calls.
    pub address: Option<String>,
    /// Its headers, as they are written.
    pub headers: Vec<String>,
    /// Whether it says who calls, as a user with a password.
    pub user: bool,
    /// What it sends, by places in the block.
    data: Vec<Range<usize>>,
    /// How each of them is written; `None` for JSON.
    written: Vec<Option<Written>>,
    /// Whether what it sends stands in the address.
    get: bool,
}

impl Command {
    fn send(&mut self, argument: Range<usize>, written: Option<Written>) {
        self.data.push(argument);
        self.written.push(written);
    }

    /// Whether it sends something, and not in its address.
    pub fn sends(&self) -> bool {
        !self.data.is_empty() && !self.get
    }

    /// Whether it sends a form in parts.
    pub fn in_parts(&self) -> bool {
        self.written.contains(&Some(Written::Part))
    }

    /// Whether a header says that what it sends is no form.
    pub fn says_no_form(&self) -> bool {
        self.headers.iter().any(|header| {
            let header = header.to_ascii_lowercase();
            header.starts_with("content-type") && !header.contains("form")
        })
    }

    /// The arguments that may be fields of a form, or written like them.
    pub fn form(&self) -> Option<Vec<(Written, Range<usize>)>> {
        if self.get || self.method.as_deref() == Some("GET") {
            return None;
        }
        let written = self.written.iter().copied().zip(self.data.iter().cloned());
        written.map(|(written, at)| Some((written?, at))).collect()
    }
}

/// The call that a command makes: its address, with the method in front of it where the command has one.
pub fn call(body: &str, span: Span) -> Option<Said> {
    let command = read(body)?;
    let posts = command.sends();
    let address = command.address?;
    let method = command.method.or_else(|| posts.then(|| "POST".to_owned()));
    let text = method.map_or_else(|| address.clone(), |method| format!("{method} {address}"));
    Some(Said { text, span })
}

/// Where the body stands that a command sends, if it is one that can be read: an object, or a list.
pub fn body(text: &str) -> Option<Range<usize>> {
    let command = read(text).filter(Command::sends)?;
    let mut data = command.data.into_iter();
    let only = data.next().filter(|_| data.next().is_none())?;
    let inner = text.get(only.clone())?;
    inner.trim_start().starts_with(['{', '[']).then_some(only)
}

/// The first command of a block.
pub fn read(body: &str) -> Option<Command> {
    let (tool, words) = command_words(body)?;
    if tool == Tool::Httpie {
        return Some(httpie::read(body, words));
    }
    let mut out = Command::default();
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let text = body.get(word.clone()).unwrap_or_default();
        let (option, attached) = match text.split_once('=') {
            Some((option, _)) if option.starts_with("--") => {
                (option, Some(word.start + option.len() + 1..word.end))
            }
            _ if text.starts_with("-X") && text.len() > 2 => ("-X", Some(word.start + 2..word.end)),
            _ => (text, None),
        };
        let has_argument = DATA.contains(&option)
            || WITH_ARGUMENT.contains(&option)
            || matches!(
                option,
                "-X" | "--request" | "--url" | "--form" | "--form-string"
            );
        if !has_argument {
            out.get |= matches!(option, "-G" | "--get");
            if !option.starts_with('-') && is_address(text) && out.address.is_none() {
                out.address = Some(text.to_owned());
            }
            continue;
        }
        let Some(argument) = attached.or_else(|| words.next()) else {
            break;
        };
        let argument = unquoted(body, argument);
        let said = body.get(argument.clone()).unwrap_or_default();
        match option {
            "-X" | "--request" => {
                let method = said.trim_matches(['"', '\'', '`']).to_uppercase();
                let known = METHODS.contains(&method.as_str());
                out.method = out.method.or(known.then_some(method));
            }
            "-H" | "--header" => out.headers.push(said.to_owned()),
            "-u" | "--user" => out.user = true,
            "--url" => out.address = out.address.or_else(|| Some(said.to_owned())),
            "-F" | "--form" | "--form-string" => out.send(argument, Some(Written::Part)),
            "--json" => out.send(argument, None),
            "--data-urlencode" => out.send(argument, Some(Written::Encoded)),
            // A slip of the pen for `-d`: this option takes the name of a file.
            "-D" if said.trim_start().starts_with(['{', '[']) => {
                out.send(argument, Some(Written::Data));
            }
            option if DATA.contains(&option) => out.send(argument, Some(Written::Data)),
            _ => {}
        }
    }
    Some(out)
}

/// The place without the quotes that stand at both of its ends.
fn unquoted(body: &str, at: Range<usize>) -> Range<usize> {
    let text = body.get(at.clone()).unwrap_or_default();
    let quoted = |quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    if quoted('\'') || quoted('"') {
        return at.start + 1..at.end - 1;
    }
    at
}

fn is_absolute(word: &str) -> bool {
    let start = word.trim_start_matches(['"', '\'', '`']);
    start.starts_with("http://") || start.starts_with("https://")
}

/// An address with its scheme, behind a variable of the shell, or from the root.
fn is_address(word: &str) -> bool {
    let start = word.trim_start_matches(['"', '\'', '`']);
    is_absolute(word)
        || (start.starts_with(['/', '$', '{', '<']) && start.trim_matches('/').contains('/'))
}

/// The program that a command calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tool {
    Curl,
    Httpie,
}

/// Where the words of the first command stand, without their quotes.
fn command_words(body: &str) -> Option<(Tool, Vec<Range<usize>>)> {
    let mut start = 0;
    for line in body.split_inclusive('\n') {
        let text = line.trim_start();
        let text = text
            .strip_prefix(['$', '>', '%'])
            .unwrap_or(text)
            .trim_start();
        let programs = [
            ("curl", Tool::Curl),
            ("http", Tool::Httpie),
            ("https", Tool::Httpie),
        ];
        let called = programs.into_iter().find(|(program, _)| {
            let rest = text.strip_prefix(program);
            rest.is_some_and(|rest| rest.starts_with(char::is_whitespace))
        });
        if let Some((program, tool)) = called {
            let at = start + line.len() - text.len() + program.len();
            return Some((tool, words(body, at)));
        }
        start += line.len();
    }
    None
}

/// The words from a place on, up to the end of the command. A line that begins with an option goes on with it, though the
/// mark at the end of the line before is forgotten.
fn words(body: &str, from: usize) -> Vec<Range<usize>> {
    let bytes = body.as_bytes();
    let (mut out, mut at) = (Vec::new(), from);
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => {
                let next = body[at + 1..].trim_start_matches([' ', '\t']);
                // So it is for an address, if there was none yet.
                let address = || {
                    is_absolute(next)
                        && !out
                            .iter()
                            .any(|word: &Range<usize>| is_absolute(&body[word.clone()]))
                };
                if !next.starts_with('-') && !address() {
                    break;
                }
                at += 1;
            }
            b'\\'
                if body[at + 1..]
                    .trim_start_matches([' ', '\t'])
                    .starts_with('\n') =>
            {
                at += body[at..].find('\n').map_or(1, |line| line + 1);
            }
            // A remark on a line of its own, between those of the command.
            b'#' if body[..at].trim_end_matches([' ', '\t']).ends_with('\n') => {
                at += body[at..].find('\n').unwrap_or(body.len() - at);
                at += usize::from(body[..at].ends_with('\\'));
            }
            b'|' | b';' | b'#' => break,
            byte if byte.is_ascii_whitespace() => at += 1,
            quote @ (b'"' | b'\'') => {
                let end = closing(bytes, at + 1, quote);
                out.push(at + 1..end);
                at = end + 1;
            }
            _ => {
                let (word, next) = bare(body, at);
                out.push(word);
                at = next;
            }
        }
    }
    out
}

/// Where a quote ends.
fn closing(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from;
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' && quote == b'"' {
            2
        } else {
            1
        };
    }
    at.min(bytes.len())
}

/// A word without quotes around it, and where reading goes on. Quotes and placeholders inside of it may hold blanks.
fn bare(body: &str, from: usize) -> (Range<usize>, usize) {
    let mut depth = 0_usize;
    let mut quote = None;
    for (at, c) in body[from..].char_indices() {
        match c {
            '"' | '\'' if quote == Some(c) => quote = None,
            '"' | '\'' if quote.is_none() => quote = Some(c),
            '<' | '{' => depth += 1,
            '>' | '}' => depth = depth.saturating_sub(1),
            '\n' => return (from..from + at, from + at),
            c if c.is_ascii_whitespace() && depth == 0 && quote.is_none() => {
                return (from..from + at, from + at);
            }
            _ => {}
        }
    }
    (from..body.len(), body.len())
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
            (
                "curl https://<your host>/parcels -F a=1 -F 'b=2'",
                Some("POST https://<your host>/parcels"),
            ),
            (
                "curl -s \"$BASE/parcels/7\"\n  -XPUT\n  --data-raw '{}'\nrm /a/b",
                Some("PUT $BASE/parcels/7"),
            ),
            ("curl -G /v1/parcels -d a=1", Some("/v1/parcels")),
            (
                "curl -XPUT \\\n-d '{}'\nhttps://a.example.com/parcels\nhttps://b.example.com",
                Some("PUT https://a.example.com/parcels"),
            ),
            (
                "curl https://a.example.com/parcels\nhttps://b.example.com",
                Some("https://a.example.com/parcels"),
            ),
            (
                "curl --url https://a.example.com/x",
                Some("https://a.example.com/x"),
            ),
            ("curl -H 'Accept: x", None),
            ("curl -d \"\\", None),
            ("curl", None),
            ("curl \u{a0} é'\\", None),
            ("wget https://a.example.com", None),
            ("uri = URI('https://a.example.com')", None),
        ] {
            let said = call(body, Span::new(0, 0, 1));
            assert_eq!(said.map(|said| said.text).as_deref(), want, "{body}");
        }
    }

    #[test]
    fn the_body_of_a_command_is_what_it_sends() {
        for (text, want) in [
            (
                "curl /a/b -d '{\"a\": 1,\n \"b\": 2}' -H x",
                Some("{\"a\": 1,\n \"b\": 2}"),
            ),
            ("curl /a/b --data='[1]'", Some("[1]")),
            ("curl /a/b -X PUT\n  -D '{\"a\": 1}'", Some("{\"a\": 1}")),
            ("curl -D head.txt /a/b", None),
            ("curl /a/b --json \"[1]\"", Some("[1]")),
            ("curl /a/b -d a=1", None),
            ("curl -G /a/b -d '{}'", None),
            ("curl /a/b -d '{}' -d '{}'", None),
        ] {
            assert_eq!(body(text).and_then(|at| text.get(at)), want, "{text}");
        }
    }
}
