//! Materials kept under review, as they are read. They are public; the needs that they name only as far as those are.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::assistance::visible_references::{VisibleReferences, WithheldView};
use crate::http::conditional::{Reader, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::problem::Problem;
use crate::http::schemas::{ResourcesView, chosen};
use crate::http::services::Services;
use crate::reading::materials::{self as reading, MaterialFilter, MaterialRow};
use domain::material::Material;
use domain::{MaterialId, Texts};

/// A material.
#[derive(Debug, Serialize, ToSchema)]
pub struct MaterialView {
    /// Its id.
    id: Uuid,
    /// manual, model_law
    kind: domain::material::MaterialKind,
    /// What it is called, in the language `lang`.
    title: String,
    /// The language of `title`.
    lang: Option<domain::Lang>,
    /// What it is called in each language, as it is written back.
    titles: Texts,
    /// The codes of the standards that it is about.
    standards: Vec<String>,
    /// The needs that it meets, as far as the reader may see them.
    needs: Vec<Uuid>,
    /// How many it names beside those, which the reader may not see.
    withheld: WithheldView,
    /// under_review, revised, issued
    status: domain::material::Status,
    /// Since which day it stands so.
    status_on: jiff::civil::Date,
    /// How it stood with the extrabudgetary resources that it is subject to; the last is how it stands.
    resources: Vec<ResourcesView>,
}

/// Materials, in the order in which they were taken up.
#[utoipa::path(get, path = "/v1/materials", tag = "materials", params(MaterialFilter, Paging, At), responses((status = 200, body = Page<MaterialRow>)))]
pub async fn list_materials(list: ListLookup<MaterialFilter>) -> Result<HttpResponse, Problem> {
    let read = async || Ok(reading::list(list.pool(), &list.part()?, &list.query).await?);
    let show = |row: MaterialRow| row.told(list.languages());
    list.answer_page(read, |row| row.id, show).await
}

/// A material. Of the needs that it names, the reader is shown those that the reader may see now.
#[utoipa::path(get, path = "/v1/materials/{material}", tag = "materials", params(At), responses((status = 200, body = MaterialView)))]
pub async fn get_material(
    lookup: Lookup,
    PathId(id): PathId<MaterialId>,
) -> Result<HttpResponse, Problem> {
    let there = lookup.object::<Material, _, _>(id).await?;
    let (view, reader) = view(&lookup.services, &lookup.caller, id, &there).await?;
    let tag = if view.withheld.is_some() {
        Tag::Published(there.position, reader)
    } else {
        Tag::Resource(there.position, reader)
    };
    Ok(lookup.answer_in(view.lang.map(domain::Lang::as_str), &tag, &view))
}

/// A material as it is shown, and to whom.
pub(in crate::http) async fn view(
    services: &Services,
    caller: &Caller,
    id: MaterialId,
    material: &Material,
) -> Result<(MaterialView, Reader), Problem> {
    let subject = &material.subject;
    let seen = VisibleReferences::for_caller(services, caller, &[], &subject.needs, &[]).await?;
    let reader = Reader::for_languages(&caller.languages).seeing(&seen);
    let (lang, title) = chosen(&subject.title, &caller.languages);
    let view = MaterialView {
        id: id.0,
        kind: material.kind,
        title,
        lang,
        titles: subject.title.clone(),
        standards: subject.standards.clone(),
        needs: seen.needs,
        withheld: seen.withheld,
        status: material.status,
        status_on: material.status_on,
        resources: ResourcesView::from_records(&material.resources),
    };
    Ok((view, reader))
}
