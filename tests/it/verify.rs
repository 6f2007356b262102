//! `rapporteur verify`

use std::process::{Command, Output};

use access::Role;
use event_log::noting;
use event_log::tree::{Frontier, TreeHash};
use event_log::verify::{Verification, verify};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};

use crate::log::writers::{self, Process, append, prepared};
use crate::support::{Database, World, eventually, superuser};

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

/// What is left of a world whose server has stopped, when all roots are noted: nobody notes any while something is planted.
async fn noted(world: World) -> Database {
    let World {
        database, server, ..
    } = world;
    server.stop().await;
    let pool = PgPool::connect_with(database.application.clone())
        .await
        .unwrap();
    noting::catch_up(&pool).await.unwrap();
    pool.close().await;
    database
}

async fn verified(database: &Database) -> Verification {
    let pool = PgPool::connect_with(database.application.clone())
        .await
        .unwrap();
    let verified = verify(&pool, &[]).await.unwrap();
    pool.close().await;
    verified
}

/// Does to the database what no role may: as the superuser, with triggers off.
async fn plant(database: &Database, statement: &str) {
    let options = superuser(&database.name).await;
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

fn run(database: &Database, arguments: &[&str]) -> Output {
    let url = database.application.to_url_lossy();
    Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["verify", "--database-url", url.as_str()])
        .args(arguments)
        .output()
        .unwrap()
}

#[tokio::test]
async fn a_log_that_nobody_has_touched_holds_and_says_what_was_redacted() {
    let world = filled().await;
    let head = world.head().await;
    let world = noted(world).await;
    let found = verified(&world).await;
    assert_eq!(found.findings, []);
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
    let root = found.root.unwrap();
    assert!(said.ends_with(&format!(" {head}:{root}\n")), "{said}");
}

