//! CSV, read by the `csv` crate.

use proptest::prelude::*;

use super::super::text::{clean, is_formula};
use super::tables::{one_column, small, table};
use super::*;

/// By line, its cells.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let lines = reader
        .records()
        .map(|line| line.unwrap().iter().map(str::to_owned).collect());
    lines.collect()
}

/// A cell of words without its apostrophe.
fn said(cell: &str) -> &str {
    assert!(
        !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
        "{cell:?}"
    );
    let words = cell.strip_prefix('\'').filter(|words| is_formula(words));
    words.unwrap_or(cell)
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(table in table()) {
        for labels in LABELLINGS {
            let lines = read(&written(&table, Format::Csv, labels));
            prop_assert_eq!(lines.len(), table.rows.len() + 1);
            for (column, (code, cells)) in expected(&table, labels).into_iter().enumerate() {
                if labels == Labelling::Labels {
                    prop_assert_eq!(said(&lines[0][column]), clean(&table.head.columns[column].label));
                } else {
                    prop_assert_eq!(said(&lines[0][column]), code);
                }
                for (line, cell) in lines[1..].iter().zip(cells) {
                    let read = &line[column];
                    match cell {
                        Cell::Blank => prop_assert_eq!(read, ""),
                        Cell::Text(text) | Cell::Code(text) => prop_assert_eq!(said(read), &*text),
                        Cell::Integer(number) => prop_assert_eq!(read, &number.to_string()),
                        Cell::Decimal(number) => prop_assert_eq!(read, number.as_str()),
                        Cell::Boolean(is_so) => prop_assert_eq!(read, &is_so.to_string()),
                        Cell::Date(date) => prop_assert_eq!(read, &date.to_string()),
                        Cell::Time(time) => prop_assert_eq!(read.parse::<jiff::Timestamp>().unwrap(), time),
                    }
                }
            }
        }
    }
}

#[test]
fn words_are_no_formulas_and_numbers_stay_numbers() {
    let minus = one_column(ValueType::Integer, vec![Cell::Integer(-5)]);
    assert_eq!(
        written(&minus, Format::Csv, Labelling::Codes),
        b"a\r\n-5\r\n"
    );
    for (text, line) in [
        ("-5", "'-5"),
        ("=SUM(A1,A2)", "\"'=SUM(A1,A2)\""),
        ("\"+\"", "\"\"\"+\"\"\""),
        ("", "\"\""),
        (" a", "\" a\""),
    ] {
        let words = one_column(ValueType::Text, vec![Cell::Text(text.into())]);
        let bytes = written(&words, Format::Csv, Labelling::Codes);
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            format!("a\r\n{line}\r\n")
        );
    }
}

#[test]
fn excel_is_told_that_it_is_utf_8_where_that_is_asked() {
    let options = Options {
        byte_order_mark: true,
        ..Options::default()
    };
    let bytes = write_table(&small(), Format::Csv, &options).unwrap();
    assert!(bytes.starts_with(b"\xef\xbb\xbfregional_group,"));
}
