//! Documents, as they are listed: by symbol, or beside what they belong to.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{Found, Read, number};
use domain::Texts;

/// A document in a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Its id, made from its symbol.
    pub id: Uuid,
    /// Its symbol.
    pub symbol: String,
    /// Its title.
    pub title: Texts,
    /// The day that it bears.
    pub date: String,
    /// What kind of document it is.
    pub kind: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// How many links it has.
    pub links: i64,
}

/// A document beside something that it is linked to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LinkedRow {
    /// Its id.
    pub id: Uuid,
    /// Its symbol.
    pub symbol: String,
    /// Its title.
    pub title: Texts,
    /// The day that it bears.
    pub date: String,
    /// How it is linked.
    pub relation: String,
}

/// Which documents.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Only with this symbol.
    pub symbol: Option<&'a str>,
    /// Only of this kind.
    pub kind: Option<&'a str>,
    /// Only those that are linked to something of this kind.
    pub target: Option<&'a str>,
    /// Only those that are linked to this.
    pub object: Option<Uuid>,
    /// Only symbols after this one.
    pub after: Option<&'a str>,
}

/// Documents in the order of their symbols.
///
/// # Errors
/// The database does not answer.
pub async fn list(
    pool: &PgPool,
    as_of: Option<u64>,
    filter: &Filter<'_>,
    rows: i64,
) -> sqlx::Result<Read<Vec<DocumentRow>>> {
    sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.symbol), '[]') from (
                       select d.document as id, d.symbol, t.title, t.day as date, t.kind, t.url,
                              (select count(*) from views.document_link l
                                where l.document = d.document and log.holds(l.since, l.until, at.position)) as links
                         from views.document d
                         join views.document_particulars t on t.document = d.document
                              and log.holds(t.since, t.until, at.position)
                        where d.since <= at.position
                          and ($2::text is null or d.symbol = $2)
                          and ($3::text is null or t.kind = $3)
                          and ($4::text is null or exists (
                               select from views.document_link l
                                where l.document = d.document and l.target = $4 and l.object = $5
                                  and log.holds(l.since, l.until, at.position)))
                          and ($6::text is null or d.symbol > $6 collate "C")
                        order by d.symbol limit $7) r) as "rows!: Json<Vec<DocumentRow>>",
                  coalesce(greatest(
                           (select max(since) from views.document_particulars where since <= at.position),
                           (select max(since) from views.document_link where since <= at.position),
                           (select max(until) from views.document_link where until <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(as_of),
        filter.symbol,
        filter.kind,
        filter.target,
        filter.object,
        filter.after,
        rows
    )
    .fetch_one(pool)
    .await
    .map(Read::from)
}

/// The documents that are linked to something, in the order of their symbols.
///
/// # Errors
/// The database does not answer.
pub async fn beside(
    pool: &PgPool,
    as_of: Option<u64>,
    object: Uuid,
) -> sqlx::Result<Read<Vec<LinkedRow>>> {
    sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.symbol, r.relation), '[]') from (
                       select d.document as id, d.symbol, t.title, t.day as date, l.relation
                         from views.document_link l
                         join views.document d on d.document = l.document
                         join views.document_particulars t on t.document = l.document
                              and log.holds(t.since, t.until, at.position)
                        where l.object = $2 and log.holds(l.since, l.until, at.position)) r)
                  as "rows!: Json<Vec<LinkedRow>>",
                  coalesce(greatest(
                           (select max(since) from views.document_link
                             where object = $2 and since <= at.position),
                           (select max(until) from views.document_link
                             where object = $2 and until <= at.position),
                           (select max(t.since) from views.document_particulars t
                             where t.since <= at.position and t.document in (
                                   select document from views.document_link
                                    where object = $2 and since <= at.position))), 0) as "changed!"
             from at"#,
        number(as_of),
        object
    )
    .fetch_one(pool)
    .await
    .map(Read::from)
}
