//! What `why` says of lines that were read, of wholes, of names that are spelt otherwise, and of witnesses that say
//! something else.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::why::{Fact, Reply, Statement, why};
use slate_codegen::{Reading, read_docs};

const PAGE: &str = "# Parcel

## Weigh Parcel

Weighs what was handed in.

> Sample Request

```
https://eu.example.org/v1.1/parcel/weigh?depth=7&format=json
```

> Sample Response

```json
{\"parcel\": {\"id\": 7, \"loyalty_points\": 12, \"remark\": \"x\"}}
```

### Resource Information
| | |
--- | ---
URI | parcel/weigh
HTTP Method | GET
Rate Limited? | Yes (60 per minute)
Clerk | unknown

### Request URL
`https://{host}/v1.1/parcel/weigh?format={xml/json}`

### Query Parameters
Parameter | Datatype | Description
--- | --- | ---
depth | int | How deep.

### Response Parameters
Parameter | Datatype | Description
--- | --- | ---
loyalty_points | int | Points.

## Send Parcel

### Resource Information
| | |
--- | ---
URI | parcel/send
HTTP Method | POST

### Request URL
`https://{host}/v1.1/parcel/send`

### Request Body Parameters
Parameter | Datatype | Description
--- | --- | ---
number** | string | Its number.
address** | string | Its address.

<aside>Any one of the parameters marked with ** is mandatory when the parcel is heavy.</aside>

### Error Codes
Code | Description
--- | ---
1001 | Too heavy

### Success Codes
Code | Description
--- | ---
200 | Sent
";

fn reading() -> Reading {
    read_docs(&document(&[("parcel", PAGE)]), &settings()).unwrap()
}

fn asked(words: &str) -> Result<Reply, String> {
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    why(&words, &reading(), &settings()).map_err(|error| error.to_string())
}

