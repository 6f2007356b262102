//! A material: a manual or model law that is kept under review (paragraph 13), revised, issued, and reviewed again.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::classification::Classification;
use super::fault::{self, Fault};
use super::{NeedId, need, resources};

mod checks;
mod events;
#[cfg(test)]
mod tests;

pub use super::resources::{ResourcesRecorded as MaterialResourcesRecorded, ResourcesState};
use checks::subject;
pub use events::{
    MaterialEdited, MaterialIssued, MaterialReviewBegun, MaterialRevised, MaterialTakenUp, Subject,
};

code_enum! {
    /// What kind of material.
    pub enum MaterialKind {
        /// A manual.
        Manual = "manual",
        /// A model law.
        ModelLaw = "model_law",
    }
}

code_enum! {
    /// Where a material stands.
    pub enum Status as "MaterialStatus" {
        /// It is looked at.
        UnderReview = "under_review",
        /// What the review found is in it.
        Revised = "revised",
        /// It is given out as it is.
        Issued = "issued",
    }
}

// Events

events! {
    /// What happens to a material.
    pub enum Event {
        MaterialTakenUp = "material_taken_up",
        MaterialEdited = "material_edited",
        MaterialRevised = "material_revised",
        MaterialIssued = "material_issued",
        MaterialReviewBegun = "material_review_begun",
        MaterialResourcesRecorded = "material_resources_recorded",
    }
}

// State

/// A material as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Manual or model law.
    pub kind: MaterialKind,
    /// What is known of it.
    pub subject: Subject,
    /// Where it stands.
    pub status: Status,
    /// Since which day.
    pub status_on: Date,
    /// How it stood with its resources, in the order in which that was recorded: the last is how it stands.
    pub resources: Vec<MaterialResourcesRecorded>,
}

/// None until it is taken up.
pub type State = Option<Material>;

impl Material {
    fn stands(&mut self, status: Status, on: Date) {
        self.status = status;
        self.status_on = on;
    }
}

fn evolve(state: State, event: &Event) -> State {
    let Some(mut material) = state else {
        return match event {
            Event::MaterialTakenUp(event) => Some(Material {
                kind: event.kind,
                subject: event.subject.clone(),
                status: Status::UnderReview,
                status_on: event.on,
                resources: Vec::new(),
            }),
            _ => None,
        };
    };
    match event {
        Event::MaterialTakenUp(_) => {}
        Event::MaterialEdited(event) => material.subject = event.subject.clone(),
        Event::MaterialRevised(event) => material.stands(Status::Revised, event.on),
        Event::MaterialIssued(event) => material.stands(Status::Issued, event.on),
        Event::MaterialReviewBegun(event) => material.stands(Status::UnderReview, event.on),
        Event::MaterialResourcesRecorded(event) => material.resources.push(event.clone()),
    }
    Some(material)
}

// Commands

/// What somebody wants of a material.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Put it under review for the first time.
    TakeUp {
        /// What it is.
        material: MaterialTakenUp,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Say otherwise what is known of it.
    Edit(Subject),
    /// Go on to where it stands next.
    Advance {
        /// Revised, issued, or under review again.
        to: Status,
        /// On which day.
        on: Date,
        /// The day on which this is recorded.
        today: Date,
    },
    /// Record how it stands with the resources that it is subject to.
    RecordResources {
        /// How, and since when.
        resources: MaterialResourcesRecorded,
        /// The day on which this is recorded.
        today: Date,
    },
}

/// What decisions on a material read of other streams.
#[derive(Clone, Debug)]
pub struct Context {
    /// The standards that there are.
    pub classification: Arc<Classification>,
    /// Where the needs stand that are named, as far as they are there.
    pub needs: BTreeMap<NeedId, need::Status>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        MaterialAlreadyTakenUp = "material_already_taken_up", "there is a material with this id already";
        UnknownMaterial = "unknown_material", "there is no such material";
        MaterialFaulty(faults) = "material_faulty", "what is said of the material has faults";
        MaterialUnderReview = "material_under_review", "the material is under review";
        MaterialNotRevised = "material_not_revised", "the material is under review, and not revised yet";
        MaterialAlreadyRevised = "material_already_revised", "the material is revised already";
        MaterialNotIssued = "material_not_issued", "the material is revised, and not issued yet";
        MaterialAlreadyIssued = "material_already_issued", "the material is issued, and not under review";
    }
}

// Decide

decider!(Material);

fn decide(state: &State, context: &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Some(material) = state else {
        return match command {
            Command::TakeUp { material, today } => {
                let mut faults = subject(&material.subject, None, context);
                faults.extend(fault::of_day(material.on, today, "/on"));
                unless_faulty(faults, material)
            }
            _ => Err(Refusal::UnknownMaterial),
        };
    };
    match (command, material.status) {
        (Command::TakeUp { .. }, _) => Err(Refusal::MaterialAlreadyTakenUp),
        (Command::Edit(_), Status::Issued) => Err(Refusal::MaterialAlreadyIssued),
        (Command::Edit(new), _) if new == material.subject => Ok(Vec::new()),
        (Command::Edit(new), _) => {
            let faults = subject(&new, Some(&material.subject), context);
            unless_faulty(faults, MaterialEdited { subject: new })
        }
        (Command::Advance { to, on, today }, status) => {
            let event = advance(to, status, on)?;
            unless_faulty(
                fault::day_order_faults(on, material.status_on, today),
                event,
            )
        }
        (Command::RecordResources { resources, today }, _) => {
            resources::record(&material.resources, resources, today)
                .map_err(Refusal::MaterialFaulty)
        }
    }
}

/// The event of a step, where it follows from where the material stands.
fn advance(to: Status, from: Status, on: Date) -> Result<Event, Refusal> {
    match (to, from) {
        (Status::Revised, Status::UnderReview) => Ok(MaterialRevised { on }.into()),
        (Status::Issued, Status::Revised) => Ok(MaterialIssued { on }.into()),
        (Status::UnderReview, Status::Issued) => Ok(MaterialReviewBegun { on }.into()),
        (Status::Revised, Status::Revised) => Err(Refusal::MaterialAlreadyRevised),
        (Status::Revised | Status::Issued, Status::Issued) => Err(Refusal::MaterialAlreadyIssued),
        (Status::Issued, Status::UnderReview) => Err(Refusal::MaterialNotRevised),
        (Status::UnderReview, Status::UnderReview) => Err(Refusal::MaterialUnderReview),
        (Status::UnderReview, Status::Revised) => Err(Refusal::MaterialNotIssued),
    }
}

fn unless_faulty(faults: Vec<Fault>, event: impl Into<Event>) -> Result<Vec<Event>, Refusal> {
    fault::none(faults).map_err(Refusal::MaterialFaulty)?;
    Ok(vec![event.into()])
}
