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
    /// The space of what is shown already.
    fixed: Space,
    /// The cells that can be shown, as vectors.
    candidates: Vec<Vector>,
    /// Where the atoms of few replies begin.
    exposed_from: usize,
    /// The replies of those atoms.
    exposed: Vec<BTreeSet<ReplyId>>,
    /// What is given away already and does not count: vectors over the atoms of few replies.
    given_away: Vec<Vector>,
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
        let given = Space::of((given_from..candidates_from).map(vector));
        Self {
            fixed: Space::of((0..given_from).map(vector)),
            candidates: (candidates_from..rows.len()).map(vector).collect(),
            exposed_from,
            exposed: few.into_iter().map(|(_, replies)| replies).collect(),
            given_away: given.zero_before(exposed_from),
        }
    }

    /// Whether a candidate says anything of what is not known.
    pub fn says_something(&self, candidate: usize) -> bool {
        let vector = self.candidates.get(candidate);
        vector.is_some_and(|vector| vector.iter().any(|number| *number != 0))
    }

    /// Whether these candidates can be shown together.
    pub fn allows(&self, shown: impl Iterator<Item = usize>) -> bool {
        let mut space = self.fixed.clone();
        for candidate in shown {
            space.add(self.candidates.get(candidate).cloned().unwrap_or_default());
        }
        let told = space.zero_before(self.exposed_from);
        // What is given away is part of what is told: of the same dimension, it is the same.
        if told.len() == self.given_away.len() {
            return true;
        }
        let replies: Vec<&ReplyId> = self.exposed.iter().flatten().collect();
        let replies: BTreeSet<&ReplyId> = replies.into_iter().collect();
        let replies: Vec<&ReplyId> = replies.into_iter().collect();
        let pairs = replies.iter().enumerate().flat_map(|(index, one)| {
            let others = replies.iter().skip(index);
            others.map(move |other| [**one, **other])
        });
        let mut pairs = pairs;
        pairs.all(|pair| self.tells(&told, pair) <= self.tells(&self.given_away, pair))
    }

    /// How much of these replies alone the vectors tell: the dimension of those combinations of them in which nobody
    /// else occurs.
    fn tells(&self, vectors: &[Vector], replies: [ReplyId; FEW]) -> usize {
        let others = |vector: &Vector| -> Vector {
            let of_others = self
                .exposed
                .iter()
                .zip(vector)
                .filter(|(of, _)| !of.iter().all(|reply| replies.contains(reply)));
            of_others.map(|(_, number)| *number).collect()
        };
        vectors.len() - Space::of(vectors.iter().map(others)).dimension()
    }
}
