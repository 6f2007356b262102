//! Views: derived from the log, and so disposable.

mod assisting;
mod comments;
mod consents;
mod definitions;
mod delegations;
pub mod dump;
pub mod folds;
mod foreign;
mod histories;
mod history;
mod instruments;
mod lives;
mod meetings;
mod needs;
mod poison;
mod steps;
mod swap;
