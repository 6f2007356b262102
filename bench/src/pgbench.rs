//! What pgbench does beside the log: single-row INSERTs of the same row into a bare table with the columns and indexes of
//! `log.event`, and messages of message-db.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use postgres::{DATABASE, OWNER, SUPERUSER};
use sqlx::{AssertSqlSafe, ConnectOptions, Row};
use tokio::process::Command;

use crate::cluster::{Database, Private};
use crate::sample::Sample;

/// As `log.event`, without its triggers; positions come from a sequence, as they do in a log without an order.
const TABLE: &str = r#"
    create schema bare;
    create sequence bare.position;
    create table bare.event (
        position bigint primary key,
        stream uuid not null,
        version int not null,
        time timestamptz not null,
        command uuid not null,
        kind text collate "C" not null,
        envelope text not null check (octet_length(envelope) <= 65535),
        leaf bytea not null,
        unique (stream, version)
    );"#;

const MESSAGE_DB: &str = "message_store";

/// A message like the log's events, as message-db writes one.
const WRITE_MESSAGE: &str = "\\set stream random(1, 256)\n\
    select message_store.write_message(gen_random_uuid()::varchar, 'reply-' || :stream::bigint, 'reply_answered', E'DATA', \
    E'METADATA');\n";

/// A script, and where pgbench runs it.
pub struct Pgbench {
    program: PathBuf,
    sockets: PathBuf,
    script: PathBuf,
    user: &'static str,
    database: &'static str,
}

impl Pgbench {
    /// Makes the bare table, and a script that inserts the row that the log holds at its head.
    pub async fn prepare(private: &Private, database: &Database) -> anyhow::Result<Self> {
        let mut owner = database
            .owner
            .clone()
            .disable_statement_logging()
            .connect()
            .await?;
        sqlx::raw_sql(AssertSqlSafe(TABLE))
            .execute(&mut owner)
            .await?;
        let row = sqlx::query("select kind, envelope, encode(leaf, 'hex') from log.event order by position desc limit 1")
            .fetch_one(&mut owner)
            .await?;
        let (kind, envelope, leaf): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        // As many streams at a time as the log's writers have; the leaf is given, not computed.
        let envelope = escaped(&envelope);
        let insert = format!(
            "\\set stream random(1, 256)\n\
             insert into bare.event (position, stream, version, time, command, kind, envelope, leaf) values \
             (nextval('bare.position'), lpad(to_hex(:stream::bigint), 32, '0')::uuid, currval('bare.position')::int, \
             clock_timestamp(), gen_random_uuid(), '{kind}', E'{envelope}', '\\x{leaf}');\n"
        );
        Self::new(private, "insert.sql", &insert, (OWNER, DATABASE))
    }

    /// Installs message-db from a checkout of it, with its own script, and writes a message like the log's events.
    pub async fn message_db(private: &Private, checkout: &Path) -> anyhow::Result<Self> {
        let install = Command::new(checkout.join("database/install.sh"))
            .env("PGHOST", private.sockets()?)
            .env("PGUSER", SUPERUSER)
            .env("DATABASE_NAME", MESSAGE_DB)
            .output()
            .await
            .context("running message-db's database/install.sh")?;
        if !install.status.success() {
            bail!(
                "message-db's database/install.sh: {}\n{}",
                install.status,
                String::from_utf8_lossy(&install.stderr)
            );
        }
        // Its functions call one another by their bare names.
        sqlx::raw_sql("alter database message_store set search_path = message_store, public")
            .execute(&mut private.superuser().await?)
            .await?;
        let data = escaped(r#"{"answers":[{"choice":"yes","code":"Q01"}]}"#);
        let id = clock::new_id();
        let actor = format!(
            r#"{{"actor":{{"party":"{id}","principal":"{id}","role":"focal_point"}},"command":"{id}"}}"#
        );
        let write = WRITE_MESSAGE
            .replace("METADATA", &escaped(&actor))
            .replace("DATA", &data);
        Self::new(
            private,
            "write_message.sql",
            &write,
            (SUPERUSER, MESSAGE_DB),
        )
    }

    fn new(
        private: &Private,
        name: &str,
        text: &str,
        (user, database): (&'static str, &'static str),
    ) -> anyhow::Result<Self> {
        let script = private.folder().join(name);
        std::fs::write(&script, text)?;
        Ok(Self {
            program: private.programs.bin().join("pgbench"),
            sockets: private.sockets()?,
            script,
            user,
            database,
        })
    }

    pub async fn run(&self, clients: u32, seconds: u64) -> anyhow::Result<Sample> {
        self.once(clients, 1).await?;
        self.once(clients, seconds).await
    }

    async fn once(&self, clients: u32, seconds: u64) -> anyhow::Result<Sample> {
        let output = Command::new(&self.program)
            .args([
                "-n",
                "-M",
                "prepared",
                "-U",
                self.user,
                "-c",
                &clients.to_string(),
            ])
            .args([
                "-j",
                &clients.min(4).to_string(),
                "-T",
                &seconds.to_string(),
            ])
            .arg("-h")
            .arg(&self.sockets)
            .arg("-f")
            .arg(&self.script)
            .arg(self.database)
            .kill_on_drop(true)
            .output()
            .await
            .with_context(|| format!("running {}", self.program.display()))?;
        let said = String::from_utf8_lossy(&output.stdout);
        if !output.status.success() {
            bail!(
                "pgbench: {}\n{said}{}",
                output.status,
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(Sample {
            count: number(&said, "number of transactions actually processed: ")? as usize,
            rate: number(&said, "tps = ")?,
            mean: number(&said, "latency average = ")?,
            p50: None,
            p99: None,
        })
    }
}

/// As the inside of an escaped string. A colon before a letter would name a variable of pgbench; canonical JSON is the same to
/// PostgreSQL as an escaped string.
fn escaped(json: &str) -> String {
    json.replace('\'', "''").replace(':', "\\x3a")
}

fn number(said: &str, label: &str) -> anyhow::Result<f64> {
    said.lines()
        .find_map(|line| line.strip_prefix(label)?.split(' ').next()?.parse().ok())
        .with_context(|| format!("pgbench did not say {label}:\n{said}"))
}
