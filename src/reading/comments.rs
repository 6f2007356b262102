//! Comments and what became of them, as they are listed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Read, number, position};
use crate::domain::comment::{Disposition, EnteredOnBehalf, Undisposed};
use crate::domain::{CommentId, ContentRef, Lang, Texts};

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
    pub kind: String,
    /// The position at which it was made.
    pub since: i64,
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
    /// Only this one.
    pub comment: Option<Uuid>,
    /// Only those made after this position.
    pub after: Option<i64>,
}

/// Comments that are not taken back, in the order in which they were made.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    filter: Filter<'_>,
    rows: i64,
) -> sqlx::Result<Read<Vec<CommentRow>>> {
    let found = sqlx::query!(
        r#"with head as (select coalesce($1, h.position) as position from log.head h),
                seen as materialized (
                  select c.* from head h, views.comment c
                   where c.consultation = any($2) and c.since <= h.position
                     and ($3::uuid is null or c.party = $3) and ($4::uuid is null or c.comment = $4))
           select h.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.since), '[]') from (
                       select c.comment as id, c.consultation, c.party, p.code, p.names, a.kind, c.since,
                              c.entered_on_behalf, s.subject, s.code as subject_code, s.lang, s.text, s.wording,
                              case when d.comment is not null then jsonb_build_object(
                                   'disposition', d.disposition, 'reason', d.reason, 'lang', d.lang,
                                   'revision', d.revision) end as disposition
                         from seen c
                         join views.party p on p.party = c.party
                         join views.asked_party a on a.consultation = c.consultation and a.party = c.party
                         join views.comment_said s on s.comment = c.comment and s.since <= h.position
                              and (s.until is null or s.until > h.position)
                         left join views.disposition d on d.comment = c.comment and d.since <= h.position
                              and (d.until is null or d.until > h.position)
                        where ($5::bigint is null or c.since > $5)
                        order by c.since limit $6) r) as "rows!: Json<Vec<CommentRow>>",
                  coalesce(greatest(
                           (select max(s.since) from seen c join views.comment_said s on s.comment = c.comment
                             where s.since <= h.position),
                           (select max(c.until) from seen c where c.until <= h.position),
                           (select max(d.since) from seen c join views.disposition d on d.comment = c.comment
                             where d.since <= h.position)), 0) as "changed!"
             from head h"#,
        number(as_of),
        filter.consultations,
        filter.party,
        filter.comment,
        filter.after,
        rows
    )
    .fetch_one(pool)
    .await?;
    Ok(Read {
        rows: found.rows.0,
        changed: position(found.changed),
        position: position(found.position),
    })
}

/// The comments in consultations that have no disposition, as of now, in the order in which they were made.
///
/// # Errors
/// The database does not answer.
pub async fn undisposed(pool: &PgPool, consultations: &[Uuid]) -> sqlx::Result<Vec<Undisposed>> {
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
    let undisposed = rows.into_iter().map(|row| Undisposed {
        comment: CommentId(row.comment),
        party: row.code,
    });
    Ok(undisposed.collect())
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
    pub opened_on: String,
    /// How many comments there are by disposition; those without one count as `undisposed`. Withdrawn ones do not count.
    pub comments: BTreeMap<String, u64>,
    /// Whether comments may still come.
    #[serde(default)]
    pub open: bool,
}

/// The rounds of comments on an instrument as of a position, the first first.
///
/// # Errors
/// The database does not answer.
pub async fn rounds(pool: &PgPool, instrument: Uuid, as_of: u64) -> sqlx::Result<Vec<RoundRow>> {
    let found = sqlx::query_scalar!(
        r#"select coalesce(jsonb_agg(to_jsonb(q) order by q.round), '[]') as "rounds!: Json<Vec<RoundRow>>" from (
               select c.round, c.revision, c.reference, c.opened_on,
                      (select coalesce(jsonb_object_agg(d.disposition, d.count), '{}') from (
                           select coalesce(d.disposition, 'undisposed') as disposition, count(*) as count
                             from views.comment m
                             left join views.disposition d on d.comment = m.comment and d.since <= $2
                                  and (d.until is null or d.until > $2)
                            where m.consultation = c.consultation and m.since <= $2 and (m.until is null or m.until > $2)
                            group by 1) d) as comments,
                      exists (select from views.consultation_status s
                               where s.consultation = c.consultation and s.status = 'open' and s.since <= $2
                                 and (s.until is null or s.until > $2)) as open
                 from views.consultation c
                where c.instrument = $1 and c.since <= $2) q"#,
        instrument,
        number(Some(as_of))
    )
    .fetch_one(pool)
    .await?;
    Ok(found.0)
}
