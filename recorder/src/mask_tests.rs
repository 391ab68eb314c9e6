use proptest::prelude::*;

use super::*;

fn mask() -> Mask {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Mask::new(Settings {
        personal: list(&["mobile", "name", "code", "external_id"]),
        listed: list(&["size", "mobile"]),
        outcomes: list(&["status", "item_status"]),
        outcome_fields: list(&["success", "code"]),
        headers: list(&["content-type", "x-request"]),
        paths: list(&["/v1.1/parcel/get", "/v1/parcel/{id}/gone"]),
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
        r#"{"on":true,"no":null,"count":12,"weight":"70.5","empty":"","list":[],"o":{}}"#,
        r#"{"size":"LARGE_BOX","sent":"2024-01-31 10:00:00","day":"31/1/2024","at":"2024-01-31T10:00:00.5+05:30"}"#,
        r#"{"status":{"success":"true","code":200},"item_status":[{"code":"700"}]}"#,
        "<r><count>12</count><status><code>700</code></status><list><a>1</a><a>2</a></list></r>",
    ] {
        assert_eq!(body(text), text);
    }
}

#[test]
fn of_all_else_the_kind_is_left() {
    for (text, masked) in [
        (
            r#"{"note":"Rita Meyer","mobile":447009,"mobile_no":"447009"}"#,
            r#"{"note":"masked","mobile":0,"mobile_no":"0"}"#,
        ),
        (
            r#"{"a":4470090,"b":"4470090","c":4470090.25,"d":"1234567.5"}"#,
            r#"{"a":0,"b":"0","c":0.5,"d":"0.5"}"#,
        ),
        (
            r#"{"a":12345678901234567890123,"b":1.5e9}"#,
            r#"{"a":99999999999999999999,"b":1.5e9}"#,
        ),
        (
            r#"{"name":{"size":"LARGE","count":7,"on":true},"mobile":"LARGE"}"#,
            r#"{"name":{"size":"masked","count":0,"on":true},"mobile":"masked"}"#,
        ),
        (
            r#"{"code":700,"status":{"code":"A1","message":"Rita"}}"#,
            r#"{"code":0,"status":{"code":"masked","message":"masked"}}"#,
        ),
        (
            r#"{"size":"4 Oak Street 12345","phone":"44-7090-0900","when":"1234-56-78"}"#,
            r#"{"size":"masked","phone":"masked","when":"masked"}"#,
        ),
        (
            r#"{"rita@example.com":1,"44700900000":2,"size":["A","B7"]}"#,
            r#"{"masked":1,"masked2":2,"size":["A","masked"]}"#,
        ),
        (
            "<r a=\"Rita\"><!-- Rita --><?rita x?><n><![CDATA[Rita]]> &amp; Tom</n></r>",
            "<r a=\"masked\"><n>masked</n></r>",
        ),
    ] {
        assert_eq!(body(text), masked, "{text}");
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
            "/v1.1/parcel/get?size=LARGE&mobile=44700&id=1%2C2&n=7",
            "/v1.1/parcel/get?size=LARGE&mobile=0&id=masked&n=7",
        ),
        ("/v1.1/parcel/get.json", "/v1.1/parcel/get.json"),
        ("/v1/parcel/rita@example.com/gone", "/v1/parcel/masked/gone"),
        (
            "/v2/other/4470/rita@example.com/word?44700900000=x",
            "/v2/other/masked/masked/word?%2A=masked",
        ),
        ("/v1.1/parcel/get?", "/v1.1/parcel/get"),
    ] {
        assert_eq!(mask.url(url), masked);
    }
    assert_eq!(mask.header("Content-Type", "text/xml"), "text/xml");
    assert_eq!(mask.header("Cookie", "rita"), MASKED);
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
    // A word that stands as a key is taken for a name.
    let named = secret().prop_filter("a word", |key| key.len() > 6);
    let keys = prop_oneof!["[a-z]{1,6}", named, Just("mobile".to_owned())];
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
        for secret in ["canary@", "Canary Row", "447009", "c4n4ry"] {
            prop_assert!(!masked.contains(secret), "{}", masked);
        }
    }

    #[test]
    fn any_bytes_are_masked_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..80), url in "\\PC{0,60}") {
        let _ = (mask().body(&bytes), mask().url(&url));
    }
}
