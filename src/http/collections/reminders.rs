//! Reminders: a letter to each focal point whose party has not replied yet, or not answered what was asked about its reply.

use std::collections::{BTreeSet, HashSet};

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::path_id::party_id;
use crate::http::persons::posting::{UnreachableReason, addressee, find_beginner};
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::Part;
use crate::reading::parties::{self, PartyFilter};
use crate::reading::reminders::{RemindableParty, remindable_parties, reminded_lately};
use access::idempotency::{CommandOutcome, run_once};
use domain::collection::{Collection, Command, Event};
use domain::fault::pointer;
use domain::phrase::PlaceholderValue;
use domain::{CollectionId, Fault, Lang, PartyId, PersonId};

/// More parties than there can be.
const ALL: i64 = 100_000;

/// Whom to remind.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct SendReminders {
    /// Only these parties, by code or id; every invited party if left out.
    #[schema(example = json!(["FIN"]))]
    parties: Option<Vec<String>>,
}

/// Who is reminded, and who is not, each in the order of codes.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct RemindersSent {
    /// Parties to whose focal point a letter is sent.
    reminded: Vec<Reminded>,
    /// The other parties that were asked for.
    not_reminded: Vec<NotReminded>,
}

/// A party to whose focal point a letter is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Reminded {
    /// The party.
    party: Uuid,
    /// Its code.
    code: String,
    /// Of what.
    about: ReminderSubject,
    /// The language of the letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    language: Option<Lang>,
}

/// Of what a party is reminded.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Matter)]
pub enum ReminderSubject {
    /// Of the reply, which is not submitted yet.
    Reply,
    /// Of a clarification of what was submitted, which is not answered yet.
    Clarification,
}

/// A party to which no letter is sent.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct NotReminded {
    /// The party.
    party: Uuid,
    /// Its code.
    code: String,
    /// Why not.
    reason: Reason,
}

/// Why a party is not reminded.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It has replied already, and nothing is asked about that.
    Replied,
    /// Nobody is its focal point.
    NoFocalPoint,
    /// The directory has no address of its focal point's, who was erased, or is a program.
    NoAddress,
    /// Its focal point was written to by a reminder less than an hour ago.
    RemindedLately,
}

/// Reminds the focal points of the parties that have not replied yet, or have a clarification open, of all or of some, by a
/// letter in the language of each; after the deadline too, as long as the collection is open; nobody twice within an hour. That they were is recorded, and
/// the letters are queued. One is no longer sent once it has waited for ten days, or its party has replied.
#[utoipa::path(post, path = "/v1/collections/{collection}/reminders", tag = "letters", request_body(content = SendReminders, description = "may be left out"),
               responses((status = 202, body = RemindersSent)))]
pub async fn send_reminders(
    caller: Caller,
    collection: web::Path<String>,
    body: Body<SendReminders>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&collection, "collection")?;
    let loaded = services.desk.load::<Collection>(id.0, true).await?;
    PresentResource::from_loaded(&loaded).ok_or_else(|| Problem::not_found("collection"))?;
    let pool = services.log().pool();
    let invited = remindable_parties(pool, id.0).await?;
    let mut asked = requested_parties(&services, invited, body.value.parties.as_deref()).await?;
    for row in asked.iter_mut().filter(|row| row.is_beginners) {
        find_beginner(&services, id, row).await?;
    }
    let is_due = asked
        .iter()
        .filter_map(|row| Some((PartyId(row.party), due(row).ok()?)));
    let is_due: Vec<(PartyId, PersonId)> = is_due.collect();
    let request = caller.request(&body.bytes);
    // The fact first: a request that is sent again after it was cut short finds it. The letters follow from it.
    let remind_due = Command::Remind {
        parties: is_due.iter().map(|(party, _)| *party).collect(),
    };
    let decided = services
        .desk
        .decide::<Collection>(&request, id.0, &is_due, remind_due, &[])
        .await?;
    // Whom somebody else reminded at that moment.
    let due: Vec<(Uuid, Uuid)> = is_due
        .iter()
        .map(|(party, person)| (party.0, person.0))
        .collect();
    let meanwhile = reminded_lately(pool, id.0, &due).await?;
    let meanwhile: BTreeSet<PartyId> = meanwhile.into_iter().map(PartyId).collect();
    let reminded = decided.events.iter().filter_map(|event| match event {
        Event::RemindersSent(sent) => Some(&sent.parties),
        _ => None,
    });
    let reminded: HashSet<Uuid> = reminded.flatten().map(|party| party.0).collect();
    let done = run_once(pool, caller.principal.id, request.command, async |_| {
        Ok::<_, Problem>(((), reminders_sent(&asked, &reminded, &meanwhile)))
    });
    let (CommandOutcome::Now((), sent) | CommandOutcome::Before(sent)) = done.await?;
    services.letters.reach(services.head()).await;
    Ok(HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(sent))
}

