//! Categories and standards.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::ToSchema;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};
use domain::Lang;

/// A category of standards and norms.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CategoryView)]
pub struct CategoryRow {
    /// I, II, III, IV.
    pub code: String,
    /// What it covers, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<Lang>,
    /// How many standards are in it.
    pub standards: i64,
}

captioned!(CategoryRow.title);

/// A standard or norm.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StandardView)]
pub struct StandardRow {
    /// Its code.
    #[schema(example = "bangkok-rules")]
    pub code: String,
    /// The category that it is in.
    pub category: String,
    /// Its title, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<Lang>,
    /// The resolutions that adopted it, as people cite them.
    pub adopted_by: String,
    /// Their years.
    pub years: Vec<i32>,
    /// `cited`, or `unconfirmed`: nobody has checked the resolution's number.
    pub confidence: domain::classification::Confidence,
}

captioned!(StandardRow.title);

/// A version of the classification.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = VersionItem)]
pub struct VersionRow {
    /// 1, 2, 3.
    pub version: i64,
    /// What it is called, in the language `lang`; null for the first, which was there from the start.
    #[schema(value_type = Option<String>)]
    pub title: Option<Caption>,
    /// The language of `title`.
    pub lang: Option<Lang>,
    /// The day from which it holds; null for the first.
    pub on: Option<jiff::civil::Date>,
    /// The position at which it begins.
    #[serde(rename(deserialize = "since"))]
    pub position: u64,
}

impl VersionRow {
    /// The same, in the language of a reader of these.
    pub fn told(mut self, languages: &[Lang]) -> Self {
        let title = self.title.as_mut();
        self.lang = title.and_then(|title| title.choose(languages));
        self
    }
}

/// The versions after the first, in their order.
pub async fn versions(
    pool: &PgPool,
    as_of: Option<u64>,
) -> sqlx::Result<PositionedRows<Vec<VersionRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.version), '[]') from (
                       select version, title, day as "on", since from views.classification_version
                        where since <= at.position) r) as "rows!: Json<Vec<VersionRow>>",
                  coalesce((select max(since) from views.classification_version
                             where since <= at.position), 0) as "changed!"
             from at"#,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// All categories in the order in which they were added.
pub async fn categories(
    pool: &PgPool,
    as_of: Option<u64>,
) -> sqlx::Result<PositionedRows<Vec<CategoryRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) - 'since' order by r.since), '[]') from (
                       select c.code, t.title, c.since,
                              (select count(*) from views.standard_category g
                                where g.category = c.code and log.holds(g.since, g.until, at.position)) as standards
                         from views.category c
                         join views.category_title t on t.code = c.code and log.holds(t.since, t.until, at.position)) r)
                  as "rows!: Json<Vec<CategoryRow>>",
                  coalesce(greatest(
                           (select max(since) from views.category_title where since <= at.position),
                           (select max(until) from views.category_title where until <= at.position),
                           (select max(since) from views.standard_category where since <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(as_of)
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}

/// Standards in the order of their codes, of one category or of all.
pub async fn standards(
    pool: &PgPool,
    part: &Part<String>,
    category: Option<&str>,
) -> sqlx::Result<PositionedRows<Vec<StandardRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.code), '[]') from (
                       select s.code, g.category, s.title, s.adopted_by, s.years, s.confidence
                         from views.standard s
                         join views.standard_category g on g.code = s.code and log.holds(g.since, g.until, at.position)
                        where ($2::text is null or g.category = $2)
                          and ($3::text is null or s.code > $3 collate "C")
                        order by s.code limit $4) r) as "rows!: Json<Vec<StandardRow>>",
                  coalesce((select max(since) from views.standard_category where since <= at.position), 0)
                  as "changed!"
             from at"#,
        number(part.as_of),
        category,
        part.after.as_deref(),
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
