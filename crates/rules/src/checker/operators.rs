//! What stands between two operands.

use super::{Checked, Checker, node};
use crate::expression::{Expression, ExpressionKind, Operator};
use crate::fault::{Expected, FaultKind};
use crate::place::Span;
use crate::tree::{Arithmetic, Comparison, Operation};
use crate::types::{Kind, Type};

impl Checker<'_> {
    pub(super) fn truths(
        &mut self,
        first: &Expression,
        rest: &[(Operator, Expression)],
        is_all: bool,
        span: Span,
    ) -> Checked {
        let operands = std::iter::once(first).chain(rest.iter().map(|(_, operand)| operand));
        let checked: Vec<_> = operands
            .map(|operand| self.of_kinds(operand, &[Kind::Bool]))
            .collect();
        let nodes: Option<Vec<_>> = checked
            .into_iter()
            .map(|checked| checked.map(|(of, _)| of))
            .collect();
        Some((node(span, Operation::Truths(nodes?, is_all)), Type::Bool))
    }

    /// Comparisons and `in`, from left to right. What follows the first compares a truth: its fault stands where that begins.
    pub(super) fn relations(
        &mut self,
        first: &Expression,
        rest: &[(Operator, Expression)],
    ) -> Checked {
        let mut left = self.value(first);
        for (operator, right) in rest {
            let span = first.span.to(right.span);
            left = match comparison(*operator) {
                None => self.is_in(first, left, right, span),
                Some(comparison) => self.comparison(first, left, comparison, right, span),
            };
        }
        left
    }

    fn comparison(
        &mut self,
        left_expression: &Expression,
        left: Checked,
        comparison: Comparison,
        right_expression: &Expression,
        span: Span,
    ) -> Checked {
        let right = self.value(right_expression);
        let ((left, left_kind), (right, right_kind)) = (left?, right?);
        let kinds = match comparison {
            Comparison::Equal | Comparison::Unequal => Kind::COMPARABLE,
            _ => Kind::ORDERED,
        };
        for (expression, kind) in [
            (left_expression, &left_kind),
            (right_expression, &right_kind),
        ] {
            if !kinds.contains(&kind.kind()) {
                return self.wrong_type(Expected::OneOf(kinds), kind, expression.span);
            }
        }
        self.same(left_expression, &left_kind, right_expression, &right_kind)?;
        let operands = Box::new([left, right]);
        let operation = Operation::Comparison(operands, comparison);
        Some((node(span, operation), Type::Bool))
    }

    fn is_in(
        &mut self,
        left_expression: &Expression,
        left: Checked,
        right: &Expression,
        span: Span,
    ) -> Checked {
        let items = self.items(right);
        let ((left, left_kind), (items, each)) = (left?, items?);
        if !Kind::COMPARABLE.contains(&left_kind.kind()) {
            let expected = Expected::OneOf(Kind::COMPARABLE);
            return self.wrong_type(expected, &left_kind, left_expression.span);
        }
        // Of a list in brackets each value has a place of its own.
        if let ExpressionKind::List(parts) = &right.kind {
            let kinds: Vec<_> = parts.iter().map(|part| self.kind_in(part, &each)).collect();
            let mut is_right = true;
            for (part, kind) in parts.iter().zip(&kinds) {
                is_right &= self.same(left_expression, &left_kind, part, kind).is_some();
            }
            is_right.then_some(())?;
        } else {
            self.same(left_expression, &left_kind, right, &each)?;
        }
        let operation = Operation::In(Box::new(left), items);
        Some((node(span, operation), Type::Bool))
    }

    /// What a value in brackets is, of which all together are of a type: a text among choices is itself still a text.
    fn kind_in(&self, part: &Expression, each: &Type) -> Type {
        match part.kind {
            ExpressionKind::Text(_) => Type::Text,
            _ => each.clone(),
        }
    }

    pub(super) fn arithmetic(
        &mut self,
        first: &Expression,
        rest: &[(Operator, Expression)],
        span: Span,
    ) -> Checked {
        let checked = self.of_kinds(first, Kind::AMOUNTS);
        let operands: Vec<_> = rest
            .iter()
            .map(|(_, operand)| self.of_kinds(operand, Kind::AMOUNTS))
            .collect();
        let (first, mut kind) = checked?;
        let mut nodes = Vec::with_capacity(operands.len());
        for ((operator, expression), operand) in rest.iter().zip(operands) {
            let (operand, operand_kind) = operand?;
            let operator = arithmetic(*operator)?;
            kind = self.arithmetic_kind(operator, &kind, &operand_kind, expression.span)?;
            nodes.push((operator, operand));
        }
        let operation = Operation::Arithmetic(Box::new(first), nodes);
        Some((node(span, operation), kind))
    }

    /// What an operation of two numbers or amounts of money gives.
    fn arithmetic_kind(
        &mut self,
        operator: Arithmetic,
        left: &Type,
        right: &Type,
        span: Span,
    ) -> Option<Type> {
        let money = (left == &Type::Money, right == &Type::Money);
        match (operator, money) {
            (Arithmetic::Plus | Arithmetic::Minus, (true, true)) => Some(Type::Money),
            (Arithmetic::Plus | Arithmetic::Minus, (true, false)) => {
                self.wrong_type(Expected::OneOf(&[Kind::Money]), right, span)
            }
            (Arithmetic::Times, (true, false) | (false, true)) => Some(Type::Money),
            (Arithmetic::Over, (true, false)) => Some(Type::Money),
            (Arithmetic::Remainder, _) if !(left.is_whole() && right.is_whole()) => {
                let found = if left.is_whole() { right } else { left };
                self.wrong_type(Expected::OneOf(&[Kind::Whole]), found, span)
            }
            (_, (_, true)) => self.wrong_type(Expected::OneOf(Kind::NUMBERS), right, span),
            (Arithmetic::Over, _) => Some(Type::Decimal),
            _ if left.is_whole() && right.is_whole() => Some(Type::Whole),
            _ => Some(Type::Decimal),
        }
    }

    /// One type of several values: of those that `?:` chooses from, or that stand in brackets.
    pub(super) fn joined(&mut self, parts: &[(&Expression, &Type)]) -> Option<Type> {
        let choice = parts
            .iter()
            .find(|(_, kind)| matches!(kind, Type::Choice(_)));
        let mut joined = choice.or(parts.first()).map(|(_, kind)| (*kind).clone())?;
        let mut is_right = true;
        for (expression, kind) in parts {
            let both = match (&joined, kind) {
                (Type::Choice(_), Type::Choice(_)) | (Type::Choices(_), Type::Choices(_)) => {
                    super::options::united(&joined, kind)
                }
                (Type::Choice(_), Type::Text) => Some(joined.clone()),
                (one, other) if one == *other => Some(joined.clone()),
                (one, other) if one.is_number() && other.is_number() => {
                    let is_whole = one.is_whole() && other.is_whole();
                    Some(if is_whole { Type::Whole } else { Type::Decimal })
                }
                _ => None,
            };
            let (one, other) = (joined.kind(), kind.kind());
            match both {
                Some(both) => joined = both,
                None => {
                    is_right = false;
                    self.fault::<()>(FaultKind::MixedTypes { one, other }, expression.span);
                }
            }
        }
        if let Type::Choice(options) = &joined {
            for (expression, kind) in parts.iter().filter(|(_, kind)| **kind == Type::Text) {
                is_right &= self.fits(expression, kind, options).is_some();
            }
        }
        is_right.then_some(joined)
    }
}

fn comparison(operator: Operator) -> Option<Comparison> {
    Some(match operator {
        Operator::Equal => Comparison::Equal,
        Operator::Unequal => Comparison::Unequal,
        Operator::Less => Comparison::Less,
        Operator::AtMost => Comparison::AtMost,
        Operator::Greater => Comparison::Greater,
        Operator::AtLeast => Comparison::AtLeast,
        _ => return None,
    })
}

fn arithmetic(operator: Operator) -> Option<Arithmetic> {
    Some(match operator {
        Operator::Plus => Arithmetic::Plus,
        Operator::Minus => Arithmetic::Minus,
        Operator::Times => Arithmetic::Times,
        Operator::Over => Arithmetic::Over,
        Operator::Remainder => Arithmetic::Remainder,
        _ => return None,
    })
}
