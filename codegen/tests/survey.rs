//! `init` on small docs of our own: one for each thing that is counted.

use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::overrides;
use slate_codegen::survey::{Survey, survey};

/// Surveys an index with these pages.
fn of(index: &str, pages: &[(&str, &str)]) -> Survey {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("includes")).unwrap();
    std::fs::write(folder.path().join("index.html.md"), index).unwrap();
    for (name, text) in pages {
        std::fs::write(folder.path().join(format!("includes/_{name}.md")), text).unwrap();
    }
    survey(folder.path()).unwrap()
}

/// Surveys an index with a text.
fn text(text: &str) -> Survey {
    of(&format!("---\ntitle: Parcel API\n---\n{text}"), &[])
}

/// The proposals as `key: item`.
fn proposals(survey: &Survey) -> Vec<String> {
    let all = survey.proposals.iter();
    all.map(|clue| {
        format!(
            "{}: {}",
            clue.path(),
            clue.item.as_deref().unwrap_or_default()
        )
    })
    .collect()
}

/// A section of an operation.
fn section(title: &str, rest: &str) -> String {
    format!("\n## {title}\n\n{rest}\n")
}

/// Operations with a table of this header and these rows.
fn tables(heading: &str, header: &str, rows: &str) -> String {
    let rulers = header
        .split('|')
        .map(|_| "---")
        .collect::<Vec<_>>()
        .join("|");
    let all = ["parcels", "depots", "trucks"].map(|name| {
        section(
            &format!("List {name}"),
            &format!("### HTTP Request\n\n`GET /v1/{name}`\n\n### {heading}\n\n{header}\n{rulers}\n{rows}"),
        )
    });
    format!("# All\n{}", all.concat())
}

#[test]
fn usual_docs_need_no_key() {
    let survey = text(&tables(
        "Query Parameters",
        "Parameter|Type|Description",
        "page|integer|The page.",
    ));
    assert!(proposals(&survey).is_empty());
    assert_eq!((survey.after.operations, survey.after.rows), (3, 3));
    assert_eq!(survey.levels, [(2, 3)]);
    assert_eq!(
        survey.requests,
        [("a line below a heading for it".to_owned(), 3)]
    );
    assert!(survey.unread.is_empty(), "{:?}", survey.unread);
    Dialect::parse("dialect.yaml", &survey.dialect()).unwrap();
}

#[test]
fn other_keys_of_the_front_matter_list_pages() {
    let index = "---\ntitle: T\nlanguage_tabs:\n  - shell\n  - ruby: Ruby\nincludes:\nv2_includes:\n  - a\n---\n";
    let survey = of(
        index,
        &[("a", "# A\n\n## Get A\n\n### HTTP Request\n\n`GET /v1/a`\n")],
    );
    assert_eq!(proposals(&survey), ["add.include_keys: v2_includes"]);
    assert_eq!(survey.languages, ["shell", "ruby"]);
    assert_eq!((survey.pages, survey.after.operations), (1, 1));
}

#[test]
fn calls_of_template_engines_are_replaced() {
    let one = |name: &str| {
        section(
            &format!("List {name}"),
            &format!("### HTTP Request\n\n`GET https://api.example.com/v1/{name}(?page=1)`"),
        )
    };
    let survey = text(&format!("# All\n{}{}", one("parcels"), one("depots")));
    assert!(proposals(&survey)[0].starts_with("substitute: {pattern: "));
    assert_eq!(survey.after.calls, 2);
    assert_eq!(survey.hosts, [("https://api.example.com".to_owned(), 2)]);
}

#[test]
fn lines_in_a_form_of_their_own_become_patterns() {
    let one = |name: &str| {
        section(
            &format!("List {name}"),
            &format!("Call via GET => /v1/{name} now"),
        )
    };
    let survey = text(&format!(
        "# All\n{}{}{}",
        one("parcels"),
        one("depots"),
        one("trucks")
    ));
    assert_eq!(survey.before.operations, 0);
    assert_eq!(survey.after.calls, 3, "{}", survey.report());
    assert!(proposals(&survey)[0].starts_with("request_lines: '^"));
}

