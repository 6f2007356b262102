//! Regional groups, categories and standards.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::conditional::{self, Tag};
use crate::http::figures;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::reference::classification_versions;
use crate::reading::classification::{self as reading, CategoryRow, StandardRow};
use crate::reference;
use crate::written;
use domain::classification::{CategoryAdded, Classification, Command, StandardAdded};
use domain::classification_id;

/// A regional group.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegionalGroupView {
    /// Its code.
    #[schema(value_type = domain::party::RegionalGroup, example = "african")]
    code: String,
    /// Its name.
    label: String,
    /// Its seats on the Commission on Crime Prevention and Criminal Justice.
    commission_seats: u8,
}

/// The regional groups of Member States.
#[utoipa::path(get, path = "/v1/regional-groups", tag = "reference", responses((status = 200, body = Vec<RegionalGroupView>)))]
pub async fn list_regional_groups(lookup: Lookup) -> Result<HttpResponse, Problem> {
    let groups = reference::regional_groups().map_err(|_| Problem::new("internal"))?;
    let groups: Vec<RegionalGroupView> = groups
        .into_iter()
        .map(|group| RegionalGroupView {
            label: texts::text::<&str>(&format!("group.{}", group.code), lookup.languages(), &[]),
            code: group.code,
            commission_seats: group.commission_seats,
        })
        .collect();
    let tag = Tag::Resource(0, lookup.reader());
    let (lang, _) = figures::language(lookup.languages());
    Ok(lookup.answer_in(Some(&lang), &tag, &groups))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListCategories {
    /// A version of the classification: as it is, or as it was at its end. The latest if left out.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    version: Option<u32>,
}

/// The categories of standards and norms.
#[utoipa::path(get, path = "/v1/categories", tag = "reference", params(ListCategories, At), responses((status = 200, body = Page<CategoryRow>)))]
pub async fn list_categories(lookup: Lookup<ListCategories>) -> Result<HttpResponse, Problem> {
    let (log, version) = (lookup.services.log(), lookup.query.version);
    let as_of = classification_versions::end(log, lookup.position(), version).await?;
    let read = reading::categories(lookup.pool(), as_of).await?;
    let items = read.rows.into_iter();
    let page = Page::whole(items.map(|row| row.told(lookup.languages())), read.position);
    Ok(lookup.answer(&Tag::Figure(read.changed, lookup.reader()), &page))
}

/// Which standards.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListStandards {
    /// Only standards of this category.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    category: Option<String>,
    /// A version of the classification: as it is, or as it was at its end. The latest if left out.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    version: Option<u32>,
}

/// Standards and norms, in the order of their codes.
#[utoipa::path(get, path = "/v1/standards", tag = "reference", params(ListStandards, Paging, At), responses((status = 200, body = Page<StandardRow>)))]
pub async fn list_standards(list: ListLookup<ListStandards>) -> Result<HttpResponse, Problem> {
    let (log, asked) = (list.services.log(), &list.query);
    let read = async || {
        let mut part = list.part()?;
        part.as_of = classification_versions::end(log, part.as_of, asked.version).await?;
        Ok(reading::standards(list.pool(), &part, asked.category.as_deref()).await?)
    };
    let code = |row: &StandardRow| row.code.clone();
    let show = |row: StandardRow| row.told(list.languages());
    list.answer_page(read, code, show).await
}

/// Categories and standards to add.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ExtendClassification {
    /// New categories.
    #[serde(default)]
    categories: Vec<CategoryAdded>,
    /// New standards.
    #[serde(default)]
    standards: Vec<StandardAdded>,
}

/// How much the classification holds, in its latest version.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClassificationView {
    /// The number of the version.
    version: u32,
    /// Codes of all categories.
    categories: Vec<String>,
    /// Codes of all standards.
    standards: Vec<String>,
}

impl ClassificationView {
    /// What it holds.
    fn from_classification(classification: &Classification) -> Self {
        Self {
            version: classification.version,
            categories: classification.categories.keys().cloned().collect(),
            standards: classification.standards.keys().cloned().collect(),
        }
    }
}

/// Adds categories and standards.
#[utoipa::path(post, path = "/v1/classification", tag = "reference", request_body = ExtendClassification, responses((status = 200, body = ClassificationView)))]
pub async fn extend_classification(
    write: Write<ExtendClassification>,
) -> Result<HttpResponse, Problem> {
    let extend = Command::Extend {
        categories: write.body.categories.clone(),
        standards: write.body.standards.clone(),
    };
    change(&write, extend).await
}

/// Decides on a command to the classification, and answers it as it then is.
pub(in crate::http) async fn change<B>(
    write: &Write<B>,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let decided = write.decide::<Classification>(classification_id(), command);
    let now = decided.await?.now;
    let view = ClassificationView::from_classification(&now.state);
    Ok(conditional::write_answer(None, now.position, &view))
}
