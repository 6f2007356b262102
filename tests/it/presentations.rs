//! An instrument before a meeting: /v1/instruments/{instrument}/revisions/{revision}/presentation, approval, return

use serde_json::{Value, json};

use crate::support::{World, faults, questionnaire};

mod differences;
mod guards;
mod standing;

fn without_required(code: usize) -> Value {
    let mut changed = questionnaire();
    changed["sections"][0]["questions"][code]["required"] = json!(code != 0);
    changed
}

async fn shown(world: &World, instrument: &str) -> Value {
    world.shown_instrument(instrument).await
}

#[tokio::test]
async fn comments_are_taken_up_before_an_intersessional_meeting_approves() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let consultation = world.forward(&instrument, 1, &["FIN", "KEN"]).await;
    let (finland, kenya) = (
        world.focal_point("FIN").await,
        world.focal_point("KEN").await,
    );
    let on = || json!({"question": "A1"});
    let taken = world
        .comment(&consultation, &finland, on(), "Not required.")
        .await;
    let left = world.comment(&consultation, &kenya, on(), "More.").await;
    let meeting = world.meeting("intersessional").await;
    let congress = world.meeting("congress").await;
    let at = |revision: u64, what: &str, body: Value| {
        let call = world.post(&format!("{instrument}/revisions/{revision}/{what}"));
        call.token(&world.officer).json(&body)
    };
    let before = json!({"meeting": meeting, "on": "2004-10-01"});

    // Not while comments may still come, nor while one waits.
    let open = at(1, "presentation", before.clone());
    let open = open.problem(409, "consultations_open").await;
    let place = consultation.strip_prefix("/v1").unwrap();
    assert_eq!(faults(&open), [("consultation_still_open", place)]);
    world.close_consultation(&consultation).await;
    let wait = at(1, "presentation", before.clone());
    let wait = wait.problem(409, "comments_undisposed").await;
    let places: Vec<_> = [&taken, &left]
        .map(|comment| comment.strip_prefix("/v1").unwrap())
        .to_vec();
    let found = faults(&wait);
    assert_eq!(found.iter().map(|(_, at)| *at).collect::<Vec<_>>(), places);
    assert!(
        wait["faults"][0]["detail"]
            .as_str()
            .unwrap()
            .contains("FIN"),
        "{wait:#?}"
    );
    at(
        1,
        "approval",
        json!({"meeting": "M", "decision": "D", "date": "2004-10-01"}),
    )
    .problem(409, "comments_undisposed")
    .await;
    world.dispose(&taken, "accepted").await;
    world.dispose(&left, "not_accepted").await;

    // A revision takes up what was accepted, on this instrument.
    let other = world.revised_instrument("intersessional").await;
    let elsewhere = world.forward(&other, 1, &["FIN"]).await;
    let foreign = world
        .comment(&elsewhere, &finland, on(), "Elsewhere.")
        .await;
    world.dispose(&foreign, "accepted").await;
    let id = |comment: &str| comment.rsplit('/').next().unwrap().to_owned();
    let draft = world
        .put(&format!("{instrument}/draft"))
        .token(&world.officer);
    draft.json(&without_required(0)).expect(200).await;
    let unknown = clock::new_id().to_string();
    let revise = |named: Vec<String>| {
        let call = world.post(&format!("{instrument}/revisions"));
        call.token(&world.officer)
            .json(&json!({ "takes_up": named }))
    };
    let wrong = revise(vec![
        id(&taken),
        id(&left),
        id(&foreign),
        unknown,
        id(&taken),
    ]);
    assert_eq!(
        faults(&wrong.problem(422, "instrument_faulty").await),
        [
            ("comment_not_accepted", "/takes_up/1"),
            ("comment_on_another_instrument", "/takes_up/2"),
            ("no_such_comment", "/takes_up/3"),
            ("comment_listed_twice", "/takes_up/4"),
        ]
    );
    assert_eq!(revise(vec![id(&taken)]).expect(201).await["revision"], 2);
    let seen = shown(&world, &instrument).await;
    assert_eq!(seen["revisions"][1]["takes_up"], json!([id(&taken)]));
    let dispose = |comment: &str, disposition: &str| {
        let body = json!({"disposition": disposition, "reason": {"text": "So.", "lang": "en"}});
        let call = world.post(&format!("{comment}/disposition"));
        call.token(&world.officer).json(&body)
    };
    dispose(&taken, "noted")
        .problem(409, "comment_taken_up")
        .await;

    // To the meeting of its route, which decides.
    at(1, "presentation", before.clone())
        .problem(409, "revision_superseded")
        .await;
    for (wrong, fault) in [
        (&congress, "meeting_not_of_the_route"),
        (
            &"0190b5f0-0000-7000-8000-000000000000".to_owned(),
            "no_such_meeting",
        ),
    ] {
        let wrong = at(
            2,
            "presentation",
            json!({"meeting": wrong, "on": "2004-10-01"}),
        );
        let wrong = wrong.problem(422, "instrument_faulty").await;
        assert_eq!(faults(&wrong), [(fault, "/meeting")]);
    }
    let early = json!({"meeting_id": meeting, "decision": "D", "date": "2004-10-01"});
    at(2, "approval", early.clone())
        .problem(409, "revision_not_presented")
        .await;
    at(2, "presentation", before.clone()).expect(201).await;
    assert_eq!(shown(&world, &instrument).await["status"], "presented");
    at(2, "presentation", before.clone())
        .problem(409, "instrument_presented")
        .await;
    dispose(&left, "noted")
        .problem(409, "disposition_fixed")
        .await;
    let forward = world.post("/v1/consultations").token(&world.officer);
    let forward = forward.json(&crate::support::forwarding(&id(&instrument), 2, &json!([])));
    forward.problem(409, "instrument_presented").await;
    let reopen = world
        .post(&format!("{consultation}/reopening"))
        .token(&world.officer);
    let reopen = reopen.json(&json!({"reason": {"text": "Late.", "lang": "en"}}));
    reopen.problem(409, "revision_superseded").await;

    // Given back, worked on again, presented again, approved.
    let remarks = json!({"on": "2004-10-02", "remarks": {"text": "Shorter.", "lang": "en"}});
    let early = json!({"on": "2004-09-30", "remarks": {"text": "Shorter.", "lang": "en"}});
    let early = at(2, "return", early)
        .problem(422, "instrument_faulty")
        .await;
    let expected = [
        ("before_presentation", "/on"),
        ("before_the_meeting", "/on"),
    ];
    assert_eq!(faults(&early), expected);
    let returned = at(2, "return", remarks.clone()).expect(201).await;
    assert_eq!(returned["status"], "returned");
    assert_eq!(shown(&world, &instrument).await["status"], "returned");
    assert_eq!(
        returned["revisions"][1]["returned"]["remarks"]["text"],
        "Shorter."
    );
    at(2, "return", remarks)
        .problem(409, "revision_returned")
        .await;
    at(2, "presentation", before.clone())
        .problem(409, "revision_returned")
        .await;
    let approval = json!({"meeting_id": meeting, "decision": "Approved", "date": "2004-10-02"});
    at(2, "approval", approval.clone())
        .problem(409, "revision_returned")
        .await;
    world
        .revise(&instrument, &without_required(2), json!({}))
        .await;
    assert_eq!(shown(&world, &instrument).await["status"], "drafting");
    at(3, "presentation", before).expect(201).await;
    let draft = world
        .put(&format!("{instrument}/draft"))
        .token(&world.officer);
    draft.json(&questionnaire()).expect(200).await;
    revise(vec![]).problem(409, "instrument_presented").await;
    let named = json!({"meeting": "Another", "decision": "D", "date": "2004-10-02"});
    let named = at(3, "approval", named)
        .problem(422, "instrument_faulty")
        .await;
    assert_eq!(faults(&named), [("not_the_meeting", "/meeting")]);
    let both =
        json!({"meeting": "M", "meeting_id": meeting, "decision": "D", "date": "2004-10-02"});
    at(3, "approval", both).problem(422, "wrong_body").await;
    let approved = at(3, "approval", approval).expect(201).await;
    assert_eq!(approved["status"], "approved");
    assert_eq!(shown(&world, &instrument).await["status"], "approved");
    assert_eq!(approved["revisions"][2]["approval"]["meeting"], "A meeting");
    assert_eq!(
        approved["revisions"][2]["approval"]["meeting_id"],
        meeting.as_str()
    );
    let withdraw = world
        .post(&format!("{instrument}/withdrawal"))
        .token(&world.officer);
    let withdraw = withdraw.json(&json!({"reason": {"text": "Late.", "lang": "en"}}));
    withdraw.problem(409, "revision_already_approved").await;
    let document = format!("{instrument}/comments-document");
    let document = world.get(&document).token(&world.officer).expect(200).await;
    let comments = &document["consultations"][0]["groups"][0]["comments"];
    assert_eq!(comments[0]["taken_up_in"], 2);
    assert_eq!(comments[1]["taken_up_in"], json!(null));
}

