//! How commands to a meeting are decided on and answered.

use actix_web::HttpResponse;

use crate::desk::{Decided, DeskError, Reads};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::conditional;
use crate::http::handling::there::There;
use crate::http::meetings::view::Shown;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reference;
use domain::classification::Classification;
use domain::instrument::Instrument;
use domain::meeting::{Command, Context, Meeting, Seats};
use domain::party::Party;
use domain::{InstrumentId, MeetingId, PartyId, classification_id};
use event_log::NewContent;

/// What a command names of other streams.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Parties that take part.
    pub parties: Vec<PartyId>,
    /// Instruments with revisions that were made.
    pub instruments: Vec<InstrumentId>,
}

/// What decisions on a meeting read: the classification, and what the command names.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn context(
    reads: &mut Reads<'_>,
    named: &Named,
    commission: &Seats,
) -> Result<Context, DeskError> {
    let mut context = Context {
        classification: reads.state::<Classification>(classification_id()).await?,
        commission: commission.clone(),
        ..Context::default()
    };
    for id in &named.parties {
        if let Some(party) = reads.state::<Party>(id.0).await?.as_ref() {
            context.parties.insert(*id, party.clone());
        }
    }
    for id in &named.instruments {
        if let Some(instrument) = reads.state::<Instrument>(id.0).await?.as_ref() {
            context.revisions.insert(*id, instrument.latest_revision());
        }
    }
    Ok(context)
}

/// Decides on a command to a meeting.
pub(in crate::http) async fn decide(
    services: &Services,
    caller: &Caller,
    id: MeetingId,
    bytes: &[u8],
    contents: &[NewContent],
    named: &Named,
    command: impl Fn() -> Command,
) -> Result<Decided<Meeting>, Problem> {
    let commission = reference::commission().map_err(|_| Problem::new("internal"))?;
    let request = caller.request(bytes);
    let context = async |reads: &mut Reads<'_>| context(reads, named, &commission).await;
    let desk = &services.desk;
    let decided = desk.decide_with::<Meeting>(&request, id.0, contents, context, command);
    Ok(decided.await?)
}

/// The answer to a write.
pub(in crate::http) async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &Decided<Meeting>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let id = decided.stream;
    let meeting = There::is(&decided.now).ok_or(Problem::not_found("meeting"))?;
    let shown = Shown::of(services, caller, id, &meeting, None).await?;
    let location = is_new.then(|| format!("/v1/meetings/{id}"));
    Ok(conditional::written(
        location,
        meeting.position,
        &shown.view,
    ))
}

/// Decides on a command to a meeting that exists, and answers it as it then is.
pub(in crate::http) async fn change(
    services: &Services,
    caller: &Caller,
    meeting: &str,
    bytes: &[u8],
    contents: &[NewContent],
    named: &Named,
    command: impl Fn() -> Command,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(meeting, "meeting")?;
    let decided = decide(services, caller, id, bytes, contents, named, command).await?;
    answer(services, caller, &decided, false).await
}
