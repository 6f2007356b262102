//! A technical-assistance project: proposed, funded, under way, completed or cancelled. It answers requests and needs, and
//! cites the replies that it rests on. Who gives to it is told by the contributions, not here.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::money::{Currencies, Money};
use super::party::PartyKind;
use super::words::{self, Words};
use super::{NeedId, PartyId, ReplyId, RequestId, Texts};
use super::{fault, need, request, resources};

mod checks;
mod events;
#[cfg(test)]
mod tests;

pub use super::resources::{ResourcesRecorded as ProjectResourcesRecorded, ResourcesState};
pub use events::{
    Partner, Plan, ProjectBegun, ProjectCancelled, ProjectCompleted, ProjectEdited, ProjectFunded,
    ProjectProposed,
};

/// The most characters of a reason.
pub const WORDS_CHARS: u32 = 5_000;

code_enum! {
    /// Where a project stands.
    pub enum Status as "ProjectStatus" {
        /// It is a plan.
        Proposed = "proposed",
        /// The money for it is there.
        Funded = "funded",
        /// It goes on.
        UnderWay = "under_way",
        /// It has ended as planned.
        Completed = "completed",
        /// It was given up.
        Cancelled = "cancelled",
    }
}

// Events

events! {
    /// What happens to a project.
    pub enum Event {
        ProjectProposed = "project_proposed",
        ProjectEdited = "project_edited",
        ProjectFunded = "project_funded",
        ProjectBegun = "project_begun",
        ProjectCompleted = "project_completed",
        ProjectCancelled = "project_cancelled",
        ProjectResourcesRecorded = "project_resources_recorded",
    }
}

// State

/// A project as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// What is planned.
    pub plan: Plan,
    /// Where it stands.
    pub status: Status,
    /// Since which day it stands so.
    pub status_on: Date,
    /// Why it was cancelled.
    pub cancelled: Option<Words>,
    /// How it stood with its resources, in the order in which that was recorded: the last is how it stands.
    pub resources: Vec<ProjectResourcesRecorded>,
}

/// None until it is proposed.
pub type State = Option<Project>;

impl Project {
    /// Whether it still answers what it names, or has done so: it was not cancelled.
    pub fn answers(&self) -> bool {
        self.status != Status::Cancelled
    }

    fn stands(&mut self, status: Status, on: Date) {
        self.status = status;
        self.status_on = on;
    }
}

fn evolve(state: State, event: &Event) -> State {
    let Some(mut project) = state else {
        return match event {
            Event::ProjectProposed(event) => Some(Project {
                plan: event.plan.clone(),
                status: Status::Proposed,
                status_on: event.on,
                cancelled: None,
                resources: Vec::new(),
            }),
            _ => None,
        };
    };
    match event {
        Event::ProjectProposed(_) => {}
        Event::ProjectEdited(event) => project.plan = event.plan.clone(),
        Event::ProjectFunded(event) => project.stands(Status::Funded, event.on),
        Event::ProjectBegun(event) => project.stands(Status::UnderWay, event.on),
        Event::ProjectCompleted(event) => project.stands(Status::Completed, event.on),
        Event::ProjectCancelled(event) => {
            project.stands(Status::Cancelled, event.on);
            project.cancelled = Some(event.reason.clone());
        }
        Event::ProjectResourcesRecorded(event) => project.resources.push(event.clone()),
    }
    Some(project)
}

// Commands

/// What somebody wants of a project.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Propose it.
    Propose {
        /// What is planned.
        plan: NewPlan,
        /// On which day.
        on: Date,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Plan otherwise.
    Edit(NewPlan),
    /// Go on to where it stands next.
    Advance {
        /// Funded, under way or completed.
        to: Step,
        /// On which day.
        on: Date,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Give it up.
    Cancel {
        /// On which day.
        on: Date,
        /// Why.
        reason: Words,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Record how it stands with the resources that it is subject to.
    RecordResources {
        /// How, and since when.
        resources: ProjectResourcesRecorded,
        /// The day on which this is recorded.
        today: Date,
    },
}

/// A step on the way of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The money is there.
    Fund,
    /// It begins.
    Begin,
    /// It ends as planned.
    Complete,
}

/// What is planned, as somebody says it: the partners' kinds are looked up.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPlan {
    /// What it is called.
    pub title: Texts,
    /// The accepted requests that it answers.
    pub requests: Vec<RequestId>,
    /// The needs that it meets.
    pub needs: Vec<NeedId>,
    /// The submitted replies that it rests on.
    pub replies: Vec<ReplyId>,
    /// What it is to cost, each currency once.
    pub budget: Vec<Money>,
    /// Whether it is for a country after a conflict.
    pub post_conflict: bool,
    /// The entities of the United Nations system and intergovernmental organizations that take part.
    pub partners: Vec<PartyId>,
    /// When it is to begin.
    pub starts_on: Option<Date>,
    /// When it is to end.
    pub ends_on: Option<Date>,
}

