//! A socket between the log's writer and PostgreSQL that cuts the connection where a test wants it cut.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// Part of the writer's statement that appends.
pub const APPEND: &str = "log.append(";
/// Part of the writer's statement that looks up what was recorded.
pub const LOOKUP: &str = "join log.event e on";

/// Where to cut.
#[derive(Clone, Copy, Debug)]
pub enum ConnectionCut {
    /// The query never reaches the database.
    Before,
    /// The query is sent, and nobody waits for what becomes of it.
    During,
    /// The database has answered; the answer is lost.
    After,
    /// The query is held up behind the cut connection and reaches the database later, when the writer has long tried
    /// again.
    Late,
    /// As `Late`, but it reaches the database just before the query that is [`Cut::Overtaken`].
    Overtaking,
    /// Not cut: the query is passed on when the one that is [`Cut::Overtaking`] has done its work.
    Overtaken,
}

/// Between a query that overtakes and the one that is overtaken.
#[derive(Clone, Default)]
struct Overtaking {
    go: Arc<Notify>,
    done: Arc<Notify>,
}

/// A proxy on a folder of its own.
pub struct Proxy {
    folder: PathBuf,
    cuts: PlannedCuts,
    task: AbortHandle,
}

type PlannedCuts = Arc<Mutex<VecDeque<(&'static str, ConnectionCut)>>>;

impl Proxy {
    /// A proxy to the server of these options.
    pub fn to(options: &PgConnectOptions) -> Self {
        let folder = std::env::temp_dir().join(format!("rp-{}", clock::new_id()));
        std::fs::create_dir(&folder).unwrap();
        let name = format!(".s.PGSQL.{}", options.get_port());
        let server = options.get_socket().unwrap().join(&name);
        let listener = UnixListener::bind(folder.join(&name)).unwrap();
        let cuts = PlannedCuts::default();
        let task = tokio::spawn(accept(listener, server, cuts.clone())).abort_handle();
        Self { folder, cuts, task }
    }

    /// The same options, through the proxy.
    pub fn through(&self, options: &PgConnectOptions) -> PgConnectOptions {
        options.clone().socket(&self.folder)
    }

    /// Cuts the next query that contains `query`; several cuts happen one after another.
    pub fn cut(&self, query: &'static str, cut: ConnectionCut) {
        self.cuts.lock().unwrap().push_back((query, cut));
    }

    /// How many cuts have not happened yet.
    pub fn left(&self) -> usize {
        self.cuts.lock().unwrap().len()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn accept(listener: UnixListener, server: PathBuf, cuts: PlannedCuts) {
    let overtaking = Overtaking::default();
    while let Ok((client, _)) = listener.accept().await {
        let (server, cuts, overtaking) = (server.clone(), cuts.clone(), overtaking.clone());
        tokio::spawn(async move {
            // A connection that ends, whoever ends it, is nothing to tell of.
            let _ = pass(client, &server, cuts, overtaking).await;
        });
    }
}

/// Passes a connection's messages on, one at a time, until it ends or is cut.
async fn pass(
    client: UnixStream,
    server: &Path,
    cuts: PlannedCuts,
    overtaking: Overtaking,
) -> io::Result<()> {
    let (mut from_client, to_client) = client.into_split();
    let (from_server, mut to_server) = UnixStream::connect(server).await?.into_split();
    let mut startup = vec![0; 4];
    from_client.read_exact(&mut startup).await?;
    let length = u32::from_be_bytes(startup[..4].try_into().unwrap()) as usize;
    startup.resize(length, 0);
    from_client.read_exact(&mut startup[4..]).await?;
    to_server.write_all(&startup).await?;
    let muted = Arc::new(AtomicBool::new(false));
    let answered = Arc::new(Notify::new());
    let answers = answer(from_server, to_client, muted.clone(), answered.clone());
    let answers = AbortOnDrop(tokio::spawn(answers).abort_handle());

    let mut statements: HashMap<Vec<u8>, String> = HashMap::new();
    let (cut, mut query) = loop {
        let message = read_message(&mut from_client).await?;
        let mut strings = message[5..].split(|byte| *byte == 0);
        match message[0] {
            b'P' => {
                let name = strings.next().unwrap_or_default().to_vec();
                let text = String::from_utf8_lossy(strings.next().unwrap_or_default());
                statements.insert(name, text.into_owned());
            }
            b'B' => {
                let statement = strings.nth(1).unwrap_or_default();
                let text = statements.get(statement).map_or("", String::as_str);
                let cut = {
                    let mut cuts = cuts.lock().unwrap();
                    let next = cuts.front().is_some_and(|(query, _)| text.contains(query));
                    next.then(|| cuts.pop_front()).flatten()
                };
                match cut {
                    Some((_, ConnectionCut::Overtaken)) => {
                        overtaking.go.notify_one();
                        overtaking.done.notified().await;
                    }
                    Some((_, cut)) => break (cut, message),
                    None => {}
                }
            }
            _ => {}
        }
        to_server.write_all(&message).await?;
    };

    while !query.ends_with(&[b'S', 0, 0, 0, 4]) {
        query.extend(read_message(&mut from_client).await?);
    }
    match cut {
        ConnectionCut::Before => {}
        ConnectionCut::During => to_server.write_all(&query).await?,
        ConnectionCut::After => {
            muted.store(true, Ordering::SeqCst);
            to_server.write_all(&query).await?;
            answered.notified().await;
        }
        ConnectionCut::Overtaking => {
            drop((from_client, answers));
            overtaking.go.notified().await;
            to_server.write_all(&query).await?;
            tokio::time::sleep(Duration::from_millis(200)).await;
            overtaking.done.notify_one();
        }
        ConnectionCut::Overtaken => {}
        ConnectionCut::Late => {
            drop((from_client, answers));
            tokio::time::sleep(Duration::from_millis(200)).await;
            to_server.write_all(&query).await?;
            // The database reads it, unless it is told that nobody is there any more.
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    Ok(())
}

/// Ends a task when dropped.
struct AbortOnDrop(AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Passes back what the server says; once muted, says only that it was a whole answer.
async fn answer(
    mut server: OwnedReadHalf,
    mut client: OwnedWriteHalf,
    muted: Arc<AtomicBool>,
    answered: Arc<Notify>,
) -> io::Result<()> {
    const READY: [u8; 6] = [b'Z', 0, 0, 0, 5, b'I'];
    let mut bytes = vec![0; 1 << 16];
    loop {
        let length = server.read(&mut bytes).await?;
        if length == 0 {
            return Ok(());
        }
        if !muted.load(Ordering::SeqCst) {
            client.write_all(&bytes[..length]).await?;
        } else if bytes[..length].ends_with(&READY) {
            answered.notify_one();
        }
    }
}

async fn read_message(from: &mut OwnedReadHalf) -> io::Result<Vec<u8>> {
    let mut message = vec![0; 5];
    from.read_exact(&mut message).await?;
    let length = u32::from_be_bytes(message[1..5].try_into().unwrap()) as usize;
    message.resize(1 + length, 0);
    from.read_exact(&mut message[5..]).await?;
    Ok(message)
}
