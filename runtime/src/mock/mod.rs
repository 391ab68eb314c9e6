//! A server for tests: it answers every operation as the documentation shows, and can be told to
//! fail.
//!
//! Authentication, encoding, retries and decoding run for real against it, over a socket of this
//! machine. It refuses what the API would refuse: an unknown path, credentials that are missing or
//! malformed, a format that is none, parameters in the query that are not documented, a body that
//! cannot be parsed or lacks its wrappers, values of the wrong kind, a request that breaks a
//! documented rule. [`Server::refusals`] says what and why.
//!
//! It takes what the documentation leaves open: a request without the parameter `format` (the headers
//! decide then), blank values, numbers and truth values that are written as texts, dates in any
//! documented form, members of a body that are not documented.
//!
//! Undocumented names in the query and broken rules are refused, since in most tests they are slips. A
//! test of what the API takes beyond its documentation says so: see [`Server::unchecked`].
//!
//! Operations that share method and path are told apart by what their documented requests have. Where
//! that speaks for none, the one is taken for which a behaviour is set, else the first of the table:
//! so `server.on(ID).answer()` says which is meant by the next call.
//!
//! An answer can have members that do not fit their types: [`On::misfit`] for those that a test names,
//! [`Server::misfits`] for some at random. The call stays accepted, and its
//! [`misfits`](crate::Reply::misfits) list them.
//!
//! What is fixed about the operations comes in a table of [`Documented`]. This module knows no
//! operation by name.
//!
//! It is test code: a mistake in setting it up is a panic.

mod behaviour;
mod check;
mod credentials;
mod decide;
mod documented;
mod example;
mod misfits;
mod random;
mod refusal;
mod reply;
mod route;
mod script;
mod seen;
mod serve;
mod server;
mod shape;
mod state;
mod way;

pub use documented::{Documented, Mark};
pub use example::example;
pub use script::On;
pub use seen::{Misfitted, Seen};
pub use server::Server;
