//! Replies of which one was saved a thousand times as often as the other: reading and submitting them must not tell.

use std::time::Duration;

use hyper::Method;
use serde_json::json;

use crate::http::client::{Asked, Connection};
use crate::http::scene::{self, Scene};
use crate::sample::Sample;

/// How often the one and the other is saved, one answer at a time.
pub const SAVES: [usize; 2] = [20, 20_000];
/// How long what comes behind the appends has before a reply is submitted.
const BREATH: Duration = Duration::from_secs(2);

/// A reply that was saved so often, and submitted with consent to its publication.
#[derive(Clone, Debug)]
pub struct SavedReply {
    pub reply: String,
    pub token: String,
    /// How long its submission took.
    pub submission: Sample,
    /// Another reply of the same party, which is not submitted.
    pub open: Option<String>,
}

/// Both replies.
pub async fn replies(scene: &Scene) -> anyhow::Result<[SavedReply; 2]> {
    let collection = scene.collection().await?;
    let [few, many] = SAVES;
    Ok([
        saved(scene, &collection, 0, few).await?,
        saved(scene, &collection, 1, many).await?,
    ])
}

/// A reply of the Member State of this number, saved so often.
pub async fn saved(
    scene: &Scene,
    collection: &str,
    number: usize,
    saves: usize,
) -> anyhow::Result<SavedReply> {
    let mut connection = Connection::open(scene.address).await?;
    let token = scene.focal_points[number].token.clone();
    let reply = scene::begin(&mut connection, collection, &token).await?;
    let all = scene::all_answers(&reply, &token, 0);
    connection.send(&all).await?;
    for turn in 0..saves {
        let save = scene::one_answer(&reply, &token, turn);
        connection.send(&save).await?;
    }
    tokio::time::sleep(BREATH).await;
    let path = format!("/v1/replies/{reply}/submission");
    let submit = Asked::write(
        Method::POST,
        path,
        &json!({"publication": {"all": true}}),
        201,
    );
    let watch = clock::stopwatch();
    connection.send(&submit.with(&token)).await?;
    let took = watch.elapsed();
    Ok(SavedReply {
        reply,
        token,
        submission: Sample::new(vec![took], took),
        open: None,
    })
}

/// A reply of the Member State of this number, all of whose questions are answered.
pub async fn begun(scene: &Scene, collection: &str, number: usize) -> anyhow::Result<String> {
    let mut connection = Connection::open(scene.address).await?;
    let token = &scene.focal_points[number].token;
    let reply = scene::begin(&mut connection, collection, token).await?;
    connection
        .send(&scene::all_answers(&reply, token, 0))
        .await?;
    Ok(reply)
}
