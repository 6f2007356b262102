//! Who is not let in by an issuer's page, and what they are told.

use serde_json::json;

use super::browser::{Browser, Scene, failed};

#[tokio::test]
async fn only_our_own_button_leads_to_an_issuer_and_only_to_one_of_the_settings() {
    let scene = Scene::new().await;
    let world = &scene.world;
    for headers in [
        &[][..],
        &[("origin", "https://evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("origin", "null")],
    ] {
        let call = world.post("/sso/staff");
        let call = headers
            .iter()
            .fold(call, |call, (name, value)| call.header(name, value));
        failed(&call.send().await, 403, "elsewhere");
    }
    let mut browser = scene.browser();
    failed(&browser.press("nobody", "").await, 404, "unknown");
    for elsewhere in [
        "//evil.example",
        "https://evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\r\nset-cookie: a=b",
        "evil.example",
        " //evil.example",
    ] {
        failed(&browser.press("staff", elsewhere).await, 400, "return");
    }
    assert_eq!(browser.cookies.len(), 0);
    assert_eq!(
        world.sql("select count(*)::text from access.sign_on").await,
        "0"
    );
    let got = world.get("/sso/staff").send().await;
    assert_eq!((got.status, got.header("location")), (303, "/sign-in"));
}

#[tokio::test]
async fn who_comes_back_otherwise_than_they_set_out_is_not_let_in() {
    let scene = Scene::new().await;
    let mut browser = scene.browser();
    failed(&browser.open("/sso/callback").await, 400, "way");
    failed(
        &browser.open("/sso/callback?code=x&state=y").await,
        400,
        "way",
    );

    // Another state, two of them, or none.
    let back = browser.go("").await;
    let (before, after) = back.split_once("state=").unwrap();
    let (state, rest) = after.split_at(64);
    for wrong in [
        format!("{before}state={}{rest}", "0".repeat(64)),
        format!("{before}state={}{rest}", &state[1..]),
        format!("{back}&state={state}"),
        format!("{before}{}", rest.trim_start_matches('&')),
    ] {
        failed(&browser.open(&wrong).await, 400, "way");
    }
    // None of which ended the way of whoever is on it; but it ends with them.
    let mut twin = browser.clone();
    assert_eq!(browser.open(&back).await.status, 303);
    failed(&twin.open(&back).await, 400, "way");
    failed(&browser.open(&back).await, 400, "way");

    // Ten minutes, and no more.
    let back = browser.go("").await;
    scene
        .world
        .sql("update access.sign_on set expires_at = now() - interval '1 second'")
        .await;
    failed(&browser.open(&back).await, 400, "way");
    let minutes = "select (max(expires_at) - now() between interval '9 minutes' and interval '10 minutes')::text from access.sign_on";
    browser.go("").await;
    assert_eq!(scene.world.sql(minutes).await, "true");
    // Two cookies of one name are no browser's.
    let back = browser.go("").await;
    let twice = format!("{0}; {0}", browser.shown());
    let answer = scene.world.get(&back).header("cookie", &twice).send().await;
    failed(&answer, 400, "way");
}

#[tokio::test]
async fn who_the_issuer_refuses_is_told_so_and_can_try_again() {
    let scene = Scene::new().await;
    let mut browser = scene.browser();
    for (error, status, code) in [
        ("access_denied", 403, "denied"),
        ("login_required", 403, "denied"),
        ("<script>", 403, "denied"),
        ("temporarily_unavailable", 503, "unavailable"),
        ("invalid_scope", 502, "settings"),
    ] {
        scene.issuer.login.refuse(Some(error));
        let answer = browser.sign_in("/docs/").await;
        failed(&answer, status, code);
        assert!(
            answer.text.contains("/sign-in?to=%2Fdocs%2F"),
            "{answer:#?}"
        );
        assert!(!answer.text.contains("<script>"));
    }
    scene.issuer.login.refuse(None);

    // Codes that have expired, and what else is answered to an exchange.
    let back = browser.go("").await;
    scene.issuer.login.expire();
    failed(&browser.open(&back).await, 400, "code");
    for (answer, status, code) in [
        ((400, json!({"error": "invalid_grant"})), 400, "code"),
        ((401, json!({"error": "invalid_client"})), 502, "settings"),
        ((403, json!("no")), 502, "settings"),
        ((200, json!({"access_token": "x"})), 502, "settings"),
        ((200, json!("x")), 502, "settings"),
        ((302, json!({})), 503, "unavailable"),
        ((500, json!({})), 503, "unavailable"),
        ((200, json!({"id_token": "x"})), 403, "token"),
        ((200, json!({"id_token": "a.b.c"})), 403, "token"),
        (
            (200, json!({"id_token": "x".repeat(600_000)})),
            503,
            "unavailable",
        ),
    ] {
        let said = answer.0;
        scene.issuer.login.exchange_for(Some(answer));
        let answer = browser.sign_in("").await;
        failed(&answer, status, code);
        assert!(!answer.text.contains("id_token"), "{said}");
    }
    scene.issuer.login.exchange_for(None);

    // It calls itself otherwise, or by no name though it said that it would.
    for named in [
        json!("https://evil.example"),
        json!(null),
        json!(format!("{}/", scene.issuer.url)),
    ] {
        scene.issuer.login.call_itself(named);
        failed(&browser.sign_in("").await, 403, "token");
    }
    scene.issuer.login.call_itself(json!(scene.issuer.url));
    assert_eq!(browser.sign_in("").await.status, 303);

    // It goes away: while they are on the way, and before.
    let back = browser.go("").await;
    scene.issuer.stop().await;
    failed(&browser.open(&back).await, 503, "unavailable");
}

#[tokio::test]
async fn an_issuer_that_does_not_say_where_to_leads_nowhere() {
    let scene = Scene::new().await;
    let url = &scene.issuer.url;
    let with_token_at = |token: serde_json::Value| {
        json!({"issuer": url, "jwks_uri": format!("{url}/keys"), "authorization_endpoint": format!("{url}/authorize"),
               "token_endpoint": token})
    };
    // None, one that may not be asked, and none that answers at all.
    for document in [
        with_token_at(json!(null)),
        with_token_at(json!("ftp://127.0.0.1/token")),
        with_token_at(json!("http://sso.example.org/token")),
        json!({}),
    ] {
        scene.issuer.discover(document);
        let world = scene.another().await;
        let mut browser = Browser::of(&world);
        failed(&browser.press("staff", "").await, 503, "unavailable");
        world.server.stop().await;
    }
}

#[tokio::test]
async fn a_token_that_is_not_for_this_client_and_this_browser_lets_nobody_in() {
    let scene = Scene::new().await;
    let mut browser = scene.browser();
    let now = clock::now().as_second();
    for claims in [
        json!({"nonce": "0".repeat(64)}),
        json!({"nonce": null}),
        json!({"aud": "rapporteur"}),
        json!({"aud": ["rapporteur-web", "another"]}),
        json!({"aud": ["rapporteur-web", "another"], "azp": "another"}),
        json!({"azp": "another"}),
        json!({"iss": "https://evil.example"}),
        json!({"exp": now - 600, "iat": now - 900}),
        json!({"iat": now + 600}),
        json!({"sub": null}),
        json!({"typ": "Bearer"}),
        json!({"cnf": {"jkt": "x"}}),
    ] {
        scene.let_in_as("officer", claims.clone());
        failed(&browser.sign_in("").await, 403, "token");
    }
    let stranger = super::Key::ed("d");
    scene
        .issuer
        .login
        .sign_with(move |claims| stranger.token(claims));
    scene.let_in("officer");
    failed(&browser.sign_in("").await, 403, "token");
    assert_eq!(
        scene
            .world
            .sql("select count(*)::text from access.session")
            .await,
        "0"
    );
}

#[tokio::test]
async fn whoever_has_no_clear_right_here_is_told_what_is_missing() {
    let scene = Scene::new().await;
    let mut browser = scene.browser();
    for (claims, code) in [
        (json!({"realm_access": {"roles": ["visitor"]}}), "no_role"),
        (json!({"realm_access": null}), "no_role"),
        (
            json!({"realm_access": {"roles": ["officer", "administrator"]}}),
            "several",
        ),
        (
            json!({"realm_access": {"roles": ["focal"]}, "groups": []}),
            "no_party",
        ),
        (
            json!({"realm_access": {"roles": ["focal"]}, "groups": ["/states/atlantis"]}),
            "no_party",
        ),
        (
            json!({"realm_access": {"roles": ["focal"]}, "groups": ["/states/finland", "/states/sweden"]}),
            "several",
        ),
    ] {
        scene.let_in_as("officer", claims);
        failed(&browser.sign_in("").await, 403, code);
    }
    // It is told in the language in which they set out.
    scene.let_in("visitor");
    let call = scene
        .world
        .post("/sso/staff?lang=fr")
        .header("origin", &scene.world.url(""));
    let answer = call.send().await;
    assert!(
        answer.text.contains("lang=\"fr\"") && answer.text.contains("Personnel"),
        "{answer:#?}"
    );
    let session = scene
        .world
        .sql("select lang from access.sign_on order by expires_at desc limit 1")
        .await;
    assert_eq!(session, "fr");
}

#[tokio::test]
async fn whoever_sets_out_too_often_waits() {
    let scene = Scene::new().await;
    let mut browser = scene.browser();
    for _ in 0..30 {
        assert_eq!(browser.press("staff", "").await.status, 200);
    }
    failed(&browser.press("staff", "").await, 429, "too_often");
}
