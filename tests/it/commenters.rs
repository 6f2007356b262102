//! Whoever comments for a party in a consultation: invited by a letter, there for the comments alone, and ended.

use access::Role;
use domain::PartyId;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{World, each};

const NOOR: &str = "noor@example.org";

/// An organization, with what it is asked about.
async fn asked() -> (World, String, String) {
    let world = World::new().await;
    world.register("PRI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["PRI", "FIN"]).await;
    (world, instrument, path)
}

fn about_a1() -> Value {
    json!({"question": "A1"})
}

#[tokio::test]
async fn an_organization_comments_from_its_letter_and_reads_what_became_of_it() {
    let (world, instrument, path) = asked().await;
    let person = world.commenter(&path, "PRI", NOOR).await;
    let [letter] = &world.letters_to(NOOR).await[..] else {
        panic!("one letter")
    };
    assert_eq!(letter["kind"], "comment_invitation");
    assert_eq!(letter["consultation"]["en"], "A sample");
    let link = world.link_to(NOOR).await.unwrap();
    let page = world.get(&format!("/join/{link}")).send().await;
    assert!(page.text.contains("You comment for Party PRI"), "{page:#?}");
    let mine = world.token_by(&link).await;
    // The link opens once.
    let again = world.post("/v1/session").json(&json!({ "link": link }));
    again.problem(404, "unknown_link").await;

    let seen = world.get(&path).token(&mine).expect(200).await;
    assert_eq!(
        (&seen["asked_of_me"], &seen["status"]),
        (&json!(true), &json!("open"))
    );
    let listed = world.get("/v1/consultations").token(&mine);
    let listed = listed.expect(200).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    let offices = world.get("/v1/me/offices").token(&mine).expect(200).await;
    assert_eq!(offices["offices"], json!([]));
    assert_eq!(offices["comments"][0]["code"], "PRI");
    assert_eq!(offices["comments"][0]["title"], "A sample");
    let revision = world.get(&format!("{instrument}/revisions/1"));
    revision.token(&mine).expect(200).await;

    let kept = world.comment(&path, &mine, about_a1(), "Ask for years.");
    let kept = kept.await;
    let dropped = world.comment(&path, &mine, json!({"section": "A"}), "Shorter.");
    let dropped = dropped.await;
    let better = json!({"on": about_a1(), "lang": "en", "text": "Ask for three years.", "wording": "In which years?"});
    let corrected = world.put(&kept).token(&mine).json(&better);
    let corrected = corrected.expect(200).await;
    assert_eq!(corrected["wording"]["text"], "In which years?");
    let taken_back = world.post(&format!("{dropped}/withdrawal"));
    taken_back.token(&mine).expect(200).await;
    // Finland's are not there, neither to read nor to change.
    let finland = world.focal_point("FIN").await;
    let theirs = world.comment(&path, &finland, about_a1(), "Another.").await;
    world
        .get(&theirs)
        .token(&mine)
        .problem(404, "not_found")
        .await;
    let change = world.put(&theirs).token(&mine).json(&better);
    change.problem(404, "not_found").await;
    let listed = world.get(&format!("{path}/comments")).token(&mine);
    let listed = listed.expect(200).await;
    assert_eq!(each(&listed["items"], "id").len(), 1);
    // What anybody else of the party makes, its focal points see too.
    let ngo = world.focal_point("PRI").await;
    world.get(&kept).token(&ngo).expect(200).await;

    world.close_consultation(&path).await;
    let late = world.post(&format!("{path}/comments"));
    let late = late.token(&mine).json(&better);
    late.problem(409, "consultation_closed").await;
    world.dispose(&kept, "accepted").await;
    let told = world.get(&kept).token(&mine).expect(200).await;
    assert_eq!(told["disposition"]["disposition"], "accepted");
    let timeline = world.get(&format!(
        "/v1/timelines/{}",
        kept.rsplit('/').next().unwrap()
    ));
    let timeline = timeline.token(&mine).expect(200).await;
    let kinds = each(&timeline["items"], "kind");
    assert_eq!(
        kinds,
        ["comment_made", "comment_corrected", "comment_disposed"]
    );
    // Who comments is told to officers.
    let commenters = world.get(&format!("{path}/parties/PRI/commenters"));
    let commenters = commenters.token(&world.officer).expect(200).await;
    assert_eq!(commenters["persons"], json!([person]));
}

#[tokio::test]
async fn whoever_comments_acts_on_nothing_else_of_the_party() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let other = world.revised_instrument("intersessional").await;
    let elsewhere = world.forward(&other, 1, &["FIN"]).await;
    let instrument = world.revised_instrument("intersessional").await;
    let path = world.forward(&instrument, 1, &["FIN"]).await;
    world.commenter(&path, "FIN", NOOR).await;
    let link = world.link_to(NOOR).await.unwrap();
    let mine = world.token_by(&link).await;
    let collection = format!("/v1/collections/{}", opened.collection);
    let reply = format!("/v1/replies/{reply}");
    let yes = json!({"value": "yes"});
    let need = json!({"type": "training", "urgency": "low"});
    for (method, at, body) in [
        (Method::POST, format!("{collection}/replies"), json!({})),
        (Method::PUT, format!("{reply}/answers/A1"), yes),
        (Method::POST, format!("{reply}/submission"), json!({})),
        (Method::POST, "/v1/needs".to_owned(), need.clone()),
        (Method::POST, "/v1/requests".to_owned(), need),
        (
            Method::POST,
            format!("{collection}/parties/FIN/contributors"),
            json!({"name": "B", "email": "b@example.org", "sections": ["A"]}),
        ),
        (
            Method::POST,
            format!("{path}/parties/FIN/invitation"),
            json!({"name": "B", "email": "b@example.org"}),
        ),
    ] {
        let call = world.call(method, &at).token(&mine).json(&body);
        call.problem(403, "not_allowed").await;
    }
    let ids = world.server.services.desk.ids();
    let delegation = ids.delegation(
        opened.collection.parse().unwrap(),
        PartyId::from_code("FIN"),
    );
    for hidden in [
        reply.clone(),
        format!("{reply}/answers"),
        format!("{reply}/versions"),
        format!("{collection}/parties/FIN/delegation"),
        format!("{collection}/parties/FIN/invitation"),
        format!("/v1/timelines/{delegation}"),
        format!("/v1/timelines/{}", reply.rsplit('/').next().unwrap()),
        format!("/v1/timelines/{}", other.rsplit('/').next().unwrap()),
        // A consultation in which they do not comment, and what is consulted on there.
        elsewhere.clone(),
        format!("{elsewhere}/comments"),
        format!("{other}/revisions/1"),
        "/v1/instruments".to_owned(),
        "/v1/events".to_owned(),
    ] {
        let call = world.get(&hidden).token(&mine);
        call.problem(404, "not_found").await;
    }
    let said = json!({"on": {"instrument": true}, "lang": "en", "text": "A comment."});
    let there = world.post(&format!("{elsewhere}/comments"));
    let there = there.token(&mine).json(&said);
    there.problem(404, "not_found").await;
    let listed = world.get("/v1/consultations").token(&mine);
    let listed = listed.expect(200).await;
    assert_eq!(
        each(&listed["items"], "id"),
        [path.rsplit('/').next().unwrap()]
    );
}

