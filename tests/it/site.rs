//! What is neither the API itself nor a page for people: /docs/, /openapi.json, /healthz, /readyz; metrics

use std::io::Read;

use rapporteur::http::openapi;
use rapporteur::server;
use reqwest::Method;
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{Call, Database, World, http, superuser};

#[tokio::test]
async fn the_document_is_served_and_shown_without_any_outside_host() {
    let world = World::new().await;
    let document = openapi::json().unwrap();
    assert_eq!(world.get("/openapi.json").send().await.text, document);
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(world.get("/docs/openapi.json").expect(200).await, document);

    let page = world.get("/docs/").send().await;
    assert_eq!(page.status, 200);
    assert!(page.header("content-type").starts_with("text/html"));
    for attribute in ["src=\"", "href=\""] {
        for rest in page.text.split(attribute).skip(1) {
            let file = rest.split('"').next().unwrap();
            assert!(!file.contains("//"), "{file}");
            let path = format!("/docs/{}", file.trim_start_matches("./"));
            let answer = world.get(&path).send().await;
            assert_eq!(answer.status, 200, "{path}");
            assert!(!answer.text.is_empty(), "{path}");
        }
    }
    // It writes for whoever is signed in, keeps no token, and finds operations by their tags.
    let begins = world.get("/docs/swagger-initializer.js").send().await.text;
    for said in [
        "\"X-Requested-With\"",
        "persistAuthorization: false",
        "filter: true",
    ] {
        assert!(begins.contains(said), "{said} in {begins}");
    }
    let short = world.get("/docs").send().await;
    assert_eq!(short.header("location"), "/docs/");
}

/// What never differs is made once (`handling/asset.rs` and `http/site.rs` have the tests of that) and says when it is known.
#[tokio::test]
async fn what_never_differs_is_sent_once_in_either_form_and_then_known_by_its_tag() {
    let world = World::new().await;
    let get = async |path: &str, name: &'static str, value: &str| {
        let call = http().get(world.url(path)).header(name, value);
        let answer = call.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.unwrap())
    };
    let document = openapi::json().unwrap();
    for path in [
        "/openapi.json",
        "/docs/openapi.json",
        "/docs/",
        "/docs/swagger-ui-bundle.js",
        "/pages.css",
        "/pages.js",
        "/section.js",
        "/v1/currencies",
        "/v1/currencies?lang=fr",
    ] {
        let (status, plain, whole) = get(path, "accept-encoding", "identity").await;
        assert_eq!(status, 200, "{path}");
        assert!(!plain.contains_key("content-encoding"), "{path}");
        let (_, zipped, small) = get(path, "accept-encoding", "gzip").await;
        assert_eq!(zipped["content-encoding"], "gzip", "{path}");
        assert!(small.len() < whole.len(), "{path}");
        let mut unzipped = Vec::new();
        let mut decoder = flate2::read::GzDecoder::new(&*small);
        decoder.read_to_end(&mut unzipped).unwrap();
        assert_eq!(unzipped, whole, "{path}");
        if path.ends_with("openapi.json") {
            assert_eq!(unzipped, document.as_bytes());
        }
        assert_ne!(plain["etag"], zipped["etag"], "{path}");
        for headers in [&plain, &zipped] {
            let tag = headers["etag"].to_str().unwrap();
            assert!(tag.starts_with('"'), "{path}: {tag} is strong");
            let vary = headers["vary"].to_str().unwrap();
            assert!(vary.contains("Accept-Encoding"), "{path}: {vary}");
            let (status, known, nothing) = get(path, "if-none-match", tag).await;
            assert_eq!((status, nothing.len()), (304, 0), "{path}");
            assert_eq!(known["etag"], plain["etag"], "{path}");
        }
        let (status, ..) = get(path, "if-none-match", "\"0\"").await;
        assert_eq!(status, 200, "{path}");
    }
    world
        .get("/docs/made-up.js")
        .problem(404, "no_such_route")
        .await;
}

