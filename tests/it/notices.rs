//! What the answers to commands say that whoever gave them should know: docs/notices.md has the table.

use access::Role;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::support::{Call, World, each, faults, item_where, questionnaire};

/// The codes of an answer's notices, but for what a collection always says of its public figures.
fn codes(answer: &Value) -> Vec<String> {
    let notices = answer["notices"].as_array().cloned().unwrap_or_default();
    let codes = notices.iter().map(|notice| {
        for part in ["text", "lang"] {
            assert!(notice[part].is_string(), "{notice}");
        }
        notice["code"].as_str().unwrap().to_owned()
    });
    codes.filter(|code| !code.starts_with("basis_")).collect()
}

fn post(world: &World, path: &str, body: &Value) -> Call {
    world.post(path).token(&world.officer).json(body)
}

/// A day so many days from today, in Vienna.
fn in_days(days: i64) -> Date {
    let now = clock::now().in_tz("Europe/Vienna").unwrap();
    now.date().checked_add(days.days()).unwrap()
}

#[tokio::test]
async fn a_meeting_that_is_not_recorded_as_held_decides_and_that_is_told() {
    let world = World::new().await;
    let meeting = world.meeting("intersessional").await;
    let presented = async || {
        let instrument = world.revised_instrument("intersessional").await;
        let path = format!("{instrument}/revisions/1");
        let before = json!({"meeting": meeting, "on": "2004-09-01"});
        let present = post(&world, &format!("{path}/presentation"), &before);
        assert_eq!(codes(&present.expect(201).await), [""; 0]);
        path
    };
    let revision = presented().await;
    let approval = |path: &str, date: &str| {
        let body = json!({"meeting_id": meeting, "decision": "Approved", "date": date});
        post(&world, &format!("{path}/approval"), &body)
    };
    // Before it begins it decides nothing: that can only be a mistake.
    let early = approval(&revision, "2004-09-30");
    let early = early.problem(422, "instrument_faulty").await;
    assert_eq!(faults(&early), [("before_the_meeting", "/date")]);
    let keyed = async || {
        let call = approval(&revision, "2004-10-02");
        call.header("idempotency-key", "approve").expect(201).await
    };
    let approved = keyed().await;
    assert_eq!(codes(&approved), ["meeting_not_held"]);
    let text = approved["notices"][0]["text"].as_str().unwrap();
    assert!(text.contains("2004-10-01"), "{text}");
    let returned = presented().await;
    let remarks = json!({"on": "2004-10-02", "remarks": {"text": "Shorter.", "lang": "en"}});
    let returned = post(&world, &format!("{returned}/return"), &remarks);
    assert_eq!(codes(&returned.expect(201).await), ["meeting_not_held"]);

    // Once it is, nothing is told; the answer to the repeated command is what it was.
    let held = json!({"starts_on": "2004-10-01", "ends_on": "2004-10-02"});
    let hold = post(&world, &format!("/v1/meetings/{meeting}/holding"), &held);
    assert!(hold.send().await.status < 300);
    let next = presented().await;
    let next = approval(&next, "2004-10-02").expect(201).await;
    assert_eq!(codes(&next), [""; 0]);
    assert_eq!(codes(&keyed().await), ["meeting_not_held"]);
}

#[tokio::test]
async fn a_revision_that_leaves_what_a_comment_is_about_as_it_was_says_so() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let consultation = world.forward(&instrument, 1, &["FIN"]).await;
    let finland = world.focal_point("FIN").await;
    let mut comments = Vec::new();
    for on in [
        json!({"question": "A1"}),
        json!({"question": "A2"}),
        json!({"section": "A"}),
        json!({"section": "D"}),
        json!({"instrument": true}),
    ] {
        let comment = world.comment(&consultation, &finland, on, "Otherwise.");
        let comment = comment.await;
        world.dispose(&comment, "accepted").await;
        comments.push(comment.rsplit('/').next().unwrap().to_owned());
    }
    world.close_consultation(&consultation).await;
    let mut draft = questionnaire();
    draft["sections"][0]["questions"][0]["required"] = json!(false);
    let save = world.put(&format!("{instrument}/draft"));
    save.token(&world.officer).json(&draft).expect(200).await;
    let body = json!({ "takes_up": comments });
    let revised = post(&world, &format!("{instrument}/revisions"), &body);
    let revised = revised.expect(201).await;
    assert_eq!(codes(&revised), ["taken_up_unchanged"]);
    let text = revised["notices"][0]["text"].as_str().unwrap();
    // A1 changed, and with it its section and the instrument; A2 and D did not.
    for (place, comment) in comments.iter().enumerate() {
        assert_eq!(text.contains(comment), [1, 3].contains(&place), "{text}");
    }
}

