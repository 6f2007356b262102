//! At every position, where instruments stand is by the views what it is by the events up to there.

use std::collections::{BTreeMap, BTreeSet};

use domain::consultation::{self, Consultation, Status};
use domain::instrument::{self, Instrument, Stage};
use rapporteur::reading::Part;
use rapporteur::reading::instruments as reading;
use uuid::Uuid;

use super::meetings::evolve;
use crate::log::writers::Process;

/// Each fact as a line.
type Facts = BTreeSet<String>;

pub async fn assert_instruments_are_folds_of_events(process: &Process) {
    let mut instruments: BTreeMap<Uuid, instrument::State> = BTreeMap::new();
    let mut rounds: BTreeMap<Uuid, consultation::State> = BTreeMap::new();
    for stored in process.log.after(0, 100_000).await.unwrap() {
        let is_one = evolve::<Instrument>(&mut instruments, &stored)
            | evolve::<Consultation>(&mut rounds, &stored);
        if is_one {
            let mut folded = Facts::new();
            for (id, state) in &instruments {
                of_instrument(*id, state.as_ref().unwrap(), &rounds, &mut folded);
            }
            let viewed = viewed(process, stored.position).await;
            assert_eq!(viewed, folded, "position {}", stored.position);
        }
    }
}

fn of_instrument(
    id: Uuid,
    instrument: &Instrument,
    rounds: &BTreeMap<Uuid, consultation::State>,
    facts: &mut Facts,
) {
    let latest = instrument.latest_revision();
    let on_latest = rounds
        .values()
        .flatten()
        .filter(|round| round.instrument.0 == id && round.revision == latest);
    let statuses: Vec<Status> = on_latest.map(|round| round.status).collect();
    let status = match instrument.stage() {
        Stage::Withdrawn => "withdrawn",
        Stage::Approved => "approved",
        Stage::Presented => "presented",
        _ if statuses.contains(&Status::Open) => "forwarded",
        Stage::Returned => "returned",
        _ if statuses.is_empty() => "drafting",
        _ => "under_review",
    };
    let mut revisions = instrument.revisions.iter();
    let approved = revisions.rfind(|revision| revision.approval.is_some());
    let approved = approved.map_or(0, |revision| revision.number);
    let version = instrument.classification_version;
    facts.insert(format!("{id} {status} {latest} {approved} {version}"));
    for revision in &instrument.revisions {
        let number = revision.number;
        if let Some(presented) = &revision.presentation {
            facts.insert(format!(
                "{id} {number} before {} on {}",
                presented.meeting, presented.on
            ));
        }
        if let Some(returned) = &revision.returned {
            facts.insert(format!("{id} {number} given back on {}", returned.on));
        }
        for comment in &revision.takes_up {
            facts.insert(format!("{id} {number} takes up {comment}"));
        }
    }
}

async fn viewed(process: &Process, position: u64) -> Facts {
    let read = reading::list(&process.pool, &Part::first(Some(position), 10_000)).await;
    let rows = read.unwrap().rows.into_iter();
    let listed = rows.map(|row| {
        let [latest, approved] = [row.latest_revision, row.approved_revision];
        format!(
            "{} {} {} {} {}",
            row.id,
            row.status,
            latest.unwrap_or(0),
            approved.unwrap_or(0),
            row.classification_version
        )
    });
    let facts: Vec<String> = sqlx::query_scalar(
        "select instrument || ' ' || revision || ' before ' || meeting || ' on ' || date from views.presentation
          where since <= $1 and (until is null or until > $1)
          union all
         select instrument || ' ' || revision || ' given back on ' || date from views.revision_return where since <= $1
          union all
         select instrument || ' ' || revision || ' takes up ' || comment from views.taken_up where since <= $1",
    )
    .bind(position as i64)
    .fetch_all(&process.pool)
    .await
    .unwrap();
    listed.chain(facts).collect()
}
