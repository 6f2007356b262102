//! What is written in each format is read back by a reader of that format that is not ours.

mod csv;
mod json;
mod json_stat;
mod parquet;
mod snapshots;
mod tables;
mod xlsx;

use proptest::prelude::*;

use self::tables::{cells, one_column, table};
use super::*;
use crate::{Column, ValueType};

const LABELLINGS: [Labelling; 3] = [Labelling::Codes, Labelling::Labels, Labelling::Both];

fn written(table: &Table, format: Format, labels: Labelling) -> Vec<u8> {
    let options = Options {
        labels,
        ..Options::default()
    };
    write_table(table, format, &options).unwrap()
}

/// What a table has where it is written: by column its code and its cells, labels as words.
fn expected(table: &Table, labels: Labelling) -> Vec<(String, Vec<Cell>)> {
    let mut columns = Vec::new();
    for (place, column) in table.head.columns.iter().enumerate() {
        let clean = |text: &str| text::clean(text).into_owned();
        let code = clean(&column.code);
        let cells = table.rows.iter().map(|row| match &row[place] {
            Cell::Text(text) | Cell::Code(text) => Cell::Text(clean(text).into()),
            other => other.clone(),
        });
        let label = |cell: &Cell| match cell {
            Cell::Code(code) => {
                let mut categories = column.categories().iter();
                let found = categories.find(|category| category.code == *code);
                let label = found.map_or(&**code, |category| &category.label);
                Cell::Text(clean(label).into())
            }
            other => other.clone(),
        };
        let labelled = table.rows.iter().map(|row| label(&row[place])).collect();
        match labels {
            _ if column.categories().is_empty() => columns.push((code, cells.collect())),
            Labelling::Codes => columns.push((code, cells.collect())),
            Labelling::Labels => columns.push((code, labelled)),
            Labelling::Both => {
                columns.push((code.clone(), cells.collect()));
                columns.push((format!("{code}_label"), labelled));
            }
        }
    }
    columns
}

proptest! {
    #[test]
    fn equal_tables_have_equal_bytes(table in table()) {
        for format in Format::ALL {
            if format == Format::JsonStat {
                continue;
            }
            let one = written(&table, format, Labelling::Both);
            prop_assert!(one == written(&table.clone(), format, Labelling::Both));
        }
    }
}

#[test]
fn a_row_that_is_not_of_the_columns_is_refused() {
    let misfit = "in row 1 the cell of a is not of the type of its column";
    for format in [
        Format::Json,
        Format::JsonLines,
        Format::Csv,
        Format::Xlsx,
        Format::Parquet,
    ] {
        for (values, cell) in cells() {
            for (other, _) in cells().into_iter().filter(|(other, _)| *other != values) {
                // A count may stand among decimals.
                if values == ValueType::Integer && other == ValueType::Decimal {
                    continue;
                }
                let table = one_column(other, vec![cell.clone()]);
                let refusal = write_table(&table, format, &Options::default()).unwrap_err();
                assert_eq!(refusal.to_string(), misfit);
            }
            assert!(
                write_table(&one_column(values, vec![cell]), format, &Options::default()).is_ok()
            );
        }
        let mut table = one_column(ValueType::Text, Vec::new());
        table.rows.push(vec![Cell::Blank, Cell::Blank]);
        let refusal = write_table(&table, format, &Options::default()).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            "row 1 has 2 cells, and there are 1 columns"
        );
        let mut table = one_column(ValueType::Text, Vec::new());
        table.head.columns.push(Column {
            role: crate::Role::Status,
            ..table.head.columns[0].clone()
        });
        let refusal = write_table(&table, format, &Options::default()).unwrap_err();
        assert_eq!(refusal.to_string(), "two columns are called a");
    }
}
