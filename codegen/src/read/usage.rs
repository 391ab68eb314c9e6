//! What code in a programming language calls: `requests.post("https://…")`, `fetch("https://…", { method: "PUT" })`.

use std::sync::LazyLock;

use regex::Regex;

use super::facts::Said;
use crate::slate::source::Span;

/// Words behind the name of a method in what libraries call their functions: `get_async`, `PostAsJson`.
const TAIL: &str = r"(?:_?[Aa]s\w*|Async)?";

static CALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let methods = "get|post|put|patch|delete|head|options";
    let address = r#"["'`](?<address>https?://[^"'`\s]+)["'`]"#;
    // A function that is named as the method, or one that is given it first, or one with the method behind the address.
    Regex::new(&format!(
        r#"(?x)
        (?: [.:>] (?<named>(?i:{methods})) {TAIL} (?:\s*\(\s*|\s+) (?:uri:\s*|url:\s*|url\s*=\s*)? {address} )
        | (?: ["'`] (?<first>(?i:{methods})) ["'`] \s*,\s* {other} )
        | (?: \b fetch \s*\(\s* {fetched} (?: (?<options> \s*,\s*\{{ ) (?: [^{{}}]*? \bmethod['"]?\s*:\s*["'`](?<given>\w+) )? )? )
        "#,
        other = address.replace("address", "other"),
        fetched = address.replace("address", "fetched"),
    ))
    .ok()
});

/// The first call that is made with its whole address.
pub fn call(body: &str, span: Span) -> Option<Said> {
    let found = CALL.as_ref()?.captures(body)?;
    let part = |names: [&str; 3]| names.into_iter().find_map(|name| found.name(name));
    let address = part(["address", "other", "fetched"])?.as_str();
    let text = match part(["named", "first", "given"]) {
        Some(method) => format!("{} {address}", method.as_str().to_uppercase()),
        // The method may stand among options that were not understood.
        None if found.name("options").is_some() => address.to_owned(),
        None => format!("GET {address}"),
    };
    Some(Said { text, span })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_of_a_library() {
        let parcels = "https://a.example.com/parcels";
        for (code, want) in [
            (
                "requests.post(\"https://a.example.com/parcels\", json={})",
                Some("POST"),
            ),
            (
                "r = requests.request('PUT', 'https://a.example.com/parcels')",
                Some("PUT"),
            ),
            (
                "RestClient.delete 'https://a.example.com/parcels', {}",
                Some("DELETE"),
            ),
            ("fetch(\"https://a.example.com/parcels\")", Some("GET")),
            (
                "fetch('https://a.example.com/parcels')\nsend({ method: 'PUT' })",
                Some("GET"),
            ),
            (
                "fetch('https://a.example.com/parcels', {\n  headers: h,\n  method: 'PATCH' })",
                Some("PATCH"),
            ),
            // Behind another object it is not found, and nothing is said of it.
            (
                "fetch('https://a.example.com/parcels', {\n  headers: { a: 1 },\n  method: 'POST' })",
                Some(""),
            ),
            ("httr::GET(\"https://a.example.com/parcels\")", Some("GET")),
            (
                "client.GetAsync(\"https://a.example.com/parcels\")",
                Some("GET"),
            ),
            ("url = \"https://a.example.com/parcels\"", None),
            ("api.parcels.get(7)", None),
        ] {
            let said = call(code, Span::new(0, 0, 1)).map(|said| said.text);
            assert_eq!(
                said,
                want.map(|method| format!("{method} {parcels}").trim().to_owned()),
                "{code}"
            );
        }
    }
}
