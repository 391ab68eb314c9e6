use super::*;
use crate::slate::source::SourceFile;
use crate::spec::{CodeEntry, CodeKind, Entity, Source};

fn code(code: u32, kind: CodeKind, line: u32) -> CodeEntry {
    CodeEntry {
        code,
        kind,
        basis: indexmap::IndexMap::new(),
        name: format!("Code{code}"),
        messages: vec![],
        source: vec![Source {
            file: "includes/_a.md".into(),
            line,
        }],
    }
}

fn spec() -> Spec {
    Spec {
        entities: vec![Entity {
            entity: "a".into(),
            codes: vec![code(7, CodeKind::Unknown, 2), code(12, CodeKind::Error, 3)],
            ..Entity::default()
        }],
        ..Spec::default()
    }
}

fn sources() -> Sources {
    let mut sources = Sources::default();
    for (path, text) in [
        ("includes/_a.md", "x\n7  |  seven parcels\n12 | twelve\n"),
        ("includes/_b.md", "8 | eight\n"),
    ] {
        sources.add(SourceFile::new(path, text)).unwrap();
    }
    sources
}

/// An entry in flow style for its `set` or `add`.
fn entry(at: &str, what: &str, file: &str, line: &str) -> String {
    format!("- at: {at}\n  {what}\n  because: it is\n  file: {file}\n  line: {line:?}\n")
}

fn applied(yaml: &str) -> (Spec, Vec<Stale>) {
    apply(spec(), &parse("overrides.yaml", yaml).unwrap(), &sources()).unwrap()
}

const A: &str = "includes/_a.md";

/// The one thing that is the matter with an entry, with its line of the docs.
fn stale(at: &str, what: &str, file: &str, line: &str) -> (Stale, Option<String>) {
    let (_, mut stale) = applied(&entry(at, what, file, line));
    assert_eq!(stale.len(), 1, "{stale:?}");
    let stale = stale.remove(0);
    let place = stale.docs.map(|(span, _)| {
        let place = sources().place(span);
        format!("{}:{}", place.file, place.line)
    });
    (stale, place)
}

#[test]
fn a_correction_is_made_where_its_line_stands() {
    let (spec, stale) = applied(&entry(
        "a/codes/7",
        "set: {kind: error}",
        A,
        "7 | seven parcels",
    ));
    assert_eq!(stale, []);
    assert_eq!(spec.entities[0].codes[0].kind, CodeKind::Error);
}

#[test]
fn a_file_that_is_gone() {
    let (found, docs) = stale(
        "a/codes/7",
        "set: {kind: error}",
        "includes/_c.md",
        "8 | eight",
    );
    assert_eq!(found.code, Code::OverridePlaceGone);
    assert!(found.message.contains("includes/_c.md"), "{found:?}");
    assert!(found.action.contains("`file`"), "{found:?}");
    assert_eq!(docs.as_deref(), Some("includes/_b.md:1"));

    let (found, docs) = stale("a/codes/7", "set: {kind: error}", "includes/_c.md", "9 | n");
    assert_eq!((found.action.as_str(), docs), ("remove the entry", None));
}

#[test]
fn a_place_in_the_spec_that_is_gone() {
    let (found, docs) = stale("a/codes/8", "set: {kind: error}", A, "7 | seven parcels");
    assert_eq!(found.code, Code::OverridePlaceGone);
    assert_eq!(found.message, "a/codes has no \"8\" any more");
    assert_eq!(docs.as_deref(), Some("includes/_a.md:2"));

    let (found, _) = stale("a/code/7", "set: {kind: error}", A, "7 | seven parcels");
    assert_eq!(found.message, "a has no \"code\" any more");
    assert!(found.action.contains("\"codes\""), "{found:?}");

    let (found, _) = stale("b/codes/7", "set: {kind: error}", A, "7 | seven parcels");
    assert_eq!(found.message, "the spec has no \"b\" any more");

    let (found, _) = stale("a/codes", "set: {kind: error}", A, "7 | seven parcels");
    assert_eq!(found.code, Code::OverridePlaceGone);
    let (found, _) = stale("a/codes/7", "add: 1", A, "7 | seven parcels");
    assert_eq!(found.code, Code::OverridePlaceGone);
}

#[test]
fn a_line_that_changed_is_not_corrected() {
    let (found, docs) = stale("a/codes/7", "set: {kind: error}", A, "7 | eight");
    assert_eq!(found.code, Code::OverrideLineChanged);
    assert!(found.message.contains("7 | eight"), "{found:?}");
    // The spec has its fact from there.
    assert_eq!(docs.as_deref(), Some("includes/_a.md:2"));

    // A list is from nowhere: the line that is most like it.
    let (found, docs) = stale("a/codes", "add: {code: 9}", A, "12 | twelf");
    assert_eq!(found.code, Code::OverrideLineChanged);
    assert_eq!(docs.as_deref(), Some("includes/_a.md:3"));
    let (_, docs) = stale("a/codes", "add: {code: 9}", A, "nothing like this");
    assert_eq!(docs, None);

    let (spec, _) = applied(&entry("a/codes/7", "set: {kind: error}", A, "7 | eight"));
    assert_eq!(spec.entities[0].codes[0].kind, CodeKind::Unknown);
}

