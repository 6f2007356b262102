//! API tokens: made, used within their scopes, listed

use access::Role;
use futures_util::future::join_all;
use rapporteur::http::openapi;
use rapporteur::http::policy::{self, Rule};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Call, World, each, eventually, faults};

/// Makes a token with another.
pub async fn make(world: &World, with: &str, new: Value) -> Value {
    let call = world.post("/v1/tokens").token(with).json(&new);
    call.expect(201).await
}

/// The secret of a token that was just made.
pub fn secret(made: &Value) -> &str {
    made["secret"].as_str().unwrap()
}

/// Where it is listed.
pub fn path(made: &Value) -> String {
    format!("/v1/tokens/{}", made["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_token_is_shown_once_acts_as_its_maker_and_says_what_it_is() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let new = json!({"name": " The ministry's script ", "scopes": ["write", "read"], "days": 30});
    let call = world.post("/v1/tokens").token(&finland).json(&new);
    let answer = call.send().await;
    let made = answer.expect(201);
    assert_eq!(answer.header("location"), path(&made));
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(made["name"], "The ministry's script");
    assert_eq!(made["role"], "focal_point");
    assert_eq!(made["scopes"], json!(["read", "write"]));
    assert_eq!(made["secret_shown"], false);
    assert_eq!(made["maker"], made["principal"]);
    assert!(secret(&made).starts_with("rpt_") && secret(&made).len() == 68);
    let end: jiff::Timestamp = made["expires_at"].as_str().unwrap().parse().unwrap();
    let made_at: jiff::Timestamp = made["created_at"].as_str().unwrap().parse().unwrap();
    // The server's clock sets the end, and the database's says when it was made.
    let hours = (end - made_at).as_hours();
    assert!((30 * 24 - 1..=30 * 24).contains(&hours), "{hours}");

    // It is the same principal: it carries on what the other began.
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let reply = world.answered(&opened.collection, &finland).await;
    let submission = world.post(&format!("/v1/replies/{reply}/submission"));
    submission.token(secret(&made)).expect(201).await;
    let events = world.events_after(0).await;
    let by = |kind: &str| {
        let event = events.iter().find(|event| event["kind"] == kind).unwrap();
        event["actor"].clone()
    };
    assert_eq!(by("reply_submitted"), by("reply_started"));

    // Its use is noted, to the minute; its secret is not shown again.
    let found = async || {
        let found = world.get(&path(&made)).token(&finland).send().await;
        assert!(!found.text.contains("secret"));
        found.expect(200)
    };
    let is_noted = async || found().await["last_used_at"].is_string();
    eventually("its use is noted", is_noted).await;
    let listed = world.get("/v1/tokens").token(&finland).send().await;
    let items = &listed.expect(200)["items"];
    assert!(each(items, "id").contains(&made["id"].as_str().unwrap()));
    assert!(!listed.text.contains("secret") && !listed.text.contains("rpt_"));
}

#[tokio::test]
async fn a_token_that_may_only_read_is_refused_every_operation_that_changes_something() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let finland = world.focal_point("FIN").await;
    let before = world.head().await;
    let makers = [
        (Role::Administrator, &administrator),
        (Role::FocalPoint, &finland),
    ];
    let document: Value = serde_json::from_str(&openapi::json().unwrap()).unwrap();
    let mut refused = 0;
    for (role, maker) in makers {
        // Only to read, where nothing is said.
        let made = make(&world, maker, json!({"name": "A dashboard"})).await;
        assert_eq!(made["scopes"], json!(["read"]));
        for (path, item) in document["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let row = policy::row(operation["operationId"].as_str().unwrap()).unwrap();
                let method: Method = method.to_uppercase().parse().unwrap();
                let call = world.call(method.clone(), path).token(secret(&made));
                let answer = call.send().await;
                // A letter's text may hold a link, which would open a session that may do more.
                let lets_in =
                    operation["operationId"] == "get_letter" && row.rule(role) != Rule::No;
                if method == Method::GET && !lets_in {
                    assert!(!answer.text.contains("scope_missing"), "{answer:#?}");
                } else if row.rule(role) == Rule::No {
                    answer.problem(403, "not_allowed");
                } else {
                    answer.problem(403, "scope_missing");
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 10, "{refused}");
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_token_has_no_more_than_what_its_maker_shows() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let ask = |with: &str, new: Value| world.post("/v1/tokens").token(with).json(&new);
    for other in [
        json!({"name": "N", "role": "administrator"}),
        json!({"name": "N", "role": "focal_point", "party": "SWE"}),
        json!({"name": "N", "party": "SWE"}),
    ] {
        for maker in [&finland, &world.officer] {
            ask(maker, other.clone()).problem(403, "not_allowed").await;
        }
    }
    let narrow = json!({"name": "N", "scopes": ["write"], "days": 2});
    let narrow = make(&world, &finland, narrow).await;
    let wider = ask(
        secret(&narrow),
        json!({"name": "N", "scopes": ["write", "read"]}),
    );
    let problem = wider.problem(403, "scope_missing").await;
    assert_eq!(problem["pointer"], "/scopes/1");
    // Nor does it outlive the one that it was made with.
    let later = ask(
        secret(&narrow),
        json!({"name": "N", "scopes": ["write"], "days": 3}),
    );
    let problem = later.problem(422, "token_faulty").await;
    assert_eq!(faults(&problem), [("bad_end_of_token", "/days")]);
    let child = make(
        &world,
        secret(&narrow),
        json!({"name": "N", "scopes": ["write"]}),
    )
    .await;
    assert_eq!(child["expires_at"], narrow["expires_at"]);
    let nobody = world.post("/v1/tokens").json(&json!({"name": "N"}));
    nobody.problem(401, "missing_token").await;
}

#[tokio::test]
async fn what_is_wrong_with_a_token_that_is_asked_for_is_said() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let refused = async |new: Value, code: &str, pointer: &str| {
        let call = world.post("/v1/tokens").token(&administrator).json(&new);
        let problem = call.problem(422, "token_faulty").await;
        assert_eq!(faults(&problem), [(code, pointer)], "{new}");
    };
    let long = "é".repeat(201);
    refused(json!({"name": " "}), "blank", "/name").await;
    refused(json!({"name": long}), "text_too_long", "/name").await;
    for days in [0, -1, 1096, i64::MAX] {
        let new = json!({"name": "N", "days": days});
        refused(new, "bad_end_of_token", "/days").await;
    }
    for end in ["2011-03-08T00:00:00Z", "2999-01-01T00:00:00Z", "tomorrow"] {
        let new = json!({"name": "N", "expires_at": end});
        refused(new, "bad_end_of_token", "/expires_at").await;
    }
    let both = json!({"name": "N", "days": 1, "expires_at": "2027-01-01T00:00:00Z"});
    refused(both, "bad_end_of_token", "/days").await;
    for (role, party) in [
        (json!("officer"), json!("FIN")),
        (json!("mission"), Value::Null),
        (Value::Null, json!("FIN")),
    ] {
        let new = json!({"name": "N", "role": role, "party": party});
        refused(new, "party_and_role", "/party").await;
    }
    let unknown = json!({"name": "N", "role": "mission", "party": "XXX"});
    refused(unknown, "unknown_party", "/party").await;
    for (new, pointer) in [
        (json!({"name": "N", "scopes": ["all"]}), "/scopes/0"),
        (json!({"name": "N", "scopes": []}), "/scopes"),
        (json!({"name": "N", "role": "anonymous"}), "/role"),
        (json!({"name": 1}), "/name"),
        (json!({}), "/name"),
        (json!({"name": "N", "secret": "x"}), "/secret"),
    ] {
        let call = world.post("/v1/tokens").token(&administrator).json(&new);
        let problem = call.problem(422, "wrong_body").await;
        let at = problem["pointer"].as_str().unwrap_or_default();
        assert_eq!(at, pointer, "{problem}");
    }
}

#[tokio::test]
async fn an_administrator_makes_tokens_for_programs_and_sees_everybodys() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let finland = world.focal_point("FIN").await;
    let own = make(&world, &finland, json!({"name": "Finland's"})).await;
    let new = json!({"name": "Finland's portal", "role": "mission", "party": "fin", "days": 1095});
    let program = make(&world, &administrator, new).await;
    assert_eq!(program["role"], "mission");
    assert_ne!(program["principal"], program["maker"]);
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let reply = world.answered(&opened.collection, &finland).await;
    let read = world.get(&format!("/v1/replies/{reply}"));
    read.token(secret(&program)).expect(200).await;

    let listed = async |token: &str, asked: &str| -> Vec<String> {
        let mut ids = Vec::new();
        let mut cursor = String::new();
        loop {
            let call = world.get(&format!("/v1/tokens?limit=1{asked}{cursor}"));
            let page = call.token(token).expect(200).await;
            ids.extend(each(&page["items"], "id").into_iter().map(str::to_owned));
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return ids,
            }
        }
    };
    let id = |made: &Value| made["id"].as_str().unwrap().to_owned();
    let all = listed(&administrator, "&all=true").await;
    assert!(all.contains(&id(&own)) && all.contains(&id(&program)));
    assert!(all.is_sorted(), "in the order in which they were made");
    let theirs = listed(&administrator, "").await;
    assert!(!theirs.contains(&id(&own)) && theirs.contains(&id(&program)));
    let finlands = listed(&finland, "").await;
    assert!(finlands.contains(&id(&own)) && !finlands.contains(&id(&program)));
    let everybodys = world.get("/v1/tokens?all=true").token(&world.officer);
    everybodys.problem(403, "not_allowed").await;
    // Another's token is as little there as an unknown one.
    for method in [Method::GET, Method::DELETE] {
        let theirs = world.call(method.clone(), &path(&program)).token(&finland);
        let theirs = theirs.send().await.anonymous_problem(404, "not_found");
        for unknown in ["0190b5f0-0000-7000-8000-000000000000", "x"] {
            let unknown = world.call(method.clone(), &format!("/v1/tokens/{unknown}"));
            let unknown = unknown.token(&finland).send().await;
            assert_eq!(theirs, unknown.anonymous_problem(404, "not_found"));
        }
        world.get(&path(&own)).token(&finland).expect(200).await;
    }
    let revoked = world.delete(&path(&own)).token(&administrator);
    assert!(revoked.expect(200).await["revoked_at"].is_string());
    let gone = world.get("/v1/tokens").token(secret(&own));
    gone.problem(401, "unknown_token").await;
}

