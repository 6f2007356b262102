//! What handlers read requests with and answer with: caller, body, query, page, as_of, tags, words.

pub mod as_of;
pub mod body;
pub mod caller;
pub mod conditional;
pub(in crate::http) mod dates;
pub(in crate::http) mod json;
pub mod languages;
pub(in crate::http) mod new_content;
pub(in crate::http) mod notices;
pub mod page;
pub mod query;
pub mod there;
pub(in crate::http) mod word_input;
pub(in crate::http) mod words;
