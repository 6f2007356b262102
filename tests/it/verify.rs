//! `rapporteur verify`

use std::process::{Command, Output};

use rapporteur::access::Role;
use rapporteur::log::verify::{Verified, verify};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};

use crate::support::{World, superuser};

/// A world with words, a comment, a file, and something that was redacted.
async fn filled() -> World {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let token = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &token).await;
    let content = world.words(&reply, &token, "D1", "Words to go.").await;
    let administrator = world.token(Role::Administrator, None).await;
    let redaction = format!("/v1/contents/{content}/redaction");
    let redaction = world.post(&redaction).token(&administrator);
    let reason = json!({"reason": "sent_by_mistake"});
    redaction.json(&reason).expect(200).await;
    let many = json!({"answers": {"A1": {"value": "no", "comment": {"text": "A comment.", "lang": "en"}},
                                  "D1": {"value": {"text": "Words.", "lang": "en"}}, "A3": null}});
    let path = format!("/v1/replies/{reply}");
    let save = world.patch(&format!("{path}/answers")).token(&token);
    save.json(&many).expect(200).await;
    let attach = world.post(&format!("{path}/files")).token(&token);
    attach
        .file("text/plain", "a.txt", "A file.")
        .expect(201)
        .await;
    world
}

async fn verified(world: &World) -> Verified {
    let pool = PgPool::connect_with(world.database.application.clone())
        .await
        .unwrap();
    let verified = verify(&pool).await.unwrap();
    pool.close().await;
    verified
}

/// Does to the database what no role may: as the superuser, with triggers off.
async fn plant(world: &World, statement: &str) {
    let options = superuser(&world.database.name).await;
    let mut connection = options.connect().await.unwrap();
    let statement = format!("set session_replication_role = replica; {statement}");
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
}

/// The position of the last event of a kind.
async fn last(world: &World, kind: &str) -> u64 {
    let events = world.events_after(0).await;
    let event = events.iter().rfind(|event| event["kind"] == kind);
    event.unwrap()["position"].as_u64().unwrap()
}

fn run(world: &World, arguments: &[&str]) -> Output {
    let url = world.database.application.to_url_lossy();
    Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["verify", "--database-url", url.as_str()])
        .args(arguments)
        .output()
        .unwrap()
}

#[tokio::test]
async fn a_log_that_nobody_has_touched_holds_and_says_what_was_redacted() {
    let world = filled().await;
    let found = verified(&world).await;
    assert_eq!(found.findings, []);
    let head = world.head().await;
    assert_eq!((found.events, found.position, found.found), (head, head, 0));
    // A draft, its revision; words twice, a comment; a file and its name.
    assert_eq!((found.commitments, found.redacted), (7, 1));

    let output = run(&world, &["--json"]);
    assert!(output.status.success(), "{output:?}");
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(said, serde_json::to_value(&found).unwrap());
    assert_eq!(
        output.stdout.iter().filter(|byte| **byte == b'\n').count(),
        1
    );
    let said = String::from_utf8(run(&world, &[]).stdout).unwrap();
    assert!(
        said.starts_with(&format!("The log holds: {head} events")),
        "{said}"
    );
}

