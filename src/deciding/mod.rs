//! What each decision must read of other streams: one file per aggregate. No HTTP, no rule.

mod document;
