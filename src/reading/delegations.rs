//! Delegations, as they are listed: by collection, for the Secretariat; by person, for whoever acts.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Found, Part, PositionedRows, number, position};

/// An invited party, and who acts for it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DelegationRow {
    /// The party.
    pub party: Uuid,
    /// Its code.
    pub code: String,
    /// The focal point who was named, by id; null where there is none.
    pub focal_point: Option<Uuid>,
    /// Whom its permanent mission nominates, by id; null where it nominates nobody, or somebody was named since.
    pub nominated: Option<Uuid>,
    /// How many contributors are admitted.
    pub contributors: u32,
    /// Whether it has begun its reply.
    pub begun: bool,
    /// Whether it has replied: submitted and not withdrawn.
    pub replied: bool,
}

/// What somebody does for a party in a collection.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Office {
    /// The collection.
    pub collection: Uuid,
    /// The party.
    pub party: Uuid,
    /// The party's code.
    pub code: String,
    /// `focal_point` or `contributor`.
    #[schema(value_type = access::Role)]
    pub role: String,
    /// A contributor's sections; null for a focal point, who has all.
    pub sections: Option<Vec<String>>,
    /// Since which position.
    pub since: u64,
}

/// The invited parties of a collection with their delegations, in the order of codes.
pub async fn list(
    pool: &PgPool,
    part: &Part<String>,
    collection: Uuid,
    nominated: Option<bool>,
) -> sqlx::Result<PositionedRows<Vec<DelegationRow>>> {
    let found = sqlx::query_file_as!(
        Found,
        "src/reading/delegations.sql",
        number(part.as_of),
        collection,
        part.after.as_deref(),
        part.rows,
        nominated
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// In which collection a person was last named the focal point of a party, be it so still or not.
pub async fn last_named(pool: &PgPool, party: Uuid, person: Uuid) -> sqlx::Result<Option<Uuid>> {
    sqlx::query_scalar!(
        "select collection from views.focal_point where party = $1 and person = $2 order by since desc limit 1",
        party,
        person
    )
    .fetch_optional(pool)
    .await
}

/// Somebody who had an office once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormerOfficer {
    /// Who.
    pub person: Uuid,
    /// Whether as a contributor, and not as the focal point.
    pub is_contributor: bool,
}

/// Who had an office of a party's in a collection once, and holds none of its kind of the party's any more.
pub async fn former_officers(
    pool: &PgPool,
    collection: Uuid,
    party: Uuid,
) -> sqlx::Result<Vec<FormerOfficer>> {
    sqlx::query_as!(
        FormerOfficer,
        r#"select f.person as "person!", false as "is_contributor!" from views.focal_point f
            where f.collection = $1 and f.party = $2 and f.person is not null
              and not access.stands('focal_point', f.party, f.person)
           union
           select c.person, true from views.contributor c
            where c.collection = $1 and c.party = $2 and not access.stands('contributor', c.party, c.person)"#,
        collection,
        party
    )
    .fetch_all(pool)
    .await
}

/// Who commented for a party in a consultation once, and comments for it nowhere any more.
pub async fn former_commenters(
    pool: &PgPool,
    consultation: Uuid,
    party: Uuid,
) -> sqlx::Result<Vec<Uuid>> {
    sqlx::query_scalar!(
        "select distinct person from views.commenter
          where consultation = $1 and party = $2 and not access.stands('commenter', party, person)",
        consultation,
        party
    )
    .fetch_all(pool)
    .await
}

/// In which consultations a person comments now, and for which parties.
pub async fn rounds_of_commenter(pool: &PgPool, person: Uuid) -> sqlx::Result<Vec<(Uuid, Uuid)>> {
    let rows = sqlx::query!(
        "select consultation, party from views.commenter where person = $1 and until is null order by since",
        person
    )
    .fetch_all(pool)
    .await?;
    let rounds = rows.into_iter().map(|row| (row.consultation, row.party));
    Ok(rounds.collect())
}

/// What a person does, everywhere, now.
pub async fn of_person(pool: &PgPool, person: Uuid) -> sqlx::Result<Vec<Office>> {
    let rows = sqlx::query!(
        r#"select o.collection as "collection!", o.party as "party!", p.code, o.role as "role!", o.sections,
                  o.since as "since!"
             from (select collection, party, 'focal_point' as role, null::text[] as sections, since
                     from views.focal_point where person = $1 and until is null
                   union all
                   select collection, party, 'contributor', sections, since
                     from views.contributor where person = $1 and until is null) as o
             join views.party p on p.party = o.party
            order by o.since"#,
        person
    )
    .fetch_all(pool)
    .await?;
    let offices = rows.into_iter().map(|row| Office {
        collection: row.collection,
        party: row.party,
        code: row.code,
        role: row.role,
        sections: row.sections,
        since: position(row.since),
    });
    Ok(offices.collect())
}
