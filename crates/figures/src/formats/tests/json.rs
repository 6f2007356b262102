//! JSON and JSON Lines, read by `serde_json`.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::text::clean;
use super::tables::table;
use super::*;

type RawRow = BTreeMap<String, Box<RawValue>>;

#[derive(Deserialize)]
struct ReadTable {
    title: String,
    rows: Vec<RawRow>,
    columns: Vec<serde_json::Value>,
    notices: Vec<serde_json::Value>,
}

/// What a cell is in JSON: numbers by their digits.
fn spelled(cell: &Cell) -> String {
    match cell {
        Cell::Blank => "null".to_owned(),
        Cell::Text(text) | Cell::Code(text) => serde_json::to_string(&**text).unwrap(),
        Cell::Integer(number) => number.to_string(),
        Cell::Decimal(number) => number.to_string(),
        Cell::Boolean(is_so) => is_so.to_string(),
        Cell::Date(date) => format!("\"{date}\""),
        Cell::Time(time) => format!("\"{time:.6}\""),
    }
}

/// A number without its power of ten.
fn plain(json: &str) -> String {
    let Some((mantissa, power)) = json.split_once('e').filter(|_| !json.starts_with('"')) else {
        return json.to_owned();
    };
    let Ok(power) = power.parse::<usize>() else {
        return json.to_owned();
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap();
    let (others, fraction) = fraction.split_at(power);
    format!("{whole}{others}.{fraction}")
        .trim_end_matches('.')
        .to_owned()
}

fn same(rows: &[RawRow], expected: &[(String, Vec<Cell>)]) -> Result<(), TestCaseError> {
    for (place, row) in rows.iter().enumerate() {
        prop_assert_eq!(row.len(), expected.len());
        for (code, cells) in expected {
            prop_assert_eq!(plain(row[code].get()), spelled(&cells[place]));
            if let Cell::Decimal(number) = &cells[place] {
                prop_assert_eq!(
                    row[code].get().parse::<f64>().unwrap(),
                    number.as_str().parse::<f64>().unwrap()
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(table in table()) {
        for labels in LABELLINGS {
            let json = written(&table, Format::Json, labels);
            let read: ReadTable = serde_json::from_slice(&json).unwrap();
            prop_assert_eq!(read.title, clean(&table.head.title));
            prop_assert_eq!(read.columns.len(), table.head.columns.len());
            prop_assert_eq!(read.notices.len(), 1);
            prop_assert_eq!(read.rows.len(), table.rows.len());
            same(&read.rows, &expected(&table, Labelling::Codes))?;

            let lines = String::from_utf8(written(&table, Format::JsonLines, labels)).unwrap();
            let lines = lines.split_terminator('\n');
            let rows: Vec<RawRow> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
            prop_assert_eq!(rows.len(), table.rows.len());
            same(&rows, &expected(&table, labels))?;
        }
    }
}
