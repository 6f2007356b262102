//! What the rule of a check says of figures, read from its text: which it compares, with what, and what would make it hold. Sums,
//! differences and what is more or less are understood; of anything else a check is explained.

use super::Answers;
use super::sight::{Sight, Site};
use domain::questionnaire::CheckKind;
use rules::expression::{ExpressionKind, Operator};
use rules::{Expression, Number};

/// What would make a comparison hold.
pub enum Mend {
    /// The field has this value.
    Becomes(String, Number),
    /// Two days change places.
    Swap(String, String),
    /// The fields add up to this.
    ShareOut(Vec<String>, Number),
}

impl Sight<'_> {
    /// What would make it hold: of all that must, everything; of what may, the first.
    pub fn mends(&self, site: &Site<'_>, rule: &Expression, answers: &Answers) -> Vec<Mend> {
        let ExpressionKind::Chain(first, rest) = &rule.kind else {
            return Vec::new();
        };
        let operands = std::iter::once(&**first).chain(rest.iter().map(|(_, operand)| operand));
        let mut each = operands.map(|operand| self.mends(site, operand, answers));
        match rest.as_slice() {
            [(Operator::And, _), ..] => each.flatten().collect(),
            [(Operator::Or, _), ..] => each.find(|mends| !mends.is_empty()).unwrap_or_default(),
            [(Operator::Equal, other)] => self.equal(site, first, other, answers),
            [(Operator::AtMost, other)] => self.at_most(site, first, other, answers),
            [(Operator::AtLeast, other)] => self.at_most(site, other, first, answers),
            _ => Vec::new(),
        }
    }

    /// A sum is what it sums: the figure that stands alone becomes the other side.
    fn equal(
        &self,
        site: &Site<'_>,
        one: &Expression,
        other: &Expression,
        answers: &Answers,
    ) -> Vec<Mend> {
        let value = |side| self.number(site, side, answers);
        let alone = |side| self.alone(site, side);
        let mend = match (value(one), value(other), alone(one), alone(other)) {
            (Some(first), Some(second), ..) if first == second => None,
            // Two figures that should be alike and are not: there is a reason for it, which is told.
            (_, _, Some(_), Some(_)) if site.check.kind == CheckKind::Explain => None,
            (_, Some(second), Some(address), None) => Some(Mend::Becomes(address, second)),
            (Some(first), _, _, Some(address)) => Some(Mend::Becomes(address, first)),
            (Some(_), Some(second), None, None) => self
                .summed(site, one)
                .map(|cells| Mend::ShareOut(cells, second)),
            (Some(total), None, Some(address), None) => {
                self.at_least_known(site, other, total, address, answers)
            }
            _ => None,
        };
        mend.into_iter().collect()
    }

    /// Where parts of a total are not known, it is more than those that are.
    fn at_least_known(
        &self,
        site: &Site<'_>,
        parts: &Expression,
        total: Number,
        address: String,
        answers: &Answers,
    ) -> Option<Mend> {
        let mut known = Number::from(0);
        for cell in self.summed(site, parts)? {
            if let Some(value) = self.value(&cell, answers) {
                known = known.plus(value).ok()?;
            }
        }
        (total < known).then_some(Mend::Becomes(address, by_a_quarter(known)?))
    }

    /// What is to be the larger becomes larger, where it stands alone.
    fn at_most(
        &self,
        site: &Site<'_>,
        less: &Expression,
        more: &Expression,
        answers: &Answers,
    ) -> Vec<Mend> {
        if let Some((inner, wanted)) = distance(less) {
            return self.equal(site, inner, wanted, answers);
        }
        let alone = |side| self.alone(site, side);
        let mend = match (alone(less), alone(more)) {
            (Some(first), Some(last)) if is_text_above(answers, &first, &last) => {
                Some(Mend::Swap(first, last))
            }
            (is_alone, Some(address)) => {
                let value = |side| self.number(site, side, answers);
                let (less, more) = (value(less), value(more));
                let least = less.zip(more).filter(|(less, more)| less > more);
                least.and_then(|(less, _)| {
                    // A part is less than the whole rather than all of it.
                    let wanted = match is_alone {
                        Some(_) => by_a_quarter(less)?,
                        None => less,
                    };
                    Some(Mend::Becomes(address, wanted))
                })
            }
            _ => None,
        };
        mend.into_iter().collect()
    }
}

/// More by a quarter.
fn by_a_quarter(number: Number) -> Option<Number> {
    let factor = "1.25".parse().ok()?;
    Some(number.times(factor).ok()?.rounded(0))
}

/// What `abs(one - 100)` is the distance of: such a side is small where both are equal.
fn distance(side: &Expression) -> Option<(&Expression, &Expression)> {
    let ExpressionKind::Call(call) = &side.kind else {
        return None;
    };
    let [argument] = call.arguments.as_slice() else {
        return None;
    };
    let ExpressionKind::Chain(one, rest) = &argument.kind else {
        return None;
    };
    match rest.as_slice() {
        [(Operator::Minus, other)]
            if call.name == "abs" && matches!(other.kind, ExpressionKind::Whole(_)) =>
        {
            Some((one, other))
        }
        _ => None,
    }
}

/// Whether both hold days or months, the first a later one than the last.
fn is_text_above(answers: &Answers, first: &str, last: &str) -> bool {
    let text = |address: &str| {
        let value = answers.get(address)?.get("value")?.as_str()?;
        value.contains('-').then_some(value)
    };
    text(first)
        .zip(text(last))
        .is_some_and(|(first, last)| first > last)
}
