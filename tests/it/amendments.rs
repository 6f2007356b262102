//! Amendments of a submitted reply, and its withdrawal.

use serde_json::json;

use crate::support::{Life, faults, item_where, said};

#[tokio::test]
async fn the_last_submitted_version_counts_and_is_shown_while_an_amendment_is_open() {
    let life = Life::submitted().await;
    let path = format!("{}/publication", life.reply);
    let consent = life.world.put(&path).token(&life.finland);
    consent
        .json(&json!({"publication": {"all": true}}))
        .expect(200)
        .await;
    life.save(&json!({"A1": {"value": "no"}}))
        .problem(409, "reply_submitted")
        .await;
    assert_eq!(
        life.post("/amendment").expect(201).await["status"],
        "amendment"
    );
    life.post("/amendment").problem(409, "amendment_open").await;
    life.save(&json!({"A1": {"value": "no"}, "D1": null}))
        .expect(200)
        .await;

    let public = async || {
        let path = format!("{}/answers", life.reply);
        life.world.get(&path).expect(200).await["answers"].clone()
    };
    assert_eq!(life.get("/answers").await["answers"]["A1"]["value"], "no");
    assert_eq!(public().await["A1"]["value"], "yes");
    assert_eq!(public().await["D1"]["value"]["text"], "Money.");
    let shown = life.world.get(&life.reply).expect(200).await;
    assert_eq!(
        shown["status"], "submitted",
        "of drafts the public learns nothing"
    );
    assert_eq!(life.counted("").await, [1, 0, 0]);
    let amended = life.world.head().await;

    let again = life
        .post("/submission")
        .json(&json!({"publication": {"all": true}}));
    again.expect(201).await;
    assert_eq!(public().await["A1"]["value"], "no");
    assert!(public().await.get("D1").is_none());
    assert_eq!(life.counted("").await, [0, 0, 1]);
    assert_eq!(life.counted(&format!("&as_of={amended}")).await, [1, 0, 0]);
}

#[tokio::test]
async fn a_discarded_amendment_leaves_no_trace_in_what_is_submitted_later() {
    let life = Life::submitted().await;
    let before = life.get("/answers").await["answers"].clone();
    let file = life.post("/files");
    life.post("/amendment").expect(201).await;
    let attached = file.file("application/pdf", "law.pdf", "%PDF-A law.");
    attached.expect(201).await;
    let changed = json!({"A1": {"value": "no"}, "A3": {"value": 7}, "D1": null});
    life.save(&changed).expect(200).await;
    let discarded = life.delete("/amendment").expect(200).await;
    assert_eq!(discarded["status"], "submitted");
    assert_eq!(life.get("/answers").await["answers"], before);
    assert_eq!(life.get("/files").await["files"], json!([]));
    life.delete("/amendment").problem(409, "no_amendment").await;

    // Another amendment begins with what was submitted, and so do figures of it.
    life.post("/amendment").expect(201).await;
    life.save(&json!({"A3": {"value": 8}})).expect(200).await;
    life.post("/submission").expect(201).await;
    assert_eq!(life.counted("").await, [1, 0, 0]);
    let now = life.get("/answers").await["answers"].clone();
    assert_eq!(
        (&now["A1"], &now["A3"]["value"]),
        (&before["A1"], &json!(8))
    );
}

#[tokio::test]
async fn an_accepted_reply_is_amended_too_and_a_draft_is_not() {
    let life = Life::submitted().await;
    life.officer("/acceptance").expect(201).await;
    life.post("/amendment").expect(201).await;
    assert_eq!(
        life.delete("/amendment").expect(200).await["status"],
        "accepted"
    );
    life.post("/amendment").expect(201).await;
    life.post("/submission").expect(201).await;
    assert_eq!(
        life.status().await,
        "submitted",
        "a new version is to be reviewed anew"
    );

    let sweden = life.world.focal_point("SWE").await;
    let draft = life.world.reply(&life.collection, &sweden).await;
    let path = format!("/v1/replies/{draft}/amendment");
    life.world
        .post(&path)
        .token(&sweden)
        .problem(409, "reply_not_submitted")
        .await;
    let theirs = format!("{}/amendment", life.reply);
    life.world
        .post(&theirs)
        .token(&sweden)
        .problem(404, "not_found")
        .await;
    life.world.close(&life.collection).await;
    life.post("/amendment")
        .problem(409, "collection_closed")
        .await;
}

