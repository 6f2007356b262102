//! Seats of regional groups: any number of them in proportion to the groups' seats on the Commission.
//!
//! The rule is that of the largest remainder. Each group gets the whole part of its quota, which is the number of seats
//! times its share of the Commission. The seats that are left go one by one to the groups with the largest remainders. Of
//! two groups with the same remainder the one with more seats on the Commission comes first, then the one whose code comes
//! first. So 40 seats give the Commission itself; every group gets its quota rounded down or up; and no group gets more
//! than one that has more seats on the Commission.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::party::RegionalGroup;

/// The most seats that a meeting has.
pub const MOST: u16 = 1_000;

/// How many seats each regional group has: on the Commission, or at a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seats(pub BTreeMap<RegionalGroup, u16>);

impl Seats {
    /// All of them.
    pub fn total(&self) -> u32 {
        self.0.values().copied().map(u32::from).sum()
    }

    /// Those of a group.
    pub fn for_group(&self, group: RegionalGroup) -> u16 {
        self.0.get(&group).copied().unwrap_or(0)
    }

    /// So many seats in the proportion of these, which are the Commission's. Where the Commission has none, nobody has.
    #[must_use]
    pub fn apportion(&self, seats: u16) -> Self {
        let whole = self.total();
        if whole == 0 {
            return Self::default();
        }
        let quota = |share: u16| u32::from(seats) * u32::from(share);
        let mut left = u32::from(seats);
        let mut apportioned = BTreeMap::new();
        for (group, share) in &self.0 {
            let floor = quota(*share) / whole;
            left -= floor;
            // A part of what is 16 bits wide is no wider.
            apportioned.insert(*group, u16::try_from(floor).unwrap_or(u16::MAX));
        }
        let mut order: Vec<_> = self.0.iter().collect();
        order.sort_by_key(|(group, share)| {
            let remainder = quota(**share) % whole;
            (Reverse(remainder), Reverse(**share), group.as_str())
        });
        for (group, _) in order.into_iter().take(left as usize) {
            *apportioned.entry(*group).or_default() += 1;
        }
        Self(apportioned)
    }
}
