//! The log's head: how far it is, and the root that stands for all of it.

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::handling::as_of;
use crate::http::handling::query::Query;
use crate::http::problem::Problem;
use crate::http::schemas::rfc3339;
use crate::http::schemas::written;
use crate::http::services::Services;
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

/// As of when.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetHead {
    /// A position, a time, or a day to its end in UTC; the log's head, if left out.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// How far the log is, and its root: whoever notes both can tell later whether anything before was changed or cut off.
#[utoipa::path(tag = "events", params(GetHead), responses((status = 200, body = HeadView)))]
#[get("/v1/log/head")]
pub async fn get_head(
    Query(asked): Query<GetHead>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let log = services.log();
    let asked = as_of::resolve(log, asked.as_of.as_deref()).await?;
    let position = match asked {
        Some(head) => head.position,
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
