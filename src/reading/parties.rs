//! Parties.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Found, Part, PositionedRows, number};
use domain::party::{PartyKind, RegionalGroup};
use domain::{Lang, PartyId, Texts};

/// A party.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PartyView)]
pub struct PartyRow {
    /// Its id, made from its code.
    pub id: Uuid,
    /// ISO 3166-1 alpha-3 for a State; 2 to 20 of A-Z, 0-9 and hyphen otherwise.
    #[schema(example = "FIN")]
    pub code: String,
    /// member_state, observer_state, igo, ngo, programme_institute, un_entity, secretariat
    pub kind: domain::party::PartyKind,
    /// Its short name, in the language `lang`.
    #[serde(default)]
    #[schema(required = true)]
    pub name: String,
    /// The language of `name`.
    pub lang: Option<Lang>,
    /// Its short name in every language.
    pub names: Texts,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// M49: three digits.
    pub m49: Option<String>,
    /// african, asia-pacific, eastern-european, grulac, weog; null: of no group
    pub regional_group: Option<domain::party::RegionalGroup>,
    /// M49 region.
    pub region: Option<String>,
    /// M49 sub-region.
    pub sub_region: Option<String>,
    /// When it was admitted as a Member State.
    pub admitted: Option<jiff::civil::Date>,
}

impl PartyRow {
    /// The same, in the language of a reader of these.
    pub fn told(mut self, languages: &[Lang]) -> Self {
        if let Some((lang, name)) = self.names.pick(languages) {
            self.lang = Some(lang);
            self.name = name.to_owned();
        }
        self
    }
}

/// Which parties.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PartyFilter {
    /// Only parties of this kind.
    #[param(value_type = Option<domain::party::PartyKind>, inline)]
    pub kind: Option<PartyKind>,
    /// Only parties of this regional group.
    #[param(value_type = Option<domain::party::RegionalGroup>, inline)]
    pub regional_group: Option<RegionalGroup>,
}

/// Parties in the order of their codes.
pub async fn list(
    pool: &PgPool,
    part: &Part<String>,
    filter: &PartyFilter,
) -> sqlx::Result<PositionedRows<Vec<PartyRow>>> {
    let found = sqlx::query_as!(
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
                          and ($4::text is null or p.code > $4 collate "C")
                        order by p.code limit $5) r) as "rows!: Json<Vec<PartyRow>>",
                  coalesce((select max(since) from views.party_group where since <= at.position), 0) as "changed!"
             from at"#,
        number(part.as_of),
        filter.kind.map(PartyKind::as_str),
        filter.regional_group.map(RegionalGroup::as_str),
        part.after.as_deref(),
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// A party's short name by language, as it is now.
pub async fn names(pool: &PgPool, party: PartyId) -> sqlx::Result<Option<Texts>> {
    let names = sqlx::query_scalar!(
        r#"select names as "names!: Json<Texts>" from views.party where party = $1"#,
        party.0
    );
    let names = names.fetch_optional(pool).await?;
    Ok(names.map(|Json(names)| names))
}

/// The short names of these parties by language, as they are now.
pub async fn names_of(pool: &PgPool, parties: &[Uuid]) -> sqlx::Result<HashMap<Uuid, Texts>> {
    let found = sqlx::query!(
        r#"select party, names as "names!: Json<Texts>" from views.party where party = any($1)"#,
        parties
    );
    let found = found.fetch_all(pool).await?;
    let named = found.into_iter().map(|row| (row.party, row.names.0));
    Ok(named.collect())
}
