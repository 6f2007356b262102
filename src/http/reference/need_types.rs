//! The list of types of needs.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::conditional::{self, Tag};
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::page::Page;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
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
    lang: Option<domain::Lang>,
    /// What it is called in each language, as a further version of the list takes it.
    labels: Texts,
    /// The version of the list.
    version: i32,
}

/// The types of needs, in the order of the list.
#[utoipa::path(get, path = "/v1/need-types", tag = "reference", params(At), responses((status = 200, body = Page<NeedTypeView>)))]
pub async fn list_need_types(lookup: Lookup) -> Result<HttpResponse, Problem> {
    let read = reading::types(lookup.pool(), lookup.position()).await?;
    let items = read.rows.into_iter().map(|row| {
        let (lang, label) = chosen(&row.label, lookup.languages());
        NeedTypeView {
            code: row.code,
            label,
            lang,
            labels: row.label,
            version: row.version,
        }
    });
    let page = Page::whole(items, read.position);
    Ok(lookup.answer(&Tag::Figure(read.changed, lookup.reader()), &page))
}

/// A version of the list.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReviseNeedTypes {
    /// The whole list, in its order.
    types: Vec<NeedType>,
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
#[utoipa::path(post, path = "/v1/need-types", tag = "reference", request_body = ReviseNeedTypes, responses((status = 200, body = NeedTypesView)))]
pub async fn revise_need_types(write: Write<ReviseNeedTypes>) -> Result<HttpResponse, Problem> {
    let types = write.body.types.clone();
    let revise = Command::Revise { types };
    let decided = write.decide::<NeedTypes>(need_types_id(), revise).await?;
    let list = &decided.now.state;
    let version = list.latest();
    let types = list.version(version).iter();
    let view = NeedTypesView {
        version,
        types: types.map(|known| known.code.clone()).collect(),
    };
    Ok(conditional::write_answer(None, decided.now.position, &view))
}
