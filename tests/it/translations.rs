//! /v1/contents/{content}/translations

use domain::ContentId;
use domain::redaction::{Command, Reason, Redaction};
use event_log::Actor;
use rapporteur::desk::Request;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{World, faults, questionnaire};

/// Words of Finland's as the answer to a question: the reply's path, a token, the content's id.
async fn words(world: &World) -> (String, String, String) {
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let content = world
        .words(&reply, &finland, TEXT, "Since the law of 1955.")
        .await;
    (format!("/v1/replies/{reply}"), finland, content)
}

/// A question that takes words.
const TEXT: &str = "D1";

async fn translate(world: &World, content: &str, lang: &str, text: &str, by: &str) -> Value {
    let path = format!("/v1/contents/{content}/translations/{lang}");
    let body = json!({"text": text, "by": by});
    world
        .put(&path)
        .token(&world.officer)
        .json(&body)
        .expect(200)
        .await
}

#[tokio::test]
async fn a_translation_stands_beside_the_original_and_says_who_translated() {
    let world = World::new().await;
    let (reply, finland, content) = words(&world).await;
    let answers = format!("{reply}/answers");
    let before = world.get(&answers).token(&finland).send().await;
    translate(
        &world,
        &content,
        "fr",
        "Depuis la loi de 1955.",
        "secretariat",
    )
    .await;
    let all = translate(&world, &content, "es", "Desde la ley de 1955.", "machine").await;
    assert_eq!(all["translations"]["es"]["by"], "machine");

    // Whoever had the answers is not told that they are still the same.
    let again = world.get(&answers).token(&finland);
    let again = again
        .header("if-none-match", before.header("etag"))
        .send()
        .await;
    let shown = &again.expect(200)["answers"][TEXT]["value"];
    assert_eq!(shown["text"], "Since the law of 1955.");
    assert_eq!(shown["lang"], "en");
    let french = json!({"text": "Depuis la loi de 1955.", "lang": "fr", "by": "secretariat"});
    assert_eq!(shown["translations"]["fr"], french);
    assert_eq!(shown["translations"]["es"]["text"], "Desde la ley de 1955.");

    translate(&world, &content, "fr", "Depuis une loi de 1955.", "party").await;
    let path = format!("/v1/contents/{content}/translations");
    let all = world.get(&path).token(&world.officer).expect(200).await;
    assert_eq!(all["translations"]["fr"]["text"], "Depuis une loi de 1955.");
    let gone = world
        .call(Method::DELETE, &format!("{path}/es"))
        .token(&world.officer);
    assert!(gone.expect(200).await["translations"].get("es").is_none());
    let gone = world
        .call(Method::DELETE, &format!("{path}/es"))
        .token(&world.officer);
    gone.problem(404, "unknown_translation").await;

    // The words are in no event.
    let events = json!(world.events_after(0).await).to_string();
    assert!(!events.contains("loi de 1955"));
}

#[tokio::test]
async fn only_what_somebody_typed_is_translated_and_only_by_the_secretariat() {
    let world = World::new().await;
    let (_, finland, content) = words(&world).await;
    let path = format!("/v1/contents/{content}/translations");
    let body = json!({"text": "Depuis 1955.", "by": "secretariat"});
    let french = format!("{path}/fr");
    world
        .put(&french)
        .token(&finland)
        .json(&body)
        .problem(403, "not_allowed")
        .await;
    world
        .get(&path)
        .token(&finland)
        .problem(404, "not_found")
        .await;

    let put = |path: &str, body: Value| world.put(path).token(&world.officer).json(&body);
    put(&format!("{path}/de"), body.clone())
        .problem(400, "bad_parameter")
        .await;
    put(&french, json!({"text": "A", "by": "nobody"}))
        .problem(422, "wrong_body")
        .await;
    let problem = put(&french, json!({"text": " ", "by": "party"}));
    let problem = problem.problem(422, "translation_faulty").await;
    assert_eq!(faults(&problem), [("blank", "/text")]);
    let nothing = format!("/v1/contents/{}/translations/fr", clock::new_id());
    put(&nothing, body.clone())
        .problem(404, "unknown_content")
        .await;

    let new = json!({"title": {"en": "A"}, "category": "I", "route": "presentation", "languages": ["en"]});
    let drafted = world
        .post("/v1/instruments")
        .token(&world.officer)
        .json(&new)
        .expect(201)
        .await;
    let draft = format!("/v1/instruments/{}/draft", drafted["id"].as_str().unwrap());
    world
        .put(&draft)
        .token(&world.officer)
        .json(&questionnaire())
        .expect(200)
        .await;
    let saved = world.events_after(world.head().await - 1).await;
    let asked = saved[0]["data"]["draft"]["content"]
        .as_str()
        .unwrap()
        .to_owned();
    let other = format!("/v1/contents/{asked}/translations/fr");
    put(&other, body)
        .problem(409, "content_not_translatable")
        .await;

    // What is translated is the original.
    translate(&world, &content, "fr", "Depuis 1955.", "party").await;
    let translated = world.events_after(world.head().await - 1).await;
    let text = translated[0]["data"]["text"]["content"].as_str().unwrap();
    put(
        &format!("/v1/contents/{text}/translations/es"),
        json!({"text": "Desde 1955.", "by": "party"}),
    )
    .problem(409, "content_not_translatable")
    .await;
}

