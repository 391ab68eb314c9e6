//! Tests that the client builds the URLs that the docs show.

use super::tokens::ident;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::plan::{EntityPlan, OperationPlan, ParamPlan, Ty};
use super::tested::request_type;
use crate::read::url::{self, Url};
use crate::spec::In;

/// A test that the client builds the method and the URL of a sample. The body is that of the sample of a request with
/// this path, if there is one: a documented request breaks no rule.
pub fn url_test(
    entity: &EntityPlan,
    operation: &OperationPlan,
    sample: &Url,
    name: &str,
    request: Option<&str>,
) -> TokenStream {
    let (module, op) = (ident(&entity.module), ident(&operation.name));
    let value = |name: &str| {
        sample
            .query
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| decode(value))
    };
    let template: Vec<&str> = operation
        .spec
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .collect();
    // A sample that fills a placeholder with what cannot be its value shows no path that a call can have.
    let in_path = path_values(&template, &sample.segments).filter(|values| {
        let args = operation.args.iter();
        let mut args = args.filter(|arg| arg.param.place == In::Path);
        args.all(|arg| {
            let value = values.iter().find(|(key, _)| *key == arg.param.name);
            value.is_some_and(|(_, value)| literal(arg, Some(value)).is_some())
        })
    });
    let mut checked: Vec<String> = Vec::new();
    let mut arguments: Vec<TokenStream> = Vec::new();
    for arg in operation
        .args
        .iter()
        .filter(|arg| arg.param.place == In::Path)
    {
        let found = in_path.as_ref().and_then(|values| {
            values
                .iter()
                .find(|(key, _)| *key == arg.param.name)
                .map(|(_, value)| value.clone())
        });
        arguments.push(
            literal(arg, found.as_deref()).unwrap_or_else(|| placeholder(&arg.ty, &module, &op)),
        );
    }
    for choice in &operation.choices {
        let ty = ident(&choice.name);
        let chosen = choice.variants.iter().find_map(|(variant, name, ty)| {
            let text = value(name)?;
            let literal = text_literal(ty, &text)?;
            checked.push(name.clone());
            Some((ident(&super::ident::snake(variant)), literal))
        });
        let (function, literal) = chosen.unwrap_or_else(|| {
            let (variant, _, ty) = &choice.variants[0];
            (
                ident(&super::ident::snake(variant)),
                placeholder(ty, &module, &op),
            )
        });
        arguments.push(quote!(#module::#op::#ty::#function(#literal)));
    }
    for arg in operation
        .args
        .iter()
        .filter(|arg| arg.param.place != In::Path)
    {
        // What is required cannot be blank, as in the sample of a form.
        let text = value(&arg.param.name).filter(|text| !text.trim().is_empty());
        let found = literal(arg, text.as_deref());
        if found.is_some() {
            checked.push(arg.param.name.clone());
        }
        arguments.push(found.unwrap_or_else(|| placeholder(&arg.ty, &module, &op)));
    }
    if let Some(body) = &operation.body {
        let ty = request_type(entity, operation, &body.ty);
        arguments.push(match (request, body.list) {
            (Some(path), true) if body.many => {
                quote!(body::<Vec<#ty>>(&#module::#op::OPERATION, include_str!(#path)))
            }
            (Some(path), true) => {
                quote!(&body::<Vec<#ty>>(&#module::#op::OPERATION, include_str!(#path))[0])
            }
            (Some(path), false) => {
                quote!(&body::<#ty>(&#module::#op::OPERATION, include_str!(#path)))
            }
            (None, _) if body.many => quote!([<#ty as Default>::default()]),
            (None, _) => quote!(&<#ty as Default>::default()),
        });
    }
    let setters: Vec<TokenStream> = operation
        .setters
        .iter()
        .filter(|setter| setter.param.place == In::Query)
        .filter_map(|setter| {
            let text = value(&setter.param.name)?;
            let literal = literal(setter, Some(&text))?;
            checked.push(setter.param.name.clone());
            let name = ident(&setter.ident);
            Some(quote!(.#name(#literal)))
        })
        .collect();
    // A sample that shows another path than the operation has is checked for its parameters only.
    let alternative = operation.alternatives.iter().find(|(_, path, _)| {
        let other: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        in_path.is_none() && path_values(&other, &sample.segments).is_some()
    });
    let chosen = alternative.map(|(name, path, _)| {
        let name = ident(name);
        let other: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let shown = path_values(&other, &sample.segments).unwrap_or_default();
        let values = super::alternatives::unfilled(operation, path);
        let values = values.iter().map(|name| {
            let value = shown.iter().find(|(key, _)| key == name);
            value.map_or_else(String::new, |(_, value)| value.clone())
        });
        quote!(.#name(#(#values),*))
    });
    // Without a documented request the body has nothing in it, which breaks rules that this test is not about.
    let lenient = (operation.body.is_some() && request.is_none())
        .then(|| quote!(.with(slate_runtime::CallOptions::new().unchecked())));
    let path = if in_path.is_some() || alternative.is_some() {
        format!("/{}", sample.segments.join("/"))
    } else {
        String::new()
    };
    let path = match &operation.spec.suffix {
        Some(suffix) if !path.is_empty() => format!("{path}.{suffix}"),
        _ => path,
    };
    let pairs = checked.iter().filter_map(|name| {
        let value = value(name)?;
        Some(quote!((#name, #value)))
    });
    let test = ident(name);
    let method = &operation.spec.method;
    quote! {
        #[test]
        fn #test() {
            let call = client().#module().#op(#(#arguments),*)#(#setters)*#chosen #lenient;
            same_url(&call.prepare(), #method, #path, &[#(#pairs),*]);
        }
    }
}

/// Values of the placeholders of a path, when the sample has that path: versions may differ.
pub fn path_values(template: &[&str], sample: &[String]) -> Option<Vec<(String, String)>> {
    if template.len() != sample.len() {
        return None;
    }
    let mut out = Vec::new();
    for (expected, found) in template.iter().zip(sample) {
        match url::placeholder(expected) {
            Some((name, suffix)) => {
                out.push((name.to_owned(), decode(found.strip_suffix(suffix)?)));
            }
            None if *expected == found => {}
            None => return None,
        }
    }
    Some(out)
}

pub fn literal(plan: &ParamPlan, text: Option<&str>) -> Option<TokenStream> {
    text_literal(&plan.ty, text?)
}

pub fn text_literal(ty: &Ty, text: &str) -> Option<TokenStream> {
    Some(match ty {
        Ty::Integer => {
            let number: i64 = text.parse().ok()?;
            let literal = super::number(number.checked_abs()?);
            if number < 0 {
                quote!(-#literal)
            } else {
                quote!(#literal)
            }
        }
        Ty::Bool => match text {
            "true" => quote!(true),
            "false" => quote!(false),
            _ => return None,
        },
        Ty::Number if !text.parse::<f64>().is_ok_and(f64::is_finite) => return None,
        Ty::Number => quote!(#text.parse::<slate_runtime::wire::Number>().unwrap()),
        Ty::String | Ty::DateTime | Ty::Date | Ty::Enum(_) => quote!(#text),
        _ => return None,
    })
}

pub fn placeholder(ty: &Ty, module: &Ident, op: &Ident) -> TokenStream {
    match ty {
        Ty::Integer | Ty::Number => quote!(1),
        Ty::Bool => quote!(true),
        Ty::DateTime | Ty::Date => quote!("2020-01-31"),
        Ty::Enum(name) => {
            let name = ident(name);
            quote!(#module::#op::#name::Other("x".to_owned()))
        }
        _ => quote!("x"),
    }
}

/// Undoes percent encoding and `+`.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let raw = text.as_bytes();
    let mut at = 0;
    while at < raw.len() {
        let hex = raw
            .get(at + 1..at + 3)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (raw[at], hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                at += 3;
            }
            (b'+', _) => {
                bytes.push(b' ');
                at += 1;
            }
            (byte, _) => {
                bytes.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
