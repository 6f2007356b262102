//! Materials kept under review, as they are read. They are public; the needs that they name only as far as those are.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::assistance::naming::{Seen, WithheldView};
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::meetings::view::ResourcesView;
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::materials::{self as reading, Filter};
use domain::material::{Material, MaterialKind, Status};
use domain::{MaterialId, Texts};

/// A material in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MaterialItem {
    /// Its id.
    id: Uuid,
    /// manual, model_law
    #[schema(value_type = domain::material::MaterialKind)]
    kind: String,
    /// What it is called, in the language `lang`.
    title: String,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// The codes of the standards that it is about.
    standards: Vec<String>,
    /// under_review, revised, issued
    #[schema(value_type = domain::material::Status)]
    status: String,
    /// Since which day it stands so.
    #[schema(format = Date)]
    status_on: String,
    /// How it stands with the resources that it is subject to: sought, secured, not_available
    #[schema(value_type = Option<domain::meeting::ResourcesState>)]
    resources: Option<String>,
}

/// A material.
#[derive(Debug, Serialize, ToSchema)]
pub struct MaterialView {
    /// Its id.
    id: Uuid,
    /// manual, model_law
    #[schema(value_type = domain::material::MaterialKind)]
    kind: String,
    /// What it is called, in the language `lang`.
    title: String,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// What it is called in each language, as it is written back.
    titles: Texts,
    /// The codes of the standards that it is about.
    standards: Vec<String>,
    /// The needs that it meets, as far as the reader may see them.
    needs: Vec<Uuid>,
    /// How many it names beside those, which the reader may not see.
    withheld: WithheldView,
    /// under_review, revised, issued
    #[schema(value_type = domain::material::Status)]
    status: String,
    /// Since which day it stands so.
    #[schema(format = Date)]
    status_on: String,
    /// How it stood with the extrabudgetary resources that it is subject to; the last is how it stands.
    resources: Vec<ResourcesView>,
}

/// Which materials.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListMaterials {
    /// Only of this kind: manual, model_law.
    #[param(value_type = Option<domain::material::MaterialKind>, inline)]
    kind: Option<String>,
    /// Only those that stand so: under_review, revised, issued.
    #[param(value_type = Option<domain::material::Status>, inline)]
    status: Option<String>,
    /// Only those about the standard with this code.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    standard: Option<String>,
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

/// Materials, in the order in which they were taken up.
#[utoipa::path(tag = "materials", params(ListMaterials), responses((status = 200, body = Page<MaterialItem>)))]
#[get("/v1/materials")]
pub async fn list_materials(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListMaterials>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let kind = query::parse::<MaterialKind>("kind", asked.kind.as_deref())?;
    let status = query::parse::<Status>("status", asked.status.as_deref())?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let filter = Filter {
        kind: kind.map(MaterialKind::as_str),
        status: status.map(Status::as_str),
        standard: asked.standard.as_deref(),
        after: slice.after_key()?,
    };
    let as_of = as_of.map(|head| head.position);
    let read = reading::list(services.log().pool(), as_of, &filter, slice.rows()).await?;
    let page = slice
        .page(read.rows, read.position, |row| row.id.to_string())
        .map(|row| {
            let (lang, title) = chosen(&row.title, &caller.languages);
            MaterialItem {
                id: row.id,
                kind: row.kind,
                title,
                lang,
                standards: row.standards,
                status: row.status,
                status_on: row.status_on,
                resources: row.resources,
            }
        });
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetMaterial {
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// A material. Of the needs that it names, the reader is shown those that the reader may see now.
#[utoipa::path(tag = "materials", params(GetMaterial), responses((status = 200, body = MaterialView)))]
#[get("/v1/materials/{material}")]
pub async fn get_material(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<MaterialId>,
    Query(asked): Query<GetMaterial>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let there = as_of::present::<Material, _, _>(&services.desk, id, as_of).await?;
    let (view, reader) = view(&services, &caller, id, &there).await?;
    let tag = if view.withheld.is_some() {
        Tag::Published(there.position, reader)
    } else {
        Tag::Resource(there.position, reader)
    };
    let lang = view.lang.as_deref();
    Ok(conditional::answer_in(&request, &tag, lang, &view))
}

/// A material as it is shown, and to whom.
pub(in crate::http) async fn view(
    services: &Services,
    caller: &Caller,
    id: MaterialId,
    material: &Material,
) -> Result<(MaterialView, Reader), Problem> {
    let subject = &material.subject;
    let seen = Seen::of(services, caller, &[], &subject.needs, &[]).await?;
    let reader = Reader::of(&caller.languages).seeing(&seen);
    let (lang, title) = chosen(&subject.title, &caller.languages);
    let resources = material.resources.iter();
    let resources = resources.map(|state| ResourcesView::of(state.resources, state.on));
    let view = MaterialView {
        id: id.0,
        kind: material.kind.to_string(),
        title,
        lang,
        titles: subject.title.clone(),
        standards: subject.standards.clone(),
        needs: seen.needs,
        withheld: seen.withheld,
        status: material.status.to_string(),
        status_on: material.status_on.to_string(),
        resources: resources.collect(),
    };
    Ok((view, reader))
}
