use proptest::prelude::*;

use super::*;
use crate::plain::is_number;

#[path = "mask_form_tests.rs"]
mod forms;

use forms::FORM;

/// What the docs call things. Of other names only those stay that are made of their words.
const NAMES: [&str; 42] = [
    "note",
    "mobile",
    "size",
    "on",
    "no",
    "count",
    "weight",
    "empty",
    "list",
    "o",
    "sent",
    "day",
    "at",
    "value",
    "code",
    "item_status",
    "name",
    "status",
    "success",
    "r",
    "a",
    "b",
    "c",
    "d",
    "n",
    "f",
    "id",
    "field",
    "key",
    "type",
    "said",
    "message",
    "names",
    "mobileNo",
    "phone",
    "when",
    "box",
    "odd",
    "tags",
    "to",
    "format",
    "by",
];

fn mask() -> Mask {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let listed = |name: &str, values: &[&str]| (name.to_owned(), list(values));
    Mask::new(Settings {
        personal: list(&["mobile", "name", "code", "external_id"]),
        query: [listed("format", &["json"]), listed("note", &["a b"])].into(),
        members: [
            listed("size", &["LARGE_BOX", "No Box", "B7"]),
            listed("mobile", &["x"]),
        ]
        .into(),
        outcomes: list(&["status", "item_status"]),
        outcome_fields: list(&["success", "code"]),
        headers: list(&["content-type", "content-length"]),
        paths: list(&["/v1.1/parcel/get", "/v1/parcel/{id}/gone", "/mobile"]),
        formats: list(&["json", "xml"]),
        names: NAMES.iter().map(|name| (*name).to_owned()).collect(),
    })
}

fn body(text: &str) -> String {
    let masked = mask().body(text.as_bytes()).unwrap();
    let declaration = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
    masked.replace(declaration, "")
}

#[test]
fn what_is_harmless_stays() {
    for text in [
        r#"{"on":true,"no":null,"count":1,"weight":"0","empty":"","list":[],"o":{}}"#,
        r#"{"size":["LARGE_BOX","no box","B7"],"value":0,"no":"yes","on":"false"}"#,
        r#"{"code":{"item_status":{"success":true,"code":700}},"name":{"status":{"success":"true"}}}"#,
        "<r><status><success a=\"1\">true</success></status></r>",
        r#"{"status":{"success":"true","code":200},"item_status":[{"code":"700"}]}"#,
        "<r><count>1</count><status><code>700</code></status><list><a>1</a><a>0</a></list></r>",
        // Names are made of documented words.
        r#"{"item_count":1,"sentDay":0,"item-size":true}"#,
    ] {
        assert_eq!(body(text), text);
    }
}

