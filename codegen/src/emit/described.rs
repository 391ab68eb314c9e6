//! What rustdoc says of members that the documentation shows and does not describe there: what it says of the same member
//! elsewhere, or else what it shows.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::inside;
use super::plan::{FieldPlan, Model, OperationPlan, Plan};
use super::shared::noun;
use super::tokens::code;
use crate::infer::Content;
use crate::read::facts::Role;
use crate::sample::Tree;
use crate::text::is_personal;

/// Longer values are no examples.
const LONGEST: usize = 40;

/// What a member is, wherever it stands: whether it is sent, of what it is a member, and its name on the wire.
type Member = (bool, String, String);

/// Sentences, by member, with how often they stand there.
type Sentences = BTreeMap<Member, IndexMap<String, usize>>;

/// Gives fields without a description one.
pub fn describe(plan: &mut Plan, contents: &IndexMap<String, Vec<Content>>, personal: &[String]) {
    let of_entities: Vec<Sentences> = plan
        .entities
        .iter()
        .map(|entity| sentences(&entity.operations))
        .collect();
    let of_all = of_entities.iter().fold(Sentences::new(), |mut all, some| {
        for (member, texts) in some {
            let known = all.entry(member.clone()).or_default();
            for (text, count) in texts {
                *known.entry(text.clone()).or_insert(0) += count;
            }
        }
        all
    });
    for (entity, own) in plan.entities.iter_mut().zip(&of_entities) {
        for operation in &mut entity.operations {
            let samples = contents
                .get(&operation.spec.id)
                .map_or(&[][..], Vec::as_slice);
            for (request, models) in [
                (true, &mut operation.request),
                (false, &mut operation.response),
            ] {
                let shown = |content: &&Content| (content.role == Role::Request) == request;
                let samples: Vec<&Content> = samples.iter().filter(shown).collect();
                for model in models {
                    let Model::Struct {
                        name,
                        place,
                        fields,
                        ..
                    } = model
                    else {
                        continue;
                    };
                    for field in fields.iter_mut().filter(|field| field.doc.is_empty()) {
                        let member = member(request, name, field);
                        let said = said(own, &member).or_else(|| said(&of_all, &member));
                        let example = || {
                            let personal = is_personal(&field.wire, personal);
                            let of = samples.iter().filter(|_| !personal);
                            of.into_iter()
                                .find_map(|sample| example(&sample.tree, place, field))
                        };
                        if let Some(text) = said.or_else(example) {
                            field.doc = text;
                        }
                    }
                }
            }
        }
    }
}

fn member(request: bool, owner: &str, field: &FieldPlan) -> Member {
    (request, noun(owner).to_owned(), field.wire.clone())
}

fn sentences(operations: &[OperationPlan]) -> Sentences {
    let mut out = Sentences::new();
    for operation in operations {
        for (request, models) in [(true, &operation.request), (false, &operation.response)] {
            for model in models {
                let told = model.fields().iter().filter(|field| !field.doc.is_empty());
                for field in told {
                    let texts = out.entry(member(request, model.name(), field)).or_default();
                    *texts.entry(field.doc.clone()).or_insert(0) += 1;
                }
            }
        }
    }
    out
}

/// What most say of a member; of equal counts the first.
fn said(sentences: &Sentences, member: &Member) -> Option<String> {
    let texts = sentences.get(member)?;
    let most = texts.values().max()?;
    let (text, _) = texts.iter().find(|(_, count)| *count == most)?;
    Some(text.clone())
}

/// A value of a sample.
fn example(sample: &Tree, place: &str, field: &FieldPlan) -> Option<String> {
    let keys = place.split('.').filter(|key| !key.is_empty());
    let mut path: Vec<String> = keys.map(str::to_owned).collect();
    path.push(field.wire.clone());
    let mut found = Vec::new();
    inside::at(sample, &path, &mut found);
    let text = found.into_iter().find_map(|value| match value {
        Tree::Text(text) | Tree::Number(text) => Some(text.trim().to_owned()),
        Tree::Bool(value) => Some(value.to_string()),
        Tree::Null | Tree::List(_) | Tree::Object(_) => None,
    })?;
    let fine =
        !text.is_empty() && text.chars().count() <= LONGEST && !text.contains(char::is_control);
    fine.then(|| format!("Example: {}.", code(&text)))
}
