//! Needs for technical assistance, as they are listed. Who sees which is judged by what is shared now, whatever `as_of` says.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Found, Part, PositionedRows, number};
use domain::Texts;
use domain::need::NeedParticulars;

/// A need as of a position.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NeedRow {
    /// Its id.
    pub id: Uuid,
    /// Whose.
    pub party: Uuid,
    /// The party's code.
    pub code: String,
    /// The reply beside which it was drafted, or that states it.
    pub reply: Option<Uuid>,
    /// The address of the row, the entry or the group of the reply that states it.
    pub stated_at: Option<String>,
    /// What is said of it.
    pub about: NeedParticulars,
    /// drafted, indicated, confirmed, matched, merged, declined, met, lapsed
    pub status: domain::need::Status,
    /// The projects, not cancelled, that are about it.
    pub projects: Vec<Uuid>,
    /// The accepted requests that are about it; none where it is not one's own.
    pub requests: Vec<Uuid>,
    /// With whom it is shared now: nobody, donors, all.
    pub shared_with: domain::need::Sharing,
    /// Whether it is seen as its State's or the Secretariat's, and not because it is shared.
    pub is_own: bool,
    /// Whether the reply that indicated it is withdrawn.
    pub is_reply_withdrawn: bool,
}

/// Which needs are seen.
#[derive(Clone, Debug, Default, Hash)]
pub struct NeedVisibility {
    /// Every one.
    pub all: bool,
    /// Those that this party indicated outside of any reply.
    pub alone: Option<Uuid>,
    /// Those beside these replies.
    pub replies: Vec<Uuid>,
    /// Those that are indicated and shared with one of these: `donors`, `all`.
    pub shared: Vec<String>,
    /// And which of its own that are drafts.
    pub drafts: Drafts,
}

/// Which drafts of needs are seen.
#[derive(Clone, Copy, Debug, Default, Hash, PartialEq, Eq)]
pub enum Drafts {
    /// None: they are others'.
    #[default]
    None,
    /// Those that the Secretariat wrote down.
    Entered,
    /// All of them.
    All,
}

impl NeedVisibility {
    /// All of them, as the Secretariat's or one's own.
    pub fn all() -> Self {
        Self {
            all: true,
            drafts: Drafts::All,
            ..Self::default()
        }
    }
}

/// Which of them are asked for.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Only of this party.
    pub party: Option<Uuid>,
    /// Only those drafted beside this reply.
    pub reply: Option<Uuid>,
    /// Only about this category, or a standard that was in it when the need was put down.
    pub category: Option<&'a str>,
    /// Only about this standard.
    pub standard: Option<&'a str>,
    /// Only of this type.
    pub kind: Option<&'a str>,
    /// Only those that stand so.
    pub status: Option<&'a str>,
    /// Only those that are indicated and not over and that no project is about; or only the others.
    pub without_project: Option<bool>,
    /// Only this one.
    pub need: Option<Uuid>,
}

