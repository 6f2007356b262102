//! Every submitted version of a reply, and what became of it from one to another.

use access::Role;
use serde_json::json;

use crate::support::{Life, each, item_where, said};

#[tokio::test]
async fn every_version_stays_readable_and_two_differ_question_by_question() {
    let life = Life::submitted().await;
    life.post("/amendment").expect(201).await;
    let attach =
        |what: &str, name: &str| life.post(what).file("application/pdf", name, "%PDF-A law.");
    attach("/files?question=A1", "law.pdf").expect(201).await;
    attach("/files", "all.pdf").expect(201).await;
    let changed = json!({"A1": {"value": "yes", "comment": said("Since 2010.")}, "A3": {"value": 7}, "D1": null});
    life.save(&changed).expect(200).await;
    life.post("/submission").expect(201).await;
    life.officer("/acceptance").expect(201).await;

    let listed = life.get("/versions").await;
    let versions = listed["items"].as_array().unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|version| {
            (
                &version["version"],
                &version["answered"],
                &version["attached"],
                &version["counts"],
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (&json!(1), &json!(2), &json!(0), &json!(false)),
            (&json!(2), &json!(2), &json!(2), &json!(true)),
        ]
    );
    assert!(versions[1]["accepted"]["position"].is_u64());
    assert_eq!(
        (&versions[0]["late"], &versions[0]["role"]),
        (&json!(false), &json!("focal_point"))
    );

    let first = life.get("/versions/1").await;
    assert_eq!(first["answers"]["D1"]["value"]["text"], "Money.");
    assert_eq!(first["answers"]["A1"]["comment"]["text"], "Since 2009.");
    let second = life.get("/versions/2").await;
    assert!(second["answers"].get("D1").is_none());
    assert_eq!(second["files"].as_array().unwrap().len(), 2);

    let found = life.get("/versions/2/differences?from=1").await;
    assert_eq!((&found["from"], &found["to"]), (&json!(1), &json!(2)));
    assert_eq!(each(&found["questions"], "question"), ["A1", "A3", "D1"]);
    assert_eq!(
        each(&found["questions"], "answer"),
        ["changed", "added", "removed"]
    );
    let a1 = item_where(&found["questions"], "question", "A1");
    assert_eq!(a1["from"]["comment"]["text"], "Since 2009.");
    assert_eq!(a1["to"]["comment"]["text"], "Since 2010.");
    assert_eq!(a1["files"][0]["change"], "added");
    assert_eq!(a1["files"][0]["file"]["name"]["text"], "law.pdf");
    assert_eq!(found["files"][0]["file"]["name"]["text"], "all.pdf");
    assert_eq!(found, life.get("/versions/2/differences").await);
    let back = life.get("/versions/1/differences?from=2").await;
    assert_eq!(
        each(&back["questions"], "answer"),
        ["changed", "removed", "added"]
    );
    let nothing = life.get("/versions/2/differences?from=2").await;
    assert_eq!(
        (&nothing["questions"], &nothing["files"]),
        (&json!([]), &json!([]))
    );
    let all = life.get("/versions/1/differences").await;
    assert_eq!(each(&all["questions"], "answer"), ["added", "added"]);
}

#[tokio::test]
async fn versions_are_for_those_who_see_the_reply_and_a_draft_is_none() {
    let life = Life::submitted().await;
    life.post("/amendment").expect(201).await;
    life.save(&json!({"A3": {"value": 7}})).expect(200).await;
    let path = |what: &str| format!("{}/versions{what}", life.reply);
    let mission = life.world.token(Role::Mission, Some("FIN")).await;
    let sweden = life.world.focal_point("SWE").await;
    let donor = life.world.token(Role::Donor, Some("FIN")).await;
    for what in ["", "/1", "/1/differences"] {
        for token in [&mission, &life.world.officer] {
            let seen = life.world.get(&path(what)).token(token).expect(200).await;
            assert!(
                !seen.to_string().contains("\"A3\""),
                "a draft is no version"
            );
        }
        for token in [&sweden, &donor] {
            life.world
                .get(&path(what))
                .token(token)
                .problem(404, "not_found")
                .await;
        }
    }
    for (what, status, code) in [
        ("/2", 404, "not_found"),
        ("/0", 404, "not_found"),
        ("/x", 404, "not_found"),
        ("/1/differences?from=2", 404, "not_found"),
        ("/1/differences?from=x", 400, "bad_parameter"),
    ] {
        let call = life.world.get(&path(what)).token(&life.finland);
        call.problem(status, code).await;
    }
    // Words that are redacted are so in every version.
    let held = life.world.get(&path("/1")).token(&life.world.officer);
    let held = held.expect(200).await;
    let content = held["answers"]["D1"]["value"]["content"]
        .as_str()
        .unwrap()
        .to_owned();
    let administrator = life.world.token(Role::Administrator, None).await;
    let redact = life
        .world
        .post(&format!("/v1/contents/{content}/redaction"));
    let redact = redact.token(&administrator);
    redact
        .json(&json!({"reason": "sent_by_mistake"}))
        .expect(200)
        .await;
    let shown = life.get("/versions/1").await;
    assert_eq!(shown["answers"]["D1"]["value"]["redacted"], true);
    let found = life.get("/versions/1/differences").await;
    assert!(!found.to_string().contains("Money."));
}

#[tokio::test]
async fn a_version_has_the_needs_that_it_indicated_and_a_difference_tells_which_came() {
    let life = Life::submitted().await;
    let need = |text: &str| json!({"category": "I", "type": "legislation", "urgency": "high", "description": {"text": text, "lang": "en"}});
    life.post("/amendment").expect(201).await;
    let draft = life.post("/needs").json(&need("A law."));
    let drafted = draft.expect(201).await["id"].clone();
    let none = life.get("/versions/1").await;
    assert_eq!(none["needs"], json!([]), "what is drafted is in no version");
    life.post("/submission").expect(201).await;
    life.post("/amendment").expect(201).await;
    let draft = life.post("/needs").json(&need("A court."));
    let second = draft.expect(201).await["id"].clone();
    life.post("/submission").expect(201).await;

    let version = life.get("/versions/2").await;
    assert_eq!(version["needs"][0]["id"], drafted);
    assert_eq!(version["needs"][0]["description"]["text"], "A law.");
    assert_eq!(version["needs"][0]["status"], "indicated");
    let version = life.get("/versions/3").await;
    assert_eq!(version["needs"].as_array().unwrap().len(), 2);

    let differences = async |of: &str| {
        let found = life.get(&format!("/versions/{of}")).await;
        assert_eq!(found["questions"], json!([]), "no answer differs");
        let changes = found["needs"].as_array().unwrap().iter();
        let told = changes.map(|found| (found["change"].clone(), found["need"]["id"].clone()));
        told.collect::<Vec<_>>()
    };
    let change = |change: &str, need: &serde_json::Value| (json!(change), need.clone());
    assert_eq!(
        differences("2/differences").await,
        [change("added", &drafted)]
    );
    assert_eq!(
        differences("3/differences").await,
        [change("added", &second)]
    );
    let back = [change("removed", &drafted), change("removed", &second)];
    let mut found = differences("1/differences?from=3").await;
    found.sort_by_key(|(_, need)| *need != drafted);
    assert_eq!(found, back);
    assert_eq!(differences("3/differences?from=3").await, []);
}
