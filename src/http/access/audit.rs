//! Who read what is restricted, for administrators.

use actix_web::HttpResponse;
use actix_web::http::header;
use jiff::tz::TimeZone;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::http::handling::lookup::ListLookup;
use crate::http::handling::page::{Listing, Paging};
use crate::http::problem::Problem;
use crate::written;
use access::audit::{ReadFilter, RecordedRead};
use domain::phrase::expected;
use domain::times::{self, Moment};

/// Which reads.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListReads {
    /// Only of this reply; by its id.
    #[param(value_type = Option<uuid::Uuid>)]
    reply: Option<Uuid>,
    /// Only lists of this collection's replies, and figures of it; by its id.
    #[param(value_type = Option<uuid::Uuid>)]
    collection: Option<Uuid>,
    /// Only of this letter; by its id.
    #[param(value_type = Option<uuid::Uuid>)]
    letter: Option<Uuid>,
    /// Only by this principal.
    #[param(value_type = Option<uuid::Uuid>)]
    principal: Option<Uuid>,
    /// Only in the minute of this time (RFC 3339) and later.
    #[param(value_type = Option<written::DayOrTime>, inline)]
    since: Option<String>,
}

/// Who read replies, their answers, lists of replies, figures that are not released, letters and the event feed, and when;
/// the latest first. What other processes answered is listed a few seconds later.
#[utoipa::path(get, path = "/v1/audit/reads", tag = "access", params(ListReads, Paging), responses((status = 200, body = Listing<RecordedRead>)))]
pub async fn list_reads(list: ListLookup<ListReads>) -> Result<HttpResponse, Problem> {
    let asked = &list.query;
    let objects = [asked.reply, asked.collection, asked.letter];
    let mut objects = objects.into_iter().flatten();
    let object = objects.next();
    if objects.next().is_some() {
        let expected = expected::ONE_NAMED.codes(["reply", "collection", "letter"]);
        let collection = asked.collection.map(|id| id.to_string());
        return Err(Problem::bad_parameter(
            "collection",
            expected,
            collection.unwrap_or_default(),
        ));
    }
    let filter = ReadFilter {
        object,
        principal: asked.principal,
        since: asked.since.as_deref().map(since).transpose()?,
        before: list.slice.after_key()?,
    };
    let rows = list.services.audit.list(&filter, list.slice.rows()).await?;
    let page = list.page(rows, 0, |row| row.id, |row| row);
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(Listing::from(page)))
}

fn since(text: &str) -> Result<String, Problem> {
    // A day from its beginning in UTC, as `as_of` takes it to its end.
    let time = match Moment::read(text) {
        Some(Moment::Instant(time)) => Some(times::to_the_microsecond(time)),
        Some(Moment::Day(day)) => times::begins(day, &TimeZone::UTC),
        Some(Moment::Local(_)) | None => None,
    };
    let time = time.ok_or_else(|| Problem::bad_parameter("since", expected::DAY_OR_TIME, text))?;
    Ok(time.to_string())
}
