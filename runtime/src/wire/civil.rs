//! A day and a time of day, as a clock on the wall shows them.

/// A day and a time of day, read from one of the many forms in which the API writes them.
///
/// The wire names no zone for most of them; a zone that is named is in
/// [`offset_seconds`](Self::offset_seconds), and the other parts are as they were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    pub(crate) year: i16,
    pub(crate) month: i8,
    pub(crate) day: i8,
    pub(crate) hour: i8,
    pub(crate) minute: i8,
    pub(crate) second: i8,
    pub(crate) nanosecond: i32,
    pub(crate) offset_seconds: Option<i32>,
}
