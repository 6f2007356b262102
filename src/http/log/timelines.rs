//! The timeline of any object: its events in plain words, each with who, when and position.

use std::collections::{BTreeSet, HashMap};

use actix_web::{HttpResponse, web};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::assistance::requests;
use crate::http::conditional::Tag;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::{At, ListLookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::log::withheld::{number_events, visible_events};
use crate::http::problem::Problem;
use crate::http::reports;
use crate::http::rights::consultation as consulting;
use crate::http::rights::need as need_access;
use crate::http::rights::reply as reply_access;
use crate::http::schemas::{chosen, rfc3339};
use crate::http::services::Services;
use access::Role;
use domain::meeting::Meeting;
use domain::need_types::NeedTypes;
use domain::party::Party;
use domain::{
    CommentId, ConsultationId, NeedId, PartyId, ReplyId, ReportId, RequestId, need_types_id,
};
use event_log::StoredEvent;
use texts::sentences;

/// An event in plain words.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineItem {
    /// Its place in the log.
    position: u64,
    /// Its place in the object's own history, as far as that is told: 1, 2, 3.
    version: i32,
    /// When it was recorded, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    time: String,
    /// What happened, for programs; see docs/events.md.
    kind: String,
    /// What happened, in a sentence.
    text: String,
    /// Who did it.
    by: ActorView,
}

/// Who did something. Persons are named by nobody but the directory.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActorView {
    /// In which role, for programs.
    role: String,
    /// In which role and for whom, in words.
    text: String,
    /// The code of the party for which it was done; null for the Secretariat.
    party: Option<String>,
    /// The principal's id; only told to the Secretariat and to the party for which it was done.
    principal: Option<Uuid>,
}

/// Who sees an object's timeline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Audience {
    /// Everybody.
    All,
    /// Whoever has signed in.
    Principals,
    /// The party that its first event names, and the Secretariat.
    ItsParty,
    /// Whoever may read the object itself.
    ItsReaders,
    /// The Secretariat.
    Secretariat,
}

/// By aggregate. What is missing here is the Secretariat's.
const SEEN_BY: &[(&str, Audience)] = &[
    ("party", Audience::All),
    ("classification", Audience::All),
    ("instrument", Audience::Principals),
    ("consultation", Audience::ItsReaders),
    ("comment", Audience::ItsReaders),
    ("collection", Audience::All),
    ("delegation", Audience::ItsParty),
    ("reply", Audience::ItsReaders),
    ("report", Audience::ItsReaders),
    ("need", Audience::ItsReaders),
    ("need_types", Audience::All),
    ("meeting", Audience::All),
    ("document", Audience::All),
    ("contribution", Audience::All),
    ("project", Audience::All),
    ("material", Audience::All),
    ("request", Audience::ItsReaders),
];

/// The events of an object, by its id, in plain words and in their order. Of a reply others than its party are told nothing of
/// what was saved, nor how often; a contributor what concerns its sections.
#[utoipa::path(get, path = "/v1/timelines/{object}", tag = "events", params(Paging, At), responses((status = 200, body = Page<TimelineItem>)))]
pub async fn get_timeline(
    list: ListLookup,
    object: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&list.services, &list.caller);
    let id: Uuid = caller::id(&object, "object")?;
    let aggregate = authorise_timeline(services, caller, id).await?;
    if aggregate == "need" {
        let need = need_access::own(services, caller, NeedId(id)).await?;
        need.note(&list.http);
    }
    let (after, rows) = (list.slice.after_key()?.unwrap_or(0), list.slice.rows());
    let head = match list.position() {
        Some(position) => position,
        None => services.log().head().await?.position,
    };
    let (told, sight) = visible_events(services, caller, aggregate, id, head).await?;
    let events = match told {
        // What is withheld leaves no gap by which it could be counted.
        Some(told) => number_events(told, after, rows),
        None => services.log().history(id, after, head, rows).await?,
    };
    let untold = withheld_versions(services, caller, aggregate, id).await?;
    let named = referenced_names(services, caller, &events).await?;
    let mut page = list.page(events, head, |event| event.position, |event| event);
    // What a later page shows changes with the object as well; its last event on this one tells whether this did.
    let last = page.items.last().map_or(0, |event| event.position);
    page.items.retain(|event| !untold.contains(&event.version));
    let types = services.desk.load::<NeedTypes>(need_types_id(), false);
    let types = types.await?.state;
    let page = page.map(|event| item(caller, labelled(event, &types), &named));
    let tag = Tag::Figure(last, sight.tagged(list.reader()));
    Ok(list.answer(&tag, &page))
}

