//! /v1/collections/{id}/tallies

use serde_json::{Value, json};

use crate::support::{World, item_where};

/// Four Member States reply: two with a choice each, one with "not available", one with a blank where it may.
async fn replied(world: &World) -> String {
    let invited = json!({"parties": ["FIN", "SWE", "THA", "KEN", "BRA", "VAT"]});
    let collection = world.collection(invited).await.collection;
    let none = json!({"not_available": true});
    for (party, answers) in [
        (
            "FIN",
            json!({"A1": {"value": "yes"}, "A2": {"value": ["a", "b"]}, "A3": {"value": 0}}),
        ),
        (
            "SWE",
            json!({"A1": {"value": "no"}, "A2": {"value": ["b"]}, "A3": none}),
        ),
        ("THA", json!({"A1": none, "A2": none})),
        ("KEN", json!({"A1": {"value": "yes"}})),
        (
            "VAT",
            json!({"A1": {"value": "yes"}, "A2": {"value": ["a"]}}),
        ),
    ] {
        let token = world.focal_point(party).await;
        world.submitted(&collection, &token, answers).await;
    }
    let brazil = world.focal_point("BRA").await;
    world.answered(&collection, &brazil).await; // a draft, which never counts
    collection
}

fn counts(options: &Value) -> Vec<(&str, u64)> {
    let options = options.as_array().unwrap();
    options
        .iter()
        .map(|option| {
            (
                option["value"].as_str().unwrap(),
                option["count"].as_u64().unwrap(),
            )
        })
        .collect()
}

fn base(replied: u32, answered: u32, not_available: u32, blank: u32) -> Value {
    json!({"replied": replied, "counted": replied, "answered": answered, "not_available": not_available, "not_applicable": 0, "not_collected": 0, "confidential": 0, "not_relevant": 0, "blank": blank})
}

#[tokio::test]
async fn a_tally_has_its_fixed_shape() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let tally = world
        .tally(&collection, "question=A1&group_by=regional_group")
        .await;
    let head = world.events_after(world.head().await - 1).await;
    assert_eq!(tally["collection"], collection.as_str());
    assert_eq!(
        tally["as_of"],
        json!({"position": head[0]["position"], "time": head[0]["time"]})
    );
    assert_eq!(
        tally["question"],
        json!({"code": "A1", "type": "one_choice", "text": "Is it law?", "lang": "en"})
    );
    assert_eq!(tally["base"], base(4, 3, 1, 0));
    assert_eq!(
        tally["options"],
        json!([{"value": "yes", "label": "Yes", "lang": "en", "count": 2},
               {"value": "in_part", "label": tally["options"][1]["label"], "lang": "en", "count": 0},
               {"value": "no", "label": "No", "lang": "en", "count": 1}])
    );
    let weog = item_where(&tally["groups"], "group", "weog");
    assert_eq!(weog["label"], "Western European and other States");
    assert_eq!(weog["base"], base(2, 2, 0, 0));
    assert_eq!(
        counts(&weog["options"]),
        [("yes", 1), ("in_part", 0), ("no", 1)]
    );
    assert_eq!(tally["groups"].as_array().unwrap().len(), 5);
    assert_eq!(tally["revision"], 1);
    assert_eq!(tally.as_object().unwrap().len(), 8);
}

#[tokio::test]
async fn blank_not_available_and_answered_add_up() {
    let world = World::new().await;
    let collection = replied(&world).await;
    for (question, expected) in [
        ("A1", base(4, 3, 1, 0)),
        ("A2", base(4, 2, 1, 1)),
        ("A3", base(4, 1, 1, 2)), // zero is an answer
        ("A4", base(4, 0, 0, 4)),
        ("D1", base(4, 0, 0, 4)),
    ] {
        let tally = world
            .tally(&collection, &format!("question={question}"))
            .await;
        assert_eq!(tally["base"], expected, "{question}");
        let groups = tally["groups"].as_array().unwrap().iter();
        for part in [
            "replied",
            "answered",
            "not_available",
            "not_relevant",
            "blank",
        ] {
            let of_groups: u64 = groups
                .clone()
                .map(|group| group["base"][part].as_u64().unwrap())
                .sum();
            assert_eq!(tally["base"][part], of_groups, "{part} of {question}");
        }
    }
}

#[tokio::test]
async fn several_choices_count_each_and_questions_without_options_have_a_base() {
    let world = World::new().await;
    let collection = replied(&world).await;
    let tally = world.tally(&collection, "question=A2").await;
    assert_eq!(counts(&tally["options"]), [("a", 1), ("b", 2), ("none", 0)]);
    for question in ["A3", "A4", "A5", "A6", "D1"] {
        let tally = world
            .tally(&collection, &format!("question={question}"))
            .await;
        assert_eq!(tally["options"], json!([]), "{question}");
        assert_eq!(tally["base"]["replied"], 4);
    }
}

#[tokio::test]
async fn a_tally_is_asked_as_of_a_position() {
    let world = World::new().await;
    let before = world.head().await;
    let collection = replied(&world).await;
    let events = world.events_after(before).await;
    let submitted = events
        .iter()
        .filter(|event| event["kind"] == "reply_submitted");
    let expected = [("yes", 1, 1), ("no", 1, 2), ("yes", 1, 3), ("yes", 2, 4)];
    for (event, (value, count, replied)) in submitted.zip(expected) {
        let asked = format!("question=A1&group_by=none&as_of={}", event["position"]);
        let tally = world.tally(&collection, &asked).await;
        assert_eq!(
            item_where(&tally["options"], "value", value)["count"],
            count
        );
        assert_eq!(tally["base"]["replied"], replied);
        assert_eq!(tally["groups"], json!([]));
    }
}

#[tokio::test]
async fn a_tally_is_of_a_question_that_there_is() {
    let world = World::new().await;
    let collection = world.collection(json!({})).await.collection;
    let path = format!("/v1/collections/{collection}/tallies");
    let ask = |asked: &str| world.get(&format!("{path}{asked}")).token(&world.officer);
    ask("").problem(400, "bad_parameter").await;
    ask("?question=Z9").problem(422, "unknown_question").await;
    ask("?question=").problem(422, "unknown_question").await;
    ask("?question=a1").problem(422, "unknown_question").await;
    let empty = ask("?question=A1").expect(200).await;
    assert_eq!(empty["base"], base(0, 0, 0, 0));
}
