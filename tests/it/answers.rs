//! /v1/replies/{id}/answers

mod comments;

use serde_json::{Value, json};

use crate::support::{Call, World, faults};

/// A draft of Finland's, in a world of its own.
struct Draft {
    world: World,
    token: String,
    path: String,
}

impl Draft {
    async fn new() -> Self {
        let world = World::new().await;
        let opened = world.collection(json!({"parties": ["FIN"]})).await;
        let token = world.focal_point("FIN").await;
        let reply = world.reply(&opened.collection, &token).await;
        Self {
            world,
            token,
            path: format!("/v1/replies/{reply}"),
        }
    }

    fn put(&self, question: &str, answer: &Value) -> Call {
        self.world
            .put(&format!("{}/answers/{question}", self.path))
            .token(&self.token)
            .json(answer)
    }

    fn patch(&self, answers: &Value) -> Call {
        self.world
            .patch(&format!("{}/answers", self.path))
            .token(&self.token)
            .json(&json!({"answers": answers}))
    }

    async fn held(&self) -> Value {
        let path = format!("{}/answers", self.path);
        let held = self.world.get(&path).token(&self.token).expect(200).await;
        held["answers"].clone()
    }
}

#[tokio::test]
async fn each_type_of_answer_reads_back_as_it_was_sent() {
    let draft = Draft::new().await;
    for (question, value) in [
        ("A1", json!("in_part")),
        ("A2", json!(["a", "b"])),
        ("A3", json!(0)),
        ("A3", json!(-9_007_199_254_740_991_i64)),
        ("A3", json!("9223372036854775807")),
        ("A4", json!("0")),
        ("A4", json!("-0.123456789012345678901234567891")),
        ("A5", json!("2000-02-29")),
        ("A6", json!(1955)),
        (
            "D1",
            json!({"text": "Rien.\n\u{1F600} \u{202e}\t\"", "lang": "fr"}),
        ),
        ("D1", json!({"text": "لا شيء", "lang": "ar"})),
    ] {
        let answer = json!({"value": value});
        draft.put(question, &answer).expect(200).await;
        assert_eq!(draft.held().await[question], answer);
    }
    for question in ["A1", "A2", "A3", "A4", "A5", "A6", "D1"] {
        let answer = json!({"missing": "not_available", "not_available": true});
        draft.put(question, &answer).expect(200).await;
        assert_eq!(draft.held().await[question], answer);
    }
}

#[tokio::test]
async fn a_number_is_read_by_one_rule_and_never_rounded() {
    let draft = Draft::new().await;
    for (question, sent, kept) in [
        ("A3", "12.0", json!(12)),
        ("A3", "1.2e1", json!(12)),
        ("A3", "\"+12\"", json!(12)),
        ("A3", "\"0012.0\"", json!(12)),
        ("A4", "12.50", json!("12.5")),
        ("A4", "\"+12.50\"", json!("12.5")),
        ("A4", "7", json!("7")),
        (
            "A4",
            "\"0.12345678901234567890123456789\"",
            json!("0.12345678901234567890123456789"),
        ),
        ("A6", "\"2011\"", json!(2011)),
        ("A6", "2011.0", json!(2011)),
    ] {
        let put = draft
            .world
            .put(&format!("{}/answers/{question}", draft.path));
        let body = format!("{{\"value\": {sent}}}");
        let put = put.token(&draft.token).body("application/json", body);
        put.expect(200).await;
        assert_eq!(draft.held().await[question]["value"], kept, "{sent}");
    }
    for (sent, number) in [
        ("0.12345678901234567890", "0.12345678901234567890"),
        ("9007199254740993.0", "9007199254740993.0"),
        ("18446744073709551616", "18446744073709551616"),
    ] {
        let patch = draft.world.patch(&format!("{}/answers", draft.path));
        let body = format!(
            "{{\"answers\": {{\"A1\": {{\"value\": \"1.5\"}}, \"A4\": {{\"value\": {sent}}}}}}}"
        );
        let patch = patch.token(&draft.token).body("application/json", body);
        let problem = patch.problem(422, "inexact_number").await;
        assert_eq!(problem["pointer"], "/answers/A4/value");
        assert!(problem["detail"].as_str().unwrap().contains(number));
    }
    let problem = draft.put("A3", &json!({"value": "3٤"}));
    let problem = problem.problem(422, "answers_faulty").await;
    let told = problem["faults"][0]["detail"].as_str().unwrap();
    assert!(
        told.contains("U+0664 (٤)") && told.contains("place 2"),
        "{told}"
    );
    let problem = draft.put("A1", &json!({"value": "yes\u{200b}"}));
    let problem = problem.problem(422, "answers_faulty").await;
    let told = problem["faults"][0]["detail"].as_str().unwrap();
    assert!(
        told.contains("yes[U+200B]") && told.contains("place 4"),
        "{told}"
    );
    let unknown = draft.patch(&json!({"A1\u{feff}": {"value": "yes"}}));
    let problem = unknown.problem(422, "unknown_question").await;
    let told = problem["faults"][0]["detail"].as_str().unwrap();
    assert!(told.contains("A1[U+FEFF]"), "{told}");
}

