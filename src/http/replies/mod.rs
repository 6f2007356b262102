//! Replies.

pub mod amendments;
pub(in crate::http) mod answer_input;
pub(in crate::http) mod answer_output;
pub mod answers;
pub mod checks;
pub mod clarifications;
pub mod entries;
pub(in crate::http) mod file_input;
pub mod files;
pub mod hand_backs;
pub mod history;
pub mod previous;
pub mod publications;
pub(in crate::http) mod published;
pub mod reviews;
pub mod submissions;
pub mod version_differences;
mod version_needs;
pub mod versions;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::desk::LoadedState;
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::problem::Problem;
use crate::http::replies::published::SeenReply;
use crate::http::rights::reply::{VisibleReply, visible};
use crate::http::schemas::{Nothing, NoticeView, Sources};
use crate::http::services::Services;
use crate::reading::replies::{self as reading, ReplyFilter, ReplyRow, ReplyVisibility};
use domain::reply::{self, Command, Reply, Source, Status};
use domain::{CollectionId, ReplyId};

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
    /// The revision that is answered: of what can be changed, the one that the collection asks now.
    revision: u32,
    /// draft; submitted; clarification (the Secretariat has asked about it: it can be changed and submitted anew);
    /// accepted; amendment (it is being amended); withdrawn. In a clarification and an amendment the last submitted version
    /// counts.
    status: domain::reply::Status,
    /// The number of the last submitted version; 0 before the first.
    version: u32,
    /// How many questions the revision has; to a contributor, the sections that it reads.
    questions: usize,
    /// How many of them have an answer, "not available" among them: as far as the caller sees them, and of a party's draft all,
    /// which is what others are told of it.
    answered: usize,
    /// The addresses of what must be answered and is blank; null where the reply is its party's draft.
    missing: Option<Vec<String>>,
    /// How many fields hold an answer of the last round that was carried over and is not confirmed.
    #[serde(skip_serializing_if = "is_zero")]
    unconfirmed: usize,
    /// From what the Secretariat enters it, or entered it last; not there where its party writes itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    /// How many clarifications are open, of those that the caller sees.
    #[serde(skip_serializing_if = "is_zero")]
    open_clarifications: usize,
    /// What whoever sees only what is published must know; then questions are counted in the published sections.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<NoticeView>,
}

impl ReplyView {
    /// A reply as it is shown to whoever sees so much of it.
    fn seen(id: ReplyId, seen: &SeenReply) -> Self {
        let reply = &seen.reply;
        Self {
            id: id.0,
            collection: reply.collection.0,
            party: reply.party.0,
            instrument: reply.instrument.0,
            revision: seen.revision,
            status: reply.status(),
            version: reply.version,
            questions: seen.questions().len(),
            answered: seen.answered(),
            missing: (!seen.is_withheld()).then(|| seen.missing()),
            unconfirmed: reply.carried.size(),
            source: reply.source.clone(),
            open_clarifications: seen.open_clarifications(),
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
#[into_params(parameter_in = Query)]
pub struct ListReplies {
    /// member_states; other_sources: those of observers, organizations, institutes and UN entities, which figures never count
    /// as Member States’. All, if left out.
    #[param(value_type = Option<Sources>, inline)]
    of: Option<Sources>,
    /// Only those in this status: draft, submitted, clarification, accepted, amendment, withdrawn.
    #[param(value_type = Option<domain::reply::Status>, inline)]
    status: Option<Status>,
}

/// The replies to a collection that the caller may see, in the order of the parties' codes: the own party's, drafts among
/// them, and those that are published.
#[utoipa::path(get, path = "/v1/collections/{collection}/replies", tag = "replies", params(ListReplies, Paging, At), responses((status = 200, body = Page<ReplyRow>)))]
pub async fn list_replies(
    list: ListLookup<ListReplies>,
    PathId(id): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller, asked) = (&list.services, &list.caller, &list.query);
    services.collection(id, list.as_of.as_ref()).await?;
    let sees = if caller.principal.role.is_secretariat() {
        ReplyVisibility::All
    } else {
        ReplyVisibility::Published {
            besides: own_party(services, caller, id).await?,
        }
    };
    let reader = Reader::any().seeing(&sees);
    let wanted = ReplyFilter {
        of: asked.of.map(Sources::as_str),
        status: asked.status.map(Status::as_str),
    };
    let read = reading::list(list.pool(), &list.part()?, id.0, sees, wanted).await?;
    let code = |row: &ReplyRow| row.code.clone();
    let page = list.page(read.rows, read.position, code, |row| row);
    Ok(list.answer(&Tag::Figure(read.changed, reader), &page))
}

/// The caller's party, where the caller may see its reply in the collection. A party has one, so who may not see that one
/// sees none.
async fn own_party(
    services: &Services,
    caller: &Caller,
    collection: CollectionId,
) -> Result<Option<Uuid>, Problem> {
    let Some(party) = caller.principal.party else {
        return Ok(None);
    };
    let seen = visible(
        services,
        caller,
        services.desk.ids().reply(collection, party),
        true,
    )
    .await;
    Ok(Problem::optional(seen)?.map(|_| party.0))
}

/// Begins the reply of the caller's party. A party has one reply in a collection. Who is named focal point may; where nobody
/// ever was, any of the party's who was not replaced as its focal point in the collection where they were last named.
#[utoipa::path(post, path = "/v1/collections/{collection}/replies", tag = "replies", request_body(content = Nothing, description = "may be left out"),
    responses((status = 201, body = ReplyView)))]
