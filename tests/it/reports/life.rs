//! What reports are for; corrected, given up, looked at before they are published.

use serde_json::json;

use super::{begun, replied, replied_by};
use crate::support::{World, each, faults, questionnaire};

/// An instrument that is before the sixteenth session, and that session.
async fn presented(world: &World) -> (String, String) {
    let new = json!({"title": {"en": "A sample", "fr": "Un exemple"}, "category": "I", "route": "presentation",
                     "languages": ["en", "fr"]});
    let drafted = world
        .post("/v1/instruments")
        .token(&world.officer)
        .json(&new);
    let instrument = drafted.expect(201).await["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/instruments/{instrument}");
    world.revise(&path, &questionnaire(), json!({})).await;
    let document =
        json!({"symbol": "E/CN.15/2007/11", "title": {"en": "On progress"}, "date": "2006-04-01"});
    let recorded = world.post("/v1/documents").token(&world.officer);
    recorded.json(&document).expect(201).await;
    let session = world.session(16).await;
    let presented =
        json!({"meeting": session, "progress_report": "E/CN.15/2007/11", "on": "2006-04-24"});
    let path = format!("{path}/revisions/1/presentation");
    let present = world.post(&path).token(&world.officer).json(&presented);
    let present = present.send().await;
    assert!(present.status < 300, "{present:#?}");
    (instrument, session)
}

#[tokio::test]
async fn a_report_on_progress_is_written_under_its_own_heading_and_tells_what_revisions_were_put_before()
 {
    let world = World::new().await;
    let (instrument, session) = presented(&world).await;
    let new = json!({"title": {"en": "On progress"}, "purpose": "progress", "session": 16});
    let begin = |new: &serde_json::Value| world.post("/v1/reports").token(&world.officer).json(new);
    let problem = begin(&new).problem(422, "report_faulty").await;
    let expected = [
        ("reports_nothing", "/collections"),
        ("no_instruments", "/instruments"),
    ];
    assert_eq!(faults(&problem), expected);
    let mut new = new;
    new["instruments"] = json!([instrument]);
    let report = begin(&new).send().await.header("location").to_owned();
    let path = format!("{report}/compilation");
    let compiled = world.post(&path).token(&world.officer).expect(200).await;
    assert_eq!(compiled["purpose"], "progress");
    let path = format!("{report}/publication");
    let body = json!({"meeting": session, "on": "2006-04-24"});
    let publish = || world.post(&path).token(&world.officer).json(&body);
    let problem = publish().problem(409, "headings_missing").await;
    assert_eq!(problem["faults"].as_array().unwrap().len(), 1);
    let words = json!({"text": "Two instruments."});
    world.narrative(&report, "progress", "en", &words).await;
    let published = publish().expect(201).await;
    assert_eq!(published["publication"]["headings"], json!(["progress"]));
    let body = world.get(&format!("{report}/body")).expect(200).await;
    let revision = &body["instruments"][0]["revisions"][0];
    let shown = &revision["presented"];
    assert_eq!(shown["meeting"], session);
    assert_eq!(shown["progress_report"], "E/CN.15/2007/11");
    let page = world.get(&format!("{report}/page")).send().await;
    for said in [
        "Presented on ",
        "Progress in preparing instruments",
        "Two instruments.",
    ] {
        let found = page.text.to_lowercase().contains(&said.to_lowercase());
        assert!(found, "{said}: {}", page.text);
    }
}

