//! Several fields: tables, groups, lists.

use super::*;

const COUNTED: Counting = Counting::Presence;

fn named(code: &str, kind: &str) -> Value {
    json!({"code": code, "type": kind, "text": words()})
}

/// As often as that: more than there may be.
fn many(count: usize, one: impl Fn(&str) -> Value) -> Value {
    (0..count)
        .map(|number| one(&format!("n{number}")))
        .collect()
}

pub(super) fn table() -> TypeRow {
    let row = |code: &str| json!({"code": code, "text": words()});
    let columns = json!([
        {"year": 0, "type": "whole_number", "missing": ["not_collected"]},
        named("spent", "money"),
        {"code": "who", "type": "one_choice", "text": words(), "options": [
            {"value": "police", "label": words()}, {"value": "other", "label": words(), "detail": "may"}]},
    ]);
    let inner = |kind: &str| json!({"columns": [named("a", kind)]});
    let column = |more: Value| {
        let mut column = named("a", "text");
        column
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        column
            .as_object_mut()
            .unwrap()
            .retain(|_, value| !value.is_null());
        json!({"columns": [column]})
    };
    let total_row = |more: Value| {
        let mut total = row("b");
        total
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"rows": [row("a"), total], "columns": [named("n", "whole_number")]})
    };
    let total_columns = |one: &str, other: &str, more: Value| {
        let mut total = named("b", other);
        total
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"columns": [named("a", one), total]})
    };
    let with_total = |mut line: Value, of: Value| {
        line["total_of"] = of;
        line
    };
    TypeRow {
        kind: TypeCode::Table,
        allows: vec![
            json!({"rows": [row("theft")], "columns": columns, "currency": true}),
            json!({"rows": [{"code": "a", "text": words(), "number": "1", "relevant": "N1 > 0", "required": "N1 > 1"}],
                "columns": [{"year": -30, "type": "decimal", "text": words(), "required": true}]}),
            json!({"rows": [row("a"), row("b"), with_total(row("c"), json!("rest")), with_total(row("d"), json!(["a"]))],
                "columns": [named("m", "whole_number"), named("f", "decimal"), named("s", "percentage"), named("t", "percentage"),
                    with_total(named("all", "decimal"), json!("rest"))]}),
            json!({"rows": [{"code": "a", "text": words(), "adds_to_100": true, "sum_kind": "refuse"}],
                "columns": [named("s", "percentage"), {"code": "t", "type": "percentage", "text": words(), "adds_to_100": true}]}),
        ],
        refuses: vec![
            (json!({"rows": null}), &[("rows_or_rows_of", "/rows")]),
            (json!({"rows_of": "C1"}), &[("rows_or_rows_of", "/rows")]),
            (
                json!({"rows": null, "rows_of": "C1"}),
                &[("rows_of_no_choices", "/rows_of")],
            ),
            (json!({"rows": []}), &[("no_row", "/rows")]),
            (
                json!({"rows": many(301, row)}),
                &[("too_many_rows", "/rows")],
            ),
            (
                json!({"rows": [row("Theft")]}),
                &[("bad_part_code", "/rows/0/code")],
            ),
            (
                json!({"rows": [row("a"), row("a")]}),
                &[("duplicate_part", "/rows/1/code")],
            ),
            (
                json!({"rows": [row("currency")]}),
                &[("duplicate_part", "/rows/0/code")],
            ),
            (
                json!({"rows": [{"code": "a"}]}),
                &[("missing_field", "/rows/0/text")],
            ),
            (json!({"columns": null}), &[("missing_field", "/columns")]),
            (json!({"columns": []}), &[("no_column", "/columns")]),
            (
                json!({"columns": many(61, |code| named(code, "text"))}),
                &[("too_many_columns", "/columns")],
            ),
            (
                inner("table"),
                &[
                    ("rows_or_rows_of", "/columns/0/rows"),
                    ("missing_field", "/columns/0/columns"),
                ],
            ),
            (inner("note"), &[("type_not_inside", "/columns/0/type")]),
            (inner("colour"), &[("wrong_json_type", "/columns/0/type")]),
            (
                column(json!({"code": null})),
                &[("column_code_or_year", "/columns/0/code")],
            ),
            (
                column(json!({"code": null, "year": 1})),
                &[("bad_relative_year", "/columns/0/year")],
            ),
            (
                column(json!({"text": null})),
                &[("missing_field", "/columns/0/text")],
            ),
            (
                column(json!({"max_length": 0})),
                &[("bad_limit", "/columns/0/max_length")],
            ),
            (
                json!({"columns": [named("y2024", "text"), {"year": 0, "type": "text"}]}),
                &[("column_code_is_year", "/columns/0/code")],
            ),
            (
                json!({"currency": "EUR"}),
                &[("wrong_json_type", "/currency")],
            ),
            (
                total_row(json!({"total_of": "all"})),
                &[("wrong_json_type", "/rows/1/total_of")],
            ),
            (
                total_row(json!({"total_of": [1]})),
                &[("wrong_json_type", "/rows/1/total_of")],
            ),
            (
                total_row(json!({"total_of": ["a", "b", "z", "a"]})),
                &[
                    ("unknown_total_part", "/rows/1/total_of/1"),
                    ("unknown_total_part", "/rows/1/total_of/2"),
                    ("unknown_total_part", "/rows/1/total_of/3"),
                ],
            ),
            (
                total_row(json!({"total_of": []})),
                &[("total_of_no_figures", "/rows/1/total_of")],
            ),
            (
                total_row(json!({"total_of": "rest", "adds_to_100": true})),
                &[("total_or_hundred", "/rows/1/adds_to_100")],
            ),
            (
                total_row(json!({"total_of": "rest", "sum_kind": "ask"})),
                &[("wrong_json_type", "/rows/1/sum_kind")],
            ),
            (
                total_row(json!({"sum_kind": "refuse"})),
                &[("unknown_field", "/rows/1/sum_kind")],
            ),
            (
                total_row(json!({"adds_to_100": true})),
                &[("hundred_of_no_shares", "/rows/1/adds_to_100")],
            ),
            (
                total_columns("text", "text", json!({"total_of": "rest"})),
                &[("total_of_no_figures", "/columns/1/total_of")],
            ),
            (
                total_columns("money", "decimal", json!({"total_of": ["a"]})),
                &[("total_of_no_figures", "/columns/1/total_of")],
            ),
            (
                total_columns("decimal", "decimal", json!({"total_of": ["b"]})),
                &[("unknown_total_part", "/columns/1/total_of/0")],
            ),
            (
                total_columns("decimal", "decimal", json!({"adds_to_100": true})),
                &[("hundred_of_no_shares", "/columns/1/adds_to_100")],
            ),
        ],
        fields: &[
            (".currency", "one_choice", Counting::Options, &[]),
            (
                ".theft.y2024",
                "whole_number",
                COUNTED,
                &[MissingKind::NotCollected],
            ),
            (".theft.spent", "decimal", COUNTED, USUAL),
            (".theft.who", "one_choice", Counting::Options, USUAL),
            (".theft.who.other", "opaque", COUNTED, &[]),
        ],
        takes: vec![
            (".theft.y2024", json!(3), json!({"whole_number": 3}), "3"),
            (
                ".theft.spent",
                json!("3.50"),
                json!({"decimal": "3.5"}),
                "3.5",
            ),
            (".currency", json!("EUR"), json!({"choice": "EUR"}), "EUR"),
        ],
        refuses_answers: vec![
            (
                ".theft.y2024",
                json!("3.5"),
                &[("bad_whole_number", "/value")],
            ),
            (".theft.who", json!("army"), &[("unknown_option", "/value")]),
            (".currency", json!("EURO"), &[("unknown_option", "/value")]),
        ],
        refuses_submission: vec![(
            ".theft.spent",
            json!({"decimal": "3.5"}),
            "required_question_blank",
        )],
    }
}

