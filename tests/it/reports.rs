//! /v1/reports

use access::Role;
use serde_json::{Value, json};

use crate::support::{OpenedCollection, World, each, faults};

mod life;
mod words;

/// Four States that replied, of whom all but Sweden consent, and the release of the figures.
async fn replied(world: &World) -> (OpenedCollection, Vec<String>) {
    let (opened, replies, _) = replied_by(world).await;
    (opened, replies)
}

/// The same, and the tokens of the focal points.
async fn replied_by(world: &World) -> (OpenedCollection, Vec<String>, Vec<String>) {
    let parties = ["FIN", "NOR", "KEN", "SWE"];
    let opened = world.collection(json!({ "parties": parties })).await;
    let (mut replies, mut tokens) = (Vec::new(), Vec::new());
    for party in parties {
        let token = world.focal_point(party).await;
        let words = json!({"text": format!("Money, of {party}."), "lang": "en"});
        let answers = json!({"A1": {"value": if party == "KEN" { "no" } else { "yes" }}, "D1": {"value": words}});
        let reply = world.submitted(&opened.collection, &token, answers).await;
        if party != "SWE" {
            let path = format!("/v1/replies/{reply}/publication");
            let consent = json!({"publication": {"all": true}});
            world
                .put(&path)
                .token(&token)
                .json(&consent)
                .expect(200)
                .await;
        }
        replies.push(reply);
        tokens.push(token);
    }
    let path = format!("/v1/collections/{}/releases", opened.collection);
    world.post(&path).token(&world.officer).expect(201).await;
    (opened, replies, tokens)
}

/// A report on a collection; answers its path.
async fn begun(world: &World, opened: &OpenedCollection) -> String {
    world
        .report(&[&opened.collection], &[&opened.instrument])
        .await
}

#[tokio::test]
async fn a_report_is_compiled_as_of_a_position_and_the_same_position_gives_the_same_bytes() {
    let world = World::new().await;
    let (opened, _) = replied(&world).await;
    let position = world.head().await;
    let report = begun(&world, &opened).await;
    let compile = async |report: &str, body: Value| {
        let path = format!("{report}/compilation");
        let compiled = world
            .post(&path)
            .token(&world.officer)
            .json(&body)
            .expect(200)
            .await;
        assert_eq!(compiled["status"], "compiled");
        world.get(&path).token(&world.officer).send().await
    };
    let first = compile(&report, json!({"as_of": position})).await;
    let figures = first.expect(200);
    assert_eq!(figures["position"], position);
    let states = &figures["collections"][0]["participation"]["member_states"];
    assert_eq!(states, &json!({"invited": 4, "replied": 4, "late": 0}));
    let groups = &figures["collections"][0]["participation"]["groups"];
    assert_eq!(groups["weog"]["replied"], 3);
    let question = &figures["collections"][0]["sections"][0]["questions"][0];
    assert_eq!(question["code"], "A1");
    assert_eq!(question["heading"], "application");
    let expected = json!({"yes": 3, "no": 1});
    for (value, count) in expected.as_object().unwrap() {
        assert_eq!(&question["total"]["options"][value], count, "{question}");
    }
    assert_eq!(figures["instruments"][0]["revisions"][0]["revision"], 1);

    // What happens later changes nothing of it.
    let collection = format!("/v1/collections/{}", opened.collection);
    let invited = json!({"parties": ["BRA"]});
    let invitations = world
        .post(&format!("{collection}/invitations"))
        .token(&world.officer);
    invitations.json(&invited).expect(200).await;
    let brazil = world.focal_point("BRA").await;
    let answers = json!({"A1": {"value": "no"}});
    world.submitted(&opened.collection, &brazil, answers).await;
    let other = begun(&world, &opened).await;
    let again = compile(&other, json!({"as_of": position})).await;
    assert_eq!(again.text, first.text);

    let now = compile(&other, json!({})).await.expect(200);
    let states = &now["collections"][0]["participation"]["member_states"];
    assert_eq!(states, &json!({"invited": 5, "replied": 5, "late": 0}));
    let told = world.get(&other).token(&world.officer).expect(200).await;
    assert_eq!(told["compiled"], now["position"]);

    let path = format!("{report}/compilation");
    let compile = |body: Value| world.post(&path).token(&world.officer).json(&body);
    compile(json!({"as_of": 1}))
        .problem(404, "before_it_existed")
        .await;
    compile(json!({"as_of": 999_999}))
        .problem(422, "future_position")
        .await;
    compile(json!({"as_of": true}))
        .problem(422, "wrong_body")
        .await;
}

