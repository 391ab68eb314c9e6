//! A page, changed as hands change pages: whatever is emitted is Rust, and the spec can be read back.

#![no_main]

use capillary_fuzz::mutate::{Mutation, mutate};
use capillary_fuzz::{PAGES, SETTINGS, check, pages};
use libfuzzer_sys::fuzz_target;

/// Bytes of one mutation: its kind, and three numbers.
const LENGTH: usize = 8;

fuzz_target!(|data: &[u8]| {
    let Some((page, data)) = data.split_first() else {
        return;
    };
    let (name, text) = &PAGES[usize::from(*page) % PAGES.len()];
    let mutations = data.chunks_exact(LENGTH).take(16).map(|bytes| {
        let number = |at: usize, length: usize| {
            bytes[at..at + length]
                .iter()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte))
        };
        Mutation::new(number(0, 1), number(1, 3), number(4, 2), number(6, 2))
    });
    let text = mutations.fold(text.clone(), |text, mutation| mutate(text, &mutation));
    if let Err(error) = check::check(&pages::document(&[(name, text)]), &SETTINGS) {
        panic!("{name}: {error}");
    }
});
