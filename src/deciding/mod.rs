//! What each decision must read of other streams: one file per aggregate that reads any. No HTTP, no rule. A function here
//! that names no error of its own fails where the database does not answer ([`DeskError::Read`]).

pub mod collection;
pub mod comment;
pub mod commenters;
pub mod consultation;
pub mod contribution;
pub mod delegation;
pub mod document;
pub mod instrument;
pub mod material;
pub mod meeting;
pub mod need;
pub mod project;
pub mod redaction;
pub mod reply;
pub mod report;
pub mod request;
pub mod translation;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::desk::{ContextSource, DeskError, Reads};
use domain::Decider;
use domain::classification::Classification;
use domain::need_types::NeedTypes;
use domain::party::Party;

/// Aggregates whose decisions read nothing beside their own stream.
macro_rules! decided_alone {
    ($($aggregate:ident),+) => {
        $(
            impl ContextSource for $aggregate {
                type Case = ();

                async fn context(
                    _: &mut Reads<'_>,
                    _: &<Self as Decider>::State,
                    _: &<Self as Decider>::Command,
                    (): &(),
                ) -> Result<(), DeskError> {
                    Ok(())
                }
            }
        )+
    };
}

decided_alone!(Classification, NeedTypes, Party);

/// The latest day that has begun anywhere: a date is written down where its day has begun, and what is dated later is still to
/// come.
pub fn today() -> Date {
    /// Hours that the clocks of Kiribati, where days begin first, are ahead of UTC.
    const FIRST: i8 = 14;
    TimeZone::fixed(jiff::tz::offset(FIRST))
        .to_datetime(clock::now())
        .date()
}
