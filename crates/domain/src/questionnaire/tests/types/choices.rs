//! Options: one, several, in order.

use super::*;

const COUNTED: Counting = Counting::Options;

/// Faults that every choice has of its own options.
fn option_faults() -> Vec<(Value, Faults)> {
    let label = words();
    let with = |more: Value| {
        let mut first = json!({"value": "a", "label": label});
        first
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        json!({"options": [first, {"value": "b", "label": label}]})
    };
    vec![
        (
            json!({"options": null}),
            &[("scale_or_options", "/options")],
        ),
        (json!({"list": "own"}), &[("scale_or_options", "/options")]),
        (
            json!({"options": null, "list": "towns"}),
            &[("unknown_code_list", "/list")],
        ),
        (json!({"options": {}}), &[("wrong_json_type", "/options")]),
        (
            with(json!({"value": "b"})),
            &[("duplicate_option", "/options/1/value")],
        ),
        (
            with(json!({"value": "No"})),
            &[("bad_option_value", "/options/0/value")],
        ),
        (
            with(json!({"value": "a-b", "detail": "may"})),
            &[("bad_part_code", "/options/0/value")],
        ),
        (
            with(json!({"detail": "some"})),
            &[("wrong_json_type", "/options/0/detail")],
        ),
        (
            with(json!({"label": {"en": "?"}})),
            &[("missing_text", "/options/0/label")],
        ),
        (
            with(json!({"relevant": "N1 >"})),
            &[("rule_unexpected", "/options/0/relevant")],
        ),
        (
            with(json!({"colour": 1})),
            &[("unknown_field", "/options/0/colour")],
        ),
    ]
}

pub(super) fn one_choice() -> TypeRow {
    let own = json!([{"value": "law", "label": words()}, {"value": "other", "label": words(), "detail": "must"},
        {"value": "none", "label": words(), "relevant": "N1 > 0"}]);
    let mut refuses = option_faults();
    refuses.extend([
        (
            json!({"options": options(&["one"])}),
            &[("too_few_options", "/options")][..],
        ),
        (
            json!({"scale": "yes_in_part_no"}),
            &[("scale_or_options", "/options")],
        ),
        (
            json!({"options": null, "scale": "good_bad"}),
            &[("wrong_json_type", "/scale")],
        ),
    ]);
    TypeRow {
        kind: TypeCode::OneChoice,
        allows: vec![
            json!({"options": own}),
            json!({"scale": "yes_in_part_no"}),
            json!({"list": "own"}),
            json!({"list": "member_states"}),
        ],
        refuses,
        fields: &[
            ("", "one_choice", COUNTED, USUAL),
            (".other", "opaque", Counting::Presence, &[]),
        ],
        takes: vec![("", json!("law"), json!({"choice": "law"}), "law")],
        refuses_answers: vec![
            ("", json!("time"), &[("unknown_option", "/value")]),
            ("", json!("law\u{200b}"), &[("stray_character", "/value")]),
            ("", json!(true), &[("answer_of_wrong_type", "/value")]),
            ("", json!(["law"]), &[("answer_of_wrong_type", "/value")]),
        ],
        refuses_submission: vec![
            ("", json!({"choice": "other"}), "required_question_blank"),
            ("", json!({"choice": "none"}), "option_not_offered"),
        ],
    }
}

pub(super) fn several_choices() -> TypeRow {
    let own = options(&["money", "staff", "law", "none"]);
    let mut refuses = option_faults();
    refuses.truncate(6);
    refuses.extend([
        (
            json!({"exclusive": ["nothing"]}),
            &[("exclusive_not_an_option", "/exclusive/0")][..],
        ),
        (
            json!({"exclusive": "none"}),
            &[("wrong_json_type", "/exclusive")],
        ),
        (json!({"least": 0}), &[("bad_limit", "/least")]),
        (json!({"most": 5}), &[("bad_limit", "/most")]),
        (
            json!({"least": 3, "most": 2}),
            &[("least_above_most", "/least")],
        ),
        (
            json!({"scale": "yes_in_part_no"}),
            &[("unknown_field", "/scale")],
        ),
    ]);
    // With fewer options there is none that stands alone.
    for (members, _) in &mut refuses[..6] {
        members["exclusive"] = json!(null);
    }
    TypeRow {
        kind: TypeCode::SeveralChoices,
        allows: vec![
            json!({"options": own, "exclusive": ["none"], "least": 2, "most": 2}),
            json!({"options": options(&["one", "two"])}),
            json!({"list": "languages"}),
        ],
        refuses,
        fields: &[("", "several_choices", COUNTED, USUAL)],
        takes: vec![
            (
                "",
                json!(["staff", "money", "staff"]),
                json!({"choices": ["money", "staff"]}),
                "money staff",
            ),
            ("", json!(["none"]), json!({"choices": ["none"]}), "none"),
        ],
        refuses_answers: vec![
            ("", json!("money"), &[("answer_of_wrong_type", "/value")]),
            (
                "",
                json!(["money", "time"]),
                &[("unknown_option", "/value/1")],
            ),
            (
                "",
                json!(["money", " staff"]),
                &[("stray_character", "/value/1")],
            ),
            (
                "",
                json!(["x", 1, "money"]),
                &[
                    ("unknown_option", "/value/0"),
                    ("answer_of_wrong_type", "/value/1"),
                ],
            ),
        ],
        refuses_submission: vec![
            (
                "",
                json!({"choices": ["money", "none"]}),
                "exclusive_option",
            ),
            ("", json!({"choices": ["money"]}), "too_few_chosen"),
            (
                "",
                json!({"choices": ["money", "staff", "law"]}),
                "too_many_chosen",
            ),
        ],
    }
}

pub(super) fn rank() -> TypeRow {
    TypeRow {
        kind: TypeCode::Rank,
        allows: vec![
            json!({"options": options(&["money", "staff", "law"]), "top": 2}),
            json!({"list": "need_types", "top": 3}),
        ],
        refuses: vec![
            (json!({"top": null}), &[("missing_field", "/top")]),
            (json!({"top": "two"}), &[("wrong_json_type", "/top")]),
            (json!({"top": 4}), &[("bad_limit", "/top")]),
            (json!({"top": 0}), &[("bad_limit", "/top")]),
            (
                json!({"options": options(&["one"]), "top": 1}),
                &[("too_few_options", "/options")],
            ),
            (
                json!({"scale": "yes_in_part_no"}),
                &[("unknown_field", "/scale")],
            ),
        ],
        fields: &[("", "several_choices", COUNTED, USUAL)],
        takes: vec![(
            "",
            json!(["staff", "money"]),
            json!({"ranking": ["staff", "money"]}),
            "staff money",
        )],
        refuses_answers: vec![
            ("", json!("money"), &[("answer_of_wrong_type", "/value")]),
            (
                "",
                json!(["money", "time"]),
                &[("unknown_option", "/value/1")],
            ),
            (
                "",
                json!(["money", "money"]),
                &[("ranked_twice", "/value/1")],
            ),
        ],
        refuses_submission: vec![(
            "",
            json!({"ranking": ["law", "money", "staff"]}),
            "too_many_chosen",
        )],
    }
}
