//! Idempotency-Key

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, World};

const KEY: &str = "8e03978e-40d5-43dd-bc93-6894a57f9324";

fn register(world: &World, code: &str, key: &str) -> Call {
    world
        .post("/v1/parties")
        .token(&world.officer)
        .header("idempotency-key", key)
        .json(&json!({"code": code, "kind": "igo", "names": {"en": "An organization"}}))
}

#[tokio::test]
async fn the_same_request_sent_again_gets_the_same_answer_and_does_nothing() {
    let world = World::new().await;
    let first = register(&world, "ICPO", KEY).send().await;
    first.expect(201);
    let head = world.head().await;
    for key in [KEY, &format!("\"{KEY}\"")] {
        let again = register(&world, "ICPO", key).send().await;
        assert_eq!(again.expect(201), first.json());
        for header in ["etag", "location"] {
            assert_eq!(again.header(header), first.header(header));
        }
    }
    assert_eq!(world.head().await, head);
    let later = World::on(world.database.clone()).await;
    let again = register(&later, "ICPO", KEY).token(&world.officer);
    drop(again); // a call has one token; the officer of the other server is another principal
    register(&later, "ICPO", KEY)
        .problem(409, "party_already_registered")
        .await;
}

#[tokio::test]
async fn the_same_key_with_another_request_is_refused() {
    let world = World::new().await;
    register(&world, "ICPO", KEY).expect(201).await;
    register(&world, "WCO", KEY)
        .problem(422, "key_reused")
        .await;
    world
        .post("/v1/parties?lang=fr")
        .token(&world.officer)
        .header("idempotency-key", KEY)
        .json(&json!({"code": "ICPO", "kind": "igo", "names": {"en": "An organization"}}))
        .problem(422, "key_reused")
        .await;
    world
        .post("/v1/classification")
        .token(&world.officer)
        .header("idempotency-key", KEY)
        .json(&json!({"categories": [{"code": "V", "title": {"en": "A fifth"}}]}))
        .problem(422, "key_reused")
        .await;
}

#[tokio::test]
async fn the_same_key_of_another_caller_is_another_command() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "THA"]})).await;
    let path = format!("/v1/collections/{}/replies", opened.collection);
    let mut replies = Vec::new();
    for party in ["FIN", "THA"] {
        let token = world.focal_point(party).await;
        let start = world
            .post(&path)
            .token(&token)
            .header("idempotency-key", KEY);
        replies.push(start.expect(201).await["id"].clone());
    }
    assert_ne!(replies[0], replies[1]);
}

#[tokio::test]
async fn ten_at_once_over_two_servers_are_one() {
    let world = World::new().await;
    let other = World::on(world.database.clone()).await;
    let before = world.head().await;
    let body = json!({"title": {"en": "A sample"}, "category": "I", "route": "presentation", "languages": ["en"]});
    let calls = (0..10).map(|number| {
        let server = if number % 2 == 0 { &world } else { &other };
        server
            .post("/v1/instruments")
            .token(&world.officer)
            .header("idempotency-key", KEY)
            .json(&body)
            .expect(201)
    });
    let answers = join_all(calls).await;
    assert!(
        answers.iter().all(|answer| *answer == answers[0]),
        "{answers:#?}"
    );
    assert_eq!(world.events_after(before).await.len(), 1);
}

#[tokio::test]
async fn a_repeated_command_is_answered_as_it_was_then_whatever_came_later() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}");
    let tag = world.get(&format!("{path}/answers/D1")).token(&finland);
    let tag = tag.send().await.header("etag").to_owned();

    let save = || {
        world
            .put(&format!("{path}/answers/D1"))
            .token(&finland)
            .header("idempotency-key", "save")
            .header("if-match", &tag)
            .json(&json!({"value": {"text": "Words.", "lang": "en"}}))
    };
    let saved = save().expect(200).await;
    assert_eq!(
        save().expect(200).await,
        saved,
        "the key is looked up before If-Match"
    );
    let submit = || {
        world
            .post(&format!("{path}/submission"))
            .token(&finland)
            .header("idempotency-key", "submit")
    };
    let receipt = submit().expect(201).await;
    world.close(&opened.collection).await;
    assert_eq!(submit().expect(201).await, receipt);
    assert_eq!(save().expect(200).await, saved);
    let start = |key: &str| {
        world
            .post(&format!("/v1/collections/{}/replies", opened.collection))
            .token(&finland)
            .header("idempotency-key", key)
    };
    start("start").problem(409, "reply_already_started").await;
}

