//! What came on paper: entered for its party, in time or late.

use serde_json::{Value, json};

use crate::support::{World, faults, forwarding, item_where};

#[tokio::test]
async fn what_came_on_paper_is_entered_with_its_source_and_date() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    let state = world.focal_point("FIN").await;
    let enter = |party: &str, token: &str, change: Value| {
        let mut body = json!({"on": {"instrument": true}, "lang": "ru", "text": "Хорошо.", "source": "Note verbale 17/2004",
                              "received_on": "2004-06-15"});
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let call = world.post(&format!("{path}/parties/{party}/comments"));
        call.token(token).json(&body)
    };
    enter("FIN", &state, json!({}))
        .problem(403, "not_allowed")
        .await;
    enter("SWE", &world.officer, json!({}))
        .problem(409, "party_not_asked")
        .await;
    for (change, fault) in [
        (json!({"source": " "}), ("blank", "/source")),
        (
            json!({"received_on": "2004-05-01"}),
            ("before_opening", "/received_on"),
        ),
        (
            json!({"received_on": "2999-01-01"}),
            ("day_in_the_future", "/received_on"),
        ),
    ] {
        let wrong = enter("FIN", &world.officer, change);
        assert_eq!(faults(&wrong.problem(422, "comment_faulty").await), [fault]);
    }
    let entered = enter("FIN", &world.officer, json!({})).send().await;
    let comment = entered.expect(201);
    assert_eq!(
        comment["entered_on_behalf"],
        json!({"source": "Note verbale 17/2004", "received_on": "2004-06-15"})
    );
    let at = entered.header("location").to_owned();
    let seen = world.get(&at).token(&state).expect(200).await;
    assert_eq!(seen["comment"]["text"], "Хорошо.");
    let corrected = json!({"on": {"instrument": true}, "lang": "ru", "text": "Очень хорошо."});
    let corrected = world.put(&at).token(&world.officer).json(&corrected);
    corrected.expect(200).await;
    let asked = world.get(&format!("{path}/parties")).token(&world.officer);
    let asked = asked.expect(200).await;
    assert_eq!(item_where(&asked["items"], "code", "FIN")["comments"], 1);
}

