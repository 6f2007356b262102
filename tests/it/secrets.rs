//! Secrets are in the answer to whoever makes them, and nowhere else; and what the command line does with tokens

use std::process::{Command, Stdio};

use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgPool};

use crate::support::{Database, World, eventually, superuser};

fn program(database: &Database) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    for (name, _) in std::env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("RAPPORTEUR_"))
        {
            command.env_remove(name);
        }
    }
    let url = |options: &PgConnectOptions| options.to_url_lossy().to_string();
    command
        .env("RAPPORTEUR_DATABASE_URL", url(&database.application))
        .env("RAPPORTEUR_OWNER_DATABASE_URL", url(&database.owner))
        .stdin(Stdio::null());
    command
}

/// Runs `rapporteur token` and answers what it prints.
async fn token(database: &Database, arguments: &[&str]) -> Result<String, String> {
    let mut command = program(database);
    command.arg("token").args(arguments);
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    let output = output.await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    if output.status.success() {
        Ok(printed)
    } else {
        assert_eq!(printed, "");
        Err(said)
    }
}

#[tokio::test]
async fn the_command_line_makes_lists_and_revokes_tokens() {
    let world = World::new().await;
    let run = async |arguments: &str| {
        let arguments: Vec<&str> = arguments.split(' ').collect();
        token(&world.database, &arguments).await
    };
    // Without a subcommand it makes one.
    let old = run("--role focal_point --party fin --name old")
        .await
        .unwrap();
    let new = run("new --role officer --name new --scope read --scope figures --days 7").await;
    let new = new.unwrap();
    for (made, role) in [(&old, "focal_point"), (&new, "officer")] {
        let call = world.get("/v1/tokens").token(made.trim());
        assert_eq!(call.expect(200).await["items"][0]["role"], role);
    }
    let write = world.post("/v1/tokens").token(new.trim());
    let write = write.json(&json!({"name": "N"}));
    write.problem(403, "scope_missing").await;
    let listed = run("list").await.unwrap();
    assert!(!listed.contains("rpt_"));
    let line = listed.lines().find(|line| line.ends_with("\told")).unwrap();
    assert!(line.contains("\tfocal_point FIN\tread,write\t"), "{line}");
    let line = listed.lines().find(|line| line.ends_with("\tnew")).unwrap();
    assert!(line.contains("\tofficer\tfigures,read\tuntil "), "{line}");
    let id = line.split('\t').next().unwrap();
    run(&format!("revoke {id}")).await.unwrap();
    let is_refused = async || {
        let call = world.get("/v1/tokens").token(new.trim());
        call.send().await.status == 401
    };
    eventually("the token is refused", is_refused).await;
    let listed = run("list").await.unwrap();
    let line = listed.lines().find(|line| line.starts_with(id)).unwrap();
    assert!(line.contains("\trevoked "), "{line}");
    for (wrong, said) in [
        (
            "revoke 0190b5f0-0000-7000-8000-000000000000",
            "there is no token",
        ),
        ("new --role mission --name n", "needs --party"),
        ("--role officer --party FIN --name n", "for no party"),
        ("new --role mission --party XXX --name n", "no such party"),
        ("new --role officer --name n --scope all", "no scope"),
        ("new --role officer --name n --days 1096", "1096"),
        ("new --role officer", "--name"),
        ("list --role officer", "unexpected argument"),
    ] {
        let refused = run(wrong).await.unwrap_err();
        assert!(refused.contains(said), "{wrong}: {refused}");
    }
}

/// Every row of every table, as text.
async fn dump(database: &Database) -> String {
    let pool = PgPool::connect_with(superuser(&database.name).await)
        .await
        .unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "select format('%I.%I', schemaname, tablename) from pg_tables
          where schemaname !~ '^pg_' and schemaname <> 'information_schema'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    assert!(tables.contains(&"access.idempotency".to_owned()));
    let mut dumped = String::new();
    for table in tables {
        let rows = AssertSqlSafe(format!("select t::text from {table} t"));
        let rows: Vec<String> = sqlx::query_scalar(rows).fetch_all(&pool).await.unwrap();
        dumped.extend(rows);
    }
    pool.close().await;
    dumped
}

