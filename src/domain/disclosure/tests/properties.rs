//! Random histories, each attacked after every step.

use proptest::prelude::*;

use super::attacker::{Ratio, System};
use super::*;

const GROUPS: [&str; 3] = ["african", "grulac", "weog"];
const REGIONS: [&str; 3] = ["Africa", "Americas", "Europe"];

/// A State: its group, its region, and how many of three each of its versions adds to each option.
type State = (usize, usize, [[i128; 2]; 3]);

#[derive(Clone, Debug)]
enum Step {
    /// States reply, or reply anew.
    Submit(Vec<usize>),
    Release,
    Decide(usize, bool),
    /// A State takes its reply back: it is counted no longer, and nothing of it is published.
    Withdraw(usize),
}

fn worlds() -> impl Strategy<Value = (Vec<State>, Vec<Step>)> {
    let state =
        (0..3_usize, 0..3_usize, any::<[[bool; 2]; 3]>()).prop_map(|(group, region, chosen)| {
            (group, region, chosen.map(|version| version.map(i128::from)))
        });
    let step = prop_oneof![
        3 => prop::collection::vec(0..14_usize, 1..6).prop_map(Step::Submit),
        2 => Just(Step::Release),
        2 => (0..14_usize, prop::bool::weighted(0.7)).prop_map(|(state, consents)| Step::Decide(state, consents)),
        1 => (0..14_usize).prop_map(Step::Withdraw),
    ];
    (
        prop::collection::vec(state, 14),
        prop::collection::vec(step, 1..14),
    )
}

/// What happened, kept apart from the history under test.
struct Play {
    states: Vec<State>,
    versions: Vec<u32>,
    withdrawn: BTreeSet<usize>,
    history: History,
    releases: Vec<Vec<CountedReply>>,
    consenting: BTreeSet<usize>,
    known: BTreeSet<usize>,
    ever: Vec<Sum>,
}

/// A cell as it is shown: the individuals in it, as State and version.
type Sum = BTreeSet<(usize, u32)>;

impl Play {
    fn new(states: Vec<State>) -> Self {
        Self {
            versions: vec![0; states.len()],
            states,
            withdrawn: BTreeSet::new(),
            history: History::default(),
            releases: Vec::new(),
            consenting: BTreeSet::new(),
            known: BTreeSet::new(),
            ever: Vec::new(),
        }
    }

    fn name(state: usize) -> String {
        format!("S{state}")
    }

    fn state(&self, reply_id: ReplyId) -> usize {
        let mut states = 0..self.states.len();
        states
            .find(|state| reply(&Self::name(*state)) == reply_id)
            .unwrap()
    }

    fn step(&mut self, step: &Step) {
        match step {
            Step::Submit(states) => {
                for state in states {
                    self.versions[*state] = (self.versions[*state] + 1).min(3);
                    self.withdrawn.remove(state);
                }
            }
            Step::Release => {
                let replied = (0..self.states.len()).filter(|state| self.versions[*state] > 0);
                let replied = replied.filter(|state| !self.withdrawn.contains(state));
                let counted: Vec<_> = replied
                    .map(|state| {
                        let (group, region, _) = self.states[state];
                        let version = self.versions[state];
                        counted(&Self::name(state), version, GROUPS[group], REGIONS[region])
                    })
                    .collect();
                self.releases.push(counted.clone());
                self.history
                    .released(u32::try_from(self.releases.len()).unwrap(), &counted);
            }
            Step::Withdraw(state) => {
                if self.versions[*state] > 0 && self.withdrawn.insert(*state) {
                    self.consenting.remove(state);
                    self.history.decided([(reply(&Self::name(*state)), false)]);
                }
            }
            // Nothing of what was withdrawn is published.
            Step::Decide(state, _) if self.withdrawn.contains(state) => {}
            Step::Decide(state, consents) => {
                if *consents {
                    self.consenting.insert(*state);
                    self.known.insert(*state);
                } else {
                    self.consenting.remove(state);
                }
                self.history
                    .decided([(reply(&Self::name(*state)), *consents)]);
            }
        }
    }

    /// Every cell, whether it is withheld, and who is in it.
    fn cells(&self) -> Vec<(Cell, bool, Sum)> {
        let mut cells = Vec::new();
        for (index, counted) in self.releases.iter().enumerate() {
            let withheld = self.history.withheld(u32::try_from(index).unwrap() + 1);
            let labels = |labels: [&str; 3], breakdown| {
                let cells = labels.map(|label| Cell::Group(breakdown, Some(label.to_owned())));
                cells.to_vec()
            };
            let all = [
                labels(GROUPS, Breakdown::RegionalGroup),
                labels(REGIONS, Breakdown::Region),
                vec![Cell::Total],
            ];
            for cell in all.concat() {
                let within = counted.iter().filter(|counted| match &cell {
                    Cell::Total => true,
                    Cell::Group(breakdown, label) => counted.groups[breakdown] == *label,
                });
                let sum = within
                    .map(|counted| (self.state(counted.reply), counted.version))
                    .collect();
                cells.push((cell.clone(), withheld.contains(&cell), sum));
            }
        }
        cells
    }

    fn shown(&self) -> Vec<Sum> {
        let cells = self.cells().into_iter();
        cells
            .filter(|(_, withheld, _)| !withheld)
            .map(|(_, _, sum)| sum)
            .collect()
    }

