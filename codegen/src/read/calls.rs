//! Lines and headings that are calls: `POST /parcels`, however they are dressed.

use super::url::METHODS;
use crate::dialect::Dialect;
use crate::text::plain;

/// What stands around a method, and between it and its address.
const MARKS: [char; 12] = [' ', '[', ']', '(', ')', '*', '`', ':', '-', '–', '—', '|'];

/// The call that a heading or a line is, however it is dressed, as `METHOD address`.
pub fn call(title: &str, dialect: &Dialect) -> Option<String> {
    let title = without_remark(title);
    if titled_call(title, dialect) {
        return Some(title.to_owned());
    }
    let title = plain(title);
    let title = title.trim();
    let call = dressed(title).or_else(|| behind(title))?;
    titled_call(&call, dialect).then_some(call)
}

/// `[PUT] /parcels/{id}`, `` `PUT` /parcels/{id} `` and `PUT|POST - /parcels/{id}`.
fn dressed(title: &str) -> Option<String> {
    let (method, rest) = leading_method(title)?;
    let (mut methods, mut rest) = (method.to_owned(), rest);
    while let Some(next) = rest.strip_prefix(['|', '/', ',']) {
        let (method, behind) = leading_method(next)?;
        methods.push('|');
        methods.push_str(method);
        rest = behind;
    }
    let address = rest.trim_start_matches(MARKS);
    let apart = address.len() < rest.len();
    apart.then(|| format!("{methods} {}", address.trim_end_matches(['`', '*', ' '])))
}

/// `/parcels/{id} (PUT)`.
fn behind(title: &str) -> Option<String> {
    let (address, method) = title.trim_start_matches('`').rsplit_once(' ')?;
    let method = METHODS
        .into_iter()
        .find(|known| method.trim_matches(MARKS) == *known)?;
    let address = address.trim_end_matches(['`', '*', ' ', '-', '–', '—', '|', ':']);
    address
        .starts_with('/')
        .then(|| format!("{method} {address}"))
}

/// `GET /parcels (signed)`: the call without what is said of it in brackets.
fn without_remark(title: &str) -> &str {
    let inner = title.trim_end_matches(['`', '*', ' ']);
    let remark = inner
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once(" ("));
    match remark {
        Some((call, _)) if call.contains('/') && leading_method(call).is_some() => call.trim_end(),
        _ => title,
    }
}

fn leading_method(text: &str) -> Option<(&'static str, &str)> {
    let start = text.trim_start_matches(MARKS);
    METHODS
        .into_iter()
        .find_map(|method| Some((method, start.strip_prefix(method)?)))
}

/// True for the beginning of a path that lacks its slash: `v2/parcels`.
fn is_versioned(address: &str) -> bool {
    let version = address.split_once('/').map(|(first, _)| first);
    version.is_some_and(|first| {
        let number = first.strip_prefix('v').unwrap_or_default();
        number.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `GET /parcels/{id}` as a heading: the heading says how the operation is called.
pub fn titled_call(title: &str, dialect: &Dialect) -> bool {
    let title = title.trim_matches('`');
    // Those of `PUT|POST` are told together.
    let method: String = title
        .chars()
        .take_while(|c| c.is_ascii_alphabetic() || *c == '|')
        .collect();
    let rest = title[method.len()..].trim_start_matches([' ', ':', '`']);
    // `Get /parcels` is a call, too; `Get {what}` is not.
    let small = method.contains(|c: char| c.is_ascii_lowercase());
    method.len() > 2
        && (!small || rest.starts_with('/'))
        && (rest.starts_with(['/', '{']) || rest.starts_with("http") || is_versioned(rest))
        && !rest.contains(char::is_whitespace)
        && calls(title, dialect)
}

/// `POST /orders`: a method and a path.
pub fn calls(text: &str, dialect: &Dialect) -> bool {
    // `POST `callback` defined by …` names what is called, and no address.
    let address = text.contains(['/', '{', '<']);
    address
        && super::url::parse(text, &dialect.wire.format_suffixes)
            .is_some_and(|url| url.method.is_some() && !super::url::is_of_caller(&url.segments))
}

/// True for a call to an address that callers give.
pub fn of_caller(line: &str, dialect: &Dialect) -> bool {
    let line = line.trim_matches(['`', '*', ' ']);
    super::url::parse(line, &dialect.wire.format_suffixes)
        .is_some_and(|url| url.method.is_some() && super::url::is_of_caller(&url.segments))
}

/// True for a line that is a URL, a path in code marks, a method with a path, or nothing but an address.
pub fn looks_like_url(line: &str, dialect: &Dialect) -> bool {
    let line = line.trim();
    if of_caller(line, dialect) {
        return false;
    }
    let address = || {
        line.starts_with(['/', '{', '<'])
            && line.trim_matches('/').contains('/')
            && super::url::parse(line, &dialect.wire.format_suffixes).is_some()
    };
    line.contains("://")
        || (line.starts_with('`') && line.contains('/'))
        || calls(line, dialect)
        || address()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_call() {
        let dialect = Dialect::parse("d", "").unwrap();
        for (title, want) in [
            ("GET /parcels", Some("GET /parcels")),
            ("`GET /parcels  (signed)`", Some("`GET /parcels")),
            ("[GET] /parcels/:id", Some("GET /parcels/:id")),
            ("PUT - /parcels/{id}", Some("PUT /parcels/{id}")),
            (
                "`PATCH` /parcels/<id>?now=1",
                Some("PATCH /parcels/<id>?now=1"),
            ),
            ("[PUT|POST] /parcels/{id}", Some("PUT|POST /parcels/{id}")),
            ("/parcels/{id} (DELETE)", Some("DELETE /parcels/{id}")),
            ("`/parcels/{id}` - GET", Some("GET /parcels/{id}")),
            ("GET v1/parcels", Some("GET v1/parcels")),
            ("POST requests/answers", None),
            ("/parcels/{id}", None),
            ("GET it (POST)", None),
            ("PUT/what", None),
        ] {
            assert_eq!(call(title, &dialect).as_deref(), want, "{title}");
        }
    }
}
