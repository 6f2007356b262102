//! How much of the processors a measurement took. Wall clocks say what callers see, but a machine that does something
//! else meanwhile changes them most; this much less.

use std::fs;

use sqlx::PgConnection;

/// Seconds of processor time that the log's writers took so far, on either side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cpu {
    /// PostgreSQL's processes that record.
    pub server: f64,
    /// This process: the log's client, and the load.
    pub process: f64,
}

impl Cpu {
    /// Up to now. What /proc does not tell counts as nothing.
    pub async fn now(superuser: &mut PgConnection) -> sqlx::Result<Self> {
        let writers: Vec<i32> = sqlx::query_scalar(
            "select pid from pg_stat_activity where application_name = 'rapporteur writer'",
        )
        .fetch_all(superuser)
        .await?;
        Ok(Self {
            server: writers.iter().map(|pid| seconds(&pid.to_string())).sum(),
            process: seconds("self"),
        })
    }

    /// Microseconds an event since then.
    pub fn since(self, then: Self, events: u64) -> Self {
        let each = |now: f64, then: f64| (now - then) * 1e6 / events as f64;
        Self {
            server: each(self.server, then.server),
            process: each(self.process, then.process),
        }
    }
}

/// Seconds of processor time that a server took so far, and its database's processes, which it started.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// The process itself.
    pub own: f64,
    /// Whatever it started, and that in turn, whether it still runs or has ended.
    pub others: f64,
}

impl Family {
    /// Up to now.
    pub fn of(process: u32) -> Self {
        let mut others = ended(process);
        let mut left = children(process);
        while let Some(child) = left.pop() {
            others += seconds(&child.to_string()) + ended(child);
            left.extend(children(child));
        }
        let own = seconds(&process.to_string());
        Self { own, others }
    }
}

/// The processes that a process started, and that still run.
pub fn children(process: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{process}/task"));
    let lists = tasks
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok());
    let children = lists.flat_map(|list| {
        let ids = list.split_whitespace().map(str::parse);
        ids.flatten().collect::<Vec<u32>>()
    });
    children.collect()
}

/// What the processes took that a process started and that have ended, to the hundredth of a second.
fn ended(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The second field, in brackets, may have any character in it; these two are the sixteenth and the seventeenth.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(13).take(2);
    ticks.flat_map(str::parse::<f64>).sum::<f64>() / 100.0
}

/// Over all threads of a process, to the nanosecond.
fn seconds(process: &str) -> f64 {
    let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
        return 0.0;
    };
    let nanoseconds = threads.flatten().filter_map(|thread| {
        let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<f64>().ok()
    });
    nanoseconds.sum::<f64>() / 1e9
}
