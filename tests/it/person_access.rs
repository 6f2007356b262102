//! By what a person comes in, and how an administrator ends it all at once

use access::{Role, pruning};
use serde_json::{Value, json};

use crate::support::World;

const EMAIL: &str = "aino@example.org";

/// Ends all access of a person.
async fn end(world: &World, administrator: &str, person: &str) -> Value {
    let end = world.delete(&format!("/v1/persons/{person}/access"));
    end.token(administrator).expect(200).await
}

#[tokio::test]
async fn an_administrator_ends_all_of_a_persons_access_at_once() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let collection = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let collection = collection.collection;
    let link = world.invited(&collection, "FIN", EMAIL).await;
    let cookie = world.signed_in(&link).await;
    let session = world.get("/v1/session").header("cookie", &cookie);
    let person = session.expect(200).await["person"].clone();
    let person = person.as_str().unwrap();
    let made = world.post("/v1/tokens").cookie(&cookie);
    let made = made.json(&json!({"name": "N"})).expect(201).await;
    let token = made["secret"].as_str().unwrap();
    let unused = world.invited(&collection, "SWE", EMAIL).await;
    let officer = world.token_of(person.parse().unwrap(), Role::Officer, None, "a test");
    let officer = officer.await;

    let path = format!("/v1/persons/{person}/access");
    let listed = world.get(&path).token(&administrator).expect(200).await;
    let accounts = listed["accounts"].as_array().unwrap();
    assert_eq!(accounts.len(), 2);
    assert_eq!(accounts[0]["role"], "focal_point");
    assert_eq!(accounts[0]["until"], Value::Null);
    let sessions = listed["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0]["account"], accounts[0]["id"]);
    for call in [world.get(&path), world.delete(&path)] {
        let refused = call.token(&world.officer).send().await;
        assert!([403, 404].contains(&refused.status), "{refused:#?}");
    }

    let keyed = || {
        let end = world.delete(&path).token(&administrator);
        end.header("idempotency-key", "once").expect(200)
    };
    let ended = keyed().await;
    assert_eq!(
        ended,
        json!({"tokens": 2, "accounts": 2, "sessions": 1, "links": 1})
    );
    let session = || world.get("/v1/session");
    let by_cookie = session().header("cookie", &cookie);
    by_cookie.problem(401, "session_over").await;
    for token in [token, &officer] {
        session().token(token).problem(401, "unknown_token").await;
    }
    assert_eq!(world.press(&unused).await.status, 404);
    let listed = world.get(&path).token(&administrator).expect(200).await;
    assert_eq!(listed["sessions"], json!([]));
    assert!(listed["accounts"][1]["until"].is_string());
    // Sent again it is the same command; asked anew there is nothing left to end.
    assert_eq!(keyed().await, ended);
    let nothing = json!({"tokens": 0, "accounts": 0, "sessions": 0, "links": 0});
    assert_eq!(end(&world, &administrator, person).await, nothing);
    session().token(&world.officer).expect(200).await;
}

#[tokio::test]
async fn the_tokens_that_an_administrator_made_for_programs_end_with_their_access() {
    let world = World::new().await;
    let first = world.token(Role::Administrator, None).await;
    let second = world.token(Role::Administrator, None).await;
    let new = json!({"name": "A dashboard", "role": "officer"});
    let made = world.post("/v1/tokens").token(&first).json(&new);
    let made = made.expect(201).await;
    let session = || world.get("/v1/session");
    let person = session().token(&first).expect(200).await["person"].clone();
    // The directory does not know them; their tokens do.
    let ended = end(&world, &second, person.as_str().unwrap()).await;
    assert_eq!(ended["tokens"], 2);
    for token in [made["secret"].as_str().unwrap(), &first] {
        session().token(token).problem(401, "unknown_token").await;
    }
    let unknown = "/v1/persons/0190b5f0-0000-7000-8000-000000000000/access";
    for call in [world.get(unknown), world.delete(unknown)] {
        call.token(&second).problem(404, "not_found").await;
    }
}

#[tokio::test]
async fn links_and_sessions_that_are_long_over_are_deleted_and_what_shows_who_came_in_is_kept() {
    let world = World::new().await;
    let person = world.account("focal_point", "FIN").await;
    let account = "(select id from access.account)";
    for (number, days) in [(1, 100), (2, 99), (3, 10)] {
        let session = format!(
            "insert into access.session (id, hash, account, created_at, expires_at)
             values (gen_random_uuid(), '\\x0{number}', {account}, now() - interval '{days} days',
                     now() - interval '{days} days')"
        );
        world.sql(&session).await;
        let link = format!(
            "insert into access.link (id, hash, purpose, person, created_at, expires_at)
             values (gen_random_uuid(), '\\x0{number}', 'sign_in', '{person}', now() - interval '{days} days',
                     now() - interval '{days} days')"
        );
        world.sql(&link).await;
    }
    let pool = world.server.services.log().pool();
    assert_eq!(pruning::prune(pool).await.unwrap(), 4);
    // The last session is kept, however old.
    world
        .sql("update access.session set expires_at = now() - interval '200 days'")
        .await;
    assert_eq!(pruning::prune(pool).await.unwrap(), 0);
    let left = "select format('%s %s', (select count(*) from access.session), (select count(*) from access.link))";
    assert_eq!(world.sql(left).await, "1 1");
}
