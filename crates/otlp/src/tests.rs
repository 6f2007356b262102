use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::thread::{self, JoinHandle};

use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{Registry, registry};

use super::*;

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// A collector that takes one request: its address, and what it was sent.
fn collector() -> (String, JoinHandle<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let taken = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let before = head.len();
            reader.read_line(&mut head).unwrap();
            let line = head[before..].trim().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        reader.get_mut().write_all(answer).unwrap();
        (head, body)
    });
    (address, taken)
}

fn has(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|window| window == part)
}

#[test]
fn spans_of_ours_arrive_at_a_collector_in_the_trace_that_they_are_a_part_of() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (address, taken) = collector();
    let (exporter, layer) = begin::<Registry>(&address).unwrap();
    tracing::subscriber::with_default(registry().with(layer), || {
        let request = tracing::info_span!(
            target: "rapporteur::http", "request", request_id = "mine", status = tracing::field::Empty
        );
        continue_trace(&request, TRACEPARENT);
        request.record("status", 201);
        request.in_scope(|| {
            drop(tracing::debug_span!(target: "event_log", "batch", appends = 3));
            drop(tracing::info_span!(target: "sqlx", "of another's"));
            tracing::error!(target: "rapporteur::http", "a line");
        });
    });
    exporter.end();
    let (head, body) = taken.join().unwrap();
    assert!(head.starts_with("POST /v1/traces HTTP/1.1"), "{head}");
    assert!(head.contains("application/x-protobuf"), "{head}");
    for part in [
        "rapporteur",
        "request",
        "request_id",
        "mine",
        "status",
        "batch",
        "appends",
    ] {
        assert!(has(&body, part.as_bytes()), "{part}");
    }
    let trace = 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736_u128.to_be_bytes();
    let parent = 0x00f0_67aa_0ba9_02b7_u64.to_be_bytes();
    assert!(has(&body, &trace) && has(&body, &parent));
    assert!(!has(&body, b"of another's") && !has(&body, b"a line"));
}

#[test]
fn the_path_of_traces_is_added_once() {
    for (endpoint, url) in [
        ("http://127.0.0.1:4318", "http://127.0.0.1:4318/v1/traces"),
        (
            "https://otel.example.org/a/",
            "https://otel.example.org/a/v1/traces",
        ),
        ("http://h:1/v1/traces", "http://h:1/v1/traces"),
    ] {
        assert_eq!(traces(endpoint).unwrap(), url);
    }
    for endpoint in ["", "127.0.0.1:4318", "ftp://h", "http://h/?a=b"] {
        let error = traces(endpoint).unwrap_err().to_string();
        assert!(error.contains("expected for example"), "{error}");
    }
}
