//! Words of the docs as Rust names: the only place where one becomes the other.

use std::sync::LazyLock;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::text::in_latin;

/// Words that cannot be names as they are.
pub const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Type names of the language, and of the runtime where models and calls use them.
const USED_TYPES: &[&str] = &[
    "Self",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "Default",
    "Clone",
    "Debug",
    "Eq",
    "Hash",
    "Into",
    "From",
    "Iterator",
    "IntoIterator",
    "Send",
    "Sync",
    "Drop",
    "Fn",
    "Item",
    "Extra",
    "Value",
    "Number",
    "Date",
    "DateTime",
    "ApiStatus",
    "ItemStatus",
    "Encode",
    "Decode",
    "Parameter",
    "Code",
    "Operations",
];

/// Type names that generated modules use for something else: what is used anywhere, and what the templates of modules
/// import.
pub static TAKEN_TYPES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let imported = MODULE_TEMPLATES.iter().flat_map(|text| imported(text));
    USED_TYPES.iter().copied().chain(imported).collect()
});

const MODULE_TEMPLATES: &[&str] = &[
    include_str!("../../templates/operation.rs.tera"),
    include_str!("../../templates/entity.rs.tera"),
];

/// The types that a template imports, whatever its conditions.
fn imported(template: &'static str) -> Vec<&'static str> {
    let mut out = Vec::new();
    for part in template.split("use ").skip(1) {
        let import = part.split(';').next().unwrap_or_default();
        let words = import.split(|c: char| !c.is_ascii_alphanumeric());
        out.extend(words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())));
    }
    out
}

/// Letters and digits of ASCII, and what sounds like them; of everything else a separator.
fn ascii(text: &str) -> String {
    in_latin(text)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// Longer names are cut: they become names of files as well.
const LENGTH: usize = 60;

fn cut(name: String) -> String {
    if name.len() <= LENGTH {
        return name;
    }
    name[..LENGTH].trim_end_matches('_').to_owned()
}

/// A name for a field, a function or a module.
#[must_use]
pub fn snake(text: &str) -> String {
    let name = cut(ascii(text).to_snake_case());
    let name = match name.chars().next() {
        None => "unnamed".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("n{name}"),
        Some(_) => name,
    };
    if KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// A name for a type.
#[must_use]
pub fn camel(text: &str) -> String {
    let name = cut(ascii(text).to_upper_camel_case());
    let name = match name.chars().next() {
        None => "Unnamed".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("N{name}"),
        Some(_) => name,
    };
    if TAKEN_TYPES.contains(&name.as_str()) {
        format!("{name}Info")
    } else {
        name
    }
}

/// A name for the variant of an enumeration.
#[must_use]
pub fn variant(text: &str) -> String {
    let negative = text.trim_start().starts_with('-');
    let name = cut(ascii(text).to_upper_camel_case());
    match name.chars().next() {
        None => "Empty".to_owned(),
        Some(c) if c.is_ascii_digit() => {
            format!("{}{name}", if negative { "Minus" } else { "Value" })
        }
        Some(_) if matches!(name.as_str(), "Other" | "Self" | "Unknown") => format!("{name}Value"),
        Some(_) => name,
    }
}

/// Methods that have a meaning of their own: a setter must not look like one.
pub const METHODS: &[&str] = &[
    "add", "bitand", "bitor", "bitxor", "clone", "cmp", "default", "deref", "div", "drop", "eq",
    "extra", "fmt", "hash", "index", "mul", "neg", "new", "next", "not", "rem", "set", "shl",
    "shr", "sub",
];

/// Methods and arguments that every call has, beside [`METHODS`].
pub const CALL_METHODS: &[&str] = &[
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "body",
    "by",
    "call",
    "client",
    "clone",
    "cmp",
    "default",
    "deref",
    "div",
    "drop",
    "eq",
    "fmt",
    "format",
    "hash",
    "identifier",
    "index",
    "into_future",
    "items",
    "mul",
    "neg",
    "new",
    "next",
    "not",
    "prepare",
    "rem",
    "send_blocking",
    "set",
    "shl",
    "shr",
    "sub",
    "with",
];

/// Crates, and modules that the SDK has anyway.
pub const MODULES: &[&str] = &[
    "alloc",
    "api",
    "blocking",
    "builder",
    "builder_at",
    "slate_runtime",
    "client",
    "codes",
    "core",
    "decimal",
    "default",
    "full",
    "lib",
    "main",
    "mock",
    "native_tls",
    "new",
    "proc_macro",
    "runtime",
    "rustls",
    "samples",
    "std",
    "support",
    "test",
    "types",
    "wire",
    "with_api_key",
    "with_basic_auth",
    "with_basic_auth_md5",
    "with_bearer_token",
];

/// Names that are unique in one scope.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    reserved: &'static [&'static str],
    taken: Vec<String>,
}

impl Scope {
    /// A scope in which some names mean something else: they get an underscore.
    #[must_use]
    pub fn with(reserved: &'static [&'static str]) -> Self {
        Self {
            reserved,
            taken: Vec::new(),
        }
    }

    /// The name, or the name with a number behind it.
    pub fn unique(&mut self, name: &str) -> String {
        let name = if self.reserved.contains(&name) {
            format!("{name}_")
        } else {
            name.to_owned()
        };
        let unique = first_free(&name, |name| !self.taken.iter().any(|other| other == name));
        self.taken.push(unique.clone());
        unique
    }
}

