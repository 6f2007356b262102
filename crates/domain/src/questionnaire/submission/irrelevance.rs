//! What is not asked, told by its highest parts.

use super::Submission;
use crate::questionnaire::fields::{Field, FieldPlace};

impl Submission<'_> {
    /// Notes what is not asked: a question as a whole where nothing of it is, a row likewise, and else each field.
    pub(super) fn irrelevance(&mut self) {
        let form = self.form;
        let fields = form.fields();
        let mut from = 0;
        while let Some(first) = fields.get(from) {
            let of_question = fields.iter().skip(from);
            let count = of_question
                .take_while(|field| field.question == first.question)
                .count();
            let of_question: Vec<(usize, &Field)> =
                fields.iter().enumerate().skip(from).take(count).collect();
            self.question(&of_question);
            from += count;
        }
        self.explanations();
    }

    fn question(&mut self, of_question: &[(usize, &Field)]) {
        let mut asked = of_question.iter().filter(|(_, field)| !field.is_check());
        let Some((_, first)) = asked.clone().next() else {
            return;
        };
        if asked.all(|(index, _)| self.sheet.is_hidden(*index)) {
            self.verdict.irrelevant.push(first.question.to_string());
            return;
        }
        let mut hidden_row = None;
        for (index, field) in of_question {
            if field.is_check() {
                continue;
            }
            if let FieldPlace::Cell { row, .. } = &field.place
                && hidden_row != Some(row)
                && self.is_row_hidden(of_question, row)
            {
                let question = &field.question;
                self.verdict.irrelevant.push(format!("{question}.{row}"));
                hidden_row = Some(row);
            }
            if self.sheet.is_hidden(*index) {
                let is_told = hidden_row.is_some_and(|row| self.is_in_row(field, row));
                if !is_told {
                    self.verdict.irrelevant.push(field.address.to_string());
                }
                continue;
            }
            let Some(list) = self.form.list_of(*index) else {
                continue;
            };
            for (number, entry) in self.sheet.entries(list).iter().enumerate() {
                if self.sheet.is_hidden_in(*index, number) {
                    self.verdict.irrelevant.push(field.address_of(Some(entry)));
                }
            }
        }
    }

    /// Whether a field is a cell of a row, or the text of an option of one.
    fn is_in_row(&self, field: &Field, row: &str) -> bool {
        match &field.place {
            FieldPlace::Cell { row: of, .. } => **of == *row,
            FieldPlace::Detail { of, .. } => {
                let of = self.form.fields().get(*of);
                of.is_some_and(|of| self.is_in_row(of, row))
            }
            FieldPlace::Question
            | FieldPlace::Part(_)
            | FieldPlace::Currency
            | FieldPlace::List
            | FieldPlace::Entry
            | FieldPlace::EntryPart(_)
            | FieldPlace::Check(_) => false,
        }
    }

    fn is_row_hidden(&self, of_question: &[(usize, &Field)], row: &str) -> bool {
        let mut of_row = of_question
            .iter()
            .filter(|(_, field)| self.is_in_row(field, row));
        of_row.all(|(index, _)| self.sheet.is_hidden(*index))
    }

    /// Notes the explanations that are held and that nothing asks for.
    fn explanations(&mut self) {
        let held = self
            .answers
            .range("checks.".to_owned().."checks/".to_owned());
        for (address, _) in held {
            let mut failed = self.failed_checks.iter();
            if !failed.any(|failed| failed == address) {
                self.verdict.irrelevant.push(address.clone());
            }
        }
    }
}
