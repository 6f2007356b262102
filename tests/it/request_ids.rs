//! What a request is called by: answered in a header and in every problem, and told in the line of the log.

use std::time::Duration;

use rapporteur::http::handling::pace::Patience;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Answer, Call, Database, ServingProcess, World, http};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// What an answer calls its request.
fn id(answer: &Answer) -> String {
    answer.header("x-request-id").to_owned()
}

/// Sends this as it is, and answers what comes until the server ends the connection.
async fn raw(world: &World, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(world.server.address).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answered = Vec::new();
    let _ = stream.read_to_end(&mut answered).await;
    String::from_utf8_lossy(&answered).into_owned()
}

#[tokio::test]
async fn a_request_is_called_what_its_caller_calls_it_or_given_a_name() {
    let world = World::new().await;
    let get = || world.get("/v1/parties/FIN");
    let named = get().header("x-request-id", "a-B_c.9").send().await;
    assert_eq!(id(&named), "a-B_c.9");
    let traced = get().header("traceparent", PARENT).send().await;
    assert_eq!(id(&traced), TRACE);
    let both = get()
        .header("x-request-id", "mine")
        .header("traceparent", PARENT);
    assert_eq!(id(&both.send().await), TRACE);
    let (one, other) = (id(&get().send().await), id(&get().send().await));
    assert_eq!(one.len(), 32, "{one}");
    assert_ne!(one, other);
    // What is not of the API is called something too, and so is what is answered without a body.
    for path in ["/", "/healthz", "/openapi.json", "/docs/"] {
        assert_eq!(id(&world.get(path).send().await).len(), 32, "{path}");
    }
    let tag = get().send().await.header("etag").to_owned();
    let known = get()
        .header("if-none-match", &tag)
        .header("x-request-id", "n");
    let known = known.send().await;
    assert_eq!((known.status, id(&known).as_str()), (304, "n"));
}

#[tokio::test]
async fn every_problem_says_which_request_it_answers() {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.patience = Patience {
        body: Duration::from_millis(300),
        included: 0,
        rate: 100,
        ..Patience::default()
    };
    let world = World::with(database, settings).await;
    let officer = &world.officer;
    let long = format!("/v1/parties?x={}", "x".repeat(9_000));
    for (status, code, call) in [
        (404, "no_such_route", world.get("/v1/made-up")),
        (404, "no_such_route", world.get("/made-up")),
        (404, "not_found", world.get("/v1/parties/XXX")),
        (405, "method_not_allowed", world.delete("/v1/parties")),
        (405, "method_not_allowed", world.post("/healthz")),
        (401, "missing_token", world.get("/v1/events")),
        (
            401,
            "unknown_token",
            world.get("/v1/parties").token("made-up"),
        ),
        (
            403,
            "not_allowed",
            world
                .post("/v1/parties")
                .token(&world.focal_point("FIN").await),
        ),
        (400, "bad_parameter", world.get("/v1/parties?limit=0")),
        (414, "target_too_long", world.get(&long)),
        (
            400,
            "bad_json",
            world
                .post("/v1/parties")
                .token(officer)
                .body("application/json", "{"),
        ),
        (
            413,
            "body_too_large",
            world
                .post("/v1/parties")
                .token(officer)
                .body("application/json", vec![b' '; 3 << 20]),
        ),
    ] {
        let problem = call.header("x-request-id", "which").problem(status, code);
        assert_eq!(problem.await["request_id"], "which", "{code}");
    }
    let french = world.get("/v1/parties/XXX?lang=fr").send().await;
    assert_eq!(french.json()["request_id"], id(&french));
    // A body that does not come.
    let slow = format!(
        "POST /v1/parties HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {officer}\r\nContent-Type: application/json\r\n\
         Content-Length: 100\r\nX-Request-Id: slow\r\n\r\n{{"
    );
    let answered = raw(&world, slow.as_bytes()).await;
    assert!(answered.starts_with("HTTP/1.1 408"), "{answered}");
    for part in ["x-request-id: slow\r\n", "\"request_id\":\"slow\""] {
        assert!(answered.contains(part), "{part} in {answered}");
    }
}

#[tokio::test]
async fn what_could_harm_those_who_read_it_is_not_taken() {
    let world = World::new().await;
    let sent: [&[u8]; 7] = [
        b"evil set-cookie: a=b",
        b"evil%0d%0aSet-Cookie: a=b",
        b"evil\"}{\"level\":\"ERROR",
        b"evil\tpart",
        b"evil<script>",
        b"evil\xc3\xa9",
        &[b'e'; 65],
    ];
    for value in sent {
        let head = b"GET /v1/made-up HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: ";
        let request = [head, value, b"\r\n\r\n"].concat();
        let answered = raw(&world, &request).await;
        assert!(answered.starts_with("HTTP/1.1 404"), "{answered}");
        assert!(
            !answered.contains("evil") && !answered.contains("eeeee"),
            "{answered}"
        );
        assert!(
            !answered.to_lowercase().contains("set-cookie"),
            "{answered}"
        );
        assert!(answered.contains("\"request_id\":\""), "{answered}");
    }
    // Of two, neither.
    let twice = "GET /v1/parties HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: one\r\nX-Request-Id: two\r\n\r\n";
    let answered = raw(&world, twice.as_bytes()).await;
    assert!(
        !answered.contains(": one") && !answered.contains(": two"),
        "{answered}"
    );
}

