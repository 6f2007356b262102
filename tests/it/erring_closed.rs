//! Erring closed: whoever tries to get further than they may is refused, and nothing is recorded.
//!
//! Each case in its breadth is tested where its part is; here is the list of them, against one server that holds a
//! State's reply.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use access::Role;
use openidconnect::PrivateSigningKey;
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm};
use reqwest::Method;
use serde_json::{Value, json};

use crate::oidc::issuer::Issuer;
use crate::oidc::keys::{Key, encoded, unsigned};
use crate::support::{Database, World, eventually, faults};
use crate::tokens::{make, path as token_path, secret};

/// A server that takes an issuer's tokens, and a reply that Finland's focal point has begun there, in a browser.
struct Scene {
    world: World,
    issuer: Issuer,
    key: Key,
    collection: String,
    /// The focal point's cookie.
    cookie: String,
    /// The reply's path.
    reply: String,
}

impl Scene {
    async fn new() -> Self {
        let key = Key::rsa("r");
        let issuer = Issuer::start(&[&key]).await;
        let database = Database::new().await;
        let mut settings = database.settings();
        settings.oidc = issuer.settings();
        let world = World::with(database, settings).await;
        let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
        let collection = opened.collection;
        let link = world.invited(&collection, "FIN", "aino@example.org").await;
        let cookie = world.signed_in(&link).await;
        let begun = world
            .post(&format!("/v1/collections/{collection}/replies"))
            .cookie(&cookie);
        let begun = begun.expect(201).await;
        let reply = format!("/v1/replies/{}", begun["id"].as_str().unwrap());
        let scene = Self {
            world,
            issuer,
            key,
            collection,
            cookie,
            reply,
        };
        // What is refused below is refused for what is wrong with it: the same without it is taken.
        scene.identity(&json!({})).await.expect(200);
        scene.answer("A1").cookie(&scene.cookie).expect(200).await;
        scene
    }

    /// Reads the reply with a token of the issuer that has these claims besides an officer's.
    async fn identity(&self, claims: &Value) -> crate::support::Answer {
        let token = self.key.token(&self.issuer.claims_with(claims));
        self.world.get(&self.reply).token(&token).send().await
    }

    async fn token_refused(&self, token: &str, code: &str) {
        let read = self.world.get(&self.reply).token(token);
        read.problem(401, code).await;
    }

    fn answer(&self, question: &str) -> crate::support::Call {
        let call = self
            .world
            .put(&format!("{}/answers/{question}", self.reply));
        call.json(&json!({"value": "yes"}))
    }

    fn submission(&self) -> crate::support::Call {
        self.world.post(&format!("{}/submission", self.reply))
    }
}

#[tokio::test]
async fn forged_and_untimely_tokens_and_identities_that_are_not_one() {
    let scene = Scene::new().await;
    let before = scene.world.head().await;
    let claims = scene.issuer.claims().to_string();
    let header = |algorithm| json!({"alg": algorithm, "kid": "r", "typ": "JWT"}).to_string();

    // alg none
    let none = format!("{}.", unsigned(&header("none"), &claims));
    scene.token_refused(&none, "token_algorithm_refused").await;

    // HS256 with the public key
    let published = serde_json::to_vec(&scene.key.published()).unwrap();
    let message = unsigned(&header("HS256"), &claims);
    let signature = CoreHmacKey::new(published)
        .sign(&CoreJwsSigningAlgorithm::HmacSha256, message.as_bytes())
        .unwrap();
    let shared = format!("{message}.{}", encoded(&signature));
    scene
        .token_refused(&shared, "token_algorithm_refused")
        .await;

    // expired, future, foreign
    let now = clock::now().as_second();
    for (claims, code) in [
        (json!({"exp": now - 600}), "token_expired"),
        (json!({"nbf": now + 600}), "token_not_yet_valid"),
        (json!({"aud": "another service"}), "token_audience_wrong"),
        (
            json!({"iss": "https://issuer.invalid"}),
            "token_issuer_unknown",
        ),
    ] {
        scene.identity(&claims).await.problem(401, code);
    }
    let stranger = Key::rsa("r").token(&scene.issuer.claims());
    scene
        .token_refused(&stranger, "token_signature_wrong")
        .await;

    // an identity with two roles
    let both =
        json!({"realm_access": {"roles": ["officer", "focal"]}, "groups": ["/states/finland"]});
    let refused = scene.identity(&both).await;
    refused.problem(403, "identity_with_several_roles");

    assert_eq!(scene.world.head().await, before);
}

