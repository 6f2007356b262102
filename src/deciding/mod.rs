//! What each decision must read of other streams: one file per aggregate. No HTTP, no rule.

pub mod classification;
pub mod contribution;
pub mod delegation;
pub mod document;
pub mod material;
pub mod meeting;
pub mod need;
pub mod need_types;
pub mod party;
pub mod project;
pub mod report;
pub mod request;
