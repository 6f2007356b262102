//! At every position, what the views say of consultations and comments is what the events up to there amount to.

use std::collections::BTreeMap;

use domain::comment::{self, Comment, CommentSubject};
use domain::consultation::{self, Consultation};
use domain::{Decider, DomainEvent};
use rapporteur::reading::Part;
use rapporteur::reading::comments::{self as reading, Filter};
use rapporteur::reading::consultations::{self, AskedFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::log::writers::Process;

pub async fn assert_comments_are_folds_of_events(process: &Process) {
    let mut rounds: BTreeMap<Uuid, consultation::State> = BTreeMap::new();
    let mut comments: BTreeMap<Uuid, comment::State> = BTreeMap::new();
    for stored in process.log.after(0, 100_000).await.unwrap() {
        let kind = stored.kind.as_str();
        if consultation::Event::KINDS.contains(&kind) {
            let event = consultation::Event::from_stored(kind, stored.data).unwrap();
            let state = rounds.remove(&stored.stream).unwrap_or_default();
            rounds.insert(stored.stream, Consultation::evolve(state, &event));
        } else if comment::Event::KINDS.contains(&kind) {
            let event = comment::Event::from_stored(kind, stored.data).unwrap();
            let state = comments.remove(&stored.stream).unwrap_or_default();
            comments.insert(stored.stream, Comment::evolve(state, &event));
        } else {
            continue;
        }
        let position = stored.position;
        let ids: Vec<Uuid> = rounds.keys().copied().collect();
        let said = "position";
        assert_eq!(
            viewed_comments(process, &ids, position).await,
            folded_comments(&comments),
            "{said} {position}"
        );
        assert_eq!(
            viewed_rounds(process, &ids, position).await,
            folded_rounds(&rounds, &comments),
            "{said} {position}"
        );
    }
    assert!(!comments.is_empty(), "there were comments");
}

fn folded_comments(comments: &BTreeMap<Uuid, comment::State>) -> BTreeMap<Uuid, Value> {
    let there = comments
        .iter()
        .filter_map(|(id, state)| Some((id, state.as_ref()?)));
    let there = there.filter(|(_, comment)| !comment.withdrawn);
    let shown = there.map(|(id, comment)| {
        let on = match &comment.said.on {
            CommentSubject::Instrument(_) => json!(["instrument", null]),
            CommentSubject::Section(code) => json!(["section", code]),
            CommentSubject::Question(code) => json!(["question", code]),
        };
        let disposed = comment.disposition.as_ref();
        let disposed = disposed.map(|disposed| {
            json!([
                disposed.disposition,
                disposed.reason,
                disposed.lang,
                disposed.revision
            ])
        });
        let said = &comment.said;
        let shown = json!([
            comment.consultation,
            comment.party,
            on,
            said.lang,
            said.text,
            said.wording,
            comment.entered_on_behalf,
            disposed
        ]);
        (*id, shown)
    });
    shown.collect()
}

async fn viewed_comments(
    process: &Process,
    rounds: &[Uuid],
    position: u64,
) -> BTreeMap<Uuid, Value> {
    let filter = Filter {
        consultations: rounds,
        ..Filter::default()
    };
    let read = reading::list(&process.pool, &Part::first(Some(position), 10_000), &filter).await;
    let shown = read.unwrap().rows.into_iter().map(|row| {
        let disposed = row.disposition.map(|disposed| {
            json!([
                disposed.disposition,
                disposed.reason,
                disposed.lang,
                disposed.revision
            ])
        });
        let on = json!([row.subject, row.subject_code]);
        let shown = json!([
            row.consultation,
            row.party,
            on,
            row.lang,
            row.text,
            row.wording,
            row.entered_on_behalf,
            disposed
        ]);
        (row.id, shown)
    });
    shown.collect()
}

/// Each consultation: whether it is open, until when, when published, and how many were asked and answered.
fn folded_rounds(
    rounds: &BTreeMap<Uuid, consultation::State>,
    comments: &BTreeMap<Uuid, comment::State>,
) -> BTreeMap<Uuid, Value> {
    let there = rounds
        .iter()
        .filter_map(|(id, state)| Some((id, state.as_ref()?)));
    let shown = there.map(|(id, round)| {
        let answered = round.asked.keys().filter(|party| {
            let mut comments = comments.values().flatten();
            comments.any(|comment| {
                comment.consultation.0 == *id && comment.party == **party && !comment.withdrawn
            })
        });
        let published = round.published.map(|day| day.to_string());
        let counted = (round.asked.len(), answered.count());
        (*id, json!([round.status, published, counted, round.until]))
    });
    shown.collect()
}

async fn viewed_rounds(process: &Process, rounds: &[Uuid], position: u64) -> BTreeMap<Uuid, Value> {
    let filter = consultations::Filter::default();
    let read =
        consultations::list(&process.pool, &Part::first(Some(position), 10_000), filter).await;
    let mut viewed = BTreeMap::new();
    for row in read.unwrap().rows {
        assert!(rounds.contains(&row.id));
        let part = Part::first(Some(position), 10_000);
        let all = AskedFilter::default();
        let asked = consultations::consulted_parties(&process.pool, &part, row.id, &all);
        let parties = asked.await.unwrap().rows.parties;
        let answered = parties.iter().filter(|party| party.comments > 0).count();
        let counted = (parties.len(), answered);
        let shown = json!([row.status, row.published, counted, row.deadline]);
        viewed.insert(row.id, shown);
    }
    viewed
}
