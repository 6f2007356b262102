//! Comments and what became of them, as they are listed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Found, Part, PositionedRows, number, position};
use domain::comment::{BlockingComment, Disposition, EnteredOnBehalf};
use domain::{CommentId, ContentRef, Lang, Texts};

/// A comment as of a position.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CommentRow {
    /// Its id.
    pub id: Uuid,
    /// Its consultation.
    pub consultation: Uuid,
    /// Its party.
    pub party: Uuid,
    /// The party's code.
    pub code: String,
    /// The party's name by language.
    pub names: Texts,
    /// The party's kind, when it was asked.
    pub kind: domain::party::PartyKind,
    /// The position at which it was made.
    pub since: i64,
    /// When, RFC 3339.
    pub made_at: String,
    /// Whether that, or the day on which it was received on paper, is past the deadline that holds then.
    pub late: bool,
    /// Where the Secretariat has it from, if it entered it.
    pub entered_on_behalf: Option<EnteredOnBehalf>,
    /// What it is about: instrument, section, question.
    pub subject: String,
    /// The code of the section or question.
    pub subject_code: Option<String>,
    /// The language of its words.
    pub lang: Lang,
    /// The comment.
    pub text: ContentRef,
    /// The wording that it proposes.
    pub wording: Option<ContentRef>,
    /// What became of it.
    pub disposition: Option<DispositionRow>,
    /// The first revision that takes it up.
    pub taken_up_in: Option<i32>,
}

/// What became of a comment.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DispositionRow {
    /// What.
    pub disposition: Disposition,
    /// Why.
    pub reason: ContentRef,
    /// The language of the reason.
    pub lang: Lang,
    /// The revision that is to take it up.
    pub revision: Option<i32>,
}

/// Which comments.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Those of these consultations.
    pub consultations: &'a [Uuid],
    /// Only those of this party.
    pub party: Option<Uuid>,
    /// Only those of this one: a filter beside the right to see.
    pub of: Option<Uuid>,
    /// Only this one.
    pub comment: Option<Uuid>,
    /// Only those on the question with this code.
    pub question: Option<&'a str>,
    /// Only those with this disposition.
    pub disposition: Option<Disposition>,
    /// Only those that have a disposition, or that have none.
    pub disposed: Option<bool>,
}

/// Comments that are not taken back, in the order in which they were made.
pub async fn list(
    pool: &PgPool,
    part: &Part<i64>,
    filter: &Filter<'_>,
) -> sqlx::Result<PositionedRows<Vec<CommentRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with head as (select coalesce($1, h.position) as position from log.head h),
                seen as materialized (
                  select c.* from head h, views.comment c
                   where c.consultation = any($2) and c.since <= h.position
                     and ($3::uuid is null or c.party = $3) and ($4::uuid is null or c.comment = $4)
                     and ($10::uuid is null or c.party = $10))
           select h.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.since), '[]') from (
                       select c.comment as id, c.consultation, c.party, p.code, p.names, a.kind, c.since,
                              log.rfc3339(c.at) as made_at,
                              coalesce((c.entered_on_behalf ->> 'received_on')::timestamp at time zone l.time_zone, c.at)
                                  > l.last_moment as late,
                              c.entered_on_behalf, s.subject, s.code as subject_code, s.lang, s.text, s.wording,
                              case when d.comment is not null then jsonb_build_object(
                                   'disposition', d.disposition, 'reason', d.reason, 'lang', d.lang,
                                   'revision', d.revision) end as disposition,
                              (select min(t.revision) from views.taken_up t
                                where t.comment = c.comment and t.since <= h.position) as taken_up_in
                         from seen c
                         join views.party p on p.party = c.party
                         join views.asked_party a on a.consultation = c.consultation and a.party = c.party
                         join views.comment_said s on s.comment = c.comment and log.holds(s.since, s.until, h.position)
                         join views.consultation_deadline l on l.consultation = c.consultation
                              and log.holds(l.since, l.until, h.position)
                         left join views.disposition d on d.comment = c.comment and log.holds(d.since, d.until, h.position)
                        where ($5::bigint is null or c.since > $5)
                          and ($7::text is null or (s.subject = 'question' and s.code = $7))
                          and ($8::text is null or d.disposition = $8)
                          and ($9::boolean is null or $9 = (d.comment is not null))
                        order by c.since limit $6) r) as "rows!: Json<Vec<CommentRow>>",
                  coalesce(greatest(
                           (select max(s.since) from seen c join views.comment_said s on s.comment = c.comment
                             where s.since <= h.position),
                           (select max(c.until) from seen c where c.until <= h.position),
                           (select max(l.since) from views.consultation_deadline l
                             where l.consultation = any($2) and l.since <= h.position),
                           (select max(t.since) from seen c join views.taken_up t on t.comment = c.comment
                             where t.since <= h.position),
                           (select max(d.since) from seen c join views.disposition d on d.comment = c.comment
                             where d.since <= h.position)), 0) as "changed!"
             from head h"#,
        number(part.as_of),
        filter.consultations,
        filter.party,
        filter.comment,
        part.after,
        part.rows,
        filter.question,
        filter.disposition.map(Disposition::as_str),
        filter.disposed,
        filter.of
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// When comments last changed, and the words of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommentPositions {
    /// The last position at which one was made, corrected, taken back, decided on or taken up.
    pub facts: u64,
    /// The last position at which words of theirs were redacted or translated.
    pub words: u64,
}