#[tokio::test]
async fn paper_is_entered_after_the_closure_and_its_lateness_goes_by_the_day_of_its_receipt() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN", "KEN", "SWE"]).await;
    let finland = world.focal_point("FIN").await;
    let on = || json!({"instrument": true});
    let first = world.comment(&path, &finland, on(), "In time.").await;
    let enter = |party: &str, received_on: &str| {
        let body = json!({"on": on(), "lang": "en", "text": "On paper.", "source": "Note verbale 17/2004",
                          "received_on": received_on});
        let call = world.post(&format!("{path}/parties/{party}/comments"));
        call.token(&world.officer).json(&body)
    };
    world.close_consultation(&path).await;
    let kenya = enter("KEN", "2004-07-30").expect(201).await;
    assert_eq!(kenya["late"], false);
    let id = |comment: &Value| format!("/v1/comments/{}", comment["id"].as_str().unwrap());
    // It can be mended as before the closure; and it stands in the way until it has its disposition.
    let corrected = json!({"on": on(), "lang": "en", "text": "As it was written."});
    let corrected = world
        .put(&id(&kenya))
        .token(&world.officer)
        .json(&corrected);
    corrected.expect(200).await;
    world.dispose(&first, "noted").await;
    let meeting = world.meeting("intersessional").await;
    let present = || {
        let call = world.post(&format!("{instrument}/revisions/1/presentation"));
        call.token(&world.officer)
            .json(&json!({"meeting": meeting, "on": "2004-10-01"}))
    };
    let waiting = present().problem(409, "comments_undisposed").await;
    let place = id(&kenya).strip_prefix("/v1").unwrap().to_owned();
    let expected = [("comment_without_disposition", place.as_str())];
    assert_eq!(faults(&waiting), expected);
    let mistaken = enter("SWE", "2004-07-30").expect(201).await;
    let withdrawal = world.post(&format!("{}/withdrawal", id(&mistaken)));
    withdrawal.token(&world.officer).expect(200).await;
    world.dispose(&id(&kenya), "noted").await;
    present().expect(201).await;
    let refused = enter("SWE", "2004-07-30");
    refused.problem(409, "consultation_closed").await;

    // What is received after the deadline is late, whether it is made or entered.
    let other = world.revised_instrument("intersessional").await;
    let mut new = forwarding(
        other.rsplit('/').next().unwrap(),
        1,
        &json!(["FIN", "KEN", "SWE"]),
    );
    new["deadline"] = json!({"at": "2004-07-31", "time_zone": "Europe/Vienna"});
    let opened = world.post("/v1/consultations").token(&world.officer);
    let opened = opened.json(&new).expect(201).await;
    let path = format!("/v1/consultations/{}", opened["id"].as_str().unwrap());
    let enter = |party: &str, received_on: &str| {
        let body = json!({"on": on(), "lang": "en", "text": "On paper.", "source": "A note", "received_on": received_on});
        let call = world.post(&format!("{path}/parties/{party}/comments"));
        call.token(&world.officer).json(&body).expect(201)
    };
    let before = world.head().await;
    let late = world.comment(&path, &finland, on(), "Late.").await;
    let seen = world.get(&late).token(&finland).expect(200).await;
    assert_eq!(seen["late"], true);
    assert_eq!(enter("KEN", "2004-07-31").await["late"], false);
    assert_eq!(enter("SWE", "2004-08-02").await["late"], true);
    let asked = async |query: &str| {
        let call = world.get(&format!("{path}/parties{query}"));
        call.token(&world.officer).expect(200).await
    };
    let all = asked("").await;
    for (party, late) in [("FIN", true), ("KEN", false), ("SWE", true)] {
        assert_eq!(item_where(&all["items"], "code", party)["late"], late);
    }
    assert_eq!(
        all["kinds"],
        json!([{"kind": "member_state", "asked": 3, "answered": 3, "late": 2}])
    );
    assert_eq!(
        asked(&format!("?as_of={before}")).await["kinds"][0]["late"],
        0
    );
    // Whoever gives more time forgives it.
    let longer = json!({"deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}});
    let extension = world
        .post(&format!("{path}/extension"))
        .token(&world.officer);
    extension.json(&longer).expect(200).await;
    assert_eq!(asked("").await["kinds"][0]["late"], 0);
    let seen = world.get(&late).token(&finland).expect(200).await;
    assert_eq!(seen["late"], false);
}

#[tokio::test]
async fn paper_that_is_entered_while_a_revision_is_presented_is_not_overlooked() {
    let world = World::new().await;
    let meeting = world.meeting("intersessional").await;
    let (mut entered_first, mut presented_first) = (0, 0);
    for round in 0..12 {
        let instrument = world.revised_instrument("intersessional").await;
        let path = world.forward(&instrument, 1, &["FIN"]).await;
        world.close_consultation(&path).await;
        let enter = async || {
            let body = json!({"on": {"instrument": true}, "lang": "en", "text": "On paper.", "source": "A note",
                              "received_on": "2004-07-30"});
            let call = world.post(&format!("{path}/parties/FIN/comments"));
            call.token(&world.officer).json(&body).send().await.status
        };
        let present = async || {
            let call = world.post(&format!("{instrument}/revisions/1/presentation"));
            let body = json!({"meeting": meeting, "on": "2004-10-01"});
            call.token(&world.officer).json(&body).send().await.status
        };
        let (entered, presented) = if round % 2 == 0 {
            tokio::join!(enter(), present())
        } else {
            let (presented, entered) = tokio::join!(present(), enter());
            (entered, presented)
        };
        match (entered, presented) {
            (201, 409) => entered_first += 1,
            (409, 201) => presented_first += 1,
            both => panic!("one of the two comes first: {both:?}"),
        }
    }
    assert!(entered_first > 0 || presented_first > 0);
}
