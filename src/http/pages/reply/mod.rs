//! The pages of a reply: the hub, its sections, the check before it is submitted, and what was submitted.

mod block;
mod cell;
pub mod check;
mod conflict;
mod control;
pub mod entry;
mod field;
mod html;
pub mod hub;
mod input;
mod labels;
mod live;
pub mod saving;
pub mod section;
mod section_state;
mod sheet;
mod telling;
pub mod version;
mod wording;
