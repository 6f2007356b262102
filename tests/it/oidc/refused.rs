//! Tokens that do not hold.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::PrivateSigningKey;
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm};
use serde_json::{Value, json};

use super::keys::unsigned;
use super::{Issuer, Key, World, ask, world};

struct Scene {
    rsa: Key,
    ed: Key,
    issuer: Issuer,
    world: World,
}

impl Scene {
    async fn new() -> Self {
        let (rsa, ed) = (Key::rsa("r"), Key::ed("d"));
        let issuer = Issuer::start(&[&rsa, &ed]).await;
        let world = world(issuer.settings()).await;
        let scene = Self {
            rsa,
            ed,
            issuer,
            world,
        };
        // What is refused below is refused for what is wrong with it, since the same without it is taken.
        let good = scene.ed.token(&scene.issuer.claims());
        ask(&scene.world, &good).await.expect(200);
        scene
    }

    async fn refused(&self, token: &str, code: &str) {
        let answer = ask(&self.world, token).await;
        let problem = answer.problem(401, code);
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer error=\"invalid_token\""
        );
        // Nothing of what was sent is told again.
        let longest = token.split('.').max_by_key(|part| part.len()).unwrap();
        assert!(longest.len() < 20 || !problem.to_string().contains(longest));
    }

    /// With claims that are otherwise.
    async fn claims_refused(&self, other: Value, code: &str) {
        self.refused(&self.ed.token(&self.issuer.claims_with(&other)), code)
            .await;
    }

    /// With a header that is otherwise.
    async fn header_refused(&self, other: Value, code: &str) {
        let mut header = self.ed.header();
        for (name, value) in other.as_object().unwrap() {
            header[name] = value.clone();
        }
        let token = self.ed.token_with(&header, &self.issuer.claims());
        self.refused(&token, code).await;
    }
}

#[tokio::test]
async fn unsigned_tokens() {
    let scene = Scene::new().await;
    let claims = scene.issuer.claims().to_string();
    for algorithm in ["none", "None", "NONE", "nOnE", ""] {
        let header = json!({"alg": algorithm, "kid": "d", "typ": "JWT"}).to_string();
        let token = format!("{}.", unsigned(&header, &claims));
        scene.refused(&token, "token_algorithm_refused").await;
    }
    // The right algorithm, and no signature.
    let token = format!("{}.", unsigned(&scene.ed.header().to_string(), &claims));
    scene.refused(&token, "token_signature_wrong").await;
}

#[tokio::test]
async fn tokens_signed_with_the_public_key_as_a_shared_secret() {
    let scene = Scene::new().await;
    let published = serde_json::to_value(scene.rsa.published()).unwrap();
    let modulus = published["n"].as_str().unwrap();
    let secrets = [
        URL_SAFE_NO_PAD.decode(modulus).unwrap(),
        modulus.as_bytes().to_vec(),
        published.to_string().into_bytes(),
    ];
    for secret in secrets {
        let header = json!({"alg": "HS256", "kid": "r", "typ": "JWT"});
        let message = unsigned(&header.to_string(), &scene.issuer.claims().to_string());
        let key = CoreHmacKey::new(secret);
        let algorithm = CoreJwsSigningAlgorithm::HmacSha256;
        let signature = key.sign(&algorithm, message.as_bytes()).unwrap();
        let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
        scene.refused(&token, "token_algorithm_refused").await;
    }
}

#[tokio::test]
async fn tokens_whose_algorithm_is_not_allowed_or_not_of_their_key() {
    let scene = Scene::new().await;
    for (algorithm, key) in [
        ("RS512", "r"), // of the key, but not in the settings
        ("PS256", "r"),
        ("RS256", "d"), // in the settings, but not of the key
        ("ES256", "d"),
        ("EdDSA", "r"),
        ("HS512", "d"),
    ] {
        let header = json!({"alg": algorithm, "kid": key});
        scene
            .header_refused(header, "token_algorithm_refused")
            .await;
    }
}

#[tokio::test]
async fn tokens_of_another_time() {
    let scene = Scene::new().await;
    let now = clock::now().as_second();
    let expired = "token_expired";
    let early = "token_not_yet_valid";
    scene
        .claims_refused(json!({"exp": now - 62}), expired)
        .await;
    scene.claims_refused(json!({"exp": 1}), expired).await;
    scene.claims_refused(json!({"nbf": now + 600}), early).await;
    scene.claims_refused(json!({"iat": now + 600}), early).await;
    for claim in ["exp", "iat"] {
        for value in [Value::Null, json!("tomorrow"), json!(true)] {
            scene
                .claims_refused(json!({claim: value}), "token_claim_missing")
                .await;
        }
    }
    scene
        .claims_refused(json!({"nbf": "now"}), "token_claim_missing")
        .await;
    // Clocks differ a little.
    let little = json!({"exp": now - 20, "nbf": now + 20, "iat": now + 20});
    let token = scene.ed.token(&scene.issuer.claims_with(&little));
    ask(&scene.world, &token).await.expect(200);
}

