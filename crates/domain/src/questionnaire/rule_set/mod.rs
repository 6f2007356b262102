//! The rules of a questionnaire: compiled once, put in order, evaluated on a [`Sheet`].

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use rules::{FieldId, Frame, Graph, Reading, Rule, Schema};

mod compilation;
mod sheet;
pub(super) mod source;

pub use sheet::{Sheet, WordsRead};

use source::Effect;

/// The version of what rules mean: a submission records it, so that nobody need ask a later program what an earlier one made of
/// them.
pub const RULES_VERSION: u32 = 1;

/// The rules of a questionnaire, checked and in order.
#[derive(Clone, Debug)]
pub struct RuleSet {
    schema: Schema,
    /// The number among the rules' fields of each field of the questionnaire; none: no rule can name it.
    ids: Vec<Option<FieldId>>,
    rules: Vec<Rule>,
    nodes: Vec<RuleNode>,
    graph: Graph,
    /// Of each field, the nodes that decide whether it is asked.
    governors: Vec<Vec<usize>>,
    /// The fields whose words rules look at.
    texts: HashSet<usize>,
}

/// A rule where it is evaluated: for one field, a row, or each entry of a list.
#[derive(Clone, Debug)]
struct RuleNode {
    /// Which rule.
    rule: usize,
    /// The field that `this` is.
    this: Option<FieldId>,
    /// The cells of the row.
    row: Arc<[FieldId]>,
    /// The list for each of whose entries it is evaluated.
    list: Option<usize>,
    /// What follows.
    effect: Effect,
    /// The variable that it defines.
    variable: Option<FieldId>,
}

impl RuleSet {
    /// Whether there are any rules.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What rules call the fields that a rule reads where it stands, each with whether it is of the last round; by its number among
    /// all the places where a rule stands: source by source, target by target.
    pub(super) fn reads(&self, node: usize) -> BTreeSet<(bool, &str)> {
        let Some(node) = self.nodes.get(node) else {
            return BTreeSet::new();
        };
        let frame = Frame {
            this: node.this,
            row: &node.row,
            entry: None,
        };
        let readings = self.rules.get(node.rule).map(Rule::reads);
        let readings = readings.into_iter().flatten();
        let named = readings.filter_map(|reading| {
            let is_last = reading.is_of_last_round();
            let field = match *reading {
                Reading::Last(field) => Some(field),
                Reading::LastThis => node.this,
                Reading::LastRow(number) => node.row.get(number).copied(),
                Reading::Field(_) | Reading::This | Reading::Row(_) | Reading::Entry(_) => {
                    reading.field(&frame)
                }
            };
            Some((is_last, self.schema.address(field?)))
        });
        named.collect()
    }

    /// Whether any field begins with an answer.
    pub fn has_initial_answers(&self) -> bool {
        let mut nodes = self.nodes.iter();
        nodes.any(|node| matches!(node.effect, Effect::Begins(_)))
    }

    /// Whether any rule reads the last round.
    pub fn reads_last_round(&self) -> bool {
        let mut reads = self.rules.iter().flat_map(Rule::reads);
        reads.any(|reading| reading.is_of_last_round())
    }

    /// Whether rules look at the words of a field, and not only at whether there are any.
    pub(super) fn reads_words(&self, field: usize) -> bool {
        self.texts.contains(&field)
    }

    /// Whether they look at any words.
    pub(super) fn reads_any_words(&self) -> bool {
        !self.texts.is_empty()
    }

    fn id(&self, field: usize) -> Option<FieldId> {
        self.ids.get(field).copied().flatten()
    }
}
