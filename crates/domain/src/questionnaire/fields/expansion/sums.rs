//! The checks of a table's sums: of a row one for each column, of a column one for each row, of shares one.

use std::sync::{Arc, LazyLock};

use super::{FieldTarget, Walk};
use crate::questionnaire::conditions::Conditions;
use crate::questionnaire::rule_set::source::{Effect, RuleResult, RuleTarget};
use crate::questionnaire::types::{Column, FieldType, Line, SumOf, Table, TableSum};
use crate::questionnaire::{CheckKind, CheckRule, Question};
use crate::{Lang, Texts};

/// A sum that is checked: where a table says that it adds up. Fields are named by where they are among all.
#[derive(Clone, Debug)]
pub struct FieldSum {
    /// The field of its check.
    pub check: usize,
    /// The total; none: the parts come to a hundred.
    pub total: Option<usize>,
    /// What is added up.
    pub parts: Vec<usize>,
}

/// The parts stand in the place of a row's cells, so that one rule serves every row and column. What is not asked is left out, and
/// where no part is asked there is nothing to add up.
const TOTAL: &str = "size(row.cells(\"*\")) == 0 || this == sum(row.cells(\"*\"))";

/// By how much shares may miss a hundred where nothing says how they are rounded.
const USUAL_TOLERANCE: &str = "0.5";

impl Walk<'_> {
    /// Adds the checks of a table's sums; `cells` are its fields, column by column.
    pub(super) fn sums(
        &mut self,
        question: &Question,
        table: &Table,
        cells: &[Vec<FieldTarget>],
        columns: &[(Conditions, Arc<FieldType>)],
        at: &str,
    ) {
        for sum in table.sums() {
            let check = Arc::new(CheckRule {
                code: sum.check_code(&question.code, table),
                kind: sum.sum.kind,
                rule: String::new(),
                text: text(&sum, table, self.reference_year),
            });
            let grid = Grid {
                table,
                cells,
                columns,
                check,
            };
            let at = sum.place(at);
            match (&sum.sum.of, sum.line) {
                (SumOf::Hundred, line) => self.hundred(&grid, line, &sum.parts, &at),
                (_, Line::Row(row)) => self.total_row(&grid, row, &sum.parts, &at),
                (_, Line::Column(column)) => self.total_column(&grid, column, &sum.parts, &at),
            }
        }
    }

    /// A rule for each column, whose cells are all of one type.
    fn total_row(&mut self, grid: &Grid<'_>, row: usize, parts: &[usize], at: &str) {
        let columns = grid.table.columns.iter().enumerate();
        for (index, column) in columns.filter(|(_, column)| column.is_totalled()) {
            let personal = grid.is_personal(index);
            let of_column = grid.cells.get(index).map_or(&[][..], Vec::as_slice);
            let named = parts.iter().filter_map(|row| {
                let cell = of_column.get(*row)?;
                Some((Arc::from(cell.within.as_deref()?), cell.field))
            });
            let within = column.name.in_addresses(self.reference_year);
            let Some(total) = of_column.get(row).map(|cell| cell.field) else {
                continue;
            };
            let at_field = self.check_field(&grid.check, Some(&within), personal);
            let target = grid.target(Some(total), named.collect(), at_field);
            self.found.sums.push(sum_of(&target, at_field));
            self.rule(at.to_owned(), TOTAL, RuleResult::Bool, vec![target]);
        }
    }

    /// One rule, for each row.
    fn total_column(&mut self, grid: &Grid<'_>, column: usize, parts: &[usize], at: &str) {
        let personal = parts.iter().chain([&column]);
        let personal = personal.into_iter().any(|column| grid.is_personal(*column));
        let totals = grid.cells.get(column).map_or(&[][..], Vec::as_slice);
        let targets = totals.iter().enumerate().map(|(row, total)| {
            let at_field = self.check_field(&grid.check, total.within.as_deref(), personal);
            let target = grid.target(Some(total.field), grid.of_row(row, parts), at_field);
            self.found.sums.push(sum_of(&target, at_field));
            target
        });
        let targets: Vec<_> = targets.collect();
        self.rule(at.to_owned(), TOTAL, RuleResult::Bool, targets);
    }

    /// One rule, of all shares of a row or a column.
    fn hundred(&mut self, grid: &Grid<'_>, line: Line, parts: &[usize], at: &str) {
        let (named, columns) = match line {
            Line::Row(row) => (grid.of_row(row, parts), parts.to_vec()),
            Line::Column(column) => (grid.of_column(column), vec![column]),
        };
        let personal = columns.iter().any(|column| grid.is_personal(*column));
        let tolerance = tolerance(
            columns
                .iter()
                .filter_map(|column| grid.table.columns.get(*column)),
            named.len(),
        );
        let rule = format!(
            "size(row.cells(\"*\")) == 0 || abs(sum(row.cells(\"*\")) - 100) <= {tolerance}"
        );
        let at_field = self.check_field(&grid.check, None, personal);
        let target = grid.target(None, named, at_field);
        self.found.sums.push(sum_of(&target, at_field));
        self.rule(at.to_owned(), &rule, RuleResult::Bool, vec![target]);
    }
}

/// What a check of a sum adds up.
fn sum_of(target: &RuleTarget, check: usize) -> FieldSum {
    FieldSum {
        check,
        total: target.this,
        parts: target.row.iter().map(|(_, field)| *field).collect(),
    }
}

/// Cells by what they are called within their sum.
type NamedCells = Arc<[(Arc<str>, usize)]>;

/// A table's cells, and the check of one of its sums.
struct Grid<'a> {
    table: &'a Table,
    cells: &'a [Vec<FieldTarget>],
    columns: &'a [(Conditions, Arc<FieldType>)],
    check: Arc<CheckRule>,
}

