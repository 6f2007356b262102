//! At every position, who acts for whom by the views is who does by the events up to there.

use std::collections::{BTreeMap, BTreeSet};

use domain::delegation::{Delegation, DelegationKey, Event, Office};
use domain::{Decider, DomainEvent};
use sqlx::PgPool;
use uuid::Uuid;

use crate::log::writers::Process;

type Party = (Uuid, Uuid);

/// Focal points (none: the office is vacant), contributors with their sections, and who is nominated.
#[derive(Debug, Default, PartialEq)]
struct FoldedDelegations {
    focal_points: BTreeMap<Party, Option<Uuid>>,
    contributors: BTreeMap<(Party, Uuid), BTreeSet<String>>,
    nominated: BTreeMap<Party, Uuid>,
}

pub async fn assert_delegations_are_folds_of_events(process: &Process) {
    let mut delegations: BTreeMap<Party, Delegation> = BTreeMap::new();
    for stored in process.log.after(0, 100_000).await.unwrap() {
        if !Event::KINDS.contains(&stored.kind.as_str()) {
            continue;
        }
        let of: DelegationKey = serde_json::from_value(stored.data.clone()).unwrap();
        let event = Event::from_stored(&stored.kind, stored.data).unwrap();
        let of = (of.collection.0, of.party.0);
        let state = delegations.remove(&of).unwrap_or_default();
        delegations.insert(of, Delegation::evolve(state, &event));
        assert_eq!(
            viewed(&process.pool, stored.position as i64).await,
            folded(&delegations),
            "position {}",
            stored.position
        );
    }
}

fn folded(delegations: &BTreeMap<Party, Delegation>) -> FoldedDelegations {
    let mut acting = FoldedDelegations::default();
    for (of, delegation) in delegations {
        if delegation.office != Office::Unfilled {
            let person = delegation.focal_point().map(|person| person.0);
            acting.focal_points.insert(*of, person);
        }
        if let Some(person) = delegation.nominated {
            acting.nominated.insert(*of, person.0);
        }
        for (person, sections) in &delegation.contributors {
            acting
                .contributors
                .insert((*of, person.0), sections.sections.clone());
        }
    }
    acting
}

async fn viewed(pool: &PgPool, position: i64) -> FoldedDelegations {
    let focal_points: Vec<(Uuid, Uuid, Option<Uuid>)> = sqlx::query_as(
        "select collection, party, person from views.focal_point
          where since <= $1 and (until is null or until > $1)",
    )
    .bind(position)
    .fetch_all(pool)
    .await
    .unwrap();
    let contributors: Vec<(Uuid, Uuid, Uuid, Vec<String>)> = sqlx::query_as(
        "select collection, party, person, sections from views.contributor
          where since <= $1 and (until is null or until > $1)",
    )
    .bind(position)
    .fetch_all(pool)
    .await
    .unwrap();
    let nominated: Vec<(Uuid, Uuid, Uuid)> = sqlx::query_as(
        "select collection, party, person from views.nomination
          where since <= $1 and (until is null or until > $1)",
    )
    .bind(position)
    .fetch_all(pool)
    .await
    .unwrap();
    let nominated = nominated.into_iter();
    let focal_points = focal_points.into_iter();
    let contributors = contributors.into_iter();
    FoldedDelegations {
        nominated: nominated
            .map(|(collection, party, person)| ((collection, party), person))
            .collect(),
        focal_points: focal_points
            .map(|(collection, party, person)| ((collection, party), person))
            .collect(),
        contributors: contributors
            .map(|(collection, party, person, sections)| {
                let sections = sections.into_iter().collect();
                (((collection, party), person), sections)
            })
            .collect(),
    }
}
