//! Reads value lists, defaults, formats and limits out of descriptions.

use super::patterns::{CODE, INTRODUCED, ONE_OF_DASH, PASS, QUOTED, WILL_BE, regex};
use crate::dialect::WrittenType;
use crate::text::is_name_char;

/// Words before `value:` that say which one it is: no list follows.
const ONE_VALUE: [&str; 5] = ["maximum", "minimum", "max", "min", "example"];

/// A longer word in quotes is no value.
const LONGEST_QUOTED: usize = 40;

/// The values that a description names for the parameter `names`, in its order and spelling. `others` are the names of
/// the other parameters of the table, which running text may mention.
#[must_use]
pub fn values(
    doc: &str,
    written: Option<WrittenType>,
    names: &[String],
    others: &[String],
) -> Vec<String> {
    let mut out = introduced(doc, names);
    let listing = matches!(written, Some(WrittenType::Enum));
    if out.is_empty() && matches!(written, Some(WrittenType::Enum) | None) {
        out = whole(doc);
    }
    if out.is_empty() && listing {
        out = running(doc, names, others);
    }
    if out.is_empty() && matches!(written, Some(WrittenType::String)) {
        // `Pass `X` to …`: a word in capitals is a value, not an example.
        let found = regex(&PASS)
            .into_iter()
            .flat_map(|pass| pass.captures_iter(doc))
            .filter_map(|found| found.get(1));
        out = found
            .map(|mark| mark.as_str())
            .filter(|word| word.len() > 1 && !word.chars().any(|c| c.is_ascii_lowercase()))
            .map(str::to_owned)
            .collect();
    }
    if matches!(written, Some(WrittenType::Boolean)) {
        out.clear();
    }
    dedup(out)
}

/// Whether a list of values has one between code marks that has no characters.
#[must_use]
pub fn lists_nothing(doc: &str) -> bool {
    let after = regex(&INTRODUCED).and_then(|introduction| introduction.find(doc));
    after.is_some_and(|found| {
        let list = &doc[found.end()..];
        list.split([',', '.']).any(|item| item.trim() == "``")
    })
}

/// Each value once, in the order of their first places.
#[must_use]
pub fn dedup(values: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for value in values {
        if !out.contains(&value) {
            out.push(value);
        }
    }
    out
}

/// `Value: …`: one list after each introduction.
fn introduced(doc: &str, names: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let Some(introduction) = regex(&INTRODUCED) else {
        return out;
    };
    for found in introduction.find_iter(doc) {
        let before = doc[..found.start()].trim_end().to_lowercase();
        let one = !found.as_str().to_lowercase().contains("values");
        let is_one = one && ONE_VALUE.iter().any(|word| before.ends_with(word));
        if is_one || before.ends_with("default") {
            continue;
        }
        let list = sentence(&doc[found.end()..]);
        let mut items = if found.as_str().trim_end_matches(' ').ends_with('\n') {
            lines(&doc[found.end()..], names)
        } else {
            items(list, names)
        };
        if items.is_empty() || list.trim_start().to_lowercase().starts_with("if ") {
            // `Value: If type=A, base_type will be X, or Y`
            items = doc[found.end()..]
                .split('\n')
                .filter_map(|part| {
                    regex(&WILL_BE)?
                        .find(part)
                        .map(|found| &part[found.end()..])
                })
                .flat_map(|part| self::items(sentence(part), names))
                .collect();
        }
        out.extend(items);
    }
    out
}

/// A list with one value in each line; what is no such list is read as a sentence.
fn lines(text: &str, names: &[String]) -> Vec<String> {
    let each = text.split('\n').map(|line| {
        let line = line.trim().trim_start_matches(['*', '-', '•', ' ']);
        items(sentence(line), names)
    });
    let out: Vec<String> = each
        .take_while(|items| items.len() == 1)
        .flatten()
        .collect();
    if out.len() > 1 {
        out
    } else {
        items(sentence(text), names)
    }
}

