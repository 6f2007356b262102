//! Whether two values can be the same: numbers with numbers, days with days, and choices only with options that they have.

use std::sync::Arc;

use super::Checker;
use crate::expression::{Expression, ExpressionKind};
use crate::fault::{Expected, FaultKind};
use crate::suggestion;
use crate::types::{self, Options, Type};

impl Checker<'_> {
    /// Goes on if two values can be the same.
    pub(super) fn same(
        &mut self,
        left: &Expression,
        left_kind: &Type,
        right: &Expression,
        right_kind: &Type,
    ) -> Option<()> {
        match (left_kind, right_kind) {
            (Type::Choice(options), _) => self.fits(right, right_kind, options),
            (_, Type::Choice(options)) => self.fits(left, left_kind, options),
            (one, other) if one.is_number() && other.is_number() => Some(()),
            (one, other) if one.kind() == other.kind() => Some(()),
            _ => self.wrong_type(Expected::Type(left_kind.clone()), right_kind, right.span),
        }
    }

    /// Goes on if what is compared with a choice is one of its options, or another choice that shares some.
    pub(super) fn fits(
        &mut self,
        expression: &Expression,
        kind: &Type,
        options: &Options,
    ) -> Option<()> {
        match (&expression.kind, kind) {
            (ExpressionKind::Text(value), _) => self.is_option(expression, value, options),
            (ExpressionKind::Conditional(parts), Type::Text) => {
                let [_, one, other] = parts.as_ref();
                let one = self.fits(one, kind, options);
                let other = self.fits(other, kind, options);
                one.and(other)
            }
            (_, Type::Choice(others)) => {
                if types::shares(others, options, false) {
                    return Some(());
                }
                self.fault(FaultKind::NoOptionInCommon, expression.span)
            }
            _ => {
                let expected = Expected::Type(Type::Choice(Arc::clone(options)));
                self.wrong_type(expected, kind, expression.span)
            }
        }
    }

    fn is_option(&mut self, expression: &Expression, value: &str, options: &Options) -> Option<()> {
        if options.iter().any(|option| **option == *value) {
            return Some(());
        }
        let codes = options.iter().map(|option| &**option);
        let nearest = self
            .may_suggest()
            .then(|| suggestion::nearest(value, codes));
        let fault = FaultKind::UnknownOption {
            value: value.to_owned(),
            options: Arc::clone(options),
            nearest: nearest.flatten(),
        };
        self.fault(fault, expression.span)
    }

    /// Goes on if a rule gives what it is to give.
    pub(super) fn gives(
        &mut self,
        expression: &Expression,
        found: &Type,
        expected: &Type,
    ) -> Option<()> {
        match (expected, found) {
            (Type::Decimal, found) if found.is_number() => Some(()),
            (Type::Whole | Type::Year, found) if found.is_whole() => Some(()),
            (Type::Text, Type::Choice(_)) => Some(()),
            (Type::Choice(options), Type::Choice(others))
            | (Type::Choices(options), Type::Choices(others))
                if types::shares(others, options, true) =>
            {
                Some(())
            }
            (Type::Choice(options), Type::Text) => self.fits(expression, found, options),
            (expected, found)
                if expected.kind() == found.kind()
                    && !matches!(expected, Type::Choice(_) | Type::Choices(_)) =>
            {
                Some(())
            }
            _ => self.wrong_type(Expected::Type(expected.clone()), found, expression.span),
        }
    }
}

/// A choice, or several, with the options of both.
pub(super) fn united(one: &Type, other: &Type) -> Option<Type> {
    match (one, other) {
        (Type::Choice(one), Type::Choice(other)) => Some(Type::Choice(types::united(one, other))),
        (Type::Choices(one), Type::Choices(other)) => {
            Some(Type::Choices(types::united(one, other)))
        }
        _ => None,
    }
}
