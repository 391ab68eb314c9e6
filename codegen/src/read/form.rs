//! Forms that a command sends: `-d 'name=Ann&address[city]=Rome'`, `-F 'label=@label.png'`.

use std::ops::Range;

use super::command::{self, Written};
use super::facts::{Encoding, Role, SampleFact};
use crate::sample::{Format, Member, Parsed, Repair, Tree};
use crate::slate::block::Fence;

/// Names in brackets that follow each other; what is deeper is no form that people write.
const DEEPEST: usize = 12;

/// Fields of a form; what follows more of them is left out.
const MOST: usize = 1000;

/// The form that a block of code sends, if it is a command that sends one, as a sample: how it is written is neither JSON
/// nor XML. Of a file it has the name.
pub fn sent(fence: &Fence) -> Option<SampleFact> {
    let command = command::read(&fence.body)?;
    let data = command.form()?;
    let multipart = data.iter().any(|(written, _)| *written == Written::Part);
    let fields = data
        .iter()
        .map(|(written, at)| fields(&fence.body, *written, at));
    // One that is none makes all of it something else.
    let fields: Vec<Vec<Field>> = fields.collect::<Option<_>>()?;
    let fields: Vec<Field> = fields.into_iter().flatten().collect();
    let files = fields.iter().filter(|field| field.file);
    let files = files.map(|field| {
        // An item of a list has no name.
        let names = field.path.iter().filter(|name| !name.is_empty());
        names.cloned().collect()
    });
    let files: Vec<Vec<String>> = files.collect();
    let root = tree(&fields);
    if root.is_empty() {
        return None;
    }
    let encoding = if multipart {
        Encoding::Multipart
    } else {
        Encoding::Form
    };
    Some(SampleFact {
        // Fields of what a header calls JSON are fields, however they are sent.
        encoding: (!command.says_no_form()).then_some(encoding),
        files,
        ..sample(fence, root, Vec::new())
    })
}

/// A form as a sample, of which the caller says how it is sent.
pub(super) fn sample(fence: &Fence, root: Tree, repairs: Vec<(Repair, usize)>) -> SampleFact {
    SampleFact {
        role: Role::Request,
        format: None,
        encoding: None,
        files: Vec::new(),
        status: None,
        refused: false,
        label: None,
        remark: None,
        parsed: Some(Parsed {
            // Nothing else has a tree; the sample itself says that it has no such format.
            format: Format::Json,
            documents: vec![root],
            repairs,
            fragment: true,
        }),
        body: fence.body.clone(),
        body_span: fence.body_span,
        span: fence.span,
    }
}

/// A field.
pub(super) struct Field {
    /// Names from the outside to the inside; an item of a list has none.
    pub path: Vec<String>,
    /// What it holds.
    pub value: Tree,
    /// Where its name stands in the block.
    pub at: Range<usize>,
    /// Whether it holds a file.
    pub file: bool,
}

/// What fields are together.
pub(super) fn tree(fields: &[Field]) -> Tree {
    let mut root = Tree::Object(Vec::new());
    for field in fields.iter().take(MOST) {
        insert(&mut root, &field.path, field);
    }
    root
}

/// The fields of an argument, `None` where it is no form.
pub(super) fn fields(body: &str, written: Written, at: &Range<usize>) -> Option<Vec<Field>> {
    let text = body.get(at.clone())?;
    let mut start = at.start;
    let mut out = Vec::new();
    let pairs: Vec<&str> = match written {
        Written::Data => text.split('&').collect(),
        Written::Part | Written::Encoded => vec![text],
    };
    for pair in pairs {
        let place = start;
        start += pair.len() + 1;
        if pair.trim().is_empty() {
            continue;
        }
        let (key, value) = pair.split_once('=')?;
        let from = place + (key.len() - key.trim_start().len());
        let key = key.trim();
        let decoded = if written == Written::Data {
            decoded(key)
        } else {
            key.to_owned()
        };
        let value = value.trim();
        let (file, value) = match value.strip_prefix(['@', '<']) {
            // `<name>` is a placeholder.
            Some(name) if written == Written::Part && !value.ends_with('>') => {
                (true, name.split(';').next().unwrap_or(name))
            }
            _ => (false, value),
        };
        let value = value.trim_matches(['"', '\'', '\\']);
        let value = if written == Written::Data {
            self::decoded(value)
        } else {
            value.to_owned()
        };
        out.push(Field {
            path: path(&decoded)?,
            value: if file {
                Tree::Text(value)
            } else {
                literal(value)
            },
            at: from..from + key.len(),
            file,
        });
    }
    Some(out)
}