#[tokio::test]
async fn a_session_takes_an_instrument_with_a_progress_report() {
    let world = World::new().await;
    let instrument = world.revised_instrument("presentation").await;
    let session = world.meeting("commission_session").await;
    let intersessional = world.meeting("intersessional").await;
    let path = format!("{instrument}/revisions/1/presentation");
    let present = |meeting: &str, report: Option<&str>| {
        let body = json!({"meeting": meeting, "progress_report": report, "on": "2007-04-23"});
        world.post(&path).token(&world.officer).json(&body)
    };
    let symbol = "E/CN.15/2007/11";
    let wrong = present(&intersessional, None);
    assert_eq!(
        faults(&wrong.problem(422, "instrument_faulty").await),
        [
            ("meeting_not_of_the_route", "/meeting"),
            ("progress_report_missing", "/progress_report"),
        ]
    );
    let unknown = present(&session, Some(symbol));
    let unknown = unknown.problem(422, "instrument_faulty").await;
    assert_eq!(faults(&unknown), [("no_such_document", "/progress_report")]);
    world.document(symbol).await;
    let presented = present(&session, Some(symbol)).expect(201).await;
    assert_eq!(presented["status"], "presented");
    assert!(presented["revisions"][0]["presentation"]["progress_report"].is_string());
}

