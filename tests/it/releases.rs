//! /v1/collections/{id}/releases, and tallies as the public sees them

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, faults, item_where, opening};

mod attack;
mod basis;
mod interference;
mod lapses;
mod play;
mod repeated;
mod solver;
mod toggles;

/// States submit their replies with this answer to A1, and consent to the publication of section A.
async fn reply(world: &World, collection: &str, parties: &[&str], answer: &str) {
    let consent = json!({"publication": {"sections": ["A"]}});
    for party in parties {
        submitted(world, collection, party, answer, &consent).await;
    }
}

/// A State submits its reply; answers that, and its focal point's token.
async fn submitted(
    world: &World,
    collection: &str,
    party: &str,
    answer: &str,
    submission: &Value,
) -> (String, String) {
    let token = world.focal_point(party).await;
    let reply = world.reply(collection, &token).await;
    let path = format!("/v1/replies/{reply}");
    let put = world.put(&format!("{path}/answers/A1")).token(&token);
    put.json(&json!({ "value": answer })).expect(200).await;
    let post = world.post(&format!("{path}/submission")).token(&token);
    post.json(submission).expect(201).await;
    (reply, token)
}

/// A submission that consents to nothing.
fn silent() -> Value {
    json!({"publication": null})
}

async fn release(world: &World, collection: &str) -> Value {
    let path = format!("/v1/collections/{collection}/releases");
    world.post(&path).token(&world.officer).expect(201).await
}

/// A tally as anybody sees it.
async fn public(world: &World, collection: &str, asked: &str) -> Value {
    let path = format!("/v1/collections/{collection}/tallies?question=A1&{asked}");
    world.get(&path).expect(200).await
}

const NORDIC: [&str; 5] = ["DNK", "FIN", "ISL", "NOR", "SWE"];

async fn nordic(world: &World) -> String {
    let parties = [NORDIC.as_slice(), &["KEN", "GHA", "MLI", "VAT"]].concat();
    let invited = json!({ "parties": parties });
    world.collection(invited).await.collection
}

