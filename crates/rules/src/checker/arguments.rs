//! What functions are given: so many, written out where they must be.

use super::Checker;
use crate::expression::{Call, Expression, ExpressionKind};
use crate::fault::FaultKind;
use crate::number::Number;
use crate::place::Span;

impl Checker<'_> {
    /// So many arguments and no more, or a fault that says how the function is written.
    pub(super) fn arguments<'e, const COUNT: usize>(
        &mut self,
        call: &'e Call,
        form: &'static str,
        span: Span,
    ) -> Option<&'e [Expression; COUNT]> {
        match call.arguments.as_slice().try_into() {
            Ok(arguments) => Some(arguments),
            Err(_) => self.fault(FaultKind::WrongArguments { form }, span),
        }
    }

    /// A text that is written out.
    pub(super) fn literal<'e>(
        &mut self,
        argument: &'e Expression,
        form: &'static str,
    ) -> Option<&'e str> {
        match &argument.kind {
            ExpressionKind::Text(text) => Some(text),
            _ => self.fault(FaultKind::NotALiteral { form }, argument.span),
        }
    }

    /// A whole number that is written out.
    pub(super) fn literal_number(
        &mut self,
        argument: &Expression,
        form: &'static str,
    ) -> Option<Number> {
        match &argument.kind {
            ExpressionKind::Whole(number) => Some(*number),
            _ => self.fault(FaultKind::NotALiteral { form }, argument.span),
        }
    }
}
