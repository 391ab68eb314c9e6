//! Any text as a sample: it is repaired or refused, and what the repair made of it can be written down and read again.

#![no_main]

use capillary_codegen::sample;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &str| {
    let _ = sample::format_of(body);
    for parsed in [
        sample::parse(body),
        sample::json::parse(body),
        sample::xml::parse(body),
    ]
    .into_iter()
    .flatten()
    {
        parsed.documents.iter().for_each(|tree| places(tree, body));
        for (repair, at) in &parsed.repairs {
            assert!(*at <= body.len(), "{repair:?} is outside of the sample");
        }
    }
});

/// Each key has its place in the sample.
fn places(tree: &sample::Tree, body: &str) {
    for member in tree.members() {
        assert!(member.at <= body.len(), "{:?} is outside of the sample", member.key);
        places(&member.value, body);
    }
    if let sample::Tree::List(items) = tree {
        items.iter().for_each(|item| places(item, body));
    }
}
