use super::typing::assert_faults;
use super::*;

#[test]
fn functions_say_what_they_take() {
    assert_faults(&[
        (
            "has(B2) && answered(N2) && missing(N2) && missing(N2, \"not_collected\")",
            &[],
        ),
        (
            "has(F1) && has(B3.amount) && has(last.B2) && has(field(\"B2\"))",
            &[],
        ),
        ("has(1)", &["rule_type 1"]),
        ("has(L1)", &["rule_type L1"]),
        ("has(Z9)", &["rule_unknown_field Z9"]),
        ("has()", &["rule_arguments has()"]),
        ("missing(N2, \"lost\")", &["rule_unknown_reason \"lost\""]),
        ("missing(N2, B4)", &["rule_literal B4"]),
        ("sum(1)", &["rule_type 1"]),
        ("sum([1], [2])", &["rule_arguments sum([1], [2])"]),
        ("sum([B4])", &["rule_type [B4]"]),
        ("sum([1, B4])", &["rule_mixed_types B4"]),
        ("max([B7, B7])", &[]),
        ("max([B1])", &["rule_type [B1]"]),
        (
            "size(B4) + B4.size() + size(B5) + size(L1) + size([1]) + size(cells(\"P1.*.*\"))",
            &[],
        ),
        ("size(N1)", &["rule_type N1"]),
        (
            "B4.contains(\"a\") && B4.startsWith(\"b\") && B4.endsWith(B4)",
            &[],
        ),
        (
            "contains(B4, \"a\")",
            &["rule_arguments contains(B4, \"a\")"],
        ),
        ("B4.contains(1)", &["rule_type 1"]),
        ("N1.contains(\"a\")", &["rule_type N1"]),
        ("B2.contains(\"a\")", &["rule_type B2"]),
        ("B4.matches(\"^[a-z]+$\") && matches(B4, \"x\")", &[]),
        ("B4.matches(B4)", &["rule_literal B4"]),
        ("B4.matches(\"(\")", &["rule_pattern \"(\""]),
        ("B4.matches(\"(?=a)\")", &["rule_pattern \"(?=a)\""]),
        (
            "B4.matches(\"(\\\\w{50}){50}\")",
            &["rule_pattern \"(\\\\w{50}){50}\""],
        ),
        ("abs(N1) + round(B6) + round(B6, 2)", &[]),
        ("round(B6, N1)", &["rule_literal N1"]),
        ("round(B6, 31)", &["rule_places 31"]),
        ("date(\"2024-02-30\")", &["rule_date \"2024-02-30\""]),
        ("date(\"20240201\")", &["rule_date \"20240201\""]),
        ("date(B4)", &["rule_literal B4"]),
        ("month(\"2024-13\")", &["rule_date \"2024-13\""]),
        ("days(B7, B7) + year(B7) + year(B8)", &[]),
        ("days(B7)", &["rule_arguments days(B7)"]),
        ("days(B7, B8)", &["rule_type B8"]),
        ("year(Y1)", &["rule_type Y1"]),
        ("B4.round()", &["rule_arguments B4.round()"]),
    ]);
}

#[test]
fn patterns_name_cells_of_one_type() {
    assert_faults(&[
        ("sum(cells(\"P1.*.y2024\"))", &[]),
        ("sum(cells(\"P1.*.y2024\", \"P1.all.*\"))", &[]),
        ("sum(last.cells(\"P1.*.*\"))", &[]),
        ("count(cells(\"L1.*.title\"))", &[]),
        (
            "cells(\"P1.*.y2024\")",
            &["rule_type cells(\"P1.*.y2024\")"],
        ),
        (
            "sum(cells(\"P1.*.y1999\"))",
            &["rule_no_cells \"P1.*.y1999\""],
        ),
        (
            "sum(cells(\"P1.*.y2024\", \"P1.*.*\"))",
            &["rule_no_cells \"P1.*.y2024\""],
        ),
        (
            "sum(cells(\"*.theft.y2024\"))",
            &["rule_cells_pattern \"*.theft.y2024\""],
        ),
        (
            "sum(cells(\"P1.th*.y2024\"))",
            &["rule_cells_pattern \"P1.th*.y2024\""],
        ),
        (
            "sum(cells(\"P1.*.y2024\", \"\"))",
            &["rule_cells_pattern \"\""],
        ),
        ("count(cells(\"P2.*.*\"))", &["rule_mixed_types \"P2.*.*\""]),
        ("sum(cells(B4))", &["rule_literal B4"]),
        ("sum(cells())", &["rule_arguments cells()"]),
        ("sum(row.cells(\"*\"))", &["rule_no_cells \"*\""]),
        ("cells(\"P1.*.*\").all(x, x > 0)", &[]),
        ("cells(\"P1.*.*\").all(x, x)", &["rule_type x"]),
        ("cells(\"P1.*.*\").all(B2, true)", &["rule_name_taken B2"]),
        (
            "cells(\"P1.*.*\").all(this, true)",
            &["rule_name_taken this"],
        ),
        ("[1].exists(x, [2].exists(x, true))", &["rule_name_taken x"]),
        ("cells(\"P1.*.*\").all(1, true)", &["rule_arguments 1"]),
        (
            "cells(\"P1.*.*\").all(x > 0)",
            &["rule_arguments cells(\"P1.*.*\").all(x > 0)"],
        ),
        ("B2.all(x, true)", &["rule_type B2"]),
        ("x > 0", &["rule_unknown_field x"]),
    ]);
    let many = vec!["sum(cells(\"P1.*.*\"))"; 33].join("+");
    assert_eq!(faults(&many), ["rule_too_many_cells \"P1.*.*\""]);
    let many = ["B4.matches(\"a\")"; 9].join("||");
    assert_eq!(faults(&many), ["rule_too_many_patterns \"a\""]);
}
