//! Replies.

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::as_of;
use super::body::Body;
use super::caller::{self, Caller};
use super::conditional::{self, Reader, Tag};
use super::page::{Page, Slice};
use super::problem::Problem;
use super::published::Seen;
use super::query::Query;
use super::revisions::Nothing;
use super::schemas::NoticeView;
use super::services::Services;
use crate::access::{Principal, Role};
use crate::desk::{Desk, DeskError, Loaded, Reads};
use crate::domain::collection::Collection;
use crate::domain::delegation::Delegation;
use crate::domain::instrument::Instrument;
use crate::domain::questionnaire::Questionnaire;
use crate::domain::reply::{self, Command, Context, Hand, Reply};
use crate::domain::{CollectionId, DelegationId, InstrumentId, PartyId, PersonId, ReplyId};
use crate::reading::replies::{self as reading, ReplyRow, Sees};
use std::sync::Arc;

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
    /// `draft` or `submitted`.
    status: String,
    /// The number of the last submitted version; 0 before the first.
    version: u32,
    /// How many questions the revision has.
    questions: usize,
    /// How many of them have an answer, "not available" among them.
    answered: usize,
    /// Required questions that are blank.
    missing: Vec<String>,
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
            status: reply.status.to_string(),
            version: reply.version,
            questions: questionnaire.questions().count(),
            answered: reply.answers.len(),
            missing: missing.map(|question| question.code.clone()).collect(),
            notices: Vec::new(),
        }
    }
}

/// The questionnaire of a revision. A revision never changes, so a cached instrument will do if it has it.
///
/// # Errors
/// There is no such revision.
pub async fn questionnaire(
    desk: &Desk,
    instrument: InstrumentId,
    revision: u32,
) -> Result<Arc<Questionnaire>, DeskError> {
    for fresh in [false, true] {
        let loaded = desk.load::<Instrument>(instrument.0, fresh).await?;
        let found = loaded
            .state
            .as_ref()
            .as_ref()
            .and_then(|instrument| instrument.revision(revision));
        if let Some(revision) = found {
            return desk.questionnaire(&revision.questionnaire).await;
        }
    }
    Err(DeskError::NotFound("revision"))
}

/// What decisions on a reply read: its collection and its party's delegation, which are guarded, and the questionnaire.
///
/// # Errors
/// The collection does not exist.
pub async fn context(
    reads: &mut Reads<'_>,
    id: CollectionId,
    party: PartyId,
    hand: Hand,
) -> Result<Context, DeskError> {
    let delegation = DelegationId::of(id, party);
    let delegation = reads.state::<Delegation>(delegation.0).await?;
    let collection = reads.state::<Collection>(id.0).await?;
    let Some(opened) = collection.as_ref() else {
        return Err(DeskError::NotFound("collection"));
    };
    let questionnaire = questionnaire(reads.desk(), opened.instrument, opened.revision).await?;
    Ok(Context {
        hand,
        delegation,
        collection,
        questionnaire,
    })
}

/// A reply that the caller may see, as this process knows it, or as it is in the database.
///
/// # Errors
/// `not_found`, for a reply of another party too.
pub async fn visible(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    fresh: bool,
) -> Result<Loaded<reply::State>, Problem> {
    let mut loaded = services.desk.load::<Reply>(id.0, fresh).await?;
    if loaded.state.is_none() && !fresh {
        loaded = services.desk.load::<Reply>(id.0, true).await?;
    }
    let reply = loaded
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("reply"))?;
    caller.must_see(reply.party, "reply")?;
    let delegation = DelegationId::of(reply.collection, reply.party);
    let delegation = services.desk.load::<Delegation>(delegation.0, fresh);
    if !is_delegated(&caller.principal, &delegation.await?.state, reply.begun_by) {
        return Err(Problem::not_found("reply"));
    }
    Ok(loaded)
}

/// Whether somebody who may see what is the party's may see its reply: a focal point who was replaced may not any more,
/// and a colleague only once admitted.
fn is_delegated(
    principal: &Principal,
    delegation: &Delegation,
    begun_by: Option<PersonId>,
) -> bool {
    let person = PersonId(principal.id);
    match principal.role {
        Role::FocalPoint => delegation.is_focal_point(person, begun_by),
        Role::Contributor => delegation.contributors.contains_key(&person),
        _ => true,
    }
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
    services.collection(id, as_of.as_ref()).await?;
    let sees = if caller.principal.role.is_secretariat() {
        Sees::All
    } else {
        Sees::Published {
            besides: own(&services, &caller, id).await?,
        }
    };
    let read = reading::list(
        services.log().pool(),
        as_of.map(|head| head.position),
        id.0,
        sees,
        slice.after.as_deref(),
        slice.rows(),
    )
    .await?;
    let page = slice.page(read.rows, read.position, |row| row.code.clone());
    Ok(conditional::answer(
        &request,
        &Tag::Figure(read.changed, Reader::any()),
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
    match visible(services, caller, ReplyId::of(collection, party), true).await {
        Ok(_) => Ok(Some(party.0)),
        Err(problem) if problem.code() == "not_found" => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Begins the reply of the caller's party. A party has one reply in a collection.
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
            async |reads| context(reads, collection, party, hand).await,
            || Command::Start { collection, party },
        )
        .await?;
    let view = view(&services, id, &decided.now).await?;
    Ok(conditional::written(
        Some(format!("/v1/replies/{id}")),
        decided.now.position,
        &view,
    ))
}

async fn view(
    services: &Services,
    id: ReplyId,
    loaded: &Loaded<reply::State>,
) -> Result<ReplyView, Problem> {
    let reply = loaded
        .state
        .as_ref()
        .as_ref()
        .ok_or(Problem::not_found("reply"))?;
    let questionnaire = questionnaire(&services.desk, reply.instrument, reply.revision).await?;
    Ok(ReplyView::of(id.0, reply, &questionnaire))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// A position or a time.
    pub as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// A reply as of now or then: rights are always those of now.
///
/// # Errors
/// `not_found`, `before_it_existed`.
pub async fn visible_at(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    asked: &At,
) -> Result<Loaded<reply::State>, Problem> {
    let now = visible(services, caller, id, true).await?;
    match as_of::resolve(services.log(), asked.as_of.as_deref()).await? {
        None => Ok(now),
        Some(head) => {
            let then = services
                .desk
                .load_as_of::<Reply>(id.0, head.position)
                .await?;
            if then.state.is_none() {
                return Err(Problem::new("before_it_existed"));
            }
            Ok(then)
        }
    }
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
