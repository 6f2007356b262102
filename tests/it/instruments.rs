//! /v1/instruments

mod modules;
mod translations;

use serde_json::{Value, json};

use crate::support::{World, each, faults, questionnaire};

fn sample() -> Value {
    json!({"title": {"en": "A sample", "fr": "Un exemple"}, "category": "I", "route": "intersessional", "languages": ["en", "fr"]})
}

/// Drafts an instrument; answers its path.
async fn drafted(world: &World) -> String {
    let drafted = world
        .post("/v1/instruments")
        .token(&world.officer)
        .json(&sample());
    format!(
        "/v1/instruments/{}",
        drafted.expect(201).await["id"].as_str().unwrap()
    )
}

async fn save(world: &World, path: &str, draft: &Value) -> Value {
    world
        .put(&format!("{path}/draft"))
        .token(&world.officer)
        .json(draft)
        .expect(200)
        .await
}

#[tokio::test]
async fn an_instrument_goes_from_draft_to_an_approved_revision() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let shown = async || world.get(&path).token(&world.officer).expect(200).await;
    assert_eq!(shown().await["draft"], false);
    assert_eq!(shown().await["revisions"], json!([]));

    let saved = save(&world, &path, &questionnaire()).await;
    assert_eq!(saved["questions"], 7);
    assert_eq!(saved["faults"], json!([]));
    assert_eq!(shown().await["draft"], true);
    let draft = world.get(&format!("{path}/draft")).token(&world.officer);
    let draft = draft.expect(200).await;
    assert_eq!(draft["sections"][0]["questions"][0]["code"], "A1");

    let revised = world
        .post(&format!("{path}/revisions"))
        .token(&world.officer)
        .send()
        .await;
    assert_eq!(revised.expect(201)["revision"], 1);
    let revision = revised.header("location").to_owned();
    assert_eq!(revision, format!("{path}/revisions/1"));
    let frozen = world.get(&revision).token(&world.officer).expect(200).await;
    assert_eq!(frozen["questionnaire"], draft);
    // What a question names instead of options of its own can be read too, in every language.
    let scale = &frozen["scales"]["yes_in_part_no"];
    assert_eq!(each(scale, "value"), ["yes", "in_part", "no"]);
    assert_eq!(scale[1]["label"]["es"], "Sí, en parte");
    assert_eq!(saved["scales"], frozen["scales"]);
    assert_eq!(frozen["approval"], json!(null));

    let approval =
        json!({"meeting": "Commission, 20th session", "decision": "20/1", "date": "2011-04-15"});
    world
        .post(&format!("{revision}/approval"))
        .token(&world.officer)
        .json(&approval)
        .expect(201)
        .await;
    let frozen = world.get(&revision).token(&world.officer).expect(200).await;
    assert_eq!(frozen["approval"], approval);
    assert_eq!(shown().await["revisions"][0]["approval"], approval);
    assert_eq!(shown().await["draft"], false);
    let listed = world.get("/v1/instruments").token(&world.officer);
    let listed = &listed.expect(200).await["items"][0];
    assert_eq!(listed["latest_revision"], 1);
    assert_eq!(listed["approved_revision"], 1);

    world
        .post(&format!("{revision}/approval"))
        .token(&world.officer)
        .json(&approval)
        .problem(409, "revision_already_approved")
        .await;
}

#[tokio::test]
async fn only_the_latest_revision_can_be_approved_and_an_unchanged_draft_is_none() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let revise = || {
        world
            .post(&format!("{path}/revisions"))
            .token(&world.officer)
    };
    revise().problem(409, "no_draft").await;
    save(&world, &path, &questionnaire()).await;
    revise().expect(201).await;
    revise().problem(409, "nothing_to_revise").await;
    let mut changed = questionnaire();
    changed["sections"][0]["questions"][0]["required"] = json!(false);
    save(&world, &path, &changed).await;
    assert_eq!(revise().expect(201).await["revision"], 2);
    let approve = |number: &str| {
        world
            .post(&format!("{path}/revisions/{number}/approval"))
            .token(&world.officer)
            .json(&json!({"meeting": "M", "decision": "D", "date": "2011-04-15"}))
    };
    approve("1").problem(409, "revision_superseded").await;
    approve("3").problem(404, "unknown_revision").await;
    approve("x").problem(404, "not_found").await;
    approve("4294967296").problem(404, "not_found").await;
    approve("2").expect(201).await;
}

