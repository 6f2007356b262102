//! Rules as they stand in a questionnaire: their text and place, and what each is of.

use std::sync::Arc;

use crate::questionnaire::CheckRule;

/// A rule's text, and all that it is of: it is checked once.
#[derive(Clone, Debug)]
pub(in crate::questionnaire) struct RuleSource {
    /// The pointer to it in the questionnaire's JSON.
    pub at: String,
    /// The question that it stands on.
    pub question: Option<String>,
    /// What it says.
    pub text: String,
    /// What it must give.
    pub result: RuleResult,
    /// What it is of: one field, each cell of a column. All are alike in what `this`, `row` and `entry` mean.
    pub targets: Vec<RuleTarget>,
}

/// What a rule must give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::questionnaire) enum RuleResult {
    /// Whether something holds.
    Bool,
    /// A number.
    Number,
    /// What the field that `this` is holds.
    OfThis,
    /// Whatever it gives.
    Any,
}

/// What a rule is of, and what follows from it. Fields are named by where they are among all.
#[derive(Clone, Debug)]
pub(in crate::questionnaire) struct RuleTarget {
    /// The field that `this` is.
    pub this: Option<usize>,
    /// The cells of the row, by the names of their columns.
    pub row: Arc<[(Arc<str>, usize)]>,
    /// The list of which `entry` is one: then it is evaluated once for each.
    pub list: Option<usize>,
    /// What follows.
    pub effect: Effect,
}

impl RuleTarget {
    /// What follows for no field, row or entry in particular.
    pub fn whole(effect: Effect) -> Self {
        Self {
            this: None,
            row: Arc::default(),
            list: None,
            effect,
        }
    }
}

/// What follows from a rule.
#[derive(Clone, Debug)]
pub(in crate::questionnaire) enum Effect {
    /// These fields are asked only where it holds.
    Hides(Vec<usize>),
    /// The field must be answered where it holds.
    Requires(usize),
    /// The field is what it comes to.
    Calculates(usize),
    /// The field is answered with what it comes to when a reply begins.
    Begins(usize),
    /// The variable is what it comes to.
    Defines(Arc<str>),
    /// The option of the field is offered only where it holds.
    Offers {
        /// The field.
        field: usize,
        /// Which of its options.
        option: usize,
    },
    /// What may state a need, by where it is among all that may, states one where it holds.
    StatesNeed(usize),
    /// It must hold.
    Checks {
        /// The check.
        check: Arc<CheckRule>,
        /// The field that it is of; none: of more than one.
        on: Option<usize>,
        /// Its own field.
        at: usize,
    },
}
