//! Who was asked in a consultation, who answered and who did not: listed by name and counted by kind, never ranked.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::conditional::Tag;
use crate::http::handling::lookup::{At, ListLookup};
use crate::http::handling::page::Paging;
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::rights::consultation::visible;
use crate::reading::consultations::{self as reading, AskedFilter, AskedKind, AskedRow};
use crate::written;
use domain::ConsultationId;

/// Who was asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct AskedPage {
    /// How many were asked and answered, by kind: of all, not only of this page.
    kinds: Vec<AskedKind>,
    /// The parties, in the order of their codes.
    items: Vec<AskedRow>,
    /// The `cursor` of the next page; null on the last one.
    #[schema(value_type = Option<written::Cursor>)]
    next: Option<String>,
    /// The position that the list was read at.
    position: u64,
}

/// Who was asked in a consultation, who answered and who did not.
#[utoipa::path(get, path = "/v1/consultations/{consultation}/parties", tag = "consultations", params(AskedFilter, Paging, At), responses((status = 200, body = AskedPage)))]
pub async fn list_asked_parties(
    list: ListLookup<AskedFilter>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    visible(&list.services, &list.caller, id).await?;
    let read = reading::consulted_parties(list.pool(), &list.part()?, id.0, &list.query).await?;
    let code = |row: &AskedRow| row.code.clone();
    let shown = |row: AskedRow| row.told(list.languages());
    let page = list.page(read.rows.parties, read.position, code, shown);
    let view = AskedPage {
        kinds: read.rows.kinds,
        items: page.items,
        next: page.next,
        position: page.position,
    };
    Ok(list.answer(&Tag::Figure(read.changed, list.reader()), &view))
}