/// The text up to the end of the sentence; stops in code and brackets do not count.
pub fn sentence(text: &str) -> &str {
    let mut code = false;
    let mut depth = 0_i32;
    let bytes = text.as_bytes();
    let odd = text
        .split('\n')
        .next()
        .unwrap_or_default()
        .matches('`')
        .count()
        % 2
        == 1;
    for (at, c) in text.char_indices() {
        match c {
            '`' => code = !code && !odd,
            '(' => depth += 1,
            ')' => depth -= 1,
            '\n' => return &text[..at],
            '.' if !code && depth <= 0 => {
                let next = bytes.get(at + 1);
                if next.is_none_or(u8::is_ascii_whitespace) {
                    return &text[..at];
                }
            }
            _ => {}
        }
    }
    text
}

/// Cuts a list at its commas and takes what each item names.
fn items(list: &str, names: &[String]) -> Vec<String> {
    let list = if list.matches('`').count() % 2 == 1 {
        // One of the code marks is missing: they say nothing then.
        list.replace('`', "")
    } else {
        list.to_owned()
    };
    let coded = list.contains('`');
    let mut out = Vec::new();
    for item in split(&list, !coded) {
        let item = item.trim().trim_start_matches(['“', '"', '\'']);
        let item = ["and ", "or ", "either "].iter().fold(item, |item, word| {
            item.strip_prefix(word).unwrap_or(item).trim_start()
        });
        if coded {
            let marks: Vec<&str> = regex(&CODE)
                .map(|code| {
                    code.captures_iter(item)
                        .filter_map(|found| found.get(1))
                        .map(|found| found.as_str())
                        .collect()
                })
                .unwrap_or_default();
            let begins = item.starts_with('`');
            if begins {
                // `a` `b` and `a` or `b` name two values; `a` to order by `b` names one.
                let before = item.split('(').next().unwrap_or_default();
                let only_marks = regex(&CODE).is_some_and(|code| {
                    code.replace_all(before, "")
                        .split_whitespace()
                        .all(|word| matches!(word, "and" | "or" | "/" | "&"))
                });
                let take = if only_marks { marks.len() } else { 1 };
                out.extend(
                    marks
                        .into_iter()
                        .take(take)
                        .filter_map(|mark| value_of(mark, names)),
                );
                continue;
            }
            if let (false, Some(mark)) = (bare(item, true).is_some(), marks.first())
                && item
                    .split('`')
                    .next()
                    .is_some_and(|before| before.split_whitespace().count() <= 2)
            {
                out.extend(value_of(mark, names));
                continue;
            }
        }
        out.extend(bare(item, coded).map(str::to_owned));
    }
    out
}