#[tokio::test]
async fn an_answer_is_cleared_by_delete_and_by_null() {
    let draft = Draft::new().await;
    let answers = json!({"A1": {"value": "yes"}, "A3": {"value": 3}, "A6": {"value": 2001}});
    let saved = draft.patch(&answers).expect(200).await;
    assert_eq!(saved["saved"], json!(["A1", "A3", "A6"]));
    let path = format!("{}/answers/A1", draft.path);
    let clear = || draft.world.delete(&path).token(&draft.token);
    assert_eq!(clear().expect(200).await["cleared"], json!(["A1"]));
    let saved = draft
        .patch(&json!({"A3": null, "A4": {"value": "1"}}))
        .expect(200)
        .await;
    assert_eq!(saved["cleared"], json!(["A3"]));
    assert_eq!(saved["saved"], json!(["A4"]));
    assert_eq!(
        draft.held().await,
        json!({"A4": {"value": "1"}, "A6": {"value": 2001}})
    );
    assert_eq!(
        clear().expect(200).await["cleared"],
        json!([]),
        "a blank is blank already"
    );
    let path = format!("{}/answers/Z9", draft.path);
    let unknown = draft.world.delete(&path).token(&draft.token);
    unknown.problem(422, "unknown_question").await;
}

#[tokio::test]
async fn an_autosave_that_repeats_itself_leaves_no_trace() {
    let draft = Draft::new().await;
    let answers = json!({"A1": {"value": "yes"}, "A4": {"value": "1.50"}, "A2": {"value": ["b", "a"]},
                         "D1": {"value": {"text": "Words.", "lang": "en"}}});
    draft.patch(&answers).expect(200).await;
    let before = draft.world.head().await;
    let again = json!({"A1": {"value": "yes"}, "A4": {"value": "1.5"}, "A2": {"value": ["a", "b", "a"]},
                       "D1": {"value": {"text": "Words.", "lang": "en"}}});
    let saved = draft.patch(&again).expect(200).await;
    assert_eq!(saved["saved"], json!([]));
    assert_eq!(draft.world.head().await, before);
    for (text, lang) in [("Wörds.", "en"), ("Wörds.", "fr")] {
        let saved = draft.patch(&json!({"D1": {"value": {"text": text, "lang": lang}}}));
        assert_eq!(
            saved.expect(200).await["saved"],
            json!(["D1"]),
            "{text} {lang}"
        );
    }
}

#[tokio::test]
async fn one_wrong_answer_keeps_all_from_being_saved() {
    let draft = Draft::new().await;
    let before = draft.world.head().await;
    let problem = draft
        .patch(
            &json!({"A1": {"value": "yes"}, "A3": {"value": "many"}, "A4": {"value": "1,5"},
                       "A5": {"value": "8 March"}, "Z1": {"value": 1}, "D1": {"value": "Words."}}),
        )
        .problem(422, "answers_faulty")
        .await;
    assert_eq!(
        faults(&problem),
        [
            ("bad_whole_number", "/answers/A3/value"),
            ("bad_decimal", "/answers/A4/value"),
            ("bad_date", "/answers/A5/value"),
            ("answer_of_wrong_type", "/answers/D1/value"),
            ("no_such_question", "/answers/Z1"),
        ]
    );
    assert_eq!(problem["faults"][0]["question"], "A3");
    let problem = draft
        .put(
            "A1",
            &json!({"value": "bad", "colour": 1, "comment": {"text": " ", "lang": "de"}}),
        )
        .problem(422, "answers_faulty")
        .await;
    assert_eq!(
        faults(&problem),
        [
            ("unknown_field", "/colour"),
            ("blank", "/comment/text"),
            ("unknown_language", "/comment/lang"),
            ("unknown_option", "/value"),
        ]
    );
    assert_eq!(draft.world.head().await, before);
}

