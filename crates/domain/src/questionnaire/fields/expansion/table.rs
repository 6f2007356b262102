//! The fields of a table, row by row.

use std::sync::Arc;

use super::{FieldTarget, Names, Walk, chosen_rule};
use crate::questionnaire::conditions::{Conditions, Requirement};
use crate::questionnaire::fields::{FieldPlace, Taking};
use crate::questionnaire::rule_set::source::{Effect, RuleResult, RuleTarget};
use crate::questionnaire::types::{
    CURRENCY, Column, DecimalLimits, DecimalQuestion, FieldType, OneChoice, QuestionType, Row,
    RowSource, Table,
};
use crate::questionnaire::{CodeLists, OptionSource, Question};

/// A row as it is asked.
struct AskedRow {
    code: String,
    /// The rule by which it is, and where it stands.
    relevant: Option<(String, String)>,
    required: Requirement,
    at: String,
}

impl Walk<'_> {
    pub(super) fn table(&mut self, question: &Question, table: &Table, at: &str) {
        let names = Names::of(&question.code);
        if table.currency {
            self.currency(&names, question, table, at);
        }
        let columns: Vec<(Conditions, Arc<FieldType>)> = table
            .columns
            .iter()
            .map(|column| {
                let conditions = column_conditions(&question.conditions, column);
                (
                    conditions,
                    Arc::new(cell_type(&column.kind, table.currency)),
                )
            })
            .collect();
        let mut cells: Vec<Vec<FieldTarget>> = vec![Vec::new(); columns.len()];
        for row in self.rows(table, at) {
            if self.is_full() {
                return;
            }
            let from = self.found.fields.len();
            let of_row = self.row(&names, &row, table, &columns);
            for (column, target) in cells.iter_mut().zip(of_row) {
                column.push(target);
            }
            if let Some((rule, at)) = row.relevant {
                let covers = (from..self.found.fields.len()).collect();
                let target = RuleTarget::whole(Effect::Hides(covers));
                self.rule(at, &rule, RuleResult::Bool, vec![target]);
            }
        }
        for (index, (targets, (conditions, kind))) in cells.iter().zip(&columns).enumerate() {
            let at = format!("{at}/columns/{index}");
            if let Some(rule) = &conditions.relevant {
                let targets = targets.iter().map(|target| {
                    let covers = self.with_details(target.field);
                    target.with(Effect::Hides(covers))
                });
                let targets = targets.collect();
                self.rule(format!("{at}/relevant"), rule, RuleResult::Bool, targets);
            }
            self.field_rules(kind, conditions, &at, targets);
        }
        self.sums(question, table, &cells, &columns, at);
    }

    /// The cells of a row, each with the texts of its options after it.
    fn row(
        &mut self,
        names: &Names,
        row: &AskedRow,
        table: &Table,
        columns: &[(Conditions, Arc<FieldType>)],
    ) -> Vec<FieldTarget> {
        let mut fields = Vec::with_capacity(columns.len());
        for (column, (conditions, kind)) in table.columns.iter().zip(columns) {
            let in_address = column.name.in_addresses(self.reference_year);
            let of_row = names.part(&row.code);
            let names = Names {
                address: of_row.part(&in_address).address,
                in_rules: of_row.part(&column.name.in_rules()).in_rules,
            };
            let place = FieldPlace::Cell {
                row: Arc::from(row.code.as_str()),
                column: Arc::from(in_address),
            };
            let conditions = Conditions {
                required: stronger(&row.required, &conditions.required),
                ..conditions.clone()
            };
            let field = self.push(&names, place, Taking::value(Arc::clone(kind)), &conditions);
            self.details(field, kind, &row.at);
            fields.push((Arc::from(column.name.in_rules()), field));
        }
        let cells: Arc<[(Arc<str>, usize)]> = fields.clone().into();
        if let Requirement::If(rule) = &row.required {
            let targets = fields.iter().map(|(_, field)| RuleTarget {
                row: cells.clone(),
                ..RuleTarget::whole(Effect::Requires(*field))
            });
            let targets = targets.collect();
            self.rule(
                format!("{}/required", row.at),
                rule,
                RuleResult::Bool,
                targets,
            );
        }
        let targets = fields.into_iter().map(|(_, field)| FieldTarget {
            field,
            row: cells.clone(),
            list: None,
            within: Some(row.code.clone()),
        });
        targets.collect()
    }

    /// A field and the texts of its options, which follow it.
    fn with_details(&self, field: usize) -> Vec<usize> {
        let fields = self.found.fields.iter().enumerate().skip(field + 1);
        let details = fields.take_while(
            |(_, next)| matches!(next.place, FieldPlace::Detail { of, .. } if of == field),
        );
        let details = details.map(|(index, _)| index);
        std::iter::once(field).chain(details).collect()
    }

    fn rows(&self, table: &Table, at: &str) -> Vec<AskedRow> {
        match &table.rows {
            RowSource::Rows(rows) => {
                let rows = rows.iter().enumerate();
                rows.map(|(index, row)| own_row(row, format!("{at}/rows/{index}")))
                    .collect()
            }
            RowSource::RowsOf(code) => self.rows_of(code, format!("{at}/rows_of")),
        }
    }

    /// A row for each option of another question, asked where it is chosen there.
    fn rows_of(&self, code: &str, at: String) -> Vec<AskedRow> {
        let mut questions = self.questionnaire.questions();
        let question = questions.find(|question| question.code == code);
        let Some(QuestionType::Field(kind)) = question.map(|question| &question.kind) else {
            return Vec::new();
        };
        let options = kind.choices().iter();
        let rows = options.map(|option| AskedRow {
            code: option.value.clone(),
            relevant: Some((chosen_rule(code, kind, &option.value), at.clone())),
            required: Requirement::Never,
            at: at.clone(),
        });
        rows.collect()
    }

    /// The currency of the table: as soon as an amount is given it must be, or the amount means nothing.
    fn currency(&mut self, names: &Names, question: &Question, table: &Table, at: &str) {
        let list = "currencies".to_owned();
        let entries = CodeLists::default().entries(&list);
        let options = OptionSource::CodeList(crate::questionnaire::types::CodeListOptions {
            code: list,
            entries,
        });
        let kind = FieldType::OneChoice(OneChoice { options });
        let conditions = Conditions {
            missing: Some(Vec::new()),
            personal: question.conditions.personal,
            ..Conditions::default()
        };
        let amounts = table
            .columns
            .iter()
            .filter_map(|column| match &column.kind {
                FieldType::Money(_) => {
                    let column = column.name.in_rules();
                    Some(format!(
                        "count(cells(\"{}.*.{column}\")) > 0",
                        names.in_rules
                    ))
                }
                _ => None,
            });
        let rule = amounts.collect::<Vec<_>>().join(" || ");
        let conditions = Conditions {
            required: Requirement::If(rule.clone()),
            ..conditions
        };
        let names = names.part(CURRENCY);
        let takes = Taking::value(kind);
        let field = self.push(&names, FieldPlace::Currency, takes, &conditions);
        if !rule.is_empty() {
            let target = RuleTarget::whole(Effect::Requires(field));
            let at = format!("{at}/currency");
            self.rule(at, &rule, RuleResult::Bool, vec![target]);
        }
    }
}

