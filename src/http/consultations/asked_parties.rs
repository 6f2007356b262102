//! Who was asked in a consultation, who answered and who did not: listed by name and counted by kind, never ranked.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::consultations::access::visible;
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::Slice;
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::consultations::{self as reading, AskedKind};
use domain::ConsultationId;
use domain::party::PartyKind;

/// Who was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedPage {
    /// How many were asked and answered, by kind: of all, not only of this page.
    kinds: Vec<AskedKind>,
    /// The parties, in the order of their codes.
    items: Vec<AskedView>,
    /// The `cursor` of the next page; null on the last one.
    #[schema(value_type = Option<written::Cursor>)]
    next: Option<String>,
    /// The position that the list was read at.
    position: u64,
}

/// A party that was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedView {
    /// The party.
    party: Uuid,
    /// Its code.
    code: String,
    /// Its name.
    name: String,
    /// Its kind on the day on which it was asked.
    #[schema(value_type = domain::party::PartyKind)]
    kind: String,
    /// Its regional group on that day.
    #[schema(value_type = Option<domain::party::RegionalGroup>)]
    regional_group: Option<String>,
    /// The position at which it was asked.
    position: i64,
    /// Whether it made a comment that it did not take back.
    answered: bool,
    /// How many.
    comments: i64,
    /// Whether the first of them came after the deadline.
    late: bool,
}

/// Which parties.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListAskedParties {
    /// Only those of this kind.
    #[param(value_type = Option<domain::party::PartyKind>, inline)]
    kind: Option<String>,
    /// `true`: only those who answered; `false`: only those who did not.
    #[param(value_type = Option<bool>)]
    answered: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Who was asked in a consultation, who answered and who did not.
#[utoipa::path(tag = "consultations", params(ListAskedParties), responses((status = 200, body = AskedPage)))]
#[get("/v1/consultations/{consultation}/parties")]
pub async fn list_asked_parties(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<ConsultationId>,
    Query(asked): Query<ListAskedParties>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    visible(&services, &caller, id).await?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let kind: Option<PartyKind> = query::parse("kind", asked.kind.as_deref())?;
    let answered: Option<bool> = query::parse("answered", asked.answered.as_deref())?;
    let read = reading::asked(
        services.log().pool(),
        as_of.map(|head| head.position),
        id.0,
        kind.map(PartyKind::as_str),
        answered,
        slice.after.as_deref(),
        slice.rows(),
    )
    .await?;
    let page = slice
        .page(read.rows.parties, read.position, |row| row.code.clone())
        .map(|row| AskedView {
            party: row.party,
            code: row.code,
            name: chosen(&row.names, &caller.languages).1,
            kind: row.kind,
            regional_group: row.regional_group,
            position: row.since,
            answered: row.comments > 0,
            comments: row.comments,
            late: row.late,
        });
    let view = AskedPage {
        kinds: read.rows.kinds,
        items: page.items,
        next: page.next,
        position: page.position,
    };
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &view))
}
