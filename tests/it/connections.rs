//! Connections as an attacker uses them: slow, endless, oversized, many. Over raw sockets, since no client would.

use std::time::Duration;

use rapporteur::http::handling::pace::Patience;
use rapporteur::http::middleware::client_address::TrustedProxies;
use rapporteur::http::middleware::connections::ConnectionLimits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::support::{Database, ServingProcess, World};

/// Far more than the server is told to wait.
const LONG: Duration = Duration::from_secs(60);

/// A server that is told to wait for little.
async fn impatient() -> World {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.patience = Patience {
        head: Duration::from_secs(1),
        body: Duration::from_millis(300),
        included: 0,
        rate: 100,
        quiet: Duration::from_secs(2),
        leave: Duration::from_millis(300),
    };
    World::with(database, settings).await
}

async fn connect(world: &World) -> TcpStream {
    TcpStream::connect(world.server.address).await.unwrap()
}

/// All that comes until the server ends the connection, which it must.
async fn until_cut(stream: &mut TcpStream) -> String {
    let mut answered = Vec::new();
    let read = timeout(LONG, stream.read_to_end(&mut answered)).await;
    // Reset is an end as well: the server does not wait for what it will not read.
    let _ = read.expect("the connection is cut");
    String::from_utf8_lossy(&answered).into_owned()
}

/// Sends pieces with a pause after each until the connection ends, and answers what came.
async fn trickle(mut stream: TcpStream, piece: &'static [u8], pause: Duration) -> String {
    let (mut reader, mut writer) = stream.split();
    let mut answered = Vec::new();
    let sending = async {
        while writer.write_all(piece).await.is_ok() {
            sleep(pause).await;
        }
        std::future::pending().await
    };
    tokio::select! {
        read = timeout(LONG, reader.read_to_end(&mut answered)) => {
            let _ = read.expect("the connection is cut");
        }
        () = sending => {}
    }
    String::from_utf8_lossy(&answered).into_owned()
}

/// Sends this, and answers what comes of it until the server ends the connection.
async fn said(world: &World, request: &str) -> String {
    let mut stream = connect(world).await;
    // What is refused early may be cut off while it is sent.
    let _ = stream.write_all(request.as_bytes()).await;
    until_cut(&mut stream).await
}

/// Reads one answer that has a length, and leaves the connection open.
async fn one_answer(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_lowercase()
                    .strip_prefix("content-length: ")?
                    .parse()
                    .ok()
            });
            if length.is_some_and(|length: usize| body.len() >= length) {
                return text;
            }
        }
        let mut bytes = [0; 4096];
        let read = timeout(LONG, stream.read(&mut bytes))
            .await
            .unwrap()
            .unwrap();
        assert_ne!(read, 0, "{text}");
        text.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
    }
}

fn post(world: &World, length: usize) -> String {
    format!(
        "POST /v1/parties HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n",
        world.officer
    )
}

const GET: &str = "GET /healthz HTTP/1.1\r\nHost: x\r\n";

#[tokio::test]
async fn a_connection_that_asks_nothing_is_cut() {
    let world = impatient().await;
    let answered = said(&world, "").await;
    assert!(
        answered.is_empty() || answered.starts_with("HTTP/1.1 408"),
        "{answered}"
    );
    // Nor is one kept on which all was answered.
    let answered = said(&world, &format!("{GET}\r\n")).await;
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");
}

#[tokio::test]
async fn a_head_that_does_not_end_is_cut() {
    let world = impatient().await;
    let answered = said(&world, GET).await;
    assert!(answered.starts_with("HTTP/1.1 408"), "{answered}");
    let mut stream = connect(&world).await;
    // One header without an end: of many, the server below would refuse the 97th.
    stream
        .write_all(format!("{GET}x: ").as_bytes())
        .await
        .unwrap();
    let answered = trickle(stream, b"y", Duration::from_millis(100)).await;
    assert!(
        answered.is_empty() || answered.starts_with("HTTP/1.1 408"),
        "{answered}"
    );
}

#[tokio::test]
async fn a_later_head_that_does_not_end_is_cut_as_well() {
    let world = impatient().await;
    let mut stream = connect(&world).await;
    stream
        .write_all(format!("{GET}\r\n{GET}x: ").as_bytes())
        .await
        .unwrap();
    let answered = trickle(stream, b"y", Duration::from_millis(100)).await;
    assert!(answered.starts_with("HTTP/1.1 200"), "{answered}");

    let mut stream = connect(&world).await;
    stream
        .write_all(format!("{GET}\r\n").as_bytes())
        .await
        .unwrap();
    assert!(one_answer(&mut stream).await.starts_with("HTTP/1.1 200"));
    stream.write_all(GET.as_bytes()).await.unwrap();
    assert_eq!(until_cut(&mut stream).await.matches("200 OK").count(), 0);
}

