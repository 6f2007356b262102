//! Versions of the classification: later compendia regroup standards.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::conditional::Tag;
use crate::http::handling::dates;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::page::Page;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::reference::classification::{ClassificationView, change};
use crate::reading::classification::{self as reading, VersionRow};
use domain::Texts;
use domain::classification::{CategoryAdded, Command, NewVersion, StandardAdded};
use event_log::Log;

/// The versions of the classification, in their order.
#[utoipa::path(get, path = "/v1/classification/versions", tag = "reference", params(At), responses((status = 200, body = Page<VersionRow>)))]
pub async fn list_classification_versions(lookup: Lookup) -> Result<HttpResponse, Problem> {
    let read = reading::versions(lookup.pool(), lookup.position()).await?;
    let first = VersionRow {
        version: 1,
        title: None,
        lang: None,
        on: None,
        position: 0,
    };
    let later = read.rows.into_iter();
    let later = later.map(|row| row.told(lookup.languages()));
    let page = Page::whole(std::iter::once(first).chain(later), read.position);
    Ok(lookup.answer(&Tag::Figure(read.changed, lookup.reader()), &page))
}

/// The position as of which a version shows whole: its last, if a later one has followed; or that of `as_of`.
///
/// # Errors
/// `unknown_version`.
pub(in crate::http) async fn end(
    log: &Log,
    as_of: Option<u64>,
    version: Option<u32>,
) -> Result<Option<u64>, Problem> {
    let Some(version) = version else {
        return Ok(as_of);
    };
    let version = i64::from(version);
    let versions = reading::versions(log.pool(), as_of).await?.rows;
    if version != 1 && !versions.iter().any(|known| known.version == version) {
        return Err(Problem::new("unknown_version").arg("version", version));
    }
    let next = versions.iter().find(|later| later.version == version + 1);
    Ok(next.map_or(as_of, |next| Some(next.position.saturating_sub(1))))
}

/// A version to publish, with all that it changes: at least one thing.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PublishVersion {
    /// What it is called, such as the compendium that it follows.
    title: Texts,
    /// The day from which it holds; not before that of the version before, and not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
    /// New categories.
    #[serde(default)]
    categories: Vec<CategoryAdded>,
    /// New standards.
    #[serde(default)]
    standards: Vec<StandardAdded>,
    /// Categories that are called otherwise.
    #[serde(default)]
    renamed: Vec<CategoryAdded>,
    /// Standards that go to another category.
    #[serde(default)]
    regrouped: Vec<Regrouping>,
    /// The codes of categories that are given up; no standard may be left in them, and their codes are not used again.
    #[serde(default)]
    retired: Vec<String>,
}

/// A standard that goes to another category.
#[derive(Debug, Deserialize, ToSchema)]
pub struct Regrouping {
    /// The standard's code.
    #[schema(example = "bangkok-rules")]
    standard: String,
    /// The code of the category that it goes to.
    category: String,
}

/// Publishes the next version of the classification. Instruments keep the version that they were made under.
#[utoipa::path(post, path = "/v1/classification/versions", tag = "reference", request_body = PublishVersion, responses((status = 200, body = ClassificationView)))]
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
        categories: new.categories.clone(),
        standards: new.standards.clone(),
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
