//! Connections on which nothing is answered for long are cut, whatever the reason. actix-web itself waits for ever for the
//! head of a later request on a connection, and for the rest of a chunked body that nobody wants any more: whoever sends a
//! byte now and then would keep both. There are so many of them at once, and no more, from each address and in all.
//!
//! A connection is cut from beside: by shutting down a second handle of its socket, which the server below then sees as the
//! end. So each connection takes two file descriptors.

use std::any::Any;
use std::collections::HashMap;
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream};
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

use crate::http::middleware::client_address::TrustedProxies;
use crate::http::middleware::crowd::{Crowd, CrowdPlace};
use access::strangers;

/// How much of its callers a server holds at once.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Connections in all.
    pub connections: usize,
    /// Connections from one address; an IPv6 address counts with all of its /64, and a trusted proxy does not count.
    pub of_an_address: usize,
    /// Bytes of bodies.
    pub buffered: usize,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            connections: 2_048,
            of_an_address: 256,
            buffered: 256 << 20,
        }
    }
}

/// All connections of a server.
pub struct Connections {
    since: Instant,
    /// How long nothing may be answered on a connection, and none be under way.
    quiet: Duration,
    most: ConnectionLimits,
    proxies: TrustedProxies,
    crowd: Arc<Crowd>,
    /// By the address and port of the peer.
    open: Mutex<HashMap<SocketAddr, Weak<Connection>>>,
}

/// One connection.
pub struct Connection {
    socket: TcpStream,
    since: Instant,
    /// How many answers are under way, and when the last one ended, in microseconds, as two may end in the same millisecond:
    /// both in one number, so that they are seen together.
    state: AtomicU64,
    /// When it is cut whatever is under way, in microseconds; [`NEVER`], where that is not said.
    leaves: AtomicU64,
    _place: CrowdPlace,
}

/// No time.
const NEVER: u64 = u64::MAX;
/// Bits of the state that hold the time.
const TIME_BITS: u32 = 48;
const ONE_UNDER_WAY: u64 = 1 << TIME_BITS;
const TIME: u64 = ONE_UNDER_WAY - 1;

impl Connection {
    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_micros()).unwrap_or(TIME) & TIME
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

    /// Since when nothing is under way, in microseconds; none where something is.
    fn quiet_since(&self) -> Option<u64> {
        let state = self.state.load(Ordering::Relaxed);
        (state < ONE_UNDER_WAY).then_some(state & TIME)
    }

    fn is_quiet(&self, quiet: Duration) -> bool {
        self.quiet_since()
            .is_some_and(|since| Duration::from_micros(self.now().saturating_sub(since)) >= quiet)
    }

    fn is_left(&self) -> bool {
        self.now() >= self.leaves.load(Ordering::Relaxed)
    }

    fn cut(&self) {
        // So that it is not looked at again.
        self.leaves.store(0, Ordering::Relaxed);
        // One that has ended by itself meanwhile need not be told.
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}

impl Connections {
    /// Connections on which nothing may be answered for `quiet`.
    pub fn new(quiet: Duration, most: ConnectionLimits, proxies: TrustedProxies) -> Self {
        Self {
            since: clock::stopwatch(),
            quiet,
            most,
            proxies,
            crowd: Arc::default(),
            open: Mutex::default(),
        }
    }

    /// Notes a connection as soon as it is accepted; to be held until it has ended. None where it is too many, or cannot be
    /// watched.
    pub fn note(&self, stream: &net::TcpStream) -> Option<Arc<Connection>> {
        let watched = self.watch(stream);
        watched.map_err(|why| strangers::CUT.note(why)).ok()
    }