#[tokio::test]
async fn whoever_comments_no_more_comes_in_no_more() {
    let (world, _, path) = asked().await;
    let person = world.commenter(&path, "PRI", NOOR).await;
    let link = world.link_to(NOOR).await.unwrap();
    let mine = world.token_by(&link).await;
    // Invited again: another letter, and one link.
    world.commenter(&path, "PRI", NOOR).await;
    let second = world.link_to(NOOR).await.unwrap();
    assert_ne!(link, second);
    let end = async |person: &str| {
        let end = world.delete(&format!("{path}/parties/PRI/commenters/{person}"));
        end.token(&world.officer).send().await
    };
    end(&person).await.expect(200);
    end(&person).await.problem(404, "unknown_commenter");
    world
        .get(&path)
        .token(&mine)
        .problem(401, "unknown_token")
        .await;
    let opened = world.post("/v1/session").json(&json!({ "link": second }));
    opened.problem(404, "unknown_link").await;
    let looked = world.get(&format!("/join/{second}")).send().await;
    assert_eq!(looked.status, 404);
    // Nor with a token that was made for them, nor once they are erased.
    let erased = world.commenter(&path, "PRI", "erin@example.org").await;
    let link = world.link_to("erin@example.org").await.unwrap();
    world.erase(&erased).await;
    let opened = world.post("/v1/session").json(&json!({ "link": link }));
    opened.problem(404, "unknown_link").await;
    let left = world.get(&format!("{path}/parties/PRI/commenters"));
    let left = left.token(&world.officer).expect(200).await;
    assert_eq!(left["persons"], json!([]));
    // A letter that was not sent yet says nothing more.
    let letters = world.get("/v1/letters?kind=comment_invitation");
    let letters = letters.token(&world.officer).expect(200).await;
    for letter in letters["items"].as_array().unwrap() {
        assert_eq!(letter["state"], "failed");
    }
    let administrator = world.token(Role::Administrator, None).await;
    let access = world.get(&format!("/v1/persons/{person}/access"));
    let access = access.token(&administrator).expect(200).await;
    assert_eq!(access["accounts"][0]["role"], "commenter");
    assert!(access["accounts"][0]["until"].is_string());
}

