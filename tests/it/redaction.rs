//! /v1/contents/{id}/redaction

mod erasure;

use access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, Call, World};

/// A reply of Finland's with words, and an administrator.
struct RedactionFixture {
    world: World,
    finland: String,
    administrator: String,
    answers: String,
    reply: String,
    /// The words' content.
    content: String,
}

impl RedactionFixture {
    async fn new() -> Self {
        let world = World::new().await;
        let opened = world.collection(json!({"parties": ["FIN"]})).await;
        let finland = world.focal_point("FIN").await;
        let reply = world.answered(&opened.collection, &finland).await;
        let content = world.words(&reply, &finland, "D1", "Ask Aino.").await;
        Self {
            administrator: world.token(Role::Administrator, None).await,
            answers: format!("/v1/replies/{reply}/answers"),
            world,
            finland,
            reply,
            content,
        }
    }

    fn redact(&self, content: &str, reason: &str) -> Call {
        self.world
            .post(&format!("/v1/contents/{content}/redaction"))
            .token(&self.administrator)
            .json(&json!({"reason": reason}))
    }

    async fn seen(&self, token: &str) -> Value {
        self.world.get(&self.answers).token(token).expect(200).await["answers"].clone()
    }
}

#[tokio::test]
async fn redacted_words_are_gone_and_everybody_is_told_why() {
    let said = RedactionFixture::new().await;
    let before = said.world.get(&said.answers).token(&said.finland);
    let before: Answer = before.send().await;
    assert_eq!(
        before.json()["answers"]["D1"]["value"],
        json!({"text": "Ask Aino.", "lang": "en"})
    );

    let redaction = said
        .redact(&said.content, "names_a_person")
        .expect(200)
        .await;
    assert_eq!(redaction["content"], said.content);
    assert_eq!(redaction["reason"], "names_a_person");
    assert_eq!(redaction["position"], said.world.head().await);

    let gone = json!({"redacted": true, "reason": "names_a_person"});
    assert_eq!(said.seen(&said.finland).await["D1"], json!({"value": gone}));
    // What was shown before does not hold any longer, although the reply has not changed; nor does it come back by asking
    // for the past.
    let tag = before.header("etag");
    let again = said.world.get(&said.answers).token(&said.finland);
    let again = again.header("if-none-match", tag).send().await;
    again.expect(200);
    assert_ne!(again.header("etag"), tag);
    let head = before.json()["position"].clone();
    let then = said.world.get(&format!("{}?as_of={head}", said.answers));
    let then = then.token(&said.finland).expect(200).await;
    assert_eq!(then["answers"]["D1"], json!({"value": gone}));

    let submit = format!("/v1/replies/{}/submission", said.reply);
    let submit = said.world.post(&submit).token(&said.finland);
    submit.expect(201).await;
    let told = &said.seen(&said.world.officer).await["D1"]["value"];
    assert_eq!(told["content"], said.content, "the Secretariat knows which");
}

#[tokio::test]
async fn the_event_holds_the_code_of_the_reason_and_no_words() {
    let said = RedactionFixture::new().await;
    let before = said.world.head().await;
    said.redact(&said.content, "sent_by_mistake")
        .expect(200)
        .await;
    let events = said.world.events_after(before).await;
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["kind"], "content_redacted");
    assert_eq!(events[0]["stream"], said.content);
    assert_eq!(events[0]["actor"]["role"], "administrator");
    let data = json!({"content": said.content, "reason": "sent_by_mistake"});
    assert_eq!(events[0]["data"], data);
}

#[tokio::test]
async fn the_same_words_saved_again_are_a_new_content() {
    let said = RedactionFixture::new().await;
    said.redact(&said.content, "sent_by_mistake")
        .expect(200)
        .await;
    let again = said
        .world
        .words(&said.reply, &said.finland, "D1", "Ask Aino.")
        .await;
    assert_ne!(again, said.content);
    let shown = &said.seen(&said.finland).await["D1"]["value"];
    assert_eq!(shown["text"], "Ask Aino.");
}

#[tokio::test]
async fn a_redaction_that_cannot_be_is_refused() {
    let said = RedactionFixture::new().await;
    let unknown = "0190b5f0-0000-7000-8000-000000000000";
    for content in [unknown, said.reply.as_str()] {
        said.redact(content, "names_a_person")
            .problem(404, "unknown_content")
            .await;
    }
    said.redact("words", "names_a_person")
        .problem(404, "not_found")
        .await;
    said.redact(&said.content, "Aino asked for it")
        .problem(422, "wrong_body")
        .await;
    let with_words = json!({"reason": "names_a_person", "note": "Aino"});
    let with_words = said.redact(&said.content, "").json(&with_words);
    with_words.problem(422, "wrong_body").await;
    let revised = said.world.events_after(0).await;
    let revised = revised
        .iter()
        .find(|event| event["kind"] == "instrument_revised")
        .unwrap();
    let questionnaire = revised["data"]["questionnaire"]["content"].as_str();
    said.redact(questionnaire.unwrap(), "names_a_person")
        .problem(409, "content_not_redactable")
        .await;

    let once = || {
        said.redact(&said.content, "names_a_person")
            .header("idempotency-key", "once")
    };
    let first = once().expect(200).await;
    assert_eq!(
        once().expect(200).await,
        first,
        "sent again, it is the same redaction"
    );
    said.redact(&said.content, "sent_by_mistake")
        .problem(409, "content_already_redacted")
        .await;
}

/// That nothing was redacted yet is no knowledge that holds: another process may redact it next.
#[tokio::test]
async fn what_another_process_redacted_is_told_by_one_that_had_looked_before() {
    let said = RedactionFixture::new().await;
    let other = World::on(said.world.database.clone()).await;
    // To decide on a translation it looks whether the words are redacted; they are not.
    let translation = format!("/v1/contents/{}/translations/fr", said.content);
    let translate = other.put(&translation).token(&said.world.officer);
    let translate = translate.json(&json!({"text": "Demandez Aino.", "by": "secretariat"}));
    translate.expect(200).await;
    let redacted = said.redact(&said.content, "names_a_person");
    redacted.expect(200).await;
    let seen = other.get(&said.answers).token(&said.finland);
    let shown = &seen.expect(200).await["answers"]["D1"]["value"];
    assert_eq!(shown["redacted"], true, "{shown}");
    assert_eq!(shown["reason"], "names_a_person", "{shown}");
}
