//! Requests for assistance, as they are listed, with the projects that answer them.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caption::Caption;
use super::{Found, Part, PositionedRows, number};
use domain::Lang;

/// A request in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RequestItem)]
pub struct RequestRow {
    /// Its id.
    pub id: Uuid,
    /// The code of the State that asks.
    #[serde(rename(deserialize = "code"))]
    pub party: String,
    /// The State's short name.
    #[serde(rename(deserialize = "names"))]
    #[schema(value_type = String)]
    pub name: Caption,
    /// Its needs that the assistance is to meet.
    pub needs: Vec<Uuid>,
    /// The day of the request.
    pub made_on: jiff::civil::Date,
    /// made, accepted, declined, withdrawn; `answered` where it is accepted and a project names it
    pub status: domain::request::Status,
    /// The projects, not cancelled, that answer it.
    pub projects: Vec<Uuid>,
}

impl RequestRow {
    /// The same, in the language of a reader of these.
    pub fn told(mut self, languages: &[Lang]) -> Self {
        self.name.choose(languages);
        self
    }
}

/// Which requests.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Only this one.
    pub id: Option<Uuid>,
    /// Only those of this State.
    pub party: Option<Uuid>,
    /// Only those that stand so.
    pub status: Option<&'a str>,
    /// Only those that are made or accepted and that no project answers; or only the others.
    pub without_project: Option<bool>,
}

/// Requests in the order of their ids, which is that in which they were made.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
    filter: &Filter<'_>,
) -> sqlx::Result<PositionedRows<Vec<RequestRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h),
                listed as (
                    select q.request as id, q.party, p.code, p.names, q.needs, q.made_on, a.projects,
                           case when s.status = 'accepted' and a.projects <> '{}' then 'answered' else s.status end as status
                      from at
                      join views.request q on q.since <= at.position
                      join views.request_status s on s.request = q.request and log.holds(s.since, s.until, at.position)
                      join views.party p on p.party = q.party
                     cross join lateral (
                           select array(select n.project from views.project_plan n
                                          join views.project_status t on t.project = n.project
                                               and log.holds(t.since, t.until, at.position)
                                         where n.requests @> array[q.request]
                                           and log.holds(n.since, n.until, at.position) and t.status <> 'cancelled'
                                         order by n.project) as projects) a
                     where ($2::uuid is null or q.request = $2) and ($3::uuid is null or q.party = $3))
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select * from listed l
                        where ($4::text is null or l.status = $4)
                          and ($5::boolean is null
                               or $5 = (l.projects = '{}' and l.status in ('made', 'accepted')))
                          and ($6::uuid is null or l.id > $6)
                        order by l.id limit $7) r) as "rows!: Json<Vec<RequestRow>>",
                  coalesce(greatest(
                           (select max(since) from views.request_status where since <= at.position),
                           (select max(since) from views.project_plan where since <= at.position),
                           (select max(since) from views.project_status where since <= at.position)), 0) as "changed!"
             from at"#,
        number(part.as_of),
        filter.id,
        filter.party,
        filter.status,
        filter.without_project,
        part.after,
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
