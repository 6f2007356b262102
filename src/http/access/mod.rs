//! Tokens, sessions, links, and who read what.

pub mod audit;
pub mod sessions;
pub mod sign_in_links;
pub(in crate::http) mod token_input;
pub mod tokens;
