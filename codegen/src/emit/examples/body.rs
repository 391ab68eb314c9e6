//! The body of a request, built as its documented sample has it.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::ident::{Scope, snake};
use super::super::plan::{ChoicePlan, FieldPlan, Model, OperationPlan, Ty};
use super::super::rule::{Need, Place, RulePlan};
use super::scalar::text;
use super::shown::{Object, ask, first, follow, holds_struct, keys, shown, weight};

use super::ident;
use super::values::{Slot, Values, readable};
use crate::sample::Tree;
use crate::spec::Required;

/// Members of a struct that are shown although they may be left out, by depth.
const OPTIONAL: [usize; 3] = [8, 5, 3];
/// How many of them are structs or lists of structs.
const NESTED: usize = 3;
/// Items of a list of scalars.
const ITEMS: usize = 3;
/// Required structs are built down to here; types may hold themselves.
const DEEPEST: usize = 6;
/// Longer expressions get a name of their own.
const INLINE: usize = 64;

/// Builds the structs of a body.
pub struct Body<'a> {
    /// Scalars and their enums.
    pub values: Values<'a>,
    /// `let` statements for what is too long to stand where it is used.
    pub lets: Vec<TokenStream>,
    names: Scope,
    models: &'a [Model],
    rules: &'a [RulePlan],
    prefix: TokenStream,
}

impl<'a> Body<'a> {
    /// `prefix` is the path of the module of the request's types.
    pub fn new(operation: &'a OperationPlan, prefix: TokenStream) -> Self {
        Self {
            values: Values::new(prefix.clone(), &operation.request),
            lets: Vec::new(),
            names: Scope::with(&["client"]),
            models: &operation.request,
            rules: &operation.rules,
            prefix,
        }
    }

