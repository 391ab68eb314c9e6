//! Text of the docs cannot become code: not by ending a comment, not as a doc test, not as a name. The crate that comes
//! out of `fixtures/hostile` compiles.

use crate::support::crates;
use crate::support::pages;
use crate::support::settings;

use std::path::Path;
use std::sync::LazyLock;

use pages::document;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};
use settings::settings;
use slate_codegen::emit::OutFile;
use slate_codegen::names::Names;
use slate_codegen::slate::{self, Texts};
use slate_codegen::{Settings, files, read_docs};
use syn::punctuated::Punctuated;
use syn::visit::Visit;

/// Names of pages that mean something to Rust, to cargo or to the generator itself.
const ENTITIES: &[&str] = &[
    "type",
    "crate",
    "Self",
    "1st",
    "support",
    "main",
    "lib",
    "data",
    "default",
    "rustls",
    "client",
    "std",
    "core",
    "slate_runtime",
    "日本",
    "api-code",
    "cluster",
    "gen",
    "samples",
    "a.b",
    "a-b",
    "x/type",
];

/// The fixture, and a page for each name.
fn texts() -> Texts {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile");
    let mut texts = slate::load(&folder).unwrap();
    let listed: String = ENTITIES
        .iter()
        .flat_map(|name| ["  - ", name, "\n"])
        .collect();
    let index = String::from_utf8(texts.0[0].1.clone()).unwrap();
    texts.0[0].1 = index
        .replacen("search: true", &format!("{listed}search: true"), 1)
        .into_bytes();
    for name in ENTITIES {
        let path = match name.rsplit_once('/') {
            Some((folder, file)) => format!("includes/{folder}/_{file}.md"),
            None => format!("includes/_{name}.md"),
        };
        texts.0.push((path, entity(name).into_bytes()));
    }
    texts
}

fn entity(name: &str) -> String {
    format!(
        "# {name}\n\n## Get {name}\n> Sample Response\n\n```json\n{{\"response\": {{\"type\": {{\"id\": 1}}}}}}\n```\n\n### Resource Information\n| | |\n--- | ---\nURI | {name}/get\nHTTP Method | GET\n\n### Response Codes\nCode | Description\n--- | ---\n7 | Not found\n"
    )
}

static FILES: LazyLock<Vec<OutFile>> = LazyLock::new(|| {
    let settings = settings();
    let reading = read_docs(&texts(), &settings).unwrap();
    files(&reading, &settings).unwrap_or_else(|error| panic!("{error}"))
});

fn rust() -> impl Iterator<Item = &'static OutFile> {
    FILES
        .iter()
        .filter(|file| file.path.split('.').next_back() == Some("rs"))
}

/// The doc comments of a file: the attributes of one item, put together.
#[derive(Default)]
struct Docs {
    lines: Vec<String>,
    done: Vec<String>,
}

impl Docs {
    fn end(&mut self) {
        if !self.lines.is_empty() {
            self.done.push(unindent(&self.lines.join("\n")));
            self.lines.clear();
        }
    }
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("doc")
            && let syn::Meta::NameValue(pair) = &attribute.meta
            && let syn::Expr::Lit(literal) = &pair.value
            && let syn::Lit::Str(text) = &literal.lit
        {
            self.lines.push(text.value());
        }
        self.lines.extend(fence(attribute));
    }

    // Behind the attributes of anything there is its visibility or its name.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {
        self.end();
    }

    fn visit_ident(&mut self, _: &'ast syn::Ident) {
        self.end();
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        self.end();
        syn::visit::visit_item(self, item);
    }
}

/// The line that `#[cfg_attr(feature = "…", doc = "…")]` is where the crate has the feature, or `all(…)` of several.
fn fence(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::List(list) = &attribute.meta else {
        return None;
    };
    let parts = list
        .parse_args_with(Punctuated::<syn::Meta, syn::Token![,]>::parse_terminated)
        .ok()?;
    let [condition, syn::Meta::NameValue(doc)] = parts.iter().collect::<Vec<_>>()[..] else {
        return None;
    };
    let there = condition.path().is_ident("feature") || condition.path().is_ident("all");
    let fits = list.path.is_ident("cfg_attr") && there;
    match &doc.value {
        // Only lines written as `///` have a blank in front.
        syn::Expr::Lit(literal) if fits => match &literal.lit {
            syn::Lit::Str(text) => Some(format!(" {}", text.value())),
            _ => None,
        },
        _ => None,
    }
}

