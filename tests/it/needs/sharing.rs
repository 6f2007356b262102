//! With whom a State shares its needs: judged when they are read.

use domain::need::{Command, Need, Refusal, Sharing};
use domain::reply::ReplyCapacity;
use domain::{NeedId, PersonId};
use event_log::Actor;
use rapporteur::desk::{DecisionError, Request};
use uuid::Uuid;

use super::*;

/// Somebody, whom the token shows; none: nobody in particular.
async fn status(world: &World, path: &str, token: Option<&String>) -> u16 {
    let call = world.get(path);
    let call = token.iter().fold(call, |call, token| call.token(token));
    call.send().await.status
}

#[tokio::test]
async fn a_need_is_seen_by_those_with_whom_its_state_shares_it_now() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.need(&finland, "A secret need").await;
    let indicated = world.head().await;
    let donor = world.token(Role::Donor, Some("SWE")).await;
    let own_donor = world.token(Role::Donor, Some("FIN")).await;
    let sweden = world.focal_point("SWE").await;
    let mission = world.token(Role::Mission, Some("SWE")).await;
    let contributor = world.token(Role::Contributor, Some("FIN")).await;
    let donors = [Some(&donor), Some(&own_donor)];
    let others = [Some(&sweden), Some(&mission), Some(&contributor), None];
    for (with, to_donors, to_others) in [
        ("nobody", 404, 404),
        ("donors", 200, 404),
        ("all", 200, 200),
        ("donors", 200, 404),
        ("nobody", 404, 404),
    ] {
        world.share(&need, &finland, with).await;
        for (readers, expected) in [(donors.as_slice(), to_donors), (&others, to_others)] {
            for reader in readers {
                // What is read as of a past position too.
                for path in [need.clone(), format!("{need}?as_of={indicated}")] {
                    assert_eq!(
                        status(&world, &path, *reader).await,
                        expected,
                        "{with} {reader:?}"
                    );
                }
                for list in [
                    "/v1/needs".to_owned(),
                    format!("/v1/needs?as_of={indicated}"),
                ] {
                    let call = world.get(&list);
                    let call = reader.iter().fold(call, |call, token| call.token(token));
                    let listed = call.send().await;
                    let shown = listed.expect(200)["items"].as_array().unwrap().len();
                    assert_eq!(shown, usize::from(expected == 200), "{with} {reader:?}");
                    assert_eq!(listed.text.contains("A secret need"), expected == 200);
                }
            }
        }
        for token in [&finland, &world.officer] {
            world.get(&need).token(token).expect(200).await;
        }
    }
}

#[tokio::test]
async fn whoever_sees_a_need_because_it_is_shared_is_told_no_more_than_the_need() {
    let world = World::new().await;
    let invited = json!({"parties": ["FIN"]});
    let collection = world.collection(invited).await.collection;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&collection, &finland).await;
    let drafts = format!("/v1/replies/{reply}/needs");
    let made = world.post(&drafts).token(&finland).json(&need("A need"));
    let made = made.expect(201).await;
    let path = format!("/v1/needs/{}", made["id"].as_str().unwrap());
    let drafted = world.head().await;
    let submission = format!("/v1/replies/{reply}/submission");
    world.post(&submission).token(&finland).expect(201).await;
    world.share(&path, &finland, "all").await;
    let decline = world.post(&format!("{path}/declination"));
    let decline = decline.token(&world.officer);
    decline
        .json(&json!({"reason": words("A private reason")}))
        .expect(200)
        .await;
    let donor = world.token(Role::Donor, Some("SWE")).await;
    for token in [Some(&donor), None] {
        for path in [&path, "/v1/needs"] {
            let call = world.get(path);
            let call = token.iter().fold(call, |call, token| call.token(token));
            let seen = call.send().await;
            seen.expect(200);
            for hidden in [reply.as_str(), "shared_with", "A private reason", "content"] {
                assert!(!seen.text.contains(hidden), "{hidden:?} {seen:#?}");
            }
        }
        // As a draft it was nobody else's.
        let then = format!("{path}?as_of={drafted}");
        let call = world.get(&then);
        let call = token.iter().fold(call, |call, token| call.token(token));
        call.problem(404, "before_it_existed").await;
        let call = world.get(&drafts);
        match token {
            Some(token) => call.token(token).problem(404, "not_found").await,
            None => call.problem(401, "missing_token").await,
        };
    }
}

#[tokio::test]
async fn only_the_states_focal_point_shares() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.need(&finland, "A need").await;
    let sweden = world.focal_point("SWE").await;
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let donor = world.token(Role::Donor, Some("FIN")).await;
    let path = format!("{need}/sharing");
    let put = || world.put(&path).json(&json!({"with": "all"}));
    for (token, code, problem) in [
        (&sweden, 404, "not_found"),
        (&mission, 403, "not_allowed"),
        (&donor, 403, "not_allowed"),
        (&world.officer, 403, "not_allowed"),
    ] {
        put().token(token).problem(code, problem).await;
    }
    put().problem(401, "missing_token").await;
    for body in [json!({}), json!({"with": "friends"}), json!({"with": null})] {
        let put = world.put(&path).token(&finland).json(&body);
        put.problem(422, "wrong_body").await;
    }
    let head = world.head().await;
    world.share(&need, &finland, "nobody").await;
    assert_eq!(world.head().await, head, "the same again is no event");
    // Shared with all, it is read by another State's focal point, who still may not share it.
    world.share(&need, &finland, "all").await;
    world.get(&need).token(&sweden).expect(200).await;
    put().token(&sweden).problem(404, "not_found").await;
}

