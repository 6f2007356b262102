use super::*;

#[track_caller]
pub(super) fn assert_faults(cases: &[(&str, &[&str])]) {
    for (source, told) in cases {
        assert_eq!(faults(source), *told, "{source}");
    }
}

#[test]
fn every_fault_is_told_at_once_each_at_its_place() {
    assert_faults(&[
        (
            "Z9 == 1 && B2 == \"maybe\" && frobnicate(N1) && B4 > 3",
            &[
                "rule_unknown_field Z9",
                "rule_option \"maybe\"",
                "rule_unknown_function frobnicate(N1)",
                "rule_type B4",
            ],
        ),
        (
            "(Z9 ? Z8 : Z7) + Z6",
            &[
                "rule_unknown_field Z9",
                "rule_unknown_field Z8",
                "rule_unknown_field Z7",
                "rule_unknown_field Z6",
            ],
        ),
        (
            "nothing([Z9, 1], Z8)",
            &[
                "rule_unknown_function nothing([Z9, 1], Z8)",
                "rule_unknown_field Z9",
                "rule_unknown_field Z8",
            ],
        ),
    ]);
}

#[test]
fn names_are_fields() {
    assert_faults(&[
        ("B2", &[]),
        ("field(\"old-code\")", &[]),
        ("P1.theft.y2024", &[]),
        ("last.P1.theft.y2024", &[]),
        ("last.field(\"B1\")", &[]),
        ("B3.amount > 0 && B3.currency == \"EUR\"", &[]),
        ("P1", &["rule_unknown_field P1"]),
        ("P1.theft", &["rule_unknown_field P1.theft"]),
        ("B2.detail", &["rule_unknown_field B2.detail"]),
        ("B3.value", &["rule_unknown_member B3.value"]),
        (
            "field(\"B3\").value",
            &["rule_unknown_member field(\"B3\").value"],
        ),
        ("L1.k7f3.title", &["rule_unknown_field L1.k7f3.title"]),
        (
            "field(\"L1.*.title\")",
            &["rule_unknown_field \"L1.*.title\""],
        ),
        ("L1", &["rule_type L1"]),
        ("last", &["rule_unknown_field last"]),
        ("this", &["rule_out_of_place this"]),
        ("row.y2024", &["rule_out_of_place row.y2024"]),
        ("entry.title", &["rule_out_of_place entry.title"]),
        ("field(B4)", &["rule_literal B4"]),
        (
            "field(\"a\", \"b\")",
            &["rule_arguments field(\"a\", \"b\")"],
        ),
        ("row.field(\"a\")", &["rule_arguments row.field(\"a\")"]),
    ]);
}

#[test]
fn what_is_near_is_suggested() {
    for (source, suggested) in [
        ("P1.theft.y20224", Some("P1.theft.y2024")),
        ("b2", Some("B2")),
        ("last.P1.thef.y2024", Some("last.P1.theft.y2024")),
        ("Q77", None),
    ] {
        let rule = Rule::compile(source, &schema(), &Scope::of_none(), None);
        let FaultKind::UnknownField { nearest, .. } = rule.unwrap_err().remove(0).kind else {
            panic!("{source}");
        };
        assert_eq!(nearest.as_deref(), suggested, "{source}");
    }
    let rule = Rule::compile("sums([1])", &schema(), &Scope::of_none(), None);
    assert_eq!(
        rule.unwrap_err()[0].to_string(),
        "line 1, column 1: there is no function \"sums\"; is it \"sum\"?"
    );
    let rule = Rule::compile("B2 == \"ja\"", &schema(), &Scope::of_none(), None);
    assert_eq!(
        rule.unwrap_err()[0].to_string(),
        "line 1, column 7: no option is \"ja\"; there are yes, no, in_part"
    );
}

#[test]
fn operators_take_what_goes_with_them() {
    assert_faults(&[
        ("B1 && B2", &["rule_type B2"]),
        ("!N1", &["rule_type N1"]),
        ("-B4", &["rule_type B4"]),
        ("B4 + B4", &["rule_type B4", "rule_type B4"]),
        ("N1 + B6 * 2 / 3 - 1", &[]),
        ("N1 % 2", &[]),
        ("B6 % 2", &["rule_type 2"]),
        ("B3 + B3 * 2 - B3 / 4", &[]),
        ("B3 + 1", &["rule_type 1"]),
        ("1 + B3", &["rule_type B3"]),
        ("1 / B3", &["rule_type B3"]),
        ("B3 * B3", &["rule_type B3"]),
        ("N1 < B6 && Y1 >= N1", &[]),
        ("B4 < B4", &["rule_type B4"]),
        ("B1 < B1", &["rule_type B1"]),
        ("1 < 2 < 3", &["rule_type 1"]),
        ("1 < 2 == true", &[]),
        ("B7 < date(\"2024-01-31\")", &[]),
        ("B7 < \"2024-01-31\"", &["rule_type \"2024-01-31\""]),
        ("B7 == B8", &["rule_type B8"]),
        ("N1 == \"7\"", &["rule_type \"7\""]),
        ("F1 == F1", &["rule_type F1"]),
        ("B5 == B5", &["rule_type B5"]),
        ("[1] == [1]", &["rule_type [1]", "rule_type [1]"]),
        ("B1 ? 1 : 2.5", &[]),
        ("B1 ? 1 : \"a\"", &["rule_mixed_types \"a\""]),
        ("N1 ? 1 : 2", &["rule_type N1"]),
    ]);
}

