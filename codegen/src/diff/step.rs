//! The version step that changes ask for.

use serde::Serialize;

use super::{Level, Report};

/// Which part of the version moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// None of them.
    None,
    /// The last.
    Patch,
    /// The middle.
    Minor,
    /// The first.
    Major,
}

impl Step {
    /// The step from this version. While the first number is 0, Cargo takes the middle one as the one that breaks.
    #[must_use]
    pub fn of(report: &Report, version: &str) -> Self {
        let unstable = numbers(version).is_none_or(|(major, ..)| major == 0);
        match (report.level(), unstable) {
            (None, _) => Self::None,
            (Some(Level::Breaking), false) => Self::Major,
            (Some(Level::Breaking), true) | (Some(Level::Additive), false) => Self::Minor,
            (Some(Level::Additive), true) | (Some(Level::Prose), _) => Self::Patch,
        }
    }

    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// The version after this step; the same where it has not three numbers, or is a pre-release.
    #[must_use]
    pub fn apply(self, version: &str) -> String {
        let next = numbers(version).and_then(|(major, minor, patch)| {
            Some(match self {
                Self::None => return None,
                Self::Patch => (major, minor, patch.checked_add(1)?),
                Self::Minor => (major, minor.checked_add(1)?, 0),
                Self::Major => (major.checked_add(1)?, 0, 0),
            })
        });
        next.map_or_else(
            || version.to_owned(),
            |(major, minor, patch)| format!("{major}.{minor}.{patch}"),
        )
    }
}

fn numbers(version: &str) -> Option<(u64, u64, u64)> {
    let mut parts = version.split('.').map(str::parse::<u64>);
    let found = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    parts.next().is_none().then_some(found)
}
