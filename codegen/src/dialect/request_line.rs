//! Lines that say how a call is made, in the words of one documentation.

use serde::Deserialize;
use serde::de::Error as _;

use crate::pattern::Pattern;

/// A pattern of such a line. Its groups `method` and `path` are what the line says.
#[derive(Clone, Debug)]
pub struct RequestLine(Pattern);

impl<'de> Deserialize<'de> for RequestLine {
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let pattern = Pattern::deserialize(input)?;
        if pattern
            .0
            .capture_names()
            .flatten()
            .all(|name| name != "path")
        {
            return Err(D::Error::custom(format!(
                "the pattern {:?} has no group (?<path>…)",
                pattern.0.as_str()
            )));
        }
        Ok(Self(pattern))
    }
}

impl RequestLine {
    /// `METHOD path` for each place in a text that the pattern fits; the path alone where it has no method.
    #[must_use]
    pub fn calls(&self, text: &str) -> Vec<String> {
        let all = self.0.0.captures_iter(text);
        all.filter_map(|found| {
            let path = found.name("path")?.as_str().trim();
            let method = found
                .name("method")
                .map(|found| found.as_str().trim().to_uppercase());
            Some(match method.filter(|method| !method.is_empty()) {
                Some(method) => format!("{method} {path}"),
                None => path.to_owned(),
            })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_say_method_and_path() {
        let line: RequestLine =
            serde_yaml::from_str(r"'Call (?<path>/\S+) by (?<method>\w+)'").unwrap();
        assert_eq!(
            line.calls("Call /parcels by post. Call /depots by get."),
            ["POST /parcels", "GET /depots"]
        );
        assert!(line.calls("Call us").is_empty());
    }

    #[test]
    fn a_pattern_needs_a_path() {
        assert!(serde_yaml::from_str::<RequestLine>("'(?<method>x)'").is_err());
        assert!(serde_yaml::from_str::<RequestLine>("'(?<path>x'").is_err());
    }
}
