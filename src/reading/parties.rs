//! Parties.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Found, Read, number};
use domain::{PartyId, Texts};

/// A party as of a position.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartyRow {
    /// Its id.
    pub id: Uuid,
    /// ISO 3166-1 alpha-3 for a State.
    pub code: String,
    /// What it is.
    pub kind: String,
    /// Its short name by language.
    pub names: Texts,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// M49.
    pub m49: Option<String>,
    /// Its regional group.
    pub regional_group: Option<String>,
    /// M49 region.
    pub region: Option<String>,
    /// M49 sub-region.
    pub sub_region: Option<String>,
    /// When it was admitted as a Member State.
    pub admitted: Option<String>,
}

/// Which parties.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only of this kind.
    pub kind: Option<String>,
    /// Only of this regional group.
    pub regional_group: Option<String>,
    /// Only with this code.
    pub code: Option<String>,
    /// Only codes after this one.
    pub after: Option<String>,
}

/// Parties in the order of their codes.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    filter: &Filter,
    rows: i64,
) -> sqlx::Result<Read<Vec<PartyRow>>> {
    sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.code), '[]') from (
                       select p.party as id, p.code, p.kind, p.names, p.iso2, p.m49, g.regional_group, p.region,
                              p.sub_region, p.admitted
                         from views.party p
                         join views.party_group g on g.party = p.party and log.holds(g.since, g.until, at.position)
                        where p.since <= at.position
                          and ($2::text is null or p.kind = $2)
                          and ($3::text is null or g.regional_group = $3)
                          and ($4::text is null or p.code = $4)
                          and ($5::text is null or p.code > $5 collate "C")
                        order by p.code limit $6) r) as "rows!: Json<Vec<PartyRow>>",
                  coalesce((select max(since) from views.party_group where since <= at.position), 0) as "changed!"
             from at"#,
        number(as_of),
        filter.kind,
        filter.regional_group,
        filter.code,
        filter.after,
        rows
    )
    .fetch_one(pool)
    .await
    .map(Read::from)
}

/// A party's short name by language, as it is now.
///
/// # Errors
/// The database does not answer.
pub async fn names(pool: &PgPool, party: PartyId) -> sqlx::Result<Option<Texts>> {
    let names = sqlx::query_scalar!(
        r#"select names as "names!: Json<Texts>" from views.party where party = $1"#,
        party.0
    );
    let names = names.fetch_optional(pool).await?;
    Ok(names.map(|Json(names)| names))
}
