//! What is computed of many values.

use std::cmp::Ordering;

use super::computing::Sum;
use super::{Evaluation, Outcome, comparing, unknown};
use crate::number::Number;
use crate::place::Span;
use crate::round::Round;
use crate::tree::{Fold, Items, ItemsKind, Node};
use crate::unknown::{Reason, Unknown};
use crate::value::Datum;

impl<'a, R: Round + ?Sized> Evaluation<'a, R> {
    pub(super) fn fold(&mut self, fold: Fold, items: &'a Items, span: Span) -> Outcome<'a> {
        match fold {
            Fold::Sum => self.sum(items, span),
            Fold::SumKnown => self.sum_known(items, span),
            Fold::Least => self.furthest(items, Ordering::Less, span),
            Fold::Most => self.furthest(items, Ordering::Greater, span),
            Fold::Count => self.count(items),
            Fold::Size => self.size(items),
            Fold::Distinct => self.distinct(items, span),
        }
    }

    fn sum(&mut self, items: &'a Items, span: Span) -> Outcome<'a> {
        let mut sum = Sum::default();
        self.visit_values(items, |value| {
            sum.add(value?).map_err(|why| unknown(why, span))
        })?;
        Ok(sum.total().unwrap_or(Datum::Number(Number::ZERO)))
    }

    /// The sum of what is known. Of cells of which none is known it is not zero: nothing has been said.
    fn sum_known(&mut self, items: &'a Items, span: Span) -> Outcome<'a> {
        let (mut sum, mut is_any_absent) = (Sum::default(), false);
        self.visit_values(items, |value| match value {
            Ok(value) => sum.add(value).map_err(|why| unknown(why, span)),
            Err(why) if why.reason.is_absence() => {
                is_any_absent = true;
                Ok(())
            }
            Err(why) => Err(why),
        })?;
        match sum.total() {
            Some(total) => Ok(total),
            None if is_any_absent => Err(unknown(Reason::NothingKnown, span)),
            None => Ok(Datum::Number(Number::ZERO)),
        }
    }

    fn furthest(&mut self, items: &'a Items, wanted: Ordering, span: Span) -> Outcome<'a> {
        let mut furthest: Option<Datum<'a>> = None;
        self.visit_values(items, |value| {
            let value = value?;
            let is_further = match furthest {
                None => true,
                Some(furthest) => {
                    let order = comparing::order(value, furthest);
                    order.map_err(|why| unknown(why, span))? == wanted
                }
            };
            if is_further {
                furthest = Some(value);
            }
            Ok(())
        })?;
        furthest.ok_or(unknown(Reason::NothingKnown, span))
    }

    fn count(&mut self, items: &'a Items) -> Outcome<'a> {
        let mut count = 0;
        self.visit_values(items, |value| match value {
            Ok(_) => {
                count += 1;
                Ok(())
            }
            Err(why) if why.reason.is_absence() => Ok(()),
            Err(why) => Err(why),
        })?;
        Ok(Datum::Number(super::number(count)))
    }

    fn size(&mut self, items: &'a Items) -> Outcome<'a> {
        let is_written = matches!(items.kind, ItemsKind::Written(_));
        let mut count = 0;
        self.visit_values(items, |value| {
            count += 1;
            // A list in brackets is known if all of it is.
            if is_written {
                value.map(|_| ())
            } else {
                Ok(())
            }
        })?;
        Ok(Datum::Number(super::number(count)))
    }

    /// Whether no two are equal; each comparison is a step. Values that are not there are equal to none.
    fn distinct(&mut self, items: &'a Items, span: Span) -> Outcome<'a> {
        let is_written = matches!(items.kind, ItemsKind::Written(_));
        let mut values: Vec<Datum<'a>> = Vec::new();
        self.visit_values(items, |value| {
            match value {
                Ok(value) => values.push(value),
                Err(why) if is_written || !why.reason.is_absence() => return Err(why),
                Err(_) => {}
            }
            Ok(())
        })?;
        for (number, one) in values.iter().enumerate() {
            for other in values.iter().skip(number + 1) {
                self.step(span)?;
                if comparing::equal(*one, *other).map_err(|why| unknown(why, span))? {
                    return Ok(Datum::Bool(false));
                }
            }
        }
        Ok(Datum::Bool(true))
    }

    /// Whether a value is among others. It is known only if all of them are.
    pub(super) fn is_in(&mut self, of: &'a Node, items: &'a Items, span: Span) -> Outcome<'a> {
        let of = self.value(of)?;
        let mut is_found = false;
        self.visit_values(items, |value| {
            let value = value?;
            let is_same =
                comparing::equal(of, value).map_err(|why| -> Unknown { unknown(why, span) })?;
            is_found |= is_same;
            Ok(())
        })?;
        Ok(Datum::Bool(is_found))
    }
}
