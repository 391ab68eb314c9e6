//! Any bytes as the body of an answer: they are decoded or refused, within the limits.

#![no_main]

use slate_runtime::wire::{self, Limits};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let limits = Limits::default();
    if let Ok(node) = wire::parse(body, &limits) {
        let value = node.to_value();
        let written = wire::json::write(&value);
        let again = wire::json::parse(&written, &limits).unwrap().to_value();
        wire::same(&value, &again).unwrap();
    }
});
