//! Numbers, amounts of money and days.

use super::{Evaluation, Outcome, unknown};
use crate::number::{NoResult, Number};
use crate::place::Span;
use crate::round::Round;
use crate::tree::{Arithmetic, Node};
use crate::unknown::Reason;
use crate::value::{Currency, Datum};

impl<'a, R: Round + ?Sized> Evaluation<'a, R> {
    /// A number or an amount, changed.
    pub(super) fn on_amount(
        &mut self,
        of: &'a Node,
        change: impl FnOnce(Number) -> Result<Number, NoResult>,
    ) -> Outcome<'a> {
        match self.value(of)? {
            Datum::Number(number) => change(number).map(Datum::Number),
            Datum::Money(amount, currency) => {
                change(amount).map(|amount| Datum::Money(amount, currency))
            }
            _ => return Err(unknown(Reason::WrongType, of.span)),
        }
        .map_err(|why| unknown(why, of.span))
    }

    pub(super) fn arithmetic(
        &mut self,
        first: &'a Node,
        rest: &'a [(Arithmetic, Node)],
    ) -> Outcome<'a> {
        let mut result = self.value(first)?;
        for (operator, operand) in rest {
            let span = first.span.to(operand.span);
            let right = self.value(operand)?;
            result = computed(result, *operator, right).map_err(|why| unknown(why, span))?;
        }
        Ok(result)
    }

    pub(super) fn days(&mut self, days: &'a [Node; 2], span: Span) -> Outcome<'a> {
        let [from, to] = days;
        let (Datum::Date(from), Datum::Date(to)) = (self.value(from)?, self.value(to)?) else {
            return Err(unknown(Reason::WrongType, span));
        };
        let between = from.until(to).map_err(|_| Reason::WrongType);
        let days = between.map(|between| i64::from(between.get_days()));
        days.map(|days| Datum::Number(Number::from(days)))
            .map_err(|why| unknown(why, span))
    }

    pub(super) fn year(&mut self, of: &'a Node, span: Span) -> Outcome<'a> {
        let year = match self.value(of)? {
            Datum::Date(day) => day.year(),
            Datum::Month(month) => month.year,
            _ => return Err(unknown(Reason::WrongType, span)),
        };
        Ok(Datum::Number(Number::from(i64::from(year))))
    }
}

/// The result of two numbers, or of amounts of money in one currency.
pub(super) fn computed<'a>(
    left: Datum<'a>,
    operator: Arithmetic,
    right: Datum<'a>,
) -> Result<Datum<'a>, Reason> {
    let operation = match operator {
        Arithmetic::Plus => Number::plus,
        Arithmetic::Minus => Number::minus,
        Arithmetic::Times => Number::times,
        Arithmetic::Over => Number::over,
        Arithmetic::Remainder => Number::remainder,
    };
    match (left, right) {
        (Datum::Number(left), Datum::Number(right)) => Ok(Datum::Number(operation(left, right)?)),
        (Datum::Money(left, one), Datum::Money(right, other)) if one == other => {
            Ok(Datum::Money(operation(left, right)?, one))
        }
        (Datum::Money(..), Datum::Money(..)) => Err(Reason::CurrenciesDiffer),
        (Datum::Money(left, currency), Datum::Number(right))
        | (Datum::Number(left), Datum::Money(right, currency)) => {
            Ok(Datum::Money(operation(left, right)?, currency))
        }
        _ => Err(Reason::WrongType),
    }
}

/// How far a sum has come, of numbers or of amounts in one currency.
#[derive(Default)]
pub(super) struct Sum {
    total: Option<Number>,
    currency: Option<Currency>,
}

impl Sum {
    pub(super) fn add(&mut self, more: Datum<'_>) -> Result<(), Reason> {
        let (more, currency) = match more {
            Datum::Number(number) => (number, None),
            Datum::Money(amount, currency) => (amount, Some(currency)),
            _ => return Err(Reason::WrongType),
        };
        // The sum of no amounts, which is in no currency, may itself be one of several.
        let is_nothing =
            |number: Number, of: Option<Currency>| number == Number::ZERO && of.is_none();
        let currency = match self.total {
            None => currency,
            Some(_) if self.currency == currency => currency,
            Some(total) if is_nothing(total, self.currency) => currency,
            Some(_) if is_nothing(more, currency) => self.currency,
            Some(_) => return Err(Reason::CurrenciesDiffer),
        };
        self.total = Some(match self.total {
            None => more,
            Some(total) => total.plus(more)?,
        });
        self.currency = currency;
        Ok(())
    }

    /// The sum; `None` of nothing.
    pub(super) fn total(self) -> Option<Datum<'static>> {
        let total = self.total?;
        Some(match self.currency {
            Some(currency) => Datum::Money(total, currency),
            None => Datum::Number(total),
        })
    }
}
