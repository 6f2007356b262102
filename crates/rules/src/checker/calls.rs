//! Functions, each with what it takes and gives.

use super::functions::{FUNCTIONS, form};
use super::{Checked, Checker, node};
use crate::expression::{Call, ExpressionKind};
use crate::fault::{Expected, FaultKind};
use crate::limits::MAX_PLACES;
use crate::place::Span;
use crate::suggestion;
use crate::tree::{Fold, Operation, Presence, TextTest};
use crate::types::{Kind, Type};
use crate::value::Missing;

impl Checker<'_> {
    pub(super) fn call(&mut self, call: &Call, span: Span) -> Checked {
        let form = form(&call.name);
        match (call.receiver.as_deref(), call.name.as_str()) {
            (_, "field") => {
                let (reading, kind) = self.field(call, span)?;
                self.read(crate::tree::Source::Field(reading), kind, span)
            }
            (_, "cells") => {
                self.cells(call, span);
                self.list_as_value(span)
            }
            (None, "has") => self.presence(Presence::Has, call, form, span),
            (None, "answered") => self.presence(Presence::Answered, call, form, span),
            (None, "missing") => self.missing(call, form, span),
            (None, "sum") => self.fold(Fold::Sum, Kind::AMOUNTS, call, form, span),
            (None, "sum_known") => self.fold(Fold::SumKnown, Kind::AMOUNTS, call, form, span),
            (None, "min") => self.fold(Fold::Least, Kind::ORDERED, call, form, span),
            (None, "max") => self.fold(Fold::Most, Kind::ORDERED, call, form, span),
            (None, "count") => self.count(Fold::Count, call, form, span),
            (None, "distinct") => self.count(Fold::Distinct, call, form, span),
            (None, "abs") => self.magnitude(call, form, span),
            (None, "round") => self.round(call, form, span),
            (None, "date") => self.date(call, form, span),
            (None, "month") => self.month(call, form, span),
            (None, "days") => self.days(call, form, span),
            (None, "year") => self.year(call, form, span),
            (None, "size") => {
                let [of] = self.arguments(call, form, span)?;
                self.size(of, span)
            }
            (Some(of), "size") if call.arguments.is_empty() => self.size(of, span),
            (Some(of), "all" | "exists") => self.each(of, call, form, span),
            (Some(of), "contains") => self.text_test(TextTest::Contains, of, call, form, span),
            (Some(of), "startsWith") => self.text_test(TextTest::StartsWith, of, call, form, span),
            (Some(of), "endsWith") => self.text_test(TextTest::EndsWith, of, call, form, span),
            (Some(of), "matches") => {
                let [pattern] = self.arguments(call, form, span)?;
                self.matches(of, pattern, form, span)
            }
            (None, "matches") => {
                let [of, pattern] = self.arguments(call, form, span)?;
                self.matches(of, pattern, form, span)
            }
            (_, name) if FUNCTIONS.iter().any(|(known, _)| *known == name) => {
                self.fault(FaultKind::WrongArguments { form }, span)
            }
            (_, name) => {
                let nearest = suggestion::nearest(name, FUNCTIONS.iter().map(|(name, _)| *name));
                let name = name.to_owned();
                self.fault::<()>(FaultKind::UnknownFunction { name, nearest }, span);
                // What it is given may be wrong too.
                for argument in &call.arguments {
                    match argument.kind {
                        ExpressionKind::List(_) => drop(self.items(argument)),
                        _ => drop(self.value(argument)),
                    }
                }
                None
            }
        }
    }

    fn presence(
        &mut self,
        presence: Presence,
        call: &Call,
        form: &'static str,
        span: Span,
    ) -> Checked {
        let [of] = self.arguments(call, form, span)?;
        let source = self.source(of)?;
        let operation = Operation::Presence(presence, source);
        Some((node(span, operation), Type::Bool))
    }

    fn missing(&mut self, call: &Call, form: &'static str, span: Span) -> Checked {
        let (of, reason) = match call.arguments.as_slice() {
            [of] => (of, None),
            [of, reason] => {
                let code = self.literal(reason, form);
                let read = code.and_then(Missing::read);
                if let (Some(code), None) = (code, read) {
                    let code = code.to_owned();
                    self.fault::<()>(FaultKind::UnknownReason { code }, reason.span);
                }
                (of, Some(read))
            }
            _ => return self.fault(FaultKind::WrongArguments { form }, span),
        };
        let source = self.source(of)?;
        let reason = match reason {
            None => None,
            Some(read) => Some(read?),
        };
        let operation = Operation::Presence(Presence::Missing(reason), source);
        Some((node(span, operation), Type::Bool))
    }

    fn fold(
        &mut self,
        fold: Fold,
        kinds: &'static [Kind],
        call: &Call,
        form: &'static str,
        span: Span,
    ) -> Checked {
        let [of] = self.arguments(call, form, span)?;
        let (items, kind) = self.items_of(of, kinds)?;
        let is_sum = matches!(fold, Fold::Sum | Fold::SumKnown);
        let kind = if is_sum && kind == Type::Year {
            Type::Whole
        } else {
            kind
        };
        Some((node(span, Operation::Fold(fold, items)), kind))
    }

    fn count(&mut self, fold: Fold, call: &Call, form: &'static str, span: Span) -> Checked {
        let [of] = self.arguments(call, form, span)?;
        let (items, kind) = self.items(of)?;
        if fold == Fold::Distinct && !Kind::COMPARABLE.contains(&kind.kind()) {
            return self.wrong_type(Expected::ListOf(Kind::COMPARABLE), &kind, of.span);
        }
        let kind = if fold == Fold::Distinct {
            Type::Bool
        } else {
            Type::Whole
        };
        Some((node(span, Operation::Fold(fold, items)), kind))
    }

    fn magnitude(&mut self, call: &Call, form: &'static str, span: Span) -> Checked {
        let [of] = self.arguments(call, form, span)?;
        let (of, kind) = self.of_kinds(of, Kind::AMOUNTS)?;
        Some((node(span, Operation::Magnitude(Box::new(of))), kind))
    }

    fn round(&mut self, call: &Call, form: &'static str, span: Span) -> Checked {
        let (of, places) = match call.arguments.as_slice() {
            [of] => (of, Some(0)),
            [of, places] => {
                let number = self.literal_number(places, form);
                let read = number.and_then(|number| u8::try_from(number.to_i64()?).ok());
                let read = read.filter(|read| *read <= MAX_PLACES);
                if number.is_some() && read.is_none() {
                    self.fault::<()>(FaultKind::BadPlaces, places.span);
                }
                (of, read)
            }
            _ => return self.fault(FaultKind::WrongArguments { form }, span),
        };
        let (of, kind) = self.of_kinds(of, Kind::AMOUNTS)?;
        let places = places?;
        let kind = match kind {
            Type::Decimal if places == 0 => Type::Whole,
            kind => kind,
        };
        let operation = Operation::Rounded(Box::new(of), places);
        Some((node(span, operation), kind))
    }
}
