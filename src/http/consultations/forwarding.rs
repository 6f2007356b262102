//! Forwarding a revision for comments: a consultation is opened, its parties are asked, and its time runs.

use actix_web::{HttpResponse, post, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::collections::invitations::{Invited, Whom, expand};
use crate::http::collections::openings::NewDeadline;
use crate::http::consultations::access::{rounds_now, undisposed};
use crate::http::consultations::{ConsultationView, answer};
use crate::http::handling::body::Body;
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::dates;
use crate::http::handling::word_input::NewWords;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::collection::Deadline;
use domain::consultation::{Asked, Command, Consultation, ConsultationOpened, Context};
use domain::instrument::Instrument;
use domain::party::PartyKind;
use domain::{ConsultationId, InstrumentId, Texts};
use event_log::NewContent;

const FAULTY: &str = "consultation_faulty";

/// How often another may open the same round first.
const ATTEMPTS: u32 = 8;

/// A revision to forward.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenConsultation {
    /// The instrument.
    #[schema(value_type = Uuid)]
    instrument: InstrumentId,
    /// Its revision: the latest, not yet approved.
    revision: u32,
    /// What the consultation is called, where it is to have a name of its own.
    title: Option<Texts>,
    /// The note verbale or letter that asks for comments.
    #[schema(example = "CU/2004/52")]
    reference: String,
    /// The date of the letter.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    opened_on: Date,
    /// Until when comments are expected.
    deadline: NewDeadline,
    /// Every registered party of these kinds is asked.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    audiences: Vec<PartyKind>,
    /// And these, by code or id.
    #[serde(default)]
    parties: Vec<String>,
}

/// Forwards a revision for comments.
#[utoipa::path(tag = "consultations", request_body = OpenConsultation, responses((status = 201, body = ConsultationView)))]
#[post("/v1/consultations")]
pub async fn open_consultation(
    caller: Caller,
    body: Body<OpenConsultation>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let new = &body.value;
    let until = deadline(&services, &new.deadline).await?;
    let asked = Whom::of(new.audiences.clone(), new.parties.clone());
    let (parties, asked) = asked_parties(&services, &asked).await?;
    let place = |pointer: &str| {
        let placed = asked.place(pointer, "/parties");
        placed.map(|placed| placed.replace("/kinds", "/audiences"))
    };
    let mut attempt = 0;
    let decided = loop {
        attempt += 1;
        let round = rounds_now(&services, new.instrument).await?.len() + 1;
        let round = u32::try_from(round).unwrap_or(u32::MAX);
        let opening = ConsultationOpened {
            instrument: new.instrument,
            revision: new.revision,
            round,
            title: new.title.clone(),
            reference: new.reference.clone(),
            opened_on: new.opened_on,
            until: until.clone(),
            audiences: new.audiences.clone(),
        };
        let decided = services
            .desk
            .decide_with::<Consultation>(
                &caller.request(&body.bytes),
                services.desk.ids().consultation(new.instrument, round).0,
                &[],
                async |reads| on_instrument(reads, new.instrument).await,
                || Command::Open {
                    opening: opening.clone(),
                    asked: parties.clone(),
                },
            )
            .await;
        match decided {
            // Somebody opened this round meanwhile: then it is the next.
            Err(DeskError::Refused { code, .. })
                if code == "consultation_already_exists" && attempt < ATTEMPTS => {}
            decided => break decided,
        }
    };
    let decided = decided.map_err(|error| Problem::from(error).placed(place))?;
    answer(&services, &caller, &decided, true).await
}

/// Asks more parties for their comments. Of kinds and groups, whoever was asked before is not asked again.
#[utoipa::path(tag = "consultations", request_body = Whom, responses((status = 200, body = ConsultationView)))]
#[post("/v1/consultations/{consultation}/parties")]
pub async fn ask_parties(
    caller: Caller,
    consultation: web::Path<String>,
    body: Body<Whom>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    // Those by name come first, in their order in the request.
    let (mut named, _) = asked_parties(&services, &body.value).await?;
    let others = named.split_off(body.value.parties.len());
    let command = || Command::Ask {
        named: named.clone(),
        audiences: body.value.kinds.clone(),
        others: others.clone(),
    };
    let bytes = &body.bytes;
    change(&services, &caller, &consultation, bytes, &[], command).await
}

/// More time.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendConsultation {
    /// Until when comments are expected now: later than before.
    deadline: NewDeadline,
}

/// Gives more time for comments.
#[utoipa::path(tag = "consultations", request_body = ExtendConsultation, responses((status = 200, body = ConsultationView)))]
#[post("/v1/consultations/{consultation}/extension")]
pub async fn extend_consultation(
    caller: Caller,
    consultation: web::Path<String>,
    body: Body<ExtendConsultation>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let until = deadline(&services, &body.value.deadline).await?;
    let command = || Command::Extend {
        until: until.clone(),
    };
    let bytes = &body.bytes;
    change(&services, &caller, &consultation, bytes, &[], command).await
}

