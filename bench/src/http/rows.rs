//! What is measured over HTTP, and beside what.

use std::sync::Arc;

use crate::cluster::Private;
use crate::cpu;
use crate::http::client::{Asked, Connection};
use crate::http::load::{self, Script};
use crate::http::product::Server;
use crate::http::scene::{self, Scene};
use crate::load as log_load;
use crate::sample::Sample;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// A bare actix-web application that sends the bytes of the smallest route, 64 connections.
    Bare,
    /// The smallest route, 64 connections.
    Smallest,
    /// The log's own appends in process, views inline, 64 writers.
    Log,
    /// One answer saved, 1 connection.
    SaveAlone,
    /// One answer saved, 64 connections.
    Save,
    /// A whole reply of sixty answers (begun, saved at once, submitted), 8 connections.
    Reply8,
    /// The same, 64 connections.
    Reply64,
    /// Participation read again, 64 connections.
    Participation,
    /// A tally read again, 64 connections.
    Tally,
    /// A list's page of one item, 64 connections.
    List,
    /// The API's document, 8 connections.
    Document,
}

/// All of them, in the order in which they are measured.
pub const ROWS: [Row; 11] = [
    Row::Bare,
    Row::Smallest,
    Row::Log,
    Row::SaveAlone,
    Row::Save,
    Row::Reply8,
    Row::Reply64,
    Row::Participation,
    Row::Tally,
    Row::List,
    Row::Document,
];

impl Row {
    /// As the table names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare actix-web, 64 connections",
            Self::Smallest => "/healthz, 64 connections",
            Self::Log => "the log in process, 64 writers",
            Self::SaveAlone => "one answer saved, 1 connection",
            Self::Save => "one answer saved, 64 connections",
            Self::Reply8 => "a whole reply of 60 answers, 8 connections",
            Self::Reply64 => "a whole reply of 60 answers, 64 connections",
            Self::Participation => "participation read again, 64 connections",
            Self::Tally => "a tally read again, 64 connections",
            Self::List => "/v1/parties?limit=1, 64 connections",
            Self::Document => "/openapi.json, 8 connections",
        }
    }
}

/// A figure, and the processor time that each request took; nothing where it is not known.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    pub sample: Sample,
    /// Microseconds of the program that answers.
    pub server: f64,
    /// Microseconds of the product's PostgreSQL.
    pub database: f64,
}

/// A bar: one row over another.
pub struct Ratio {
    pub name: &'static str,
    over: Row,
    under: Row,
    pub bar: f64,
}

/// The rows of the design's measures.
pub const RATIOS: [Ratio; 5] = [
    Ratio {
        name: "/healthz / bare actix-web",
        over: Row::Smallest,
        under: Row::Bare,
        bar: 0.6,
    },
    Ratio {
        name: "one answer saved, 64 connections / the log, 64 writers",
        over: Row::Save,
        under: Row::Log,
        bar: 0.3,
    },
    Ratio {
        name: "participation / /healthz",
        over: Row::Participation,
        under: Row::Smallest,
        bar: 0.6,
    },
    Ratio {
        name: "a tally / /healthz",
        over: Row::Tally,
        under: Row::Smallest,
        bar: 0.6,
    },
    Ratio {
        name: "a list's page / /healthz",
        over: Row::List,
        under: Row::Smallest,
        bar: 0.6,
    },
];

impl Ratio {
    /// Whether both sides are among these rows.
    pub fn is_of(&self, rows: &[Row]) -> bool {
        rows.contains(&self.over) && rows.contains(&self.under)
    }

    /// In one round.
    pub fn value(&self, round: &Round) -> f64 {
        round.figure(self.over).sample.rate / round.figure(self.under).sample.rate
    }

    /// Whether the bar is reached.
    pub fn holds(&self, value: f64) -> bool {
        value >= self.bar
    }
}

/// One round: every row, its yardsticks among them.
pub struct Round(Vec<(Row, Figure)>);

impl Round {
    /// A row's figure.
    pub fn figure(&self, row: Row) -> &Figure {
        let found = self.0.iter().find(|(of, _)| *of == row);
        // What is asked for is measured in every round.
        found.map_or(&UNMEASURED, |(_, figure)| figure)
    }

