//! Compiling the rules of a questionnaire: every fault at its place, circles named.

use std::collections::HashSet;
use std::sync::Arc;

use rules::{FieldId, Frame, Graph, NamedRule, Rule, Schema, Scope, Type};

use super::source::{Effect, RuleResult, RuleSource, RuleTarget};
use super::{RuleNode, RuleSet};
use crate::Fault;
use crate::fault::{self, FaultCode};
use crate::questionnaire::fields::{Field, FieldPlace, Taking};
use crate::questionnaire::rule_fault::{circle_fault, rule_fault};

/// The most fields that all rules read, each counted as often as a rule does.
const MAX_READS: usize = 1_000_000;

impl RuleSet {
    /// Compiles the rules that stand on fields.
    pub(in crate::questionnaire) fn compile(
        fields: &[Field],
        sources: &[RuleSource],
    ) -> Result<Self, Vec<Fault>> {
        let mut compilation = Compilation::new(fields)?;
        for source in sources {
            match beginning_fault(fields, source) {
                Some(fault) => {
                    compilation.seen += 1;
                    compilation.faults.push(fault);
                }
                None => compilation.rule(source),
            }
        }
        compilation.finish(fields, sources)
    }
}

struct Compilation {
    schema: Schema,
    ids: Vec<Option<FieldId>>,
    rules: Vec<Rule>,
    nodes: Vec<RuleNode>,
    /// Of each node, the source that it is of.
    sources: Vec<usize>,
    seen: usize,
    faults: Vec<Fault>,
}

impl Compilation {
    fn new(fields: &[Field]) -> Result<Self, Vec<Fault>> {
        let mut compilation = Self {
            schema: Schema::default(),
            ids: vec![None; fields.len()],
            rules: Vec::new(),
            nodes: Vec::new(),
            sources: Vec::new(),
            seen: 0,
            faults: Vec::new(),
        };
        let mut index = 0;
        while let Some(field) = fields.get(index) {
            index = match field.place {
                FieldPlace::List => compilation.list(fields, index)?,
                FieldPlace::Check(_) => index + 1,
                FieldPlace::Question
                | FieldPlace::Part(_)
                | FieldPlace::Cell { .. }
                | FieldPlace::Currency
                | FieldPlace::Detail { .. }
                | FieldPlace::Entry
                | FieldPlace::EntryPart(_) => compilation.field(field, index)?,
            };
        }
        Ok(compilation)
    }

    fn field(&mut self, field: &Field, index: usize) -> Result<usize, Vec<Fault>> {
        let id = self.schema.add(&field.rule_name, holds(field));
        self.set(index, id.map_err(|_| twice(&field.address))?);
        Ok(index + 1)
    }

    /// A list with the parts of its entries, which follow it.
    fn list(&mut self, fields: &[Field], list: usize) -> Result<usize, Vec<Fault>> {
        let address = fields.get(list).map_or("", |field| &field.rule_name);
        let prefix = format!("{address}.*.");
        let after = fields.iter().enumerate().skip(list + 1);
        let of_list = after.take_while(|(_, field)| field.is_of_entries());
        let parts: Vec<(usize, &str, Type)> = of_list
            .filter_map(|(index, field)| {
                let name = field.rule_name.strip_prefix(&prefix)?;
                Some((index, name, holds(field)))
            })
            .collect();
        let named = parts.iter().map(|(_, name, holds)| (*name, holds.clone()));
        let ids = self.schema.add_list(address, named);
        let ids = ids.map_err(|_| twice(address))?;
        let places = std::iter::once(list).chain(parts.iter().map(|(index, ..)| *index));
        let mut next = list + 1;
        for (place, id) in places.zip(ids) {
            self.set(place, id);
            next = next.max(place + 1);
        }
        // The entry itself, between the list and its parts, is nothing that a rule names.
        Ok(next.max(list + 2))
    }

    fn set(&mut self, index: usize, id: FieldId) {
        if let Some(place) = self.ids.get_mut(index) {
            *place = Some(id);
        }
    }

    fn id(&self, field: usize) -> Option<FieldId> {
        self.ids.get(field).copied().flatten()
    }