#[tokio::test]
async fn what_is_withdrawn_says_why_and_stays_so() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let consultation = world.forward(&instrument, 1, &["FIN"]).await;
    let withdraw = |token: &str| {
        let call = world.post(&format!("{instrument}/withdrawal")).token(token);
        call.json(&json!({"reason": {"text": "It is not needed.", "lang": "en"}}))
    };
    let state = world.focal_point("FIN").await;
    withdraw(&state).problem(403, "not_allowed").await;
    withdraw(&world.officer)
        .problem(409, "consultations_open")
        .await;
    world.close_consultation(&consultation).await;
    let withdrawn = withdraw(&world.officer).expect(201).await;
    assert_eq!(withdrawn["status"], "withdrawn");
    assert_eq!(shown(&world, &instrument).await["status"], "withdrawn");
    assert_eq!(withdrawn["withdrawal"]["text"], "It is not needed.");
    withdraw(&world.officer)
        .problem(409, "instrument_withdrawn")
        .await;
    let draft = world
        .put(&format!("{instrument}/draft"))
        .token(&world.officer);
    let draft = draft.json(&without_required(0));
    draft.problem(409, "instrument_withdrawn").await;
    let approve = world.post(&format!("{instrument}/revisions/1/approval"));
    let approve = approve.token(&world.officer);
    let approve = approve.json(&json!({"meeting": "M", "decision": "D", "date": "2004-10-01"}));
    approve.problem(409, "instrument_withdrawn").await;
    let forward = world.post("/v1/consultations").token(&world.officer);
    let id = instrument.rsplit('/').next().unwrap();
    let forward = forward.json(&crate::support::forwarding(id, 1, &json!([])));
    forward.problem(409, "instrument_withdrawn").await;
}

