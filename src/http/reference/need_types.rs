//! The list of types of needs.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::Page;
use crate::http::handling::query::Query;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::access::At;
use crate::http::schemas::chosen;
use crate::http::services::Services;
use crate::reading::needs as reading;
use domain::need_types::{Command, NeedType, NeedTypes};
use domain::{Texts, need_types_id};

/// A type of need.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedTypeView {
    /// Its code.
    #[schema(example = "legislation")]
    code: String,
    /// What it is called, in the language `lang`.
    label: String,
    /// The language of `label`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// What it is called in each language, as a further version of the list takes it.
    labels: Texts,
    /// The version of the list.
    version: i32,
}

/// The types of needs, in the order of the list.
#[utoipa::path(tag = "reference", params(At), responses((status = 200, body = Page<NeedTypeView>)))]
#[get("/v1/need-types")]
pub async fn list_need_types(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<At>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let read = reading::types(services.log().pool(), as_of.map(|head| head.position)).await?;
    let items = read.rows.into_iter().map(|row| {
        let (lang, label) = chosen(&row.label, &caller.languages);
        NeedTypeView {
            code: row.code,
            label,
            lang,
            labels: row.label,
            version: row.version,
        }
    });
    let page = Page {
        items: items.collect::<Vec<_>>(),
        next: None,
        position: read.position,
    };
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// A version of the list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReviseNeedTypes {
    /// The whole list, in its order.
    types: Vec<NewNeedType>,
}

/// A type of need in a list.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewNeedType {
    /// 1 to 40 small letters, digits and underscores.
    code: String,
    /// What it is called, in English and French at least.
    label: Texts,
}

/// The list as it now is.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedTypesView {
    /// 1, 2, 3.
    version: u32,
    /// The types' codes.
    types: Vec<String>,
}

/// Puts another version of the list in the place of the one before. Needs keep the version that their type is from.
#[utoipa::path(tag = "reference", request_body = ReviseNeedTypes, responses((status = 200, body = NeedTypesView)))]
#[post("/v1/need-types")]
pub async fn revise_need_types(write: Write<ReviseNeedTypes>) -> Result<HttpResponse, Problem> {
    let types = write.body.types.iter().map(|new| NeedType {
        code: new.code.clone(),
        label: new.label.clone(),
    });
    let revise = Command::Revise {
        types: types.collect(),
    };
    let decided = write.decide::<NeedTypes>(need_types_id(), revise).await?;
    let list = &decided.now.state;
    let version = list.latest();
    let types = list.version(version).iter();
    let view = NeedTypesView {
        version,
        types: types.map(|known| known.code.clone()).collect(),
    };
    Ok(conditional::written(None, decided.now.position, &view))
}
