//! Every fact can say why: for each place of the spec there is a decision, and for what is not in it a reason.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::{in_workspace, settings};
use slate_codegen::spec::{Basis, In, Required};
use slate_codegen::why::{Fact, Reply, why};
use slate_codegen::{Reading, Settings, read_docs};

const PAGE: &str = "# Parcel

## Add Parcel

> Sample Request

```json
{\"root\": {\"parcel\": [{\"street\": \"Dock Road\", \"weight\": \"7\", \"kind\": \"letter\"}]}}
```

> Sample Response

```json
{\"parcel\": {\"id\": 7, \"remark\": null}}
```

Adds a parcel.

### Resource Information
| | |
--- | ---
URI | parcel/add
HTTP Method | POST
Authentication | Yes

### Request URL
`https://{host}/v1.1/parcel/send`

### Request Body Parameters
Parameter | Datatype | Description
--- | --- | ---
street* | string | Street.
weight | int | Weight.
kind | enum | Value: `letter`, `box`.
colour of it | string | Colour.

<aside>Parameters marked with * are mandatory.</aside>

### Error Codes
Code | Description
--- | ---
1001 | Too heavy
";

fn reading() -> (Reading, Settings) {
    let settings = settings();
    let reading = read_docs(&document(&[("parcel", PAGE)]), &settings).unwrap();
    (reading, settings)
}