#[tokio::test]
async fn saving_the_same_draft_again_changes_nothing() {
    let world = World::new().await;
    let path = drafted(&world).await;
    save(&world, &path, &questionnaire()).await;
    let before = world.head().await;
    save(&world, &path, &questionnaire()).await;
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_draft_may_have_faults_but_a_revision_may_not() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let mut faulty = questionnaire();
    faulty["sections"][0]["questions"][1]["code"] = json!("A1");
    faulty["sections"][0]["questions"][2]["min"] = json!(2000);
    faulty["sections"][1]["title"] = json!({"en": "Difficulties"});
    let saved = save(&world, &path, &faulty).await;
    let expected = [
        ("duplicate_question", "/sections/0/questions/1/code"),
        ("min_above_max", "/sections/0/questions/2/min"),
        ("missing_text", "/sections/1/title"),
    ];
    assert_eq!(faults(&saved), expected);
    let problem = world
        .post(&format!("{path}/revisions"))
        .token(&world.officer)
        .problem(422, "questionnaire_faulty")
        .await;
    assert_eq!(faults(&problem), expected);
}

#[tokio::test]
async fn a_draft_that_is_no_questionnaire_is_refused_with_every_fault() {
    let world = World::new().await;
    let path = drafted(&world).await;
    let mut wrong = questionnaire();
    wrong["colour"] = json!("red");
    wrong["sections"][0]["questions"][0]["type"] = json!("essay");
    wrong["sections"][0]["questions"][2]["max"] = json!("many");
    let problem = world
        .put(&format!("{path}/draft"))
        .token(&world.officer)
        .json(&wrong)
        .problem(422, "questionnaire_faulty")
        .await;
    let found = faults(&problem);
    for expected in [
        ("unknown_field", "/colour"),
        ("wrong_json_type", "/sections/0/questions/0/type"),
        ("wrong_json_type", "/sections/0/questions/2/max"),
    ] {
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let draft = world.get(&format!("{path}/draft")).token(&world.officer);
    draft.problem(404, "not_found").await;
}

#[tokio::test]
async fn an_instrument_needs_a_known_category_a_title_and_a_language() {
    let world = World::new().await;
    let mut faulty = sample();
    faulty["category"] = json!("XI");
    faulty["title"] = json!({"en": "A sample"});
    faulty["languages"] = json!(["en", "fr", "fr"]);
    let problem = world
        .post("/v1/instruments")
        .token(&world.officer)
        .json(&faulty)
        .problem(422, "instrument_faulty")
        .await;
    let codes: Vec<_> = faults(&problem).iter().map(|(code, _)| *code).collect();
    for code in ["unknown_category", "missing_text", "duplicate_language"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
}

#[tokio::test]
async fn a_question_keeps_its_type_over_revisions() {
    let world = World::new().await;
    let path = drafted(&world).await;
    save(&world, &path, &questionnaire()).await;
    let revise = || {
        world
            .post(&format!("{path}/revisions"))
            .token(&world.officer)
    };
    revise().expect(201).await;
    let mut changed = questionnaire();
    let question = &mut changed["sections"][0]["questions"][5];
    question["type"] = json!("date");
    // Saving the draft lists what freezing it would.
    let saved = save(&world, &path, &changed).await;
    assert_eq!(saved["faults"][0]["code"], "question_type_changed");
    let problem = revise().problem(422, "questionnaire_faulty").await;
    assert_eq!(problem["faults"][0]["code"], "question_type_changed");
    assert_eq!(problem["faults"][0]["question"], "A6");
}

#[tokio::test]
async fn instruments_are_listed_in_the_order_of_their_drafting() {
    let world = World::new().await;
    let mut drafted_in_order = Vec::new();
    for _ in 0..5 {
        let path = drafted(&world).await;
        drafted_in_order.push(path.rsplit('/').next().unwrap().to_owned());
    }
    let mut walked = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = world
            .get(&format!("/v1/instruments?limit=2{cursor}"))
            .token(&world.officer)
            .expect(200)
            .await;
        walked.extend(each(&page["items"], "id").into_iter().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(walked, drafted_in_order);
}