#[tokio::test]
async fn narratives_stand_under_headings_and_rest_on_answers_that_there_are() {
    let world = World::new().await;
    let (opened, replies, tokens) = replied_by(&world).await;
    let report = begun(&world, &opened).await;
    let words = json!({"text": "Most States\n\nhave laws.", "rests_on": [{"reply": replies[0], "question": "A1"}]});
    let told = world.narrative(&report, "application", "en", &words).await;
    let held = &told["narratives"][0];
    assert_eq!(held["heading"], "application");
    assert_eq!(held["words"]["text"], "Most States\n\nhave laws.");
    assert_eq!(
        held["rests_on"],
        json!([{"reply": replies[0], "question": "A1"}])
    );

    let told = world
        .narrative(&report, "application", "en", &json!({"text": "Otherwise."}))
        .await;
    assert_eq!(told["narratives"].as_array().unwrap().len(), 1);
    assert_eq!(told["narratives"][0]["words"]["text"], "Otherwise.");

    let path = format!("{report}/narratives/application/en");
    let draft = |path: &str, body: &Value| world.put(path).token(&world.officer).json(body);
    let wrong = json!({"text": "On what?", "rests_on": [
        {"reply": replies[0], "question": "Z9"}, {"reply": opened.collection, "question": "A1"}]});
    let problem = draft(&path, &wrong).problem(422, "report_faulty").await;
    let expected = [
        ("no_such_answer", "/rests_on/0"),
        ("no_such_answer", "/rests_on/1"),
    ];
    assert_eq!(faults(&problem), expected);
    let problem = draft(&path, &json!({"text": " "}))
        .problem(422, "report_faulty")
        .await;
    assert_eq!(faults(&problem), [("blank", "/text")]);
    let words = json!({"text": "A."});
    draft(&format!("{report}/narratives/weather/en"), &words)
        .problem(400, "bad_parameter")
        .await;
    draft(&format!("{report}/narratives/application/de"), &words)
        .problem(400, "bad_parameter")
        .await;

    // What is being amended counts as it was submitted, and what is withdrawn not at all.
    let finland = &tokens[0];
    let amend = format!("/v1/replies/{}/amendment", replies[0]);
    world.post(&amend).token(finland).expect(201).await;
    let answer = |question: &str| format!("/v1/replies/{}/answers/{question}", replies[0]);
    let added = world.put(&answer("A6")).token(finland);
    added.json(&json!({"value": 2004})).expect(200).await;
    let cleared = world.call(reqwest::Method::DELETE, &answer("D1"));
    cleared.token(finland).expect(200).await;
    let rests_on = |question: &str| json!({"text": "A.", "rests_on": [{"reply": replies[0], "question": question}]});
    draft(&path, &rests_on("A6"))
        .problem(422, "report_faulty")
        .await;
    draft(&path, &rests_on("D1")).expect(200).await;
    let norway = &tokens[1];
    let withdraw = format!("/v1/replies/{}/withdrawal", replies[1]);
    let reason = json!({"reason": {"text": "So.", "lang": "en"}});
    let withdrawn = world.post(&withdraw).token(norway).json(&reason);
    withdrawn.expect(201).await;
    let withdrawn = json!({"text": "A.", "rests_on": [{"reply": replies[1], "question": "A1"}]});
    draft(&path, &withdrawn).problem(422, "report_faulty").await;

    let drop = |path: &str| {
        world
            .call(reqwest::Method::DELETE, path)
            .token(&world.officer)
    };
    let told = drop(&path).expect(200).await;
    assert_eq!(told["narratives"], json!([]));
    drop(&path).problem(404, "unknown_narrative").await;
}