#[tokio::test]
async fn a_repeated_command_is_answered_without_what_other_objects_came_to_later() {
    let world = World::new().await;
    let officer = world.officer.clone();
    let finland = world.focal_point("FIN").await;
    let send = async |method: Method, path: &str, token: &str, key: &str, body: &Value| -> Value {
        let call = world.call(method, path).token(token).json(body);
        let answer = call.header("idempotency-key", key).send().await;
        assert!(answer.status < 300, "{answer:#?}");
        answer.json()
    };
    let said = |text: &str| json!({"text": text, "lang": "en"});
    let need =
        json!({"category": "I", "type": "policy", "urgency": "low", "description": said("A need")});
    let need = send(Method::POST, "/v1/needs", &finland, "need", &need).await;
    let asking = json!({"needs": [need["id"]], "text": said("Help."), "on": "2005-02-01"});
    let ask = || send(Method::POST, "/v1/requests", &finland, "ask", &asking);
    let asked = ask().await;
    let because = json!({"reason": said("So.")});
    let accept = format!("/v1/requests/{}/acceptance", asked["id"].as_str().unwrap());
    let accept = || send(Method::POST, &accept, &officer, "accept", &because);
    let accepted = accept().await;
    let plan = json!({"plan": {"title": {"en": "A project"}, "requests": [asked["id"]]}, "on": "2005-03-01"});
    let propose = || send(Method::POST, "/v1/projects", &officer, "propose", &plan);
    let proposed = propose().await;
    // What changes nothing is told as of then too.
    let sharing = format!("/v1/needs/{}/sharing", need["id"].as_str().unwrap());
    let nobody = json!({"with": "nobody"});
    let share = || send(Method::PUT, &sharing, &finland, "share", &nobody);
    let shared = share().await;
    assert_eq!(shared["status"], "indicated");
    let give = json!({"from": "AUT", "to": {"project": proposed["id"]}, "on": "2005-03-02",
        "what": {"money": {"amount": "1", "currency": "EUR"}}});
    send(Method::POST, "/v1/contributions", &officer, "give", &give).await;
    let confirm = format!("/v1/needs/{}/confirmation", need["id"].as_str().unwrap());
    let confirmed = send(Method::POST, &confirm, &officer, "confirm", &json!({})).await;
    assert_eq!(confirmed["status"], "matched");
    assert_eq!(ask().await, asked);
    assert_eq!(accept().await, accepted);
    assert_eq!(propose().await, proposed);
    assert_eq!(share().await, shared);
    // And without a key as of now.
    let again = world.put(&sharing).token(&finland).json(&nobody);
    assert_eq!(again.expect(200).await["status"], "matched");
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}");
    let submit = || {
        world
            .post(&format!("{path}/submission"))
            .token(&finland)
            .header("idempotency-key", KEY)
    };
    submit().problem(422, "reply_incomplete").await;
    world
        .put(&format!("{path}/answers/A1"))
        .token(&finland)
        .json(&json!({"value": "no"}))
        .expect(200)
        .await;
    submit().expect(201).await;
}

