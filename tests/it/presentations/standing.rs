//! What stands in a revision's way to a meeting, and what is left when the meeting falls through.

use serde_json::{Value, json};

use crate::support::{Call, World, faults};

use super::without_required;

fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

fn present(world: &World, instrument: &str, revision: u64, meeting: &str) -> Call {
    let call = world.post(&format!("{instrument}/revisions/{revision}/presentation"));
    call.token(&world.officer)
        .json(&json!({"meeting": meeting, "on": "2004-10-01"}))
}

async fn cancel(world: &World, meeting: &str) {
    let call = world.post(&format!("/v1/meetings/{meeting}/cancellation"));
    let reason = json!({"reason": {"text": "No money.", "lang": "en"}});
    call.token(&world.officer).json(&reason).expect(200).await;
}

#[tokio::test]
async fn a_revision_before_a_meeting_that_is_cancelled_goes_before_another() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let (first, second) = (
        world.meeting("intersessional").await,
        world.meeting("intersessional").await,
    );
    present(&world, &instrument, 1, &first).expect(201).await;
    let twice = present(&world, &instrument, 1, &second);
    twice.problem(409, "instrument_presented").await;
    cancel(&world, &first).await;
    let seen = world.shown_instrument(&instrument).await;
    let presentation = &seen["revisions"][0]["presentation"];
    assert_eq!(presentation["meeting_is_cancelled"], true);
    let path = format!("{instrument}/revisions/1");
    let post = |what: &str, body: Value| {
        let call = world.post(&format!("{path}/{what}"));
        call.token(&world.officer).json(&body)
    };
    let approval =
        |meeting: &str, date: &str| json!({"meeting_id": meeting, "decision": "D", "date": date});
    // It neither approves nor gives back.
    let approved = post("approval", approval(&first, "2004-10-01"));
    let approved = approved.problem(422, "instrument_faulty").await;
    assert_eq!(
        faults(&approved),
        [("meeting_was_cancelled", "/meeting_id")]
    );
    let back = json!({"on": "2004-10-01", "remarks": {"text": "Shorter.", "lang": "en"}});
    let back = post("return", back).problem(422, "instrument_faulty").await;
    assert_eq!(faults(&back), [("meeting_was_cancelled", "")]);
    let again = present(&world, &instrument, 1, &first);
    let again = again.problem(422, "instrument_faulty").await;
    assert_eq!(faults(&again), [("meeting_was_cancelled", "/meeting")]);
    let anew = present(&world, &instrument, 1, &second).expect(201).await;
    let presented = &anew["revisions"][0]["presentation"];
    assert_eq!(presented["meeting"], second.as_str());
    assert_eq!(
        world.shown_instrument(&instrument).await["status"],
        "presented"
    );

    // A meeting approves from its first day on, and nobody on a day that is still to come.
    for (date, fault) in [
        ("2004-09-30", "before_presentation"),
        ("2999-01-01", "day_in_the_future"),
    ] {
        let wrong = post("approval", approval(&second, date));
        let wrong = wrong.problem(422, "instrument_faulty").await;
        assert_eq!(faults(&wrong)[0], (fault, "/date"));
    }
    let approved = post("approval", approval(&second, "2004-10-02"));
    assert_eq!(approved.expect(201).await["status"], "approved");

    // Or it is revised instead.
    let other = world.revised_instrument("intersessional").await;
    let third = world.meeting("intersessional").await;
    present(&world, &other, 1, &third).expect(201).await;
    cancel(&world, &third).await;
    world.revise(&other, &without_required(0), json!({})).await;
    assert_eq!(world.shown_instrument(&other).await["status"], "drafting");
}

