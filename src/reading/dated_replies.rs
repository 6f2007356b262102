//! Every version of the replies to a collection, and from which day to which it stood.

use figures::aggregates::DatedReply;
use figures::replies::{Countable, Names, ReplyParty, SubmittedReply, read_answers};
use jiff::civil::Date;
use sqlx::PgPool;
use std::sync::Arc;
use uuid::Uuid;

use super::{number, position};

/// By which day a reply counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedDay {
    /// The day on which it was recorded.
    Recorded,
    /// The day on which it was received, which is an earlier one where the Secretariat entered it from paper.
    Received,
}

/// Every version that was submitted to a collection up to a position, with the days in this zone from which and until which it stood.
pub async fn read(
    pool: &PgPool,
    as_of: Option<u64>,
    collection: Uuid,
    time_zone: &str,
    by: CountedDay,
) -> sqlx::Result<Vec<DatedReply>> {
    let rows = sqlx::query_file!(
        "src/reading/dated_replies.sql",
        number(as_of),
        collection,
        time_zone,
        by == CountedDay::Received
    )
    .fetch_all(pool)
    .await?;
    let mut names = Names::default();
    let day = |text: &str| {
        let day = text.parse::<Date>();
        day.map_err(|error| sqlx::Error::Decode(error.into()))
    };
    let dated = rows.into_iter().map(|row| {
        let answers = read_answers(&row.answers, &row.irrelevant, &mut names);
        let mut name = |text: String| names.keep(&text);
        Ok(DatedReply {
            reply: SubmittedReply {
                reply: row.reply,
                submission: position(row.submission),
                version: u32::try_from(row.version).unwrap_or_default(),
                party: ReplyParty {
                    id: row.party,
                    code: name(row.code),
                    kind: name(row.kind),
                    regional_group: row.regional_group.map(&mut name),
                    region: row.region.map(&mut name),
                    sub_region: row.sub_region.map(&mut name),
                },
                received_at: String::new(),
                received_on: None,
                countable: Countable::Whole,
                answers: Arc::new(answers.map_err(|error| sqlx::Error::Decode(error.into()))?),
            },
            from: day(&row.from)?,
            until: row.until.as_deref().map(day).transpose()?,
        })
    });
    dated.collect()
}
