//! Delegations: one focal point at a time, contributors in their sections, nominations by a permanent mission.

use access::Role;
use serde_json::{Value, json};

use crate::support::{World, each, eventually, faults, item_where};

/// Finland's delegation in a collection to which Finland and Sweden are invited.
struct Finland {
    world: World,
    collection: String,
    path: String,
}

impl Finland {
    async fn new() -> Self {
        let world = World::new().await;
        let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
        let path = format!("/v1/collections/{}/parties/FIN", opened.collection);
        Self {
            world,
            collection: opened.collection,
            path,
        }
    }

    async fn name(&self, person: &str) -> Value {
        let call = self.world.put(&format!("{}/focal-point", self.path));
        let call = call.token(&self.world.officer);
        call.json(&json!({ "person": person })).expect(200).await
    }

    async fn admit(&self, by: &str, person: &str, sections: &[&str]) -> crate::support::Answer {
        let path = format!("{}/contributors/{person}", self.path);
        let call = self.world.put(&path).token(by);
        call.json(&json!({ "sections": sections })).send().await
    }

    async fn delegation(&self) -> Value {
        let call = self.world.get(&format!("{}/delegation", self.path));
        call.token(&self.world.officer).expect(200).await
    }
}

#[tokio::test]
async fn naming_another_focal_point_ends_the_first_ones_right_at_once() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let (first, first_token) = world.person_as(Role::FocalPoint, "FIN").await;
    let (second, second_token) = world.person_as(Role::FocalPoint, "FIN").await;
    let named = finland.name(&first).await;
    assert_eq!(named["office"], "held");
    // Since the first holds another office too, they still come in, and find nothing.
    let other = world.collection(json!({"parties": ["FIN"]})).await;
    let office = format!(
        "/v1/collections/{}/parties/FIN/focal-point",
        other.collection
    );
    let call = world.put(&office).token(&world.officer);
    call.json(&json!({ "person": first })).expect(200).await;
    let reply = world.answered(&finland.collection, &first_token).await;
    let path = format!("/v1/replies/{reply}");
    // The second is a focal point of Finland's, but not in this collection.
    world
        .get(&path)
        .token(&second_token)
        .problem(404, "not_found")
        .await;

    assert_eq!(finland.name(&second).await["focal_point"], second);
    for call in [
        world.get(&path),
        world.post(&format!("{path}/submission")),
        world
            .put(&format!("{path}/answers/A1"))
            .json(&json!({"value": "no"})),
    ] {
        call.token(&first_token).problem(404, "not_found").await;
    }
    let listed = world.get(&format!("/v1/collections/{}/replies", finland.collection));
    let listed = listed.token(&first_token).expect(200).await;
    assert_eq!(listed["items"], json!([]));
    world
        .post(&format!("{path}/submission"))
        .token(&second_token)
        .expect(201)
        .await;
}

#[tokio::test]
async fn whoever_is_replaced_and_holds_no_other_office_comes_in_no_more() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let email = "first@example.org";
    let come_in = async || {
        let link = world.invited(&finland.collection, "FIN", email).await;
        world.signed_in(&link).await
    };
    let cookie = come_in().await;
    let bearer = world.invited(&finland.collection, "FIN", email).await;
    let bearer = world.token_by(&bearer).await;
    let made = world.post("/v1/tokens").token(&bearer);
    let made = made.json(&json!({"name": "N"})).expect(201).await;
    let token = made["secret"].as_str().unwrap();
    let unused = world.invited(&finland.collection, "FIN", email).await;
    world.get("/v1/session").token(token).expect(200).await;
    let other = world.focal_point("FIN").await;

    finland.name(&world.person().await).await;
    let session = || world.get("/v1/session");
    let by_cookie = session().header("cookie", &cookie);
    by_cookie.problem(401, "session_over").await;
    for gone in [bearer.as_str(), token] {
        session().token(gone).problem(401, "unknown_token").await;
    }
    assert_eq!(world.press(&unused).await.status, 404);
    let asked = world.post("/v1/sign-in-links");
    asked.json(&json!({ "email": email })).expect(202).await;
    // Whoever else comes in for the party is not concerned.
    session().token(&other).expect(200).await;

    // Invited again, they begin anew: what they had before opens nothing.
    let again = come_in().await;
    session().header("cookie", &again).expect(200).await;
    let by_cookie = session().header("cookie", &cookie);
    by_cookie.problem(401, "session_over").await;
    session().token(token).problem(401, "unknown_token").await;
    // An office that ends, with nobody named, is no other.
    let office = world.delete(&format!("{}/focal-point", finland.path));
    office.token(&world.officer).expect(200).await;
    let by_cookie = session().header("cookie", &again);
    by_cookie.problem(401, "session_over").await;
    let kinds: Vec<Value> = world.letters_to(email).await;
    assert!(
        kinds.iter().all(|letter| letter["kind"] != "sign_in_link"),
        "{kinds:?}"
    );
}

