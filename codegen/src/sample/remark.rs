//! Remarks of authors inside samples, in whatever format.

/// True for a line that is a remark of the author inside a sample.
pub(crate) fn is_remark_line(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//")
}
