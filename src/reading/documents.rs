//! Documents, as they are listed: by symbol, or beside what they belong to.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};
use domain::document::DocumentKind;

/// A document in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = DocumentItem)]
pub struct DocumentRow {
    /// Its id.
    pub id: Uuid,
    /// Its symbol.
    pub symbol: String,
    /// Its title, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// The day that it bears.
    pub date: Date,
    /// What kind of document it is.
    pub kind: Option<domain::document::DocumentKind>,
    /// Where it can be read.
    pub url: Option<String>,
    /// How many links it has.
    pub links: i64,
}

captioned!(DocumentRow.title);

/// A document beside what it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = LinkedDocument)]
pub struct LinkedRow {
    /// Its id.
    pub id: Uuid,
    /// Its symbol.
    #[schema(example = "E/CN.15/2004/9")]
    pub symbol: String,
    /// Its title, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// The day that it bears.
    pub date: Date,
    /// before_the_meeting, outcome, report_of, progress_report, text_of, about
    #[serde(rename(serialize = "as"))]
    #[schema(rename = "as", value_type = domain::document::DocumentRelation)]
    pub relation: String,
}

captioned!(LinkedRow.title);

/// Which documents.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    /// Only with this symbol.
    pub symbol: Option<&'a str>,
    /// Only of this kind.
    pub kind: Option<DocumentKind>,
    /// Only those that are linked to something of this kind.
    pub target: Option<&'a str>,
    /// Only those that are linked to this.
    pub object: Option<Uuid>,
}

/// Documents in the order of their symbols.
pub async fn list(
    pool: &PgPool,
    part: &Part<String>,
    filter: &Filter<'_>,
) -> sqlx::Result<PositionedRows<Vec<DocumentRow>>> {
    let found = sqlx::query_as!(
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
        number(part.as_of),
        filter.symbol,
        filter.kind.map(DocumentKind::as_str),
        filter.target,
        filter.object,
        part.after.as_deref(),
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// The documents that are linked to something, in the order of their symbols.
pub async fn documents_linked_to(
    pool: &PgPool,
    as_of: Option<u64>,
    object: Uuid,
) -> sqlx::Result<PositionedRows<Vec<LinkedRow>>> {
    let found = sqlx::query_as!(
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
    .await?;
    Ok(found.into())
}
