//! Evaluation: three-valued, in a bounded number of steps, without allocating but for the cells of `all`, `exists` and `distinct`.

use crate::limits::{BYTES_OF_A_STEP, MAX_STEPS, WORK_OF_A_STEP};
use crate::number::Number;
use crate::place::Span;
use crate::round::{Round, Situation};
use crate::tree::{Node, Operation, Presence, Reading, Source};
use crate::unknown::{Reason, Unknown};
use crate::value::{Answer, Datum};

mod comparing;
mod computing;
mod folding;
mod items;

/// A value, or why there is none.
pub(crate) type Outcome<'a> = Result<Datum<'a>, Unknown>;

/// What a name of `all` or `exists` stands for just now.
#[derive(Clone, Copy)]
enum Local<'a> {
    /// A cell, which may be blank.
    Cell(&'a Answer),
    /// A value that is known.
    Value(Datum<'a>),
}

pub(crate) struct Evaluation<'a, R: ?Sized> {
    situation: Situation<'a, R>,
    steps: u32,
    locals: Vec<Local<'a>>,
}

fn unknown(reason: impl Into<Reason>, span: Span) -> Unknown {
    Unknown {
        reason: reason.into(),
        span,
        field: None,
    }
}

impl<'a, R: Round + ?Sized> Evaluation<'a, R> {
    pub(crate) fn new(situation: &Situation<'a, R>) -> Self {
        Self {
            situation: Situation {
                now: situation.now,
                last: situation.last,
                frame: situation.frame,
            },
            steps: 0,
            locals: Vec::new(),
        }
    }

    pub(crate) fn steps_taken(&self) -> u32 {
        self.steps
    }

    /// Counts a step, if there is one left.
    fn step(&mut self, span: Span) -> Result<(), Unknown> {
        if self.steps >= MAX_STEPS {
            return Err(unknown(Reason::TooManySteps, span));
        }
        self.steps += 1;
        Ok(())
    }

