//! The demonstration, as its user has it: the real program, from an empty folder.

mod history;
mod open_work;
pub mod process;
mod ready;
mod rebuilt;
mod shell;

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::support::{each, eventually};
use process::Process;
use ready::Demo;

const JSON: &[&str] = &["--json", "--port", "0"];

fn codes(figure: &Value) -> Vec<&str> {
    let notices = figure["notices"].as_array().unwrap();
    notices
        .iter()
        .map(|notice| notice["code"].as_str().unwrap())
        .collect()
}

/// Who replied in 2011, and what the fixed seed makes of it: the same however the demonstration came about.
async fn check_figures(demo: &Demo) {
    let participation = demo
        .participation("group_by=regional_group")
        .expect(200)
        .await;
    assert_eq!(
        participation["denominator"],
        json!({"kind": "member_state", "invited": 193})
    );
    assert_eq!(participation["replied"], 34);
    assert_eq!(participation["late"], 0);
    assert_eq!(participation["rate"], 0.1762);
    let groups: Vec<(&str, u64, u64)> = participation["groups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| {
            let count = |name: &str| group[name].as_u64().unwrap();
            (
                group["group"].as_str().unwrap(),
                count("replied"),
                count("invited"),
            )
        })
        .collect();
    assert_eq!(
        groups,
        [
            ("african", 4, 54),
            ("asia-pacific", 8, 54),
            ("eastern-european", 3, 23),
            ("grulac", 7, 33),
            ("weog", 12, 29)
        ]
    );
    for code in [
        "made_up_answers",
        "made_up_dates",
        "roll_of_today",
        "demonstration_deadline",
    ] {
        assert!(codes(&participation).contains(&code), "{participation}");
    }

    let path = format!("/v1/instruments/{}/revisions/1", demo.text("/instrument"));
    let revision = demo.get(&path).token(demo.officer()).expect(200).await;
    let mut sums = [0; 4];
    for section in revision["questionnaire"]["sections"].as_array().unwrap() {
        // Of a table and a list each cell and entry has answers of its own.
        let questions = section["questions"].as_array().unwrap().iter();
        for question in
            questions.filter(|question| question["type"] != "table" && question["type"] != "list")
        {
            let tally = demo.tally(question["code"].as_str().unwrap()).await;
            let base = |name: &str| tally["base"][name].as_u64().unwrap();
            let parts = ["answered", "not_available", "not_relevant", "blank"];
            assert_eq!(base("replied"), 34, "{tally}");
            let parts = parts.map(base);
            assert_eq!(parts.iter().sum::<u64>(), 34, "{tally}");
            assert!(codes(&tally).contains(&"made_up_answers"), "{tally}");
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += part;
            }
        }
    }
    assert_eq!(sums, SUMS);
    let tally = demo.tally("A1").await;
    let counts: Vec<u64> = tally["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["count"].as_u64().unwrap())
        .collect();
    assert_eq!(counts, [17, 8, 8], "{tally}");
    check_released(demo).await;
}

/// What the public sees of it: the States that consent, in every breakdown.
async fn check_released(demo: &Demo) {
    let path = format!(
        "/v1/collections/{}/tallies?question=A1&group_by=regional_group",
        demo.text("/collection")
    );
    let tally = demo.get(&path).expect(200).await;
    let base = &tally["base"];
    assert_eq!(
        (&base["replied"], &base["counted"]),
        (&json!(34), &json!(23))
    );
    assert!(codes(&tally).contains(&"made_up_answers"), "{tally}");
    assert!(codes(&tally).contains(&"counted_consenting"), "{tally}");
    let groups = tally["groups"].as_array().unwrap().iter();
    let counted = groups.map(|group| group["base"]["counted"].as_u64().unwrap());
    assert_eq!(counted.sum::<u64>(), 23, "{tally}");
    let reply = format!("/v1/collections/{}/replies", demo.text("/collection"));
    let published = demo.get(&reply).expect(200).await;
    assert_eq!(
        published["items"].as_array().unwrap().len(),
        23,
        "{published}"
    );
}

/// Over all questions but tables and lists, and all replies: answered, not available, not asked, blank.
const SUMS: [u64; 4] = [836, 68, 62, 122];

