//! Signing in at an issuer's page, and what the session then is.

use serde_json::{Value, json};

use super::World;
use super::browser::{Scene, failed};
use crate::support::dump::{dump, traces};

const NEW: &str =
    r#"{"title": {"en": "A"}, "category": "I", "route": "presentation", "languages": ["en"]}"#;

fn new() -> Value {
    serde_json::from_str(NEW).unwrap()
}

async fn who(world: &World, cookie: &str) -> Value {
    let asked = world.get("/v1/session").header("cookie", cookie);
    asked.expect(200).await
}

async fn is_over(world: &World, cookie: &str) {
    let asked = world.get("/v1/session").header("cookie", cookie);
    asked.problem(401, "session_over").await;
}

#[tokio::test]
async fn an_officer_signs_in_and_drafts_an_instrument() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let mut browser = scene.browser();
    let page = browser.open("/sign-in?lang=fr&to=/docs/").await;
    for expected in ["/sso/staff", ">Personnel</button>", "value=\"/docs/\""] {
        assert!(page.text.contains(expected), "{expected}: {page:#?}");
    }
    let back = browser.go("/docs/?x=1").await;
    assert!(!browser.cookies.contains_key("__Host-rapporteur"));
    let answer = browser.open(&back).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/docs/?x=1")
    );
    let set: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(set.len(), 2, "{answer:#?}");
    for set in set {
        let set = set.to_str().unwrap();
        assert!(
            set.contains("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age="),
            "{set}"
        );
    }
    // What was for the way is gone.
    assert_eq!(
        browser.cookies.keys().collect::<Vec<_>>(),
        ["__Host-rapporteur"]
    );

    let cookie = browser.session();
    let seen = who(world, &cookie).await;
    assert_eq!(
        (&seen["role"], &seen["party"]),
        (&json!("officer"), &Value::Null)
    );
    assert_eq!(seen["until"], seen["at_most"]);
    let time =
        |member: &str| -> jiff::Timestamp { seen[member].as_str().unwrap().parse().unwrap() };
    assert_eq!(time("until").duration_since(time("since")).as_hours(), 12);

    let head = world.head().await;
    let drafted = world.post("/v1/instruments").cookie(&cookie).json(&new());
    drafted.expect(201).await;
    let actor = &world.events_after(head).await[0]["actor"];
    assert_eq!(
        (&actor["principal"], &actor["role"]),
        (&seen["person"], &json!("officer"))
    );
    // The rules are those of every cookie, and of every officer.
    let bare = world.post("/v1/instruments").header("cookie", &cookie);
    bare.json(&new()).problem(403, "cross_site_request").await;
    let others = world.get("/v1/tokens?all=true").header("cookie", &cookie);
    others.problem(403, "not_allowed").await;
    let offices = world.get("/v1/me/offices").header("cookie", &cookie);
    let offices = offices.send().await.status;
    assert_eq!(
        offices,
        world
            .get("/v1/me/offices")
            .token(&world.officer)
            .send()
            .await
            .status
    );

    let page = browser.open("/home").await;
    assert!(page.text.contains("<span>Secretariat</span>"), "{page:#?}");
    let out = world.delete("/v1/session").cookie(&cookie);
    out.expect(204).await;
    is_over(world, &cookie).await;
    // What shows nobody any more is taken back, and one is led to where one signs in.
    let page = browser.open("/home").await;
    assert_eq!(page.header("location"), "/sign-in?to=%2Fhome", "{page:#?}");
    assert!(browser.cookies.is_empty());
    let page = browser.open("/sign-in?to=%2Fhome").await;
    assert!(
        page.text.contains("Secretariat staff</button>"),
        "{page:#?}"
    );
}

