//! A rule that has been read and checked: compiled once, evaluated often.

use crate::checker;
use crate::evaluation::Evaluation;
use crate::fault::Fault;
use crate::parser;
use crate::round::{Round, Situation};
use crate::schema::{FieldId, Schema};
use crate::scope::{Frame, Scope};
use crate::tree::{Node, Reading};
use crate::types::Type;
use crate::unknown::Unknown;
use crate::value::Value;

/// A checked rule.
#[derive(Clone, Debug)]
pub struct Rule {
    root: Node,
    gives: Type,
    reads: Vec<Reading>,
    texts: Vec<Reading>,
}

impl Rule {
    /// Reads and checks a rule. `result` is what it is to give: a bool where it is a condition, a field's type where it calculates;
    /// without it anything will do. All faults of types are told at once; a text that does not parse has one.
    pub fn compile(
        source: &str,
        schema: &Schema,
        scope: &Scope,
        result: Option<&Type>,
    ) -> Result<Self, Vec<Fault>> {
        let expression = parser::parse(source)?;
        let outcome = checker::check(&expression, schema, scope, result);
        match outcome.checked {
            Some((root, gives)) if outcome.faults.is_empty() => Ok(Self {
                root,
                gives,
                reads: outcome.reads.into_iter().collect(),
                texts: outcome.texts.into_iter().collect(),
            }),
            _ => {
                let mut faults = outcome.faults;
                faults.sort_by_key(|(_, span)| *span);
                let faults = faults.into_iter();
                Err(faults
                    .map(|(kind, span)| Fault::new(kind, span, source))
                    .collect())
            }
        }
    }

    /// What it gives.
    pub fn gives(&self) -> &Type {
        &self.gives
    }

    /// What it reads, each once.
    pub fn reads(&self) -> &[Reading] {
        &self.reads
    }

    /// The fields of this round on which it depends, for a row or an entry: in order, each once. Of a list's entries it depends on
    /// the part, so on every entry's.
    pub fn fields(&self, frame: &Frame<'_>) -> Vec<FieldId> {
        of_frame(&self.reads, frame)
    }

    /// Those of them whose words it looks at, and does not only ask whether there are any.
    pub fn texts(&self, frame: &Frame<'_>) -> Vec<FieldId> {
        of_frame(&self.texts, frame)
    }

    /// What it comes to.
    pub fn evaluate<R: Round + ?Sized>(
        &self,
        situation: &Situation<'_, R>,
    ) -> Result<Value, Unknown> {
        let datum = Evaluation::new(situation).value(&self.root)?;
        Ok(datum.into())
    }

    /// Whether a condition holds.
    pub fn holds<R: Round + ?Sized>(&self, situation: &Situation<'_, R>) -> Result<bool, Unknown> {
        Evaluation::new(situation).truth(&self.root)
    }

    /// What it comes to, and in how many steps.
    pub fn evaluate_counted<R: Round + ?Sized>(
        &self,
        situation: &Situation<'_, R>,
    ) -> (Result<Value, Unknown>, u32) {
        let mut evaluation = Evaluation::new(situation);
        let datum = evaluation.value(&self.root);
        (datum.map(Value::from), evaluation.steps_taken())
    }
}

/// The fields of this round that are read, in order, each once.
fn of_frame(reads: &[Reading], frame: &Frame<'_>) -> Vec<FieldId> {
    let fields = reads.iter().filter_map(|read| read.field(frame));
    let mut fields: Vec<_> = fields.collect();
    fields.sort_unstable();
    fields.dedup();
    fields
}
