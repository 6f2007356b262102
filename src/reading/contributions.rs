//! Contributions, as they are listed: all, or those to one object; and what they come to, currency by currency.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Found, Part, PositionedRows, number};
use crate::written;
use domain::{Texts, Words};

/// A contribution.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ContributionRow {
    /// Its id.
    pub id: Uuid,
    /// The giver's id.
    pub giver: Uuid,
    /// The giver's code.
    pub code: String,
    /// The giver's short name.
    pub names: Texts,
    /// The giver's kind on the day of the pledge.
    pub giver_kind: domain::party::PartyKind,
    /// office, meeting, project
    pub recipient: String,
    /// The meeting or the project.
    pub object: Option<Uuid>,
    /// money, staff, in_kind
    pub form: String,
    /// How much money.
    pub amount: Option<String>,
    /// In which currency.
    pub currency: Option<String>,
    /// How many persons for how many months.
    pub person_months: Option<String>,
    /// What help in kind is for.
    pub purpose: Option<domain::contribution::Purpose>,
    /// What it must be used for.
    pub earmarked: Option<Words>,
    /// The day of the pledge.
    pub pledged_on: Date,
    /// pledged, received, cancelled
    pub status: domain::contribution::Status,
    /// Since which day it stands so.
    pub status_on: Date,
}

/// Which contributions.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Only this one.
    pub id: Option<Uuid>,
    /// Only those of this party.
    pub giver: Option<Uuid>,
    /// Only those for the Office, for meetings, or for projects.
    pub recipient: Option<&'a str>,
    /// Only those for this meeting or project.
    pub object: Option<Uuid>,
    /// Only money, staff or help in kind.
    pub form: Option<&'a str>,
    /// Only those that stand so.
    pub status: Option<&'a str>,
}

/// Contributions in the order of their ids, which is that in which they were recorded.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
    filter: &Filter<'_>,
) -> sqlx::Result<PositionedRows<Vec<ContributionRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select c.contribution as id, c.giver, p.code, p.names, c.giver_kind, c.recipient, c.object, c.form,
                              c.amount::text as amount, c.currency, c.person_months::text as person_months, c.purpose,
                              c.earmarked, c.pledged_on, s.status,
                              case s.status when 'pledged' then c.pledged_on else s.day end as status_on
                         from views.contribution c
                         join views.contribution_status s on s.contribution = c.contribution
                              and log.holds(s.since, s.until, at.position)
                         join views.party p on p.party = c.giver
                        where log.holds(c.since, c.until, at.position)
                          and ($2::uuid is null or c.giver = $2)
                          and ($3::text is null or c.recipient = $3)
                          and ($4::uuid is null or c.object = $4)
                          and ($5::text is null or c.form = $5)
                          and ($6::text is null or s.status = $6)
                          and ($7::uuid is null or c.contribution > $7)
                          and ($8::uuid is null or c.contribution = $8)
                        order by c.contribution limit $9) r) as "rows!: Json<Vec<ContributionRow>>",
                  coalesce(greatest(
                           (select max(since) from views.contribution where since <= at.position),
                           (select max(since) from views.contribution_status where since <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(part.as_of),
        filter.giver,
        filter.recipient,
        filter.object,
        filter.form,
        filter.status,
        part.after,
        filter.id,
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// Money in one currency. Amounts in different currencies are never added up.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MoneyTotal)]
pub struct TotalRow {
    /// Its ISO 4217 code.
    #[schema(value_type = written::CurrencyCode, example = "EUR")]
    pub currency: String,
    /// What is pledged and has not come yet: a decimal.
    #[schema(example = "15000")]
    pub pledged: String,
    /// What was received: a decimal.
    #[schema(example = "65000.5")]
    pub received: String,
}

/// The money of contributions in the order of their currencies, over which nothing is added up: to the Office, to meetings or to
/// projects (`recipient`), or to one of these (`object`).
pub async fn totals(
    pool: &PgPool,
    as_of: Option<u64>,
    recipient: Option<&str>,
    object: Option<Uuid>,
) -> sqlx::Result<PositionedRows<Vec<TotalRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(t) order by t.currency), '[]') from (
                       select c.currency,
                              trim_scale(coalesce(sum(c.amount) filter (where s.status = 'pledged'), 0))::text as pledged,
                              trim_scale(coalesce(sum(c.amount) filter (where s.status = 'received'), 0))::text as received
                         from views.contribution c
                         join views.contribution_status s on s.contribution = c.contribution
                              and log.holds(s.since, s.until, at.position)
                        where log.holds(c.since, c.until, at.position)
                          and c.form = 'money' and s.status <> 'cancelled'
                          and ($2::text is null or c.recipient = $2)
                          and ($3::uuid is null or c.object = $3)
                        group by c.currency) t) as "rows!: Json<Vec<TotalRow>>",
                  coalesce(greatest(
                           (select max(since) from views.contribution where since <= at.position),
                           (select max(since) from views.contribution_status where since <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(as_of),
        recipient,
        object
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// The codes of the parties that give to a meeting or a project, in whatever form, and have not taken that back.
pub async fn givers(pool: &PgPool, as_of: Option<u64>, object: Uuid) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select distinct p.code as "code!"
             from at
             join views.contribution c on c.object = $2 and log.holds(c.since, c.until, at.position)
             join views.contribution_status s on s.contribution = c.contribution and log.holds(s.since, s.until, at.position)
             join views.party p on p.party = c.giver
            where s.status <> 'cancelled'
            order by 1"#,
        number(as_of),
        object
    )
    .fetch_all(pool)
    .await
}