#[tokio::test]
async fn it_plays_a_note_verbale_once_and_serves_until_it_is_stopped() {
    let mut process = Process::new("plays");
    process.start(JSON);
    let line = process.wait_for_output("\n");
    assert!(line.starts_with(r#"{"url":"http://127.0.0.1:"#), "{line}");
    let first = Demo::from_line(&line);
    check_figures(&first).await;
    history::check(&first).await;
    history::check_curve(&first).await;
    history::check_curve_of_2005(&first).await;
    open_work::check(async |path| first.get(path).token(first.officer()).expect(200).await).await;
    let head = first.events().await.len();
    let (status, output) = process.terminate();
    assert!(status.success(), "{status}: {}", process.said());
    assert_eq!(output, line, "one line and nothing else");
    assert_eq!(process.postmaster(), None);

    // Whoever shows it to others limits them as a server does; the play itself is not held up by that.
    process.start(&[JSON, &["--principal-limit", "777"]].concat());
    let second = Demo::from_line(&process.wait_for_output("\n"));
    let session = second.get("/v1/session").token(second.officer());
    let policy = session.send().await.header("ratelimit-policy").to_owned();
    assert!(policy.contains("777"), "{policy}");
    for same in ["/collection", "/instrument"] {
        assert_eq!(first.text(same), second.text(same));
    }
    for token in [
        "/tokens/secretariat",
        "/tokens/focal_points/FIN",
        "/tokens/focal_points/THA",
    ] {
        assert_ne!(first.text(token), second.text(token));
        // Only the tokens of the last start hold.
        let stale = second.get("/v1/session").token(first.text(token));
        stale.problem(401, "unknown_token").await;
    }
    for code in ["FIN", "THA"] {
        let token = second.text(&format!("/tokens/focal_points/{code}"));
        let path = format!("/v1/collections/{}/replies", second.text("/collection"));
        let seen = second.get(&path).token(token).expect(200).await;
        let seen = each(&seen["items"], "code");
        // Its own, and those whose States consent.
        assert_eq!(seen.len(), 24, "{seen:?}");
        for restricted in ["FIN", "THA"] {
            assert_eq!(seen.contains(&restricted), restricted == code, "{seen:?}");
        }
    }
    assert_eq!(second.events().await.len(), head, "nothing is replayed");
    assert!(process.terminate().0.success());

    process.start(&["--port", "0"]);
    check_words(&process.wait_for_output("Ctrl-C stops")).await;
    assert!(process.terminate().0.success());
}

/// What is printed for people: the figures, and commands that work.
async fn check_words(words: &str) {
    assert!(words.contains("34 of 193"), "{words}");
    let client = crate::support::http();
    let commands: Vec<&str> = words
        .split("\n\n")
        .filter_map(|part| Some(part.strip_prefix("# ")?.split_once('\n')?.1))
        .collect();
    let answers = [
        ("replied", 200),
        ("options", 200),
        ("answers", 200),
        ("faults", 422),
    ];
    assert_eq!(commands.len(), answers.len(), "{words}");
    for (command, (member, status)) in commands.iter().zip(answers) {
        let answer = shell::request(&client, command).send().await;
        assert!(answer.expect(status).get(member).is_some(), "{command}");
    }
}

#[tokio::test]
async fn killed_at_any_moment_it_loses_nothing_acknowledged() {
    let mut process = Process::new("killed");
    process.start(JSON);
    process.wait_until_it_says("States that replied: 10 of 34");
    process.kill();
    process.start(JSON);
    process.wait_until_it_says("Open work of every kind");
    let said = process.said();
    assert!(
        said.contains("34 of 34"),
        "it was cut short and taken up: {said}"
    );
    process.kill();
    process.start(JSON);
    let demo = Arc::new(Demo::from_line(&process.wait_for_output("\n")));
    check_figures(&demo).await;
    open_work::check(async |path| demo.get(path).token(demo.officer()).expect(200).await).await;
    let events = history::of_2011(&demo).await;
    for (kind, times) in [
        ("instrument_drafted", 1),
        ("instrument_approved", 1),
        ("collection_opened", 1),
        ("reply_started", 34),
        ("reply_submitted", 34),
        ("figures_released", 1),
    ] {
        let of_kind = events.iter().filter(|event| event["kind"] == kind);
        assert_eq!(of_kind.count(), times, "{kind}");
    }

    let mut writers = JoinSet::new();
    let count = Arc::new(AtomicUsize::new(0));
    for _ in 0..4 {
        writers.spawn(write_until_refused(demo.clone(), count.clone()));
    }
    eventually("some writes are acknowledged", async || {
        count.load(Ordering::Relaxed) > 10
    })
    .await;
    process.kill();
    let acknowledged: Vec<String> = writers.join_all().await.concat();
    assert!(acknowledged.len() > 10, "{}", acknowledged.len());

    process.start(JSON);
    let demo = Demo::from_line(&process.wait_for_output("\n"));
    for instrument in &acknowledged {
        let path = format!("/v1/instruments/{instrument}");
        demo.get(&path).token(demo.officer()).expect(200).await;
    }
    check_figures(&demo).await;
    assert!(process.terminate().0.success());
}

/// Drafts instruments until nobody answers; those that were acknowledged.
async fn write_until_refused(demo: Arc<Demo>, count: Arc<AtomicUsize>) -> Vec<String> {
    let body = json!({"title": {"en": "A sample"}, "category": "I", "route": "presentation", "languages": ["en"]});
    let url = format!("{}/v1/instruments", demo.text("/url"));
    let client = crate::support::http();
    let mut acknowledged = Vec::new();
    loop {
        let request = client.post(&url).bearer_auth(demo.officer()).json(&body);
        let Ok(response) = request.send().await else {
            return acknowledged;
        };
        match response.json::<Value>().await {
            Ok(drafted) if drafted.get("id").is_some() => {
                acknowledged.push(drafted["id"].as_str().unwrap().to_owned());
                count.fetch_add(1, Ordering::Relaxed);
            }
            _ => return acknowledged,
        }
    }
}

#[test]
fn where_it_cannot_serve_it_says_so_before_it_makes_a_database() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let mut process = Process::new("taken");
    process.start(&["--json", "--port", &port]);
    let (status, output) = process.ended();
    assert_eq!(status.code(), Some(1), "{}", process.said());
    assert_eq!(output, "");
    assert!(process.said().contains(&port), "{}", process.said());
    assert_eq!(process.postmaster(), None);
    assert!(!process.has_database(), "it was found out before");
}
