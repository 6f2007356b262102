//! Sections that contributors hand back to their focal point, and that it returns: where the work on a draft stands, which is its
//! party's alone.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::conditional::{self, Reader, Tag};
use crate::http::delegations::shown_person_id;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::handling::stored_words::StoredWords;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::history::{ReplyHistory, ToldHandBack};
use crate::http::rights::hand_back::HandBackSight;
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::{AsOf, WordsShape};
use crate::http::services::Services;
use domain::ReplyId;
use domain::delegation::{Delegation, DelegationKey};
use domain::reply::{Command, Event, Reply};

/// A section that a contributor handed back, and how it was returned.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandBackView {
    /// The section's code.
    section: String,
    /// Who handed it back, by the id by which the caller is told of them, as in the delegation.
    person: Uuid,
    /// handed_back (it waits for the focal point), returned (it waits for the contributor)
    state: &'static str,
    /// What the contributor had to say of it.
    #[schema(value_type = Option<WordsShape>)]
    remark: Option<Value>,
    /// Where and when it was handed back.
    handed_back: AsOf,
    /// What the focal point had to say of it.
    #[schema(value_type = Option<WordsShape>)]
    return_remark: Option<Value>,
    /// Where and when it was returned, if it was.
    returned: Option<AsOf>,
}

/// The sections of a reply that were handed back.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandBacksView {
    /// The reply.
    reply: Uuid,
    /// By section and person: of each what was last, since the reply was submitted last.
    items: Vec<HandBackView>,
}

impl HandBackView {
    fn from_told(told: &ToldHandBack, person: Uuid, words: &StoredWords) -> Self {
        let show = |text: &domain::Words| words.show(&text.content, Some(text.lang));
        let returned = told.hand_back.returned.as_ref();
        Self {
            section: told.section.clone(),
            person,
            state: match returned {
                None => "handed_back",
                Some(_) => "returned",
            },
            remark: told.hand_back.remark.as_ref().map(show),
            handed_back: told.handed_back.clone(),
            return_remark: returned
                .and_then(|returned| returned.remark.as_ref())
                .map(show),
            returned: told.returned.clone(),
        }
    }
}

impl HandBacksView {
    async fn new(
        services: &Services,
        caller: &Caller,
        (id, of): (ReplyId, DelegationKey),
        all: &[ToldHandBack],
    ) -> Result<(Self, u64), Problem> {
        let words = hand_back_words(services, caller, all).await?;
        let items = all.iter();
        let person = |told: &ToldHandBack| shown_person_id(services, caller, of, told.person);
        let view = Self {
            reply: id.0,
            items: items
                .map(|told| HandBackView::from_told(told, person(told), &words))
                .collect(),
        };
        Ok((view, words.changed))
    }
}

/// The remarks as they are shown.
pub(in crate::http) async fn hand_back_words(
    services: &Services,
    caller: &Caller,
    all: &[ToldHandBack],
) -> Result<StoredWords, Problem> {
    let remarks = all.iter().flat_map(|told| {
        let returned = told.hand_back.returned.as_ref();
        let returned = returned.and_then(|returned| returned.remark.as_ref());
        told.hand_back.remark.iter().chain(returned)
    });
    StoredWords::read(services, caller, remarks.map(|remark| &remark.content)).await
}

/// The sections that contributors handed back since the reply was submitted last, and those of them that were returned. To the
/// focal point all; to a contributor those that it answers, not what else is opened to it; to nobody else.
#[utoipa::path(get, path = "/v1/replies/{reply}/hand-backs", tag = "replies", params(At), responses((status = 200, body = HandBacksView)))]
pub async fn list_hand_backs(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let history = ReplyHistory::visible(services, caller, id, lookup.position()).await?;
    let desk = &services.desk;
    let of = delegation_of(&history.now);
    let delegation = desk.ids().delegation(of.collection, of.party);
    let delegation = desk.load::<Delegation>(delegation.0, true).await?.state;
    let sight = HandBackSight::for_principal(&caller.principal, &delegation);
    let all = history.hand_backs.iter();
    let told: Vec<ToldHandBack> = all
        .filter(|held| sight.tells(&held.section))
        .cloned()
        .collect();
    let (view, changed) = HandBacksView::new(services, caller, (id, of), &told).await?;
    let reader = Reader::any().seeing(&sight).words(changed);
    Ok(lookup.answer(&Tag::Resource(history.position, reader), &view))
}