#[tokio::test]
async fn an_unknown_question_has_its_own_code() {
    let draft = Draft::new().await;
    let answer = json!({"value": "yes"});
    let problem = draft
        .patch(&json!({"A1": answer, "B1": answer, "x/~y": answer}))
        .problem(422, "unknown_question")
        .await;
    assert_eq!(
        faults(&problem),
        [
            ("no_such_question", "/answers/B1"),
            ("no_such_question", "/answers/x~1~0y")
        ]
    );
    let problem = draft
        .put("B1", &answer)
        .problem(422, "unknown_question")
        .await;
    assert_eq!(faults(&problem), [("no_such_question", "")]);
    assert_eq!(problem["faults"][0]["question"], "B1");
    draft
        .put(&"A".repeat(5000), &answer)
        .problem(422, "unknown_question")
        .await;
}

#[tokio::test]
async fn answers_of_the_wrong_shape_or_type_are_refused() {
    let draft = Draft::new().await;
    let big = "9".repeat(31);
    for (question, answer, code, pointer) in [
        ("A1", json!("yes"), "malformed_answer", ""),
        ("A1", json!({}), "malformed_answer", ""),
        (
            "A1",
            json!({"not_available": false}),
            "malformed_answer",
            "",
        ),
        (
            "A1",
            json!({"value": "yes", "not_available": true}),
            "malformed_answer",
            "",
        ),
        (
            "A1",
            json!({"value": "yes", "note": ""}),
            "unknown_field",
            "/note",
        ),
        (
            "A1",
            json!({"value": "perhaps"}),
            "unknown_option",
            "/value",
        ),
        (
            "A1",
            json!({"value": ["yes"]}),
            "answer_of_wrong_type",
            "/value",
        ),
        (
            "A1",
            json!({"value": true}),
            "answer_of_wrong_type",
            "/value",
        ),
        ("A1", json!({"value": null}), "empty_answer", "/value"),
        ("A2", json!({"value": []}), "empty_answer", "/value"),
        (
            "A2",
            json!({"value": "a"}),
            "answer_of_wrong_type",
            "/value",
        ),
        (
            "A2",
            json!({"value": ["a", "z"]}),
            "unknown_option",
            "/value/1",
        ),
        (
            "A2",
            json!({"value": ["a", 1]}),
            "answer_of_wrong_type",
            "/value/1",
        ),
        ("A3", json!({"value": 1.5}), "bad_whole_number", "/value"),
        ("A3", json!({"value": "٣٤"}), "stray_character", "/value"),
        (
            "A1",
            json!({"value": "yes\u{200b}"}),
            "stray_character",
            "/value",
        ),
        (
            "D1",
            json!({"value": {"text": "\u{2800}", "lang": "en"}}),
            "empty_answer",
            "/value/text",
        ),
        ("A3", json!({"value": 1e300}), "bad_whole_number", "/value"),
        (
            "A3",
            json!({"value": u64::MAX}),
            "bad_whole_number",
            "/value",
        ),
        (
            "A3",
            json!({"value": "9223372036854775808"}),
            "bad_whole_number",
            "/value",
        ),
        ("A4", json!({"value": "1e3"}), "bad_decimal", "/value"),
        ("A4", json!({"value": "1,5"}), "bad_decimal", "/value"),
        ("A4", json!({"value": big}), "bad_decimal", "/value"),
        ("A4", json!({"value": "NaN"}), "bad_decimal", "/value"),
        ("A5", json!({"value": "2011-02-29"}), "bad_date", "/value"),
        ("A5", json!({"value": "2011-3-8"}), "bad_date", "/value"),
        (
            "A5",
            json!({"value": "-009999-01-01"}),
            "bad_date",
            "/value",
        ),
        (
            "A5",
            json!({"value": "2011-03-08T10:00:00Z"}),
            "bad_date",
            "/value",
        ),
        (
            "A5",
            json!({"value": 2011}),
            "answer_of_wrong_type",
            "/value",
        ),
        ("A6", json!({"value": "MMXI"}), "bad_year", "/value"),
        ("A6", json!({"value": 11}), "bad_year", "/value"),
        ("A6", json!({"value": 20110}), "bad_year", "/value"),
        (
            "D1",
            json!({"value": {"text": "Words."}}),
            "answer_of_wrong_type",
            "/value",
        ),
        (
            "D1",
            json!({"value": {"text": " ", "lang": "en"}}),
            "empty_answer",
            "/value/text",
        ),
        (
            "D1",
            json!({"value": {"text": "Wort", "lang": "de"}}),
            "unknown_language",
            "/value/lang",
        ),
        (
            "D1",
            json!({"value": {"text": "W", "lang": "en", "x": 1}}),
            "unknown_field",
            "/value/x",
        ),
    ] {
        let problem = draft
            .put(question, &answer)
            .problem(422, "answers_faulty")
            .await;
        assert_eq!(faults(&problem), [(code, pointer)], "{question} {answer}");
        assert_eq!(problem["faults"][0]["question"], question);
    }
    assert_eq!(draft.held().await, json!({}));
}

