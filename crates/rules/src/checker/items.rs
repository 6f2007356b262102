//! Lists: cells, values in brackets, what was chosen; and what is asked of each of their values.

use super::{Checked, Checker, node};
use crate::expression::{Call, Expression, ExpressionKind};
use crate::fault::{Expected, FaultKind};
use crate::place::Span;
use crate::tree::{Items, ItemsKind, Operation};
use crate::types::{Kind, Type};

const WORDS: [&str; 4] = ["this", "row", "entry", "last"];

impl Checker<'_> {
    /// Several values, and what each of them is.
    pub(super) fn items(&mut self, expression: &Expression) -> Checked<Items> {
        let span = expression.span;
        match &expression.kind {
            ExpressionKind::List(parts) => self.written(parts, span),
            ExpressionKind::Call(call) if call.name == "cells" => self.cells(call, span),
            _ => {
                let (of, kind) = self.value(expression)?;
                let Type::Choices(options) = kind else {
                    return self.wrong_type(Expected::List, &kind, span);
                };
                let kind = ItemsKind::Chosen(Box::new(of));
                Some((Items { span, kind }, Type::Choice(options)))
            }
        }
    }

    fn written(&mut self, parts: &[Expression], span: Span) -> Checked<Items> {
        let checked: Vec<_> = parts
            .iter()
            .map(|part| self.of_kinds(part, Kind::COMPARABLE))
            .collect();
        let checked: Option<Vec<_>> = checked.into_iter().collect();
        let (nodes, kinds): (Vec<_>, Vec<_>) = checked?.into_iter().unzip();
        let pairs: Vec<_> = parts.iter().zip(&kinds).collect();
        if pairs.is_empty() {
            let list = Type::List(Box::new(Type::Bool));
            return self.wrong_type(Expected::OneOf(Kind::COMPARABLE), &list, span);
        }
        let kind = self.joined(&pairs)?;
        let written = ItemsKind::Written(nodes);
        Some((
            Items {
                span,
                kind: written,
            },
            kind,
        ))
    }

    /// Several values of one of these types.
    pub(super) fn items_of(
        &mut self,
        expression: &Expression,
        kinds: &'static [Kind],
    ) -> Checked<Items> {
        let (items, kind) = self.items(expression)?;
        if kinds.contains(&kind.kind()) {
            return Some((items, kind));
        }
        self.wrong_type(Expected::ListOf(kinds), &kind, expression.span)
    }

    /// `list.all(x, …)` and `list.exists(x, …)`.
    pub(super) fn each(
        &mut self,
        of: &Expression,
        call: &Call,
        form: &'static str,
        span: Span,
    ) -> Checked {
        let items = self.items(of);
        let [name, predicate] = self.arguments(call, form, span)?;
        let ExpressionKind::Name(local) = &name.kind else {
            return self.fault(FaultKind::WrongArguments { form }, name.span);
        };
        let is_taken = local.contains('.')
            || WORDS.contains(&local.as_str())
            || self.schema.has_first_part(local)
            || self.locals.iter().any(|(taken, _)| taken == local);
        if is_taken {
            let name_taken = FaultKind::NameTaken {
                name: local.clone(),
            };
            return self.fault(name_taken, name.span);
        }
        let (items, kind) = items?;
        self.locals.push((local.clone(), kind));
        let predicate = self.of_kinds(predicate, &[Kind::Bool]);
        self.locals.pop();
        let operation = Operation::Each(items, Box::new(predicate?.0), call.name == "all");
        Some((node(span, operation), Type::Bool))
    }
}
