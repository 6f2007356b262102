//! What a row or a column of a table comes to: the total of others, or, of shares, a hundred. Each is a check that stands where the
//! sum does, and is made column by column of a row, and row by row of a column.

use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::Value;

use super::FieldType;
use super::table::{Column, Row, RowSource, Table};
use crate::fault::{self, Codes, Fault, pointer};
use crate::phrase::expected;
use crate::questionnaire::CheckKind;
use crate::questionnaire::object_reader::ObjectReader;

/// What a row or a column comes to, and what becomes of a reply in which it does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// To what.
    pub of: SumOf,
    /// What becomes of the reply: an explanation is asked for, if nothing is said.
    pub kind: CheckKind,
}

/// To what a row or a column comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SumOf {
    /// It is the total of all others that are no totals themselves.
    Rest,
    /// It is the total of those with these codes.
    These(Vec<String>),
    /// Its shares come to a hundred.
    Hundred,
}

/// All others, as it is written.
const REST: &str = "rest";

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match &self.of {
            SumOf::Rest => map.serialize_entry("total_of", REST)?,
            SumOf::These(codes) => map.serialize_entry("total_of", codes)?,
            SumOf::Hundred => map.serialize_entry("adds_to_100", &true)?,
        }
        if self.kind != CheckKind::Explain {
            map.serialize_entry("sum_kind", &self.kind)?;
        }
        map.end()
    }
}

impl Sum {
    /// Reads it among the members of its row or column, where it is there.
    pub(super) fn read(reader: &mut ObjectReader<'_>) -> Option<Self> {
        let total = reader.has("total_of");
        let of_total: Option<Value> = reader.optional("total_of", expected::REST_OR_CODES);
        let hundred = reader.optional("adds_to_100", expected::BOOLEAN);
        if total && hundred == Some(true) {
            let at = reader.at("adds_to_100");
            reader.faults.push(fault::TOTAL_OR_HUNDRED.at(at));
        }
        // Without a sum it is a member like any that belongs elsewhere.
        let kinds = expected::ONE_OF.codes(CheckKind::CODES.iter().copied());
        let is_sum = total || hundred == Some(true);
        let kind = is_sum.then(|| reader.optional("sum_kind", kinds)).flatten();
        let of = match of_total {
            Some(total) => total_of(&total).or_else(|| {
                let fault = fault::WRONG_JSON_TYPE.at(reader.at("total_of"));
                let expected = expected::REST_OR_CODES;
                reader.faults.push(fault.words("expected", expected));
                None
            }),
            None => (hundred == Some(true)).then_some(SumOf::Hundred),
        }?;
        Some(Self {
            of,
            kind: kind.unwrap_or(CheckKind::Explain),
        })
    }
}

fn total_of(json: &Value) -> Option<SumOf> {
    match json {
        Value::String(rest) => (rest == REST).then_some(SumOf::Rest),
        Value::Array(codes) => {
            let codes = codes.iter().map(|code| code.as_str().map(str::to_owned));
            codes.collect::<Option<_>>().map(SumOf::These)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

/// A row or a column, by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::questionnaire) enum Line {
    /// A row.
    Row(usize),
    /// A column.
    Column(usize),
}

/// A sum of a table, and what it is of.
#[derive(Clone, Debug)]
pub(in crate::questionnaire) struct TableSum<'a> {
    /// The row or column that is a total, or whose shares come to a hundred.
    pub line: Line,
    pub sum: &'a Sum,
    /// Of a total the rows or columns that it is of; of a row of shares its columns; none of a column of shares: all rows that are
    /// no totals.
    pub parts: Vec<usize>,
}

impl TableSum<'_> {
    /// The code of its check: `c2_total_row`.
    pub(in crate::questionnaire) fn check_code(&self, question: &str, table: &Table) -> String {
        let question = question.to_lowercase();
        let (code, line) = match self.line {
            Line::Row(row) => (table.own_rows().get(row).map(|row| row.code.clone()), "row"),
            Line::Column(column) => {
                let column = table.columns.get(column);
                (column.map(|column| column.name.in_rules()), "column")
            }
        };
        format!("{question}_{}_{line}", code.unwrap_or_default())
    }

    /// Where it is said, below the table.
    pub(in crate::questionnaire) fn place(&self, at: &str) -> String {
        let line = match self.line {
            Line::Row(row) => pointer(&pointer(at, "rows"), row),
            Line::Column(column) => pointer(&pointer(at, "columns"), column),
        };
        let member = match self.sum.of {
            SumOf::Rest | SumOf::These(_) => "total_of",
            SumOf::Hundred => "adds_to_100",
        };
        pointer(&line, member)
    }
}

/// What figures can be added to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Number,
    Money,
    Share,
}

/// What a column's figures are; none where it has none.
const fn measure(kind: &FieldType) -> Option<Measure> {
    match kind {
        FieldType::WholeNumber(_) | FieldType::Decimal(_) | FieldType::Calculated(_) => {
            Some(Measure::Number)
        }
        FieldType::Money(_) => Some(Measure::Money),
        FieldType::Percentage(_) => Some(Measure::Share),
        FieldType::OneChoice(_)
        | FieldType::SeveralChoices(_)
        | FieldType::Rank(_)
        | FieldType::Text(_)
        | FieldType::Date(_)
        | FieldType::Month(_)
        | FieldType::Year(_)
        | FieldType::File(_)
        | FieldType::Link(_)
        | FieldType::Email(_) => None,
    }
}

impl Column {
    fn measure(&self) -> Option<Measure> {
        measure(&self.kind)
    }

