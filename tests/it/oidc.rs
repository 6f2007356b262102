//! Single sign-on: tokens of an issuer that the test starts, made by other libraries than the one that checks them; and signing
//! in at its page.

mod browser;
mod identities;
pub mod issuer;
pub mod keys;
mod login;
mod refused;
mod rotation;
mod sign_on;
mod sign_on_refused;
mod standing;

use access::oidc;
use openidconnect::core::{CoreGenderClaim, CoreJwsSigningAlgorithm};
use openidconnect::{
    Audience, IdToken, IdTokenClaims, IssuerUrl, StandardClaims, SubjectIdentifier,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::support::{Answer, Database, World};
use issuer::{AUDIENCE, Issuer};
use keys::Key;

/// A server that takes tokens as these settings say.
async fn world(settings: oidc::Settings) -> World {
    let database = Database::new().await;
    let mut started = database.settings();
    started.oidc = settings;
    World::with(database, started).await
}

/// Asks for what any officer may see.
async fn ask(world: &World, token: &str) -> Answer {
    world.get("/v1/instruments").token(token).send().await
}

/// Who the events say that acts with this token: an officer's.
async fn actor(world: &World, token: &str) -> Value {
    let new = json!({"title": {"en": "A"}, "category": "I", "route": "presentation", "languages": ["en"]});
    let head = world.head().await;
    let drafted = world.post("/v1/instruments").token(token).json(&new);
    drafted.expect(201).await;
    world.events_after(head).await[0]["actor"].clone()
}

#[tokio::test]
async fn a_token_of_each_algorithm_is_taken() {
    let keys = [Key::rsa("r"), Key::ec("c"), Key::ed("d")];
    let issuer = Issuer::start(&[&keys[0], &keys[1], &keys[2]]).await;
    let world = world(issuer.settings()).await;
    for key in &keys {
        let token = key.token(&issuer.claims());
        ask(&world, &token).await.expect(200);
        // Known by now, and taken again.
        ask(&world, &token).await.expect(200);
    }
    assert_eq!(issuer.asked(), 1);
}

/// Claims that OpenID Connect does not have, for the library that makes whole tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Roles {
    roles: Vec<String>,
}

impl openidconnect::AdditionalClaims for Roles {}

#[tokio::test]
async fn a_token_that_another_library_makes_whole_is_taken() {
    let key = Key::rsa("r");
    let issuer = Issuer::start(&[&key]).await;
    let role = json!({"role": {"claim": "roles", "values": {"officer": "officer"}}});
    let world = world(issuer.settings_with(&role)).await;
    let now = openidconnect::core::CoreIdTokenClaims::new(
        IssuerUrl::new(issuer.url.clone()).unwrap(),
        vec![],
        std::time::SystemTime::UNIX_EPOCH.into(),
        std::time::SystemTime::UNIX_EPOCH.into(),
        StandardClaims::new(SubjectIdentifier::new("4711".to_owned())),
        openidconnect::EmptyAdditionalClaims {},
    )
    .issue_time();
    let seconds = clock::now().as_second();
    let second = |seconds: i64| now + std::time::Duration::from_secs(seconds.unsigned_abs());
    let claims = IdTokenClaims::<Roles, CoreGenderClaim>::new(
        IssuerUrl::new(issuer.url.clone()).unwrap(),
        vec![
            Audience::new("somebody-else".to_owned()),
            Audience::new(AUDIENCE.to_owned()),
        ],
        second(seconds + 300),
        second(seconds),
        StandardClaims::new(SubjectIdentifier::new("4711".to_owned())),
        Roles {
            roles: vec!["officer".to_owned()],
        },
    );
    let algorithm = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    let token: IdToken<
        Roles,
        CoreGenderClaim,
        openidconnect::core::CoreJweContentEncryptionAlgorithm,
        _,
    > = IdToken::new(claims, key.as_rsa(), algorithm, None, None).unwrap();
    ask(&world, &token.to_string()).await.expect(200);
}

/// What each role sees of the list of replies tells the roles apart, and the party.
#[tokio::test]
async fn every_role_comes_in_for_its_own_party() {
    let key = Key::ed("d");
    let issuer = Issuer::start(&[&key]).await;
    let world = world(issuer.settings()).await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let path = format!("/v1/collections/{}/replies", opened.collection);
    let token = |role: &str, group: &str| {
        let given = json!({"realm_access": {"roles": [role]}, "groups": [group, "/everybody"]});
        key.token(&issuer.claims_with(&given))
    };
    for group in ["/states/finland", "/states/sweden"] {
        world
            .post(&path)
            .token(&token("focal", group))
            .expect(201)
            .await;
    }
    for (role, replies) in [
        ("administrator", 2),
        ("desk", 2),
        ("focal", 1),
        ("contributor", 0), // admitted to none
        ("mission", 1),
    ] {
        let seen = world.get(&path).token(&token(role, "/states/suomi"));
        let seen = seen.expect(200).await;
        assert_eq!(seen["items"].as_array().unwrap().len(), replies, "{role}");
    }
    // A donor acts for a party too, and sees only what is published.
    let donor = world.get(&path).token(&token("donor", "/states/finland"));
    assert_eq!(donor.expect(200).await["items"], json!([]));
}

#[tokio::test]
async fn tokens_of_our_own_go_on_beside_those_of_issuers() {
    let key = Key::ed("d");
    let issuer = Issuer::start(&[&key]).await;
    let world = world(issuer.settings()).await;
    ask(&world, &world.officer).await.expect(200);
    ask(&world, "rpt_unknown")
        .await
        .problem(401, "unknown_token");
    // Without issuers, no issuer is known.
    let without = World::new().await;
    let token = key.token(&issuer.claims());
    ask(&without, &token)
        .await
        .problem(401, "token_issuer_unknown");
}

/// The command line names a faulty file before it starts anything.
#[test]
fn a_faulty_file_of_issuers_stops_the_start() {
    let file = std::env::temp_dir().join(format!("issuers-{}.json", std::process::id()));
    std::fs::write(&file, r#"{"issuers": [{"issuer": "http://sso.example.org", "audience": "a", "role": {"claim": "r", "values": {"o": "officer"}}}]}"#).unwrap();
    let ended = std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .arg("serve")
        .env("RAPPORTEUR_OIDC_ISSUERS", &file)
        .output()
        .unwrap();
    std::fs::remove_file(&file).unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success(), "{said}");
    let (name, expected) = (
        file.display().to_string(),
        "issuers[0].issuer: \"http://sso.example.org\": expected an https URL",
    );
    assert!(said.contains(&name) && said.contains(expected), "{said}");
}
