//! A need for technical assistance that a State indicates: in a reply, whose submission names it, or on its own. It is for
//! that State and the Secretariat until the State shares it.

use std::sync::Arc;

use jiff::civil::Date;

use super::comment::EnteredOnBehalf;
use super::decider::unless;
use super::party::PartyKind;
use super::words::Words;
use super::{NeedId, PartyId, ProjectId, ReplyId};
use super::{classification, fault, need_types};

mod beginning;
mod checks;
mod draft_context;
mod ending;
mod events;
mod status;
#[cfg(test)]
mod tests;

use beginning::begin;
pub use checks::NeedChanges;
pub use draft_context::DraftContext;
use ending::{meet, merge, remark_fault, unless_faulty};
pub use events::{
    NeedConfirmed, NeedDeclined, NeedDrafted, NeedDropped, NeedEdited, NeedIndicated, NeedLapsed,
    NeedMerged, NeedMet, NeedParticulars, NeedShared, NeedStated, Obstacle, Sharing, Urgency,
};

pub use status::Status;

/// The most needs that are drafted beside one reply, those that were dropped among them.
pub const MAX_NEEDS: u32 = 50;
/// The most characters of a description, an obstacle or a reason.
pub const WORDS_CHARS: u32 = 5_000;

// Events

events! {
    /// What happens to a need.
    pub enum Event {
        NeedDrafted = "need_drafted",
        NeedEdited = "need_edited",
        NeedDropped = "need_dropped",
        NeedStated = "need_stated",
        NeedIndicated = "need_indicated",
        NeedConfirmed = "need_confirmed",
        NeedMerged = "need_merged",
        NeedDeclined = "need_declined",
        NeedMet = "need_met",
        NeedLapsed = "need_lapsed",
        NeedShared = "need_shared",
    }
}

// State

/// A need as its own stream tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// Whose.
    pub party: PartyId,
    /// The reply beside which it was drafted, or that states it.
    pub reply: Option<ReplyId>,
    /// The address of the row, the entry or the group of the reply that states it; none where nothing but itself says what is needed.
    pub stated_at: Option<String>,
    /// Where the Secretariat has it from; none where the State indicated it itself.
    pub entered_on_behalf: Option<EnteredOnBehalf>,
    /// What is needed; none where the reply says it.
    pub about: Option<NeedParticulars>,
    /// Where it stands, as far as its own events say: a draft that its reply's submission named is indicated, one that was given up
    /// with the reply's changes is dropped, and one that the reply states no longer has lapsed.
    pub stage: Status,
    /// With whom it is shared.
    pub sharing: Sharing,
    /// The need that stands for it, where it was merged.
    pub into: Option<NeedId>,
    /// Why it was declined or has lapsed, or what was said when it was met.
    pub remark: Option<Words>,
    /// On which day it was met or lapsed.
    pub ended_on: Option<Date>,
    /// The project that met it, where one is said to have.
    pub met_by: Option<ProjectId>,
}

/// None until it is drafted or indicated.
pub type State = Option<Need>;

impl Need {
    fn new(party: PartyId, reply: Option<ReplyId>, about: NeedParticulars, stage: Status) -> Self {
        Self {
            about: Some(about),
            reply,
            ..Self::without_words(party, stage)
        }
    }

    /// One that a row, an entry or a group of a reply states, and with which nothing was done yet.
    pub fn stated(party: PartyId, reply: ReplyId, at: String) -> Self {
        Self {
            reply: Some(reply),
            stated_at: Some(at),
            ..Self::without_words(party, Status::Indicated)
        }
    }

    const fn without_words(party: PartyId, stage: Status) -> Self {
        Self {
            party,
            reply: None,
            stated_at: None,
            entered_on_behalf: None,
            about: None,
            stage,
            sharing: Sharing::Nobody,
            into: None,
            remark: None,
            ended_on: None,
            met_by: None,
        }
    }

    /// Where it stands, where it is known whether its reply names it as it was submitted last, and whether something is about it.
    /// What its State states no longer has lapsed, unless it was over before; where it is stated again, it stands where it stood.
    pub fn status(&self, is_named: bool, is_matched: bool) -> Status {
        match self.stage {
            Status::Drafted if is_named => Status::Indicated,
            Status::Indicated | Status::Confirmed if self.stated_at.is_some() && !is_named => {
                Status::Lapsed
            }
            Status::Confirmed if is_matched => Status::Matched,
            stage => stage,
        }
    }

    fn end(&mut self, stage: Status, remark: Option<&Words>) {
        self.stage = stage;
        self.remark = remark.cloned();
    }
}

