//! The real program, serving a test's database; its log is at its most talkative.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use sqlx::postgres::PgConnectOptions;

use super::Database;

/// `rapporteur serve`, until dropped.
pub struct ServingProcess {
    child: Child,
    log: PathBuf,
    /// Where it answers, `http://127.0.0.1:…`.
    pub url: String,
}

impl ServingProcess {
    /// Serves a database, with these settings beside.
    pub fn start(database: &Database, settings: &[(&str, &str)]) -> Self {
        let name = format!(
            "rapporteur-served-{}-{}.log",
            std::process::id(),
            database.name
        );
        let log = std::env::temp_dir().join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("RAPPORTEUR_") {
                command.env_remove(name);
            }
        }
        let mut child = command
            .args(["serve", "--port", "0"])
            .env("RAPPORTEUR_LOG", "trace")
            .env("RAPPORTEUR_DATABASE_URL", url(&database.application))
            .env("RAPPORTEUR_OWNER_DATABASE_URL", url(&database.owner))
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        output.read_line(&mut said).unwrap();
        let url = said
            .trim()
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .to_owned();
        let served = Self { child, log, url };
        assert!(served.url.starts_with("http://"), "{}", served.said());
        served
    }

    /// Its log so far.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }
}

impl Drop for ServingProcess {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_file(&self.log);
    }
}

fn url(options: &PgConnectOptions) -> String {
    let folder = options
        .get_socket()
        .unwrap()
        .to_string_lossy()
        .replace('/', "%2F");
    let (role, port) = (options.get_username(), options.get_port());
    let name = options.get_database().unwrap();
    format!("postgres://{role}@localhost/{name}?host={folder}&port={port}")
}
