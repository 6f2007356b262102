//! Replies.

pub mod access;
pub mod acting;
pub mod amendments;
pub(in crate::http) mod answer_input;
pub(in crate::http) mod answer_output;
pub mod answers;
pub mod clarifications;
pub mod entries;
pub(in crate::http) mod file_input;
pub mod files;
pub mod history;
pub mod publications;
pub(in crate::http) mod published;
pub mod reviews;
pub mod source;
pub mod submissions;
pub mod version_differences;
mod version_needs;
pub mod versions;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::Loaded;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::reply::{self, Command, Reply, Status};
use crate::domain::{CollectionId, ReplyId};
use crate::http::collections::invitation_lists::Sources;
use crate::http::handling::as_of;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::query::{self, Query};
use crate::http::instruments::revisions::Nothing;
use crate::http::problem::Problem;
use crate::http::replies::access::{At, beginning, questionnaire, visible};
use crate::http::replies::published::Seen;
use crate::http::replies::source::SourceView;
use crate::http::schemas::NoticeView;
use crate::http::services::Services;
use crate::reading::replies::{self as reading, ReplyRow, Sees, Wanted};

/// A reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplyView {
    /// Its id, made from collection and party.
    id: Uuid,
    /// The collection.
    collection: Uuid,
    /// The party whose reply it is.
    party: Uuid,
    /// The instrument.
    instrument: Uuid,
    /// The revision that is answered.
    revision: u32,
    /// draft; submitted; clarification (the Secretariat has asked about it: it can be changed and submitted anew);
    /// accepted; amendment (it is being amended); withdrawn. In a clarification and an amendment the last submitted version
    /// counts.
    status: String,
    /// The number of the last submitted version; 0 before the first.
    version: u32,
    /// How many questions the revision has.
    questions: usize,
    /// How many of them have an answer, "not available" among them.
    answered: usize,
    /// Required questions that are blank.
    missing: Vec<String>,
    /// From what the Secretariat enters it, or entered it last; not there where its party writes itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceView>,
    /// How many clarifications are open.
    #[serde(skip_serializing_if = "is_zero")]
    open_clarifications: usize,
    /// What whoever sees only what is published must know; then questions are counted in the published sections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeView>,
}

