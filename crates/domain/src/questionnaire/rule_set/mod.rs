//! The rules of a questionnaire: compiled once, put in order, evaluated on a [`Sheet`].

use std::collections::BTreeSet;
use std::sync::Arc;

use rules::{FieldId, Frame, Graph, Rule, Schema};

mod compilation;
mod sheet;
pub(super) mod source;

pub use sheet::Sheet;

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

    /// What rules call the fields that a rule reads where it stands, by its number among all the places where one does: source by
    /// source, target by target.
    pub(super) fn reads(&self, node: usize) -> BTreeSet<&str> {
        let Some(node) = self.nodes.get(node) else {
            return BTreeSet::new();
        };
        let frame = Frame {
            this: node.this,
            row: &node.row,
            entry: None,
        };
        let fields = self.rules.get(node.rule).map(|rule| rule.fields(&frame));
        let fields = fields.into_iter().flatten();
        fields.map(|field| self.schema.address(field)).collect()
    }

    fn id(&self, field: usize) -> Option<FieldId> {
        self.ids.get(field).copied().flatten()
    }
}