    /// The name under which the expression is used, or the expression itself where it is short.
    pub fn bind(&mut self, name: &str, expression: TokenStream, always: bool) -> TokenStream {
        if !always && expression.to_string().len() <= INLINE {
            return expression;
        }
        let name = ident(&self.names.unique(&snake(name)));
        self.lets.push(quote!(let #name = #expression;));
        quote!(#name)
    }

    /// Plain values, as the sample has them.
    pub fn list(&mut self, item: &Ty, tree: Option<&Tree>) -> Option<TokenStream> {
        self.value(&Ty::List(Box::new(item.clone())), tree, &[], 0, true)
    }

    /// A struct with what the sample at its place holds.
    pub fn object(
        &mut self,
        name: &str,
        tree: Option<&Tree>,
        path: &[String],
        depth: usize,
    ) -> TokenStream {
        self.values.prefixed = true;
        let (title, prefix) = (ident(name), self.prefix.clone());
        let found = self.models.iter().find_map(|model| match model {
            Model::Struct {
                name: found,
                fields,
                choice,
                ..
            } if found == name => Some((fields, choice.as_ref())),
            _ => None,
        });
        let Some((fields, choice)) = found.filter(|_| depth <= DEEPEST) else {
            return quote!(#prefix::#title::default());
        };
        let object = Object {
            fields,
            tree,
            path,
            depth,
        };
        let chosen = choice.and_then(|choice| Self::chosen(choice, &object));
        let given: Vec<&str> = chosen
            .iter()
            .map(|(_, field)| field.wire.as_str())
            .collect();
        let (must, may) = self.selected(&object, &given);
        let mut arguments = Vec::new();
        if let (Some(choice), Some((variant, field))) = (choice, chosen) {
            let (ty, function) = (ident(&choice.name), ident(&snake(variant)));
            if let Some(value) = self.member(field, &object, true) {
                arguments.push(quote!(#prefix::#ty::#function(#value)));
            }
        }
        let required = |field: &&FieldPlan| field.required == Required::True;
        for field in fields.iter().filter(required) {
            arguments.extend(self.member(field, &object, true));
        }
        let start = if choice.is_some() || fields.iter().any(|field| required(&field)) {
            quote!(#prefix::#title::new(#(#arguments),*))
        } else {
            quote!(#prefix::#title::default())
        };
        let mut setters = Vec::new();
        for field in fields.iter().filter(|field| !required(field)) {
            let needed = must.contains(&field.wire.as_str());
            if given.contains(&field.wire.as_str())
                || !(needed || may.contains(&field.wire.as_str()))
            {
                continue;
            }
            if let Some(value) = self.member(field, &object, needed) {
                let setter = ident(&field.ident);
                setters.push(quote!(.#setter(#value)));
            }
        }
        quote!(#start #(#setters)*)
    }

    /// Which of several fields identifies the object: the first that the sample has.
    fn chosen<'f>(
        choice: &'f ChoicePlan,
        object: &Object<'f, '_>,
    ) -> Option<(&'f str, &'f FieldPlan)> {
        let mut candidates = choice.variants.iter().filter_map(|(variant, name, _)| {
            let field = object.fields.iter().find(|field| field.ident == *name)?;
            Some((variant.as_str(), field))
        });
        let first = candidates.clone().next();
        candidates
            .find(|(_, field)| shown(object, field).is_some())
            .or(first)
    }

    /// The members that the rules ask for, and those that are worth showing.
    fn selected<'f>(
        &self,
        object: &Object<'f, '_>,
        given: &[&str],
    ) -> (Vec<&'f str>, Vec<&'f str>) {
        let mut must: Vec<&str> = object
            .fields
            .iter()
            .filter(|field| {
                field.required == Required::True || given.contains(&field.wire.as_str())
            })
            .map(|field| field.wire.as_str())
            .collect();
        let limit = OPTIONAL.get(object.depth).copied().unwrap_or(0);
        let optional = || {
            object
                .fields
                .iter()
                .filter(|field| field.required != Required::True && shown(object, field).is_some())
        };
        // What the sample says most about is what the call is about.
        let mut nested: Vec<(usize, &str)> = optional()
            .filter(|field| holds_struct(&field.ty) && object.depth + 1 < OPTIONAL.len())
            .map(|field| (weight(object, field), field.wire.as_str()))
            .collect();
        nested.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        nested.truncate(NESTED.min(limit));
        let mut may: Vec<&str> = optional()
            .filter(|field| !holds_struct(&field.ty))
            .take(limit - nested.len())
            .map(|field| field.wire.as_str())
            .collect();
        may.extend(nested.into_iter().map(|(_, wire)| wire));
        for rule in self.rules {
            let Place::Body(place, needed) = &rule.place else {
                continue;
            };
            if place == object.path {
                let applies = rule.when.as_ref().is_none_or(|(name, value)| {
                    let there = must.contains(&name.as_str()) || may.contains(&name.as_str());
                    let field = object.fields.iter().find(|field| field.wire == *name);
                    there && field.and_then(|field| shown(object, field)) == Some(value.as_str())
                });
                if applies {
                    ask(rule, object, &mut must, &may);
                }
            } else if *needed
                && let Some(below) = place.strip_prefix(object.path)
                && let Some(field) = object
                    .fields
                    .iter()
                    .find(|field| below.starts_with(&keys(field)))
            {
                must.push(&field.wire);
            }
        }
        (must, may)
    }

    /// The value of a member; nothing where there is none to show and it may be left out.
    fn member(
        &mut self,
        field: &FieldPlan,
        object: &Object<'_, '_>,
        must: bool,
    ) -> Option<TokenStream> {
        let keys = keys(field);
        let tree = object.tree.and_then(|tree| follow(tree, &keys));
        let path: Vec<String> = object.path.iter().chain(&keys).cloned().collect();
        self.value(&field.ty, tree, &path, object.depth, must)
    }

    fn value(
        &mut self,
        ty: &Ty,
        tree: Option<&Tree>,
        path: &[String],
        depth: usize,
        must: bool,
    ) -> Option<TokenStream> {
        match ty {
            Ty::Struct(name) => {
                let built = self.object(name, tree.and_then(first), path, depth + 1);
                let empty = built.to_string().ends_with(":: default ()");
                (must || !empty).then(|| self.bind(name, built, false))
            }
            Ty::List(inner) if matches!(**inner, Ty::Struct(_)) => {
                let item = self.value(inner, tree, path, depth, must)?;
                Some(quote!([#item]))
            }
            Ty::List(inner) => {
                let texts: Vec<&str> = match tree {
                    Some(Tree::List(items)) => items.iter().filter_map(text).collect(),
                    other => other.and_then(text).into_iter().collect(),
                };
                let items: Vec<TokenStream> = texts
                    .into_iter()
                    .filter_map(|text| self.values.scalar(inner, text, Slot::Exact))
                    .take(ITEMS)
                    .collect();
                if items.is_empty() && must {
                    let item = self.placeholder(inner, path, Slot::Exact);
                    return Some(quote!([#item]));
                }
                (!items.is_empty()).then(|| quote!([#(#items),*]))
            }
            Ty::Map(inner) => {
                let pairs: Vec<TokenStream> = tree
                    .map_or(&[][..], Tree::members)
                    .iter()
                    .filter_map(|member| {
                        let key = readable(&member.key)?;
                        let value = self
                            .values
                            .scalar(inner, text(&member.value)?, Slot::Exact)?;
                        Some(quote!((#key.to_owned(), #value)))
                    })
                    .take(ITEMS)
                    .collect();
                (must || !pairs.is_empty()).then(|| quote!([#(#pairs),*].into()))
            }
            Ty::ApiStatus | Ty::ItemStatus => must.then(|| quote!(Default::default())),
            scalar => {
                let found = tree.and_then(text).and_then(|text| {
                    let text = self.within(path, text);
                    self.values.scalar(scalar, &text, Slot::Into)
                });
                found.or_else(|| must.then(|| self.placeholder(scalar, path, Slot::Into)))
            }
        }
    }

    fn placeholder(&mut self, ty: &Ty, path: &[String], slot: Slot) -> TokenStream {
        let text = self.values.placeholder(ty, &[]);
        let text = self.within(path, &text);
        let written = self.values.scalar(ty, &text, slot);
        written.unwrap_or_else(|| quote!(Default::default()))
    }

    /// A number as the limits of the docs have it.
    fn within(&self, path: &[String], text: &str) -> String {
        let Some((name, place)) = path.split_last() else {
            return text.to_owned();
        };
        let limits = self.rules.iter().filter(|rule| {
            matches!(&rule.place, Place::Body(path, _) if path == place)
                && rule.names.contains(name)
        });
        limited(text, limits)
    }
}

/// A number brought within limits; any other text as it is.
pub fn limited<'r>(text: &str, rules: impl Iterator<Item = &'r RulePlan>) -> String {
    let Ok(number) = text.parse::<f64>() else {
        return text.to_owned();
    };
    let within = rules.fold(number, |number, rule| match rule.need {
        Need::AtLeast(least) => number.max(least),
        Need::AtMost(most) => number.min(most),
        _ => number,
    });
    // Long numbers keep all their digits.
    if (within - number).abs() > 0.0 {
        within.to_string()
    } else {
        text.to_owned()
    }
}
