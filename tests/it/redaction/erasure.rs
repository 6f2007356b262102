//! After redaction nothing of ours holds the words: no table, no event, no log.

use std::process::{Command, Output};

use access::Role;
use event_log::verify::verify;
use event_log::views;
use postgres::Programs;
use rapporteur::views::DEFINITIONS;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};

use crate::demo::process::Process;
use crate::support::{Call, World, postgres_log, superuser};
use crate::views::dump::dump;

/// A name that nobody has, one for each place where names get typed.
const NAMES: [&str; 4] = [
    "Zyxomirna Quellvasten",  // in a free-text answer
    "Ombraxeth Fjolnirdag",   // in a comment
    "Wexaphine Tulgrosskind", // in a file
    "Kvorluna Pibbeltharn",   // in a file's name
];
/// And one in what was never recorded.
const REFUSED: &str = "Drazzelin Umberfaux";

/// Bytes in base64, without what depends on their neighbours: as it stands at one of three places.
fn base64(bytes: &[u8], place: usize) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let padded = [&vec![0; place][..], bytes].concat();
    let whole = padded.chunks_exact(3).flat_map(|three| {
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        [18, 12, 6, 0].map(|shift| char::from(DIGITS[(bits >> shift & 63) as usize]))
    });
    let skipped = if place == 0 { 0 } else { 4 };
    whole.skip(skipped).collect()
}

/// The forms in which a name could be found.
fn forms(name: &str) -> Vec<String> {
    let hex: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    let percent: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let mut forms = vec![
        name.to_lowercase(),
        hex,
        percent,
        name.replace(' ', "%20").to_lowercase(),
    ];
    forms.extend((0..3).map(|place| base64(name.as_bytes(), place)));
    // Half a name names somebody too, and PostgreSQL cuts what it logs.
    forms.extend(name.to_lowercase().split(' ').map(str::to_owned));
    forms
}

/// The forms of the name that the text holds.
fn found(text: &[u8], name: &str) -> Vec<String> {
    let text = String::from_utf8_lossy(text);
    let folded = text.to_lowercase();
    let mut forms = forms(name);
    forms.retain(|form| text.contains(form.as_str()) || folded.contains(form.as_str()));
    forms
}

#[track_caller]
fn assert_nowhere(text: &[u8], what: &str) {
    assert!(text.len() > 1_000, "{what} is there");
    for name in NAMES.iter().chain([&REFUSED]) {
        assert_eq!(found(text, name), [""; 0], "{name} in {what}");
    }
}

/// The whole database, as its owner's backup would have it, with the statistics that PostgreSQL samples from it.
async fn everything(world: &World) -> Vec<u8> {
    let superuser = superuser(&world.database.name).await;
    let program = Programs::find(None, None).unwrap().bin().join("pg_dump");
    let dumped: Output = Command::new(program)
        .arg("--host")
        .arg(superuser.get_socket().unwrap())
        .args(["--port", &superuser.get_port().to_string()])
        .args(["--username", superuser.get_username()])
        .arg(&world.database.name)
        .output()
        .unwrap();
    assert!(dumped.status.success(), "{dumped:?}");
    let mut connection = superuser.connect().await.unwrap();
    let sampled: String = sqlx::query_scalar("select string_agg(s::text, '\n') from pg_stats s")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    [dumped.stdout, sampled.into_bytes()].concat()
}

async fn as_superuser(world: &World, statements: &str) {
    let superuser = superuser(&world.database.name).await;
    let mut connection = superuser.connect().await.unwrap();
    let run = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
    run.execute(&mut connection).await.unwrap();
}

/// The real program on the world's database, saying all that it can say.
struct Server {
    process: Process,
    address: String,
}

impl Server {
    fn on(world: &World) -> Self {
        let mut process = Process::new(&format!("erasure-{}", world.database.name));
        let application = world.database.application.to_url_lossy();
        let owner = world.database.owner.to_url_lossy();
        let settings = [
            "--database-url",
            application.as_str(),
            "--owner-database-url",
            owner.as_str(),
        ];
        let settings = [&settings[..], &["--port", "0", "--log", "trace"]].concat();
        process.start_command("serve", &settings);
        let said = process.wait_for_output("ready at ");
        let address = said.split("ready at ").nth(1).unwrap().trim().to_owned();
        Self { process, address }
    }

    fn call(&self, method: Method, path: &str, token: &str) -> Call {
        let url = format!("{}{path}", self.address);
        Call::new(&crate::support::http(), method, &url).token(token)
    }
}