pub async fn start_reply(
    write: Write<Nothing>,
    PathId(collection): PathId<CollectionId>,
) -> Result<HttpResponse, Problem> {
    let party = write.caller.party()?;
    let case = write.caller.reply_capacity()?.into();
    let id = write.services.desk.ids().reply(collection, party);
    let start = Command::Start { collection, party };
    let decided = write.decide_case::<Reply>(id, &case, start);
    let now = decided.await?.now;
    reply_answer(&write.services, &write.caller, id, &now, true).await
}

/// The answer to a write: the reply as it was right after it, as far as the caller sees it.
pub(in crate::http) async fn reply_answer(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    loaded: &LoadedState<reply::State>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    written_with(services, caller, id, loaded, is_new, Vec::new()).await
}

/// The same, with what whoever gave the command should know of it.
pub(in crate::http) async fn written_with(
    services: &Services,
    caller: &Caller,
    id: ReplyId,
    loaded: &LoadedState<reply::State>,
    is_new: bool,
    notices: Vec<NoticeView>,
) -> Result<HttpResponse, Problem> {
    let shown = VisibleReply::after_write(services, caller, id, loaded).await?;
    let seen = SeenReply::own(services, shown).await?;
    let (location, position) = (is_new.then(|| format!("/v1/replies/{id}")), seen.position);
    let mut view = ReplyView::seen(id, &seen);
    view.notices.extend(notices);
    Ok(conditional::write_answer(location, position, &view))
}

/// A reply: to its party as it stands, to a contributor of its sections; to the Secretariat, and to the party's permanent
/// mission, as it was last submitted, and of one that never was only that it is begun and how many answers it has; to others
/// what its party consents to have published. What the Secretariat enters itself it sees as it stands.
#[utoipa::path(get, path = "/v1/replies/{reply}", tag = "replies", params(At), responses((status = 200, body = ReplyView)))]
pub async fn get_reply(
    lookup: Lookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let seen = SeenReply::read(&lookup, id).await?;
    let mut view = ReplyView::seen(id, &seen);
    view.notices.extend(seen.notice(lookup.languages()));
    // Without a notice it is the same in every language.
    let reader = if view.notices.is_empty() {
        Reader::any()
    } else {
        lookup.reader()
    };
    Ok(lookup.answer(&seen.tag(seen.position, reader), &view))
}
