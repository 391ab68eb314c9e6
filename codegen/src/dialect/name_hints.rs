//! Names that decide a type.

use std::collections::BTreeMap;

use serde::Deserialize;

/// What digits and truth values in quotes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quoted {
    /// Numbers and truth values, or texts: quotes mean nothing.
    #[default]
    Any,
    /// Texts.
    Text,
}

/// Names that decide types.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameHints {
    /// Always text; also as the last words of a longer name.
    #[serde(default)]
    pub text: Vec<String>,
    /// Always text, as the whole name only.
    #[serde(default)]
    pub text_exact: Vec<String>,
    /// Text unless the docs state another type; the last word of the name.
    #[serde(default)]
    pub text_weak: Vec<String>,
    /// Text where one of the other names stands in the same object.
    #[serde(default)]
    pub text_beside: BTreeMap<String, Vec<String>>,
    /// What digits and truth values in quotes are.
    #[serde(default)]
    pub quoted: Quoted,
    /// Names that mean something else in every object.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Last words of names of points in time.
    #[serde(default)]
    pub datetime_suffix: Vec<String>,
    /// Counts, as parameters.
    #[serde(default)]
    pub count: Vec<String>,
    /// Amounts, as the whole name.
    #[serde(default)]
    pub amount_exact: Vec<String>,
    /// Numbers with decimals.
    #[serde(default)]
    pub amount: Vec<String>,
    /// Last words of names of amounts.
    #[serde(default)]
    pub amount_suffix: Vec<String>,
    /// Names that end so and are no amounts.
    #[serde(default)]
    pub amount_suffix_not: Vec<String>,
}
