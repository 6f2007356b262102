//! A PostgreSQL of one's own with a synchronous standby, whose receiver can be held up.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use postgres::{APP, Cluster, DATABASE, OWNER, Programs, SUPERUSER};
use rapporteur::server;
use rapporteur::views::DEFINITIONS;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};

use super::Database;

/// A primary and its standby.
pub struct ReplicatedServers {
    primary: Option<Cluster>,
    standby: Standby,
    /// The product's database on the primary, its schemas and views made.
    pub database: Database,
    /// The primary's superuser, connected to that database.
    pub operator: PgConnection,
    // Dropped last: it is removed when the servers are gone.
    _folder: Folder,
}

struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The standby's process.
struct Standby {
    child: Child,
    sockets: PathBuf,
    /// Of the receiver's process, where it is held up.
    held: Option<i32>,
}

impl Drop for Standby {
    fn drop(&mut self) {
        // A process that is held up would not hear that it is to end.
        if let Some(receiver) = self.held {
            signal("KILL", receiver);
        }
        signal("QUIT", self.child.id() as i32);
        let _ = self.child.wait();
    }
}

fn signal(name: &str, process: i32) {
    let arguments = [format!("-{name}"), process.to_string()];
    let sent = Command::new("kill").args(arguments).status().unwrap();
    assert!(sent.success() || name == "KILL", "{name} {process}");
}

impl ReplicatedServers {
    /// Starts both, and waits until the one waits for the other.
    pub async fn start() -> Self {
        let path = std::env::temp_dir().join(format!("rp-{}", clock::new_id()));
        fs::create_dir(&path).unwrap();
        let folder = Folder(path.clone());
        let programs = Programs::find(None, None).unwrap();
        let primary = Cluster::start(&programs, &path.join("p")).await.unwrap();
        let database = Database {
            application: primary.connect_options_as(APP),
            owner: primary.connect_options_as(OWNER),
            name: DATABASE.to_owned(),
        };
        server::prepare(&database.owner, &DEFINITIONS)
            .await
            .unwrap();
        let superuser = primary.connect_options_as(SUPERUSER).database(DATABASE);
        let mut operator = superuser.connect().await.unwrap();
        let data = path.join("p/postgres");
        let hba = data.join("pg_hba.conf");
        let rules = fs::read_to_string(&hba).unwrap() + "local replication all trust\n";
        fs::write(&hba, rules).unwrap();
        run(&mut operator, "select pg_reload_conf()").await;

        let standby = standby(&superuser, &data, &path.join("s"));
        run(
            &mut operator,
            "alter system set synchronous_standby_names = '*'",
        )
        .await;
        run(&mut operator, "select pg_reload_conf()").await;
        let mut replicated = Self {
            primary: Some(primary),
            standby,
            database,
            operator,
            _folder: folder,
        };
        let synchronous =
            "select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')";
        replicated.until(synchronous, 1).await;
        replicated
    }

    /// Waits until a count on the primary is at least so much.
    pub async fn until(&mut self, count: &'static str, least: i64) {
        for _ in 0..1_500 {
            let found: i64 = sqlx::query_scalar(count)
                .fetch_one(&mut self.operator)
                .await
                .unwrap();
            if found >= least {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("not within 30 seconds: {count}");
    }

    /// Holds the standby's receiver up: nothing that is written from now on reaches it.
    pub async fn hold(&mut self) {
        let mut standby = loop {
            // It streams already; whether it takes connections, it tells a moment later.
            match self.standby().connect().await {
                Ok(standby) => break standby,
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        };
        let receiver: i32 = sqlx::query_scalar("select pid from pg_stat_wal_receiver")
            .fetch_one(&mut standby)
            .await
            .unwrap();
        signal("STOP", receiver);
        self.standby.held = Some(receiver);
    }

    /// Lets it go on.
    pub fn release(&mut self) {
        signal("CONT", self.standby.held.take().unwrap());
    }

    /// Ends every connection to the primary that waits for the standby. What these have committed is visible then.
    pub async fn break_off(&mut self) {
        let ended = "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep'";
        let ended: i64 = sqlx::query_scalar(ended)
            .fetch_one(&mut self.operator)
            .await
            .unwrap();
        assert!(ended > 0, "something waits for the standby");
    }

    fn standby(&self) -> PgConnectOptions {
        let primary = self.database.owner.clone().username(SUPERUSER);
        primary.socket(&self.standby.sockets)
    }

    /// The primary is lost, with what the receiver was held up from; the standby takes over. Answers how to connect to it.
    pub async fn promote(&mut self) -> PgConnectOptions {
        // Stopped at once, without a checkpoint.
        drop(self.primary.take());
        // The receiver does not get to read what lies in its socket still; the standby's server starts its processes anew.
        signal("KILL", self.standby.held.take().unwrap());
        let options = self.standby();
        for _ in 0..1_500 {
            if let Ok(mut standby) = options.connect().await {
                let promoted = sqlx::query_scalar::<_, bool>("select pg_promote()");
                if promoted.fetch_one(&mut standby).await.unwrap_or(false) {
                    return options;
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("the standby was not promoted within 30 seconds");
    }
}

async fn run(connection: &mut PgConnection, statement: &'static str) {
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(connection)
        .await
        .unwrap();
}

/// Copies the primary, and starts the copy as its standby; both as whoever runs the primary.
fn standby(primary: &PgConnectOptions, data: &Path, folder: &Path) -> Standby {
    let account = fs::metadata(data).unwrap();
    let (uid, gid) = (account.uid(), account.gid());
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    fs::DirBuilder::new().mode(0o700).create(folder).unwrap();
    if is_root {
        chown(folder, Some(uid), Some(gid)).unwrap();
    }
    let bin = Command::new("pg_config").arg("--bindir").output().unwrap();
    let bin = PathBuf::from(String::from_utf8(bin.stdout).unwrap().trim());
    let command = |program: &str| {
        let mut command = Command::new(bin.join(program));
        command
            .current_dir("/")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        if is_root {
            command.uid(uid).gid(gid);
        }
        command
    };
    let copy = folder.join("data");
    let sockets = primary.get_socket().unwrap();
    let mut copying = command("pg_basebackup");
    copying
        .arg("--pgdata")
        .arg(&copy)
        .arg("--host")
        .arg(sockets)
        .args([
            "--port",
            &primary.get_port().to_string(),
            "--username",
            SUPERUSER,
        ])
        .args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync"]);
    // The primary may not have read its new rules yet.
    let copied = (0..50).any(|_| {
        let copied = copying.output().unwrap();
        if !copied.status.success() {
            eprintln!("{}", String::from_utf8_lossy(&copied.stderr));
            std::thread::sleep(Duration::from_millis(100));
        }
        copied.status.success()
    });
    assert!(copied, "the primary is copied");
    let log = fs::File::create(folder.join("log")).unwrap();
    let child = command("postgres")
        .arg("-D")
        .arg(&copy)
        .args(["-c", "listen_addresses=", "-c", "fsync=off", "-c"])
        .arg(format!("unix_socket_directories={}", folder.display()))
        .args(["-c", &format!("port={}", primary.get_port())])
        .stdout(log.try_clone().unwrap())
        .stderr(log)
        .spawn()
        .unwrap();
    Standby {
        child,
        sockets: folder.to_owned(),
        held: None,
    }
}
