//! The log without a server around it: each one opened is as good as another process.

use rapporteur::clock;
use rapporteur::log::{Actor, Append, CommandId, Log, LogSettings, LogTasks, NewEvent};
use rapporteur::views::{DEFINITIONS, Definitions};
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use super::Database;

/// A log of its own pool, writer and follower.
pub struct Process {
    pub log: Log,
    _tasks: LogTasks,
}

impl Process {
    pub async fn on(database: &Database) -> Self {
        Self::with(database, database.application.clone(), &DEFINITIONS, 4096).await
    }

    pub async fn with(
        database: &Database,
        writer: PgConnectOptions,
        definitions: &Definitions,
        queue: usize,
    ) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(4)
            .connect_with(database.application.clone())
            .await
            .unwrap();
        let settings = LogSettings {
            connect: writer,
            views_hash: definitions.hash(),
            queue,
        };
        let (log, tasks) = Log::open(pool, settings);
        Self { log, _tasks: tasks }
    }
}

/// An append of one event that the views take.
pub fn party(stream: Uuid, expected: i32) -> Append {
    let data = if expected == 0 {
        let code = stream.simple().to_string()[..20].to_uppercase();
        json!({"code": code, "kind": "ngo", "names": {"en": "A sample"}})
    } else {
        json!({"on": "2011-03-08", "reason": "a test", "regional_group": "african"})
    };
    let kind = if expected == 0 {
        "party_registered"
    } else {
        "party_regrouped"
    };
    append(stream, expected, kind, data)
}

pub fn append(stream: Uuid, expected: i32, kind: &'static str, data: Value) -> Append {
    Append {
        command: CommandId {
            id: clock::new_id(),
            request: None,
        },
        actor: Actor {
            principal: Uuid::nil(),
            role: "system".to_owned(),
            party: None,
        },
        stream,
        expected,
        guards: Vec::new(),
        events: vec![NewEvent {
            id: clock::new_id(),
            kind,
            data,
        }],
        contents: Vec::new(),
    }
}
