//! Forwarding a revision for comments: a consultation is opened, its parties are asked, and its time runs.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::desk::DecisionError;
use crate::http::collections::invitations::{InvitationList, InviteeSelection, expand};
use crate::http::consultations::{ConsultationView, answer};
use crate::http::handling::dates;
use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::invitation_lists::proposals::invite_known;
use crate::http::problem::Problem;
use crate::http::rights::consultation::rounds_now;
use crate::http::schemas::NewDeadline;
use crate::http::services::Services;
use domain::collection::{Contact, Deadline};
use domain::consultation::{Command, Consultation, ConsultationOpened, ConsultedParty, Refusal};
use domain::party::PartyKind;
use domain::{ConsultationId, InstrumentId, Texts};
use mail::AskedIn;

const FAULTY: &str = "consultation_faulty";

/// How often another may open the same round first.
const ATTEMPTS: u32 = 8;

/// A revision to forward.
#[derive(Debug, Deserialize, ToSchema)]
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
    opened_on: Date,
    /// Until when comments are expected.
    deadline: NewDeadline,
    /// Whom to ask about it: letters name it, and answers to them go there.
    contact: Option<Contact>,
    /// true: those who commented in the last consultation on the same instrument are invited by letter for
    /// the parties that are invited from the start; the answer names the list by which that is done.
    #[serde(default)]
    letters: bool,
    /// Every registered party of these kinds is asked.
    #[serde(default)]
    audiences: Vec<PartyKind>,
    /// And these, by code or id.
    #[serde(default)]
    parties: Vec<String>,
}

/// Forwards a revision for comments.
#[utoipa::path(post, path = "/v1/consultations", tag = "consultations", request_body = OpenConsultation, responses((status = 201, body = ConsultationView)))]
pub async fn open_consultation(write: Write<OpenConsultation>) -> Result<HttpResponse, Problem> {
    let (services, new) = (&write.services, &write.body);
    let until = deadline(services, &new.deadline).await?;
    let asked = InviteeSelection::new(new.audiences.clone(), new.parties.clone());
    let (parties, asked) = asked_parties(services, &asked).await?;
    let place = |pointer: &str| {
        let placed = asked.place(pointer, "/parties");
        placed.map(|placed| placed.replace("/kinds", "/audiences"))
    };
    let mut attempt = 0;
    let decided = loop {
        attempt += 1;
        let round = rounds_now(services, new.instrument).await?.len() + 1;
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
            contact: new.contact.clone(),
        };
        let open = Command::Open {
            opening,
            asked: parties.clone(),
        };
        let desk = &services.desk;
        let id = desk.ids().consultation(new.instrument, round).0;
        let decided = desk
            .decide::<Consultation>(&write.request(), id, &(), open, &[])
            .await;
        match decided {
            // Somebody opened this round meanwhile: then it is the next.
            Err(DecisionError::Refused(Refusal::ConsultationAlreadyExists))
                if attempt < ATTEMPTS => {}
            decided => break decided,
        }
    };
    let decided = decided.map_err(|error| Problem::from(error).remap_pointers(place))?;
    let to = AskedIn::Consultation(ConsultationId(decided.stream));
    let list = match new.letters {
        true => invite_known(services, &write.caller, &write.request(), to).await?,
        false => None,
    };
    answer(services, &write.caller, &decided, true, list).await
}

/// Asks more parties for their comments. Of kinds and groups, whoever was asked before is not asked again.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/parties", tag = "consultations", request_body = InviteeSelection, responses((status = 200, body = ConsultationView)))]
pub async fn ask_parties(
    write: Write<InviteeSelection>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    // Those by name come first, in their order in the request.
    let (mut named, _) = asked_parties(&write.services, &write.body).await?;
    let others = named.split_off(write.body.parties.len());
    let audiences = write.body.kinds.clone();
    let ask = Command::Ask {
        named,
        audiences,
        others,
    };
    change(&write, id, ask, false).await
}

/// More time.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ExtendConsultation {
    /// Until when comments are expected now: later than before.
    deadline: NewDeadline,
}

/// Gives more time for comments.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/extension", tag = "consultations", request_body = ExtendConsultation, responses((status = 200, body = ConsultationView)))]
pub async fn extend_consultation(
    write: Write<ExtendConsultation>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let until = deadline(&write.services, &write.body.deadline).await?;
    change(&write, id, Command::Extend { until }, false).await
}

/// Why a consultation closes.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CloseConsultation {
    /// Where there is something to say: told to the Secretariat.
    reason: Option<NewWords>,
}

/// Takes no more comments.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/closure", tag = "consultations", request_body = CloseConsultation, responses((status = 200, body = ConsultationView)))]
pub async fn close_consultation(
    mut write: Write<CloseConsultation>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason.as_ref();
    let reason = reason.map(|reason| reason.as_answer(&mut write.contents));
    let reason = reason.transpose()?;
    change(&write, id, Command::Close { reason }, false).await
}

/// Why a consultation takes comments again.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReopenConsultation {
    /// Why: told to the Secretariat.
    reason: NewWords,
}

/// Takes comments again: as long as none are published, and its revision is the one that is worked on.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/reopening", tag = "consultations", request_body = ReopenConsultation, responses((status = 200, body = ConsultationView)))]
pub async fn reopen_consultation(
    mut write: Write<ReopenConsultation>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    change(&write, id, Command::Reopen { reason }, false).await
}

/// The day of the publication.
#[derive(Debug, Deserialize, ToSchema)]
pub struct PublishComments {
    /// The day.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
}

/// Publishes the comments of a closed consultation and what became of them; refused while one has no disposition. From
/// then on everybody may read them.
#[utoipa::path(post, path = "/v1/consultations/{consultation}/publication", tag = "consultations", request_body = PublishComments, responses((status = 201, body = ConsultationView)))]
pub async fn publish_comments(
    write: Write<PublishComments>,
    PathId(id): PathId<ConsultationId>,
) -> Result<HttpResponse, Problem> {
    let on = write.body.on;
    change(&write, id, Command::Publish { on }, true).await
}

async fn deadline(services: &Services, new: &NewDeadline) -> Result<Deadline, Problem> {
    let read = new.read_known(services).await;
    read.map_err(|error| error.under(FAULTY))
}

/// Who is to be asked, with what each party is today.
async fn asked_parties(
    services: &Services,
    asked: &InviteeSelection,
) -> Result<(Vec<ConsultedParty>, InvitationList), Problem> {
    let expanded = expand(services, asked, "").await;
    let expanded = expanded.map_err(|error| error.under(FAULTY))?;
    let parties = expanded
        .invitations
        .iter()
        .map(|invitation| ConsultedParty {
            party: invitation.party,
            kind: invitation.kind,
            regional_group: invitation.regional_group,
        });
    Ok((parties.collect(), expanded))
}

/// Decides on a command to a consultation that exists, and answers with it.
async fn change<B>(
    write: &Write<B>,
    id: ConsultationId,
    command: Command,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let decided = write.decide_case::<Consultation>(id, &(), command);
    let decided = decided.await?;
    answer(&write.services, &write.caller, &decided, is_new, None).await
}
