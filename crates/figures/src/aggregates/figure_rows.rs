//! The rows of figures: one for each field, group, measure and category.

use std::sync::Arc;

use domain::Decimal;
use rules::Number;

use super::grouping::ALL;
use super::inquiry::Inquiry;
use super::measure::Measure;
use super::words::word;
use crate::table::{Category, Cell, Column, Role, ValueType};

/// To how many places a share is told.
const SHARE_PLACES: u8 = 4;
/// To how many places any other number is told.
const NUMBER_PLACES: u8 = 10;

/// Why there is no value where one is told: nobody answered.
const NO_ANSWERS: &str = "no_answers";
/// Why there is no value where one is told: it has more digits than a figure has.
const TOO_MANY_DIGITS: &str = "too_many_digits";

/// The rows of figures, as they are made.
pub(super) struct FigureRows<'i> {
    inquiry: &'i Inquiry<'i>,
    groups: &'i [Category],
    rows: Vec<Vec<Cell>>,
    /// The categories that any row has, in the order in which they came.
    categories: Vec<Category>,
}

/// The rows of a field in a group.
pub(super) struct RowPlace<'r, 'i> {
    /// The field's address.
    pub question: Arc<str>,
    /// The group's code.
    pub group: Arc<str>,
    /// Where they go.
    pub rows: &'r mut FigureRows<'i>,
}

impl<'i> FigureRows<'i> {
    /// No rows yet.
    pub fn new(inquiry: &'i Inquiry<'i>, groups: &'i [Category]) -> Self {
        Self {
            inquiry,
            groups,
            rows: Vec::new(),
            categories: vec![Category {
                code: ALL.into(),
                label: word(ALL, inquiry.languages),
            }],
        }
    }

    /// The columns and the rows.
    pub fn finish(self, questions: Vec<Category>) -> (Vec<Column>, Vec<Vec<Cell>>) {
        let languages = self.inquiry.languages;
        let label = |code: &str| word(code, languages);
        let measures = Measure::ALL.iter().filter(|measure| {
            let code = measure.as_str();
            let is = |row: &Vec<Cell>| row.iter().any(|cell| *cell == Cell::Code(code.into()));
            self.rows.iter().any(is)
        });
        let measures = measures.map(|measure| Category {
            code: measure.as_str().into(),
            label: label(measure.as_str()),
        });
        let mut columns = vec![Column::dimension("question", label("question"), questions)];
        columns.extend(self.inquiry.group_column(self.groups));
        columns.push(Column::dimension(
            "measure",
            label("measure"),
            measures.collect(),
        ));
        columns.push(Column::dimension(
            "category",
            label("category"),
            self.categories,
        ));
        columns.push(Column {
            code: "label".to_owned(),
            label: label("label"),
            role: Role::Attribute,
            values: ValueType::Text,
        });
        columns.push(Column {
            code: "value".to_owned(),
            label: label("value"),
            role: Role::Measure,
            values: ValueType::Decimal,
        });
        let statuses = [NO_ANSWERS, TOO_MANY_DIGITS].map(|code| Category {
            code: code.into(),
            label: label(code),
        });
        columns.push(Column {
            code: "status".to_owned(),
            label: label("status"),
            role: Role::Status,
            values: ValueType::Code(statuses.into()),
        });
        (columns, self.rows)
    }

    fn category(&mut self, code: &str, label: &str) -> Arc<str> {
        if let Some(known) = self.categories.iter().find(|known| &*known.code == code) {
            return Arc::clone(&known.code);
        }
        let code: Arc<str> = code.into();
        let label = if label.is_empty() { &code } else { label };
        self.categories.push(Category {
            code: Arc::clone(&code),
            label: label.to_owned(),
        });
        code
    }
}

impl RowPlace<'_, '_> {
    /// A count.
    pub fn count(&mut self, measure: Measure, category: &str, label: &str, count: u64) {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.add(
            measure,
            category,
            label,
            Some(Number::from(count)),
            NO_ANSWERS,
        );
    }

    /// A share of a whole, which nothing has a share of that is nothing.
    pub fn share(&mut self, category: &str, label: &str, part: u64, whole: u64) {
        let number = |count: u64| Number::from(i64::try_from(count).unwrap_or(i64::MAX));
        let share = number(part).over(number(whole)).ok();
        let share = share.map(|share| share.rounded(SHARE_PLACES));
        self.add(Measure::Share, category, label, share, NO_ANSWERS);
    }

    /// A number that is told of those that were answered: none of them was, or it has too many digits.
    pub fn number(&mut self, measure: Measure, category: &str, number: Option<Option<Number>>) {
        let why = if number.is_none() {
            NO_ANSWERS
        } else {
            TOO_MANY_DIGITS
        };
        self.add(measure, category, "", number.flatten(), why);
    }

    fn add(
        &mut self,
        measure: Measure,
        category: &str,
        label: &str,
        value: Option<Number>,
        why_none: &str,
    ) {
        let value = value.and_then(|value| {
            let rounded = value.rounded(NUMBER_PLACES).to_string();
            rounded.parse::<Decimal>().ok()
        });
        let mut row = vec![Cell::Code(Arc::clone(&self.question))];
        if self.rows.inquiry.group_by.is_some() {
            row.push(Cell::Code(Arc::clone(&self.group)));
        }
        row.push(Cell::Code(measure.as_str().into()));
        row.push(Cell::Code(self.rows.category(category, label)));
        row.push(if label.is_empty() {
            Cell::Blank
        } else {
            Cell::Text(label.into())
        });
        let status = if value.is_some() {
            Cell::Blank
        } else {
            Cell::Code(why_none.into())
        };
        row.push(value.map_or(Cell::Blank, Cell::Decimal));
        row.push(status);
        self.rows.rows.push(row);
    }
}
