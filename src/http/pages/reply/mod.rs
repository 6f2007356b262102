//! The pages of a reply: the hub, its sections, the check before it is submitted, and what was submitted.

mod block;
mod cell;
pub mod check;
pub mod clarifications;
pub mod colleagues;
mod conflict;
mod control;
pub mod difference;
pub mod entry;
mod field;
pub mod files;
mod html;
pub mod hub;
mod input;
mod labels;
pub mod life;
mod live;
pub mod saving;
pub mod section;
mod section_state;
mod sheet;
mod telling;
pub mod version;
mod wording;
