//! The tree grown anew from the envelopes, and compared with all that is known of it.

use std::collections::{BTreeMap, HashMap};

use sqlx::PgPool;

use super::{ExpectedRoot, Verification};
use crate::ReadError;
use crate::numbers::number;
use crate::roots;
use crate::tree::{Frontier, LEVELS, Node, TreeHash};

/// The tree as far as the log was read.
pub(super) struct GrownTree {
    /// None from the first event on that is missing: no root follows any more.
    frontier: Option<Frontier>,
    head: u64,
    expected: BTreeMap<u64, Vec<TreeHash>>,
    /// The last position whose root was noted beside the log; 0 if none was.
    last_root: u64,
    /// How many nodes of each level are noted, by level.
    extent: HashMap<u32, u64>,
    /// What is noted about the page that is read: roots by position, nodes by level and index.
    roots: HashMap<u64, TreeHash>,
    nodes: HashMap<(u32, u64), TreeHash>,
    /// The last position whose root was compared and holds.
    held: u64,
    /// Whether a root did not hold: then none after it can.
    is_wrong: bool,
}

impl GrownTree {
    /// The tree before the first event, and the log's head. What is noted of the tree is read in one snapshot with the head, so
    /// none of it is about events after the head.
    pub(super) async fn begin(
        pool: &PgPool,
        expected: &[ExpectedRoot],
    ) -> Result<(i64, Self), ReadError> {
        let row = sqlx::query!(
            r#"select h.position, (select coalesce(max(r.position), 0) from log.root r) as "root!",
                      array(select coalesce((select max(t.index) + 1 from log.tree t where t.level = n), 0)
                              from generate_series(1, $1) as n order by n) as "extent!"
                 from log.head h"#,
            i32::try_from(LEVELS).unwrap_or(i32::MAX)
        )
        .fetch_one(pool)
        .await?;
        let mut by_position = BTreeMap::<_, Vec<_>>::new();
        for ExpectedRoot { position, root } in expected {
            by_position.entry(*position).or_default().push(*root);
        }
        let extent = (1..=LEVELS).zip(row.extent.into_iter().map(number));
        let grown = Self {
            frontier: Some(Frontier::default()),
            head: number(row.position),
            expected: by_position,
            last_root: number(row.root),
            extent: extent.collect(),
            roots: HashMap::new(),
            nodes: HashMap::new(),
            held: 0,
            is_wrong: false,
        };
        Ok((row.position, grown))
    }

    /// Reads what is noted about the next events, up to a position.
    pub(super) async fn read(&mut self, pool: &PgPool, until: u64) -> Result<(), ReadError> {
        let Some(after) = self.frontier.as_ref().map(Frontier::size) else {
            return Ok(());
        };
        let windows = (1..=LEVELS).map(|level| {
            let complete = |size| Node::complete(level, size);
            (level, complete(after), complete(until))
        });
        let windows: Vec<_> = windows.filter(|(_, first, end)| first < end).collect();
        self.nodes.clear();
        if !windows.is_empty() {
            let mut connection = pool.acquire().await?;
            let nodes = roots::nodes(&mut connection, &windows).await?;
            self.nodes = nodes
                .into_iter()
                .map(|node| ((node.level, node.index), node.hash))
                .collect();
        }
        self.roots = roots::roots(pool, after, until)
            .await?
            .into_iter()
            .collect();
        Ok(())
    }

    /// The next event that there is.
    pub(super) fn event(&mut self, verified: &mut Verification, position: u64, leaf: TreeHash) {
        if position == 1 {
            self.compare_expected(verified, 0, TreeHash::of_nothing());
        }
        let Some(frontier) = self
            .frontier
            .as_mut()
            .filter(|of| of.size() + 1 == position)
        else {
            self.frontier = None;
            return;
        };
        let completed = frontier.push(leaf);
        let is_asked = self.roots.contains_key(&position) || self.expected.contains_key(&position);
        let root = is_asked.then(|| frontier.root());
        for node in completed {
            self.compare_node(verified, position, &node);
        }
        if let Some(root) = root {
            self.compare_noted(verified, position, root);
            self.compare_expected(verified, position, root);
        }
    }

    fn compare_node(&self, verified: &mut Verification, position: u64, node: &Node) {
        let events = || {
            let length = 1_u64 << (8 * node.level);
            format!("the events {} to {position}", position + 1 - length)
        };
        match self.nodes.get(&(node.level, node.index)) {
            Some(noted) if *noted == node.hash => verified.roots += 1,
            Some(noted) => {
                let events = events();
                let detail = format!(
                    "{events} have the root {}, but {noted} was noted",
                    node.hash
                );
                verified.find(position, "wrong_node", detail);
            }
            None if self
                .extent
                .get(&node.level)
                .is_some_and(|extent| node.index < *extent) =>
            {
                let detail = format!("the root of {} is not noted any more", events());
                verified.find(position, "missing_node", detail);
            }
            // Not noted yet.
            None => {}
        }
    }

    fn compare_noted(&mut self, verified: &mut Verification, position: u64, root: TreeHash) {
        match self.roots.get(&position) {
            Some(noted) if *noted == root => {
                verified.roots += 1;
                self.held = position;
            }
            Some(noted) if !self.is_wrong => {
                let detail = format!(
                    "the root here is {root}, but {noted} was noted: something after position {} was changed",
                    self.held
                );
                verified.find(position, "wrong_root", detail);
                self.is_wrong = true;
            }
            _ => {}
        }
    }

    fn compare_expected(&mut self, verified: &mut Verification, position: u64, root: TreeHash) {
        for expected in self.expected.remove(&position).unwrap_or_default() {
            if expected == root {
                verified.roots += 1;
            } else {
                let detail = format!("the root here is {root}, not {expected} as expected");
                verified.find(position, "unexpected_root", detail);
            }
        }
    }

    /// After the last event.
    pub(super) fn end(mut self, verified: &mut Verification) {
        if self.head == 0 {
            self.compare_expected(verified, 0, TreeHash::of_nothing());
        }
        let frontier = self.frontier.filter(|of| of.size() == self.head);
        verified.root = frontier.map(|frontier| frontier.root());
        let nodes = self
            .extent
            .iter()
            .map(|(level, extent)| extent << (8 * level));
        let known = nodes.max().unwrap_or(0).max(self.last_root);
        if known > self.head {
            let detail = format!("the log ends at {}, but a root was noted here", self.head);
            verified.find(known, "cut_off", detail);
        }
        for (position, roots) in self.expected {
            let (code, detail) = if position > self.head {
                (
                    "cut_off",
                    format!("the log ends at {}, but a root is expected here", self.head),
                )
            } else {
                (
                    "unexpected_root",
                    "events before are missing, so there is no root here".to_owned(),
                )
            };
            for _ in roots {
                verified.find(position, code, detail.clone());
            }
        }
    }
}