#[tokio::test]
async fn a_contributor_who_is_dismissed_comes_in_by_no_way_and_is_sent_nothing() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let other = World::on(world.database.clone()).await;
    let focal_point = world.invited(&finland.collection, "FIN", "aino@example.org");
    let focal_point = world.signed_in(&focal_point.await).await;
    let email = "colleague@example.org";
    let admit = async |path: &str, section: &str| {
        let call = world
            .post(&format!("{path}/contributors"))
            .token(&world.officer);
        let who = json!({"name": "A colleague", "email": email, "sections": [section]});
        call.json(&who).expect(201).await;
        world.link_to(email).await.unwrap()
    };
    let cookie = world.signed_in(&admit(&finland.path, "A").await).await;
    let bearer = world.token_by(&admit(&finland.path, "D").await).await;
    let made = world.post("/v1/tokens").token(&bearer);
    let made = made.json(&json!({"name": "N"})).expect(201).await;
    let token = made["secret"].as_str().unwrap();
    let unused = admit(&finland.path, "A").await;
    let ask = world.post("/v1/sign-in-links");
    ask.json(&json!({ "email": email })).expect(202).await;
    eventually("the link is queued", async || {
        world.letters_to(email).await.len() == 4
    })
    .await;
    let asked = world.link_to(email).await.unwrap();
    world.get("/v1/session").token(token).expect(200).await;
    other.get("/v1/session").token(token).expect(200).await;

    // The focal point dismisses whom it sees, by an id of its own delegation.
    let seen = world.get(&format!("{}/delegation", finland.path));
    let seen = seen.cookie(&focal_point).expect(200).await;
    let colleague = seen["contributors"][0]["person"].as_str().unwrap();
    let person = finland.delegation().await["contributors"][0]["person"].clone();
    assert_ne!(colleague, person, "a party is told no id of the directory");
    let dismiss = format!("{}/contributors/{colleague}", finland.path);
    world
        .delete(&dismiss)
        .cookie(&focal_point)
        .expect(200)
        .await;

    for server in [world, &other] {
        let session = || server.get("/v1/session");
        let by_cookie = session().header("cookie", &cookie);
        by_cookie.problem(401, "session_over").await;
        session().token(&bearer).problem(401, "unknown_token").await;
        for link in [&unused, &asked] {
            assert_eq!(server.press(link).await.status, 404);
            let open = server.post("/v1/session").json(&json!({ "link": link }));
            open.problem(404, "unknown_link").await;
        }
    }
    for server in [world, &other] {
        let session = server.get("/v1/session").token(token);
        session.problem(401, "unknown_token").await;
    }
    // What waited for them waits no longer, and says why; nothing in it opens anything.
    let letters = world.get("/v1/letters?limit=500").token(&world.officer);
    let letters = letters.expect(200).await;
    let to = letters["items"].as_array().unwrap().iter();
    let to: Vec<&Value> = to.filter(|letter| letter["to"]["email"] == email).collect();
    assert_eq!(to.len(), 4);
    for letter in &to {
        assert_eq!(
            (&letter["state"], &letter["why"]["code"]),
            (&json!("failed"), &json!("office_ended"))
        );
        let path = format!("/v1/letters/{}", letter["id"].as_str().unwrap());
        let shown = world.get(&path).token(&world.officer).expect(200).await;
        assert!(shown["text"].is_null(), "{shown}");
        let retry = world.post(&format!("{path}/retry")).token(&world.officer);
        retry.problem(409, "letter_not_retried").await;
    }
    assert!(
        world
            .letters_to(email)
            .await
            .iter()
            .all(|args| args["path"].is_null())
    );

    // Another link is sent to nobody; invited again, they begin anew.
    world
        .sql("delete from access.link where purpose = 'sign_in'")
        .await;
    let ask = world.post("/v1/sign-in-links");
    ask.json(&json!({ "email": email })).expect(202).await;
    let again = world.signed_in(&admit(&finland.path, "A").await).await;
    assert_eq!(world.letters_to(email).await.len(), 5);
    let by_cookie = |cookie: &str| world.get("/v1/session").header("cookie", cookie);
    by_cookie(&again).expect(200).await;
    by_cookie(&cookie).problem(401, "session_over").await;
}

