//! Counts for whoever watches the server, at an address of their own: they tell what goes on (who replies when, how many are
//! refused), so the public address has none of them.

use std::net::{SocketAddr, TcpListener};

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpServer, web};
use tokio::task::JoinHandle;

use super::StartError;
use crate::http::services::Services;
use crate::http::site;

/// The server that answers with counts, until it is stopped.
pub struct MetricsServer {
    /// The address that it listens on.
    pub address: SocketAddr,
    handle: ServerHandle,
    serving: JoinHandle<std::io::Result<()>>,
}

impl MetricsServer {
    /// Starts it.
    ///
    /// # Errors
    /// [`StartError::Listen`].
    pub fn start(listener: TcpListener, services: web::Data<Services>) -> Result<Self, StartError> {
        let unspecified = SocketAddr::from(([0, 0, 0, 0], 0));
        let address = listener.local_addr().unwrap_or(unspecified);
        let server = HttpServer::new(move || {
            App::new()
                .app_data(services.clone())
                .route("/metrics", web::get().to(site::metrics))
        })
        .workers(1)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)
        .map_err(|source| StartError::Listen { address, source })?
        .run();
        Ok(Self {
            address,
            handle: server.handle(),
            serving: tokio::spawn(server),
        })
    }

    /// Ends.
    pub async fn stop(self) {
        self.handle.stop(true).await;
        let _ = self.serving.await;
    }
}
