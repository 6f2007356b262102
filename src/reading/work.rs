//! What waits for the Secretariat: what was submitted, amended, answered, said and asked for, and not dealt with yet.

use jiff::Timestamp;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use domain::Texts;

domain::code_enum! {
    /// What kind of thing waits.
    pub enum WorkKind {
        /// A reply that was submitted, and is not accepted.
        Reply = "reply",
        /// One that was submitted anew.
        Amendment = "amendment",
        /// An answer in words to what was asked about a reply.
        Answer = "answer",
        /// A comment that has no disposition.
        Comment = "comment",
        /// A request for assistance that is not decided on.
        Request = "request",
    }
}

/// Something that waits.
#[derive(Clone, Debug)]
pub struct WorkRow {
    /// What.
    pub kind: WorkKind,
    /// The reply, the comment or the request.
    pub id: Uuid,
    /// The collection, of a reply.
    pub collection: Option<Uuid>,
    /// The consultation, of a comment.
    pub consultation: Option<Uuid>,
    /// The party's code.
    pub code: String,
    /// Its name by language.
    pub names: Texts,
    /// The position at which it came.
    pub since: i64,
    /// When.
    pub time: Timestamp,
}

/// What waits and came after a position and up to another, in the order in which it came: at most so many.
pub async fn waiting(
    pool: &PgPool,
    after: i64,
    until: i64,
    rows: i64,
) -> sqlx::Result<Vec<WorkRow>> {
    let found = sqlx::query!(
        r#"with waiting as (
               select case s.version when 1 then 'reply' else 'amendment' end as kind, s.reply as id, s.collection,
                      null::uuid as consultation, s.party, s.since
                 from views.submission s
                where s.until is null and s.source is null
                  and not exists (select from views.acceptance a where a.reply = s.reply and a.until is null)
               union all
               select 'answer', q.reply, s.collection, null, s.party, q.until
                 from views.clarification q
                 join log.event e on e.position = q.until and e.kind = 'clarification_answered'
                 join views.submission s on s.reply = q.reply and s.until is null and s.since < q.until
                where not exists (select from views.acceptance a where a.reply = q.reply and a.until is null)
               union all
               select 'comment', c.comment, null, c.consultation, c.party, c.since
                 from views.comment c
                where c.until is null and c.entered_on_behalf is null
                  and not exists (select from views.disposition d where d.comment = c.comment and d.until is null)
               union all
               select 'request', r.request, null, null, r.party, r.since
                 from views.request r
                 join views.request_status s on s.request = r.request and s.until is null and s.status = 'made')
           select w.kind as "kind!", w.id as "id!", w.collection, w.consultation, p.code,
                  p.names as "names!: Json<Texts>", w.since as "since!", log.rfc3339(e.time) as "time!"
             from waiting w
             join views.party p on p.party = w.party
             join log.event e on e.position = w.since
            where w.since > $1 and w.since <= $2
            order by w.since limit $3"#,
        after,
        until,
        rows
    )
    .fetch_all(pool)
    .await?;
    let unreadable = |error: String| sqlx::Error::Decode(error.into());
    let rows = found.into_iter().map(|row| {
        Ok(WorkRow {
            kind: row.kind.parse().map_err(|_| unreadable(row.kind.clone()))?,
            id: row.id,
            collection: row.collection,
            consultation: row.consultation,
            code: row.code,
            names: row.names.0,
            since: row.since,
            time: row
                .time
                .parse()
                .map_err(|error: jiff::Error| unreadable(error.to_string()))?,
        })
    });
    rows.collect()
}
