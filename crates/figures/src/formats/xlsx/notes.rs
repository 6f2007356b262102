//! The sheet of notes: what a workbook says of its rows.

use rust_xlsxwriter::Format as CellFormat;

use super::sheet::Sheet;
use crate::formats::{FormatError, Words};
use crate::{Head, Role, ValueType};

pub(super) struct Notes<'a> {
    pub head: &'a Head,
    pub words: &'a Words,
    /// How many texts no cell holds.
    pub too_long: u64,
    /// How many numbers stand as texts.
    pub too_fine: u64,
}

impl Notes<'_> {
    pub fn write(&self, sheet: &mut Sheet) -> Result<(), FormatError> {
        let (head, words) = (self.head, self.words);
        let mut lines = Lines {
            sheet,
            next: 0,
            bold: CellFormat::new().set_bold(),
        };
        lines.named(&words.title, &[&head.title])?;
        for (name, value) in &head.asked {
            lines.named(&words.asked, &[name, value])?;
        }
        lines.named(&words.source, &[&head.source])?;
        lines.named(&words.position, &[&head.as_of.position.to_string()])?;
        if let Some(time) = &head.as_of.time {
            lines.named(&words.time, &[time])?;
        }
        lines.skip();
        lines.heading(&[&words.column, &words.label, &words.role, &words.values])?;
        for column in &head.columns {
            let (role, values) = (self.role(&column.role), self.values(&column.values));
            lines.plain(&[&column.code, &column.label, role, values])?;
        }
        if head
            .columns
            .iter()
            .any(|column| !column.categories().is_empty())
        {
            lines.skip();
            lines.heading(&[&words.column, &words.code, &words.label])?;
        }
        for column in &head.columns {
            for category in column.categories() {
                lines.plain(&[&column.code, &category.code, &category.label])?;
            }
        }
        let counts = [
            (self.too_long, &words.too_long_count),
            (self.too_fine, &words.too_fine_count),
        ];
        let counted = counts.iter().filter(|(count, _)| *count > 0);
        if head.notices.is_empty() && counted.clone().count() == 0 {
            return Ok(());
        }
        lines.skip();
        lines.heading(&[&words.notices])?;
        for notice in &head.notices {
            lines.plain(&[&notice.code, &notice.text])?;
        }
        for (count, sentence) in counted {
            lines.plain(&["", &sentence.replace("{count}", &count.to_string())])?;
        }
        Ok(())
    }

    fn role(&self, role: &Role) -> &str {
        match role {
            Role::Dimension(_) => &self.words.dimension,
            Role::Measure => &self.words.measure,
            Role::Status => &self.words.status,
            Role::Attribute => &self.words.attribute,
        }
    }

    fn values(&self, values: &ValueType) -> &str {
        match values {
            ValueType::Code(_) => &self.words.codes,
            ValueType::Text => &self.words.text,
            ValueType::Integer => &self.words.integer,
            ValueType::Decimal => &self.words.decimal,
            ValueType::Boolean => &self.words.boolean,
            ValueType::Date => &self.words.date,
            ValueType::Time => &self.words.instant,
        }
    }
}

/// The lines of the sheet, one below the other.
struct Lines<'a> {
    sheet: &'a mut Sheet,
    next: u32,
    bold: CellFormat,
}

impl Lines<'_> {
    fn skip(&mut self) {
        self.next += 1;
    }

    fn named(&mut self, name: &str, texts: &[&str]) -> Result<(), FormatError> {
        self.sheet
            .write_text(self.next, 0, name, Some(&self.bold))?;
        for (column, text) in (1..).zip(texts) {
            self.sheet.write_text(self.next, column, text, None)?;
        }
        self.next += 1;
        Ok(())
    }

    fn heading(&mut self, texts: &[&str]) -> Result<(), FormatError> {
        for (column, text) in (0..).zip(texts) {
            self.sheet
                .write_text(self.next, column, text, Some(&self.bold))?;
        }
        self.next += 1;
        Ok(())
    }

    fn plain(&mut self, texts: &[&str]) -> Result<(), FormatError> {
        for (column, text) in (0..).zip(texts) {
            self.sheet.write_text(self.next, column, text, None)?;
        }
        self.next += 1;
        Ok(())
    }
}