const KEY: &str = "b1b0e9a2-3a8e-4f0e-8f43-55ac2f9f2b61";

/// Asks for a token, always with the same key.
pub fn keyed(world: &World, with: &str, name: &str) -> Call {
    let call = world.post("/v1/tokens").token(with);
    call.header("idempotency-key", KEY)
        .json(&json!({"name": name}))
}

#[tokio::test]
async fn a_request_that_is_repeated_makes_no_second_token_and_shows_no_secret_again() {
    let world = World::new().await;
    let first = keyed(&world, &world.officer, "N").expect(201).await;
    let again = keyed(&world, &world.officer, "N");
    let again = again.header("accept-language", "fr").send().await;
    let repeated = again.expect(201);
    assert_eq!(again.header("location"), path(&first));
    assert!(!again.text.contains("rpt_"));
    assert_eq!(repeated["secret"], Value::Null);
    assert_eq!(repeated["secret_shown"], true);
    assert_eq!(repeated["notices"][0]["code"], "secret_shown");
    let told = repeated["notices"][0]["text"].as_str().unwrap();
    assert!(told.starts_with("Le secret"), "{told}");
    for key in ["id", "name", "expires_at", "created_at", "scopes"] {
        assert_eq!(repeated[key], first[key], "{key}");
    }
    let other = keyed(&world, &world.officer, "M");
    other.problem(422, "key_reused").await;
    // Another process remembers it too; another principal's key is another.
    let there = World::on(world.database.clone()).await;
    let elsewhere = keyed(&there, &world.officer, "N").expect(201).await;
    assert_eq!(
        (&elsewhere["id"], &elsewhere["secret"]),
        (&first["id"], &Value::Null)
    );
    let theirs = keyed(&there, &there.officer, "M").expect(201).await;
    assert!(theirs["secret"].is_string());
}

