//! What becomes of a need that is indicated: the Secretariat takes it up or not, its State shares it, it is met or lapses.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::RecordedDecision;
use crate::http::handling::dates;
use crate::http::handling::path_id::PathId;
use crate::http::handling::word_input::NewWords;
use crate::http::handling::write::Write;
use crate::http::needs::answer;
use crate::http::needs::view::NeedView;
use crate::http::problem::Problem;
use crate::http::rights::need as need_access;
use crate::http::schemas::Nothing;
use domain::need::{Command, Need, NeedLapsed, NeedMet, Sharing};
use domain::{NeedId, Words};
use event_log::NewContent;

/// Decides on a command to a need that is the caller's own party's, or any where the Secretariat calls.
pub(in crate::http) async fn decide<B>(
    write: &Write<B>,
    id: NeedId,
    command: Command,
) -> Result<RecordedDecision<Need>, Problem> {
    need_access::own(&write.services, &write.caller, id).await?;
    let hand = write.caller.reply_capacity()?;
    write.decide_case::<Need>(id, &hand, command).await
}

/// The same, answered with the need.
pub(in crate::http) async fn change<B>(
    write: &Write<B>,
    id: NeedId,
    command: Command,
) -> Result<HttpResponse, Problem> {
    let decided = decide(write, id, command).await?;
    answer(&write.services, &write.caller, &decided, false).await
}

fn stored(
    words: Option<&NewWords>,
    contents: &mut Vec<NewContent>,
) -> Result<Option<Words>, Problem> {
    words.map(|words| words.as_answer(contents)).transpose()
}

/// With whom a need is shared.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ShareNeed {
    /// nobody, donors, all
    with: Sharing,
}

/// Shares a need with donors or with all, or with nobody any longer. It holds at once, for what is read as of past
/// positions too; what others have read meanwhile cannot be taken back.
#[utoipa::path(put, path = "/v1/needs/{need}/sharing", tag = "needs", request_body = ShareNeed, responses((status = 200, body = NeedView)))]
pub async fn share_need(
    write: Write<ShareNeed>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    let with = write.body.with;
    change(&write, id, Command::Share { with }).await
}

/// Takes a need up as it stands.
#[utoipa::path(post, path = "/v1/needs/{need}/confirmation", tag = "needs", request_body(content = Nothing, description = "may be left out"),
    responses((status = 200, body = NeedView)))]
pub async fn confirm_need(
    write: Write<Nothing>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    change(&write, id, Command::Confirm).await
}

/// Into which need.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MergeNeed {
    /// The other need, of the same State, which stands for both from now on.
    into: Uuid,
}

/// Merges a need into another that says the same.
#[utoipa::path(post, path = "/v1/needs/{need}/merger", tag = "needs", request_body = MergeNeed, responses((status = 200, body = NeedView)))]
pub async fn merge_need(
    write: Write<MergeNeed>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    let into = NeedId(write.body.into);
    change(&write, id, Command::Merge { into }).await
}

/// Why a need is not taken up.
#[derive(Debug, Deserialize, ToSchema)]
pub struct DeclineNeed {
    /// Why.
    reason: NewWords,
}

/// Does not take a need up. No project and no accepted request may be about it; what is about it is given up first.
#[utoipa::path(post, path = "/v1/needs/{need}/declination", tag = "needs", request_body = DeclineNeed, responses((status = 200, body = NeedView)))]
pub async fn decline_need(
    mut write: Write<DeclineNeed>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    let reason = write.body.reason.as_answer(&mut write.contents)?;
    change(&write, id, Command::Decline { reason }).await
}

/// That a need is met.
#[derive(Debug, Deserialize, ToSchema)]
pub struct FulfilNeed {
    /// When: not still to come, nor before the project that met it was completed.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
    /// The completed project that met it, where one did.
    project: Option<Uuid>,
    /// What there is to say of it.
    note: Option<NewWords>,
}

/// Records that a need is met. Something must have been about it: a project, or a request that was accepted.
#[utoipa::path(post, path = "/v1/needs/{need}/fulfilment", tag = "needs", request_body = FulfilNeed, responses((status = 200, body = NeedView)))]
pub async fn fulfil_need(
    mut write: Write<FulfilNeed>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let met = NeedMet {
        on: new.on,
        project: new.project.map(Into::into),
        note: stored(new.note.as_ref(), &mut write.contents)?,
    };
    let today = dates::today();
    change(&write, id, Command::Meet { met, today }).await
}

/// That a need is there no longer.
#[derive(Debug, Deserialize, ToSchema)]
pub struct LapseNeed {
    /// When; not still to come.
    #[serde(deserialize_with = "dates::read_day")]
    on: Date,
    /// Why, where there is something to say.
    reason: Option<NewWords>,
}

/// Records that a need is there no longer, though nobody met it.
#[utoipa::path(post, path = "/v1/needs/{need}/lapse", tag = "needs", request_body = LapseNeed, responses((status = 200, body = NeedView)))]
pub async fn lapse_need(
    mut write: Write<LapseNeed>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    let lapsed = NeedLapsed {
        on: write.body.on,
        reason: stored(write.body.reason.as_ref(), &mut write.contents)?,
    };
    let today = dates::today();
    change(&write, id, Command::Lapse { lapsed, today }).await
}
