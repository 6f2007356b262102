//! What rules see of figures: what their names and patterns stand for, and what the figures come to.

use std::collections::HashMap;

use serde_json::Value;

use super::Answers;
use super::checks::Check;
use domain::questionnaire::{AnswerValue, FieldPlace, Form, Verdict};
use rules::expression::{Call, ExpressionKind, Operator};
use rules::{Expression, Number};

/// What rules see, as far as figures go.
pub struct Sight<'a> {
    form: &'a Form,
    /// Addresses of what rules name, but for the entries of lists, which are named by theirs.
    addresses: HashMap<&'a str, &'a str>,
    calculated: HashMap<&'a str, Number>,
    irrelevant: &'a [String],
}

/// A check where it is made.
pub struct Site<'a> {
    /// The check.
    pub check: &'a Check,
    /// The row or the entry.
    pub within: Option<&'a str>,
}

impl<'a> Sight<'a> {
    /// What rules see of a form's answers.
    pub fn new(form: &'a Form, verdict: &'a Verdict) -> Self {
        let single = form.fields().iter();
        let single = single.filter(|field| !field.is_of_entries());
        let calculated = verdict.calculated.iter().filter_map(|answer| {
            let AnswerValue::Decimal(decimal) = &answer.value else {
                return None;
            };
            Some((answer.code.as_str(), decimal.as_str().parse().ok()?))
        });
        Self {
            form,
            addresses: single
                .map(|field| (&*field.rule_name, &*field.address))
                .collect(),
            calculated: calculated.collect(),
            irrelevant: &verdict.irrelevant,
        }
    }

    /// Every address that a rule names alone.
    pub fn names(&self, site: &Site<'_>, rule: &Expression) -> Vec<String> {
        let inner: Vec<&Expression> = match &rule.kind {
            ExpressionKind::Name(name) => return self.address(site, name).into_iter().collect(),
            ExpressionKind::List(items) => items.iter().collect(),
            ExpressionKind::Member(of, _)
            | ExpressionKind::Not(of)
            | ExpressionKind::Negation(of) => vec![of],
            ExpressionKind::Call(Call {
                receiver,
                arguments,
                ..
            }) => receiver.as_deref().into_iter().chain(arguments).collect(),
            ExpressionKind::Chain(first, rest) => std::iter::once(&**first)
                .chain(rest.iter().map(|(_, operand)| operand))
                .collect(),
            ExpressionKind::Conditional(parts) => parts.iter().collect(),
            ExpressionKind::Bool(_)
            | ExpressionKind::Whole(_)
            | ExpressionKind::Decimal(_)
            | ExpressionKind::Text(_) => Vec::new(),
        };
        let named = inner.into_iter();
        named.flat_map(|part| self.names(site, part)).collect()
    }

    /// The field that one side of a comparison is, and nothing else.
    pub fn alone(&self, site: &Site<'_>, side: &Expression) -> Option<String> {
        match &side.kind {
            ExpressionKind::Name(name) => self.address(site, name),
            _ => None,
        }
    }

    /// The cells of which one side is the sum, and nothing else.
    pub fn summed(&self, site: &Site<'_>, side: &Expression) -> Option<Vec<String>> {
        match &side.kind {
            ExpressionKind::Call(call) if call.name.starts_with("sum") => {
                let [list] = call.arguments.as_slice() else {
                    return None;
                };
                let cells = self.cells(site, list)?.into_iter();
                Some(cells.filter(|cell| self.is_asked(cell)).collect())
            }
            _ => None,
        }
    }

    /// The address that a name stands for.
    fn address(&self, site: &Site<'_>, name: &str) -> Option<String> {
        let this = site.check.this.as_deref();
        let in_rules = match name.split_once('.') {
            None if name == "this" => site.placed(this?),
            Some(("row" | "entry", rest)) => {
                let (question, _) = this?.split_once('.')?;
                format!("{question}.{}.{rest}", site.within?)
            }
            Some(("last" | "this", _)) => return None,
            _ => name.to_owned(),
        };
        let known = self.addresses.get(in_rules.as_str());
        Some(known.map_or(in_rules, |address| (*address).to_owned()))
    }