/// Why a consultation closes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseConsultation {
    /// Where there is something to say: told to the Secretariat.
    reason: Option<NewWords>,
}

/// Takes no more comments.
#[utoipa::path(tag = "consultations", request_body = CloseConsultation, responses((status = 200, body = ConsultationView)))]
#[post("/v1/consultations/{consultation}/closure")]
pub async fn close_consultation(
    caller: Caller,
    consultation: web::Path<String>,
    body: Body<CloseConsultation>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let reason = match &body.value.reason {
        Some(reason) => Some(reason.as_answer(&mut contents)?),
        None => None,
    };
    let close = || Command::Close {
        reason: reason.clone(),
    };
    let bytes = &body.bytes;
    change(&services, &caller, &consultation, bytes, &contents, close).await
}

/// Why a consultation takes comments again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReopenConsultation {
    /// Why: told to the Secretariat.
    reason: NewWords,
}

/// Takes comments again: as long as none are published, and its revision is the one that is worked on.
#[utoipa::path(tag = "consultations", request_body = ReopenConsultation, responses((status = 200, body = ConsultationView)))]
#[post("/v1/consultations/{consultation}/reopening")]
pub async fn reopen_consultation(
    caller: Caller,
    consultation: web::Path<String>,
    body: Body<ReopenConsultation>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let reopen = || Command::Reopen {
        reason: reason.clone(),
    };
    let bytes = &body.bytes;
    change(&services, &caller, &consultation, bytes, &contents, reopen).await
}

/// The day of the publication.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PublishComments {
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
}

/// Publishes the comments of a closed consultation and what became of them; refused while one has no disposition. From
/// then on everybody may read them.
#[utoipa::path(tag = "consultations", request_body = PublishComments, responses((status = 201, body = ConsultationView)))]
#[post("/v1/consultations/{consultation}/publication")]
pub async fn publish_comments(
    caller: Caller,
    consultation: web::Path<String>,
    body: Body<PublishComments>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let on = body.value.on;
    let command = || Command::Publish { on };
    let bytes = &body.bytes;
    let decided = decide(&services, &caller, &consultation, bytes, &[], command).await?;
    answer(&services, &caller, &decided, true).await
}

async fn deadline(services: &Services, new: &NewDeadline) -> Result<Deadline, Problem> {
    let read = new.read_known(services).await;
    read.map_err(|problem| problem.recoded("collection_faulty", FAULTY))
}

/// Who is to be asked, with what each party is today.
async fn asked_parties(
    services: &Services,
    asked: &Whom,
) -> Result<(Vec<Asked>, Invited), Problem> {
    let expanded = expand(services, asked, "").await;
    let expanded = expanded.map_err(|problem| problem.recoded("collection_faulty", FAULTY))?;
    let parties = expanded.invitations.iter().map(|invitation| Asked {
        party: invitation.party,
        kind: invitation.kind,
        regional_group: invitation.regional_group,
    });
    Ok((parties.collect(), expanded))
}

async fn on_instrument(
    reads: &mut Reads<'_>,
    instrument: InstrumentId,
) -> Result<Context, DeskError> {
    Ok(Context {
        instrument: reads.state::<Instrument>(instrument.0).await?,
        ..Context::default()
    })
}

async fn change(
    services: &Services,
    caller: &Caller,
    consultation: &str,
    bytes: &[u8],
    contents: &[NewContent],
    command: impl Fn() -> Command,
) -> Result<HttpResponse, Problem> {
    let decided = decide(services, caller, consultation, bytes, contents, command).await?;
    answer(services, caller, &decided, false).await
}

/// Decides on a command to a consultation that exists.
async fn decide(
    services: &Services,
    caller: &Caller,
    consultation: &str,
    bytes: &[u8],
    contents: &[NewContent],
    command: impl Fn() -> Command,
) -> Result<Decided<Consultation>, Problem> {
    let id: ConsultationId = caller::id(consultation, "consultation")?;
    let is_publication = matches!(command(), Command::Publish { .. });
    let is_reopening = matches!(command(), Command::Reopen { .. });
    let request = caller.request(bytes);
    let decided = services.desk.decide_with::<Consultation>(
        &request,
        id.0,
        contents,
        async |reads| {
            let own = reads.own::<Consultation>(id.0).await?;
            match own.as_ref() {
                Some(own) if is_reopening => on_instrument(reads, own.instrument).await,
                Some(_) if is_publication => Ok(Context {
                    undisposed: undisposed(reads, &[id]).await?,
                    today: dates::today(),
                    ..Context::default()
                }),
                _ => Ok(Context::default()),
            }
        },
        command,
    );
    Ok(decided.await?)
}
