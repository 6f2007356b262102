//! Rules that look at words, and words that rules only know to be there.

use serde_json::{Value, json};

use super::Asked;
use crate::support::faults;
use access::Role;

fn form() -> String {
    let text = json!({"en": "?", "fr": "?"});
    let check = |code: &str, rule: &str| json!([{"code": code, "kind": "refuse", "rule": rule, "text": {"en": "Please name an act.", "fr": "Veuillez nommer une loi."}}]);
    json!({"title": text, "sections": [{"code": "A", "title": text, "questions": [
        {"code": "A1", "type": "text", "heading": "practices", "text": text, "checks": check("act", "this.matches(\"(?i)\\\\bact\\\\b\")")},
        {"code": "A2", "type": "text", "heading": "practices", "text": text, "relevant": "A1.startsWith(\"Prisons\")"},
        {"code": "A3", "type": "email", "heading": "practices", "text": text},
        {"code": "A4", "type": "email", "heading": "practices", "text": text, "office": true},
    ]}]})
    .to_string()
}

#[tokio::test]
async fn rules_look_at_words_where_a_reply_is_checked_and_submitted_and_at_none_that_are_redacted()
{
    let asked = Asked::of(&form(), None).await;
    let text = |text: &str| json!({"value": {"text": text, "lang": "en"}});
    asked.save(json!({"A2": text("More.")})).await;
    let world = &asked.world;
    let content = world
        .words(&asked.reply, &asked.finland, "A1", "A law on prisons")
        .await;
    let refused = ("check_refuses".to_owned(), "A1".to_owned());
    assert_eq!(asked.faults().await, [refused]);
    let path = format!("/v1/replies/{}/submission", asked.reply);
    let submission = asked.world.post(&path).token(&asked.finland);
    let problem = submission.problem(422, "reply_incomplete").await;
    assert_eq!(faults(&problem), [("check_refuses", "/answers/A1")]);

    // What is redacted is there, and nobody knows what it says.
    let redaction = world.post(&format!("/v1/contents/{content}/redaction"));
    let administrator = world.token(Role::Administrator, None).await;
    redaction
        .token(&administrator)
        .json(&json!({"reason": "names_a_person"}))
        .expect(200)
        .await;
    assert_eq!(asked.faults().await, []);

    asked.save(json!({"A1": text("Prisons Act")})).await;
    let check = asked.check().await;
    assert_eq!(
        (&check["ready"], &check["irrelevant"]),
        (&json!(true), &json!([]))
    );
    asked.submit().await;
    let version = asked.version(1).await;
    assert_eq!(
        version["A2"]["value"]["text"], "More.",
        "what words decided is recorded with the version"
    );
}

#[tokio::test]
async fn an_address_has_one_form_and_stands_beside_the_log() {
    let asked = Asked::of(&form(), None).await;
    let problem = asked
        .refused(
            "A3",
            json!({"value": "Aino <aino@example.org>"}),
            "answers_faulty",
        )
        .await;
    assert_eq!(faults(&problem), [("bad_email", "/value")]);
    let given =
        json!({"A3": {"value": "aino@BÜCHER.example"}, "A4": {"value": "prisons@justice.example"}});
    let saved = asked.save(given.clone()).await;
    assert_eq!(
        asked.answer("A3").await["value"],
        "aino@xn--bcher-kva.example"
    );
    // What is typed again is no change.
    let again = asked.save(given).await;
    assert_eq!(saved["position"], again["position"]);
    asked.submit().await;
    assert_eq!(
        asked.version(1).await["A4"]["value"],
        "prisons@justice.example"
    );
    // A person's is in no figure, an office's is counted.
    assert_eq!(asked.base("A4").await["answered"], 1);
    let tally = format!(
        "/v1/collections/{}/tallies?question=A3&group_by=none",
        asked.collection
    );
    let tally = asked.world.get(&tally).token(&asked.world.officer);
    tally.problem(422, "question_not_counted").await;
    let feed: Value = asked
        .world
        .get("/v1/events?limit=1000")
        .token(&asked.world.officer)
        .expect(200)
        .await;
    assert!(
        !feed.to_string().contains("bcher"),
        "no event holds an address"
    );
}
