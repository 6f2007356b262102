//! Who is proposed to be invited: whoever did the same the last time.

use sqlx::PgPool;
use uuid::Uuid;

/// Somebody who is proposed.
#[derive(Clone, Debug)]
pub struct ProposedRow {
    /// The party.
    pub party: Uuid,
    /// Its code.
    pub code: String,
    /// Who.
    pub person: Uuid,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The language that they read, as BCP 47 writes it.
    pub language: String,
}

/// The focal points of the last collection of the same instrument before this one, of the parties that are invited to this one and
/// have none here, in the order of codes. Not whoever was erased.
pub async fn focal_points(pool: &PgPool, collection: Uuid) -> sqlx::Result<Vec<ProposedRow>> {
    sqlx::query_as!(
        ProposedRow,
        r#"with last as (
               select before.collection
                 from views.collection this
                 join views.collection before on before.instrument = this.instrument and before.since < this.since
                where this.collection = $1 order by before.since desc limit 1)
           select i.party, p.code, d.id as person, d.name as "name!", d.email as "email!", d.language
             from last
             join views.focal_point f on f.collection = last.collection and f.until is null
             join directory.person d on d.id = f.person and d.erased_at is null
             join views.invitation i on i.collection = $1 and i.party = f.party
             join views.party p on p.party = i.party
            where not exists (select from views.focal_point here
                               where here.collection = $1 and here.party = i.party and here.until is null
                                 and here.person is not null)
            order by p.code"#,
        collection
    )
    .fetch_all(pool)
    .await
}

/// Those who commented in the last consultation on the same instrument before this one, for the parties that are asked in this
/// one, and do not comment here yet, in the order of codes. Not whoever was erased.
pub async fn commenters(pool: &PgPool, consultation: Uuid) -> sqlx::Result<Vec<ProposedRow>> {
    sqlx::query_as!(
        ProposedRow,
        r#"with last as (
               select before.consultation
                 from views.consultation this
                 join views.consultation before on before.instrument = this.instrument and before.round < this.round
                where this.consultation = $1 order by before.round desc limit 1)
           select a.party, p.code, d.id as person, d.name as "name!", d.email as "email!", d.language
             from last
             join views.commenter c on c.consultation = last.consultation and c.until is null
             join directory.person d on d.id = c.person and d.erased_at is null
             join views.asked_party a on a.consultation = $1 and a.party = c.party
             join views.party p on p.party = a.party
            where not exists (select from views.commenter here
                               where here.consultation = $1 and here.party = a.party and here.person = c.person
                                 and here.until is null)
            order by p.code, d.email"#,
        consultation
    )
    .fetch_all(pool)
    .await
}
