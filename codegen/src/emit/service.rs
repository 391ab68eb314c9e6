//! What a client sets for all calls: access tokens, on whose behalf it calls, the language.

use super::authentication;
use super::descriptor;
use super::tokens;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::ident::snake;
use super::plan::Plan;
use super::{aliases, doc};
use crate::dialect::Dialect;
use crate::infer::API;
use crate::names::{Registry, Section};
use crate::spec::Spec;

/// `SERVICE` and what it refers to, and the type of `Attribution`.
pub fn emit(plan: &Plan, spec: &Spec, dialect: &Dialect, names: &Registry) -> TokenStream {
    let (facts, docs_url) = (&dialect.client, dialect.docs_url.as_str());
    let known = |header: &&String| {
        let of_operations = spec
            .entities
            .iter()
            .flat_map(|entity| &entity.operations)
            .flat_map(|operation| &operation.params);
        let mut all = spec.api.headers.iter().chain(of_operations);
        all.any(|param| param.name == **header)
    };
    let oauth = facts.oauth.as_ref().and_then(|oauth| {
        let operation = authentication::token_operation(facts, plan)?;
        Some((oauth, descriptor::operation(operation, docs_url)))
    });
    let (scheme, tokens) = match oauth {
        None => (quote!(None), None),
        Some((oauth, operation)) => {
            let (key, secret, header) = (&oauth.key, &oauth.secret, &oauth.header);
            let (token, ttl) = (&oauth.token, &oauth.ttl);
            let tokens = quote! {
                /// How access tokens are made and sent.
                static OAUTH: OauthScheme = OauthScheme {
                    operation: &TOKEN,
                    key: #key,
                    secret: #secret,
                    token: &[#(#token),*],
                    ttl: &[#(#ttl),*],
                    header: #header,
                };
                /// The operation that makes an access token: needed even where its entity's feature is off.
                static TOKEN: Operation = #operation;
            };
            (quote!(Some(&OAUTH)), Some(tokens))
        }
    };
    let attribution = facts
        .attribution
        .as_ref()
        .filter(|facts| known(&&facts.kind) && known(&&facts.code));
    let headers = match attribution {
        None => quote!(None),
        Some(facts) => {
            let (kind, code) = (&facts.kind, &facts.code);
            quote!(Some((#kind, #code)))
        }
    };
    let language = match facts.language.as_ref().filter(known) {
        None => quote!(None),
        Some(header) => quote!(Some(#header)),
    };
    let request_id = match &facts.request_id {
        None => quote!(None),
        Some(header) => quote!(Some(#header)),
    };
    let schemes = authentication::schemes(facts);
    let codes = |codes: &[u32]| {
        let codes = codes.iter().copied();
        let codes = codes.map(proc_macro2::Literal::u32_unsuffixed);
        quote!(&[#(#codes),*])
    };
    // Without an envelope there is no such place.
    let (root, status) = (&dialect.wire.response_root, &dialect.wire.status);
    let keys = [root, status].into_iter().filter(|key| !key.is_empty());
    let status: Vec<&String> = keys.filter(|_| !status.is_empty()).collect();
    let format_query = &dialect.wire.format_query;
    let faults = match &dialect.wire.errors {
        None => quote!(None),
        Some(errors) => {
            let (at, code, message) = (&errors.at, &errors.code, &errors.message);
            let accepted = &errors.accepted;
            quote!(Some(slate_runtime::Faults {
                at: &[#(#at),*],
                code: #code,
                message: #message,
                accepted: &[#(#accepted),*],
            }))
        }
    };
    let identity = &facts.identity;
    let unknown = codes(&facts.unknown_outcome);
    let rate_limited = codes(&facts.rate_limited);
    let attribution = attribution.map(|facts| self::attribution(spec, &facts.kind, names));
    let imports = tokens.as_ref().map(|code| {
        let code = code.to_string();
        let used = [
            "Effect",
            "Envelope",
            "Format",
            "Method",
            "Need",
            "OauthScheme",
            "Operation",
            "Place",
            "Rule",
            "Wrap",
        ]
        .into_iter()
        .filter(|name| {
            code.split(|c: char| !c.is_alphanumeric())
                .any(|word| word == *name)
        })
        // Those are exported by the crate itself.
        .filter(|name| !["Effect", "Format", "Method"].contains(name))
        .map(|name| Ident::new(name, Span::call_site()));
        quote!(use slate_runtime::{#(#used),*};)
    });
    quote! {
        #imports
        /// What all operations have in common.
        pub static SERVICE: Service = Service {
            hosts: HOSTS,
            auth: &[#(#schemes),*],
            oauth: #scheme,
            attribution: #headers,
            language: #language,
            request_id: #request_id,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "-rust/", env!("CARGO_PKG_VERSION")),
            status: &[#(#status),*],
            faults: #faults,
            identity: &[#(#identity),*],
            unknown_outcome: #unknown,
            rate_limited: #rate_limited,
            format_query: #format_query,
        };
        #tokens
        #attribution
    }
}

/// The type with a constructor for each documented kind.
fn attribution(spec: &Spec, header: &str, names: &Registry) -> TokenStream {
    let values: Vec<&String> = spec
        .api
        .headers
        .iter()
        .find(|param| param.name == header)
        .map_or_else(Vec::new, |param| param.values.iter().collect());
    let mut scope = names.scope(Section::Parameters, &format!("{API} attribution"));
    let constructors = values.iter().map(|value| {
        let name = Ident::new(
            &scope.name(value, &snake(&value.to_lowercase())),
            Span::call_site(),
        );
        let doc = doc::attributes(&format!("{} of this code.", tokens::code(value)));
        quote! {
            #doc
            #[must_use]
            pub fn #name(code: impl Into<String>) -> Self {
                Self::new(#value, code)
            }
        }
    });
    let constructors: Vec<TokenStream> = constructors.collect();
    let former = scope.aliases();
    let former = former.iter().map(aliases::attribution);
    quote! {
        /// On whose behalf calls are made.
        #[derive(Clone, Debug)]
        pub struct Attribution(slate_runtime::Attribution);

        impl Attribution {
            /// A kind that the docs do not name.
            #[must_use]
            pub fn new(kind: impl Into<String>, code: impl Into<String>) -> Self {
                Self(slate_runtime::Attribution::new(kind, code))
            }
            #(#constructors)*
            #(#former)*
        }

        impl From<Attribution> for slate_runtime::Attribution {
            fn from(attribution: Attribution) -> Self {
                attribution.0
            }
        }
    }
}
