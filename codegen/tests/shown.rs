//! What `Debug` may print of the types in the SDK. The generator decides that by a rule; here it is looked up in what
//! came out, so that a hole in the rule is found where it does harm.

use crate::support::settings;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use settings::{in_workspace, settings};
use syn::{GenericArgument, Item, PathArguments, Type, UseTree};

/// Values that name nobody and open nothing, unless the name of their field says otherwise.
const PLAIN: &[&str] = &["bool", "i64", "u32", "u64", "Number"];
/// Types of the runtime whose `Debug` has a list of its own.
const STATUS: &[&str] = &["ApiStatus", "ItemStatus"];

/// A file of the SDK.
#[derive(Default)]
struct Source {
    /// The types of the fields of each struct, by `Struct.field`.
    fields: HashMap<String, String>,
    /// Structs and enums whose `Debug` would show all there is.
    derived: Vec<String>,
    enums: Vec<String>,
    /// Structs and enums whose `Debug` is written by the macros of the runtime.
    by_list: Vec<String>,
    shown: Vec<(String, String)>,
    /// Types of the crate that stand elsewhere: their path, and their name here.
    imported: Vec<(String, String)>,
}

impl Source {
    fn parse(text: &str) -> Self {
        let mut source = Self::default();
        for item in syn::parse_file(text).unwrap().items {
            source.add(item);
        }
        source
    }

    fn add(&mut self, item: Item) {
        match item {
            Item::Struct(item) => {
                self.note_derives(&item.attrs, &item.ident.to_string());
                for field in &item.fields {
                    let name = field.ident.as_ref().map(ToString::to_string);
                    let name = format!("{}.{}", item.ident, name.unwrap_or_default());
                    self.fields.insert(name, inner(&field.ty));
                }
            }
            Item::Enum(item) => {
                self.note_derives(&item.attrs, &item.ident.to_string());
                self.enums.push(item.ident.to_string());
            }
            Item::Macro(item) => self.note_macro(item.mac.tokens),
            Item::Use(item) => self.note_import("", &item.tree),
            _ => {}
        }
    }