    /// Measures these rows once.
    pub async fn measure(
        private: &Private,
        product: &Server,
        bare: &Server,
        scene: &Scene,
        rows: &[Row],
        seconds: u64,
    ) -> anyhow::Result<Self> {
        let mut figures = Vec::new();
        let collection = scene.collection().await?;
        for row in rows.iter().copied() {
            let server = if row == Row::Bare { bare } else { product };
            let before = cpu::Family::of(server.process()?);
            let sample = sample(row, private, server, scene, &collection, seconds).await?;
            let after = cpu::Family::of(server.process()?);
            // The second of warming up is in the processor time, and not in the count: its share is taken off.
            let requests = sample.rate * (seconds as f64 + 1.0);
            let requests = match row {
                Row::Reply8 | Row::Reply64 => sample.count as f64,
                _ => requests,
            };
            let each = |now: f64, then: f64| (now - then) * 1e6 / requests;
            let is_log = row == Row::Log;
            let unknown = |value: f64| if is_log { f64::NAN } else { value };
            figures.push((
                row,
                Figure {
                    sample,
                    server: unknown(each(after.own, before.own)),
                    database: unknown(each(after.others, before.others)),
                },
            ));
        }
        Ok(Self(figures))
    }
}

const UNMEASURED: Figure = Figure {
    sample: Sample {
        rate: f64::NAN,
        mean: f64::NAN,
        p50: None,
        p99: None,
        count: 0,
    },
    server: f64::NAN,
    database: f64::NAN,
};

async fn sample(
    row: Row,
    private: &Private,
    server: &Server,
    scene: &Scene,
    collection: &str,
    seconds: u64,
) -> anyhow::Result<Sample> {
    let read = async |connections: usize, path: String| {
        let script: Script = Arc::new(move |_, _| Asked::get(path.clone()));
        load::closed(server.address, connections, seconds, script).await
    };
    match row {
        Row::Bare | Row::Smallest => read(64, "/healthz".to_owned()).await,
        Row::Log => log(private, seconds).await,
        Row::SaveAlone => saves(scene, 1, seconds).await,
        Row::Save => saves(scene, 64, seconds).await,
        Row::Reply8 => replies(scene, 8).await,
        Row::Reply64 => replies(scene, 64).await,
        Row::Participation => read(64, format!("/v1/collections/{collection}/participation")).await,
        Row::Tally => {
            let path = format!("/v1/collections/{collection}/tallies?question=Q1");
            let officer = scene.officer.clone();
            let script: Script = Arc::new(move |_, _| Asked::get(path.clone()).with(&officer));
            load::closed(server.address, 64, seconds, script).await
        }
        Row::List => read(64, "/v1/parties?limit=1".to_owned()).await,
        Row::Document => read(8, "/openapi.json".to_owned()).await,
    }
}

/// The log's own rate, on a database of its own beside the product's.
async fn log(private: &Private, seconds: u64) -> anyhow::Result<Sample> {
    let database = private.prepared().await?;
    let (log, tasks) = database.log().await?;
    let mut replies = log_load::replies(&log, 64).await?;
    private.checkpoint().await?;
    let sample = log_load::run(&log, &mut replies, 64, seconds).await;
    log.pool().close().await;
    drop(tasks);
    sample
}

/// Each connection saves one answer after the other in a reply of its own, all of whose questions are answered.
async fn saves(scene: &Scene, connections: usize, seconds: u64) -> anyhow::Result<Sample> {
    let collection = scene.collection().await?;
    let mut connection = Connection::open(scene.address).await?;
    let mut replies = Vec::new();
    for focal_point in scene.focal_points.iter().take(connections) {
        let token = focal_point.token.clone();
        let reply = scene::begin(&mut connection, &collection, &token).await?;
        connection
            .send(&scene::all_answers(&reply, &token, 0))
            .await?;
        replies.push((reply, token));
    }
    let script: Script = Arc::new(move |number, turn| {
        let (reply, token) = &replies[number];
        scene::one_answer(reply, token, turn)
    });
    load::closed(scene.address, connections, seconds, script).await
}

/// A reply of each Member State in each of four collections.
async fn replies(scene: &Scene, connections: usize) -> anyhow::Result<Sample> {
    let mut collections = Vec::new();
    for _ in 0..4 {
        collections.push(scene.collection().await?);
    }
    let tokens = scene
        .focal_points
        .iter()
        .map(|focal_point| focal_point.token.clone());
    let tokens: Arc<[String]> = tokens.collect();
    let collections: Arc<[String]> = collections.into();
    let number = tokens.len() * collections.len();
    let work = move |mut connection: Connection, piece: usize| {
        let (tokens, collections) = (tokens.clone(), collections.clone());
        async move {
            let token = &tokens[piece % tokens.len()];
            let collection = &collections[piece / tokens.len()];
            let reply = scene::begin(&mut connection, collection, token).await?;
            connection
                .send(&scene::all_answers(&reply, token, piece))
                .await?;
            connection.send(&scene::submission(&reply, token)).await?;
            Ok(connection)
        }
    };
    load::pieces(scene.address, connections, number, work).await
}
