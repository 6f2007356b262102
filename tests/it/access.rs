//! Who may do what: the policy's table, walked over HTTP.

use std::collections::BTreeSet;

use rapporteur::access::Role;
use rapporteur::http::openapi;
use rapporteur::http::policy::{self, Rule, TABLE};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{Call, World, opening, questionnaire};

/// Every operation with a request that succeeds for whoever may send it, in an order in which each finds what it needs.
fn requests(id: &Ids) -> Vec<(&'static str, Method, String, Option<Value>, u16)> {
    let Ids {
        instrument,
        draft,
        collection,
        reply,
    } = id;
    let (get, post, put) = (Method::GET, Method::POST, Method::PUT);
    let instrument_path = format!("/v1/instruments/{draft}");
    let path = format!("/v1/collections/{collection}");
    let reply = format!("/v1/replies/{reply}");
    let party = json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    let regroup = json!({"regional_group": "weog", "on": "2025-01-01", "reason": "A test."});
    let extension = json!({"categories": [{"code": "V", "title": {"en": "A fifth"}}]});
    let new = json!({"title": {"en": "A"}, "category": "I", "route": "presentation", "languages": ["en"]});
    let approval = json!({"meeting": "M", "decision": "D", "date": "2011-02-01"});
    let reason = json!({"reason": "A test."});
    let yes = json!({"value": "yes"});
    vec![
        ("list_parties", get.clone(), "/v1/parties".into(), None, 200),
        (
            "get_party",
            get.clone(),
            "/v1/parties/FIN".into(),
            None,
            200,
        ),
        (
            "register_party",
            post.clone(),
            "/v1/parties".into(),
            Some(party),
            201,
        ),
        (
            "regroup_party",
            post.clone(),
            "/v1/parties/KEN/regional-group".into(),
            Some(regroup),
            200,
        ),
        (
            "list_regional_groups",
            get.clone(),
            "/v1/regional-groups".into(),
            None,
            200,
        ),
        (
            "list_categories",
            get.clone(),
            "/v1/categories".into(),
            None,
            200,
        ),
        (
            "list_standards",
            get.clone(),
            "/v1/standards".into(),
            None,
            200,
        ),
        (
            "extend_classification",
            post.clone(),
            "/v1/classification".into(),
            Some(extension),
            200,
        ),
        (
            "list_instruments",
            get.clone(),
            "/v1/instruments".into(),
            None,
            200,
        ),
        (
            "draft_instrument",
            post.clone(),
            "/v1/instruments".into(),
            Some(new),
            201,
        ),
        (
            "get_instrument",
            get.clone(),
            instrument_path.clone(),
            None,
            200,
        ),
        (
            "save_draft",
            put.clone(),
            format!("{instrument_path}/draft"),
            Some(questionnaire()),
            200,
        ),
        (
            "get_draft",
            get.clone(),
            format!("{instrument_path}/draft"),
            None,
            200,
        ),
        (
            "revise_instrument",
            post.clone(),
            format!("{instrument_path}/revisions"),
            None,
            201,
        ),
        (
            "get_revision",
            get.clone(),
            format!("{instrument_path}/revisions/1"),
            None,
            200,
        ),
        (
            "approve_revision",
            post.clone(),
            format!("{instrument_path}/revisions/1/approval"),
            Some(approval),
            201,
        ),
        (
            "list_collections",
            get.clone(),
            "/v1/collections".into(),
            None,
            200,
        ),
        (
            "open_collection",
            post.clone(),
            "/v1/collections".into(),
            Some(opening(instrument, "2999-12-31", &json!({}))),
            201,
        ),
        ("get_collection", get.clone(), path.clone(), None, 200),
        (
            "list_invitations",
            get.clone(),
            format!("{path}/invitations"),
            None,
            200,
        ),
        (
            "invite_parties",
            post.clone(),
            format!("{path}/invitations"),
            Some(json!({"parties": ["BRA"]})),
            200,
        ),
        (
            "close_collection",
            post.clone(),
            format!("{path}/closure"),
            None,
            200,
        ),
        (
            "reopen_collection",
            post.clone(),
            format!("{path}/reopening"),
            Some(reason),
            200,
        ),
        (
            "get_participation",
            get.clone(),
            format!("{path}/participation"),
            None,
            200,
        ),
        (
            "get_tally",
            get.clone(),
            format!("{path}/tallies?question=A1"),
            None,
            200,
        ),
        (
            "start_reply",
            post.clone(),
            format!("{path}/replies"),
            None,
            201,
        ),
        (
            "list_replies",
            get.clone(),
            format!("{path}/replies"),
            None,
            200,
        ),
        ("get_reply", get.clone(), reply.clone(), None, 200),
        (
            "save_answers",
            Method::PATCH,
            format!("{reply}/answers"),
            Some(json!({"answers": {"A1": yes}})),
            200,
        ),
        (
            "list_answers",
            get.clone(),
            format!("{reply}/answers"),
            None,
            200,
        ),
        (
            "clear_answer",
            Method::DELETE,
            format!("{reply}/answers/A1"),
            None,
            200,
        ),
        (
            "save_answer",
            put,
            format!("{reply}/answers/A1"),
            Some(yes),
            200,
        ),
        (
            "submit_reply",
            post,
            format!("{reply}/submission"),
            None,
            201,
        ),
        ("list_events", get, "/v1/events".into(), None, 200),
    ]
}

