//! Types of the spec: which are equal, and what stands where in them.

use indexmap::IndexMap;

use super::value::Scalar;
use super::words::singular;
use crate::spec::TypeDef;

/// The numbers in a description's example of a list: `[7, 9]`.
pub fn example_items(doc: &str) -> Vec<Scalar> {
    let lists = doc.match_indices('[');
    let insides = lists.filter_map(|(at, _)| Some(doc[at + 1..].split_once(']')?.0));
    let number = |item: &str| {
        let item = item.trim();
        item.parse::<f64>()
            .is_ok()
            .then(|| Scalar::Number(item.to_owned()))
    };
    let numbers = insides.map(|inside| inside.split(',').map(number).collect::<Option<Vec<_>>>());
    numbers.flatten().next().unwrap_or_default()
}

/// True when the name says that there may be several: a plural, the singular inside of its plural, or all that a plural
/// holds. Of other names `[]` says nothing: some servers write it for whatever is empty.
pub fn may_be_many(path: &[String], beside: &[String]) -> bool {
    let Some((key, above)) = path.split_last() else {
        return false;
    };
    let wrapped = above
        .last()
        .is_some_and(|parent| beside.len() == 1 && singular(parent) != *parent);
    wrapped
        || singular(key) != *key
        || above.last().is_some_and(|parent| {
            parent != key
                && (singular(parent) == *key
                    || parent
                        .to_lowercase()
                        .ends_with(&format!("{}s", key.to_lowercase())))
        })
}

/// The type of the field at a path below a type.
#[must_use]
pub fn type_at<'a>(
    types: &'a IndexMap<String, TypeDef>,
    root: &str,
    path: &[String],
) -> Option<&'a str> {
    let mut here = bare(root);
    let mut found: Option<&'a str> = None;
    for key in path {
        let fields = types.get(here)?.fields.as_deref()?;
        let field = fields.iter().find(|field| field.name == *key)?;
        found = Some(&field.ty);
        here = bare(&field.ty);
    }
    found
}

/// A type, or that of the items of a list.
#[must_use]
pub fn bare(ty: &str) -> &str {
    ty.trim_start_matches("list<").trim_end_matches('>')
}

/// One type stands for several places: each of its fields is stated at all of them, and rests on the best that one of them
/// says.
pub fn add_sources(known: &mut TypeDef, def: TypeDef) {
    let fields = known.fields.iter_mut().flatten();
    for (known, field) in fields.zip(def.fields.into_iter().flatten()) {
        known.basis.retain(|facet, basis| {
            let other = field.basis.get(facet);
            *basis = other.map_or(*basis, |other| (*basis).min(*other));
            other.is_some()
        });
        for source in field.source {
            if !known.source.contains(&source) {
                known.source.push(source);
            }
        }
    }
}

pub fn same_fields(a: &TypeDef, b: &TypeDef) -> bool {
    match (&a.fields, &b.fields) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| {
                    a.name == b.name && a.ty == b.ty && a.required == b.required && a.doc == b.doc
                })
        }
        _ => false,
    }
}