#[tokio::test]
async fn what_is_accepted_is_taken_up_before_a_meeting_decides() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    let finland = world.focal_point("FIN").await;
    let on = || json!({"instrument": true});
    let [first, second] = [
        world.comment(&path, &finland, on(), "One.").await,
        world.comment(&path, &finland, on(), "Two.").await,
    ];
    world.close_consultation(&path).await;
    world.dispose(&first, "accepted").await;
    world.dispose(&second, "accepted_in_part").await;
    let meeting = world.meeting("intersessional").await;
    let places = [&first, &second].map(|comment| comment.strip_prefix("/v1").unwrap());
    let missing = present(&world, &instrument, 1, &meeting);
    let missing = missing.problem(409, "comments_not_taken_up").await;
    assert_eq!(
        faults(&missing),
        places.map(|at| ("comment_not_taken_up", at))
    );
    let by_name = world.post(&format!("{instrument}/revisions/1/approval"));
    let by_name = by_name.token(&world.officer);
    let by_name = by_name.json(&json!({"meeting": "M", "decision": "D", "date": "2004-10-01"}));
    by_name.problem(409, "comments_not_taken_up").await;

    let taking = json!({"takes_up": [id(&first)]});
    world
        .revise(&instrument, &without_required(0), taking)
        .await;
    let missing = present(&world, &instrument, 2, &meeting);
    let missing = missing.problem(409, "comments_not_taken_up").await;
    assert_eq!(faults(&missing), [("comment_not_taken_up", places[1])]);
    // What was forgotten is named by another revision, though nothing in the draft changed.
    let revise = world.post(&format!("{instrument}/revisions"));
    let revise = revise.token(&world.officer);
    let revise = revise.json(&json!({"takes_up": [id(&second)]}));
    assert_eq!(revise.expect(201).await["revision"], 3);
    present(&world, &instrument, 3, &meeting).expect(201).await;
    for (comment, revision) in [(&first, 2), (&second, 3)] {
        let seen = world.get(comment).token(&finland).expect(200).await;
        assert_eq!(seen["taken_up_in"], revision);
    }
}

#[tokio::test]
async fn who_commented_on_what_is_withdrawn_is_told_what_becomes_of_it() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    let finland = world.focal_point("FIN").await;
    let on = json!({"instrument": true});
    let comment = world.comment(&path, &finland, on, "Shorter.").await;
    world.close_consultation(&path).await;
    let withdraw = world.post(&format!("{instrument}/withdrawal"));
    let withdraw = withdraw.token(&world.officer);
    let withdraw = withdraw.json(&json!({"reason": {"text": "It is not needed.", "lang": "en"}}));
    withdraw.expect(201).await;
    let publish = || {
        let call = world.post(&format!("{path}/publication"));
        let call = call.token(&world.officer);
        call.json(&json!({"on": "2004-09-01"}))
    };
    publish().problem(409, "comments_undisposed").await;
    world.dispose(&comment, "noted").await;
    let future = world.post(&format!("{path}/publication"));
    let future = future
        .token(&world.officer)
        .json(&json!({"on": "2999-01-01"}));
    let future = future.problem(422, "consultation_faulty").await;
    assert_eq!(faults(&future), [("day_in_the_future", "/on")]);
    publish().expect(201).await;
    let seen = world.get(&comment).expect(200).await;
    assert_eq!(seen["disposition"]["disposition"], "noted");
}

#[tokio::test]
async fn what_is_approved_stays_approved_and_a_session_approves_nothing_by_name() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let by_name = |instrument: &str| {
        let call = world.post(&format!("{instrument}/revisions/1/approval"));
        let call = call.token(&world.officer);
        call.json(&json!({"meeting": "M", "decision": "D", "date": "2004-10-01"}))
    };
    by_name(&instrument).expect(201).await;
    world
        .revise(&instrument, &without_required(0), json!({}))
        .await;
    let withdraw = world.post(&format!("{instrument}/withdrawal"));
    let withdraw = withdraw.token(&world.officer);
    let withdraw = withdraw.json(&json!({"reason": {"text": "Late.", "lang": "en"}}));
    withdraw.problem(409, "revision_already_approved").await;
    let to_a_session = world.revised_instrument("presentation").await;
    let refused = by_name(&to_a_session);
    refused.problem(409, "revision_not_presented").await;
}
