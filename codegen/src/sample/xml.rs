//! Reads XML samples into the same tree as JSON.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::parsed::{Format, Parsed, Repair};
use super::remark::is_remark_line;
use super::tree::{Member, Tree};

/// Deeper nesting is cut off.
const DEPTH: usize = 128;

/// An element that is open.
struct Open {
    key: String,
    /// Bytes of the name in the tag.
    at: Range<usize>,
    members: Vec<Member>,
    text: String,
    /// Remarks that wait for the next element.
    remark: Vec<String>,
}

/// Reads a sample; `None` when there is no element in it. The document is an object whose only member is the document
/// element.
#[must_use]
pub fn parse(body: &str) -> Option<Parsed> {
    let mut repairs = Vec::new();
    let cleaned = clean(body, &mut repairs);
    let mut stack = vec![Open::new(String::new(), 0..0)];
    let mut reader = Reader::from_str(&cleaned);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.expand_empty_elements = false;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if stack.len() < DEPTH {
                    stack.push(open(&tag, at));
                } else {
                    repairs.push((Repair::Junk, at));
                    break;
                }
            }
            Ok(Event::Empty(tag)) => {
                let open = open(&tag, at);
                close(&mut stack, open);
            }
            Ok(Event::End(tag)) => {
                let name = tag.name().as_ref().to_owned();
                end(&mut stack, &name, at, &mut repairs);
            }
            Ok(Event::Text(text)) => push_text(&mut stack, &text, at, &mut repairs),
            Ok(Event::CData(text)) => {
                if let Some(open) = stack.last_mut() {
                    open.text.push_str(&text);
                }
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some(open) = stack.last_mut() {
                    open.text.push_str(&entity(&name));
                }
            }
            Ok(Event::Comment(text)) => remark(&mut stack, text.trim()),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(_) => {
                repairs.push((Repair::BrokenMarkup, at));
                // What cannot be read further is left; what was read stays.
                break;
            }
        }
    }
    if stack.len() > 1 {
        repairs.push((Repair::Truncated, cleaned.len()));
    }
    while stack.len() > 1 {
        if let Some(open) = stack.pop() {
            close(&mut stack, open);
        }
    }
    let members = stack.pop()?.members;
    if members.is_empty() {
        return None;
    }
    // A document is an element with members; values side by side are those of one that nobody shows.
    let bare = members.len() > 1
        && members
            .iter()
            .any(|member| member.value.members().is_empty());
    if bare {
        repairs.push((Repair::BareMembers, members[0].at.start));
    } else if members.len() > 1 {
        repairs.push((Repair::SeveralDocuments, members[1].at.start));
    }
    let documents = if bare {
        vec![Tree::Object(members)]
    } else {
        let each = members.into_iter();
        each.map(|member| Tree::Object(vec![member])).collect()
    };
    Some(Parsed {
        format: Format::Xml,
        documents,
        repairs,
        fragment: bare,
    })
}

impl Open {
    fn new(key: String, at: Range<usize>) -> Self {
        Self {
            key,
            at,
            members: Vec::new(),
            text: String::new(),
            remark: Vec::new(),
        }
    }
}

/// Blanks out remark lines and what stands before the first element, so that offsets stay.
fn clean(body: &str, repairs: &mut Vec<(Repair, usize)>) -> String {
    let mut out = String::with_capacity(body.len());
    let mut started = false;
    for line in body.split_inclusive('\n') {
        let text = line.trim();
        let remark =
            is_remark_line(text) || (!started && !text.is_empty() && !text.starts_with('<'));
        if remark {
            repairs.push((Repair::RemarkLine, out.len()));
            out.extend(
                line.chars()
                    .map(|c| if c == '\n' { '\n' } else { ' ' })
                    .take(line.len()),
            );
            let short = line.len().saturating_sub(line.chars().count());
            out.extend(std::iter::repeat_n(' ', short));
            continue;
        }
        // An XML declaration has to be the first thing.
        let late = !started
            && text.starts_with("<?xml")
            && (!out.is_empty() || line.starts_with([' ', '\t']));
        if late && repairs.is_empty() {
            repairs.push((Repair::LeadingBlank, 0));
        }
        started |= !text.is_empty();
        out.push_str(line);
    }
    out
}

fn open(tag: &BytesStart<'_>, at: usize) -> Open {
    let name = tag.name().as_ref().to_owned();
    // Behind the bracket.
    let written = at + 1..at + 1 + name.len();
    let mut open = Open::new(name, written.clone());
    for attribute in tag.attributes().with_checks(false).flatten() {
        let key = attribute.key.as_ref().to_owned();
        if key.starts_with("xmlns") || key.starts_with("xsi:") {
            continue;
        }
        open.members.push(Member {
            key: format!("@{key}"),
            value: Tree::Text(attribute.value.into_owned()),
            at: written.clone(),
            remark: None,
        });
    }
    open
}

fn push_text(stack: &mut [Open], text: &str, at: usize, repairs: &mut Vec<(Repair, usize)>) {
    let depth = stack.len();
    if let Some(open) = stack.last_mut() {
        if depth == 1 {
            if !text.trim().is_empty() {
                repairs.push((Repair::Junk, at));
            }
            return;
        }
        open.text.push_str(text);
    }
}

fn entity(name: &str) -> String {
    let code = name.strip_prefix("#x").map_or_else(
        || {
            name.strip_prefix('#')
                .and_then(|digits| digits.parse().ok())
        },
        |hex| u32::from_str_radix(hex, 16).ok(),
    );
    match (name, code.and_then(char::from_u32)) {
        (_, Some(c)) => c.to_string(),
        ("lt", _) => "<".to_owned(),
        ("gt", _) => ">".to_owned(),
        ("amp", _) => "&".to_owned(),
        ("quot", _) => "\"".to_owned(),
        ("apos", _) => "'".to_owned(),
        _ => format!("&{name};"),
    }
}