fn evolve(state: State, event: &Event) -> State {
    let Some(mut need) = state else {
        return match event.clone() {
            Event::NeedDrafted(event) => Some(Need::new(
                event.party,
                Some(event.reply),
                event.about,
                Status::Drafted,
            )),
            Event::NeedStated(event) => Some(Need::stated(event.party, event.reply, event.at)),
            Event::NeedIndicated(event) => Some(Need {
                entered_on_behalf: event.entered_on_behalf,
                ..Need::new(event.party, None, event.about, Status::Indicated)
            }),
            _ => None,
        };
    };
    match event {
        Event::NeedDrafted(_) | Event::NeedStated(_) | Event::NeedIndicated(_) => {}
        Event::NeedEdited(event) => need.about = Some(event.about.clone()),
        Event::NeedDropped(_) => need.stage = Status::Dropped,
        Event::NeedConfirmed(_) => need.stage = Status::Confirmed,
        Event::NeedMerged(event) => {
            need.stage = Status::Merged;
            need.into = Some(event.into);
        }
        Event::NeedDeclined(event) => need.end(Status::Declined, Some(&event.reason)),
        Event::NeedMet(event) => {
            need.end(Status::Met, event.note.as_ref());
            need.ended_on = Some(event.on);
            need.met_by = event.project;
        }
        Event::NeedLapsed(event) => {
            need.end(Status::Lapsed, event.reason.as_ref());
            need.ended_on = Some(event.on);
        }
        Event::NeedShared(event) => need.sharing = event.with,
    }
    Some(need)
}

// Commands

/// What somebody wants of a need.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Write it down beside a reply.
    Draft {
        /// Whose.
        party: PartyId,
        /// The reply.
        reply: ReplyId,
        /// Its number there.
        number: u32,
        /// What is needed.
        about: NeedParticulars,
    },
    /// Put a draft otherwise.
    Edit(NeedChanges),
    /// Give a draft up.
    Drop,
    /// Indicate it, outside of any reply.
    Indicate {
        /// Whose.
        party: PartyId,
        /// What is needed.
        about: NeedParticulars,
    },
    /// Enter one that a State indicates on paper.
    Enter {
        /// Whose.
        party: PartyId,
        /// What is needed.
        about: NeedParticulars,
        /// Where it comes from.
        from: EnteredOnBehalf,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Take it up.
    Confirm,
    /// Let another stand for it.
    Merge {
        /// The other.
        into: NeedId,
    },
    /// Not take it up.
    Decline {
        /// Why.
        reason: Words,
    },
    /// Say that it is met.
    Meet {
        /// When, and by what.
        met: NeedMet,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Say that it is there no longer.
    Lapse {
        /// When, and why.
        lapsed: NeedLapsed,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Share it, or share it no longer.
    Share {
        /// With whom.
        with: Sharing,
    },
}

/// What decisions on a need read of other streams.
#[derive(Clone, Debug)]
pub struct Context {
    /// Categories and standards.
    pub classification: Arc<classification::State>,
    /// Types of needs.
    pub types: Arc<need_types::State>,
    /// The kind of its party.
    pub party: Option<PartyKind>,
    /// The need, where a reply states it and nothing was done with it yet.
    pub stated: Option<Need>,
    /// The reply that it is drafted beside, or that states it.
    pub beside: Option<DraftContext>,
    /// Whether whoever asks for the party was its focal point and is it no longer.
    pub is_replaced: bool,
    /// Whether a project that was not cancelled, or an accepted request, is about it. Where nobody looked, it is neither met
    /// nor given up.
    pub is_matched: Option<bool>,
    /// The need into which it is to be merged: whose it is, and where it stands.
    pub into: Option<(PartyId, Status)>,
    /// On which day the project that is said to have met it was completed, where it was and is about it.
    pub completed_on: Option<Date>,
}

impl Context {
    fn is_named(&self) -> bool {
        self.beside.as_ref().is_some_and(|beside| beside.is_named)
    }

    fn is_dropped(&self) -> bool {
        self.beside.as_ref().is_some_and(|beside| beside.is_dropped)
    }
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        UnknownNeed = "unknown_need", "there is no such need";
        NeedAlreadyExists = "need_already_exists", "there is a need with this id already";
        TooManyNeeds = "too_many_needs", "the reply has as many needs as it may have";
        UnknownReply = "unknown_reply", "there is no such reply";
        NotAState = "not_a_state", "only a State indicates needs and asks for assistance";
        NotFocalPoint = "not_focal_point", "only the party's focal point may do this";
        CollectionClosed = "collection_closed", "the collection is closed";
        ReplySubmitted = "reply_submitted", "the reply is submitted, and refuses changes until it is reopened";
        ReplyNotEntered = "reply_not_entered", "the reply is its party's own: the Secretariat changes only what it enters";
        ReplyEntered = "reply_entered", "the Secretariat enters the reply from what its party sent";
        NeedFaulty(faults) = "need_faulty", "what is said of the need has faults";
        NeedNotDrafted = "need_not_drafted", "the need is indicated, and is no draft any more";
        NeedNotIndicated = "need_not_indicated", "the need is a draft, and not indicated yet";
        NeedAlreadyConfirmed = "need_already_confirmed", "the need is confirmed already";
        NeedNotConfirmed = "need_not_confirmed", "the need is not confirmed";
        NeedNotMatched = "need_not_matched", "no project and no accepted request is about the need";
        NeedIsMatched = "need_is_matched", "a project or an accepted request is about the need";
        NeedOver = "need_over", "the need was merged, declined or met, or has lapsed";
    }
}

// Decide

decider!(Need);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    if context.is_replaced {
        return Err(Refusal::NotFocalPoint);
    }
    let Some(need) = state.as_ref().or(context.stated.as_ref()) else {
        return begin(context, command);
    };
    let mut events = change(need, context, command)?;
    // Its stream begins with what it is.
    if let (None, false, Some(reply), Some(at)) =
        (state, events.is_empty(), need.reply, &need.stated_at)
    {
        let stated = NeedStated {
            party: need.party,
            reply,
            at: at.clone(),
        };
        events.insert(0, stated.into());
    }
    Ok(events)
}