/// `address[city]` as its names; an index, and nothing at all, is an item of a list.
pub(super) fn path(key: &str) -> Option<Vec<String>> {
    let (first, rest) = key.split_at(key.find('[').unwrap_or(key.len()));
    let mut out = vec![first.to_owned()];
    let mut rest = rest;
    while let Some(inner) = rest.strip_prefix('[') {
        let (name, after) = inner.split_once(']')?;
        let index = name.chars().all(|c| c.is_ascii_digit());
        out.push(if index {
            String::new()
        } else {
            name.to_owned()
        });
        rest = after;
    }
    let named = |name: &String| {
        name.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    };
    let fits = rest.is_empty() && !first.is_empty() && out.len() <= DEEPEST;
    (fits && out.iter().all(named)).then_some(out)
}

/// Text says what a value is by how it looks, as nothing else does.
fn literal(value: String) -> Tree {
    let digits = value.strip_prefix('-').unwrap_or(&value);
    let plain = digits == "0"
        || digits.starts_with(|c: char| ('1'..='9').contains(&c))
        || digits.starts_with("0.");
    let mut halves = digits.splitn(2, '.');
    let number = plain
        && halves.all(|half| !half.is_empty() && half.bytes().all(|byte| byte.is_ascii_digit()));
    match value.as_str() {
        "true" => Tree::Bool(true),
        "false" => Tree::Bool(false),
        _ if number => Tree::Number(value),
        _ => Tree::Text(value),
    }
}

/// `%5B` as `[`, `+` as a blank.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| {
        let byte = bytes.get(at).copied().map(char::from)?;
        u8::try_from(byte.to_digit(16)?).ok()
    };
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                at += 2;
            }
            (b'+', ..) => out.push(b' '),
            _ => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Puts a field where its names say. A place that is something else already keeps what it has.