#[tokio::test]
async fn a_report_to_a_congress_is_put_before_the_congress() {
    let world = World::new().await;
    let (opened, _) = replied(&world).await;
    let new = json!({"title": {"en": "To the Congress"}, "purpose": "congress", "session": 11,
                     "collections": [opened.collection]});
    let begun = world.post("/v1/reports").token(&world.officer).json(&new);
    let report = begun.send().await.header("location").to_owned();
    let path = format!("{report}/compilation");
    world.post(&path).token(&world.officer).expect(200).await;
    let words = json!({"text": "Of the use of standards."});
    world.narrative(&report, "application", "en", &words).await;
    let path = format!("{report}/publication");
    let publish = |meeting: &str, on: &str| {
        let body = json!({"meeting": meeting, "on": on});
        world.post(&path).token(&world.officer).json(&body)
    };
    let session = world.session(11).await;
    publish(&session, "2005-04-18")
        .problem(409, "not_that_session")
        .await;
    let new = json!({"kind": "congress", "title": {"en": "The Congress"}, "session": 11,
                     "starts_on": "2005-04-18", "ends_on": "2005-04-25"});
    let congress = world.post("/v1/meetings").token(&world.officer).json(&new);
    let congress = congress.expect(201).await["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let problem = publish(&congress, "2999-04-18")
        .problem(422, "report_faulty")
        .await;
    assert_eq!(faults(&problem), [("day_in_the_future", "/on")]);
    publish(&congress, "2005-04-18").expect(201).await;
    let page = world.get(&format!("{report}/page")).send().await;
    assert!(page.text.contains("Congress 11"), "{}", page.text);

    // Who cancels a meeting puts nothing before it.
    let cancelled = world.session(15).await;
    let reason = json!({"reason": {"text": "No.", "lang": "en"}});
    let path = format!("/v1/meetings/{cancelled}/cancellation");
    world
        .post(&path)
        .token(&world.officer)
        .json(&reason)
        .expect(200)
        .await;
    let report = world.ready_report(&opened.instrument).await;
    let body = json!({"meeting": cancelled, "on": "2006-04-24"});
    let publish = world
        .post(&format!("{report}/publication"))
        .token(&world.officer);
    let problem = publish.json(&body).problem(422, "report_faulty").await;
    assert_eq!(faults(&problem), [("meeting_was_cancelled", "/meeting")]);
}

#[tokio::test]
async fn a_report_is_corrected_or_given_up_until_it_is_published() {
    let world = World::new().await;
    let (opened, _) = replied(&world).await;
    let report = world.ready_report(&opened.instrument).await;
    let revised =
        json!({"title": {"en": "Another"}, "session": 16, "collections": [opened.collection]});
    let revise = || world.put(&report).token(&world.officer).json(&revised);
    let told = revise().expect(200).await;
    assert_eq!(
        (&told["title"], &told["session"]),
        (&json!("Another"), &json!(16))
    );
    // The narratives stay; the figures are others.
    assert_eq!(told["narratives"].as_array().unwrap().len(), 4);
    assert_eq!(
        (&told["compiled"], &told["status"]),
        (&json!(null), &json!("begun"))
    );
    let listed = world
        .get("/v1/reports")
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(each(&listed["items"], "title"), ["Another"]);
    assert_eq!(listed["items"][0]["compiled"], json!(null));

    let abandon = || {
        let call = world.call(reqwest::Method::DELETE, &report);
        call.token(&world.officer)
    };
    let told = abandon().expect(200).await;
    assert_eq!(told["status"], "abandoned");
    abandon().problem(409, "report_abandoned").await;
    revise().problem(409, "report_abandoned").await;
    let listed = world
        .get("/v1/reports")
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(listed["items"][0]["abandoned"], true);
    world.get(&report).problem(404, "not_found").await;

    let session = world.session(15).await;
    let published = world.ready_report(&opened.instrument).await;
    world.publish(&published, &session).await;
    let revise = world.put(&published).token(&world.officer).json(&revised);
    revise.problem(409, "report_published").await;
}

#[tokio::test]
async fn the_secretariat_sees_before_the_publication_what_it_would_make_public() {
    let world = World::new().await;
    let (opened, replies) = replied(&world).await;
    let report = begun(&world, &opened).await;
    let path = format!("{report}/compilation");
    world.post(&path).token(&world.officer).expect(200).await;
    // Finland consents to publication, Sweden does not.
    let rests_on =
        json!([{"reply": replies[0], "question": "A1"}, {"reply": replies[3], "question": "A1"}]);
    for heading in ["application", "difficulties", "assistance", "practices"] {
        let words = json!({"text": "Words.", "rests_on": rests_on});
        world.narrative(&report, heading, "en", &words).await;
    }
    // French is not whole.
    let words = json!({"text": "Inachevé."});
    world.narrative(&report, "practices", "fr", &words).await;
    let [body, page] = ["body", "page"].map(|part| format!("{report}/{part}"));
    let draft = world.get(&body).token(&world.officer).send().await;
    assert_eq!(draft.header("cache-control"), "no-store");
    let draft = draft.expect(200);
    assert_eq!(draft["status"], "draft");
    assert_eq!(draft["narratives"][0]["restricted"], 1);
    let shown = world.get(&page).token(&world.officer).send().await;
    assert!(
        shown.text.contains("Draft: not published."),
        "{}",
        shown.text
    );
    let finland = world.focal_point("FIN").await;
    world
        .get(&body)
        .token(&finland)
        .problem(404, "not_found")
        .await;
    world.get(&page).problem(404, "not_found").await;

    let session = world.session(15).await;
    world.publish(&report, &session).await;
    let read = world.get(&body).expect(200).await;
    assert_eq!(each(&read["narratives"], "lang"), ["en"; 4]);
    let shown = world.get(&page).send().await;
    assert!(
        !shown.text.contains("Draft: not published."),
        "{}",
        shown.text
    );
    assert!(!shown.text.contains("Inachevé"), "{}", shown.text);
    assert_eq!(read["collections"], draft["collections"]);
}

#[tokio::test]
async fn a_report_that_is_not_compiled_of_what_is_released_shows_that_as_a_draft() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let report = begun(&world, &opened).await;
    let body = format!("{report}/body");
    let draft = world.get(&body).token(&world.officer).expect(200).await;
    assert_eq!(draft["time"], json!(null));
    let path = format!("{report}/compilation");
    world.post(&path).token(&world.officer).expect(200).await;
    let draft = world.get(&body).token(&world.officer).expect(200).await;
    assert_eq!(draft["unreleased"], json!([opened.collection]));
}

