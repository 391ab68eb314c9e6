//! What rules and the structs of a body have to know of each other.

use super::plan::object;
use super::plan::{BodyPlan, FieldPlan, Model, OperationPlan};
use super::rule::{Need, Place};

/// Tells the fields of the body which of them a query parameter makes optional.
pub fn except(operation: &mut OperationPlan) {
    let Some(model) = operation.body.as_ref().and_then(BodyPlan::model) else {
        return;
    };
    for rule in &operation.rules {
        let (Some(flag), Place::Body(path, _)) = (&rule.unless, &rule.place) else {
            continue;
        };
        let Some(owner) = struct_at(model, &operation.request, path).map(str::to_owned) else {
            continue;
        };
        for model in &mut operation.request {
            if let Model::Struct { name, fields, .. } = model
                && *name == owner
            {
                let lifted = fields
                    .iter_mut()
                    .filter(|field| rule.names.contains(&field.wire));
                lifted.for_each(|field| field.unless = Some(flag.clone()));
            }
        }
    }
}

/// Tells the choices in the body what else is documented beside them.
pub fn describe_choices(operation: &mut OperationPlan) {
    let Some(model) = operation.body.as_ref().and_then(BodyPlan::model) else {
        return;
    };
    for rule in &mut operation.rules {
        let (Need::OneOf, Place::Body(path, _)) = (rule.need, &rule.place) else {
            continue;
        };
        let owner = struct_at(model, &operation.request, path);
        let fields = owner.and_then(|owner| fields_of(owner, &operation.request));
        rule.beside = fields.map(|fields| {
            let names = fields.iter().map(|field| field.wire.clone());
            names.filter(|name| !rule.names.contains(name)).collect()
        });
    }
}

fn fields_of<'m>(ty: &str, models: &'m [Model]) -> Option<&'m [FieldPlan]> {
    models.iter().find_map(|model| match model {
        Model::Struct { name, fields, .. } if name == ty => Some(fields.as_slice()),
        _ => None,
    })
}

/// The struct that stands at a path below another.
fn struct_at<'m>(ty: &'m str, models: &'m [Model], path: &[String]) -> Option<&'m str> {
    if path.is_empty() {
        return Some(ty);
    }
    fields_of(ty, models)?.iter().find_map(|field| {
        let rest = path.strip_prefix(std::slice::from_ref(&field.wire))?;
        let rest = rest.strip_prefix(field.wrappers.as_slice())?;
        struct_at(object(&field.ty)?, models, rest)
    })
}
