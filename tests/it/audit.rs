//! The audit of reads: who read what is restricted, and when

use std::collections::BTreeSet;

use access::{Principal, Role};
use domain::PartyId;
use rapporteur::http::openapi;
use rapporteur::http::policy;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};

use crate::support::{World, eventually};

/// What an administrator finds.
async fn reads(world: &World, administrator: &str, asked: &str) -> Vec<Value> {
    let call = world.get(&format!("/v1/audit/reads?{asked}"));
    let page = call.token(administrator).expect(200).await;
    page["items"].as_array().unwrap().clone()
}

/// Role, operation, object and count of each, without regard to minutes, which may change while the test reads.
fn summed(reads: &[Value]) -> BTreeSet<(String, String, String, i64)> {
    let mut sums = std::collections::BTreeMap::new();
    for read in reads {
        let text = |key: &str| read[key].as_str().unwrap_or("-").to_owned();
        *sums
            .entry((text("role"), text("operation"), text("object")))
            .or_default() += read["count"].as_i64().unwrap();
    }
    let sums = sums.into_iter();
    sums.map(|((role, operation, object), count)| (role, operation, object, count))
        .collect()
}

#[tokio::test]
async fn reads_by_the_secretariat_and_by_the_partys_own_are_listed_with_who_what_and_when() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let finland = world.focal_point("FIN").await;
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let sweden = world.focal_point("SWE").await;
    let donor = world.token(Role::Donor, Some("FIN")).await;
    let reply = world.answered(&opened.collection, &finland).await;
    let before = clock::now();
    let path = format!("/v1/replies/{reply}");
    let answers = format!("{path}/answers");
    let list = format!("/v1/collections/{}/replies", opened.collection);
    world.get(&path).token(&world.officer).expect(200).await;
    world.get(&path).token(&world.officer).expect(200).await;
    world.get(&answers).token(&finland).expect(200).await;
    let first = world.get(&path).token(&mission).send().await;
    first.expect(200);
    // To learn that nothing has changed, or only that it is there, is to read.
    let again = world.get(&path).token(&mission);
    let again = again.header("if-none-match", first.header("etag"));
    assert_eq!(again.send().await.status, 304);
    let head = world.call(Method::HEAD, &path).token(&mission);
    assert_eq!(head.send().await.status, 200);
    world.get(&list).token(&mission).expect(200).await;
    // What is refused was not read.
    for (token, status) in [(&sweden, 404), (&donor, 404)] {
        assert_eq!(world.get(&path).token(token).send().await.status, status);
    }
    let malformed = world.get(&format!("{path}?as_of=never"));
    malformed
        .token(&finland)
        .problem(400, "bad_parameter")
        .await;
    world.get(&path).problem(404, "not_found").await;

    let found = reads(&world, &administrator, &format!("reply={reply}")).await;
    let expected = |role: &str, operation: &str, count| {
        (role.to_owned(), operation.to_owned(), reply.clone(), count)
    };
    assert_eq!(
        summed(&found),
        BTreeSet::from([
            expected("officer", "get_reply", 2),
            expected("focal_point", "list_answers", 1),
            expected("mission", "get_reply", 3),
        ])
    );
    for read in &found {
        let minute: jiff::Timestamp = read["minute"].as_str().unwrap().parse().unwrap();
        let minutes = before.as_second() / 60..=clock::now().as_second() / 60;
        assert_eq!(minute.as_second() % 60, 0);
        assert!(minutes.contains(&(minute.as_second() / 60)), "{read}");
        let party = (read["role"] != "officer").then(|| PartyId::from_code("FIN").to_string());
        assert_eq!(read["party"], json!(party));
        assert!(read["principal"].is_string());
    }
    let collection = format!("collection={}", opened.collection);
    let lists = reads(&world, &administrator, &collection).await;
    assert_eq!(lists.len(), 1);
    assert_eq!(lists[0]["operation"], "list_replies");
    world
        .get("/v1/events")
        .token(&world.officer)
        .expect(200)
        .await;
    let all = reads(&world, &administrator, "").await;
    assert!(
        all.iter()
            .any(|read| read["operation"] == "list_events" && read["object"].is_null())
    );
}

