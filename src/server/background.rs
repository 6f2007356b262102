//! What goes on beside the answering of requests.

use actix_web::web;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::task::AbortHandle;

use crate::access::idempotency;
use crate::http::services::Services;

/// Something that goes on beside the answering, until dropped.
pub struct Background(AbortHandle);

impl Background {
    /// Begins it.
    pub fn start(task: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(task).abort_handle())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Stops what goes on behind access when it is dropped.
pub struct AccessTasks([AbortHandle; 3]);

impl AccessTasks {
    /// Begins it: hearing of revocations, writing the audit, forgetting old keys.
    pub fn start(services: &web::Data<Services>, pool: &PgPool, connect: PgConnectOptions) -> Self {
        let audited = services.clone();
        Self([
            tokio::spawn(services.invalidation.clone().listen(connect)).abort_handle(),
            tokio::spawn(async move { audited.audit.keep_flushing().await }).abort_handle(),
            tokio::spawn(idempotency::sweep(pool.clone())).abort_handle(),
        ])
    }
}

impl Drop for AccessTasks {
    fn drop(&mut self) {
        self.0.iter().for_each(AbortHandle::abort);
    }
}