#[test]
fn of_all_else_the_kind_is_left() {
    for (text, masked) in [
        (
            r#"{"note":"Rita Meyer","mobile":447009,"mobile_no":"447009"}"#,
            r#"{"note":"masked","mobile":5,"mobile_no":"5"}"#,
        ),
        (
            r#"{"a":44700900999,"b":"44700900999","c":4470090.25,"d":"1234567.5"}"#,
            r#"{"a":5000000000,"b":"5000000000","c":5.5,"d":"5.5"}"#,
        ),
        // Whatever its name is.
        (
            r#"{"a":12345678901234567890123,"b":1.5e9,"c":-7,"d":"100.00"}"#,
            r#"{"a":99999999999999999999,"b":5.5,"c":-5,"d":"5.0"}"#,
        ),
        (
            r#"{"name":{"size":"LARGE_BOX","count":7,"on":true,"at":1},"mobile":"LARGE"}"#,
            r#"{"name":{"size":"masked","count":5,"on":false,"at":0},"mobile":"masked"}"#,
        ),
        (
            r#"{"names":"No","mobileNo":"y","mobile_on":"true","at":12.971598}"#,
            r#"{"names":"masked","mobileNo":"masked","mobile_on":"false","at":5.5}"#,
        ),
        (
            r#"{"sent":"2024-01-31 10:00:00","day":"31/1/1990","at":"2024-01-31T10:00:00.5+05:30"}"#,
            r#"{"sent":"2001-01-01 00:00:00","day":"01/1/2001","at":"2001-01-01T00:00:00.0+00:00"}"#,
        ),
        (
            r#"{"field":[{"name":"born","value":"1990-01-31"},{"key":"a","value":true}],"value":7}"#,
            r#"{"field":[{"name":"masked","value":"2001-01-01"},{"key":"masked","value":false}],"value":5}"#,
        ),
        (
            r#"{"field":{"type":"MOBILE","id":447,"size":"LARGE_BOX"},"type":"BOX","id":1,"said":"no mobile"}"#,
            r#"{"field":{"type":"masked","id":5,"size":"masked"},"type":"masked","id":1,"said":"masked"}"#,
        ),
        // What is outside of its list is said to be that.
        (
            r#"{"size":"Rita Meyer","a":{"size":"rita"},"b":{"size":["B7","SMALL",7]},"note":"a b"}"#,
            r#"{"size":"unlisted","a":{"size":"unlisted"},"b":{"size":["B7","unlisted",5]},"note":"masked"}"#,
        ),
        (
            r#"{"code":700,"status":{"code":"A1","message":"Rita"}}"#,
            r#"{"code":5,"status":{"code":"masked","message":"masked"}}"#,
        ),
        (
            r#"{"status":{"code":4470090,"success":"tom","status":"tom"}}"#,
            r#"{"status":{"code":5,"success":"masked","status":"masked"}}"#,
        ),
        (
            r#"{"note":"4 Oak Street 12345","phone":"44-7090-0900","when":"1234-56-78"}"#,
            r#"{"note":"masked","phone":"masked","when":"masked"}"#,
        ),
        // Keys that the docs do not have may be data, also where they look like names.
        (
            r#"{"rita@example.com":1,"44700900000":0,"TomSawyer":"x","rita_meyer":{"tom":true},"size":["B7"]}"#,
            r#"{"masked":1,"masked2":0,"masked3":"masked","masked4":{"masked":true},"size":["B7"]}"#,
        ),
        (
            "<r a=\"Rita\"><!-- Rita --><?rita x?><n><![CDATA[Rita]]> &amp; Tom</n></r>",
            "<r a=\"masked\"><n>masked</n></r>",
        ),
        (
            "<tom pin=\"4711\"><rita>7</rita><rita>x</rita></tom>",
            "<masked masked=\"5\"><masked>5</masked><masked>masked</masked></masked>",
        ),
        (
            "<r><f name=\"born\">1990-01-31</f><f id=\"7\">1</f></r>",
            "<r><f name=\"masked\">2001-01-01</f><f id=\"5\">1</f></r>",
        ),
    ] {
        assert_eq!(body(text), masked, "{text}");
    }
}