#[test]
fn messages_hold_no_long_lines() {
    let line = "é".repeat(500);
    let (found, _) = stale("a/codes/7", "set: {kind: error}", A, &line);
    assert!(found.message.chars().count() < 150, "{found:?}");
}

#[test]
fn a_correction_that_the_docs_make_themselves() {
    // Whether the line changed with it or not.
    for line in ["7 | seven parcels", "7 | eight parcels"] {
        let (found, docs) = stale("a/codes/7", "set: {kind: unknown}", A, line);
        assert_eq!(found.code, Code::OverrideNotNeeded);
        assert_eq!(found.action, "remove the entry");
        assert_eq!(docs.as_deref(), Some("includes/_a.md:2"));
    }
}

#[test]
fn an_addition_that_the_docs_make_themselves() {
    // The source is not what is stated.
    let same = "add: {code: 7, kind: unknown, name: Code7, messages: [], source: []}";
    let (found, _) = stale("a/codes", same, A, "7 | seven parcels");
    assert_eq!(found.code, Code::OverrideNotNeeded);
    assert_eq!(found.action, "remove the entry");
    // Another statement on the same thing: added, it would be there twice.
    let yaml = entry(
        "a/codes",
        "add: {code: 7, kind: error, name: Code7}",
        A,
        "7 | seven parcels",
    );
    let (spec, found) = applied(&yaml);
    assert_eq!(spec.entities[0].codes.len(), 2);
    assert_eq!(found[0].code, Code::OverrideNotNeeded);
    assert!(found[0].action.contains("`set` at a/codes/7"), "{found:?}");
}

#[test]
fn a_correction_that_the_docs_make_in_part_is_made() {
    let what = "set: {kind: unknown, name: Seven}";
    let (found, _) = stale("a/codes/7", what, A, "7 | seven parcels");
    assert_eq!(found.code, Code::OverrideNotNeededInPart);
    assert_eq!(found.action, "remove kind from `set`");
    let (spec, _) = applied(&entry("a/codes/7", what, A, "7 | seven parcels"));
    assert_eq!(spec.entities[0].codes[0].name, "Seven");
}

#[test]
fn all_are_reported_in_one_run_with_their_lines() {
    let yaml = [
        "# corrections\n".to_owned(),
        entry("a/codes/8", "set: {kind: error}", A, "7 | seven parcels"),
        "\n".to_owned(),
        entry("a/codes/7", "set: {kind: error}", A, "7 | seven parcels"),
        entry("a/codes/12", "set: {kind: error}", A, "12 | twelve"),
    ]
    .concat();
    let (_, stale) = applied(&yaml);
    let places: Vec<(usize, Code)> = stale
        .iter()
        .map(|stale| (stale.place, stale.code))
        .collect();
    assert_eq!(
        places,
        [(2, Code::OverridePlaceGone), (13, Code::OverrideNotNeeded)]
    );
}

#[test]
fn entries_are_found_in_other_styles_of_lists() {
    let lines = |yaml: &str| -> Vec<usize> {
        let list = parse("o", yaml).unwrap();
        list.iter().map(|entry| entry.place).collect()
    };
    let one = "{at: a, set: {x: [1]}, because: b, file: f, line: l}";
    assert_eq!(lines(&format!("\n  - {one}\n  - {one}\n")), [2, 3]);
    assert_eq!(lines(&format!("[{one},\n {one}]")), [1, 1]);
    let long = "- at: a\n  set:\n    x:\n    - 1\n  because: >\n    - b\n  file: f\n  line: l\n";
    assert_eq!(lines(&format!("{long}{long}")), [1, 9]);
}

#[test]
fn a_typo_is_an_error_with_its_place() {
    let error = parse("overrides.yaml", "- at: a\n  sett: {}\n  because: x\n").unwrap_err();
    assert!(error.to_string().starts_with("overrides.yaml:2"), "{error}");
    assert!(parse("o", "- {at: a, set: {x: 1}, because: '', file: f, line: l}").is_err());
    assert!(parse("o", "").unwrap().is_empty());
}

