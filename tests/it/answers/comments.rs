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
        json!({"not_available": true, "comment": comment}),
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
