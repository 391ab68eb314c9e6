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
use crate::text::{is_personal, most_common};

/// Longer values are no examples.
const LONGEST: usize = 40;

/// What a member is, wherever it stands: whether it is sent, of what it is a member, and its name on the wire.
type Member = (bool, String, String);

/// What is said of members, in the order of the docs.
type Sentences = BTreeMap<Member, Vec<String>>;

/// Gives fields without a description one.
pub fn describe(
    mut plan: Plan,
    contents: &IndexMap<String, Vec<Content>>,
    personal: &[String],
) -> Plan {
    let of_all = sentences(plan.entities.iter().flat_map(|entity| &entity.operations));
    for entity in &mut plan.entities {
        let own = sentences(&entity.operations);
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
                    describe_fields(model, |owner, place, field| {
                        let member = member(request, owner, field);
                        let said = said(&own, &member).or_else(|| said(&of_all, &member));
                        said.or_else(|| {
                            let secret = is_personal(&field.wire, personal);
                            let mut samples = samples.iter().filter(|_| !secret);
                            samples.find_map(|sample| example(&sample.tree, place, field))
                        })
                    });
                }
            }
        }
    }
    plan
}

/// Gives the fields of a type that have no description what `find` finds, if it does.
fn describe_fields(model: &mut Model, find: impl Fn(&str, &str, &FieldPlan) -> Option<String>) {
    let Model::Struct {
        name,
        place,
        fields,
        ..
    } = model
    else {
        return;
    };
    for field in fields.iter_mut().filter(|field| field.doc.is_empty()) {
        if let Some(text) = find(name, place, field) {
            field.doc = text;
        }
    }
}

fn member(request: bool, owner: &str, field: &FieldPlan) -> Member {
    (request, noun(owner).to_owned(), field.wire.clone())
}

fn sentences<'p>(operations: impl IntoIterator<Item = &'p OperationPlan>) -> Sentences {
    let mut out = Sentences::new();
    for operation in operations {
        for (request, models) in [(true, &operation.request), (false, &operation.response)] {
            for model in models {
                for field in model.fields().iter().filter(|field| !field.doc.is_empty()) {
                    let texts = out.entry(member(request, model.name(), field)).or_default();
                    texts.push(field.doc.clone());
                }
            }
        }
    }
    out
}

/// What most say of a member.
fn said(sentences: &Sentences, member: &Member) -> Option<String> {
    let texts = sentences.get(member)?.iter().map(String::as_str);
    most_common(texts).map(str::to_owned)
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
