//! Connections on which nothing is answered for long are cut, whatever the reason. actix-web itself waits for ever for the
//! head of a later request on a connection, and for the rest of a chunked body that nobody wants any more: whoever sends a
//! byte now and then would keep both.
//!
//! A connection is cut from beside: by shutting down a second handle of its socket, which the server below then sees as the
//! end. So each connection takes two file descriptors.

use std::any::Any;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::HttpRequest;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::Extensions;
use actix_web::rt::net;
use actix_web::web::Bytes;
use pin_project_lite::pin_project;

use crate::clock;

/// All connections of a server.
pub struct Connections {
    since: Instant,
    /// How long nothing may be answered on a connection, and none be under way.
    quiet: Duration,
    open: Mutex<Vec<Weak<Connection>>>,
}

/// One connection.
struct Connection {
    socket: TcpStream,
    since: Instant,
    /// How many answers are under way, and when the last one ended, in milliseconds: both in one number, so that they are
    /// seen together.
    state: AtomicU64,
}

/// Bits of the state that hold the time.
const TIME_BITS: u32 = 48;
const ONE_UNDER_WAY: u64 = 1 << TIME_BITS;
const TIME: u64 = ONE_UNDER_WAY - 1;

impl Connection {
    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(TIME) & TIME
    }

    fn begin(&self) {
        self.state.fetch_add(ONE_UNDER_WAY, Ordering::Relaxed);
    }

    fn end(&self) {
        let now = self.now();
        let mut before = self.state.load(Ordering::Relaxed);
        loop {
            let after = ((before & !TIME) - ONE_UNDER_WAY) | now;
            let swapped = self.state.compare_exchange_weak(
                before,
                after,
                Ordering::Relaxed,
                Ordering::Relaxed,
            );
            match swapped {
                Ok(_) => return,
                Err(current) => before = current,
            }
        }
    }

    fn is_quiet(&self, quiet: Duration) -> bool {
        let state = self.state.load(Ordering::Relaxed);
        let since = Duration::from_millis(self.now().saturating_sub(state & TIME));
        state < ONE_UNDER_WAY && since >= quiet
    }
}

impl Connections {
    /// Connections on which nothing may be answered for so long.
    pub fn new(quiet: Duration) -> Self {
        Self {
            since: clock::stopwatch(),
            quiet,
            open: Mutex::default(),
        }
    }

    /// Notes a connection; called as it is made, with the server's own handle of it.
    pub fn note(&self, stream: &dyn Any, data: &mut Extensions) {
        let plain = stream.downcast_ref::<net::TcpStream>();
        let stream = plain.or_else(|| {
            let encrypted = stream.downcast_ref::<TlsStream<net::TcpStream>>();
            encrypted.map(|stream| stream.get_ref().0)
        });
        let Some(Ok(socket)) = stream.map(|stream| stream.as_fd().try_clone_to_owned()) else {
            tracing::warn!("a connection cannot be watched; are there too few file descriptors?");
            return;
        };
        let connection = Arc::new(Connection {
            socket: TcpStream::from(socket),
            since: self.since,
            state: AtomicU64::new(0),
        });
        let now = connection.now();
        connection.state.store(now, Ordering::Relaxed);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.push(Arc::downgrade(&connection));
        data.insert(connection);
    }

    /// Cuts those that have been quiet for too long, and forgets those that have ended.
    fn sweep(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|connection| {
            let Some(connection) = connection.upgrade() else {
                return false;
            };
            let is_quiet = connection.is_quiet(self.quiet);
            if is_quiet {
                // One that has ended by itself meanwhile need not be told.
                let _ = connection.socket.shutdown(Shutdown::Both);
            }
            !is_quiet
        });
    }

    /// Sweeps again and again, for ever.
    pub async fn keep_sweeping(self: Arc<Self>) {
        let pause = (self.quiet / 8).clamp(Duration::from_millis(50), Duration::from_secs(5));
        loop {
            tokio::time::sleep(pause).await;
            self.sweep();
        }
    }
}

