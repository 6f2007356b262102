//! Tokens of our own that were made through single sign-on hold no longer than what the issuer says of who made them.

use serde_json::{Value, json};

use super::{Issuer, Key, World, ask, world};
use crate::support::eventually;

/// Somebody whom an issuer knows, and what it says of them at one time after the other.
struct Scene {
    key: Key,
    issuer: Issuer,
    world: World,
}

impl Scene {
    async fn new() -> Self {
        let key = Key::ed("d");
        let issuer = Issuer::start(&[&key]).await;
        let world = world(issuer.settings()).await;
        Self { key, issuer, world }
    }

    /// A token that the issuer gave out this many seconds ago, for this role and Finland.
    fn token(&self, role: &str, ago: i64) -> String {
        let issued = clock::now().as_second() - ago;
        let claims = json!({"iat": issued, "nbf": issued, "jti": clock::new_id(),
                            "realm_access": {"roles": [role]}, "groups": ["/states/finland"]});
        self.key.token(&self.issuer.claims_with(&claims))
    }

    async fn make(&self, with: &str, new: Value) -> Value {
        let made = self.world.post("/v1/tokens").token(with).json(&new);
        made.expect(201).await
    }

    async fn made(&self, with: &str) -> String {
        let made = self.make(with, json!({"name": "N", "scopes": ["read", "write"]}));
        let made = made.await;
        assert_eq!(made["through_sign_on"], true);
        made["secret"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_role_that_the_issuer_takes_away_takes_the_tokens_with_it_for_good() {
    let scene = Scene::new().await;
    let world = &scene.world;
    for other in ["mission", "administrator", "nobody"] {
        let there = World::on(world.database.clone()).await;
        let own = scene.made(&scene.token("officer", 50)).await;
        let further = scene.made(&own).await;
        for token in [&own, &further] {
            ask(world, token).await.expect(200);
            ask(&there, token).await.expect(200);
        }
        // The same again changes nothing.
        ask(world, &scene.token("officer", 45)).await.expect(200);
        ask(world, &own).await.expect(200);

        let status = ask(world, &scene.token(other, 40)).await.status;
        assert_eq!(status, if other == "nobody" { 403 } else { 200 });
        for token in [&own, &further] {
            ask(world, token).await.problem(401, "unknown_token");
            let hears = async || ask(&there, token).await.status == 401;
            eventually("another process hears of it", hears).await;
        }
        // With what was issued before, nobody makes any more, nor is it what counts.
        let stale = scene.token("officer", 50);
        let make = world.post("/v1/tokens").token(&stale);
        let make = make.json(&json!({"name": "N"}));
        make.problem(401, "unknown_token").await;
        // The role comes back, and they do not.
        let back = scene.token("officer", 30);
        ask(world, &back).await.expect(200);
        for token in [&own, &further] {
            ask(world, token).await.problem(401, "unknown_token");
        }
        // For the next round the clock of the issuer begins anew.
        world
            .sql("delete from access.token where identity is not null")
            .await;
        world.sql("delete from access.standing").await;
        there.server.stop().await;
    }
}

#[tokio::test]
async fn an_administrators_program_ends_with_the_administrators_role() {
    let scene = Scene::new().await;
    let new = json!({"name": "A dashboard", "role": "officer", "scopes": ["read"]});
    let made = scene.make(&scene.token("administrator", 50), new).await;
    let program = made["secret"].as_str().unwrap();
    ask(&scene.world, program).await.expect(200);
    ask(&scene.world, &scene.token("officer", 40))
        .await
        .expect(200);
    ask(&scene.world, program)
        .await
        .problem(401, "unknown_token");
}

#[tokio::test]
async fn a_token_rests_while_its_maker_is_not_seen_at_the_issuers() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let own = scene.made(&scene.token("officer", 50)).await;
    let age = async |days: u32| {
        let aged = format!("update access.standing set seen_at = now() - interval '{days} days'");
        world.sql(&aged).await;
    };
    age(29).await;
    ask(world, &own).await.expect(200);
    age(31).await;
    let rests = async || ask(world, &own).await.status == 401;
    eventually("it rests", rests).await;
    ask(world, &scene.token("officer", 40)).await.expect(200);
    ask(world, &own).await.expect(200);
    // What was made otherwise rests for nobody.
    age(31).await;
    ask(world, &world.officer).await.expect(200);
}
