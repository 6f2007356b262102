//! Rows by columns. Each cell is a field: `P1.theft.y2024`.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

use super::Sum;
use super::part::{code_faults, not_inside};
use super::{FieldType, QuestionType};
use crate::fault::{self, Fault, pointer};
use crate::phrase::expected;
use crate::questionnaire::code_list::CodeLists;
use crate::questionnaire::conditions::{Conditions, Requirement, requirement};
use crate::questionnaire::definition::Definition;
use crate::questionnaire::need_statement::{NeedStatement, need_statement};
use crate::questionnaire::object_reader::ObjectReader;
use crate::questionnaire::reading::rule;
use crate::questionnaire::{MAX_COLUMNS, MAX_ROWS};
use crate::{Texts, WholeNumber};

/// How many years before the reference year a column can be.
const MAX_YEARS_BACK: i64 = 30;

/// Where a table asks its currency, beside its rows.
pub(in crate::questionnaire) const CURRENCY: &str = "currency";

/// Rows by columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// Its rows.
    #[serde(flatten)]
    pub rows: RowSource,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Whether it asks its currency once, at `<table>.currency`: columns of money then hold amounts.
    #[serde(skip_serializing_if = "is_false")]
    pub currency: bool,
    /// How each row states a need for technical assistance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<Box<NeedStatement>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// Where a table's rows come from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowSource {
    /// They are its own.
    Rows(Vec<Row>),
    /// The options chosen in a question before it: a row for each.
    RowsOf(String),
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// `theft`: unique in the table, `[a-z][a-z0-9_]{0,39}`, and no word that rules reserve.
    pub code: String,
    /// What stands at its head.
    pub text: Texts,
    /// The number that people cite it by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// When it is asked: a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<String>,
    /// Whether each of its cells must be answered.
    pub required: Requirement,
    /// What it comes to.
    #[serde(flatten)]
    pub sum: Option<Sum>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// By what it is addressed.
    #[serde(flatten)]
    pub name: ColumnName,
    /// What stands at its head; of a year nothing needs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Texts>,
    /// What it comes to.
    #[serde(flatten)]
    pub sum: Option<Sum>,
    /// Under which conditions its cells are asked.
    #[serde(flatten)]
    pub conditions: Conditions,
    /// What its cells take.
    #[serde(flatten)]
    pub kind: FieldType,
}

/// By what a column is addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnName {
    /// A code.
    Code(String),
    /// A year: so many years before the collection's reference year. In rules it is `y0`, `y1` …; in addresses the year itself.
    YearsBack(u8),
}

impl Serialize for ColumnName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Code(code) => map.serialize_entry("code", code)?,
            Self::YearsBack(back) => map.serialize_entry("year", &-i16::from(*back))?,
        }
        map.end()
    }
}

impl ColumnName {
    /// As rules name it.
    pub fn in_rules(&self) -> String {
        match self {
            Self::Code(code) => code.clone(),
            Self::YearsBack(back) => format!("y{back}"),
        }
    }

    /// As addresses do, where the reference year is this one; as rules do, where there is none yet.
    pub fn in_addresses(&self, reference_year: Option<i16>) -> String {
        match (self, reference_year) {
            (Self::YearsBack(back), Some(year)) => format!("y{}", year - i16::from(*back)),
            (Self::Code(_) | Self::YearsBack(_), _) => self.in_rules(),
        }
    }
}

