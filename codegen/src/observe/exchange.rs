//! What is observed: whole exchanges, and what an SDK noticed itself.

use std::borrow::Cow;

use serde::Deserialize;

/// A request and its answer, as they went over the wire. It borrows from the record it was read from.
#[derive(Clone, Default)]
pub struct Exchange<'a> {
    /// HTTP method.
    pub method: Cow<'a, str>,
    /// The whole URL, or the path with its query.
    pub url: Cow<'a, str>,
    /// Headers of the request.
    pub request_headers: Headers<'a>,
    /// Body of the request; empty without one.
    pub request_body: Cow<'a, [u8]>,
    /// HTTP status of the answer.
    pub status: u16,
    /// Headers of the answer.
    pub response_headers: Headers<'a>,
    /// Body of the answer, unpacked.
    pub response_body: Cow<'a, [u8]>,
}

/// Headers in the order in which they came.
pub type Headers<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// What an SDK noticed in answers: a line of a drift stream.
///
/// ```json
/// {"drift":"misfit","operation":"parcel.get","path":"response.parcels.parcel[].weight","wanted":"an integer","found":"string","count":2}
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Event<'a> {
    /// `misfit`, `unknown_member`, `unknown_value`, `unknown_code`, `moved_payload`, `missing_payload`, `absent_member`.
    #[serde(borrow)]
    pub drift: Cow<'a, str>,
    /// Id of the operation.
    #[serde(borrow)]
    pub operation: Cow<'a, str>,
    /// Place in the answer, from its root; `[]` stands for any item of a list.
    #[serde(borrow, default)]
    pub path: Cow<'a, str>,
    /// The type that was wanted, in words.
    #[serde(borrow, default)]
    pub wanted: Option<Cow<'a, str>>,
    /// `null`, `boolean`, `number`, `string`, `list`, `object` or `nothing`.
    #[serde(borrow, default)]
    pub found: Option<Cow<'a, str>>,
    /// The code, for `unknown_code`.
    #[serde(default)]
    pub code: Option<i64>,
    /// How often it occurred in the answer.
    #[serde(default = "once")]
    pub count: u64,
}

fn once() -> u64 {
    1
}
