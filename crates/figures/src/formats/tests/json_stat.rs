//! JSON-stat, by its values at the offsets that the categories make.

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use serde_json::Value as Json;

use super::tables::{category, head, small};
use super::*;
use crate::{Column, Role, ValueType};

fn json(table: &Table) -> Json {
    serde_json::from_slice(&written(table, Format::JsonStat, Labelling::Codes)).unwrap()
}

fn column(code: &str, role: Role, values: ValueType) -> Column {
    Column {
        code: code.to_owned(),
        label: code.to_uppercase(),
        role,
        values,
    }
}

/// Sizes of dimensions, how many measures, and which rows there are.
fn shape() -> impl Strategy<Value = (Vec<usize>, usize, Vec<Vec<usize>>)> {
    (vec(1_usize..60, 1..4), 1_usize..4).prop_flat_map(|(sizes, measures)| {
        let places: Vec<_> = sizes.iter().map(|size| 0..*size).collect();
        let rows = btree_set(places, 0..12);
        (
            Just(sizes),
            Just(measures),
            rows.prop_map(|rows| rows.into_iter().rev().collect()),
        )
    })
}

proptest! {
    #[test]
    fn each_figure_stands_at_the_offset_of_its_categories((sizes, measures, rows) in shape()) {
        let dimension = |(place, size): (usize, &usize)| {
            let categories = (0..*size).map(|it| category(&format!("k{it}"), &format!("K{it}")));
            Column::dimension(&format!("d{place}"), "D", categories.collect())
        };
        let mut columns: Vec<Column> = sizes.iter().enumerate().map(dimension).collect();
        columns.extend((0..measures).map(|it| column(&format!("m{it}"), Role::Measure, ValueType::Integer)));
        columns.push(column("status", Role::Status, ValueType::Code(Vec::new())));
        let figure = |row: usize, measure: usize| i64::try_from(row * 10 + measure).unwrap();
        let cells = |(number, row): (usize, &Vec<usize>)| {
            let codes = row.iter().map(|place| Cell::Code(format!("k{place}").into()));
            let figures = (0..measures).map(|measure| match number % 5 {
                4 => Cell::Blank,
                _ => Cell::Integer(figure(number, measure)),
            });
            let status = if number % 5 == 4 { Cell::Code("na".into()) } else { Cell::Blank };
            codes.chain(figures).chain([status]).collect()
        };
        let table = Table { head: head(columns), rows: rows.iter().enumerate().map(cells).collect() };
        let json = json(&table);
        let read_sizes: Vec<usize> = serde_json::from_value(json["size"].clone()).unwrap();
        let read_sizes = if measures > 1 { &read_sizes[..sizes.len()] } else { &read_sizes[..] };
        prop_assert_eq!(read_sizes, &sizes);
        let mut found = 0;
        for (number, row) in rows.iter().enumerate() {
            for measure in 0..measures {
                let offset = row.iter().zip(&sizes).fold(0, |offset, (place, size)| offset * size + place);
                let offset = offset * measures + measure;
                let value = match &json["value"] {
                    Json::Array(values) => values[offset].clone(),
                    Json::Object(values) => values.get(&offset.to_string()).cloned().unwrap_or_default(),
                    other => panic!("{other}"),
                };
                if number % 5 == 4 {
                    prop_assert_eq!(value, Json::Null);
                    prop_assert_eq!(&json["status"][offset.to_string()], "na");
                } else {
                    prop_assert_eq!(value, figure(number, measure));
                    found += 1;
                }
            }
        }
        let all = match &json["value"] {
            Json::Array(values) => values.iter().filter(|value| !value.is_null()).count(),
            Json::Object(values) => values.len(),
            other => panic!("{other}"),
        };
        prop_assert_eq!(all, found);
    }
}

#[test]
fn several_measures_are_a_dimension_and_one_is_not() {
    let mut table = small();
    let several = json(&table);
    assert_eq!(
        several["id"],
        serde_json::json!(["regional_group", "measure"])
    );
    assert_eq!(several["role"], serde_json::json!({"metric": ["measure"]}));
    assert_eq!(
        several["dimension"]["measure"]["category"]["label"]["n"],
        "Replies"
    );
    table.head.columns[2].role = Role::Attribute;
    let one = json(&table);
    assert_eq!(one["id"], serde_json::json!(["regional_group"]));
    assert_eq!(one["value"][0], -12.5);
    assert_eq!(one["status"], serde_json::json!({"1": "not_available"}));
}

#[test]
fn days_are_the_role_of_time() {
    let days = vec![
        category("2026-11-28", "28 November"),
        category("2026-11-29", "29 November"),
    ];
    let day = Column {
        values: ValueType::Date,
        ..Column::dimension("day", "Day", days)
    };
    let table = Table {
        head: head(vec![
            day,
            column("value", Role::Measure, ValueType::Integer),
        ]),
        rows: vec![vec![
            Cell::Date(jiff::civil::date(2026, 11, 29)),
            Cell::Integer(4),
        ]],
    };
    let json = json(&table);
    assert_eq!(json["role"]["time"], serde_json::json!(["day"]));
    assert_eq!(json["value"], serde_json::json!([null, 4]));
}

#[test]
fn what_is_no_table_of_figures_is_refused() {
    type Change = fn(&mut Table);
    let refusal = |change: Change| {
        let mut table = small();
        change(&mut table);
        write_table(&table, Format::JsonStat, &Options::default())
            .unwrap_err()
            .to_string()
    };
    let cases: [(Change, &str); 6] = [
        (
            |table| table.head.columns[0].role = Role::Attribute,
            "json-stat writes figures by their dimensions, and this has none",
        ),
        (
            |table| {
                table.head.columns[1].role = Role::Attribute;
                table.head.columns[2].role = Role::Attribute;
            },
            "json-stat writes figures, and this has none: no column is a measure",
        ),
        (
            |table| table.head.columns[4].role = Role::Measure,
            "json-stat writes figures, and remark is a measure of another type",
        ),
        (
            |table| table.rows[1][0] = Cell::Code("grulac".into()),
            "in row 2 the cell of regional_group is not among the categories of its dimension",
        ),
        (
            |table| table.rows[0][0] = Cell::Blank,
            "in row 1 the cell of regional_group is not among the categories of its dimension",
        ),
        (
            |table| table.rows[1][0] = Cell::Code("africa".into()),
            "two rows, or two categories of a dimension, are told apart by nothing",
        ),
    ];
    for (change, said) in cases {
        assert_eq!(refusal(change), said);
    }
}
