//! Tables to write: any, of one column, and one that shows what there is.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::{AsOf, Category, Cell, Column, Head, Notice, Role, Table, ValueType};

pub fn head(columns: Vec<Column>) -> Head {
    Head {
        title: "Replies by regional group".to_owned(),
        lang: "en".to_owned(),
        asked: vec![
            ("group_by".to_owned(), "regional_group".to_owned()),
            ("kind".to_owned(), "member_state".to_owned()),
            ("kind".to_owned(), "observer_state".to_owned()),
        ],
        source: "https://example.org/v1/collections/1/figures?as_of=42".to_owned(),
        as_of: AsOf {
            position: 42,
            time: Some("2026-11-29T10:00:00.25Z".to_owned()),
        },
        columns,
        notices: vec![Notice {
            code: "counted_consenting".to_owned(),
            text: "27 of the 34 that replied agreed to be counted.".to_owned(),
        }],
    }
}

pub fn one_column(values: ValueType, cells: Vec<Cell>) -> Table {
    let column = Column {
        code: "a".to_owned(),
        label: "A".to_owned(),
        role: Role::Attribute,
        values,
    };
    Table {
        head: head(vec![column]),
        rows: cells.into_iter().map(|cell| vec![cell]).collect(),
    }
}

/// A cell of each type.
pub fn cells() -> Vec<(ValueType, Cell)> {
    vec![
        (ValueType::Code(Vec::new()), Cell::Code("a".into())),
        (ValueType::Text, Cell::Text("a".into())),
        (ValueType::Integer, Cell::Integer(1)),
        (ValueType::Decimal, Cell::Decimal("1.5".parse().unwrap())),
        (ValueType::Boolean, Cell::Boolean(true)),
        (ValueType::Date, Cell::Date(date(2026, 11, 29))),
        (ValueType::Time, Cell::Time(Timestamp::UNIX_EPOCH)),
    ]
}

pub fn category(code: &str, label: &str) -> Category {
    Category {
        code: Arc::from(code),
        label: label.to_owned(),
    }
}

/// A small table with one of each.
pub fn small() -> Table {
    let groups = vec![
        category("africa", "African States"),
        category("asia_pacific", "Asia-Pacific States"),
        category("weog", "Western European and \"other\" States"),
    ];
    let column = |code: &str, label: &str, role, values| Column {
        code: code.to_owned(),
        label: label.to_owned(),
        role,
        values,
    };
    let states = vec![category("not_available", "Not available")];
    let columns = vec![
        Column::dimension("regional_group", "Regional group", groups),
        column("value", "Median", Role::Measure, ValueType::Decimal),
        column("n", "Replies", Role::Measure, ValueType::Integer),
        column("status", "Status", Role::Status, ValueType::Code(states)),
        column("remark", "Remark", Role::Attribute, ValueType::Text),
        column("shared", "Shared", Role::Attribute, ValueType::Boolean),
        column("received", "Received", Role::Attribute, ValueType::Date),
        column("recorded", "Recorded", Role::Attribute, ValueType::Time),
    ];
    let row = |group: &str, value: Cell, n, status: Cell, remark: &str| {
        vec![
            Cell::Code(group.into()),
            value,
            Cell::Integer(n),
            status,
            Cell::Text(remark.into()),
            Cell::Boolean(n > 0),
            Cell::Date(date(2026, 11, 29)),
            Cell::Time("2026-11-29T10:00:00.123456Z".parse().unwrap()),
        ]
    };
    let decimal = |text: &str| Cell::Decimal(text.parse().unwrap());
    let exact = decimal("-1234567890.12345678901234567895");
    Table {
        head: head(columns),
        rows: vec![
            row(
                "africa",
                decimal("-12.5"),
                7,
                Cell::Blank,
                "=1+1, \"said\"\r\nso",
            ),
            row("weog", exact, 3, Cell::Blank, "\u{0}\u{b}bell"),
            row(
                "asia_pacific",
                Cell::Blank,
                0,
                Cell::Code("not_available".into()),
                "",
            ),
        ],
    }
}