/// The same, with figures on all.
async fn nordic_on_all(world: &World) -> String {
    let instrument = world.approved_instrument().await;
    let parties = [NORDIC.as_slice(), &["KEN", "GHA", "MLI", "VAT"]].concat();
    let mut new = opening(&instrument, "2999-12-31", &json!({ "parties": parties }));
    new["basis"] = json!("all");
    let opened = world.post("/v1/collections").token(&world.officer);
    let opened = opened.json(&new).expect(201).await;
    opened["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_public_sees_tallies_as_of_a_release_and_nothing_between() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    let path = format!("/v1/collections/{collection}/tallies?question=A1");
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    let mut readers = vec![None];
    for (role, party) in [
        (Role::FocalPoint, "FIN"),
        (Role::Contributor, "FIN"),
        (Role::Mission, "FIN"),
        (Role::Donor, "SWE"),
    ] {
        readers.push(Some(world.token(role, Some(party)).await));
    }
    let read = |reader: &Option<String>, asked: &str| {
        let call = world.get(&format!("{path}{asked}"));
        reader.iter().fold(call, |call, token| call.token(token))
    };
    for reader in &readers {
        read(reader, "").problem(404, "not_released").await;
    }
    let before = world.head().await;
    let first = release(&world, &collection).await;
    assert_eq!(first["release"], 1);
    assert_eq!(first["as_of"]["position"], before);
    assert_eq!(first["released"]["position"], before + 1);
    assert_eq!(
        (&first["counted"], &first["newly_counted"]),
        (&json!(3), &json!(3))
    );
    reply(&world, &collection, &["DNK", "ISL", "VAT"], "no").await;
    for reader in &readers {
        let seen = read(reader, "").expect(200).await;
        assert_eq!(seen["release"], 1);
        assert_eq!(seen["as_of"], first["as_of"]);
        assert_eq!(seen["base"]["replied"], 3);
        assert!(each(&seen["notices"], "code").contains(&"released"));
        read(reader, &format!("&as_of={before}"))
            .problem(404, "not_released")
            .await;
        read(reader, "&release=2")
            .problem(404, "not_released")
            .await;
    }
    let all = world.tally(&collection, "question=A1").await;
    assert_eq!(all["base"]["replied"], 5);
    assert!(all.get("release").is_none());
    assert!(item_where(&all["options"], "value", "no")["count"] == 2);
}

#[tokio::test]
async fn releases_are_listed_and_each_can_be_asked_for() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    let path = format!("/v1/collections/{collection}/releases");
    assert_eq!(world.get(&path).expect(200).await["items"], json!([]));
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    let first = release(&world, &collection).await;
    let between = world.head().await;
    reply(&world, &collection, &["KEN", "GHA", "MLI"], "no").await;
    let second = release(&world, &collection).await;
    assert_eq!(
        (&second["counted"], &second["newly_counted"]),
        (&json!(6), &json!(3))
    );
    let listed = world.get(&path).expect(200).await;
    assert_eq!(listed["items"], json!([first, second]));
    assert_eq!(world.get(&format!("{path}/2")).expect(200).await, second);
    for none in ["3", "0", "x"] {
        let get = world.get(&format!("{path}/{none}"));
        get.problem(404, "not_found").await;
    }
    let newest = public(&world, &collection, "").await;
    assert_eq!(newest["release"], 2);
    let named = public(&world, &collection, "release=1").await;
    assert_eq!(named["release"], 1);
    assert_eq!(named["base"]["replied"], 3);
    // As of a position: the newest that was released by then, whenever it is asked for.
    let then = public(&world, &collection, &format!("as_of={between}")).await;
    assert_eq!(then, named);
    let time = second["released"]["time"].as_str().unwrap();
    let then = public(&world, &collection, &format!("as_of={time}")).await;
    assert_eq!(then, newest);
    let bad = format!("/v1/collections/{collection}/tallies?question=A1&release=one");
    world.get(&bad).problem(400, "bad_parameter").await;
}

#[tokio::test]
async fn an_officer_sees_what_the_public_sees_by_naming_the_release() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "NOR", "SWE", "DNK"], "yes").await;
    reply(&world, &collection, &["KEN"], "no").await;
    release(&world, &collection).await;
    for asked in [
        "release=1",
        "release=1&group_by=region",
        "release=1&group_by=none",
    ] {
        let seen = public(&world, &collection, asked).await;
        let officer = world
            .tally(&collection, &format!("question=A1&{asked}"))
            .await;
        assert_eq!(officer, seen);
        assert!(each(&seen["notices"], "code").contains(&"released"));
    }
    let all = world.tally(&collection, "question=A1").await;
    assert_eq!(
        item_where(&all["groups"], "group", "african")["base"]["replied"],
        1
    );
}