impl Table {
    pub(super) fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        if reader.has("rows") == reader.has("rows_of") {
            let at = reader.at("rows");
            reader.faults.push(fault::ROWS_OR_ROWS_OF.at(at));
        }
        let of: Option<String> = reader.optional("rows_of", expected::TEXT);
        let own = reader.each_if_any("rows", row);
        let columns = reader.each("columns", column);
        let currency = reader.optional("currency", expected::BOOLEAN);
        let need = need_statement(reader);
        Some(Self {
            rows: match of {
                Some(question) => RowSource::RowsOf(question),
                None => RowSource::Rows(own?),
            },
            columns: columns?,
            currency: currency.unwrap_or_default(),
            need,
        })
    }

    /// Whether a column is of years that the collection says.
    pub fn has_years(&self) -> bool {
        let mut names = self.columns.iter().map(|column| &column.name);
        names.any(|name| matches!(name, ColumnName::YearsBack(_)))
    }

    /// Whether this is the code of a field of its own, beside its rows: what has a row's address may not have another's.
    pub fn has_field(&self, code: &str) -> bool {
        self.currency && code == CURRENCY
    }

    pub(super) fn faults(&self, definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        let mut faults = match &self.rows {
            RowSource::Rows(rows) => self.row_faults(rows, definition, &pointer(at, "rows")),
            RowSource::RowsOf(question) => {
                let fault = definition.rows_of(question, self, at);
                fault.into_iter().collect()
            }
        };
        let (table, at) = (at, pointer(at, "columns"));
        if self.columns.is_empty() {
            faults.push(fault::NO_COLUMN.at(&at));
        }
        if self.columns.len() > MAX_COLUMNS {
            faults.push(fault::TOO_MANY_COLUMNS.at(at).arg("max", MAX_COLUMNS));
            return faults;
        }
        let names: Vec<_> = self
            .columns
            .iter()
            .map(|column| column.name.in_rules())
            .collect();
        faults.extend(code_faults(names.iter().map(String::as_str), &at));
        let has_years = self.has_years();
        for (index, column) in self.columns.iter().enumerate() {
            let at = pointer(&at, index);
            if let ColumnName::Code(code) = &column.name
                && has_years
                && is_year_code(code)
            {
                let year = fault::COLUMN_CODE_IS_YEAR.at(pointer(&at, "code"));
                faults.push(year.arg("code", code));
            }
            match (&column.text, &column.name) {
                (Some(text), _) => faults.extend(definition.texts(text, &pointer(&at, "text"))),
                (None, ColumnName::YearsBack(_)) => {}
                (None, ColumnName::Code(_)) => {
                    let missing = fault::MISSING_FIELD.at(pointer(&at, "text"));
                    faults.push(missing.arg("field", "text"));
                }
            }
            faults.extend(column.conditions.faults(definition, &at));
            faults.extend(column.kind.faults(definition, &at));
        }
        faults.extend(self.sum_faults(table));
        faults
    }

    /// Rows and columns that there were are still there, and the columns of their types; more may come, in any order.
    pub(super) fn contradictions(&self, corrected: &Self, at: &str) -> Vec<Fault> {
        let mut faults = match (&self.rows, &corrected.rows) {
            (RowSource::Rows(was), RowSource::Rows(is)) => {
                let gone = was
                    .iter()
                    .filter(|row| is.iter().all(|now| now.code != row.code));
                let at = pointer(at, "rows");
                let gone = gone.map(|row| {
                    let fault = fault::CORRECTION_TAKES_AWAY.at(at.as_str());
                    fault.arg("code", &row.code)
                });
                gone.collect()
            }
            (RowSource::RowsOf(was), RowSource::RowsOf(is)) if was == is => Vec::new(),
            (RowSource::Rows(_) | RowSource::RowsOf(_), RowSource::RowsOf(_)) => {
                vec![fault::CORRECTION_CHANGES_SOURCE.at(pointer(at, "rows_of"))]
            }
            (RowSource::RowsOf(_), RowSource::Rows(_)) => {
                vec![fault::CORRECTION_CHANGES_SOURCE.at(pointer(at, "rows"))]
            }
        };
        // With it, columns of money hold amounts.
        if self.currency != corrected.currency {
            faults.push(fault::CORRECTION_CHANGES_SOURCE.at(pointer(at, "currency")));
        }
        let at = pointer(at, "columns");
        for column in &self.columns {
            let mut now = corrected.columns.iter().enumerate();
            match now.find(|(_, now)| now.name == column.name) {
                None => {
                    let gone = fault::CORRECTION_TAKES_AWAY.at(at.as_str());
                    faults.push(gone.arg("code", column.name.in_rules()));
                }
                Some((index, now)) => {
                    faults.extend(column.kind.contradictions(&now.kind, &pointer(&at, index)));
                }
            }
        }
        faults
    }

    fn row_faults(&self, rows: &[Row], definition: &Definition<'_>, at: &str) -> Vec<Fault> {
        if rows.is_empty() {
            return vec![fault::NO_ROW.at(at)];
        }
        if rows.len() > MAX_ROWS {
            return vec![fault::TOO_MANY_ROWS.at(at).arg("max", MAX_ROWS)];
        }
        let mut faults = code_faults(rows.iter().map(|row| row.code.as_str()), at);
        for (index, row) in rows.iter().enumerate() {
            let at = pointer(at, index);
            if self.has_field(&row.code) {
                let twice = fault::DUPLICATE_PART.at(pointer(&at, "code"));
                faults.push(twice.arg("code", &row.code));
            }
            faults.extend(definition.texts(&row.text, &pointer(&at, "text")));
            faults.extend(definition.number(row.number.as_deref(), &at));
        }
        faults
    }
}

/// Whether a code is what a year is called in addresses: which years there are is known only in a collection.
fn is_year_code(code: &str) -> bool {
    let year = code.strip_prefix('y').unwrap_or_default();
    year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())
}

fn row(json: &Value, at: &str, lists: &CodeLists) -> Result<Row, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let code = reader.required("code", expected::TEXT);
    let text = reader.required("text", expected::TEXTS);
    let number = reader.optional("number", expected::TEXT);
    let relevant = rule(&mut reader, "relevant");
    let required = requirement(&mut reader);
    let sum = Sum::read(&mut reader);
    reader.finish(code.zip(text).map(|(code, text)| Row {
        code,
        text,
        number,
        relevant,
        required,
        sum,
    }))
}

fn column(json: &Value, at: &str, lists: &CodeLists) -> Result<Column, Vec<Fault>> {
    let mut reader = ObjectReader::from_json(json, at, lists)?;
    let name = column_name(&mut reader);
    let text = reader.optional("text", expected::TEXTS);
    let sum = Sum::read(&mut reader);
    let conditions = Conditions::read(&mut reader);
    let kind = QuestionType::of_member(&mut reader).and_then(|kind| match kind {
        QuestionType::Field(field) => Some(field),
        QuestionType::Compound(_) => {
            reader.faults.push(not_inside(kind.code(), at));
            None
        }
    });
    let column = name.zip(conditions).zip(kind);
    reader.finish(column.map(|((name, conditions), kind)| Column {
        name,
        text,
        sum,
        conditions,
        kind,
    }))
}

fn column_name(reader: &mut ObjectReader<'_>) -> Option<ColumnName> {
    if reader.has("code") == reader.has("year") {
        let at = reader.at("code");
        reader.faults.push(fault::COLUMN_CODE_OR_YEAR.at(at));
    }
    let year: Option<WholeNumber> = reader.optional("year", expected::WHOLE_NUMBER);
    let code: Option<String> = reader.optional("code", expected::TEXT);
    let Some(year) = year else {
        return code.map(ColumnName::Code);
    };
    let back = (-MAX_YEARS_BACK..=0).contains(&year.0).then_some(-year.0);
    let back = back.and_then(|back| u8::try_from(back).ok());
    if back.is_none() {
        let fault = fault::BAD_RELATIVE_YEAR.at(reader.at("year"));
        reader.faults.push(fault.arg("value", year));
    }
    back.map(ColumnName::YearsBack)
}