/// The lines of a served process, each an object.
fn lines(served: &ServingProcess) -> Vec<Value> {
    let said = served.said();
    // The last may be half written.
    let whole = said.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let lines = whole
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")));
    lines.collect()
}

fn line_of(served: &ServingProcess, id: &str) -> Value {
    let told = |line: &Value| line["target"] == "rapporteur::request" && line["request_id"] == id;
    let mut found: Vec<Value> = lines(served).into_iter().filter(told).collect();
    assert_eq!(found.len(), 1, "one line of {id}: {found:#?}");
    found.remove(0)
}

#[tokio::test]
async fn one_line_tells_of_each_request_who_did_what_and_what_came_of_it() {
    let world = World::new().await;
    let person = clock::new_id();
    let officer = world
        .token_of(person, access::Role::Officer, None, "Aino Aalto")
        .await;
    let settings = [
        ("RAPPORTEUR_LOG", "warn,rapporteur=info"),
        ("RAPPORTEUR_LOG_FORMAT", "json"),
    ];
    let served = ServingProcess::start(&world.database, &settings);
    let client = http();
    let call = |method: reqwest::Method, path: &str, name: &str| {
        let call = Call::new(&client, method, &format!("{}{path}", served.url));
        call.header("x-request-id", name)
    };
    let body = json!({"code": "ICPO", "kind": "igo", "names": {"en": "Interpol of Aino Aalto"}});
    let write = call(reqwest::Method::POST, "/v1/parties", "write").token(&officer);
    write.json(&body).expect(201).await;
    let read = call(reqwest::Method::GET, "/v1/parties/FIN", "read").token(&officer);
    read.expect(200).await;
    let stranger = call(reqwest::Method::GET, "/v1/parties/secret-path", "stranger");
    stranger.problem(404, "not_found").await;
    let lost = call(reqwest::Method::GET, "/in/secret-path", "lost");
    lost.send().await;
    let guess = call(reqwest::Method::GET, "/v1/parties", "guess").token("secret-token");
    guess.problem(401, "unknown_token").await;

    let line = line_of(&served, "write");
    for (member, value) in [
        ("level", json!("INFO")),
        ("message", json!("answered")),
        ("operation", json!("register_party")),
        ("status", json!(201)),
        ("principal", json!(person)),
        ("events", json!(1)),
        ("position", json!(world.head().await)),
    ] {
        assert_eq!(line[member], value, "{member} of {line}");
    }
    assert!(line["milliseconds"].as_f64().unwrap() > 0.0, "{line}");
    assert!(line["timestamp"].is_string(), "{line}");
    let line = line_of(&served, "read");
    assert_eq!(
        (&line["operation"], &line["status"], &line["events"]),
        (&json!("get_party"), &json!(200), &json!(0))
    );
    assert!(line.get("position").is_none(), "{line}");
    for (name, operation, status) in [
        ("stranger", "get_party", 404),
        ("lost", "other", 200),
        ("guess", "list_parties", 401),
    ] {
        let line = line_of(&served, name);
        assert_eq!(line["operation"], operation, "{line}");
        assert!(line["status"] == status || name == "lost", "{line}");
        assert!(line.get("principal").is_none(), "{line}");
    }
    // Neither names nor secrets, nor what was typed.
    let said = served.said();
    for secret in ["Aino", "secret-path", "secret-token", "Interpol", &officer] {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

#[tokio::test]
async fn strangers_cannot_fill_the_log() {
    let database = Database::new().await;
    let settings = [
        ("RAPPORTEUR_LOG", "warn,rapporteur=info"),
        ("RAPPORTEUR_LOG_FORMAT", "json"),
        ("RAPPORTEUR_ADDRESS_LIMIT", "0"),
    ];
    let served = ServingProcess::start(&database, &settings);
    let client = http();
    let started = clock::stopwatch();
    let sent: u64 = 1_000;
    for number in 0..sent {
        let path = ["/v1/made-up", "/v1/parties/FIN"][usize::from(number % 2 == 0)];
        let url = format!("{}{path}", served.url);
        Call::new(&client, reqwest::Method::GET, &url).send().await;
    }
    let seconds = started.elapsed().as_secs() + 2;
    let told = || {
        let lines = lines(&served);
        let own = lines
            .iter()
            .filter(|line| line["target"] == "rapporteur::request")
            .count() as u64;
        let together = lines.iter().filter(|line| {
            let message = line["message"].as_str().unwrap_or_default();
            message.contains("of which no line tells")
        });
        let together: u64 = together.map(|line| line["count"].as_u64().unwrap()).sum();
        (own, together)
    };
    for _ in 0..150 {
        if told().0 + told().1 == sent {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let (own, together) = told();
    assert_eq!(own + together, sent, "each is counted");
    assert!(
        (20..=seconds * 20).contains(&own),
        "{own} lines in {seconds} s"
    );
}

#[tokio::test]
async fn the_line_for_people_tells_the_same() {
    let world = World::new().await;
    let settings = [("RAPPORTEUR_LOG", "info")];
    let served = ServingProcess::start(&world.database, &settings);
    let url = format!("{}/v1/parties/FIN", served.url);
    let call = Call::new(&http(), reqwest::Method::GET, &url);
    let call = call.token(&world.officer).header("x-request-id", "text");
    call.expect(200).await;
    let said = served.said();
    let line = said
        .lines()
        .find(|line| line.contains("request_id=\"text\""));
    let line = line.unwrap_or_else(|| panic!("{said}"));
    for part in [
        "INFO",
        "answered",
        "operation=\"get_party\"",
        "status=200",
        "principal=",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
}
