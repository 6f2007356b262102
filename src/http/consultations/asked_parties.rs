//! Who was asked in a consultation, who answered and who did not: listed by name and counted by kind, never ranked.

use actix_web::{HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::consultations::access::visible;
use crate::http::handling::conditional::Tag;
use crate::http::handling::lookup::{At, ListLookup};
use crate::http::handling::page::Paging;
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::reading::consultations::{self as reading, AskedFilter, AskedKind, AskedRow};
use domain::ConsultationId;

/// Who was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedPage {
    /// How many were asked and answered, by kind: of all, not only of this page.
    kinds: Vec<AskedKind>,
    /// The parties, in the order of their codes.
    items: Vec<AskedView>,
    /// The `cursor` of the next page; null on the last one.
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
    kind: String,
    /// Its regional group on that day.
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

/// Who was asked in a consultation, who answered and who did not.
#[utoipa::path(tag = "consultations", params(AskedFilter, Paging, At), responses((status = 200, body = AskedPage)))]
#[get("/v1/consultations/{consultation}/parties")]
pub async fn list_asked_parties(
    list: ListLookup<AskedFilter>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    visible(&list.services, &list.caller, id).await?;
    let read = reading::asked(list.pool(), &list.part()?, id.0, &list.query).await?;
    let code = |row: &AskedRow| row.code.clone();
    let page = list.page(read.rows.parties, read.position, code, |row| AskedView {
        party: row.party,
        code: row.code,
        name: chosen(&row.names, list.languages()).1,
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
    Ok(list.answer(&Tag::Figure(read.changed, list.reader()), &view))
}