/// The faults of parts, of groups and of lists alike.
fn part_faults() -> Vec<(Value, Faults)> {
    let part = |more: Value| {
        let mut part = named("a", "text");
        part.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"parts": [part]})
    };
    vec![
        (json!({"parts": null}), &[("missing_field", "/parts")]),
        (json!({"parts": []}), &[("no_part", "/parts")]),
        (
            json!({"parts": many(61, |code| named(code, "text"))}),
            &[("too_many_parts", "/parts")],
        ),
        (
            json!({"parts": [named("a", "text"), named("a", "date")]}),
            &[("duplicate_part", "/parts/1/code")],
        ),
        (
            part(json!({"code": "this"})),
            &[("bad_part_code", "/parts/0/code")],
        ),
        (
            part(json!({"type": "list", "parts": [named("b", "text")]})),
            &[("type_not_inside", "/parts/0/type")],
        ),
        (
            part(json!({"max_length": 0})),
            &[("bad_limit", "/parts/0/max_length")],
        ),
        (
            part(json!({"heading": "practices"})),
            &[("unknown_field", "/parts/0/heading")],
        ),
        (
            part(json!({"number": " "})),
            &[("blank", "/parts/0/number")],
        ),
        (
            part(json!({"help": {"en": "?"}})),
            &[("missing_text", "/parts/0/help")],
        ),
        (
            part(json!({"guidance": {"fr": "?"}})),
            &[("missing_text", "/parts/0/guidance")],
        ),
    ]
}

