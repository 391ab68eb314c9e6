use proptest::prelude::*;

use super::*;

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
        names: ["note", "mobile", "size"].map(str::to_owned).into(),
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
        r#"{"size":["no box","SMALL","B7"],"value":12,"no":"yes"}"#,
        r#"{"code":{"item_status":{"success":true,"code":700}},"name":{"status":{"success":"true"}}}"#,
        "<r><status><success a=\"1\">true</success></status></r>",
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
            r#"{"a":99999999999999999999,"b":0.5}"#,
        ),
        (
            r#"{"name":{"size":"LARGE","count":7,"on":true},"mobile":"LARGE"}"#,
            r#"{"name":{"size":"masked","count":0,"on":false},"mobile":"masked"}"#,
        ),
        (
            r#"{"names":"No","mobileNo":"y","mobile_on":"true","OTPCode":123456,"mobile2":7,"at":12.971598}"#,
            r#"{"names":"masked","mobileNo":"masked","mobile_on":"false","OTPCode":0,"mobile2":0,"at":0.5}"#,
        ),
        (
            r#"{"field":[{"name":"born","value":"1990-01-31"},{"key":"a","value":true}],"value":7}"#,
            r#"{"field":[{"name":"masked","value":"2001-01-01"},{"key":"masked","value":false}],"value":7}"#,
        ),
        (
            r#"{"field":{"type":"MOBILE","id":447,"size":"LARGE"},"type":"BOX","id":447,"said":"no mobile"}"#,
            r#"{"field":{"type":"masked","id":0,"size":"masked"},"type":"masked","id":447,"said":"masked"}"#,
        ),
        (
            r#"{"size":"Rita","a":{"size":"MOBILE","id":"447"}}"#,
            r#"{"size":"masked","a":{"size":"MOBILE","id":"0"}}"#,
        ),
        (
            r#"{"size":"Rita Meyer","note":"a b","format":"json"}"#,
            r#"{"size":"masked","note":"masked","format":"masked"}"#,
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
            r#"{"rita@example.com":1,"44700900000":2,"size":["A","C8"]}"#,
            r#"{"masked":1,"masked2":2,"size":["A","masked"]}"#,
        ),
        (
            "<r a=\"Rita\"><!-- Rita --><?rita x?><n><![CDATA[Rita]]> &amp; Tom</n></r>",
            "<r a=\"masked\"><n>masked</n></r>",
        ),
        (
            "<r><f name=\"born\">1990-01-31</f><f id=\"7\">1990-01-31</f></r>",
            "<r><f name=\"masked\">2001-01-01</f><f id=\"7\">1990-01-31</f></r>",
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

const FORM: &str = "application/x-www-form-urlencoded; charset=UTF-8";

#[test]
fn forms_are_masked_as_what_they_hold() {
    for (form, masked) in [
        ("weight=12&on=true&note=", "weight=12&on=true&note="),
        ("mobile=44700900000&Rita+Meyer=1", "mobile=0&masked=1"),
        (
            "to[name]=Rita&to[size]=LARGE_BOX&tags[]=Rita&tags[]=7",
            "to%5Bname%5D=masked&to%5Bsize%5D=LARGE_BOX&tags%5B%5D=masked&tags%5B%5D=7",
        ),
        // What is told by the field beside it goes, too.
        (
            "field=born&value=1990-01-31",
            "field=masked&value=2001-01-01",
        ),
        (
            "n=3&box={\"name\":\"Rita\",\"weight\":2}&odd={Rita",
            "n=3&box=%7B%22name%22%3A%22masked%22%2C%22weight%22%3A2%7D&odd=masked",
        ),
        (
            "mobile={\"at\":\"1990-01-31\"}",
            "mobile=%7B%22at%22%3A%222001-01-01%22%7D",
        ),
    ] {
        let found = mask().form(form.as_bytes(), FORM);
        assert_eq!(found.as_deref(), Some(masked), "{form}");
    }
    for (body, media_type) in [("a=1&a=2", FORM), ("a=1", "text/plain"), ("a=1", "")] {
        assert_eq!(mask().form(body.as_bytes(), media_type), None, "{body}");
    }
}

#[test]
fn forms_in_parts_are_masked_without_their_boundary() {
    let part = |name: &str, value: &str| {
        format!("Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body = format!(
        "--Rita\r\n{}--Rita\r\n{}--Rita--\r\n",
        part("mobile", "44700"),
        part("weight", "2")
    );
    let parts = "multipart/form-data; boundary=Rita";
    let masked = mask().form(body.as_bytes(), parts).unwrap();
    let line = masked.lines().next().unwrap().to_owned();
    let expected = format!(
        "{line}\r\n{}{line}\r\n{}{line}--\r\n",
        part("mobile", "0"),
        part("weight", "2")
    );
    assert_eq!(masked, expected);
    assert!(!masked.contains("Rita"));
    for body in ["", "--", "mobile=1", "--Rita\r\n", &body.replace('\r', "")] {
        assert_eq!(mask().form(body.as_bytes(), parts), None, "{body:?}");
    }
}

#[test]
fn addresses_and_headers() {
    let mask = mask();
    for (url, masked) in [
        (
            "/v1.1/parcel/get?format=xml&mobile=44700&id=1%2C2&n=7&note=a+b&size=LARGE_BOX",
            "/v1.1/parcel/get?format=xml&mobile=0&id=masked&n=7&note=a%20b&size=masked",
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
            "/mobile?%2A=masked&masked&%2A=masked&a=masked",
        ),
        ("/v1.1/parcel/get?", "/v1.1/parcel/get"),
        (
            "/v1.1/parcel/get?by=mobile&id=447&format=json",
            "/v1.1/parcel/get?by=masked&id=0&format=json",
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
        known: [("mobile".to_owned(), 1), ("note".to_owned(), 2)].into(),
        others: 3,
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
        let _ = (mask().body(&bytes), mask().url(&url), mask().form(&bytes, FORM));
    }
}
