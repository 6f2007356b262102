//! What is done to words and files beside the log, whatever they belong to.

pub mod redactions;
pub mod translations;
