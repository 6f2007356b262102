//! Connections as an attacker uses them: slow, endless, oversized. Over raw sockets, since no client would.

use std::time::Duration;

use rapporteur::http::handling::body::Patience;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::support::{Database, World};

/// Far more than the server is told to wait.
const LONG: Duration = Duration::from_secs(60);

/// A server that is told to wait for little.
async fn impatient() -> World {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.patience = Patience {
        head: Duration::from_secs(1),
        body: Duration::from_millis(300),
        rate: 100,
        quiet: Duration::from_secs(2),
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
