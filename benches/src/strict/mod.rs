//! Types that take just what the samples hold, as one would write them for one reply: no member may
//! be missing, none may have another type.

pub(crate) mod get_all_user;
pub(crate) mod get_by_id;
pub(crate) mod get_org_entities;
pub(crate) mod get_transaction;
pub(crate) mod get_user;

use serde::{Deserialize, Serialize};

/// What the API says about the call.
#[derive(Deserialize, Serialize)]
struct Status {
    success: bool,
    code: i64,
    message: String,
}

/// What the API says about an item, and about a call in the older entities.
#[derive(Deserialize, Serialize)]
struct TextStatus {
    success: String,
    code: i64,
    message: String,
}

/// A field that an organisation has added.
#[derive(Deserialize, Serialize)]
struct CustomField {
    name: String,
    value: String,
}

#[derive(Deserialize, Serialize)]
struct CustomFields {
    field: Vec<CustomField>,
}
