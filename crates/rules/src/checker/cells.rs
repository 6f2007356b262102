//! `field("…")`, and `cells("…")` with its pattern, of this round or the last, or in the row or entry on which a rule stands.

use super::Checker;
use crate::expression::{Call, Expression, ExpressionKind};
use crate::fault::FaultKind;
use crate::limits::{MAX_CELL_PATTERNS, MAX_CELLS};
use crate::place::Span;
use crate::schema::Standing;
use crate::schema::pattern::is_like;
use crate::tree::{Cells, Items, ItemsKind, Reading};
use crate::types::Type;

pub(super) const FIELD: &str = "field(\"address\") or last.field(\"address\")";
pub(super) const CELLS: &str = "cells(\"pattern\") or cells(\"pattern\", \"all but this pattern\"), after last. row. or entry. too";

/// A cell, and what it holds.
type Cell = (Cells, Type);

impl Checker<'_> {
    /// The field whose address is written out.
    pub(super) fn field(&mut self, call: &Call, span: Span) -> Option<(Reading, Type)> {
        let is_last = match receiver(call) {
            None => false,
            Some("last") => true,
            Some(_) => return self.fault(FaultKind::WrongArguments { form: FIELD }, span),
        };
        let [argument] = self.arguments(call, FIELD, span)?;
        let address = self.literal(argument, FIELD)?;
        let Some((field, holds)) = self.schema.named(address) else {
            return self.unknown_field(address, argument.span);
        };
        let reading = if is_last {
            Reading::Last(field)
        } else {
            Reading::Field(field)
        };
        self.reads.insert(reading);
        Some((reading, holds.clone()))
    }

    /// The cells whose addresses are like a pattern, and what they hold.
    pub(super) fn cells(&mut self, call: &Call, span: Span) -> Option<(Items, Type)> {
        let (pattern, but) = match call.arguments.as_slice() {
            [pattern] => (self.literal(pattern, CELLS)?, None),
            [pattern, but] => {
                let literals = (self.literal(pattern, CELLS), self.literal(but, CELLS));
                (literals.0?, Some(literals.1?))
            }
            _ => return self.fault(FaultKind::WrongArguments { form: CELLS }, span),
        };
        let place = call
            .arguments
            .first()
            .map_or(span, |argument| argument.span);
        let of = receiver(call);
        let is_relative = matches!(of, Some("row" | "entry"));
        for (pattern, argument) in [Some(pattern), but]
            .into_iter()
            .flatten()
            .zip(&call.arguments)
        {
            let begins_with_star = pattern.split('.').next() == Some("*") && !is_relative;
            if begins_with_star || pattern.split('.').any(|part| !is_part(part)) {
                let pattern = pattern.to_owned();
                return self.fault(FaultKind::BadCells { pattern }, argument.span);
            }
        }
        self.cell_patterns += 1;
        if self.cell_patterns > MAX_CELL_PATTERNS {
            return self.fault(FaultKind::TooManyCells, place);
        }
        let found: Vec<Cell> = match of {
            None => self.cells_of_schema(pattern, but, Reading::Field),
            Some("last") => self.cells_of_schema(pattern, but, Reading::Last),
            Some("row") => self.cells_of_row(pattern, but),
            Some("entry") => self.cells_of_entry(pattern, but),
            Some(_) => return self.fault(FaultKind::WrongArguments { form: CELLS }, span),
        };
        self.cells += found.len();
        if self.cells > MAX_CELLS {
            return self.fault(FaultKind::TooManyCells, place);
        }
        let Some((_, first)) = found.first() else {
            let pattern = pattern.to_owned();
            return self.fault(FaultKind::NoSuchCells { pattern }, place);
        };
        let mut kind = first.clone();
        for (_, holds) in &found {
            kind = self.cell_kind(kind, holds, place)?;
        }
        let cells: Vec<_> = found.into_iter().map(|(cell, _)| cell).collect();
        for Cells::One(reading) | Cells::EachEntry(reading) in &cells {
            self.reads.insert(*reading);
            // Whether it is only counted is not known yet.
            if kind == Type::Text {
                self.texts.insert(*reading);
            }
        }
        let kind_of_items = ItemsKind::Cells(cells);
        let items = Items {
            span,
            kind: kind_of_items,
        };
        Some((items, kind))
    }

    /// One type of all cells.
    fn cell_kind(&mut self, one: Type, other: &Type, span: Span) -> Option<Type> {
        match (&one, other) {
            (Type::Choice(_), Type::Choice(_)) | (Type::Choices(_), Type::Choices(_)) => {
                super::options::united(&one, other)
            }
            _ if one == *other => Some(one),
            // Words beside what a rule can only ask the presence of are no more than that either.
            (Type::Text, Type::Opaque) | (Type::Opaque, Type::Text) => Some(Type::Opaque),
            _ if one.is_number() && other.is_number() => {
                let is_whole = one.is_whole() && other.is_whole();
                Some(if is_whole { Type::Whole } else { Type::Decimal })
            }
            _ => {
                let (one, other) = (one.kind(), other.kind());
                self.fault(FaultKind::MixedTypes { one, other }, span)
            }
        }
    }

    fn cells_of_schema(
        &self,
        pattern: &str,
        but: Option<&str>,
        reading: fn(crate::FieldId) -> Reading,
    ) -> Vec<Cell> {
        let like = self.schema.like(pattern).into_iter();
        let like = like.filter(|id| but.is_none_or(|but| !is_like(self.schema.address(*id), but)));
        let cells = like.filter_map(|id| {
            let holds = self.schema.holds(id)?.clone();
            let cell = match self.schema.standing(id)? {
                Standing::Part => Cells::EachEntry(reading(id)),
                Standing::Single | Standing::List => Cells::One(reading(id)),
            };
            Some((cell, holds))
        });
        // One more than there may be is enough to tell that there are too many.
        cells.take(MAX_CELLS + 1).collect()
    }

    fn cells_of_row(&self, pattern: &str, but: Option<&str>) -> Vec<Cell> {
        let cells = self.scope.row.iter().enumerate();
        cells
            .filter(|(_, (name, _))| is_wanted(name, pattern, but))
            .map(|(number, (_, kind))| (Cells::One(Reading::Row(number)), kind.clone()))
            .collect()
    }

    fn cells_of_entry(&self, pattern: &str, but: Option<&str>) -> Vec<Cell> {
        let parts = self.scope.list.map(|list| self.schema.parts(list));
        let parts = parts.unwrap_or_default().into_iter();
        parts
            .filter(|(name, ..)| is_wanted(name, pattern, but))
            .map(|(_, field, kind)| (Cells::One(Reading::Entry(field)), kind.clone()))
            .collect()
    }
}

fn is_wanted(name: &str, pattern: &str, but: Option<&str>) -> bool {
    is_like(name, pattern) && but.is_none_or(|but| !is_like(name, but))
}

fn is_part(part: &str) -> bool {
    part == "*" || !part.is_empty() && !part.contains('*')
}

/// The single name before the dot of a call.
pub(super) fn receiver(call: &Call) -> Option<&str> {
    match call.receiver.as_deref() {
        Some(Expression {
            kind: ExpressionKind::Name(name),
            ..
        }) => Some(name),
        Some(_) => Some(""),
        None => None,
    }
}
