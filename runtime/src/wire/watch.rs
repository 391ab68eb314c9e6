//! What an answer holds that the documentation does not, counted while it is read.

use std::collections::HashMap;

/// How an answer differs from the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum DriftKind {
    /// A member does not hold what its type wants.
    Misfit,
    /// A member that is not documented.
    UnknownMember,
    /// A value that is not in a documented list, or a date in a form that is not known.
    UnknownValue,
    /// A code that is not documented.
    UnknownCode,
    /// The answer stands at another place than documented.
    MovedPayload,
    /// The call succeeded, and the documented answer is not there.
    MissingPayload,
    /// A documented member that is not there.
    AbsentMember,
}

impl DriftKind {
    /// As it stands in a drift stream: `unknown_member`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Misfit => "misfit",
            Self::UnknownMember => "unknown_member",
            Self::UnknownValue => "unknown_value",
            Self::UnknownCode => "unknown_code",
            Self::MovedPayload => "moved_payload",
            Self::MissingPayload => "missing_payload",
            Self::AbsentMember => "absent_member",
        }
    }
}

/// One way in which an answer differs, at one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sight {
    pub(crate) kind: DriftKind,
    pub(crate) path: String,
    pub(crate) wanted: Option<&'static str>,
    pub(crate) found: Option<&'static str>,
    pub(crate) code: Option<u32>,
}

impl Sight {
    pub(crate) fn new(kind: DriftKind, path: String) -> Self {
        Self {
            kind,
            path,
            wanted: None,
            found: None,
            code: None,
        }
    }
}

/// How often each was seen, in the order in which they were first.
#[derive(Default)]
pub(crate) struct Watch {
    absent: bool,
    order: Vec<(Sight, usize)>,
    at: HashMap<Sight, usize>,
}

/// An answer may have any number of members: so many places are told apart, and no more.
const MOST: usize = 1_000;

impl Watch {
    /// With the members that do not come, if they are asked for.
    pub(crate) fn new(absent: bool) -> Self {
        Self {
            absent,
            ..Self::default()
        }
    }

    pub(crate) fn wants_absent(&self) -> bool {
        self.absent
    }

    pub(crate) fn see(&mut self, sight: Sight) {
        if let Some(&at) = self.at.get(&sight) {
            self.order[at].1 += 1;
        } else if self.order.len() < MOST {
            self.at.insert(sight.clone(), self.order.len());
            self.order.push((sight, 1));
        }
    }

    pub(crate) fn into_sights(self) -> Vec<(Sight, usize)> {
        self.order
    }
}

/// The name of a member as it may be shown: keys come from the wire, and may be data. What does not look like a name is
/// `*`.
#[must_use]
pub fn shown_name(key: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:$#".contains(&byte);
    let name = key.strip_prefix('@').unwrap_or(key);
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let is_name = !name.is_empty() && name.len() <= 64 && digits <= 4 && name.bytes().all(plain);
    if is_name { key } else { "*" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_may_be_data_are_not_shown() {
        for name in [
            "weight",
            "@type",
            "#text",
            "extended-field_2",
            "a.b:c",
            "$ref",
        ] {
            assert_eq!(shown_name(name), name);
        }
        for data in [
            "",
            "rita@example.com",
            "44700900000",
            "Rita Meyer",
            "é",
            "a\nb",
        ] {
            assert_eq!(shown_name(data), "*", "{data}");
        }
        assert_eq!(shown_name(&"a".repeat(65)), "*");
    }

    #[test]
    fn places_are_counted_and_bounded() {
        let mut watch = Watch::new(false);
        for n in 0..3_000 {
            let path = format!("a.{}", n % 1_500);
            watch.see(Sight::new(DriftKind::UnknownMember, path));
        }
        let seen = watch.into_sights();
        assert_eq!(seen.len(), MOST);
        assert!(seen.iter().all(|(_, count)| *count == 2));
    }
}
