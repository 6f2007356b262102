//! The table that goes to translators and comes back: CSV (RFC 4180) in UTF-8, a text a line, the original beside it.

use std::collections::BTreeMap;

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use crate::http::handling::cells::{BYTE_ORDER_MARK, delimiter, said, words_only};
use crate::http::problem::Problem;
use domain::fault::{self, Fault, pointer};
use domain::questionnaire::translations::{TextStanding, TextState, TranslationChanges};
use domain::{Lang, blank};

/// The first lines' names of columns, beside the two languages.
const KEY: &str = "key";
const STATE: &str = "state";
const TRANSLATED_FROM: &str = "translated_from";

/// The table of these texts.
pub fn written(standing: &[TextStanding<'_>], original: Lang, lang: Lang) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let first = [
        KEY,
        original.as_str(),
        lang.as_str(),
        STATE,
        TRANSLATED_FROM,
    ];
    // Writing to memory does not fail.
    let _ = writer.write_record(first);
    for text in standing {
        let line = [
            text.key.to_owned(),
            words_only(text.original),
            words_only(text.text.unwrap_or_default()),
            text.state.to_string(),
            words_only(text.translated_from.unwrap_or_default()),
        ];
        let _ = writer.write_record(line);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// A table that was read.
#[derive(Debug, Default)]
pub struct ReadTable {
    /// What it changes.
    pub changes: TranslationChanges,
    /// What is wrong with its lines.
    pub faults: Vec<Fault>,
    lines: BTreeMap<String, u64>,
}

impl ReadTable {
    /// The line on which a text stands.
    pub fn line_of(&self, key: &str) -> u64 {
        self.lines.get(key).copied().unwrap_or_default()
    }
}

/// The place of a line.
pub fn place_of_line(line: u64) -> String {
    pointer("/lines", line)
}

/// The line that a fault is of.
pub fn line_of_fault(fault: &Fault) -> u64 {
    let line = fault.pointer.rsplit('/').next();
    line.and_then(|line| line.parse().ok()).unwrap_or_default()
}

/// The columns of a table.
struct Columns {
    key: usize,
    original: usize,
    text: usize,
    state: Option<usize>,
}

impl Columns {
    fn read(first: &StringRecord, original: Lang, lang: Lang) -> Result<Self, Vec<Fault>> {
        let find = |name: &str| first.iter().position(|cell| cell.trim() == name);
        let mut faults = Vec::new();
        let mut needed = |name: &str| {
            find(name).unwrap_or_else(|| {
                let fault = fault::COLUMN_MISSING.at(place_of_line(1));
                faults.push(fault.arg("column", name));
                0
            })
        };
        let columns = Self {
            key: needed(KEY),
            original: needed(original.as_str()),
            text: needed(lang.as_str()),
            state: find(STATE),
        };
        if faults.is_empty() {
            Ok(columns)
        } else {
            Err(faults)
        }
    }
}

/// Reads a table that was made of these texts. A blank translation is passed over, and so is one that is as it was; one that is
/// behind is as the original is now once the table calls it current.
///
/// # Errors
/// It is no table, or has not the columns.
pub fn read(
    bytes: &[u8],
    standing: &[TextStanding<'_>],
    original: Lang,
    lang: Lang,
) -> Result<ReadTable, Problem> {
    let refused = |faults| Problem::new("translation_faulty").faults(faults);
    if bytes.contains(&0) {
        let problem = Problem::new("forbidden_character").arg("pointer", "");
        return Err(problem.at(""));
    }
    let bytes = bytes
        .strip_prefix(BYTE_ORDER_MARK.as_bytes())
        .unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let bad = |line: u64| {
        fault::BAD_TABLE_LINE
            .at(place_of_line(line))
            .arg("line", line)
    };
    let first = reader.headers().map_err(|_| refused(vec![bad(1)]))?;
    let columns = Columns::read(first, original, lang).map_err(refused)?;
    let known: BTreeMap<&str, &TextStanding<'_>> =
        standing.iter().map(|text| (text.key, text)).collect();
    let mut table = ReadTable::default();
    let mut last = 1;
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(last, csv::Position::line);
                table.faults.push(bad(line));
                continue;
            }
        };
        last = record.position().map_or(last, csv::Position::line);
        table.line(&record, &columns, &known, last);
    }
    // A mark that is never closed takes all that follows into its cell.
    if bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        table.faults.push(bad(last));
    }
    Ok(table)
}

impl ReadTable {
    fn line(
        &mut self,
        record: &StringRecord,
        columns: &Columns,
        known: &BTreeMap<&str, &TextStanding<'_>>,
        line: u64,
    ) {
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let (key, text) = (cell(columns.key).trim(), said(cell(columns.text)));
        if blank::is_blank(&text) {
            return;
        }
        let at = place_of_line(line);
        let Some(text_there) = known.get(key) else {
            self.faults.push(fault::NO_SUCH_TEXT.at(at).arg("key", key));
            return;
        };
        if self.lines.insert(key.to_owned(), line).is_some() {
            let fault = fault::TEXT_LISTED_TWICE.at(at).arg("line", line);
            self.faults.push(fault.arg("key", key));
            return;
        }
        let original = text_there.original.replace("\r\n", "\n");
        if said(cell(columns.original)) != original {
            let fault = fault::ORIGINAL_DIFFERS.at(at).arg("line", line);
            self.faults.push(fault.arg("key", key));
            return;
        }
        let is_same = text_there
            .text
            .is_some_and(|there| there.replace("\r\n", "\n") == text);
        let state = columns.state.map(cell).unwrap_or_default().trim();
        let is_confirmed =
            text_there.state == TextState::Behind && state == TextState::Current.as_str();
        if !is_same || is_confirmed {
            self.changes.insert(key.to_owned(), Some(text));
        }
    }
}
