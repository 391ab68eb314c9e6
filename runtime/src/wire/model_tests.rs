use super::super::{Limits, json, same, xml};
use super::*;
use crate::wire::{ApiStatus, ItemStatus, Number};

#[derive(Default)]
struct Address {
    city: Option<String>,
    extra: Extra,
}
crate::model!(Address { city });

#[derive(Default)]
struct Person {
    name: Option<String>,
    kind: Option<String>,
    weight: Option<Number>,
    address: Option<Address>,
    cards: Vec<Address>,
    tags: Vec<String>,
    extra: Extra,
}
crate::model!(Person {
    name,
    kind = "type" shown,
    weight shown,
    address shown,
    cards / "list" / "card",
    tags / "tag" shown,
});

/// Reads a model, and says what did not fit.
fn read<T: Decode>(node: &Node<'_>) -> (Result<T, DecodeError>, Vec<String>) {
    let mut context = Context::new();
    let model = T::decode(node, &mut context);
    let misfits = context.misfits().iter().map(ToString::to_string);
    (model, misfits.collect())
}

fn from_json<T: Decode>(text: &str) -> T {
    let (model, misfits) = read(&json::parse(text.as_bytes(), &Limits::default()).unwrap());
    assert!(misfits.is_empty(), "{misfits:?}");
    model.unwrap()
}

fn person(text: &str) -> Person {
    from_json(text)
}

fn written(model: &impl Encode) -> String {
    String::from_utf8(json::write(&model.encode())).unwrap()
}

#[test]
fn reads_and_writes_all_members() {
    let text = r#"{"name":"Rita","type":"a","weight":1.50,"address":{"city":"Pune"},"cards":{"list":{"card":[{"city":"x"}]}},"tags":{"tag":["t"]},"new":{"x":[1]}}"#;
    assert_eq!(written(&person(text)), text);
}

#[test]
fn a_copy_is_equal_and_each_difference_counts() {
    let text = r#"{"name":"Rita","type":"a","address":{"city":"Pune"},"cards":{"list":{"card":[{"city":"x"}]}},"new":{"x":[1]}}"#;
    let one = person(text);
    assert_eq!(one.clone(), one);
    assert_eq!(written(&one.clone()), text);
    let differ: [fn(&mut Person); 5] = [
        |person| person.name = None,
        |person| person.kind = Some("b".to_owned()),
        |person| person.address = Some(Address::default()),
        |person| person.cards.clear(),
        |person| person.extra = Extra::default(),
    ];
    for change in differ {
        let mut other = one.clone();
        change(&mut other);
        assert_ne!(other, one);
        assert_ne!(one, other);
    }
}

#[test]
fn the_list_of_members_is_that_of_the_macro() {
    let shape = Person::default().shape();
    let members = shape.members().iter();
    let members: Vec<(&str, &[&str], bool)> = members
        .map(|member| (member.key, &*member.wrappers, member.shown))
        .collect();
    assert_eq!(shape.name(), "Person");
    assert_eq!(
        members,
        [
            ("name", &[][..], false),
            ("type", &[], true),
            ("weight", &[], true),
            ("address", &[], true),
            ("cards", &["list", "card"], false),
            ("tags", &["tag"], true),
        ]
    );
}

