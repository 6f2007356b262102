//! Rate limits and client addresses: RateLimit, Retry-After, X-Forwarded-For

use rapporteur::http::middleware::client_address::TrustedProxies;
use rapporteur::http::middleware::edge::Edge;
use rapporteur::http::services::limits::LimitSettings;
use rapporteur::http::services::quota::Quota;
use reqwest::Method;

use crate::support::{Answer, Call, Database, ServingProcess, World, http};

/// Few requests, in so long a time that none comes free while a test runs.
fn quota(requests: u32) -> Quota {
    Quota {
        requests,
        window: std::time::Duration::from_secs(100_000),
    }
}

async fn world(proxies: &[&str]) -> World {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.limits = LimitSettings {
        principal: quota(4),
        address: quota(3),
        failures: quota(2),
    };
    let proxies: Vec<String> = proxies.iter().map(|&proxy| proxy.to_owned()).collect();
    settings.edge = Edge {
        proxies: TrustedProxies::read(&proxies).unwrap(),
        ..Edge::default()
    };
    World::with(database, settings).await
}

fn check_refused(answer: &Answer) {
    answer.problem(429, "too_many_requests");
    let seconds: u64 = answer.header("retry-after").parse().unwrap();
    assert!(seconds > 0, "{answer:#?}");
    assert!(answer.header("ratelimit").contains("r=0;"), "{answer:#?}");
}