pub fn nasty_text() -> impl Strategy<Value = String> {
    let known = select(vec![
        "",
        " ",
        " a ",
        "=1+1",
        "'=1",
        "''@x",
        "-5",
        "+",
        "@a",
        "\tx",
        "\r",
        "\n",
        "a\r\nb",
        "a,b;c\td",
        "\"",
        "\"\"",
        "'",
        "\0\u{1}\u{1f}",
        "\u{fffe}\u{ffff}",
        "_x0041_",
        "_x005F_",
        "]]>&amp;<a>",
        "NULL",
        "null",
        "NaN",
        "1e5",
        "TRUE",
        "007",
        "2026-11-29",
        "العربية",
        "中文",
        "👩‍👩‍👧",
        "e\u{301}",
        "＝1",
        "\u{feff}",
        "\\",
        "\\n",
    ]);
    let any = vec(any::<char>(), 0..12).prop_map(String::from_iter);
    prop_oneof![known.prop_map(str::to_owned), any]
}

fn cell(values: &ValueType) -> BoxedStrategy<Cell> {
    let text = nasty_text().prop_map(|text| Cell::Text(text.into()));
    let decimal =
        "-?[0-9]{1,20}(\\.[0-9]{1,10})?".prop_map(|it| Cell::Decimal(it.parse().unwrap()));
    let integer = prop_oneof![any::<i64>(), -10_i64..1000].prop_map(Cell::Integer);
    let day = (-719_000_i64..2_932_000).prop_map(|days| {
        let day = date(1970, 1, 1).checked_add(jiff::SignedDuration::from_hours(24 * days));
        Cell::Date(day.unwrap())
    });
    let time = (-62_000_000_000_000_000_i64..253_000_000_000_000_000)
        .prop_map(|time| Cell::Time(Timestamp::from_microsecond(time).unwrap()));
    let there = match values {
        ValueType::Code(categories) => {
            let categories = categories.clone();
            let code = (any::<Index>(), nasty_text()).prop_map(move |(index, other)| {
                let code = (index.index(categories.len() + 1) < categories.len())
                    .then(|| categories[index.index(categories.len() + 1)].code.clone());
                Cell::Code(code.unwrap_or_else(|| other.into()))
            });
            code.boxed()
        }
        ValueType::Text => text.boxed(),
        ValueType::Integer => integer.boxed(),
        ValueType::Decimal => prop_oneof![3 => decimal, 1 => integer].boxed(),
        ValueType::Boolean => any::<bool>().prop_map(Cell::Boolean).boxed(),
        ValueType::Date => day.boxed(),
        ValueType::Time => time.boxed(),
    };
    prop_oneof![1 => Just(Cell::Blank), 5 => there].boxed()
}

fn values() -> impl Strategy<Value = ValueType> {
    let categories = vec(nasty_text(), 0..4).prop_map(|labels| {
        let label = |(place, label): (usize, String)| category(&format!("{place}{label}"), &label);
        ValueType::Code(labels.into_iter().enumerate().map(label).collect())
    });
    prop_oneof![
        2 => categories,
        2 => Just(ValueType::Text),
        1 => Just(ValueType::Integer),
        2 => Just(ValueType::Decimal),
        1 => Just(ValueType::Boolean),
        1 => Just(ValueType::Date),
        1 => Just(ValueType::Time),
    ]
}

/// Any table.
pub fn table() -> impl Strategy<Value = Table> {
    let columns = vec((values(), nasty_text(), nasty_text()), 1..6);
    columns.prop_flat_map(|columns| {
        let row: Vec<_> = columns.iter().map(|(values, _, _)| cell(values)).collect();
        let column =
            |(place, (values, code, label)): (usize, (ValueType, String, String))| Column {
                code: format!("c{place}{code}"),
                label,
                role: Role::Attribute,
                values,
            };
        let head = head(columns.into_iter().enumerate().map(column).collect());
        (vec(row, 0..8), nasty_text()).prop_map(move |(rows, title)| {
            let head = Head {
                title,
                ..head.clone()
            };
            Table { head, rows }
        })
    })
}

/// Days since 1970.
pub fn days(day: Date) -> i64 {
    day.duration_since(date(1970, 1, 1)).as_hours() / 24
}
