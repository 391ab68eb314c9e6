//! A shared type, made of all its sites.

use std::collections::BTreeSet;

use super::classes::{Part, Site};
use super::groups::Group;
use crate::emit::basis;
use crate::emit::plan::{FieldPlan, Model, Plan, renamed};
use crate::emit::tokens::code;
use crate::names::Alias;
use crate::text::most_common;

/// How many places a type names.
const NAMED: usize = 4;

/// The type, under this name and with the names of what it holds.
pub fn model<'n>(
    plan: &Plan,
    group: &Group,
    given: &str,
    name_at: &impl Fn(Site) -> Option<&'n String>,
) -> Option<Model> {
    let first = group.first()?;
    let all: Vec<&Model> = group
        .sites
        .iter()
        .filter_map(|site| site.of(plan))
        .collect();
    let mut model = first.of(plan)?.clone();
    // Of several types with former names those of all are kept.
    let mut former: Vec<Alias> = Vec::new();
    for alias in all.iter().flat_map(|model| aliases(model)) {
        let known = former.iter().any(|known| known.old == alias.old);
        if !known {
            former.push(alias.clone());
        }
    }
    let new_name = |old: &str| {
        let shared = first.other(plan, old).and_then(name_at);
        shared.map_or_else(|| old.to_owned(), Clone::clone)
    };
    match &mut model {
        Model::Struct {
            name,
            fields,
            choice,
            aliases,
            ..
        } => {
            for field in fields.iter_mut() {
                let same: Vec<&FieldPlan> = all
                    .iter()
                    .flat_map(|model| {
                        model
                            .fields()
                            .iter()
                            .filter(|other| other.wire == field.wire)
                    })
                    .collect();
                field.ty = renamed(&field.ty, &new_name);
                field.doc = most_common(same.iter().map(|field| field.doc.as_str()))
                    .unwrap_or_default()
                    .to_owned();
                field.rests_on = basis::of_same(same.iter().map(|field| field.rests_on));
            }
            if let Some(choice) = choice {
                choice.name = new_name(&choice.name);
            }
            former.retain(|alias| fields.iter().any(|field| field.ident == alias.new));
            former.retain(|alias| fields.iter().all(|field| field.ident != alias.old));
            *aliases = former;
            given.clone_into(name);
        }
        Model::Enum {
            name,
            doc,
            variants,
            aliases,
            ..
        } => {
            *doc = said(&all);
            former.retain(|alias| variants.iter().any(|(variant, _)| *variant == alias.new));
            former.retain(|alias| variants.iter().all(|(variant, _)| *variant != alias.old));
            *aliases = former;
            given.clone_into(name);
        }
        Model::Choice {
            name,
            variants,
            aliases,
            ..
        } => {
            for way in variants.iter_mut() {
                let same = all.iter().flat_map(|model| model.ways());
                let same = same.filter(|other| other.wire == way.wire);
                let said = most_common(same.map(|other| other.doc.as_str()));
                way.doc = said.unwrap_or_default().to_owned();
            }
            former.retain(|alias| variants.iter().any(|way| way.name == alias.new));
            former.retain(|alias| variants.iter().all(|way| way.name != alias.old));
            *aliases = former;
            given.clone_into(name);
        }
    }
    Some(model)
}

/// What most of them say that they are.
fn said(models: &[&Model]) -> String {
    let docs = models.iter().filter_map(|model| match model {
        Model::Enum { doc, .. } => Some(doc.as_str()),
        Model::Struct { .. } | Model::Choice { .. } => None,
    });
    most_common(docs).unwrap_or_default().to_owned()
}

fn aliases(model: &Model) -> &[Alias] {
    match model {
        Model::Struct { aliases, .. }
        | Model::Enum { aliases, .. }
        | Model::Choice { aliases, .. } => aliases,
    }
}

/// What the type is: where messages have it.
pub fn about(plan: &Plan, group: &Group) -> String {
    let mut places: Vec<String> = Vec::new();
    let mut operations: BTreeSet<(usize, usize)> = BTreeSet::new();
    for site in &group.sites {
        operations.insert((site.entity, site.operation));
        if let Some(Model::Struct { place, .. }) = site.of(plan) {
            let keys: Vec<&str> = place.rsplit('.').take(2).collect();
            let place = keys.into_iter().rev().collect::<Vec<_>>().join(".");
            if !places.contains(&place) {
                places.push(place);
            }
        }
    }
    let messages = match (
        group.sites.iter().any(|site| site.part != Part::Answer),
        group.sites.iter().any(|site| site.part == Part::Answer),
    ) {
        (true, true) => "requests and answers",
        (true, false) => "requests",
        _ => "answers",
    };
    let of = match operations.len() {
        1 => "one operation".to_owned(),
        many => format!("{many} operations"),
    };
    let more = places.len().saturating_sub(NAMED);
    let mut named: Vec<String> = places.iter().take(NAMED).map(|place| code(place)).collect();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    format!("What {messages} of {of} hold at {}.", named.join(", "))
}
