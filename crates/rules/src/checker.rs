//! The type checker: from what was written to a tree in which every name is found and every type is right. It goes on after a
//! fault, so that all of them are told at once, and says nothing twice: what is wrong has no type, and asks for none.

use std::collections::BTreeSet;

use crate::expression::{Expression, ExpressionKind, Operator};
use crate::fault::{Expected, FaultKind};
use crate::lexer::Spanned;
use crate::limits::MAX_SUGGESTIONS;
use crate::place::Span;
use crate::schema::Schema;
use crate::scope::Scope;
use crate::tree::{Node, Operation, Reading};
use crate::types::{Kind, Type};
use crate::value::Value;

mod arguments;
mod calls;
mod cells;
mod days;
mod functions;
mod items;
mod names;
mod operators;
mod options;
mod texts;

pub(crate) use functions::FUNCTIONS;

/// A part that is right, and what it gives; `None` where a fault has been told.
type Checked<T = Node> = Option<(T, Type)>;

pub(crate) struct Checker<'a> {
    schema: &'a Schema,
    scope: &'a Scope,
    faults: Vec<Spanned>,
    reads: BTreeSet<Reading>,
    /// Those of them whose words it looks at.
    texts: BTreeSet<Reading>,
    /// The names that `all` and `exists` give to their cells, from the outermost on.
    locals: Vec<(String, Type)>,
    suggestions_left: usize,
    cell_patterns: usize,
    cells: usize,
    regular_expressions: usize,
}

/// What a check comes to.
pub(crate) struct Outcome {
    pub(crate) checked: Checked,
    pub(crate) faults: Vec<Spanned>,
    pub(crate) reads: BTreeSet<Reading>,
    pub(crate) texts: BTreeSet<Reading>,
}

/// Checks a rule that is to give a type, or any.
pub(crate) fn check(
    expression: &Expression,
    schema: &Schema,
    scope: &Scope,
    result: Option<&Type>,
) -> Outcome {
    let mut checker = Checker {
        schema,
        scope,
        faults: Vec::new(),
        reads: BTreeSet::new(),
        texts: BTreeSet::new(),
        locals: Vec::new(),
        suggestions_left: MAX_SUGGESTIONS,
        cell_patterns: 0,
        cells: 0,
        regular_expressions: 0,
    };
    let checked = checker.value(expression);
    if let (Some((_, found)), Some(expected)) = (&checked, result) {
        checker.gives(expression, found, expected);
    }
    Outcome {
        checked,
        faults: checker.faults,
        texts: checker.texts,
        reads: checker.reads,
    }
}

impl Checker<'_> {
    fn fault<T>(&mut self, kind: FaultKind, span: Span) -> Option<T> {
        self.faults.push((kind, span));
        None
    }

    fn wrong_type<T>(&mut self, expected: Expected, found: &Type, span: Span) -> Option<T> {
        let found = found.kind();
        self.fault(FaultKind::WrongType { expected, found }, span)
    }

    /// A value of whatever type, but no list: lists stand where something is done with each of their values.
    fn value(&mut self, expression: &Expression) -> Checked {
        let span = expression.span;
        let constant = |value, kind| Some((node(span, Operation::Constant(value)), kind));
        match &expression.kind {
            ExpressionKind::Bool(truth) => constant(Value::Bool(*truth), Type::Bool),
            ExpressionKind::Whole(number) => constant(Value::Number(*number), Type::Whole),
            ExpressionKind::Decimal(number) => constant(Value::Number(*number), Type::Decimal),
            ExpressionKind::Text(text) => constant(Value::Text(text.as_str().into()), Type::Text),
            ExpressionKind::List(parts) => {
                for part in parts {
                    self.value(part);
                }
                self.list_as_value(span)
            }
            ExpressionKind::Name(name) => self.name(name, span),
            ExpressionKind::Member(of, name) => {
                let (of, kind) = self.value(of)?;
                self.member(of, kind, name, span)
            }
            ExpressionKind::Call(call) => self.call(call, span),
            ExpressionKind::Not(of) => {
                let of = self.of_kinds(of, &[Kind::Bool])?.0;
                Some((node(span, Operation::Not(Box::new(of))), Type::Bool))
            }
            ExpressionKind::Negation(of) => {
                let (of, kind) = self.of_kinds(of, Kind::AMOUNTS)?;
                let kind = if kind == Type::Year {
                    Type::Whole
                } else {
                    kind
                };
                Some((node(span, Operation::Negation(Box::new(of))), kind))
            }
            ExpressionKind::Chain(first, rest) => self.chain(first, rest, span),
            ExpressionKind::Conditional(parts) => self.conditional(parts, span),
        }
    }

    fn list_as_value<T>(&mut self, span: Span) -> Option<T> {
        let list = Type::List(Box::new(Type::Bool));
        self.wrong_type(Expected::OneOf(Kind::COMPARABLE), &list, span)
    }

    /// A value of one of these types.
    fn of_kinds(&mut self, expression: &Expression, kinds: &'static [Kind]) -> Checked {
        let (of, kind) = self.value(expression)?;
        if kinds.contains(&kind.kind()) {
            return Some((of, kind));
        }
        self.wrong_type(Expected::OneOf(kinds), &kind, expression.span)
    }

    fn conditional(&mut self, parts: &[Expression; 3], span: Span) -> Checked {
        let [condition, one, other] = parts;
        let checked = [
            self.of_kinds(condition, &[Kind::Bool]),
            self.value(one),
            self.value(other),
        ];
        let [Some((check, _)), Some((yes, yes_kind)), Some((no, no_kind))] = checked else {
            return None;
        };
        let kind = self.joined(&[(one, &yes_kind), (other, &no_kind)])?;
        let parts = Box::new([check, yes, no]);
        Some((node(span, Operation::Conditional(parts)), kind))
    }

    fn chain(
        &mut self,
        first: &Expression,
        rest: &[(Operator, Expression)],
        span: Span,
    ) -> Checked {
        match rest.first().map(|(operator, _)| *operator)? {
            Operator::Or => self.truths(first, rest, false, span),
            Operator::And => self.truths(first, rest, true, span),
            Operator::Plus
            | Operator::Minus
            | Operator::Times
            | Operator::Over
            | Operator::Remainder => self.arithmetic(first, rest, span),
            Operator::Equal
            | Operator::Unequal
            | Operator::Less
            | Operator::AtMost
            | Operator::Greater
            | Operator::AtLeast
            | Operator::In => self.relations(first, rest),
        }
    }
}

fn node(span: Span, operation: Operation) -> Node {
    Node { span, operation }
}
