//! /v1/replies/{id}/submission

use serde_json::json;

use crate::support::{World, faults};

#[tokio::test]
async fn a_submission_gets_a_receipt_and_counts_from_then_on() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let before = world.participation(&opened.collection, "").await;
    assert_eq!(before["replied"], 0, "a draft does not count");

    let submitted = world
        .post(&format!("/v1/replies/{reply}/submission"))
        .token(&finland)
        .send()
        .await;
    let receipt = submitted.expect(201);
    assert_eq!(receipt["version"], 1);
    assert_eq!(receipt["answers"], 1);
    assert_eq!(receipt["late"], false);
    assert_eq!(receipt["reply"], reply.as_str());
    let position = receipt["position"].as_u64().unwrap();
    let event = &world.events_after(position - 1).await[0];
    assert_eq!(event["kind"], "reply_submitted");
    assert_eq!(event["time"], receipt["received_at"]);
    assert_eq!(submitted.header("etag"), format!("\"{position}\""));
    let shown = world.get(&format!("/v1/replies/{reply}")).token(&finland);
    assert_eq!(shown.expect(200).await["status"], "submitted");
    let after = world.participation(&opened.collection, "").await;
    assert_eq!(after["replied"], 1);
}

#[tokio::test]
async fn a_submission_lists_every_fault_at_once() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let answers = json!({"A2": {"value": ["a", "none"]}, "A3": {"value": 1001}, "A4": {"value": "100.25"},
                         "D1": {"value": {"text": "x".repeat(201), "lang": "en"}}});
    world
        .patch(&format!("/v1/replies/{reply}/answers"))
        .token(&finland)
        .json(&json!({"answers": answers}))
        .expect(200)
        .await;
    let before = world.head().await;
    let submit = || {
        world
            .post(&format!("/v1/replies/{reply}/submission"))
            .token(&finland)
    };
    let problem = submit().problem(422, "reply_incomplete").await;
    assert_eq!(
        faults(&problem),
        [
            ("required_question_blank", "/answers/A1"),
            ("exclusive_option", "/answers/A2"),
            ("out_of_range", "/answers/A3"),
            ("too_many_places", "/answers/A4"),
            ("out_of_range", "/answers/A4"),
            ("too_long", "/answers/D1"),
        ]
    );
    assert_eq!(problem["faults"][0]["question"], "A1");
    assert_eq!(world.head().await, before);

    let mended = json!({"A1": {"not_available": true}, "A2": {"value": ["none"]}, "A3": {"value": 1000},
                        "A4": {"value": "100"}, "D1": null});
    world
        .patch(&format!("/v1/replies/{reply}/answers"))
        .token(&finland)
        .json(&json!({"answers": mended}))
        .expect(200)
        .await;
    submit().expect(201).await;
}

#[tokio::test]
async fn after_its_submission_a_reply_refuses_answers() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let answers = json!({"A1": {"value": "yes"}});
    let reply = world.submitted(&opened.collection, &finland, answers).await;
    let path = format!("/v1/replies/{reply}");
    let before = world.head().await;
    let one = format!("{path}/answers/A1");
    world
        .put(&one)
        .token(&finland)
        .json(&json!({"value": "no"}))
        .problem(409, "reply_submitted")
        .await;
    world
        .patch(&format!("{path}/answers"))
        .token(&finland)
        .json(&json!({"answers": {"A3": {"value": 1}}}))
        .problem(409, "reply_submitted")
        .await;
    world
        .delete(&one)
        .token(&finland)
        .problem(409, "reply_submitted")
        .await;
    world
        .post(&format!("{path}/submission"))
        .token(&finland)
        .problem(409, "reply_submitted")
        .await;
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn between_deadline_and_close_a_submission_is_taken_and_marked_late() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let invited = json!({"parties": ["FIN", "THA", "VAT"]});
    let collection = world.open(&instrument, "2011-06-30", &invited).await;
    for party in ["FIN", "VAT"] {
        let token = world.focal_point(party).await;
        let reply = world.answered(&collection, &token).await;
        let receipt = world
            .post(&format!("/v1/replies/{reply}/submission"))
            .token(&token)
            .expect(201)
            .await;
        assert_eq!(receipt["late"], true);
    }
    let counted = world.participation(&collection, "").await;
    assert_eq!(counted["replied"], 1);
    assert_eq!(counted["late"], 1, "of the Member States");
    let in_time = world
        .participation(&collection, "received_by=2011-06-30")
        .await;
    assert_eq!(in_time["replied"], 0);
    assert_eq!(in_time["late"], 0);
}

/// A reply is saved far more often than it has questions: what was put by behind the appends changes nothing of what is submitted.
#[tokio::test]
async fn what_was_saved_hundreds_of_times_is_submitted_as_it_stood_last() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let answers = format!("/v1/replies/{reply}/answers");
    let save = async |answers_to_save: serde_json::Value| {
        let save = world.patch(&answers).token(&finland);
        let save = save.json(&json!({ "answers": answers_to_save }));
        save.expect(200).await;
    };
    for turn in 0..300 {
        let choice = ["yes", "no"][turn % 2];
        save(json!({"A1": {"value": choice}, "A3": {"value": turn}, "A4": {"value": "1.5"}})).await;
    }
    let kept = format!(
        "select count(*)::text from following.answer_checkpoint where reply = '{reply}' and version >= 256"
    );
    let mut looks = 0;
    while world.sql(&kept).await != "1" {
        looks += 1;
        assert!(looks < 600, "its answers were never put by");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // After that: one answer changed, one cleared, one as it was put by.
    save(json!({"A1": {"value": "yes"}})).await;
    save(json!({"A4": null})).await;
    let submit = world
        .post(&format!("/v1/replies/{reply}/submission"))
        .token(&finland);
    let receipt = submit.expect(201).await;
    let version = format!("/v1/replies/{reply}/versions/1");
    let version = world.get(&version).token(&finland).expect(200).await;
    assert_eq!(version["answers"]["A1"]["value"], "yes", "{version}");
    assert_eq!(version["answers"]["A3"]["value"], 299, "{version}");
    assert_eq!(version["answers"]["A4"], serde_json::Value::Null);
    let submission = &receipt["position"];
    let differs = format!(
        "select ((select jsonb_object_agg(key, value -> 'at') from json_each(answers)) = (select jsonb_object_agg(question, since) from views.answer_life
                           where reply = '{reply}' and since <= {submission} and coalesce(until > {submission}, true)))::text
           from views.submitted_answers where submission = {submission}"
    );
    assert_eq!(world.sql(&differs).await, "true");
}
