//! Replies, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Found, Part, PositionedRows, number, position};
use domain::questionnaire::JsonTrue;
use domain::reply::Consent;

/// A reply in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ReplyRow {
    /// Its id.
    pub id: Uuid,
    /// The party whose reply it is.
    pub party: Uuid,
    /// The party's code.
    pub code: String,
    /// The party's kind on the day of its invitation. Only Member States' replies are counted in figures.
    pub kind: domain::party::PartyKind,
    /// draft, submitted, clarification, accepted, amendment, withdrawn. To whom only what is published is shown: submitted.
    pub status: domain::reply::Status,
    /// The version that counts; null where none was submitted.
    pub submitted_version: Option<i32>,
    /// When that version was recorded (RFC 3339); null where none was submitted.
    #[schema(format = DateTime)]
    pub received_at: Option<String>,
    /// The day on which that version came otherwise, where the Secretariat entered it: that day decides whether it is late.
    pub received_on: Option<jiff::civil::Date>,
    /// How it came then: paper, email, fax, other; null where its party submitted it itself.
    pub source: Option<domain::reply::SourceKind>,
    /// Whether what was submitted first came after its party's deadline; null where nothing was submitted.
    pub late: Option<bool>,
}

/// Which replies of a collection are seen.
#[derive(Clone, Copy, Debug, Hash)]
pub enum ReplyVisibility {
    /// All of them.
    All,
    /// Those of which something is published, as they were submitted.
    Published {
        /// And that of this party, as it stands.
        besides: Option<Uuid>,
    },
}

/// Which of those are wanted.
#[derive(Clone, Copy, Debug)]
pub struct ReplyFilter<'a> {
    /// `member_states`, `other_sources`; both if none.
    pub of: Option<&'a str>,
    /// In this status; any if none.
    pub status: Option<&'a str>,
}

/// The replies of a collection that are seen, in the order of the parties' codes. What is published is judged by the
/// consents that hold now, whatever `as_of` says.
pub async fn list(
    pool: &PgPool,
    part: &Part<String>,
    collection: Uuid,
    sees: ReplyVisibility,
    wanted: ReplyFilter<'_>,
) -> sqlx::Result<PositionedRows<Vec<ReplyRow>>> {
    let (all, party) = match sees {
        ReplyVisibility::All => (true, None),
        ReplyVisibility::Published { besides } => (false, besides),
    };
    let found = sqlx::query_file_as!(
        Found,
        "src/reading/replies.sql",
        number(part.as_of),
        collection,
        party,
        part.after.as_deref(),
        part.rows,
        all,
        wanted.of,
        wanted.status
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// A reply, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct BegunReply {
    /// Its id.
    pub reply: Uuid,
    /// Its collection.
    pub collection: Uuid,
    /// Its party.
    pub party: Uuid,
}

/// Every reply that was begun, in the order of their ids.
pub async fn all(pool: &PgPool) -> sqlx::Result<Vec<BegunReply>> {
    sqlx::query_as!(
        BegunReply,
        "select reply, collection, party from views.reply order by reply"
    )
    .fetch_all(pool)
    .await
}

/// What a party does with its draft: what is saved in it, and what of it goes between the focal point and its colleagues. Where the pen changes hands these tell what the other hand had written, so not even those that
/// the Secretariat caused are told others.
pub const SAVED: &[&str] = &[
    "reply_carried_over",
    "reply_answered",
    "reply_cleared",
    "reply_file_attached",
    "reply_file_removed",
    "reply_files_deleted",
    "section_handed_back",
    "section_returned",
];

/// The position of the last event of a reply up to `as_of` (null: now) that is told others than its party: not of what was
/// saved. 0 where there is none.
pub async fn last_told_position(
    pool: &PgPool,
    reply: Uuid,
    as_of: Option<u64>,
) -> sqlx::Result<u64> {
    let found = sqlx::query_scalar!(
        r#"select coalesce(
                  (select e.position from log.event e
                    where e.stream = $1 and e.position <= coalesce($2, e.position) and e.kind <> all($3::text[])
                    order by e.version desc limit 1), 0) as "told!""#,
        reply,
        number(as_of),
        SAVED as &[&str]
    )
    .fetch_one(pool)
    .await?;
    Ok(position(found))
}

/// Where in the log a reply was submitted, and where its publication was decided.
#[derive(Clone, Debug)]
pub struct SubmissionPositions {
    /// The submission that holds; none where none does.
    pub submitted: Option<u64>,
    /// The last submission, whether it holds or was withdrawn.
    pub last: Option<u64>,
    /// What may be published now of the submission that holds.
    pub consent: Option<Consent>,
    /// The consent that holds now; 0 where none does.
    pub decided: u64,
}

/// When consent to the publication of a reply was given after a time, the last first: so many times at most. What is consented
/// to with a submission does not count, nor does what only takes back.
pub async fn consents_given(
    pool: &PgPool,
    reply: Uuid,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"select log.rfc3339(e.time) as "time!"
             from log.event e
            where e.position in (
                  select c.since from views.consent c
                   where c.reply = $1
                     and not exists (select from views.consent p
                                      where p.reply = c.reply and p.submission = c.submission
                                        and p.section in ('*', c.section) and p.until = c.since))
              and e.kind = 'publication_decided' and e.time > $2::text::timestamptz
            order by e.position desc limit $3"#,
        reply,
        after,
        most
    )
    .fetch_all(pool)
    .await
}

/// Where a reply was submitted as of a position (null: now), and what of that may be published now.
pub async fn submission_positions(
    pool: &PgPool,
    reply: Uuid,
    as_of: Option<u64>,
) -> sqlx::Result<SubmissionPositions> {
    let found = sqlx::query!(
        r#"select s.submitted, s.last,
                  array(select c.section from views.consent c
                         where c.reply = $1 and c.submission = s.submitted and c.until is null) as "sections!",
                  coalesce((select max(c.since) from views.consent c
                             where c.reply = $1 and c.until is null), 0) as "decided!"
             from (select max(s.since) filter (where s.until is null or s.until > $2) as submitted, max(s.since) as last
                     from views.submission s join views.reply r using (collection, reply)
                    where r.reply = $1 and s.since <= coalesce($2, s.since)) s"#,
        reply,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(SubmissionPositions {
        submitted: found.submitted.map(position),
        last: found.last.map(position),
        consent: consent(found.sections),
        decided: position(found.decided),
    })
}

/// Consent to these sections, of which `*` is every one.
fn consent(sections: Vec<String>) -> Option<Consent> {
    match sections.as_slice() {
        [] => None,
        [all] if all == "*" => Some(Consent::All(JsonTrue)),
        _ => Some(Consent::Sections(sections.into_iter().collect())),
    }
}