#[tokio::test]
async fn each_planted_change_is_found_and_named() {
    let world = filled().await;
    let answered = last(&world, "reply_answered").await;
    let attached = last(&world, "reply_file_attached").await;
    let redacted = last(&world, "content_redacted").await;
    let words = answered_before(&world, redacted).await;
    let head = world.head().await;
    let lie = "sha256('\\x00'::bytea || convert_to(envelope, 'UTF8'))";
    let of = |kind: &str| {
        format!(
            "(select (envelope::json #>> '{{data,content}}')::uuid from log.event where kind = '{kind}')"
        )
    };
    for (statement, at, codes) in [
        // An envelope, changed by whoever knows nothing of leaves, and by whoever does.
        (format!("update log.event set envelope = replace(envelope, '\"no\"', '\"yes\"') where position = {answered}"),
         answered, vec!["wrong_leaf"]),
        (format!("update log.event set envelope = replace(envelope, ',\"kind\"', ', \"kind\"') where position = {answered};
                  update log.event set leaf = {lie} where position = {answered}"),
         answered, vec!["not_canonical"]),
        (format!("update log.event set envelope = replace(envelope, '\"kind\":', '\"kind\"') where position = {answered};
                  update log.event set leaf = {lie} where position = {answered}"),
         answered, vec!["malformed"]),
        (format!("update log.event set envelope = '{{}}', leaf = sha256('\\x007b7d') where position = {answered}"),
         answered, vec!["malformed"]),
        (format!("update log.event set leaf = sha256('') where position = {answered}"), answered, vec!["wrong_leaf"]),
        // Columns.
        (format!("update log.event set kind = 'other' where position = {answered}"), answered, vec!["disagrees"]),
        (format!("update log.event set command = gen_random_uuid() where position = {answered}"), answered, vec!["disagrees"]),
        (format!("update log.event set stream = gen_random_uuid() where position = {answered}"),
         answered, vec!["wrong_version", "disagrees", "wrong_version"]),
        (format!("update log.event set time = time - interval '1 day' where position = {answered}"),
         answered, vec!["wrong_time", "disagrees"]),
        // Events.
        (format!("delete from log.event where position = {answered}"), answered, vec!["missing", "wrong_version"]),
        (format!("delete from log.event where position = {head}"), head, vec!["missing"]),
        (format!("update log.head set position = {head} - 1"), head, vec!["beyond_head"]),
        // Contents.
        (format!("update log.content set body = 'Another file.' where id = {}", of("reply_file_attached")),
         attached, vec!["content_changed"]),
        (format!("update log.content set salt = 'pepper' where id = {}", of("reply_file_attached")),
         attached, vec!["content_changed"]),
        (format!("delete from log.content where id = {}", of("reply_file_attached")), attached, vec!["content_missing"]),
        (format!("insert into log.content values ({}, 1, '', 'text/plain', 'Words to go.')", of("content_redacted")),
         words, vec!["content_not_gone"]),
    ] {
        let saved = "create table saved_event as table log.event; create table saved_content as table log.content;
                     create table saved_head as table log.head;";
        plant(&world, &format!("{saved} {statement}")).await;
        let found = verified(&world).await;
        let named: Vec<&str> = found.findings.iter().map(|finding| finding.code).collect();
        assert_eq!(named, codes, "{statement}: {found:?}");
        assert_eq!(found.findings[0].position, at, "{statement}: {found:?}");
        assert_eq!(found.found, codes.len() as u64);
        let output = run(&world, &[]);
        assert!(!output.status.success(), "{statement}");
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.starts_with(&format!("{at}: {}: ", codes[0])), "{said}");
        plant(&world, "delete from log.event; insert into log.event table saved_event; drop table saved_event;
                       delete from log.content; insert into log.content table saved_content; drop table saved_content;
                       update log.head set position = s.position from saved_head s; drop table saved_head").await;
        assert_eq!(verified(&world).await.found, 0, "put back after {statement}");
    }
}

/// The position at which the words that were redacted had been answered: the event before.
async fn answered_before(world: &World, redacted: u64) -> u64 {
    let events = world.events_after(0).await;
    let before = events[..redacted as usize].iter();
    let answered = before.rev().find(|event| event["kind"] == "reply_answered");
    answered.unwrap()["position"].as_u64().unwrap()
}

#[tokio::test]
async fn a_long_damage_is_counted_and_listed_in_part() {
    let world = World::new().await;
    plant(&world, "insert into log.event select p, gen_random_uuid(), 1, now(), gen_random_uuid(), 'made_up', '{}', ''
                     from generate_series((select position + 1 from log.head), 1500) as p;
                   update log.head set position = 1500").await;
    let found = verified(&world).await;
    assert_eq!((found.events, found.findings.len()), (1_500, 1_000));
    assert!(found.found > 1_000);
    let said = String::from_utf8(run(&world, &[]).stdout).unwrap();
    assert!(
        said.contains(&format!("and {} more", found.found - 1_000)),
        "{said}"
    );
}
