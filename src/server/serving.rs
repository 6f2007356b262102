//! What takes connections and answers what is asked on them, put together as actix-web's own server is; but that one tells of
//! a connection only after its TLS handshake, and takes no other while 256 wait for theirs. Here each is noted, and may be
//! too many, as soon as it is there.

use std::fmt::Debug;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_http::h1::{ExpectHandler, UpgradeHandler};
use actix_http::{HttpServiceBuilder, Request, Response, TlsAcceptorConfig};
use actix_service::{
    IntoServiceFactory, ServiceFactory, ServiceFactoryExt, apply_fn_factory, map_config,
};
use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{AppConfig, Server, Service};
use actix_web::rt::net::TcpStream;
use rustls::ServerConfig;

use crate::http::handling::pace::Patience;
use crate::http::middleware::connections::Connections;

/// How long is waited, when the server stops, for what is under way, in seconds.
const LAST_ANSWERS: u64 = 5;
/// How long a client may take to end a connection that the server ends.
const LAST_BYTES: Duration = Duration::from_secs(1);

/// How connections are served.
#[derive(Clone)]
pub struct ConnectionServer {
    /// Those that there are.
    pub connections: Arc<Connections>,
    /// How long requests may take to arrive.
    pub patience: Patience,
    /// How many threads answer.
    pub workers: usize,
}

impl ConnectionServer {
    /// A server that answers with this application, once it is awaited.
    ///
    /// # Errors
    /// The socket cannot be listened on.
    pub fn run<A, I, S, B>(
        self,
        listener: TcpListener,
        tls: Option<ServerConfig>,
        app: A,
    ) -> io::Result<Server>
    where
        A: Fn() -> I + Send + Clone + 'static,
        I: IntoServiceFactory<S, Request>,
        S: ServiceFactory<Request, Config = AppConfig> + 'static,
        S::Error: Into<Error> + 'static,
        S::InitError: Debug,
        S::Response: Into<Response<B>> + 'static,
        <S::Service as Service<Request>>::Future: 'static,
        S::Service: 'static,
        B: MessageBody + 'static,
    {
        // How many there may be is for Connections to say.
        actix_tls::accept::max_concurrent_tls_connect(usize::MAX);
        let server = Server::build()
            .workers(self.workers)
            .disable_signals()
            .shutdown_timeout(LAST_ANSWERS);
        let stops = server.graceful_shutdown_signal();
        let stops = move || {
            let stops = stops.clone();
            async move { stops.notified().await }
        };
        let app = move || {
            let app = app().into_factory();
            let app = app.map_err(|error| error.into().error_response());
            map_config(app, |()| AppConfig::default())
        };
        let server = match tls {
            None => server.listen("http", listener, move || {
                let http = self.http().graceful_shutdown_signal(stops.clone());
                noted(self.connections.clone(), http.finish(app()).tcp())
            }),
            Some(config) => server.listen("https", listener, move || {
                let http = self.http().graceful_shutdown_signal(stops.clone());
                let handshake = TlsAcceptorConfig::default().handshake_timeout(self.patience.head);
                let https = http.finish(app());
                let https = https.rustls_0_23_with_config(config.clone(), handshake);
                noted(self.connections.clone(), https)
            }),
        };
        Ok(server?.run())
    }

    /// How HTTP is spoken over `T`.
    fn http<T: 'static, S>(&self) -> HttpServiceBuilder<T, S, ExpectHandler, UpgradeHandler>
    where
        S: ServiceFactory<Request, Config = ()>,
        S::Error: Into<Response<BoxBody>> + 'static,
        S::InitError: Debug,
        <S::Service as Service<Request>>::Future: 'static,
    {
        let connections = self.connections.clone();
        HttpServiceBuilder::default()
            .client_request_timeout(self.patience.head)
            .client_disconnect_timeout(LAST_BYTES)
            .on_connect_ext(move |stream: &T, data| connections.tell(stream, data))
    }
}

/// The same service, each connection of which is noted from when it is accepted to when it has ended; what is too many ends
/// at once.
fn noted<S>(
    connections: Arc<Connections>,
    service: S,
) -> impl ServiceFactory<TcpStream, Config = (), Response = (), Error = S::Error, InitError = S::InitError>
where
    S: ServiceFactory<TcpStream, Config = (), Response = ()>,
{
    apply_fn_factory(service, move |stream: TcpStream, service: &S::Service| {
        let noted = connections.note(&stream);
        let served = noted.map(|connection| (connection, service.call(stream)));
        async move {
            let Some((connection, served)) = served else {
                return Ok(());
            };
            let served = served.await;
            drop(connection);
            served
        }
    })
}
