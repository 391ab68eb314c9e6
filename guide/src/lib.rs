//! The example of the README as a test.
#![doc = include_str!("../../README.md")]
