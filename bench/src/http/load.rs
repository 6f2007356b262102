//! Load in a closed loop: each connection sends its next request when the last is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use crate::http::client::{Asked, Connection};
use crate::sample::Sample;

/// How long each load runs before it is measured.
const WARMING: Duration = Duration::from_secs(1);

/// What each connection asks in each of its turns.
pub type Script = Arc<dyn Fn(usize, usize) -> Asked + Send + Sync>;

/// So many connections for so long, after a second of warming up.
pub async fn closed(
    address: SocketAddr,
    connections: usize,
    seconds: u64,
    script: Script,
) -> anyhow::Result<Sample> {
    let measuring = Arc::new(AtomicBool::new(false));
    let stopping = Arc::new(AtomicBool::new(false));
    let mut clients = tokio::task::JoinSet::new();
    for number in 0..connections {
        let mut connection = Connection::open(address).await?;
        let (measuring, stopping) = (measuring.clone(), stopping.clone());
        let script = script.clone();
        clients.spawn(async move {
            let mut times = Vec::new();
            for turn in 0.. {
                if stopping.load(Ordering::Relaxed) {
                    break;
                }
                let asked = script(number, turn);
                let counts = measuring.load(Ordering::Relaxed);
                let watch = clock::stopwatch();
                connection.send(&asked).await?;
                if counts && !stopping.load(Ordering::Relaxed) {
                    times.push(watch.elapsed());
                }
            }
            Ok::<_, anyhow::Error>(times)
        });
    }
    tokio::time::sleep(WARMING).await;
    let watch = clock::stopwatch();
    measuring.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stopping.store(true, Ordering::Relaxed);
    let elapsed = watch.elapsed();
    let mut all = Vec::new();
    while let Some(times) = clients.join_next().await {
        all.extend(times??);
    }
    Ok(Sample::new(all, elapsed))
}

/// Pieces of work of several requests each, shared out over so many connections until all are done.
pub async fn pieces<W, F>(
    address: SocketAddr,
    connections: usize,
    number: usize,
    work: W,
) -> anyhow::Result<Sample>
where
    W: Fn(Connection, usize) -> F + Clone + Send + 'static,
    F: Future<Output = anyhow::Result<Connection>> + Send,
{
    let next = Arc::new(AtomicUsize::new(0));
    let mut clients = tokio::task::JoinSet::new();
    let watch = clock::stopwatch();
    for _ in 0..connections {
        let mut connection = Connection::open(address).await?;
        let (next, work) = (next.clone(), work.clone());
        clients.spawn(async move {
            let mut times = Vec::new();
            loop {
                let piece = next.fetch_add(1, Ordering::Relaxed);
                if piece >= number {
                    break;
                }
                let watch = clock::stopwatch();
                connection = work(connection, piece).await?;
                times.push(watch.elapsed());
            }
            Ok::<_, anyhow::Error>(times)
        });
    }
    let mut all = Vec::new();
    while let Some(times) = clients.join_next().await {
        all.extend(times??);
    }
    Ok(Sample::new(all, watch.elapsed()))
}
