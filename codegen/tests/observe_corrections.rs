//! Corrections of what is demanded, and of where answers stand: what is written, what is not, and that it silences what
//! was seen.

use crate::support::pages;
use crate::support::settings;
use crate::support::traffic::call;

use pages::document;
use settings::settings;
use slate_codegen::observe::{Corrections, Kind, MIN_SEEN, Observer, Report};
use slate_codegen::spec::{Operation, Required};
use slate_codegen::{Reading, Settings, files, overrides, read_docs};

const CRATES: &str = r#"# Crates

## Open Crate
> Sample Request

```json
{"root": {"crate": [{"number": "C1", "lock_code": "77", "colour": "red"}]}}
```

> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "crates": {"crate": [
  {"number": "C1", "planks": 4, "item_status": {"success": "true", "code": "1000", "message": "open"}}]}}}
```

### Resource Information
| | |
--- | ---
URI | crates/open
HTTP Method | POST
Batch Support | Yes

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
depot* | string | Where it stands.
skip_lock | boolean | Pass `true` to skip the lock of the crate.

### Request Body Parameters
Parameter | Type | Description
--------- | ---- | -----------
number* | string | Number of the crate.
lock_code* | string | Code of the lock.
colour | string | Its colour.

## Find Crate
> Sample Response

```json
{"response": {"status": {"success": "true", "code": "200", "message": "fine"}, "page": {"number": 1}, "crates": {"crate": [
  {"number": "C1", "planks": 4, "item_status": {"success": "true", "code": "1000", "message": "open"}}]}}}