#[test]
fn rows_with_names_of_their_own() {
    let one = |name: &str| {
        section(
            &format!("List {name}"),
            &format!(
                "### Resource Information\n\n|  |  |\n|---|---|\n|Verb|GET|\n|Route|/v1/{name}|\n"
            ),
        )
    };
    let survey = text(&format!("# All\n{}{}", one("parcels"), one("depots")));
    let proposals = proposals(&survey);
    assert!(
        proposals.contains(&"add.resource_rows.uri: route".to_owned()),
        "{}",
        survey.report()
    );
    assert!(proposals.contains(&"add.resource_rows.method: verb".to_owned()));
    assert_eq!(survey.after.calls, 2);
}

#[test]
fn headings_columns_types_and_words() {
    let survey = text(&tables(
        "Zutaten",
        "Name|Type|Description",
        "page|integer|The page.",
    ));
    assert_eq!(
        proposals(&survey),
        ["add.headings: {is: response, any: [\"=zutaten\"]}"]
    );
    assert_eq!(survey.after.rows, 3);

    let survey = text(&tables(
        "Query Parameters",
        "Parameter|Art|Description",
        "page|integer|The page.",
    ));
    assert_eq!(proposals(&survey), ["add.columns.type: art"]);

    let survey = text(&tables(
        "Query Parameters",
        "Parameter|Type|Description",
        "page|my integer|The page.",
    ));
    assert_eq!(proposals(&survey), ["add.types.integer: my integer"]);

    let survey = text(&tables(
        "Query Parameters",
        "Parameter|Required|Description",
        "page|must|The page.",
    ));
    assert_eq!(proposals(&survey), ["add.presence.yes: must"]);

    let survey = text(&tables(
        "Query Parameters",
        "Parameter|Type|Description",
        "page|lamport|The page.",
    ));
    assert!(proposals(&survey).is_empty());
    assert_eq!(survey.unread[0].path(), "add.types");
    assert!(survey.report().contains("3 rows have the type \"lamport\""));
}

#[test]
fn docs_that_mark_only_what_may_be_left_out() {
    let rows = |words: [&str; 2]| {
        let [first, second] = words;
        let rows = format!("page|integer|{first}The page.\nsize|integer|{second}Rows of it.");
        text(&tables(
            "Query Parameters",
            "Parameter|Type|Description",
            &rows,
        ))
    };
    let asks = |survey: &Survey| survey.unread.iter().any(|clue| clue.path() == "unmarked");
    let survey = rows(["", "*[Optional]* "]);
    assert!(asks(&survey));
    let said =
        "3 rows say nothing of presence, 3 that they are optional, and none that it is required";
    assert!(survey.report().contains(said), "{}", survey.report());
    for words in [
        ["", ""],
        ["Required. ", "*[Optional]* "],
        ["(optional) ", "*[Optional]* "],
    ] {
        assert!(!asks(&rows(words)), "{words:?}");
    }
}

#[test]
fn docs_in_which_quotes_may_be_meant() {
    let read = |body: &str| {
        let shown = |name: &str| {
            let lines = format!(
                "### HTTP Request\n\n`GET /v1/{name}`\n\n> Response\n\n```json\n{body}\n```\n"
            );
            section(&format!("List {name}"), &lines)
        };
        let all = ["parcels", "depots", "trucks"].map(shown);
        text(&format!("# All\n{}", all.concat()))
    };
    let asks = |survey: &Survey| {
        survey
            .unread
            .iter()
            .any(|clue| clue.path() == "names.quoted")
    };
    let survey = read("{\"weight\": \"3.50\", \"size\": \"7\", \"count\": 3, \"page\": 1}");
    assert!(asks(&survey));
    let said = "6 numbers are in quotes, 6 without";
    assert!(survey.report().contains(said), "{}", survey.report());
    assert!(!asks(&read("{\"weight\": \"3.50\", \"size\": \"7\"}")));
    assert!(!asks(&read("{\"count\": 3, \"page\": 1}")));
}