#[tokio::test]
async fn a_report_that_is_not_published_is_the_secretariats() {
    let world = World::new().await;
    let (opened, _) = replied(&world).await;
    let report = begun(&world, &opened).await;
    let listed = world
        .get("/v1/reports")
        .token(&world.officer)
        .expect(200)
        .await;
    assert_eq!(each(&listed["items"], "title"), ["Report"]);
    let others = [
        world.focal_point("FIN").await,
        world.token(Role::Mission, Some("FIN")).await,
        world.token(Role::Donor, Some("NOR")).await,
    ];
    for token in &others {
        world
            .get(&report)
            .token(token)
            .problem(404, "not_found")
            .await;
        world
            .get(&format!("{report}/compilation"))
            .token(token)
            .problem(404, "not_found")
            .await;
        let listed = world.get("/v1/reports").token(token).expect(200).await;
        assert_eq!(listed["items"], json!([]));
    }
    world.get(&report).problem(404, "not_found").await;
    assert_eq!(
        world.get("/v1/reports").expect(200).await["items"],
        json!([])
    );

    let unknown = json!({"title": {}, "session": 0, "collections": [opened.instrument]});
    let problem = world
        .post("/v1/reports")
        .token(&world.officer)
        .json(&unknown);
    let problem = problem.problem(422, "report_faulty").await;
    let expected = [
        ("blank", "/title"),
        ("bad_session", "/session"),
        ("not_there", "/collections/0"),
    ];
    assert_eq!(faults(&problem), expected);
}

