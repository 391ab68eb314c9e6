//! Other paths of the same call.

use proc_macro2::Ident;
use quote::quote;

use super::doc;
use super::ident::snake;
use super::plan::OperationPlan;
use super::tokens::{self, ident};
use crate::read::url;
use crate::spec::In;

/// Setters that choose one of the other paths. What only that path has a place for, they take.
pub fn setters(plan: &OperationPlan) -> Vec<String> {
    let setters = plan.alternatives.iter().map(|(name, path, when)| {
        let name = ident(name);
        let text = if when.is_empty() {
            format!("Calls `{path}` instead.")
        } else {
            format!(
                "Calls {} instead: for {}.",
                tokens::code(path),
                doc::markdown(when)
            )
        };
        let doc = doc::attributes(&text);
        let wire = unfilled(plan, path);
        let arguments = arguments(plan, path);
        quote! {
            #doc
            pub fn #name(mut self, #(#arguments: &str),*) -> Self {
                self.call.alternative(#path);
                #(self.call.path(#wire, &#arguments);)*
                self
            }
        }
        .to_string()
    });
    setters.collect()
}

/// Placeholders of another path that no argument of the call fills.
pub fn unfilled(plan: &OperationPlan, path: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for segment in path.split('/') {
        let name = url::placeholder(segment).map(|(name, _)| name);
        let filled = |name: &str| {
            let mut args = plan.args.iter().chain(&plan.setters);
            args.any(|arg| arg.param.place == In::Path && arg.param.name == name)
        };
        if let Some(name) = name
            && !filled(name)
            && !out.iter().any(|known| known == name)
        {
            out.push(name.to_owned());
        }
    }
    out
}

/// The names of the arguments for them.
pub fn arguments(plan: &OperationPlan, path: &str) -> Vec<Ident> {
    let mut taken: Vec<String> = Vec::new();
    for name in unfilled(plan, path) {
        let mut word = snake(&name);
        while taken.contains(&word) {
            word.push('_');
        }
        taken.push(word);
    }
    taken.iter().map(|name| ident(name)).collect()
}