#[tokio::test]
async fn every_kind_of_write_can_be_repeated() {
    let world = World::new().await;
    let officer = world.officer.clone();
    let finland = world.focal_point("FIN").await;
    // Sends it twice with one key: both answers are the same, and the second does nothing.
    let twice = async |call: &dyn Fn() -> Call, key: &str| -> Value {
        let first = call().header("idempotency-key", key).send().await;
        assert!(first.status < 300, "{first:#?}");
        let head = world.head().await;
        let second = call().header("idempotency-key", key).send().await;
        assert_eq!(second.expect(first.status), first.json(), "{key}");
        assert_eq!(second.header("etag"), first.header("etag"), "{key}");
        assert_eq!(second.header("location"), first.header("location"), "{key}");
        assert_eq!(world.head().await, head, "{key}");
        first.json()
    };
    let text = |value: &Value| value["id"].as_str().unwrap().to_owned();
    let instrument = json!({"title": {"en": "A sample", "fr": "Un exemple"}, "category": "I", "route": "intersessional",
                            "languages": ["en", "fr"]});
    let drafted = twice(
        &|| {
            world
                .post("/v1/instruments")
                .token(&officer)
                .json(&instrument)
        },
        "draft",
    )
    .await;
    let id = text(&drafted);
    let path = format!("/v1/instruments/{id}");
    let questionnaire = crate::support::questionnaire();
    twice(
        &|| {
            world
                .put(&format!("{path}/draft"))
                .token(&officer)
                .json(&questionnaire)
        },
        "save draft",
    )
    .await;
    twice(
        &|| world.post(&format!("{path}/revisions")).token(&officer),
        "revise",
    )
    .await;
    let approval = json!({"meeting": "M", "decision": "D", "date": "2011-02-01"});
    let path = format!("{path}/revisions/1/approval");
    twice(
        &|| world.post(&path).token(&officer).json(&approval),
        "approve",
    )
    .await;
    let opening = crate::support::opening(&id, "2999-12-31", &json!({"parties": ["FIN"]}));
    let opened = twice(
        &|| world.post("/v1/collections").token(&officer).json(&opening),
        "open",
    )
    .await;
    let path = format!("/v1/collections/{}", text(&opened));
    let invited = json!({"parties": ["THA"]});
    twice(
        &|| {
            world
                .post(&format!("{path}/invitations"))
                .token(&officer)
                .json(&invited)
        },
        "invite",
    )
    .await;
    let started = twice(
        &|| world.post(&format!("{path}/replies")).token(&finland),
        "start",
    )
    .await;
    let reply = format!("/v1/replies/{}", text(&started));
    let answers =
        json!({"answers": {"A1": {"value": "yes"}, "A3": {"value": 3}, "A4": {"value": "4"}}});
    twice(
        &|| {
            world
                .patch(&format!("{reply}/answers"))
                .token(&finland)
                .json(&answers)
        },
        "save",
    )
    .await;
    let mixed = json!({"answers": {"A1": {"value": "no"}, "A3": null}});
    twice(
        &|| {
            world
                .patch(&format!("{reply}/answers"))
                .token(&finland)
                .json(&mixed)
        },
        "save and clear",
    )
    .await;
    twice(
        &|| world.delete(&format!("{reply}/answers/A4")).token(&finland),
        "clear",
    )
    .await;
    twice(
        &|| world.post(&format!("{reply}/submission")).token(&finland),
        "submit",
    )
    .await;
    twice(
        &|| world.post(&format!("{path}/closure")).token(&officer),
        "close",
    )
    .await;
    let reason = json!({"reason": {"text": "A test.", "lang": "en"}});
    twice(
        &|| {
            world
                .post(&format!("{path}/reopening"))
                .token(&officer)
                .json(&reason)
        },
        "reopen",
    )
    .await;
    let regroup = json!({"regional_group": "african", "on": "2025-01-01", "reason": "A test."});
    twice(
        &|| {
            world
                .post("/v1/parties/FIN/regional-group")
                .token(&officer)
                .json(&regroup)
        },
        "regroup",
    )
    .await;
    let category = json!({"categories": [{"code": "V", "title": {"en": "A fifth"}}]});
    twice(
        &|| {
            world
                .post("/v1/classification")
                .token(&officer)
                .json(&category)
        },
        "extend",
    )
    .await;
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let world = World::new().await;
    for wrong in ["", "\"\"", " ", &"k".repeat(256)] {
        register(&world, "ICPO", wrong)
            .problem(400, "bad_idempotency_key")
            .await;
    }
    register(&world, "ICPO", &"k".repeat(255)).expect(201).await;
}
