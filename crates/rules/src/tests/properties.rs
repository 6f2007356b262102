use proptest::prelude::*;

use super::*;

/// Texts of rules that are of one type each, with every operator and function: well typed by how they are made.
mod typed {
    use super::*;

    fn joined(
        leaf: BoxedStrategy<String>,
        deeper: impl Fn(BoxedStrategy<String>) -> BoxedStrategy<String>,
    ) -> BoxedStrategy<String> {
        let once = deeper(leaf.clone());
        prop_oneof![leaf, once.clone(), deeper(once)].boxed()
    }

    pub(super) fn numbers() -> BoxedStrategy<String> {
        let leaf = prop_oneof![
            prop::sample::select(vec![
                "N1",
                "N2",
                "N3",
                "N4",
                "B6",
                "Y1",
                "last.N1",
                "P1.theft.y2024",
                "B3.amount"
            ])
            .prop_map(str::to_owned),
            (0..1_000_u32).prop_map(|number| number.to_string()),
            "[0-9]{1,19}\\.[0-9]{1,18}",
            prop::sample::select(vec![
                "size(L1)",
                "size(B4)",
                "size(B5)",
                "year(B7)",
                "days(B7, date(\"2024-01-01\"))",
                "count(cells(\"P1.*.*\"))",
                "sum(cells(\"P1.*.y2024\"))",
                "sum_known(cells(\"P1.*.y2024\"))",
                "max(cells(\"L1.*.cost\"))",
            ])
            .prop_map(str::to_owned),
        ];
        joined(leaf.boxed(), |inner| {
            let operator = prop::sample::select(vec!["+", "-", "*", "/"]);
            prop_oneof![
                (inner.clone(), operator, inner.clone())
                    .prop_map(|(one, operator, other)| format!("({one}) {operator} ({other})")),
                inner.clone().prop_map(|of| format!("-({of})")),
                inner.clone().prop_map(|of| format!("abs({of})")),
                (inner.clone(), 0..5).prop_map(|(of, places)| format!("round({of}, {places})")),
                prop::collection::vec(inner.clone(), 1..4)
                    .prop_map(|parts| format!("sum_known([{}])", parts.join(", "))),
                prop::collection::vec(inner.clone(), 1..4)
                    .prop_map(|parts| format!("min([{}])", parts.join(", "))),
                (inner.clone(), inner.clone())
                    .prop_map(|(one, other)| format!("B1 ? ({one}) : ({other})")),
                (inner.clone(), inner)
                    .prop_map(|(one, other)| format!("round({one}) % round({other})")),
            ]
            .boxed()
        })
    }

    pub(super) fn truths() -> BoxedStrategy<String> {
        let comparison = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
        let compared = (numbers(), comparison, numbers())
            .prop_map(|(one, operator, other)| format!("({one}) {operator} ({other})"));
        let leaf = prop_oneof![
            3 => compared,
            1 => prop::sample::select(vec![
                "B1", "true", "false", "has(N4)", "missing(N2)", "answered(B9)", "B2 in [\"yes\", \"no\"]", "B9 == \"first\"", "\"fine\" in B5",
                "B4.contains(\"ch\")", "B4.matches(\"^S\")", "B7 < date(\"2025-01-01\")", "B8 == month(\"2024-02\")", "B3 < M1",
                "distinct(cells(\"P1.*.*\"))", "cells(\"P1.*.*\").exists(y, y > N1)", "cells(\"L1.*.kind\").all(z, z == \"law\")",
            ]).prop_map(str::to_owned),
        ];
        joined(leaf.boxed(), |inner| {
            prop_oneof![
                (inner.clone(), inner.clone())
                    .prop_map(|(one, other)| format!("({one}) && ({other})")),
                (inner.clone(), inner.clone())
                    .prop_map(|(one, other)| format!("({one}) || ({other})")),
                inner.clone().prop_map(|of| format!("!({of})")),
                (inner.clone(), inner.clone(), inner.clone())
                    .prop_map(|(check, one, other)| format!("({check}) ? ({one}) : ({other})")),
                inner.prop_map(|of| match of.contains("(x, x > 2") {
                    true => of,
                    false => format!("cells(\"P1.*.y2024\").all(x, x > 2 || ({of}))"),
                }),
            ]
            .boxed()
        })
    }
}

