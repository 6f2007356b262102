//! What each decision must read of other streams: one file per aggregate. No HTTP, no rule.

pub mod classification;
pub mod document;
pub mod meeting;
pub mod need_types;
pub mod party;
