//! The pages of a reply: the hub, its sections, the check before it is submitted, and what was submitted.

pub mod block;
mod cell;
pub mod check;
pub mod clarifications;
pub mod colleagues;
mod conflict;
pub mod control;
pub mod difference;
pub mod entry;
pub mod explaining;
pub mod field;
pub mod files;
pub mod filled;
pub mod html;
pub mod hub;
pub mod input;
mod labels;
pub mod life;
mod live;
pub mod saving;
pub mod section;
pub mod section_state;
mod sheet;
mod telling;
pub mod version;
pub mod way_back;
pub mod wording;
