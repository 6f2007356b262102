//! What the fuzz targets do with an input: plain functions, which an ordinary test of `crates/rules` calls as well
//! (`crates/rules/tests/fuzzing.rs`), with the inputs of `fuzz/corpus` and changes of them.
//!
//! An input that finds something panics, or takes long.

mod questionnaire;
mod targets;

pub use targets::{checker, evaluator, parser};