#[tokio::test]
async fn a_focal_point_and_an_administrator_sign_in_each_with_their_own_rights() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    scene.let_in_as(
        "focal",
        json!({"email": "f@example.org", "email_verified": true, "name": "F"}),
    );
    let focal_point = scene.signed_in().await.session();
    let path = format!("/v1/collections/{}/replies", opened.collection);
    world.post(&path).cookie(&focal_point).expect(201).await;
    let drafting = world.post("/v1/instruments").cookie(&focal_point);
    drafting.json(&new()).problem(403, "not_allowed").await;
    let mut browser = scene.browser();
    browser.sign_in("").await;
    let page = browser.open("/home").await;
    assert!(page.text.contains("Focal point of Finland"), "{page:#?}");

    scene.let_in_as("administrator", json!({"sub": "4712"}));
    let administrator = scene.signed_in().await.session();
    let listed = world
        .get("/v1/tokens?all=true")
        .header("cookie", &administrator);
    listed.expect(200).await;
    // Who is signed in so is listed, and their access ended, as anybody's.
    let person = who(world, &focal_point).await["person"].clone();
    let access = format!("/v1/persons/{}/access", person.as_str().unwrap());
    let listed = world
        .get(&access)
        .header("cookie", &administrator)
        .expect(200)
        .await;
    assert_eq!(listed["accounts"], json!([]));
    assert_eq!(listed["sessions"].as_array().unwrap().len(), 2);
    assert_eq!(listed["sessions"][0]["account"], Value::Null);
    let ended = world
        .delete(&access)
        .cookie(&administrator)
        .expect(200)
        .await;
    assert_eq!(ended["sessions"], 2);
    is_over(world, &focal_point).await;
}

#[tokio::test]
async fn a_role_that_the_issuer_takes_away_ends_the_session_everywhere() {
    let scene = Scene::new().await;
    let world = &scene.world;
    let there = World::on(world.database.clone()).await;
    for other in ["mission", "administrator", "nobody"] {
        scene.let_in_as("officer", json!({"iat": clock::now().as_second() - 50}));
        let session = scene.signed_in().await.session();
        let made = world
            .post("/v1/tokens")
            .cookie(&session)
            .json(&json!({"name": "N"}));
        let made = made.expect(201).await;
        assert_eq!(made["through_sign_on"], true);
        who(&there, &session).await;
        let claims = json!({"realm_access": {"roles": [other]}, "groups": ["/states/finland"]});
        let heard = scene.key.token(&scene.issuer.claims_with(&claims));
        world.get("/v1/session").token(&heard).send().await;
        is_over(world, &session).await;
        is_over(&there, &session).await;
        let token = made["secret"].as_str().unwrap();
        let asked = world.get("/v1/session").token(token);
        asked.problem(401, "unknown_token").await;
        // What was said before that lets nobody in, by a page neither.
        let mut browser = scene.browser();
        failed(&browser.sign_in("").await, 403, "token");
        // Where the role comes back, the session does not.
        scene.let_in("officer");
        let again = scene.signed_in().await.session();
        is_over(world, &session).await;
        who(world, &again).await;
        world
            .sql("delete from access.token where identity is not null")
            .await;
        world.sql("delete from access.session").await;
        world.sql("delete from access.standing").await;
    }
}

