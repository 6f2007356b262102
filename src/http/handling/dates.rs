//! Dates and times as they arrive in bodies, and as people read them.

pub use domain::times::{day, instant, read_day, read_some_day};

pub use crate::deciding::today;
