//! Who is behind a token: the directory's persons, and what claims of several capacities come to.

use serde_json::{Value, json};
use sqlx::PgPool;

use super::{Issuer, Key, World, actor, ask, world};

/// A server, its issuer, and its directory.
struct Scene {
    key: Key,
    issuer: Issuer,
    world: World,
    directory: PgPool,
}

impl Scene {
    async fn new(settings: &Value) -> Self {
        let key = Key::ed("d");
        let issuer = Issuer::start(&[&key]).await;
        let world = world(issuer.settings_with(settings)).await;
        let directory = PgPool::connect_with(world.database.owner.clone()).await;
        Self {
            key,
            issuer,
            world,
            directory: directory.unwrap(),
        }
    }

    fn token(&self, claims: &Value) -> String {
        self.key.token(&self.issuer.claims_with(claims))
    }

    /// Who the events say that acts with a token of these claims.
    async fn id(&self, claims: &Value) -> String {
        let actor = actor(&self.world, &self.token(claims)).await;
        actor["principal"].as_str().unwrap().to_owned()
    }

    async fn persons(&self) -> Vec<(String, Option<String>, Option<String>)> {
        let query = "select id::text, name, email from directory.person order by email";
        let persons = sqlx::query_as(query).fetch_all(&self.directory).await;
        persons.unwrap()
    }

    async fn person(&self, email: &str) -> String {
        let query = "insert into directory.person (id, name, email) values ($1, 'Aino Aalto', $2) returning id::text";
        let id = sqlx::query_scalar(query).bind(clock::new_id()).bind(email);
        id.fetch_one(&self.directory).await.unwrap()
    }
}

#[tokio::test]
async fn a_verified_address_binds_to_the_person_who_has_it_once() {
    let scene = Scene::new(&json!({})).await;
    let aino = scene.person("Aino@example.org").await;
    let bo = scene.person("bo@example.org").await;
    let first =
        json!({"email": "aino@example.org", "email_verified": true, "name": "Another Name"});
    assert_eq!(scene.id(&first).await, aino);
    // Whoever has another's address later does not become them, nor lose who they are.
    let later = json!({"email": "bo@example.org", "email_verified": true});
    assert_eq!(scene.id(&later).await, aino);
    assert_eq!(scene.id(&json!({})).await, aino);
    let other = json!({"sub": "4712", "email": "bo@example.org", "email_verified": true});
    assert_eq!(scene.id(&other).await, bo);
    let persons = scene.persons().await;
    assert_eq!(persons.len(), 2);
    let has_name = |(_, name, _): &(_, Option<String>, _)| name.as_deref() == Some("Aino Aalto");
    assert!(persons.iter().all(has_name), "{persons:?}");
}

#[tokio::test]
async fn an_address_that_nobody_has_verified_is_nobodys() {
    let scene = Scene::new(&json!({})).await;
    let aino = scene.person("aino@example.org").await;
    for (subject, verified) in [
        ("1", json!(false)),
        ("2", Value::Null),
        ("3", json!("true")),
        ("4", json!(1)),
    ] {
        let claims = json!({"sub": subject, "email": "aino@example.org", "email_verified": verified, "name": "N"});
        assert_ne!(scene.id(&claims).await, aino, "{verified}");
    }
    assert_eq!(scene.persons().await.len(), 1);
}

#[tokio::test]
async fn a_person_is_added_from_name_and_verified_address() {
    let scene = Scene::new(&json!({})).await;
    let claims = json!({"email": "cleo@example.org", "email_verified": true, "name": "Cleo"});
    let id = scene.id(&claims).await;
    assert_eq!(scene.id(&claims).await, id);
    let added = (
        id,
        Some("Cleo".to_owned()),
        Some("cleo@example.org".to_owned()),
    );
    assert_eq!(scene.persons().await, [added]);
}

#[tokio::test]
async fn who_gives_no_address_has_an_id_of_their_own_for_good() {
    let scene = Scene::new(&json!({})).await;
    for more in [
        json!({}),
        json!({"email": "cleo@example.org", "email_verified": true}),
        json!({"name": "Cleo"}),
        json!({"name": "Cl\u{0}eo", "email": "cleo@example.org", "email_verified": true}),
        json!({"name": "Cleo", "email": "no address", "email_verified": true}),
    ] {
        let first = scene.id(&more).await;
        assert_eq!(scene.id(&more).await, first);
        let mut other = more.clone();
        other["sub"] = json!("4712");
        assert_ne!(scene.id(&other).await, first);
    }
    assert_eq!(scene.persons().await, []);
}