impl World {
    /// Names somebody Finland's focal point in a collection.
    async fn name(&self, collection: &str, person: &str) {
        let path = format!("/v1/collections/{collection}/parties/FIN/focal-point");
        let name = self.put(&path).token(&self.officer);
        name.json(&json!({ "person": person })).expect(200).await;
    }
}

#[tokio::test]
async fn a_focal_point_who_was_replaced_sees_and_shares_nothing_any_more() {
    let world = World::new().await;
    let invited = || json!({"parties": ["FIN"]});
    let kept = world.collection(invited()).await.collection;
    let collection = world.collection(invited()).await.collection;
    let (person, finland) = world.person_as(Role::FocalPoint, "FIN").await;
    let (other, successor) = world.person_as(Role::FocalPoint, "FIN").await;
    // Another office, with which the person still comes in, and finds nothing of the last one's.
    world.name(&kept, &person).await;
    world.name(&collection, &person).await;
    let need = world.need(&finland, "A need").await;
    let asking = json!({"needs": [need.rsplit('/').next()], "text": words("Help.")});
    let request = world.post("/v1/requests").token(&finland).json(&asking);
    let request = request.expect(201).await["id"].clone();
    let lists = ["/v1/needs", "/v1/requests"];
    let mut tags = Vec::new();
    for list in lists {
        let listed = world.get(list).token(&finland).send().await;
        assert_eq!(listed.expect(200)["items"].as_array().unwrap().len(), 1);
        tags.push(listed.header("etag").to_owned());
    }
    world.name(&collection, &other).await;
    let get = |path: &str| world.get(path).token(&finland);
    get(&need).problem(404, "not_found").await;
    let request = format!("/v1/requests/{}", request.as_str().unwrap());
    get(&request).problem(404, "not_found").await;
    let share = world.put(&format!("{need}/sharing")).token(&finland);
    let share = share.json(&json!({"with": "all"}));
    share.problem(404, "not_found").await;
    let new = world.post("/v1/needs").token(&finland);
    new.json(&super::need("N"))
        .problem(403, "not_focal_point")
        .await;
    // What is in a cache holds no longer.
    for (list, tag) in lists.iter().zip(&tags) {
        let listed = get(list).header("if-none-match", tag);
        assert_eq!(listed.expect(200).await["items"], json!([]), "{list}");
    }
    world.share(&need, &successor, "donors").await;
}

#[tokio::test]
async fn whoever_becomes_entitled_is_not_told_that_a_list_is_as_it_was() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let (person, finland) = world.person_as(Role::FocalPoint, "FIN").await;
    let (other, successor) = world.person_as(Role::FocalPoint, "FIN").await;
    world.name(&opened.collection, &person).await;
    let reply = world.answered(&opened.collection, &finland).await;
    let draft = world.post(&format!("/v1/replies/{reply}/needs"));
    let draft = draft.token(&finland).json(&need("A need"));
    let draft = draft.expect(201).await;
    let replies = format!("/v1/collections/{}/replies", opened.collection);
    let lists = ["/v1/needs", replies.as_str()];
    let mut tags = Vec::new();
    for list in lists {
        let before = world.get(list).token(&successor).send().await;
        assert_eq!(before.expect(200)["items"], json!([]));
        tags.push(before.header("etag").to_owned());
    }
    world.name(&opened.collection, &other).await;
    for (list, tag) in lists.iter().zip(&tags) {
        let now = world.get(list).token(&successor);
        let now = now.header("if-none-match", tag).expect(200).await;
        assert_eq!(now["items"].as_array().unwrap().len(), 1, "{list}");
    }
    let draft = format!("/v1/needs/{}", draft["id"].as_str().unwrap());
    world.get(&draft).token(&successor).expect(200).await;
}

/// The handler looks before the decision does; an office can end between the two.
#[tokio::test]
async fn a_decision_on_a_need_beside_a_reply_judges_who_holds_the_office() {
    let world = World::new().await;
    let collection = world.collection(json!({"parties": ["FIN"]})).await;
    let collection = collection.collection;
    let (person, finland) = world.person_as(Role::FocalPoint, "FIN").await;
    let (other, _) = world.person_as(Role::FocalPoint, "FIN").await;
    world.name(&collection, &person).await;
    let reply = world.answered(&collection, &finland).await;
    let drafts = format!("/v1/replies/{reply}/needs");
    let made = world.post(&drafts).token(&finland).json(&need("A need"));
    let made = made.expect(201).await;
    let submission = format!("/v1/replies/{reply}/submission");
    world.post(&submission).token(&finland).expect(201).await;
    let need: NeedId = made["id"].as_str().unwrap().parse::<Uuid>().unwrap().into();
    let desk = &world.server.services.desk;
    let share = async |person: &str, with| {
        let actor = Actor {
            principal: Uuid::nil(),
            role: "focal_point".to_owned(),
            party: None,
        };
        let hand = ReplyCapacity::FocalPoint(PersonId(person.parse().unwrap()));
        let request = Request::unkeyed(actor);
        let share = Command::Share { with };
        let share = desk.decide::<Need>(&request, need.0, &hand, share, &[]);
        share.await.map(|decided| decided.events.len())
    };
    assert_eq!(share(&person, Sharing::Donors).await.unwrap(), 1);
    world.name(&collection, &other).await;
    let refused = share(&person, Sharing::All).await.unwrap_err();
    assert!(
        matches!(refused, DecisionError::Refused(Refusal::NotFocalPoint)),
        "{refused:?}"
    );
    assert_eq!(share(&other, Sharing::All).await.unwrap(), 1);
}