fn ask(words: &str) -> Reply {
    let (reading, settings) = reading();
    let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    why(&words, &reading, &settings).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn fact(words: &str, facet: &str) -> Fact {
    let reply = ask(words);
    let mut facts = reply.facts.into_iter();
    facts
        .find(|fact| fact.facet == facet)
        .unwrap_or_else(|| panic!("{words} has no {facet}"))
}

#[test]
fn a_decision_has_its_witnesses_its_losers_and_its_rule() {
    let path = fact("parcel.add path", "path");
    assert_eq!(
        (path.value.as_str(), path.basis),
        ("/v1.1/parcel/send", Basis::Stated)
    );
    assert_eq!(path.rule, "best witness");
    let lines = |statements: &[slate_codegen::why::Statement]| -> Vec<u32> {
        let places = statements.iter().filter_map(|one| one.place.as_ref());
        places.map(|place| place.line).collect()
    };
    // The request line, and the row with another path.
    assert_eq!(
        (lines(&path.r#for), lines(&path.against)),
        (vec![27], vec![22])
    );

    let ty = fact("parcel.add weight", "type");
    assert_eq!((ty.value.as_str(), ty.basis), ("integer", Basis::Stated));
    let by: Vec<&str> = ty.r#for.iter().map(|one| one.by).collect();
    assert!(
        by.contains(&"the row") && by.contains(&"a JSON sample"),
        "{by:?}"
    );

    let remark = fact("parcel.add response remark", "type");
    assert_eq!(
        (remark.value.as_str(), remark.basis),
        ("any", Basis::Assumed)
    );
}

#[test]
fn each_kind_of_place_can_be_asked_for() {
    for (words, facet, value) in [
        ("parcel.add", "method", "POST"),
        ("parcel.add", "name", "add"),
        ("parcel.add", "host", "crm"),
        ("parcel.add", "effect", "write"),
        ("parcel.add auth", "auth", "Yes"),
        ("parcel.add formats", "formats", "json"),
        ("parcel.add street", "required", "required"),
        (
            "parcel.add request root.parcel.street",
            "place",
            "root.parcel.street",
        ),
        ("parcel.add root.parcel[].street type", "type", "string"),
        ("parcel.add kind", "values", "letter, box"),
        ("parcel.add kind box", "values", "letter, box"),
        ("parcel 1001", "kind", "error"),
        ("parcel.add 1001", "messages", "Too heavy"),
        ("parcel.add id", "type", "integer"),
    ] {
        assert_eq!(fact(words, facet).value, value, "{words}");
    }
    // Asked for one facet, it is the only one.
    assert!(
        ask("parcel.add method")
            .facts
            .iter()
            .all(|fact| fact.facet == "method")
    );
    assert!(
        ask("parcel.add request street")
            .facts
            .iter()
            .all(|fact| fact.of.contains("request"))
    );
}

#[test]
fn what_the_spec_lacks_has_a_reason() {
    let reply = ask("parcel.add colour");
    assert!(reply.facts.is_empty());
    assert_eq!(reply.left_out[0].code, "S010");
    assert_eq!(reply.left_out[0].place.line, 35);
    // Mentioned, and no fact.
    let reply = ask("parcel.add Adds");
    assert_eq!(
        (reply.left_out[0].code, reply.left_out[0].place.line),
        ("", 17)
    );
    let (reading, settings) = reading();
    for words in ["parcel.recall", "nothing", "parcel.add nothing"] {
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        assert!(why(&words, &reading, &settings).is_err(), "{words:?}");
    }
    assert!(why(&[], &reading, &settings).is_err());
}

#[test]
fn an_override_says_what_it_beats() {
    let mut settings = settings();
    settings.overrides = slate_codegen::overrides::parse(
        "o",
        "- at: parcel/operations/parcel.add/params/weight\n  set: {type: string}\n  because: It has a unit.\n  file: includes/_parcel.md\n  line: weight | int | Weight.\n",
    )
    .unwrap();
    let reading = read_docs(&document(&[("parcel", PAGE)]), &settings).unwrap();
    let words = ["parcel.add", "request", "weight", "type"].map(str::to_owned);
    let reply = why(&words, &reading, &settings).unwrap();
    let [ty] = reply.facts.as_slice() else {
        panic!("{reply:?}")
    };
    assert_eq!((ty.value.as_str(), ty.basis), ("string", Basis::Corrected));
    assert!(ty.r#for[0].says.contains("It has a unit."));
    assert!(!ty.against.is_empty());
}

/// All facts of the project's own docs: each operation, parameter, field and code has its decisions, and what is not stated
/// is marked alike in the spec and in the ledger.
#[test]
fn every_place_of_the_spec_has_a_decision() {
    let settings = settings();
    let texts = slate_codegen::slate::load(&in_workspace("spec/slate")).unwrap();
    let reading = read_docs(&texts, &settings).unwrap();
    let ask = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        why(&words, &reading, &settings).unwrap_or_else(|error| panic!("{words:?}: {error}"))
    };
    for entity in &reading.inferred.spec.entities {
        for operation in &entity.operations {
            let reply = ask(&[&operation.id]);
            let has = |facet: &str| reply.facts.iter().any(|fact| fact.facet == facet);
            for facet in ["name", "method", "path", "host", "effect", "formats"] {
                assert!(has(facet), "{}: {facet}", operation.id);
            }
            for (facet, basis) in &operation.basis {
                let facts = reply.facts.iter();
                let found = facts.filter(|fact| {
                    fact.facet == *facet || (facet == "path" && fact.facet == "version")
                });
                assert_eq!(
                    found.map(|fact| fact.basis).max(),
                    Some(*basis),
                    "{}: {facet}",
                    operation.id
                );
            }
            for param in &operation.params {
                let side = match param.place {
                    In::Path => "path",
                    In::Query => "query",
                    In::Header => "header",
                    In::Body => "request",
                };
                let at = match (&param.at, param.place) {
                    (Some(at), In::Body) => at.replace("[]", ""),
                    _ => param.name.clone(),
                };
                let reply = ask(&[&operation.id, side, &at]);
                let types: Vec<&Fact> = reply
                    .facts
                    .iter()
                    .filter(|fact| fact.facet == "type")
                    .collect();
                assert!(!types.is_empty(), "{} {side} {at}", operation.id);
                if let Some(basis) = param.basis.get("type") {
                    assert!(
                        types.iter().any(|ty| ty.basis == *basis),
                        "{} {side} {at}",
                        operation.id
                    );
                }
                if param.required == Required::True && param.place == In::Body {
                    assert!(
                        reply.facts.iter().any(|fact| fact.facet == "required"),
                        "{} {at}",
                        operation.id
                    );
                }
            }
        }
        for code in &entity.codes {
            let reply = ask(&[&entity.entity, &code.code.to_string()]);
            assert!(!reply.facts.is_empty(), "{} {}", entity.entity, code.code);
        }
    }
}
