//! Functions of days and months.

use super::{Checked, Checker, node};
use crate::expression::Call;
use crate::fault::FaultKind;
use crate::place::Span;
use crate::tree::Operation;
use crate::types::{Kind, Type};
use crate::value::{Month, Value, read_date};

impl Checker<'_> {
    pub(super) fn date(&mut self, call: &Call, form: &'static str, span: Span) -> Checked {
        let [of] = self.arguments(call, form, span)?;
        let Some(day) = read_date(self.literal(of, form)?) else {
            return self.fault(FaultKind::BadDate, of.span);
        };
        let constant = Operation::Constant(Value::Date(day));
        Some((node(span, constant), Type::Date))
    }

    pub(super) fn month(&mut self, call: &Call, form: &'static str, span: Span) -> Checked {
        let [of] = self.arguments(call, form, span)?;
        let Some(month) = Month::read(self.literal(of, form)?) else {
            return self.fault(FaultKind::BadDate, of.span);
        };
        let constant = Operation::Constant(Value::Month(month));
        Some((node(span, constant), Type::Month))
    }

    pub(super) fn days(&mut self, call: &Call, form: &'static str, span: Span) -> Checked {
        let [from, to] = self.arguments(call, form, span)?;
        let from = self.of_kinds(from, &[Kind::Date]);
        let to = self.of_kinds(to, &[Kind::Date]);
        let operation = Operation::Days(Box::new([from?.0, to?.0]));
        Some((node(span, operation), Type::Whole))
    }

    pub(super) fn year(&mut self, call: &Call, form: &'static str, span: Span) -> Checked {
        let [of] = self.arguments(call, form, span)?;
        let (of, _) = self.of_kinds(of, &[Kind::Date, Kind::Month])?;
        Some((node(span, Operation::Year(Box::new(of))), Type::Year))
    }
}
