//! Rules that hold under a condition, and what the client checks of them.

use crate::support::pages;
use crate::support::settings;

use pages::document;
use settings::settings;
use slate_codegen::spec::Rule;
use slate_codegen::{Reading, files, read_docs};

const HEAD: &str = "# Parcel\n\n## Send Parcel\n";

const RESOURCE: &str = "
### Resource Information
| | |
--- | ---
URI | parcel/send
HTTP Method | POST

### Request Body Parameters
Parameter | Datatype | Description
--- | --- | ---
";

fn read(samples: &[&str], rows: &str) -> Reading {
    let samples: Vec<String> = samples
        .iter()
        .map(|sample| format!("\n> Sample Request\n\n```json\n{sample}\n```\n"))
        .collect();
    let page = [HEAD, &samples.concat(), RESOURCE, rows].concat();
    read_docs(&document(&[("parcel", page)]), &settings()).unwrap()
}

fn rules(reading: &Reading) -> &[Rule] {
    &reading.inferred.spec.entities[0].operations[0].rules
}

/// The rules that the client checks, without blanks.
fn checked(reading: &Reading) -> String {
    let files = files(reading, &settings()).unwrap();
    let module = files
        .iter()
        .find(|file| file.path.ends_with("parcel/send/mod.rs"))
        .unwrap();
    let (_, rules) = module.text.split_once("rules: &[").unwrap();
    let (rules, _) = rules.split_once("source:").unwrap();
    rules.split_whitespace().collect()
}

const SEND: &str = r#"{"kind": "PLAIN", "name": "a", "phone": "1", "mail": "a@example.com"}"#;