#[tokio::test]
async fn who_has_an_office_elsewhere_keeps_it_and_loses_only_what_led_to_the_one_that_ended() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let other = world
        .collection(json!({"parties": ["FIN"]}))
        .await
        .collection;
    let elsewhere = format!("/v1/collections/{other}/parties/FIN");
    let email = "aino@example.org";
    let here = world.invited(&finland.collection, "FIN", email).await;
    let there = world.invited(&other, "FIN", email).await;
    let another = world
        .invited(&finland.collection, "FIN", "another@example.org")
        .await;
    assert_eq!(world.press(&here).await.status, 404);
    let cookie = world.signed_in(&there).await;
    let offices = world.get("/v1/me/offices").header("cookie", &cookie);
    let offices = offices.expect(200).await;
    assert_eq!(each(&offices["offices"], "collection"), [other.as_str()]);
    let letters = world.letters_to(email).await;
    let open = letters.iter().filter(|args| !args["path"].is_null());
    assert_eq!(open.count(), 1, "{letters:?}");

    // Named a contributor's focal point's, by id and not by letter, one is in by neither link.
    let end = world.delete(&format!("{elsewhere}/focal-point"));
    end.token(&world.officer).expect(200).await;
    let over = world.get("/v1/session").header("cookie", &cookie);
    over.problem(401, "session_over").await;
    world.signed_in(&another).await;
}

#[tokio::test]
async fn what_reminds_of_a_collection_that_is_closed_is_not_sent_and_an_invitation_is() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let email = "aino@example.org";
    let link = world.invited(&finland.collection, "FIN", email).await;
    let remind = world.post(&format!("/v1/collections/{}/reminders", finland.collection));
    remind.token(&world.officer).expect(202).await;
    world.close(&finland.collection).await;
    let letters = world
        .get("/v1/letters")
        .token(&world.officer)
        .expect(200)
        .await;
    let letters = letters["items"].as_array().unwrap();
    let states: Vec<_> = letters
        .iter()
        .map(|letter| (&letter["kind"], &letter["state"], &letter["why"]["code"]))
        .collect();
    let (queued, failed) = (json!("queued"), json!("failed"));
    assert_eq!(
        states,
        [
            (&json!("invitation"), &queued, &Value::Null),
            (&json!("reminder"), &failed, &json!("office_ended"))
        ]
    );
    // A focal point still reads, withdraws, and decides on publication.
    world.signed_in(&link).await;
}

#[tokio::test]
async fn what_an_older_program_left_of_an_office_that_ended_ends_when_a_server_starts() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let email = "colleague@example.org";
    let admit = world.post(&format!("{}/contributors", finland.path));
    let who = json!({"name": "A colleague", "email": email, "sections": ["A"]});
    admit.token(&world.officer).json(&who).expect(201).await;
    let bearer = world.token_by(&world.link_to(email).await.unwrap()).await;
    let made = world.post("/v1/tokens").token(&bearer);
    let made = made.json(&json!({"name": "N"})).expect(201).await;
    let token = made["secret"].as_str().unwrap();
    let person = finland.delegation().await["contributors"][0]["person"].clone();
    let dismiss = world.delete(&format!(
        "{}/contributors/{}",
        finland.path,
        person.as_str().unwrap()
    ));
    dismiss.token(&world.officer).expect(200).await;
    // As if it had ended in the log alone.
    world.run("update access.account set until = null; update access.session set ended_at = null; update access.token set revoked_at = null").await;
    let stood = async || {
        let open =
            "select (select count(*) from access.token where revoked_at is null and principal in
                        (select person from access.account where role = 'contributor'))::text";
        world.sql(open).await
    };
    // Nothing that stands on the office opens anything meanwhile, neither here nor in another process.
    assert_eq!(stood().await, "1");
    for gone in [bearer.as_str(), token] {
        let session = world.get("/v1/session").token(gone);
        session.problem(401, "unknown_token").await;
    }
    let again = World::on(world.database.clone()).await;
    for gone in [bearer.as_str(), token] {
        let session = again.get("/v1/session").token(gone);
        session.problem(401, "unknown_token").await;
    }
    assert_eq!(stood().await, "0");
}