#[tokio::test]
async fn health_and_readiness_are_two_things() {
    let database = Database::new().await;
    let world = World::on(database.clone()).await;
    for (path, said) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = world.get(path).send().await;
        assert_eq!((answer.status, answer.text.as_str()), (200, said));
    }
    // Another program swaps its own views in: this one is alive, but not ready, and does not write.
    let pool = PgPool::connect_with(database.owner.clone()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe("update log.head set views_hash = 'another'"))
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    world.get("/readyz").problem(503, "views_differ").await;
    assert_eq!(world.get("/healthz").send().await.status, 200);
    let party = serde_json::json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    let refused = world.post("/v1/parties").token(&world.officer).json(&party);
    let refused = refused.send().await;
    refused.problem(503, "views_differ");
    assert_ne!(refused.header("retry-after"), "");
}

#[tokio::test]
async fn a_database_that_is_away_is_said_so_and_found_again() {
    let world = World::new().await;
    let superuser = superuser("postgres").await;
    let pool = PgPool::connect_with(superuser).await.unwrap();
    let name = &world.database.name;
    let run = async |statement: String| {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement));
        statement.execute(&pool).await.unwrap();
    };
    run(format!("alter database {name} allow_connections false")).await;
    run(format!(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
    ))
    .await;
    let party = serde_json::json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    let register = || world.post("/v1/parties").token(&world.officer).json(&party);
    for path in ["/v1/parties", "/v1/parties/FIN", "/readyz"] {
        let away = world.get(path).send().await;
        away.problem(503, "database_unavailable");
        assert_ne!(away.header("retry-after"), "", "{path}");
    }
    register().problem(503, "database_unavailable").await;
    assert_eq!(world.get("/healthz").send().await.status, 200);
    run(format!("alter database {name} allow_connections true")).await;
    pool.close().await;
    world.get("/v1/parties").expect(200).await;
    for _ in 0..50 {
        let answer = register().send().await;
        if answer.status == 201 {
            return;
        }
        answer.problem(503, "database_unavailable");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the writer did not come back");
}

#[tokio::test]
async fn metrics_count_what_was_answered_and_tell_it_at_an_address_of_their_own() {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.metrics = Some(([127, 0, 0, 1], 0).into());
    let world = World::with(database, settings).await;
    // What the public address tells is that there is no such thing, whoever asks.
    let refused = world.get("/metrics").send().await;
    refused.problem(404, "no_such_route");
    let refused = world.get("/metrics").token(&world.officer);
    refused.problem(404, "no_such_route").await;
    let address = format!("http://{}/metrics", world.server.metrics.unwrap());
    let metrics = async || Call::new(&http(), Method::GET, &address).send().await;
    world.get("/v1/parties/FIN").expect(200).await;
    world.get("/v1/parties/FIN").expect(200).await;
    world.get("/v1/parties/XXX").problem(404, "not_found").await;
    world.register("ICPO", "igo").await;
    let head = world.head().await;
    let answer = metrics().await;
    assert!(
        answer
            .header("content-type")
            .starts_with("application/openmetrics-text")
    );
    for line in [
        r#"rapporteur_http_requests_total{operation="get_party",status="200"} 2"#,
        r#"rapporteur_http_requests_total{operation="get_party",status="404"} 1"#,
        r#"rapporteur_http_requests_total{operation="register_party",status="201"} 1"#,
        "rapporteur_log_appends_total 1",
        &format!("rapporteur_log_position {head}"),
    ] {
        assert!(
            answer.text.lines().any(|found| found == line),
            "{line} in {}",
            answer.text
        );
    }
    assert!(answer.text.ends_with("# EOF\n"));
    // No label is made of what callers send.
    world
        .get("/v1/made-up-path")
        .problem(404, "no_such_route")
        .await;
    assert!(!metrics().await.text.contains("made-up"));
    // Nothing else is there, and a server that is not told where tells it nowhere.
    let other = format!("http://{}/v1/parties", world.server.metrics.unwrap());
    let other = Call::new(&http(), Method::GET, &other);
    assert_eq!(other.send().await.status, 404);
    assert_eq!(World::new().await.server.metrics, None);
}

#[tokio::test]
async fn a_port_in_use_is_said_so() {
    let world = World::new().await;
    let mut settings = world.database.settings();
    settings.listen = world.server.address;
    let error = server::start(settings).await.err().unwrap().to_string();
    assert!(
        error.contains(&world.server.address.to_string()) && error.contains("--port"),
        "{error}"
    );
}