impl Grid<'_> {
    fn is_personal(&self, column: usize) -> bool {
        let column = self.columns.get(column);
        column.is_some_and(|(conditions, _)| conditions.personal)
    }

    /// A row's cells in some columns.
    fn of_row(&self, row: usize, columns: &[usize]) -> NamedCells {
        let cells = columns.iter().filter_map(|column| {
            let name = self.table.columns.get(*column)?.name.in_rules();
            let cell = self.cells.get(*column)?.get(row)?;
            Some((Arc::from(name), cell.field))
        });
        cells.collect()
    }

    /// A column's cells in the rows that are no totals.
    fn of_column(&self, column: usize) -> NamedCells {
        let cells = self.cells.get(column).map_or(&[][..], Vec::as_slice);
        let parts = cells
            .iter()
            .enumerate()
            .filter(|(row, _)| !self.table.is_total_row(*row));
        let named =
            parts.filter_map(|(_, cell)| Some((Arc::from(cell.within.as_deref()?), cell.field)));
        named.collect()
    }

    fn target(&self, this: Option<usize>, row: NamedCells, at: usize) -> RuleTarget {
        RuleTarget {
            this,
            row,
            list: None,
            effect: Effect::Checks {
                check: self.check.clone(),
                on: this,
                at,
            },
        }
    }
}

/// By how much so many shares may miss a hundred: each was rounded by half of its last digit at most.
fn tolerance<'a>(columns: impl Iterator<Item = &'a Column>, count: usize) -> String {
    // What comes to a hundred are percentages.
    let places = columns.map(|column| {
        let share = if let FieldType::Percentage(share) = &column.kind {
            Some(share)
        } else {
            None
        };
        share.and_then(|share| share.limits.places)
    });
    let Some(places) = places.min().flatten() else {
        return USUAL_TOLERANCE.to_owned();
    };
    // Of halves of the last digit, each is five of the digit after it.
    let digits = format!("{:0>width$}", count * 5, width = places as usize + 2);
    let (whole, fraction) = digits.split_at(digits.len().saturating_sub(places as usize + 1));
    format!("{whole}.{fraction}")
}

/// What whoever answers is told: which total it is, and what to do.
fn text(sum: &TableSum<'_>, table: &Table, reference_year: Option<i16>) -> Texts {
    let label = match sum.line {
        Line::Row(row) => table.own_rows().get(row).map(|row| row.text.clone()),
        Line::Column(column) => table.columns.get(column).map(|column| {
            // A year is its own label, in every language.
            let own = || column.name.in_addresses(reference_year);
            let years = || in_all([own().trim_start_matches('y'); 6]);
            column.text.clone().unwrap_or_else(years)
        }),
    };
    let label = label.unwrap_or_default();
    let said = match sum.sum.of {
        SumOf::Rest | SumOf::These(_) => &*TOTAL_SAID,
        SumOf::Hundred => &*HUNDRED_SAID,
    };
    let advice = match sum.sum.kind {
        CheckKind::Explain => &*EXPLAIN,
        CheckKind::Refuse => &*CORRECT,
    };
    let texts = Lang::ALL.iter().filter_map(|lang| {
        let (said, advice) = (said.get(*lang)?, advice.get(*lang)?);
        let label = quoted(*lang, label.get(*lang)?);
        Some((*lang, format!("{label}{said} {advice}")))
    });
    texts.collect()
}

/// What a row or column is called, before what is said of it.
fn quoted(lang: Lang, label: &str) -> String {
    match lang {
        Lang::Fr => format!("«\u{a0}{label}\u{a0}»\u{a0}: "),
        Lang::Es | Lang::Ru | Lang::Ar => format!("«{label}»: "),
        Lang::Zh => format!("“{label}”："),
        Lang::En => format!("“{label}”: "),
    }
}

/// Texts in the order of [`Lang::ALL`].
fn in_all(texts: [&str; 6]) -> Texts {
    Lang::ALL.iter().copied().zip(texts).collect()
}

static TOTAL_SAID: LazyLock<Texts> = LazyLock::new(|| {
    in_all([
        "الأرقام لا تساوي هذا المجموع عند جمعها.",
        "各项数字相加不等于此总数。",
        "the figures do not add up to this total.",
        "les chiffres ne correspondent pas à ce total.",
        "сумма показателей не равна этому итогу.",
        "las cifras no suman este total.",
    ])
});

static HUNDRED_SAID: LazyLock<Texts> = LazyLock::new(|| {
    in_all([
        "مجموع النسب لا يساوي 100 في المائة.",
        "各项百分比相加不等于100%。",
        "the shares do not add up to 100 per cent.",
        "les parts ne totalisent pas 100\u{a0}pour cent.",
        "сумма долей не равна 100 процентам.",
        "los porcentajes no suman el 100 por ciento.",
    ])
});

static EXPLAIN: LazyLock<Texts> = LazyLock::new(|| {
    in_all([
        "يرجى تصحيحها، أو بيان سبب ذلك.",
        "请更正，或说明原因。",
        "Please correct them, or say why they do not.",
        "Veuillez les corriger, ou dire pourquoi.",
        "Пожалуйста, исправьте их или объясните причину.",
        "Corríjalas o indique el motivo.",
    ])
});

static CORRECT: LazyLock<Texts> = LazyLock::new(|| {
    in_all([
        "يرجى تصحيحها.",
        "请更正。",
        "Please correct them.",
        "Veuillez les corriger.",
        "Пожалуйста, исправьте их.",
        "Corríjalas.",
    ])
});