#[tokio::test]
async fn a_body_that_does_not_come_or_comes_too_slowly_is_not_waited_for() {
    let world = impatient().await;
    let answered = said(&world, &post(&world, 100)).await;
    assert!(answered.starts_with("HTTP/1.1 408"), "{answered}");
    assert!(
        answered.contains("\"code\":\"body_too_slow\""),
        "{answered}"
    );
    assert!(
        answered
            .to_lowercase()
            .contains("x-content-type-options: nosniff"),
        "{answered}"
    );

    let mut stream = connect(&world).await;
    stream
        .write_all(post(&world, 100_000).as_bytes())
        .await
        .unwrap();
    let answered = trickle(stream, b" ", Duration::from_millis(50)).await;
    assert!(
        answered.contains("\"code\":\"body_too_slow\""),
        "{answered}"
    );

    let chunked = post(&world, 0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let mut stream = connect(&world).await;
    stream.write_all(chunked.as_bytes()).await.unwrap();
    let answered = trickle(stream, b"1\r\n \r\n", Duration::from_millis(50)).await;
    assert!(
        answered.contains("\"code\":\"body_too_slow\""),
        "{answered}"
    );
    // Nothing was stored, and others are answered.
    world
        .get("/v1/parties/ICPO")
        .problem(404, "not_found")
        .await;
}

#[tokio::test]
async fn a_body_that_comes_slowly_but_steadily_is_taken() {
    let world = impatient().await;
    let body = format!(
        r#"{{"code": "ICPO", "kind": "igo", "names": {{"en": "N"}}{}}}"#,
        " ".repeat(1_000)
    );
    let mut stream = connect(&world).await;
    stream
        .write_all(post(&world, body.len()).as_bytes())
        .await
        .unwrap();
    // Longer than the grace in all, and faster than the rate.
    for piece in body.as_bytes().chunks(200) {
        stream.write_all(piece).await.unwrap();
        sleep(Duration::from_millis(100)).await;
    }
    let answered = one_answer(&mut stream).await;
    assert!(answered.starts_with("HTTP/1.1 201"), "{answered}");
}

#[tokio::test]
async fn a_body_that_nobody_reads_holds_no_connection() {
    let world = impatient().await;
    for (path, status) in [
        ("/v1/made-up", "404"),
        ("/v1/parties", "401"),
        ("/healthz", "405"),
    ] {
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
        let mut stream = connect(&world).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        let answered = trickle(stream, b" ", Duration::from_millis(50)).await;
        assert!(
            answered.starts_with(&format!("HTTP/1.1 {status}")),
            "{path}: {answered}"
        );
    }
}

/// However patient the server is otherwise.
#[tokio::test]
async fn a_connection_is_cut_soon_after_an_answer_that_did_not_wait_for_the_rest() {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.patience = Patience {
        body: Duration::from_millis(300),
        quiet: Duration::from_secs(3_600),
        leave: Duration::from_millis(300),
        ..Patience::default()
    };
    let world = World::with(database, settings).await;
    let chunked = |path: &str| {
        let post = post(&world, 0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
        post.replace("/v1/parties", path)
    };
    for (path, status) in [("/v1/parties", "408"), ("/v1/made-up", "404")] {
        let mut stream = connect(&world).await;
        stream.write_all(chunked(path).as_bytes()).await.unwrap();
        let answered = trickle(stream, b"1\r\n \r\n", Duration::from_millis(50)).await;
        let start = format!("HTTP/1.1 {status}");
        assert!(answered.starts_with(&start), "{path}: {answered}");
        assert!(
            answered.to_lowercase().contains("connection: close"),
            "{path}: {answered}"
        );
    }
    // One whose request had come whole goes on.
    let mut stream = connect(&world).await;
    for _ in 0..2 {
        let whole = post(&world, 2) + "{}";
        stream.write_all(whole.as_bytes()).await.unwrap();
        let answered = one_answer(&mut stream).await;
        assert!(answered.starts_with("HTTP/1.1 422"), "{answered}");
    }
}

#[tokio::test]
async fn what_anybody_may_send_is_small_and_refused_before_it_is_read() {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.patience.leave = Duration::from_millis(100);
    let world = World::with(database, settings).await;
    for path in ["/v1/sign-in-links", "/v1/session", "/sign-in", "/join/x"] {
        let head = format!("POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n");
        // Nothing but its head has come.
        let declared = format!("{head}Content-Length: 1990000\r\n\r\n");
        let piece = format!("{:x}\r\n{}\r\n", 2_500, " ".repeat(2_500));
        let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{piece}{piece}");
        for request in [declared, chunked] {
            let answered = said(&world, &request).await;
            assert!(answered.starts_with("HTTP/1.1 413"), "{path}: {answered}");
            assert!(
                answered.contains("\"code\":\"body_too_large\""),
                "{path}: {answered}"
            );
            assert!(answered.contains("4096"), "{path}: {answered}");
        }
    }
    // Where credentials are needed, nobody without is listened to.
    let head = post(&world, 1_990_000);
    let anonymous = head.replace(&world.officer, "nobody");
    let answered = said(&world, &anonymous).await;
    assert!(answered.starts_with("HTTP/1.1 401"), "{answered}");
    // Those who have some may send more.
    let body = format!(
        r#"{{"code": "ICPO", "kind": "igo", "names": {{"en": "N"}}{}}}"#,
        " ".repeat(1 << 20)
    );
    let large = world.post("/v1/parties").token(&world.officer);
    large.body("application/json", body).expect(201).await;
}

#[tokio::test]
async fn bodies_have_so_much_room_together_and_whoever_finds_none_is_told_to_come_again() {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.edge.most.buffered = 100_000;
    let world = World::with(database, settings).await;
    let register = async || {
        let party =
            serde_json::json!({"code": "ICPO", "kind": "igo", "names": {"en": "N".repeat(150)}});
        let body = format!("{party}{}", " ".repeat(20_000));
        let call = world.post("/v1/parties").token(&world.officer);
        call.body("application/json", body).send().await
    };
    let begun = format!("{}{}", post(&world, 200_000), " ".repeat(90_000));
    let hold = async || {
        let mut held = connect(&world).await;
        held.write_all(begun.as_bytes()).await.unwrap();
        held
    };
    let mut held = hold().await;
    let mut until_refused = async || loop {
        let answer = register().await;
        if answer.status == 503 {
            break answer;
        }
        // Whoever comes second finds no room: that may be the one that was to hold it.
        let mut byte = [0];
        let answered = timeout(Duration::from_millis(50), held.read(&mut byte)).await;
        if answered.is_ok() {
            held = hold().await;
        }
    };
    let refused = timeout(LONG, until_refused()).await.unwrap();
    refused.problem(503, "no_room");
    assert_ne!(refused.header("retry-after"), "");
    world.get("/v1/parties").expect(200).await;
    // What was held is free again once nobody waits for the rest.
    drop(held);
    let until_taken = async || while register().await.status == 503 {};
    timeout(LONG, until_taken()).await.unwrap();
}

/// A server for which that is the most, and for which this machine is a proxy or not.
async fn small(most: ConnectionLimits, is_proxy: bool) -> World {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.edge.most = most;
    if is_proxy {
        settings.edge.proxies = TrustedProxies::read(&["127.0.0.1".to_owned()]).unwrap();
    }
    World::with(database, settings).await
}

/// Whether a connection is answered; otherwise it was cut.
async fn is_answered(stream: &mut TcpStream) -> bool {
    let get = format!("{GET}\r\n");
    if stream.write_all(get.as_bytes()).await.is_err() {
        return false;
    }
    let mut bytes = [0; 4096];
    let read = timeout(LONG, stream.read(&mut bytes)).await.unwrap();
    read.is_ok_and(|read| bytes[..read].starts_with(b"HTTP/1.1 200"))
}

#[tokio::test]
async fn an_address_has_so_many_connections_unless_it_is_a_trusted_proxys() {
    let most = ConnectionLimits {
        of_an_address: 3,
        ..ConnectionLimits::default()
    };
    for is_proxy in [false, true] {
        let world = small(most, is_proxy).await;
        let mut kept = Vec::new();
        for _ in 0..3 {
            let mut stream = connect(&world).await;
            assert!(is_answered(&mut stream).await);
            kept.push(stream);
        }
        let mut fourth = connect(&world).await;
        assert_eq!(is_answered(&mut fourth).await, is_proxy);
        for stream in &mut kept {
            assert!(is_answered(stream).await, "the others stay");
        }
        // Where one leaves, another may come.
        kept.pop();
        while !is_answered(&mut connect(&world).await).await {}
    }
}

#[tokio::test]
async fn of_too_many_connections_the_one_that_is_quiet_longest_makes_room() {
    let most = ConnectionLimits {
        connections: 4,
        ..ConnectionLimits::default()
    };
    let world = small(most, true).await;
    let mut kept = Vec::new();
    for _ in 0..4 {
        let mut stream = connect(&world).await;
        assert!(is_answered(&mut stream).await);
        kept.push(stream);
    }
    assert!(is_answered(&mut kept[0]).await);
    let mut fifth = connect(&world).await;
    assert!(is_answered(&mut fifth).await, "nobody is shut out");
    let mut answered = Vec::new();
    for stream in &mut kept {
        answered.push(is_answered(stream).await);
    }
    assert_eq!(answered, [true, false, true, true]);
}

#[tokio::test]
async fn requests_that_cannot_be_read_are_warned_of_together() {
    let database = Database::new().await;
    let served = ServingProcess::start(&database, &[]);
    let address = served.url.trim_start_matches("http://").to_owned();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let _ = stream.write_all(b"GET / HTTP/9.9\r\n\r\n").await;
        until_cut(&mut stream).await;
    }
    let told = |said: &str| -> u64 {
        let lines = said.lines();
        let lines = lines.filter(|line| line.contains("requests could not be read"));
        let counts = lines.map(|line| -> u64 {
            let count = line.split("count=").nth(1).unwrap();
            count.split(' ').next().unwrap().parse().unwrap()
        });
        counts.sum()
    };
    while told(&served.said()) < 50 {
        sleep(Duration::from_millis(200)).await;
    }
    let said = served.said();
    let lines: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("could not be read"))
        .collect();
    assert!(lines.len() < 5, "{lines:#?}");
    assert!(lines.iter().all(|line| line.contains("WARN")), "{lines:#?}");
    assert!(!said.lines().any(|line| line.contains(" ERROR ")), "{said}");
}

