//! Somebody reads everything that is public, knows who replied and when, and solves for what was answered.

use std::collections::BTreeSet;

use serde_json::Value;

use super::play::{Play, VALUES, Version, counts};
use super::solver::{Solver, Sum};

/// What an attacker knows of a section's answers: the versions, by number, and the sums over them.
struct AttackerKnowledge<'a> {
    play: &'a Play,
    section: &'static str,
    versions: Vec<Version>,
    sums: Vec<Sum>,
    /// How many replies each cell says to count, and how many of them are consented to.
    counted: Vec<(String, usize, usize)>,
}

impl<'a> AttackerKnowledge<'a> {
    /// All that can be read of a section: each release in each breakdown, participation, the published report, and the
    /// published replies.
    async fn read(play: &'a Play, section: &'static str, breakdowns: &[&str]) -> Self {
        let versions = play.answers.keys().filter(|(_, of)| *of == section);
        let mut known = Self {
            play,
            section,
            versions: versions.map(|(version, _)| *version).collect(),
            sums: Vec::new(),
            counted: Vec::new(),
        };
        for release in 0..play.releases.len() {
            for by in breakdowns {
                known.tally(release, by).await;
            }
        }
        known.report().await;
        for ((version, of), value) in &play.published {
            if *of == section {
                let is = |at| u32::from(at == *value);
                known.sums.push(Sum {
                    over: vec![known.place(version)],
                    counts: (0..known.values().len()).map(is).collect(),
                });
            }
        }
        known
    }

    fn values(&self) -> &'static [&'static str] {
        VALUES.iter().find(|(of, _)| *of == self.section).unwrap().1
    }

    fn place(&self, version: &Version) -> usize {
        self.versions
            .iter()
            .position(|other| other == version)
            .unwrap()
    }

    /// A cell of a release. It may count any of the versions that stood then, and the attacker does not ask which it should.
    fn cell(&mut self, release: usize, is_in: impl Fn(&str) -> bool, shown: &Value, what: &str) {
        let (replied, consented) = &self.play.releases[release];
        let within = || replied.iter().filter(|(code, _)| is_in(code));
        let over: Vec<usize> = within().map(|version| self.place(version)).collect();
        let (counts, counted, told) = counts(self.section, shown);
        assert_eq!(over.len(), told as usize, "who replied is known: {what}");
        let consent = within().filter(|version| {
            let of_section = consented.get(self.section);
            of_section.is_some_and(|consented| consented.contains(version))
        });
        let consent = consent.count();
        self.counted
            .push((what.to_owned(), counted as usize, consent));
        self.sums.push(Sum { over, counts });
    }

    async fn tally(&mut self, release: usize, by: &str) {
        let tally = self.play.tally(self.section, release + 1, by).await;
        let what = format!("{}, release {}, {by}", self.section, release + 1);
        self.cell(release, |_| true, &tally, &what);
        if by == "none" {
            return;
        }
        // Who has replied, group by group, is public as of each position.
        let participation = self.play.participation(&tally["as_of"], by).await;
        let groups = self.play.groups(by).await;
        for cell in tally["groups"].as_array().unwrap() {
            let group = cell["group"].as_str().unwrap();
            let told = participation.get(group).copied();
            assert_eq!(
                told.unwrap_or(0),
                cell["base"]["replied"],
                "{what}, {group}"
            );
            let is_in = |code: &str| groups[code] == group;
            self.cell(release, is_in, cell, &format!("{what}, {group}"));
        }
    }

    /// The figures of the published report, which are those of the last release.
    async fn report(&mut self) {
        let world = &self.play.world;
        let listed = world.get("/v1/reports").expect(200).await;
        let id = listed["items"][0]["id"].as_str().unwrap().to_owned();
        let body = world.get(&format!("/v1/reports/{id}/body"));
        let body = body.expect(200).await;
        let figures = &body["collections"][0];
        let mut sections = figures["sections"].as_array().unwrap().iter();
        let section = sections.find(|of| of["code"] == self.section).unwrap();
        let question = &section["questions"][0];
        let groups = self.play.groups("regional_group").await;
        let cells = question["groups"].as_object().unwrap().iter();
        let cells = cells.map(|(group, cell)| (Some(group.clone()), cell));
        let last = self.play.releases.len() - 1;
        for (group, cell) in cells.chain([(None, &question["total"])]) {
            let is_in = |code: &str| group.as_ref().is_none_or(|group| groups[code] == *group);
            let what = format!("{}, report, {group:?}", self.section);
            self.cell(last, is_in, &as_tally(cell), &what);
        }
    }

    /// What is so.
    fn truth(&self) -> Vec<usize> {
        let answers = self.versions.iter();
        answers
            .map(|version| self.play.answers[&(*version, self.section)])
            .collect()
    }

    /// Those of which this section was never consented to.
    fn secrets(&self) -> Vec<usize> {
        let is_secret = |place: &usize| {
            let version = self.versions[*place];
            !self.play.consented.contains(&(version, self.section))
        };
        (0..self.versions.len()).filter(is_secret).collect()
    }

    fn solver(&self) -> Solver {
        Solver::new(self.versions.len(), self.values().len(), self.sums.clone())
    }
}

