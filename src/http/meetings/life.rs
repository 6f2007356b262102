//! What happens to a meeting after it was convened: seats, participants, agenda; moved, held or cancelled; its outcome.

use actix_web::{HttpResponse, post, put, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::dates;
use crate::http::handling::word_input::NewWords;
use crate::http::meetings::deciding::{Named, change};
use crate::http::meetings::view::MeetingView;
use crate::http::problem::Problem;
use crate::http::reference::parties::party_id;
use crate::http::services::Services;
use domain::meeting::{
    AgendaItemRecorded, Capacity, Command, Delegation, MeetingResourcesRecorded, ResourcesState,
    RevisionMade,
};
use domain::{InstrumentId, Texts};

/// How many seats are shared out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocateSeats {
    /// 1 to 1000.
    #[schema(example = 40)]
    seats: u16,
}

/// Shares the seats of a meeting of experts out among the regional groups, in proportion to their seats on the Commission,
/// by the rule that `GET /v1/meetings/seats` states.
#[utoipa::path(tag = "meetings", request_body = AllocateSeats, responses((status = 200, body = MeetingView)))]
#[put("/v1/meetings/{meeting}/seats")]
pub async fn allocate_seats(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<AllocateSeats>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let seats = body.value.seats;
    let allocate = || Command::AllocateSeats { seats };
    let named = Named::default();
    change(
        &services,
        &caller,
        &meeting,
        &body.bytes,
        &[],
        &named,
        allocate,
    )
    .await
}

/// Who takes part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordParticipants {
    /// Each party and capacity once; the whole list, in place of the one before.
    participants: Vec<NewParticipant>,
}

/// A party that takes part, in a capacity.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewParticipant {
    /// The party's code or id.
    #[schema(example = "KEN")]
    party: String,
    /// expert, member, observer, secretariat
    #[schema(value_type = String)]
    capacity: Capacity,
    /// How many persons. They are counted, never named.
    persons: u16,
}

/// Records who takes part, or took part. Each party counts in its regional group of the meeting's first day.
#[utoipa::path(tag = "meetings", request_body = RecordParticipants, responses((status = 200, body = MeetingView)))]
#[put("/v1/meetings/{meeting}/participants")]
pub async fn record_participants(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<RecordParticipants>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let list = body.value.participants.iter().map(|new| Delegation {
        party: party_id(&new.party),
        capacity: new.capacity,
        persons: new.persons,
    });
    let list: Vec<Delegation> = list.collect();
    let named = Named {
        parties: list.iter().map(|delegation| delegation.party).collect(),
        ..Named::default()
    };
    let record = || Command::RecordParticipants(list.clone());
    change(
        &services,
        &caller,
        &meeting,
        &body.bytes,
        &[],
        &named,
        record,
    )
    .await
}

/// When and where a meeting is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RescheduleMeeting {
    /// Its first day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// Its last day.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    ends_on: Date,
    /// Where it meets; left out: where it was to meet before.
    place: Option<Texts>,
}

/// Moves a meeting that was not held yet.
#[utoipa::path(tag = "meetings", request_body = RescheduleMeeting, responses((status = 200, body = MeetingView)))]
#[put("/v1/meetings/{meeting}/dates")]
pub async fn reschedule_meeting(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<RescheduleMeeting>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let reschedule = || Command::Reschedule {
        starts_on: body.value.starts_on,
        ends_on: body.value.ends_on,
        place: body.value.place.clone(),
    };
    let named = Named::default();
    change(
        &services,
        &caller,
        &meeting,
        &body.bytes,
        &[],
        &named,
        reschedule,
    )
    .await
}

/// When a meeting took place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldMeeting {
    /// The day on which it began.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    starts_on: Date,
    /// The day on which it ended; not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    ends_on: Date,
}

/// Records that a meeting took place.
#[utoipa::path(tag = "meetings", request_body = HoldMeeting, responses((status = 200, body = MeetingView)))]
#[post("/v1/meetings/{meeting}/holding")]
pub async fn hold_meeting(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<HoldMeeting>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let hold = || Command::Hold {
        starts_on: body.value.starts_on,
        ends_on: body.value.ends_on,
        today: dates::today(),
    };
    let named = Named::default();
    change(&services, &caller, &meeting, &body.bytes, &[], &named, hold).await
}

