//! Projects, as they are listed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};
use crate::written;
use domain::money::Money;
use domain::project::Status;

/// A project in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ProjectItem)]
pub struct ProjectRow {
    /// Its id.
    pub id: Uuid,
    /// What it is called, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// proposed, funded, under_way, completed, cancelled
    pub status: domain::project::Status,
    /// Since which day it stands so.
    pub status_on: Date,
    /// Whether it is for a country after a conflict.
    pub post_conflict: bool,
    /// When it is to begin.
    pub starts_on: Option<Date>,
    /// When it is to end.
    pub ends_on: Option<Date>,
    /// What it is to cost, by currency. Never added up.
    #[schema(value_type = Vec<written::MoneyView>)]
    pub budget: Vec<Money>,
    /// How it stands with the resources that it is subject to: sought, secured, not_available
    pub resources: Option<domain::meeting::ResourcesState>,
    /// How much of money is there for it: none; pledged, which has not come yet; received, be it a part
    #[schema(value_type = written::Funds)]
    pub funds: String,
}

captioned!(ProjectRow.title);

/// Which projects.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProjectFilter {
    /// Only those that stand so: proposed, funded, under_way, completed, cancelled.
    #[param(value_type = Option<domain::project::Status>, inline)]
    pub status: Option<Status>,
    /// `true`: only those for a country after a conflict; `false`: only the others.
    #[param(value_type = Option<bool>)]
    pub post_conflict: Option<bool>,
    /// `true`: only those that are not over and for which no money was pledged or given; `false`: only the others.
    #[param(value_type = Option<bool>)]
    pub without_funds: Option<bool>,
    /// Only those for which money is so far: none, pledged, received.
    #[param(value_type = Option<written::Funds>, inline)]
    pub funds: Option<String>,
}

/// Projects in the order of their ids, which is that in which they were proposed.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
    filter: &ProjectFilter,
) -> sqlx::Result<PositionedRows<Vec<ProjectRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h),
                listed as (
                    select p.project as id, p.title, s.status, s.day as status_on, p.post_conflict, p.starts_on, p.ends_on,
                           (select coalesce(jsonb_agg(jsonb_build_object('amount', b.amount::text, 'currency', b.currency)
                                                      order by b.currency), '[]')
                              from views.project_budget b
                             where b.project = p.project and log.holds(b.since, b.until, at.position)) as budget,
                           (select r.resources from views.project_resources r
                             where r.project = p.project and log.holds(r.since, r.until, at.position)) as resources,
                           coalesce((select case when bool_or(cs.status = 'received') then 'received' else 'pledged' end
                                       from views.contribution c
                                       join views.contribution_status cs on cs.contribution = c.contribution
                                            and log.holds(cs.since, cs.until, at.position)
                                      where c.object = p.project and c.form = 'money' and cs.status <> 'cancelled'
                                        and log.holds(c.since, c.until, at.position)
                                     having count(*) > 0), 'none') as funds
                      from at
                      join views.project_plan p on log.holds(p.since, p.until, at.position)
                      join views.project_status s on s.project = p.project and log.holds(s.since, s.until, at.position))
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select * from listed l
                        where ($2::text is null or l.status = $2)
                          and ($3::boolean is null or l.post_conflict = $3)
                          and ($4::boolean is null
                               or $4 = (l.funds = 'none' and l.status not in ('completed', 'cancelled')))
                          and ($7::text is null or l.funds = $7)
                          and ($5::uuid is null or l.id > $5)
                        order by l.id limit $6) r) as "rows!: Json<Vec<ProjectRow>>",
                  coalesce(greatest(
                           (select max(since) from views.project_plan where since <= at.position),
                           (select max(since) from views.project_status where since <= at.position),
                           (select max(since) from views.project_resources where since <= at.position),
                           (select max(since) from views.contribution where since <= at.position),
                           (select max(since) from views.contribution_status where since <= at.position)), 0) as "changed!"
             from at"#,
        number(part.as_of),
        filter.status.map(Status::as_str),
        filter.post_conflict,
        filter.without_funds,
        part.after,
        part.rows,
        filter.funds.as_deref()
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
