//! Asking for a new link. The address is handed to a task of its own and the caller answered at once, so that neither the
//! answer nor the time that it takes can tell whether anybody is known there.

use sqlx::PgPool;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::inviting;
use crate::strangers;
use domain::blank;
use mail::Outbox;

/// How many addresses may wait. Further ones are dropped: whoever gets no letter asks again.
const WAITING: usize = 1000;

/// The most characters that an address can have (RFC 5321).
const LONGEST: usize = 254;

/// Takes the addresses to which a link is to be sent.
#[derive(Clone, Debug)]
pub struct LinkRequests {
    addresses: mpsc::Sender<String>,
}

/// Sends the links that were asked for, until it is dropped.
#[derive(Debug)]
pub struct LinkRequestTask(JoinHandle<()>);

impl Drop for LinkRequestTask {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl LinkRequests {
    /// Begins to take addresses.
    pub fn begin(pool: PgPool, outbox: Outbox) -> (Self, LinkRequestTask) {
        let (addresses, mut asked) = mpsc::channel::<String>(WAITING);
        let task = tokio::spawn(async move {
            while let Some(address) = asked.recv().await {
                match inviting::send_sign_in_link(&pool, &outbox, &address).await {
                    Ok(true) => outbox.wake(),
                    Ok(false) => {}
                    Err(error) => tracing::error!(%error, "a link that was asked for is not sent"),
                }
            }
        });
        (Self { addresses }, LinkRequestTask(task))
    }

    /// Has a link sent to whoever has this address.
    pub fn ask(&self, address: &str) {
        let address = blank::trimmed(address);
        if address.len() <= LONGEST && self.addresses.try_send(address.to_owned()).is_err() {
            strangers::UNSENT.note("more are asked for than can be sent");
        }
    }
}
