//! XLSX, read by `calamine`.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use jiff::SignedDuration;
use jiff::civil::date;
use proptest::prelude::*;

use super::tables::{days, one_column, small, table};
use super::*;

fn read(bytes: Vec<u8>, sheet: &str) -> Range<Data> {
    let mut workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    workbook.worksheet_range(sheet).unwrap()
}

fn text(range: &Range<Data>, row: u32, column: u32) -> String {
    range
        .get_value((row, column))
        .map(Data::to_string)
        .unwrap_or_default()
}

/// Of instants to the millisecond: doubles of days have no more.
fn instant(serial: f64) -> jiff::Timestamp {
    let since = SignedDuration::from_millis((serial * 86_400_000.0).round() as i64);
    let zero = date(1899, 12, 30)
        .at(0, 0, 0, 0)
        .in_tz("UTC")
        .unwrap()
        .timestamp();
    zero + since
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn what_is_written_is_read_back(table in table()) {
        for labels in LABELLINGS {
            let range = read(written(&table, Format::Xlsx, labels), "Data");
            for (column, (code, cells)) in (0..).zip(expected(&table, labels)) {
                if labels != Labelling::Labels {
                    prop_assert_eq!(text(&range, 0, column), code.replace("\r\n", "\n").replace('\r', "\n"));
                }
                for (row, cell) in (1..).zip(cells) {
                    let read = range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
                    match (read, cell) {
                        (Data::Empty, Cell::Blank) => {}
                        (Data::Empty, Cell::Text(text)) => prop_assert_eq!(&*text, ""),
                        (Data::String(read), Cell::Text(text)) => {
                            prop_assert_eq!(read, text.replace("\r\n", "\n").replace('\r', "\n"));
                        }
                        (Data::Float(read), Cell::Integer(number)) => prop_assert_eq!(read.to_string(), number.to_string()),
                        (Data::Float(read), Cell::Decimal(number)) => prop_assert_eq!(read.to_string(), number.as_str()),
                        (Data::String(read), Cell::Integer(number)) => {
                            prop_assert_eq!(&read, &number.to_string());
                            prop_assert!(read.len() > 15);
                        }
                        (Data::String(read), Cell::Decimal(number)) => {
                            prop_assert_eq!(&read, number.as_str());
                            prop_assert!(read.len() > 15);
                        }
                        (Data::Bool(read), Cell::Boolean(is_so)) => prop_assert_eq!(read, is_so),
                        (Data::DateTime(read), Cell::Date(day)) => {
                            prop_assert_eq!(read.as_f64(), (days(day) + 25_569) as f64);
                        }
                        (Data::DateTime(read), Cell::Time(time)) => {
                            let apart = instant(read.as_f64()).duration_since(time).abs();
                            prop_assert!(apart <= SignedDuration::from_millis(1), "{}", apart);
                        }
                        (Data::String(read), Cell::Date(day)) => {
                            prop_assert!(day < date(1900, 3, 1));
                            prop_assert_eq!(read, day.to_string());
                        }
                        (Data::String(read), Cell::Time(time)) => {
                            prop_assert!(time < "1900-03-01T00:00:00Z".parse().unwrap());
                            prop_assert_eq!(read.parse::<jiff::Timestamp>().unwrap(), time);
                        }
                        (read, cell) => prop_assert!(false, "{:?} {:?}", read, cell),
                    }
                }
            }
        }
    }
}

#[test]
fn notes_say_what_the_table_says_of_itself() {
    let notes = read(written(&small(), Format::Xlsx, Labelling::Labels), "Notes");
    let lines: Vec<String> = notes
        .rows()
        .map(|row| {
            let cells: Vec<String> = row.iter().map(Data::to_string).collect();
            cells.join(" | ").trim_end_matches([' ', '|']).to_owned()
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn a_text_that_no_cell_holds_is_told_and_counted() {
    let long = "é".repeat(32_768);
    let fits = "é".repeat(32_767);
    let texts = [&long, &fits, &"🙂".repeat(16_384)];
    let cells = texts.map(|text| Cell::Text(text.as_str().into()));
    let bytes = written(
        &one_column(ValueType::Text, cells.to_vec()),
        Format::Xlsx,
        Labelling::Codes,
    );
    let range = read(bytes.clone(), "Data");
    let said = |count: &str| Words::default().too_long.replace("{count}", count);
    assert_eq!(text(&range, 1, 0), said("32768"));
    assert_eq!(text(&range, 2, 0), fits);
    assert_eq!(text(&range, 3, 0), said("16384"));
    let notes = read(bytes, "Notes");
    let last = notes.rows().next_back().unwrap();
    assert_eq!(
        last[1].to_string(),
        Words::default().too_long_count.replace("{count}", "2")
    );
}

#[test]
fn sheets_are_called_what_they_are_told_unless_excel_refuses() {
    let mut options = Options::default();
    for (rows, notes, names) in [
        ("Données", "Notes", ["Données", "Notes"]),
        ("a/b", "", ["Data", "Notes"]),
        ("notes", "Notes", ["notes", "Notes 2"]),
    ] {
        options.words.rows = rows.into();
        options.words.notes = notes.into();
        let bytes = write_table(&small(), Format::Xlsx, &options).unwrap();
        let workbook: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        assert_eq!(workbook.sheet_names(), names);
    }
}

#[test]
fn more_than_a_sheet_holds_is_refused_with_the_formats_that_hold_it() {
    let table = one_column(ValueType::Integer, Vec::new());
    let mut out = Vec::new();
    let options = Options::default();
    let mut writer = begin_table(&table.head, Format::Xlsx, &options, &mut out).unwrap();
    for _ in 0..1_048_575 {
        writer.row(&[Cell::Blank], &mut out).unwrap();
    }
    let refusal = writer.row(&[Cell::Blank], &mut out).unwrap_err();
    let said = "xlsx holds 1048575 rows; json, jsonl, csv, parquet hold it";
    assert_eq!(refusal.to_string(), said);
    assert!(out.is_empty());

    let mut table = one_column(ValueType::Integer, Vec::new());
    let column = table.head.columns.remove(0);
    let numbered = |number| Column {
        code: format!("c{number}"),
        ..column.clone()
    };
    table.head.columns = (0..16_385).map(numbered).collect();
    let refusal = write_table(&table, Format::Xlsx, &options).unwrap_err();
    let said = "xlsx holds 16384 columns; json, jsonl, csv, parquet hold it";
    assert_eq!(refusal.to_string(), said);
}