#[tokio::test]
async fn answers_that_nobody_reads_hold_no_connection() {
    let world = impatient().await;
    // More than what lies between the server and its reader, each in more than one part.
    let get = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n";
    let mut stream = connect(&world).await;
    stream.write_all(get.repeat(40).as_bytes()).await.unwrap();
    let writing = async {
        while stream.write_all(b"\r\n").await.is_ok() {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(LONG, writing).await.expect("the connection is cut");
}

#[tokio::test]
async fn oversized_heads_are_refused_and_large_ones_are_not() {
    let world = World::new().await;
    let get = |target: &str, headers: &str| {
        format!("GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n")
    };
    let lines = |count: usize, value: &str| -> String {
        (0..count)
            .map(|it| format!("x-{it}: {value}\r\n"))
            .collect()
    };
    let query = |length: usize| format!("/healthz?{}", "a".repeat(length));
    for (request, status, code) in [
        (get("/healthz", ""), "200", ""),
        (get("/healthz", &lines(90, "y")), "200", ""),
        (get("/healthz", &lines(1, &"y".repeat(16_000))), "200", ""),
        (get(&query(8_000), ""), "200", ""),
        (get(&query(9_000), ""), "414", "target_too_long"),
        (
            get("/healthz", &lines(1, &"y".repeat(40_000))),
            "431",
            "headers_too_large",
        ),
        (
            get("/healthz", &lines(80, &"y".repeat(500))),
            "431",
            "headers_too_large",
        ),
        // What the server below refuses, in no words.
        (get("/healthz", &lines(200, "y")), "431", ""),
        (get(&query(100_000), ""), "400", ""),
    ] {
        let answered = said(&world, &request).await;
        let head: String = request.chars().take(60).collect();
        assert!(
            answered.starts_with(&format!("HTTP/1.1 {status}")),
            "{head}: {answered}"
        );
        assert!(
            code.is_empty() || answered.contains(&format!("\"code\":\"{code}\"")),
            "{answered}"
        );
    }
    // Without an end: no more is read than the server below holds.
    let endless = format!("GET / HTTP/1.1\r\nHost: x\r\nx: {}", "y".repeat(1 << 20));
    let answered = said(&world, &endless).await;
    assert!(
        answered.is_empty() || answered.starts_with("HTTP/1.1 4"),
        "{answered}"
    );
    assert_eq!(world.get("/healthz").send().await.status, 200);
}

#[tokio::test]
async fn two_lengths_or_none_that_holds_are_refused() {
    let world = World::new().await;
    let post = |headers: &str| {
        format!("POST /v1/parties HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n0\r\n\r\n")
    };
    for headers in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: -1",
        "Content-Length: 5x",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: gzip",
    ] {
        let answered = said(&world, &post(headers)).await;
        assert!(
            answered.starts_with("HTTP/1.1 400"),
            "{headers}: {answered}"
        );
        assert_eq!(
            answered.matches("HTTP/1.1").count(),
            1,
            "{headers}: {answered}"
        );
    }
}