fn own_row(row: &Row, at: String) -> AskedRow {
    let relevant = row.relevant.as_ref();
    AskedRow {
        code: row.code.clone(),
        relevant: relevant.map(|rule| (rule.clone(), format!("{at}/relevant"))),
        required: row.required.clone(),
        at,
    }
}

/// What holds for a column: what it says itself, and of ways of being missing and flags what its table says.
fn column_conditions(table: &Conditions, column: &Column) -> Conditions {
    let own = &column.conditions;
    Conditions {
        required: stronger(&table.required, &own.required),
        missing: own.missing.clone().or_else(|| table.missing.clone()),
        flags: if own.flags.is_empty() {
            table.flags.clone()
        } else {
            own.flags.clone()
        },
        personal: own.personal || table.personal,
        ..own.clone()
    }
}

/// What both ask for: always, if one does; of two rules the inner one's.
fn stronger(outer: &Requirement, inner: &Requirement) -> Requirement {
    match (outer, inner) {
        (Requirement::Always, _) | (_, Requirement::Always) => Requirement::Always,
        (outer, Requirement::Never) => outer.clone(),
        (_, inner @ Requirement::If(_)) => inner.clone(),
    }
}

/// What a cell takes: where the table asks its currency once, money is an amount.
fn cell_type(kind: &FieldType, with_currency: bool) -> FieldType {
    match kind {
        FieldType::Money(money) if with_currency => FieldType::Decimal(DecimalQuestion {
            limits: DecimalLimits {
                min: money.min.clone(),
                max: money.max.clone(),
                places: None,
            },
            unit: None,
        }),
        kind => kind.clone(),
    }
}
