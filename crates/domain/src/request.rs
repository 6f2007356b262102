//! A State's request for assistance (paragraph 11): for needs that it names. Accepted or declined with a reason, or
//! withdrawn; answered by the projects that name it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::comment::EnteredOnBehalf;
use super::fault;
use super::naming::{id_list_faults, need_fault};
use super::party::PartyKind;
use super::words::{self, Words};
use super::{NeedId, PartyId, entered, need};

#[cfg(test)]
mod tests;

/// The most characters of a request or a reason.
pub const WORDS_CHARS: u32 = 10_000;

// Events

events! {
    /// What happens to a request.
    pub enum Event {
        RequestMade = "request_made",
        RequestAccepted = "request_accepted",
        RequestDeclined = "request_declined",
        RequestWithdrawn = "request_withdrawn",
    }
}

/// A State asks for assistance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestMade {
    /// Which State.
    pub party: PartyId,
    /// Its needs that the assistance is to meet.
    pub needs: Vec<NeedId>,
    /// What it asks for: words beside the log.
    pub text: Words,
    /// The day of the request.
    pub on: Date,
    /// Where the Secretariat has it from; none where the State made it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_on_behalf: Option<EnteredOnBehalf>,
}

/// The Secretariat will look for a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestAccepted {
    /// Why, and under which conditions: words beside the log.
    pub reason: Words,
}

/// The Secretariat will not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDeclined {
    /// Why: words beside the log.
    pub reason: Words,
}

/// The State asks no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestWithdrawn {}

// State

code_enum! {
    /// Where a request stands.
    pub enum Status as "RequestStatus" {
        /// Nobody has decided on it.
        Made = "made",
        /// It is accepted.
        Accepted = "accepted",
        /// It is declined.
        Declined = "declined",
        /// It is accepted, and a project names it. It follows from that, and is no state of the request's own stream.
        Answered = "answered",
        /// The State has taken it back.
        Withdrawn = "withdrawn",
    }
}

/// A request as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What was asked.
    pub made: RequestMade,
    /// Where it stands.
    pub status: Status,
    /// Why it was accepted or declined.
    pub reason: Option<Words>,
}

/// None until it is made.
pub type State = Option<Request>;

fn evolve(state: State, event: &Event) -> State {
    let Some(mut request) = state else {
        return match event {
            Event::RequestMade(event) => Some(Request {
                made: event.clone(),
                status: Status::Made,
                reason: None,
            }),
            _ => None,
        };
    };
    match event {
        Event::RequestMade(_) => {}
        Event::RequestAccepted(event) => {
            request.status = Status::Accepted;
            request.reason = Some(event.reason.clone());
        }
        Event::RequestDeclined(event) => {
            request.status = Status::Declined;
            request.reason = Some(event.reason.clone());
        }
        Event::RequestWithdrawn(_) => request.status = Status::Withdrawn,
    }
    Some(request)
}

// Commands

/// What somebody wants of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Make it.
    Make {
        /// What is asked for.
        request: RequestMade,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Accept it.
    Accept {
        /// Why.
        reason: Words,
    },
    /// Decline it.
    Decline {
        /// Why.
        reason: Words,
    },
    /// Take it back.
    Withdraw,
}

/// What decisions on a request read of other streams.
#[derive(Clone, Debug)]
pub struct Context {
    /// The kind of the party that asks; none where there is no such party, or where the command asks for nothing.
    pub party: Option<PartyKind>,
    /// Whether whoever acts for the party was replaced as its focal point; none where the command is not the party's.
    pub is_replaced: Option<bool>,
    /// The needs that are named, as far as they are there: whose, and where they stand.
    pub needs: BTreeMap<NeedId, (PartyId, need::Status)>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        RequestAlreadyMade = "request_already_made", "there is a request with this id already";
        UnknownRequest = "unknown_request", "there is no such request";
        RequestFaulty(faults) = "request_faulty", "what is said of the request has faults";
        NotAState = "not_a_state", "only a State indicates needs and asks for assistance";
        NotFocalPoint = "not_focal_point", "only the party's focal point may do this";
        RequestAlreadyDecided = "request_already_decided", "the request was accepted or declined already";
        RequestIsWithdrawn = "request_is_withdrawn", "the State has taken the request back";
    }
}

// Decide

decider!(Request);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(request) = state else {
        return match command {
            Command::Make { request, today } => make(request, context, today),
            _ => Err(Refusal::UnknownRequest),
        };
    };
    match (command, request.status) {
        (Command::Make { .. }, _) => Err(Refusal::RequestAlreadyMade),
        (_, Status::Withdrawn) => Err(Refusal::RequestIsWithdrawn),
        (_, Status::Declined)
        | (Command::Accept { .. } | Command::Decline { .. }, Status::Accepted | Status::Answered) => {
            Err(Refusal::RequestAlreadyDecided)
        }
        (Command::Accept { reason }, Status::Made) => {
            said(&reason)?;
            Ok(vec![RequestAccepted { reason }.into()])
        }
        (Command::Decline { reason }, Status::Made) => {
            said(&reason)?;
            Ok(vec![RequestDeclined { reason }.into()])
        }
        (Command::Withdraw, Status::Made | Status::Accepted | Status::Answered) => {
            acts_for_party(context)?;
            Ok(vec![RequestWithdrawn {}.into()])
        }
    }
}

/// Refuses whoever is not known to act for the party still.
fn acts_for_party(context: &Context) -> Result<(), Refusal> {
    match context.is_replaced {
        Some(false) => Ok(()),
        Some(true) | None => Err(Refusal::NotFocalPoint),
    }
}

fn make(request: RequestMade, context: &Context, today: Date) -> Result<Vec<Event>, Refusal> {
    acts_for_party(context)?;
    if !context.party.is_some_and(PartyKind::is_state) {
        return Err(Refusal::NotAState);
    }
    let mut faults = id_list_faults("/needs", &request.needs, |id, at| {
        // Another State's need is as little there as an unknown one.
        let need = context.needs.get(id);
        let own = need.filter(|(party, _)| *party == request.party);
        need_fault(own.map(|(_, status)| *status), at, id)
    });
    if request.needs.is_empty() {
        faults.push(fault::NO_NEED.at("/needs"));
    }
    faults.extend(words::fault(&request.text, "/text", WORDS_CHARS));
    faults.extend(fault::of_day(request.on, today, "/on"));
    let entered = request.entered_on_behalf.as_ref();
    faults.extend(entered::faults(entered, Some(request.on), today));
    fault::none(faults).map_err(Refusal::RequestFaulty)?;
    Ok(vec![request.into()])
}

fn said(reason: &Words) -> Result<(), Refusal> {
    let fault = words::fault(reason, "/reason", WORDS_CHARS);
    fault::none(fault.into_iter().collect()).map_err(Refusal::RequestFaulty)
}