    /// Tells the requests on a connection which it is; called with the server's own handle of it, when TLS is agreed on.
    pub fn tell(&self, stream: &dyn Any, data: &mut Extensions) {
        let plain = stream.downcast_ref::<net::TcpStream>();
        let stream = plain.or_else(|| {
            let encrypted = stream.downcast_ref::<TlsStream<net::TcpStream>>();
            encrypted.map(|stream| stream.get_ref().0)
        });
        let peer = stream.and_then(|stream| stream.peer_addr().ok());
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connection) = peer.and_then(|peer| open.get(&peer)?.upgrade()) {
            data.insert(connection);
        }
    }

    fn watch(&self, stream: &net::TcpStream) -> Result<Arc<Connection>, &'static str> {
        let peer = stream.peer_addr().map_err(|_| "its peer is gone")?;
        let address = peer.ip().to_canonical();
        let counts = !self.proxies.has(address);
        let place = self.place(counts.then_some(address))?;
        let socket = stream.as_fd().try_clone_to_owned();
        let socket = socket.map_err(|_| "there are too few file descriptors")?;
        let connection = Arc::new(Connection {
            socket: TcpStream::from(socket),
            since: self.since,
            state: AtomicU64::new(0),
            leaves: AtomicU64::new(NEVER),
            _place: place,
        });
        let now = connection.now();
        connection.state.store(now, Ordering::Relaxed);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(peer, Arc::downgrade(&connection));
        Ok(connection)
    }

    /// A place for one more. Where all are taken, the one that has been quiet for longest makes room, so that nobody shuts
    /// others out by holding connections on which he asks nothing.
    fn place(&self, address: Option<IpAddr>) -> Result<CrowdPlace, &'static str> {
        let place = self.crowd.enter(address);
        if place.of_the_address() > self.most.of_an_address {
            return Err("its address has too many");
        }
        let over = place.of_all().saturating_sub(self.most.connections);
        // Those cut before may not have ended yet.
        if over > (self.most.connections / 8).max(1) || (over > 0 && !self.cut_the_quietest()) {
            return Err("there are too many");
        }
        Ok(place)
    }

    fn cut_the_quietest(&self) -> bool {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let open = open.values().filter_map(Weak::upgrade);
        let quiet = open.filter(|connection| !connection.is_left());
        let quiet = quiet.filter_map(|connection| Some((connection.quiet_since()?, connection)));
        let quietest = quiet.min_by_key(|(since, _)| *since);
        if let Some((_, connection)) = &quietest {
            connection.cut();
        }
        quietest.is_some()
    }

    /// Cuts those that have been quiet for too long or were to leave, and forgets those that have ended.
    fn sweep(&self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, connection| {
            let Some(connection) = connection.upgrade() else {
                return false;
            };
            let is_over = connection.is_left() || connection.is_quiet(self.quiet);
            if is_over {
                connection.cut();
            }
            !is_over
        });
    }

    /// Sweeps again and again, for ever.
    pub async fn keep_sweeping(self: Arc<Self>) {
        let pause = (self.quiet / 8).clamp(Duration::from_millis(50), Duration::from_secs(1));
        loop {
            tokio::time::sleep(pause).await;
            self.sweep();
        }
    }
}

/// An answer under way on a connection, until dropped.
pub struct AnswerInProgress {
    connection: Arc<Connection>,
    is_counted: bool,
}

impl AnswerInProgress {
    /// The answer to a request; nothing where its connection is not watched.
    pub fn from_request(request: &HttpRequest) -> Option<Self> {
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

    /// Has its connection cut after this time, whatever is still to come on it.
    pub fn leave_after(&self, time: Duration) {
        let time = u64::try_from(time.as_micros()).unwrap_or(NEVER);
        let then = self.connection.now().saturating_add(time);
        self.connection.leaves.fetch_min(then, Ordering::Relaxed);
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

impl Drop for AnswerInProgress {
    fn drop(&mut self) {
        self.count(false);
    }
}

pin_project! {
    /// A body, whose answer is under way until all of it has been handed over; but not from when a part was handed over to
    /// when the next is asked for, which is when the reader has taken most of that.
    pub struct WatchedBody<B> {
        #[pin]
        body: B,
        under_way: Option<AnswerInProgress>,
    }
}

impl<B> WatchedBody<B> {
    /// This body, of this answer.
    pub fn new(body: B, under_way: Option<AnswerInProgress>) -> Self {
        Self { body, under_way }
    }
}

impl<B: MessageBody> MessageBody for WatchedBody<B> {
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
            leaves: AtomicU64::new(NEVER),
            _place: Arc::<Crowd>::default().enter(None),
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
        let under_way = AnswerInProgress::on(connection.clone());
        assert!(!is_quiet(&connection), "no part is there yet");
        let mut body = Box::pin(WatchedBody::new(
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
            AnswerInProgress::on(connection.clone()),
            AnswerInProgress::on(connection.clone()),
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