/// Needs in the order of their ids. What was dropped is not there.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
    sees: &NeedVisibility,
    filter: &Filter<'_>,
) -> sqlx::Result<PositionedRows<Vec<NeedRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h),
                seen as (
                    select n.need, n.party, n.reply, n.stated_at, o.is_own, coalesce(w.shared_with, 'nobody') as shared_with,
                           o.is_own and ($16 or ($17 and (select e.envelope::json #>> '{actor,role}' from log.event e
                                                          where e.position = n.since) in ('administrator', 'officer')))
                           as is_drafted_seen
                      from at
                      join views.need n on n.since <= at.position
                      left join views.need_sharing w on w.need = n.need and w.until is null
                     cross join lateral (
                           select $2 or (n.reply is null and coalesce(n.party = $3, false))
                                  or coalesce(n.reply = any($4), false) as is_own) o
                     where (o.is_own or w.shared_with = any($5))
                       and ($6::uuid is null or n.party = $6)
                       and ($7::uuid is null or n.reply = $7)
                       and ($12::uuid is null or n.need = $12)),
                listed as (
                    select n.need as id, n.party, p.code, n.reply, n.stated_at, a.about, m.projects, m.requests, n.is_own,
                           case when s.status = 'confirmed' and (m.projects <> '{}' or m.requests <> '{}') then 'matched'
                                else s.status end as status,
                           n.shared_with,
                           n.reply is not null and s.status <> 'drafted'
                           and not exists (select from views.submission b
                                            where b.reply = n.reply
                                              and log.holds(b.since, b.until, at.position)) as is_reply_withdrawn
                      from at
                     cross join seen n
                      join views.party p on p.party = n.party
                      join views.need_about a on a.need = n.need and log.holds(a.since, a.until, at.position)
                      join views.need_status s on s.need = n.need and log.holds(s.since, s.until, at.position)
                     cross join lateral (
                           select array(select l.project from views.project_plan l
                                          join views.project_status t on t.project = l.project
                                               and log.holds(t.since, t.until, at.position)
                                         where l.needs @> array[n.need]
                                           and log.holds(l.since, l.until, at.position) and t.status <> 'cancelled'
                                         order by l.project) as projects,
                                  array(select q.request from views.request q
                                          join views.request_status t on t.request = q.request
                                               and log.holds(t.since, t.until, at.position)
                                         where n.is_own and q.party = n.party and q.needs @> array[n.need]
                                           and t.status = 'accepted' order by q.request) as requests) m
                     where s.status <> 'dropped'
                       and (s.status <> 'drafted' or n.is_drafted_seen)
                       and ($8::text is null or a.category = $8)
                       and ($9::text is null or a.standard = $9)
                       and ($10::text is null or a.type = $10)
                       and ($13::uuid is null or n.need > $13)),
                -- when each was indicated: what happened to it before is told to those only who see drafts
                told as (
                    select n.need, n.party, n.is_own,
                           case when n.is_drafted_seen then 0
                                else (select min(s.since) from views.need_status s
                                       where s.need = n.need and s.status not in ('drafted', 'dropped')) end as since
                      from seen n)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select * from listed l
                        where ($11::text is null or l.status = $11)
                          and ($15::boolean is null
                               or $15 = (l.projects = '{}' and l.status in ('indicated', 'confirmed', 'matched')))
                        order by l.id limit $14) r) as "rows!: Json<Vec<NeedRow>>",
                  coalesce(greatest(
                           (select max(a.since) from told t join views.need_about a on a.need = t.need
                             where a.since >= t.since and a.since <= at.position),
                           (select max(s.since) from told t join views.need_status s on s.need = t.need
                             where s.since >= t.since and s.since <= at.position),
                           (select max(since) from views.project_plan where since <= at.position),
                           (select max(since) from views.project_status where since <= at.position),
                           (select max(s.since) from views.request q join views.request_status s on s.request = q.request
                             where s.since <= at.position
                               and exists (select from told t where t.is_own and t.party = q.party)),
                           -- what was shared with the reader and is not any more changes the list too
                           (select max(greatest(w.since, w.until)) from views.need_sharing w
                             where $2 or w.shared_with = any($5) or exists (select from told t where t.need = w.need))),
                           0) as "changed!"
             from at"#,
        number(part.as_of),
        sees.all,
        sees.alone,
        &sees.replies,
        &sees.shared,
        filter.party,
        filter.reply,
        filter.category,
        filter.standard,
        filter.kind,
        filter.status,
        filter.need,
        part.after,
        part.rows,
        filter.without_project,
        sees.drafts == Drafts::All,
        sees.drafts == Drafts::Entered
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// The reply that states a need; none where no reply does.
pub async fn stated_by(pool: &PgPool, need: Uuid) -> sqlx::Result<Option<Uuid>> {
    let found = sqlx::query_scalar!(
        "select reply from views.need where need = $1 and stated_at is not null",
        need
    )
    .fetch_optional(pool)
    .await?;
    Ok(found.flatten())
}

/// The projects that name a need, and the requests of its State that do, whatever became of them.
pub async fn named_in(pool: &PgPool, need: Uuid) -> sqlx::Result<(Vec<Uuid>, Vec<Uuid>)> {
    let found = sqlx::query!(
        r#"select array(select project from views.project_plan where needs @> array[$1::uuid] and until is null) as "projects!",
                  array(select q.request from views.need n join views.request q on q.party = n.party
                         where n.need = $1 and q.needs @> array[$1::uuid]) as "requests!""#,
        need
    )
    .fetch_one(pool)
    .await?;
    Ok((found.projects, found.requests))
}

/// The replies of a party, be there needs beside them or not: whether there are is not everybody's who sees the reply.
pub async fn replies_of(pool: &PgPool, party: Uuid) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!("select reply from views.reply where party = $1", party)
        .fetch_all(pool)
        .await
}

/// A type of need in the list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NeedTypeRow {
    /// Its code.
    pub code: String,
    /// What people read.
    pub label: Texts,
    /// The version of the list.
    pub version: i32,
}

/// The list of types of needs, in its order.
pub async fn types(
    pool: &PgPool,
    as_of: Option<u64>,
) -> sqlx::Result<PositionedRows<Vec<NeedTypeRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(t) - 'place' order by t.place), '[]') from (
                       select code, label, version, place from views.need_type
                        where log.holds(since, until, at.position)) t)
                  as "rows!: Json<Vec<NeedTypeRow>>",
                  coalesce((select max(since) from views.need_type where since <= at.position), 0) as "changed!"
             from at"#,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
