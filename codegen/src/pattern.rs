//! Patterns that people write into a dialect.

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use serde::de::Error as _;

/// How much memory one pattern may take.
const LARGEST: usize = 1 << 20;

/// A regular expression; `^` and `$` are the ends of a line.
#[derive(Clone, Debug)]
pub struct Pattern(pub Regex);

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let written = String::deserialize(input)?;
        let mut builder = RegexBuilder::new(&written);
        let built = builder.multi_line(true).size_limit(LARGEST).build();
        built.map(Self).map_err(D::Error::custom)
    }
}
