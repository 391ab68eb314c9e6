//! The documented replies that are read, with the ways to read each of them.

use std::hint::black_box;

use slate_runtime::wire::{Decode, Limits, Node, Value, json, xml};
use slate_runtime::{Operation, sample};
use capillary_sdk::{organization, rewards, transaction};
use serde::de::DeserializeOwned;

use crate::strict;

/// The text of a documented reply. The one place that says where the samples are.
macro_rules! documented {
    ($path:literal) => {
        include_str!(concat!("../../generated/samples/", $path))
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
            type T = Vec<organization::get_org_entities::response::Entity>;
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
            type T = Vec<transaction::get::response::Transaction>;
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

#[cfg(test)]
mod tests {
    use slate_runtime::wire::{Encode, same};

    use super::*;

    fn case(name: &str) -> &'static Case {
        CASES.iter().find(|case| case.name == name).unwrap()
    }

    /// The XML of a reply holds what its JSON holds. Both hold more than half of the sample, whose
    /// other half may be members without a value.
    fn agree<T: Decode + Encode>(operation: &Operation) {
        let case = case(operation.id);
        let json: T = sample::decode(operation, case.json.as_bytes()).unwrap();
        let xml: T = sample::decode(operation, &case.xml()).unwrap();
        same(&json.encode(), &xml.encode()).unwrap();
        let sample: serde_json::Value = serde_json::from_str(case.json).unwrap();
        let kept = json::write(&json.encode()).len();
        assert!(kept * 2 > sample.to_string().len(), "{}", operation.id);
    }

    #[test]
    fn json_and_xml_hold_the_same() {
        agree::<Vec<organization::get_org_entities::response::Entity>>(
            &organization::get_org_entities::OPERATION,
        );
        agree::<rewards::get_user::response::Body>(&rewards::get_user::OPERATION);
        agree::<Vec<transaction::get::response::Transaction>>(&transaction::get::OPERATION);
        agree::<rewards::get_by_id::response::Body>(&rewards::get_by_id::OPERATION);
        agree::<rewards::get_all_user::response::Body>(&rewards::get_all_user::OPERATION);
    }

    #[test]
    fn strict_types_hold_the_whole_sample() {
        fn whole<T: DeserializeOwned + serde::Serialize>(name: &str) {
            let case = case(name);
            let read: T = serde_json::from_str(case.json).unwrap();
            let expected: serde_json::Value = serde_json::from_str(case.json).unwrap();
            assert_eq!(serde_json::to_value(read).unwrap(), expected, "{name}");
        }
        whole::<strict::get_org_entities::Body>("organization.get_org_entities");
        whole::<strict::get_user::Body>("rewards.get_user");
        whole::<strict::get_transaction::Body>("transaction.get");
        whole::<strict::get_by_id::Body>("rewards.get_by_id");
        whole::<strict::get_all_user::Body>("rewards.get_all_user");
    }

    #[test]
    fn every_way_reads_every_case() {
        for case in &CASES {
            let body = case.json.as_bytes();
            assert!(case.sdk(body) && case.strict(body) && case.value(body));
            assert!(crate::floor::events(&case.xml()), "{}", case.name);
            assert!(!case.sdk(b"{") && !case.strict(b"{}") && !case.value(b"{"));
        }
    }
}
