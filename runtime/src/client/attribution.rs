//! On whose behalf calls are made, and in which language they are answered.

use std::fmt;

use crate::service::Service;

/// On whose behalf a call is made: a kind of place, and the code of one. `Debug` shows the kind.
#[derive(Clone, PartialEq, Eq)]
pub struct Attribution {
    kind: String,
    code: String,
}

impl Attribution {
    /// The kind and the code, as the API writes them.
    pub fn new(kind: impl Into<String>, code: impl Into<String>) -> Self {
        Self {
            kind: kind.into(),
            code: code.into(),
        }
    }
}

impl fmt::Debug for Attribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attribution")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// The headers in which an API takes both.
///
/// # Errors
/// It has none for what is set.
pub(crate) fn service_headers<'s>(
    service: &'static Service,
    attribution: Option<&'s Attribution>,
    language: Option<&'s str>,
) -> Result<Vec<(&'static str, &'s str)>, &'static str> {
    let mut headers = Vec::new();
    if let Some(attribution) = attribution {
        let (kind, code) = service
            .attribution
            .ok_or("attribution: the API has no headers for it")?;
        headers.push((kind, attribution.kind.as_str()));
        headers.push((code, attribution.code.as_str()));
    }
    if let Some(language) = language {
        let header = service
            .language
            .ok_or("language: the API has no header for it")?;
        headers.push((header, language));
    }
    Ok(headers)
}
