//! Somebody reads everything that is public and solves for what is withheld.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{public, release};
use crate::support::World;

#[path = "../../../src/domain/disclosure/tests/attacker.rs"]
mod attacker;
use attacker::{Ratio, System};

/// States with their answer to A1, in the order in which they reply: until the first release, and until the second.
const FIRST: [(&str, &str); 14] = [
    ("FIN", "yes"),
    ("SWE", "no"),
    ("NOR", "yes"),
    ("DNK", "in_part"),
    ("USA", "no"),
    ("AUS", "yes"),
    ("BRA", "no"),
    ("ARG", "in_part"),
    ("MEX", "yes"),
    ("KEN", "no"),
    ("GHA", "yes"),
    ("THA", "no"),
    ("JPN", "yes"),
    ("POL", "no"),
];
const SECOND: [(&str, &str); 6] = [
    ("CAN", "yes"),
    ("MLI", "no"),
    ("FJI", "yes"),
    ("CHL", "no"),
    ("HUN", "yes"),
    ("CHN", "no"),
];
const OPTIONS: [&str; 3] = ["yes", "in_part", "no"];

struct Attack<'a> {
    world: &'a World,
    collection: &'a str,
    /// Group by State, for each breakdown that is offered.
    groups: BTreeMap<(&'static str, String), String>,
}

impl Attack<'_> {
    async fn learn_groups(&mut self) {
        for (party, _) in FIRST.iter().chain(&SECOND) {
            let said = self
                .world
                .get(&format!("/v1/parties/{party}"))
                .expect(200)
                .await;
            for by in ["regional_group", "region"] {
                let group = said[by].as_str().unwrap().to_owned();
                self.groups.insert((by, (*party).to_owned()), group);
            }
        }
    }

    /// What anybody reads of the replies of those who consent.
    async fn published(&self) -> BTreeSet<String> {
        let path = format!("/v1/collections/{}/replies", self.collection);
        let list = self.world.get(&path).expect(200).await;
        let mut known = BTreeSet::new();
        for row in list["items"].as_array().unwrap() {
            let path = format!("/v1/replies/{}/answers", row["id"].as_str().unwrap());
            let answers = self.world.get(&path).expect(200).await;
            if answers["answers"].get("A1").is_some() {
                known.insert(row["code"].as_str().unwrap().to_owned());
            }
        }
        known
    }

    /// The cells of a release, each with who is in it and what is shown of it.
    async fn cells(
        &self,
        number: u32,
        replied: &[(&str, &str)],
    ) -> Vec<(String, Vec<String>, Option<Vec<i128>>)> {
        let mut cells = Vec::new();
        let names = || replied.iter().map(|(party, _)| (*party).to_owned());
        for by in ["regional_group", "region", "none"] {
            let asked = format!("release={number}&group_by={by}");
            let tally = public(self.world, self.collection, &asked).await;
            cells.push((format!("{number} total"), names().collect(), counts(&tally)));
            for group in tally["groups"].as_array().unwrap() {
                let code = group["group"].as_str().unwrap();
                let within = names().filter(|party| self.groups[&(by, party.clone())] == code);
                cells.push((format!("{number} {code}"), within.collect(), counts(group)));
            }
        }
        cells
    }
}

/// The counts of a cell, unless it is withheld.
fn counts(cell: &Value) -> Option<Vec<i128>> {
    if cell["withheld"] == true {
        assert!(cell.get("base").is_none() && cell.get("options").is_none());
        return None;
    }
    let options = cell["options"].as_array().unwrap().iter();
    Some(
        options
            .map(|option| option["count"].as_i64().unwrap().into())
            .collect(),
    )
}

fn truth(party: &str) -> Vec<i128> {
    let mut all = FIRST.iter().chain(&SECOND);
    let (_, answer) = all.find(|(code, _)| *code == party).unwrap();
    OPTIONS.map(|option| i128::from(option == *answer)).to_vec()
}

fn sum(of: impl Iterator<Item = Vec<i128>>) -> Vec<i128> {
    of.fold(vec![0; OPTIONS.len()], |sum, of| {
        sum.iter().zip(of).map(|(one, other)| one + other).collect()
    })
}

