//! The pages of a reply: the hub, its sections, the check before it is submitted, and what was submitted.

pub mod block;
mod cell;
pub mod check;
mod conflict;
pub mod control;
pub mod entry;
pub mod field;
pub mod filled;
pub mod html;
pub mod hub;
pub mod input;
mod labels;
mod live;
pub mod saving;
pub mod section;
pub mod section_state;
mod sheet;
mod telling;
pub mod version;
pub mod wording;