/// The name, or the first one with a number behind it that is free.
pub fn first_free(name: &str, is_free: impl Fn(&str) -> bool) -> String {
    let joint = if name.ends_with(|c: char| c.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    first_free_with(name, joint, is_free)
}

/// The text, or the first one with `joint` and a number behind it that is free.
pub fn first_free_with(text: &str, joint: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut unique = text.to_owned();
    let mut number = 2;
    while !is_free(&unique) {
        unique = format!("{text}{joint}{number}");
        number += 1;
    }
    unique
}

/// The variant of a choice for what the docs do not list.
pub fn other_way<'n>(mut variants: impl Iterator<Item = &'n String>) -> &'static str {
    if variants.any(|variant| variant == "Other") {
        "Undocumented"
    } else {
        "Other"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_word_becomes_a_name() {
        for (text, name) in [
            ("mobile", "mobile"),
            ("type", "type_"),
            ("Self", "self_"),
            ("1st", "n1st"),
            ("", "unnamed"),
            ("crate", "crate_"),
            ("💥", "unnamed"),
            ("programId", "program_id"),
            ("a-b c", "a_b_c"),
            ("@type", "type_"),
        ] {
            assert_eq!(snake(text), name);
            assert!(syn::parse_str::<syn::Ident>(&snake(text)).is_ok(), "{text}");
        }
        for text in [
            "Self", "Option", "1st", "", "crate", "type", "💥", "-1", "0", "other",
        ] {
            assert!(syn::parse_str::<syn::Ident>(&camel(text)).is_ok(), "{text}");
            assert!(
                syn::parse_str::<syn::Ident>(&variant(text)).is_ok(),
                "{text}"
            );
        }
        assert_eq!(
            (variant("-1"), variant("0"), variant("MISSED_CALL")),
            ("Minus1".into(), "Value0".into(), "MissedCall".into())
        );
    }

    #[test]
    fn names_are_unique() {
        let mut scope = Scope::with(&["extra"]);
        assert_eq!(scope.unique("a"), "a");
        assert_eq!(scope.unique("a"), "a2");
        assert_eq!(scope.unique("extra"), "extra_");
        assert!(snake(&"long_".repeat(80)).len() <= LENGTH);
        assert_eq!(scope.unique("v2"), "v2");
        assert_eq!(scope.unique("v2"), "v2_2");
    }
}