#[test]
fn how_callers_say_who_they_are() {
    let command = |header: &str| {
        format!("```shell\ncurl https://api.example.com/v1/parcels -H \"{header}\"\n```\n\n")
    };
    let body = format!(
        "{}{}```shell\ncurl -u user:pass \"https://api.example.com/v1/depots?api_key=1\"\n```\n",
        command("Authorization: Bearer x"),
        command("Authorization: Bearer y")
    );
    let survey = text(&format!("# All\n{}", section("List parcels", &body)));
    let ways: Vec<_> = survey
        .auth
        .iter()
        .map(|claim| (claim.way.as_str(), claim.count, claim.of))
        .collect();
    assert_eq!(
        ways,
        [
            ("Authorization: Bearer", 2, 3),
            ("query api_key", 1, 3),
            ("user and password (-u)", 1, 3)
        ]
    );
    let survey = text("# Authentication\n\nEach call has `X-Api-Key` and `X-Api-Sign`.\n");
    let ways: Vec<_> = survey
        .auth
        .iter()
        .map(|claim| (claim.way.as_str(), claim.signature))
        .collect();
    assert_eq!(
        ways,
        [("header X-Api-Key", false), ("header X-Api-Sign", true)]
    );
}

#[test]
fn the_ways_of_most_samples_become_a_key() {
    let read = |headers: &[&str]| {
        let commands: Vec<String> = headers
            .iter()
            .map(|header| {
                format!("```shell\ncurl https://api.example.com/v1/parcels {header}\n```\n\n")
            })
            .collect();
        let body = section("List parcels", &commands.concat());
        let dialect = text(&format!("# All\n{body}")).dialect();
        let read = Dialect::parse("dialect.yaml", &dialect).unwrap();
        format!("{:?}", read.client.auth)
    };
    for (headers, wanted) in [
        (&["-H 'Authorization: Bearer x'"][..], "[Bearer]"),
        (&["-u me:secret"], "[Basic]"),
        (&["-H 'Authorization: x'"], r#"[Header("Authorization")]"#),
        (&["-H 'X-Api-Key: x'"], r#"[Header("X-Api-Key")]"#),
        // Half of the samples are not most of them, and this header tells nothing of the caller.
        (&["-H 'X-Api-Key: x'", ""], "[]"),
        (&["-H 'X-Colour: red'"], "[]"),
        (&["-H 'X-Key: x' -H 'X-Signature: y'"], "[Signature]"),
    ] {
        assert_eq!(read(headers), wanted, "{headers:?}");
    }
}

#[test]
fn what_stands_in_docs_cannot_break_the_files() {
    let title = r#""'a: \"b\" #c\n\u2028 {{x}} \x01""#;
    let header = "Parameter|Art: \"x\" # {y}|Description";
    let body = tables("Zu: \"taten\" # [x]", header, "page|integer|The page.");
    for title in [title, "''", "'- no'", "'123'", "'%YAML'"] {
        let survey = of(&format!("---\ntitle: {title}\n---\n{body}"), &[]);
        Dialect::parse("dialect.yaml", &survey.dialect()).unwrap();
        Manifest::parse(
            "slate.yaml",
            &survey.manifest("../a: b #c", Some("../x: y #z")),
        )
        .unwrap();
        assert!(
            overrides::parse("overrides.yaml", &survey.overrides())
                .unwrap()
                .is_empty()
        );
        assert!(!survey.report().is_empty());
    }
}

#[test]
fn corrections_are_written_below_what_init_leaves() {
    let file = text("# Parcels\n").overrides();
    let entry =
        "- {at: parcel/title, set: {title: Parcels}, because: It is., file: a.md, line: '# P'}\n";
    let read = overrides::parse("overrides.yaml", &format!("{file}{entry}")).unwrap();
    assert_eq!(read.len(), 1);
}

#[test]
fn names_come_from_the_title() {
    for (title, name) in [
        ("Parcel API Reference", "parcel-sdk"),
        ("API Reference", "api-sdk"),
        ("3D Docs", "api-3d-sdk"),
        ("Ünïcode", "n-code-sdk"),
    ] {
        let survey = of(&format!("---\ntitle: {title}\n---\n# A\n"), &[]);
        let manifest = Manifest::parse("slate.yaml", &survey.manifest("docs", None)).unwrap();
        assert_eq!(manifest.crate_name, name);
    }
}

#[test]
fn docs_without_an_index_are_an_error() {
    let folder = tempfile::tempdir().unwrap();
    assert!(
        survey(folder.path())
            .unwrap_err()
            .to_string()
            .contains("index.html.md")
    );
}

/// The guide shows what is made of a small documentation.
#[test]
fn the_guide_shows_what_is_printed() {
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let survey = survey(&own.join("tests/fixtures/init")).unwrap();
    let guide = std::fs::read_to_string(own.join("../docs/guide/src/init.md")).unwrap();
    for (info, text) in [("text", survey.report()), ("yaml", survey.dialect())] {
        let fence = format!("```{info}\n{}```\n", text.trim_end().to_owned() + "\n");
        assert!(
            guide.contains(&fence),
            "the page has to hold this:\n{fence}"
        );
    }
}

/// Whatever docs are like, what is proposed for them can be read back.
#[test]
fn any_docs_can_be_surveyed() {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut pages = vec![fixtures.join("hostile/index.html.md")];
    let irregular = std::fs::read_dir(fixtures.join("irregular")).unwrap();
    pages.extend(irregular.map(|entry| entry.unwrap().path()));
    for page in pages {
        let page = std::fs::read_to_string(page).unwrap();
        let survey = of("---\ntitle: T\nincludes:\n  - a\n---\n", &[("a", &page)]);
        Dialect::parse("dialect.yaml", &survey.dialect()).unwrap();
        assert!(survey.after.calls >= survey.before.calls);
    }
}

/// A member at the top of most answers that nearly always says the same may say how a call went; only people can tell.
#[test]
fn a_code_in_every_answer_is_named() {
    let answers = |code: &str, other: &str| {
        let calls = ["a", "b", "c", "d", "e", "f"].map(|name| {
            let code = if name == "f" { other } else { code };
            section(
                &format!("Get {name}"),
                &format!(
                    "> Response\n\n```json\n{{\"ret_code\": {code}, \"{name}\": 1}}\n```\n\n### HTTP Request\n\n`GET /{name}`"
                ),
            )
        });
        text(&format!("# All\n{}", calls.concat()))
    };
    let told = |survey: &Survey| {
        let mut unread = survey.unread.iter();
        unread.find_map(|clue| (clue.path() == "wire.errors").then(|| clue.what.clone()))
    };
    let said = told(&answers("\"100\"", "\"417\"")).unwrap();
    assert!(
        said.starts_with("6 of 6 answers have it, 5 alike"),
        "{said}"
    );
    assert!(
        said.ends_with("{at: [], code: ret_code, accepted: [\"100\"]}"),
        "{said}"
    );
    let dialect = format!("wire:\n  errors: {}", &said[said.find('{').unwrap()..]);
    let dialect = Dialect::parse("dialect.yaml", &dialect).unwrap();
    assert_eq!(dialect.wire.errors.unwrap().accepted, ["100"]);
    // What differs from answer to answer is data.
    assert_eq!(told(&text(&tables("Parameters", "Name|Text", "a|b"))), None);
}

#[test]
fn where_refusals_say_why_is_asked() {
    let page = |body: &str| {
        let one = |title: &str, label: &str| {
            format!(
                "## {title}\n\n`GET https://parcels.test/{title}`\n\n> Fine (200)\n\n```json\n{{\"id\": 1}}\n```\n\n> {label}\n\n```json\n{body}\n```\n\n"
            )
        };
        format!(
            "# Parcels\n\n{}{}",
            one("read", "Gone (404)"),
            one("list", "Not yours (403)")
        )
    };
    let asks = |body: &str| {
        let survey = text(&page(body));
        let mut unread = survey.unread.iter();
        unread.find_map(|clue| (clue.path() == "wire.errors").then(|| clue.what.clone()))
    };
    let why = |way: &str| Some(format!("2 of 2 answers to refused calls say why: {way}"));
    assert_eq!(
        asks("{\"Code\": \"x\", \"Message\": \"y\"}"),
        why("{at: [], code: Code, message: Message}")
    );
    assert_eq!(
        asks("{\"errors\": [{\"error_code\": 7, \"detail\": \"y\"}]}"),
        why("{at: [errors], code: error_code, message: detail}")
    );
    assert_eq!(asks("{\"oops\": true}"), None);
}
