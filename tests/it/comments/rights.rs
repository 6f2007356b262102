//! Who sees whose comments, when, and who may still act for a party.

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each};

fn on() -> Value {
    json!({"instrument": true})
}

#[tokio::test]
async fn what_was_taken_back_before_the_publication_is_never_shown_to_others() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN", "KEN"]).await;
    let (finland, kenya) = (
        world.focal_point("FIN").await,
        world.focal_point("KEN").await,
    );
    let unborn = world.head().await - 2;
    let corrected = world.comment(&path, &finland, on(), "Too frank.").await;
    let withdrawn = world.comment(&path, &finland, on(), "Taken back.").await;
    let theirs = world.comment(&path, &kenya, on(), "Kenya’s.").await;
    let frank = world.head().await;
    let correction = world.put(&corrected).token(&finland);
    let said = json!({"on": on(), "lang": "en", "text": "In good words."});
    correction.json(&said).expect(200).await;
    let withdrawal = world.post(&format!("{withdrawn}/withdrawal"));
    withdrawal.token(&finland).expect(200).await;
    world.dispose(&corrected, "not_accepted").await;
    world.dispose(&theirs, "noted").await;
    let decided = world.head().await;
    world.dispose(&corrected, "noted").await;
    world.publish_comments(&path).await;

    let donor = world.token(Role::Donor, Some("SWE")).await;
    let list = |as_of: &str| world.get(&format!("{path}/comments{as_of}"));
    let texts = |listed: &Value| {
        let items = listed["items"].as_array().unwrap().iter();
        let texts = items.map(|item| item["comment"]["text"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    let now = list("").expect(200).await;
    assert_eq!(texts(&now), ["In good words.", "Kenya’s."]);
    assert_eq!(now["items"][0]["disposition"]["disposition"], "noted");
    for then in [frank, decided] {
        let as_of = format!("?as_of={then}");
        list(&as_of).problem(404, "before_it_existed").await;
        let outside = list(&as_of).token(&donor);
        outside.problem(404, "before_it_existed").await;
        let own = list(&as_of).token(&kenya).expect(200).await;
        assert_eq!(texts(&own), ["Kenya’s."]);
    }
    let as_of = format!("?as_of={frank}");
    for token in [&finland, &world.officer] {
        let seen = texts(&list(&as_of).token(token).expect(200).await);
        assert_eq!(seen[..2], ["Too frank.", "Taken back."]);
    }
    let unborn = list(&format!("?as_of={unborn}")).token(&world.officer);
    unborn.problem(404, "before_it_existed").await;

    // What is published stays as it is.
    let anew = json!({"disposition": "accepted", "reason": {"text": "So.", "lang": "en"}});
    let anew = world.post(&format!("{corrected}/disposition")).json(&anew);
    let anew = anew.token(&world.officer);
    anew.problem(409, "disposition_fixed").await;

    // Their history says no more.
    let history = |comment: &str| world.get(&comment.replace("/v1/comments", "/v1/timelines"));
    let kinds = ["comment_made", "comment_corrected", "comment_disposed"];
    let told = history(&corrected).expect(200).await;
    assert_eq!(each(&told["items"], "kind"), kinds);
    assert!(told["items"][2]["text"].as_str().unwrap().contains("noted"));
    let whole = history(&corrected).token(&finland).expect(200).await;
    assert_eq!(whole["items"].as_array().unwrap().len(), 4);
    history(&withdrawn).problem(404, "not_found").await;
    let others = history(&withdrawn).token(&kenya);
    others.problem(404, "not_found").await;
    history(&withdrawn).token(&finland).expect(200).await;
}

#[tokio::test]
async fn a_timeline_is_for_whoever_may_read_what_it_is_about() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    let finland = world.focal_point("FIN").await;
    let stranger = world.focal_point("SWE").await;
    let donor = world.token(Role::Donor, Some("SWE")).await;
    let comment = world.comment(&path, &finland, on(), "A comment.").await;
    let of = |object: &str| format!("/v1/timelines/{}", object.rsplit('/').next().unwrap());
    let shown = async |token: &str| {
        let shown = world.get(&instrument).token(token).expect(200).await;
        shown["revisions"][0]["consultations"]
            .as_array()
            .unwrap()
            .len()
    };
    world.get(&of(&path)).token(&stranger).expect(200).await;
    let other = world.get(&of(&comment)).token(&stranger);
    other.problem(404, "not_found").await;
    for object in [&path, &comment] {
        world.get(&of(object)).problem(404, "not_found").await;
        let outside = world.get(&of(object)).token(&donor);
        outside.problem(404, "not_found").await;
    }
    assert_eq!((shown(&donor).await, shown(&stranger).await), (0, 1));

    world.dispose(&comment, "noted").await;
    world.publish_comments(&path).await;
    for object in [&path, &comment] {
        world.get(&of(object)).expect(200).await;
        world.get(&of(object)).token(&donor).expect(200).await;
    }
    assert_eq!(shown(&donor).await, 1);
}

#[tokio::test]
async fn a_focal_point_who_was_replaced_comments_and_reads_nothing_any_more() {
    let world = World::new().await;
    let invited = json!({"parties": ["FIN"]});
    let collection = world.collection(invited).await.collection;
    let (person, before) = world.person_as(Role::FocalPoint, "FIN").await;
    let (other, successor) = world.person_as(Role::FocalPoint, "FIN").await;
    let name = async |person: &str| {
        let path = format!("/v1/collections/{collection}/parties/FIN/focal-point");
        let name = world.put(&path).token(&world.officer);
        name.json(&json!({ "person": person })).expect(200).await;
    };
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    name(&person).await;
    let first = world.comment(&path, &before, on(), "Before.").await;
    name(&other).await;
    let theirs = world.comment(&path, &successor, on(), "Of now.").await;
    let said = json!({"on": on(), "lang": "en", "text": "Not mine any more."});
    for comment in [&first, &theirs] {
        for call in [
            world.get(comment),
            world.put(comment).json(&said),
            world.post(&format!("{comment}/withdrawal")),
        ] {
            // A replaced focal point's account may have ended with the office.
            let answer = call.token(&before).send().await;
            assert!([401, 404].contains(&answer.status), "{answer:#?}");
        }
    }
    let list = world.get(&format!("{path}/comments")).token(&before);
    assert!([401, 404].contains(&list.send().await.status));
    let make = world.post(&format!("{path}/comments")).token(&before);
    let refused = make.json(&said).send().await;
    assert!([401, 403].contains(&refused.status), "{refused:#?}");
    // The successor answers for what was said before.
    let list = world.get(&format!("{path}/comments")).token(&successor);
    let list = list.expect(200).await;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let withdrawal = world.post(&format!("{first}/withdrawal"));
    withdrawal.token(&successor).expect(200).await;
}

#[tokio::test]
async fn comments_are_found_by_party_question_and_what_became_of_them() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN", "KEN"]).await;
    let (finland, kenya) = (
        world.focal_point("FIN").await,
        world.focal_point("KEN").await,
    );
    let about = json!({"question": "A1"});
    let first = world.comment(&path, &finland, about.clone(), "One.").await;
    world.comment(&path, &finland, on(), "Two.").await;
    world.comment(&path, &kenya, about, "Three.").await;
    world.dispose(&first, "accepted").await;
    let found = async |query: &str, token: &str| {
        let call = world.get(&format!("{path}/comments{query}"));
        let listed = call.token(token).expect(200).await;
        let items = listed["items"].as_array().unwrap().iter();
        let texts = items.map(|item| item["comment"]["text"].as_str().unwrap().to_owned());
        texts.collect::<Vec<_>>()
    };
    let officer = &world.officer;
    for (query, texts) in [
        ("?disposed=false", vec!["Two.", "Three."]),
        ("?disposed=true", vec!["One."]),
        ("?disposition=accepted", vec!["One."]),
        ("?disposition=noted", vec![]),
        ("?party=KEN", vec!["Three."]),
        ("?question=A1", vec!["One.", "Three."]),
        ("?question=A1&disposed=false&party=KEN", vec!["Three."]),
    ] {
        assert_eq!(found(query, officer).await, texts, "{query}");
    }
    assert_eq!(found("?party=KEN", &finland).await, Vec::<String>::new());
    for wrong in ["?disposed=perhaps", "?disposition=liked"] {
        let wrong = world.get(&format!("{path}/comments{wrong}")).token(officer);
        wrong.problem(400, "bad_parameter").await;
    }

    // A commentator finds what it was asked, and until when.
    let asked = async |query: &str, token: &str| {
        let call = world.get(&format!("/v1/consultations{query}"));
        call.token(token).expect(200).await["items"].clone()
    };
    let mine = asked("?asked_of_me=true", &kenya).await;
    assert_eq!(mine[0]["asked_of_me"], true);
    assert_eq!(mine[0]["deadline"]["time_zone"], "Europe/Vienna");
    assert_eq!(mine[0]["overdue"], false);
    let sweden = world.focal_point("SWE").await;
    assert_eq!(asked("?asked_of_me=true", &sweden).await, json!([]));
    assert_eq!(asked("", &sweden).await[0]["asked_of_me"], false);
    assert_eq!(asked("", officer).await[0]["asked_of_me"], json!(null));
    let one = world.get(&path).token(&kenya).expect(200).await;
    assert_eq!(one["asked_of_me"], true);
}