#[tokio::test]
async fn figures_on_whoever_consents_count_exactly_them_in_every_breakdown() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "KEN"], "yes").await;
    let d = json!({"publication": {"sections": ["D"]}});
    submitted(&world, &collection, "SWE", "no", &d).await;
    submitted(&world, &collection, "GHA", "in_part", &silent()).await;
    let one = release(&world, &collection).await;
    assert_eq!(one["basis"], "consenting");
    assert_eq!(
        (&one["replied"], &one["counted"], &one["newly_counted"]),
        (&json!(4), &json!(3), &json!(3)),
        "three consent to some section"
    );
    let codes = each(&one["notices"], "code");
    assert_eq!(codes, ["basis_consenting", "release_consenting"]);
    assert!(
        one["notices"][1]["text"]
            .as_str()
            .unwrap()
            .contains("4 Member States")
    );
    for by in ["regional_group", "region", "none"] {
        let seen = public(&world, &collection, &format!("group_by={by}")).await;
        assert_eq!(
            seen["base"],
            json!({"replied": 4, "counted": 2, "answered": 2, "not_available": 0, "not_applicable": 0, "not_collected": 0, "confidential": 0, "not_relevant": 0, "blank": 0})
        );
        assert_eq!(item_where(&seen["options"], "value", "yes")["count"], 2);
        assert_eq!(item_where(&seen["options"], "value", "no")["count"], 0);
        let text = item_where(&seen["notices"], "code", "counted_consenting");
        let text = text["text"].as_str().unwrap();
        assert!(text.contains("of 2 of the 4 Member States"), "{text}");
        for group in seen["groups"].as_array().unwrap() {
            let expected = match group["group"].as_str().unwrap() {
                "weog" | "african" | "Europe" | "Africa" => (2, 1),
                _ => (0, 0),
            };
            let base = &group["base"];
            assert_eq!(
                (&base["replied"], &base["counted"]),
                (&json!(expected.0), &json!(expected.1)),
                "{group:#}"
            );
        }
    }
    let path = format!("/v1/collections/{collection}/tallies?question=D1");
    let seen = world.get(&path).expect(200).await;
    assert_eq!(
        (&seen["base"]["counted"], &seen["base"]["blank"]),
        (&json!(1), &json!(1))
    );
    // The Secretariat counts everybody, and is told that nobody else does.
    let all = world.tally(&collection, "question=A1").await;
    assert_eq!(
        (&all["base"]["replied"], &all["base"]["counted"]),
        (&json!(4), &json!(4))
    );
    assert!(each(&all["notices"], "code").contains(&"counted_unreleased"));
}

#[tokio::test]
async fn consent_to_a_later_version_opens_nothing_of_an_earlier_one_in_an_older_release() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "SWE", "NOR"], "yes").await;
    // Kenya is alone in its group.
    let (kenyas, kenya) = submitted(&world, &collection, "KEN", "no", &silent()).await;
    release(&world, &collection).await;
    let first = async || {
        let mut seen = Vec::new();
        for by in ["regional_group", "region", "none"] {
            seen.push(public(&world, &collection, &format!("release=1&group_by={by}")).await);
        }
        seen
    };
    let before = first().await;
    let african = item_where(&before[0]["groups"], "group", "african");
    assert_eq!(
        (&african["base"]["replied"], &african["base"]["counted"]),
        (&json!(1), &json!(0))
    );
    let path = format!("/v1/replies/{kenyas}");
    world
        .post(&format!("{path}/amendment"))
        .token(&kenya)
        .expect(201)
        .await;
    let put = world.put(&format!("{path}/answers/A1")).token(&kenya);
    put.json(&json!({"value": "yes"})).expect(200).await;
    let all = json!({"publication": {"all": true}});
    let post = world.post(&format!("{path}/submission")).token(&kenya);
    post.json(&all).expect(201).await;
    assert_eq!(first().await, before);
    release(&world, &collection).await;
    assert_eq!(first().await, before);
    let second = public(&world, &collection, "release=2").await;
    let african = item_where(&second["groups"], "group", "african");
    assert_eq!(item_where(&african["options"], "value", "yes")["count"], 1);
    assert_eq!(item_where(&african["options"], "value", "no")["count"], 0);
    // Nor can it be released afterwards as it was, when the version with consent is another one.
    let officer = world.tally(&collection, "question=A1&release=1").await;
    assert_eq!(officer, before[0]);
}