/// Splits at commas and semicolons outside brackets and code, and at slashes in a list without code.
fn split(list: &str, slashes: bool) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut code, mut from) = (0_i32, false, 0);
    for (at, c) in list.char_indices() {
        match c {
            '`' => code = !code,
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | ';' if depth <= 0 && !code => {
                out.push(&list[from..at]);
                from = at + 1;
            }
            '/' if slashes && depth <= 0 => {
                out.push(&list[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(&list[from..]);
    out
}

/// A value without code marks: one word, followed by nothing, a remark in brackets, or `for …`.
fn bare(item: &str, strict: bool) -> Option<&str> {
    // `A+`, `C#`: a grade has a symbol behind it.
    let graded = item.trim().trim_end_matches(['"', '”', '\'']);
    let stem = graded.trim_end_matches(['+', '#']);
    let is_graded = stem.len() < graded.len() && (1..=3).contains(&stem.len());
    if !strict && is_graded && stem.chars().all(char::is_alphanumeric) {
        return Some(graded);
    }
    let end = item.find(|c: char| !is_name_char(c)).unwrap_or(item.len());
    let (word, rest) = item.split_at(end);
    let word = word.trim_end_matches('.');
    let rest = rest.trim_start_matches(['"', '”', '\'', ' ']).trim();
    let alone = rest.is_empty()
        || rest.starts_with('(')
        || rest == "respectively"
        || (!strict && (rest.starts_with("for ") || rest.starts_with("to ")));
    let shouting = word.chars().any(|c| c.is_ascii_uppercase())
        && !word.chars().any(|c| c.is_ascii_lowercase());
    if !strict && !alone {
        return title(item);
    }
    (!word.is_empty() && alone && (!strict || shouting)).then_some(word)
}

/// `No Warranty`: up to three words, each with a capital, are one value.
fn title(item: &str) -> Option<&str> {
    let item = item.trim();
    let capital = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric)
    };
    let words = item.split(' ');
    (words.clone().count() <= 3 && words.clone().all(capital)).then_some(item)
}

/// The value in a code mark: `x`, or `name=x` where the name is the parameter's own.
fn value_of(mark: &str, names: &[String]) -> Option<String> {
    let mark = mark.trim().trim_matches(['"', '\'']);
    // `+`, `<=`: symbols that stand for a value.
    let symbol = mark.chars().count() <= 2 && mark.chars().all(|c| c.is_ascii_punctuation());
    let value = match mark.split_once('=').filter(|_| !symbol) {
        Some((name, value)) => names
            .iter()
            .any(|known| known.eq_ignore_ascii_case(name.trim()))
            .then_some(value.trim())?,
        None => mark,
    };
    let part = |c: char| is_name_char(c) || matches!(c, ' ' | '+' | '#' | '|');
    let plain = !value.is_empty()
        && (symbol || value.chars().all(part) && value.chars().any(char::is_alphanumeric))
        && value.split(' ').count() <= 3;
    plain.then(|| value.to_owned())
}

/// A description that is nothing but a list: `POS,` or `(A, B)`.
fn whole(doc: &str) -> Vec<String> {
    let text = doc.trim().trim_matches(['(', ')', '.', ' ']);
    if !text.contains(',') || text.contains('\n') {
        return Vec::new();
    }
    let words: Vec<&str> = text
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect();
    let all = !words.is_empty() && words.iter().all(|word| word.chars().all(is_name_char));
    if all {
        words.into_iter().map(str::to_owned).collect()
    } else {
        Vec::new()
    }
}

/// Running text of an enumeration: everything in code marks that can be a value.
fn running(doc: &str, names: &[String], others: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut bracketed: Vec<String> = Vec::new();
    if let Some(code) = regex(&CODE) {
        for found in code.captures_iter(doc) {
            let Some(mark) = found.get(1) else { continue };
            let before = doc[..mark.start() - 1].to_lowercase();
            let open = before.matches('(').count() > before.matches(')').count();
            let example = before.trim_end().ends_with("for example,")
                || before.trim_end().ends_with("example:");
            if names.iter().chain(others).any(|name| name == mark.as_str()) || example {
                continue;
            }
            // `set in `sort``: another parameter, not a value.
            let other = before.trim_end().ends_with(" set in")
                || before.trim_end().ends_with("based on the")
                || before.trim_end().ends_with("the param");
            if other {
                continue;
            }
            if open { &mut bracketed } else { &mut out }.extend(value_of(mark.as_str(), names));
        }
    }
    if out.is_empty() {
        // In brackets stands an explanation, unless nothing else does.
        out = bracketed;
    }
    if out.is_empty()
        && let Some(quoted) = regex(&QUOTED)
    {
        out.extend(
            quoted
                .captures_iter(doc)
                .filter_map(|found| found.get(1))
                .filter(|found| found.as_str().chars().count() <= LONGEST_QUOTED)
                .map(|found| found.as_str().to_owned()),
        );
    }
    if out.is_empty() {
        // `identifiers of the customer - mobile, email, or id`
        let tail = regex(&ONE_OF_DASH)
            .and_then(|dash| dash.find_iter(doc).last().map(|found| &doc[found.end()..]));
        if let Some(tail) = tail {
            let items = items(sentence(tail), names);
            if items.len() > 1 {
                out = items;
            }
        }
    }
    out
}

/// What stands between backticks.
#[must_use]
pub fn marked(text: &str) -> Vec<String> {
    let spans = regex(&CODE)
        .into_iter()
        .flat_map(|code| code.captures_iter(text));
    dedup(
        spans
            .filter_map(|found| Some(found.get(1)?.as_str().to_owned()))
            .collect(),
    )
}

/// The values of a column that holds nothing else.
#[must_use]
pub fn of_cell(cell: &str, names: &[String]) -> Vec<String> {
    let list = cell.replace('\n', ", ").replace(" | ", ", ");
    if list.is_empty() {
        return Vec::new();
    }
    let introduced = format!("Values: {list}");
    values(&introduced, Some(WrittenType::Enum), names, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::remarks::{flag_of_remark, of_remark, place_of_flag};
    use crate::read::told::{default, default_among, format, limit, separated};

    fn of(doc: &str, written: Option<WrittenType>, name: &str) -> String {
        values(doc, written, &[name.to_owned()], &["neighbour".to_owned()]).join(" ")
    }

    #[test]
    fn several_values_in_one() {
        for doc in [
            "Ids of the parcels, separated by commas.",
            "For several parcels, pass each id separating with `,` (comma).",
            "To track several parcels, separate their numbers by comma.",
            "Comma-separated numbers of parcels.",
        ] {
            assert!(separated(doc), "{doc}");
        }
        for doc in [
            "Id of the parcel.",
            "Separates parcels by weight.",
            "Separate the two parts with a dash, comma or not.",
        ] {
            assert!(!separated(doc), "{doc}");
        }
    }

    #[test]
    fn flags_in_remarks() {
        for (remark, want) in [
            (
                "only if the query parameter “deep” is passed\nand that is set to “true”",
                Some("deep"),
            ),
            ("returned only if query param deep = true", Some("deep")),
            (
                "according to the query parameter `deep`=true/false",
                Some("deep"),
            ),
            ("only if the query parameter is true", None),
            ("query parameter deep is new. This is true", None),
        ] {
            assert_eq!(flag_of_remark(remark), want, "{remark}");
        }
        let text = "<!-- query param deep = true --><!-- query param wide=true -->";
        let at = place_of_flag(text, "wide").unwrap();
        assert_eq!((&text[at.clone()], at.start), ("wide", 49));
        assert_eq!(place_of_flag(text, "high"), None);
    }

    #[test]
    fn written_forms_of_lists() {
        let e = Some(WrittenType::Enum);
        for (doc, name, want) in [
            ("Kind. Value: `A`, `B`.", "k", "A B"),
            (
                "Values: LOYAL (has a card), GUEST (a visit, maybe two), NONE (neither).",
                "k",
                "LOYAL GUEST NONE",
            ),
            ("Specify `1` for on, `0` for off.", "k", "1 0"),
            (
                "Value: `T` for personal or urgent, and `B` for bulk, or such.",
                "k",
                "T B",
            ),
            (
                "Pick `mobile`, `email`. Value: `mobile`, `email` `id`.",
                "k",
                "mobile email id",
            ),
            (
                "Kind of thing. `regular` for one, `other` for two.",
                "k",
                "regular other",
            ),
            (
                "Value: `created`, `by` (default), `till` (to order by till).",
                "k",
                "created by till",
            ),
            (
                "Value: sms, email, call, or none. Returns them.",
                "k",
                "sms email call none",
            ),
            (
                "Ordered. Value: `created_date, `amount`, `till` (note).",
                "k",
                "created_date amount till",
            ),
            (
                "If `expired=true` so; if `expired=false` not; or `expired=extended`.",
                "expired",
                "true false extended",
            ),
            ("Values: `A`( for a), B (b), `C` (c).", "k", "A B C"),
            ("(MOBILE, EMAIL)", "k", "MOBILE EMAIL"),
            ("Value: No Rope, Thin, Thick", "k", "No Rope Thin Thick"),
            (
                "For one or the other. **Values**: FAST, SLOW respectively",
                "k",
                "FAST SLOW",
            ),
            ("POS,", "k", "POS"),
            ("Set scope to 'all' always.", "scope", "all"),
            (
                "Values: `email` (trans), `like`, `comment` (fb); `tweet` (tw).",
                "k",
                "email like comment tweet",
            ),
            (
                "Value: If `type=A`, `k` will be M, E, or X. \nIf `type=B`, `k` will be P, or C",
                "k",
                "M E X P C",
            ),
            ("**Value**: true,false. Pass it.", "k", "true false"),
            (
                "Sample values: Open, Close, InProgress.",
                "k",
                "Open Close InProgress",
            ),
            (
                "**Values**: `a`, `b` (based on validity). `a` is x.",
                "k",
                "a b",
            ),
            (
                "Pass `1` to leave out the zones (`zones`), `0` to have them.",
                "k",
                "1 0",
            ),
            ("Up (`asc`) or down (`desc`).", "k", "asc desc"),
            (
                "By the value of `neighbour`: up (`asc`) or down (`desc`).",
                "k",
                "asc desc",
            ),
            (
                "Filter by `POINTS` first, `COUPONS` second, `BOTH` (default).",
                "k",
                "POINTS COUPONS BOTH",
            ),
        ] {
            assert_eq!(of(doc, e, name), want, "{doc}");
        }
    }

    #[test]
    fn other_types_have_values_only_when_introduced() {
        assert_eq!(
            of(
                "Pass `0` for today, `1` for tomorrow.",
                Some(WrittenType::Integer),
                "gap"
            ),
            ""
        );
        assert_eq!(
            of("Pass `true` to see it.", Some(WrittenType::Boolean), "k"),
            ""
        );
        assert_eq!(
            of("Source. Value: `till`", Some(WrittenType::String), "k"),
            "till"
        );
        assert_eq!(of("First name of the customer.", None, "k"), "");
        assert_eq!(
            of(
                "Pass `EXTRA_FIELDS` to have them.",
                Some(WrittenType::String),
                "k"
            ),
            "EXTRA_FIELDS"
        );
    }

    #[test]
    fn remarks_in_samples() {
        assert_eq!(of_remark("this can be MEMO/TASK"), ["MEMO", "TASK"]);
        assert_eq!(
            of_remark("action_type can be any of (sms/email/call/none)"),
            ["sms", "email", "call", "none"]
        );
        assert_eq!(
            of_remark("discount_on can be on BILL or LINEITEM"),
            ["BILL", "LINEITEM"]
        );
        assert!(of_remark("ids can be cashier_id/store_id depends on the type").is_empty());
        assert!(of_remark("server side id of the task").is_empty());
    }

    #[test]
    fn a_default_that_is_only_spoken_of() {
        let values = ["PAID", "NOT_PAID", "ALL"].map(str::to_owned);
        let of = |doc: &str| default_among(doc, &values);
        assert_eq!(
            of("Kind. By default, paid parcels are shown.").as_deref(),
            Some("PAID")
        );
        assert_eq!(
            of("Kind. By default, all parcels, paid and not, are shown."),
            None
        );
        assert_eq!(of("Kind. Shows paid parcels. By default, it is off."), None);
    }

    #[test]
    fn defaults_formats_limits() {
        assert_eq!(
            default("Default value is `false`.").as_deref(),
            Some("false")
        );
        assert_eq!(default("Default value 20.").as_deref(), Some("20"));
        assert_eq!(
            default("Default value is `-1` (no limit)").as_deref(),
            Some("-1")
        );
        assert_eq!(
            default("Value: `asc`, `desc` (default). Orders").as_deref(),
            Some("desc")
        );
        assert_eq!(default("(default value is 10)").as_deref(), Some("10"));
        assert_eq!(
            default("`zh` for Chinese, `en` for English (default language).").as_deref(),
            Some("en")
        );
        assert_eq!(default("Default value will be the current store"), None);
        assert_eq!(
            format("in `YYYY-MM-DD HH:MM:SS` format").as_deref(),
            Some("YYYY-MM-DD HH:MM:SS")
        );
        assert_eq!(
            limit("You can get up to 1,000 results.").as_deref(),
            Some("<= 1000")
        );
        assert_eq!(
            limit("Negative values are not supported.").as_deref(),
            Some(">= 0")
        );
        assert_eq!(limit("`limit=20` shows up to 20 bills."), None);
    }
}
