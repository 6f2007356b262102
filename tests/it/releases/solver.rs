//! Somebody who knows sums over unknowns, each of which has one of some values, and finds what must be so: exactly, in whole
//! numbers that are not negative.

use std::collections::BTreeSet;

/// How often each value is there among some unknowns, at least: where that is fewer than there are, some are not counted, and
/// nobody knows which.
#[derive(Clone, Debug)]
pub struct Sum {
    pub over: Vec<usize>,
    pub counts: Vec<u32>,
}

/// What is known.
pub struct Solver {
    unknowns: usize,
    values: usize,
    sums: Vec<Sum>,
}

/// Something that must be so: of an unknown, which values it may have.
pub type Fact = (usize, BTreeSet<usize>);

impl Solver {
    pub fn new(unknowns: usize, values: usize, sums: Vec<Sum>) -> Self {
        Self {
            unknowns,
            values,
            sums,
        }
    }

    /// Whether these values of all unknowns make these sums.
    pub fn holds(&self, values: &[usize]) -> bool {
        let mut sums = self.sums.iter();
        sums.all(|sum| {
            let count = |value| {
                sum.over
                    .iter()
                    .filter(|unknown| values[**unknown] == value)
                    .count()
            };
            (0..self.values).all(|value| count(value) >= sum.counts[value] as usize)
        })
    }

    /// Every unknown of which something is known, with the values that it may have.
    pub fn facts(&self) -> Vec<Fact> {
        let facts = (0..self.unknowns).map(|unknown| {
            let may = (0..self.values).filter(|value| self.may(&[(unknown, *value)]));
            (unknown, may.collect::<BTreeSet<usize>>())
        });
        facts.filter(|(_, may)| may.len() < self.values).collect()
    }

    /// Whether every sum can be met by the others alone, whatever these are: then nothing at all is known of these.
    pub fn is_met_without(&self, secrets: &[usize]) -> bool {
        let mut sums = self.sums.clone();
        for sum in &mut sums {
            sum.over.retain(|unknown| !secrets.contains(unknown));
        }
        Self::new(self.unknowns, self.values, sums).may(&[])
    }

    /// Whether something is known of two unknowns together: whether not every pair of values may be.
    pub fn tells_of_both(&self, one: usize, other: usize) -> bool {
        let pairs = (0..self.values).flat_map(|a| (0..self.values).map(move |b| (a, b)));
        pairs
            .into_iter()
            .any(|(a, b)| !self.may(&[(one, a), (other, b)]))
    }

    /// Whether some unknowns may have these values: whether the others can be chosen so that every sum holds.
    fn may(&self, fixed: &[(usize, usize)]) -> bool {
        let mut left: Vec<Sum> = self.sums.clone();
        let is_short = |sum: &Sum| sum.counts.iter().sum::<u32>() as usize > sum.over.len();
        if left.iter().any(is_short) {
            return false;
        }
        let mut chosen = vec![None; self.unknowns];
        for (unknown, value) in fixed {
            chosen[*unknown] = Some(*value);
            if !take(&mut left, *unknown, *value) {
                return false;
            }
        }
        // What is in the same sums can be exchanged: one after the other, so that a contradiction shows early.
        let mut rest: Vec<usize> = (0..self.unknowns)
            .filter(|unknown| chosen[*unknown].is_none())
            .collect();
        rest.sort_by_key(|unknown| {
            self.sums
                .iter()
                .map(|sum| !sum.over.contains(unknown))
                .collect::<Vec<bool>>()
        });
        self.choose(&rest, &left, None)
    }

    /// Chooses values for the rest. Among those that are in the same sums they only need to rise.
    fn choose(&self, rest: &[usize], left: &[Sum], before: Option<(usize, usize)>) -> bool {
        let Some((unknown, rest)) = rest.split_first() else {
            return left
                .iter()
                .all(|sum| sum.counts.iter().all(|count| *count == 0));
        };
        let like = |one: usize, other: usize| {
            let mut sums = self.sums.iter();
            sums.all(|sum| sum.over.contains(&one) == sum.over.contains(&other))
        };
        let least = before.map_or(
            0,
            |(before, value)| if like(before, *unknown) { value } else { 0 },
        );
        (least..self.values).any(|value| {
            let mut left = left.to_vec();
            take(&mut left, *unknown, value) && self.choose(rest, &left, Some((*unknown, value)))
        })
    }
}

/// Counts a value off; answers whether what is left to be counted is no more than there are unknowns left.
fn take(left: &mut [Sum], unknown: usize, value: usize) -> bool {
    for sum in left.iter_mut().filter(|sum| sum.over.contains(&unknown)) {
        sum.counts[value] = sum.counts[value].saturating_sub(1);
        sum.over.retain(|other| *other != unknown);
        if sum.counts.iter().sum::<u32>() as usize > sum.over.len() {
            return false;
        }
    }
    true
}

#[test]
fn the_solver_finds_what_whole_numbers_give_away() {
    let sum = |over: &[usize], counts: &[u32]| Sum {
        over: over.to_vec(),
        counts: counts.to_vec(),
    };
    // Both of a value are in the smaller cell, so whoever is only in the larger one has the other: no sum says so.
    let sums = vec![
        sum(&[0, 1, 2, 3], &[2, 2]),
        sum(&[0, 1], &[2, 0]),
        sum(&[4, 5], &[1, 1]),
    ];
    let solver = Solver::new(7, 2, sums);
    let one = |value| BTreeSet::from([value]);
    assert_eq!(
        solver.facts(),
        [(0, one(0)), (1, one(0)), (2, one(1)), (3, one(1))]
    );
    assert!(solver.tells_of_both(4, 5), "if one then not the other");
    assert!(!solver.tells_of_both(4, 6) && solver.tells_of_both(0, 6));
    assert!(solver.holds(&[0, 0, 1, 1, 0, 1, 0]) && !solver.holds(&[0, 1, 0, 1, 0, 1, 0]));
    // Nobody gave the third value, so nobody can have.
    let solver = Solver::new(3, 3, vec![sum(&[0, 1, 2], &[2, 1, 0])]);
    assert_eq!(solver.facts().len(), 3);
    assert!(Solver::new(2, 2, Vec::new()).facts().is_empty());
    // One of three is counted, and nobody knows which; of one who is known to have that value, it is no news.
    let solver = Solver::new(3, 2, vec![sum(&[0, 1, 2], &[1, 0])]);
    assert!(solver.facts().is_empty() && !solver.tells_of_both(0, 1));
    assert!(!solver.is_met_without(&[0, 1, 2]) && solver.is_met_without(&[0, 1]));
    let solver = Solver::new(2, 2, vec![sum(&[0, 1], &[1, 1]), sum(&[0], &[1, 0])]);
    assert_eq!(solver.facts(), [(0, one(0)), (1, one(1))]);
}
