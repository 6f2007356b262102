//! Materials kept under review, as they are listed.

use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};
use crate::written;
use domain::material::{MaterialKind, Status};

/// A material in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MaterialItem)]
pub struct MaterialRow {
    /// Its id.
    pub id: Uuid,
    /// manual, model_law
    pub kind: domain::material::MaterialKind,
    /// What it is called, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// The codes of the standards that it is about.
    pub standards: Vec<String>,
    /// under_review, revised, issued
    pub status: domain::material::Status,
    /// Since which day it stands so.
    pub status_on: jiff::civil::Date,
    /// How it stands with the resources that it is subject to: sought, secured, not_available
    pub resources: Option<domain::meeting::ResourcesState>,
}

captioned!(MaterialRow.title);

/// Which materials.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MaterialFilter {
    /// Only of this kind: manual, model_law.
    #[param(value_type = Option<domain::material::MaterialKind>, inline)]
    pub kind: Option<MaterialKind>,
    /// Only those that stand so: under_review, revised, issued.
    #[param(value_type = Option<domain::material::Status>, inline)]
    pub status: Option<Status>,
    /// Only those about the standard with this code.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    pub standard: Option<String>,
}

/// Materials in the order of their ids, which is that in which they were taken up.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
    filter: &MaterialFilter,
) -> sqlx::Result<PositionedRows<Vec<MaterialRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select m.material as id, m.kind, k.title, k.standards, s.status, s.day as status_on,
                              (select r.resources from views.material_resources r
                                where r.material = m.material and log.holds(r.since, r.until, at.position)) as resources
                         from views.material m
                         join views.material_subject k on k.material = m.material and log.holds(k.since, k.until, at.position)
                         join views.material_status s on s.material = m.material and log.holds(s.since, s.until, at.position)
                        where ($2::text is null or m.kind = $2)
                          and ($3::text is null or s.status = $3)
                          and ($4::text is null or $4 = any(k.standards))
                          and ($5::uuid is null or m.material > $5)
                        order by m.material limit $6) r) as "rows!: Json<Vec<MaterialRow>>",
                  coalesce(greatest(
                           (select max(since) from views.material_subject where since <= at.position),
                           (select max(since) from views.material_status where since <= at.position),
                           (select max(since) from views.material_resources where since <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(part.as_of),
        filter.kind.map(MaterialKind::as_str),
        filter.status.map(Status::as_str),
        filter.standard.as_deref(),
        part.after,
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