#[tokio::test]
async fn nobody_is_invited_for_a_party_that_was_not_asked() {
    let (world, _, path) = asked().await;
    let new = json!({"name": "Noor Example", "email": NOOR});
    let invite = |at: String| world.post(&at).token(&world.officer).json(&new);
    let swedish = invite(format!("{path}/parties/SWE/invitation"));
    swedish.problem(409, "party_not_asked").await;
    let nowhere = format!(
        "/v1/consultations/{}/parties/PRI/invitation",
        clock::new_id()
    );
    invite(nowhere).problem(404, "not_found").await;
    let known = format!("select count(*)::text from directory.person where email = '{NOOR}'");
    assert_eq!(world.sql(&known).await, "0");
    let nameless = world.post(&format!("{path}/parties/PRI/invitation"));
    let nameless = nameless
        .token(&world.officer)
        .json(&json!({"name": " ", "email": "noor"}));
    nameless.problem(422, "person_faulty").await;
}

/// Those whose contributions are "other sources" come in as States do.
#[tokio::test]
async fn every_kind_of_party_is_invited_to_a_collection_and_replies() {
    let world = World::new().await;
    let kinds = ["igo", "ngo", "programme_institute", "un_entity"];
    let mut codes = vec!["VAT".to_owned()];
    for kind in kinds {
        let code = kind.to_uppercase().replace('_', "-");
        world.register(&code, kind).await;
        codes.push(code);
    }
    let opened = world.collection(json!({ "parties": codes })).await;
    // The Holy See is the observer State among them.
    for code in &codes {
        let email = format!("{}@example.org", code.to_lowercase());
        let link = world.invited(&opened.collection, code, &email).await;
        let token = world.token_by(&link).await;
        let yes = json!({"A1": {"value": "yes"}});
        world.submitted(&opened.collection, &token, yes).await;
    }
    // None of them is counted as a Member State.
    let counted = world.participation(&opened.collection, "").await;
    assert_eq!(counted["denominator"]["invited"], 0, "{counted:#}");
    for kind in counted["others"].as_array().unwrap() {
        assert_eq!((&kind["invited"], &kind["replied"]), (&json!(1), &json!(1)));
    }
}
