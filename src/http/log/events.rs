//! The event feed, by position.

use std::time::Duration;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};

use crate::http::handling::query::{self, Query};
use crate::http::log::withheld;
use crate::http::problem::Problem;
use crate::http::services::Services;
use event_log::StoredEvent;

const MOST: u32 = 1_000;
const LONGEST_WAIT: u64 = 30;

/// Events in their order, from a position on.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventsView {
    /// Each event as it is stored: canonical JSON (RFC 8785).
    #[schema(value_type = Vec<Object>)]
    events: Vec<Box<RawValue>>,
    /// The `after` of the next request.
    next: u64,
    /// The log's head.
    head: u64,
    /// Ranges of positions that are withheld from the caller, first and last; never simply missing.
    withheld: Vec<[u64; 2]>,
}

/// From where on.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListEvents {
    /// The position after which to begin; 0 if left out.
    #[param(value_type = Option<u64>)]
    after: Option<String>,
    /// How many at most: 1 to 1000, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
    /// For how many seconds to wait where there is nothing new yet: 0 to 30, 0 if left out.
    #[param(value_type = Option<u64>, maximum = 30)]
    wait: Option<String>,
}

/// Events in their order, from a position on. Positions have no gap. What is saved in replies, and the needs that are drafted
/// beside them, is withheld: a draft is its party's alone, and what was submitted is read as the reply's version. So is where an
/// amendment is begun or discarded, which names the needs that this sets aside; the reply's timeline tells that it was.
#[utoipa::path(get, path = "/v1/events", tag = "events", params(ListEvents), responses((status = 200, body = EventsView)))]
pub async fn list_events(
    Query(asked): Query<ListEvents>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let after: u64 = query::parse("after", asked.after.as_deref())?.unwrap_or(0);
    let limit = query::within("limit", asked.limit.as_deref(), 1..=u64::from(MOST))?;
    let wait = query::within("wait", asked.wait.as_deref(), 0..=LONGEST_WAIT)?;
    let (limit, wait) = (limit.unwrap_or(100), wait.unwrap_or(0));
    let log = services.log();
    let head = log.head().await?.position;
    if after > head {
        // Said at once: to wait for it would be in vain.
        return Err(Problem::new("future_position")
            .arg("asked", after)
            .arg("head", head));
    }
    if after == head && wait > 0 {
        let mut watch = log.watch();
        // Nothing new in that time is an answer too.
        let _ = tokio::time::timeout(
            Duration::from_secs(wait),
            watch.wait_for(|head| *head > after),
        )
        .await;
    }
    let page = log
        .envelopes_after(after, u32::try_from(limit).unwrap_or(MOST))
        .await?;
    let next = page.events.last();
    let next = next.map_or(after, |(position, _)| *position);
    let mut view = EventsView {
        events: Vec::new(),
        next,
        head: page.head,
        withheld: Vec::new(),
    };
    for (position, envelope) in page.events {
        if withheld::from_the_feed(&StoredEvent::read(position, &envelope)?) {
            withhold(&mut view.withheld, position);
        } else {
            let event = RawValue::from_string(envelope);
            view.events
                .push(event.map_err(|_| Problem::new("internal"))?);
        }
    }
    Ok(HttpResponse::Ok().json(view))
}

/// Adds the next position to ranges.
fn withhold(ranges: &mut Vec<[u64; 2]>, position: u64) {
    match ranges.last_mut() {
        Some([_, last]) if *last + 1 == position => *last = position,
        _ => ranges.push([position, position]),
    }
}