struct Ids {
    instrument: String,
    draft: String,
    collection: String,
    reply: String,
}

fn send(
    world: &World,
    method: &Method,
    path: &str,
    body: Option<&Value>,
    token: Option<&str>,
) -> Call {
    let call = world.call(method.clone(), path);
    let call = token.iter().fold(call, |call, token| call.token(token));
    body.iter().fold(call, |call, body| call.json(body))
}

#[tokio::test]
async fn every_role_may_do_what_the_table_says_and_nothing_else() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let new = json!({"title": {"en": "A", "fr": "A"}, "category": "I", "route": "presentation", "languages": ["en", "fr"]});
    let draft = world
        .post("/v1/instruments")
        .token(&world.officer)
        .json(&new);
    let draft = draft.expect(201).await["id"].as_str().unwrap().to_owned();
    let collection = opened.collection.parse().unwrap();
    let reply = rapporteur::domain::ReplyId::of(collection, rapporteur::domain::PartyId::of("FIN"));
    let ids = Ids {
        instrument: opened.instrument,
        draft,
        collection: opened.collection,
        reply: reply.to_string(),
    };
    let focal_point = world.focal_point("FIN").await;
    let mut walked = BTreeSet::new();
    for (operation, method, path, body, success) in requests(&ids) {
        let row = policy::row(operation).unwrap_or_else(|| panic!("{operation} has no row"));
        for role in Role::ALL {
            let token = match role {
                Role::Anonymous => None,
                Role::Officer => Some(world.officer.as_str()),
                Role::FocalPoint => Some(focal_point.as_str()),
            };
            let answer = send(&world, &method, &path, body.as_ref(), token)
                .send()
                .await;
            match (row.rule(role), role) {
                (Rule::Yes | Rule::Own, _) => {
                    assert_eq!(answer.status, success, "{operation} {role:?} {answer:#?}")
                }
                (Rule::No, Role::Anonymous) => {
                    answer.problem(401, "missing_token");
                }
                (Rule::No, _) => {
                    answer.problem(403, "not_allowed");
                }
            }
        }
        walked.insert(operation);
    }
    let table: BTreeSet<&str> = TABLE.iter().map(|row| row.operation).collect();
    assert_eq!(walked, table, "every row of the table is walked");
}

#[test]
fn the_table_and_the_document_name_the_same_operations() {
    let document: Value = serde_json::from_str(&openapi::json().unwrap()).unwrap();
    let mut documented = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str().unwrap();
            let row = policy::row(id).unwrap_or_else(|| panic!("{method} {path}: {id} has no row"));
            assert!(documented.insert(id.to_owned()), "{id} is there twice");
            assert_eq!(
                operation.get("security").is_some(),
                row.anonymous != Rule::Yes,
                "{id}"
            );
        }
    }
    let table: Vec<&str> = TABLE.iter().map(|row| row.operation).collect();
    assert_eq!(table.len(), documented.len(), "no row is there twice");
    for operation in table {
        assert!(
            documented.contains(operation),
            "{operation} is not in the document"
        );
    }
}

