//! Meetings: convened, listed, shown.

pub mod life;
pub mod view;

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::dates;
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::handling::there::There;
use crate::http::handling::write::Write;
use crate::http::meetings::view::{MeetingRepresentation, MeetingView, SeatsView};
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::meetings::{self as reading, Filter};
use crate::reference;
use domain::meeting::seats::MOST;
use domain::meeting::{
    Command, Meeting, MeetingConvened, MeetingKind, MeetingSeatsAllocated, Status,
};
use domain::{MeetingId, Texts};
use event_log::NewContent;

/// A meeting in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeetingItem {
    /// Its id.
    id: Uuid,
    /// expert_group, intersessional, commission_session, congress
    #[schema(value_type = domain::meeting::MeetingKind)]
    kind: String,
    /// What it is called, in the language `lang`.
    title: String,
    /// The language of `title`.
    #[schema(value_type = Option<domain::Lang>)]
    lang: Option<String>,
    /// The number of the session or the Congress.
    session: Option<i32>,
    /// Its first day.
    #[schema(format = Date)]
    starts_on: String,
    /// Its last day.
    #[schema(format = Date)]
    ends_on: String,
    /// convened, held, concluded, cancelled
    #[schema(value_type = domain::meeting::Status)]
    status: String,
    /// The codes of the categories that it is about.
    categories: Vec<String>,
    /// The operative paragraph of resolution 2004/28 that asks for it.
    mandate: Option<i32>,
    /// How it stands with the extrabudgetary resources that it is subject to: sought, secured, not_available; null where
    /// that is not on record.
    #[schema(value_type = Option<domain::meeting::ResourcesState>)]
    resources: Option<String>,
}

/// Which meetings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListMeetings {
    /// Only of this kind: expert_group, intersessional, commission_session, congress.
    #[param(value_type = Option<domain::meeting::MeetingKind>, inline)]
    kind: Option<String>,
    /// Only with this number of a session or Congress.
    #[param(value_type = Option<u16>, maximum = 65535)]
    session: Option<String>,
    /// Only those that stand so: convened, held, concluded, cancelled.
    #[param(value_type = Option<domain::meeting::Status>, inline)]
    status: Option<String>,
    /// Only those about this category.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    category: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Meetings, in the order in which they were convened.
#[utoipa::path(tag = "meetings", params(ListMeetings), responses((status = 200, body = Page<MeetingItem>)))]
#[get("/v1/meetings")]
pub async fn list_meetings(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListMeetings>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let kind = query::parse::<MeetingKind>("kind", asked.kind.as_deref())?;
    let status = query::parse::<Status>("status", asked.status.as_deref())?;
    let session = query::parse::<u16>("session", asked.session.as_deref())?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let filter = Filter {
        kind: kind.map(MeetingKind::as_str),
        session: session.map(i32::from),
        status: status.map(Status::as_str),
        category: asked.category.as_deref(),
        after: slice.after_key()?,
    };
    let as_of = as_of.map(|head| head.position);
    let read = reading::list(services.log().pool(), as_of, &filter, slice.rows()).await?;
    let page = slice
        .page(read.rows, read.position, |row| row.id.to_string())
        .map(|row| {
            let (lang, title) = chosen(&row.title, &caller.languages);
            MeetingItem {
                id: row.id,
                kind: row.kind,
                title,
                lang,
                session: row.session,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                status: row.status,
                categories: row.categories,
                mandate: row.mandate,
                resources: row.resources,
            }
        });
    let tag = Tag::Figure(read.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// A meeting to convene.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConveneMeeting {
    /// expert_group, intersessional, commission_session, congress
    kind: MeetingKind,
    /// What it is called.
    title: Texts,
    /// Where it meets.
    place: Option<Texts>,
    /// Its first day; it may be long past.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// Its last day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    ends_on: Date,
    /// The number of the session or the Congress, which they must have; for other kinds, of the session that it serves.
    session: Option<u16>,
    /// The codes of the categories of standards that it is about.
    #[serde(default)]
    categories: Vec<String>,
    /// The operative paragraph of resolution 2004/28 that asks for it.
    mandate: Option<u8>,
}

/// Convenes a meeting.
#[utoipa::path(tag = "meetings", request_body = ConveneMeeting, responses((status = 201, body = MeetingView)))]
#[post("/v1/meetings")]
pub async fn convene_meeting(write: Write<ConveneMeeting>) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let convene = Command::Convene(MeetingConvened {
        kind: new.kind,
        title: new.title.clone(),
        place: new.place.clone(),
        starts_on: new.starts_on,
        ends_on: new.ends_on,
        session: new.session,
        categories: new.categories.clone(),
        mandate: new.mandate,
    });
    change(&write, MeetingId(clock::new_id()), convene, &[]).await
}

/// Decides on a command to a meeting, and answers it as it then is.
pub(in crate::http) async fn change<B>(
    write: &Write<B>,
    id: MeetingId,
    command: Command,
    contents: &[NewContent],
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Convene(_));
    let commission = reference::commission().map_err(|_| Problem::new("internal"))?;
    let decided = write.decide_case::<Meeting>(id, &commission, command, contents);
    let decided = decided.await?;
    let id = decided.stream;
    let meeting = There::is(&decided.now).ok_or(Problem::not_found("meeting"))?;
    let shown = MeetingRepresentation::of(&write.services, &write.caller, id, &meeting, None);
    let location = is_new.then(|| format!("/v1/meetings/{id}"));
    let view = shown.await?.view;
    Ok(conditional::written(location, meeting.position, &view))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetMeeting {
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// A meeting: its seats and how far they are taken, who took part, its agenda, documents and outcome.
#[utoipa::path(tag = "meetings", params(GetMeeting), responses((status = 200, body = MeetingView)))]
#[get("/v1/meetings/{meeting}")]
pub async fn get_meeting(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<MeetingId>,
    Query(asked): Query<GetMeeting>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let meeting = as_of::present::<Meeting, _, _>(&services.desk, id, as_of).await?;
    let shown = MeetingRepresentation::of(&services, &caller, id.0, &meeting, as_of).await?;
    let reader = Reader::of(&caller.languages)
        .words(shown.words)
        .beside(shown.beside);
    let tag = Tag::Resource(meeting.position, reader);
    let lang = shown.view.lang.as_deref();
    Ok(conditional::answer_in(&request, &tag, lang, &shown.view))
}

/// How many seats.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetSeats {
    /// 1 to 1000; 40 if left out, as the Commission has.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 1000)]
    seats: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// How so many seats are shared out among the regional groups in proportion to the Commission's, by the largest remainder:
/// each group gets the whole part of its quota, and what is left goes to the largest remainders; of equal ones that of the
/// group with more seats on the Commission comes first, then that whose code comes first. Nothing is recorded.
#[utoipa::path(tag = "meetings", params(GetSeats), responses((status = 200, body = SeatsView)))]
#[get("/v1/meetings/seats")]
pub async fn get_seats(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<GetSeats>,
) -> Result<HttpResponse, Problem> {
    let seats = query::within("seats", asked.seats.as_deref(), 1..=u64::from(MOST))?;
    let seats = seats
        .and_then(|seats| u16::try_from(seats).ok())
        .unwrap_or(40);
    let commission = reference::commission().map_err(|_| Problem::new("internal"))?;
    let allocated = MeetingSeatsAllocated {
        seats,
        by_group: commission.apportion(seats),
        commission,
    };
    let view = SeatsView::empty(&allocated, &caller.languages);
    let tag = Tag::Resource(0, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &view))
}
