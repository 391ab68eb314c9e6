//! Response codes.

use std::fmt;

/// The codes that an item of a batch can come back with.
///
/// [`response_codes!`](crate::response_codes) writes it for an enum; `u32` is one for operations
/// whose codes are not documented.
pub trait ResponseCode: From<u32> + Copy + Eq + fmt::Debug + Send + Sync + 'static {
    /// What the code is called, if it is known.
    fn name(&self) -> Option<&'static str> {
        None
    }

    /// Whether an item that comes back with this code was accepted, where the docs say so.
    fn accepted(&self) -> Option<bool> {
        None
    }
}

impl ResponseCode for u32 {}

/// What the documentation says of numbers, whatever the type of the codes is: so that what asks is compiled once.
#[derive(Clone, Copy)]
pub(crate) struct Codes {
    pub(crate) name: fn(u32) -> Option<&'static str>,
    pub(crate) accepted: fn(u32) -> Option<bool>,
}

impl Codes {
    pub(crate) fn of<C: ResponseCode>() -> Self {
        Self {
            name: |code| C::from(code).name(),
            accepted: |code| C::from(code).accepted(),
        }
    }
}
