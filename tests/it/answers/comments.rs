//! Comments on answers.

use serde_json::json;

use super::Draft;
use crate::support::faults;

#[tokio::test]
async fn a_comment_stands_beside_its_answer_and_not_in_the_event() {
    let draft = Draft::new().await;
    let comment = json!({"text": "Since the law of 1955.", "lang": "en"});
    for answer in [
        json!({"value": "yes", "comment": comment}),
        json!({"missing": "not_available", "not_available": true, "comment": comment}),
    ] {
        draft.put("A1", &answer).expect(200).await;
        assert_eq!(draft.held().await["A1"], answer);
    }
    let before = draft.world.head().await;
    let again = json!({"not_available": true, "comment": comment});
    let saved = draft.put("A1", &again).expect(200).await;
    assert_eq!(saved["saved"], json!([]));
    assert_eq!(
        draft.world.head().await,
        before,
        "what repeats itself leaves no trace"
    );

    let other = json!({"text": "Depuis 1955.", "lang": "fr"});
    let changed = json!({"not_available": true, "comment": other});
    let saved = draft.put("A1", &changed).expect(200).await;
    assert_eq!(saved["saved"], json!(["A1"]));
    let events = draft.world.events_after(before).await;
    assert!(!json!(events).to_string().contains("1955"));
    for without in [
        json!({"value": "yes"}),
        json!({"value": "no", "comment": null}),
    ] {
        draft.put("A1", &without).expect(200).await;
        assert!(draft.held().await["A1"].get("comment").is_none());
    }
}

#[tokio::test]
async fn a_comment_that_is_none_is_refused_with_its_place() {
    let draft = Draft::new().await;
    let long = "ж".repeat(10_001);
    for (comment, code, pointer) in [
        (json!("Words."), "malformed_comment", "/comment"),
        (json!({"text": "Words."}), "malformed_comment", "/comment"),
        (json!({"text": " ", "lang": "en"}), "blank", "/comment/text"),
        (
            json!({"text": long, "lang": "ru"}),
            "too_long",
            "/comment/text",
        ),
        (
            json!({"text": "W", "lang": "de"}),
            "unknown_language",
            "/comment/lang",
        ),
        (
            json!({"text": "W", "lang": "en", "by": "me"}),
            "unknown_field",
            "/comment/by",
        ),
    ] {
        let answer = json!({"value": "yes", "comment": comment});
        let problem = draft
            .put("A1", &answer)
            .problem(422, "answers_faulty")
            .await;
        assert_eq!(faults(&problem), [(code, pointer)]);
        assert_eq!(problem["faults"][0]["question"], "A1");
    }
    let alone = json!({"comment": {"text": "Words.", "lang": "en"}});
    let problem = draft.put("A1", &alone).problem(422, "answers_faulty").await;
    assert_eq!(faults(&problem), [("malformed_answer", "")]);
}

#[tokio::test]
async fn a_patch_changes_what_it_mentions_and_a_put_replaces() {
    let draft = Draft::new().await;
    let comment = json!({"text": "Since the law of 1955.", "lang": "en"});
    let whole = json!({"value": 12, "comment": comment});
    let told = |saved: &serde_json::Value| {
        ["saved", "cleared", "commented", "uncommented"].map(|member| saved[member].clone())
    };
    let (none, a3) = (json!([]), json!(["A3"]));
    draft.put("A3", &whole).expect(200).await;

    // What is not mentioned stays, and what is said again is no change.
    let saved = draft.patch(&json!({"A3": {"value": 13}})).expect(200).await;
    assert_eq!(told(&saved), [&a3, &none, &none, &none].map(Clone::clone));
    let held = draft.held().await;
    assert_eq!(held["A3"], json!({"value": 13, "comment": comment}));
    let before = draft.world.head().await;
    for same in [json!({"value": 13}), json!({"comment": comment})] {
        let saved = draft.patch(&json!({"A3": same})).expect(200).await;
        assert_eq!(told(&saved), [&none, &none, &none, &none].map(Clone::clone));
    }
    assert_eq!(draft.world.head().await, before);

    let other = json!({"text": "Depuis 1956.", "lang": "fr"});
    let saved = draft
        .patch(&json!({"A3": {"comment": other}}))
        .expect(200)
        .await;
    assert_eq!(told(&saved), [&a3, &none, &a3, &none].map(Clone::clone));
    assert_eq!(
        draft.held().await["A3"],
        json!({"value": 13, "comment": other})
    );
    let saved = draft
        .patch(&json!({"A3": {"comment": null}}))
        .expect(200)
        .await;
    assert_eq!(told(&saved), [&a3, &none, &none, &a3].map(Clone::clone));
    assert_eq!(draft.held().await["A3"], json!({"value": 13}));

    // A blank has nothing to comment on; where an answer goes, its comment goes with it, and both are told.
    let alone = draft.patch(&json!({"A1": {"comment": comment}}));
    let problem = alone.problem(422, "answers_faulty").await;
    assert_eq!(
        faults(&problem),
        [("comment_without_answer", "/answers/A1/comment")]
    );
    for gone in [json!(null), json!({"value": null})] {
        draft.patch(&json!({"A3": whole})).expect(200).await;
        let saved = draft.patch(&json!({"A3": gone})).expect(200).await;
        assert_eq!(told(&saved), [&none, &a3, &none, &a3].map(Clone::clone));
        assert_eq!(draft.held().await, json!({}));
    }

    draft.patch(&json!({"A3": whole})).expect(200).await;
    let saved = draft.put("A3", &json!({"value": 12})).expect(200).await;
    assert_eq!(told(&saved), [&a3, &none, &none, &a3].map(Clone::clone));

    // Two who change different parts of one answer at once both have their way.
    draft.patch(&json!({"A3": whole})).expect(200).await;
    let (value, comment) = (
        json!({"A3": {"value": 14}}),
        json!({"A3": {"comment": other}}),
    );
    tokio::join!(
        draft.patch(&value).expect(200),
        draft.patch(&comment).expect(200)
    );
    assert_eq!(
        draft.held().await["A3"],
        json!({"value": 14, "comment": other})
    );
}