#[tokio::test]
async fn a_secret_is_in_no_table_no_event_no_error_and_no_log() {
    let world = World::new().await;
    let mut command = program(&world.database);
    let log = std::env::temp_dir().join(format!("{}-{}", world.database.name, std::process::id()));
    let mut server = command
        .args(["serve", "--port", "0", "--log", "trace"])
        .stdout(Stdio::piped())
        .stderr(std::fs::File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let printed = std::io::BufReader::new(server.stdout.take().unwrap());
    let ready = tokio::task::spawn_blocking(move || {
        std::io::BufRead::lines(printed).next().unwrap().unwrap()
    });
    let ready = ready.await.unwrap();
    let base = ready.rsplit(' ').next().unwrap().to_owned();

    let client = crate::support::http();
    let new = json!({"name": "N", "scopes": ["read", "write"]});
    let make = client.post(format!("{base}/v1/tokens")).json(&new);
    let make = make
        .header("idempotency-key", "one")
        .bearer_auth(&world.officer);
    let made: Value = make.send().await.unwrap().json().await.unwrap();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let unknown = format!("rpt_{}", "5".repeat(64));
    let mut told = String::new();
    for (path, expected) in [("/v1/events?limit=1", 200), ("/v1/nowhere", 404)] {
        for token in [&secret, &unknown] {
            let url = format!("{base}{path}");
            let requests = [
                client.get(&url).bearer_auth(token),
                client.get(&url).basic_auth("x", Some(token)),
                client.get(&url).basic_auth(token, Some("")),
                client.get(&url).header("authorization", token.as_str()),
                client.post(&url).bearer_auth(token).body(token.clone()),
                client
                    .post(format!("{base}/v1/tokens"))
                    .bearer_auth(token)
                    .json(&json!({"name": 1})),
            ];
            for request in requests {
                let answer = request.send().await.unwrap();
                let status = answer.status().as_u16();
                told.push_str(&format!("{:?}", answer.headers()));
                told.push_str(&answer.text().await.unwrap());
                assert!(status < 500 && (status != 200 || expected == 200));
            }
        }
    }
    let id = server.id().to_string();
    let stopped = Command::new("kill").args(["-TERM", &id]).status().unwrap();
    assert!(stopped.success());
    let ended = tokio::task::spawn_blocking(move || server.wait().unwrap());
    assert!(ended.await.unwrap().success());
    let logged = std::fs::read_to_string(&log).unwrap();
    std::fs::remove_file(&log).unwrap();
    assert!(logged.contains("TRACE") || logged.contains("DEBUG"));

    let dumped = dump(&world.database).await;
    assert!(dumped.contains(made["id"].as_str().unwrap()));
    for (place, text) in [
        ("a table", &dumped),
        ("an answer", &told),
        ("the log", &logged),
    ] {
        for secret in [&secret, &unknown, &world.officer] {
            // Whole or without its prefix; in base64 too, as Basic carries it.
            assert!(!text.contains(&secret[4..]), "{place} has a secret");
        }
    }
    for basic in [format!("x:{secret}"), format!("{secret}:")] {
        let header = crate::support::http().get(&base);
        let (user, password) = basic.split_once(':').unwrap();
        let header = header.basic_auth(user, Some(password)).build().unwrap();
        let header = header.headers()["authorization"]
            .to_str()
            .unwrap()
            .to_owned();
        assert!(!logged.contains(header.trim_start_matches("Basic ")));
    }
}

#[tokio::test]
async fn links_of_letters_that_wait_are_sealed() {
    let database = Database::new().await;
    let mut settings = database.settings();
    settings.secret = Some([1; 32]);
    let world = World::with(database.clone(), settings.clone()).await;
    let opened = world.collection(json!({"parties": ["FIN", "SWE"]})).await;
    let link = world
        .invited(&opened.collection, "FIN", "aino@example.org")
        .await;
    let dumped = dump(&database).await;
    assert!(dumped.contains("/join/sealed."));
    assert!(!dumped.contains(&link), "a link is in a table");

    // One that an older program put in is sealed when a server starts.
    let plain = "5".repeat(64);
    let put = format!(
        "update mail.letter set args = args || jsonb_build_object('path', '/join/{plain}')
          where person = (select id from directory.person where email = 'aino@example.org')"
    );
    world.run(&put).await;
    world.server.stop().await;
    let again = World::with(database.clone(), settings).await;
    assert!(!dump(&database).await.contains(&plain));
    assert_eq!(again.link_to("aino@example.org").await, Some(plain));
    again.server.stop().await;

    // Whoever has the database, and not the secret that is kept apart from it, opens none; what is sealed with the one in the
    // database stays readable where one is given later.
    let other = World::on(database.clone()).await;
    let withheld = other.link_to("aino@example.org").await;
    assert_eq!(withheld.as_deref(), Some("[withheld]"));
    let sealed = other
        .invited(&opened.collection, "SWE", "b@example.org")
        .await;
    other.server.stop().await;
    let mut settings = database.settings();
    settings.secret = Some([2; 32]);
    let later = World::with(database, settings).await;
    assert_eq!(later.link_to("b@example.org").await, Some(sealed));
}
