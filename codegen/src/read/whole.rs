//! Rows that are about the whole of a message: `body`, with its members set in below.

use super::facts::ParamRow;
use crate::dialect::{HeadingKind, WrittenType};

/// Names of such rows.
const WHOLE: [&str; 2] = ["body", "anonymous"];

/// The rows without one for the whole of a message: those that were set in below it are the members.
pub fn without(mut rows: Vec<ParamRow>) -> Vec<ParamRow> {
    let whole = |row: &ParamRow| {
        let [name] = row.names.as_slice() else {
            return false;
        };
        let open = matches!(row.written, Some(WrittenType::Object | WrittenType::Array));
        let stated = row.place == Some(HeadingKind::Body) || name == "anonymous";
        row.above.is_empty() && open && stated && WHOLE.contains(&name.as_str())
    };
    let Some(at) = rows.iter().position(whole) else {
        return rows;
    };
    let name = rows.remove(at).names.remove(0);
    for row in &mut rows {
        if row.above.first().is_some_and(|(above, _)| *above == name) {
            row.above.remove(0);
        }
    }
    rows
}