#[tokio::test]
async fn another_partys_reply_is_as_little_there_as_an_unknown_one() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let finland = world.focal_point("FIN").await;
    let sweden = world.focal_point("SWE").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let yes = json!({"value": "no"});
    let many = json!({"answers": {"A1": yes}});
    let before = world.head().await;
    for (method, what, body) in [
        (Method::GET, "", None),
        (Method::GET, "/answers", None),
        (Method::GET, "?as_of=0", None),
        (Method::PATCH, "/answers", Some(&many)),
        (Method::PUT, "/answers/A1", Some(&yes)),
        (Method::PUT, "/answers/Z9", Some(&yes)),
        (Method::DELETE, "/answers/A1", None),
        (Method::POST, "/submission", None),
    ] {
        let theirs = send(
            &world,
            &method,
            &format!("/v1/replies/{reply}{what}"),
            body,
            Some(&sweden),
        );
        let theirs = theirs.send().await.problem(404, "not_found");
        let unknown = format!("/v1/replies/0190b5f0-0000-7000-8000-000000000000{what}");
        let unknown = send(&world, &method, &unknown, body, Some(&sweden));
        assert_eq!(
            theirs,
            unknown.send().await.problem(404, "not_found"),
            "{method} {what}"
        );
    }
    assert_eq!(world.head().await, before);
    let listed = world.get(&format!("/v1/collections/{}/replies", opened.collection));
    assert_eq!(listed.token(&sweden).expect(200).await["items"], json!([]));
}

#[tokio::test]
async fn an_encoded_path_does_not_get_past_the_gate() {
    let world = World::new().await;
    let before = world.head().await;
    for path in [
        "/%761/events",
        "/v%31/events",
        "/%76%31/%65vents",
        "/v1/%65vents",
        "/v1/event%73?after=0",
    ] {
        world.get(path).problem(401, "missing_token").await;
    }
    let party = json!({"code": "ICPO", "kind": "igo", "names": {"en": "N"}});
    for path in ["/%761/parties", "/v1/partie%73"] {
        world
            .post(path)
            .json(&party)
            .problem(401, "missing_token")
            .await;
    }
    for path in [
        "/v1%2Fevents",
        "//v1/events",
        "/V1/events",
        "/./v1/events",
        "/v1/events/",
        "/v1;/events",
        "/v1/events%00",
    ] {
        let answer = world.get(path).send().await;
        assert!([401, 404].contains(&answer.status), "{path}: {answer:#?}");
    }
    assert_eq!(world.head().await, before);
}

#[tokio::test]
async fn a_token_that_is_revoked_or_has_expired_opens_nothing() {
    let world = World::new().await;
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    for end in [
        "revoked_at = now()",
        "expires_at = now() - interval '1 second'",
    ] {
        let token = world.token(Role::Officer, None).await;
        let statement = format!(
            "update access.token set {end} where id = (select id from access.token order by id desc limit 1)"
        );
        let ended = sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&pool)
            .await
            .unwrap();
        assert_eq!(ended.rows_affected(), 1);
        world
            .get("/v1/events")
            .token(&token)
            .problem(401, "unknown_token")
            .await;
    }
    pool.close().await;
    world
        .get("/v1/events")
        .token(&world.officer)
        .expect(200)
        .await;
}

#[tokio::test]
async fn what_is_public_says_nothing_of_replies() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let answers =
        json!({"A1": {"value": "yes"}, "D1": {"value": {"text": "A secret.", "lang": "en"}}});
    let reply = world.submitted(&opened.collection, &finland, answers).await;
    let path = format!("/v1/collections/{}", opened.collection);
    for open in ["/v1/collections", &path, &format!("{path}/participation")] {
        let answer = world.get(open).send().await;
        answer.expect(200);
        assert!(
            !answer.text.contains("A secret.") && !answer.text.contains(&reply),
            "{answer:#?}"
        );
    }
    // Who of those invited has replied is told by number, not by name.
    world
        .get(&format!("{path}/invitations"))
        .problem(401, "missing_token")
        .await;
    // Not even the event feed carries the words: they are contents beside the log.
    let events = world
        .get("/v1/events?limit=1000")
        .token(&world.officer)
        .send()
        .await;
    assert!(!events.text.contains("A secret."));
}