/// As a token may be made by an administrator for whoever is named later.
#[tokio::test]
async fn a_token_ends_with_an_office_whoever_made_it_and_needs_none_before() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let email = "colleague@example.org";
    let admit = world.post(&format!("{}/contributors", finland.path));
    let who = json!({"name": "A colleague", "email": email, "sections": ["A"]});
    admit.token(&world.officer).json(&who).expect(201).await;
    let person = finland.delegation().await["contributors"][0]["person"].clone();
    let person = person.as_str().unwrap();
    let id = uuid::Uuid::parse_str(person).unwrap();
    let made = world.token_of(id, Role::Contributor, Some("FIN"), "made for them");
    let made = made.await;
    let as_focal_point = world.token_of(id, Role::FocalPoint, Some("FIN"), "before they are");
    let as_focal_point = as_focal_point.await;
    world.get("/v1/me").token(&made).expect(200).await;
    let dismiss = world.delete(&format!("{}/contributors/{person}", finland.path));
    dismiss.token(&world.officer).expect(200).await;
    // A process that is killed here has recorded that, and revoked nothing.
    world.run("update access.token set revoked_at = null").await;
    let me = world.get("/v1/me").token(&made);
    me.problem(401, "unknown_token").await;
    world.get("/v1/me").token(&as_focal_point).expect(200).await;
}

#[tokio::test]
async fn an_office_that_ends_while_a_token_is_made_leaves_none_behind() {
    let finland = Finland::new().await;
    let world = &finland.world;
    for round in 0..6 {
        let email = format!("colleague{round}@example.org");
        let admit = world.post(&format!("{}/contributors", finland.path));
        let who = json!({"name": "A colleague", "email": email, "sections": ["A"]});
        admit.token(&world.officer).json(&who).expect(201).await;
        let link = world.link_to(&email).await.unwrap();
        let bearer = world.token_by(&link).await;
        let person = world.get("/v1/me").token(&bearer).expect(200).await["id"].clone();
        let person = person.as_str().unwrap();
        let dismiss = world.delete(&format!("{}/contributors/{person}", finland.path));
        let made = world
            .post("/v1/tokens")
            .token(&bearer)
            .json(&json!({"name": "N"}));
        let (_, made) = tokio::join!(dismiss.token(&world.officer).expect(200), made.send());
        assert!([201, 401].contains(&made.status), "{made:#?}");
        let left = format!(
            "select count(*)::text from access.token where principal = '{person}' and revoked_at is null"
        );
        assert_eq!(world.sql(&left).await, "0");
    }
}

#[tokio::test]
async fn whoever_was_replaced_takes_up_no_office_that_nobody_holds() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let (first, _) = world.person_as(Role::FocalPoint, "FIN").await;
    finland.name(&first).await;
    finland.name(&world.person().await).await;
    // As somebody to whom an issuer of single sign-on still gives the role.
    let id = first.parse().unwrap();
    let token = world.token_of(id, Role::FocalPoint, Some("FIN"), "a test");
    let token = token.await;
    let colleague = world.person().await;
    let later = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let later = later.collection;
    let replies = format!("/v1/collections/{later}/replies");
    let begin = |token: &str| world.post(&replies).token(token);
    let before = world.head().await;
    begin(&token).problem(403, "not_focal_point").await;
    let path = format!("/v1/collections/{later}/parties/FIN/contributors/{colleague}");
    let admit = world.put(&path).token(&token);
    let admit = admit.json(&json!({"sections": ["A"]}));
    admit.problem(403, "not_focal_point").await;
    assert_eq!(world.head().await, before);
    // For another party nothing ended, and another of the party's may.
    let sweden = world.token_of(id, Role::FocalPoint, Some("SWE"), "a test");
    begin(&sweden.await).expect(201).await;
    begin(&world.focal_point("FIN").await).expect(201).await;
    // Named anew, they may again, and elsewhere too.
    let newest = world
        .collection(json!({"parties": ["FIN"]}))
        .await
        .collection;
    let office = format!("/v1/collections/{newest}/parties/FIN/focal-point");
    let name = world.put(&office).token(&world.officer);
    name.json(&json!({ "person": first })).expect(200).await;
    world.reply(&newest, &token).await;
    let third = world
        .collection(json!({"parties": ["FIN"]}))
        .await
        .collection;
    world.reply(&third, &token).await;
}

