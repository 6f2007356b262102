//! One PostgreSQL for the whole run, and a database of its own for each test, copied from a template that holds the
//! schemas and the reference data.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use access::oidc;
use mail::MailSettings;
use postgres::{self, Cluster, Programs};
use rapporteur::http::handling::pace::Patience;
use rapporteur::http::middleware::edge::Edge;
use rapporteur::http::services::limits::LimitSettings;
use rapporteur::server::{self, Settings};
use rapporteur::views::DEFINITIONS;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tokio::sync::{Mutex, OnceCell};

static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
static COPYING: Mutex<()> = Mutex::const_new(());
static NUMBER: AtomicU32 = AtomicU32::new(0);

const TEMPLATE: &str = "template_of_tests";

/// A test's database.
#[derive(Clone)]
pub struct Database {
    /// As the application.
    pub application: PgConnectOptions,
    /// As the owner of the schemas.
    pub owner: PgConnectOptions,
    /// Its name.
    pub name: String,
}

impl Database {
    /// A copy of the template.
    pub async fn new() -> Self {
        Self::copy_of(TEMPLATE).await
    }

    /// A database with nothing in it.
    pub async fn empty() -> Self {
        Self::copy_of("template0").await
    }

    async fn copy_of(template: &str) -> Self {
        cluster().await;
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        // PostgreSQL copies a template only while nobody is connected to it.
        let _one_at_a_time = COPYING.lock().await;
        create(&name, template).await;
        Self::named(&name).await
    }

    async fn named(name: &str) -> Self {
        let cluster = CLUSTER.get().unwrap();
        Self {
            application: cluster.connect_options_as(postgres::APP).database(name),
            owner: cluster.connect_options().database(name),
            name: name.to_owned(),
        }
    }

    /// How a server is started on it.
    pub fn settings(&self) -> Settings {
        Settings {
            database: self.application.clone(),
            owner: self.owner.clone(),
            listen: ([127, 0, 0, 1], 0).into(),
            metrics: None,
            definitions: DEFINITIONS,
            workers: 1,
            queue: 4096,
            oidc: oidc::Settings::default(),
            mail: MailSettings::default(),
            secret: None,
            edge: Edge::default(),
            limits: LimitSettings::default(),
            patience: Patience::default(),
            tls: None,
        }
    }
}

/// The cluster's superuser, connected to a database of the tests.
pub async fn superuser(database: &str) -> PgConnectOptions {
    let cluster = cluster().await;
    cluster
        .connect_options_as(postgres::SUPERUSER)
        .database(database)
}

/// What the tests' PostgreSQL has logged so far.
pub fn postgres_log() -> Vec<u8> {
    std::fs::read(folder().join("postgres.log")).unwrap()
}

fn folder() -> std::path::PathBuf {
    std::env::temp_dir().join(format!("rapporteur-tests-{}", std::process::id()))
}

async fn create(name: &str, template: &str) {
    let cluster = CLUSTER.get().unwrap();
    let superuser = cluster
        .connect_options_as(postgres::SUPERUSER)
        .database("postgres");
    let mut connection = superuser.connect().await.unwrap();
    let statement = format!(
        "create database {name} template {template} owner {}",
        postgres::OWNER
    );
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// The cluster. Tests have separate runtimes, and the cluster's own tasks must outlive each of them.
async fn cluster() -> &'static Cluster {
    CLUSTER
        .get_or_init(|| async {
            let folder = folder();
            let programs = Programs::find(None, None).unwrap();
            let cluster = Cluster::start(&programs, &folder).await.unwrap();
            clean_up_afterwards(&folder);
            let superuser = cluster
                .connect_options_as(postgres::SUPERUSER)
                .database("postgres");
            let mut connection = superuser.connect().await.unwrap();
            let statement = format!("create database {TEMPLATE} owner {}", postgres::OWNER);
            sqlx::raw_sql(AssertSqlSafe(statement))
                .execute(&mut connection)
                .await
                .unwrap();
            connection.close().await.unwrap();
            let template = Database {
                application: cluster.connect_options_as(postgres::APP).database(TEMPLATE),
                owner: cluster.connect_options().database(TEMPLATE),
                name: TEMPLATE.to_owned(),
            };
            server::start(template.settings())
                .await
                .unwrap()
                .stop()
                .await;
            cluster
        })
        .await
}

/// The test harness tells nobody that it ends, so a process of its own waits for that, ends the cluster and removes it.
fn clean_up_afterwards(folder: &std::path::Path) {
    let wait_and_remove = r#"
        while kill -0 "$1" 2>/dev/null; do sleep 0.3; done
        pid=$(head -n 1 "$2/postgres/postmaster.pid" 2>/dev/null) && kill -QUIT "$pid"
        sleep 0.5; rm -rf "$2""#;
    let watcher = Command::new("sh")
        .args(["-c", wait_and_remove, "sh", &std::process::id().to_string()])
        .arg(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    drop(watcher.unwrap());
}
