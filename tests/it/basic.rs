//! HTTP Basic, for Excel and Power BI: a token as the password, for reading

use access::Role;
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Call, World};

fn challenges(answer: &Answer) -> Vec<&str> {
    let challenges = answer.headers.get_all("www-authenticate").iter();
    challenges.map(|value| value.to_str().unwrap()).collect()
}

const BASIC: &str = "Basic realm=\"Rapporteur\", charset=\"UTF-8\"";

#[tokio::test]
async fn a_token_is_a_password_for_reading_whatever_the_user_name() {
    let world = World::new().await;
    for user in ["power-bi", "", "a user@un.example"] {
        let read = world.get("/v1/events").basic(user, &world.officer);
        read.expect(200).await;
        let head = world.call(Method::HEAD, "/v1/events");
        assert_eq!(head.basic(user, &world.officer).send().await.status, 200);
    }
    // It shows the same principal, with the same rights and no more.
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}");
    world.get(&path).basic("x", &finland).expect(200).await;
    let sweden = world.focal_point("SWE").await;
    let foreign = world.get(&path).basic("x", &sweden);
    foreign.problem(404, "not_found").await;
}

#[tokio::test]
async fn nothing_is_changed_with_it() {
    let world = World::new().await;
    let before = world.head().await;
    let party = json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    let basic = |call: Call| call.basic("power-bi", &world.officer);
    let post = basic(world.post("/v1/parties")).json(&party);
    post.problem(403, "basic_only_reads").await;
    for method in [Method::PUT, Method::PATCH] {
        let path = "/v1/replies/0190b5f0-0000-7000-8000-000000000000/answers";
        let path = match method {
            Method::PUT => format!("{path}/A1"),
            _ => path.to_owned(),
        };
        let write = basic(world.call(method, &path)).json(&json!({"value": "yes"}));
        write.problem(403, "basic_only_reads").await;
    }
    let tokens = basic(world.post("/v1/tokens")).json(&json!({"name": "N"}));
    tokens.problem(403, "basic_only_reads").await;
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_wrong_password_is_refused_and_so_is_what_is_no_basic() {
    let world = World::new().await;
    let unknown = format!("rpt_{}", "0".repeat(64));
    for wrong in [unknown.as_str(), "", "secret"] {
        let answer = world.get("/v1/events").basic("x", wrong).send().await;
        answer.problem(401, "unknown_token");
        assert_eq!(challenges(&answer), ["Bearer", BASIC]);
    }
    // The token belongs into the password, and both into base64.
    let as_user = world.get("/v1/events").basic(&world.officer, "");
    as_user.problem(401, "unknown_token").await;
    for malformed in ["Basic", "Basic ", "Basic %%%", "Basic dXNlcg=="] {
        let call = world.get("/v1/events").header("authorization", malformed);
        call.problem(401, "unknown_token").await;
    }
    let bare = format!("Basic {}", world.officer);
    let bare = world.get("/v1/events").header("authorization", &bare);
    bare.problem(401, "unknown_token").await;
    let write = world.post("/v1/parties").basic("x", "secret").send().await;
    write.problem(401, "unknown_token");
    assert_eq!(challenges(&write), ["Bearer"]);
}

#[tokio::test]
async fn programs_are_asked_for_basic_and_browsers_are_not() {
    let world = World::new().await;
    let asked = async |name: &str, value: &str| {
        let call = world.get("/v1/events").header(name, value);
        let answer = call.send().await;
        answer.problem(401, "missing_token");
        let challenges = challenges(&answer);
        assert_eq!(challenges[0], "Bearer");
        challenges.contains(&BASIC)
    };
    assert!(asked("accept", "application/json, text/plain, */*").await);
    assert!(asked("user-agent", "Microsoft.Data.Mashup").await);
    assert!(!asked("accept", "text/html,application/xhtml+xml,*/*;q=0.8").await);
    assert!(!asked("sec-fetch-mode", "cors").await);
    assert!(!asked("origin", "https://dashboard.example").await);
    assert!(!asked("x-requested-with", "XMLHttpRequest").await);
}

#[tokio::test]
async fn a_dashboards_token_reads_figures_and_nothing_else() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let administrator = world.token(Role::Administrator, None).await;
    let new = json!({"name": "Power BI", "role": "officer", "scopes": ["figures"]});
    let made = world.post("/v1/tokens").token(&administrator).json(&new);
    let made = made.expect(201).await;
    let secret = made["secret"].as_str().unwrap();
    let path = format!("/v1/collections/{}", opened.collection);
    for figure in ["/participation", "/tallies?question=A1", ""] {
        let call = world.get(&format!("{path}{figure}")).basic("x", secret);
        call.expect(200).await;
    }
    let call = world.get("/v1/events").basic("x", secret);
    call.problem(403, "scope_missing").await;
    // Of what is published in part it reads what anybody reads: of replies that nobody published, none.
    let finland = world.focal_point("FIN").await;
    let answers = json!({"A1": {"value": "yes"}});
    world.submitted(&opened.collection, &finland, answers).await;
    let replies = format!("{path}/replies");
    let listed = world.get(&replies).basic("x", secret).expect(200).await;
    assert_eq!(listed["items"], json!([]));
}
