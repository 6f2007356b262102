//! One small table in each format that is text.

use super::tables::small;
use super::*;

fn text(format: Format, labels: Labelling) -> String {
    let bytes = written(&small(), format, labels);
    // The replacement character stands where a control character stood; the ends of lines are shown.
    String::from_utf8(bytes).unwrap().replace('\r', "␍")
}

#[test]
fn json() {
    insta::assert_snapshot!(text(Format::Json, Labelling::Codes));
}

#[test]
fn json_lines() {
    insta::assert_snapshot!(text(Format::JsonLines, Labelling::Both));
}

#[test]
fn csv_of_codes() {
    insta::assert_snapshot!(text(Format::Csv, Labelling::Codes));
}

#[test]
fn csv_of_labels() {
    insta::assert_snapshot!(text(Format::Csv, Labelling::Labels));
}

#[test]
fn csv_of_both() {
    insta::assert_snapshot!(text(Format::Csv, Labelling::Both));
}

#[test]
fn json_stat() {
    insta::assert_snapshot!(text(Format::JsonStat, Labelling::Codes));
}
