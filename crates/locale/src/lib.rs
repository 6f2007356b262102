//! What pages and letters show, as each of the six official languages writes it: plurals, numbers, days, times, lists, and
//! States' names in a sentence; and numbers read as people type them.
//!
//! How a language writes is the Unicode Consortium's CLDR (version 48.2), read by ICU4X. `data/six.postcard` has what is read
//! here, of the six alone; `scripts/locale-data` writes it. It is 13 kB, where what ICU4X compiles in for all languages is half a
//! megabyte of the program. It is no Rust, since baked data is full of `unsafe`.

mod dates;
mod formatters;
mod lists;
mod numbers;
mod reading;
mod states;

pub use dates::{date, date_time, month};
pub use icu_plurals::PluralCategory;
pub use lists::{list_and, list_or};
pub use numbers::{category_name, decimal, integer, plural};
pub use reading::{NumberFault, parse_number};
pub use states::of;
