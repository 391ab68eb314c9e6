//! Segments of paths.

/// True for `v1.1`, `1.1`, `v2`.
pub fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    !digits.is_empty()
        && digits.len() <= 5
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.starts_with(|c: char| c.is_ascii_digit())
}

/// A path without the version in front.
pub fn without(segments: &[String]) -> &[String] {
    match segments {
        [first, rest @ ..] if is_version(first) => rest,
        all => all,
    }
}

pub fn join(segments: &[String]) -> String {
    format!("/{}", segments.join("/"))
}

pub fn is_placeholder(segment: &str) -> bool {
    segment.starts_with('{')
}

/// Whether two paths are one: a placeholder stands for any word.
pub fn agree(a: &[String], b: &[String]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| a.eq_ignore_ascii_case(b) || is_placeholder(a) || is_placeholder(b))
}
