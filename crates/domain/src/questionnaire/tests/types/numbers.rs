//! Figures. How numbers are written is in `tests/numbers.rs`, for all of them alike.

use super::*;

const COUNTED: Counting = Counting::Presence;

pub(super) fn whole_number() -> TypeRow {
    TypeRow {
        kind: TypeCode::WholeNumber,
        allows: vec![
            json!({"min": 0, "max": 20, "unit": words()}),
            json!({}),
            json!({"min": "-9007199254740993"}),
        ],
        refuses: vec![
            (json!({"min": 21}), &[("min_above_max", "/min")]),
            (json!({"min": 1.5}), &[("wrong_json_type", "/min")]),
            (
                json!({"unit": {"en": "persons"}}),
                &[("missing_text", "/unit")],
            ),
            (json!({"unit": "persons"}), &[("wrong_json_type", "/unit")]),
            (json!({"places": 1}), &[("unknown_field", "/places")]),
        ],
        fields: &[("", "whole_number", COUNTED, USUAL)],
        takes: vec![
            ("", json!(12), json!({"whole_number": 12}), "12"),
            ("", json!("12"), json!({"whole_number": 12}), "12"),
        ],
        refuses_answers: vec![
            ("", json!(1.5), &[("bad_whole_number", "/value")]),
            ("", json!(u64::MAX), &[("bad_whole_number", "/value")]),
            ("", json!("twelve"), &[("bad_whole_number", "/value")]),
            ("", json!([1]), &[("answer_of_wrong_type", "/value")]),
        ],
        refuses_submission: vec![
            ("", json!({"whole_number": -1}), "out_of_range"),
            (
                "",
                json!({"whole_number": "9007199254740993"}),
                "out_of_range",
            ),
        ],
    }
}

pub(super) fn decimal() -> TypeRow {
    TypeRow {
        kind: TypeCode::Decimal,
        allows: vec![
            json!({"min": "0", "max": "99.5", "places": 1, "unit": words()}),
            json!({}),
            json!({"places": 30}),
        ],
        refuses: vec![
            (json!({"min": "100"}), &[("min_above_max", "/min")]),
            (json!({"min": "0,5"}), &[("wrong_json_type", "/min")]),
            (json!({"places": 31}), &[("bad_limit", "/places")]),
            (json!({"places": 0.5}), &[("wrong_json_type", "/places")]),
            (
                json!({"unit": {"en": "days"}}),
                &[("missing_text", "/unit")],
            ),
        ],
        fields: &[("", "decimal", COUNTED, USUAL)],
        takes: vec![
            ("", json!("012.50"), json!({"decimal": "12.5"}), "12.5"),
            ("", json!(12.5), json!({"decimal": "12.5"}), "12.5"),
        ],
        refuses_answers: vec![
            ("", json!("12,5"), &[("bad_decimal", "/value")]),
            ("", json!(1e300), &[("bad_decimal", "/value")]),
            ("", json!({}), &[("answer_of_wrong_type", "/value")]),
        ],
        refuses_submission: vec![
            ("", json!({"decimal": "99.6"}), "out_of_range"),
            ("", json!({"decimal": "1.25"}), "too_many_places"),
        ],
    }
}

pub(super) fn percentage() -> TypeRow {
    TypeRow {
        kind: TypeCode::Percentage,
        allows: vec![json!({"places": 1}), json!({"min": "-100", "max": "1000"})],
        refuses: vec![
            (json!({"min": "100.5"}), &[("min_above_max", "/min")]),
            (json!({"max": "all"}), &[("wrong_json_type", "/max")]),
            (json!({"places": -1}), &[("bad_limit", "/places")]),
            // The sign for per cent is its unit.
            (json!({"unit": words()}), &[("unknown_field", "/unit")]),
        ],
        fields: &[("", "decimal", COUNTED, USUAL)],
        takes: vec![("", json!("31.40"), json!({"decimal": "31.4"}), "31.4")],
        refuses_answers: vec![
            ("", json!("31,4"), &[("bad_decimal", "/value")]),
            ("", json!("31%"), &[("bad_decimal", "/value")]),
        ],
        refuses_submission: vec![
            ("", json!({"decimal": "100.1"}), "out_of_range"),
            ("", json!({"decimal": "-1"}), "out_of_range"),
            ("", json!({"decimal": "1.25"}), "too_many_places"),
        ],
    }
}

pub(super) fn money() -> TypeRow {
    TypeRow {
        kind: TypeCode::Money,
        allows: vec![json!({"min": "0", "max": "1000"}), json!({})],
        refuses: vec![
            (json!({"min": "1001"}), &[("min_above_max", "/min")]),
            (json!({"max": "1 EUR"}), &[("wrong_json_type", "/max")]),
            (
                json!({"currency": "EUR"}),
                &[("unknown_field", "/currency")],
            ),
        ],
        fields: &[("", "money", COUNTED, USUAL)],
        takes: vec![(
            "",
            json!({"amount": "12.50", "currency": "EUR"}),
            json!({"money": {"amount": "12.5", "currency": "EUR"}}),
            "12.5 EUR",
        )],
        refuses_answers: vec![
            ("", json!("12.50"), &[("answer_of_wrong_type", "/value")]),
            (
                "",
                json!({"amount": "12.50"}),
                &[("answer_of_wrong_type", "/value")],
            ),
            (
                "",
                json!({"amount": "12,5", "currency": "EUR"}),
                &[("bad_decimal", "/value/amount")],
            ),
            (
                "",
                json!({"amount": 1, "currency": "EURO"}),
                &[("unknown_currency", "/value/currency")],
            ),
            (
                "",
                json!({"amount": 1, "currency": "EUR", "in": 2024}),
                &[("unknown_field", "/value/in")],
            ),
        ],
        refuses_submission: vec![(
            "",
            json!({"money": {"amount": "-1", "currency": "EUR"}}),
            "out_of_range",
        )],
    }
}

pub(super) fn calculated() -> TypeRow {
    TypeRow {
        kind: TypeCode::Calculated,
        allows: vec![
            json!({"rule": "N1 / 3", "places": 2, "unit": words()}),
            json!({"rule": "N1 * 2", "heading": "practices"}),
        ],
        refuses: vec![
            (json!({"rule": null}), &[("missing_field", "/rule")]),
            (json!({"rule": 3}), &[("wrong_json_type", "/rule")]),
            (json!({"rule": "N1 > 3"}), &[("rule_type", "/rule")]),
            (json!({"rule": "Q1 + 1"}), &[("rule_circle", "/rule")]),
            (json!({"places": 31}), &[("bad_limit", "/places")]),
            (json!({"unit": {"fr": "?"}}), &[("missing_text", "/unit")]),
        ],
        // It is not missing but blank, where what it needs is.
        fields: &[("", "decimal", COUNTED, &[])],
        takes: vec![],
        refuses_answers: vec![("", json!(3), &[("takes_no_answer", "/value")])],
        refuses_submission: vec![],
    }
}
