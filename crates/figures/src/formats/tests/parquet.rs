//! Parquet, read by that crate's reader of rows.

use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::Field;
use bytes::Bytes;
use proptest::prelude::*;

use super::tables::{days, one_column, small, table};
use super::*;

/// By row, its cells by name.
fn read(bytes: Vec<u8>) -> Vec<Vec<(String, Field)>> {
    let file = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let rows = file.get_row_iter(None).unwrap();
    rows.map(|row| row.unwrap().into_columns()).collect()
}

fn cell<'a>(row: &'a [(String, Field)], code: &str) -> &'a Field {
    &row.iter().find(|(name, _)| name == code).unwrap().1
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(table in table()) {
        for labels in LABELLINGS {
            let rows = read(written(&table, Format::Parquet, labels));
            prop_assert_eq!(rows.len(), table.rows.len());
            for (code, cells) in expected(&table, labels) {
                for (row, expected) in rows.iter().zip(cells) {
                    let read = cell(row, &code);
                    let digits = match &expected {
                        Cell::Integer(number) => number.to_string(),
                        Cell::Decimal(number) => number.to_string(),
                        _ => String::new(),
                    };
                    match (read, expected) {
                        (Field::Null, Cell::Blank) => {}
                        (Field::Str(read), Cell::Text(text)) => prop_assert_eq!(read, &*text),
                        (Field::Long(read), Cell::Integer(number)) => prop_assert_eq!(*read, number),
                        (Field::Bool(read), Cell::Boolean(is_so)) => prop_assert_eq!(*read, is_so),
                        (Field::Date(read), Cell::Date(date)) => prop_assert_eq!(i64::from(*read), days(date)),
                        (Field::TimestampMicros(read), Cell::Time(time)) => {
                            prop_assert_eq!(*read, time.as_microsecond());
                        }
                        (Field::Double(read), Cell::Decimal(_) | Cell::Integer(_)) => {
                            match cell(row, &format!("{code}_exact")) {
                                Field::Null => prop_assert_eq!(read.to_string(), digits),
                                Field::Str(exact) => {
                                    prop_assert_eq!(exact, &digits);
                                    prop_assert_eq!(*read, digits.parse::<f64>().unwrap());
                                }
                                other => prop_assert!(false, "{:?}", other),
                            }
                        }
                        (read, cell) => prop_assert!(false, "{:?} {:?}", read, cell),
                    }
                }
            }
        }
    }
}

#[test]
fn rows_go_in_groups_that_come_as_they_fill() {
    let table = one_column(ValueType::Text, Vec::new());
    let mut out = Vec::new();
    let options = Options::default();
    let mut writer = begin_table(&table.head, Format::Parquet, &options, &mut out).unwrap();
    let mut file = Vec::new();
    for number in 0..300_000 {
        let text = format!("{number}");
        writer.row(&[Cell::Text(text.into())], &mut out).unwrap();
        file.append(&mut out);
    }
    assert!(file.len() > 500_000);
    writer.finish(&mut file).unwrap();
    let reader = SerializedFileReader::new(Bytes::from(file.clone())).unwrap();
    assert_eq!(reader.num_row_groups(), 3);
    let rows = read(file);
    assert_eq!(rows.len(), 300_000);
    assert_eq!(rows[299_999][0].1, Field::Str("299999".to_owned()));
}

#[test]
fn long_texts_fill_a_group_before_many_rows_do() {
    let text = Cell::Text("x".repeat(1 << 20).into());
    let table = one_column(ValueType::Text, vec![text; 40]);
    let file = written(&table, Format::Parquet, Labelling::Codes);
    let reader = SerializedFileReader::new(Bytes::from(file)).unwrap();
    assert_eq!(reader.num_row_groups(), 3);
}

#[test]
fn the_file_says_what_the_table_says_of_itself() {
    let file = written(&small(), Format::Parquet, Labelling::Codes);
    let reader = SerializedFileReader::new(Bytes::from(file)).unwrap();
    let metadata = reader.metadata().file_metadata();
    let said = |key: &str| {
        let mut pairs = metadata.key_value_metadata().unwrap().iter();
        pairs
            .find(|pair| pair.key == key)
            .unwrap()
            .value
            .clone()
            .unwrap()
    };
    assert_eq!(said("title"), "Replies by regional group");
    assert_eq!(said("as_of_position"), "42");
    assert_eq!(said("as_of_time"), "2026-11-29T10:00:00.25Z");
    assert_eq!(
        said("asked"),
        r#"{"group_by":"regional_group","kind":["member_state","observer_state"]}"#
    );
    let columns: serde_json::Value = serde_json::from_str(&said("columns")).unwrap();
    assert_eq!(columns[0]["categories"][0]["label"], "African States");
}