/// A token is known for a minute after it was checked, but not a second longer than it holds.
#[tokio::test]
async fn a_token_that_expires_while_it_is_known() {
    let key = Key::ed("d");
    let issuer = Issuer::start(&[&key]).await;
    let world = world(issuer.settings_with(&json!({"leeway_seconds": 0}))).await;
    let expires = clock::now().as_second() + 2;
    let token = key.token(&issuer.claims_with(&json!({"exp": expires})));
    ask(&world, &token).await.expect(200);
    while clock::now().as_second() <= expires {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    ask(&world, &token).await.problem(401, "token_expired");
}

#[tokio::test]
async fn tokens_for_or_from_somebody_else() {
    let scene = Scene::new().await;
    let url = scene.issuer.url.clone();
    let issuer = "token_issuer_unknown";
    for other in ["https://elsewhere.example", &format!("{url}/"), ""] {
        scene.claims_refused(json!({"iss": other}), issuer).await;
    }
    scene
        .claims_refused(json!({"iss": [url]}), "token_malformed")
        .await;
    scene
        .claims_refused(json!({"iss": null}), "token_malformed")
        .await;
    let audience = "token_audience_wrong";
    for other in [
        json!("another-api"),
        json!(["a", "b"]),
        json!([]),
        json!("rapporteur "),
    ] {
        scene.claims_refused(json!({"aud": other}), audience).await;
    }
    scene
        .claims_refused(json!({"aud": null}), "token_claim_missing")
        .await;
    for subject in [
        Value::Null,
        json!(""),
        json!(" "),
        json!(7),
        json!("x".repeat(256)),
    ] {
        scene
            .claims_refused(json!({"sub": subject}), "token_claim_missing")
            .await;
    }
}

#[tokio::test]
async fn tokens_that_were_tampered_with() {
    let scene = Scene::new().await;
    for key in [&scene.rsa, &scene.ed] {
        let token = key.token(&scene.issuer.claims());
        let (message, signature) = token.rsplit_once('.').unwrap();
        let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
        bytes[7] ^= 1;
        let tampered = format!("{message}.{}", URL_SAFE_NO_PAD.encode(&bytes));
        scene.refused(&tampered, "token_signature_wrong").await;
        let shorter = format!("{message}.{}", URL_SAFE_NO_PAD.encode(&bytes[1..]));
        scene.refused(&shorter, "token_signature_wrong").await;
        // The payload of one token under the signature of another.
        let raised = json!({"realm_access": {"roles": ["administrator"]}});
        let raised = scene.issuer.claims_with(&raised).to_string();
        let swapped = format!(
            "{}.{signature}",
            unsigned(&key.header().to_string(), &raised)
        );
        scene.refused(&swapped, "token_signature_wrong").await;
    }
    // Another key under the id of one that is known.
    let impostor = Key::ed("d").token(&scene.issuer.claims());
    scene.refused(&impostor, "token_signature_wrong").await;
}

/// Two issuers are in the settings; what one signs does not hold for the other, even under the same key's id.
#[tokio::test]
async fn tokens_with_a_key_of_another_issuer() {
    let (one, other) = (Key::ed("one"), Key::ed("other"));
    let (first, second) = (Issuer::start(&[&one]).await, Issuer::start(&[&other]).await);
    let mut settings = first.settings();
    settings.issuers.extend(second.settings().issuers);
    let world = world(settings).await;
    ask(&world, &one.token(&first.claims())).await.expect(200);
    ask(&world, &other.token(&second.claims()))
        .await
        .expect(200);
    let crossed = other.token(&first.claims());
    ask(&world, &crossed)
        .await
        .problem(401, "token_key_unknown");
    let crossed = other.token_with(&one.header(), &first.claims());
    ask(&world, &crossed)
        .await
        .problem(401, "token_signature_wrong");
}

#[tokio::test]
async fn tokens_of_another_kind() {
    let scene = Scene::new().await;
    let kind = "token_kind_refused";
    for typ in ["logout+jwt", "dpop+jwt", "secevent+jwt", "JOSE", ""] {
        scene.header_refused(json!({"typ": typ}), kind).await;
    }
    for typ in ["ID", "Refresh", "Offline", "DPoP"] {
        scene.claims_refused(json!({"typ": typ}), kind).await;
    }
    scene.claims_refused(json!({"at_hash": "x"}), kind).await;
    scene
        .claims_refused(json!({"cnf": {"jkt": "x"}}), kind)
        .await;
    for typ in ["at+jwt", "application/at+jwt", "jwt"] {
        let mut header = scene.ed.header();
        header["typ"] = json!(typ);
        let claims = scene.issuer.claims_with(&json!({"typ": "Bearer"}));
        let token = scene.ed.token_with(&header, &claims);
        ask(&scene.world, &token).await.expect(200);
    }
}

#[tokio::test]
async fn tokens_that_cannot_be_read() {
    let scene = Scene::new().await;
    let malformed = "token_malformed";
    for header in [
        json!({"crit": ["b64"], "b64": false}),
        json!({"crit": []}),
        json!({"kid": null}),
        json!({"kid": 7}),
    ] {
        scene.header_refused(header, malformed).await;
    }
    let good = scene.ed.header().to_string();
    let claims = scene.issuer.claims().to_string();
    let twice = |text: &str, more: &str| text.replacen('{', &format!("{{{more},"), 1);
    for (header, payload) in [
        ("garbage", claims.as_str()),
        (&good, "garbage"),
        (&good, "[]"),
        ("{}", &claims),
        ("", ""),
        (&good, &claims[..claims.len() - 1]),
        (&twice(&good, r#""alg":"none""#), &claims),
        (
            &good,
            &twice(&claims, r#""iss":"https://elsewhere.example""#),
        ),
        (&good, &"[".repeat(9_000)),
    ] {
        let token = format!("{}.AAAA", unsigned(header, payload));
        scene.refused(&token, malformed).await;
    }
    for token in ["..", "a.b.c", "e30.e30.e30", "%%%.%%%.%%%"] {
        scene.refused(token, malformed).await;
    }
    let more = json!({"groups": vec!["a group with a long name"; 700]});
    scene.claims_refused(more, malformed).await;
}
