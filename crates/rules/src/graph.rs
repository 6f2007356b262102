//! Which rules depend on which, in which order they are evaluated, and which again after a change.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::schema::FieldId;

mod circle;

/// A rule as the graph sees it: what it reads, and what it gives. A calculation gives its field; a condition of relevance gives all
/// the fields that it hides; a check gives none.
#[derive(Clone, Debug, Default)]
pub struct NamedRule {
    /// What it is called in faults.
    pub name: String,
    /// The fields on which it depends: [`crate::Rule::fields`].
    pub reads: Vec<FieldId>,
    /// The fields that change with it.
    pub gives: Vec<FieldId>,
}

/// Rules that wait for each other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these rules wait for each other: {}", names.join(" → "))]
pub struct Circle {
    /// Their names, the first again at the end: each gives what the next one reads. No shorter circle passes the first.
    pub names: Vec<String>,
    /// Their numbers among the rules, each once.
    pub rules: Vec<usize>,
}

/// Rules in the order in which they are evaluated.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The fields that each rule gives.
    gives: Vec<Vec<FieldId>>,
    /// The rules that read each field.
    readers: Vec<Vec<usize>>,
    order: Vec<usize>,
    /// Where each rule stands in the order.
    ranks: Vec<usize>,
}

impl Graph {
    /// The graph of rules, or every circle in it that has no rule in common with another that is told. Fields are numbered from 0 up.
    pub fn new(rules: &[NamedRule]) -> Result<Self, Vec<Circle>> {
        let fields = rules.iter().flat_map(|rule| rule.reads.iter());
        let count = fields.map(|field| field.index() + 1).max();
        let mut readers = vec![Vec::new(); count.unwrap_or_default()];
        for (number, rule) in rules.iter().enumerate() {
            let mut reads = rule.reads.clone();
            reads.sort_unstable();
            reads.dedup();
            for field in reads {
                if let Some(readers) = readers.get_mut(field.index()) {
                    readers.push(number);
                }
            }
        }
        let mut graph = Self {
            gives: rules.iter().map(|rule| unique(&rule.gives)).collect(),
            readers,
            order: Vec::with_capacity(rules.len()),
            ranks: vec![0; rules.len()],
        };
        graph.sort();
        if graph.order.len() < rules.len() {
            let circles = circle::circles(&graph).into_iter();
            let named = circles.map(|rules_in_it| {
                let names = rules_in_it.iter().chain(rules_in_it.first());
                let names = names.filter_map(|number| Some(rules.get(*number)?.name.clone()));
                Circle {
                    names: names.collect(),
                    rules: rules_in_it,
                }
            });
            return Err(named.collect());
        }
        Ok(graph)
    }

    /// The rules that read what a rule gives; one that reads several of its fields comes several times.
    fn followers(&self, rule: usize) -> impl Iterator<Item = usize> {
        let given = self.gives.get(rule).into_iter().flatten();
        given.flat_map(|field| self.readers_of(*field)).copied()
    }

    fn readers_of(&self, field: FieldId) -> &[usize] {
        self.readers.get(field.index()).map_or(&[], Vec::as_slice)
    }

    /// Puts the rules in order as far as there is one; of those that could come next the first comes first.
    fn sort(&mut self) {
        let mut waits = vec![0_usize; self.gives.len()];
        for rule in 0..self.gives.len() {
            for follower in self.followers(rule) {
                if let Some(waits) = waits.get_mut(follower) {
                    *waits += 1;
                }
            }
        }
        let ready = waits.iter().enumerate().filter(|(_, waits)| **waits == 0);
        let mut ready: BinaryHeap<_> = ready.map(|(rule, _)| Reverse(rule)).collect();
        while let Some(Reverse(rule)) = ready.pop() {
            if let Some(rank) = self.ranks.get_mut(rule) {
                *rank = self.order.len();
            }
            self.order.push(rule);
            for follower in self.followers(rule) {
                if let Some(waits) = waits.get_mut(follower) {
                    *waits -= 1;
                    if *waits == 0 {
                        ready.push(Reverse(follower));
                    }
                }
            }
        }
    }

    /// All rules, by their numbers: each after those that give what it reads.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// The rules to be evaluated again after these fields have changed, in order.
    pub fn affected(&self, changed: &[FieldId]) -> Vec<usize> {
        let mut is_affected = vec![false; self.gives.len()];
        let mut affected = Vec::new();
        let mut add = |rule: usize, affected: &mut Vec<usize>| {
            if let Some(known) = is_affected.get_mut(rule)
                && !std::mem::replace(known, true)
            {
                affected.push(rule);
            }
        };
        for rule in changed.iter().flat_map(|field| self.readers_of(*field)) {
            add(*rule, &mut affected);
        }
        let mut at = 0;
        while let Some(rule) = affected.get(at).copied() {
            for follower in self.followers(rule) {
                add(follower, &mut affected);
            }
            at += 1;
        }
        affected.sort_unstable_by_key(|rule| self.ranks.get(*rule));
        affected
    }
}

fn unique(fields: &[FieldId]) -> Vec<FieldId> {
    let mut fields = fields.to_vec();
    fields.sort_unstable();
    fields.dedup();
    fields
}