#[tokio::test]
async fn consent_that_is_withdrawn_changes_figures_from_the_next_release_on() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN"], "yes").await;
    let all = json!({"publication": {"all": true}});
    let (kenyas, kenya) = submitted(&world, &collection, "KEN", "no", &all).await;
    release(&world, &collection).await;
    let then = world.head().await;
    let first = public(&world, &collection, "release=1").await;
    assert_eq!(first["base"]["counted"], 2);
    let decide = async |publication: Value| {
        let put = world.put(&format!("/v1/replies/{kenyas}/publication"));
        let body = json!({ "publication": publication });
        put.token(&kenya).json(&body).expect(200).await
    };
    decide(json!(null)).await;
    assert_eq!(public(&world, &collection, "").await, first);
    // Not even a release as of a position at which it still was consented to counts it.
    let path = format!("/v1/collections/{collection}/releases");
    let post = || world.post(&path).token(&world.officer);
    let second = post().json(&json!({ "as_of": then })).expect(201).await;
    assert_eq!(
        (
            &second["replied"],
            &second["counted"],
            &second["newly_counted"]
        ),
        (&json!(2), &json!(1), &json!(0))
    );
    assert_eq!(
        public(&world, &collection, "release=2").await["base"]["counted"],
        1
    );
    // What is given again, and only to another section, counts there from the next release on.
    decide(json!({"sections": ["D"]})).await;
    assert_eq!(post().expect(201).await["counted"], 2);
    assert_eq!(
        public(&world, &collection, "release=3").await["base"]["counted"],
        1
    );
    let d = format!("/v1/collections/{collection}/tallies?question=D1&release=");
    for (release, counted) in [(1, 1), (2, 0), (3, 1)] {
        let seen = world.get(&format!("{d}{release}")).expect(200).await;
        assert_eq!(seen["base"]["counted"], counted, "release {release}");
    }
    assert_eq!(public(&world, &collection, "release=1").await, first);
}

#[tokio::test]
async fn figures_on_all_count_every_reply_over_all_and_by_regional_group_only() {
    let world = World::new().await;
    let collection = nordic_on_all(&world).await;
    reply(&world, &collection, &["FIN", "SWE"], "yes").await;
    submitted(&world, &collection, "KEN", "no", &silent()).await;
    let released = release(&world, &collection).await;
    assert_eq!(
        (&released["basis"], &released["counted"]),
        (&json!("all"), &json!(3))
    );
    assert_eq!(
        each(&released["notices"], "code"),
        ["basis_all", "counted_all"]
    );
    let seen = public(&world, &collection, "").await;
    assert_eq!(
        item_where(
            &item_where(&seen["groups"], "group", "african")["options"],
            "value",
            "no"
        )["count"],
        1
    );
    let codes = each(&seen["notices"], "code");
    assert!(codes.contains(&"counted_all") && !codes.contains(&"counted_consenting"));
    public(&world, &collection, "group_by=none").await;
    let path = format!("/v1/collections/{collection}/tallies?question=A1&group_by=region");
    let refused = world
        .get(&path)
        .problem(404, "breakdown_not_released")
        .await;
    assert!(
        refused["detail"]
            .as_str()
            .unwrap()
            .contains("not by “region”"),
        "{refused}"
    );
    // The Secretariat groups as it likes, but for what the public sees.
    let all = world
        .tally(&collection, "question=A1&group_by=region")
        .await;
    assert_eq!(all["base"]["counted"], 3);
    let public = format!("{path}&release=1");
    let public = world.get(&public).token(&world.officer);
    public.problem(404, "breakdown_not_released").await;
}

#[tokio::test]
async fn a_release_on_all_needs_three_newly_counted_replies() {
    let world = World::new().await;
    let collection = nordic_on_all(&world).await;
    let path = format!("/v1/collections/{collection}/releases");
    let post = || world.post(&path).token(&world.officer);
    reply(&world, &collection, &["FIN", "SWE", "VAT"], "yes").await;
    let refused = post().problem(409, "too_few_newly_counted").await;
    assert_eq!(faults(&refused), [("newly_counted_below_threshold", "")]);
    let detail = refused["faults"][0]["detail"].as_str().unwrap();
    assert!(
        detail.contains("2 replies") && detail.contains("3 are needed"),
        "{detail}"
    );
    let early = world.head().await;
    reply(&world, &collection, &["NOR"], "yes").await;
    let enough = world.head().await;
    let as_of = |as_of: Value| post().json(&json!({ "as_of": as_of }));
    as_of(json!(early))
        .problem(409, "too_few_newly_counted")
        .await;
    let first = as_of(json!(enough)).expect(201).await;
    assert_eq!(first["as_of"]["position"], enough);
    post().problem(409, "too_few_newly_counted").await;
    reply(&world, &collection, &["KEN", "GHA"], "yes").await;
    post().problem(409, "too_few_newly_counted").await;
    reply(&world, &collection, &["MLI"], "yes").await;
    as_of(json!(early.to_string()))
        .problem(409, "release_before_last")
        .await;
    as_of(json!(world.head().await + 1))
        .problem(422, "future_position")
        .await;
    as_of(json!("2999-01-01T00:00:00Z"))
        .problem(422, "future_time")
        .await;
    as_of(json!("soon")).problem(400, "bad_parameter").await;
    as_of(json!(-1)).problem(422, "wrong_body").await;
    assert_eq!(as_of(Value::Null).expect(201).await["release"], 2);
}

