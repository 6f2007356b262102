//! Who sees what is restricted, how much of it, and who changes it: one file for each thing.

pub mod consultation;
pub mod hand_back;
pub mod need;
pub mod reply;
pub mod reply_actor;
pub mod sight;
