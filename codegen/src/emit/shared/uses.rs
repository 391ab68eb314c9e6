//! How the modules of operations name shared types.

use proc_macro2::TokenStream;
use quote::quote;

use super::classes::{Part, Site};
use super::{Level, Shared};
use crate::emit::plan::{EntityPlan, Model};
use crate::emit::tokens::ident;

/// What a message has elsewhere.
pub struct Elsewhere<'s> {
    shared: &'s Shared,
    entity: &'s EntityPlan,
    message: Site,
}

impl<'s> Elsewhere<'s> {
    /// Of one message.
    pub fn new(
        shared: &'s Shared,
        entity: (usize, &'s EntityPlan),
        operation: usize,
        part: Part,
    ) -> Self {
        let (at, entity) = entity;
        Self {
            shared,
            entity,
            message: Site {
                entity: at,
                operation,
                part,
                model: 0,
            },
        }
    }

    fn of(&self, model: usize) -> Option<&'s super::Type> {
        let site = Site {
            model,
            ..self.message
        };
        self.shared.types.get(*self.shared.at.get(&site)?)
    }

    /// The types of the message that stand nowhere else.
    pub fn own<'m>(&self, models: &'m [Model]) -> Vec<&'m Model> {
        let models = models.iter().enumerate();
        let own = models.filter(|(at, _)| self.of(*at).is_none());
        own.map(|(_, model)| model).collect()
    }

    /// Names them again, under the names that they have in this message.
    pub fn uses(&self, models: &[Model]) -> TokenStream {
        let (mut of_crate, mut of_entity) = (Vec::new(), Vec::new());
        for (at, model) in models.iter().enumerate() {
            let Some(ty) = self.of(at) else { continue };
            let names = match ty.level {
                Level::Crate => &mut of_crate,
                Level::Entity(_) => &mut of_entity,
            };
            names.push((ty.model.name(), model.name()));
        }
        let module = ident(&self.entity.module);
        let of_crate = again(&quote!(crate::types), of_crate);
        let of_entity = again(&quote!(crate::#module::types), of_entity);
        quote!(#of_entity #of_crate)
    }
}

/// Names types of one module again: each with its name there and its name here.
pub fn again(path: &TokenStream, mut names: Vec<(&str, &str)>) -> TokenStream {
    if names.is_empty() {
        return TokenStream::new();
    }
    names.sort_unstable();
    let names = names.into_iter().map(|(from, to)| {
        let (name, own) = (ident(from), ident(to));
        if from == to {
            quote!(#name)
        } else {
            quote!(#name as #own)
        }
    });
    quote!(pub use #path::{#(#names),*};)
}
