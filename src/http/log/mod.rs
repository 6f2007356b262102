//! What the log tells: the feed, timelines, the mandate tracker.

pub mod events;
pub mod mandates;
pub mod timelines;
mod withheld;
