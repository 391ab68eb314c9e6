//! Method and path of operations: what request lines, URI rows and the URLs of samples say, and what that comes to.

mod called;
mod copied;
mod find;
mod path;
mod statement;
mod twins;
mod version;

pub use find::{Endpoint, endpoints};
pub use statement::Statement;
