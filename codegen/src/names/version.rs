//! How long a former name is still there.

/// Major, minor and patch of a version; what follows them does not matter here.
pub fn parse(text: &str) -> Option<[u64; 3]> {
    let plain = text.split(['-', '+']).next()?;
    let mut parts = plain.split('.');
    let out = [
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
        parts.next()?.parse().ok()?,
    ];
    parts.next().is_none().then_some(out)
}

/// Whether a name that was replaced in `since` still has its alias in `now`: until the next version that may break
/// callers, which in versions below 1.0 is the next minor one.
pub fn is_kept(since: &str, now: &str) -> bool {
    let (Some(since), Some(now)) = (parse(since), parse(now)) else {
        return true;
    };
    let line = |[major, minor, patch]: [u64; 3]| match (major, minor) {
        (0, 0) => [0, 0, patch],
        (0, minor) => [0, minor, 0],
        (major, _) => [major, 0, 0],
    };
    line(now) <= line(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_stays_until_the_next_breaking_version() {
        for (since, now, kept) in [
            ("1.2.0", "1.2.0", true),
            ("1.2.0", "1.9.4", true),
            ("1.2.0", "2.0.0", false),
            ("0.1.0", "0.1.7", true),
            ("0.1.0", "0.2.0", false),
            ("0.9.0", "1.0.0", false),
            ("2.0.0-rc.1", "2.3.0", true),
        ] {
            assert_eq!(is_kept(since, now), kept, "{since} {now}");
        }
        for wrong in ["", "1", "1.2", "1.2.x", "1.2.3.4"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