#[tokio::test]
async fn of_requests_that_are_sent_at_once_with_one_key_one_makes_a_token() {
    let world = World::new().await;
    let calls = (0..8).map(|_| keyed(&world, &world.officer, "N").expect(201));
    let answers = join_all(calls).await;
    let shown = answers.iter().filter(|made| made["secret"].is_string());
    assert_eq!(shown.count(), 1);
    assert!(answers.iter().all(|made| made["id"] == answers[0]["id"]));
    // A refusal is not remembered: the same key does, once the request is mended.
    let finland = world.focal_point("FIN").await;
    keyed(&world, &finland, " ")
        .problem(422, "token_faulty")
        .await;
    keyed(&world, &finland, "N").expect(201).await;
    // To revoke takes a key as well.
    let delete = |made: &Value| {
        let call = world.delete(&path(made)).token(&world.officer);
        call.header("idempotency-key", "revoke-1")
    };
    let revoked = delete(&answers[0]).expect(200).await;
    assert_eq!(delete(&answers[0]).expect(200).await, revoked);
    let other = make(&world, &world.officer, json!({"name": "N"})).await;
    delete(&other).problem(422, "key_reused").await;
}

/// A dashboard's token shuts its holder out from nothing that anybody reads without one, and lets in to no more.
#[tokio::test]
async fn a_token_for_figures_reads_what_anybody_reads() {
    let world = World::new().await;
    let new = json!({"name": "A dashboard", "scopes": ["figures"]});
    let made = make(&world, &world.officer, new).await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let draft = world.ready_report(&opened.instrument).await;
    let published = world.ready_report(&opened.instrument).await;
    let session = world.session(15).await;
    world.publish(&published, &session).await;
    let get = |path: &str| world.get(path).token(secret(&made));
    let listed = get("/v1/reports").expect(200).await;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    get(&format!("{published}/body")).expect(200).await;
    get(&format!("{published}/page")).send().await;
    get(&format!("{draft}/body"))
        .problem(404, "not_found")
        .await;
    let told = get(&published).expect(200).await;
    assert!(told.get("narratives").is_none(), "{told}");
    get(&format!("{published}/compilation"))
        .problem(403, "scope_missing")
        .await;
}

