//! Contributions, as they are listed: all, or those to one object.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Read, number, position};
use crate::domain::{Texts, Words};

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
    pub giver_kind: String,
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
    pub purpose: Option<String>,
    /// What it must be used for.
    pub earmarked: Option<Words>,
    /// The day of the pledge.
    pub pledged_on: String,
    /// pledged, received, cancelled
    pub status: String,
    /// Since which day it stands so.
    pub status_on: String,
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
    /// Only those after this one.
    pub after: Option<Uuid>,
}

/// Contributions in the order of their ids, which is that in which they were recorded.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    filter: &Filter<'_>,
    rows: i64,
) -> sqlx::Result<Read<Vec<ContributionRow>>> {
    let found = sqlx::query!(
        r#"select coalesce($1, h.position) as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select c.contribution as id, c.giver, p.code, p.names, c.giver_kind, c.recipient, c.object, c.form,
                              c.amount::text as amount, c.currency, c.person_months::text as person_months, c.purpose,
                              c.earmarked, c.pledged_on, s.status, s.day as status_on
                         from views.contribution c
                         join views.contribution_status s on s.contribution = c.contribution
                              and s.since <= coalesce($1, h.position)
                              and (s.until is null or s.until > coalesce($1, h.position))
                         join views.party p on p.party = c.giver
                        where ($2::uuid is null or c.giver = $2)
                          and ($3::text is null or c.recipient = $3)
                          and ($4::uuid is null or c.object = $4)
                          and ($5::text is null or c.form = $5)
                          and ($6::text is null or s.status = $6)
                          and ($7::uuid is null or c.contribution > $7)
                          and ($8::uuid is null or c.contribution = $8)
                        order by c.contribution limit $9) r) as "rows!: Json<Vec<ContributionRow>>",
                  coalesce((select max(since) from views.contribution_status where since <= coalesce($1, h.position)), 0)
                  as "changed!"
             from log.head h"#,
        number(as_of),
        filter.giver,
        filter.recipient,
        filter.object,
        filter.form,
        filter.status,
        filter.after,
        filter.id,
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
