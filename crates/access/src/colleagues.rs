//! What colleagues are called by whoever invited them. The directory may know them by another name, which is not told to a party
//! that only typed an address.

use std::collections::HashMap;

use sqlx::{PgConnection, PgPool};

use domain::{CollectionId, PartyId, PersonId};

/// Notes what a colleague is called.
///
/// # Errors
/// The database does not answer.
pub async fn note(
    pool: &PgPool,
    (collection, party): (CollectionId, PartyId),
    person: PersonId,
    name: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into access.colleague_name (collection, party, person, name) values ($1, $2, $3, $4)
         on conflict (collection, party, person) do update set name = excluded.name",
        collection.0,
        party.0,
        person.0,
        name
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// What the colleagues of a party in a collection are called.
///
/// # Errors
/// The database does not answer.
pub async fn names(
    pool: &PgPool,
    (collection, party): (CollectionId, PartyId),
) -> sqlx::Result<HashMap<PersonId, String>> {
    let rows = sqlx::query!(
        "select person, name from access.colleague_name where collection = $1 and party = $2",
        collection.0,
        party.0
    );
    let rows = rows.fetch_all(pool).await?;
    Ok(rows
        .into_iter()
        .map(|row| (PersonId(row.person), row.name))
        .collect())
}

/// Forgets what a person is called.
///
/// # Errors
/// The database does not answer.
pub(super) async fn forget(connection: &mut PgConnection, person: PersonId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from access.colleague_name where person = $1",
        person.0
    )
    .execute(connection)
    .await?;
    Ok(())
}
