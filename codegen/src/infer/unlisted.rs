//! Values in samples that a documented list of values has not.

use super::shape::Shape;
use super::stage::Stage;
use super::value::Scalar;
use crate::diagnostics::Code;
use crate::read::facts::ParamRow;

/// Reports values in samples that the row of an enumeration does not list. `values` are those of its type.
pub fn report(
    key: &str,
    values: Option<&[String]>,
    shape: &Shape,
    row: &ParamRow,
    stage: &mut Stage<'_>,
) {
    let Some(listed) = values.filter(|listed| **listed == row.values) else {
        return;
    };
    let known = |shown: &&str| {
        let mut values = listed.iter();
        values.any(|value| value.eq_ignore_ascii_case(shown.trim()))
    };
    let shown = shape.scalars.iter().filter_map(Scalar::text);
    let mut unlisted: Vec<String> = Vec::new();
    for shown in shown.filter(|shown| !known(shown)) {
        let shown = format!("{shown:?}");
        if !unlisted.contains(&shown) {
            unlisted.push(shown);
        }
    }
    let message = match unlisted.as_slice() {
        [] => return,
        [one] => format!("a sample shows {one} for {key}, which is none of its values"),
        all => format!(
            "samples show {} for {key}, which are none of its values",
            all.join(", ")
        ),
    };
    stage.diagnostics.push(
        Code::UnlistedValue,
        row.place_of_values(stage.sources),
        message,
        "the documented values were kept",
    );
}
