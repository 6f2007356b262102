//! Versions: every submitted state of a reply, readable for good.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional::{Reader, Tag};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::needs::view::NeedView;
use crate::http::problem::Problem;
use crate::http::replies::answer_output::shown_answers;
use crate::http::replies::files::{FileView, words_of};
use crate::http::replies::history::{ReplyHistory, Version};
use crate::http::replies::version_needs::VersionNeeds;
use crate::http::schemas::{
    AnswerShape, AsOf, ConsentShape, EvidenceView, NoticeView, WordsShape, collection_notices,
};
use crate::http::services::Services;
use domain::ReplyId;
use domain::collection::Collection;
use domain::reply::{Consent, Source};

/// A submitted version.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionView {
    /// 1, 2, 3.
    version: u32,
    /// The revision that it answers.
    revision: u32,
    /// Where in the log it stands, and when it was recorded.
    submitted: AsOf,
    /// Whether the reply came late, by the version that was received first: as figures count it.
    late: bool,
    /// Whether this version was received after the party's deadline.
    after_deadline: bool,
    /// What the party consented to have published with it; null: nothing.
    #[schema(value_type = Option<ConsentShape>)]
    publication: Option<Consent>,
    /// From what the Secretariat entered it; null where its party submitted it itself.
    source: Option<Source>,
    /// In which role it was submitted.
    #[schema(value_type = access::Role)]
    role: String,
    /// How many answers it holds, "not available" among them.
    answered: usize,
    /// How many files it holds.
    attached: usize,
    /// Whether it is the version that counts.
    counts: bool,
    /// Where and when the Secretariat accepted it, if it did.
    accepted: Option<AsOf>,
    /// Where, when and why its party withdrew it, if it did.
    withdrawn: Option<WithdrawnView>,
}

/// A withdrawal.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawnView {
    /// Where and when.
    #[serde(flatten)]
    at: AsOf,
    /// Why; null to a contributor to whom not all is opened.
    #[schema(value_type = Option<WordsShape>)]
    reason: Option<Value>,
}

impl VersionView {
    fn from_version(
        version: &Version,
        history: &ReplyHistory,
        collection: &Collection,
        words: &StoredWords,
    ) -> Self {
        let withdrawn = version
            .withdrawn
            .as_ref()
            .map(|(at, reason)| WithdrawnView {
                at: at.clone(),
                reason: reason
                    .as_ref()
                    .map(|reason| words.show(&reason.content, Some(reason.lang))),
            });
        Self {
            version: version.version,
            revision: version
                .reply
                .settled_revision()
                .unwrap_or(version.reply.revision),
            submitted: version.submitted.clone(),
            late: history.is_late(collection),
            after_deadline: version.is_late(collection),
            publication: version.reply.publication.clone(),
            source: version.reply.source.clone(),
            role: version.role.clone(),
            answered: version.reply.answers.size(),
            attached: version.reply.files.len(),
            counts: history.now.counts() && version.version == history.now.version,
            accepted: version.accepted.clone(),
            withdrawn,
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
    /// What shows that its submission stands in the log.
    #[serde(flatten)]
    evidence: EvidenceView,
    /// Its answers by question code; a question that is not here was blank.
    #[schema(value_type = BTreeMap<String, AnswerShape>)]
    answers: BTreeMap<String, Value>,
    /// Its files.
    files: Vec<FileView>,
    /// The needs that it and those before it indicated, and those that its rows, entries and groups state, as they were when it was
    /// submitted; as far as the caller sees them.
    needs: Vec<NeedView>,
    /// What a reader must know of the collection's answers.
    notices: Vec<NoticeView>,
}

/// Every version of a reply that was submitted.
#[utoipa::path(get, path = "/v1/replies/{reply}/versions", tag = "replies", params(At), responses((status = 200, body = VersionsView)))]
pub async fn list_versions(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let history = ReplyHistory::visible(services, caller, id, lookup.position()).await?;
    let collection = history.now.collection;
    let as_of = lookup.as_of.as_ref();
    let collection = services.collection_at(collection, as_of).await?;
    let words = reasons(services, caller, &history.versions).await?;
    let versions = history.versions.iter();
    let view = VersionsView {
        reply: id.0,
        items: versions
            .map(|version| VersionView::from_version(version, &history, &collection, &words))
            .collect(),
    };
    // What is late depends on the deadline too, which an extension moves.
    let position = history.position.max(collection.position);
    let reader = history.sight.tagged(Reader::any());
    let tag = Tag::Resource(position, reader.words(words.changed));
    Ok(lookup.answer(&tag, &view))
}

/// Why versions were withdrawn.
async fn reasons(
    services: &Services,
    caller: &Caller,
    versions: &[Version],
) -> Result<StoredWords, Problem> {
    let withdrawn = versions.iter().filter_map(|of| of.withdrawn.as_ref());
    let reasons = withdrawn.filter_map(|(_, reason)| Some(&reason.as_ref()?.content));
    StoredWords::read(services, caller, reasons).await
}

/// A version of a reply as it was submitted.
#[utoipa::path(get, path = "/v1/replies/{reply}/versions/{version}", tag = "replies", responses((status = 200, body = VersionContents)))]
pub async fn get_version(
    lookup: Lookup,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let history = ReplyHistory::visible(services, caller, id, None).await?;
    let version = history.version(&path.1)?;
    let collection = services.fresh_collection(history.now.collection).await?;
    let held: Vec<&str> = version.reply.answers.keys().map(String::as_str).collect();
    let (answers, redaction) = shown_answers(services, caller, &version.reply, &held).await?;
    let words = words_of(services, caller, version.reply.files.values()).await?;
    let why = reasons(services, caller, std::slice::from_ref(version)).await?;
    let files = version.reply.files.values();
    let submitted = version.submitted.position;
    let mut needs = VersionNeeds::read(services, caller, id, submitted).await?;
    let evidence = services.log().evidence(submitted).await?;
    let evidence = evidence.ok_or(Problem::new("internal"))?;
    let view = VersionContents {
        reply: id.0,
        evidence: EvidenceView::from(&evidence),
        version: VersionView::from_version(version, &history, &collection, &why),
        answers,
        files: files
            .map(|file| FileView::from_file(file, &words))
            .collect(),
        needs: needs.take(&version.reply.needs),
        notices: collection_notices(&collection, lookup.languages()),
    };
    let position = history.position.max(collection.position);
    let words = redaction.max(words.changed).max(why.changed);
    let reader = history.sight.tagged(lookup.reader());
    let reader = reader.words(words.max(needs.words)).seeing(&needs.sees);
    Ok(lookup.answer(&Tag::Resource(position, reader), &view))
}