/// Why a meeting will not take place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelMeeting {
    /// Why; shown to the Secretariat only.
    reason: NewWords,
}

/// Cancels a meeting that was not held yet.
#[utoipa::path(tag = "meetings", request_body = CancelMeeting, responses((status = 200, body = MeetingView)))]
#[post("/v1/meetings/{meeting}/cancellation")]
pub async fn cancel_meeting(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<CancelMeeting>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let cancel = || Command::Cancel {
        reason: reason.clone(),
    };
    let named = Named::default();
    change(
        &services,
        &caller,
        &meeting,
        &body.bytes,
        &contents,
        &named,
        cancel,
    )
    .await
}

/// An item of the agenda.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAgendaItem {
    /// As people cite it. An item that has this number already is replaced.
    #[schema(example = "8")]
    number: String,
    /// What it is about.
    title: Texts,
}

/// Records an item of a meeting's agenda.
#[utoipa::path(tag = "meetings", request_body = RecordAgendaItem, responses((status = 200, body = MeetingView)))]
#[post("/v1/meetings/{meeting}/agenda-items")]
pub async fn record_agenda_item(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<RecordAgendaItem>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let record = || {
        Command::RecordAgendaItem(AgendaItemRecorded {
            number: body.value.number.clone(),
            title: body.value.title.clone(),
        })
    };
    let named = Named::default();
    change(
        &services,
        &caller,
        &meeting,
        &body.bytes,
        &[],
        &named,
        record,
    )
    .await
}

/// What came of a meeting: at least one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordOutcome {
    /// The revisions of instruments that it designed or revised.
    #[serde(default)]
    revisions: Vec<NewRevisionMade>,
    /// Its decision, resolution or declaration, as people cite it.
    #[schema(example = "Bangkok Declaration")]
    decision: Option<String>,
    /// A summary, which everybody may read.
    summary: Option<NewWords>,
}

/// A revision of an instrument.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRevisionMade {
    /// The instrument.
    #[schema(value_type = Uuid)]
    instrument: InstrumentId,
    /// 1, 2, 3 within it.
    revision: u32,
}

/// Records what came of a meeting that was held, in place of what was recorded before.
#[utoipa::path(tag = "meetings", request_body = RecordOutcome, responses((status = 200, body = MeetingView)))]
#[post("/v1/meetings/{meeting}/outcome")]
pub async fn record_outcome(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<RecordOutcome>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let new = &body.value;
    let mut contents = Vec::new();
    let summary = match &new.summary {
        Some(words) => Some(words.as_answer(&mut contents)?),
        None => None,
    };
    let named = Named {
        instruments: new.revisions.iter().map(|made| made.instrument).collect(),
        ..Named::default()
    };
    let record = || Command::RecordOutcome {
        revisions: new
            .revisions
            .iter()
            .map(|made| RevisionMade {
                instrument: made.instrument,
                revision: made.revision,
            })
            .collect(),
        decision: new.decision.clone(),
        summary: summary.clone(),
    };
    change(
        &services,
        &caller,
        &meeting,
        &body.bytes,
        &contents,
        &named,
        record,
    )
    .await
}

/// How it stands with resources.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordResources {
    /// sought, secured, not_available
    #[schema(value_type = String)]
    pub(in crate::http) resources: ResourcesState,
    /// The day from which it is so: not still to come, nor before that of the record before.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    pub(in crate::http) on: Date,
}

/// Records how it stands with the extrabudgetary resources that a meeting is subject to.
#[utoipa::path(tag = "meetings", request_body = RecordResources, responses((status = 200, body = MeetingView)))]
#[put("/v1/meetings/{meeting}/resources")]
pub async fn record_meeting_resources(
    caller: Caller,
    meeting: web::Path<String>,
    body: Body<RecordResources>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let record = || Command::RecordResources {
        resources: MeetingResourcesRecorded {
            resources: body.value.resources,
            on: body.value.on,
        },
        today: dates::today(),
    };
    let named = Named::default();
    change(
        &services,
        &caller,
        &meeting,
        &body.bytes,
        &[],
        &named,
        record,
    )
    .await
}