async fn left(world: &World, like: &str) -> i64 {
    let left = "select count(*) from log.content where convert_from(body, 'UTF8') like $1";
    let pool = sqlx::PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    let left = sqlx::query_scalar(left).bind(like).fetch_one(&pool);
    let left = left.await.unwrap();
    pool.close().await;
    left
}

#[tokio::test]
async fn a_translation_that_races_the_redaction_of_its_original_goes_with_it_or_is_refused() {
    let world = World::new().await;
    let other = World::on(world.database.clone()).await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let administrator = world.token(access::Role::Administrator, None).await;
    for round in 0..12_u64 {
        let content = world
            .words(
                &reply,
                &finland,
                TEXT,
                &format!("According to her, {round}."),
            )
            .await;
        let path = format!("/v1/contents/{content}");
        let french = json!({"text": "Selon Mme Unetelle.", "by": "party"});
        let translate = other.put(&format!("{path}/translations/fr"));
        let translate = translate.token(&world.officer).json(&french).send();
        let redact = world.post(&format!("{path}/redaction"));
        let redact = redact.token(&administrator);
        let redact = redact.json(&json!({"reason": "names_a_person"}));
        let (translated, ()) = tokio::join!(translate, async {
            tokio::time::sleep(std::time::Duration::from_micros(round * 300)).await;
            redact.expect(200).await;
        });
        assert!([200, 404].contains(&translated.status));
        assert_eq!(left(&world, "Selon Mme%").await, 0, "round {round}");
    }
}

#[tokio::test]
async fn a_redaction_that_was_broken_off_is_finished_by_whoever_repeats_it() {
    let world = World::new().await;
    let (_, _, content) = words(&world).await;
    let administrator = world.token(access::Role::Administrator, None).await;
    translate(&world, &content, "fr", "Selon Mme Unetelle.", "party").await;
    // As it is where the server stops after the redaction's own event.
    let id = ContentId(content.parse().unwrap());
    let redact = Command::Redact {
        content: id,
        reason: Reason::NamesAPerson,
    };
    let request = Request::unkeyed(Actor {
        principal: Uuid::nil(),
        role: "administrator".to_owned(),
        party: None,
    });
    let desk = &world.server.services.desk;
    let redacted = desk.decide::<Redaction>(&request, id.0, &(), redact, &[]);
    redacted.await.unwrap();
    assert_eq!(left(&world, "Selon Mme%").await, 1);
    let path = format!("/v1/contents/{content}/redaction");
    let again = world.post(&path).token(&administrator);
    let again = again.json(&json!({"reason": "names_a_person"}));
    again.problem(409, "content_already_redacted").await;
    assert_eq!(left(&world, "Selon Mme%").await, 0);
}

#[tokio::test]
async fn a_redaction_takes_the_translations_along() {
    let world = World::new().await;
    let (reply, finland, content) = words(&world).await;
    translate(&world, &content, "fr", "Selon Mme Untel.", "secretariat").await;
    translate(&world, &content, "fr", "Selon Mme Unetelle.", "secretariat").await;
    let administrator = world.token(access::Role::Administrator, None).await;
    let path = format!("/v1/contents/{content}/redaction");
    let reason = json!({"reason": "names_a_person"});
    world
        .post(&path)
        .token(&administrator)
        .json(&reason)
        .expect(200)
        .await;

    let answers = format!("{reply}/answers");
    let shown = world.get(&answers).token(&finland).expect(200).await;
    let shown = &shown["answers"][TEXT]["value"];
    assert_eq!(shown["redacted"], true);
    assert_eq!(shown["translations"]["fr"]["redacted"], true);
    assert_eq!(left(&world, "Selon Mme%").await, 0);
    let again = format!("/v1/contents/{content}/translations/es");
    let body = json!({"text": "Según", "by": "party"});
    world
        .put(&again)
        .token(&world.officer)
        .json(&body)
        .problem(404, "unknown_content")
        .await;
}
