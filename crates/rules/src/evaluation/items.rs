//! The values of a list, one after another, each of them a step.

use super::{Evaluation, Local, Outcome, given, unknown};
use crate::place::Span;
use crate::round::Round;
use crate::tree::{Cells, Items, ItemsKind, Node, Reading};
use crate::unknown::{Reason, Unknown};
use crate::value::{Answer, Datum};

impl<'a, R: Round + ?Sized> Evaluation<'a, R> {
    /// Goes through the values, or why there is none; an error ends it. Cells that are not relevant are no cells; blank ones are.
    fn visit(
        &mut self,
        items: &'a Items,
        visit: &mut impl FnMut(&mut Self, Result<Local<'a>, Unknown>) -> Result<(), Unknown>,
    ) -> Result<(), Unknown> {
        match &items.kind {
            ItemsKind::Written(parts) => {
                for part in parts {
                    let value = self.value(part);
                    stop(&value)?;
                    visit(self, value.map(Local::Value))?;
                }
            }
            ItemsKind::Chosen(of) => {
                let Datum::Choices(chosen) = self.value(of)? else {
                    return Err(unknown(Reason::WrongType, items.span));
                };
                for code in chosen {
                    self.step(items.span)?;
                    visit(self, Ok(Local::Value(Datum::Text(code))))?;
                }
            }
            ItemsKind::Cells(cells) => {
                for cell in cells {
                    match *cell {
                        Cells::One(reading) => {
                            let answer = self.answer(reading);
                            self.visit_cell(answer, items.span, visit)?;
                        }
                        Cells::EachEntry(reading) => {
                            for answer in self.entries(reading) {
                                self.visit_cell(answer, items.span, visit)?;
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn visit_cell(
        &mut self,
        answer: &'a Answer,
        span: Span,
        visit: &mut impl FnMut(&mut Self, Result<Local<'a>, Unknown>) -> Result<(), Unknown>,
    ) -> Result<(), Unknown> {
        self.step(span)?;
        if *answer == Answer::NotRelevant {
            return Ok(());
        }
        visit(self, Ok(Local::Cell(answer)))
    }

    fn entries(&self, reading: Reading) -> &'a [Answer] {
        match reading {
            Reading::Field(part) => self.situation.now.entries(part),
            Reading::Last(part) => self.situation.last.map_or(&[], |last| last.entries(part)),
            _ => &[],
        }
    }

    /// Goes through the values as far as they are known.
    pub(super) fn visit_values(
        &mut self,
        items: &'a Items,
        mut visit: impl FnMut(Outcome<'a>) -> Result<(), Unknown>,
    ) -> Result<(), Unknown> {
        let span = items.span;
        self.visit(items, &mut |_, local| {
            visit(match local {
                Ok(Local::Value(datum)) => Ok(datum),
                Ok(Local::Cell(answer)) => given(answer, span),
                Err(why) => Err(why),
            })
        })
    }

    pub(super) fn entry_count(&mut self, list: Reading, span: Span) -> Outcome<'a> {
        let count = match list {
            Reading::Last(list) => match self.situation.last {
                Some(last) => last.entry_count(list),
                None => return Err(self.about(unknown(Reason::Blank, span), Reading::Last(list))),
            },
            Reading::Field(list) => self.situation.now.entry_count(list),
            _ => None,
        };
        let count = count.ok_or_else(|| self.about(unknown(Reason::NotRelevant, span), list))?;
        Ok(Datum::Number(super::number(count)))
    }

    /// Whether each value is so, or any. One that decides is enough; of what is written in brackets every value must be known.
    pub(super) fn each(
        &mut self,
        items: &'a Items,
        predicate: &'a Node,
        is_all: bool,
    ) -> Outcome<'a> {
        let (mut decided, mut first_unknown, mut absent) = (false, None, None);
        let depth = self.locals.len();
        self.visit(items, &mut |evaluation, local| {
            let local = match local {
                Ok(local) => local,
                Err(why) => {
                    absent = absent.or(Some(why));
                    return Ok(());
                }
            };
            if decided {
                return Ok(());
            }
            evaluation.locals.push(local);
            let truth = evaluation.truth(predicate);
            evaluation.locals.truncate(depth);
            stop(&truth)?;
            match truth {
                Ok(truth) => decided = truth != is_all,
                Err(why) => first_unknown = first_unknown.or(Some(why)),
            }
            Ok(())
        })?;
        match (absent, decided, first_unknown) {
            (Some(why), ..) | (None, false, Some(why)) => Err(why),
            (None, decided, _) => Ok(Datum::Bool(decided != is_all)),
        }
    }
}

/// Goes on unless there are no steps left.
pub(super) fn stop<T>(outcome: &Result<T, Unknown>) -> Result<(), Unknown> {
    match outcome {
        Err(why) if why.reason == Reason::TooManySteps => Err(*why),
        _ => Ok(()),
    }
}