#[tokio::test]
async fn a_long_text_is_kept_whole_and_one_that_is_too_long_is_refused() {
    let draft = Draft::new().await;
    let text = |length: usize| json!({"value": {"text": "ж".repeat(length), "lang": "ru"}});
    draft.put("D1", &text(50_000)).expect(200).await;
    assert_eq!(draft.held().await["D1"], text(50_000));
    let problem = draft
        .put("D1", &text(1_000_000))
        .problem(422, "answers_faulty")
        .await;
    assert_eq!(faults(&problem), [("too_long", "/value/text")]);
}

#[tokio::test]
async fn each_answer_has_an_entity_tag_of_its_own() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let path = |question: &str| format!("/v1/replies/{reply}/answers/{question}");
    let tag = async |question: &str| {
        let shown = world.get(&path(question)).token(&finland).send().await;
        shown.expect(200);
        shown.header("etag").to_owned()
    };
    let put = |question: &str, value: &str, tag: &str| {
        let call = world.put(&path(question)).token(&finland);
        call.header("if-match", tag)
            .json(&json!({ "value": value }))
    };
    assert_eq!(tag("A1").await, "\"0\"", "never given");
    let saved = put("A1", "yes", "\"0\"").send().await;
    saved.expect(200);
    let first = saved.header("etag").to_owned();
    assert_eq!(tag("A1").await, first);

    // Somebody else works on another question meanwhile: the first answer's tag still holds.
    world
        .put(&path("A3"))
        .token(&finland)
        .json(&json!({"value": 3}))
        .expect(200)
        .await;
    assert_eq!(tag("A1").await, first);
    let same = put("A1", "yes", &first).send().await;
    same.expect(200);
    assert_eq!(same.header("etag"), first, "nothing changed");
    let saved = put("A1", "no", &first).send().await;
    saved.expect(200);
    let second = saved.header("etag").to_owned();
    assert_ne!(second, first);

    let stale = put("A1", "yes", &first).send().await;
    stale.problem(412, "stale_if_match");
    assert_eq!(stale.header("etag"), second);
    let clear = world.delete(&path("A1")).token(&finland);
    let cleared = clear.header("if-match", &second).send().await;
    cleared.expect(200);
    let blank = world.get(&path("A1")).token(&finland).send().await;
    assert_eq!(blank.expect(200)["answer"], serde_json::Value::Null);
    assert_eq!(blank.header("etag"), cleared.header("etag"));
    let known = world.get(&path("A1")).token(&finland);
    let known = known.header("if-none-match", cleared.header("etag"));
    assert_eq!(known.send().await.status, 304);
    world
        .get(&path("Z9"))
        .token(&finland)
        .problem(404, "not_found")
        .await;
    let then = format!("{}?as_of={}", path("A1"), first.trim_matches('"'));
    let then = world.get(&then).token(&finland).expect(200).await;
    assert_eq!(then["answer"], json!({"value": "yes"}));
}
