//! What is large, saved over HTTP: the product is a process of its own with its own PostgreSQL, as in `bench http`.

use std::path::Path;

use hyper::Method;
use serde_json::{Value, json};

use super::{Round, Row, made};
use crate::cluster::Folder;
use crate::http::client::{Asked, Connection};
use crate::http::product::{self, Server};
use crate::http::scene::{self, Scene};
use crate::sample::Sample;

/// How many times each request is sent.
const TIMES: usize = 20;

/// Measures each once.
pub async fn round(program: &Path, bin: Option<&Path>) -> anyhow::Result<Round> {
    let folder = Folder::new("questionnaire-product")?;
    let data = folder.path().join("data");
    let server = Server::product(program, &data, bin, false).await?;
    let measured = measured(&server, &data).await;
    server.stop().await?;
    measured
}

async fn measured(server: &Server, data: &Path) -> anyhow::Result<Round> {
    let mut scene = Scene::set(server.address, product::owner(data)?).await?;
    let mut connection = Connection::open(server.address).await?;
    let large = made::of_tables(20);
    let drafts = drafts(&mut connection, &scene, &large).await?;
    scene.instrument = scene::instrument(&mut connection, &scene.officer, &large).await?;
    let collection = scene.collection().await?;
    let cells = cells(&mut connection, &scene, &collection).await?;
    let replies = replies(&mut connection, &scene, &collection).await?;
    Ok(vec![
        (
            Row::within(
                "a table of 1,000 cells saved in one request, over HTTP",
                20.0,
            ),
            cells,
        ),
        (
            Row::within(
                "a draft of a questionnaire of 20,000 fields saved, over HTTP",
                1_000.0,
            ),
            drafts,
        ),
        (
            Row::within(
                "a reply's draft of 20,000 fields saved, 1,000 a request, over HTTP",
                1_000.0,
            ),
            replies,
        ),
    ])
}

/// The draft of an instrument, with other words each time.
async fn drafts(
    connection: &mut Connection,
    scene: &Scene,
    content: &Value,
) -> anyhow::Result<Sample> {
    let instrument = scene::drafted(connection, &scene.officer).await?;
    let path = format!("/v1/instruments/{instrument}/draft");
    let requests = (0..TIMES).map(|turn| {
        let mut content = content.clone();
        content["title"] = json!({"en": format!("Draft {turn}")});
        Asked::write(Method::PUT, path.clone(), &content, 200).with(&scene.officer)
    });
    sent(connection, requests.map(|request| vec![request]).collect()).await
}

/// All cells of a table, with other figures each time, in one reply of which nothing else is answered.
async fn cells(
    connection: &mut Connection,
    scene: &Scene,
    collection: &str,
) -> anyhow::Result<Sample> {
    let token = &scene.focal_points[0].token;
    let reply = scene::begin(connection, collection, token).await?;
    let requests = (0..TIMES).map(|turn| vec![saved(&reply, token, 0, turn)]);
    sent(connection, requests.collect()).await
}

/// All cells of twenty tables, in a new reply each time.
async fn replies(
    connection: &mut Connection,
    scene: &Scene,
    collection: &str,
) -> anyhow::Result<Sample> {
    let mut requests = Vec::new();
    for focal_point in scene.focal_points.iter().skip(1).take(TIMES / 2) {
        let token = &focal_point.token;
        let reply = scene::begin(connection, collection, token).await?;
        requests.push(
            (0..20)
                .map(|table| saved(&reply, token, table, 0))
                .collect(),
        );
    }
    sent(connection, requests).await
}

fn saved(reply: &str, token: &str, table: usize, turn: usize) -> Asked {
    let path = format!("/v1/replies/{reply}/answers");
    Asked::write(Method::PATCH, path, &made::cells(table, turn), 200).with(token)
}

/// How long each of these takes, one after the other, and within each its requests.
async fn sent(connection: &mut Connection, pieces: Vec<Vec<Asked>>) -> anyhow::Result<Sample> {
    let mut times = Vec::new();
    let whole = clock::stopwatch();
    for piece in &pieces {
        let watch = clock::stopwatch();
        for request in piece {
            connection.send(request).await?;
        }
        times.push(watch.elapsed());
    }
    Ok(Sample::new(times, whole.elapsed()))
}
