//! What a call is given outside of its body, taken from the sample URL.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::ident::snake;
use super::super::plan::{OperationPlan, ParamPlan, Ty};
use super::super::rule::{Need, Place, RulePlan};

use super::super::url_tests::{decode, path_values};
use super::values::{Slot, Values, readable};
use super::{body, ident};
use crate::dialect::Wire;
use crate::read::url::{self, Url};
use crate::spec::In;

/// Optional parameters of a sample URL that are shown.
const SETTERS: usize = 6;

/// The media type that a text names: what headers of HTTP are about, if their docs say anything.
fn media_type(doc: &str) -> Option<String> {
    let plain = |c: char| !c.is_ascii_alphanumeric() && !"/+-.".contains(c);
    let word = doc
        .split(plain)
        .find(|word| word.starts_with("application/") || word.starts_with("text/"))?;
    Some(word.trim_end_matches('.').to_owned())
}

/// An argument or a setter that is given.
struct Given {
    name: String,
    place: In,
    text: String,
    tokens: TokenStream,
}

/// What is given outside of the body.
pub struct Arguments<'a> {
    operation: &'a OperationPlan,
    /// Scalars and their enums.
    pub values: Values<'a>,
    /// In the order of the method.
    required: Vec<Given>,
    setters: Vec<Given>,
    sample: Sample,
}

/// The values that a sample URL shows.
#[derive(Default)]
struct Sample {
    path: Vec<(String, String)>,
    query: Vec<(String, String)>,
}

impl Sample {
    fn of(operation: &OperationPlan, url: &Url) -> Self {
        let template: Vec<&str> = operation
            .spec
            .path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        Self {
            path: path_values(&template, &url.segments).unwrap_or_default(),
            query: url
                .query
                .iter()
                .map(|(name, value)| (name.clone(), decode(value)))
                .collect(),
        }
    }

    fn get(&self, place: In, name: &str) -> Option<&str> {
        let values = match place {
            In::Path => &self.path,
            In::Query => &self.query,
            In::Header | In::Body => return None,
        };
        values
            .iter()
            .find(|(key, _)| key == name)
            .and_then(|(_, value)| readable(value))
    }
}