#[test]
fn descriptions_that_say_either_make_alternatives() {
    let rows = "\
kind* | enum | Value: `PLAIN`, `GIFT`.
phone** | string | Phone. For gifts, either the phone or the mail is required.
mail** | string | Mail. For gifts, either the phone or the mail is required.
name** | string | Name.

<aside class=\"notice\">Parameters marked with * are mandatory; those marked with ** are required when <code>kind</code> is <code>GIFT</code>.</aside>
";
    let reading = read(&[SEND], rows);
    let [either, all] = rules(&reading) else {
        panic!("{:?}", rules(&reading));
    };
    assert_eq!(either.one_of, ["phone", "mail"]);
    assert_eq!(either.when.as_deref(), Some("when `kind` is `GIFT`"));
    assert_eq!(all.all_of, ["name"]);
    let checked = checked(&reading);
    assert!(
        checked.contains(r#"names:&["phone","mail"],need:Need::OneOfOrOther(&["kind","name"]),when:Some(("kind","GIFT"))"#),
        "{checked}"
    );
}

#[test]
fn what_requests_never_have_together_are_alternatives() {
    let rows = "\
kind* | enum | Value: `PLAIN`, `GIFT`.
card** | string | Card.
ribbon** | string | Ribbon.
name** | string | Name.

<aside class=\"notice\">Parameters marked with * are mandatory; those marked with ** are required when <code>kind</code> is <code>GIFT</code>.</aside>
";
    let one = r#"{"kind": "PLAIN", "name": "a", "card": "1"}"#;
    let other = r#"{"kind": "PLAIN", "name": "a", "ribbon": "1"}"#;
    let reading = read(&[one, other], rows);
    assert_eq!(rules(&reading)[0].one_of, ["card", "ribbon"]);
    assert_eq!(rules(&reading)[1].all_of, ["name"]);
    // One request that has both is enough for asking for both.
    let both = r#"{"kind": "PLAIN", "name": "a", "ribbon": "1", "card": "1"}"#;
    let reading = read(&[one, other, both], rows);
    assert_eq!(rules(&reading)[0].all_of, ["card", "ribbon", "name"]);
}

#[test]
fn required_for_a_documented_value() {
    let rows = "\
kind* | enum | `plain` for anyone, `gift` for someone.
phone/number | string | Any of the receiver's. Required for gift parcels.
";
    let sample = r#"{"kind": "plain", "to": {"phone": "1", "card": {"number": "7"}}}"#;
    let reading = read(&[sample], rows);
    let [rule] = rules(&reading) else {
        panic!("{:?}", rules(&reading));
    };
    assert_eq!(rule.one_of, ["phone", "number"]);
    assert_eq!(rule.when.as_deref(), Some("when `kind` is `gift`"));
    let checked = checked(&reading);
    assert!(
        checked.contains(
            r#"place:Place::Needed(&["to"]),names:&["phone","card.number"],need:Need::OneOfOrOther(&["card"]),when:Some(("kind","gift"))"#
        ),
        "{checked}"
    );
    // Words that are no documented value decide nothing.
    let other = rows.replace("gift parcels", "heavy parcels");
    assert!(rules(&read(&[sample], &other)).is_empty());
}

#[test]
fn a_request_that_breaks_a_rule_shows_that_there_is_none() {
    let rows = "\
kind* | enum | `plain` for anyone, `gift` for someone.
phone/mail | string | Any of the receiver's. Required for gift parcels.
";
    let fine = r#"{"kind": "plain", "to": {"phone": "1", "mail": "2"}}"#;
    let breaks = r#"{"kind": "Gift", "to": {"phone": ""}}"#;
    assert!(checked(&read(&[fine], rows)).contains("Need::OneOf"));
    assert!(!checked(&read(&[fine, breaks], rows)).contains("Need::OneOf"));
}

#[test]
fn members_of_an_object_that_only_its_row_describes() {
    let rows = "\
kind* | string | Kind.
to* | object | Any of the receiver's identifiers. Value: `phone`, `mail`.
";
    let sample = r#"{"kind": "plain", "to": {"phone": "1", "mail": ""}}"#;
    let checked = checked(&read(&[sample], rows));
    assert!(
        checked.contains(r#"place:Place::Body(&["to"]),names:&["phone","mail"],need:Need::OneOf"#),
        "{checked}"
    );
}

#[test]
fn limits_and_forms_of_values() {
    let rows = "\
weight* | double | Weight. The maximum is 20.
sent | date | Day, in `YYYY-MM-DD` format.
seen | date | Day.
deep | boolean | Looks into lockers. Results: up to 10 (maximum limit).
";
    let sample = r#"{"weight": 1.5, "sent": "2020-01-02", "seen": "2020-01-02", "deep": true}"#;
    let reading = read(&[sample], rows);
    let params = &reading.inferred.spec.entities[0].operations[0].params;
    let limit = |name: &str| {
        let param = params.iter().find(|param| param.name == name).unwrap();
        param.limit.as_deref()
    };
    assert_eq!((limit("weight"), limit("deep")), (Some("<= 20"), None));
    let checked = checked(&reading);
    assert!(
        checked.contains(r#"names:&["weight"],need:Need::AtMost(20.0)"#),
        "{checked}"
    );
    assert!(
        checked.contains(r#"names:&["sent"],need:Need::Date"#),
        "{checked}"
    );
}

#[test]
fn a_flag_lifts_what_is_required() {
    let table = |doc: &str| {
        format!(
            "kind* | string | Kind.\nlock_code* | string | Code of the lock.\n\nParameters marked with * are mandatory.\n\n\
             ### Request Query Parameters\nParameter | Datatype | Description\n--- | --- | ---\nskip_lock | boolean | {doc}\n"
        )
    };
    let send = r#"{"kind": "PLAIN", "lock_code": "7"}"#;
    let reading = read(&[send], &table("Pass `true` to skip the lock."));
    let [rule] = rules(&reading) else {
        panic!("{:?}", rules(&reading));
    };
    assert_eq!(rule.all_of, ["lock_code"]);
    assert_eq!(rule.unless.as_deref(), Some("skip_lock"));
    let checked = checked(&reading);
    for rule in [
        r#"names:&["kind"],need:Need::All,when:None,unless:None"#,
        r#"names:&["lock_code"],need:Need::All,when:None,unless:Some("skip_lock")"#,
    ] {
        assert!(checked.contains(rule), "{checked}");
    }
    let files = files(&reading, &settings()).unwrap();
    let request = files
        .iter()
        .find(|file| file.path.ends_with("parcel/send/request.rs"))
        .unwrap();
    for constructor in ["pub fn new(", "pub fn without_lock_code("] {
        assert!(request.text.contains(constructor), "{}", request.text);
    }
    // A description that is about something else lifts nothing.
    assert_eq!(
        rules(&read(&[send], &table("Whether the lock is shown."))),
        []
    );
}