#[tokio::test]
async fn what_all_consent_to_is_shown_under_the_heading_that_it_serves() {
    let world = World::new().await;
    let (opened, replies, tokens) = replied_by(&world).await;
    let path = format!("/v1/replies/{}/publication", replies[3]);
    let consent = json!({"publication": {"all": true}});
    let sweden = world.put(&path).token(&tokens[3]).json(&consent);
    sweden.expect(200).await;
    let report = begun(&world, &opened).await;
    let path = format!("{report}/compilation");
    world.post(&path).token(&world.officer).expect(200).await;
    for heading in ["application", "difficulties", "assistance", "practices"] {
        let words = json!({"text": format!("Sur {heading}.")});
        world.narrative(&report, heading, "fr", &words).await;
    }
    let document =
        json!({"symbol": "E/CN.15/2006/9", "title": {"en": "The report"}, "date": "2006-03-01"});
    let recorded = world.post("/v1/documents").token(&world.officer);
    recorded.json(&document).expect(201).await;
    let session = world.session(15).await;
    let body = json!({"meeting": session, "on": "2006-04-24", "document": "E/CN.15/2006/9"});
    let path = format!("{report}/publication");
    let publish = world.post(&path).token(&world.officer).json(&body);
    let published = publish.expect(201).await;
    assert_eq!(published["publication"]["document"], "E/CN.15/2006/9");

    let told = world.get(&format!("{report}/body")).expect(200).await;
    let question = &told["collections"][0]["sections"][0]["questions"][0];
    // Sweden does not consent.
    let options = json!({"yes": 2, "in_part": 0, "no": 1});
    assert_eq!(question["total"]["options"], options, "{question}");
    let (replied, counted) = (&question["total"]["replied"], &question["total"]["counted"]);
    assert_eq!((replied, counted), (&json!(4), &json!(3)));
    let page = world.get(&format!("{report}/page?lang=fr")).send().await;
    assert_eq!(page.header("content-language"), "fr");
    let place = |text: &str| {
        page.text
            .find(text)
            .unwrap_or_else(|| panic!("no {text}: {}", page.text))
    };
    let order = [
        "Participation",
        "Sur application.",
        "A1. Is it law? (fr)",
        "Sur difficulties.",
        "D1. ",
    ];
    let places: Vec<usize> = order.map(place).into();
    assert!(places.is_sorted(), "{}", page.text);
}
