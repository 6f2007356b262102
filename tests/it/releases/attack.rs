//! Somebody reads everything that is public, knows who replied, who consented and when, and solves for what was answered.

use serde_json::Value;

use super::play::{Counted, Play, VALUES, Version, counts};
use super::solver::{Solver, Sum};

/// What an attacker knows of a section's answers: the versions, by number, and the sums over them.
struct Known {
    versions: Vec<Version>,
    sums: Vec<Sum>,
}

impl Known {
    fn of(play: &Play, section: &str) -> Self {
        let versions = play.answers.keys().filter(|(_, of)| *of == section);
        Self {
            versions: versions.map(|(version, _)| *version).collect(),
            sums: Vec::new(),
        }
    }

    fn place(&self, version: &Version) -> usize {
        self.versions
            .iter()
            .position(|other| other == version)
            .unwrap()
    }

    /// A cell that counts these versions.
    fn cell(
        &mut self,
        section: &str,
        who: impl Iterator<Item = Version>,
        shown: &Value,
        what: &str,
    ) {
        let over: Vec<usize> = who.map(|version| self.place(&version)).collect();
        let (counts, counted, replied) = counts(section, shown);
        assert_eq!(over.len(), counted as usize, "{what}: {shown:#}");
        assert!(counted <= replied, "{what}");
        self.sums.push(Sum { over, counts });
    }
}

/// All that can be read of a section: each release in each breakdown, and the published report.
async fn read(
    play: &Play,
    section: &'static str,
    breakdowns: &[&str],
    counted: impl Fn(usize) -> Counted,
) -> Known {
    let mut known = Known::of(play, section);
    for release in 0..play.releases.len() {
        let who = &counted(release)[section];
        for by in breakdowns {
            let tally = play.tally(section, release + 1, by).await;
            let what = format!("{section}, release {}, {by}", release + 1);
            known.cell(section, who.iter().copied(), &tally, &what);
            if *by == "none" {
                continue;
            }
            let groups = play.groups(by).await;
            for cell in tally["groups"].as_array().unwrap() {
                let within = who
                    .iter()
                    .copied()
                    .filter(|(code, _)| groups[code] == cell["group"]);
                known.cell(section, within, cell, &format!("{what}, {}", cell["group"]));
            }
        }
    }
    known
        .report(play, section, &counted(play.releases.len() - 1))
        .await;
    known
}

impl Known {
    /// The figures of the published report, which are those of the last release.
    async fn report(&mut self, play: &Play, section: &'static str, counted: &Counted) {
        let listed = play.world.get("/v1/reports").expect(200).await;
        let id = listed["items"][0]["id"].as_str().unwrap().to_owned();
        let body = play
            .world
            .get(&format!("/v1/reports/{id}/body"))
            .expect(200)
            .await;
        let figures = &body["collections"][0];
        let sections = figures["sections"].as_array().unwrap().iter();
        let mut sections = sections.filter(|of| of["code"] == section);
        let question = &sections.next().unwrap()["questions"][0];
        let groups = play.groups("regional_group").await;
        let cells = question["groups"].as_object().unwrap().iter();
        let cells = cells.map(|(group, cell)| (Some(group.clone()), cell));
        for (group, cell) in cells.chain([(None, &question["total"])]) {
            let is_in = |code: &str| group.as_ref().is_none_or(|group| groups[code] == *group);
            let within = counted[section]
                .iter()
                .copied()
                .filter(|(code, _)| is_in(code));
            let what = format!("{section}, report, {group:?}");
            self.cell(section, within, &as_tally(cell), &what);
        }
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
    for (section, values) in VALUES {
        let breakdowns = ["none", "regional_group", "region"];
        let known = read(&play, section, &breakdowns, |release| {
            play.releases[release].1.clone()
        })
        .await;
        let versions = known.versions.clone();
        let truth: Vec<usize> = versions
            .iter()
            .map(|version| play.answers[&(*version, section)])
            .collect();
        let solver = Solver::of(versions.len(), values.len(), known.sums);
        // What is shown is true, and of exactly those who consented: a reply too many, or another version, would not add up.
        assert!(solver.holds(&truth), "{section}");
        let secret = |place: &usize| !play.consented.contains(&(versions[*place], section));
        let secrets: Vec<usize> = (0..versions.len()).filter(secret).collect();
        assert!(secrets.len() > 4, "{secrets:?}");
        let facts = solver.facts();
        assert!(!facts.is_empty(), "it tells of those who consented");
        for (place, may) in facts {
            assert!(!secrets.contains(&place), "{:?}: {may:?}", versions[place]);
        }
        for (index, one) in secrets.iter().enumerate() {
            for other in &secrets[index + 1..] {
                assert!(
                    !solver.tells_of_both(*one, *other),
                    "{:?} and {:?}",
                    versions[*one],
                    versions[*other]
                );
            }
        }
    }
}

/// The same attacker, where totals are of everybody: it does find what it looks for, so that the test above could fail.
#[tokio::test]
async fn the_same_solver_finds_single_states_where_figures_stand_on_all() {
    let play = Play::on("all", 0).await;
    let section = "A";
    let all = |release: usize| {
        let (replied, _) = &play.releases[release];
        Counted::from([(section, replied.clone())])
    };
    let known = read(&play, section, &["none", "regional_group"], all).await;
    let versions = known.versions.clone();
    let truth: Vec<usize> = versions
        .iter()
        .map(|version| play.answers[&(*version, section)])
        .collect();
    let solver = Solver::of(versions.len(), VALUES[0].1.len(), known.sums);
    assert!(solver.holds(&truth));
    let facts = solver.facts();
    assert!(
        facts
            .iter()
            .all(|(place, may)| may.contains(&truth[*place]))
    );
    let of_secrets = facts
        .iter()
        .filter(|(place, _)| !play.consented.contains(&(versions[*place], section)));
    let certain = of_secrets
        .filter(|(_, may)| may.len() == 1)
        .map(|(place, _)| versions[*place]);
    let certain: Vec<Version> = certain.collect();
    assert!(
        certain.contains(&("KEN", 1)),
        "a State alone in its group: {certain:?}"
    );
}