#[tokio::test]
async fn a_comment_that_comes_while_its_consultation_closes_is_not_overlooked() {
    let world = World::new().await;
    let meeting = world.meeting("intersessional").await;
    let finland = world.focal_point("FIN").await;
    for _ in 0..6 {
        let instrument = world.revised_instrument("intersessional").await;
        let consultation = world.forward(&instrument, 1, &["FIN"]).await;
        let comments = format!("{consultation}/comments");
        let comment = async || {
            let call = world.post(&comments).token(&finland);
            let body = json!({"on": {"instrument": true}, "lang": "en", "text": "Wait."});
            call.json(&body).send().await.status
        };
        let close = async || {
            let call = world.post(&format!("{consultation}/closure"));
            call.token(&world.officer).send().await.status
        };
        let present = async || {
            let call = world.post(&format!("{instrument}/revisions/1/presentation"));
            let body = json!({"meeting": meeting, "on": "2004-10-01"});
            call.token(&world.officer).json(&body).send().await.status
        };
        let (made, second, closed, presented) =
            tokio::join!(comment(), comment(), close(), present());
        assert_eq!(closed, 200);
        let made = [made, second]
            .iter()
            .filter(|status| **status == 201)
            .count();
        assert!(
            made == 0 || presented == 409,
            "{made} comments, and presented: {presented}"
        );
    }
}

#[tokio::test]
async fn what_differs_between_two_revisions_is_told_question_by_question() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let mut changed = questionnaire();
    let mut questions = changed["sections"][0]["questions"]
        .as_array()
        .unwrap()
        .clone();
    let moved = questions.remove(5);
    questions.remove(4);
    questions[0]["text"]["fr"] = json!("Est-ce une loi ?");
    let mut new = questions[1].clone();
    new["code"] = json!("A7");
    questions.push(new);
    changed["sections"][0]["questions"] = json!(questions);
    changed["sections"][1]["questions"]
        .as_array_mut()
        .unwrap()
        .push(moved);
    changed["sections"][1]["title"]["en"] = json!("What is difficult");
    world.revise(&instrument, &changed, json!({})).await;
    let state = world.focal_point("FIN").await;
    let path = format!("{instrument}/revisions/2/differences");
    let found = world.get(&format!("{path}?from=1&lang=fr")).token(&state);
    let found = found.expect(200).await;
    let ways: Vec<(&str, &Value)> = found["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| (question["code"].as_str().unwrap(), &question["ways"]))
        .collect();
    assert_eq!(
        ways,
        [
            ("A1", &json!(["changed"])),
            ("A7", &json!(["added"])),
            ("A6", &json!(["moved"])),
            ("A5", &json!(["removed"])),
        ]
    );
    let law = &found["questions"][0];
    assert_eq!(law["parts"], json!(["text"]));
    assert_eq!(law["languages"], json!(["fr"]));
    assert_eq!(law["from"]["text"], "Is it law? (fr)");
    assert_eq!(law["to"]["text"], "Est-ce une loi ?");
    let year = &found["questions"][2];
    assert_eq!(
        (&year["from"]["section"], &year["to"]["section"]),
        (&json!("A"), &json!("D"))
    );
    assert_eq!(year["to"]["place"], 2);
    assert_eq!(found["sections"][0]["code"], "D");
    assert_eq!(found["sections"][0]["to"]["title"], "Difficulties (fr)");
    let the_same = world.get(&path).token(&state).expect(200).await;
    assert_eq!(the_same["from"], 1);
    let itself = world
        .get(&format!("{path}?from=2"))
        .token(&state)
        .expect(200)
        .await;
    assert_eq!(
        (&itself["questions"], &itself["sections"]),
        (&json!([]), &json!([]))
    );
    world
        .get(&format!("{path}?from=3"))
        .token(&state)
        .problem(404, "not_found")
        .await;
    world
        .get(&format!("{path}?from=x"))
        .token(&state)
        .problem(400, "bad_parameter")
        .await;
    world.get(&path).problem(401, "missing_token").await;
    let first = format!("{instrument}/revisions/1/differences");
    world
        .get(&first)
        .token(&state)
        .problem(404, "not_found")
        .await;
}