/// The generator's own example: the statements that it consists of, if the lines around them are the ones that hide
/// the test server and there are no others.
fn example(code: &str) -> Option<Vec<syn::Stmt>> {
    let hidden: Vec<&str> = code
        .lines()
        .filter(|line| line.trim_start().starts_with('#'))
        .collect();
    if hidden
        != [
            "# capillary_sdk::mock::example(async |client| {",
            "# Ok(()) });",
        ]
    {
        return None;
    }
    let (imports, call) = code.split_once(hidden[0])?;
    let imports = syn::parse_file(imports).ok()?;
    let own = imports.items.iter().all(|item| match item {
        syn::Item::Use(item) => {
            matches!(&item.tree, syn::UseTree::Path(path) if path.ident == "capillary_sdk")
        }
        _ => false,
    });
    let call = call.strip_suffix(&format!("{}\n", hidden[1]))?;
    let block: syn::Block = syn::parse_str(&format!("{{{call}}}")).ok()?;
    own.then_some(block.stmts)
}

/// What rustdoc does: the blanks that all lines begin with go.
fn unindent(text: &str) -> String {
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let common = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(blanks)
        .min()
        .unwrap_or(0);
    text.lines()
        .map(|line| line.get(common..).unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

fn docs(code: &str) -> Vec<String> {
    let file = syn::parse_file(code).unwrap();
    let mut docs = Docs::default();
    docs.visit_file(&file);
    docs.end();
    docs.done
}

/// What rustdoc would run, or take for HTML or a link to an item.
fn dangers(markdown: &str) -> Vec<String> {
    let mut out = Vec::new();
    // rustdoc asks about every link that leads nowhere: it may be an item.
    let mut broken =
        |link: pulldown_cmark::BrokenLink<'_>| Some((link.reference.to_string().into(), "".into()));
    let mut code: Option<String> = None;
    for event in Parser::new_with_broken_link_callback(
        markdown,
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES,
        Some(&mut broken),
    ) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::Text(text) => code.iter_mut().for_each(|code| code.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => {
                // The examples of the crate and of its test server are in templates, and no text of the docs is in them.
                let own = code.take().is_some_and(|code| {
                    code.starts_with("use capillary_sdk::{Client, Cluster};\n")
                        || code.starts_with("use capillary_sdk::mock::Server;\n")
                        || code.starts_with("use capillary_sdk::{Error, ErrorKind};\n")
                        || example(&code).is_some()
                });
                if !own {
                    out.push("a code block".to_owned());
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => out.push(format!("HTML {html}")),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) if link_type != LinkType::Autolink
                && !dest_url.starts_with("https://")
                && !dest_url.starts_with("http://") =>
            {
                out.push(format!("a link to {dest_url}"));
            }
            _ => {}
        }
    }
    out
}

/// Links that the generator itself writes lead to items of its own.
fn own(danger: &str) -> bool {
    danger.strip_prefix("a link to ").is_some_and(|target| {
        let target = target.trim_matches('`');
        // A setter leads to the field that it sets.
        let target = target.strip_prefix("field@").unwrap_or(target);
        let target = target.strip_prefix("mod@").unwrap_or(target);
        !target.is_empty()
            && target.split("::").all(|part| {
                syn::parse_str::<syn::Ident>(part).is_ok()
                    || matches!(part, "crate" | "self" | "super" | "Self")
            })
            && ![
                "String",
                "Self::new",
                "crate::nothing",
                "self::missing",
                "crate::Missing",
            ]
            .contains(&target)
    })
}

#[test]
fn the_dangers_are_seen() {
    for (text, danger) in [
        ("```\nfn a() {}\n```", "a code block"),
        ("x\n\n    fn a() {}", "a code block"),
        ("a <b>c</b>", "HTML <b>"),
        ("[String]", "a link to String"),
    ] {
        assert!(
            dangers(text).iter().any(|found| found == danger),
            "{text:?}: {:?}",
            dangers(text)
        );
    }
    assert!(dangers("a `b` <https://example.com> [c](https://example.com)").is_empty());
    assert_eq!(
        docs("//! One.\n/// Two\n///\n///     three\nfn a(#[doc = \" four\"] b: i32) {}"),
        ["One.", "Two\n\n    three", "four"]
    );
}

#[test]
fn hostile_docs_are_emitted() {
    let paths: Vec<&str> = FILES.iter().map(|file| file.path.as_str()).collect();
    let mut lower: Vec<String> = paths.iter().map(|path| path.to_lowercase()).collect();
    lower.sort();
    let twice: Vec<&String> = lower
        .windows(2)
        .filter(|pair| pair[0] == pair[1])
        .map(|pair| &pair[0])
        .collect();
    assert!(twice.is_empty(), "{twice:?} are written twice");
    let fine = |path: &str| {
        path.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '.' | '-'))
    };
    let odd: Vec<&&str> = paths
        .iter()
        .filter(|path| path.starts_with("generated/") && !fine(path))
        .collect();
    assert!(odd.is_empty(), "{odd:?}");
    let long: Vec<&&str> = paths
        .iter()
        .filter(|path| path.split('/').any(|part| part.len() > 150))
        .collect();
    assert!(
        long.is_empty(),
        "names that some file systems refuse: {long:?}"
    );
    let operations = settings();
    let spec = read_docs(&texts(), &operations).unwrap().inferred.spec;
    let operations: usize = spec
        .entities
        .iter()
        .map(|entity| entity.operations.len())
        .sum();
    let modules = paths
        .iter()
        .filter(|path| {
            path.starts_with("generated/src/")
                && path.ends_with("/mod.rs")
                && path.matches('/').count() == 4
        })
        .count();
    assert_eq!(modules, operations);
    assert!(operations > 40, "{operations} operations");
}

