//! What handlers read requests with and answer with: caller, body, query, page, as_of, tags, words.

pub mod as_of;
pub mod asset;
pub mod body;
pub mod bounds;
pub mod caller;
pub mod cells;
mod cursor;
pub(in crate::http) mod dates;
pub(in crate::http) mod json;
pub mod languages;
pub mod lookup;
pub(in crate::http) mod misread;
pub(in crate::http) mod new_content;
pub mod notice_view;
pub(in crate::http) mod notices;
mod numbers;
pub mod pace;
pub mod page;
pub mod part;
pub mod path_id;
pub mod query;
pub mod read_record;
pub mod shape;
pub(in crate::http) mod stored_words;
pub mod table_form;
pub(in crate::http) mod word_input;
pub mod write;
