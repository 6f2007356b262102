//! A sheet that says what it does not hold, and whose columns are as wide as what stands in them.

use std::borrow::Cow;

use rust_xlsxwriter::{Format as CellFormat, Worksheet, utility};

use crate::formats::{FormatError, Words};

/// The most characters of a cell, as UTF-16 counts them.
const MOST_CHARACTERS: usize = 32_767;

/// How many rows say how wide a column is to be.
const MEASURED_ROWS: u32 = 1000;

/// The least and the most of a column's width, in characters.
const WIDTHS: (usize, usize) = (8, 60);

/// Languages that are written from the right.
const FROM_RIGHT: [&str; 4] = ["ar", "fa", "he", "ur"];

pub(super) struct Sheet {
    pub worksheet: Worksheet,
    /// The sentence in the place of a text that no cell holds.
    too_long_words: String,
    /// How many texts were too long.
    pub too_long: u64,
    /// By column.
    widths: Vec<usize>,
}

impl Sheet {
    pub fn new(mut worksheet: Worksheet, lang: &str, words: &Words) -> Self {
        let language = lang.split('-').next().unwrap_or_default();
        worksheet.set_right_to_left(FROM_RIGHT.contains(&language));
        Self {
            worksheet,
            too_long_words: words.too_long.to_string(),
            too_long: 0,
            widths: Vec::new(),
        }
    }

    /// Writes words: never a formula.
    pub fn write_text(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: Option<&CellFormat>,
    ) -> Result<(), FormatError> {
        let mut text = with_line_feeds(text);
        // A character has a byte of UTF-8 or more for each unit of UTF-16.
        if text.len() > MOST_CHARACTERS && text.encode_utf16().count() > MOST_CHARACTERS {
            self.too_long += 1;
            let count = text.chars().count().to_string();
            text = Cow::Owned(self.too_long_words.replace("{count}", &count));
        }
        self.measure(row, column, || width(&text));
        match format {
            Some(format) => self
                .worksheet
                .write_string_with_format(row, column, text, format)?,
            None => self.worksheet.write_string(row, column, text)?,
        };
        Ok(())
    }

    pub fn write_number(
        &mut self,
        row: u32,
        column: u16,
        number: f64,
        format: Option<&CellFormat>,
    ) -> Result<(), FormatError> {
        match format {
            Some(format) => {
                self.measure(row, column, || 20);
                self.worksheet
                    .write_number_with_format(row, column, number, format)?
            }
            None => self.worksheet.write_number(row, column, number)?,
        };
        Ok(())
    }

    fn measure(&mut self, row: u32, column: u16, width: impl FnOnce() -> usize) {
        if row < MEASURED_ROWS {
            let place = usize::from(column);
            if self.widths.len() <= place {
                self.widths.resize(place + 1, 0);
            }
            if let Some(widest) = self.widths.get_mut(place) {
                *widest = width().max(*widest);
            }
        }
    }

    /// The sheet, its columns as wide as what stands in them.
    pub fn fitted(mut self) -> Result<Worksheet, FormatError> {
        for (column, width) in (0..).zip(self.widths) {
            // Room for the arrow of the filter.
            let width = (width + 3).clamp(WIDTHS.0, WIDTHS.1);
            self.worksheet.set_column_width(column, width as f64)?;
        }
        Ok(self.worksheet)
    }
}

/// The text with LF at the ends of its lines, as Excel has them.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// How wide a text is: Chinese characters, and those near them, are twice as wide as others.
fn width(text: &str) -> usize {
    let width_of = |character: char| if character >= '\u{2e80}' { 2 } else { 1 };
    let lines = text.lines().take(5);
    let widths = lines.map(|line| line.chars().take(WIDTHS.1).map(width_of).sum());
    widths.max().unwrap_or_default()
}

/// The name of a sheet, or that in English, where Excel does not take it for one.
pub(super) fn sheet_name(name: &str, english: &str) -> String {
    match utility::check_sheet_name(name) {
        Ok(()) => name.to_owned(),
        Err(_) => english.to_owned(),
    }
}