#[tokio::test]
async fn what_was_redacted_is_nowhere_any_more() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let administrator = world.token(Role::Administrator, None).await;
    let reply = world.answered(&opened.collection, &finland).await;
    let reply = format!("/v1/replies/{reply}");
    // PostgreSQL logs every statement, as careless operators have it.
    let name = &world.database.name;
    as_superuser(
        &world,
        &format!(
            "alter database {name} set log_statement = 'all';
                                   alter database {name} set log_min_duration_statement = 0;
                                   alter database {name} set log_min_messages = 'debug1'"
        ),
    )
    .await;
    let logged_before = postgres_log().len();
    let mut server = Server::on(&world);

    let answers = json!({"answers": {
        "D1": {"value": {"text": format!("Ask {}.", NAMES[0]), "lang": "en"}},
        "A1": {"value": "yes", "comment": {"text": format!("Says {}.", NAMES[1]), "lang": "en"}}}});
    let save = server.call(Method::PATCH, &format!("{reply}/answers"), &finland);
    save.header("idempotency-key", "one")
        .json(&answers)
        .expect(200)
        .await;
    // Longer than what PostgreSQL keeps in place.
    let bytes = format!("{}\n{}", NAMES[2], "Of the annex. ".repeat(10_000));
    let attach = || server.call(Method::POST, &format!("{reply}/files"), &finland);
    let named = format!("{}.txt", NAMES[3]);
    let attach_one = attach().header("idempotency-key", "two");
    attach_one
        .file("text/plain", &named, bytes)
        .expect(201)
        .await;

    // What the database refuses is not told by its log either.
    as_superuser(
        &world,
        "alter table log.content add constraint refused check (media_type <> 'text/csv') not valid;
                          alter table log.content alter column body set not null",
    )
    .await;
    let refused = attach()
        .file("text/csv", &format!("{REFUSED}.csv"), REFUSED)
        .send()
        .await;
    assert_eq!(refused.status, 500, "{refused:#?}");
    as_superuser(&world, "alter table log.content drop constraint refused").await;
    let wrong = json!({"value": {"text": REFUSED, "lang": "xx"}});
    let wrong = server
        .call(Method::PUT, &format!("{reply}/answers/D1"), &finland)
        .json(&wrong);
    wrong.problem(422, "answers_faulty").await;

    as_superuser(&world, "analyze").await;
    let before = everything(&world).await;
    for name in NAMES {
        assert_ne!(
            found(&before, name),
            [""; 0],
            "the dump is read, and held {name}"
        );
    }

    server
        .call(Method::POST, &format!("{reply}/submission"), &finland)
        .expect(201)
        .await;
    let officer = world.officer.as_str();
    let seen = server
        .call(Method::GET, &format!("{reply}/answers"), officer)
        .expect(200)
        .await;
    let files = server
        .call(Method::GET, &format!("{reply}/files"), officer)
        .expect(200)
        .await;
    let contents: [&Value; 4] = [
        &seen["answers"]["D1"]["value"]["content"],
        &seen["answers"]["A1"]["comment"]["content"],
        &files["files"][0]["content"],
        &files["files"][0]["name"]["content"],
    ];
    for content in contents {
        let path = format!("/v1/contents/{}/redaction", content.as_str().unwrap());
        let redaction = server.call(Method::POST, &path, &administrator);
        redaction
            .json(&json!({"reason": "names_a_person"}))
            .expect(200)
            .await;
    }
    // Whoever asks afterwards is told by no cache.
    for path in ["/answers", "/files"] {
        let told = server
            .call(Method::GET, &format!("{reply}{path}"), officer)
            .send()
            .await;
        told.expect(200);
        assert!(
            NAMES.iter().all(|name| !told.text.contains(name)),
            "{told:#?}"
        );
    }
    server.process.terminate();

    assert_nowhere(&everything(&world).await, "the database");
    assert_nowhere(server.process.said().as_bytes(), "the server's log");
    let logged = postgres_log().split_off(logged_before);
    assert_nowhere(&logged, "PostgreSQL's log");
    let logged = String::from_utf8_lossy(&logged);
    for said in [
        "log.append(",
        "insert into log.content",
        "violates check constraint \"refused\"",
    ] {
        assert!(
            logged.contains(said),
            "PostgreSQL logs statements and errors: {said}"
        );
    }

    let pool = PgPool::connect_with(world.database.owner.clone())
        .await
        .unwrap();
    let verified = verify(&pool, &[]).await.unwrap();
    assert_eq!(verified.findings, []);
    assert_eq!(verified.redacted, 4);
    let live = dump(&pool).await;
    views::rebuild(&world.database.owner, &DEFINITIONS)
        .await
        .unwrap();
    assert_eq!(dump(&pool).await, live);
    pool.close().await;
}

#[tokio::test]
async fn a_postgresql_that_would_log_names_is_named_with_what_mends_it() {
    let world = World::new().await;
    let name = &world.database.name;
    let loud = format!("alter database {name} set log_error_verbosity = 'default'");
    as_superuser(&world, &loud).await;
    let mut server = Server::on(&world);
    server.process.terminate();
    let mended = format!("alter database {name} set log_error_verbosity = terse");
    assert!(server.process.said().contains(&mended));
    as_superuser(&world, &mended).await;
    let mut server = Server::on(&world);
    server.process.terminate();
    assert!(!server.process.said().contains("alter database"));
}
