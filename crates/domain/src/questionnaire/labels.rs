//! What people read of a field beside its question's text: its row and column, its part, the option that its words belong to.

use super::fields::{Field, FieldPlace};
use super::types::{CompoundType, FieldType, Part, QuestionType, RowSource, Table};
use super::{Form, Lang, Question, Texts};

impl Form {
    /// The labels of a field below its question, from the outermost; none of a question that is its own field.
    pub fn labels(&self, field: &Field) -> Vec<Texts> {
        let Some(question) = self.question(&field.question) else {
            return Vec::new();
        };
        match &field.place {
            FieldPlace::Question
            | FieldPlace::Currency
            | FieldPlace::List
            | FieldPlace::Entry
            | FieldPlace::Check(_) => Vec::new(),
            FieldPlace::Part(path) | FieldPlace::EntryPart(path) => part_labels(question, path),
            FieldPlace::Cell { row, column } => match &question.kind {
                QuestionType::Compound(CompoundType::Table(table)) => {
                    let row = self.row_label(table, row);
                    let column = self.column_label(table, column);
                    row.into_iter().chain(column).collect()
                }
                QuestionType::Compound(_) | QuestionType::Field(_) => Vec::new(),
            },
            FieldPlace::Detail { of, option } => {
                let Some(of) = self.fields().get(*of) else {
                    return Vec::new();
                };
                let options = of.value_type().and_then(FieldType::option_source);
                let label = options.and_then(|options| options.choice(option));
                let label = label.map(|choice| choice.label.clone());
                self.labels(of).into_iter().chain(label).collect()
            }
        }
    }

    fn row_label(&self, table: &Table, code: &str) -> Option<Texts> {
        match &table.rows {
            RowSource::Rows(rows) => {
                let row = rows.iter().find(|row| row.code == code)?;
                Some(row.text.clone())
            }
            RowSource::RowsOf(question) => {
                let options = self.question(question)?.field()?.option_source()?;
                Some(options.choice(code)?.label.clone())
            }
        }
    }

    fn column_label(&self, table: &Table, code: &str) -> Option<Texts> {
        let year = self.reference_year();
        let mut columns = table.columns.iter();
        let column = columns.find(|column| column.name.in_addresses(year) == code)?;
        // A year is its own label, in every language.
        let own = || {
            let year = code.strip_prefix('y').unwrap_or(code);
            Lang::ALL.iter().map(|lang| (*lang, year)).collect()
        };
        Some(column.text.clone().unwrap_or_else(own))
    }
}

fn part_labels(question: &Question, path: &[std::sync::Arc<str>]) -> Vec<Texts> {
    let mut parts: &[Part] = match &question.kind {
        QuestionType::Compound(CompoundType::Group(group)) => &group.parts,
        QuestionType::Compound(CompoundType::List(list)) => &list.parts,
        QuestionType::Compound(CompoundType::LegalReference(reference)) => reference.parts(),
        QuestionType::Compound(CompoundType::Table(_) | CompoundType::Note(_))
        | QuestionType::Field(_) => &[],
    };
    let mut labels = Vec::with_capacity(path.len());
    for code in path {
        let Some(part) = parts.iter().find(|part| *part.code == **code) else {
            break;
        };
        labels.push(part.text.clone());
        parts = part.kind.parts();
    }
    labels
}