#[tokio::test]
async fn whoever_begins_the_reply_holds_the_office_until_it_ends() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let (beginner, other) = (
        world.focal_point("FIN").await,
        world.focal_point("FIN").await,
    );
    assert_eq!(finland.delegation().await["office"], "unfilled");
    let reply = world.answered(&finland.collection, &beginner).await;
    let submission = format!("/v1/replies/{reply}/submission");
    world
        .post(&submission)
        .token(&other)
        .problem(404, "not_found")
        .await;
    let focal_point = format!("{}/focal-point", finland.path);
    world
        .delete(&focal_point)
        .token(&world.officer)
        .problem(409, "no_focal_point")
        .await;
    let person = world.person().await;
    finland.name(&person).await;
    world
        .delete(&focal_point)
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(finland.delegation().await["office"], "vacant");
    world
        .post(&submission)
        .token(&beginner)
        .problem(404, "not_found")
        .await;
}

#[tokio::test]
async fn contributors_draft_the_sections_that_they_are_admitted_to() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let (focal_point, focal_point_token) = world.person_as(Role::FocalPoint, "FIN").await;
    let (colleague, token) = world.person_as(Role::Contributor, "FIN").await;
    finland.name(&focal_point).await;
    let reply = world.reply(&finland.collection, &focal_point_token).await;
    let path = format!("/v1/replies/{reply}");
    world
        .get(&path)
        .token(&token)
        .problem(404, "not_found")
        .await;

    let refused = finland
        .admit(&focal_point_token, &colleague, &["A", "Z"])
        .await;
    let refused = refused.problem(422, "delegation_faulty");
    assert_eq!(faults(&refused), [("no_such_section", "/sections/1")]);
    let admitted = finland.admit(&focal_point_token, &colleague, &["D"]).await;
    let admitted = admitted.expect(200);
    assert_eq!(admitted["contributors"][0]["sections"], json!(["D"]));
    assert_eq!(
        finland.delegation().await["contributors"],
        json!([{"person": colleague, "sections": ["D"]}])
    );
    world.get(&path).token(&token).expect(200).await;
    let words = json!({"value": {"text": "Money.", "lang": "en"}});
    world
        .put(&format!("{path}/answers/D1"))
        .token(&token)
        .json(&words)
        .expect(200)
        .await;
    let both = json!({"answers": {"A1": {"value": "yes"}, "D1": null}});
    let refused = world
        .patch(&format!("{path}/answers"))
        .token(&token)
        .json(&both)
        .problem(403, "section_not_assigned")
        .await;
    assert_eq!(faults(&refused), [("section_of_others", "/answers/A1")]);
    world
        .post(&format!("{path}/submission"))
        .token(&token)
        .problem(403, "not_allowed")
        .await;

    let contributor = format!("{}/contributors/{colleague}", finland.path);
    world
        .delete(&contributor)
        .token(&focal_point_token)
        .expect(200)
        .await;
    world
        .get(&path)
        .token(&token)
        .problem(401, "unknown_token")
        .await;
    world
        .delete(&contributor)
        .token(&focal_point_token)
        .problem(404, "unknown_contributor")
        .await;
}

#[tokio::test]
async fn only_the_focal_point_admits_and_only_at_home() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let (focal_point, _) = world.person_as(Role::FocalPoint, "FIN").await;
    let (_, other) = world.person_as(Role::FocalPoint, "FIN").await;
    let sweden = world.focal_point("SWE").await;
    let colleague = world.person().await;
    finland.name(&focal_point).await;
    let answer = finland.admit(&other, &colleague, &["A"]).await;
    answer.problem(403, "not_focal_point");
    let answer = finland.admit(&sweden, &colleague, &["A"]).await;
    answer.problem(404, "not_found");
    let delegation = world.get(&format!("{}/delegation", finland.path));
    delegation.token(&sweden).problem(404, "not_found").await;
    let answer = finland.admit(&world.officer, &focal_point, &["A"]).await;
    answer.problem(409, "is_focal_point");
}

