//! Appends through the log, beside pgbench's INSERTs: rounds, each with both sides in turn.

use std::path::PathBuf;
use std::sync::atomic::Ordering;

use clap::Args;

use crate::cluster::Private;
use crate::cpu::Cpu;
use crate::load;
use crate::machine;
use crate::pgbench::Pgbench;
use crate::sample::{Sample, Spread, verdict};
use crate::umadb::{CLIENTS, Umadb};

const WRITERS: [usize; 4] = [1, 8, 64, 256];

#[derive(Debug, Args)]
pub struct Arguments {
    /// How long each measurement takes, after a second of warming up.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many times everything is measured.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// A checkout of message-db, to be measured too: it is installed into a database of its own, by its own script.
    #[arg(long)]
    message_db: Option<PathBuf>,
    /// UmaDB, to be measured too: the address of one that runs, or its server program. Needs a build with --features umadb.
    #[arg(long)]
    umadb: Option<String>,
}

/// One round. Each side of a ratio has pgbench before and after it; the mean of the two is taken.
struct Round {
    log: [Sample; 4],
    cpu: [Cpu; 4],
    alone: [Sample; 2],
    many: [Sample; 2],
    /// Messages of message-db, by 32 clients.
    messages: Option<Sample>,
    /// Conditional appends of UmaDB, each beside the log's of as many writers; none where it is not measured.
    umadb: Vec<Sample>,
}

impl Round {
    fn one_writer(&self) -> f64 {
        self.log[0].rate / mean(&self.alone)
    }

    fn many_writers(&self) -> f64 {
        self.log[3].rate / mean(&self.many)
    }
}

fn mean(samples: &[Sample; 2]) -> f64 {
    (samples[0].rate + samples[1].rate) / 2.0
}

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    let private = Private::start("log", bin.as_deref()).await?;
    machine::describe(Some(&mut private.superuser().await?)).await?;
    let rounds = measure(&private, &arguments).await?;
    private.stop().await?;
    print(&rounds);
    Ok(())
}

async fn measure(private: &Private, arguments: &Arguments) -> anyhow::Result<Vec<Round>> {
    let database = private.prepared().await?;
    let (log, tasks) = database.log().await?;
    let mut replies = load::replies(&log, WRITERS[3]).await?;
    let pgbench = Pgbench::prepare(private, &database).await?;
    let message_db = match &arguments.message_db {
        Some(checkout) => Some(Pgbench::message_db(private, checkout).await?),
        None => None,
    };
    let umadb = match &arguments.umadb {
        Some(place) => Some(Umadb::at(place, private.folder()).await?),
        None => None,
    };
    let mut superuser = private.superuser().await?;
    let seconds = arguments.seconds;
    let mut rounds = Vec::new();
    for number in 1..=arguments.rounds {
        let mut samples = Vec::new();
        let mut cpus = Vec::new();
        let mut inserts = Vec::new();
        let mut appends = Vec::new();
        // pgbench with 1, log with 1, pgbench with 1; log with 8, with 64; pgbench with 32, log with 256, pgbench with 32.
        // UmaDB follows where it has as many clients as the log has writers.
        for writers in WRITERS {
            let clients = match writers {
                1 => Some(1),
                256 => Some(32),
                _ => None,
            };
            if let Some(clients) = clients {
                private.checkpoint().await?;
                inserts.push(pgbench.run(clients, seconds).await?);
            }
            private.checkpoint().await?;
            let recorded = || log.metrics().events.load(Ordering::Relaxed);
            let (events, cpu) = (recorded(), Cpu::now(&mut superuser).await?);
            samples.push(load::run(&log, &mut replies, writers, seconds).await?);
            cpus.push(
                Cpu::now(&mut superuser)
                    .await?
                    .since(cpu, recorded() - events),
            );
            if let Some(clients) = clients {
                private.checkpoint().await?;
                inserts.push(pgbench.run(clients, seconds).await?);
            }
            if let Some(umadb) = umadb.as_ref().filter(|_| CLIENTS.contains(&writers)) {
                appends.push(umadb.run(writers, seconds).await?);
            }
        }
        let messages = match &message_db {
            Some(pgbench) => {
                private.checkpoint().await?;
                Some(pgbench.run(32, seconds).await?)
            }
            None => None,
        };
        let (Ok(log), Ok(cpu), Ok([a, b, c, d])) = (
            <[Sample; 4]>::try_from(samples),
            <[Cpu; 4]>::try_from(cpus),
            <[Sample; 4]>::try_from(inserts),
        ) else {
            anyhow::bail!("a round has four measurements of each side");
        };
        let round = Round {
            log,
            cpu,
            alone: [a, b],
            many: [c, d],
            messages,
            umadb: appends,
        };
        eprintln!(
            "round {number}: log {:.0} and {:.0} events/s, pgbench {:.0} and {:.0} rows/s: {:.3} and {:.2}",
            round.log[0].rate,
            round.log[3].rate,
            mean(&round.alone),
            mean(&round.many),
            round.one_writer(),
            round.many_writers()
        );
        rounds.push(round);
    }
    log.pool().close().await;
    drop(tasks);
    if let Some(umadb) = umadb {
        umadb.stop().await?;
    }
    Ok(rounds)
}