#[test]
fn no_text_of_the_docs_becomes_a_doc_test() {
    let mut count = 0;
    for file in rust() {
        for doc in docs(&file.text) {
            count += 1;
            let found: Vec<String> = dangers(&doc)
                .into_iter()
                .filter(|danger| !own(danger))
                .collect();
            assert!(found.is_empty(), "{}: {found:?} in\n{doc}", file.path);
        }
    }
    assert!(count > 200, "{count} doc comments");
}

/// A page whose values, as URL and as body, try to leave the example that they are put into.
fn values(value: &str) -> String {
    let escaped: String = value
        .bytes()
        .flat_map(|byte| format!("%{byte:02X}").into_bytes())
        .map(char::from)
        .collect();
    let json = serde_json::Value::from(value);
    format!(
        "# parcel\n\n## Send parcel\n> Sample URL\n\n```html\nhttps://eu.api.example.com/v1.1/parcel/send?note={escaped}\n```\n\n> Sample Request\n\n```json\n{{\"root\": {{\"parcel\": {{\"label\": {json}, \"weight\": \"1.50\"}}}}}}\n```\n\n### Resource Information\n| | |\n--- | ---\nURI | parcel/send\nHTTP Method | POST\n\n### Request Query Parameters\nParameter | Type | Description\n--- | --- | ---\nnote* | string | A note\n"
    )
}

#[test]
fn no_value_of_a_sample_leaves_its_example() {
    let settings = settings();
    for value in [
        "\"); std::process::exit(1); (\"",
        "a\n```\n```rust\nfn main() {}\n```",
        "```",
        "*/ fn escaped() {} /*",
        "# capillary_sdk::mock::example(async |client| {",
        "a\n# Ok(()) }); std::process::exit(1); (|| {",
        "\\\"",
        "a\\",
        "\r# x",
        "a\u{2028}b\u{202e}c\0",
        "<b>",
        "{",
        "'\"#",
        "\"##",
        "100%",
        "💥",
    ] {
        let page = values(value);
        let texts = document(&[("parcel", &page)]);
        let out = files(&read_docs(&texts, &settings).unwrap(), &settings)
            .unwrap_or_else(|error| panic!("{value:?}: {error}"));
        let file = out
            .iter()
            .find(|file| file.path == "generated/src/parcel/mod.rs")
            .unwrap();
        let docs = docs(&file.text);
        let doc = docs
            .iter()
            .find(|doc| doc.contains("mock::example"))
            .unwrap_or_else(|| panic!("{value:?}: no example in\n{}", file.text));
        let mut found = dangers(doc);
        found.retain(|danger| !own(danger));
        assert_eq!(found, Vec::<String>::new(), "{value:?} in\n{doc}");
        let blocks: Vec<String> = code_blocks(doc);
        let [block] = blocks.as_slice() else {
            panic!("{value:?}: {} blocks in\n{doc}", blocks.len());
        };
        let statements = example(block).unwrap_or_else(|| panic!("{value:?} in\n{block}"));
        // The body is built, the call is made, the answer is shown; the value is a literal or is left out.
        assert_eq!(statements.len(), 3, "{value:?} in\n{block}");
        let mut found = Literals::default();
        for statement in &statements {
            found.visit_stmt(statement);
        }
        let literals = ["1.50", "1001", value.trim()];
        assert!(
            found.0.iter().all(|text| literals.contains(&text.as_str())),
            "{value:?}: {:?}",
            found.0
        );
        assert!(
            found.0.contains(&"1.50".to_owned()),
            "{value:?} in\n{block}"
        );
    }
    // That values do arrive.
    let page = values("a \"quoted\" # text");
    let out = files(
        &read_docs(&document(&[("parcel", &page)]), &settings).unwrap(),
        &settings,
    )
    .unwrap_or_else(|error| panic!("{error}"));
    let text = r#""a \"quoted\" # text""#;
    let count = |file: &OutFile| file.text.matches(text).count();
    let file = out
        .iter()
        .find(|file| file.path == "generated/src/parcel/mod.rs");
    assert_eq!(file.map(count), Some(2));
}