```

### Resource Information
| | |
--- | ---
URI | crates/find
HTTP Method | GET

### Request Query Parameters
Parameter | Type | Description
--------- | ---- | -----------
number** | string | Number of the crate.
label** | string | Label of the crate.

<aside class="notice">Any one of the parameters marked with ** is mandatory.</aside>
"#;

fn with(yaml: &str) -> Settings {
    let mut settings = settings();
    settings.overrides = overrides::parse("overrides.yaml", yaml).unwrap();
    settings
}

#[track_caller]
fn read(settings: &Settings) -> Reading {
    let reading = read_docs(&document(&[("crate", CRATES)]), settings).unwrap();
    assert!(reading.stale.is_empty(), "{:?}", reading.stale);
    reading
}

/// A call: method, URL, body of the request, body of the answer.
type Call<'c> = (&'c str, &'c str, &'c str, &'c str);

fn observe(reading: &Reading, calls: &[Call<'_>]) -> Report {
    let settings = settings();
    let mut observer = Observer::new(&reading.inferred.spec, &settings.dialect);
    for (method, url, request, answer) in calls {
        observer.exchange(&call(method, url, request, answer));
    }
    observer.report()
}

/// URLs that look for crates by these queries.
fn finds(queries: &[&str]) -> Vec<String> {
    let queries = queries.iter();
    queries
        .map(|query| format!("/v1.1/crates/find?{query}"))
        .collect()
}

const OPENED: &str =
    r#"{"response":{"status":{"success":true},"crates":{"crate":[{"number":"A"}]}}}"#;
const OPEN: &str = "/v1.1/crates/open?depot=north";

fn operation<'r>(reading: &'r Reading, id: &str) -> &'r Operation {
    let mut operations = reading.inferred.spec.entities[0].operations.iter();
    operations.find(|operation| operation.id == id).unwrap()
}

fn count(report: &Report, kind: Kind) -> usize {
    let findings = report.findings();
    findings.filter(|finding| finding.kind == kind).count()
}

/// Writes what calls show on top of other corrections, and sees that the same calls are quiet then.
#[track_caller]
fn corrected(before: &str, kind: Kind, calls: &[Call<'_>]) -> (Reading, Corrections) {
    let reading = read(&with(before));
    let report = observe(&reading, calls);
    assert!(count(&report, kind) > 0, "{}", report.text());
    let corrections = report.overrides(&reading.sources, MIN_SEEN);
    assert!(corrections.left.is_empty(), "{:?}", corrections.left);
    let yaml = corrections.to_yaml().unwrap();
    let settings = with(&format!("{before}\n{yaml}"));
    let reading = read(&settings);
    let again = observe(&reading, calls);
    assert!(again.is_empty(), "{yaml}\n{}", again.text());
    let more = again.overrides(&reading.sources, 1);
    assert!(more.is_empty() && more.left.is_empty(), "{more:?}");
    files(&reading, &settings).unwrap();
    (reading, corrections)
}

#[track_caller]
fn left(before: &str, calls: &[Call<'_>]) -> String {
    let reading = read(&with(before));
    let corrections = observe(&reading, calls).overrides(&reading.sources, MIN_SEEN);
    assert!(corrections.is_empty(), "{corrections:?}");
    let [line] = corrections.left.as_slice() else {
        panic!("{:?}", corrections.left)
    };
    line.clone()
}

#[test]
fn a_flag_lifts_what_is_required() {
    let unlocked = r#"{"root":{"crate":[{"number":"A"},{"number":"B","lock_code":"1"}]}}"#;
    let reading = read(&settings());
    let flag = operation(&reading, "crate.open").rules[0].unless.as_deref();
    assert_eq!(flag, Some("skip_lock"));
    let at = |url: &str| observe(&reading, &[("POST", url, unlocked, OPENED)]);
    for value in ["true", "1", "%54rue", "false&skip_lock=yes"] {
        let report = at(&format!("{OPEN}&skip_lock={value}"));
        assert_eq!(
            count(&report, Kind::InvalidAccepted),
            0,
            "{}",
            report.text()
        );
    }
    for query in ["", "&skip_lock=false", "&skip_lock=", "&skip=true"] {
        let report = at(&format!("{OPEN}{query}"));
        assert_eq!(
            count(&report, Kind::InvalidAccepted),
            1,
            "{}",
            report.text()
        );
    }
    // The flag of one request says nothing about the next, and lifts nothing else.
    let lifted = format!("{OPEN}&skip_lock=true");
    let unnumbered = r#"{"root":{"crate":[{"lock_code":"1"}]}}"#;
    let report = observe(
        &reading,
        &[
            ("POST", &lifted, unlocked, OPENED),
            ("POST", OPEN, unlocked, OPENED),
            ("POST", &lifted, unnumbered, OPENED),
        ],
    );
    let broken: Vec<_> = report
        .findings()
        .filter(|finding| finding.kind == Kind::InvalidAccepted)
        .map(|finding| (finding.at.as_str(), finding.count, finding.of))
        .collect();
    let around = "root.crate[]";
    assert_eq!(
        broken,
        [
            (&*format!("{around}.lock_code"), 1, Some(2)),
            (&*format!("{around}.number"), 1, Some(5))
        ]
    );
}

#[test]
fn a_flag_of_a_rule_lifts_one_of_several() {
    let rules = "
- at: crate/operations/crate.open
  set: {rules: [{one_of: [colour, lock_code], unless: plain, doc: '', source: {file: includes/_crate.md, line: 1}}]}
  because: it is so
  file: includes/_crate.md
  line: URI | crates/open
- at: crate/operations/crate.open/params/lock_code
  set: {required: false}
  because: it is so
  file: includes/_crate.md
  line: lock_code* | string | Code of the lock.
";
    let reading = read(&with(rules));
    let request = r#"{"root":{"crate":[{"number":"A"}]}}"#;
    for (query, findings) in [("", 1), ("&plain=true", 0)] {
        let url = format!("{OPEN}{query}");
        let report = observe(&reading, &[("POST", &url, request, OPENED)]);
        let broken = count(&report, Kind::InvalidAccepted);
        assert_eq!(broken, findings, "{}", report.text());
    }
}

#[test]
fn what_is_accepted_without_becomes_optional() {
    let without = r#"{"root":{"crate":[{"lock_code":"1"}]}}"#;
    let call = ("POST", "/v1.1/crates/open", without, OPENED);
    let (reading, corrections) = corrected("", Kind::InvalidAccepted, &[call; 3]);
    for name in ["depot", "number"] {
        let operation = operation(&reading, "crate.open");
        let param = operation.params.iter().find(|param| param.name == name);
        assert_eq!(param.unwrap().required, Required::False);
    }
    let depot = corrections
        .entries
        .iter()
        .find(|entry| entry.at.ends_with("/depot"));
    let depot = depot.unwrap();
    assert_eq!(
        depot.because,
        "seen 3 of 3 times in traffic without depot, and accepted."
    );
    assert_eq!(depot.line, "depot* | string | Where it stands.");
    let types = &reading.inferred.spec.entities[0].types;
    let mut fields = types.values().flat_map(|def| def.fields.iter().flatten());
    assert!(!fields.any(|field| field.name == "number" && field.required != Required::False));
}

#[test]
fn none_of_several_makes_all_of_them_optional() {
    let call = ("GET", "/v1.1/crates/find", "", OPENED);
    let (reading, _) = corrected("", Kind::InvalidAccepted, &[call; 3]);
    let params = &operation(&reading, "crate.find").params;
    let is_free = |param: &slate_codegen::spec::Param| {
        param.required == Required::False && param.group.is_empty()
    };
    assert!(params.iter().all(is_free), "{params:?}");
}

#[test]
fn what_stood_in_the_place_of_several_joins_them() {
    for (urls, group) in [
        (vec!["colour=red"], vec!["number", "label", "colour"]),
        // One comes along with documented ones, too.
        (
            vec!["colour=red&planks=2", "number=1&planks=2"],
            vec!["number", "label", "colour"],
        ),
        (
            vec!["colour=red", "lock_code=7"],
            vec!["number", "label", "colour", "lock_code"],
        ),
    ] {
        let urls = finds(&urls);
        let calls: Vec<Call<'_>> = urls
            .iter()
            .map(|url| ("GET", url.as_str(), "", OPENED))
            .cycle()
            .take(urls.len() * 3)
            .collect();
        let (reading, corrections) = corrected("", Kind::InvalidAccepted, &calls);
        let params = &operation(&reading, "crate.find").params;
        for param in params {
            let is_one = group.contains(&&*param.name);
            assert_eq!(param.required == Required::OneOf, is_one, "{param:?}");
            assert_eq!(param.group, if is_one { group.clone() } else { vec![] });
        }
        let because = &corrections
            .entries
            .iter()
            .find(|entry| entry.at.ends_with("/label"));
        let because = &because.unwrap().because;
        assert!(
            because.contains("without any of number, label, and accepted. In its place was colour"),
            "{because}"
        );
    }
}

#[test]
fn what_stood_in_the_place_of_members_joins_them() {
    let group = "
- at: crate/operations/crate.open/params/number
  set: {required: one_of, group: [number, colour]}
  because: it is so
  file: includes/_crate.md
  line: number* | string | Number of the crate.
- at: crate/operations/crate.open/params/colour
  set: {required: one_of, group: [number, colour]}
  because: it is so
  file: includes/_crate.md
  line: colour | string | Its colour.
";
    let request = r#"{"root":{"crate":[{"label":"L","lock_code":"1"}]}}"#;
    let call = ("POST", OPEN, request, OPENED);
    let (reading, _) = corrected(group, Kind::InvalidAccepted, &[call; 3]);
    let params = &operation(&reading, "crate.open").params;
    for name in ["number", "colour", "label"] {
        let param = params.iter().find(|param| param.name == name).unwrap();
        assert_eq!(param.required, Required::OneOf);
        assert_eq!(param.group, ["number", "colour", "label"]);
    }
}

#[test]
fn a_rule_about_several_gets_what_stood_in_their_place() {
    let rules = "
- at: crate/operations/crate.open
  set: {rules: [{one_of: [colour, number], doc: '', source: {file: includes/_crate.md, line: 9}}]}
  because: it is so
  file: includes/_crate.md
  line: URI | crates/open
- at: crate/operations/crate.open/params/number
  set: {required: false}
  because: it is so
  file: includes/_crate.md
  line: number* | string | Number of the crate.
";
    let request = r#"{"root":{"crate":[{"label":"L","lock_code":"1"}]}}"#;
    let call = ("POST", OPEN, request, OPENED);
    let (reading, _) = corrected(rules, Kind::InvalidAccepted, &[call; 3]);
    let rules = &operation(&reading, "crate.open").rules;
    assert!(
        rules
            .iter()
            .any(|rule| rule.one_of == ["colour", "number", "label"]),
        "{rules:?}"
    );
}

#[test]
fn what_stood_in_the_place_of_several_may_be_open() {
    let at = |queries: &[&str], min_seen: u64| {
        let urls = finds(queries);
        let calls: Vec<Call<'_>> = urls
            .iter()
            .map(|url| ("GET", url.as_str(), "", OPENED))
            .collect();
        let reading = read(&settings());
        observe(&reading, &calls).overrides(&reading.sources, min_seen)
    };
    // Which of both it was cannot be told.
    let both = at(&["colour=red&planks=2"; 3], 3);
    assert!(
        !both
            .entries
            .iter()
            .any(|entry| entry.at.ends_with("/label"))
    );
    assert!(
        both.left
            .iter()
            .any(|line| line.contains("which of the undocumented colour, planks was in its place")),
        "{both:?}"
    );
    // Too rarely: neither the group nor what would join it is written.
    let rarely = at(&["colour=red"], 3);
    assert!(rarely.is_empty(), "{rarely:?}");
    assert!(
        rarely.left.iter().all(|line| line.contains("too rarely")),
        "{rarely:?}"
    );
    // Mostly nothing was there: the docs demand what nobody has to send.
    let nothing = at(&["", "", "", "colour=red"], 3);
    let label = nothing
        .entries
        .iter()
        .find(|entry| entry.at.ends_with("/label"));
    assert_eq!(label.unwrap().set["required"], false);
}

/// An answer with this beside its parts, and in the outcome of an item.
fn more(beside: &str, in_status: &str, in_item: &str) -> String {
    format!(
        r#"{{"response":{{"status":{{"success":true,"code":200,"message":"ok"{in_status}}},"crates":{{"crate":[
        {{"number":"A","planks":1,"item_status":{{"success":true,"code":1000,"message":"ok"{in_item}}}}}]}}{beside}}}}}"#
    )
}

#[test]
fn members_of_a_status_are_written() {
    let request = r#"{"root":{"crate":[{"number":"A","lock_code":"1"}]}}"#;
    let answer = more("", r#","number":"1","planks":1"#, r#","colour":"true""#);
    let call = ("POST", OPEN, request, answer.as_str());
    let (_, corrections) = corrected("", Kind::UndocumentedMember, &[call; 3]);
    let names: Vec<&str> = corrections
        .entries
        .iter()
        .filter_map(|entry| entry.add.as_ref()?.get("name")?.as_str())
        .collect();
    // Those of the outcome of an item, then those of the call.
    assert_eq!(names, ["colour", "number", "planks"]);
}

#[test]
fn what_would_make_another_answer_is_named() {
    let answer = more(r#","colour":{"number":1}"#, "", "");
    let answer = answer.replace(r#""item_status""#, r#""was""#);
    let call = ("GET", "/v1.1/crates/find?number=1", "", answer.as_str());
    let reading = read(&settings());
    let report = observe(&reading, &[call; 3]);
    let corrections = report.overrides(&reading.sources, MIN_SEEN);
    let settings = with(&corrections.to_yaml().unwrap());
    let again = observe(&read(&settings), &[call; 3]);
    for finding in again
        .findings()
        .filter(|finding| finding.weight != slate_codegen::observe::Weight::Note)
    {
        let name = finding.at.rsplit('.').next().unwrap();
        assert!(
            corrections.left.iter().any(|line| line.contains(name)),
            "{name} is neither written nor named: {:?}",
            corrections.left
        );
    }
}

#[test]
fn what_is_not_written_is_named() {
    let label = with(
        "
- at: crate/operations/crate.open/params/colour
  set: {values: [RED, BLUE]}
  because: it is so
  file: includes/_crate.md
  line: colour | string | Its colour.
",
    );
    let reading = read(&label);
    let request = r#"{"root":{"crate":[{"number":"A","lock_code":"1","colour":"Dark Red 7"}]}}"#;
    let report = observe(&reading, &[("POST", OPEN, request, OPENED); 4]);
    assert_eq!(count(&report, Kind::UnlistedValue), 1);
    let corrections = report.overrides(&reading.sources, MIN_SEEN);
    assert!(corrections.is_empty());
    let [line] = corrections.left.as_slice() else {
        panic!("{:?}", corrections.left)
    };
    assert!(
        line.contains("seen 4 times in traffic: values outside of the list"),
        "{line}"
    );
    assert!(!line.contains("Dark"));
}

#[test]
fn rules_lose_what_does_not_hold_and_keep_the_rest() {
    let rule =
        |rule: &str| format!("{{{rule}, doc: '', source: {{file: includes/_crate.md, line: 9}}}}");
    let rules = format!(
        "
- at: crate/operations/crate.open
  set: {{rules: [{}, {}, {}]}}
  because: it is so
  file: includes/_crate.md
  line: URI | crates/open
",
        rule("all_of: [colour, number]"),
        rule("one_of: [colour, shape]"),
        rule("all_of: [lock_code], one_of: [skip_lock]"),
    );
    let request = r#"{"root":{"crate":[{"number":"A","lock_code":"1"}]}}"#;
    let call = ("POST", OPEN, request, OPENED);
    let (reading, corrections) = corrected(&rules, Kind::InvalidAccepted, &[call; 3]);
    let rules = &operation(&reading, "crate.open").rules;
    let names: Vec<_> = rules
        .iter()
        .map(|rule| (&*rule.all_of, &*rule.one_of))
        .collect();
    let [number, colour, shape, lock] =
        ["number", "colour", "shape", "lock_code"].map(str::to_owned);
    assert_eq!(
        names,
        [
            (&[number][..], &[][..]),
            (&[], &[colour, shape]),
            (&[lock], &[])
        ],
        "{corrections:?}"
    );
    // Both are of one operation, so one entry says both.
    assert_eq!(corrections.len(), 1, "{corrections:?}");
    assert!(
        corrections.entries[0]
            .because
            .contains("without colour, and accepted. seen")
    );
}

#[test]
fn a_parameter_that_shares_its_name_is_left() {
    let twin = "
- at: crate/operations/crate.open/params
  add: {name: number, in: query, type: string, required: true, values: [], default: null, doc: '', source: {file: includes/_crate.md, line: 40}}
  because: it is so
  file: includes/_crate.md
  line: URI | crates/open
";
    let request = r#"{"root":{"crate":[{"number":"A","lock_code":"1"}]}}"#;
    let line = left(twin, &[("POST", OPEN, request, OPENED); 3]);
    assert!(line.starts_with("crate.open: seen 3 of 3 times"), "{line}");
    assert!(line.ends_with("several are called number"), "{line}");
}

fn moved(inner: &str) -> String {
    format!(r#"{{"response":{{"status":{{"success":true,"code":200,"message":"ok"}},{inner}}}}}"#)
}

/// An item that is as documented.
const ITEM: &str =
    r#"{"number":"A","planks":1,"item_status":{"success":true,"code":1000,"message":"ok"}}"#;

#[test]
fn a_payload_that_moved_is_documented_where_it_is() {
    let request = r#"{"root":{"crate":[{"number":"A","lock_code":"1"}]}}"#;
    for (inner, way) in [
        (
            format!(r#""data":{{"crates":{{"crate":[{ITEM}]}}}}"#),
            "data.crates.crate",
        ),
        (format!(r#""data":{{"crate":[{ITEM}]}}"#), "data.crate"),
        (format!(r#""crate":[{ITEM}]"#), "crate"),
        (
            format!(r#""found":{{"all-of":{{"box":[{ITEM},{ITEM}]}}}}"#),
            "found.all-of.box",
        ),
        (format!(r#""result":[{{"list":[{ITEM}]}}]"#), "result.list"),
        (format!(r#""one":{ITEM}"#), "one"),
    ] {
        let answer = moved(&inner);
        let call = ("POST", OPEN, request, answer.as_str());
        let (reading, corrections) = corrected("", Kind::MovedPayload, &[call; 3]);
        let because = &corrections.entries[0].because;
        assert!(
            because.starts_with("seen 3 of 3 times in traffic"),
            "{because}"
        );
        let entity = &reading.inferred.spec.entities[0];
        let mut ty = operation(&reading, "crate.open")
            .response
            .as_deref()
            .unwrap();
        for key in std::iter::once("response").chain(way.split('.')) {
            let ty_of = ty.trim_start_matches("list<").trim_end_matches('>');
            let fields = entity.types[ty_of].fields.as_ref().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| &*field.name).collect();
            let field = fields.iter().find(|field| field.name == key);
            ty = &field
                .unwrap_or_else(|| panic!("{key} is not in {names:?}"))
                .ty;
        }
        let body = &entity.types["OpenCrateResponseResponse"];
        let names = body.fields.iter().flatten().map(|field| &*field.name);
        assert!(!names.into_iter().any(|name| name == "crates"), "{way}");
    }
}

#[test]
fn a_payload_goes_into_an_object_that_is_documented() {
    let answer = moved(&format!(
        r#""page":{{"number":1,"crates":{{"crate":[{ITEM}]}}}}"#
    ));
    let call = ("GET", "/v1.1/crates/find?number=1", "", answer.as_str());
    let reading = read(&settings());
    let report = observe(&reading, &[call; 3]);
    let corrections = report.overrides(&reading.sources, MIN_SEEN);
    let settings = with(&corrections.to_yaml().unwrap());
    let reading = read(&settings);
    assert!(observe(&reading, &[call; 3]).is_empty());
}

#[test]
fn a_payload_that_no_type_can_hold_is_left() {
    let request = r#"{"root":{"crate":[{"number":"A","lock_code":"1"}]}}"#;
    let data = moved(&format!(r#""data":{{"crate":[{ITEM}]}}"#));
    let other = moved(&format!(r#""other":{{"crate":[{ITEM}]}}"#));
    let outside =
        format!(r#"{{"response":{{"status":{{"success":true}}}},"crates":{{"crate":[{ITEM}]}}}}"#);
    let hidden = moved(&format!(r#""44700900000":{{"crate":[{ITEM}]}}"#));
    let reason = |answers: &[&str]| {
        let calls: Vec<Call<'_>> = answers
            .iter()
            .map(|answer| ("POST", OPEN, request, *answer))
            .collect();
        let reading = read(&settings());
        let corrections = observe(&reading, &calls).overrides(&reading.sources, 1);
        let moves: Vec<String> = corrections
            .left
            .iter()
            .filter(|line| line.contains("the payload was at"))
            .cloned()
            .collect();
        assert!(!moves.is_empty(), "{corrections:?}");
        moves.join("\n")
    };
    assert!(reason(&[&data, &data, &data, OPENED]).contains("at several places"));
    assert!(reason(&[&data, &other]).contains("at several places"));
    assert!(reason(&[outside.as_str(); 3]).contains("outside of what holds the status"));
    assert!(reason(&[hidden.as_str(); 3]).contains("could be data"));
    assert!(!reason(&[hidden.as_str(); 3]).contains("447"));
    // A name that came but once could be data.
    let line = reason(&[&data]);
    assert!(
        line.contains("at response.{word}.crate") && line.contains("could be data"),
        "{line}"
    );
}

#[test]
fn what_was_seen_too_rarely_is_told_and_not_written() {
    let answer = moved(r#""crates":{"crate":[{"number":"A","planks":"tall"}]}"#);
    let reading = read(&settings());
    let call = ("GET", "/v1.1/crates/find?number=1", "", answer.as_str());
    for (times, min_seen, written) in [(1, 1, 1), (2, 3, 0), (3, 3, 1), (3, 4, 0)] {
        let calls = vec![call; times];
        let report = observe(&reading, &calls);
        assert_eq!(count(&report, Kind::TypeMisfit), 1, "{}", report.text());
        let corrections = report.overrides(&reading.sources, min_seen);
        assert_eq!(corrections.len(), written, "{corrections:?}");
        let told = corrections.left.iter().filter(|line| {
            line.starts_with("crate/types/")
                && line.contains("planks: seen too rarely to be written: seen")
        });
        assert_eq!(told.count(), 1 - written, "{:?}", corrections.left);
    }
    let call = (
        "POST",
        "/v1.1/crates/open",
        r#"{"root":{"crate":[{"number":"A","lock_code":"1"}]}}"#,
        OPENED,
    );
    let line = left("", &[call; 2]);
    assert!(line.contains("params/depot: seen too rarely"), "{line}");
}
