//! Any bytes as a page: they are read without a panic, and each finding has a place.

#![no_main]

use capillary_fuzz::{SETTINGS, pages};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|page: &[u8]| {
    let texts = pages::document(&[("parcel", page)]);
    let reading = slate_codegen::read_docs(&texts, &SETTINGS).unwrap();
    for finding in &reading.diagnostics {
        let text = &reading.sources.file(finding.span.file).text;
        assert!(
            text.get(finding.span.start as usize..finding.span.end as usize)
                .is_some(),
            "{finding:?} has no place"
        );
    }
});
