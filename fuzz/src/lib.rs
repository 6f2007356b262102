//! What the fuzz targets do with an input: plain functions, which ordinary tests call as well (`crates/rules/tests/fuzzing.rs`,
//! `crates/domain/tests/fuzzing.rs`), with the inputs of `fuzz/corpus` and changes of them.
//!
//! An input that finds something panics, or takes long.

mod questionnaire;
mod reader;
mod targets;

pub use reader::questionnaire as read_questionnaire;
pub use targets::{checker, evaluator, parser};
