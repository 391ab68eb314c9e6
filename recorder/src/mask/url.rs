//! Paths and queries.

use super::{Around, MASKED, Mask};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Underscores and dots are common, and harmless.
const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'-');

impl Mask {
    /// A path with its query.
    #[must_use]
    pub fn url(&self, url: &str) -> String {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let mut out = self.path(path);
        let pairs: Vec<_> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=')?;
                Some((decoded(name), decoded(value)))
            })
            .collect();
        let tellers: Vec<&str> = pairs
            .iter()
            .flatten()
            .filter(|(_, value)| self.tells(value))
            .map(|(name, _)| name.as_str())
            .collect();
        for (number, pair) in pairs.iter().enumerate() {
            out.push(if number == 0 { '?' } else { '&' });
            let Some((name, value)) = pair else {
                // Who knows whether it is a name.
                self.count("");
                out.push_str(MASKED);
                continue;
            };
            let listed = self.settings.query.get(name).map(Vec::as_slice);
            let is_told = listed.is_none() && tellers.iter().any(|teller| teller != name);
            let around = Around {
                name,
                listed,
                personal: is_told || self.is_personal(name),
                outcome: false,
            };
            out.extend(utf8_percent_encode(self.name(name), &ENCODED));
            out.push('=');
            out.extend(utf8_percent_encode(&self.text(value, around), &ENCODED));
        }
        out
    }

    /// A path: what stands in a documented one stays.
    fn path(&self, path: &str) -> String {
        let segments = self.documented.segments(path);
        let shown = segments.into_iter().map(|segment| {
            segment.unwrap_or_else(|| {
                self.count("");
                MASKED
            })
        });
        shown.collect::<Vec<_>>().join("/")
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
