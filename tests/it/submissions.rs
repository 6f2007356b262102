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
