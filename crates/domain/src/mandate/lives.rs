//! The objects that the rules look at: each with its state, and the events that made it.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Recorded;
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
pub(super) type All<D> = BTreeMap<Uuid, Life<D>>;

/// All objects.
#[derive(Default)]
pub(super) struct Lives {
    pub parties: All<Party>,
    pub documents: All<Document>,
    pub meetings: All<Meeting>,
    pub instruments: All<Instrument>,
    pub consultations: All<Consultation>,
    pub comments: All<Comment>,
    pub collections: All<Collection>,
    pub reports: All<Report>,
    pub need_types: All<NeedTypes>,
    pub contributions: All<Contribution>,
    pub requests: All<Request>,
    pub projects: All<Project>,
    pub materials: All<Material>,
}

impl Lives {
    pub fn read(events: &[Recorded]) -> Result<Self, StoredEventError> {
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

fn add<D: Decider>(all: &mut All<D>, recorded: &Recorded) -> Result<(), StoredEventError> {
    let event = D::Event::from_stored(&recorded.kind, recorded.data.clone())?;
    let life = all.entry(recorded.stream).or_insert_with(|| Life {
        state: D::State::default(),
        events: Vec::new(),
    });
    life.state = D::evolve(std::mem::take(&mut life.state), &event);
    life.events.push((recorded.position, event));
    Ok(())
}