#[tokio::test]
async fn each_planted_change_is_found_and_named() {
    let world = filled().await;
    let answered = last(&world, "reply_answered").await;
    let attached = last(&world, "reply_file_attached").await;
    let redacted = last(&world, "content_redacted").await;
    let words = answered_before(&world, redacted).await;
    let head = world.head().await;
    let world = noted(world).await;
    let lie = "sha256('\\x00'::bytea || convert_to(envelope, 'UTF8'))";
    let of = |kind: &str| {
        format!(
            "(select (envelope::json #>> '{{data,content}}')::uuid from log.event where kind = '{kind}')"
        )
    };
    for (statement, at, codes) in [
        // An envelope, changed by whoever knows nothing of leaves, and by whoever does.
        (format!("update log.event set envelope = replace(envelope, '\"no\"', '\"yes\"') where position = {answered}"),
         answered, vec!["wrong_leaf", "wrong_root"]),
        (format!("update log.event set envelope = replace(envelope, ',\"kind\"', ', \"kind\"') where position = {answered};
                  update log.event set leaf = {lie} where position = {answered}"),
         answered, vec!["not_canonical", "wrong_root"]),
        (format!("update log.event set envelope = replace(envelope, '\"kind\":', '\"kind\"') where position = {answered};
                  update log.event set leaf = {lie} where position = {answered}"),
         answered, vec!["malformed", "wrong_root"]),
        (format!("update log.event set envelope = '{{}}', leaf = sha256('\\x007b7d') where position = {answered}"),
         answered, vec!["malformed", "wrong_root"]),
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
        (format!("update log.head set position = {head} - 1"), head, vec!["cut_off", "beyond_head"]),
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

/// What deleted a file is read as everything is: a damage ends nothing.
#[tokio::test]
async fn a_deletion_whose_event_is_damaged_is_a_finding_as_well() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let token = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &token).await;
    let files = format!("/v1/replies/{reply}/files");
    let attach = world.post(&files).token(&token);
    let attach = attach.file("text/plain", "a.txt", "A file.");
    let file = attach.expect(201).await["file"].clone();
    let file = format!("{files}/{}", file.as_str().unwrap());
    world.delete(&file).token(&token).expect(200).await;
    let attached = last(&world, "reply_file_attached").await;
    let deleted = last(&world, "reply_files_deleted").await;
    let world = noted(world).await;
    let found = verified(&world).await;
    assert_eq!((found.found, found.deleted), (0, 2), "{found:?}");
    for damage in ["replace(envelope, '\"kind\":', '\"kind\"')", "''", "'[]'"] {
        let statement =
            format!("update log.event set envelope = {damage} where position = {deleted}");
        plant(&world, &statement).await;
        let found = verified(&world).await;
        let named: Vec<_> = found
            .findings
            .iter()
            .map(|finding| (finding.position, finding.code))
            .collect();
        assert!(named.contains(&(deleted, "wrong_leaf")), "{found:?}");
        assert!(named.contains(&(deleted, "malformed")), "{found:?}");
        // Of its bytes and of its name nobody knows any more why they are gone.
        let missing = (attached, "content_missing");
        let missing = named.iter().filter(|finding| **finding == missing).count();
        assert_eq!(missing, 2, "{found:?}");
    }
}

#[tokio::test]
async fn a_long_damage_is_counted_and_listed_in_part() {
    let world = noted(World::new().await).await;
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

/// The root of the log, and how it is expected.
async fn root(database: &Database) -> String {
    let found = verified(database).await;
    assert_eq!(found.findings, []);
    format!("{}:{}", found.position, found.root.unwrap())
}

/// The codes of what is found, and whether the command fails for it.
fn codes(output: &Output) -> Vec<String> {
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = said["findings"].as_array().unwrap();
    assert_eq!(output.status.success(), findings.is_empty(), "{output:?}");
    let code = |finding: &Value| finding["code"].as_str().unwrap().to_owned();
    findings.iter().map(code).collect()
}

#[tokio::test]
async fn an_event_that_is_rewritten_with_its_leaf_or_cut_off_no_longer_agrees_with_its_roots() {
    let world = filled().await;
    let answered = last(&world, "reply_answered").await;
    let database = noted(world).await;
    let expected = root(&database).await;
    let with_expected = ["--json", "--expect", &expected, "--expect", &expected];
    assert_eq!(codes(&run(&database, &with_expected)), [""; 0]);

    let rewritten = format!(
        "update log.event set envelope = replace(envelope, '\"no\"', '\"yes\"') where position = {answered};
         update log.event set leaf = sha256('\\x00'::bytea || convert_to(envelope, 'UTF8')) where position = {answered};"
    );
    let cut_off = "delete from log.event where position > (select position - 2 from log.head);
                   update log.head set position = position - 2;";
    for (statement, code, of_expected) in [
        (rewritten.as_str(), "wrong_root", "unexpected_root"),
        (cut_off, "cut_off", "cut_off"),
    ] {
        let saved = "create table saved_event as table log.event; create table saved_root as table log.root;
                     create table saved_tree as table log.tree; create table saved_head as table log.head;";
        plant(&database, &format!("{saved} {statement}")).await;
        assert_eq!(codes(&run(&database, &["--json"])), [code]);
        let both = codes(&run(&database, &with_expected));
        assert_eq!(
            both.iter().filter(|found| *found == of_expected).count(),
            if code == of_expected { 3 } else { 2 }
        );

        // Whoever takes away what was noted beside the log too is found by what was noted elsewhere, and only by that.
        plant(&database, "truncate log.root; truncate log.tree").await;
        assert_eq!(codes(&run(&database, &["--json"])), [""; 0]);
        assert_eq!(
            codes(&run(&database, &with_expected)),
            [of_expected, of_expected]
        );
        plant(&database, "delete from log.event; insert into log.event table saved_event; drop table saved_event;
                          insert into log.root table saved_root; drop table saved_root;
                          insert into log.tree table saved_tree; drop table saved_tree;
                          update log.head set position = s.position from saved_head s; drop table saved_head").await;
        assert_eq!(
            root(&database).await,
            expected,
            "put back after {statement}"
        );
    }

    let refused = run(&database, &["--expect", "267"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("64 hexadecimal digits"), "{said}");
}

#[tokio::test]
async fn receipts_versions_and_the_head_carry_the_root_that_verify_expects() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.answered(&opened.collection, &finland).await;
    let path = format!("/v1/replies/{reply}");
    let submit = || {
        let call = world.post(&format!("{path}/submission")).token(&finland);
        call.header("idempotency-key", "submit").expect(201)
    };
    let receipt = submit().await;
    let position = receipt["position"].as_u64().unwrap();
    let event = world.get(&format!("/v1/events?after={}&limit=1", position - 1));
    let event = event.token(&world.officer).send().await.text;
    let envelope = event
        .split_once("[")
        .unwrap()
        .1
        .split_once("],\"next\"")
        .unwrap()
        .0;
    let leaf = TreeHash::of_leaf(envelope.as_bytes()).to_string();
    assert_eq!(receipt["leaf"], leaf.as_str());

    world.approved_instrument().await;
    let head = world.get("/v1/log/head").expect(200).await;
    assert_eq!(head["position"], world.head().await);
    assert_ne!(head["root"], receipt["root"]);
    let then = world.get(&format!("/v1/log/head?as_of={position}"));
    let then = then.expect(200).await;
    let version = world.get(&format!("{path}/versions/1")).token(&finland);
    let version = version.expect(200).await;
    for carrying in [&then, &version, &submit().await] {
        assert_eq!(carrying["root"], receipt["root"], "{carrying}");
    }
    assert_eq!(version["leaf"], receipt["leaf"]);
    assert_eq!(
        (&then["position"], &then["time"]),
        (&receipt["position"], &receipt["received_at"])
    );
    let beginning = world.get("/v1/log/head?as_of=0").expect(200).await;
    assert_eq!(
        beginning["root"],
        TreeHash::of_nothing().to_string().as_str()
    );

    let mut arguments = vec!["--json".to_owned()];
    for carrying in [&beginning, &then, &head] {
        let root = carrying["root"].as_str().unwrap();
        arguments.extend([
            "--expect".to_owned(),
            format!("{}:{root}", carrying["position"]),
        ]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    assert_eq!(codes(&run(&world.database, &arguments)), [""; 0]);
}

#[tokio::test]
async fn a_log_from_before_it_had_a_tree_gains_it_and_every_root_is_the_tree_s() {
    const EVENTS: u64 = 5_000;
    let database = prepared().await;
    let process = Process::on(&database).await;
    for _ in 0..EVENTS / 100 {
        let events = (0..100).map(|_| writers::noted(json!({}))).collect();
        let hundred = append(clock::new_id(), 0, events);
        process.log.append(hundred).await.unwrap();
    }
    drop(process);
    plant(&database, "truncate log.tree; truncate log.root").await;

    let process = Process::on(&database).await;
    let pool = &process.pool;
    eventually("the tree is noted", async || {
        let noted =
            sqlx::query_scalar::<_, i64>("select count(*) from log.root where position = 5000");
        noted.fetch_one(pool).await.unwrap() == 1
    })
    .await;
    let leaves: Vec<Vec<u8>> = sqlx::query_scalar("select leaf from log.event order by position")
        .fetch_all(pool)
        .await
        .unwrap();
    let mut frontier = Frontier::default();
    let mut expected = vec![frontier.root()];
    for leaf in &leaves {
        frontier.push(TreeHash::stored(leaf).unwrap());
        expected.push(frontier.root());
    }
    // From the tree, from the last edges that were met, and from the leaves.
    for position in [
        5_000, 4_999, 5_000, 1, 255, 256, 257, 511, 512, 4_096, 4_097, 300, 0,
    ] {
        let evidence = process.log.evidence(position).await.unwrap().unwrap();
        assert_eq!(
            evidence.root,
            Some(expected[position as usize]),
            "{position}"
        );
        assert_eq!(
            evidence.at,
            process.log.at(position).await.unwrap().unwrap()
        );
    }
    assert_eq!(process.log.evidence(EVENTS + 1).await.unwrap(), None);
    let found = verified(&database).await;
    assert_eq!(found.findings, []);
    assert!(found.roots > 5_000 / 256, "{}", found.roots);
    drop(process);

    // What the tree holds is compared, and that it holds it all.
    plant(&database, "update log.tree set hash = sha256('') where index = 3; delete from log.tree where index = 5").await;
    let codes = verified(&database).await.findings;
    let codes: Vec<_> = codes
        .iter()
        .map(|finding| (finding.position, finding.code))
        .collect();
    assert_eq!(codes, [(1_024, "wrong_node"), (1_536, "missing_node")]);
}