#[tokio::test]
async fn a_report_is_published_to_its_session_with_released_figures_and_changes_no_more() {
    let world = World::new().await;
    let (opened, replies, tokens) = replied_by(&world).await;
    let report = begun(&world, &opened).await;
    let session = world.session(15).await;
    let publish = |meeting: &str| {
        let path = format!("{report}/publication");
        let body = json!({"meeting": meeting, "on": "2006-04-24"});
        world.post(&path).token(&world.officer).json(&body)
    };
    publish(&session).problem(409, "report_not_compiled").await;
    let compilation = format!("{report}/compilation");
    world
        .post(&compilation)
        .token(&world.officer)
        .expect(200)
        .await;
    let problem = publish(&session).problem(409, "headings_missing").await;
    assert_eq!(problem["faults"].as_array().unwrap().len(), 4);
    // Finland consents to publication, Sweden does not.
    let rests_on =
        json!([{"reply": replies[0], "question": "A1"}, {"reply": replies[3], "question": "A1"}]);
    for heading in ["application", "difficulties", "assistance", "practices"] {
        let words = json!({"text": format!("On {heading}.\n\n<b>All</b>"), "rests_on": rests_on});
        world.narrative(&report, heading, "en", &words).await;
    }
    let other = world.session(16).await;
    publish(&other).problem(409, "not_that_session").await;
    publish(&opened.collection)
        .problem(409, "not_that_session")
        .await;
    for (wrong, pointer) in [("2006-04-24T10:00", "/on"), ("+2006-04-24", "/on")] {
        let body = json!({"meeting": session, "on": wrong});
        let path = format!("{report}/publication");
        let problem = world.post(&path).token(&world.officer).json(&body);
        let problem = problem.problem(422, "wrong_body").await;
        assert_eq!(problem["pointer"], pointer);
    }
    let unknown = json!({"meeting": session, "on": "2006-04-24", "document": "E/CN.15/2006/9"});
    let path = format!("{report}/publication");
    let problem = world.post(&path).token(&world.officer).json(&unknown);
    let problem = problem.problem(422, "report_faulty").await;
    assert_eq!(faults(&problem), [("no_such_document", "/document")]);
    let published = publish(&session).expect(201).await;
    assert_eq!(published["status"], "published");
    assert_eq!(published["publication"]["languages"], json!(["en"]));

    // Everybody reads it.
    let seen = world.get(&report).expect(200).await;
    assert!(seen.get("narratives").is_none());
    let listed = world.get("/v1/reports").expect(200).await;
    assert_eq!(each(&listed["items"], "published_on"), ["2006-04-24"]);
    let body = world.get(&format!("{report}/body")).expect(200).await;
    let narrative = &body["narratives"][0];
    let cited = &narrative["rests_on"][0];
    assert_eq!(
        [&cited["party"], &cited["reply"], &cited["question"]],
        [&json!("FIN"), &json!(replies[0]), &json!("A1")]
    );
    assert_eq!(
        (&narrative["rests_on"][1], &narrative["restricted"]),
        (&json!(null), &json!(1))
    );
    let figures = &body["collections"][0];
    assert_eq!(figures["release"], 1);
    let question = &figures["sections"][0]["questions"][0];
    let tally = format!("/v1/collections/{}/tallies?question=A1", opened.collection);
    let public = world.get(&tally).expect(200).await;
    assert_eq!(figures["basis"], "consenting");
    let same = |cell: &Value, tally: &Value| {
        for part in ["replied", "counted", "answered", "not_available", "blank"] {
            assert_eq!(cell[part], tally["base"][part], "{part}: {tally:#}");
        }
        for option in tally["options"].as_array().unwrap() {
            assert_eq!(
                cell["options"][option["value"].as_str().unwrap()],
                option["count"]
            );
        }
    };
    same(&question["total"], &public);
    assert_eq!(question["total"]["counted"], 3, "Sweden does not consent");
    for group in public["groups"].as_array().unwrap() {
        same(&question["groups"][group["group"].as_str().unwrap()], group);
    }

    let page = world.get(&format!("{report}/page")).send().await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.text.contains("<p>On practices.</p>"));
    assert!(page.text.contains("&#60;b&#62;All&#60;/b&#62;") && !page.text.contains("<b>"));
    assert!(
        page.text.contains("4 of 4 Member States invited"),
        "{}",
        page.text
    );

    for says in [
        "of States that had consented to the publication",
        "Counted, of 4 that replied",
        "Of those that answered",
        "These figures again, in every format",
    ] {
        assert!(page.text.contains(says), "{}", page.text);
    }

    // Nothing changes it any more.
    world
        .post(&compilation)
        .token(&world.officer)
        .problem(409, "report_published")
        .await;
    publish(&session).problem(409, "report_published").await;
    let path = format!("{report}/narratives/practices/en");
    let words = json!({"text": "Otherwise."});
    world
        .put(&path)
        .token(&world.officer)
        .json(&words)
        .problem(409, "report_published")
        .await;
    world
        .call(reqwest::Method::DELETE, &path)
        .token(&world.officer)
        .problem(409, "report_published")
        .await;
    // Nor does what happens to what it rests on.
    let finland = &tokens[0];
    let path = format!("/v1/replies/{}/publication", replies[0]);
    let nothing = json!({"publication": null});
    let consent = world.put(&path).token(finland).json(&nothing);
    consent.expect(200).await;
    let invited = json!({"parties": ["BRA", "ESP", "FRA"]});
    let path = format!("/v1/collections/{}/invitations", opened.collection);
    let invitations = world.post(&path).token(&world.officer);
    invitations.json(&invited).expect(200).await;
    for party in ["BRA", "ESP", "FRA"] {
        let token = world.focal_point(party).await;
        let answers = json!({"A1": {"value": "yes"}});
        world.submitted(&opened.collection, &token, answers).await;
    }
    let path = format!("/v1/collections/{}/releases", opened.collection);
    world.post(&path).token(&world.officer).expect(201).await;
    let again = world.get(&format!("{report}/body")).send().await;
    assert_eq!(again.json(), body);
    let told = world.get(&format!(
        "/v1/timelines/{}",
        report.rsplit('/').next().unwrap()
    ));
    let told = told.expect(200).await;
    assert_eq!(
        each(&told["items"], "kind").last(),
        Some(&"report_published")
    );
}

#[tokio::test]
async fn figures_that_were_never_released_are_not_published() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let report = begun(&world, &opened).await;
    world
        .post(&format!("{report}/compilation"))
        .token(&world.officer)
        .expect(200)
        .await;
    for heading in ["application", "difficulties", "assistance", "practices"] {
        world
            .narrative(&report, heading, "en", &json!({"text": "Words."}))
            .await;
    }
    let session = world.session(15).await;
    let body = json!({"meeting": session, "on": "2006-04-24"});
    let publish = world
        .post(&format!("{report}/publication"))
        .token(&world.officer)
        .json(&body);
    let problem = publish.problem(409, "figures_not_released").await;
    assert_eq!(faults(&problem), [("no_release", "/collections/0")]);
}
