//! What the benchmarks compare: documented replies, and the ways to read them.
//!
//! `cargo bench -p capillary-benches` measures each way with criterion; the program `ratios` times
//! them in turns and prints how they compare. The README beside this crate has figures.

pub mod call;
pub mod case;
pub mod drift;
pub mod floor;
pub mod race;
pub mod server;
mod strict;

pub use case::{CASES, Case};
