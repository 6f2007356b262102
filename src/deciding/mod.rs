//! What each decision must read of other streams: one file per aggregate. No HTTP, no rule.

pub mod classification;
pub mod collection;
pub mod comment;
pub mod consultation;
pub mod contribution;
pub mod delegation;
pub mod document;
pub mod instrument;
pub mod material;
pub mod meeting;
pub mod need;
pub mod need_types;
pub mod party;
pub mod project;
pub mod redaction;
pub mod reply;
pub mod report;
pub mod request;
pub mod translation;

use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The latest day that has begun anywhere: a date is written down where its day has begun, and what is dated later is still to
/// come.
pub fn today() -> Date {
    /// Hours that the clocks of Kiribati, where days begin first, are ahead of UTC.
    const FIRST: i8 = 14;
    TimeZone::fixed(jiff::tz::offset(FIRST))
        .to_datetime(clock::now())
        .date()
}