/// Figures say what was answered to a question's code: what was asked, and what its options mean, is read with them.
#[tokio::test]
async fn a_token_for_figures_reads_the_questions_that_its_figures_are_about() {
    let world = World::new().await;
    let new = json!({"name": "A dashboard", "scopes": ["figures"]});
    let made = make(&world, &world.officer, new).await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let get = |path: &str| world.get(path).token(secret(&made));
    let collection = format!("/v1/collections/{}", opened.collection);
    let told = get(&collection).expect(200).await;
    let instruments = get("/v1/instruments").expect(200).await;
    assert_eq!(instruments["items"][0]["id"], told["instrument"]);
    let instrument = format!("/v1/instruments/{}", opened.instrument);
    let revision = format!("{instrument}/revisions/{}", told["revision"]);
    let revision = get(&revision).expect(200).await;
    let questions = &revision["questionnaire"]["sections"][0]["questions"];
    let code = questions[0]["code"].as_str().unwrap();
    let tally = format!("{collection}/tallies?question={code}");
    let tally = get(&tally).expect(200).await;
    let labels: Vec<_> = revision["scales"]["yes_in_part_no"]
        .as_array()
        .unwrap()
        .iter()
        .collect();
    for (option, scale) in tally["options"].as_array().unwrap().iter().zip(labels) {
        assert_eq!(option["value"], scale["value"]);
        assert_eq!(option["label"], scale["label"]["en"]);
    }
    for lists in [
        "/v1/need-types",
        "/v1/regional-groups",
        "/v1/parties",
        "/v1/currencies",
    ] {
        get(lists).expect(200).await;
    }
    // The words of meetings on it, its draft and what was answered are no figures.
    for (other, status, code) in [
        (instrument.clone(), 403, "scope_missing"),
        (format!("{instrument}/draft"), 403, "scope_missing"),
        ("/v1/events".to_owned(), 403, "scope_missing"),
    ] {
        get(&other).problem(status, code).await;
    }
}
