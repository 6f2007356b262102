//! What each row does.

use std::sync::Arc;

use crate::cluster::Private;
use crate::http::client::{Asked, Connection};
use crate::http::load::{self, Script};
use crate::http::rows::Row;
use crate::http::scene::{self, Scene};
use crate::http::stage::Stage;
use crate::http::stranger;
use crate::load as log_load;
use crate::sample::Sample;

/// Measures a row once.
pub async fn sample(
    row: Row,
    stage: &Stage,
    collection: &str,
    seconds: u64,
) -> anyhow::Result<Sample> {
    let scene = &stage.scene;
    let read = async |connections: usize, path: String| {
        let script: Script = Arc::new(move |_, _| Asked::get(path.clone()));
        load::closed(scene.address, connections, seconds, script).await
    };
    match row {
        Row::Bare => {
            let script: Script = Arc::new(|_, _| Asked::get("/healthz"));
            load::closed(stage.bare.address, 64, seconds, script).await
        }
        Row::Smallest => read(64, "/healthz".to_owned()).await,
        Row::Log => log(&stage.private, seconds).await,
        Row::SaveAlone => saves(scene, 1, seconds).await,
        Row::Save => saves(scene, 64, seconds).await,
        Row::Reply8 => replies(scene, 8).await,
        Row::OdkSubmission => stage.odk()?.submissions(8, seconds).await,
        Row::Reply64 => replies(scene, 64).await,
        Row::Participation => read(64, format!("/v1/collections/{collection}/participation")).await,
        Row::Tally => {
            let path = format!("/v1/collections/{collection}/tallies?question=Q1");
            let officer = scene.officer.clone();
            let script: Script = Arc::new(move |_, _| Asked::get(path.clone()).with(&officer));
            load::closed(scene.address, 64, seconds, script).await
        }
        Row::List => read(64, "/v1/parties?limit=1".to_owned()).await,
        Row::Hub => pages(scene, collection, "", seconds).await,
        Row::Section => pages(scene, collection, "/sections/A", seconds).await,
        Row::Document => read(8, "/openapi.json".to_owned()).await,
        Row::PartyFew | Row::PartyMany => {
            let saved = &stage.history()?[usize::from(row == Row::PartyMany)];
            let path = format!("/v1/replies/{}/answers", saved.reply);
            let token = saved.token.clone();
            let script: Script = Arc::new(move |_, _| Asked::get(path.clone()).with(&token));
            load::closed(scene.address, 8, seconds, script).await
        }
        Row::PublicFew | Row::PublicMany => {
            let saved = &stage.history()?[usize::from(row == Row::PublicMany)];
            read(8, format!("/v1/replies/{}", saved.reply)).await
        }
        Row::VersionsFew | Row::VersionsMany => {
            let saved = &stage.history()?[usize::from(row == Row::VersionsMany)];
            let path = format!("/v1/replies/{}/versions", saved.reply);
            let token = saved.token.clone();
            let script: Script = Arc::new(move |_, _| Asked::get(path.clone()).with(&token));
            load::closed(scene.address, 8, seconds, script).await
        }
        Row::SubmissionFew => Ok(stage.history()?[0].submission),
        Row::SubmissionMany => Ok(stage.history()?[1].submission),
        Row::Alone | Row::Beside => {
            stranger::saves(stage.limited()?, seconds, row == Row::Beside).await
        }
        Row::OdkExport => stage.odk()?.exports(seconds).await,
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

/// Each connection reads a page of a reply of its own, all of whose questions are answered.
async fn pages(
    scene: &Scene,
    collection: &str,
    below: &str,
    seconds: u64,
) -> anyhow::Result<Sample> {
    let mut connection = Connection::open(scene.address).await?;
    let mut replies = Vec::new();
    for focal_point in scene.focal_points.iter().take(64) {
        let token = focal_point.token.clone();
        // Begun twice it is the same.
        let reply = scene::begun(&mut connection, collection, &token).await?;
        connection
            .send(&scene::all_answers(&reply, &token, 0))
            .await?;
        replies.push((format!("/replies/{reply}{below}"), token));
    }
    let script: Script = Arc::new(move |number, _| {
        let (path, token) = &replies[number];
        Asked::get(path.clone()).with(token)
    });
    load::closed(scene.address, 64, seconds, script).await
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