pub(super) fn group() -> TypeRow {
    TypeRow {
        kind: TypeCode::Group,
        allows: vec![
            json!({"parts": [named("from", "date"), named("law", "legal_reference"), named("legend", "note")]}),
            json!({"parts": [{"code": "a", "type": "text", "text": words(), "number": "1 (a)", "help": words(),
                "guidance": words(), "relevant": "N1 > 0", "required": true}]}),
        ],
        refuses: part_faults(),
        fields: &[
            (".from", "date", COUNTED, USUAL),
            (".law.title", "opaque", COUNTED, USUAL),
            (".law.article", "opaque", COUNTED, USUAL),
            (".law.in_force_on", "date", COUNTED, USUAL),
            (".law.link", "opaque", COUNTED, USUAL),
            (".law.file", "opaque", COUNTED, USUAL),
            (".law.language", "one_choice", Counting::Options, USUAL),
        ],
        takes: vec![(
            ".from",
            json!("2024-01-31"),
            json!({"date": "2024-01-31"}),
            "2024-01-31",
        )],
        refuses_answers: vec![(".from", json!("January"), &[("bad_date", "/value")])],
        refuses_submission: vec![],
    }
}

pub(super) fn list() -> TypeRow {
    let mut refuses = part_faults();
    refuses.extend([
        (json!({"least": 0}), &[("bad_limit", "/least")][..]),
        (json!({"most": 501}), &[("bad_limit", "/most")]),
        (json!({"least": 9}), &[("least_above_most", "/least")]),
    ]);
    TypeRow {
        kind: TypeCode::List,
        allows: vec![
            json!({"parts": [named("title", "text"), named("cost", "decimal")], "least": 2, "most": 3}),
            json!({"parts": [named("law", "legal_reference")]}),
        ],
        refuses,
        // Of entries there are several in one reply.
        fields: &[
            ("", "", Counting::Nothing, &[]),
            (".*", "", Counting::Nothing, &[]),
            (".*.title", "opaque", Counting::Nothing, USUAL),
            (".*.cost", "decimal", Counting::Nothing, USUAL),
        ],
        takes: vec![
            (".e1", json!({}), json!({"entry": "1"}), ""),
            (".e1", json!({"order": "2.50"}), json!({"entry": "2.5"}), ""),
            (".e1.cost", json!(3), json!({"decimal": "3"}), "3"),
        ],
        refuses_answers: vec![
            (".e1", json!(1), &[("answer_of_wrong_type", "/value")]),
            (
                ".e1",
                json!({"place": 1}),
                &[("unknown_field", "/value/place")],
            ),
            (
                ".e1",
                json!({"order": "first"}),
                &[("bad_decimal", "/value/order")],
            ),
            (".e1.cost", json!("much"), &[("bad_decimal", "/value")]),
            ("", json!({}), &[("takes_no_answer", "/value")]),
        ],
        refuses_submission: vec![(".e1", json!({"entry": "1"}), "too_few_entries")],
    }
}
