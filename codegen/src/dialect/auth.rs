//! How callers authenticate, as a dialect says it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::spec::{In, Param};

/// A way to authenticate: a word, or `header: NAME`, `query: NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthFact {
    /// A user and a password.
    Basic,
    /// The same with the MD5 of the password.
    BasicMd5,
    /// A token that the caller has.
    Bearer,
    /// A key in the header of this name.
    Header(String),
    /// A key in the parameter of the query of this name.
    Query(String),
    /// The caller signs requests.
    Signature,
    /// Calls may be made without.
    None,
}

const WORDS: &str =
    "basic, basic_md5, bearer, {header: NAME}, {query: NAME}, signature and none are";

impl AuthFact {
    fn word(word: &str) -> Option<Self> {
        Some(match word {
            "basic" => Self::Basic,
            "basic_md5" => Self::BasicMd5,
            "bearer" => Self::Bearer,
            "signature" => Self::Signature,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// Whether a parameter of an operation is what a client sends for this.
    #[must_use]
    pub fn is_sent_as(&self, param: &Param) -> bool {
        match self {
            Self::Basic | Self::BasicMd5 | Self::Bearer => is_header(param, "authorization"),
            Self::Header(name) => is_header(param, name),
            Self::Query(name) => param.place == In::Query && param.name == *name,
            Self::Signature | Self::None => false,
        }
    }
}

fn is_header(param: &Param, name: &str) -> bool {
    param.place == In::Header && param.name.eq_ignore_ascii_case(name)
}

impl<'de> Deserialize<'de> for AuthFact {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(OneVisitor)
    }
}

struct OneVisitor;

impl<'de> Visitor<'de> for OneVisitor {
    type Value = AuthFact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a way to authenticate")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<AuthFact, E> {
        AuthFact::word(word).ok_or_else(|| {
            E::custom(format!(
                "{word:?} is no way to authenticate that is known; {WORDS}"
            ))
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AuthFact, A::Error> {
        let entry = map.next_entry::<String, String>()?;
        let more = map.next_entry::<String, String>()?.is_some();
        let (key, name) = entry.filter(|_| !more).ok_or_else(|| {
            A::Error::custom(format!(
                "a way to authenticate is one word, or one key with a name; {WORDS}"
            ))
        })?;
        match key.as_str() {
            "header" => check_header(&name).map(|()| AuthFact::Header(name)),
            "query" if name.trim().is_empty() || name.contains(char::is_control) => {
                Err(format!("{name:?} is no name of a parameter"))
            }
            "query" => Ok(AuthFact::Query(name)),
            _ => Err(format!(
                "{key:?} is no place of a key that is known; header and query are"
            )),
        }
        .map_err(A::Error::custom)
    }
}

fn check_header(name: &str) -> Result<(), String> {
    let fine = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if name.is_empty() || !name.bytes().all(fine) {
        return Err(format!("{name:?} is no name of a header"));
    }
    Ok(())
}

/// The name of a header.
///
/// # Errors
/// It cannot be one.
pub fn header<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    let name = Option::<HeaderName>::deserialize(input)?;
    Ok(name.map(|name| name.0))
}

struct HeaderName(String);

impl<'de> Deserialize<'de> for HeaderName {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let name = String::deserialize(input)?;
        check_header(&name).map_err(D::Error::custom)?;
        Ok(Self(name))
    }
}

/// Several ways, each of them once.
///
/// # Errors
/// An entry is none, or stands there twice.
pub fn list<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<AuthFact>, D::Error> {
    input.deserialize_seq(ListVisitor)
}

struct ListVisitor;

impl<'de> Visitor<'de> for ListVisitor {
    type Value = Vec<AuthFact>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of ways to authenticate")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut out: Vec<AuthFact> = Vec::new();
        while let Some(fact) = list.next_element::<AuthFact>()? {
            if out.contains(&fact) {
                return Err(A::Error::custom(
                    "a way to authenticate stands in the list twice",
                ));
            }
            out.push(fact);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::Dialect;

    fn read(auth: &str) -> Vec<AuthFact> {
        let yaml = format!("client:\n  auth: {auth}\n");
        Dialect::parse("d.yaml", &yaml).unwrap().client.auth
    }

    #[test]
    fn ways_to_authenticate() {
        assert_eq!(
            read("[basic_md5, bearer, {header: X-Key}, {query: key}, signature, basic]"),
            [
                AuthFact::BasicMd5,
                AuthFact::Bearer,
                AuthFact::Header("X-Key".to_owned()),
                AuthFact::Query("key".to_owned()),
                AuthFact::Signature,
                AuthFact::Basic,
            ]
        );
        assert_eq!(read("[none]"), [AuthFact::None]);
        assert_eq!(read("[]"), []);
        assert_eq!(Dialect::parse("d.yaml", "").unwrap().client.auth, []);
    }

    #[test]
    fn what_is_no_way_is_an_error_with_its_place() {
        for (auth, at, part) in [
            ("[basic, md5]", "d.yaml:2:17: ", "\"md5\" is no way"),
            ("[{cookie: a}]", "d.yaml:2:10: ", "\"cookie\" is no place"),
            (
                "[{header: 'X Key'}]",
                "d.yaml:2:10: ",
                "no name of a header",
            ),
            ("[{header: ''}]", "d.yaml:2:10: ", "no name of a header"),
            ("[{query: ' '}]", "d.yaml:2:10: ", "no name of a parameter"),
            ("[{header: A, query: b}]", "d.yaml:2:10: ", "one key"),
            ("[{}]", "d.yaml:2:10: ", "one key"),
            ("[basic, basic]", "d.yaml:2:9: ", "twice"),
            ("basic", "d.yaml:2:9: ", "a list of ways"),
            ("[7]", "d.yaml:2:10: ", "a way to authenticate"),
        ] {
            let yaml = format!("client:\n  auth: {auth}\n");
            let error = Dialect::parse("d.yaml", &yaml).unwrap_err().to_string();
            assert!(error.starts_with(at), "{auth}: {error}");
            assert!(error.contains(part), "{auth}: {error}");
        }
        let error = Dialect::parse("d.yaml", "client:\n  request_id: 'a b'\n").unwrap_err();
        assert!(error.to_string().starts_with("d.yaml:2:"), "{error}");
    }
}