/// A remark waits for the element after it: then it can be told which of its neighbours it is about.
fn remark(stack: &mut [Open], text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let (Some(open), false) = (stack.last_mut(), text.is_empty()) {
        open.remark.push(text);
    }
}

/// Gives the remarks that wait in an element to the member before them, or to the next one: to that whose name they
/// hold, else to the one before, else to the next.
fn settle(open: &mut Open, next: Option<&mut Member>) {
    let remarks = std::mem::take(&mut open.remark);
    let mut next = next;
    let mut previous = open
        .members
        .iter_mut()
        .rev()
        .find(|member| !member.key.starts_with('@'));
    for text in remarks {
        let names = |member: &Member| {
            text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .any(|word| word.eq_ignore_ascii_case(&member.key))
        };
        let by_next = next.as_deref().is_some_and(names);
        let by_previous = previous.as_deref().is_some_and(names);
        let target = if (by_next && !by_previous) || previous.is_none() {
            next.as_deref_mut()
        } else {
            previous.as_deref_mut()
        };
        if let Some(member) = target {
            match &mut member.remark {
                Some(old) if old.contains(&text) => {}
                Some(old) => {
                    old.push(' ');
                    old.push_str(&text);
                }
                None => member.remark = Some(text),
            }
        }
    }
}

fn end(stack: &mut Vec<Open>, name: &str, at: usize, repairs: &mut Vec<(Repair, usize)>) {
    let Some(position) = stack
        .iter()
        .skip(1)
        .rposition(|open| open.key == name)
        .map(|at| at + 1)
    else {
        repairs.push((Repair::BrokenMarkup, at));
        return;
    };
    if position + 1 != stack.len() {
        repairs.push((Repair::BrokenMarkup, at));
    }
    while stack.len() > position {
        if let Some(open) = stack.pop() {
            close(stack, open);
        }
    }
}

fn close(stack: &mut [Open], mut open: Open) {
    settle(&mut open, None);
    let text = open.text.trim();
    let mut members = open.members;
    let value = if members.is_empty() {
        Tree::Text(text.to_owned())
    } else {
        if !text.is_empty() {
            members.push(Member {
                key: "#text".to_owned(),
                value: Tree::Text(text.to_owned()),
                at: open.at.clone(),
                remark: None,
            });
        }
        Tree::Object(members)
    };
    if let Some(parent) = stack.last_mut() {
        let mut member = Member {
            key: open.key,
            value,
            at: open.at,
            remark: None,
        };
        settle(parent, Some(&mut member));
        parent.members.push(member);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repairs(text: &str) -> Vec<Repair> {
        parse(text)
            .unwrap()
            .repairs
            .into_iter()
            .map(|(repair, _)| repair)
            .collect()
    }

    #[test]
    fn elements_become_members() {
        let parsed =
            parse("<?xml version=\"1.0\"?>\n<r><a>1</a><a> 2 &amp; 3 </a><b/><c k='v'>t</c></r>")
                .unwrap();
        assert!(parsed.is_strict(), "{:?}", parsed.repairs);
        let root = parsed.documents[0].get("r").unwrap();
        let keys: Vec<_> = root.members().iter().map(|m| m.key.as_str()).collect();
        assert_eq!(keys, ["a", "a", "b", "c"]);
        assert_eq!(root.members()[1].value, Tree::Text("2 & 3".into()));
        assert_eq!(
            root.members()[3].value.get("@k"),
            Some(&Tree::Text("v".into()))
        );
        assert_eq!(
            root.members()[3].value.get("#text"),
            Some(&Tree::Text("t".into()))
        );
    }

    #[test]
    fn values_side_by_side_are_a_part_of_a_document() {
        let parsed = parse("<?xml version=\"1.0\"?>\n<id>0</id>\n<name>x</name>").unwrap();
        assert!(parsed.fragment && parsed.documents.len() == 1);
        assert_eq!(parsed.documents[0].members().len(), 2);
        let parsed = parse("<a><b>0</b></a><a><b>1</b></a>").unwrap();
        assert!(!parsed.fragment && parsed.documents.len() == 2);
    }

    #[test]
    fn remarks_stay_with_their_element() {
        let parsed = parse("<r><x>1</x><!-- y is next --><y>2</y></r>").unwrap();
        assert_eq!(
            parsed.documents[0].get("r").unwrap().members()[1]
                .remark
                .as_deref(),
            Some("y is next")
        );
        let parsed =
            parse("<r><a>1</a><!-- the first --><b><!-- any of (x/y) --><t>x</t></b></r>").unwrap();
        let root = parsed.documents[0].get("r").unwrap();
        assert_eq!(root.members()[0].remark.as_deref(), Some("the first"));
        assert_eq!(
            root.members()[1].value.members()[0].remark.as_deref(),
            Some("any of (x/y)")
        );
    }

    #[test]
    fn slips_are_mended() {
        assert_eq!(
            repairs("\n \n<?xml version=\"1.0\"?><r><a>1</a></r>"),
            [Repair::LeadingBlank]
        );
        assert_eq!(
            repairs("# For points\n<r><a>1</a></r>"),
            [Repair::RemarkLine]
        );
        assert!(repairs("<r><a>1</r>").contains(&Repair::BrokenMarkup));
        assert!(repairs("<r><a>1</a>").contains(&Repair::Truncated));
        assert!(repairs("<r><a>1</a></b></r>").contains(&Repair::BrokenMarkup));
    }

    #[test]
    fn nothing_is_nothing() {
        assert!(parse("  \n").is_none());
        assert!(parse("# x").is_none());
    }
}
