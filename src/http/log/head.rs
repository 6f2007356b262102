//! The log's head: how far it is, and the root that stands for all of it.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::handling::lookup::{At, Lookup};
use crate::http::problem::Problem;
use crate::http::schemas::rfc3339;
use crate::written;
use event_log::Evidence;

/// The log as of a position. `rapporteur verify --expect POSITION:ROOT` tells whether it still is what it was then.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeadView {
    /// The position.
    position: u64,
    /// When it was recorded, RFC 3339 in UTC; null before the first event.
    #[schema(format = DateTime)]
    time: Option<String>,
    /// The root of the log's Merkle tree (RFC 6962 with SHA-256, over the envelopes in the order of positions), 64 hexadecimal
    /// digits; null while the tree of a log from before it had one is still being made.
    #[schema(value_type = Option<written::Sha256Hex>)]
    root: Option<String>,
}

/// How far the log is, now or as of then, and its root: whoever notes both can tell later whether anything before was changed or cut off.
#[utoipa::path(get, path = "/v1/log/head", tag = "events", params(At), responses((status = 200, body = HeadView)))]
pub async fn get_head(lookup: Lookup) -> Result<HttpResponse, Problem> {
    let log = lookup.services.log();
    let position = match lookup.position() {
        Some(position) => position,
        None => log.head().await?.position,
    };
    let evidence = log.evidence(position).await?;
    // What a root stands for is noted elsewhere: it must not be lost with a server whose standby did not have it yet.
    log.confirm().await?;
    let Evidence { at, root, .. } = evidence.ok_or(Problem::new("internal"))?;
    let view = HeadView {
        position: at.position,
        time: at.time.map(rfc3339),
        root: root.map(|root| root.to_string()),
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(view))
}