    fn rule(&mut self, source: &RuleSource) {
        let number = self.seen;
        self.seen += 1;
        let Some(first) = source.targets.first() else {
            return;
        };
        let scope = self.scope(first);
        let result = match source.result {
            RuleResult::Bool => Some(Type::Bool),
            RuleResult::Number => Some(Type::Decimal),
            RuleResult::OfThis => {
                let this = first.this.and_then(|this| self.id(this));
                this.and_then(|id| self.schema.holds(id).cloned())
            }
            RuleResult::Any => None,
        };
        match Rule::compile(&source.text, &self.schema, &scope, result.as_ref()) {
            Ok(rule) => {
                let gives = rule.gives().clone();
                self.rules.push(rule);
                for target in &source.targets {
                    self.node(target, number, &gives);
                }
            }
            Err(faults) => {
                let faults = faults.iter().map(|fault| rule_fault(fault, &source.at));
                let faults = faults.map(|fault| match &source.question {
                    Some(question) => fault.of_question(question),
                    None => fault,
                });
                self.faults.extend(faults);
            }
        }
    }

    fn scope(&self, target: &RuleTarget) -> Scope {
        let holds = |field: usize| {
            let id = self.id(field)?;
            self.schema.holds(id).cloned()
        };
        let mut scope = Scope::of_none();
        if let Some(holds) = target.this.and_then(holds) {
            scope = scope.this(holds);
        }
        let row = target.row.iter();
        let row: Vec<(&str, Type)> = row
            .filter_map(|(name, field)| Some((&**name, holds(*field)?)))
            .collect();
        if !row.is_empty() {
            scope = scope.row(row);
        }
        match target.list.and_then(|list| self.id(list)) {
            Some(list) => scope.entry(list),
            None => scope,
        }
    }

    fn node(&mut self, target: &RuleTarget, source: usize, gives: &Type) {
        let variable = match &target.effect {
            Effect::Defines(name) => match self.schema.add(name, gives.clone()) {
                Ok(id) => Some(id),
                Err(_) => {
                    self.faults.extend(twice(name));
                    None
                }
            },
            Effect::Hides(_)
            | Effect::Requires(_)
            | Effect::Calculates(_)
            | Effect::Begins(_)
            | Effect::Offers { .. }
            | Effect::StatesNeed(_)
            | Effect::Checks { .. } => None,
        };
        let row = target.row.iter();
        let row: Arc<[FieldId]> = row.filter_map(|(_, field)| self.id(*field)).collect();
        self.sources.push(source);
        self.nodes.push(RuleNode {
            rule: self.rules.len().saturating_sub(1),
            this: target.this.and_then(|this| self.id(this)),
            row,
            list: target.list,
            effect: target.effect.clone(),
            variable,
        });
    }