/// What decisions on a project read of other streams and of the reference data, as far as the command names it.
#[derive(Clone, Debug)]
pub struct Context {
    /// The kinds of the parties that there are.
    pub parties: BTreeMap<PartyId, PartyKind>,
    /// Where the requests stand that there are.
    pub requests: BTreeMap<RequestId, request::Status>,
    /// Where the needs stand that there are.
    pub needs: BTreeMap<NeedId, need::Status>,
    /// The replies that there are and count: submitted, and not withdrawn.
    pub replies: BTreeSet<ReplyId>,
    /// The currencies that there are.
    pub currencies: Arc<Currencies>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ProjectAlreadyProposed = "project_already_proposed", "there is a project with this id already";
        UnknownProject = "unknown_project", "there is no such project";
        ProjectFaulty(faults) = "project_faulty", "what is said of the project has faults";
        ProjectAlreadyFunded = "project_already_funded", "the project is funded already";
        ProjectNotFunded = "project_not_funded", "the project is proposed, and not funded yet";
        ProjectAlreadyUnderWay = "project_already_under_way", "the project is under way already";
        ProjectNotUnderWay = "project_not_under_way", "the project is not under way yet";
        ProjectIsCompleted = "project_is_completed", "the project was completed";
        ProjectIsCancelled = "project_is_cancelled", "the project was cancelled";
    }
}

// Decide

decider!(Project);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(project) = state else {
        return match command {
            Command::Propose { plan, on, today } => {
                let (plan, mut faults) = checks::plan(plan, None, context);
                faults.extend(fault::of_day(on, today, "/on"));
                checks::unless_faulty(faults, ProjectProposed { plan, on })
            }
            _ => Err(Refusal::UnknownProject),
        };
    };
    match (command, project.status) {
        (Command::Propose { .. }, _) => Err(Refusal::ProjectAlreadyProposed),
        (_, Status::Completed) => Err(Refusal::ProjectIsCompleted),
        (_, Status::Cancelled) => Err(Refusal::ProjectIsCancelled),
        (Command::Edit(plan), _) => {
            let (plan, faults) = checks::plan(plan, Some(&project.plan), context);
            if plan == project.plan && faults.is_empty() {
                return Ok(Vec::new());
            }
            checks::unless_faulty(faults, ProjectEdited { plan })
        }
        (Command::Advance { to, on, today }, status) => {
            let event = advance(to, status, on)?;
            checks::unless_faulty(fault::day_order_faults(on, project.status_on, today), event)
        }
        (Command::Cancel { on, reason, today }, _) => {
            let mut faults = fault::day_order_faults(on, project.status_on, today);
            faults.extend(words::fault(&reason, "/reason", WORDS_CHARS));
            checks::unless_faulty(faults, ProjectCancelled { on, reason })
        }
        (Command::RecordResources { resources, today }, _) => {
            resources::record(&project.resources, resources, today).map_err(Refusal::ProjectFaulty)
        }
    }
}

/// The event of a step, where it follows from where the project stands.
fn advance(to: Step, status: Status, on: Date) -> Result<Event, Refusal> {
    match (to, status) {
        (Step::Fund, Status::Proposed) => Ok(ProjectFunded { on }.into()),
        (Step::Fund, _) => Err(Refusal::ProjectAlreadyFunded),
        (Step::Begin, Status::Funded) => Ok(ProjectBegun { on }.into()),
        (Step::Begin | Step::Complete, Status::Proposed) => Err(Refusal::ProjectNotFunded),
        (Step::Begin, _) => Err(Refusal::ProjectAlreadyUnderWay),
        (Step::Complete, Status::UnderWay) => Ok(ProjectCompleted { on }.into()),
        (Step::Complete, _) => Err(Refusal::ProjectNotUnderWay),
    }
}