fn print(rounds: &[Round]) {
    println!(
        "medians over {} rounds (least to most)\n\n\
         | what | rows a second | mean ms | p50 ms | p99 ms | PostgreSQL µs | process µs |\n\
         | --- | --- | --- | --- | --- | --- | --- |",
        rounds.len()
    );
    for (place, writers) in WRITERS.iter().enumerate() {
        let plural = if *writers == 1 { "" } else { "s" };
        row(
            &format!("log, {writers} writer{plural}"),
            rounds.iter().map(|round| round.log[place]).collect(),
            rounds.iter().map(|round| round.cpu[place]).collect(),
        );
    }
    let both = |of: fn(&Round) -> [Sample; 2]| rounds.iter().flat_map(of).collect();
    row(
        "pgbench INSERT, 1 client",
        both(|round| round.alone),
        vec![],
    );
    row(
        "pgbench INSERT, 32 clients",
        both(|round| round.many),
        vec![],
    );
    let messages: Vec<Sample> = rounds.iter().filter_map(|round| round.messages).collect();
    if !messages.is_empty() {
        row("message-db, 32 clients", messages, vec![]);
    }
    for (place, clients) in CLIENTS.iter().enumerate() {
        let appends = rounds.iter().filter_map(|round| round.umadb.get(place));
        let appends: Vec<Sample> = appends.copied().collect();
        if !appends.is_empty() {
            let plural = if *clients == 1 { "" } else { "s" };
            row(&format!("UmaDB, {clients} client{plural}"), appends, vec![]);
        }
    }
    let one = Spread::from_samples(rounds.iter().map(Round::one_writer));
    let many = Spread::from_samples(rounds.iter().map(Round::many_writers));
    println!(
        "\n| ratio | measured | bar | |\n| --- | --- | --- | --- |\n\
         | log, 256 writers / pgbench, 32 clients | {} | 3 | {} |\n\
         | log, 1 writer / pgbench, 1 client | {} | 0.25 | {} |",
        many.say(2),
        verdict(many.median() >= 3.0),
        one.say(3),
        verdict(one.median() >= 0.25),
    );
    beside(
        "log, 256 writers / message-db, 32 clients",
        rounds,
        20.0,
        |round| round.messages,
    );
    beside(
        "log, 256 writers / UmaDB, 256 clients",
        rounds,
        1.5,
        |round| round.umadb.last().copied(),
    );
}

/// The log's rate of 256 writers over another's, where that is measured.
fn beside(what: &str, rounds: &[Round], bar: f64, other: fn(&Round) -> Option<Sample>) {
    let ratios = rounds
        .iter()
        .filter_map(|round| Some(round.log[3].rate / other(round)?.rate));
    let ratios = Spread::from_samples(ratios);
    if !ratios.median().is_nan() {
        let holds = verdict(ratios.median() >= bar);
        println!("| {what} | {} | {bar} | {holds} |", ratios.say(2));
    }
}

fn row(what: &str, samples: Vec<Sample>, cpu: Vec<Cpu>) {
    let known = |values: Vec<Option<f64>>| match values.into_iter().collect::<Option<Vec<_>>>() {
        Some(values) => Spread::from_samples(values).say(2),
        None => "".to_owned(),
    };
    let cpus = |of: fn(&Cpu) -> f64| match cpu.is_empty() {
        true => String::new(),
        false => Spread::from_samples(cpu.iter().map(of)).say(1),
    };
    println!(
        "| {what} | {} | {} | {} | {} | {} | {} |",
        Spread::from_samples(samples.iter().map(|sample| sample.rate)).say(0),
        Spread::from_samples(samples.iter().map(|sample| sample.mean)).say(2),
        known(samples.iter().map(|sample| sample.p50).collect()),
        known(samples.iter().map(|sample| sample.p99).collect()),
        cpus(|cpu| cpu.server),
        cpus(|cpu| cpu.process),
    );
}
