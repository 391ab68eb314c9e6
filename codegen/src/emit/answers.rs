//! Plans what a call gives: where the answer stands in a reply, and whether it is one thing or several.

use super::messages::Models;
use super::plan::{AnswerKind, AnswerPlan, Ty, item_of};
use crate::spec::Field;

/// What a call gives. `many` is true where a caller sends several things: each of them has an outcome of its own then.
pub fn answer_plan(name: &str, many: bool, models: &mut Models<'_>) -> AnswerPlan {
    if let Some(inner) = item_of(name) {
        // The whole answer is a list.
        models.names.insert(String::new(), inner.to_owned());
        let ty = models.item("item", inner);
        return AnswerPlan::new(Vec::new(), Vec::new(), of_list(ty, models));
    }
    models.names.insert(String::new(), name.to_owned());
    let mut payload: Vec<String> = Vec::new();
    let mut status = Vec::new();
    let mut here = name.to_owned();
    // The document element.
    while let Some([only]) = models.fields(&here)
        && models.fields(&only.ty).is_some()
        && models.wire.roots.contains(&only.name)
    {
        payload.push(only.name.clone());
        models.path.push(only.name.clone());
        here.clone_from(&only.ty);
    }
    let fields = models.fields(&here).unwrap_or_default();
    let outcome = fields.iter().find(|field| {
        field.name == models.wire.status
            && models
                .fields(&field.ty)
                .is_some_and(|fields| models.is_outcome(fields))
    });
    if let Some(outcome) = outcome {
        status.clone_from(&payload);
        status.push(outcome.name.clone());
    }
    let rest: Vec<&Field> = fields
        .iter()
        .filter(|field| outcome.is_none_or(|outcome| outcome.name != field.name))
        .collect();
    if rest.is_empty() && outcome.is_some() {
        return AnswerPlan::new(status, payload, AnswerKind::Empty);
    }
    // What stands beside the status: one thing, or that one of them which has an outcome for each item.
    let main = match rest.as_slice() {
        [only] if outcome.is_some() => Some(*only),
        several if many => models.only_with_outcomes(several),
        _ => None,
    };
    if let Some(main) = main {
        let (depth, keys) = (models.path.len(), payload.len());
        if let Some(kind) = main_answer(main, many, models, &mut payload) {
            return AnswerPlan::new(status, payload, kind);
        }
        models.path.truncate(depth);
        payload.truncate(keys);
    }
    let kind = if fields.is_empty() {
        AnswerKind::One(Ty::Any)
    } else {
        AnswerKind::One(Ty::Struct(models.name(&here)))
    };
    AnswerPlan {
        says_success: outcome.is_none() && models.says_success(fields),
        ..AnswerPlan::new(status, payload, kind)
    }
}

/// Follows the wrappers from a field to what the call is about; nothing where that is a scalar, which the object around it
/// has to hold.
fn main_answer<'a>(
    mut field: &'a Field,
    many: bool,
    models: &mut Models<'a>,
    payload: &mut Vec<String>,
) -> Option<AnswerKind> {
    loop {
        payload.push(field.name.clone());
        models.path.push(field.name.clone());
        if let Some(inner) = item_of(&field.ty) {
            let ty = models.item(&field.name, inner);
            return Some(of_list(ty, models));
        }
        match models.fields(&field.ty)? {
            [inner]
                if models
                    .fields(&inner.ty)
                    .is_some_and(|fields| !fields.is_empty())
                    || inner.ty.starts_with("list<") =>
            {
                field = inner;
            }
            _ => break,
        }
    }
    let ty = models.ty(&field.name, &field.ty, &mut Vec::new());
    Some(match of_one(ty, models) {
        // The samples show one, and a caller may send several.
        AnswerKind::Item(ty) if many => AnswerKind::Batch(ty),
        kind => kind,
    })
}

fn of_list(ty: Ty, models: &Models<'_>) -> AnswerKind {
    if models.has_outcome(&ty) {
        AnswerKind::Batch(ty)
    } else {
        AnswerKind::One(Ty::List(Box::new(ty)))
    }
}

fn of_one(ty: Ty, models: &Models<'_>) -> AnswerKind {
    if models.has_outcome(&ty) {
        AnswerKind::Item(ty)
    } else {
        AnswerKind::One(ty)
    }
}