#[test]
fn leaves_out_what_is_not_set() {
    assert_eq!(written(&Person::default()), "{}");
    let blank = Person {
        name: Some(String::new()),
        ..Person::default()
    };
    assert_eq!(written(&blank), r#"{"name":""}"#);
}

#[test]
fn members_may_come_in_any_order() {
    let one = person(r#"{"tags":{"tag":"t"},"weight":2,"name":"n"}"#);
    let two = person(r#"{"name":"n","weight":2,"tags":{"tag":"t"}}"#);
    assert_eq!(one, two);
}

#[test]
fn wrapped_lists_come_in_many_forms() {
    for cards in [
        r#"{"list":{"card":[{"city":"x"},{"city":"y"}]}}"#,
        r#"[{"list":{"card":[{"city":"x"},{"city":"y"}]}}]"#,
        r#"{"list":[{"card":{"city":"x"}},{"card":{"city":"y"}}]}"#,
        r#"[{"list":{"card":{"city":"x"}}},{"list":{"card":[{"city":"y"}]}}]"#,
        r#"{"list":{"card":{"element":[{"city":"x"},{"city":"y"}]}}}"#,
        r#"{"element":{"list":{"card":[{"city":"x"},{"city":"y"}]}}}"#,
        r#"[{"city":"x"},{"city":"y"}]"#,
    ] {
        let person = person(&format!(r#"{{"cards":{cards}}}"#));
        let cities: Vec<_> = person
            .cards
            .iter()
            .filter_map(|c| c.city.as_deref())
            .collect();
        assert_eq!(cities, ["x", "y"], "{cards}");
        assert!(person.extra.is_empty(), "{cards}");
    }
    for cards in [
        r#""""#,
        "null",
        "[]",
        "{}",
        r#"{"list":""}"#,
        r#"{"list":{"card":[]}}"#,
    ] {
        assert!(
            person(&format!(r#"{{"cards":{cards}}}"#)).cards.is_empty(),
            "{cards}"
        );
    }
}

#[test]
fn what_stands_beside_a_wrapped_list_is_kept() {
    let text =
        r#"{"tags":{"tag":["t"],"count":1},"cards":{"list":{"card":[{"city":"x"}],"@a":"b"}}}"#;
    let person = self::person(text);
    assert_eq!(person.tags, ["t"]);
    let original = json::parse(text.as_bytes(), &Limits::default())
        .unwrap()
        .to_value();
    assert_eq!(same(&original, &person.encode()), Ok(()));

    let many =
        self::person(r#"{"tags":[{"tag":"t","a":1},{"tag":"u"}],"cards":[{"list":{"b":1}}]}"#);
    assert_eq!(many.tags, ["t", "u"]);
    assert_eq!(
        format!("{:?}", many.extra.get("tags")),
        r#"Some([{"a": number}])"#
    );

    let empty = self::person(r#"{"tags":{"tag":"","count":0},"cards":{"@count":"0"}}"#);
    assert!(empty.tags.is_empty() && empty.cards.is_empty());
    let text = r#"{"cards":{"list":{"card":null},"@count":"0"},"tags":{"tag":null,"count":0}}"#;
    assert_eq!(written(&empty), text);
    assert_eq!(self::person(text), empty);
}

#[test]
fn objects_come_in_many_forms() {
    for address in [
        r#"{"city":"x"}"#,
        r#"[{"city":"x"}]"#,
        r#"{"element":{"city":"x"}}"#,
        r#"{"element":[{"city":"x"}]}"#,
    ] {
        let address = person(&format!(r#"{{"address":{address}}}"#))
            .address
            .unwrap();
        assert_eq!(address.city.as_deref(), Some("x"));
    }
    for nothing in [r#""""#, "[]", "{}", "null"] {
        assert_eq!(
            person(&format!(r#"{{"address":{nothing}}}"#)).address,
            None,
            "{nothing}"
        );
        assert_eq!(person(nothing), Person::default(), "{nothing}");
    }
}

#[test]
fn json_and_xml_give_the_same_model() {
    let xml = "<r><name>n</name><weight>1.50</weight><tags><tag>t</tag></tags>\
               <address><city>x</city></address><cards/></r>";
    let node = xml::parse(xml.as_bytes(), &Limits::default()).unwrap();
    let json =
        r#"{"name":"n","weight":"1.50","tags":{"tag":["t"]},"address":{"city":"x"},"cards":[]}"#;
    assert_eq!(read(node.get("r").unwrap()), (Ok(person(json)), Vec::new()));
}

#[test]
fn debug_shows_what_is_allowed() {
    let text =
        r#"{"name":"canary","type":"a","weight":1,"address":{"city":"canary"},"new":"canary"}"#;
    assert_eq!(
        format!("{:?}", person(text)),
        r#"Person { name: <set>, type: Some("a"), weight: Some(1), address: Some(Address { city: <set>, .. }), extra: ["new"], .. }"#
    );
}

#[test]
fn what_does_not_fit_names_its_place_and_is_kept() {
    let cases = [
        (r#"{"weight":"x"}"#, "weight: wanted a number, found string"),
        (r#"{"address":7}"#, "address: wanted Address, found number"),
        (
            r#"{"address":{"city":{"a":1}}}"#,
            "address.city: wanted a text, found object",
        ),
        (
            r#"{"cards":{"list":{"card":[{}, 1]}}}"#,
            "cards.list.card[1]: wanted Address, found number",
        ),
        (
            r#"{"cards":{"list":"lost"}}"#,
            "cards.list: wanted a list, found string",
        ),
        (
            r#"{"tags":{"tag":[["a","b"]]}}"#,
            "tags.tag[0]: wanted a text, found list",
        ),
    ];
    for (text, expected) in cases {
        let node = json::parse(text.as_bytes(), &Limits::default()).unwrap();
        let (person, misfits) = read::<Person>(&node);
        assert_eq!(misfits, [expected], "{text}");
        let person = person.unwrap();
        assert!(
            !person.extra.is_empty() || person.address.is_some(),
            "{text}"
        );
        // It is sent on, or written down, as it came.
        if !text.contains("[{}") {
            assert_eq!(written(&person), text);
        }
    }
    let node = json::parse(b"[{},{}]", &Limits::default()).unwrap();
    let (person, misfits) = read::<Person>(&node);
    let error = person.unwrap_err();
    assert_eq!(error.to_string(), "the body: wanted Person, found list");
    assert!(misfits.is_empty());
}

#[test]
fn the_other_items_of_a_list_stay() {
    let text = r#"{"cards":{"list":{"card":[{"city":"x"},7,{"city":"y"},"z"]}},"name":"n"}"#;
    let node = json::parse(text.as_bytes(), &Limits::default()).unwrap();
    let mut context = Context::new();
    let person = Person::decode(&node, &mut context).unwrap();
    let cities: Vec<_> = person
        .cards
        .iter()
        .filter_map(|c| c.city.as_deref())
        .collect();
    assert_eq!(cities, ["x", "y"]);
    assert_eq!(person.name.as_deref(), Some("n"));
    let misfits: Vec<_> = context
        .misfits()
        .iter()
        .map(|m| (m.path(), m.value().clone()))
        .collect();
    assert_eq!(
        misfits,
        [
            ("cards.list.card[1]", Value::from(7)),
            ("cards.list.card[3]", Value::from("z"))
        ]
    );
    // The whole of it is beside the field.
    let raw = person.extra.get("cards").unwrap();
    let items = raw
        .get("list")
        .unwrap()
        .get("card")
        .unwrap()
        .as_list()
        .unwrap();
    assert_eq!(items.len(), 4);
    assert!(!format!("{:?} {:?}", person, context.misfits()).contains('z'));
}

#[test]
fn a_status_is_read_whatever_it_holds() {
    let text = r#"{"success":"true","code":"200","total":"x","more":1}"#;
    let node = json::parse(text.as_bytes(), &Limits::default()).unwrap();
    let (status, misfits) = read::<ApiStatus>(&node);
    let status = status.unwrap();
    assert_eq!(
        (status.success, status.code, status.total),
        (Some(true), Some(200), None)
    );
    assert_eq!(misfits, ["total: wanted an integer, found string"]);
    assert_eq!(
        written(&status),
        r#"{"success":true,"code":200,"total":"x","more":1}"#
    );

    let text = r#"{"success":false,"code":"1001","warnings":{"warning":{"element":"1017"}}}"#;
    let status: ItemStatus = from_json(text);
    assert_eq!((status.code, status.warnings.len()), (Some(1001), 1));
}

#[test]
fn items_that_do_not_fit_are_written_at_their_places() {
    let read = |text: &str| {
        let node = json::parse(text.as_bytes(), &Limits::default()).unwrap();
        read::<Person>(&node).0.unwrap()
    };
    for text in [
        r#"{"cards":{"list":{"card":[{"city":"x"},7,{"city":"y"},"z"]}}}"#,
        r#"{"cards":{"list":{"card":[7,{"city":"x"}],"@a":"b"}},"tags":{"tag":["t",{"u":1}],"count":2}}"#,
        r#"{"cards":{"list":{"card":["z"]}}}"#,
    ] {
        let person = read(text);
        assert_eq!(written(&person), text);
        assert_eq!(read(&written(&person)), person);
    }
    // Whatever wrappers they came in.
    for cards in [
        r#"{"list":[{"card":{"city":"x"}},{"card":7}]}"#,
        r#"{"list":{"card":{"element":[{"city":"x"},7]}}}"#,
        r#"[{"city":"x"},7]"#,
    ] {
        let person = read(&format!(r#"{{"cards":{cards}}}"#));
        let text = r#"{"cards":{"list":{"card":[{"city":"x"},7]}}}"#;
        assert_eq!(written(&person), text, "{cards}");
    }
    // What is changed is sent as it is now, and what did not fit beside it.
    let mut person = read(r#"{"tags":{"tag":["t",{"u":1},"v"]}}"#);
    person.tags = vec!["new".into()];
    assert_eq!(written(&person), r#"{"tags":{"tag":["new",{"u":1}]}}"#);
    person.tags = vec!["new".into(), "v".into(), "w".into()];
    assert_eq!(
        written(&person),
        r#"{"tags":{"tag":["new",{"u":1},"v","w"]}}"#
    );
    let mut person = read(r#"{"tags":"t","cards":"lost"}"#);
    person.cards.push(Address::default());
    let text = r#"{"cards":{"list":{"card":[{}]}},"tags":{"tag":["t"]}}"#;
    assert_eq!(written(&person), text);
}

#[test]
fn an_item_that_does_not_fit_is_no_fault_of_the_next() {
    let text = r#"{"cards":{"list":{"card":[7,{"city":"x"}]}}}"#;
    let node = json::parse(text.as_bytes(), &Limits::default()).unwrap();
    let person = read::<Person>(&node).0.unwrap();
    assert!(person.cards[0].extra.is_empty(), "{person:?}");
    assert!(person.extra.get("cards").is_some(), "{person:?}");
}
