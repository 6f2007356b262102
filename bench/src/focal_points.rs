//! Focal points at their pages, all at once: each reads its hub and three sections, saves forty answers as the page's script does, and
//! submits, in its own time within some minutes.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use clap::Args;
use serde_json::{Value, json};
use sqlx::PgPool;
use tokio::time::{Instant, sleep_until};

use crate::cluster::{Folder, Private};
use crate::http::client::{Asked, Connection};
use crate::http::product::{self, Server};
use crate::http::scene::{self, Scene};
use crate::machine;
use crate::sample::{Sample, verdict};

const PRODUCT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/rapporteur");
/// The sections of the questionnaire, and the questions of each.
const SECTIONS: [&str; 3] = ["A", "B", "C"];
const QUESTIONS: usize = 20;
/// How many answers each saves.
const SAVES: usize = 40;

#[derive(Debug, Args)]
pub struct Arguments {
    /// The program; `cargo build --release` makes it.
    #[arg(long, default_value = PRODUCT)]
    program: PathBuf,
    /// How many focal points there are.
    #[arg(long, default_value_t = 500)]
    number: usize,
    /// Over how many seconds each spreads what it does.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
}

/// A focal point, and the reply that it is to write.
#[derive(Clone, Debug)]
struct Writer {
    collection: String,
    token: String,
}

/// How long pages and saves took.
#[derive(Debug, Default)]
struct Times {
    pages: Vec<Duration>,
    saves: Vec<Duration>,
}

pub async fn run(arguments: Arguments, bin: Option<PathBuf>) -> anyhow::Result<()> {
    let private = Private::start("focal-points", bin.as_deref()).await?;
    machine::describe(Some(&mut private.superuser().await?)).await?;
    let folder = Folder::new("focal-points-product")?;
    let data = folder.path().join("data");
    let server = Server::product(&arguments.program, &data, bin.as_deref(), false).await?;
    let scene = Scene::asking(server.address, product::owner(&data)?, &questionnaire()).await?;
    let mut writers = Vec::new();
    while writers.len() < arguments.number {
        let collection = scene.collection().await?;
        let invited = scene.focal_points.iter().map(|focal_point| Writer {
            collection: collection.clone(),
            token: focal_point.token.clone(),
        });
        writers.extend(invited);
    }
    writers.truncate(arguments.number);
    let alone = scene.collection().await?;
    let alone = Writer {
        collection: alone,
        token: scene.focal_points[0].token.clone(),
    };
    let quiet = write(&scene, &alone, 0, Duration::ZERO).await?;
    let span = Duration::from_secs(arguments.seconds);
    let watch = clock::stopwatch();
    let scene = Arc::new(scene);
    let mut all = tokio::task::JoinSet::new();
    for (number, writer) in writers.into_iter().enumerate() {
        let scene = scene.clone();
        all.spawn(async move { write(&scene, &writer, number, span).await });
    }
    let mut together = Times::default();
    while let Some(times) = all.join_next().await {
        let times = times??;
        together.pages.extend(times.pages);
        together.saves.extend(times.saves);
    }
    let elapsed = watch.elapsed();
    let saved = saves_in_log(&data).await?;
    server.stop().await?;
    private.stop().await?;
    let expected = (arguments.number + 1) * SAVES;
    ensure!(
        saved == expected,
        "the log has {saved} saves, and {expected} were made"
    );
    print(&arguments, quiet, together, elapsed);
    Ok(())
}

fn print(arguments: &Arguments, quiet: Times, together: Times, elapsed: Duration) {
    let alone = Sample::new(quiet.pages, elapsed);
    let pages = Sample::new(together.pages, elapsed);
    let saves = Sample::new(together.saves, elapsed);
    let of = |value: Option<f64>| value.unwrap_or(f64::NAN);
    println!(
        "{} focal points over {} s, each the hub, three sections, {SAVES} saves and a submission; every save is in the log\n",
        arguments.number, arguments.seconds
    );
    println!("| what | number | p50 ms | p99 ms |\n| --- | --- | --- | --- |");
    for (what, sample) in [
        ("a page, alone", &alone),
        ("a page, all at once", &pages),
        ("a save, all at once", &saves),
    ] {
        let (p50, p99) = (of(sample.p50), of(sample.p99));
        println!("| {what} | {} | {p50:.1} | {p99:.1} |", sample.count);
    }
    let ratio = of(pages.p99) / of(alone.p50);
    println!(
        "\np99 of a page, all at once / p50 of one alone: {ratio:.1}; bar 10: {}",
        verdict(ratio <= 10.0)
    );
}