    fn attack(&self, sums: &[Sum], known: &BTreeSet<usize>) -> Attack {
        let individuals: BTreeSet<(usize, u32)> = self
            .releases
            .iter()
            .flatten()
            .map(|counted| (self.state(counted.reply), counted.version))
            .filter(|(state, _)| !known.contains(state))
            .collect();
        let individuals: Vec<_> = individuals.into_iter().collect();
        let answers = |(state, version): (usize, u32)| {
            let (_, _, answers) = self.states[state];
            answers[version as usize - 1].to_vec()
        };
        let place = |of: &(usize, u32)| individuals.iter().position(|other| other == of);
        let sums: Vec<_> = sums
            .iter()
            .map(|sum| {
                let over: Vec<usize> = sum.iter().filter_map(place).collect();
                (
                    over.clone(),
                    added(over.iter().map(|at| answers(individuals[*at]))),
                )
            })
            .collect();
        let truth = individuals.iter().map(|of| answers(*of)).collect();
        Attack {
            system: System::of(individuals.len(), &sums),
            individuals,
            truth,
        }
    }
}

fn added(answers: impl Iterator<Item = Vec<i128>>) -> Vec<i128> {
    answers.fold(vec![0, 0], |sum, of| {
        sum.iter().zip(of).map(|(one, other)| one + other).collect()
    })
}

struct Attack {
    system: System,
    individuals: Vec<(usize, u32)>,
    truth: Vec<Vec<i128>>,
}

impl Attack {
    /// The answers of a cell, where they can be derived; they are the true ones then.
    fn derive(&self, sum: &Sum) -> Option<Vec<Ratio>> {
        let within = |at: &usize| sum.contains(&self.individuals[*at]);
        let over: Vec<usize> = (0..self.individuals.len()).filter(within).collect();
        if over.is_empty() {
            return None;
        }
        let derived = self.system.solve(&over)?;
        let truth = added(over.iter().map(|at| self.truth[*at].clone()));
        let truth: Vec<Ratio> = truth.into_iter().map(Ratio::whole).collect();
        assert_eq!(derived, truth, "the attacker reckons right");
        Some(derived)
    }

    /// How much is told of each one or two replies, whatever their versions.
    fn told(&self) -> BTreeMap<(usize, usize), usize> {
        let states: BTreeSet<usize> = self.individuals.iter().map(|(state, _)| *state).collect();
        let mut told = BTreeMap::new();
        for one in &states {
            for other in states.range(one..) {
                let of: Vec<usize> = (0..self.individuals.len())
                    .filter(|at| [*one, *other].contains(&self.individuals[*at].0))
                    .collect();
                told.insert((*one, *other), self.system.tells(&of));
            }
        }
        told
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    /// From all that is shown at a moment, with all that is consented to at that moment, nobody derives a cell that is
    /// withheld or anything of one or two replies.
    #[test]
    fn what_is_shown_gives_nobody_away((states, steps) in worlds()) {
        let mut play = Play::new(states);
        for step in &steps {
            play.step(step);
            let attack = play.attack(&play.shown(), &play.consenting);
            for (cell, withheld, sum) in play.cells() {
                let secret = sum.iter().filter(|(state, _)| !play.consenting.contains(state)).count();
                prop_assert!(withheld || ![1, 2].contains(&secret), "{cell:?} has {secret}");
                if withheld {
                    prop_assert_eq!(attack.derive(&sum), None, "{:?}", cell);
                }
            }
            for (pair, told) in attack.told() {
                prop_assert_eq!(told, 0, "of {:?}", pair);
            }
        }
    }

    /// Whoever kept all that was ever shown, and all that was ever consented to, learns no more from what is shown next
    /// than consents given meanwhile tell anyway.
    #[test]
    fn what_is_shown_adds_nothing_to_what_was_shown_before((states, steps) in worlds()) {
        let mut play = Play::new(states);
        for step in &steps {
            let before = play.ever.clone();
            play.step(step);
            play.ever.extend(play.shown());
            let inherent = play.attack(&before, &play.known).told();
            let told = play.attack(&play.ever, &play.known).told();
            prop_assert_eq!(told, inherent);
        }
    }

    /// No cell is withheld that could be shown beside the others.
    #[test]
    fn nothing_is_withheld_needlessly((states, steps) in worlds()) {
        let mut play = Play::new(states);
        // Only one release, and no change of mind after it: then what is shown is judged by itself.
        let before = steps.iter().filter(|step| !matches!(step, Step::Release));
        before.for_each(|step| play.step(step));
        play.known = play.consenting.clone();
        let mut fresh = Play::new(play.states.clone());
        fresh.versions = play.versions.clone();
        for state in &play.consenting {
            fresh.step(&Step::Decide(*state, true));
        }
        fresh.step(&Step::Release);
        for (cell, withheld, sum) in fresh.cells() {
            if withheld {
                let mut more = fresh.shown();
                more.push(sum);
                let told = fresh.attack(&more, &fresh.consenting).told();
                prop_assert!(told.values().any(|told| *told > 0), "{cell:?}");
            }
        }
    }
}

/// The attack is one: with the small groups alone withheld, it succeeds.
#[test]
fn withholding_the_small_group_alone_would_give_it_away() {
    let states = [(0, 0, [[1, 0]; 3])]
        .into_iter()
        .chain([(1, 0, [[0, 1]; 3]); 4])
        .collect();
    let mut play = Play::new(states);
    play.step(&Step::Submit((0..5).collect()));
    play.step(&Step::Release);
    let cells = play.cells();
    let small = (cells.iter()).position(|(cell, _, _)| *cell == group("african"));
    let others = cells.iter().enumerate();
    let shown: Vec<Sum> = others
        .filter(|(at, _)| Some(*at) != small)
        .map(|(_, (_, _, sum))| sum.clone())
        .collect();
    let attack = play.attack(&shown, &play.consenting);
    let derived = attack.derive(&cells[small.unwrap()].2);
    assert_eq!(derived, Some([1, 0].map(Ratio::whole).to_vec()));
    assert!(attack.told().values().any(|told| *told > 0));
}
