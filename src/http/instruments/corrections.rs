//! Corrections of an approved revision, which stand by the same approval.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::conditional;
use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::instruments::revisions::FrozenRevision;
use crate::http::problem::Problem;
use domain::InstrumentId;
use domain::instrument::{Command, Event, Instrument};

/// Why an approved revision is corrected.
#[derive(Debug, Deserialize, ToSchema)]
pub struct CorrectInstrument {
    /// What was wrong, in at most 1,000 characters.
    reason: NewWords,
}

/// Freezes the draft as a correction of the latest revision, which is approved: it says better, and allows more, what that asks,
/// and stands by the same approval. Refused, with every place, where it goes further: that is a revision as any other. Open
/// collections can move to it.
#[utoipa::path(post, path = "/v1/instruments/{instrument}/corrections", tag = "instruments", request_body = CorrectInstrument, responses((status = 201, body = FrozenRevision)))]
pub async fn correct_instrument(
    mut write: Write<CorrectInstrument>,
    PathId(id): PathId<InstrumentId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    let decided = write.decide::<Instrument>(id, Command::Correct { reason });
    let decided = decided.await?;
    let revised = decided.events.iter().find_map(|event| match event {
        Event::InstrumentRevised(revised) => Some(revised),
        _ => None,
    });
    let revised = revised.ok_or(Problem::new("internal"))?;
    let view = FrozenRevision::from_event(id, revised, Vec::new());
    let location = format!("/v1/instruments/{id}/revisions/{}", revised.revision);
    Ok(conditional::write_answer(
        Some(location),
        decided.now.position,
        &view,
    ))
}
