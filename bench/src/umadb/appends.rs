//! Clients that append one event at a time, each on the condition that nobody else did so in its stream.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use umadb_client::{AsyncUmaDbClient, UmaDbClient};
use umadb_dcb::{DcbAppendCondition, DcbEvent, DcbEventStoreAsync, DcbQuery, DcbQueryItem};

use crate::sample::Sample;

/// An autosaved answer has about as many bytes.
const BYTES: usize = 256;

const KIND: &str = "reply_answered";

/// A stream, and where it was last written to.
struct Stream {
    tag: String,
    last: Option<u64>,
}

impl Stream {
    fn new() -> Self {
        Self {
            tag: format!("reply:{}", clock::new_id()),
            last: None,
        }
    }

    /// Appends an event, unless there is a later one of this type with this tag.
    async fn append(&mut self, client: &AsyncUmaDbClient) -> anyhow::Result<()> {
        let item = DcbQueryItem::new().types([KIND]).tags([&self.tag]);
        let condition = DcbAppendCondition::new(DcbQuery::new().item(item)).after(self.last);
        let event = DcbEvent::default()
            .event_type(KIND)
            .tags([&self.tag])
            .data([b'x'; BYTES])
            .uuid(clock::new_id());
        let position = client.append(vec![event], Some(condition), None).await?;
        self.last = Some(position);
        Ok(())
    }
}

/// So many clients at once, for some seconds after a second of warming up.
pub async fn run(address: &str, clients: usize, seconds: u64) -> anyhow::Result<Sample> {
    let measuring = Arc::new(AtomicBool::new(false));
    let stopping = Arc::new(AtomicBool::new(false));
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let client = UmaDbClient::new(format!("http://{address}"));
        let client = client.connect_async().await?;
        let (measuring, stopping) = (measuring.clone(), stopping.clone());
        running.spawn(async move {
            let mut stream = Stream::new();
            let mut times = Vec::new();
            while !stopping.load(Ordering::Relaxed) {
                let counts = measuring.load(Ordering::Relaxed);
                let watch = clock::stopwatch();
                stream.append(&client).await?;
                if counts && !stopping.load(Ordering::Relaxed) {
                    times.push(watch.elapsed());
                }
            }
            Ok::<_, anyhow::Error>(times)
        });
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let watch = clock::stopwatch();
    measuring.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    stopping.store(true, Ordering::Relaxed);
    let elapsed = watch.elapsed();
    let mut all = Vec::new();
    while let Some(times) = running.join_next().await {
        all.extend(times??);
    }
    Ok(Sample::new(all, elapsed))
}
