//! Plans the body of a request: the wrappers that users do not see, and what is in them.

use super::messages::Models;
use super::plan::{BodyPlan, Ty};
use crate::spec::{Field, Operation, item_of};

pub fn body_plan<'a>(name: &'a str, operation: &Operation, models: &mut Models<'a>) -> BodyPlan {
    // A body that is a list has nothing around it.
    let mut list = item_of(name).is_some();
    let mut here = item_of(name).unwrap_or(name);
    models.begin(here);
    let mut keys = Vec::new();
    while let Some([only]) = models.fields(here).filter(|_| !list) {
        let item = item_of(&only.ty);
        let inner = item.unwrap_or(&only.ty);
        if models.fields(inner).is_none_or(<[Field]>::is_empty) {
            break;
        }
        keys.push(only.name.clone());
        models.path.push(only.name.clone());
        here = inner;
        list = item.is_some();
    }
    let ty = models.whole(here);
    BodyPlan {
        keys,
        // Of plain values one alone is no request.
        many: list && (operation.batch != Some(false) || !matches!(ty, Ty::Struct(_))),
        list,
        ty,
    }
}
