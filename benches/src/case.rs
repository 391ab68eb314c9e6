//! The documented replies that are read, with the ways to read each of them.

use std::hint::black_box;

use capillary_runtime::wire::{Decode, Limits, Node, Value, json, xml};
use capillary_runtime::{Operation, sample};
use capillary_sdk::{organization, rewards, transaction};
use serde::de::DeserializeOwned;

use crate::strict;

/// The text of a documented reply. The one place that says where the samples are.
macro_rules! documented {
    ($path:literal) => {
        include_str!(concat!("../../generated/tests/samples/data/", $path))
    };
}
pub(crate) use documented;

/// A documented reply, and the ways to read it.
pub struct Case {
    /// The operation that it is a reply of.
    pub name: &'static str,
    /// The reply as it is documented.
    pub json: &'static str,
    sdk: fn(&[u8]) -> bool,
    strict: fn(&[u8]) -> bool,
}

/// The five largest documented replies of different operations.
pub static CASES: [Case; 5] = [
    Case {
        name: "organization.get_org_entities",
        json: documented!("organization/get_org_entities_response_640.json"),
        sdk: |body| {
            type T = organization::get_org_entities::response::Response;
            sdk::<T>(&organization::get_org_entities::OPERATION, body)
        },
        strict: strict::<strict::get_org_entities::Body>,
    },
    Case {
        name: "rewards.get_user",
        json: documented!("rewards/get_user_response_584.json"),
        sdk: |body| {
            type T = rewards::get_user::response::Body;
            sdk::<T>(&rewards::get_user::OPERATION, body)
        },
        strict: strict::<strict::get_user::Body>,
    },
    Case {
        name: "transaction.get",
        json: documented!("transaction/get_response_2211.json"),
        sdk: |body| {
            type T = transaction::get::response::ResponseTransaction;
            sdk::<T>(&transaction::get::OPERATION, body)
        },
        strict: strict::<strict::get_transaction::Body>,
    },
    Case {
        name: "rewards.get_by_id",
        json: documented!("rewards/get_by_id_response_38.json"),
        sdk: |body| {
            type T = rewards::get_by_id::response::Body;
            sdk::<T>(&rewards::get_by_id::OPERATION, body)
        },
        strict: strict::<strict::get_by_id::Body>,
    },
    Case {
        name: "rewards.get_all_user",
        json: documented!("rewards/get_all_user_response_373.json"),
        sdk: |body| {
            type T = rewards::get_all_user::response::Body;
            sdk::<T>(&rewards::get_all_user::OPERATION, body)
        },
        strict: strict::<strict::get_all_user::Body>,
    },
];

impl Case {
    /// Reads a body, in JSON or in XML, with the types of the SDK. Whether that worked.
    #[must_use]
    pub fn sdk(&self, body: &[u8]) -> bool {
        (self.sdk)(body)
    }

    /// Reads a body with types that take just what this sample holds. Whether that worked.
    #[must_use]
    pub fn strict(&self, body: &[u8]) -> bool {
        (self.strict)(body)
    }

    /// Reads a body into `serde_json::Value`. Whether that worked.
    #[must_use]
    pub fn value(&self, body: &[u8]) -> bool {
        black_box(serde_json::from_slice::<serde_json::Value>(body)).is_ok()
    }

    /// The reply in XML: the same members, below `root` where JSON has several outermost ones.
    ///
    /// It is empty if the reply cannot be written in XML, so that nothing can be read from it.
    #[must_use]
    pub fn xml(&self) -> Vec<u8> {
        let tree = json::parse(self.json.as_bytes(), &Limits::default());
        let value = tree.as_ref().map_or(Value::Null, Node::to_value);
        let only = value.as_object().filter(|members| members.len() == 1);
        let written = match only.and_then(|members| members.iter().next()) {
            Some((name, content)) => xml::write(name, content),
            None => xml::write("root", &value),
        };
        written.unwrap_or_default()
    }
}

fn sdk<T: Decode>(operation: &Operation, body: &[u8]) -> bool {
    black_box(sample::decode::<T>(operation, body)).is_ok()
}

fn strict<T: DeserializeOwned>(body: &[u8]) -> bool {
    black_box(serde_json::from_slice::<T>(body)).is_ok()
}
