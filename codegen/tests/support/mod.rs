//! What the tests have in common.

pub mod account;
pub mod check;
pub mod crates;
pub mod mutate;
pub mod others;
pub mod pages;
pub mod parts;
pub mod plain;
pub mod sections;
pub mod settings;
pub mod traffic;
