//! The figures of fields: bases, options, numbers, and in which classes these lie.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::Number;

use super::base::Base;
use super::classes::Classes;
use super::figure_rows::{FigureRows, RowPlace};
use super::grouping::ALL;
use super::inquiry::Inquiry;
use super::measure::Measure;
use super::numbers::Summary;
use super::subject::{Extent, Measurement, Subject};
use crate::replies::{GivenAnswer, GivenValue, Replies};
use crate::table::{Category, Cell, Column};

/// What was answered to a field in a group.
#[derive(Clone, Debug, Default)]
pub struct FieldTally {
    /// On how many replies it stands.
    pub base: Base,
    /// How many chose each option.
    pub chosen: BTreeMap<Arc<str>, u64>,
    /// The numbers.
    pub numbers: Vec<Number>,
    /// The amounts, by currency.
    pub amounts: BTreeMap<Arc<str>, Vec<Number>>,
    /// How many answered in each year.
    pub years: BTreeMap<i16, u64>,
}

impl FieldTally {
    fn add(&mut self, answer: &GivenAnswer) {
        for option in answer.value.chosen() {
            *self.chosen.entry(Arc::clone(option)).or_default() += 1;
        }
        match &answer.value {
            GivenValue::Money(money) => {
                let amounts = self.amounts.entry(Arc::clone(&money.1)).or_default();
                amounts.push(money.0);
            }
            GivenValue::Whole(_) | GivenValue::Number(_) => {
                self.numbers.extend(answer.value.number());
            }
            GivenValue::Day(day) => *self.years.entry(day.year()).or_default() += 1,
            GivenValue::Present
            | GivenValue::Choice(_)
            | GivenValue::Choices(_)
            | GivenValue::Words(_)
            | GivenValue::Missing(_) => {}
        }
    }
}

/// What was answered to a field, all groups together first, then by group in their order.
pub fn field_tallies(
    replies: &Replies,
    inquiry: &Inquiry<'_>,
    subject: &Subject<'_>,
) -> (Vec<Category>, Vec<FieldTally>) {
    let sorted = inquiry.sort(replies);
    let tallies = tallies(&sorted, subject);
    (sorted.groups, tallies)
}

fn tallies(sorted: &super::inquiry::Sorted<'_>, subject: &Subject<'_>) -> Vec<FieldTally> {
    let mut tallies = vec![FieldTally::default(); sorted.groups.len()];
    for reply in &sorted.replies {
        let is_counted = reply.is_taken && reply.reply.countable.has(subject.section);
        for place in reply.places() {
            if let Some(tally) = tallies.get_mut(place)
                && let Some(answer) = tally.base.add(subject, reply.reply, is_counted)
            {
                tally.add(answer);
            }
        }
    }
    tallies
}

/// The figures of fields: their columns, and a row for each field, group and measure.
pub fn field_figures(
    replies: &Replies,
    inquiry: &Inquiry<'_>,
    subjects: &[Subject<'_>],
    classes: Option<&Classes>,
) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let sorted = inquiry.sort(replies);
    let mut rows = FigureRows::new(inquiry, &sorted.groups);
    for subject in subjects {
        let options = subject.options(inquiry.extent, inquiry.languages);
        let tallies = tallies(&sorted, subject);
        // Even classes are the same for all groups, or they could not be compared.
        let numbers = tallies.first().map_or(&[][..], |tally| &tally.numbers);
        let bounds = classes.map(|classes| classes.bounds(numbers));
        for (group, tally) in sorted.groups.iter().zip(&tallies) {
            let mut place = RowPlace {
                question: Arc::clone(subject.address()),
                group: Arc::clone(&group.code),
                rows: &mut rows,
            };
            place.base(tally, inquiry.extent);
            match subject.measurement() {
                Measurement::Presence => {}
                Measurement::Options => place.options(tally, &options),
                _ if inquiry.extent == Extent::Coarse => {}
                Measurement::Numbers { summed } => {
                    place.summary(ALL, Summary::of(&tally.numbers), summed);
                    if let Some(bounds) = &bounds {
                        place.classes(bounds, &tally.numbers);
                    }
                }
                Measurement::Money => {
                    for (currency, amounts) in &tally.amounts {
                        place.summary(currency, Summary::of(amounts), true);
                    }
                }
                Measurement::Days => place.years(&tally.years),
            }
        }
    }
    let questions = subjects.iter();
    let questions = questions.map(|subject| subject.category(inquiry.languages));
    rows.finish(questions.collect())
}

impl RowPlace<'_, '_> {
    fn base(&mut self, tally: &FieldTally, extent: Extent) {
        for (measure, count) in tally.base.measures(extent) {
            self.count(measure, ALL, "", count);
        }
    }

    fn options(&mut self, tally: &FieldTally, options: &[Category]) {
        for option in options {
            let count = tally.chosen.get(&option.code).copied().unwrap_or(0);
            self.count(Measure::Chosen, &option.code, &option.label, count);
            self.share(&option.code, &option.label, count, tally.base.answered);
        }
    }

    fn years(&mut self, years: &BTreeMap<i16, u64>) {
        for (year, count) in years {
            self.count(Measure::Chosen, &year.to_string(), "", *count);
        }
    }

    fn summary(&mut self, category: &str, summary: Option<Summary>, summed: bool) {
        let of = |tell: fn(&Summary) -> Option<Number>| summary.as_ref().map(tell);
        self.number(Measure::Minimum, category, of(|summary| Some(summary.min)));
        self.number(
            Measure::FirstQuartile,
            category,
            of(|summary| summary.first_quartile),
        );
        self.number(Measure::Median, category, of(|summary| summary.median));
        self.number(
            Measure::ThirdQuartile,
            category,
            of(|summary| summary.third_quartile),
        );
        self.number(Measure::Maximum, category, of(|summary| Some(summary.max)));
        self.number(Measure::Mean, category, of(|summary| summary.mean));
        if summed {
            self.number(Measure::Sum, category, of(|summary| summary.sum));
        }
    }

    fn classes(&mut self, bounds: &[Number], numbers: &[Number]) {
        for (class, count) in Classes::count(bounds, numbers) {
            self.count(Measure::InClass, &class, "", count);
        }
    }
}
