use proptest::prelude::*;

use super::*;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "[a-z0-9.-]{0,12}".prop_map(Value::from),
    ];
    let member = prop::sample::select(vec![
        "value",
        "not_available",
        "text",
        "lang",
        "code",
        "sections",
        "title",
    ]);
    leaf.prop_recursive(3, 24, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(member.clone(), inner, 0..4)
                .prop_map(|members| json!(members)),
        ]
    })
}

proptest! {
    #[test]
    fn any_json_is_an_answer_or_a_fault(json in any_json()) {
        for question in questionnaire().questions() {
            let _ = parsed(&question.code, &json);
            let _ = parsed(&question.code, &json!({"value": json}));
        }
    }

    #[test]
    fn any_json_is_a_questionnaire_or_a_fault(json in any_json(), place in 0..4_usize) {
        let faults = faults_after(|sample| sample["sections"][0]["questions"][place] = json.clone());
        prop_assert!(!faults.is_empty());
        prop_assert!(faults.iter().all(|fault| fault.pointer.starts_with("/sections/0/questions/")));
        let _ = Questionnaire::read(&json);
    }
}