#[tokio::test]
async fn an_issuer_can_be_trusted_with_its_addresses() {
    let scene = Scene::new(&json!({"trust_email": true})).await;
    let aino = scene.person("aino@example.org").await;
    assert_eq!(scene.id(&json!({"email": "aino@example.org"})).await, aino);
}

#[tokio::test]
async fn an_erased_person_is_refused() {
    let scene = Scene::new(&json!({})).await;
    let claims = json!({"email": "cleo@example.org", "email_verified": true, "name": "Cleo"});
    ask(&scene.world, &scene.token(&claims)).await.expect(200);
    sqlx::query("update directory.person set name = null, email = null, erased_at = now()")
        .execute(&scene.directory)
        .await
        .unwrap();
    let mut anew = claims.clone();
    anew["jti"] = json!("another token");
    let refused = ask(&scene.world, &scene.token(&anew)).await;
    refused.problem(403, "identity_erased");
    // Nothing of theirs is left to find them by.
    let kept = sqlx::query_scalar("select row_to_json(i)::text from directory.identity i");
    let kept: String = kept.fetch_one(&scene.directory).await.unwrap();
    assert!(
        !kept.contains("\"4711\"") && !kept.contains("cleo"),
        "{kept}"
    );
}

#[tokio::test]
async fn an_identity_with_two_capacities_or_none_is_refused() {
    let scene = Scene::new(&json!({})).await;
    let roles =
        |roles: Value| json!({"realm_access": {"roles": roles}, "groups": ["/states/finland"]});
    let groups = |groups: Value| json!({"realm_access": {"roles": ["focal"]}, "groups": groups});
    let none = "identity_without_role";
    let several = "identity_with_several_roles";
    let no_party = "identity_without_party";
    for (claims, code) in [
        (roles(json!(["officer", "focal"])), several),
        (roles(json!(["focal", "mission"])), several),
        (roles(json!(["administrator", "officer"])), several),
        (roles(json!([])), none),
        (roles(json!(["Officer", "anonymous", "focal_point"])), none),
        (roles(json!({"officer": true})), none),
        (json!({"realm_access": null}), none),
        (groups(json!([])), no_party),
        (groups(json!(["/states/utopia"])), no_party),
        (groups(Value::Null), no_party),
        (
            groups(json!(["/states/finland", "/states/sweden"])),
            "identity_with_several_parties",
        ),
        (
            groups(json!(["/states/atlantis"])),
            "identity_with_unknown_party",
        ),
    ] {
        let refused = ask(&scene.world, &scene.token(&claims)).await;
        refused.problem(403, code);
        assert_eq!(
            refused.header("www-authenticate"),
            "Bearer error=\"insufficient_scope\""
        );
    }
    // Two names of one role, or of one party, are one.
    let names = json!({"realm_access": {"roles": ["officer", "desk"]}});
    ask(&scene.world, &scene.token(&names)).await.expect(200);
    let names = groups(json!(["/states/finland", "/states/suomi"]));
    ask(&scene.world, &scene.token(&names)).await.expect(200);
}

#[tokio::test]
async fn where_the_settings_name_no_parties_the_claim_has_codes() {
    let scene = Scene::new(&json!({"party": {"claim": "party"}})).await;
    for (party, code) in [
        (json!("FIN"), None),
        (json!(["FIN"]), None),
        (json!("XXX"), Some("identity_with_unknown_party")),
        (json!("fin"), Some("identity_with_unknown_party")),
        (json!("F\u{0}N"), Some("identity_with_unknown_party")),
        (json!(["FIN", "XXX"]), Some("identity_with_several_parties")),
        (Value::Null, Some("identity_without_party")),
    ] {
        let claims = json!({"realm_access": {"roles": ["focal"]}, "party": party});
        let answer = ask(&scene.world, &scene.token(&claims)).await;
        match code {
            None => answer.expect(200),
            Some(code) => answer.problem(403, code),
        };
    }
}
