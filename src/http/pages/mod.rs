//! Pages for people: whoever replies or comments, and the public. They call what the API calls, under the same policy table, and
//! have no rule of their own. Their templates are in templates/, their words in data/words.

pub mod comments;
pub mod form;
pub mod frame;
pub mod home;
pub mod join;
pub mod moment;
pub mod passage;
pub mod problem_page;
pub mod public;
pub mod reply;
pub mod sign_in;
pub mod sso;
pub mod trying;
pub mod visitor;
mod work;
