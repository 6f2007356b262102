//! Logs on a database, as server processes have them, and appends to send through them.

use event_log::views::Definitions;
use event_log::{Actor, Append, CommandId, Log, LogSettings, LogTasks, NewEvent};
use rapporteur::server;
use rapporteur::views::DEFINITIONS;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use crate::support::Database;

/// What one server process has of the log.
pub struct Process {
    pub log: Log,
    pub pool: PgPool,
    _tasks: LogTasks,
}

impl Process {
    /// A process with this program's views.
    pub async fn on(database: &Database) -> Self {
        Self::with(database, &DEFINITIONS).await
    }

    /// A process with other views.
    pub async fn with(database: &Database, definitions: &Definitions) -> Self {
        Self::open(database, database.application.clone(), definitions, 4096).await
    }

    /// A process whose writer and follower connect as `connect` says.
    pub async fn open(
        database: &Database,
        connect: PgConnectOptions,
        definitions: &Definitions,
        queue: usize,
    ) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(4)
            .connect_with(database.application.clone())
            .await
            .unwrap();
        let settings = LogSettings {
            connect,
            definitions: definitions.clone(),
            queue,
        };
        let (log, _tasks) = Log::open(pool.clone(), settings);
        Self { log, pool, _tasks }
    }
}

/// A database with schemas and views, and without a single event.
pub async fn prepared() -> Database {
    let database = Database::empty().await;
    server::prepare(&database.owner, &DEFINITIONS)
        .await
        .unwrap();
    database
}

/// An event that no view reads.
pub fn noted(data: Value) -> NewEvent {
    event("noted", data)
}

pub fn event(kind: &'static str, data: Value) -> NewEvent {
    NewEvent {
        id: clock::new_id(),
        kind,
        data,
    }
}

/// An event that the view of parties takes.
pub fn registered(code: &str) -> NewEvent {
    let data = json!({"code": code, "kind": "igo", "names": {"en": code}});
    event("party_registered", data)
}

/// A decision that was taken at `expected`.
pub fn append(stream: Uuid, expected: i32, events: Vec<NewEvent>) -> Append {
    Append {
        command: CommandId {
            id: clock::new_id(),
            request: None,
        },
        actor: Actor {
            principal: Uuid::nil(),
            role: "officer".to_owned(),
            party: None,
        },
        stream,
        expected,
        guards: Vec::new(),
        events,
        contents: Vec::new(),
    }
}

/// One noted event at the beginning of a new stream.
pub fn new_stream() -> Append {
    append(clock::new_id(), 0, vec![noted(json!({}))])
}

/// The same with a key.
pub fn keyed(mut append: Append, request: u8) -> Append {
    append.command.request = Some([request; 32]);
    append
}

/// Position, stream, version and command of every event, in order.
pub async fn events(pool: &PgPool) -> Vec<(i64, Uuid, i32, Uuid)> {
    sqlx::query_as("select position, stream, version, command from log.event order by position")
        .fetch_all(pool)
        .await
        .unwrap()
}

/// A single number.
pub async fn count(pool: &PgPool, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(pool).await.unwrap()
}

/// Positions are 1, 2, 3 without a gap, and the head stands at the last.
pub async fn assert_gapless(pool: &PgPool) -> u64 {
    let positions: Vec<i64> = events(pool).await.iter().map(|event| event.0).collect();
    let last = positions.len() as i64;
    assert_eq!(positions, (1..=last).collect::<Vec<_>>());
    assert_eq!(count(pool, "select position from log.head").await, last);
    last as u64
}