#[tokio::test]
async fn figures_before_their_release_and_letters_are_recorded_and_what_is_public_is_not() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let invited = json!({"parties": ["FIN", "SWE", "NOR"]});
    let collection = world.collection(invited).await.collection;
    let finland = world.focal_point("FIN").await;
    for token in [
        &finland,
        &world.focal_point("SWE").await,
        &world.focal_point("NOR").await,
    ] {
        let yes = json!({"A1": {"value": "yes"}});
        world.submitted(&collection, token, yes).await;
    }
    let release = world.post(&format!("/v1/collections/{collection}/releases"));
    release.token(&world.officer).expect(201).await;
    let tally = format!("/v1/collections/{collection}/tallies?question=A1");
    let first = world.get(&tally).token(&world.officer).send().await;
    first.expect(200);
    let again = world.get(&tally).token(&world.officer);
    let again = again.header("if-none-match", first.header("etag"));
    assert_eq!(again.send().await.status, 304);
    // What is released is anybody's to read, whoever reads it.
    let released = format!("{tally}&release=1");
    for (path, token) in [(&released, &world.officer), (&tally, &finland)] {
        world.get(path).token(token).expect(200).await;
    }
    world.get(&tally).expect(200).await;
    world.invited(&collection, "FIN", "fin@example.org").await;
    let listed = world.get("/v1/letters").token(&world.officer);
    let letter = listed.expect(200).await["items"][0]["id"].clone();
    let letter = letter.as_str().unwrap();
    let path = format!("/v1/letters/{letter}");
    world.get(&path).token(&world.officer).expect(200).await;

    let recorded = |operation: &str, object: &str, count| {
        let object = object.to_owned();
        BTreeSet::from([("officer".to_owned(), operation.to_owned(), object, count)])
    };
    let figures = reads(&world, &administrator, &format!("collection={collection}")).await;
    assert_eq!(summed(&figures), recorded("get_tally", &collection, 2));
    let letters = reads(&world, &administrator, &format!("letter={letter}")).await;
    assert_eq!(summed(&letters), recorded("get_letter", letter, 1));
    let both = format!("/v1/audit/reads?letter={letter}&collection={collection}");
    let both = world.get(&both).token(&administrator);
    both.problem(400, "bad_parameter").await;
}

#[tokio::test]
async fn the_audit_is_read_by_principal_by_time_and_in_pages_and_only_by_administrators() {
    let world = World::new().await;
    let administrator = world.token(Role::Administrator, None).await;
    let audit = &world.server.services.audit;
    let reader = Principal::demonstration(Role::Officer, None);
    let objects: Vec<_> = (0..5).map(|_| clock::new_id()).collect();
    for object in &objects {
        let recorded = audit.record(&reader, "get_reply", Some(*object)).await;
        recorded.unwrap();
    }
    let other = Principal::demonstration(Role::Mission, Some(PartyId::from_code("FIN")));
    audit.record(&other, "get_reply", None).await.unwrap();
    let by_reader = format!("principal={}", reader.id);
    let whole = reads(&world, &administrator, &by_reader).await;
    assert_eq!(whole.len(), 5);
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/audit/reads?{by_reader}&limit=2{cursor}");
        let page = world.get(&path).token(&administrator).expect(200).await;
        paged.extend(page["items"].as_array().unwrap().clone());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(paged, whole);
    let since = |hours: i64| {
        let time = clock::now() + jiff::SignedDuration::from_hours(hours);
        format!("{by_reader}&since={time}")
    };
    assert_eq!(reads(&world, &administrator, &since(-1)).await.len(), 5);
    assert!(reads(&world, &administrator, &since(1)).await.is_empty());
    for (wrong, code) in [
        ("since=yesterday", "bad_parameter"),
        ("reply=1", "bad_parameter"),
        ("principal=x", "bad_parameter"),
        ("cursor=00", "bad_cursor"),
        ("cursor=61", "bad_cursor"),
        ("who=x", "unknown_parameter"),
    ] {
        let call = world.get(&format!("/v1/audit/reads?{wrong}"));
        call.token(&administrator).problem(400, code).await;
    }
    let officer = world.get("/v1/audit/reads").token(&world.officer);
    officer.problem(404, "not_found").await;
}

#[tokio::test]
async fn what_was_read_is_recorded_without_anybody_asking_and_at_the_latest_when_the_server_stops()
{
    let world = World::new().await;
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    let count = async || -> i64 {
        let counted = "select coalesce(sum(count), 0)::bigint from audit.read where operation = 'list_events'";
        sqlx::query_scalar(counted).fetch_one(&pool).await.unwrap()
    };
    let read = async || {
        let feed = world.get("/v1/events?limit=1").token(&world.officer);
        feed.expect(200).await;
    };
    read().await;
    eventually("it is recorded", async || count().await == 1).await;
    for _ in 0..3 {
        read().await;
    }
    world.server.stop().await;
    assert_eq!(count().await, 4);
    pool.close().await;
}