    fn note_import(&mut self, path: &str, tree: &UseTree) {
        let below = |name: &syn::Ident| {
            if path.is_empty() {
                name.to_string()
            } else {
                format!("{path}::{name}")
            }
        };
        match tree {
            UseTree::Path(tree) => self.note_import(&below(&tree.ident), &tree.tree),
            UseTree::Name(tree) => {
                let here = tree.ident.to_string();
                self.imported.push((below(&tree.ident), here));
            }
            UseTree::Rename(tree) => {
                let here = tree.rename.to_string();
                self.imported.push((below(&tree.ident), here));
            }
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.note_import(path, tree);
                }
            }
            UseTree::Glob(_) => {}
        }
    }

    /// Knows the types that it imports from other files, which are given by their modules.
    fn resolve(&mut self, others: &HashMap<String, Self>) {
        for (path, here) in std::mem::take(&mut self.imported) {
            let Some((module, name)) = path.rsplit_once("::") else {
                continue;
            };
            let Some(other) = others.get(module) else {
                continue;
            };
            for (known, own) in [
                (&other.derived, &mut self.derived),
                (&other.enums, &mut self.enums),
                (&other.by_list, &mut self.by_list),
            ] {
                if known.iter().any(|known| known == name) {
                    own.push(here.clone());
                }
            }
        }
    }

    fn note_derives(&mut self, attributes: &[syn::Attribute], name: &str) {
        let debug = |attribute: &syn::Attribute| {
            let list = attribute.meta.require_list();
            attribute.path().is_ident("derive")
                && list.is_ok_and(|list| list.tokens.to_string().contains("Debug"))
        };
        if attributes.iter().any(debug) {
            self.derived.push(name.to_owned());
        }
    }

    /// `Model { field / "wrapper" shown, … }`
    fn note_macro(&mut self, tokens: TokenStream) {
        let mut model = String::new();
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => model = ident.to_string(),
                TokenTree::Group(group) => {
                    self.by_list.push(model.clone());
                    let entries: Vec<TokenTree> = group.stream().into_iter().collect();
                    let is_comma = |token: &TokenTree| token.to_string() == ",";
                    for entry in entries.split(is_comma) {
                        if let [name, .., last] = entry
                            && last.to_string() == "shown"
                        {
                            self.shown.push((model.clone(), name.to_string()));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// What is wrong with what is shown.
    fn problems(&self, personal: &[String]) -> Vec<String> {
        let mut problems = Vec::new();
        for (model, field) in &self.shown {
            let place = format!("{model}.{field}");
            let ty = self.fields.get(&place).map_or("", String::as_str);
            if let Some(why) = self.problem(field, ty, personal) {
                problems.push(format!("{place}: {ty}: {why}"));
            }
        }
        problems
    }

    fn problem(&self, field: &str, ty: &str, personal: &[String]) -> Option<&'static str> {
        let is = |list: &[String]| list.iter().any(|known| known == ty);
        if STATUS.contains(&ty) {
            return None;
        }
        let is_enum = is(&self.enums);
        if PLAIN.contains(&ty) || is_enum {
            if is_personal(field, personal) {
                return Some("its name says that it is personal or an identifier");
            }
            if is_enum && is(&self.derived) {
                return Some("a value that is in no list would be shown");
            }
            return None;
        }
        match (is(&self.by_list), is(&self.derived)) {
            (true, false) => None,
            (_, true) => Some("all of its fields would be shown"),
            _ => Some("a text, a date, or something that is not known here"),
        }
    }
}

fn is_personal(field: &str, personal: &[String]) -> bool {
    let field = field.trim_start_matches("r#").trim_end_matches('_');
    let is = |word: &str| personal.iter().any(|known| known == word) || word == "id";
    is(field) || field.split('_').any(is)
}

/// The type without `Option`, `Vec` and `Box` around it.
fn inner(ty: &Type) -> String {
    let Type::Path(path) = ty else {
        return "a type without a name".to_owned();
    };
    let Some(last) = path.path.segments.last() else {
        return String::new();
    };
    let name = last.ident.to_string();
    match &last.arguments {
        PathArguments::AngleBracketed(arguments)
            if ["Option", "Vec", "Box"].contains(&name.as_str()) =>
        {
            match arguments.args.first() {
                Some(GenericArgument::Type(ty)) => inner(ty),
                _ => name,
            }
        }
        _ => name,
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn debug_shows_nothing_personal_in_the_sdk() {
    let personal = settings().dialect.personal;
    assert!(personal.iter().any(|word| word == "mobile"));
    let mut files = Vec::new();
    rust_files(&in_workspace("generated/src"), &mut files);
    files.sort();
    let (mut shown, mut fields) = (0, 0);
    let parse = |file: &PathBuf| Source::parse(&fs::read_to_string(file).unwrap());
    let module = |file: &PathBuf| {
        let below = file.strip_prefix(in_workspace("generated/src")).unwrap();
        let keys = below.with_extension("");
        let keys: Vec<_> = keys.iter().map(|key| key.to_string_lossy()).collect();
        format!("crate::{}", keys.join("::"))
    };
    let shared: HashMap<String, Source> = files
        .iter()
        .filter(|file| file.ends_with("types.rs"))
        .map(|file| (module(file), parse(file)))
        .collect();
    assert!(shared.len() > 1, "{:?}", shared.keys());
    for file in files {
        let mut source = parse(&file);
        source.resolve(&shared);
        let problems = source.problems(&personal);
        assert_eq!(problems, [""; 0], "{}", file.display());
        shown += source.shown.len();
        fields += source.fields.len();
    }
    assert!(
        shown > 500 && fields > 2 * shown,
        "{shown} of {fields} fields are shown: are they still found?"
    );
}

#[test]
fn what_must_not_be_shown_is_noticed() {
    let problems = |field: &str, more: &str| {
        let text = format!(
            "pub struct Person {{ {field}, pub extra: Extra }}\n\
             slate_runtime::model!(Person {{ {} / \"x\" shown }});\n{more}",
            field.split(':').next().unwrap().trim_start_matches("pub ")
        );
        Source::parse(&text).problems(&settings().dialect.personal)
    };
    let listed = "pub struct Other {}\nslate_runtime::model!(Other {});";
    let derived = "#[derive(Clone, Debug)] pub struct Other {}";
    for (field, more) in [
        ("pub points: Option<i64>", ""),
        ("pub item_status: Option<ItemStatus>", ""),
        ("pub others: Vec<Other>", listed),
        ("pub kind: Option<Kind>", "pub enum Kind { A }"),
    ] {
        assert_eq!(problems(field, more), [""; 0], "{field}");
    }
    for (field, more) in [
        ("pub city: Option<String>", ""),
        ("pub cities: Vec<String>", ""),
        ("pub any: Option<Value>", ""),
        ("pub joined: Option<DateTime>", ""),
        ("pub born: Option<Date>", ""),
        ("pub mobile: Option<i64>", ""),
        ("pub mobile_number: Option<Number>", ""),
        ("pub user_id: Option<i64>", ""),
        ("pub other: Option<Other>", ""),
        ("pub other: Option<Other>", derived),
        (
            "pub kind: Option<Kind>",
            "#[derive(Debug)] pub enum Kind { A }",
        ),
    ] {
        assert_eq!(problems(field, more).len(), 1, "{field} {more}");
    }
}
