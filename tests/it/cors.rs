//! Pages of other origins: CORS

use rapporteur::http::middleware::cors::AllowedOrigins;
use rapporteur::http::middleware::edge::Edge;
use reqwest::Method;

use crate::support::{Answer, Database, World};

const OURS: &str = "https://app.example.org";

async fn world() -> World {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.edge = Edge {
        origins: AllowedOrigins::read(&[OURS.to_owned()]).unwrap(),
        ..Edge::default()
    };
    World::with(database, settings).await
}

fn has_vary(answer: &Answer, name: &str) -> bool {
    let lines = answer.headers.get_all("vary").iter();
    let mut names = lines.flat_map(|line| line.to_str().unwrap().split(','));
    names.any(|found| found.trim().eq_ignore_ascii_case(name))
}

fn grants(answer: &Answer) -> Vec<String> {
    let names = answer.headers.keys().map(|name| name.as_str().to_owned());
    names
        .filter(|name| name.starts_with("access-control-"))
        .collect()
}

async fn preflight(world: &World, origin: &str) -> Answer {
    let call = world.call(Method::OPTIONS, "/v1/instruments");
    call.header("origin", origin)
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,content-type",
        )
        .send()
        .await
}

#[tokio::test]
async fn a_listed_origin_may_ask_and_read_what_a_client_needs() {
    let world = world().await;
    let answer = preflight(&world, OURS).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("access-control-allow-origin"), OURS);
    assert!(has_vary(&answer, "Origin"));
    let methods = answer.header("access-control-allow-methods");
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        assert!(methods.contains(method), "{methods}");
    }
    let allowed = answer.header("access-control-allow-headers");
    for header in [
        "Authorization",
        "Content-Type",
        "If-Match",
        "Idempotency-Key",
    ] {
        assert!(allowed.contains(header), "{allowed}");
    }
    assert_eq!(answer.header("access-control-allow-credentials"), "");

    for (path, status) in [("/v1/parties", 200), ("/v1/letters", 401)] {
        let answer = world.get(path).header("origin", OURS).send().await;
        assert_eq!(answer.status, status, "{answer:#?}");
        assert_eq!(answer.header("access-control-allow-origin"), OURS);
        let exposed = answer.header("access-control-expose-headers");
        for header in [
            "ETag",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
        ] {
            assert!(exposed.contains(header), "{exposed}");
        }
        assert!(has_vary(&answer, "Origin"), "{answer:#?}");
    }
}

#[tokio::test]
async fn other_origins_are_granted_nothing() {
    let world = world().await;
    for origin in [
        "https://evil.example.org",
        "http://app.example.org",
        "https://app.example.org.evil.example",
        "null",
    ] {
        let answer = preflight(&world, origin).await;
        answer.problem(405, "method_not_allowed");
        assert_eq!(grants(&answer), [""; 0], "{origin}");
        let call = world.get("/v1/parties").header("origin", origin);
        let answer = call.send().await;
        answer.expect(200);
        assert_eq!(grants(&answer), [""; 0], "{origin}");
        assert!(has_vary(&answer, "Origin"), "{answer:#?}");
    }
}

#[tokio::test]
async fn without_listed_origins_none_is_granted_anything() {
    let world = World::new().await;
    let answer = preflight(&world, OURS).await;
    answer.problem(405, "method_not_allowed");
    assert_eq!(grants(&answer), [""; 0]);
}