#[tokio::test]
async fn a_collection_on_all_can_ask_for_more_and_never_for_fewer_and_another_for_none() {
    let world = World::new().await;
    let instrument = world.approved_instrument().await;
    let mut new = opening(&instrument, "2999-12-31", &json!({"parties": NORDIC}));
    let open = |new: &Value| {
        world
            .post("/v1/collections")
            .token(&world.officer)
            .json(new)
    };
    new["release_threshold"] = json!(3);
    for basis in [Value::Null, json!("consenting")] {
        if !basis.is_null() {
            new["basis"] = basis;
        }
        let refused = open(&new).problem(422, "collection_faulty").await;
        let fault = ("release_threshold_without_all", "/release_threshold");
        assert_eq!(faults(&refused), [fault]);
    }
    new["basis"] = json!("all");
    new["release_threshold"] = json!(2);
    let refused = open(&new).problem(422, "collection_faulty").await;
    assert_eq!(
        faults(&refused),
        [("release_threshold_too_low", "/release_threshold")]
    );
    new["release_threshold"] = json!(4);
    let collection = open(&new).expect(201).await["id"].clone();
    let collection = collection.as_str().unwrap();
    reply(&world, collection, &NORDIC[..3], "yes").await;
    let path = format!("/v1/collections/{collection}/releases");
    let post = world.post(&path).token(&world.officer);
    post.problem(409, "too_few_newly_counted").await;
    reply(&world, collection, &NORDIC[3..4], "yes").await;
    release(&world, collection).await;
}

#[tokio::test]
async fn a_release_that_is_sent_again_with_its_key_is_one() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    let path = format!("/v1/collections/{collection}/releases");
    let post = || {
        let post = world.post(&path).token(&world.officer);
        post.header("idempotency-key", "one").expect(201)
    };
    let first = post().await;
    assert_eq!(post().await, first);
    let listed = world.get(&path).expect(200).await;
    assert_eq!(listed["items"], json!([first]));
}

#[tokio::test]
async fn a_released_figure_is_the_same_until_the_next_release_whatever_happens() {
    let world = World::new().await;
    let collection = nordic(&world).await;
    reply(&world, &collection, &["FIN", "NOR", "SWE"], "yes").await;
    let (kenyas, kenya) = submitted(&world, &collection, "KEN", "no", &silent()).await;
    release(&world, &collection).await;
    let path = format!("/v1/collections/{collection}/tallies?question=A1");
    let tag = world.get(&path).send().await.header("etag").to_owned();
    let again = || world.get(&path).header("if-none-match", &tag).send();
    assert_eq!(again().await.status, 304);
    // Its tag tells of no submission, no consent, and no amendment.
    reply(&world, &collection, &["GHA", "MLI"], "no").await;
    let put = world.put(&format!("/v1/replies/{kenyas}/publication"));
    let all = json!({"publication": {"all": true}});
    put.token(&kenya).json(&all).expect(200).await;
    let amend = world.post(&format!("/v1/replies/{kenyas}/amendment"));
    amend.token(&kenya).expect(201).await;
    assert_eq!(again().await.status, 304);
    release(&world, &collection).await;
    assert_eq!(again().await.status, 200);
}
