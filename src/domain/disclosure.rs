//! Disclosure control: which breakdowns of released figures are withheld, so that nobody can tell what one or two
//! States answered that have not consented to publication.
//!
//! Every figure that the public sees of a question (a base, an option's count) is a sum over the replies in a *cell*:
//! the total, or a group of one of the breakdowns offered. Whoever knows some cells knows every linear combination of
//! them, and nothing else that is exact. What is known of an *individual* (a reply at a submitted version) whose party
//! consents is known anyway, so it is left out. So the cells shown, of all releases together, are 0/1 vectors over the
//! other individuals, and they are safe if no vector but zero of the space that they span has its support within the
//! individuals of one or two replies. [`History`] withholds what makes it so.
//!
//! The public does not forget: consent that is given later makes more individuals known to whoever kept what was shown
//! before. So two things are asked of what is shown: it is safe by itself, by the consents that hold now; and added to
//! all that was ever shown, with all that was ever consented to, it gives nothing away that was not given away already.

use std::collections::{BTreeMap, BTreeSet};

use super::ReplyId;

mod choice;
mod guard;
mod space;
#[cfg(test)]
mod tests;

use choice::choose;
use guard::Guard;

code_enum! {
    /// What figures are broken down by. Whatever can be asked for must be here, or it could be used to derive the rest.
    pub enum Breakdown {
        /// By regional group on the day of the invitation.
        RegionalGroup = "regional_group",
        /// By M49 region on that day.
        Region = "region",
    }
}

/// A cell of a release's figures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// A group of a breakdown; `None` is the group of those that are in none.
    Group(Breakdown, Option<String>),
    /// All of them.
    Total,
}

/// A Member State's reply that a release counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedReply {
    /// The reply.
    pub reply: ReplyId,
    /// Its submitted version that is counted.
    pub version: u32,
    /// Its group in each breakdown.
    pub groups: BTreeMap<Breakdown, Option<String>>,
}

impl CountedReply {
    /// The cells that it is in.
    fn cells(&self) -> impl Iterator<Item = Cell> {
        let groups = Breakdown::ALL.iter().map(|breakdown| {
            let group = self.groups.get(breakdown).cloned().flatten();
            Cell::Group(*breakdown, group)
        });
        groups.chain([Cell::Total])
    }
}

/// An individual: a reply at a submitted version.
type Individual = (ReplyId, u32);
/// The individuals in a cell.
type Row = BTreeSet<Individual>;

/// A release, and what of it is withheld.
#[derive(Clone, Debug)]
struct Shown {
    release: u32,
    cells: BTreeMap<Cell, Row>,
    withheld: BTreeSet<Cell>,
}

impl Shown {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        let shown = self
            .cells
            .iter()
            .filter(|(cell, _)| !self.withheld.contains(cell));
        shown.map(|(_, row)| row)
    }
}

/// What the public has been shown of a collection's answers to the questions of one section, told in the order in which
/// it happened.
#[derive(Clone, Debug, Default)]
pub struct History {
    releases: Vec<Shown>,
    /// Replies whose parties consent now.
    consenting: BTreeSet<ReplyId>,
    /// Replies whose parties ever consented.
    known: BTreeSet<ReplyId>,
    /// Every cell that was ever shown.
    ever: BTreeSet<Row>,
}

impl History {
    /// Figures are released, which count these replies.
    pub fn released(&mut self, release: u32, replies: &[CountedReply]) {
        let mut cells: BTreeMap<Cell, Row> = BTreeMap::new();
        for reply in replies {
            for cell in reply.cells() {
                let row = cells.entry(cell).or_default();
                row.insert((reply.reply, reply.version));
            }
        }
        let withheld = BTreeSet::new();
        self.releases.push(Shown {
            release,
            cells,
            withheld,
        });
        self.withhold_from(self.releases.len() - 1);
    }

    /// Parties decide on the publication of their replies' section: each now consents, or does not.
    pub fn decided(&mut self, decisions: impl IntoIterator<Item = (ReplyId, bool)>) {
        let before = self.consenting.clone();
        for (reply, consents) in decisions {
            if consents {
                self.consenting.insert(reply);
                self.known.insert(reply);
            } else {
                self.consenting.remove(&reply);
            }
        }
        let is_counted = |reply: &ReplyId| {
            let mut totals = self
                .releases
                .iter()
                .filter_map(|shown| shown.cells.get(&Cell::Total));
            totals.any(|total| total.iter().any(|(counted, _)| counted == reply))
        };
        if before
            .symmetric_difference(&self.consenting)
            .any(is_counted)
        {
            self.withhold_from(0);
        }
    }

    /// The cells of a release that are withheld.
    pub fn withheld(&self, release: u32) -> BTreeSet<Cell> {
        let shown = self.releases.iter().find(|shown| shown.release == release);
        shown
            .map(|shown| shown.withheld.clone())
            .unwrap_or_default()
    }

    /// Chooses anew what is withheld of the releases from this one on, each given those before it.
    fn withhold_from(&mut self, first: usize) {
        for index in first..self.releases.len() {
            let (before, rest) = self.releases.split_at_mut(index);
            let Some(shown) = rest.first_mut() else {
                continue;
            };
            let now: BTreeSet<&Row> = before.iter().flat_map(|shown| shown.rows()).collect();
            let ever: BTreeSet<&Row> = self.ever.iter().collect();
            let candidates: Vec<&Row> = shown.cells.values().collect();
            let mut guards = vec![Guard::new(
                &now,
                &BTreeSet::new(),
                &candidates,
                &self.consenting,
            )];
            if ever != now || self.known != self.consenting {
                guards.push(Guard::new(&ever, &ever, &candidates, &self.known));
            }
            let secret = |row: &Row| {
                let secret = row
                    .iter()
                    .filter(|(reply, _)| !self.consenting.contains(reply));
                secret.count()
            };
            shown.withheld = choose(&shown.cells, &guards, secret);
            let rows: Vec<Row> = shown.rows().cloned().collect();
            self.ever.extend(rows);
        }
    }
}
