//! Two who want something at once: nothing goes to a meeting, or to the public, beside what would have kept it back.

use serde_json::{Value, json};

use crate::support::{World, forwarding};

use super::without_required;

const ROUNDS: usize = 10;

fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

async fn post(world: &World, path: &str, body: Value) -> u16 {
    let call = world.post(path).token(&world.officer);
    call.json(&body).send().await.status
}

/// Both at once, now this one first and now the other.
async fn both(
    round: usize,
    one: impl Future<Output = u16>,
    other: impl Future<Output = u16>,
) -> (u16, u16) {
    if round.is_multiple_of(2) {
        tokio::join!(one, other)
    } else {
        let (other, one) = tokio::join!(other, one);
        (one, other)
    }
}

#[tokio::test]
async fn a_revision_is_never_both_presented_and_forwarded() {
    let world = World::new().await;
    let meeting = world.meeting("intersessional").await;
    for round in 0..ROUNDS {
        let instrument = world.revised_instrument("intersessional").await;
        let first = world.forward(&instrument, 1, &["FIN"]).await;
        world.close_consultation(&first).await;
        let path = format!("{instrument}/revisions/1/presentation");
        let presenting = post(
            &world,
            &path,
            json!({"meeting": meeting, "on": "2004-10-01"}),
        );
        let (presented, opened) = if round < ROUNDS / 2 {
            let new = forwarding(id(&instrument), 1, &json!(["KEN"]));
            both(round, presenting, post(&world, "/v1/consultations", new)).await
        } else {
            let path = format!("{first}/reopening");
            let reason = json!({"reason": {"text": "So.", "lang": "en"}});
            both(round, presenting, post(&world, &path, reason)).await
        };
        assert_ne!(presented < 300, opened < 300, "{presented} and {opened}");
        let status = world.shown_instrument(&instrument).await["status"].clone();
        let expected = if presented == 201 {
            "presented"
        } else {
            "forwarded"
        };
        assert_eq!(status, expected);
    }
}

#[tokio::test]
async fn comments_are_never_published_while_they_are_taken_or_decided_anew() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    for round in 0..ROUNDS {
        let instrument = world.revised_instrument("intersessional").await;
        let path = world.forward(&instrument, 1, &["FIN"]).await;
        let on = json!({"instrument": true});
        let comment = world.comment(&path, &finland, on, "A comment.").await;
        world.close_consultation(&path).await;
        world.dispose(&comment, "noted").await;
        let publication = format!("{path}/publication");
        let publishing = post(&world, &publication, json!({"on": "2004-09-01"}));
        if round < ROUNDS / 2 {
            let reopening = format!("{path}/reopening");
            let reopening = post(
                &world,
                &reopening,
                json!({"reason": {"text": "So.", "lang": "en"}}),
            );
            let (published, reopened) = both(round, publishing, reopening).await;
            assert_ne!(
                published < 300,
                reopened < 300,
                "{published} and {reopened}"
            );
        } else {
            let anew =
                json!({"disposition": "not_accepted", "reason": {"text": "So.", "lang": "en"}});
            let disposition = format!("{comment}/disposition");
            let disposing = post(&world, &disposition, anew);
            let (published, disposed) = both(round, publishing, disposing).await;
            assert_eq!(published, 201);
            let events = world.get(&format!("/v1/timelines/{}", id(&path)));
            let events = events.token(&world.officer).expect(200).await;
            let publication =
                events["items"].as_array().unwrap().last().unwrap()["position"].clone();
            let events = world.get(&format!("/v1/timelines/{}", id(&comment)));
            let events = events.token(&world.officer).expect(200).await;
            let last = events["items"].as_array().unwrap().last().unwrap()["position"].clone();
            assert!(disposed == 409 || disposed == 201);
            assert!(
                last.as_u64() < publication.as_u64(),
                "decided anew at {last} after {publication}"
            );
        }
    }
}

#[tokio::test]
async fn a_revision_takes_up_only_what_stays_accepted() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    for round in 0..ROUNDS {
        let instrument = world.revised_instrument("intersessional").await;
        let path = world.forward(&instrument, 1, &["FIN"]).await;
        let on = json!({"instrument": true});
        let comment = world.comment(&path, &finland, on, "A comment.").await;
        world.dispose(&comment, "accepted").await;
        let draft = world.put(&format!("{instrument}/draft"));
        let draft = draft.token(&world.officer).json(&without_required(0));
        draft.expect(200).await;
        let path = format!("{instrument}/revisions");
        let revising = post(&world, &path, json!({"takes_up": [id(&comment)]}));
        let anew = json!({"disposition": "noted", "reason": {"text": "So.", "lang": "en"}});
        let path = format!("{comment}/disposition");
        let (revised, disposed) = both(round, revising, post(&world, &path, anew)).await;
        assert_ne!(revised < 300, disposed < 300, "{revised} and {disposed}");
    }
}