#[tokio::test]
async fn a_mission_reads_and_nominates_and_an_officer_names() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let (_, mission) = world.person_as(Role::Mission, "FIN").await;
    let person = world.person().await;
    let nomination = format!("{}/nomination", finland.path);
    let by = json!({ "person": person });
    let nominated = world.post(&nomination).token(&mission).json(&by);
    // To the mission by an id of this delegation alone, to an officer by the directory's.
    assert_ne!(nominated.expect(200).await["nominated"], person);
    let listed = async |query: &str| {
        let list = format!(
            "/v1/collections/{}/delegations?nominated={query}",
            finland.collection
        );
        let list = world.get(&list).token(&world.officer).expect(200).await;
        let rows = list["items"].as_array().unwrap().clone();
        let rows = rows
            .into_iter()
            .map(|row| (row["code"].clone(), row["nominated"].clone()));
        rows.collect::<Vec<_>>()
    };
    assert_eq!(listed("true").await, [(json!("FIN"), json!(person))]);
    // Or somebody whom the directory does not know yet.
    let nominate = |body: Value| world.post(&nomination).token(&mission).json(&body);
    let somebody = json!({"somebody": {"name": "A colleague", "email": "new@example.org"}});
    let other = nominate(somebody).expect(200).await["nominated"].clone();
    let now = listed("true").await;
    assert_eq!(now.len(), 1);
    assert!(now[0].1 != json!(person) && now[0].1 != other, "{now:?}");
    let both = json!({"person": person, "somebody": {"name": "N", "email": "n@example.org"}});
    for not_one in [json!({}), both] {
        let problem = nominate(not_one).problem(422, "wrong_body").await;
        let detail = problem["faults"][0]["detail"].as_str().unwrap();
        assert!(
            detail.contains("person") && detail.contains("somebody"),
            "{detail}"
        );
    }
    let letters = world.get("/v1/letters").token(&world.officer).expect(200);
    assert_eq!(
        letters.await["items"],
        json!([]),
        "nobody is written to yet"
    );
    world
        .put(&format!("{}/focal-point", finland.path))
        .token(&mission)
        .json(&by)
        .problem(403, "not_allowed")
        .await;
    let named = finland.name(&person).await;
    assert_eq!(named["focal_point"], person);
    assert_eq!(named["nominated"], Value::Null);
    assert_eq!(listed("true").await, []);
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let unknown = json!({"person": clock::new_id()});
    let focal_point = format!("{}/focal-point", finland.path);
    let call = world.put(&focal_point).token(&world.officer).json(&unknown);
    let problem = call.problem(422, "unknown_person").await;
    assert_eq!(problem["pointer"], "/person");
    let nonsense = json!({"person": "Finland"});
    let call = world.put(&focal_point).token(&world.officer);
    let answer = call.json(&nonsense).send().await;
    assert_eq!(answer.status, 422, "{answer:#?}");
    let person = json!({"person": world.person().await});
    let elsewhere = focal_point.replace("FIN", "NOR");
    let call = world.put(&elsewhere).token(&world.officer).json(&person);
    call.problem(409, "party_not_invited").await;
    let delegation = elsewhere.replace("focal-point", "delegation");
    let call = world.get(&delegation).token(&world.officer);
    call.problem(404, "not_found").await;
}

#[tokio::test]
async fn officers_see_who_acts_for_each_party_and_a_person_where_it_acts() {
    let finland = Finland::new().await;
    let world = &finland.world;
    let (focal_point, token) = world.person_as(Role::FocalPoint, "FIN").await;
    let (colleague, colleague_token) = world.person_as(Role::Contributor, "FIN").await;
    let before = world.head().await;
    finland.name(&focal_point).await;
    finland
        .admit(&token, &colleague, &["D", "A"])
        .await
        .expect(200);
    let reply = world.answered(&finland.collection, &token).await;
    world
        .post(&format!("/v1/replies/{reply}/submission"))
        .token(&token)
        .expect(201)
        .await;

    let list = format!("/v1/collections/{}/delegations", finland.collection);
    let now = world.get(&list).token(&world.officer).expect(200).await;
    let row = item_where(&now["items"], "code", "FIN");
    assert_eq!(row["focal_point"], focal_point);
    assert_eq!(row["contributors"], 1);
    assert_eq!(row["replied"], true);
    let sweden = item_where(&now["items"], "code", "SWE");
    assert_eq!(sweden["focal_point"], Value::Null);
    assert_eq!(sweden["begun"], false);
    let then = world.get(&format!("{list}?as_of={before}"));
    let then = then.token(&world.officer).expect(200).await;
    assert_eq!(
        item_where(&then["items"], "code", "FIN")["focal_point"],
        Value::Null
    );

    let offices = async |token: &str| world.get("/v1/me/offices").token(token).expect(200).await;
    let own = offices(&token).await;
    let own = own["offices"].as_array().unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!(own[0]["role"], "focal_point");
    assert_eq!(own[0]["collection"], finland.collection);
    let own = offices(&colleague_token).await;
    assert_eq!(own["offices"][0]["role"], "contributor");
    assert_eq!(own["offices"][0]["sections"], json!(["A", "D"]));
    let none = offices(&world.focal_point("SWE").await).await;
    assert_eq!(none["offices"], json!([]));
}