fn insert(tree: &mut Tree, path: &[String], field: &Field) {
    let Some((name, rest)) = path.split_first() else {
        return;
    };
    let new = || match rest.first() {
        None => field.value.clone(),
        Some(next) if next.is_empty() => Tree::List(Vec::new()),
        Some(_) => Tree::Object(Vec::new()),
    };
    match tree {
        Tree::Object(members) if !name.is_empty() => {
            let known = members.iter().position(|member| member.key == *name);
            let at = known.unwrap_or_else(|| {
                members.push(Member {
                    key: name.clone(),
                    value: new(),
                    at: field.at.clone(),
                    remark: None,
                });
                members.len() - 1
            });
            insert(&mut members[at].value, rest, field);
        }
        Tree::List(items) if name.is_empty() => {
            // Fields of one item follow each other, until a name comes again.
            let again = |item: &Tree| {
                rest.first()
                    .is_none_or(|next| item.get(next).is_some() && rest.len() == 1)
            };
            if items.last().is_none_or(again) {
                items.push(new());
            }
            if let Some(last) = items.last_mut() {
                insert(last, rest, field);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::slate::source::Span;

    fn of(body: &str) -> Option<SampleFact> {
        sent(&Fence {
            lang: "shell".to_owned(),
            lang_span: Span::new(0, 0, 0),
            body: body.to_owned(),
            body_span: Span::new(0, 0, body.len()),
            span: Span::new(0, 0, 1),
            closed: true,
        })
    }

    fn shown(tree: &Tree) -> String {
        match tree {
            Tree::Object(members) => {
                let members = members.iter();
                let all: Vec<String> = members
                    .map(|member| format!("{}:{}", member.key, shown(&member.value)))
                    .collect();
                format!("{{{}}}", all.join(" "))
            }
            Tree::List(items) => {
                let all: Vec<String> = items.iter().map(shown).collect();
                format!("[{}]", all.join(" "))
            }
            Tree::Text(text) => format!("'{text}'"),
            Tree::Number(text) => text.clone(),
            Tree::Bool(value) => value.to_string(),
            Tree::Null => "null".to_owned(),
        }
    }

    fn tree(body: &str) -> Option<String> {
        let parsed = of(body)?.parsed?;
        parsed.documents.first().map(shown)
    }

    #[test]
    fn names_values_and_brackets_are_a_tree() {
        for (body, want) in [
            ("curl /a/b -d a=1 -d 'b=x y'", Some("{a:1 b:'x y'}")),
            (
                "curl /a/b -d 'a=1&b[c]=2&b[d][e]=true'",
                Some("{a:1 b:{c:2 d:{e:true}}}"),
            ),
            ("curl /a/b -d 'a[]=1' -d 'a[]=2'", Some("{a:[1 2]}")),
            (
                "curl /a/b -d 'a[][x]=1&a[][y]=2&a[][x]=3'",
                Some("{a:[{x:1 y:2} {x:3}]}"),
            ),
            ("curl /a/b -d 'a[0][x]=1'", Some("{a:[{x:1}]}")),
            ("curl /a/b -d 'a%5Bb%5D=c%26d+e%'", Some("{a:{b:'c&d e%'}}")),
            (
                "curl /a/b --data-urlencode 'a=1&b=2+3'",
                Some("{a:'1&b=2+3'}"),
            ),
            (
                "curl /a/b -F 'a=007' --form b=<id>",
                Some("{a:'007' b:'<id>'}"),
            ),
            (
                "curl /a/b -d 'a=-1.5&b=1.&c=0&d='",
                Some("{a:-1.5 b:'1.' c:0 d:''}"),
            ),
            ("curl /a/b -d 'a=1&a=2&a[b]=3'", Some("{a:1}")),
            ("curl /a/b -d '{\"a\": 1}'", None),
            ("curl /a/b -d 'hello'", None),
            ("curl /a/b -d @file", None),
            ("curl /a/b -d 'a b=1'", None),
            ("curl /a/b -d 'a[b=1'", None),
            ("curl -G /a/b -d a=1", None),
            ("curl /a/b --json a=1", None),
            (
                "curl /a/b -H 'Content-Type: application/json' -d a=1",
                Some("{a:1}"),
            ),
            ("curl /a/b", None),
            ("curl /a/b -d '[é]=%é%4é'", None),
        ] {
            assert_eq!(tree(body).as_deref(), want, "{body}");
        }
        let deep = format!("curl /a/b -d 'a{}=1'", "[b]".repeat(100_000));
        assert_eq!(tree(&deep), None);
    }

    #[test]
    fn a_field_may_hold_a_file() {
        let form =
            of("curl /a/b -F 'a=1' -F 'label=@\"./l.png\";type=image/png' -F 'more[]=@x'").unwrap();
        assert_eq!(
            form.files,
            [vec!["label".to_owned()], vec!["more".to_owned()]]
        );
        assert_eq!(form.encoding, Some(Encoding::Multipart));
        let form = of("curl /a/b -H 'Content-Type: application/json' -d a=1").unwrap();
        assert_eq!(form.encoding, None);
        let form = of("curl /a/b -d a=1").unwrap();
        assert_eq!(form.encoding, Some(Encoding::Form));
        assert_eq!(form.files, Vec::<Vec<String>>::new());
    }
}