impl ReplyView {
    /// A reply as it is shown.
    pub fn of(id: Uuid, reply: &Reply, questionnaire: &Questionnaire) -> Self {
        let missing = questionnaire
            .questions()
            .filter(|question| question.required && !reply.answers.contains_key(&question.code));
        Self {
            id,
            collection: reply.collection.0,
            party: reply.party.0,
            instrument: reply.instrument.0,
            revision: reply.revision,
            status: reply.status().to_string(),
            version: reply.version,
            questions: questionnaire.questions().count(),
            answered: reply.answers.len(),
            missing: missing.map(|question| question.code.clone()).collect(),
            source: reply.source.as_ref().map(SourceView::from),
            open_clarifications: reply.open_clarifications(),
            notices: Vec::new(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// Which replies.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReplies {
    /// Where the page begins: `next` of the page before.
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    limit: Option<String>,
    /// A position or a time.
    as_of: Option<String>,
    /// member_states; other_sources: those of observers, organizations, institutes and UN entities, which figures never count
    /// as Member States’. All, if left out.
    of: Option<String>,
    /// Only those in this status: draft, submitted, clarification, accepted, amendment, withdrawn.
    status: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// The replies to a collection that the caller may see, in the order of the parties' codes: the own party's, drafts among
/// them, and those that are published.
#[utoipa::path(tag = "replies", params(ListReplies), responses((status = 200, body = Page<ReplyRow>)))]
#[get("/v1/collections/{collection}/replies")]
pub async fn list_replies(
    request: HttpRequest,
    caller: Caller,
    collection: web::Path<String>,
    Query(asked): Query<ListReplies>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&collection, "collection")?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(asked.cursor.as_deref(), asked.limit.as_deref())?;
    let of = Sources::read(asked.of.as_deref())?;
    let known: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
    let status: Option<Status> =
        query::parse("status", asked.status.as_deref(), &known.join(", "))?;
    services.collection(id, as_of.as_ref()).await?;
    let sees = if caller.principal.role.is_secretariat() {
        Sees::All
    } else {
        Sees::Published {
            besides: own(&services, &caller, id).await?,
        }
    };
    let reader = Reader::any().seeing(&sees);
    let read = reading::list(
        services.log().pool(),
        as_of.map(|head| head.position),
        id.0,
        sees,
        Wanted {
            after: slice.after.as_deref(),
            rows: slice.rows(),
            of: of.map(Sources::as_str),
            status: status.map(Status::as_str),
        },
    )
    .await?;
    let page = slice.page(read.rows, read.position, |row| row.code.clone());
    Ok(conditional::answer(
        &request,
        &Tag::Figure(read.changed, reader),
        &page,
    ))
}

/// The caller's party, where the caller may see its reply in the collection. A party has one, so who may not see that one
/// sees none.
async fn own(
    services: &Services,
    caller: &Caller,
    collection: CollectionId,
) -> Result<Option<Uuid>, Problem> {
    let Some(party) = caller.principal.party else {
        return Ok(None);
    };
    let seen = visible(services, caller, ReplyId::of(collection, party), true).await;
    Ok(Problem::found(seen)?.map(|_| party.0))
}

/// Begins the reply of the caller's party. A party has one reply in a collection. Who is named focal point may; where nobody
/// ever was, any of the party's who was not replaced as its focal point in the collection where they were last named.
#[utoipa::path(tag = "replies", request_body(content = Nothing, description = "may be left out"),
    responses((status = 201, body = ReplyView)))]
#[post("/v1/collections/{collection}/replies")]
pub async fn start_reply(
    caller: Caller,
    collection: web::Path<String>,
    body: Body<Nothing>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let collection: CollectionId = caller::id(&collection, "collection")?;
    let party = caller.party()?;
    let hand = caller.hand()?;
    let id = ReplyId::of(collection, party);
    let decided = services
        .desk
        .decide::<Reply>(
            &caller.request(&body.bytes),
            id.0,
            &[],
            async |reads| beginning(reads, collection, party, hand).await,
            || Command::Start { collection, party },
        )
        .await?;
    written(&services, id, &decided.now, true).await
}

/// The answer to a write: the reply as it was right after it.
///
/// # Errors
/// The database does not answer.
pub(in crate::http) async fn written(
    services: &Services,
    id: ReplyId,
    loaded: &Loaded<reply::State>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    written_with(services, id, loaded, is_new, Vec::new()).await
}

/// The same, with what whoever gave the command should know of it.
///
/// # Errors
/// The database does not answer.
pub(in crate::http) async fn written_with(
    services: &Services,
    id: ReplyId,
    loaded: &Loaded<reply::State>,
    is_new: bool,
    notices: Vec<NoticeView>,
) -> Result<HttpResponse, Problem> {
    let reply = loaded
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("reply"))?;
    let questionnaire = questionnaire(&services.desk, reply.instrument, reply.revision).await?;
    let location = is_new.then(|| format!("/v1/replies/{id}"));
    let mut view = ReplyView::of(id.0, reply, &questionnaire);
    view.notices.extend(notices);
    Ok(conditional::written(location, loaded.position, &view))
}

/// A reply: to its party and the Secretariat as it stands, to others what its party consents to have published, as it was
/// last submitted.
#[utoipa::path(tag = "replies", params(At), responses((status = 200, body = ReplyView)))]
#[get("/v1/replies/{reply}")]
pub async fn get_reply(
    request: HttpRequest,
    caller: Caller,
    reply: web::Path<String>,
    Query(asked): Query<At>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&reply, "reply")?;
    let seen = Seen::read(&services, &caller, id, &asked).await?;
    let mut view = ReplyView::of(id.0, &seen.reply, &seen.questionnaire);
    view.notices.extend(seen.notice(&caller.languages));
    // Without a notice it is the same in every language.
    let reader = if view.notices.is_empty() {
        Reader::any()
    } else {
        Reader::of(&caller.languages)
    };
    let tag = seen.tag(seen.position, reader);
    Ok(conditional::answer(&request, &tag, &view))
}
