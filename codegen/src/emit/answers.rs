//! Plans what a call gives: where the answer stands in a reply, and whether it is one thing or several.

use super::messages::Models;
use super::plan::{AnswerKind, AnswerPlan, Ty};
use crate::spec::{Field, item_of};

/// What a call gives. `many` is true where a caller sends several things: each of them has an outcome of its own then.
pub fn answer_plan<'a>(name: &'a str, many: bool, models: &mut Models<'a>) -> AnswerPlan {
    if let Some(inner) = item_of(name) {
        // The whole answer is a list.
        models.begin(inner);
        let ty = models.item("item", inner);
        return AnswerPlan::new(Vec::new(), Vec::new(), of_list(ty, models));
    }
    models.begin(name);
    if models.fields(name).is_none() {
        // The whole answer is one value.
        return AnswerPlan::new(Vec::new(), Vec::new(), AnswerKind::One(models.whole(name)));
    }
    let answer = models.types().answer(name, many);
    let names = |fields: &[&Field]| -> Vec<String> {
        fields.iter().map(|field| field.name.clone()).collect()
    };
    let mut payload = names(&answer.roots);
    models.path.extend_from_slice(&payload);
    let mut status = Vec::new();
    if let Some(outcome) = answer.status {
        status.clone_from(&payload);
        status.push(outcome.name.clone());
    }
    if answer.is_empty {
        return AnswerPlan::new(status, payload, AnswerKind::Empty);
    }
    if let Some(field) = answer.payload.last() {
        let keys = names(&answer.payload);
        models.path.extend_from_slice(&keys);
        payload.extend(keys);
        return AnswerPlan {
            beside: names(&answer.beside),
            inside: answer.inside.iter().map(|fields| names(fields)).collect(),
            ..AnswerPlan::new(status, payload, main_answer(field, many, models))
        };
    }
    let fields = models.fields(answer.ty).unwrap_or_default();
    let kind = if fields.is_empty() {
        AnswerKind::One(Ty::Any)
    } else {
        AnswerKind::One(Ty::Struct(models.name(answer.ty)))
    };
    AnswerPlan {
        says_success: answer.status.is_none() && models.types().says_success(fields),
        ..AnswerPlan::new(status, payload, kind)
    }
}

/// What the call is about, at a field inside of all wrappers.
fn main_answer(field: &Field, many: bool, models: &mut Models<'_>) -> AnswerKind {
    if let Some(inner) = item_of(&field.ty) {
        let ty = models.item(&field.name, inner);
        return of_list(ty, models);
    }
    let ty = models.ty(&field.name, &field.ty, &mut Vec::new());
    match of_one(ty, models) {
        // The samples show one, and a caller may send several.
        AnswerKind::Item(ty) if many => AnswerKind::Batch(ty),
        kind => kind,
    }
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