#[tokio::test]
async fn a_read_that_cannot_be_recorded_is_refused() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    let owner = async |statement: &str| {
        let statement = AssertSqlSafe(statement.to_owned());
        sqlx::raw_sql(statement).execute(&pool).await.unwrap();
    };
    owner("revoke insert on audit.read from rapporteur_app").await;
    let path = format!("/v1/replies/{reply}/answers");
    let mut answered = 0;
    let refused = loop {
        let answer = world.get(&path).token(&finland).send().await;
        if answer.status != 200 {
            break answer;
        }
        answered += 1;
        assert!(answered < 2_000, "reads go on unrecorded");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    };
    refused.problem(503, "read_not_recorded");
    assert_eq!(refused.header("retry-after"), "1");
    assert!(!refused.text.contains("A1"));
    // What is public is not held up by it, nor are writes; another read of what is restricted is.
    world.get("/v1/parties/FIN").expect(200).await;
    let saved = world.put(&format!("{path}/A1")).token(&finland);
    saved.json(&json!({"value": "no"})).expect(200).await;
    let other = world.get(&format!("/v1/replies/{reply}")).token(&finland);
    other.problem(503, "read_not_recorded").await;
    owner("grant insert on audit.read to rapporteur_app").await;
    // The refusal says when to try again; a write that a slow disk breaks off may need that, and may count twice.
    let answers = async || world.get(&path).token(&finland).send().await.status == 200;
    eventually("reads are answered again", answers).await;
    world.server.stop().await;
    let counted = async |operation: &str| -> Option<i64> {
        let statement = "select sum(count)::bigint from audit.read where operation = $1";
        let counted = sqlx::query_scalar(statement).bind(operation);
        counted.fetch_one(&pool).await.unwrap()
    };
    let answers = counted("list_answers").await.unwrap();
    assert!(answers > answered, "each answered read is counted");
    assert_eq!(counted("get_reply").await, None, "no refused one is");
    pool.close().await;
}

#[tokio::test]
async fn what_is_noted_and_not_yet_recorded_is_bounded_in_number() {
    let world = World::new().await;
    let audit = &world.server.services.audit;
    let reader = Principal::demonstration(Role::Officer, None);
    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    for _ in 0..10_001 {
        let recorded = audit.record(&reader, "get_reply", Some(clock::new_id()));
        recorded.await.unwrap();
    }
    let written: i64 = sqlx::query_scalar("select count(*) from audit.read")
        .fetch_one(&pool)
        .await
        .unwrap();
    assert!(written >= 10_000, "{written}");
    pool.close().await;
}

#[tokio::test]
async fn what_is_recorded_can_neither_be_changed_nor_deleted_by_the_server() {
    let world = World::new().await;
    let reader = Principal::demonstration(Role::Officer, None);
    let audit = &world.server.services.audit;
    audit.record(&reader, "get_reply", None).await.unwrap();
    audit.flush().await.unwrap();
    let pool = PgPool::connect_with(world.database.application.clone())
        .await
        .unwrap();
    for (statement, code) in [
        ("delete from audit.read", "42501"),
        ("truncate audit.read", "42501"),
        (
            "update audit.read set principal = gen_random_uuid()",
            "42501",
        ),
        ("update audit.read set count = count - 1", "P0001"),
    ] {
        let refused = sqlx::query(statement).execute(&pool).await.unwrap_err();
        let refused = refused.as_database_error().unwrap();
        assert_eq!(refused.code().unwrap(), code, "{statement}: {refused}");
    }
    pool.close().await;
}

#[test]
fn every_read_of_replies_is_audited_under_the_thing_that_its_path_names() {
    let document: Value = serde_json::from_str(&openapi::json().unwrap()).unwrap();
    let mut audited = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let row = policy::row(operation["operationId"].as_str().unwrap()).unwrap();
            let is_read = method == "get";
            if is_read && operation["tags"] == json!(["replies"]) {
                assert!(row.audited.is_some(), "{path} is not audited");
            }
            if let Some(object) = row.audited {
                audited += 1;
                let named = object.is_empty() || path.contains(&format!("{{{object}}}"));
                assert!(is_read && named, "{method} {path}: {object}");
            }
        }
    }
    assert!(audited >= 10);
}