/// To whom an object may not be shown, it is not there: not by what it takes to find that out either. So whatever has readers
/// of its own is looked for as each of them in turn, also where nothing has this id.
async fn authorise_timeline(
    services: &Services,
    caller: &Caller,
    id: Uuid,
) -> Result<&'static str, Problem> {
    let head = services.log().head().await?.position;
    let first = services.log().history(id, 0, head, 1).await?;
    let first = first.first();
    let aggregate = first.and_then(|first| domain::aggregate_of(&first.kind));
    let aggregate = aggregate.unwrap_or_default();
    let principal = &caller.principal;
    // A need that is only drafted is its State's.
    if principal.role.is_secretariat() && aggregate != "need" {
        return first.map_or(Err(Problem::not_found("object")), |_| Ok(aggregate));
    }
    let audience = SEEN_BY.iter().find(|(known, _)| *known == aggregate);
    let may = match audience.map_or(Audience::Secretariat, |(_, audience)| *audience) {
        Audience::All => true,
        Audience::Principals => !matches!(principal.role, Role::Commenter | Role::Anonymous),
        Audience::ItsParty => {
            let party = first.and_then(|first| party(&first.data));
            party.is_some_and(|party| principal.sees(party))
        }
        Audience::ItsReaders | Audience::Secretariat => false,
    };
    if may {
        return Ok(aggregate);
    }
    for (known, audience) in SEEN_BY {
        if *audience == Audience::ItsReaders
            && reads(services, caller, known, id).await?
            && *known == aggregate
        {
            return Ok(aggregate);
        }
    }
    Err(Problem::not_found("object"))
}

/// The versions of an object of which the caller is told nothing: dispositions of a comment that were decided anew before
/// they were published.
async fn withheld_versions(
    services: &Services,
    caller: &Caller,
    aggregate: &str,
    id: Uuid,
) -> Result<Vec<i32>, Problem> {
    if aggregate != "comment"
        || consulting::sees_whole_history(services, caller, CommentId(id)).await?
    {
        return Ok(Vec::new());
    }
    let head = services.log().head().await?.position;
    let all = services.log().history(id, 0, head, i64::MAX).await?;
    let disposed = all.iter().filter(|event| event.kind == "comment_disposed");
    let mut versions: Vec<i32> = disposed.map(|event| event.version).collect();
    versions.pop();
    Ok(versions)
}

/// Whether the caller reads an object.
async fn reads(
    services: &Services,
    caller: &Caller,
    aggregate: &str,
    id: Uuid,
) -> Result<bool, Problem> {
    let found = match aggregate {
        "reply" => reply_access::visible(services, caller, ReplyId(id), true)
            .await
            .map(drop),
        "request" => requests::visible(services, caller, RequestId(id))
            .await
            .map(drop),
        "need" => need_access::own(services, caller, NeedId(id))
            .await
            .map(drop),
        "consultation" => consulting::visible(services, caller, ConsultationId(id))
            .await
            .map(drop),
        "comment" => consulting::sees_whole_history(services, caller, CommentId(id))
            .await
            .map(drop),
        "report" => reports::visible(services, caller, ReportId(id))
            .await
            .map(drop),
        _ => return Ok(false),
    };
    Ok(Problem::optional(found)?.is_some())
}

fn party(data: &serde_json::Value) -> Option<PartyId> {
    data["party"].as_str()?.parse().ok()
}

/// What the events name, by id: the parties, also those that acted, and meetings.
#[derive(Default)]
struct ReferencedNames {
    names: HashMap<Uuid, String>,
    codes: HashMap<Uuid, String>,
}

async fn referenced_names(
    services: &Services,
    caller: &Caller,
    events: &[StoredEvent],
) -> Result<ReferencedNames, Problem> {
    let told = events.iter().flat_map(|event| {
        let named = sentences::referenced_ids(&event.kind, &event.data);
        named.into_iter().map(|(_, id)| id).chain(event.actor.party)
    });
    let told: BTreeSet<Uuid> = told.collect();
    let mut named = ReferencedNames::default();
    for id in told {
        let party = services.desk.load::<Party>(id, false).await?;
        if let Some(party) = party.state.as_ref() {
            named.codes.insert(id, party.code.clone());
            let (_, name) = chosen(&party.names, &caller.languages);
            named.names.insert(id, name);
            continue;
        }
        let meeting = services.desk.load::<Meeting>(id, false).await?;
        if let Some(meeting) = meeting.state.as_ref() {
            let (_, title) = chosen(&meeting.title, &caller.languages);
            named.names.insert(id, title);
        }
    }
    Ok(named)
}

/// A need's event, whose type says what the list of its version calls it.
fn labelled(mut event: StoredEvent, types: &NeedTypes) -> StoredEvent {
    let version = event.data["types_version"].as_u64();
    let version = version.and_then(|version| u32::try_from(version).ok());
    let label = version.zip(event.data["type"].as_str());
    if let Some(label) = label.and_then(|(version, code)| types.label(version, code)) {
        event.data["type"] = json!(label);
    }
    event
}

fn item(caller: &Caller, event: StoredEvent, named: &ReferencedNames) -> TimelineItem {
    let actor = &event.actor;
    let name = actor.party.and_then(|party| named.names.get(&party));
    let role = texts::text::<&str>(&format!("role.{}", actor.role), &caller.languages, &[]);
    let is_told = match actor.party {
        Some(party) => caller.principal.sees(PartyId(party)),
        None => caller.principal.role.is_secretariat(),
    };
    let by = ActorView {
        text: match name {
            Some(name) => format!("{role} ({name})"),
            None => role,
        },
        role: actor.role.clone(),
        party: actor
            .party
            .and_then(|party| named.codes.get(&party).cloned()),
        principal: is_told.then_some(actor.principal),
    };
    TimelineItem {
        text: sentences::tell(&event.kind, &event.data, &caller.languages, &named.names),
        position: event.position,
        version: event.version,
        time: rfc3339(event.time),
        kind: event.kind,
        by,
    }
}
