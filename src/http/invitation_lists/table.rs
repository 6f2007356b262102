//! The table of invitations that comes in and goes out: CSV (RFC 4180) in UTF-8, a person a line.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use crate::http::handling::cells::{BYTE_ORDER_MARK, delimiter, said, words_only};
use crate::http::problem::Problem;
use domain::fault::{self, Fault, pointer};

/// The columns, in the order in which they are written. The last three need not be there; what came of a list can be sent again,
/// and what it says of that is passed over.
const COLUMNS: [&str; 8] = [
    "party", "name", "address", "language", "role", "sections", "state", "why",
];
/// How many of them must be there.
const NEEDED: usize = 5;
/// The most lines of a list.
const MOST_LINES: usize = 2_000;

/// The code under which faults of a list are answered.
pub(super) const FAULTY: &str = "invitation_list_faulty";

/// A line as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenLine {
    /// Of the table, whose first names the columns.
    pub line: u64,
    pub party: String,
    pub name: String,
    pub address: String,
    pub language: String,
    pub role: String,
    pub sections: Vec<String>,
}

/// The place of a cell.
pub(super) fn place(line: u64, column: &str) -> String {
    pointer(&pointer("/lines", line), column)
}

/// Reads a table.
///
/// # Errors
/// It is none, has not the columns, has no line, or too many.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<WrittenLine>, Problem> {
    if bytes.contains(&0) {
        let problem = Problem::new("forbidden_character").arg("pointer", "");
        return Err(problem.at(""));
    }
    let mark = BYTE_ORDER_MARK.as_bytes();
    let bytes = bytes.strip_prefix(mark).unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let refused = |faults: Vec<Fault>| Problem::new(FAULTY).faults(faults);
    let bad = |line: u64| {
        let fault = fault::BAD_TABLE_LINE.at(pointer("/lines", line));
        fault.arg("line", line)
    };
    let first = reader.headers().map_err(|_| refused(vec![bad(1)]))?;
    let columns = columns(first).map_err(refused)?;
    let (mut lines, mut faults, mut last) = (Vec::new(), Vec::new(), 1);
    for record in reader.records() {
        match record {
            Ok(record) => {
                last = record
                    .position()
                    .map_or(last + 1, |at| line_of(bytes, at).max(last + 1));
                lines.push(written_line(&record, &columns, last));
            }
            Err(error) => faults.push(bad(error.position().map_or(last, csv::Position::line))),
        }
    }
    // A mark that is never closed takes all that follows into its cell.
    if bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 1 {
        faults.push(bad(last));
    }
    if lines.is_empty() && faults.is_empty() {
        faults.push(fault::LIST_EMPTY.at("/lines"));
    }
    if lines.len() > MOST_LINES {
        let problem = Problem::new("too_many_items").arg("count", lines.len());
        return Err(problem.arg("limit", MOST_LINES).at("/lines"));
    }
    fault::none(faults).map_err(refused)?;
    Ok(lines)
}

/// The line on which a record begins. The reader counts the end of the line before only when it has passed it.
fn line_of(bytes: &[u8], at: &csv::Position) -> u64 {
    let begins = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let (before, rest) = bytes.split_at(begins.min(bytes.len()));
    let blank = rest.iter().take_while(|byte| b"\r\n".contains(byte));
    let ends = before.iter().chain(blank).filter(|byte| **byte == b'\n');
    1 + ends.count() as u64
}

/// Where each column is in the table.
fn columns(first: &StringRecord) -> Result<[Option<usize>; COLUMNS.len()], Vec<Fault>> {
    let named: Vec<String> = first
        .iter()
        .map(|cell| cell.trim().to_lowercase())
        .collect();
    let at = pointer("/lines", 1);
    let found = COLUMNS.map(|column| named.iter().position(|name| name == column));
    let missing = COLUMNS.iter().zip(&found).take(NEEDED);
    let missing = missing.filter(|(_, found)| found.is_none());
    let missing = missing.map(|(column, _)| fault::COLUMN_MISSING.at(&at).arg("column", column));
    // A misspelt name would be a column that is passed over in silence.
    let unknown = named
        .iter()
        .filter(|name| !COLUMNS.contains(&name.as_str()));
    let unknown = unknown.map(|column| {
        let fault = fault::COLUMN_UNKNOWN.at(&at).arg("column", column);
        fault.arg("columns", COLUMNS.join(", "))
    });
    let faults: Vec<Fault> = missing.chain(unknown).collect();
    fault::none(faults).map(|()| found)
}

fn written_line(
    record: &StringRecord,
    columns: &[Option<usize>; COLUMNS.len()],
    line: u64,
) -> WrittenLine {
    let cell = |column: usize| {
        let cell = columns[column].and_then(|column| record.get(column));
        said(cell.unwrap_or_default()).trim().to_owned()
    };
    let sections = cell(5);
    let sections = sections
        .split([' ', ',', ';'])
        .filter(|code| !code.is_empty());
    WrittenLine {
        line,
        party: cell(0),
        name: cell(1),
        address: cell(2),
        language: cell(3),
        role: cell(4),
        sections: sections.map(str::to_owned).collect(),
    }
}

/// The table of these lines, each with the cells of [`COLUMNS`]: as far as the lines go.
pub(super) fn written<const N: usize>(lines: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    // Writing to memory does not fail.
    let _ = writer.write_record(&COLUMNS[..N]);
    for line in lines {
        let _ = writer.write_record(line.iter().map(|cell| words_only(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let line = [
            "FIN",
            "Åsa, \"Öberg\"",
            "asa@example.org",
            "fr",
            "contributor",
            "A B",
            "failed",
            "-",
        ];
        let table = written([line.map(str::to_owned)].into_iter());
        let [read] = &read(table.as_bytes()).unwrap()[..] else {
            panic!("{table}")
        };
        assert_eq!((read.line, read.name.as_str()), (2, "Åsa, \"Öberg\""));
        assert_eq!(read.sections, ["A", "B"]);
        // Programs for tables write semicolons in some countries, and people what columns they like in which order.
        let other = "Role;party;address;name;language\r\nfocal_point;FIN;a@example.org;Aino;en\r\n";
        let other = super::read(other.as_bytes()).unwrap();
        assert_eq!(other[0].line, 2);
        assert_eq!(
            (other[0].role.as_str(), other[0].party.as_str()),
            ("focal_point", "FIN")
        );
    }

    #[test]
    fn each_line_has_a_number_of_its_own_however_lines_end() {
        for end in ["\n", "\r\n", "\r"] {
            let head = format!("party,name,address,language,role{end}");
            let line = format!("FIN,A,a@example.org,en,focal_point{end}");
            let read = read(format!("{head}{line}{line}{line}").as_bytes()).unwrap();
            let lines: Vec<u64> = read.iter().map(|read| read.line).collect();
            assert_eq!(lines, [2, 3, 4], "{end:?}");
        }
    }

    #[test]
    fn a_table_without_its_columns_is_refused_as_a_whole() {
        for (table, code) in [
            ("party,name,address,language,role\n", FAULTY),
            (
                "party,name,email,language,role\nFIN,A,a@example.org,en,focal_point\n",
                FAULTY,
            ),
            ("party,name,address,language,role\nFIN,A\n", FAULTY),
            (
                "party,name,address,language,role\nFIN,\"A,a@example.org,en,focal_point\n",
                FAULTY,
            ),
            ("party\0", "forbidden_character"),
        ] {
            assert_eq!(read(table.as_bytes()).unwrap_err().code(), code, "{table}");
        }
    }
}
