//! A runnable example for each operation: the documented sample as a call of the client.
//!
//! Where the crate has the feature of the test server the example runs as a doc test; hidden lines start the server.

mod answer;
mod arguments;
mod body;
mod scalar;
mod shown;
mod values;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::plan::{EntityPlan, OperationPlan};
use super::{EmitError, Formatted};
use crate::Settings;
use crate::infer::Content;
use crate::sample::Format;
use crate::spec::Role;
use arguments::Arguments;
use body::Body;

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// An example of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The crate.
    library: String,
    /// What the code uses.
    imports: String,
    /// The code that is shown, inside an async function that gives a `Result`.
    code: String,
}

/// The example of an operation. `contents` are its samples.
///
/// # Errors
/// When it is not valid Rust.
pub fn example(
    entity: &EntityPlan,
    operation: &OperationPlan,
    contents: &[Content],
    settings: &Settings,
    formatted: &Formatted,
) -> Result<Example, EmitError> {
    let dialect = &settings.dialect;
    let library = settings.manifest.library();
    let krate = ident(&library);
    let (module, op) = (ident(&entity.module), ident(&operation.name));
    // Two imports of one name would clash.
    let short = entity.module != "request";
    let types = if short {
        quote!(request)
    } else {
        quote!(#module::#op::request)
    };
    let mut arguments = Arguments::new(operation, &module, &dialect.wire);
    let mut body = Body::new(operation, types);
    let passed = argument_of_body(operation, contents, &mut body);
    arguments.rules();
    let call = arguments.call(&module, &op, passed.as_ref());
    let mut imports = Vec::new();
    if arguments.values.prefixed || (!short && body.values.prefixed) {
        imports.push(quote!(use #krate::#module;));
    }
    if short && body.values.prefixed {
        imports.push(quote!(use #krate::#module::#op::request;));
    }
    if arguments.values.number || body.values.number {
        imports.push(quote!(use #krate::wire::Number;));
    }
    let lets = &body.lets;
    let statements = match answer::shown(operation, &dialect.personal) {
        Some((name, print)) => quote!(let #name = #call.await?; #print),
        None => quote!(#call.await?;),
    };
    let id = &operation.spec.id;
    let function = quote!(async fn example() { #(#lets)* #statements });
    Ok(Example {
        library,
        imports: formatted.rust(&quote!(#(#imports)*).to_string(), id)?,
        code: inside(&formatted.rust(&function.to_string(), id)?),
    })
}

/// The lines of the body of the only function.
fn inside(code: &str) -> String {
    let lines: Vec<&str> = code.lines().collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or(&[]);
    let lines: Vec<&str> = inner
        .iter()
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect();
    lines.join("\n")
}

impl Example {
    /// Its lines as text of a doc comment, without the fences around them.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let start = format!("# {}::mock::example(async |client| {{", self.library);
        let mut lines: Vec<&str> = self.imports.lines().collect();
        if !lines.is_empty() {
            lines.push("");
        }
        lines.push(&start);
        lines.extend(self.code.lines());
        lines.push("# Ok(()) });");
        let indented = lines.into_iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        });
        indented.collect()
    }

    /// The example as doc attributes, to stand behind a description.
    #[must_use]
    pub fn attributes(&self) -> TokenStream {
        let lines = self.lines();
        quote! {
            #[doc = ""]
            #[doc = " # Examples"]
            #[doc = ""]
            #[cfg_attr(feature = "mock", doc = "```")]
            #[cfg_attr(not(feature = "mock"), doc = "```ignore")]
            #(#[doc = #lines])*
            #[doc = " ```"]
        }
    }
}

/// The body as the call takes it.
fn argument_of_body(
    operation: &OperationPlan,
    contents: &[Content],
    body: &mut Body<'_>,
) -> Option<TokenStream> {
    let plan = operation.body.as_ref()?;
    let mut samples: Vec<&Content> = contents
        .iter()
        .filter(|content| content.role == Role::Request && !content.fragment)
        .collect();
    samples.sort_by_key(|content| content.format == Format::Xml);
    let tree = samples
        .iter()
        .find_map(|content| shown::follow(&content.tree, &plan.keys));
    let Some(model) = plan.model() else {
        return body.list(&plan.ty, tree);
    };
    let built = body.object(model, tree.and_then(shown::first), &[], 0);
    let name = if model == "Body" { "body" } else { model };
    let name = body.bind(name, built, true);
    Some(if plan.many {
        quote!([#name])
    } else {
        quote!(&#name)
    })
}
