//! The demonstration: the whole of resolution 2004/28, played through the program's own API, chapter by chapter
//! ([`chapters`]). In its midst is a collection modelled on a real one.
//!
//! The note verbale CU/2011/26 of 8 March 2011 asked about the treatment of prisoners, and 34 Member States replied
//! (UNODC/CCPCJ/EG.6/2012/CRP.1). Who replied is real. The instrument is a sample in our own words, and every answer is
//! made up ([`answers`]), and so is the day on which each was received, over the weeks after the note verbale: notices beside
//! each figure say so. The replies are entered by the Secretariat from paper, as they came in 2011.

pub mod answers;
pub mod chapters;
pub mod client;
mod door;
mod plausible;
pub mod play;
pub mod progress;
mod random;
mod received;
pub mod script;
pub mod shown;
pub mod tokens;
pub mod values;
pub mod words;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use anyhow::Context;
use sqlx::PgPool;

use chapters::{Chapter, Stage};
use client::Client;
use progress::Progress;
use shown::{Participation, ReadyDemonstration, ReadyTokens, Replies};
use tokens::Mint;

/// Plays what is not played yet on the server at this address, whose database this is, and mints fresh tokens, in
/// place of those of an earlier start.
///
/// # Errors
/// A request failed, or no token could be made.
pub async fn run(
    address: SocketAddr,
    pool: &PgPool,
    progress: &Progress,
) -> anyhow::Result<ReadyDemonstration> {
    run_watched(address, pool, progress, async |_| {}).await
}

/// As [`run`]; after each chapter that is played, somebody may look.
///
/// # Errors
/// As of [`run`].
pub async fn run_watched(
    address: SocketAddr,
    pool: &PgPool,
    progress: &Progress,
    after: impl AsyncFn(Chapter),
) -> anyhow::Result<ReadyDemonstration> {
    let url = url(address);
    let client = Client::new(&url)?;
    let mint = Mint::begin(pool).await?;
    let tokens = ReadyTokens::mint(&mint).await?;
    let officer = client.with(&tokens.secretariat, "the officer");
    if chapters::are_played(&officer).await? {
        progress.stage("The demonstration is played already: nothing is replayed");
    } else {
        let mut stage = Stage::new(&client, &officer, &mint, progress).await?;
        for chapter in Chapter::ALL {
            stage.play(chapter).await?;
            after(chapter).await;
        }
    }
    let played = play::find(&officer).await?;
    let played = played.context("the collection of 2011 is not there")?;
    let path = format!("/v1/collections/{}/participation", played.collection);
    let participation: Participation = client.anybody().get(&path).await?;
    let path = format!("/v1/collections/{}/replies?limit=500", played.collection);
    let replies: Replies = officer.get(&path).await?;
    let finland = replies
        .of_party("FIN")
        .context("Finland's reply is not there")?;
    let link = door::link(&officer, &tokens.secretariat).await?;
    Ok(ReadyDemonstration {
        url,
        played,
        link,
        tokens,
        participation,
        finland,
    })
}

/// Where a client on this machine reaches a server that listens on this address.
fn url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_every_address_is_reached_on_this_machine() {
        for (listens, reached) in [
            ("127.0.0.1:8004", "http://127.0.0.1:8004"),
            ("0.0.0.0:80", "http://127.0.0.1:80"),
            ("[::]:8004", "http://[::1]:8004"),
        ] {
            assert_eq!(url(listens.parse().unwrap()), reached);
        }
    }
}
