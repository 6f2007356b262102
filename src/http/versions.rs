//! Versions: every submitted state of a reply, readable for good.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::answer_output::shown;
use super::caller::{self, Caller};
use super::collections::notices;
use super::conditional::{self, Reader, Tag};
use super::files::{FileView, words_of};
use super::problem::Problem;
use super::query::Query;
use super::reply_access::At;
use super::reply_history::{ReplyHistory, Version};
use super::schemas::{AnswerShape, AsOf, NoticeView};
use super::services::Services;
use super::source_input::SourceView;
use crate::domain::ReplyId;
use crate::domain::collection::Collection;

/// A submitted version.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// 1, 2, 3.
    version: u32,
    /// Where in the log it stands, and when it was recorded.
    submitted: AsOf,
    /// Whether it came after its party's deadline.
    late: bool,
    /// From what the Secretariat entered it; null where its party submitted it itself.
    source: Option<SourceView>,
    /// In which role it was submitted.
    role: String,
    /// How many answers it holds, "not available" among them.
    answered: usize,
    /// How many files it holds.
    attached: usize,
    /// Whether it is the version that counts.
    counts: bool,
    /// Where and when the Secretariat accepted it, if it did.
    accepted: Option<AsOf>,
    /// Where and when its party withdrew it, if it did.
    withdrawn: Option<AsOf>,
}

impl VersionView {
    fn of(version: &Version, history: &ReplyHistory, collection: &Collection) -> Self {
        Self {
            version: version.version,
            submitted: version.submitted.clone(),
            late: version.is_late(collection),
            source: version.reply.source.as_ref().map(SourceView::from),
            role: version.role.clone(),
            answered: version.reply.answers.len(),
            attached: version.reply.files.len(),
            counts: history.now.counts() && version.version == history.now.version,
            accepted: version.accepted.clone(),
            withdrawn: version.withdrawn.clone(),
        }
    }
}

/// The submitted versions of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionsView {
    /// The reply.
    reply: Uuid,
    /// The first one first.
    items: Vec<VersionView>,
}

/// A submitted version, with what it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionContents {
    /// The reply.
    reply: Uuid,
    /// What is said of it.
    #[serde(flatten)]
    version: VersionView,
    /// Its answers by question code; a question that is not here was blank.
    #[schema(value_type = BTreeMap<String, AnswerShape>)]
    answers: BTreeMap<String, Value>,
    /// Its files.
    files: Vec<FileView>,
    /// What a reader must know of the collection's answers.
    notices: Vec<NoticeView>,
}

/// Every version of a reply that was submitted.
#[utoipa::path(tag = "replies", params(At), responses((status = 200, body = VersionsView)))]
#[get("/v1/replies/{reply}/versions")]
pub async fn list_versions(
    request: HttpRequest,
    caller: Caller,
    reply: web::Path<String>,
    Query(asked): Query<At>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&reply, "reply")?;
    let history = ReplyHistory::visible(&services, &caller, id, asked.as_of.as_deref()).await?;
    let collection = services.fresh_collection(history.now.collection).await?;
    let versions = history.versions.iter();
    let view = VersionsView {
        reply: id.0,
        items: versions
            .map(|version| VersionView::of(version, &history, &collection))
            .collect(),
    };
    // What is late depends on the deadline too, which an extension moves.
    let position = history.position.max(collection.position);
    let tag = Tag::Resource(position, Reader::any());
    Ok(conditional::answer(&request, &tag, &view))
}

/// A version of a reply as it was submitted.
#[utoipa::path(tag = "replies", responses((status = 200, body = VersionContents)))]
#[get("/v1/replies/{reply}/versions/{version}")]
pub async fn get_version(
    request: HttpRequest,
    caller: Caller,
    path: web::Path<(String, String)>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let history = ReplyHistory::visible(&services, &caller, id, None).await?;
    let version = history.version(&path.1)?;
    let collection = services.fresh_collection(history.now.collection).await?;
    let held: Vec<&str> = version.reply.answers.keys().map(String::as_str).collect();
    let (answers, redaction) = shown(&services, &caller, &version.reply, &held).await?;
    let words = words_of(&services, &caller, version.reply.files.values()).await?;
    let files = version.reply.files.values();
    let view = VersionContents {
        reply: id.0,
        version: VersionView::of(version, &history, &collection),
        answers,
        files: files.map(|file| FileView::of(file, &words)).collect(),
        notices: notices(&collection, &caller.languages),
    };
    let position = history.position.max(collection.position);
    let reader = Reader::of(&caller.languages).words(redaction.max(words.changed));
    Ok(conditional::answer(
        &request,
        &Tag::Resource(position, reader),
        &view,
    ))
}
