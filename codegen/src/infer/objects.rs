//! What tables outside of operations state about the members of the objects that messages have.

use super::annotation::{Annotation, Told};
use crate::read::facts::{ObjectFact, OperationFacts, ParamRow, Role};
use crate::spec::Required;

/// Words for a member that answers have and requests do not.
const READ_ONLY: [&str; 3] = ["read-only", "read only", "readonly"];

/// Adds what tables of objects state. Where the operation has a row of its own, that counts.
///
/// An answer that a sentence calls such an object has all members of it. A table that says which members can only be read
/// says by that that the others can be sent: a request has them all, whatever its sample shows.
pub fn annotate<'a>(
    role: Role,
    (operation, creates): (&OperationFacts, bool),
    objects: &'a [ObjectFact],
    mut told: Told<'a>,
) -> Told<'a> {
    let Told { shape, annotations } = &mut told;
    let used = operation.members.iter();
    for members in used.filter(|members| members.role == role) {
        let Some(object) = objects.get(members.object) else {
            continue;
        };
        let whole = role == Role::Request && members.path.is_empty();
        let sends = whole && object.rows.iter().any(is_read_only);
        shape.list |= members.told == Some(true);
        for row in &object.rows {
            for path in row.paths() {
                let path = [members.path.clone(), path].concat();
                let shown = shape.get(&path).is_some_and(|field| !field.documented_only);
                let has = members.told.is_some() || (sends && !is_read_only(row));
                if !shown && has && !annotations.contains_key(&path) {
                    shape.document(&path);
                } else if !shown {
                    continue;
                }
                let demanded = whole && creates && shown && row.stated == Some(true);
                annotations.entry(path).or_insert(Annotation {
                    row,
                    required: if demanded {
                        Required::True
                    } else {
                        Required::False
                    },
                    inherited: false,
                    typed: true,
                    values: None,
                });
            }
        }
    }
    told
}

fn is_read_only(row: &ParamRow) -> bool {
    let doc = row.doc.to_lowercase();
    READ_ONLY.iter().any(|words| doc.contains(words))
}
