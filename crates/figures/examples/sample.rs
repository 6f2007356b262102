//! Writes one table in every format into a folder, for programs that are not ours to read: `sample <folder> [<rows> [<format>]]`. With
//! a number of rows the table is that long, a row over and over, and stands in `rows.<ending>`: for measures.

use std::env::args;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use figures::{
    AsOf, Category, Cell, Column, Format, FormatError, Head, Labelling, Notice, Options, Role,
    Table, ValueType, begin_table, write_table,
};
use jiff::civil::date;

/// How many bytes are gathered before they are written.
const BUFFER: usize = 1 << 16;

fn main() -> Result<(), FormatError> {
    let arguments: Vec<String> = args().skip(1).collect();
    let folder = arguments.first().map_or("target/sample", String::as_str);
    fs::create_dir_all(folder)?;
    let folder = Path::new(folder);
    let rows = arguments.get(1).and_then(|rows| rows.parse().ok());
    let only: Option<Format> = arguments.get(2).and_then(|code| code.parse().ok());
    let is_for_long = |format: &Format| rows.is_none() || *format != Format::JsonStat;
    for format in Format::ALL.into_iter().filter(is_for_long) {
        let ending = format.ending();
        match (rows, only) {
            (None, _) => {
                let name = match format {
                    Format::JsonStat => "figures-json-stat.json".to_owned(),
                    _ => format!("figures.{ending}"),
                };
                let options = Options {
                    labels: Labelling::Both,
                    ..Options::default()
                };
                fs::write(
                    folder.join(name),
                    write_table(&figures(), format, &options)?,
                )?;
            }
            (Some(rows), only) if only.is_none_or(|only| only == format) => {
                stream(rows, format, &folder.join(format!("rows.{ending}")))?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// A long table of answers, as a data set goes out.
fn stream(rows: u64, format: Format, to: &Path) -> Result<(), FormatError> {
    let table = answers();
    let (mut file, mut out) = (File::create(to)?, Vec::new());
    let mut writer = begin_table(&table.head, format, &Options::default(), &mut out)?;
    for row in table.rows.iter().cycle().zip(0..rows).map(|(row, _)| row) {
        writer.row(row, &mut out)?;
        if out.len() >= BUFFER {
            file.write_all(&out)?;
            out.clear();
        }
    }
    file.write_all(&out)?;
    writer.finish(&mut file)
}

fn head(title: &str, columns: Vec<Column>) -> Head {
    Head {
        title: title.to_owned(),
        lang: "en".to_owned(),
        asked: vec![("group_by".to_owned(), "regional_group".to_owned())],
        source: "https://example.org/v1/collections/2026/figures?as_of=4200".to_owned(),
        as_of: AsOf {
            position: 4200,
            time: Some("2026-11-29T10:00:00Z".to_owned()),
        },
        columns,
        notices: vec![Notice {
            code: "counted_consenting".to_owned(),
            text: "27 of the 34 that replied agreed to be counted.".to_owned(),
        }],
    }
}

fn category(code: &str, label: &str) -> Category {
    Category {
        code: Arc::from(code),
        label: label.to_owned(),
    }
}

fn column(code: &str, label: &str, role: Role, values: ValueType) -> Column {
    Column {
        code: code.to_owned(),
        label: label.to_owned(),
        role,
        values,
    }
}

fn groups() -> Vec<Category> {
    vec![
        category("africa", "African States"),
        category("asia_pacific", "Asia-Pacific States"),
        category("eastern_europe", "Eastern European States"),
        category("grulac", "Latin American and Caribbean States"),
        category("weog", "Western European and other States"),
    ]
}

/// Figures by two dimensions, with what is hard to carry.
fn figures() -> Table {
    let options = vec![category("yes", "Yes"), category("no", "No, or \"not yet\"")];
    let states = vec![category("not_available", "Not available")];
    let columns = vec![
        Column::dimension("regional_group", "Regional group", groups()),
        Column::dimension("option", "Answer", options),
        column("n", "Replies", Role::Measure, ValueType::Integer),
        column("value", "Median", Role::Measure, ValueType::Decimal),
        column("status", "Status", Role::Status, ValueType::Code(states)),
        column("remark", "Remark", Role::Attribute, ValueType::Text),
        column("shared", "Shared", Role::Attribute, ValueType::Boolean),
        column("received", "Received", Role::Attribute, ValueType::Date),
        column("recorded", "Recorded", Role::Attribute, ValueType::Time),
    ];
    let remarks = [
        "=1+1",
        "-5, \"quoted\"\r\nsecond line",
        "العربية 中文 é",
        "\u{b}bell",
        "",
    ];
    let values = [
        "-12.5",
        "0.1",
        "1234567890.12345678901234567895",
        "3",
        "100000000000000000000",
    ];
    let mut rows = Vec::new();
    for (place, group) in (0_i64..).zip(groups()) {
        for option in ["yes", "no"] {
            let nth = usize::try_from(place).unwrap_or_default();
            let is_there = place != 3 || option == "yes";
            let value = values[nth].parse().map_or(Cell::Blank, Cell::Decimal);
            let time = jiff::Timestamp::from_microsecond(1_795_946_400_123_456 + place);
            rows.push(vec![
                Cell::Code(group.code.clone()),
                Cell::Code(option.into()),
                if is_there {
                    Cell::Integer(place)
                } else {
                    Cell::Blank
                },
                if is_there { value } else { Cell::Blank },
                if is_there {
                    Cell::Blank
                } else {
                    Cell::Code("not_available".into())
                },
                Cell::Text(remarks[nth].into()),
                Cell::Boolean(option == "yes"),
                Cell::Date(date(2026, 11, 29)),
                time.map_or(Cell::Blank, Cell::Time),
            ]);
        }
    }
    Table {
        head: head("Median by regional group and answer", columns),
        rows,
    }
}

/// Answers in long form: eight columns.
fn answers() -> Table {
    let columns = vec![
        column("reply", "Reply", Role::Attribute, ValueType::Text),
        column(
            "party",
            "Party",
            Role::Attribute,
            ValueType::Code(Vec::new()),
        ),
        column(
            "regional_group",
            "Regional group",
            Role::Attribute,
            ValueType::Code(groups()),
        ),
        column(
            "field",
            "Field",
            Role::Attribute,
            ValueType::Code(Vec::new()),
        ),
        column("text", "Text", Role::Attribute, ValueType::Text),
        column("number", "Number", Role::Attribute, ValueType::Decimal),
        column("received", "Received", Role::Attribute, ValueType::Date),
        column("recorded", "Recorded", Role::Attribute, ValueType::Time),
    ];
    let row = |number: i64| {
        let group = groups().swap_remove(usize::try_from(number % 5).unwrap_or_default());
        let is_text = number % 3 == 0;
        let text = format!(
            "Answer {number}: the law of 2019, as amended, provides for \"restorative\" measures."
        );
        let decimal = format!("{}.{}", number * 37, number % 10).parse();
        let time = jiff::Timestamp::from_microsecond(1_795_946_400_123_456 + number * 7_000_000);
        vec![
            Cell::Text(format!("0193e1f2-7c3a-7d4e-8f00-{:012x}", number / 60).into()),
            Cell::Code(format!("P{:02}", number % 97).into()),
            Cell::Code(group.code),
            Cell::Code(format!("A{}.theft.y2024", number % 60).into()),
            if is_text {
                Cell::Text(text.into())
            } else {
                Cell::Blank
            },
            if is_text {
                Cell::Blank
            } else {
                decimal.map_or(Cell::Blank, Cell::Decimal)
            },
            Cell::Date(date(
                2026,
                11,
                1 + i8::try_from(number % 28).unwrap_or_default(),
            )),
            time.map_or(Cell::Blank, Cell::Time),
        ]
    };
    Table {
        head: head("Answers", columns),
        rows: (0..6000).map(row).collect(),
    }
}