    fn finish(self, fields: &[Field], sources: &[RuleSource]) -> Result<RuleSet, Vec<Fault>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let name_of = |node: usize| {
            let source = self
                .sources
                .get(node)
                .and_then(|source| sources.get(*source));
            source.map_or("", |source| source.at.as_str())
        };
        let named: Vec<NamedRule> = self
            .nodes
            .iter()
            .enumerate()
            .map(|(number, node)| self.named(node, name_of(number)))
            .collect();
        // Each of ten thousand cells may read all the others: that no evaluation could do in time.
        let reads: usize = named.iter().map(|rule| rule.reads.len()).sum();
        if reads > MAX_READS {
            return Err(vec![
                fault::RULES_READ_TOO_MUCH.at("").arg("max", MAX_READS),
            ]);
        }
        let graph = Graph::new(&named).map_err(|circles| {
            let faults = circles.iter().map(|circle| {
                let first = circle.rules.first().copied().unwrap_or_default();
                circle_fault(circle, name_of(first))
            });
            faults.collect::<Vec<_>>()
        })?;
        let mut published = self.published_persons(fields, &named, &graph);
        // A rule that each row or cell has is told once.
        published.dedup_by_key(|(node, fault, _)| (fault.code, name_of(*node).to_owned()));
        fault::none(
            published
                .into_iter()
                .map(|(node, kind, address)| kind.at(name_of(node)).arg("address", address))
                .collect(),
        )?;
        let mut governors = vec![Vec::new(); fields.len()];
        for (number, node) in self.nodes.iter().enumerate() {
            let Effect::Hides(covers) = &node.effect else {
                continue;
            };
            for field in covers {
                if let Some(of_field) = governors.get_mut(*field) {
                    of_field.push(number);
                }
            }
        }
        Ok(RuleSet {
            schema: self.schema,
            ids: self.ids,
            rules: self.rules,
            nodes: self.nodes,
            graph,
            governors,
        })
    }

    /// The calculations that are published, and the needs, that follow from what is about persons, by way of variables too, and
    /// from what.
    fn published_persons(
        &self,
        fields: &[Field],
        named: &[NamedRule],
        graph: &Graph,
    ) -> Vec<(usize, FaultCode, String)> {
        let mut personal: HashSet<FieldId> = fields
            .iter()
            .zip(&self.ids)
            .filter_map(|(field, id)| (*id).filter(|_| field.personal))
            .collect();
        let mut found = Vec::new();
        for number in graph.order() {
            let (Some(node), Some(rule)) = (self.nodes.get(*number), named.get(*number)) else {
                continue;
            };
            let Some(of_person) = rule.reads.iter().find(|id| personal.contains(id)) else {
                continue;
            };
            let mut publishes = |fault| {
                found.push((*number, fault, self.schema.address(*of_person).to_owned()));
            };
            match &node.effect {
                Effect::Defines(_) => personal.extend(node.variable),
                Effect::Calculates(field) | Effect::Begins(field) => {
                    let is_published = fields.get(*field).is_some_and(|field| !field.personal);
                    if is_published {
                        publishes(fault::CALCULATED_FROM_PERSONAL);
                    }
                }
                Effect::StatesNeed(_) => publishes(fault::NEED_FROM_PERSONAL),
                Effect::Hides(_)
                | Effect::Requires(_)
                | Effect::Offers { .. }
                | Effect::Checks { .. } => {}
            }
        }
        found
    }

    fn named(&self, node: &RuleNode, name: &str) -> NamedRule {
        let frame = Frame {
            this: node.this,
            row: &node.row,
            entry: None,
        };
        let rule = self.rules.get(node.rule);
        let gives = match &node.effect {
            Effect::Hides(covers) => covers.iter().filter_map(|field| self.id(*field)).collect(),
            Effect::Calculates(field) => self.id(*field).into_iter().collect(),
            Effect::Defines(_) => node.variable.into_iter().collect(),
            Effect::Requires(_)
            | Effect::Begins(_)
            | Effect::Offers { .. }
            | Effect::StatesNeed(_)
            | Effect::Checks { .. } => Vec::new(),
        };
        let mut reads = rule.map_or_else(Vec::new, |rule| rule.fields(&frame));
        // Whatever it names, it comes to as many things as there are entries, in their order.
        reads.extend(node.list.and_then(|list| self.id(list)));
        NamedRule {
            name: name.to_owned(),
            reads,
            gives,
        }
    }
}

/// The fault of a rule that is to give the first answer of what cannot begin with one: words, or a part of entries that nobody
/// has added yet.
fn beginning_fault(fields: &[Field], source: &RuleSource) -> Option<Fault> {
    let first = source.targets.first()?;
    let Effect::Begins(field) = &first.effect else {
        return None;
    };
    let field = fields.get(*field)?;
    let kind = field.value_type()?;
    let fault = if first.list.is_some() {
        fault::INITIAL_OF_ENTRIES.at(&source.at)
    } else if !kind.can_begin() {
        fault::INITIAL_NOT_TAKEN
            .at(&source.at)
            .arg("type", kind.code())
    } else {
        return None;
    };
    Some(fault.of_question(&field.question))
}

/// What rules take a field for.
fn holds(field: &Field) -> Type {
    match &field.takes {
        Taking::Value(kind) => kind.rule_type(),
        Taking::Entry | Taking::Nothing => Type::Opaque,
    }
}

/// Two fields of one address: codes were looked at before, so it is a variable or an option that is called as a column is.
fn twice(address: &str) -> Vec<Fault> {
    vec![fault::DUPLICATE_PART.at("/sections").arg("code", address)]
}