/// When the comments in consultations last changed, without reading them.
pub async fn changed(pool: &PgPool, consultations: &[Uuid]) -> sqlx::Result<CommentPositions> {
    let found = sqlx::query!(
        r#"with seen as materialized (select * from views.comment where consultation = any($1)),
                said as materialized (
                  select s.text, s.wording, s.since from seen c join views.comment_said s on s.comment = c.comment),
                disposed as materialized (
                  select d.reason, d.since from seen c join views.disposition d on d.comment = c.comment),
                words as materialized (
                  select (text ->> 'content')::uuid as content from said
                  union select (wording ->> 'content')::uuid from said where wording is not null
                  union select (reason ->> 'content')::uuid from disposed),
                translated as materialized (
                  select t.text, greatest(t.since, t.until) as changed
                    from words w join views.translation t on t.content = w.content)
           select coalesce(greatest(
                           (select max(greatest(since, until)) from seen),
                           (select max(since) from said),
                           (select max(since) from disposed),
                           (select max(t.since) from seen c join views.taken_up t on t.comment = c.comment)), 0) as "facts!",
                  coalesce(greatest(
                           (select max(changed) from translated),
                           (select max(e.position) from words w join log.event e on e.stream = w.content),
                           (select max(e.position) from translated t join log.event e on e.stream = t.text)), 0) as "words!""#,
        consultations
    )
    .fetch_one(pool)
    .await?;
    Ok(CommentPositions {
        facts: position(found.facts),
        words: position(found.words),
    })
}

/// The comments in consultations that have no disposition, as of now, in the order in which they were made.
pub async fn undisposed(
    pool: &PgPool,
    consultations: &[Uuid],
) -> sqlx::Result<Vec<BlockingComment>> {
    let rows = sqlx::query!(
        r#"select c.comment, p.code
             from views.comment c join views.party p on p.party = c.party
            where c.consultation = any($1) and c.until is null
              and not exists (select from views.disposition d where d.comment = c.comment)
            order by c.since"#,
        consultations
    )
    .fetch_all(pool)
    .await?;
    let undisposed = rows.into_iter().map(|row| BlockingComment {
        comment: CommentId(row.comment),
        party: row.code,
    });
    Ok(undisposed.collect())
}

/// The comments in consultations that are accepted, at least in part, and that no revision takes up, as of now, in the order
/// in which they were made.
pub async fn not_taken_up(
    pool: &PgPool,
    consultations: &[Uuid],
) -> sqlx::Result<Vec<BlockingComment>> {
    let dispositions = Disposition::ALL.iter();
    let accepted = dispositions.filter(|disposition| disposition.changes_the_instrument());
    let accepted: Vec<String> = accepted.map(ToString::to_string).collect();
    let rows = sqlx::query!(
        r#"select c.comment, p.code
             from views.comment c join views.party p on p.party = c.party
             join views.disposition d on d.comment = c.comment and d.until is null
            where c.consultation = any($1) and c.until is null and d.disposition = any($2)
              and not exists (select from views.taken_up t where t.comment = c.comment)
            order by c.since"#,
        consultations,
        &accepted
    )
    .fetch_all(pool)
    .await?;
    let not_taken_up = rows.into_iter().map(|row| BlockingComment {
        comment: CommentId(row.comment),
        party: row.code,
    });
    Ok(not_taken_up.collect())
}

/// A round of comments on an instrument, and what became of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoundRow {
    /// 1, 2, 3 within the instrument.
    pub round: u32,
    /// The revision that was forwarded.
    pub revision: u32,
    /// The note verbale or letter.
    pub reference: String,
    /// Its day.
    pub opened_on: jiff::civil::Date,
    /// How many comments there are by disposition; those without one count as `undisposed`. Withdrawn ones do not count.
    pub comments: BTreeMap<String, u64>,
    /// Whether comments may still come.
    #[serde(default)]
    pub open: bool,
}

/// The rounds of comments on an instrument as of a position, the first first.
pub async fn rounds(pool: &PgPool, instrument: Uuid, as_of: u64) -> sqlx::Result<Vec<RoundRow>> {
    let found = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(to_jsonb(q) order by q.round), '[]') as "rounds!: Json<Vec<RoundRow>>" from (
               select c.round, c.revision, c.reference, c.opened_on,
                      (select coalesce(jsonb_object_agg(d.disposition, d.count), '{}') from (
                           select coalesce(d.disposition, 'undisposed') as disposition, count(*) as count
                             from views.comment m
                             left join views.disposition d on d.comment = m.comment and log.holds(d.since, d.until, $2)
                            where m.consultation = c.consultation and log.holds(m.since, m.until, $2)
                            group by 1) d) as comments,
                      exists (select from views.consultation_status s
                               where s.consultation = c.consultation and s.status = 'open'
                                 and log.holds(s.since, s.until, $2)) as open
                 from views.consultation c
                where c.instrument = $1 and c.since <= $2) q"#,
        instrument,
        number(Some(as_of))
    )
    .fetch_one(pool)
    .await?;
    Ok(found.0)
}