    /// Whether a total of rows is made in it: not of shares, which need not add up, nor of what is calculated.
    pub(in crate::questionnaire) fn is_totalled(&self) -> bool {
        let adds = matches!(self.measure(), Some(Measure::Number | Measure::Money));
        adds && !self.kind.is_derived()
    }
}

const fn is_total(sum: Option<&Sum>) -> bool {
    matches!(sum, Some(sum) if !matches!(sum.of, SumOf::Hundred))
}

impl Table {
    /// Its rows, where they are its own.
    pub(in crate::questionnaire) fn own_rows(&self) -> &[Row] {
        match &self.rows {
            RowSource::Rows(rows) => rows,
            RowSource::RowsOf(_) => &[],
        }
    }

    /// Which of its rows are totals.
    pub(in crate::questionnaire) fn is_total_row(&self, row: usize) -> bool {
        let row = self.own_rows().get(row);
        is_total(row.and_then(|row| row.sum.as_ref()))
    }

    /// Its sums, rows before columns.
    pub(in crate::questionnaire) fn sums(&self) -> Vec<TableSum<'_>> {
        let rows = self.own_rows().iter().enumerate();
        let rows = rows.filter_map(|(index, row)| Some((index, row.sum.as_ref()?)));
        let rows = rows.map(|(index, sum)| {
            let codes = self.own_rows().iter().map(|row| row.code.clone());
            let parts = match &sum.of {
                SumOf::These(wanted) => places(wanted, codes).collect(),
                SumOf::Rest => {
                    let all = 0..self.own_rows().len();
                    all.filter(|row| !self.is_total_row(*row)).collect()
                }
                SumOf::Hundred => self.like(|column, _| column.measure() == Some(Measure::Share)),
            };
            let line = Line::Row(index);
            TableSum { line, sum, parts }
        });
        let columns = self.columns.iter().enumerate();
        let columns =
            columns.filter_map(|(index, column)| Some((index, column, column.sum.as_ref()?)));
        let columns = columns.map(|(index, of, sum)| {
            let codes = self.columns.iter().map(|column| column.name.in_rules());
            let parts = match &sum.of {
                SumOf::These(wanted) => places(wanted, codes).collect(),
                SumOf::Rest => {
                    self.like(|column, place| place != index && column.measure() == of.measure())
                }
                SumOf::Hundred => Vec::new(),
            };
            let line = Line::Column(index);
            TableSum { line, sum, parts }
        });
        rows.chain(columns).collect()
    }

    /// The columns that are no totals and of which this holds.
    fn like(&self, holds: impl Fn(&Column, usize) -> bool) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(index, column)| !is_total(column.sum.as_ref()) && holds(column, *index))
            .map(|(index, _)| index)
            .collect()
    }

    /// What is wrong with its sums.
    pub(super) fn sum_faults(&self, at: &str) -> Vec<Fault> {
        let sums = self.sums();
        let faults = sums.iter().flat_map(|sum| {
            let at = sum.place(at);
            match (&sum.sum.of, sum.line) {
                (SumOf::Hundred, Line::Column(column)) => {
                    let is_share = self.measure_of(column) == Some(Measure::Share);
                    no_shares(!is_share, &at)
                }
                (SumOf::Hundred, Line::Row(_)) => no_shares(sum.parts.len() < 2, &at),
                (SumOf::Rest | SumOf::These(_), _) => self.total_faults(sum, &at),
            }
        });
        faults.collect()
    }

    fn measure_of(&self, column: usize) -> Option<Measure> {
        self.columns.get(column).and_then(Column::measure)
    }

    fn total_faults(&self, sum: &TableSum<'_>, at: &str) -> Vec<Fault> {
        let (codes, own): (Vec<String>, usize) = match sum.line {
            Line::Row(row) => (
                self.own_rows().iter().map(|row| row.code.clone()).collect(),
                row,
            ),
            Line::Column(column) => {
                let columns = self.columns.iter().map(|column| column.name.in_rules());
                (columns.collect(), column)
            }
        };
        let mut faults = Vec::new();
        if let SumOf::These(wanted) = &sum.sum.of {
            for (index, code) in wanted.iter().enumerate() {
                let is_other = codes.contains(code) && codes.get(own) != Some(code);
                if !is_other || wanted.iter().take(index).any(|before| before == code) {
                    let fault = fault::UNKNOWN_TOTAL_PART.at(pointer(at, index));
                    faults.push(fault.arg("code", code));
                }
            }
        }
        let is_of_figures = match sum.line {
            Line::Row(_) => self.columns.iter().any(Column::is_totalled),
            Line::Column(column) => {
                let own = self
                    .columns
                    .get(column)
                    .filter(|own| !own.kind.is_derived());
                let own = own.and_then(Column::measure);
                own.is_some() && sum.parts.iter().all(|part| self.measure_of(*part) == own)
            }
        };
        if faults.is_empty() && (!is_of_figures || sum.parts.is_empty()) {
            faults.push(fault::TOTAL_OF_NO_FIGURES.at(at));
        }
        faults
    }
}

fn no_shares(is_so: bool, at: &str) -> Vec<Fault> {
    let fault = is_so.then(|| fault::HUNDRED_OF_NO_SHARES.at(at));
    fault.into_iter().collect()
}

/// Where the codes that are wanted stand.
fn places(wanted: &[String], codes: impl Iterator<Item = String>) -> impl Iterator<Item = usize> {
    let codes = codes.enumerate();
    codes
        .filter(|(_, code)| wanted.contains(code))
        .map(|(index, _)| index)
}