/// An answer under way on a connection, until dropped.
pub struct UnderWay {
    connection: Arc<Connection>,
    is_counted: bool,
}

impl UnderWay {
    /// The answer to a request; nothing where its connection is not watched.
    pub fn of(request: &HttpRequest) -> Option<Self> {
        let connection = request.conn_data::<Arc<Connection>>()?;
        Some(Self::on(connection.clone()))
    }

    fn on(connection: Arc<Connection>) -> Self {
        connection.begin();
        let is_counted = true;
        Self {
            connection,
            is_counted,
        }
    }

    /// Counts it, or does not count it while it is the reader who is waited for.
    fn count(&mut self, is_counted: bool) {
        match (self.is_counted, is_counted) {
            (false, true) => self.connection.begin(),
            (true, false) => self.connection.end(),
            _ => {}
        }
        self.is_counted = is_counted;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.count(false);
    }
}

pin_project! {
    /// A body, whose answer is under way until all of it has been handed over; but not from when a part was handed over to
    /// when the next is asked for, which is when the reader has taken most of that.
    pub struct Watched<B> {
        #[pin]
        body: B,
        under_way: Option<UnderWay>,
    }
}

impl<B> Watched<B> {
    /// This body, of this answer.
    pub fn new(body: B, under_way: Option<UnderWay>) -> Self {
        Self { body, under_way }
    }
}

impl<B: MessageBody> MessageBody for Watched<B> {
    type Error = B::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, B::Error>>> {
        let this = self.project();
        let mut under_way = this.under_way.as_mut();
        if let Some(under_way) = &mut under_way {
            under_way.count(true);
        }
        let polled = this.body.poll_next(context);
        if let (Some(under_way), Poll::Ready(_)) = (under_way, &polled) {
            under_way.count(false);
        }
        polled
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use actix_web::body::BodyStream;
    use futures_util::{FutureExt, StreamExt, stream};

    use super::*;

    type Part = Result<Bytes, std::io::Error>;

    fn connection() -> Arc<Connection> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Arc::new(Connection {
            socket: TcpStream::connect(listener.local_addr().unwrap()).unwrap(),
            since: clock::stopwatch(),
            state: AtomicU64::new(0),
        })
    }

    fn is_quiet(connection: &Connection) -> bool {
        connection.is_quiet(Duration::ZERO)
    }

    #[test]
    fn an_answer_that_is_worked_at_keeps_its_connection_and_one_that_waits_for_its_reader_does_not()
    {
        let connection = connection();
        assert!(is_quiet(&connection));
        let part = || stream::once(async { Part::Ok(Bytes::from_static(b"part")) });
        let parts = part().chain(stream::pending());
        let under_way = UnderWay::on(connection.clone());
        assert!(!is_quiet(&connection), "no part is there yet");
        let mut body = Box::pin(Watched::new(
            BodyStream::new(Box::pin(parts)),
            Some(under_way),
        ));
        let mut next =
            || std::future::poll_fn(|context| body.as_mut().poll_next(context)).now_or_never();
        assert!(next().is_some());
        assert!(
            is_quiet(&connection),
            "it is for the reader to take the part"
        );
        assert!(next().is_none());
        assert!(!is_quiet(&connection), "the next part is worked at");
        drop(body);
        assert!(is_quiet(&connection));
    }

    #[test]
    fn answers_side_by_side_are_counted() {
        let connection = connection();
        let (one, mut other) = (
            UnderWay::on(connection.clone()),
            UnderWay::on(connection.clone()),
        );
        other.count(false);
        other.count(false);
        assert!(!is_quiet(&connection));
        drop(one);
        assert!(is_quiet(&connection));
        drop(other);
        assert_eq!(connection.state.load(Ordering::Relaxed) >> TIME_BITS, 0);
    }
}
