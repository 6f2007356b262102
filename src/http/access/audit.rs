//! Who read what is restricted, for administrators.

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, get, web};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::handling::page::{Listing, Slice};
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::http::schemas::written;
use crate::http::services::Services;
use access::audit::{Filter, Recorded};
use domain::ReplyId;
use domain::said::expected;
use domain::times::{self, Moment};

/// That a request whose reads are recorded was answered with what anybody may read.
pub struct WasPublic;

impl WasPublic {
    /// Notes that this request's answer is public, and so no read to be recorded. What is not noted so is recorded.
    pub fn note(request: &HttpRequest) {
        request.extensions_mut().insert(Self);
    }
}

/// That a request whose reads are recorded was answered with what its party only drafts: as a read of what it is recorded, so
/// that whoever reads the audit does not learn from it what there is in a draft.
#[derive(Clone, Copy)]
pub struct DraftRead {
    /// An operation that anybody of the party may use, be there something drafted or not.
    pub operation: &'static str,
    /// The reply.
    pub reply: ReplyId,
}

impl DraftRead {
    /// Notes that this request's answer is of a draft.
    pub fn note(self, request: &HttpRequest) {
        request.extensions_mut().insert(self);
    }
}

/// Reads by one principal of one thing in one minute.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadView {
    /// The minute in which it was read, RFC 3339 in UTC.
    #[schema(format = DateTime)]
    minute: String,
    /// Who.
    principal: Uuid,
    /// In which role.
    #[schema(value_type = access::Role)]
    role: String,
    /// Acting for which party; null for the Secretariat.
    party: Option<Uuid>,
    /// What was asked: an operation's id in this document.
    operation: String,
    /// The reply, the letter, or the collection whose replies were listed or whose figures were read before they were
    /// released; null for the event feed.
    object: Option<Uuid>,
    /// How often in that minute.
    count: i64,
}

impl From<Recorded> for ReadView {
    fn from(read: Recorded) -> Self {
        Self {
            minute: read.minute,
            principal: read.principal,
            role: read.role,
            party: read.party,
            operation: read.operation,
            object: read.object,
            count: read.count,
        }
    }
}

/// Which reads.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListReads {
    /// Only of this reply; by its id.
    #[param(value_type = Option<uuid::Uuid>)]
    reply: Option<String>,
    /// Only lists of this collection's replies, and figures of it; by its id.
    #[param(value_type = Option<uuid::Uuid>)]
    collection: Option<String>,
    /// Only of this letter; by its id.
    #[param(value_type = Option<uuid::Uuid>)]
    letter: Option<String>,
    /// Only by this principal.
    #[param(value_type = Option<uuid::Uuid>)]
    principal: Option<String>,
    /// Only in the minute of this time (RFC 3339) and later.
    #[param(value_type = Option<written::DayOrTime>, inline)]
    since: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Who read replies, their answers, lists of replies, figures that are not released, letters and the event feed, and when;
/// the latest first. What other processes answered is listed a few seconds later.
#[utoipa::path(tag = "access", params(ListReads), responses((status = 200, body = Listing<ReadView>)))]
#[get("/v1/audit/reads")]
pub async fn list_reads(
    request: HttpRequest,
    Query(asked): Query<ListReads>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let before = slice.after_key()?;
    let reply: Option<Uuid> = query::parse("reply", asked.reply.as_deref())?;
    let collection = asked.collection.as_deref();
    let of_collection: Option<Uuid> = query::parse("collection", collection)?;
    let letter: Option<Uuid> = query::parse("letter", asked.letter.as_deref())?;
    let mut objects = [reply, of_collection, letter].into_iter().flatten();
    let object = objects.next();
    if objects.next().is_some() {
        let expected = expected::ONE_NAMED.codes(["reply", "collection", "letter"]);
        return Err(Problem::bad_parameter(
            "collection",
            expected,
            collection.unwrap_or_default(),
        ));
    }
    let filter = Filter {
        object,
        principal: query::parse("principal", asked.principal.as_deref())?,
        since: asked.since.as_deref().map(since).transpose()?,
        before,
    };
    let rows = services.audit.list(&filter, slice.rows()).await?;
    let page = slice.page(rows, 0, |row| row.id.to_string());
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(Listing::from(page.map(ReadView::from))))
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