/// Trees that need not be well typed: whatever the parser can give.
fn any_expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z]{1,3}(\\.[a-z]{1,3}){0,2}".prop_map(|name| format!("x{name}")),
        "[0-9]{1,5}(\\.[0-9]{1,5})?",
        "[^\\\\\"\\n]{0,8}".prop_map(|text| format!("\"{text}\"")),
        Just("true".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        let operator = prop::sample::select(
            expression::Operator::ALL
                .map(expression::Operator::symbol)
                .to_vec(),
        );
        prop_oneof![
            (inner.clone(), operator.clone(), inner.clone())
                .prop_map(|(one, operator, other)| format!("{one} {operator} {other}")),
            (inner.clone(), operator, inner.clone())
                .prop_map(|(one, operator, other)| format!("({one}) {operator} ({other})")),
            inner.clone().prop_map(|of| format!("!({of})")),
            inner.clone().prop_map(|of| format!("-{of}")),
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|parts| format!("[{}]", parts.join(", "))),
            prop::collection::vec(inner.clone(), 0..3)
                .prop_map(|parts| format!("f({})", parts.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(of, part)| format!("({of}).g({part})")),
            inner.clone().prop_map(|of| format!("({of}).member")),
            (inner.clone(), inner.clone(), inner)
                .prop_map(|(check, one, other)| format!("({check}) ? ({one}) : {other}")),
        ]
    })
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Blank),
        Just(Answer::NotRelevant),
        prop::sample::select(Missing::ALL.to_vec()).prop_map(Answer::Missing),
        (-1_000..1_000_i64).prop_map(|of| Answer::Given(Value::Number(of.into()))),
        any::<i64>().prop_map(|of| Answer::Given(Value::Number(of.into()))),
        any::<bool>().prop_map(|of| Answer::Given(Value::Bool(of))),
        "[a-z]{0,5}".prop_map(|of| Answer::Given(text(&of))),
    ]
}

fn any_answers() -> impl Strategy<Value = RoundAnswers> {
    let schema = schema();
    let ids: Vec<_> = schema
        .addresses()
        .filter_map(|address| schema.field(address))
        .collect();
    let base = answers(&schema);
    prop::collection::vec((prop::sample::select(ids), any_answer()), 0..12).prop_map(
        move |changes| {
            let mut answers = base.clone();
            for (field, answer) in changes {
                answers.set(field, answer);
            }
            answers
        },
    )
}

fn assert_bounded(source: &str, answers: &RoundAnswers) -> Result<(), TestCaseError> {
    let rule = Rule::compile(source, &schema(), &Scope::of_none(), None);
    let rule = rule.map_err(|faults| TestCaseError::fail(format!("{source}: {faults:?}")))?;
    let (result, steps) = rule.evaluate_counted(&Situation::of(answers));
    prop_assert!(steps <= limits::MAX_STEPS);
    prop_assert_eq!(rule.evaluate(&Situation::of(answers)), result);
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_a_rule_or_has_faults_in_it(source in "\\PC{0,80}") {
        if let Err(faults) = Rule::compile(&source, &schema(), &Scope::of_none(), None) {
            prop_assert!(!faults.is_empty());
            for fault in faults {
                let span = fault.place.span;
                prop_assert!(source.get(usize::from(span.start)..usize::from(span.end)).is_some());
            }
        }
    }

    #[test]
    fn any_pieces_are_a_rule_or_have_faults(pieces in prop::collection::vec(prop::sample::select(vec![
        "B1", "N1", "P1.theft", ".", "y2024", "(", ")", "[", "]", ",", "?", ":", "&&", "||", "!", "-", "+", "*", "/", "%", "in", "==", "<",
        "\"a\"", "1", "0.5", "field(", "cells(\"P1.*.*\")", ".all(x,", "sum(", "has(", "last", "this", "row", "\n", "//", "null", "\\", "'",
    ]), 0..40)) {
        let source = pieces.concat();
        let _ = Rule::compile(&source, &schema(), &Scope::of_none(), None);
        let source = pieces.join(" ");
        let _ = Rule::compile(&source, &schema(), &Scope::of_none(), None);
    }

    #[test]
    fn what_is_printed_parses_to_the_same(source in any_expression()) {
        if let Ok(parsed) = parse(&source) {
            let printed = parsed.to_string();
            prop_assert_eq!(parse(&printed), Ok(parsed), "{} and {}", source, printed);
            let _ = Rule::compile(&source, &schema(), &Scope::of_none(), None);
        }
    }

    #[test]
    fn what_is_well_typed_is_evaluated_within_its_steps(truth in typed::truths(), number in typed::numbers(), answers in any_answers()) {
        assert_bounded(&truth, &answers)?;
        assert_bounded(&number, &answers)?;
    }

    /// More is known when more is answered: a blank that is filled changes no verdict that was known without it, but for rules
    /// that ask whether it is there.
    #[test]
    fn what_is_known_stays_known_when_a_blank_is_filled(source in typed::truths(), value in -50..50_i64) {
        let asks = ["has(N4)", "sum_known"].iter().any(|word| source.contains(word));
        let schema = schema();
        let rule = compiled(&source);
        let mut answers = answers(&schema);
        let before = rule.evaluate(&Situation::of(&answers));
        answers.set(schema.field("N4").unwrap(), Answer::Given(Value::Number(value.into())));
        if before.is_ok() && !asks {
            prop_assert_eq!(rule.evaluate(&Situation::of(&answers)), before);
        }
    }
}

proptest! {
    #[test]
    fn any_pattern_is_read_or_refused(pattern in "[\\[\\]^:a-c\\\\dwsbB(){}0-3,|*+?.&~-]{0,24}", found_in in "\\PC{0,24}") {
        if let Ok(pattern) = crate::pattern::Pattern::read(&pattern) {
            let _ = pattern.is_in(&found_in);
        }
    }
}