#[tokio::test]
async fn solving_from_all_that_is_public_gives_nobody_away() {
    let world = World::new().await;
    let parties: Vec<&str> = FIRST
        .iter()
        .chain(&SECOND)
        .map(|(party, _)| *party)
        .collect();
    let collection = world
        .collection(json!({ "parties": parties }))
        .await
        .collection;
    let mut replies = BTreeMap::new();
    for (party, answer) in FIRST.iter().chain(&SECOND) {
        if *party == SECOND[0].0 {
            release(&world, &collection).await;
        }
        let token = world.focal_point(party).await;
        let answers = json!({"A1": {"value": answer}});
        let reply = world.submitted(&collection, &token, answers).await;
        replies.insert(*party, (reply, token));
    }
    release(&world, &collection).await;
    let mut attack = Attack {
        world: &world,
        collection: &collection,
        groups: BTreeMap::new(),
    };
    attack.learn_groups().await;
    // Minds change: each time, all is read anew.
    for (party, publication) in [
        ("FIN", json!({"all": true})),
        ("KEN", json!({"sections": ["D"]})),
        ("KEN", json!({"sections": ["A"]})),
        ("POL", json!({"all": true})),
        ("BRA", json!({"sections": ["A"]})),
        ("KEN", json!(null)),
    ] {
        let (reply, token) = &replies[party];
        let put = world
            .put(&format!("/v1/replies/{reply}/publication"))
            .token(token);
        put.json(&json!({ "publication": publication }))
            .expect(200)
            .await;
        assert_nobody_is_given_away(&attack).await;
    }
}

async fn assert_nobody_is_given_away(attack: &Attack<'_>) {
    let known = attack.published().await;
    let both = [FIRST.as_slice(), &SECOND].concat();
    let secret: Vec<&str> = both
        .iter()
        .map(|(party, _)| *party)
        .filter(|party| !known.contains(*party))
        .collect();
    let mut cells = attack.cells(1, &FIRST).await;
    cells.extend(attack.cells(2, &both).await);
    let unknown = |parties: &[String]| -> Vec<usize> {
        let place = |party: &String| secret.iter().position(|other| other == party);
        parties.iter().filter_map(place).collect()
    };
    let mut sums = Vec::new();
    for (cell, parties, shown) in &cells {
        if let Some(shown) = shown {
            let all = sum(parties.iter().map(|party| truth(party)));
            assert_eq!(*shown, all, "what is shown is true: {cell}");
            let of_known = parties.iter().filter(|party| known.contains(*party));
            let of_known = sum(of_known.map(|party| truth(party)));
            let rest = shown.iter().zip(of_known).map(|(all, known)| all - known);
            sums.push((unknown(parties), rest.collect()));
        }
    }
    // The total of each release is there three times.
    assert!(sums.len() > 6, "more is shown than totals");
    let system = System::of(secret.len(), &sums);
    let total: Vec<usize> = unknown(
        &both
            .iter()
            .map(|(party, _)| (*party).to_owned())
            .collect::<Vec<_>>(),
    );
    let all = sum(secret.iter().map(|party| truth(party)));
    let all: Vec<Ratio> = all.into_iter().map(Ratio::whole).collect();
    assert_eq!(
        system.solve(&total),
        Some(all),
        "the attacker reckons right"
    );
    let mut withheld = 0;
    for (cell, parties, shown) in &cells {
        let of = unknown(parties);
        assert!(
            shown.is_none() || ![1, 2].contains(&of.len()),
            "{cell} is of {of:?}"
        );
        if shown.is_none() {
            withheld += 1;
            assert_eq!(system.solve(&of), None, "{cell}");
        }
    }
    assert!(withheld > 2, "something is withheld");
    for one in 0..secret.len() {
        for other in one..secret.len() {
            let of: BTreeSet<usize> = [one, other].into();
            let told = system.tells(&of.into_iter().collect::<Vec<_>>());
            assert_eq!(told, 0, "{} and {}", secret[one], secret[other]);
        }
    }
}
