//! The version step that changes ask for.

use serde::Serialize;

use super::change::Report;
use super::rules::Level;
use crate::InputError;

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

    /// The version after this step. A pre-release may break anything, so whatever the step, only its own number moves.
    ///
    /// # Errors
    /// When the version has not three numbers, a number is at its end, or a pre-release has no number of its own: then
    /// nobody can say what comes next, and a second entry of one version would hide the first.
    pub fn apply(self, version: &str) -> Result<String, InputError> {
        if self == Self::None {
            return Ok(version.to_owned());
        }
        let unclear = |why: &str| {
            InputError::new(format!(
                "the version {version} cannot be moved: {why}; set the next version by hand"
            ))
        };
        let (major, minor, patch) =
            numbers(version).ok_or_else(|| unclear("it is not MAJOR.MINOR.PATCH"))?;
        if let Some((core, pre)) = version.split_once('-') {
            let (name, number) = pre.rsplit_once('.').unwrap_or(("", pre));
            let next = number.parse::<u64>().ok().and_then(|n| n.checked_add(1));
            let next =
                next.ok_or_else(|| unclear("its pre-release does not end with `.NUMBER`"))?;
            let dot = if name.is_empty() { "" } else { "." };
            return Ok(format!("{core}-{name}{dot}{next}"));
        }
        let next = match self {
            Self::None => Some((major, minor, patch)),
            Self::Patch => patch.checked_add(1).map(|patch| (major, minor, patch)),
            Self::Minor => minor.checked_add(1).map(|minor| (major, minor, 0)),
            Self::Major => major.checked_add(1).map(|major| (major, 0, 0)),
        };
        let (major, minor, patch) = next.ok_or_else(|| unclear("its number is the last one"))?;
        Ok(format!("{major}.{minor}.{patch}"))
    }
}

/// The three numbers in front of what marks a pre-release.
fn numbers(version: &str) -> Option<(u64, u64, u64)> {
    let core = version.split_once('-').map_or(version, |(core, _)| core);
    let mut parts = core.split('.').map(str::parse::<u64>);
    let found = (
        parts.next()?.ok()?,
        parts.next()?.ok()?,
        parts.next()?.ok()?,
    );
    parts.next().is_none().then_some(found)
}
