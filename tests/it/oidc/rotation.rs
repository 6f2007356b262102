//! An issuer changes its keys, is asked too often, or goes away.

use std::time::Duration;

use access::oidc::Pace;
use serde_json::json;

use super::{Issuer, Key, ask, world};

#[tokio::test]
async fn a_new_key_is_fetched_once_and_a_removed_one_is_refused_at_once() {
    let (old, new) = (Key::ed("old"), Key::ed("new"));
    let issuer = Issuer::start(&[&old]).await;
    let mut settings = issuer.settings();
    settings.pace.demand = Duration::from_secs(3_600);
    let world = world(settings).await;
    let before = old.token(&issuer.claims());
    ask(&world, &before).await.expect(200);
    assert_eq!(issuer.asked(), 1);

    issuer.rotate(&[&new]);
    ask(&world, &before).await.expect(200);
    let after = new.token(&issuer.claims());
    ask(&world, &after).await.expect(200);
    ask(
        &world,
        &new.token(&issuer.claims_with(&json!({"sub": "2"}))),
    )
    .await
    .expect(200);
    assert_eq!(issuer.asked(), 2);
    // The token was known, and its key is gone.
    ask(&world, &before).await.problem(401, "token_key_unknown");
    assert_eq!(issuer.asked(), 2);
}

#[tokio::test]
async fn a_flood_of_unknown_keys_asks_the_issuer_once() {
    let (key, stranger) = (Key::ed("known"), Key::ed("stranger"));
    let issuer = Issuer::start(&[&key]).await;
    let mut settings = issuer.settings();
    settings.pace.demand = Duration::from_secs(3_600);
    let world = world(settings).await;
    ask(&world, &key.token(&issuer.claims())).await.expect(200);
    let flood = (0..200).map(|number| {
        let header = json!({"alg": "EdDSA", "kid": format!("unknown-{number}"), "typ": "JWT"});
        let token = stranger.token_with(&header, &issuer.claims());
        let world = &world;
        async move { ask(world, &token).await.problem(401, "token_key_unknown") }
    });
    futures_util::future::join_all(flood).await;
    assert_eq!(issuer.asked(), 2);
    ask(&world, &key.token(&issuer.claims())).await.expect(200);
}

#[tokio::test]
async fn keys_stay_in_use_while_the_issuer_is_away() {
    let (key, unknown) = (Key::ed("known"), Key::ed("unknown"));
    let issuer = Issuer::start(&[&key]).await;
    let mut settings = issuer.settings();
    settings.pace.refresh = Duration::ZERO;
    let world = world(settings).await;
    ask(&world, &key.token(&issuer.claims())).await.expect(200);
    issuer.stop().await;
    for subject in ["1", "2", "3"] {
        let token = key.token(&issuer.claims_with(&json!({"sub": subject})));
        ask(&world, &token).await.expect(200);
    }
    let token = unknown.token(&issuer.claims());
    ask(&world, &token).await.problem(401, "token_key_unknown");
}

#[tokio::test]
async fn keys_are_not_used_for_ever_while_the_issuer_is_away() {
    let key = Key::ed("known");
    let issuer = Issuer::start(&[&key]).await;
    let mut settings = issuer.settings();
    settings.pace = Pace {
        demand: Duration::ZERO,
        refresh: Duration::ZERO,
        expire: Duration::from_secs(2),
    };
    let world = world(settings).await;
    let token = key.token(&issuer.claims());
    ask(&world, &token).await.expect(200);
    issuer.stop().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    ask(&world, &token).await.problem(503, "issuer_unavailable");
}

#[tokio::test]
async fn an_issuer_that_was_never_there_leaves_its_tokens_unjudged() {
    let key = Key::ed("known");
    let issuer = Issuer::start(&[&key]).await;
    issuer.stop().await;
    let world = world(issuer.settings()).await;
    let answer = ask(&world, &key.token(&issuer.claims())).await;
    answer.problem(503, "issuer_unavailable");
    assert_eq!(answer.header("retry-after"), "30");
    // Whoever else comes is none the worse for it.
    ask(&world, &world.officer).await.expect(200);
}

/// Keys that have aged are fetched anew though no token names one that is unknown, so that a removed key goes.
#[tokio::test]
async fn keys_that_have_aged_are_fetched_anew() {
    let (old, new) = (Key::ed("old"), Key::ed("new"));
    let issuer = Issuer::start(&[&old]).await;
    let mut settings = issuer.settings();
    settings.pace.refresh = Duration::ZERO;
    let world = world(settings).await;
    let token = old.token(&issuer.claims());
    ask(&world, &token).await.expect(200);
    issuer.rotate(&[&new]);
    let mut answer = ask(&world, &token).await;
    for _ in 0..200 {
        if answer.status != 200 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
        answer = ask(&world, &token).await;
    }
    answer.problem(401, "token_key_unknown");
}

#[tokio::test]
async fn keys_of_other_kinds_beside_it_do_no_harm() {
    let key = Key::ed("known");
    let issuer = Issuer::start(&[&key]).await;
    let published = serde_json::to_value(key.published()).unwrap();
    let mixed = json!({"keys": [
        "no key", {"kty": "AKP", "kid": "known", "alg": "ML-DSA-44", "pub": "AA"},
        {"kty": "oct", "kid": "known", "k": "AAAA"}, {"kty": "EC", "crv": "secp256k1", "kid": "k", "x": "AA", "y": "AA"},
        published]});
    issuer.publish(mixed.to_string());
    let world = world(issuer.settings()).await;
    ask(&world, &key.token(&issuer.claims())).await.expect(200);
    // A key for encryption is none for signatures.
    let mut encryption = published.clone();
    encryption["use"] = json!("enc");
    let other = Key::ed("new");
    issuer.publish(json!({"keys": [encryption]}).to_string());
    ask(&world, &other.token(&issuer.claims()))
        .await
        .problem(401, "token_key_unknown");
    ask(&world, &key.token(&issuer.claims()))
        .await
        .problem(401, "token_key_unknown");
}

/// A discovery document that leads elsewhere is not followed: the issuer is as if it were away.
#[tokio::test]
async fn only_what_the_settings_name_is_asked_for_keys() {
    let key = Key::ed("known");
    let (issuer, other) = (Issuer::start(&[&key]).await, Issuer::start(&[&key]).await);
    let keys = format!("{}/keys", issuer.url);
    for document in [
        json!({"issuer": other.url, "jwks_uri": keys}),
        json!({"issuer": format!("{}/", issuer.url), "jwks_uri": keys}),
        json!({"issuer": issuer.url, "jwks_uri": "http://sso.example/keys"}),
        json!({"issuer": issuer.url, "jwks_uri": "file:///etc/keys"}),
        json!({"issuer": issuer.url, "jwks_uri": "keys"}),
        json!({"issuer": issuer.url}),
        json!([]),
        json!(format!("{}/.well-known/openid-configuration", other.url)),
    ] {
        issuer.discover(document.clone());
        let world = world(issuer.settings()).await;
        let answer = ask(&world, &key.token(&issuer.claims())).await;
        answer.problem(503, "issuer_unavailable");
        world.server.stop().await;
    }
    assert_eq!(issuer.asked() + other.asked(), 0);
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let key = Key::ed("known");
    let issuer = Issuer::start(&[&key]).await;
    issuer.publish(format!(
        "{}{}",
        " ".repeat(600_000),
        json!({"keys": [key.published()]})
    ));
    let world = world(issuer.settings()).await;
    let answer = ask(&world, &key.token(&issuer.claims())).await;
    answer.problem(503, "issuer_unavailable");
}