/// The texts in literals.
#[derive(Default)]
struct Literals(Vec<String>);

impl<'ast> Visit<'ast> for Literals {
    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.0.push(literal.value());
    }
}

fn code_blocks(markdown: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut inside = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                inside = true;
                out.push(String::new());
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(text) if inside => out.iter_mut().next_back().unwrap().push_str(&text),
            _ => {}
        }
    }
    out
}

#[test]
fn the_text_itself_is_kept() {
    let all: String = rust()
        .filter(|file| file.path.starts_with("generated/src/text/"))
        .map(|file| file.text.as_str())
        .collect();
    for words in [
        "Ends the comment",
        "indented by four",
        "pub fn escaped",
        "fn indented()",
        "quoted",
    ] {
        assert!(all.contains(words), "{words:?} is gone");
    }
}

#[test]
fn no_mark_that_changes_direction_is_emitted() {
    for file in FILES.iter().filter(|file| {
        file.path.starts_with("generated/") && !file.path.starts_with("generated/samples/")
    }) {
        let found = file.text.chars().find(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}' | '\0'));
        assert_eq!(found, None, "{}", file.path);
    }
}

#[test]
fn code_holds_no_item_of_the_docs() {
    // Programs have a function `main` of their own.
    for file in rust().filter(|file| !file.path.starts_with("generated/examples/")) {
        let parsed = syn::parse_file(&file.text).unwrap();
        let names: Vec<String> = parsed
            .items
            .iter()
            .filter_map(|item| match item {
                syn::Item::Fn(function) => Some(function.sig.ident.to_string()),
                _ => None,
            })
            .collect();
        for name in [
            "escaped",
            "indented",
            "tilde",
            "fenced",
            "html",
            "reversed",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "main",
            "in_a_list",
            "deep_in_a_list",
        ] {
            assert!(
                !names.iter().any(|found| found == name),
                "{} has a function {name}",
                file.path
            );
        }
    }
}

#[test]
fn pages_whose_names_differ_in_case_only_stay_apart() {
    let settings = settings();
    let page = entity("parcel");
    let texts = document(&[
        ("parcel", &page),
        ("Parcel", &page),
        ("PARCEL", &page),
        ("par-cel", &page),
    ]);
    let out = files(&read_docs(&texts, &settings).unwrap(), &settings)
        .unwrap_or_else(|error| panic!("{error}"));
    let mut paths: Vec<String> = out.iter().map(|file| file.path.to_lowercase()).collect();
    paths.sort();
    let twice: Vec<&[String]> = paths.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let entities = out
        .iter()
        .filter(|file| {
            file.path.starts_with("generated/src/")
                && file.path.matches('/').count() == 3
                && file.path.ends_with("/mod.rs")
        })
        .count();
    assert_eq!(entities, 4);
}

#[test]
fn published_names_can_be_read_again_and_change_nothing() {
    let settings = settings();
    let names = FILES
        .iter()
        .find(|file| file.path == "spec/names.yaml")
        .unwrap();
    let known = Names::parse("names.yaml", &names.text).unwrap();
    assert!(known.iter().count() > 100);
    assert_eq!(known.to_yaml().unwrap(), names.text);
    let page = entity("parcel");
    let texts = document(&[("parcel", &page), ("Parcel", &page)]);
    let run = |names: Names| {
        let settings = Settings {
            names,
            ..settings.clone()
        };
        files(&read_docs(&texts, &settings).unwrap(), &settings)
            .unwrap_or_else(|error| panic!("{error}"))
    };
    let first = run(Names::default());
    let names = first
        .iter()
        .find(|file| file.path == "spec/names.yaml")
        .unwrap();
    let again = run(Names::parse("names.yaml", &names.text).unwrap());
    assert_eq!(first, again);
}

#[test]
fn the_crate_compiles() {
    crates::check("hostile", &FILES).unwrap_or_else(|error| panic!("{error}"));
    let entities = FILES.iter().filter(|file| {
        file.path.starts_with("generated/src/")
            && file.path.matches('/').count() == 3
            && file.path.ends_with("/mod.rs")
    });
    assert!(entities.count() > ENTITIES.len());
}