    /// What a part comes to.
    pub(crate) fn value(&mut self, node: &'a Node) -> Outcome<'a> {
        let span = node.span;
        self.step(span)?;
        match &node.operation {
            Operation::Constant(value) => Ok(value.into()),
            Operation::Read(reading) => self.read(*reading, span),
            Operation::Local(number) => match self.locals.get(*number) {
                Some(Local::Value(datum)) => Ok(*datum),
                Some(Local::Cell(answer)) => given(answer, span),
                None => Err(unknown(Reason::Blank, span)),
            },
            Operation::Not(of) => Ok(Datum::Bool(!self.truth(of)?)),
            Operation::Negation(of) => self.on_amount(of, |number| Ok(number.negated())),
            Operation::Truths(parts, is_all) => self.truths(parts, *is_all),
            Operation::Comparison(operands, comparison) => {
                let [left, right] = operands.as_ref();
                // Both are computed: what is unknown about the first is told first.
                let (left, right) = (self.value(left)?, self.value(right)?);
                let truth = comparing::compared(left, *comparison, right);
                truth.map(Datum::Bool).map_err(|why| unknown(why, span))
            }
            Operation::Arithmetic(first, rest) => self.arithmetic(first, rest),
            Operation::Conditional(parts) => {
                let [condition, one, other] = parts.as_ref();
                let chosen = if self.truth(condition)? { one } else { other };
                self.value(chosen)
            }
            Operation::In(of, items) => self.is_in(of, items, span),
            Operation::Presence(presence, source) => {
                Ok(Datum::Bool(self.presence(*presence, *source)))
            }
            Operation::Fold(fold, items) => self.fold(*fold, items, span),
            Operation::Each(items, predicate, is_all) => self.each(items, predicate, *is_all),
            Operation::TextTest(test, operands) => {
                let [of, part] = operands.as_ref();
                let (of, part) = (self.text(of)?, self.text(part)?);
                let truth = comparing::text_test(of, *test, part);
                truth.map(Datum::Bool).map_err(|why| unknown(why, span))
            }
            Operation::Matches(of, pattern) => {
                let of = self.value(of)?;
                if let Datum::Text(text) = of {
                    self.steps(pattern.work(text) / WORK_OF_A_STEP, span)?;
                }
                let truth = comparing::with_text(of, |text| pattern.is_in(text));
                truth.map(Datum::Bool).map_err(|why| unknown(why, span))
            }
            Operation::TextSize(of) => {
                let of = self.text(of)?;
                let size = comparing::with_text(of, |text| text.chars().count());
                let size = size.map_err(|why| unknown(why, span))?;
                Ok(Datum::Number(number(size)))
            }
            Operation::EntryCount(list) => self.entry_count(*list, span),
            Operation::Magnitude(of) => self.on_amount(of, |number| Ok(number.magnitude())),
            Operation::Rounded(of, places) => {
                self.on_amount(of, |number| Ok(number.rounded(*places)))
            }
            Operation::Days(days) => self.days(days, span),
            Operation::Year(of) => self.year(of, span),
            Operation::Amount(of) => match self.value(of)? {
                Datum::Money(amount, _) => Ok(Datum::Number(amount)),
                Datum::Number(Number::ZERO) => Ok(Datum::Number(Number::ZERO)),
                _ => Err(unknown(Reason::WrongType, span)),
            },
            Operation::Currency(of) => match self.value(of)? {
                Datum::Money(_, currency) => Ok(Datum::Currency(currency)),
                Datum::Number(Number::ZERO) => Err(unknown(Reason::NothingKnown, span)),
                _ => Err(unknown(Reason::WrongType, span)),
            },
        }
    }

    /// A part that is true or false.
    pub(crate) fn truth(&mut self, node: &'a Node) -> Result<bool, Unknown> {
        match self.value(node)? {
            Datum::Bool(truth) => Ok(truth),
            _ => Err(unknown(Reason::WrongType, node.span)),
        }
    }

    /// A text that will be read through: a step for each thousand bytes, so that long texts are bounded work too.
    fn text(&mut self, node: &'a Node) -> Outcome<'a> {
        let of = self.value(node)?;
        if let Datum::Text(text) = of {
            self.steps(text.len() / BYTES_OF_A_STEP, node.span)?;
        }
        Ok(of)
    }

    /// Counts steps, if there are so many left; if not, none is.
    fn steps(&mut self, steps: usize, span: Span) -> Result<(), Unknown> {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MAX_STEPS {
            self.steps = MAX_STEPS;
            return Err(unknown(Reason::TooManySteps, span));
        }
        Ok(())
    }

    /// One part that decides is enough, whatever is unknown of the others.
    fn truths(&mut self, parts: &'a [Node], is_all: bool) -> Outcome<'a> {
        let mut first_unknown = None;
        for part in parts {
            match self.truth(part) {
                Ok(truth) if truth == is_all => {}
                Ok(truth) => return Ok(Datum::Bool(truth)),
                Err(why) if why.reason == Reason::TooManySteps => return Err(why),
                Err(why) => first_unknown = first_unknown.or(Some(why)),
            }
        }
        first_unknown.map_or(Ok(Datum::Bool(is_all)), Err)
    }

    fn answer(&self, reading: Reading) -> &'a Answer {
        match reading {
            Reading::Field(field) => self.situation.field(field),
            Reading::Last(field) => self.situation.last_field(field),
            Reading::This => self.situation.this(),
            Reading::LastThis => self.situation.last_this(),
            Reading::Row(number) => self.situation.of_row(number),
            Reading::LastRow(number) => self.situation.of_last_row(number),
            Reading::Entry(part) => self.situation.of_entry(part),
        }
    }

    fn read(&self, reading: Reading, span: Span) -> Outcome<'a> {
        given(self.answer(reading), span).map_err(|why| self.about(why, reading))
    }

    /// The same, with the field that is not there.
    fn about(&self, why: Unknown, reading: Reading) -> Unknown {
        Unknown {
            field: reading.field_of_either(&self.situation.frame),
            ..why
        }
    }

    fn presence(&self, presence: Presence, source: Source) -> bool {
        let answer = match source {
            Source::Field(reading) => self.answer(reading),
            Source::Local(number) => match self.locals.get(number) {
                Some(Local::Cell(answer)) => answer,
                Some(Local::Value(_)) => return !matches!(presence, Presence::Missing(_)),
                None => return false,
            },
        };
        match (presence, answer) {
            (Presence::Has | Presence::Answered, Answer::Given(_)) => true,
            (Presence::Answered, Answer::Missing(_)) => true,
            (Presence::Missing(wanted), Answer::Missing(reason)) => {
                wanted.is_none_or(|wanted| wanted == *reason)
            }
            _ => false,
        }
    }
}

/// The value of an answer.
fn given(answer: &Answer, span: Span) -> Outcome<'_> {
    match answer {
        Answer::Given(value) => Ok(value.into()),
        Answer::Blank => Err(unknown(Reason::Blank, span)),
        Answer::NotRelevant => Err(unknown(Reason::NotRelevant, span)),
        Answer::Missing(why) => Err(unknown(Reason::Missing(*why), span)),
    }
}

fn number(count: usize) -> Number {
    Number::from(i64::try_from(count).unwrap_or(i64::MAX))
}