/// Whose people pass a reply's sections on.
fn delegation_of(reply: &Reply) -> DelegationKey {
    DelegationKey {
        collection: reply.collection,
        party: reply.party,
    }
}

/// How a section is handed back, or returned.
#[derive(Debug, Deserialize, ToSchema)]
pub struct SectionRemark {
    /// What there is to say of it: at most 10,000 characters.
    remark: Option<NewWords>,
}

/// Hands a section back to the focal point, who is told by letter: a contributor has done its part of it. It can still save, and
/// that ends nothing. The focal point returns the section, or submits; a submission, a discarded amendment, and whatever else
/// closes the reply end it. A remark is read by the focal point, and by those who answer the section.
#[utoipa::path(post, path = "/v1/replies/{reply}/sections/{section}/hand-back", tag = "replies",
    request_body(content = SectionRemark, description = "may be left out"), responses((status = 201, body = HandBacksView)))]
pub async fn hand_back_section(
    write: Write<SectionRemark>,
    PathId(id): PathId<ReplyId>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let section = path.into_inner().1;
    pass(write, id, |remark| Command::HandBack { section, remark }).await
}

/// Returns a section to the contributors who handed it back and still answer it; they are told by letter. They read the remark,
/// and so do others who answer the section.
#[utoipa::path(post, path = "/v1/replies/{reply}/sections/{section}/return", tag = "replies",
    request_body(content = SectionRemark, description = "may be left out"), responses((status = 201, body = HandBacksView)))]
pub async fn return_section(
    write: Write<SectionRemark>,
    PathId(id): PathId<ReplyId>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let section = path.into_inner().1;
    pass(write, id, |remark| Command::Return { section, remark }).await
}

/// Passes a section from one hand to the other, and answers what was handed back or returned by it.
async fn pass(
    mut write: Write<SectionRemark>,
    id: ReplyId,
    command: impl FnOnce(Option<domain::Words>) -> Command,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&write.services, &write.caller);
    let acting = ReplyActor::on(services, caller, id).await?;
    let remark = write.body.remark.as_ref();
    let remark = remark.map(|remark| remark.as_answer(&mut write.contents));
    let command = command(remark.transpose()?);
    let decided = acting
        .decide(write.request(), &write.contents, command)
        .await;
    // The section is of the address.
    let decided = decided.map_err(|error| match Problem::from(error) {
        problem if problem.code() == "unknown_section" => Problem::not_found("section"),
        problem => problem,
    })?;
    services.letters.reach(services.head()).await;
    let position = decided.now.position;
    let history = ReplyHistory::read(services, id, Some(position)).await?;
    let is_passed = |told: &&ToldHandBack| {
        decided.events.iter().any(|event| match event {
            Event::SectionHandedBack(event) => {
                event.section == told.section && event.by == told.person
            }
            Event::SectionReturned(event) => {
                event.section == told.section && event.to.contains(&told.person)
            }
            _ => false,
        })
    };
    let all = history.hand_backs.iter();
    let passed: Vec<ToldHandBack> = all.filter(is_passed).cloned().collect();
    let (view, _) =
        HandBacksView::new(services, caller, (id, delegation_of(&history.now)), &passed).await?;
    let location = Some(format!("/v1/replies/{id}/hand-backs"));
    Ok(conditional::write_answer(location, position, &view))
}