#[test]
fn a_listed_number_stays_listed() {
    let mut settings = mask().settings;
    let values = ["2", "3"].map(str::to_owned).to_vec();
    settings.members.insert("count".to_owned(), values.clone());
    settings.members.insert("mobile".to_owned(), values);
    let masked = Mask::new(settings).body(br#"{"count":3,"mobile":3,"a":{"count":4}}"#);
    assert_eq!(
        masked.as_deref(),
        Some(r#"{"count":3,"mobile":2,"a":{"count":5}}"#)
    );
}

/// Members that nobody listed as personal, with values that people have, in the ways in which they are written.
#[test]
fn values_of_people_do_not_stay_whatever_their_names_are() {
    let values = [
        ("pin", "4711"),
        ("cvv", "123"),
        ("anniversary", "1990-01-31"),
        ("zip", "90210"),
        ("latitude", "12.9716"),
        ("longitude", "77.5946"),
        ("land_line", "223344"),
        ("user_id", "98765"),
        ("type", "tomtom"),
        ("nick", "RITA"),
        ("age", "44"),
        ("size", "canary"),
        ("at", "10:47:11"),
        ("ratio", "4.7e11"),
    ];
    let names = values.map(|(name, _)| name.to_owned());
    let mut settings = mask().settings;
    settings.names.extend(names);
    let mask = Mask::new(settings);
    for (name, value) in values {
        let quoted = format!("\"{value}\"");
        let plain = if is_number(value) { value } else { &quoted };
        for body in [
            format!(
                "{{\"o\":{{\"{name}\":\"{value}\"}},\"list\":[{{\"{name}\":{plain}}},\"{value}\"],\"{value}\":1}}"
            ),
            format!(
                "<r {name}=\"{value}\"><{name}>{value}</{name}><a {name}='{value}'>{value}</a></r>"
            ),
        ] {
            let masked = mask.body(body.as_bytes()).unwrap();
            assert!(!masked.contains(value), "{body} {masked}");
            assert!(masked.contains(name), "{body} {masked}");
        }
        let form = format!("{name}={value}&o[{name}]={value}&{value}=1&box={{\"{name}\":{plain}}}");
        let masked = mask.form(form.as_bytes(), FORM).unwrap();
        assert!(
            !masked.contains(value) && masked.contains(name),
            "{form} {masked}"
        );
        let url =
            format!("/v1.1/parcel/get/{value}?{name}={value}&{value}=1&o[{value}]=2&x={value}");
        let masked = mask.url(&url);
        assert!(
            !masked.contains(value) && masked.contains(name),
            "{url} {masked}"
        );
    }
}

#[test]
fn what_cannot_be_read_is_not_kept() {
    for text in [
        "",
        "Rita",
        "{\"a\":",
        "<a>",
        "<!DOCTYPE a><a/>",
        "<a>&rita;</a>",
    ] {
        assert_eq!(mask().body(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn addresses_and_headers() {
    let mask = mask();
    for (url, masked) in [
        (
            "/v1.1/parcel/get?format=xml&mobile=44700&id=1%2C2&n=7&note=a+b&size=LARGE_BOX",
            "/v1.1/parcel/get?format=unlisted&mobile=5&id=masked&n=5&note=a%20b&size=masked",
        ),
        ("/v1.1/parcel/get.json", "/v1.1/parcel/get.json"),
        ("/v1.1/parcel/get.rita", "/v1.1/parcel/masked"),
        ("/v1/parcel/rita@example.com/gone", "/v1/parcel/masked/gone"),
        ("/v1/parcel/rita.json", "/v1/parcel/masked"),
        (
            "/mobile/v2/get/rita/44700/",
            "/mobile/v2/get/masked/masked/",
        ),
        ("/v44700/rita%20meyer", "/masked/masked"),
        (
            "/mobile?44700900000=x&rita&=rita&a=b=rita",
            "/mobile?masked=masked&masked&masked=masked&a=masked",
        ),
        ("/v1.1/parcel/get?", "/v1.1/parcel/get"),
        (
            "/v1.1/parcel/get?by=mobile&id=447&format=json",
            "/v1.1/parcel/get?by=masked&id=5&format=json",
        ),
    ] {
        assert_eq!(mask.url(url), masked);
    }
    for (name, value, shown) in [
        ("content-type", "text/xml", ("content-type", "text/xml")),
        (
            "content-type",
            "text/xml; boundary=rita",
            ("content-type", "text/xml"),
        ),
        ("content-type", "rita@example.com", ("content-type", MASKED)),
        ("content-length", "447009", ("content-length", "447009")),
        ("cookie", "rita", ("cookie", MASKED)),
        ("x-44700900000", "rita", ("*", MASKED)),
    ] {
        assert_eq!(mask.header(name, value), shown);
    }
    assert_eq!(mask.method("PATCH"), "PATCH");
    assert_eq!(mask.method("RITA"), MASKED);
}

#[test]
fn what_is_masked_is_counted_by_documented_names_only() {
    let mask = mask();
    let _ = mask.body(br#"{"note":"a","mobile":7,"Rita":"b","size":"LARGE","on":true}"#);
    let _ = mask.url("/v1/parcel/7/gone?note=Rita");
    let _ = mask.header("cookie", "d");
    let expected = Masked {
        known: [
            ("mobile".to_owned(), 1),
            ("note".to_owned(), 2),
            ("size".to_owned(), 1),
        ]
        .into(),
        others: 4,
    };
    assert_eq!(mask.counts(), expected);
}

fn kind(value: &Value) -> String {
    match value {
        Value::List(items) => format!("[{}]", items.iter().map(kind).collect::<Vec<_>>().join(",")),
        Value::Object(map) => {
            format!(
                "{{{}}}",
                map.iter()
                    .map(|(_, member)| kind(member))
                    .collect::<Vec<_>>()
                    .join(",")
            )
        }
        Value::String(text) if text.trim().is_empty() => "blank".to_owned(),
        scalar => scalar.kind().to_owned(),
    }
}

/// Something that must not come out, in a shape that something harmless could have.
fn secret() -> impl Strategy<Value = String> {
    "(canary|Canary Row 7|canary@example\\.com|447009[0-9]{5}|c4n4ry)"
}

fn tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        secret().prop_map(Value::from),
        Just(Value::from("")),
    ];
    let keys = prop_oneof!["[a-z]{1,6}", secret(), Just("mobile".to_owned())];
    leaf.prop_recursive(4, 30, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::List),
            prop::collection::vec((keys.clone(), inner), 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect::<Map>())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn kinds_stay_and_secrets_go(value in tree()) {
        let bytes = json::write(&value);
        let masked = mask().body(&bytes).unwrap();
        let again = parse(masked.as_bytes(), &Limits::default()).unwrap().to_value();
        prop_assert_eq!(kind(&again), kind(&value), "{}", masked);
        for secret in ["canary", "Canary Row", "447009", "c4n4ry"] {
            prop_assert!(!masked.contains(secret), "{}", masked);
        }
    }

    #[test]
    fn any_bytes_are_masked_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..80), url in "\\PC{0,60}") {
        let _ = (mask().body(&bytes), mask().url(&url), mask().form(&bytes, FORM));
    }
}
