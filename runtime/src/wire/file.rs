//! Files, which only forms in parts can hold.

use std::fmt;
use std::sync::Arc;

/// A file that is sent in a form in parts (`multipart/form-data`). Cheap to clone: clones share the content.
///
/// `Debug` shows how large it is, and neither its name nor its content.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct File(Arc<Inner>);

#[derive(Clone, Default, PartialEq, Eq)]
struct Inner {
    name: String,
    media_type: Option<String>,
    content: Vec<u8>,
}

impl File {
    /// A file of this name, such as `label.png`, with its content in bytes.
    #[must_use]
    pub fn new(name: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self(Arc::new(Inner {
            name: name.into(),
            media_type: None,
            content: content.into(),
        }))
    }

    /// The same file with its media type, such as `image/png`. Without one it is `application/octet-stream`.
    #[must_use]
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        inner.media_type = Some(media_type.into());
        Self(Arc::new(inner))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(&self) -> &str {
        let known = self.0.media_type.as_deref();
        known.unwrap_or("application/octet-stream")
    }

    /// Its content.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.0.content
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes)", self.0.content.len())
    }
}
