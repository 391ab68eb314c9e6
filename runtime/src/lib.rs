//! What the generated calls of an SDK stand on: transport, authentication, decoding, errors.
//!
//! An operation is data ([`Operation`]). A [`Client`] makes a [`Call`] of it, generated code sets the
//! parameters, and the call ends with a [`Reply`], a [`Batch`] or an [`Error`]. The types that bodies
//! are made of, in JSON and in XML alike, are in [`wire`].
//!
//! What this crate promises to those who call the API:
//!
//! * Nothing is done twice. What writes or notifies is sent again only if it certainly never left;
//!   no redirect is followed.
//! * An item of a batch that was refused is not an error of the call.
//! * An answer that does not fit its types is still an answer: what does not fit is listed
//!   ([`Reply::misfits`]), and never makes an error of what was done.
//! * Passwords, personal data and URLs are not in `Debug`, `Display` or errors.
//! * Addresses without TLS are refused unless asked for; bodies are bounded in length and depth.
//!
//! It knows no operation, parameter or entity of the API by name.

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

mod answer;
mod auth;
mod batch;
#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
mod chunks;
mod client;
mod code;
mod drift;
mod error;
mod execute;
mod item_error;
mod locate;
#[cfg(feature = "mock")]
pub mod mock;
mod operation;
mod options;
mod order;
mod outcome;
mod outcomes;
mod parameter;
mod payload;
mod prepare;
mod reply;
mod retry;
mod said;
pub mod sample;
mod search;
mod send;
mod service;
mod slots;
mod stray;
mod trace;
mod transport;
mod validate;
mod verdict;
pub mod wire;

pub use batch::{Batch, BatchItem};
pub use call::Call;
pub use chunks::{Chunk, Chunked, Chunks};
pub use client::builder::ClientBuilder;
pub use client::{Attribution, Client};
pub use code::ResponseCode;
pub use drift::Drift;
pub use error::{Error, ErrorKind};
pub use execute::Pending;
pub use item_error::ItemError;
pub use operation::{Effect, Encoding, Envelope, Method, Need, Operation, Place, Rule, Wrap};
pub use options::CallOptions;
pub use parameter::Parameter;
pub use prepare::PreparedRequest;
pub use reply::{Item, Reply};
pub use retry::RetryPolicy;
pub use service::{AuthScheme, Faults, HostFamily, OauthScheme, Service};
pub use transport::{Response, Sending, Transport, TransportError};
pub use wire::{DriftKind, Format, Misfit};