    /// The addresses of a list of fields.
    fn cells(&self, site: &Site<'_>, list: &Expression) -> Option<Vec<String>> {
        match &list.kind {
            ExpressionKind::List(items) => {
                let named = items.iter().map(|item| self.alone(site, item));
                named.collect()
            }
            ExpressionKind::Call(call) if call.name == "cells" => {
                let of_row = match call.receiver.as_ref().map(|receiver| &receiver.kind) {
                    None => String::new(),
                    Some(ExpressionKind::Name(name)) if name == "row" => {
                        let (question, _) = site.check.this.as_deref()?.split_once('.')?;
                        format!("{question}.{}.", site.within?)
                    }
                    Some(_) => return None,
                };
                let patterns = call.arguments.iter().map(|argument| match &argument.kind {
                    ExpressionKind::Text(text) => Some(format!("{of_row}{text}")),
                    _ => None,
                });
                let patterns: Vec<String> = patterns.collect::<Option<_>>()?;
                let (pattern, but) = (patterns.first()?, patterns.get(1));
                let cells = self.form.fields().iter().filter(|field| {
                    matches!(field.place, FieldPlace::Cell { .. })
                        && is_like(&field.rule_name, pattern)
                        && !but.is_some_and(|but| is_like(&field.rule_name, but))
                });
                Some(cells.map(|field| field.address.to_string()).collect())
            }
            _ => None,
        }
    }

    /// The figure that an expression comes to; none where it needs one that is not there, or is no sum.
    pub fn number(
        &self,
        site: &Site<'_>,
        expression: &Expression,
        answers: &Answers,
    ) -> Option<Number> {
        match &expression.kind {
            ExpressionKind::Whole(number) | ExpressionKind::Decimal(number) => Some(*number),
            ExpressionKind::Name(name) => self.value(&self.address(site, name)?, answers),
            ExpressionKind::Call(call) if matches!(call.name.as_str(), "sum" | "sum_known") => {
                let mut sum = Number::from(0);
                for cell in self.summed(site, expression)? {
                    match self.value(&cell, answers) {
                        Some(value) => sum = sum.plus(value).ok()?,
                        None if call.name == "sum_known" => {}
                        None => return None,
                    }
                }
                Some(sum)
            }
            ExpressionKind::Chain(first, rest) => {
                let mut value = self.number(site, first, answers)?;
                for (operator, operand) in rest {
                    let operand = self.number(site, operand, answers)?;
                    value = match operator {
                        Operator::Plus => value.plus(operand).ok()?,
                        Operator::Minus => value.minus(operand).ok()?,
                        Operator::Times => value.times(operand).ok()?,
                        _ => return None,
                    };
                }
                Some(value)
            }
            _ => None,
        }
    }

    /// The figure that an address holds, or that is calculated there.
    pub fn value(&self, address: &str, answers: &Answers) -> Option<Number> {
        let calculated = self.calculated.get(address).copied();
        calculated.or_else(|| match answers.get(address)?.get("value")? {
            Value::Number(number) => number.to_string().parse().ok(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        })
    }

    fn is_asked(&self, address: &str) -> bool {
        !self.irrelevant.iter().any(|path| is_at(address, path))
    }
}

impl Site<'_> {
    fn placed(&self, name: &str) -> String {
        match self.within {
            Some(within) => name.replacen('*', within, 1),
            None => name.to_owned(),
        }
    }
}

/// Whether an address is this one or below it.
pub fn is_at(address: &str, path: &str) -> bool {
    let below = address.strip_prefix(path);
    below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
}

fn is_like(name: &str, pattern: &str) -> bool {
    let (names, patterns) = (name.split('.'), pattern.split('.'));
    names.clone().count() == patterns.clone().count()
        && names
            .zip(patterns)
            .all(|(name, wanted)| wanted == "*" || name == wanted)
}