#[tokio::test]
async fn each_principal_has_a_quota_and_every_answer_says_what_is_left() {
    let world = world(&[]).await;
    let finland = world.focal_point("FIN").await;
    let path = "/v1/parties/FIN";
    for left in (0..4).rev() {
        let answer = world.get(path).token(&world.officer).send().await;
        answer.expect(200);
        assert_eq!(
            answer.header("ratelimit-policy"),
            r#""default";q=4;w=100000"#
        );
        let state = answer.header("ratelimit");
        let start = format!(r#""default";r={left};t="#);
        assert!(state.starts_with(&start), "{state}");
        let reset: u64 = state.rsplit('=').next().unwrap().parse().unwrap();
        assert!((1..=100_000).contains(&reset), "{state}");
    }
    check_refused(&world.get(path).token(&world.officer).send().await);
    world.get(path).token(&finland).expect(200).await;
}

#[tokio::test]
async fn the_anonymous_count_by_address_and_health_does_not_count() {
    let world = world(&[]).await;
    for _ in 0..3 {
        world.get("/v1/parties").expect(200).await;
    }
    check_refused(&world.get("/v1/parties").send().await);
    let health = world.get("/healthz").send().await;
    assert_eq!((health.status, health.header("ratelimit")), (200, ""));
    let officer = world.get("/v1/parties").token(&world.officer);
    officer.expect(200).await;
}

#[tokio::test]
async fn whoever_guesses_tokens_is_stopped_and_shuts_out_nobody_who_shares_the_address() {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.limits.failures = quota(2);
    settings.edge.proxies = TrustedProxies::read(&["127.0.0.1".to_owned()]).unwrap();
    let world = World::with(database, settings).await;
    let opened = world
        .collection(serde_json::json!({"parties": ["FIN"]}))
        .await;
    let link = world.invited(&opened.collection, "FIN", "aino@example.org");
    let cookie = world.signed_in(&link.await).await;
    let from = |call: Call| call.header("x-forwarded-for", "192.0.2.1");
    let get = |token: &str| from(world.get("/v1/parties").token(token));
    let well_formed = |digit: &str| format!("rpt_{}", digit.repeat(64));
    for guess in ["a", &well_formed("0")] {
        get(guess).problem(401, "unknown_token").await;
    }
    for _ in 0..3 {
        for guess in ["b", &well_formed("1"), "rps_1", "a.b.c"] {
            check_refused(&get(guess).send().await);
        }
        let session = world
            .get("/v1/parties")
            .header("cookie", "__Host-rapporteur=rps_1");
        check_refused(&from(session).send().await);
    }
    // A token, a session and Basic of the same address pass, and nobody waits for their failures elsewhere.
    let finland = world.focal_point("FIN").await;
    get(&finland).expect(200).await;
    let by_cookie = world.get("/v1/parties").header("cookie", &cookie);
    from(by_cookie).expect(200).await;
    let basic = world.get("/v1/parties").basic("x", &finland);
    from(basic).expect(200).await;
    from(world.get("/v1/parties")).expect(200).await;
    let elsewhere = world.get("/v1/parties").token("c");
    let elsewhere = elsewhere.header("x-forwarded-for", "192.0.2.2");
    elsewhere.problem(401, "unknown_token").await;
}

/// As the program says it, in its log.
#[tokio::test]
async fn a_proxy_that_nobody_named_is_told_of_once() {
    let database = Database::new().await;
    for (trusted, header, said) in [
        ("", "x-forwarded-for", "no trusted proxy"),
        ("", "forwarded", "no trusted proxy"),
        ("127.0.0.1", "forwarded", "have it send X-Forwarded-For"),
        ("127.0.0.1", "x-forwarded-for", ""),
    ] {
        let settings = [
            ("RAPPORTEUR_TRUSTED_PROXIES", trusted),
            ("RAPPORTEUR_LOG", "warn"),
        ];
        let served = ServingProcess::start(&database, &settings);
        for address in ["192.0.2.1", "192.0.2.2"] {
            let call = Call::new(&http(), Method::GET, &format!("{}/healthz", served.url));
            let call = call.header(header, address);
            assert_eq!(call.send().await.status, 200);
        }
        let log = served.said();
        let told = log
            .lines()
            .filter(|line| line.contains("address") && line.contains("WARN"));
        let told: Vec<&str> = told
            .filter(|line| line.contains("peer=127.0.0.1"))
            .collect();
        assert_eq!(told.len(), usize::from(!said.is_empty()), "{header}: {log}");
        assert!(told.iter().all(|line| line.contains(said)), "{told:?}");
    }
}

#[tokio::test]
async fn a_trusted_proxy_tells_who_asks() {
    let world = world(&["127.0.0.0/8"]).await;
    let get = |from: &str| world.get("/v1/parties").header("x-forwarded-for", from);
    for made_up in 1..=3 {
        let from = format!("198.51.100.{made_up}, 192.0.2.1");
        get(&from).expect(200).await;
    }
    check_refused(&get("198.51.100.9, 192.0.2.1").send().await);
    check_refused(&get("::ffff:192.0.2.1").send().await);
    get("192.0.2.2").expect(200).await;
    for host in 1..=3 {
        get(&format!("2001:db8:1:2::{host}")).expect(200).await;
    }
    check_refused(&get("2001:db8:1:2:ffff::1").send().await);
}

#[tokio::test]
async fn nobody_else_is_believed() {
    let world = world(&["192.0.2.1"]).await;
    for made_up in 1..=3 {
        let from = format!("198.51.100.{made_up}");
        let call = world.get("/v1/parties").header("x-forwarded-for", &from);
        let answer = call.header("x-forwarded-proto", "https").send().await;
        answer.expect(200);
        assert_eq!(answer.header("strict-transport-security"), "");
    }
    let call = world.call(Method::HEAD, "/v1/parties");
    let refused = call.header("x-forwarded-for", "198.51.100.9").send().await;
    assert_eq!(refused.status, 429);
}

/// As the program is started: with limits of its own, which its settings change.
#[tokio::test]
async fn the_program_has_limits_unless_it_is_told_otherwise() {
    let database = Database::new().await;
    for (limit, expected) in [
        (None, r#""default";q=1200;w=60"#),
        (Some("7"), r#""default";q=7;w=60"#),
        (Some("0"), ""),
    ] {
        let limit = limit.map(|limit| ("RAPPORTEUR_ADDRESS_LIMIT", limit));
        let served = ServingProcess::start(&database, limit.as_slice());
        let url = format!("{}/v1/parties", served.url);
        let answer = reqwest::get(url).await.unwrap();
        let told = answer.headers().get("ratelimit-policy");
        let told = told.map_or("", |told| told.to_str().unwrap());
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn without_limits_nothing_is_said_of_them() {
    let world = World::new().await;
    let answer = world.get("/v1/parties").send().await;
    assert_eq!((answer.status, answer.header("ratelimit")), (200, ""));
}

#[tokio::test]
async fn pages_and_what_is_not_there_count_by_address_as_well() {
    for path in ["/", "/docs/", "/sign-in", "/v1/made-up", "/made-up"] {
        let world = world(&[]).await;
        for _ in 0..3 {
            assert_ne!(world.get(path).send().await.status, 429, "{path}");
        }
        let refused = world.get(path).send().await;
        if path != "/" {
            check_refused(&refused);
            continue;
        }
        // A page is refused by a page.
        assert_eq!(refused.status, 429, "{refused:#?}");
        assert!(refused.header("content-type").starts_with("text/html"));
        assert_ne!(refused.header("retry-after"), "", "{refused:#?}");
        assert!(refused.header("ratelimit").contains("r=0;"));
    }
}

#[tokio::test]
async fn links_are_counted_by_who_asks_for_them_and_not_by_the_proxy() {
    let world = World::behind_a_proxy().await;
    let ask = async |from: &str| {
        let call = world
            .post("/v1/sign-in-links")
            .header("x-forwarded-for", from);
        let body = serde_json::json!({"email": "nobody@example.org"});
        call.json(&body).send().await
    };
    for number in 0..30 {
        let from = format!("2001:db8::{number}");
        assert_eq!(ask(&from).await.status, 202, "{from}");
    }
    ask("2001:db8::ffff").await.problem(429, "asked_too_often");
    assert_eq!(ask("2001:db8:0:1::1").await.status, 202);
}
