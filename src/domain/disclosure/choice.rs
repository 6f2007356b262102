//! Choosing what to withhold: as few cells as will do, the smallest first; the same every time. The total, which most
//! people want to know, is withheld only where it cannot be shown even alone.

use std::collections::{BTreeMap, BTreeSet};

use super::guard::{FEW, Guard};
use super::{Cell, Row};

/// How many choices are tried before every breakdown is withheld. Eleven groups have 2,048.
const TRIES: usize = 5_000;

/// The cells to withhold, where `secret` says how many individuals of a cell are not known.
pub(super) fn choose(
    cells: &BTreeMap<Cell, Row>,
    guards: &[Guard],
    secret: impl Fn(&Row) -> usize,
) -> BTreeSet<Cell> {
    let allows = |shown: &[usize]| {
        let mut guards = guards.iter();
        guards.all(|guard| guard.allows(shown.iter().copied()))
    };
    let sizes: Vec<(&Cell, usize)> = cells
        .iter()
        .map(|(cell, row)| (cell, secret(row)))
        .collect();
    // What cannot be shown even alone is in every choice: cells of few first of all.
    let mut withheld: BTreeSet<usize> = BTreeSet::new();
    for (index, (_, size)) in sizes.iter().enumerate() {
        if (1..=FEW).contains(size) || !allows(&[index]) {
            withheld.insert(index);
        }
    }
    let is_total = |index: usize| {
        let place = sizes.get(index);
        place.is_some_and(|(cell, _)| **cell == Cell::Total)
    };
    let mut further: Vec<usize> = (0..sizes.len())
        .filter(|index| !withheld.contains(index))
        .filter(|index| !is_total(*index))
        .filter(|index| guards.iter().any(|guard| guard.says_something(*index)))
        .collect();
    further.sort_by_key(|index| {
        let place = sizes.get(*index);
        place.map(|(_, size)| (*size, *index))
    });
    let mut tries = 0;
    for count in 0..=further.len() {
        let mut choice: Vec<usize> = (0..count).collect();
        loop {
            let chosen: BTreeSet<usize> = choice
                .iter()
                .filter_map(|place| further.get(*place).copied())
                .chain(withheld.iter().copied())
                .collect();
            let shown: Vec<usize> = (0..sizes.len())
                .filter(|index| !chosen.contains(index))
                .collect();
            if allows(&shown) {
                return named(&sizes, &chosen);
            }
            tries += 1;
            if tries == TRIES || !advance(&mut choice, further.len()) {
                break;
            }
        }
        if tries == TRIES {
            break;
        }
    }
    let rest = (0..sizes.len()).filter(|index| !is_total(*index) || withheld.contains(index));
    named(&sizes, &rest.collect())
}

fn named(sizes: &[(&Cell, usize)], chosen: &BTreeSet<usize>) -> BTreeSet<Cell> {
    let cells = chosen.iter().filter_map(|index| sizes.get(*index));
    cells.map(|(cell, _)| (*cell).clone()).collect()
}

/// The next choice of as many out of `of`, in order; false where there is none.
fn advance(choice: &mut [usize], of: usize) -> bool {
    let count = choice.len();
    for place in (0..count).rev() {
        let Some(value) = choice.get(place).copied() else {
            continue;
        };
        if value + (count - place) < of {
            for (step, next) in choice.iter_mut().skip(place).enumerate() {
                *next = value + 1 + step;
            }
            return true;
        }
    }
    false
}
