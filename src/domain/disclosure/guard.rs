//! What cells give away, given others.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ReplyId;
use super::space::{Space, Vector};
use super::{Individual, Row};

/// The most replies whose answers must not be derived together.
pub(super) const FEW: usize = 2;

/// Judges which cells can be shown beside those that are shown already.
///
/// Its columns are atoms: individuals that are in the same cells. Atoms of few replies come last, since only they can be
/// the support of what gives few replies away.
#[derive(Debug)]
pub(super) struct Guard {
    /// The cells that can be shown, as vectors, each less what is told by what is shown already.
    candidates: Vec<Vector>,
    /// Which of them say anything of what is not known.
    telling: BTreeSet<usize>,
    /// Where the atoms of few replies begin.
    exposed_from: usize,
    /// What is shown already tells this of the atoms of few replies.
    fixed: Space,
    /// What is given away already, and does not count.
    given: Space,
    /// For each one or two replies the atoms of theirs alone, in order.
    few: Vec<Vec<usize>>,
}

impl Guard {
    /// A guard of what is not known, where `fixed` is shown already, and what `given` gives away cannot be taken back.
    pub fn new(
        fixed: &BTreeSet<&Row>,
        given: &BTreeSet<&Row>,
        candidates: &[&Row],
        known: &BTreeSet<ReplyId>,
    ) -> Self {
        let rows: Vec<&Row> = fixed
            .iter()
            .chain(given)
            .chain(candidates)
            .copied()
            .collect();
        let mut places: BTreeMap<Individual, Vec<usize>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            for individual in row.iter().filter(|(reply, _)| !known.contains(reply)) {
                places.entry(*individual).or_default().push(index);
            }
        }
        let mut atoms: BTreeMap<Vec<usize>, BTreeSet<ReplyId>> = BTreeMap::new();
        for ((reply, _), places) in places {
            atoms.entry(places).or_default().insert(reply);
        }
        let (few, many): (Vec<_>, Vec<_>) = atoms
            .into_iter()
            .partition(|(_, replies)| replies.len() <= FEW);
        let exposed_from = many.len();
        let columns: Vec<Vec<usize>> = many
            .iter()
            .chain(&few)
            .map(|(places, _)| places.clone())
            .collect();
        let vector = |index: usize| -> Vector {
            let within = columns
                .iter()
                .map(|places| u64::from(places.binary_search(&index).is_ok()));
            within.collect()
        };
        let given_from = fixed.len();
        let candidates_from = given_from + given.len();
        let fixed = Space::of((0..given_from).map(vector));
        let given = Space::of((given_from..candidates_from).map(vector));
        let candidates: Vec<Vector> = (candidates_from..rows.len()).map(vector).collect();
        let says_something = |candidate: &Vector| candidate.iter().any(|number| *number != 0);
        let telling = candidates.iter().enumerate();
        let telling = telling.filter(|(_, candidate)| says_something(candidate));
        let telling = telling.map(|(index, _)| index).collect();
        let exposed: Vec<BTreeSet<ReplyId>> = few.into_iter().map(|(_, replies)| replies).collect();
        Self {
            candidates: candidates
                .into_iter()
                .map(|candidate| fixed.rest(candidate))
                .collect(),
            telling,
            exposed_from,
            fixed: fixed.zero_before(exposed_from),
            given: given.zero_before(exposed_from).reduced(),
            few: atoms_of_few(&exposed),
        }
    }

    /// Whether a candidate says anything of what is not known.
    pub fn says_something(&self, candidate: usize) -> bool {
        self.telling.contains(&candidate)
    }

    /// Whether these candidates can be shown together beside what is shown already, which tells nothing that counts.
    pub fn allows(&self, shown: impl Iterator<Item = usize>) -> bool {
        let shown = shown.filter_map(|candidate| self.candidates.get(candidate));
        let more = Space::of(shown.cloned()).zero_before(self.exposed_from);
        if more.dimension() == 0 {
            return true;
        }
        let mut told = self.fixed.clone();
        for vector in more.vectors() {
            told.add(vector);
        }
        let told = told.reduced();
        let mut few = self.few.iter();
        few.all(|atoms| told.within(atoms) <= self.given.within(atoms))
    }
}

/// For each one or two replies the atoms of theirs alone; `exposed` are the replies of each atom of few.
fn atoms_of_few(exposed: &[BTreeSet<ReplyId>]) -> Vec<Vec<usize>> {
    let mut of_one: BTreeMap<ReplyId, Vec<usize>> = BTreeMap::new();
    let mut of_two: BTreeMap<(ReplyId, ReplyId), Vec<usize>> = BTreeMap::new();
    for (atom, replies) in exposed.iter().enumerate() {
        let mut replies = replies.iter();
        match (replies.next(), replies.next()) {
            (Some(one), None) => of_one.entry(*one).or_default().push(atom),
            (Some(one), Some(other)) => of_two.entry((*one, *other)).or_default().push(atom),
            (None, _) => {}
        }
    }
    let alone: Vec<ReplyId> = of_one.keys().copied().collect();
    for (index, one) in alone.iter().enumerate() {
        for other in alone.iter().skip(index) {
            of_two.entry((*one, *other)).or_default();
        }
    }
    let atoms = of_two.into_iter().map(|((one, other), both)| {
        let of_each = [one, other]
            .into_iter()
            .filter_map(|reply| of_one.get(&reply));
        let mut atoms: Vec<usize> = of_each.flatten().copied().chain(both).collect();
        atoms.sort_unstable();
        atoms.dedup();
        atoms
    });
    atoms.collect()
}
