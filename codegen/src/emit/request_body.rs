//! Plans the body of a request: the wrappers that users do not see, and what is in them.

use super::messages::Models;
use super::plan::BodyPlan;
use crate::spec::{Field, Operation};

pub fn body_plan(name: &str, operation: &Operation, models: &mut Models<'_>) -> Option<BodyPlan> {
    let item = name
        .strip_prefix("list<")
        .and_then(|rest| rest.strip_suffix('>'));
    // A body that is a list has nothing around it.
    let mut list = item.is_some();
    let mut here = item.unwrap_or(name).to_owned();
    models.names.insert(String::new(), here.clone());
    let mut keys = Vec::new();
    while let Some([only]) = models.fields(&here).filter(|_| !list) {
        let (inner, is_list) = match only
            .ty
            .strip_prefix("list<")
            .and_then(|rest| rest.strip_suffix('>'))
        {
            Some(inner) => (inner, true),
            None => (only.ty.as_str(), false),
        };
        if models.fields(inner).is_none_or(<[Field]>::is_empty) {
            break;
        }
        keys.push(only.name.clone());
        models.path.push(only.name.clone());
        here = inner.to_owned();
        if is_list {
            list = true;
            break;
        }
    }
    models.fields(&here)?;
    let ty = models.name(&here);
    Some(BodyPlan {
        keys,
        many: list && operation.batch != Some(false),
        list,
        ty,
    })
}