impl<'a> Arguments<'a> {
    /// With the values of the sample URL that shows most of what is required.
    pub fn new(operation: &'a OperationPlan, module: &Ident, wire: &Wire) -> Self {
        let op = ident(&operation.name);
        let of = |sample: Sample| {
            let mut arguments = Self {
                operation,
                values: Values::new(quote!(#module::#op), &operation.types),
                required: Vec::new(),
                setters: Vec::new(),
                sample,
            };
            let found = arguments.fill();
            (found, arguments)
        };
        let urls = operation
            .spec
            .samples
            .iter()
            .flat_map(|sample| &sample.urls)
            .filter_map(|text| url::parse(text, &wire.format_suffixes));
        let mut best = of(Sample::default());
        for url in urls {
            let other = of(Sample::of(operation, &url));
            if other.0 > best.0 {
                best = other;
            }
        }
        best.1
    }

    /// Takes what the sample shows; how many required values and how many optional ones it does.
    fn fill(&mut self) -> (usize, usize) {
        let operation = self.operation;
        let mut found = 0;
        let path = |arg: &&ParamPlan| arg.param.place == In::Path;
        for arg in operation.args.iter().filter(path) {
            found += usize::from(self.argument(arg));
        }
        for choice in &operation.choices {
            let function = |variant: &str| ident(&snake(variant));
            let ty = ident(&choice.name);
            let known = choice.variants.iter().find_map(|(variant, name, ty)| {
                let text = self.sample.get(choice.place, name)?.to_owned();
                let tokens = self.values.scalar(ty, &text, Slot::Into)?;
                Some((variant, name, text, tokens))
            });
            found += usize::from(known.is_some());
            let first = || {
                let (variant, name, ty) = choice.variants.first()?;
                let text = self.placeholder(ty, name, choice.place, &[]);
                let tokens = self.values.scalar(ty, &text, Slot::Into)?;
                Some((variant, name, text, tokens))
            };
            let Some((variant, name, text, value)) = known.or_else(first) else {
                continue;
            };
            self.values.prefixed = true;
            let (prefix, function) = (&self.values.prefix, function(variant));
            self.required.push(Given {
                name: name.clone(),
                place: choice.place,
                text,
                tokens: quote!(#prefix::#ty::#function(#value)),
            });
        }
        for arg in operation.args.iter().filter(|arg| !path(arg)) {
            found += usize::from(self.argument(arg));
        }
        for setter in &operation.setters {
            if self.setters.len() < SETTERS
                && let Some(text) = self.sample.get(setter.param.place, &setter.param.name)
            {
                let text = text.to_owned();
                self.set(setter, text);
            }
        }
        (found, self.setters.len())
    }

    /// A text that stands for a value that no sample shows, within the documented limits.
    fn placeholder(&self, ty: &Ty, name: &str, place: In, values: &[String]) -> String {
        let text = self.values.placeholder(ty, values);
        let limits = self.operation.rules.iter().filter(|rule| {
            rule.names.iter().any(|known| known == name)
                && matches!(
                    (&rule.place, place),
                    (Place::Query, In::Query) | (Place::Header, In::Header)
                )
        });
        body::limited(&text, limits)
    }

    /// What stands for a parameter: a value or default that the docs name.
    fn stand_in(&self, plan: &ParamPlan) -> String {
        let param = &plan.param;
        let mut values: Vec<String> = param.values.iter().chain(&param.default).cloned().collect();
        if param.place == In::Header {
            values.extend(media_type(&param.doc));
        }
        self.placeholder(&plan.ty, &param.name, param.place, &values)
    }

    /// Adds a required argument; true when the sample has it.
    fn argument(&mut self, plan: &ParamPlan) -> bool {
        let (name, place) = (plan.param.name.clone(), plan.param.place);
        let shown = self.sample.get(place, &name).map(str::to_owned);
        let known = shown.and_then(|text| {
            let tokens = self.values.scalar(&plan.ty, &text, Slot::Into)?;
            Some((text, tokens))
        });
        let documented = known.is_some();
        let (text, tokens) = known.unwrap_or_else(|| {
            let text = self.stand_in(plan);
            let tokens = self.values.scalar(&plan.ty, &text, Slot::Into);
            (text, tokens.unwrap_or_else(|| quote!("1001")))
        });
        self.required.push(Given {
            name,
            place,
            text,
            tokens,
        });
        documented
    }

    /// Adds a setter, if the text is a value of its type.
    fn set(&mut self, plan: &ParamPlan, text: String) {
        let Some(value) = self.values.scalar(&plan.ty, &text, Slot::Into) else {
            return;
        };
        let setter = ident(&plan.ident);
        self.setters.push(Given {
            name: plan.param.name.clone(),
            place: plan.param.place,
            text,
            tokens: quote!(.#setter(#value)),
        });
    }

    /// Adds what the rules of the operation ask for beside the arguments.
    pub fn rules(&mut self) {
        for rule in &self.operation.rules {
            let place = match rule.place {
                Place::Query => In::Query,
                Place::Header => In::Header,
                Place::Body(..) => continue,
            };
            if !self.applies(rule, place) {
                continue;
            }
            let given = |all: &Self, name: &String| all.given(place, name).is_some();
            let missing: Vec<&String> = match rule.need {
                Need::OneOf if rule.names.iter().any(|name| given(self, name)) => Vec::new(),
                Need::OneOf => rule.names.iter().take(1).collect(),
                Need::All | Need::Named => rule
                    .names
                    .iter()
                    .filter(|name| !given(self, name))
                    .collect(),
                _ => Vec::new(),
            };
            for name in missing {
                let plan = self
                    .operation
                    .setters
                    .iter()
                    .find(|plan| plan.param.place == place && plan.param.name == *name);
                if let Some(plan) = plan {
                    let text = self.stand_in(plan);
                    self.set(plan, text);
                }
            }
        }
    }

    fn given(&self, place: In, name: &str) -> Option<&Given> {
        self.required
            .iter()
            .chain(&self.setters)
            .find(|given| given.place == place && given.name == name)
    }

    fn applies(&self, rule: &RulePlan, place: In) -> bool {
        rule.when.as_ref().is_none_or(|(name, value)| {
            self.given(place, name)
                .is_some_and(|given| given.text == *value)
        })
    }

    /// The call with all of it.
    pub fn call(&self, module: &Ident, op: &Ident, body: Option<&TokenStream>) -> TokenStream {
        let arguments = self.required.iter().map(|given| &given.tokens).chain(body);
        let setters = self.setters.iter().map(|given| &given.tokens);
        quote!(client.#module().#op(#(#arguments),*) #(#setters)*)
    }
}
