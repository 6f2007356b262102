//! What the log tells: its head and roots, the feed, timelines, the mandate tracker.

pub mod events;
pub mod head;
pub mod mandates;
pub mod timelines;