/// The parties that are asked for: of those that are invited, all or those that are named.
///
/// # Errors
/// `reminder_faulty`, with a fault for each party that is unknown or not invited.
async fn requested_parties(
    services: &Services,
    invited: Vec<RemindableParty>,
    named: Option<&[String]>,
) -> Result<Vec<RemindableParty>, Problem> {
    let Some(named) = named else {
        return Ok(invited);
    };
    let ids: Vec<Uuid> = named.iter().map(|name| party_id(name).0).collect();
    let is_invited: HashSet<Uuid> = invited.iter().map(|row| row.party).collect();
    if !ids.iter().all(|id| is_invited.contains(id)) {
        let known = parties::list(
            services.log().pool(),
            &Part::first(None, ALL),
            &PartyFilter::default(),
        )
        .await?;
        let is_known: HashSet<Uuid> = known.rows.iter().map(|row| row.id).collect();
        let strays = ids.iter().zip(named).enumerate();
        let strays = strays.filter(|(_, (id, _))| !is_invited.contains(id));
        let faults = strays.map(|(index, (id, name))| Fault {
            code: if is_known.contains(id) {
                "party_not_invited"
            } else {
                "unknown_party"
            },
            pointer: pointer("/parties", index),
            question: None,
            args: vec![("code", PlaceholderValue::same(name))],
        });
        return Err(Problem::new("reminder_faulty").faults(faults.collect()));
    }
    let is_named: HashSet<Uuid> = ids.into_iter().collect();
    let rows = invited.into_iter();
    Ok(rows.filter(|row| is_named.contains(&row.party)).collect())
}

/// Who is reminded, as was recorded, and who is not.
fn reminders_sent(
    asked: &[RemindableParty],
    recorded: &HashSet<Uuid>,
    meanwhile: &BTreeSet<PartyId>,
) -> RemindersSent {
    let (mut reminded, mut not_reminded) = (Vec::new(), Vec::new());
    for row in asked {
        let (party, code) = (row.party, row.code.clone());
        match due(row) {
            // Sent again, a request that was cut short finds the letters that have followed from it since.
            Ok(_) | Err(Reason::RemindedLately) if recorded.contains(&party) => {
                let about = match row.is_asked {
                    true => ReminderSubject::Clarification,
                    false => ReminderSubject::Reply,
                };
                reminded.push(Reminded {
                    party,
                    code,
                    about,
                    language: Some(row.reads.unwrap_or(Lang::En)),
                });
            }
            Ok(_) if meanwhile.contains(&PartyId(party)) => not_reminded.push(NotReminded {
                party,
                code,
                reason: Reason::RemindedLately,
            }),
            // Whoever could be reminded only since then is not.
            Ok(_) => {}
            Err(reason) => not_reminded.push(NotReminded {
                party,
                code,
                reason,
            }),
        }
    }
    RemindersSent {
        reminded,
        not_reminded,
    }
}

/// Who is to be reminded, or why nobody is. A party that has replied is, of what was asked about that. Two reminders in a row
/// say nothing that one does not: the second is a slip of the hand.
fn due(row: &RemindableParty) -> Result<PersonId, Reason> {
    if row.replied && !row.is_asked {
        return Err(Reason::Replied);
    }
    let person = addressee(row).map_err(|nobody| match nobody {
        UnreachableReason::NoFocalPoint => Reason::NoFocalPoint,
        UnreachableReason::NoAddress => Reason::NoAddress,
    })?;
    match row.lately.contains(&person.0) {
        true => Err(Reason::RemindedLately),
        false => Ok(person),
    }
}
