//! What goes on beside the answering of requests.

use actix_web::web;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::task::AbortHandle;

use crate::http::services::Services;
use access::{idempotency, pruning};

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

/// What goes on behind access, until dropped.
pub struct AccessTasks {
    _tasks: [Background; 4],
}

impl AccessTasks {
    /// Begins it: hearing of revocations, writing the audit, forgetting old keys, old links and old sessions.
    pub fn start(services: &web::Data<Services>, pool: &PgPool, connect: PgConnectOptions) -> Self {
        let audited = services.clone();
        Self {
            _tasks: [
                Background::start(services.invalidation.clone().listen(connect)),
                Background::start(async move { audited.audit.keep_flushing().await }),
                Background::start(idempotency::sweep(pool.clone())),
                Background::start(pruning::keep_pruning(pool.clone())),
            ],
        }
    }
}
