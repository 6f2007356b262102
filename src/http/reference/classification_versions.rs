//! Versions of the classification: later compendia regroup standards.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::dates;
use crate::http::handling::page::Page;
use crate::http::handling::query::{self, Query};
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::reference::classification::{
    ClassificationView, NewCategory, NewStandard, change,
};
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::classification as reading;
use domain::Texts;
use domain::classification::{Command, NewVersion};
use event_log::Log;

/// A version of the classification.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionItem {
    /// 1, 2, 3.
    version: i64,
    /// What it is called, in the language `lang`; null for the first, which was there from the start.
    title: Option<String>,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// The day from which it holds; null for the first.
    #[schema(format = Date)]
    on: Option<String>,
    /// The position at which it begins.
    position: u64,
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListVersions {
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// The versions of the classification, in their order.
#[utoipa::path(tag = "reference", params(ListVersions), responses((status = 200, body = Page<VersionItem>)))]
#[get("/v1/classification/versions")]
pub async fn list_classification_versions(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListVersions>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let read = reading::versions(services.log().pool(), as_of.map(|head| head.position)).await?;
    let first = VersionItem {
        version: 1,
        title: None,
        lang: None,
        on: None,
        position: 0,
    };
    let later = read.rows.into_iter().map(|row| {
        let (lang, title) = chosen(&row.title, &caller.languages);
        VersionItem {
            version: row.version,
            title: Some(title),
            lang,
            on: Some(row.on),
            position: row.since,
        }
    });
    let page = Page {
        items: std::iter::once(first).chain(later).collect::<Vec<_>>(),
        next: None,
        position: read.position,
    };
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// The position as of which a version shows whole: its last, if a later one has followed; or that of `as_of`.
///
/// # Errors
/// `bad_parameter`, `unknown_version`.
pub(in crate::http) async fn end(
    log: &Log,
    as_of: Option<u64>,
    version: Option<&str>,
) -> Result<Option<u64>, Problem> {
    let Some(version) = query::parse::<u32>("version", version)? else {
        return Ok(as_of);
    };
    let version = i64::from(version);
    let versions = reading::versions(log.pool(), as_of).await?.rows;
    if version != 1 && !versions.iter().any(|known| known.version == version) {
        return Err(Problem::new("unknown_version").arg("version", version));
    }
    let next = versions.iter().find(|later| later.version == version + 1);
    Ok(next.map_or(as_of, |next| Some(next.since.saturating_sub(1))))
}

/// A version to publish, with all that it changes: at least one thing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishVersion {
    /// What it is called, such as the compendium that it follows.
    title: Texts,
    /// The day from which it holds; not before that of the version before, and not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// New categories.
    #[serde(default)]
    categories: Vec<NewCategory>,
    /// New standards.
    #[serde(default)]
    standards: Vec<NewStandard>,
    /// Categories that are called otherwise.
    #[serde(default)]
    renamed: Vec<NewCategory>,
    /// Standards that go to another category.
    #[serde(default)]
    regrouped: Vec<Regrouping>,
    /// The codes of categories that are given up; no standard may be left in them, and their codes are not used again.
    #[serde(default)]
    retired: Vec<String>,
}

/// A standard that goes to another category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Regrouping {
    /// The standard's code.
    #[schema(example = "bangkok-rules")]
    standard: String,
    /// The code of the category that it goes to.
    category: String,
}

/// Publishes the next version of the classification. Instruments keep the version that they were made under.
#[utoipa::path(tag = "reference", request_body = PublishVersion, responses((status = 200, body = ClassificationView)))]
#[post("/v1/classification/versions")]
pub async fn publish_classification_version(
    write: Write<PublishVersion>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let renamed = new.renamed.iter();
    let regrouped = new.regrouped.iter();
    let publish = Command::Publish(NewVersion {
        title: new.title.clone(),
        on: new.on,
        today: dates::today(),
        categories: new.categories.iter().map(NewCategory::added).collect(),
        standards: new.standards.iter().map(NewStandard::added).collect(),
        renamed: renamed
            .map(|of| (of.code.clone(), of.title.clone()))
            .collect(),
        regrouped: regrouped
            .map(|of| (of.standard.clone(), of.category.clone()))
            .collect(),
        retired: new.retired.clone(),
    });
    change(&write, publish).await
}
