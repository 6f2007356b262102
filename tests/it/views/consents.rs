//! At every position, what of each version may be published is by the view what it is by the events up to there: what is
//! consented to while a version stands, and of that, once it is replaced, what is consented to ever since.

use std::collections::{BTreeMap, BTreeSet};

use domain::DomainEvent;
use domain::reply::{Consent, Event};
use uuid::Uuid;

use crate::log::writers::Process;

/// A reply's versions, the last one last: where each was submitted, and what of it may be published.
type Versions = Vec<(i64, Option<Consent>)>;

pub async fn assert_consents_are_folds_of_events(process: &Process) {
    let rows: Vec<(i64, String, i64, Option<i64>)> =
        sqlx::query_as("select submission, section, since, until from views.consent")
            .fetch_all(&process.pool)
            .await
            .unwrap();
    let mut replies: BTreeMap<Uuid, Versions> = BTreeMap::new();
    for stored in process.log.after(0, 100_000).await.unwrap() {
        if !Event::KINDS.contains(&stored.kind.as_str()) {
            continue;
        }
        let event = Event::from_stored(&stored.kind, stored.data.clone()).unwrap();
        let position = stored.position as i64;
        fold(replies.entry(stored.stream).or_default(), &event, position);
        let holds = |since: i64, until: Option<i64>| {
            since <= position && until.is_none_or(|until| until > position)
        };
        let viewed = rows
            .iter()
            .filter(|(_, _, since, until)| holds(*since, *until));
        let viewed: BTreeSet<_> = viewed.map(|row| (row.0, row.1.clone())).collect();
        let held: BTreeSet<_> = replies.values().flatten().flat_map(sections).collect();
        assert_eq!(viewed, held, "position {position}");
    }
}

fn fold(versions: &mut Versions, event: &Event, position: i64) {
    let (standing, consent) = match event {
        Event::ReplySubmitted(event) => (Some(position), event.publication.as_ref()),
        Event::PublicationDecided(event) => {
            let (last, _) = versions.pop().unwrap();
            (Some(last), event.publication.as_ref())
        }
        Event::ReplyWithdrawn(_) => (None, None),
        _ => return,
    };
    for (_, own) in versions.iter_mut() {
        *own = own
            .take()
            .zip(consent)
            .and_then(|(own, consent)| own.and(consent));
    }
    versions.extend(standing.map(|standing| (standing, consent.cloned())));
}

fn sections((submission, consent): &(i64, Option<Consent>)) -> Vec<(i64, String)> {
    let sections = match consent {
        None => Vec::new(),
        Some(Consent::All(_)) => vec!["*".to_owned()],
        Some(Consent::Sections(sections)) => sections.iter().cloned().collect(),
    };
    let sections = sections.into_iter();
    sections.map(|section| (*submission, section)).collect()
}
