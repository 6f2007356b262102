//! Meetings, as they are listed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::caption::{Caption, captioned};
use super::{Found, Part, PositionedRows, number};
use crate::written;
use domain::meeting::{MeetingKind, Status};

/// A meeting in a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = MeetingItem)]
pub struct MeetingRow {
    /// Its id.
    pub id: Uuid,
    /// expert_group, intersessional, commission_session, congress
    pub kind: domain::meeting::MeetingKind,
    /// What it is called, in the language `lang`.
    #[schema(value_type = String)]
    pub title: Caption,
    /// The language of `title`.
    pub lang: Option<domain::Lang>,
    /// The number of the session or the Congress.
    pub session: Option<i32>,
    /// Its first day.
    pub starts_on: Date,
    /// Its last day.
    pub ends_on: Date,
    /// convened, held, concluded, cancelled
    pub status: domain::meeting::Status,
    /// The codes of the categories that it is about.
    pub categories: Vec<String>,
    /// The operative paragraph of resolution 2004/28 that asks for it.
    pub mandate: Option<i32>,
    /// How it stands with the extrabudgetary resources that it is subject to: sought, secured, not_available; null where
    /// that is not on record.
    pub resources: Option<domain::meeting::ResourcesState>,
}

captioned!(MeetingRow.title);

/// Which meetings.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MeetingFilter {
    /// Only of this kind: expert_group, intersessional, commission_session, congress.
    #[param(value_type = Option<domain::meeting::MeetingKind>, inline)]
    pub kind: Option<MeetingKind>,
    /// Only with this number of a session or Congress.
    #[param(value_type = Option<u16>, maximum = 65535)]
    pub session: Option<u16>,
    /// Only those that stand so: convened, held, concluded, cancelled.
    #[param(value_type = Option<domain::meeting::Status>, inline)]
    pub status: Option<Status>,
    /// Only those about this category.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    pub category: Option<String>,
}

/// Meetings in the order of their ids, which is that of their convening.
pub async fn list(
    pool: &PgPool,
    part: &Part<Uuid>,
    filter: &MeetingFilter,
) -> sqlx::Result<PositionedRows<Vec<MeetingRow>>> {
    let found = sqlx::query_as!(
        Found,
        r#"with at as (select coalesce($1, h.position) as position from log.head h)
           select at.position as "position!",
                  (select coalesce(jsonb_agg(to_jsonb(r) order by r.id), '[]') from (
                       select m.meeting as id, m.kind, m.title, m.session, d.starts_on, d.ends_on, s.status, m.categories,
                              m.mandate, e.resources
                         from views.meeting m
                         join views.meeting_status s on s.meeting = m.meeting and log.holds(s.since, s.until, at.position)
                         join views.meeting_days d on d.meeting = m.meeting and log.holds(d.since, d.until, at.position)
                         left join views.meeting_resources e on e.meeting = m.meeting
                              and log.holds(e.since, e.until, at.position)
                        where m.since <= at.position
                          and ($2::text is null or m.kind = $2)
                          and ($3::int is null or m.session = $3)
                          and ($4::text is null or s.status = $4)
                          and ($5::text is null or $5 = any(m.categories))
                          and ($6::uuid is null or m.meeting > $6)
                        order by m.meeting limit $7) r) as "rows!: Json<Vec<MeetingRow>>",
                  coalesce(greatest(
                           (select max(since) from views.meeting_status where since <= at.position),
                           (select max(since) from views.meeting_days where since <= at.position),
                           (select max(since) from views.meeting_resources where since <= at.position)), 0)
                  as "changed!"
             from at"#,
        number(part.as_of),
        filter.kind.map(MeetingKind::as_str),
        filter.session.map(i32::from),
        filter.status.map(Status::as_str),
        filter.category.as_deref(),
        part.after,
        part.rows
    )
    .fetch_one(pool)
    .await?;
    Ok(found.into())
}
