//! What happens to a meeting after it was convened: seats, participants, agenda; moved, held or cancelled; its outcome.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::handling::dates;
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::meetings::change;
use crate::http::meetings::view::MeetingView;
use crate::http::problem::Problem;
use domain::meeting::{AgendaItemRecorded, Capacity, Command, Delegation, RevisionMade};
use domain::resources::ResourcesRecorded;
use domain::{MeetingId, Texts};

/// How many seats are shared out.
#[derive(Debug, Deserialize, ToSchema)]
pub struct AllocateSeats {
    /// 1 to 1000.
    #[schema(example = 40)]
    seats: u16,
}

/// Shares the seats of a meeting of experts out among the regional groups, in proportion to their seats on the Commission,
/// by the rule that `GET /v1/meetings/seats` states.
#[utoipa::path(put, path = "/v1/meetings/{meeting}/seats", tag = "meetings", request_body = AllocateSeats, responses((status = 200, body = MeetingView)))]
pub async fn allocate_seats(
    write: Write<AllocateSeats>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let seats = write.body.seats;
    change(&write, id, Command::AllocateSeats { seats }).await
}

/// Who takes part.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RecordParticipants {
    /// Each party and capacity once; the whole list, in place of the one before.
    participants: Vec<NewParticipant>,
}

/// A party that takes part, in a capacity.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewParticipant {
    /// The party's code or id.
    #[schema(example = "KEN")]
    party: String,
    /// expert, member, observer, secretariat
    capacity: Capacity,
    /// How many persons. They are counted, never named.
    persons: u16,
}

/// Records who takes part, or took part. Each party counts in its regional group of the meeting's first day.
#[utoipa::path(put, path = "/v1/meetings/{meeting}/participants", tag = "meetings", request_body = RecordParticipants, responses((status = 200, body = MeetingView)))]
pub async fn record_participants(
    write: Write<RecordParticipants>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let participants = write.body.participants.iter().map(|new| Delegation {
        party: party_id(&new.party),
        capacity: new.capacity,
        persons: new.persons,
    });
    let record = Command::RecordParticipants(participants.collect());
    change(&write, id, record).await
}

/// When and where a meeting is to be.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RescheduleMeeting {
    /// Its first day.
    #[serde(deserialize_with = "dates::read_day")]
    starts_on: Date,
    /// Its last day.
    #[serde(deserialize_with = "dates::read_day")]
    ends_on: Date,
    /// Where it meets; left out: where it was to meet before.
    place: Option<Texts>,
}

/// Moves a meeting that was not held yet.
#[utoipa::path(put, path = "/v1/meetings/{meeting}/dates", tag = "meetings", request_body = RescheduleMeeting, responses((status = 200, body = MeetingView)))]
pub async fn reschedule_meeting(
    write: Write<RescheduleMeeting>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let reschedule = Command::Reschedule {
        starts_on: write.body.starts_on,
        ends_on: write.body.ends_on,
        place: write.body.place.clone(),
    };
    change(&write, id, reschedule).await
}

/// When a meeting took place.
#[derive(Debug, Deserialize, ToSchema)]
pub struct HoldMeeting {
    /// The day on which it began.
    #[serde(deserialize_with = "dates::read_day")]
    starts_on: Date,
    /// The day on which it ended; not one that is still to come.
    #[serde(deserialize_with = "dates::read_day")]
    ends_on: Date,
}

/// Records that a meeting took place.
#[utoipa::path(post, path = "/v1/meetings/{meeting}/holding", tag = "meetings", request_body = HoldMeeting, responses((status = 200, body = MeetingView)))]
pub async fn hold_meeting(
    write: Write<HoldMeeting>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let hold = Command::Hold {
        starts_on: write.body.starts_on,
        ends_on: write.body.ends_on,
        today: dates::today(),
    };
    change(&write, id, hold).await
}

/// Why a meeting will not take place.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CancelMeeting {
    /// Why; shown to the Secretariat only.
    reason: NewWords,
}

/// Cancels a meeting that was not held yet.
#[utoipa::path(post, path = "/v1/meetings/{meeting}/cancellation", tag = "meetings", request_body = CancelMeeting, responses((status = 200, body = MeetingView)))]
pub async fn cancel_meeting(
    mut write: Write<CancelMeeting>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    change(&write, id, Command::Cancel { reason }).await
}

/// Records an item of a meeting's agenda.
#[utoipa::path(post, path = "/v1/meetings/{meeting}/agenda-items", tag = "meetings", request_body = AgendaItemRecorded, responses((status = 200, body = MeetingView)))]
pub async fn record_agenda_item(
    write: Write<AgendaItemRecorded>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let record = Command::RecordAgendaItem(write.body.clone());
    change(&write, id, record).await
}

/// What came of a meeting: at least one of the three.
#[derive(Debug, Deserialize, ToSchema)]
pub struct RecordOutcome {
    /// The revisions of instruments that it designed or revised.
    #[serde(default)]
    revisions: Vec<RevisionMade>,
    /// Its decision, resolution or declaration, as people cite it.
    #[schema(example = "Bangkok Declaration")]
    decision: Option<String>,
    /// A summary, which everybody may read.
    summary: Option<NewWords>,
}

/// Records what came of a meeting that was held, in place of what was recorded before.
#[utoipa::path(post, path = "/v1/meetings/{meeting}/outcome", tag = "meetings", request_body = RecordOutcome, responses((status = 200, body = MeetingView)))]
pub async fn record_outcome(
    mut write: Write<RecordOutcome>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let summary = new.summary.as_ref();
    let summary = summary.map(|words| words.as_answer(&mut write.contents));
    let record = Command::RecordOutcome {
        revisions: new.revisions.clone(),
        decision: new.decision.clone(),
        summary: summary.transpose()?,
    };
    change(&write, id, record).await
}

/// Records how it stands with the extrabudgetary resources that a meeting is subject to.
#[utoipa::path(put, path = "/v1/meetings/{meeting}/resources", tag = "meetings", request_body = ResourcesRecorded, responses((status = 200, body = MeetingView)))]
pub async fn record_meeting_resources(
    write: Write<ResourcesRecorded>,
    PathId(id): PathId<MeetingId>,
) -> Result<HttpResponse, Problem> {
    let record = Command::RecordResources {
        resources: write.body.clone(),
        today: dates::today(),
    };
    change(&write, id, record).await
}
