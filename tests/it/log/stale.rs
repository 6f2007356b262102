//! A process knows only what it last saw, and never refuses for that alone.

use domain::PartyId;
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{OpenedCollection, World};

impl World {
    async fn change(&self, opened: &OpenedCollection, what: &str) {
        let path = format!("/v1/collections/{}/{what}", opened.collection);
        let call = self.post(&path).token(&self.officer);
        call.json(&json!({"reason": {"text": "A reason", "lang": "en"}}))
            .expect(200)
            .await;
    }
}

#[tokio::test]
async fn a_process_that_missed_a_reopening_takes_answers_and_submissions_at_once() {
    let here = World::new().await;
    let there = World::on(here.database.clone()).await;
    let opened = here.collection(json!({"parties": ["FIN", "THA"]})).await;
    let finland = here.focal_point("FIN").await;
    let thailand = here.focal_point("THA").await;
    let reply = here.reply(&opened.collection, &finland).await;
    let answers = format!("/v1/replies/{reply}/answers");
    let save = || {
        here.patch(&answers)
            .token(&finland)
            .json(&json!({"answers": {"A1": {"value": "yes"}}}))
    };
    let submit = || {
        here.post(&format!("/v1/replies/{reply}/submission"))
            .token(&finland)
    };
    let start = || {
        here.post(&format!("/v1/collections/{}/replies", opened.collection))
            .token(&thailand)
    };

    here.change(&opened, "closure").await;
    save().problem(409, "collection_closed").await;
    there.change(&opened, "reopening").await;
    save().expect(200).await;

    there.change(&opened, "closure").await;
    submit().problem(409, "collection_closed").await;
    there.change(&opened, "reopening").await;
    submit().expect(201).await;

    there.change(&opened, "closure").await;
    start().problem(409, "collection_closed").await;
    there.change(&opened, "reopening").await;
    start().expect(201).await;
}

#[tokio::test]
async fn a_process_that_missed_a_closing_refuses_all_the_same() {
    let here = World::new().await;
    let there = World::on(here.database.clone()).await;
    let opened = here.collection(json!({"parties": ["FIN"]})).await;
    let finland = here.focal_point("FIN").await;
    let reply = here.reply(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}/answers");
    let save = |value| {
        here.patch(&path)
            .token(&finland)
            .json(&json!({"answers": {"A1": {"value": value}}}))
    };
    save("yes").expect(200).await;
    there.change(&opened, "closure").await;
    save("no").problem(409, "collection_closed").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn submissions_that_race_the_close_land_before_it_or_are_refused() {
    let here = World::new().await;
    let there = World::on(here.database.clone()).await;
    let parties = [
        "FIN", "THA", "FRA", "ARG", "KEN", "JPN", "POL", "CHL", "GHA", "NOR",
    ];
    let opened = here.collection(json!({"parties": parties})).await;
    let mut replies = Vec::new();
    for party in parties {
        let token = here.focal_point(party).await;
        let reply = here.reply(&opened.collection, &token).await;
        let answers = json!({"answers": {"A1": {"value": "yes"}}});
        here.patch(&format!("/v1/replies/{reply}/answers"))
            .token(&token)
            .json(&answers)
            .expect(200)
            .await;
        replies.push((token, reply));
    }
    let submissions = join_all(
        replies
            .iter()
            .enumerate()
            .map(async |(number, (token, reply))| {
                tokio::time::sleep(std::time::Duration::from_millis(number as u64 * 2)).await;
                here.post(&format!("/v1/replies/{reply}/submission"))
                    .token(token)
                    .send()
                    .await
            }),
    );
    let close = async {
        tokio::time::sleep(std::time::Duration::from_millis(8)).await;
        there.change(&opened, "closure").await;
    };
    let (answers, ()) = tokio::join!(submissions, close);

    let pool = here.server.services.log().pool();
    let closed: i64 =
        sqlx::query_scalar("select position from log.event where kind = 'collection_closed'")
            .fetch_one(pool)
            .await
            .unwrap();
    for answer in answers {
        if answer.status == 201 {
            assert!(answer.json()["position"].as_i64().unwrap() < closed);
        } else {
            answer.problem(409, "collection_closed");
        }
    }
    let after: i64 = sqlx::query_scalar(
        "select count(*) from log.event where kind = 'reply_submitted' and position > $1",
    )
    .bind(closed)
    .fetch_one(pool)
    .await
    .unwrap();
    assert_eq!(after, 0);
}

#[tokio::test]
async fn the_id_of_something_else_is_as_little_there_as_an_unknown_one() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let ids = [
        opened.instrument.clone(),
        opened.collection.clone(),
        reply,
        PartyId::from_code("FIN").to_string(),
    ];
    for id in &ids {
        for (path, own) in [
            (format!("/v1/instruments/{id}"), 0),
            (format!("/v1/collections/{id}/participation"), 1),
            (format!("/v1/replies/{id}"), 2),
        ] {
            if *id != ids[own] {
                world
                    .get(&path)
                    .token(&world.officer)
                    .problem(404, "not_found")
                    .await;
            }
        }
    }
    let answers = json!({"answers": {"A1": {"value": "yes"}}});
    let call = world
        .patch(&format!("/v1/replies/{}/answers", opened.collection))
        .token(&finland);
    call.json(&answers).problem(404, "not_found").await;
    let of_a_party = json!({"instrument": PartyId::from_code("FIN"), "revision": 1, "title": {"en": "A"}, "reference": "A",
        "opened_on": "2011-03-08", "deadline": {"at": "2999-12-31", "time_zone": "Europe/Vienna"}});
    let call = world
        .post("/v1/collections")
        .token(&world.officer)
        .json(&of_a_party);
    call.problem(404, "unknown_revision").await;
}

#[tokio::test]
async fn a_process_that_missed_an_invitation_or_an_extension_answers_with_them() {
    let here = World::new().await;
    let there = World::on(here.database.clone()).await;
    let opened = here.collection(json!({"parties": ["FIN"]})).await;
    let path = format!("/v1/collections/{}", opened.collection);
    let delegation = format!("{path}/parties/SWE/delegation");
    let delegation = || there.get(&delegation).token(&there.officer);
    delegation().problem(404, "not_found").await;
    let invite = here.post(&format!("{path}/invitations"));
    let invite = invite.token(&here.officer);
    invite.json(&json!({"parties": ["SWE"]})).expect(200).await;
    delegation().expect(200).await;

    let figure = format!("{path}/participation?received_by=2999-12-31");
    let figure = || there.get(&figure).token(&there.officer);
    let before = figure().send().await;
    let extend = here.post(&format!("{path}/extension")).token(&here.officer);
    let later = json!({"deadline": {"at": "3000-12-31", "time_zone": "Europe/Vienna"},
        "reason": {"text": "Two asked.", "lang": "en"}});
    extend.json(&later).expect(200).await;
    crate::support::eventually("the tag is another", async || {
        let tag = before.header("etag");
        let again = figure().header("if-none-match", tag).send().await;
        again.status == 200
    })
    .await;
}
