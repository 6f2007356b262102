//! Regional groups, categories and standards.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::figures;
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::query::Query;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::reference::classification_versions;
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::classification as reading;
use crate::reference;
use domain::classification::{CategoryAdded, Classification, Command, Confidence, StandardAdded};
use domain::{Texts, classification_id};

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

/// A category of standards and norms.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryView {
    /// I, II, III, IV.
    code: String,
    /// What it covers, in the language `lang`.
    title: String,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// How many standards are in it.
    standards: i64,
}

/// A standard or norm.
#[derive(Debug, Serialize, ToSchema)]
pub struct StandardView {
    /// Its code.
    #[schema(example = "bangkok-rules")]
    code: String,
    /// The category that it is in.
    category: String,
    /// Its title, in the language `lang`.
    title: String,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// The resolutions that adopted it, as people cite them.
    adopted_by: String,
    /// Their years.
    years: Vec<i32>,
    /// `cited`, or `unconfirmed`: nobody has checked the resolution's number.
    #[schema(value_type = domain::classification::Confidence)]
    confidence: String,
}

/// The regional groups of Member States.
#[utoipa::path(tag = "reference", responses((status = 200, body = Vec<RegionalGroupView>)))]
#[get("/v1/regional-groups")]
pub async fn list_regional_groups(
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let groups = reference::regional_groups().map_err(|_| Problem::new("internal"))?;
    let groups: Vec<RegionalGroupView> = groups
        .into_iter()
        .map(|group| RegionalGroupView {
            label: texts::text::<&str>(&format!("group.{}", group.code), &caller.languages, &[]),
            code: group.code,
            commission_seats: group.commission_seats,
        })
        .collect();
    let tag = Tag::Resource(0, Reader::of(&caller.languages));
    let (lang, _) = figures::language(&caller.languages);
    Ok(conditional::answer_in(&request, &tag, Some(&lang), &groups))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListCategories {
    /// A version of the classification: as it is, or as it was at its end. The latest if left out.
    #[param(value_type = Option<u32>)]
    version: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// The categories of standards and norms.
#[utoipa::path(tag = "reference", params(ListCategories), responses((status = 200, body = Page<CategoryView>)))]
#[get("/v1/categories")]
pub async fn list_categories(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListCategories>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let log = services.log();
    let as_of = as_of::resolve(log, asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let as_of = classification_versions::end(log, as_of, asked.version.as_deref()).await?;
    let read = reading::categories(log.pool(), as_of).await?;
    let items = read.rows.into_iter().map(|row| {
        let (lang, title) = chosen(&row.title, &caller.languages);
        CategoryView {
            code: row.code,
            title,
            lang,
            standards: row.standards,
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

/// Which standards.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListStandards {
    /// Only standards of this category.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    category: Option<String>,
    /// A version of the classification: as it is, or as it was at its end. The latest if left out.
    #[param(value_type = Option<u32>)]
    version: Option<String>,
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

/// Standards and norms, in the order of their codes.
#[utoipa::path(tag = "reference", params(ListStandards), responses((status = 200, body = Page<StandardView>)))]
#[get("/v1/standards")]
pub async fn list_standards(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListStandards>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let log = services.log();
    let as_of = as_of::resolve(log, asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let as_of = classification_versions::end(log, as_of, asked.version.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let read = reading::standards(
        log.pool(),
        as_of,
        asked.category.as_deref(),
        slice.after.as_deref(),
        slice.rows(),
    )
    .await?;
    let page = slice
        .page(read.rows, read.position, |row| row.code.clone())
        .map(|row| {
            let (lang, title) = chosen(&row.title, &caller.languages);
            StandardView {
                code: row.code,
                category: row.category,
                title,
                lang,
                adopted_by: row.adopted_by,
                years: row.years,
                confidence: row.confidence,
            }
        });
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// Categories and standards to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendClassification {
    /// New categories.
    #[serde(default)]
    categories: Vec<NewCategory>,
    /// New standards.
    #[serde(default)]
    standards: Vec<NewStandard>,
}

/// A category to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCategory {
    /// 1 to 40 letters, digits and hyphens.
    pub(in crate::http) code: String,
    /// What it covers.
    pub(in crate::http) title: Texts,
}

/// A standard to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStandard {
    /// 1 to 40 letters, digits and hyphens.
    code: String,
    /// The code of its category.
    category: String,
    /// Its title.
    title: Texts,
    /// The resolutions that adopted it, as people cite them.
    adopted_by: String,
    /// Their years.
    years: Vec<i16>,
    /// `cited` or `unconfirmed`
    confidence: Confidence,
}

impl NewCategory {
    /// As the core takes it.
    pub(in crate::http) fn added(&self) -> CategoryAdded {
        CategoryAdded {
            code: self.code.clone(),
            title: self.title.clone(),
        }
    }
}

impl NewStandard {
    /// As the core takes it.
    pub(in crate::http) fn added(&self) -> StandardAdded {
        StandardAdded {
            code: self.code.clone(),
            category: self.category.clone(),
            title: self.title.clone(),
            adopted_by: self.adopted_by.clone(),
            years: self.years.clone(),
            confidence: self.confidence,
        }
    }
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
    fn of(classification: &Classification) -> Self {
        Self {
            version: classification.version,
            categories: classification.categories.keys().cloned().collect(),
            standards: classification.standards.keys().cloned().collect(),
        }
    }
}

/// Adds categories and standards.
#[utoipa::path(tag = "reference", request_body = ExtendClassification, responses((status = 200, body = ClassificationView)))]
#[post("/v1/classification")]
pub async fn extend_classification(
    write: Write<ExtendClassification>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let extend = Command::Extend {
        categories: new.categories.iter().map(NewCategory::added).collect(),
        standards: new.standards.iter().map(NewStandard::added).collect(),
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
    let view = ClassificationView::of(&now.state);
    Ok(conditional::written(None, now.position, &view))
}