/// A documentation of two operations that say the same, and an override of the second.
fn two(second: &str, override_: &str) -> Vec<Stale> {
    let page = format!("# A\n## One\nweight | int\n<aside>any\n## Two\n{second}");
    let mut sources = Sources::default();
    sources.add(SourceFile::new(A, page)).unwrap();
    let operation =
        |id: &str, line| serde_json::json!({"id": id, "source": {"file": A, "line": line}});
    let operations = [operation("a.one", 2), operation("a.two", 5)];
    let mut tree = serde_json::json!({"entities": [{"entity": "a", "operations": operations}]});
    let list = parse("overrides.yaml", override_).unwrap();
    stale::find(&mut tree, &list[0], &sources)
        .into_iter()
        .collect()
}

const TWO: &str = "- at: a/operations/a.two\n  set: {auth: false}\n  because: it is\n  file: includes/_a.md\n  line: weight | int\n  relies_on: [{line: <aside>any}]\n";

#[test]
fn text_behind_the_beginning_counts() {
    assert_eq!(two("weight | int\n<aside>any\n", TWO), []);
    let stale = two("weight | int | of the box\n<aside>any\n", TWO);
    assert_eq!(stale[0].code, Code::OverrideLineChanged);
    assert_eq!(stale.len(), 1);
}

#[test]
fn the_line_has_to_be_in_the_section_of_the_operation() {
    // The first operation has that line still.
    let stale = two("<aside>any\n", TWO);
    assert_eq!(stale[0].code, Code::OverrideLineChanged);
    assert!(stale[0].message.contains("the section"), "{stale:?}");
    // And nothing here is like it: no line is claimed but the place of the operation.
    assert_eq!(stale[0].docs.unwrap().1, "the spec has it from here");
}

#[test]
fn a_line_that_the_reason_relies_on() {
    for (second, like) in [
        ("weight | int\n", false),
        ("weight | int\n<aside>many\n", true),
    ] {
        let stale = two(second, TWO);
        assert_eq!(stale.len(), 1, "{second}");
        assert_eq!(stale[0].code, Code::OverrideLineChanged);
        assert!(stale[0].message.contains("relies on"), "{stale:?}");
        assert!(stale[0].action.contains("remove the entry"), "{stale:?}");
        assert_eq!(stale[0].docs.is_some(), like, "{stale:?}");
    }
}

#[test]
fn a_digest_is_of_one_wording_of_the_whole_line() {
    let with = |digest: &str| TWO.replace("relies", &format!("sha256: [{digest:?}]\n  relies"));
    let second = "weight |  int | of the box\n<aside>any\n";
    let stale = two(second, &with("0123456789abcdef"));
    assert_eq!(stale[0].code, Code::OverrideLineChanged);
    assert_eq!(stale[0].docs.unwrap().1, "the line reads so now");
    // What it says to add is right.
    let digest = stale[0].action.split('"').nth(1).unwrap();
    assert_eq!(two(second, &with(digest)), []);
    assert!(parse("o", &with("0123")).is_err());
    assert!(parse("o", &with("0123456789abcdeg")).is_err());
}

#[test]
fn docs_that_make_a_correction_in_their_own_words() {
    let rule = |line: u32| {
        format!(
            "{{one_of: [a, b], when: null, doc: {line} words, source: {{file: x.md, line: {line}}}}}"
        )
    };
    let yaml = |rule: &str| {
        entry(
            "a/codes/7",
            &format!("set: {{rules: [{rule}]}}"),
            A,
            "7 | seven parcels",
        )
    };
    // A tree that has the rule already, from another line.
    let mut tree = serde_json::to_value(spec()).unwrap();
    let rules: Value = serde_yaml::from_str(&format!("[{}]", rule(3))).unwrap();
    tree["entities"][0]["codes"][0]["rules"] = rules;
    let list = parse("o", &yaml(&rule(7))).unwrap();
    let found = stale::find(&mut tree, &list[0], &sources()).unwrap();
    assert_eq!(found.code, Code::OverrideNotNeeded);
    let other = yaml(&rule(7).replace("[a, b]", "[a, c]"));
    let list = parse("o", &other).unwrap();
    assert_eq!(stale::find(&mut tree, &list[0], &sources()), None);
}

#[test]
fn one_name_may_stand_in_two_groups_of_alternatives() {
    let added = |group: &str| {
        let params = serde_yaml::from_str::<Value>(&format!("[{{name: id, in: query{group}}}]"));
        let mut tree = serde_json::to_value(spec()).unwrap();
        tree["entities"][0]["codes"][0]["params"] = params.unwrap();
        let what = "add: {name: id, in: query, group: [code, id]}";
        let list = parse(
            "o",
            &entry("a/codes/7/params", what, A, "7 | seven parcels"),
        );
        stale::find(&mut tree, &list.unwrap()[0], &sources()).map(|stale| stale.code)
    };
    assert_eq!(added(", group: [mobile, id]"), None);
    for by_itself in ["", ", group: []", ", group: [id, code, token]"] {
        assert_eq!(
            added(by_itself),
            Some(Code::OverrideNotNeeded),
            "{by_itself}"
        );
    }
}
