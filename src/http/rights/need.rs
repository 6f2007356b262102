//! Needs as they are found: who sees one. A need is for its State and the Secretariat, and
//! for those with whom the State shares it now. Beside a reply it is for whoever of the State may see the reply.

use actix_web::HttpRequest;

use crate::desk::PresentResource;
use crate::http::handling::caller::Caller;
use crate::http::handling::read_record::DraftRead;
use crate::http::problem::Problem;
use crate::http::rights::reply::{self as reply_access, is_replaced_now};
use crate::http::services::Services;
use crate::reading::needs::{self as reading, Drafts, NeedVisibility};
use crate::reading::viewer;
use access::Role;
use domain::need::{Need, Sharing, Status};
use domain::reply::Reply;
use domain::{NeedId, PartyId, PersonId, ReplyId};

/// With whom a need must be shared for the caller to see it, where it is not the caller's own.
const fn audiences(role: Role) -> &'static [Sharing] {
    match role {
        Role::Donor => &[Sharing::Donors, Sharing::All],
        _ => &[Sharing::All],
    }
}

/// The party for whose needs outside of any reply the caller is there. Not a donor, who only gives; not a contributor, who
/// is there for sections of a reply; and not a focal point who was replaced.
pub(in crate::http) async fn alone(
    services: &Services,
    caller: &Caller,
) -> Result<Option<PartyId>, Problem> {
    let principal = &caller.principal;
    let Some(party) = principal.party else {
        return Ok(None);
    };
    match principal.role {
        Role::Mission => Ok(Some(party)),
        Role::FocalPoint => {
            let person = PersonId(principal.id);
            let is_replaced = is_replaced_now(services, party, person).await?;
            Ok((!is_replaced).then_some(party))
        }
        _ => Ok(None),
    }
}

/// Whether the need is the caller's to see without its being shared, and whether it is only drafted. What is only drafted beside
/// a reply is for whoever sees that reply's drafts.
async fn is_own(
    services: &Services,
    caller: &Caller,
    id: NeedId,
    need: &Need,
) -> Result<(bool, bool), Problem> {
    let Some(reply) = need.reply else {
        let is_secretariat = caller.principal.role.is_secretariat();
        let is_own = is_secretariat || alone(services, caller).await? == Some(need.party);
        return Ok((is_own, false));
    };
    let seen = reply_access::visible(services, caller, reply, true).await;
    let Some(reply) = Problem::optional(seen)? else {
        return Ok((false, false));
    };
    let is_drafted = need.status(reply.needs.contains(&id), false) == Status::Drafted;
    let is_own = reply.sight.sees_the_rest() && (!is_drafted || reply.sight.sees_drafts());
    Ok((is_own, is_drafted))
}

/// Whose drafts of needs the caller sees, beside the replies that it sees.
pub(in crate::http) const fn drafts_of(caller: &Caller) -> Drafts {
    match caller.principal.role {
        Role::FocalPoint | Role::Contributor => Drafts::All,
        Role::Administrator | Role::Officer => Drafts::Entered,
        Role::Mission | Role::Donor | Role::Commenter | Role::Anonymous => Drafts::None,
    }
}

async fn sees_needs_of(
    services: &Services,
    caller: &Caller,
    reply: ReplyId,
) -> Result<bool, Problem> {
    let seen = reply_access::visible(services, caller, reply, true).await;
    Ok(Problem::optional(seen)?.is_some_and(|reply| reply.sight.sees_the_rest()))
}

/// The needs that the caller sees because they are shared.
pub(in crate::http) fn shared_with(caller: &Caller) -> NeedVisibility {
    let audiences = audiences(caller.principal.role).iter();
    NeedVisibility {
        shared: audiences.map(ToString::to_string).collect(),
        ..NeedVisibility::default()
    }
}

/// Which needs the caller sees.
pub(in crate::http) async fn sees(
    services: &Services,
    caller: &Caller,
) -> Result<NeedVisibility, Problem> {
    let mut sees = NeedVisibility {
        all: caller.principal.role.is_secretariat(),
        alone: alone(services, caller).await?.map(|party| party.0),
        drafts: drafts_of(caller),
        ..shared_with(caller)
    };
    if let (Some(party), false) = (caller.principal.party, sees.all) {
        for reply in reading::replies_of(services.log().pool(), party.0).await? {
            if sees_needs_of(services, caller, ReplyId(reply)).await? {
                sees.replies.push(reply);
            }
        }
        sees.replies.sort_unstable();
    }
    Ok(sees)
}

