//! Functions of texts, and how many of something there are.

use super::{Checked, Checker, node};
use crate::expression::{Call, Expression, ExpressionKind};
use crate::fault::FaultKind;
use crate::limits::MAX_REGULAR_EXPRESSIONS;
use crate::pattern::Pattern;
use crate::place::Span;
use crate::tree::{Fold, Items, ItemsKind, Node, Operation, TextTest};
use crate::types::{Kind, Type};

const TEXTS: &[Kind] = &[Kind::Text];

impl Checker<'_> {
    pub(super) fn text_test(
        &mut self,
        test: TextTest,
        of: &Expression,
        call: &Call,
        form: &'static str,
        span: Span,
    ) -> Checked {
        let of = self.of_kinds(of, TEXTS);
        let [part] = self.arguments(call, form, span)?;
        let part = self.of_kinds(part, TEXTS);
        let operands = Box::new([of?.0, part?.0]);
        Some((node(span, Operation::TextTest(test, operands)), Type::Bool))
    }

    pub(super) fn matches(
        &mut self,
        of: &Expression,
        pattern: &Expression,
        form: &'static str,
        span: Span,
    ) -> Checked {
        let of: Option<(Node, Type)> = self.of_kinds(of, TEXTS);
        let written = self.literal(pattern, form)?;
        self.regular_expressions += 1;
        if self.regular_expressions > MAX_REGULAR_EXPRESSIONS {
            return self.fault(FaultKind::TooManyRegularExpressions, pattern.span);
        }
        match Pattern::read(written) {
            Ok(pattern) => {
                let operation = Operation::Matches(Box::new(of?.0), pattern);
                Some((node(span, operation), Type::Bool))
            }
            Err(why) => self.fault(FaultKind::BadPattern { why }, pattern.span),
        }
    }

    /// How many letters a text has, how many values a list has, how many entries.
    pub(super) fn size(&mut self, of: &Expression, span: Span) -> Checked {
        if let Some(reading) = self.entries(of) {
            return Some((node(span, Operation::EntryCount(reading)), Type::Whole));
        }
        let is_list = match &of.kind {
            ExpressionKind::List(_) => true,
            ExpressionKind::Call(call) => call.name == "cells",
            _ => false,
        };
        if is_list {
            let (items, _) = self.items(of)?;
            let operation = Operation::Fold(Fold::Size, items);
            return Some((node(span, operation), Type::Whole));
        }
        let (node_of, kind) = self.of_kinds(of, &[Kind::Text, Kind::Choices])?;
        let operation = if kind == Type::Text {
            Operation::TextSize(Box::new(node_of))
        } else {
            let kind = ItemsKind::Chosen(Box::new(node_of));
            let items = Items {
                span: of.span,
                kind,
            };
            Operation::Fold(Fold::Size, items)
        };
        Some((node(span, operation), Type::Whole))
    }
}
