use super::*;

fn printed(source: &str) -> String {
    let parsed = parse(source).unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
    parsed.to_string()
}

#[test]
fn what_is_written_is_printed_in_one_spelling() {
    for (written, canonical) in [
        ("1+2*3", "1 + 2 * 3"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("1-2-3", "1 - 2 - 3"),
        ("(1-2)-3", "(1 - 2) - 3"),
        ("a&&b||c&&d", "a && b || c && d"),
        ("a&&(b||c)", "a && (b || c)"),
        ("!a == b", "!a == b"),
        ("!(a == b)", "!(a == b)"),
        ("- -1", "--1"),
        ("a ? b : c ? d : e", "a ? b : c ? d : e"),
        ("(a ? b : c) ? d : e", "(a ? b : c) ? d : e"),
        ("a ? (b ? c : d) : e", "a ? (b ? c : d) : e"),
        ("P1 . theft\n.y2024", "P1.theft.y2024"),
        ("(P1).theft", "P1.theft"),
        ("field( 'old-code' )", "field(\"old-code\")"),
        ("field(\"B3\").amount", "field(\"B3\").amount"),
        ("B4.startsWith(r'a\\b')", "B4.startsWith(\"a\\\\b\")"),
        (
            "last.cells(\"a.*\").all(x, x > 0)",
            "last.cells(\"a.*\").all(x, x > 0)",
        ),
        ("B2 in ['yes', \"no\"]", "B2 in [\"yes\", \"no\"]"),
        ("1.50", "1.5"),
        ("2.0", "2.0"),
        ("\"\\u00e9\\n\\\"\"", "\"é\\n\\\"\""),
        ("\"a\" // why\n", "\"a\""),
        ("a.in.for", "a.in.for"),
        ("a < b == c", "a < b == c"),
    ] {
        assert_eq!(printed(written), canonical, "{written}");
        assert_eq!(printed(canonical), canonical, "{written}");
    }
}

#[test]
fn what_does_not_parse_has_a_fault_where_reading_stopped() {
    for (source, told) in [
        ("", "rule_empty "),
        ("  // nothing", "rule_empty "),
        ("1 +", "rule_unexpected "),
        ("1 2", "rule_unexpected 2"),
        ("(1", "rule_unexpected "),
        ("[1, ", "rule_unexpected "),
        ("[1, ]", "rule_unexpected ]"),
        ("f(1 2)", "rule_unexpected 2"),
        ("a.1", "rule_unexpected 1"),
        ("a ? b", "rule_unexpected "),
        ("a ? b ? c : d : e", "rule_unexpected ?"),
        ("B2 = 1", "rule_character ="),
        ("B2 ≥ 1", "rule_character ≥"),
        ("“yes”", "rule_character “"),
        ("$", "rule_character $"),
        ("\"open", "rule_text_unclosed \"open"),
        ("\"a\\q\"", "rule_escape \"a\\q\""),
        ("\"\\ud800\"", "rule_escape \"\\ud800\""),
        ("1e5", "rule_number_form 1e5"),
        ("1.2.3", "rule_number_form 1.2.3"),
        ("5kg", "rule_number_form 5kg"),
        ("null", "rule_null null"),
        ("B1 == null", "rule_null null"),
        ("if", "rule_reserved_word if"),
    ] {
        assert_eq!(
            faults(source).first().map(String::as_str),
            Some(told),
            "{source}"
        );
    }
    assert_eq!(
        faults("a = b & c"),
        ["rule_character =", "rule_character &"]
    );
}

#[test]
fn a_place_is_a_line_and_a_column_of_characters() {
    let schema = schema();
    let faults = Rule::compile(
        "B4 == \"é\" &&\n  \"é\" == Z9",
        &schema,
        &Scope::of_none(),
        None,
    );
    let fault = faults.unwrap_err().remove(0);
    let Place { span, line, column } = fault.place;
    assert_eq!((line, column), (2, 10));
    assert_eq!((span.start, span.end), (24, 26));
    assert_eq!(
        fault.to_string(),
        "line 2, column 10: there is no field \"Z9\""
    );
}

#[test]
fn size_and_depth_are_bounded() {
    let deep = limits::MAX_DEPTH;
    for (source, told) in [
        (format!("{}1{}", "(".repeat(31), ")".repeat(31)), None),
        (
            format!("{}1{}", "(".repeat(32), ")".repeat(32)),
            Some("rule_too_deep"),
        ),
        ("(".repeat(limits::MAX_SOURCE_BYTES), Some("rule_too_deep")),
        ("!".repeat(limits::MAX_SOURCE_BYTES), Some("rule_too_deep")),
        ("-".repeat(limits::MAX_SOURCE_BYTES), Some("rule_too_deep")),
        ("[".repeat(limits::MAX_SOURCE_BYTES), Some("rule_too_deep")),
        ("f(".repeat(2_000), Some("rule_too_deep")),
        (format!("f(){}", ".a".repeat(deep)), Some("rule_too_deep")),
        ("a?b:".repeat(1_000), Some("rule_too_deep")),
        (vec!["1"; 499].join("+"), None),
        (vec!["1"; 500].join("+"), Some("rule_too_large")),
        (vec!["1"; 1_000].join("||"), Some("rule_too_large")),
        (" ".repeat(4_095) + "1", None),
        (" ".repeat(4_096) + "1", Some("rule_too_long")),
        (format!("a{}", ".a".repeat(2_000)), None),
    ] {
        let code = parse(&source).err().map(|faults| faults[0].code());
        assert_eq!(code, told, "{}", source.get(..20).unwrap_or(&source));
    }
}

#[test]
fn the_deepest_rules_need_little_of_a_stack() {
    let deepest = |open: &str, close: &str, inner: &str| {
        let most = (1..=limits::MAX_DEPTH).rev();
        let mut rules = most.map(|depth| open.repeat(depth) + inner + &close.repeat(depth));
        rules.find(|rule| parse(rule).is_ok()).unwrap()
    };
    let run = move || {
        let nested: String = (0..14).map(|at| format!("[{at}].all(x{at}, ")).collect();
        let nested = format!("{nested}true{}", ")".repeat(14));
        let rule = Rule::compile(&nested, &schema(), &Scope::of_none(), None).unwrap();
        assert!(
            rule.holds(&Situation::of(&RoundAnswers::default()))
                .unwrap()
        );
        for (open, close, inner) in [
            ("(1 + 2 * ", ")", "3"),
            ("!(B1 && ", ")", "B1"),
            ("B1 ? 1 : ", "", "2"),
            ("sum([1, ", "])", "2"),
            ("[1].all(x, true) || (true && ", ")", "true"),
        ] {
            let source = deepest(open, close, inner);
            let rule = Rule::compile(&source, &schema(), &Scope::of_none(), None);
            if let Ok(rule) = rule {
                rule.evaluate(&Situation::of(&RoundAnswers::default())).ok();
            }
        }
    };
    let thread = std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(run);
    thread.unwrap().join().unwrap();
}

#[test]
fn codes_of_faults_are_each_of_one_kind() {
    let mut codes = FaultKind::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), FaultKind::CODES.len());
}