/// A report's cell in the shape of a tally's.
fn as_tally(cell: &Value) -> Value {
    let options = cell["options"].as_object().into_iter().flatten();
    let options = options.map(|(value, count)| serde_json::json!({"value": value, "count": count}));
    serde_json::json!({"base": cell, "options": options.collect::<Vec<Value>>()})
}

#[tokio::test]
async fn solving_from_all_that_is_public_tells_nothing_of_what_was_never_consented_to() {
    let play = Play::on("consenting", 0).await;
    for (section, _) in VALUES {
        let known =
            AttackerKnowledge::read(&play, section, &["none", "regional_group", "region"]).await;
        let (versions, secrets) = (&known.versions, known.secrets());
        assert!(secrets.len() > 4, "{secrets:?}");
        let solver = known.solver();
        assert!(
            solver.holds(&known.truth()),
            "what is shown is true: {section}"
        );
        let facts = solver.facts();
        assert!(!facts.is_empty(), "it tells of those who consented");
        for (place, may) in facts {
            assert!(!secrets.contains(&place), "{:?}: {may:?}", versions[place]);
        }
        for (index, one) in secrets.iter().enumerate() {
            for other in &secrets[index + 1..] {
                let (one, other) = (*one, *other);
                let who = (versions[one], versions[other]);
                assert!(!solver.tells_of_both(one, other), "{who:?}");
            }
        }
        assert!(solver.is_met_without(&secrets), "{section}");
        for (cell, counted, consented) in &known.counted {
            assert_eq!(counted, consented, "{cell}");
        }
    }
}

/// The same attacker, where totals are of everybody: it does find what it looks for, so that the test above could fail.
#[tokio::test]
async fn the_same_solver_finds_single_states_where_figures_stand_on_all() {
    let play = Play::on("all", 0).await;
    let known = AttackerKnowledge::read(&play, "A", &["none", "regional_group"]).await;
    let (solver, truth) = (known.solver(), known.truth());
    assert!(solver.holds(&truth));
    let (facts, secrets) = (solver.facts(), known.secrets());
    let is_true = |(place, may): &(usize, _)| BTreeSet::contains(may, &truth[*place]);
    assert!(facts.iter().all(is_true));
    assert!(!solver.is_met_without(&secrets));
    let certain = facts.iter().filter(|(_, may)| may.len() == 1);
    let certain = certain.map(|(place, _)| *place);
    let certain = certain.filter(|place| secrets.contains(place));
    let certain: Vec<Version> = certain.map(|place| known.versions[place]).collect();
    assert!(
        certain.contains(&("KEN", 1)),
        "a State alone in its group: {certain:?}"
    );
}