#[tokio::test]
async fn a_session_ends_with_its_hours_with_what_is_heard_of_its_identity_and_with_its_person() {
    let scene = Scene::with(&json!({"session_hours": 720}), |_| {}).await;
    let world = &scene.world;
    scene.let_in_as(
        "focal",
        json!({"email": "f@example.org", "email_verified": true, "name": "F"}),
    );
    let session = scene.signed_in().await.session();
    // It does not slide.
    let until = who(world, &session).await["until"].clone();
    world
        .sql("update access.session set last_seen_at = now() - interval '61 minutes'")
        .await;
    let answer = world
        .get("/v1/session")
        .header("cookie", &session)
        .send()
        .await;
    assert_eq!(answer.expect(200)["until"], until);
    assert_eq!(answer.header("set-cookie"), "");
    // It lasts as long as its identity was seen within thirty days.
    world
        .sql("update access.standing set seen_at = now() - interval '29 days'")
        .await;
    let sooner = who(world, &session).await["until"].clone();
    assert!(sooner.as_str() < until.as_str(), "{sooner} before {until}");
    world
        .sql("update access.standing set seen_at = now() - interval '31 days'")
        .await;
    is_over(world, &session).await;
    world
        .sql("update access.standing set seen_at = now()")
        .await;
    let person = who(world, &session).await["person"].clone();

    // An office that ends takes it along.
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let office = format!(
        "/v1/collections/{}/parties/FIN/focal-point",
        opened.collection
    );
    let named = world
        .put(&office)
        .token(&world.officer)
        .json(&json!({ "person": person }));
    named.expect(200).await;
    who(world, &session).await;
    let removed = world.delete(&office).token(&world.officer);
    removed.expect(200).await;
    is_over(world, &session).await;

    let session = scene.signed_in().await.session();
    who(world, &session).await;
    world.erase(person.as_str().unwrap()).await;
    is_over(world, &session).await;
    failed(&scene.browser().sign_in("").await, 403, "erased");
}

#[tokio::test]
async fn nobody_is_left_in_a_session_that_was_there_before() {
    let scene = Scene::new().await;
    let world = &scene.world;
    // Somebody has their own session, or way to one, in another's browser.
    let planted = scene.signed_in().await;
    let mut browser = planted.clone();
    scene.let_in_as("officer", json!({"sub": "4712"}));
    browser.sign_in("").await;
    assert_ne!(browser.session(), planted.session());
    is_over(world, &planted.session()).await;
    who(world, &browser.session()).await;

    // The way of another's browser leads nowhere in this one, set out or not.
    let back = scene.browser().go("").await;
    let mut other = scene.browser();
    failed(&other.open(&back).await, 400, "way");
    other.go("").await;
    failed(&other.open(&back).await, 400, "way");
    assert!(!other.cookies.contains_key("__Host-rapporteur"));
}

#[tokio::test]
async fn a_client_shows_its_secret_as_the_issuer_takes_it() {
    let file = std::env::temp_dir().join(format!("client-{}", clock::new_id()));
    std::fs::write(&file, "s3cret, and more\n").unwrap();
    for (is_in_body, shown) in [(false, "s3cret%2C+and+more"), (true, "s3cret, and more")] {
        let settings = json!({ "client_secret_file": file });
        let scene = Scene::with(&settings, |login| login.ask_for(shown, is_in_body)).await;
        scene.signed_in().await;
        // Another secret opens nothing.
        scene.issuer.login.ask_for("another", is_in_body);
        failed(&scene.browser().sign_in("").await, 502, "settings");
    }
    std::fs::remove_file(&file).unwrap();
}

#[tokio::test]
async fn nothing_that_lets_somebody_in_is_kept() {
    let scene = Scene::new().await;
    let mut browser = scene.browser();
    let back = browser.go("/docs/").await;
    let secret = browser.cookies["__Host-rapporteur-sso"].clone();
    let url = reqwest::Url::parse(&scene.world.url(&back)).unwrap();
    let sent: Vec<String> = url
        .query_pairs()
        .map(|(_, value)| value.into_owned())
        .collect();
    let sent: Vec<&str> = sent
        .iter()
        .map(String::as_str)
        .filter(|it| !it.starts_with("http"))
        .collect();
    let kept = dump(&scene.world.database).await;
    assert_eq!(
        traces(&kept, &[sent.as_slice(), &[secret.as_str()]].concat()),
        [""; 0]
    );
    browser.open(&back).await;
    let session = browser.cookies["__Host-rapporteur"].clone();
    let kept = dump(&scene.world.database).await;
    assert_eq!(traces(&kept, &[&session]), [""; 0]);
    let listed = scene
        .world
        .sql("select count(*)::text from access.sign_on")
        .await;
    assert_eq!(listed, "0");
}
