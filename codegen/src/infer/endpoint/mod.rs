//! Method and path of operations: what request lines, URI rows and the URLs of samples say, and what that comes to.

mod called;
mod copied;
mod find;
mod found;
mod path;
mod segments;
mod statement;
mod twins;
mod version;

pub use find::endpoints;
pub use found::Endpoint;
pub use statement::Statement;