#[tokio::test]
async fn deadlines_that_are_past_or_near_are_told_and_a_close_before_them() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let open = async |day: &str| {
        let new = crate::support::opening(&instrument, day, &json!({"parties": ["FIN"]}));
        let opened = post(&world, "/v1/collections", &new).expect(201).await;
        let path = format!("/v1/collections/{}", opened["id"].as_str().unwrap());
        (path, codes(&opened))
    };
    let (past, told) = open("2011-06-30").await;
    assert_eq!(told, ["deadline_passed"]);
    let (_, told) = open(&in_days(3).to_string()).await;
    assert_eq!(told, ["deadline_near"]);
    let (far, told) = open(&in_days(30).to_string()).await;
    assert_eq!(told, [""; 0]);

    let extend = async |path: &str, day: Date| {
        let new = json!({"deadline": {"at": day, "time_zone": "Europe/Vienna"}, "parties": ["FIN"],
                         "reason": {"text": "They asked.", "lang": "en"}});
        codes(
            &post(&world, &format!("{path}/extension"), &new)
                .expect(200)
                .await,
        )
    };
    assert_eq!(extend(&past, in_days(2)).await, ["deadline_near"]);
    assert_eq!(extend(&far, in_days(60)).await, [""; 0]);
    let close = async |path: &str| {
        let closed = post(&world, &format!("{path}/closure"), &json!({}));
        codes(&closed.expect(200).await)
    };
    // Finland alone has time left in the one; nobody has in a collection of the past.
    assert_eq!(close(&past).await, ["closed_before_deadline"]);
    let (over, _) = open("2011-06-30").await;
    assert_eq!(close(&over).await, [""; 0]);
    let reason = json!({"reason": {"text": "More came.", "lang": "en"}});
    let reopened = post(&world, &format!("{over}/reopening"), &reason);
    assert_eq!(codes(&reopened.expect(200).await), ["deadline_passed"]);
    // What is read is no command: a collection's own notices are all that it has.
    assert_eq!(codes(&world.get(&over).expect(200).await), [""; 0]);

    // A consultation's deadline is no other.
    let instrument = world.revised_instrument("intersessional").await;
    let id = instrument.rsplit('/').next().unwrap();
    let mut new = crate::support::forwarding(id, 1, &json!(["FIN"]));
    new["deadline"]["at"] = json!("2004-06-30");
    let opened = post(&world, "/v1/consultations", &new).expect(201).await;
    assert_eq!(codes(&opened), ["deadline_passed"]);
    let path = format!("/v1/consultations/{}", opened["id"].as_str().unwrap());
    let more = json!({"deadline": {"at": in_days(90), "time_zone": "Europe/Vienna"}});
    let extended = post(&world, &format!("{path}/extension"), &more);
    assert_eq!(codes(&extended.expect(200).await), [""; 0]);
    assert_eq!(close(&path).await, ["closed_before_deadline"]);
}

#[tokio::test]
async fn who_accepts_what_they_entered_is_told_and_another_officer_not() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let invited = json!({"parties": ["FIN", "SWE"]});
    let collection = world.open(&instrument, "2011-06-30", &invited).await;
    let other = world.token(Role::Officer, None).await;
    for (party, token, expected) in [
        ("FIN", &world.officer, vec!["own_entry".to_owned()]),
        ("SWE", &other, vec![]),
    ] {
        let source =
            json!({"kind": "paper", "reference": "NV/2011/114", "received_on": "2011-06-30"});
        let entry = json!({"collection": collection, "party": party, "source": source});
        let entered = post(&world, "/v1/replies", &entry).expect(201).await;
        let reply = format!("/v1/replies/{}", entered["id"].as_str().unwrap());
        let save = world.put(&format!("{reply}/answers/A1"));
        let save = save.token(&world.officer).json(&json!({"value": "yes"}));
        save.expect(200).await;
        let submit = post(&world, &format!("{reply}/submission"), &json!({}));
        submit.expect(201).await;
        let accept = world.post(&format!("{reply}/acceptance")).token(token);
        let accepted = accept.expect(201).await;
        assert_eq!(codes(&accepted), expected, "{party}");
    }
}

#[tokio::test]
async fn a_clarification_after_the_close_says_that_it_can_be_answered_in_words_alone() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let answers = json!({"A1": {"value": "yes"}});
    let reply = world.submitted(&opened.collection, &finland, answers).await;
    let path = format!("/v1/replies/{reply}/clarifications");
    let ask = async || {
        let question = json!({"text": "Which law?", "lang": "en"});
        codes(&post(&world, &path, &question).expect(201).await)
    };
    assert_eq!(ask().await, [""; 0]);
    world.close(&opened.collection).await;
    assert_eq!(ask().await, ["answer_in_words_alone"]);
}

#[tokio::test]
async fn a_report_to_a_session_that_is_still_to_come_is_published_and_says_so() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let session = world.session(15).await;
    for (on, expected) in [
        ("2006-04-10", vec!["session_to_come".to_owned()]),
        ("2006-04-24", vec![]),
    ] {
        let report = world.ready_report(&instrument).await;
        let body = json!({"meeting": session, "on": on});
        let published = post(&world, &format!("{report}/publication"), &body);
        let published = published.expect(201).await;
        assert_eq!(codes(&published), expected);
        if let Some(notice) = published["notices"].get(0) {
            let text = notice["text"].as_str().unwrap();
            assert!(text.contains("2006-04-24"), "{text}");
        }
    }
    let told = world.get("/v1/reports").expect(200).await;
    assert_eq!(each(&told["items"], "published_on").len(), 2);
}

#[tokio::test]
async fn notices_are_told_in_the_language_of_whoever_gave_the_command() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let new = crate::support::opening(&instrument, "2011-06-30", &json!({"parties": ["FIN"]}));
    for (accepted, lang, said) in [
        ("fr-CA", "fr", "est déjà passé"),
        ("ru, en;q=0.5", "ru", "истёк"),
        ("de, en;q=0.5", "en", "is past already"),
    ] {
        let call = post(&world, "/v1/collections", &new);
        let opened = call.header("accept-language", accepted).expect(201).await;
        let notice = item_where(&opened["notices"], "code", "deadline_passed");
        assert_eq!(notice["lang"], lang);
        assert!(notice["text"].as_str().unwrap().contains(said), "{notice}");
    }
}
