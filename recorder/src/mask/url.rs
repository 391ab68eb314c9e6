//! Paths and queries.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use slate_runtime::wire::shown_name;

use super::{Around, MASKED, Mask};
use crate::plain::is_version;

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
            out.extend(utf8_percent_encode(shown_name(name), &ENCODED));
            out.push('=');
            out.extend(utf8_percent_encode(&self.text(value, around), &ENCODED));
        }
        out
    }

    /// A path: what stands in a documented one stays.
    fn path(&self, path: &str) -> String {
        let segments: Vec<&str> = path.split('/').collect();
        let template = self.settings.paths.iter().find(|template| {
            let wanted = template.split('/');
            wanted.clone().count() == segments.len()
                && wanted
                    .zip(&segments)
                    .all(|(wanted, segment)| is_parameter(wanted) || self.same(wanted, segment))
        });
        let shown: Vec<&str> = match template {
            Some(template) => template
                .split('/')
                .zip(&segments)
                .map(|(wanted, segment)| self.shown(segment, !is_parameter(wanted)))
                .collect(),
            // Words that occur in no documented path may be names of people.
            None => segments
                .iter()
                .map(|segment| {
                    let known = self.segments.contains(self.bare(segment));
                    self.shown(segment, known || segment.is_empty() || is_version(segment))
                })
                .collect(),
        };
        shown.join("/")
    }

    fn shown<'p>(&self, segment: &'p str, stays: bool) -> &'p str {
        if stays {
            return segment;
        }
        self.count("");
        MASKED
    }

    /// Whether a segment of a path is that of a template. It may end in a format.
    fn same(&self, wanted: &str, segment: &str) -> bool {
        segment == wanted || self.bare(segment) == wanted
    }

    fn bare<'p>(&self, segment: &'p str) -> &'p str {
        let formats = &self.settings.formats;
        match segment.rsplit_once('.') {
            Some((bare, format)) if formats.iter().any(|known| known == format) => bare,
            _ => segment,
        }
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}
