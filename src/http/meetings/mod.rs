//! Meetings: convened, listed, shown.

pub mod life;
pub mod view;

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::desk::PresentResource;
use crate::http::conditional::{self, Tag};
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query;
use crate::http::handling::write::Write;
use crate::http::meetings::view::{MeetingRepresentation, MeetingView, SeatsView};
use crate::http::problem::Problem;
use crate::reading::meetings::{self as reading, MeetingFilter, MeetingRow};
use crate::reference;
use domain::MeetingId;
use domain::meeting::seats::MOST;
use domain::meeting::{Command, Meeting, MeetingConvened, MeetingSeatsAllocated};

/// Meetings, in the order in which they were convened.
#[utoipa::path(get, path = "/v1/meetings", tag = "meetings", params(MeetingFilter, Paging, At), responses((status = 200, body = Page<MeetingRow>)))]
pub async fn list_meetings(list: ListLookup<MeetingFilter>) -> Result<HttpResponse, Problem> {
    let read = async || Ok(reading::list(list.pool(), &list.part()?, &list.query).await?);
    let show = |row: MeetingRow| row.told(list.languages());
    list.answer_page(read, |row| row.id, show).await
}

/// Convenes a meeting.
#[utoipa::path(post, path = "/v1/meetings", tag = "meetings", request_body = MeetingConvened, responses((status = 201, body = MeetingView)))]
pub async fn convene_meeting(write: Write<MeetingConvened>) -> Result<HttpResponse, Problem> {
    let convene = Command::Convene(write.body.clone());
    change(&write, MeetingId(clock::new_id()), convene).await
}

/// Decides on a command to a meeting, and answers it as it then is.
pub(in crate::http) async fn change<B>(
    write: &Write<B>,
    id: MeetingId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let is_new = matches!(command, Command::Convene(_));
    let commission = reference::commission().map_err(|_| Problem::new("internal"))?;
    let decided = write.decide_case::<Meeting>(id, &commission, command);
    let decided = decided.await?;
    let id = decided.stream;
    let meeting =
        PresentResource::from_loaded(&decided.now).ok_or(Problem::not_found("meeting"))?;
    let shown = MeetingRepresentation::load(&write.services, &write.caller, id, &meeting, None);
    let location = is_new.then(|| format!("/v1/meetings/{id}"));
    let view = shown.await?.view;
    Ok(conditional::write_answer(location, meeting.position, &view))
}

/// A meeting: its seats and how far they are taken, who took part, its agenda, documents and outcome.
#[utoipa::path(get, path = "/v1/meetings/{meeting}", tag = "meetings", params(At), responses((status = 200, body = MeetingView)))]
pub async fn get_meeting(
    lookup: Lookup,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let meeting = lookup.object::<Meeting, _, _>(id).await?;
    let Lookup {
        services, caller, ..
    } = &lookup;
    let as_of = lookup.position();
    let shown = MeetingRepresentation::load(services, caller, id.0, &meeting, as_of).await?;
    let reader = lookup.reader().words(shown.words).beside(shown.beside);
    let tag = Tag::Resource(meeting.position, reader);
    Ok(lookup.answer_in(shown.view.lang.map(domain::Lang::as_str), &tag, &shown.view))
}

/// How many seats.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetSeats {
    /// 1 to 1000; 40 if left out, as the Commission has.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 1000)]
    seats: Option<String>,
}

/// How so many seats are shared out among the regional groups in proportion to the Commission's, by the largest remainder:
/// each group gets the whole part of its quota, and what is left goes to the largest remainders; of equal ones that of the
/// group with more seats on the Commission comes first, then that whose code comes first. Nothing is recorded.
#[utoipa::path(get, path = "/v1/meetings/seats", tag = "meetings", params(GetSeats), responses((status = 200, body = SeatsView)))]
pub async fn get_seats(lookup: Lookup<GetSeats>) -> Result<HttpResponse, Problem> {
    let seats = query::within("seats", lookup.query.seats.as_deref(), 1..=u64::from(MOST))?;
    let seats = seats
        .and_then(|seats| u16::try_from(seats).ok())
        .unwrap_or(40);
    let commission = reference::commission().map_err(|_| Problem::new("internal"))?;
    let allocated = MeetingSeatsAllocated {
        seats,
        by_group: commission.apportion(seats),
        commission,
    };
    let view = SeatsView::empty(&allocated, lookup.languages());
    Ok(lookup.answer(&Tag::Resource(0, lookup.reader()), &view))
}
