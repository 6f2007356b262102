//! The objects that the rules look at: each with its state, and the events that made it.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::MandateEvent;
use crate::collection::Collection;
use crate::comment::Comment;
use crate::consultation::Consultation;
use crate::contribution::Contribution;
use crate::document::Document;
use crate::instrument::Instrument;
use crate::material::Material;
use crate::meeting::Meeting;
use crate::need_types::NeedTypes;
use crate::party::Party;
use crate::project::Project;
use crate::report::Report;
use crate::request::Request;
use crate::{Decider, DomainEvent, StoredEventError, aggregate_of};

/// An object.
pub(super) struct Life<D: Decider> {
    /// What its events amount to.
    pub state: D::State,
    /// Its events, each with its position.
    pub events: Vec<(u64, D::Event)>,
}

/// Objects of one kind, by id.
pub(super) type LivesById<D> = BTreeMap<Uuid, Life<D>>;

/// All objects.
#[derive(Default)]
pub(super) struct Lives {
    pub parties: LivesById<Party>,
    pub documents: LivesById<Document>,
    pub meetings: LivesById<Meeting>,
    pub instruments: LivesById<Instrument>,
    pub consultations: LivesById<Consultation>,
    pub comments: LivesById<Comment>,
    pub collections: LivesById<Collection>,
    pub reports: LivesById<Report>,
    pub need_types: LivesById<NeedTypes>,
    pub contributions: LivesById<Contribution>,
    pub requests: LivesById<Request>,
    pub projects: LivesById<Project>,
    pub materials: LivesById<Material>,
}

impl Lives {
    pub fn read(events: &[MandateEvent]) -> Result<Self, StoredEventError> {
        let mut lives = Self::default();
        for event in events {
            match aggregate_of(&event.kind) {
                Some("party") => add(&mut lives.parties, event)?,
                Some("document") => add(&mut lives.documents, event)?,
                Some("meeting") => add(&mut lives.meetings, event)?,
                Some("instrument") => add(&mut lives.instruments, event)?,
                Some("consultation") => add(&mut lives.consultations, event)?,
                Some("comment") => add(&mut lives.comments, event)?,
                Some("collection") => add(&mut lives.collections, event)?,
                Some("report") => add(&mut lives.reports, event)?,
                Some("need_types") => add(&mut lives.need_types, event)?,
                Some("contribution") => add(&mut lives.contributions, event)?,
                Some("request") => add(&mut lives.requests, event)?,
                Some("project") => add(&mut lives.projects, event)?,
                Some("material") => add(&mut lives.materials, event)?,
                _ => {}
            }
        }
        Ok(lives)
    }
}

fn add<D: Decider>(
    all: &mut LivesById<D>,
    recorded: &MandateEvent,
) -> Result<(), StoredEventError> {
    let event = D::Event::from_stored(&recorded.kind, recorded.data.clone())?;
    let life = all.entry(recorded.stream).or_insert_with(|| Life {
        state: D::State::default(),
        events: Vec::new(),
    });
    life.state = D::evolve(std::mem::take(&mut life.state), &event);
    life.events.push((recorded.position, event));
    Ok(())
}