#[tokio::test]
async fn other_peoples_replies_sections_and_offices() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let (colleague, contributor) = world.person_as(Role::Contributor, "FIN").await;
    let admission = format!(
        "/v1/collections/{}/parties/FIN/contributors/{colleague}",
        scene.collection
    );
    let admission = world.put(&admission).cookie(&scene.cookie);
    admission
        .json(&json!({"sections": ["D"]}))
        .expect(200)
        .await;
    let before = world.head().await;

    // another State's reply by id
    let sweden = world.focal_point("SWE").await;
    let read = world.get(&scene.reply).token(&sweden);
    read.problem(404, "not_found").await;
    let write = scene.answer("A1").token(&sweden);
    write.problem(404, "not_found").await;

    // a mission's submit
    let mission = world.token(Role::Mission, Some("FIN")).await;
    world.get(&scene.reply).token(&mission).expect(200).await;
    let submit = scene.submission().token(&mission);
    submit.problem(403, "not_allowed").await;

    // a contributor outside its section
    let write = scene.answer("A1").token(&contributor);
    let refused = write.problem(403, "section_not_assigned").await;
    assert_eq!(faults(&refused), [("section_of_others", "/answers/A1")]);

    assert_eq!(world.head().await, before);

    // a session after its focal point was replaced
    world
        .invited(&scene.collection, "FIN", "toinen@example.org")
        .await;
    let before = world.head().await;
    let submit = scene.submission().cookie(&scene.cookie);
    submit.problem(401, "session_over").await;
    let write = scene.answer("A1").cookie(&scene.cookie);
    write.problem(401, "session_over").await;
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_token_that_is_revoked_while_its_requests_are_under_way() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let made = make(world, &world.officer, json!({"name": "A dashboard"})).await;
    let revoked = AtomicBool::new(false);
    let taken = AtomicU32::new(0);
    let asking = async {
        loop {
            // Read before the request is sent: what is sent after the revocation was answered must be refused.
            let after = revoked.load(Ordering::SeqCst);
            let answer = world.get(&scene.reply).token(secret(&made)).send().await;
            match answer.status {
                200 if !after => {
                    taken.fetch_add(1, Ordering::SeqCst);
                }
                401 => break,
                status => panic!("{status} after the revocation"),
            }
        }
    };
    let revoking = async {
        eventually("some are taken", async || taken.load(Ordering::SeqCst) > 3).await;
        let revoke = world.delete(&token_path(&made)).token(&world.officer);
        revoke.expect(200).await;
        revoked.store(true, Ordering::SeqCst);
    };
    tokio::join!(asking, revoking);
    let again = world.get(&scene.reply).token(secret(&made)).send().await;
    assert_eq!(again.status, 401);
}

#[tokio::test]
async fn a_reused_and_an_expired_link() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let used = world
        .invited(&scene.collection, "SWE", "a@example.org")
        .await;
    world.signed_in(&used).await;
    let expired = world
        .invited(&scene.collection, "SWE", "b@example.org")
        .await;
    let expire =
        "update access.link set expires_at = now() - interval '1 second' where used_at is null";
    world.sql(expire).await;
    for link in [used, expired] {
        let pressed = world.press(&link).await;
        assert_eq!(pressed.status, 404, "{pressed:#?}");
        assert_eq!(pressed.header("set-cookie"), "");
        let opened = world.post("/v1/session").json(&json!({ "link": link }));
        opened.problem(404, "unknown_link").await;
    }
}

#[tokio::test]
async fn paths_and_headers_that_try_to_say_otherwise() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let before = world.head().await;
    let sweden = world.focal_point("SWE").await;
    let id = scene.reply.rsplit('/').next().unwrap();

    for path in [
        format!("/%761/replies/{id}"),
        format!("/v1/%72eplies/{id}"),
        format!("/v1/parties/../replies/{id}"),
        format!("/v1/parties/%2e%2e/replies/{id}"),
        format!("//v1/replies/{id}"),
        format!("/v1/replies/{id}/"),
        format!("/v1/replies/{id}%00"),
        format!("/V1/replies/{id}"),
        format!("/v1;a=b/replies/{id}"),
    ] {
        for token in [None, Some(&sweden)] {
            let mut call = world.get(&path);
            if let Some(token) = token {
                call = call.token(token);
            }
            let status = call.send().await.status;
            assert!([400, 401, 404].contains(&status), "{path}: {status}");
        }
    }

    for (name, value) in [
        ("x-http-method-override", "GET"),
        ("x-original-url", "/healthz"),
        ("x-rewrite-url", "/healthz"),
        ("x-forwarded-user", "aino@example.org"),
        ("x-forwarded-for", "127.0.0.1"),
        ("forwarded", "for=127.0.0.1;proto=https"),
        ("x-role", "administrator"),
        ("authorization", "Bearer"),
        ("authorization", "Bearer null"),
        ("authorization", "Basic Og=="),
        ("x-rapporteur-session", "rps_0"),
    ] {
        for method in [Method::GET, Method::DELETE] {
            let path = match method {
                Method::GET => scene.reply.clone(),
                _ => format!("{}/answers/A1", scene.reply),
            };
            let tried = world.call(method, &path).header(name, value).send().await;
            let refused = [401, 404].contains(&tried.status);
            assert!(refused, "{name}: {value}: {tried:#?}");
        }
    }
    for (name, value) in [
        ("x-role", "administrator"),
        ("x-forwarded-user", "aino@example.org"),
        ("x-original-url", "/v1/parties"),
        ("cookie", scene.cookie.as_str()),
    ] {
        let read = world.get(&scene.reply).token(&sweden).header(name, value);
        read.problem(404, "not_found").await;
    }
    // Two proofs of who one is are none.
    let two = world.get(&scene.reply).token(&sweden);
    let two = two.header("authorization", &format!("Bearer {}", world.officer));
    let two = two.send().await;
    assert!((400..500).contains(&two.status), "{two:#?}");

    assert_eq!(world.head().await, before);
}
