//! A stranger who asks for all that its address may: it does as much harm as it can without being anybody.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Context;

use crate::http::client::{Asked, Connection};
use crate::http::history::SavedReply;
use crate::http::load::{self, Script};
use crate::http::scene;
use crate::http::stage::Limited;
use crate::sample::Sample;

/// How many connections the stranger has.
const CONNECTIONS: usize = 8;
/// How long each waits between two requests: together they ask forty times a second, twice as often as they may in the long run.
const PAUSE: Duration = Duration::from_millis(200);

/// One answer saved after the other, alone or beside the stranger.
pub async fn saves(limited: &Limited, seconds: u64, is_beside: bool) -> anyhow::Result<Sample> {
    let (address, reply) = (limited.server.address, &limited.reply);
    let strangers: Vec<_> = (0..CONNECTIONS)
        .filter(|_| is_beside)
        .map(|number| tokio::spawn(ask(address, reply.clone(), number)))
        .collect();
    let (open, token) = (reply.open.clone(), reply.token.clone());
    let open = open.context("there is no reply to save")?;
    let script: Script = std::sync::Arc::new(move |_, turn| scene::one_answer(&open, &token, turn));
    let sample = load::closed(address, 1, seconds, script).await;
    for stranger in strangers {
        stranger.abort();
    }
    sample
}

/// Asks for what takes longest, whatever is answered, until aborted.
async fn ask(address: SocketAddr, reply: SavedReply, number: usize) {
    let id = &reply.reply;
    let paths = [
        format!("/v1/replies/{id}"),
        format!("/v1/replies/{id}/answers"),
        "/v1/parties?limit=500".to_owned(),
        "/openapi.json".to_owned(),
        "/v1/collections?limit=500".to_owned(),
    ];
    for turn in number.. {
        if let Ok(mut connection) = Connection::open(address).await {
            // Refusals are what the stranger is for.
            let _ = connection
                .send(&Asked::get(&paths[turn % paths.len()]))
                .await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}
