//! Reminders: a letter to each focal point whose party has not replied yet.

use std::collections::HashSet;

use actix_web::http::header;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sqlx::PgConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use super::body::Body;
use super::caller::{self, Caller};
use super::dates;
use super::parties::party_id;
use super::problem::Problem;
use super::services::Services;
use super::there::There;
use crate::access::idempotency::{Done, once};
use crate::access::links::INVITATION_LASTS;
use crate::domain::collection::{Collection, Command, Context, Event};
use crate::domain::fault::pointer;
use crate::domain::reply::Reply;
use crate::domain::{CollectionId, Fault, PartyId, PersonId, ReplyId};
use crate::mail::{LetterKind, NewLetter, Outbox};
use crate::reading::parties::{self, Filter};
use crate::reading::reminders::{Remindable, remindable};

/// More parties than there can be.
const ALL: i64 = 100_000;

/// Where a focal point asks for a link to come in by: a link in the letter itself would be over when it is read late.
const SIGN_IN: &str = "/sign-in";

/// Whom to remind.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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
    /// It has replied already.
    Replied,
    /// Nobody is its focal point.
    NoFocalPoint,
    /// The directory has no address of its focal point's, who was erased, or is a program.
    NoAddress,
}

/// Reminds the focal points of the parties that have not replied yet, of all or of some, by a letter in the language of
/// each; after the deadline too, as long as the collection is open. That they were is recorded. The letter is no longer sent
/// once it has waited for ten days.
#[utoipa::path(tag = "letters", request_body(content = SendReminders, description = "may be left out"),
               responses((status = 202, body = RemindersSent)))]
#[post("/v1/collections/{collection}/reminders")]
pub async fn send_reminders(
    caller: Caller,
    collection: web::Path<String>,
    body: Body<SendReminders>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let id: CollectionId = caller::id(&collection, "collection")?;
    let loaded = services.desk.load::<Collection>(id.0, true).await?;
    let collection = There::is(&loaded).ok_or_else(|| Problem::not_found("collection"))?;
    let pool = services.log().pool();
    let invited = remindable(pool, id.0).await?;
    let mut asked = asked(&services, invited, body.value.parties.as_deref()).await?;
    for row in asked.iter_mut().filter(|row| row.is_beginners) {
        find_beginner(&services, id, row).await?;
    }
    let due = asked.iter().filter(|row| addressee(row).is_ok());
    let due: Vec<PartyId> = due.map(|row| PartyId(row.party)).collect();
    let request = caller.request(&body.bytes);
    // The fact first: a request that is sent again after it was cut short finds it, and sends the letters that it names.
    let decided = services
        .desk
        .decide::<Collection>(
            &request,
            id.0,
            &[],
            async |_| Ok(Context::default()),
            || Command::Remind {
                parties: due.clone(),
            },
        )
        .await?;
    let reminded = decided.events.iter().filter_map(|event| match event {
        Event::RemindersSent(sent) => Some(&sent.parties),
        _ => None,
    });
    let reminded: HashSet<Uuid> = reminded.flatten().map(|party| party.0).collect();
    let done = once(
        pool,
        caller.principal.id,
        request.command,
        async |connection| {
            let sent = remind(connection, &collection, &asked, &reminded).await?;
            Ok::<_, Problem>(((), sent))
        },
    );
    let (Done::Now((), sent) | Done::Before(sent)) = done.await?;
    services.outbox.wake();
    Ok(HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(sent))
}

/// The parties that are asked for: of those that are invited, all or those that are named.
///
/// # Errors
/// `reminder_faulty`, with a fault for each party that is unknown or not invited.
async fn asked(
    services: &Services,
    invited: Vec<Remindable>,
    named: Option<&[String]>,
) -> Result<Vec<Remindable>, Problem> {
    let Some(named) = named else {
        return Ok(invited);
    };
    let ids: Vec<Uuid> = named.iter().map(|name| party_id(name).0).collect();
    let is_invited: HashSet<Uuid> = invited.iter().map(|row| row.party).collect();
    if !ids.iter().all(|id| is_invited.contains(id)) {
        let known = parties::list(services.log().pool(), None, &Filter::default(), ALL).await?;
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
            args: vec![("code", name.clone())],
        });
        return Err(Problem::new("reminder_faulty").faults(faults.collect()));
    }
    let is_named: HashSet<Uuid> = ids.into_iter().collect();
    let rows = invited.into_iter();
    Ok(rows.filter(|row| is_named.contains(&row.party)).collect())
}

/// Finds who is the focal point by having begun the reply.
async fn find_beginner(
    services: &Services,
    collection: CollectionId,
    row: &mut Remindable,
) -> Result<(), Problem> {
    let reply = ReplyId::of(collection, PartyId(row.party));
    let reply = services.desk.load::<Reply>(reply.0, true).await?;
    let begun_by = There::is(&reply).and_then(|reply| reply.begun_by);
    if let Some(person) = begun_by {
        row.focal_point = Some(person.0);
        row.has_address = services.directory.person(person).await?.is_some();
    }
    Ok(())
}

async fn remind(
    connection: &mut PgConnection,
    collection: &Collection,
    asked: &[Remindable],
    recorded: &HashSet<Uuid>,
) -> sqlx::Result<RemindersSent> {
    let (mut reminded, mut not_reminded) = (Vec::new(), Vec::new());
    for row in asked {
        let (party, code) = (row.party, row.code.clone());
        match addressee(row) {
            Ok(person) if recorded.contains(&party) => {
                let letter = letter(person, row, collection);
                Outbox::enqueue(&mut *connection, &letter).await?;
                reminded.push(Reminded { party, code });
            }
            // Whoever could be reminded only since then is not.
            Ok(_) => {}
            Err(reason) => not_reminded.push(NotReminded {
                party,
                code,
                reason,
            }),
        }
    }
    Ok(RemindersSent {
        reminded,
        not_reminded,
    })
}

/// Who is to be reminded, or why nobody is.
fn addressee(row: &Remindable) -> Result<PersonId, Reason> {
    match row.focal_point {
        _ if row.replied => Err(Reason::Replied),
        None => Err(Reason::NoFocalPoint),
        Some(_) if !row.has_address => Err(Reason::NoAddress),
        Some(person) => Ok(PersonId(person)),
    }
}

fn letter(person: PersonId, row: &Remindable, collection: &Collection) -> NewLetter {
    let texts = |texts| serde_json::to_value(texts).unwrap_or_default();
    let args: [(&str, Value); 4] = [
        ("party", texts(&row.names)),
        ("collection", texts(&collection.title)),
        (
            "deadline",
            dates::due(collection.deadline_of(PartyId(row.party))).into(),
        ),
        ("path", SIGN_IN.into()),
    ];
    NewLetter {
        person,
        kind: LetterKind::Reminder,
        args: Map::from_iter(args.map(|(name, value)| (name.to_owned(), value))),
        valid_for: Some(INVITATION_LASTS),
    }
}
