//! Names: fields by their addresses, what `this`, `row`, `entry` and `last` stand for, and the parts of what they name.

use super::{Checked, Checker, node};
use crate::expression::{Expression, ExpressionKind};
use crate::fault::{Expected, FaultKind};
use crate::place::Span;
use crate::schema::FieldId;
use crate::suggestion;
use crate::tree::{Node, Operation, Reading, Source};
use crate::types::{Kind, Type};

/// What a name begins with, what that holds, and what is asked of it after that.
type Found<'n> = (Source, Type, &'n str);

impl Checker<'_> {
    /// The value that a name stands for.
    pub(super) fn name(&mut self, name: &str, span: Span) -> Checked {
        let (source, kind, members) = self.find(name, span)?;
        let mut checked = self.read(source, kind, span)?;
        for member in members.split('.').filter(|member| !member.is_empty()) {
            checked = self.member(checked.0, checked.1, member, span)?;
        }
        Some(checked)
    }

    pub(super) fn read(&mut self, source: Source, kind: Type, span: Span) -> Checked {
        match (&kind, source) {
            (Type::Entries, _) => self.wrong_type(Expected::OneOf(Kind::COMPARABLE), &kind, span),
            (_, Source::Field(reading)) => {
                if kind == Type::Text {
                    self.texts.insert(reading);
                }
                Some((node(span, Operation::Read(reading)), kind))
            }
            (_, Source::Local(number)) => Some((node(span, Operation::Local(number)), kind)),
        }
    }

    /// A part of a value: of money its amount and its currency.
    pub(super) fn member(&mut self, of: Node, kind: Type, name: &str, span: Span) -> Checked {
        match (&kind, name) {
            (Type::Money, "amount") => {
                Some((node(span, Operation::Amount(Box::new(of))), Type::Decimal))
            }
            (Type::Money, "currency") => {
                Some((node(span, Operation::Currency(Box::new(of))), Type::Text))
            }
            _ => {
                let (name, of) = (name.to_owned(), kind.kind());
                self.fault(FaultKind::UnknownMember { name, of }, span)
            }
        }
    }

    /// What a name names, as far as a field's address goes.
    pub(super) fn find<'n>(&mut self, name: &'n str, span: Span) -> Option<Found<'n>> {
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        let local = self.locals.iter().rposition(|(local, _)| local == first);
        if let Some((number, (_, kind))) = local.and_then(|at| Some((at, self.locals.get(at)?))) {
            return Some((Source::Local(number), kind.clone(), rest));
        }
        let (is_last, name_in_round) = match first {
            "last" => (true, rest),
            _ => (false, name),
        };
        if let Some(word) = self.out_of_place(name_in_round, is_last) {
            return self.fault(FaultKind::OutOfPlace { word }, span);
        }
        let found = longest(name_in_round, |beginning| self.reading(beginning, is_last));
        // What is asked of a value without parts is more likely a wrong name than a wrong part.
        let found = found.filter(|(_, kind, rest)| rest.is_empty() || *kind == Type::Money);
        let Some((reading, kind, rest)) = found else {
            return self.unknown_field(name, span);
        };
        self.reads.insert(reading);
        Some((Source::Field(reading), kind, rest))
    }

    /// The word with which a name begins, if it means nothing where the rule stands.
    fn out_of_place(&self, name: &str, is_last: bool) -> Option<&'static str> {
        match name.split('.').next()? {
            "this" if self.scope.this.is_none() || is_last && self.scope.list.is_some() => {
                Some("this")
            }
            "row" if self.scope.row.is_empty() => Some("row"),
            // Entries of two rounds are not the same.
            "entry" if self.scope.list.is_none() || is_last => Some("entry"),
            _ => None,
        }
    }

    /// What is read under a whole name.
    fn reading(&self, name: &str, is_last: bool) -> Option<(Reading, Type)> {
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        match first {
            "this" if rest.is_empty() => {
                let this = self.scope.this.clone()?;
                let (now, last) = (Reading::This, Reading::LastThis);
                Some((if is_last { last } else { now }, this))
            }
            "this" => None,
            "row" => self.row_cell(rest, is_last),
            "entry" => self.entry_part(rest),
            _ => {
                let (field, holds) = self.schema.named(name)?;
                let (now, last) = (Reading::Field(field), Reading::Last(field));
                Some((if is_last { last } else { now }, holds.clone()))
            }
        }
    }

    fn row_cell(&self, name: &str, is_last: bool) -> Option<(Reading, Type)> {
        let number = self.scope.row.iter().position(|(cell, _)| cell == name)?;
        let (_, kind) = self.scope.row.get(number)?;
        let (now, last) = (Reading::Row(number), Reading::LastRow(number));
        Some((if is_last { last } else { now }, kind.clone()))
    }

    fn entry_part(&self, name: &str) -> Option<(Reading, Type)> {
        let address = format!("{}.*.{name}", self.schema.address(self.scope.list?));
        let field = self.schema.field(&address)?;
        let holds = self.schema.holds(field)?;
        Some((Reading::Entry(field), holds.clone()))
    }

    /// Whether a suggestion is left, which is then used.
    pub(super) fn may_suggest(&mut self) -> bool {
        let is_left = self.suggestions_left > 0;
        self.suggestions_left = self.suggestions_left.saturating_sub(1);
        is_left
    }

    pub(super) fn unknown_field<T>(&mut self, name: &str, span: Span) -> Option<T> {
        let mut nearest = None;
        if self.may_suggest() {
            let (prefix, address) = match name.strip_prefix("last.") {
                Some(address) => ("last.", address),
                None => ("", name),
            };
            let names = self.scope.names(self.schema);
            let names = names.iter().map(String::as_str);
            let found = suggestion::nearest(address, self.schema.addresses().chain(names));
            nearest = found.map(|found| format!("{prefix}{found}"));
        }
        let name = name.to_owned();
        self.fault(FaultKind::UnknownField { name, nearest }, span)
    }

    /// The list that a name names, if it names one.
    pub(super) fn entries(&mut self, expression: &Expression) -> Option<Reading> {
        let (address, reading): (_, fn(FieldId) -> Reading) = match &expression.kind {
            ExpressionKind::Name(name) => match name.strip_prefix("last.") {
                Some(address) => (address, Reading::Last),
                None => (name.as_str(), Reading::Field),
            },
            _ => return None,
        };
        let (list, holds) = self.schema.named(address)?;
        let reading = (*holds == Type::Entries).then(|| reading(list))?;
        self.reads.insert(reading);
        Some(reading)
    }

    /// A field, of which it is asked whether it is there.
    pub(super) fn source(&mut self, expression: &Expression) -> Option<Source> {
        match &expression.kind {
            ExpressionKind::Name(name) => {
                let (source, kind, rest) = self.find(name, expression.span)?;
                let is_part = rest.is_empty() || ["amount", "currency"].contains(&rest);
                if kind == Type::Entries {
                    return self.wrong_type(Expected::Field, &kind, expression.span);
                }
                if !is_part {
                    let (name, of) = (rest.to_owned(), kind.kind());
                    return self.fault(FaultKind::UnknownMember { name, of }, expression.span);
                }
                Some(source)
            }
            ExpressionKind::Call(call) if call.name == "field" => {
                let (reading, _) = self.field(call, expression.span)?;
                Some(Source::Field(reading))
            }
            _ => {
                let (_, kind) = self.value(expression)?;
                self.wrong_type(Expected::Field, &kind, expression.span)
            }
        }
    }
}

/// The longest beginning of a name that is known, and the rest of the name.
fn longest(
    name: &str,
    known: impl Fn(&str) -> Option<(Reading, Type)>,
) -> Option<(Reading, Type, &str)> {
    let mut end = name.len();
    loop {
        let beginning = name.get(..end)?;
        if let Some((reading, kind)) = known(beginning) {
            let rest = name.get(end..).unwrap_or_default();
            return Some((reading, kind, rest.strip_prefix('.').unwrap_or(rest)));
        }
        end = beginning.rfind('.')?;
    }
}
