//! Days, months and years.

use super::*;

const COUNTED: Counting = Counting::Presence;

pub(super) fn date() -> TypeRow {
    TypeRow {
        kind: TypeCode::Date,
        allows: vec![json!({"min": "1945-10-24", "max": "2030-12-31"}), json!({})],
        refuses: vec![
            (json!({"min": "2031-01-01"}), &[("min_above_max", "/min")]),
            (json!({"min": "20110308"}), &[("bad_date", "/min")]),
            (json!({"max": 2030}), &[("wrong_json_type", "/max")]),
        ],
        fields: &[("", "date", COUNTED, USUAL)],
        takes: vec![(
            "",
            json!("2012-02-29"),
            json!({"date": "2012-02-29"}),
            "2012-02-29",
        )],
        refuses_answers: vec![
            ("", json!("2011-02-29"), &[("bad_date", "/value")]),
            ("", json!("20110301"), &[("bad_date", "/value")]),
            (
                "",
                json!("2011-03-08\u{200b}"),
                &[("stray_character", "/value")],
            ),
            ("", json!(2011), &[("answer_of_wrong_type", "/value")]),
        ],
        refuses_submission: vec![("", json!({"date": "1945-10-23"}), "out_of_range")],
    }
}

pub(super) fn month() -> TypeRow {
    TypeRow {
        kind: TypeCode::Month,
        allows: vec![json!({"min": "2000-01", "max": "2030-12"}), json!({})],
        refuses: vec![
            (json!({"min": "2031-01"}), &[("min_above_max", "/min")]),
            (json!({"max": "2030-13"}), &[("wrong_json_type", "/max")]),
            (json!({"max": "2030"}), &[("wrong_json_type", "/max")]),
        ],
        fields: &[("", "month", COUNTED, USUAL)],
        takes: vec![("", json!("2024-02"), json!({"month": "2024-02"}), "2024-02")],
        refuses_answers: vec![
            ("", json!("2024-13"), &[("bad_month", "/value")]),
            ("", json!("02/2024"), &[("bad_month", "/value")]),
            ("", json!(2024), &[("answer_of_wrong_type", "/value")]),
        ],
        refuses_submission: vec![("", json!({"month": "1999-12"}), "out_of_range")],
    }
}

pub(super) fn year() -> TypeRow {
    TypeRow {
        kind: TypeCode::Year,
        allows: vec![json!({"min": 1850, "max": 2030}), json!({})],
        refuses: vec![
            (json!({"min": 2031}), &[("min_above_max", "/min")]),
            (json!({"max": 30_000}), &[("bad_year", "/max")]),
            (json!({"min": 99, "max": null}), &[("bad_year", "/min")]),
            (json!({"min": "MMXI"}), &[("wrong_json_type", "/min")]),
        ],
        fields: &[("", "year", COUNTED, USUAL)],
        takes: vec![("", json!("2011"), json!({"year": 2011}), "2011")],
        refuses_answers: vec![
            ("", json!(99), &[("bad_year", "/value")]),
            ("", json!(2011.5), &[("bad_year", "/value")]),
            ("", json!("MMXI"), &[("bad_year", "/value")]),
            ("", json!(true), &[("answer_of_wrong_type", "/value")]),
        ],
        refuses_submission: vec![("", json!({"year": 1849}), "out_of_range")],
    }
}