/// What one focal point does. Any answer that is not as it should be ends the measurement.
async fn write(
    scene: &Scene,
    writer: &Writer,
    number: usize,
    span: Duration,
) -> anyhow::Result<Times> {
    let mut times = Times::default();
    let steps = SECTIONS.len() + 2 + SAVES;
    let start = Instant::now();
    // Spread over the span, each at a moment of its own within its step.
    let at = |step: usize| {
        let share = (step as f64 + (number as f64 * 0.618).fract()) / steps as f64;
        start + span.mul_f64(share)
    };
    let mut connection = Connection::open(scene.address).await?;
    let reply = scene::begun(&mut connection, &writer.collection, &writer.token).await?;
    let mut step = 0;
    let mut turn = async |connection: &mut Connection, asked: Asked| {
        sleep_until(at(step)).await;
        step += 1;
        let watch = clock::stopwatch();
        let body = connection.send(&asked.with(&writer.token)).await?;
        Ok::<_, anyhow::Error>((body, watch.elapsed()))
    };
    let hub = Asked::get(format!("/replies/{reply}"));
    times.pages.push(turn(&mut connection, hub).await?.1);
    for (index, section) in SECTIONS.iter().enumerate() {
        let path = format!("/replies/{reply}/sections/{section}");
        let (page, time) = turn(&mut connection, Asked::get(path.as_str())).await?;
        times.pages.push(time);
        let mut position = position(&page)?;
        let saves = SAVES / SECTIONS.len() + usize::from(index < SAVES % SECTIONS.len());
        for question in 0..saves {
            let code = code(section, question);
            let form =
                format!("answer=json&position={position}&text_lang=en&only={code}&a.{code}=yes");
            let (answer, time) =
                turn(&mut connection, Asked::form(path.as_str(), form, 200)).await?;
            times.saves.push(time);
            let answer: Value = serde_json::from_slice(&answer)?;
            ensure!(answer["saved"] == json!([code]), "{answer}");
            position = answer["position"].as_u64().context("no position")?;
        }
    }
    let submit = format!("key={reply}&publication=none");
    let submit = Asked::form(format!("/replies/{reply}/check"), submit, 303);
    turn(&mut connection, submit).await?;
    Ok(times)
}

/// The position at which a page shows a reply.
fn position(page: &[u8]) -> anyhow::Result<u64> {
    let page = std::str::from_utf8(page)?;
    let (_, rest) = page
        .split_once("name=\"position\" value=\"")
        .context("the page has no position")?;
    let digits = rest.split('"').next().unwrap_or_default();
    digits.parse().context("its position is no number")
}

fn code(section: &str, question: usize) -> String {
    format!("{section}{}", question + 1)
}

fn questionnaire() -> Value {
    let sections = SECTIONS.map(|section| {
        let questions = (0..QUESTIONS).map(|question| {
            json!({"code": code(section, question), "heading": "application", "type": "one_choice", "scale": "yes_in_part_no",
                   "text": {"en": format!("Question {question} of {section}")}})
        });
        json!({"code": section, "title": {"en": format!("Section {section}")}, "questions": questions.collect::<Vec<_>>()})
    });
    json!({"title": {"en": "A measured sample"}, "sections": sections})
}

/// How many saves the log holds.
async fn saves_in_log(data: &std::path::Path) -> anyhow::Result<usize> {
    let pool = PgPool::connect_with(product::owner(data)?).await?;
    let found: i64 =
        sqlx::query_scalar("select count(*) from log.event where kind = 'reply_answered'")
            .fetch_one(&pool)
            .await?;
    pool.close().await;
    Ok(usize::try_from(found)?)
}
