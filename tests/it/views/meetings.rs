//! At every position, meetings, documents and the classification are by the views what they are by the events up to there.

use std::collections::{BTreeMap, BTreeSet};

use domain::classification::Classification;
use domain::document::{self, Document};
use domain::meeting::{self, Meeting};
use domain::{Decider, DomainEvent};
use event_log::StoredEvent;
use sqlx::PgPool;
use uuid::Uuid;

use crate::log::writers::Process;

/// Each fact as a line.
type Facts = BTreeSet<String>;

pub async fn assert_meetings_are_folds_of_events(process: &Process) {
    let mut meetings: BTreeMap<Uuid, meeting::State> = BTreeMap::new();
    let mut documents: BTreeMap<Uuid, document::State> = BTreeMap::new();
    let mut classification: BTreeMap<Uuid, Classification> = BTreeMap::new();
    for stored in process.log.after(0, 100_000).await.unwrap() {
        let is_one = evolve::<Meeting>(&mut meetings, &stored)
            | evolve::<Document>(&mut documents, &stored)
            | evolve::<Classification>(&mut classification, &stored);
        if is_one {
            let mut folded = Facts::new();
            meetings
                .iter()
                .for_each(|(id, state)| of_meeting(*id, state, &mut folded));
            documents
                .iter()
                .for_each(|(id, state)| of_document(*id, state, &mut folded));
            classification
                .values()
                .for_each(|state| of_classification(state, &mut folded));
            let viewed = viewed(&process.pool, stored.position as i64).await;
            assert_eq!(viewed, folded, "position {}", stored.position);
        }
    }
}

/// Whether the event is one of the aggregate's.
pub(super) fn evolve<D: Decider>(
    states: &mut BTreeMap<Uuid, D::State>,
    stored: &StoredEvent,
) -> bool {
    let is_one = D::Event::KINDS.contains(&stored.kind.as_str());
    if is_one {
        let event = D::Event::from_stored(&stored.kind, stored.data.clone()).unwrap();
        let state = states.remove(&stored.stream).unwrap_or_default();
        states.insert(stored.stream, D::evolve(state, &event));
    }
    is_one
}

fn of_meeting(id: Uuid, state: &meeting::State, facts: &mut Facts) {
    let meeting = state.as_ref().unwrap();
    let (from, to) = (meeting.starts_on, meeting.ends_on);
    facts.insert(format!("{id} is {} {from} {to}", meeting.status));
    for group in meeting.representation() {
        facts.insert(format!("{id} {} {}", group.group, group.seats));
    }
    if let Some(last) = meeting.resources.last() {
        facts.insert(format!("{id} has {} on {}", last.resources, last.on));
    }
    for one in &meeting.participants {
        let group = one.regional_group.map_or("none", |group| group.as_str());
        facts.insert(format!(
            "{id} {} as {} {} {} {group}",
            one.party, one.capacity, one.persons, one.kind
        ));
    }
}

fn of_document(id: Uuid, state: &document::State, facts: &mut Facts) {
    let document = state.as_ref().unwrap();
    let title = document.particulars.title.pick(&[]).unwrap().1;
    facts.insert(format!("{id} {} {title}", document.symbol));
    for (to, how) in &document.links {
        facts.insert(format!("{id} to {} {} {how}", to.kind(), to.stream()));
    }
}

fn of_classification(state: &Classification, facts: &mut Facts) {
    for category in state.categories.values() {
        let title = category.title.pick(&[]).unwrap().1;
        facts.insert(format!("{} called {title}", category.code));
    }
    for standard in state.standards.values() {
        facts.insert(format!("{} in {}", standard.code, standard.category));
    }
    for edition in 2..=state.version {
        facts.insert(format!("version {edition}"));
    }
}

async fn viewed(pool: &PgPool, position: i64) -> Facts {
    let facts: Vec<String> = sqlx::query_scalar(
        "with life as (
             select s.meeting || ' is ' || s.status || ' ' || d.starts_on || ' ' || d.ends_on as fact, s.since, s.until,
                    d.since as also_since, d.until as also_until
               from views.meeting_status s join views.meeting_days d on d.meeting = s.meeting
              union all
             select meeting || ' ' || regional_group || ' ' || seats, since, until, 0, null from views.meeting_seats
              union all
             select meeting || ' ' || party || ' as ' || capacity || ' ' || persons || ' ' || kind || ' '
                    || coalesce(regional_group, 'none'), since, until, 0, null
               from views.meeting_participant
              union all
             select meeting || ' has ' || resources || ' on ' || day, since, until, 0, null from views.meeting_resources
              union all
             select d.document || ' ' || d.symbol || ' ' || (t.title ->> 'en'), t.since, t.until, 0, null
               from views.document d join views.document_particulars t on t.document = d.document
              union all
             select document || ' to ' || target || ' ' || object || ' ' || relation, since, until, 0, null
               from views.document_link
              union all
             select code || ' called ' || (title ->> 'en'), since, until, 0, null from views.category_title
              union all
             select code || ' in ' || category, since, until, 0, null from views.standard_category
              union all
             select 'version ' || version, since, null, 0, null from views.classification_version)
         select fact from life
          where since <= $1 and (until is null or until > $1)
            and also_since <= $1 and (also_until is null or also_until > $1)",
    )
    .bind(position)
    .fetch_all(pool)
    .await
    .unwrap();
    facts.into_iter().collect()
}