/// A need that the caller sees.
pub(in crate::http) struct VisibleNeed {
    pub id: NeedId,
    pub need: PresentResource<Need>,
    /// Whether the caller sees it as its State's or the Secretariat's, and not because it is shared.
    pub is_own: bool,
    /// The reply beside which it is only drafted.
    pub drafted_beside: Option<ReplyId>,
}

impl VisibleNeed {
    /// Notes of a draft that it was read as one: the audit does not tell that it is there.
    pub fn note(&self, request: &HttpRequest) {
        if let Some(reply) = self.drafted_beside {
            let operation = "list_reply_needs";
            DraftRead { operation, reply }.note(request);
        }
    }
}

/// A need by its own stream or, where nothing was done with it yet, as the reply states it; now, or as of then.
///
/// # Errors
/// It could not be read.
pub(in crate::http) async fn load(
    services: &Services,
    id: NeedId,
    as_of: Option<u64>,
) -> Result<Option<PresentResource<Need>>, Problem> {
    let desk = &services.desk;
    let loaded = match as_of {
        None => desk.load::<Need>(id.0, true).await?,
        Some(position) => desk.load_as_of::<Need>(id.0, position).await?,
    };
    if let Some(need) = PresentResource::from_loaded(&loaded) {
        return Ok(Some(need));
    }
    let stated_by = reading::stated_by(services.log().pool(), id.0).await?;
    let Some(reply) = stated_by.map(ReplyId) else {
        return Ok(None);
    };
    let held = match as_of {
        None => desk.load::<Reply>(reply.0, true).await?,
        Some(position) => desk.load_as_of::<Reply>(reply.0, position).await?,
    };
    let held = held.state.as_ref().as_ref();
    let need = held.and_then(|held| held.stated_need(reply, id));
    Ok(need.map(|need| PresentResource::of_state(need, loaded.position)))
}

/// A need that the caller sees, as it is in the database.
///
/// # Errors
/// `not_found`, for one that the caller may not see too.
pub(in crate::http) async fn visible(
    services: &Services,
    caller: &Caller,
    id: NeedId,
) -> Result<VisibleNeed, Problem> {
    let is_secretariat = caller.principal.role.is_secretariat();
    // What the caller sees is found out before the need is looked for, be it there or not.
    if !is_secretariat {
        let sees = sees(services, caller).await?;
        if !viewer::need(services.log().pool(), id.0, &sees).await? {
            return Err(Problem::not_found("need"));
        }
    }
    let need = load(services, id, None).await?;
    let need = need.ok_or(Problem::not_found("need"))?;
    let (is_own, is_drafted) = is_own(services, caller, id, &need).await?;
    let is_shared = audiences(caller.principal.role).contains(&need.sharing);
    let is_dropped =
        need.stage == Status::Dropped || is_dropped_with_changes(services, id, &need).await?;
    if is_dropped || !(is_own || is_shared) {
        return Err(Problem::not_found("need"));
    }
    Ok(VisibleNeed {
        id,
        is_own,
        drafted_beside: need.reply.filter(|_| is_drafted),
        need,
    })
}

/// Whether a draft went with the changes of the reply that it was drafted beside.
async fn is_dropped_with_changes(
    services: &Services,
    id: NeedId,
    need: &Need,
) -> Result<bool, Problem> {
    let (Status::Drafted, Some(reply)) = (need.stage, need.reply) else {
        return Ok(false);
    };
    let reply = services.desk.load::<Reply>(reply.0, true).await?;
    Ok(PresentResource::from_loaded(&reply).is_some_and(|reply| reply.dropped.contains(&id)))
}

/// A need of the caller's own party, or any to the Secretariat.
///
/// # Errors
/// `not_found`, for one that is only shared with the caller too: whoever may not change it learns no more of it.
pub(in crate::http) async fn own(
    services: &Services,
    caller: &Caller,
    id: NeedId,
) -> Result<VisibleNeed, Problem> {
    let seen = visible(services, caller, id).await?;
    seen.is_own
        .then_some(seen)
        .ok_or(Problem::not_found("need"))
}
