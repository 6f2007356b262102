//! Comments: a revision on one page, what is said of it, and how something is said.

pub mod commenting;
pub mod consultation;
pub mod correcting;
mod outline;
mod said;
mod subject;
pub mod waiting;
