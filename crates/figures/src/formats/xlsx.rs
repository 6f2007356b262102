//! XLSX: a sheet of rows and a sheet of notes.
//!
//! Cells are typed: numbers, days, instants (UTC), yes or no, words; nothing is a formula. What a cell cannot hold as it is is not changed
//! in silence:
//!
//! - A text of more than 32,767 characters (UTF-16) is replaced by a sentence that says so; the notes count them.
//! - A number of more than fifteen digits stands as text, because Excel would round it; the notes count them.
//! - A day or an instant before March 1900 stands as text, because programs disagree on which day its number is.
//! - Ends of lines are LF, as Excel has them.
//! - A blank cell and an empty text are the same.
//!
//! Rows go to a scratch file that has no name, in the folder for temporary files, and the bytes come at the end.

mod notes;
mod number;
mod sheet;

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as CellFormat, Workbook, Worksheet};

use self::notes::Notes;
use self::number::{UNKNOWN_TIME_SECONDS, date_serial, exact_double, time_serial, whole_double};
use self::sheet::{Sheet, sheet_name};
use super::layout::{Layout, Value};
use super::{Format, FormatError, Labelling, Options, TableWriter, Words};
use crate::{Cell, Head};

/// The most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

pub(super) struct XlsxWriter {
    head: Head,
    words: Words,
    layout: Layout,
    workbook: Workbook,
    sheet: Sheet,
    rows: u32,
    date: CellFormat,
    time: CellFormat,
    /// How many numbers stand as texts.
    too_fine: u64,
}

impl XlsxWriter {
    pub fn begin(head: Head, options: &Options) -> Result<Self, FormatError> {
        let layout = Layout::new(&head, options.labels)?;
        if layout.columns.len() > MOST_COLUMNS {
            return Err(FormatError::TooMuch {
                format: Format::Xlsx,
                what: "columns",
                most: MOST_COLUMNS as u64,
            });
        }
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(&head)?);
        let worksheet = workbook.new_worksheet_with_constant_memory()?;
        let mut sheet = Sheet::new(worksheet, &head.lang, &options.words);
        let name = sheet_name(&options.words.rows, "Data");
        sheet.worksheet.set_name(name)?;
        sheet.worksheet.set_freeze_panes(1, 0)?;
        let heading = CellFormat::new().set_bold();
        for (place, column) in (0..).zip(&layout.columns) {
            let name = match options.labels {
                Labelling::Labels => &column.label,
                Labelling::Codes | Labelling::Both => &column.code,
            };
            sheet.write_text(0, place, name, Some(&heading))?;
        }
        Ok(Self {
            head,
            words: options.words.clone(),
            layout,
            workbook,
            sheet,
            rows: 0,
            date: CellFormat::new().set_num_format("yyyy-mm-dd"),
            time: CellFormat::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            too_fine: 0,
        })
    }
}

impl TableWriter for XlsxWriter {
    fn row(&mut self, row: &[Cell], _: &mut Vec<u8>) -> Result<(), FormatError> {
        self.layout.check(row)?;
        let most = Format::Xlsx.most_rows().unwrap_or_default();
        if u64::from(self.rows) == most {
            return Err(FormatError::TooMuch {
                format: Format::Xlsx,
                what: "rows",
                most,
            });
        }
        self.rows += 1;
        let at = self.rows;
        for (place, column) in (0..).zip(&self.layout.columns) {
            let sheet = &mut self.sheet;
            match column.value(row) {
                Value::Blank => {}
                Value::Text(text) => sheet.write_text(at, place, &text, None)?,
                Value::Integer(number) => match whole_double(number) {
                    Some(double) => sheet.write_number(at, place, double, None)?,
                    None => {
                        self.too_fine += 1;
                        sheet.write_text(at, place, &number.to_string(), None)?;
                    }
                },
                Value::Decimal(number) => match exact_double(number) {
                    Some(double) => sheet.write_number(at, place, double, None)?,
                    None => {
                        self.too_fine += 1;
                        sheet.write_text(at, place, number.as_str(), None)?;
                    }
                },
                Value::Boolean(is_so) => {
                    sheet.worksheet.write_boolean(at, place, is_so)?;
                }
                Value::Date(date) => match date_serial(date) {
                    Some(serial) => sheet.write_number(at, place, serial, Some(&self.date))?,
                    None => sheet.write_text(at, place, &date.to_string(), None)?,
                },
                Value::Time(time) => match time_serial(time) {
                    Some(serial) => sheet.write_number(at, place, serial, Some(&self.time))?,
                    None => sheet.write_text(at, place, &format!("{time:.6}"), None)?,
                },
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, out: &mut (dyn Write + Send)) -> Result<(), FormatError> {
        let columns = u16::try_from(self.layout.columns.len()).unwrap_or_default();
        if let Some(last) = columns.checked_sub(1) {
            self.sheet.worksheet.autofilter(0, 0, self.rows, last)?;
        }
        let too_long = self.sheet.too_long;
        self.workbook.push_worksheet(self.sheet.fitted()?);
        let mut notes = Sheet::new(Worksheet::new(), &self.head.lang, &self.words);
        let mut name = sheet_name(&self.words.notes, "Notes");
        if name.to_lowercase() == sheet_name(&self.words.rows, "Data").to_lowercase() {
            name = "Notes 2".to_owned();
        }
        notes.worksheet.set_name(name)?;
        Notes {
            head: &self.head,
            words: &self.words,
            too_long,
            too_fine: self.too_fine,
        }
        .write(&mut notes)?;
        self.workbook.push_worksheet(notes.fitted()?);
        self.workbook.save_to_writer(out)?;
        Ok(())
    }
}

/// The workbook was made when its state was recorded: so equal tables have equal bytes.
fn properties(head: &Head) -> Result<DocProperties, FormatError> {
    let time = head
        .as_of
        .time
        .as_deref()
        .and_then(|time| time.parse().ok());
    let seconds = time.map_or(UNKNOWN_TIME_SECONDS, |time: jiff::Timestamp| {
        time.as_second()
    });
    let title: String = head.title.chars().take(255).collect();
    let made = ExcelDateTime::from_timestamp(seconds.max(UNKNOWN_TIME_SECONDS))?;
    Ok(DocProperties::new()
        .set_title(title)
        .set_creation_datetime(&made))
}
