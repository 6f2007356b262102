//! The circles of a graph that has no order. Nothing here calls itself: rules may wait for each other a thousand deep.

use std::collections::{HashSet, VecDeque};

use super::Graph;

/// A circle from each group of rules that all wait for each other.
pub(super) fn circles(graph: &Graph) -> Vec<Vec<usize>> {
    let groups = groups(graph).into_iter();
    let mut circles: Vec<_> = groups
        .filter_map(|group| {
            let first = *group.iter().min()?;
            shortest(graph, first, &group.into_iter().collect())
        })
        .collect();
    circles.sort_unstable();
    circles
}

/// The shortest way from a rule back to itself within a group.
fn shortest(graph: &Graph, first: usize, group: &HashSet<usize>) -> Option<Vec<usize>> {
    let mut came_from = vec![None; graph.gives.len()];
    let mut waiting = VecDeque::from([first]);
    while let Some(rule) = waiting.pop_front() {
        for follower in graph.followers(rule).filter(|next| group.contains(next)) {
            if follower == first {
                let mut circle = vec![rule];
                while let Some(before) = circle
                    .last()
                    .and_then(|rule| came_from.get(*rule)?.as_ref())
                {
                    circle.push(*before);
                }
                circle.reverse();
                return Some(circle);
            }
            if let Some(before @ None) = came_from.get_mut(follower) {
                *before = Some(rule);
                waiting.push_back(follower);
            }
        }
    }
    None
}

/// Rules of which each waits for each, by Tarjan's algorithm; what waits for nobody who waits for it is a group of its own.
fn groups(graph: &Graph) -> Vec<Vec<usize>> {
    let mut search = Search {
        found: vec![None; graph.gives.len()],
        earliest: vec![0; graph.gives.len()],
        is_open: vec![false; graph.gives.len()],
        open: Vec::new(),
        groups: Vec::new(),
        count: 0,
    };
    for rule in 0..graph.gives.len() {
        if search.is_new(rule) {
            search.from(graph, rule);
        }
    }
    search.groups
}

struct Search {
    /// When each rule was found.
    found: Vec<Option<usize>>,
    /// When the earliest rule was found to which it leads back.
    earliest: Vec<usize>,
    is_open: Vec<bool>,
    open: Vec<usize>,
    groups: Vec<Vec<usize>>,
    count: usize,
}

impl Search {
    fn is_new(&self, rule: usize) -> bool {
        self.found.get(rule) == Some(&None)
    }

    fn find(&mut self, rule: usize) {
        if let (Some(found), Some(earliest), Some(is_open)) = (
            self.found.get_mut(rule),
            self.earliest.get_mut(rule),
            self.is_open.get_mut(rule),
        ) {
            *found = Some(self.count);
            *earliest = self.count;
            *is_open = true;
            self.open.push(rule);
            self.count += 1;
        }
    }

    fn leads_back(&mut self, rule: usize, to: usize) {
        if let Some(earliest) = self.earliest.get_mut(rule) {
            *earliest = to.min(*earliest);
        }
    }

    fn from(&mut self, graph: &Graph, rule: usize) {
        self.find(rule);
        let mut path = vec![(rule, graph.followers(rule).collect::<Vec<_>>())];
        while let Some((rule, followers)) = path.last_mut() {
            let rule = *rule;
            if let Some(follower) = followers.pop() {
                if self.is_new(follower) {
                    self.find(follower);
                    path.push((follower, graph.followers(follower).collect()));
                } else if self.is_open.get(follower) == Some(&true)
                    && let Some(Some(found)) = self.found.get(follower).copied()
                {
                    self.leads_back(rule, found);
                }
                continue;
            }
            path.pop();
            let earliest = self.earliest.get(rule).copied().unwrap_or_default();
            if let Some((before, _)) = path.last() {
                let before = *before;
                self.leads_back(before, earliest);
            }
            if self.found.get(rule) == Some(&Some(earliest)) {
                self.close(rule);
            }
        }
    }

    /// All that was found since this rule is a group.
    fn close(&mut self, rule: usize) {
        let mut group = Vec::new();
        while let Some(member) = self.open.pop() {
            if let Some(is_open) = self.is_open.get_mut(member) {
                *is_open = false;
            }
            group.push(member);
            if member == rule {
                break;
            }
        }
        self.groups.push(group);
    }
}