#[tokio::test]
async fn a_withdrawn_reply_is_not_counted_from_there_on_and_can_be_submitted_anew() {
    let life = Life::submitted().await;
    let path = format!("{}/publication", life.reply);
    let consent = json!({"publication": {"all": true}});
    let decide = || life.world.put(&path).token(&life.finland).json(&consent);
    decide().expect(200).await;
    let before = life.world.head().await;
    let withdraw = |reason: &str| {
        let reason = json!({"reason": said(reason)});
        life.post("/withdrawal").json(&reason)
    };
    let problem = withdraw(" ").problem(422, "remark_faulty").await;
    assert_eq!(faults(&problem), [("blank", "/reason")]);
    let withdrawn = withdraw("Sent by the wrong ministry.").expect(201).await;
    assert_eq!(withdrawn["status"], "withdrawn");
    let versions = life.get("/versions").await;
    let told = &versions["items"][0]["withdrawn"];
    assert_eq!(told["reason"]["text"], "Sent by the wrong ministry.");
    assert!(told["position"].is_u64());

    assert_eq!(life.replied().await, 0);
    assert_eq!(life.counted("").await, [0, 0, 0]);
    assert_eq!(life.counted(&format!("&as_of={before}")).await, [1, 0, 0]);
    let asked = format!("as_of={before}");
    let then = life.world.participation(&life.collection, &asked).await;
    assert_eq!(then["replied"], 1);
    // Rights are those of now: nothing of it is public any more, whatever position is asked for.
    for asked in [String::new(), format!("?as_of={before}")] {
        let path = format!("{}{asked}", life.reply);
        life.world.get(&path).problem(404, "not_found").await;
    }
    let invited = format!("/v1/collections/{}/invitations", life.collection);
    let invited = life.world.get(&invited).token(&life.world.officer);
    let invited = invited.expect(200).await;
    assert_eq!(
        item_where(&invited["items"], "code", "FIN")["replied"],
        false
    );

    withdraw("Again.").problem(409, "reply_withdrawn").await;
    decide().problem(409, "reply_withdrawn").await;
    life.post("/amendment")
        .problem(409, "reply_withdrawn")
        .await;
    life.officer("/acceptance")
        .problem(409, "reply_withdrawn")
        .await;

    life.save(&json!({"A1": {"value": "no"}})).expect(200).await;
    let receipt = life.post("/submission").expect(201).await;
    assert_eq!(receipt["version"], 2);
    assert_eq!(life.counted("").await, [0, 0, 1]);
    life.world.get(&life.reply).problem(404, "not_found").await;

    life.world.close(&life.collection).await;
    withdraw("After the close too.").expect(201).await;
    life.post("/submission")
        .problem(409, "collection_closed")
        .await;
    let officer = life
        .officer("/withdrawal")
        .json(&json!({"reason": said("No.")}));
    officer.problem(403, "reply_not_entered").await;
}

#[tokio::test]
async fn words_that_are_typed_back_are_no_change() {
    let life = Life::submitted().await;
    let before = life.get("/answers").await["answers"].clone();
    let asked = life.officer("/clarifications").json(&said("Which law?"));
    asked.expect(201).await;
    let save = |text: &str| {
        let a1 = json!({"value": "yes", "comment": said("Since 2009.")});
        life.save(&json!({"A1": a1, "D1": {"value": said(text)}}))
    };
    save("Staff.").expect(200).await;
    save("Money.").expect(200).await;
    let answer = life.post("/clarifications/1/answer");
    answer.json(&said("None.")).expect(201).await;
    assert_eq!(life.status().await, "submitted", "nothing is open");
    assert_eq!(life.get("/answers").await["answers"], before);
}