#[test]
fn choices_are_compared_with_their_options() {
    assert_faults(&[
        ("B2 == \"yes\"", &[]),
        ("\"yes\" != B2", &[]),
        ("B2 == \"Yes\"", &["rule_option \"Yes\""]),
        (
            "B2 in [\"yes\", \"nein\", \"oui\"]",
            &["rule_option \"nein\"", "rule_option \"oui\""],
        ),
        ("B2 == P2.theft.agrees", &[]),
        ("B2 == B9", &["rule_no_option_in_common B9"]),
        ("B2 == B4", &["rule_type B4"]),
        (
            "B2 == (B1 ? \"yes\" : \"never\")",
            &["rule_option \"never\""],
        ),
        ("(B1 ? B2 : \"x\") == \"yes\"", &["rule_option \"x\""]),
        ("\"prison\" in B5", &[]),
        ("\"prisons\" in B5", &["rule_option \"prisons\""]),
        ("B2 in B5", &["rule_no_option_in_common B5"]),
        ("B2 in B4", &["rule_type B4"]),
        ("\"yes\" in [B2, \"no\"]", &[]),
        ("B4 in [\"a\", \"b\"]", &[]),
        ("1 in [1, 2.5, N1]", &[]),
        ("1 in [\"a\"]", &["rule_type \"a\""]),
        ("1 in []", &["rule_type []"]),
        (
            "cells(\"P2.*.agrees\").all(x, x == \"nope\")",
            &["rule_option \"nope\""],
        ),
    ]);
}

#[test]
fn a_rule_gives_what_it_is_to_give() {
    let none = Scope::of_none();
    for (source, result, told) in [
        ("B1", Type::Bool, None),
        ("N1", Type::Bool, Some("rule_type N1")),
        ("N1", Type::Decimal, None),
        ("B6", Type::Whole, Some("rule_type B6")),
        ("round(B6)", Type::Whole, None),
        ("N1 / 2", Type::Whole, Some("rule_type N1 / 2")),
        ("year(B7)", Type::Year, None),
        ("\"yes\"", Type::choice(["yes", "no"]), None),
        (
            "\"ja\"",
            Type::choice(["yes", "no"]),
            Some("rule_option \"ja\""),
        ),
        (
            "B1 ? \"yes\" : \"ja\"",
            Type::choice(["yes", "no"]),
            Some("rule_option \"ja\""),
        ),
        ("B2", Type::choice(["yes", "no"]), Some("rule_type B2")),
        (
            "last.B5",
            Type::choices(["prison", "probation", "fine"]),
            None,
        ),
        ("B2", Type::Text, None),
    ] {
        let found = faults_in(source, &none, Some(&result));
        assert_eq!(found.first().map(String::as_str), told, "{source}");
        assert!(found.len() <= 1);
    }
}

#[test]
fn where_a_rule_stands_it_has_this_a_row_or_an_entry() {
    let schema = schema();
    let on_row = Scope::of_none()
        .this(Type::Whole)
        .row([("y2023", Type::Whole), ("y2024", Type::Whole)]);
    let on_entry = Scope::of_none()
        .this(Type::Text)
        .entry(schema.field("L1").unwrap());
    for (source, scope, told) in [
        ("this >= row.y2023", &on_row, None),
        (
            "this <= last.this * 1.2 && last.row.y2023 > 0",
            &on_row,
            None,
        ),
        (
            "this.amount > 1",
            &on_row,
            Some("rule_unknown_field this.amount"),
        ),
        (
            "last.this == this",
            &on_entry,
            Some("rule_out_of_place last.this"),
        ),
        (
            "last.entry.title == this",
            &on_entry,
            Some("rule_out_of_place last.entry.title"),
        ),
        ("sum(row.cells(\"*\")) > 0", &on_row, None),
        (
            "row.y2022 > 0",
            &on_row,
            Some("rule_unknown_field row.y2022"),
        ),
        ("entry.title == this", &on_entry, None),
        (
            "entry.kind == \"act\"",
            &on_entry,
            Some("rule_option \"act\""),
        ),
        (
            "entry.titel == this",
            &on_entry,
            Some("rule_unknown_field entry.titel"),
        ),
        ("count(entry.cells(\"cost\")) == 1", &on_entry, None),
    ] {
        let found = faults_in(source, scope, Some(&Type::Bool));
        assert_eq!(found.first().map(String::as_str), told, "{source}");
    }
}

#[test]
fn addresses_are_each_of_one_field() {
    let mut schema = schema();
    for wrong in ["B1", "", "a..b", "a.*", ".", "P1.theft.y2024"] {
        assert!(schema.add(wrong, Type::Bool).is_err(), "{wrong}");
    }
    assert!(schema.add_list("L2", [("*", Type::Bool)]).is_err());
}
