//! The real program, in a data folder of its own, with nothing left behind whatever becomes of the test.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle, sleep};
use std::time::Duration;

/// How long anything here may take on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(90);
const POLL: Duration = Duration::from_millis(2);

/// A data folder, and the program that runs on it.
pub struct Process {
    folder: PathBuf,
    running: Option<RunningDemonstration>,
}

struct RunningDemonstration {
    child: Child,
    output: Arc<Mutex<String>>,
    reader: JoinHandle<()>,
}

impl Process {
    /// A folder that does not exist yet.
    pub fn new(name: &str) -> Self {
        let below = std::env::temp_dir().canonicalize().unwrap();
        Self {
            folder: below.join(format!("rapporteur-demo-{name}-{}", std::process::id())),
            running: None,
        }
    }

    /// Starts `rapporteur demo` on the folder.
    pub fn start(&mut self, arguments: &[&str]) {
        self.start_command("demo", arguments);
    }

    /// Starts a subcommand on the folder.
    pub fn start_command(&mut self, subcommand: &str, arguments: &[&str]) {
        assert!(self.running.is_none(), "it runs already");
        let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        for (name, _) in std::env::vars_os() {
            // Where PostgreSQL is may be said by the environment; the rest is for the tests to say.
            if let Some(name) = name.to_str()
                && name.starts_with("RAPPORTEUR_")
                && !name.starts_with("RAPPORTEUR_POSTGRES_")
            {
                command.env_remove(name);
            }
        }
        let mut child = command
            .arg(subcommand)
            .arg("--data-dir")
            .arg(&self.folder)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(self.log()).unwrap())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let output = Arc::new(Mutex::new(String::new()));
        let written = output.clone();
        let reader = thread::spawn(move || {
            for line in lines {
                let line = line.unwrap() + "\n";
                written.lock().unwrap().push_str(&line);
            }
        });
        self.running = Some(RunningDemonstration {
            child,
            output,
            reader,
        });
    }

    /// Waits until the standard output holds this, and answers all of it so far.
    pub fn wait_for_output(&mut self, text: &str) -> String {
        let begun = clock::stopwatch();
        loop {
            let running = self.running.as_mut().unwrap();
            let output = running.output.lock().unwrap().clone();
            if output.contains(text) {
                return output;
            }
            let ended = running.child.try_wait().unwrap();
            assert!(
                ended.is_none() && begun.elapsed() < PATIENCE,
                "{}",
                self.said()
            );
            sleep(POLL);
        }
    }

    /// Waits until the standard error holds this.
    pub fn wait_until_it_says(&self, text: &str) {
        let begun = clock::stopwatch();
        while !self.said().contains(text) {
            assert!(begun.elapsed() < PATIENCE, "{}", self.said());
            sleep(POLL);
        }
    }

    /// The standard error so far.
    pub fn said(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }

    /// Asks it to stop, and answers how it ended and its whole standard output.
    pub fn terminate(&mut self) -> (ExitStatus, String) {
        signal("TERM", self.running.as_ref().unwrap().child.id());
        self.ended()
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> (ExitStatus, String) {
        let mut running = self.running.take().unwrap();
        let status = ended_within(&mut running.child, PATIENCE);
        let status = status.unwrap_or_else(|| {
            let _ = running.child.kill();
            panic!("it does not end: {}", self.said())
        });
        running.reader.join().unwrap();
        let output = running.output.lock().unwrap().clone();
        (status, output)
    }

    /// Ends the program and its PostgreSQL as a power cut would.
    pub fn kill(&mut self) {
        let postmaster = self.postmaster().expect("a running PostgreSQL");
        let mut running = self.running.take().unwrap();
        running.child.kill().unwrap();
        signal("KILL", postmaster);
        running.child.wait().unwrap();
    }

    /// The process id of the PostgreSQL that runs on the folder.
    pub fn postmaster(&self) -> Option<u32> {
        let record = fs::read_to_string(self.folder.join("postgres/postmaster.pid")).ok()?;
        let pid = record.lines().next()?.trim().parse().ok()?;
        is_postgres_of(&self.folder, pid).then_some(pid)
    }

    /// Whether a PostgreSQL was ever made in the folder.
    pub fn has_database(&self) -> bool {
        self.folder.join("postgres").exists()
    }

    fn log(&self) -> PathBuf {
        self.folder.with_extension("log")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(mut running) = self.running.take() {
            // Asked first: killed while it starts its PostgreSQL, it would leave one behind that has no record yet.
            signal("TERM", running.child.id());
            if ended_within(&mut running.child, Duration::from_secs(20)).is_none() {
                let _ = running.child.kill();
                let _ = running.child.wait();
            }
        }
        if let Some(postmaster) = self.postmaster() {
            signal("QUIT", postmaster);
            let begun = clock::stopwatch();
            while is_postgres_of(&self.folder, postmaster)
                && begun.elapsed() < Duration::from_secs(10)
            {
                sleep(POLL);
            }
        }
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(self.log());
    }
}

fn ended_within(child: &mut Child, patience: Duration) -> Option<ExitStatus> {
    let begun = clock::stopwatch();
    loop {
        match child.try_wait().unwrap() {
            None if begun.elapsed() < patience => sleep(POLL),
            status => return status,
        }
    }
}

/// Whether a process is the PostgreSQL of this folder: process ids come round again.
fn is_postgres_of(folder: &Path, pid: u32) -> bool {
    // Small systems have no ps, and others no /proc.
    let arguments = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_else(|_| {
        let listed = Command::new("ps")
            .args(["-o", "args=", "-p", &pid.to_string()])
            .output();
        listed.map_or_else(|_| Vec::new(), |listed| listed.stdout)
    });
    String::from_utf8_lossy(&arguments).contains(&*folder.to_string_lossy())
}

fn signal(name: &str, pid: u32) {
    // The shell's own: small systems have no program of that name.
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{name} {pid}")])
        .stderr(Stdio::null())
        .status();
    // Whoever ended meanwhile needs no signal any more.
    sent.unwrap();
}