#[track_caller]
fn ask(words: &str) -> Reply {
    asked(words).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn fact(words: &str, facet: &str) -> Fact {
    let mut facts = ask(words).facts.into_iter();
    let found = facts.find(|fact| fact.facet == facet);
    found.unwrap_or_else(|| panic!("{words} has no {facet}"))
}

/// The number of the first line that has these words.
fn line(words: &str) -> u32 {
    let mut lines = (1..).zip(PAGE.lines());
    lines.find(|(_, line)| line.contains(words)).unwrap().0
}

fn lines(statements: &[Statement]) -> Vec<u32> {
    let places = statements.iter().filter_map(|one| one.place.as_ref());
    places.map(|place| place.line).collect()
}

#[test]
fn a_line_that_facts_were_read_from_says_which() {
    // The words of the path, which is no name of anything.
    let reply = ask("weigh");
    let uri = line("URI | parcel/weigh");
    let found = reply.left_out.iter().find(|lost| lost.place.line == uri);
    let found = found.unwrap();
    assert_eq!(found.read_as, ["path of parcel.weigh"]);
    assert!(found.message.contains("read as: path of parcel.weigh"));
    for lost in &reply.left_out {
        let unread = lost.action.contains("no fact of the spec");
        assert_eq!(unread, lost.read_as.is_empty(), "{lost:?}");
    }
    // A description is no decision, and was read all the same.
    let reply = ask("parcel.weigh handed");
    assert_eq!(reply.left_out[0].place.line, line("handed in"));
    assert_eq!(reply.left_out[0].read_as, ["description of parcel.weigh"]);
    // Nothing was read from a row that nobody knows.
    let reply = ask("parcel.weigh clerk");
    assert_eq!(reply.left_out[0].place.line, line("Clerk"));
    assert!(reply.left_out[0].read_as.is_empty());
}

#[test]
fn a_side_alone_has_its_members() {
    let names =
        |words: &str| -> Vec<String> { ask(words).parts.into_iter().map(|part| part.of).collect() };
    let query = names("parcel.weigh query");
    assert!(
        query.contains(&"parcel.weigh query depth".to_owned()),
        "{query:?}"
    );
    let request = ask("parcel.weigh request");
    assert!(request.left_out.is_empty());
    assert!(request.parts[0].says.starts_with("nothing"), "{request:?}");
    assert!(names("parcel.weigh response").len() >= 3);
    // The parameter that chooses the format is the fact on formats.
    assert_eq!(fact("parcel.weigh format", "formats").value, "json, xml");
}

#[test]
fn all_facts_of_an_operation_can_be_asked_for() {
    let limit = fact("parcel.weigh rate_limited", "rate_limited");
    assert_eq!(limit.value, "Yes (60 per minute)");
    assert_eq!(lines(&limit.r#for), [line("Rate Limited?")]);
    assert_eq!(
        fact("parcel.weigh rate_limit", "rate_limit").value,
        "60 per minute"
    );
    let title = fact("parcel.weigh title", "title");
    assert_eq!(title.value, "Weigh Parcel");
    assert_eq!(lines(&title.r#for), [line("## Weigh Parcel")]);
    let rules = fact("parcel.send rules", "rules");
    assert!(
        rules.value.starts_with("one of number, address, when"),
        "{rules:?}"
    );
    assert_eq!(lines(&rules.r#for), [line("<aside>")]);
    let none = ask("parcel.send rate_limited");
    assert!(none.facts.is_empty() && none.left_out.is_empty());
    assert_eq!(none.parts[0].of, "parcel.send rate_limited");
}

#[test]
fn alternatives_have_their_lines() {
    let page = PAGE.replace(
        "URI | parcel/send\n",
        "URI for App | parcel/send\nURI for Web | parcel/web/send\n",
    );
    let page = page.replace("### Request URL\n`https://{host}/v1.1/parcel/send`\n", "");
    let reading = read_docs(&document(&[("parcel", &page)]), &settings()).unwrap();
    let words = ["parcel.send", "alternatives"].map(str::to_owned);
    let reply = why(&words, &reading, &settings()).unwrap();
    let [fact] = reply.facts.as_slice() else {
        panic!("{reply:?}")
    };
    let mut operations = reading
        .inferred
        .spec
        .entities
        .iter()
        .flat_map(|one| &one.operations);
    let send = operations.find(|one| one.id == "parcel.send").unwrap();
    assert_eq!(fact.value, send.alternatives[0].path);
    assert!(fact.value.ends_with("parcel/web/send"));
    let place = fact.r#for[0].place.as_ref().unwrap();
    let own = page.lines().nth(place.line as usize - 1).unwrap();
    assert_eq!(own, "URI for Web | parcel/web/send");
}

const HEADERS: &str = "
## Headers

Header | Description
--- | ---
X-Depot* | The depot.
Accept-Language | Its language.
";

#[test]
fn an_entity_and_the_api_tell_what_they_consist_of() {
    let reply = ask("Parcel");
    let facts: Vec<(&str, &str)> = reply
        .facts
        .iter()
        .map(|fact| (fact.facet.as_str(), fact.value.as_str()))
        .collect();
    assert_eq!(facts, [("title", "Parcel"), ("host", "crm")]);
    let parts: Vec<(&str, &str)> = reply
        .parts
        .iter()
        .map(|part| (part.of.as_str(), part.says.as_str()))
        .collect();
    assert_eq!(
        parts[..2],
        [
            ("parcel.weigh", "GET /v1.1/parcel/weigh, \"Weigh Parcel\""),
            ("parcel.send", "POST /v1.1/parcel/send, \"Send Parcel\""),
        ]
    );
    let codes: Vec<&str> = parts[2..].iter().map(|(of, _)| *of).collect();
    assert_eq!(codes, ["parcel 200", "parcel 1001"]);
    // Its codes in full are asked for by that word.
    let kinds = ask("parcel codes").facts.into_iter();
    assert_eq!(kinds.filter(|fact| fact.facet == "kind").count(), 2);

    let mut texts = document(&[("parcel", PAGE)]);
    texts.0[0].1.extend(HEADERS.bytes());
    let index = String::from_utf8(texts.0[0].1.clone()).unwrap();
    let reading = read_docs(&texts, &settings()).unwrap();
    let ask = |words: &str| {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        why(&words, &reading, &settings()).unwrap_or_else(|error| panic!("{words:?}: {error}"))
    };
    let line = |words: &str| {
        let mut lines = (1..).zip(index.lines());
        lines.find(|(_, line)| line.contains(words)).unwrap().0
    };
    // A header may be asked for by its name alone, and of an operation.
    for words in [
        "api X-Depot",
        "x-depot",
        "parcel.send X-DEPOT",
        "api header X-Depot",
    ] {
        let reply = ask(words);
        let required = reply.facts.iter().find(|fact| fact.facet == "required");
        let required = required.unwrap_or_else(|| panic!("{words}"));
        assert_eq!(required.value, "required", "{words}");
        assert_eq!(lines(&required.r#for), [line("X-Depot*")]);
    }
    for words in ["api hosts", "api clusters", "api crm"] {
        let reply = ask(words);
        assert_eq!(reply.facts.len(), 1, "{words}");
        assert!(
            reply.facts[0].value.contains("eu: eu.api.example.com"),
            "{reply:?}"
        );
    }
    let parts = ask("api").parts.into_iter().map(|part| part.of);
    let parts: Vec<String> = parts.collect();
    for part in ["api title", "api header Accept-Language", "parcel"] {
        assert!(parts.iter().any(|known| known == part), "{part}: {parts:?}");
    }
}

#[test]
fn case_does_not_matter_and_the_nearest_names_come_first() {
    assert_eq!(fact("Parcel.Weigh Method", "method").value, "GET");
    assert_eq!(fact("PARCEL 1001", "messages").value, "Too heavy");
    assert_eq!(fact("parcel.WEIGH Response ID", "type").value, "integer");
    let near = |words: &str| asked(words).unwrap_err();
    assert!(near("parcel.weih").contains("nearest to it: parcel.weigh"));
    assert!(near("parcel.sent").contains("nearest to it: parcel.send"));
    assert!(near("parcle").contains("nearest to it: parcel"));
    // Members of both sides, and facts of the operation; not what is nothing like it.
    let error = near("parcel.weigh loyality_points");
    assert!(
        error.contains("nearest to it: response loyalty_points;"),
        "{error}"
    );
    let error = near("parcel.weigh detph");
    assert!(error.contains("nearest to it: query depth;"), "{error}");
    let error = near("parcel.weigh metod");
    assert!(error.contains("nearest to it: method;"), "{error}");
    // What is like nothing has what there is.
    assert!(near("zzzzzz").contains("there is parcel"));
}

#[test]
fn the_heading_that_says_what_codes_mean_is_shown() {
    for (code, heading) in [("1001", "### Error Codes"), ("200", "### Success Codes")] {
        let kind = fact(&format!("parcel {code}"), "kind");
        assert_eq!(kind.r#for[0].by, "the heading");
        assert_eq!(lines(&kind.r#for), [line(heading)], "{code}");
    }
}

#[test]
fn a_witness_that_says_something_else_is_explained() {
    let points = fact("parcel.weigh response loyalty_points", "type");
    assert_eq!(points.value, "number");
    let says: Vec<&str> = points.r#for.iter().map(|one| one.says.as_str()).collect();
    assert!(
        says.contains(&"a whole number (a number as well)"),
        "{says:?}"
    );
    for one in says.iter().filter(|says| !says.starts_with("number")) {
        assert!(one.contains("(a number as well)"), "{says:?}");
    }
    let effect = fact("parcel.weigh effect", "effect");
    assert_eq!(
        (effect.value.as_str(), effect.r#for[0].says.as_str()),
        ("read", "GET (the method)")
    );
    let path = fact("parcel.weigh path", "path");
    let row = path.r#for.iter().find(|one| one.by == "the resource table");
    assert!(row.unwrap().says.contains("the version is"), "{path:?}");
}
