//! Clarifications of a reply, and its acceptance.

use access::Role;
use serde_json::json;

use crate::support::{Life, each, faults, said};

#[tokio::test]
async fn a_clarification_is_answered_by_a_new_version_which_is_then_accepted() {
    let life = Life::submitted().await;
    let question = json!({"question": "A1", "text": "Since when in all provinces?", "lang": "en"});
    let asked = life.officer("/clarifications").json(&question);
    let asked = asked.expect(201).await;
    assert_eq!(asked["clarification"], 1);
    assert_eq!(
        (&asked["state"], &asked["version"]),
        (&json!("open"), &json!(1))
    );
    let submitted = life.world.head().await - 1;

    // The party reads what is asked, and can change its reply; what it submitted counts meanwhile.
    let shown = life.get("").await;
    assert_eq!(shown["status"], "clarification");
    assert_eq!(shown["open_clarifications"], 1);
    let listed = life.get("/clarifications").await;
    let text = &listed["items"][0]["text"];
    assert_eq!(text["text"], "Since when in all provinces?");
    assert_eq!(listed["items"][0]["question"], "A1");
    life.save(&json!({"A1": {"value": "in_part"}}))
        .expect(200)
        .await;
    assert_eq!(life.counted("").await, [1, 0, 0]);
    assert_eq!(life.replied().await, 1);
    life.officer("/acceptance")
        .problem(409, "clarification_open")
        .await;

    let receipt = life.post("/submission").expect(201).await;
    assert_eq!(receipt["version"], 2);
    assert_eq!(life.counted("").await, [0, 1, 0]);
    assert_eq!(
        life.counted(&format!("&as_of={submitted}")).await,
        [1, 0, 0]
    );
    let listed = life.get("/clarifications").await;
    let answered = &listed["items"][0];
    assert_eq!(answered["state"], "resubmitted");
    assert_eq!(answered["answered_by_version"], 2);
    assert_eq!(answered["ended"]["position"], receipt["position"]);

    let of = |version: u32| {
        life.officer("/acceptance")
            .json(&json!({ "version": version }))
    };
    of(1).problem(409, "reply_version_superseded").await;
    assert_eq!(of(2).expect(201).await["status"], "accepted");
    life.officer("/acceptance")
        .problem(409, "reply_already_accepted")
        .await;
    let late = life.officer("/clarifications").json(&question);
    late.problem(409, "reply_already_accepted").await;
    assert_eq!(life.replied().await, 1, "what is accepted counts as before");

    let listed = format!("/v1/collections/{}/replies", life.collection);
    for (asked, found) in [
        ("?status=accepted", vec!["FIN"]),
        ("?status=submitted", vec![]),
    ] {
        let path = format!("{listed}{asked}");
        let rows = life.world.get(&path).token(&life.world.officer);
        assert_eq!(each(&rows.expect(200).await["items"], "code"), found);
    }
    let then = format!("{listed}?as_of={}", submitted + 1);
    let then = life.world.get(&then).token(&life.world.officer);
    assert_eq!(
        then.expect(200).await["items"][0]["status"],
        "clarification"
    );
}

#[tokio::test]
async fn a_clarification_is_answered_in_words_or_needed_no_longer() {
    let life = Life::submitted().await;
    for text in ["Which law?", "Which year?", "Which court?"] {
        let asked = life.officer("/clarifications").json(&said(text));
        asked.expect(201).await;
    }
    let answered = life
        .post("/clarifications/1/answer")
        .json(&said("That of 2009."));
    let answered = answered.expect(201).await;
    assert_eq!(answered["state"], "answered");
    assert_eq!(answered["answer"]["text"], "That of 2009.");
    let path = format!("{}/clarifications/2", life.reply);
    let withdraw = || life.world.delete(&path);
    let withdrawn = withdraw().token(&life.world.officer).expect(200).await;
    assert_eq!(withdrawn["state"], "withdrawn");
    assert_eq!(life.status().await, "clarification", "one is still open");

    // What was changed meanwhile is not lost: it goes on as an amendment.
    life.save(&json!({"A3": {"value": 7}})).expect(200).await;
    let third = life
        .post("/clarifications/3/answer")
        .json(&said("The highest."));
    third.expect(201).await;
    assert_eq!(life.status().await, "amendment");
    assert_eq!(
        life.delete("/amendment").expect(200).await["status"],
        "submitted"
    );
    assert!(life.get("/answers").await["answers"].get("A3").is_none());

    for (call, status, code) in [
        (
            life.post("/clarifications/1/answer").json(&said("Again.")),
            409,
            "clarification_not_open",
        ),
        (
            life.post("/clarifications/9/answer").json(&said("What?")),
            404,
            "unknown_clarification",
        ),
        (
            life.post("/clarifications/x/answer").json(&said("What?")),
            404,
            "not_found",
        ),
        (
            withdraw().token(&life.world.officer),
            409,
            "clarification_not_open",
        ),
        (withdraw().token(&life.finland), 403, "not_allowed"),
        (
            life.post("/clarifications").json(&said("Who asks?")),
            403,
            "not_allowed",
        ),
        (life.post("/acceptance"), 403, "not_allowed"),
        (
            life.officer("/clarifications/1/answer").json(&said("No.")),
            403,
            "reply_not_entered",
        ),
    ] {
        call.problem(status, code).await;
    }
}

#[tokio::test]
async fn what_is_asked_says_something_of_a_question_that_there_is_to_those_concerned() {
    let life = Life::submitted().await;
    let wrong = json!({"question": "Z9", "text": "What?", "lang": "en"});
    let problem = life.officer("/clarifications").json(&wrong);
    let problem = problem.problem(422, "unknown_question").await;
    assert_eq!(faults(&problem), [("no_such_question", "/question")]);
    for (text, fault) in [(" ", "blank"), (&"x".repeat(10_001), "text_too_long")] {
        let problem = life.officer("/clarifications").json(&said(text));
        let problem = problem.problem(422, "remark_faulty").await;
        assert_eq!(faults(&problem), [(fault, "/text")]);
    }
    let before = life.world.head().await;
    let keyed = async || {
        let asked = life.officer("/clarifications").json(&said("What?"));
        asked.header("idempotency-key", "once").expect(201).await
    };
    assert_eq!(keyed().await, keyed().await);
    assert_eq!(life.world.head().await, before + 1);

    let path = format!("{}/clarifications", life.reply);
    let mission = life.world.token(Role::Mission, Some("FIN")).await;
    life.world.get(&path).token(&mission).expect(200).await;
    let others = [
        life.world.focal_point("SWE").await,
        life.world.token(Role::Donor, Some("FIN")).await,
    ];
    for other in &others {
        life.world
            .get(&path)
            .token(other)
            .problem(404, "not_found")
            .await;
    }
    let events = life.world.events_after(before).await;
    assert!(
        !json!(events).to_string().contains("What?"),
        "words are beside the log"
    );
    // A draft was never submitted: there is nothing to ask about.
    let draft = life.world.reply(&life.collection, &others[0]).await;
    let ask = format!("/v1/replies/{draft}/clarifications");
    let ask = life.world.post(&ask).token(&life.world.officer);
    ask.json(&said("What?"))
        .problem(409, "reply_not_submitted")
        .await;
}