fn change(need: &Need, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let status = match need.status(context.is_named(), context.is_matched == Some(true)) {
        Status::Drafted if context.is_dropped() => Status::Dropped,
        status => status,
    };
    match (command, status) {
        (Command::Draft { .. } | Command::Indicate { .. } | Command::Enter { .. }, _) => {
            Err(Refusal::NeedAlreadyExists)
        }
        // What was given up is as if it were not there.
        (_, Status::Dropped) => Err(Refusal::UnknownNeed),
        (Command::Edit(changes), Status::Drafted) => {
            let beside = draft_context::open(context)?;
            let held = need.about.as_ref().ok_or(Refusal::NeedNotDrafted)?;
            let about = changes.applied_to(held);
            let about = checks::checked_need(about, context, Some(&beside.form))?;
            Ok(unless(about == *held, NeedEdited { about }))
        }
        (Command::Drop, Status::Drafted) => {
            draft_context::open(context)?;
            Ok(vec![NeedDropped {}.into()])
        }
        (Command::Edit(_) | Command::Drop, _) => Err(Refusal::NeedNotDrafted),
        (_, Status::Drafted) => Err(Refusal::NeedNotIndicated),
        (Command::Share { with }, _) => Ok(unless(with == need.sharing, NeedShared { with })),
        (_, Status::Merged | Status::Declined | Status::Met | Status::Lapsed) => {
            Err(Refusal::NeedOver)
        }
        (Command::Confirm, Status::Indicated) => Ok(vec![NeedConfirmed {}.into()]),
        (Command::Confirm, _) => Err(Refusal::NeedAlreadyConfirmed),
        // Nor is it given up before it is confirmed: what is about it would be about nothing.
        (Command::Merge { .. } | Command::Decline { .. }, _)
            if context.is_matched != Some(false) =>
        {
            Err(Refusal::NeedIsMatched)
        }
        (Command::Merge { into }, _) => merge(need, context, into),
        (Command::Decline { .. }, Status::Confirmed) => Err(Refusal::NeedAlreadyConfirmed),
        (Command::Decline { reason }, _) => {
            let faults = remark_fault(Some(&reason), "/reason").into_iter().collect();
            unless_faulty(faults, NeedDeclined { reason })
        }
        (Command::Meet { met, today }, Status::Matched) => meet(context, met, today),
        (Command::Meet { .. }, Status::Confirmed) => Err(Refusal::NeedNotMatched),
        (Command::Meet { .. }, _) => Err(Refusal::NeedNotConfirmed),
        (Command::Lapse { lapsed, today }, _) => {
            let past = fault::of_day(lapsed.on, today, "/on");
            let reason = remark_fault(lapsed.reason.as_ref(), "/reason");
            unless_faulty(past.into_iter().chain(reason).collect(), lapsed)
        }
    }
}
