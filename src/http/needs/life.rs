//! What becomes of a need that is indicated: the Secretariat takes it up or not, its State shares it, it is met or lapses.

use actix_web::{HttpResponse, post, put, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::Decided;
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::dates;
use crate::http::handling::word_input::NewWords;
use crate::http::needs::access::{self as need_access, Matter, context};
use crate::http::needs::answer;
use crate::http::needs::view::NeedView;
use crate::http::problem::Problem;
use crate::http::schemas::Nothing;
use crate::http::services::Services;
use domain::need::{Command, Need, NeedLapsed, NeedMet, Sharing};
use domain::{NeedId, ProjectId, Words};
use event_log::NewContent;

/// What else a command to a need is about.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::http) struct About {
    /// The need into which it is to be merged.
    pub into: Option<NeedId>,
    /// The project that is said to have met it.
    pub project: Option<ProjectId>,
}

/// Decides on a command to a need that is the caller's own party's, or any where the Secretariat calls.
pub(in crate::http) async fn change(
    services: &Services,
    caller: &Caller,
    need: &str,
    bytes: &[u8],
    contents: &[NewContent],
    about: About,
    command: impl Fn() -> Command,
) -> Result<Decided<Need>, Problem> {
    let held = need_access::own(services, caller, need).await?;
    let matter = Matter {
        id: held.id,
        reply: held.need.reply,
        party: held.need.party,
        hand: caller.hand()?,
        into: about.into,
        project: about.project,
    };
    let request = caller.request(bytes);
    let decided = services.desk.decide_with::<Need>(
        &request,
        held.id.0,
        contents,
        async |reads| context(reads, matter).await,
        command,
    );
    Ok(decided.await?)
}

fn stored(
    words: Option<&NewWords>,
    contents: &mut Vec<NewContent>,
) -> Result<Option<Words>, Problem> {
    words.map(|words| words.as_answer(contents)).transpose()
}

/// With whom a need is shared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareNeed {
    /// nobody, donors, all
    #[schema(value_type = String)]
    with: Sharing,
}

/// Shares a need with donors or with all, or with nobody any longer. It holds at once, for what is read as of past
/// positions too; what others have read meanwhile cannot be taken back.
#[utoipa::path(tag = "needs", request_body = ShareNeed, responses((status = 200, body = NeedView)))]
#[put("/v1/needs/{need}/sharing")]
pub async fn share_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<ShareNeed>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let share = || Command::Share {
        with: body.value.with,
    };
    let bytes = &body.bytes;
    let decided = change(
        &services,
        &caller,
        &need,
        bytes,
        &[],
        About::default(),
        share,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}

/// Takes a need up as it stands.
#[utoipa::path(tag = "needs", request_body(content = Nothing, description = "may be left out"),
    responses((status = 200, body = NeedView)))]
#[post("/v1/needs/{need}/confirmation")]
pub async fn confirm_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<Nothing>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let confirm = || Command::Confirm;
    let bytes = &body.bytes;
    let decided = change(
        &services,
        &caller,
        &need,
        bytes,
        &[],
        About::default(),
        confirm,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}

/// Into which need.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeNeed {
    /// The other need, of the same State, which stands for both from now on.
    into: Uuid,
}

/// Merges a need into another that says the same.
#[utoipa::path(tag = "needs", request_body = MergeNeed, responses((status = 200, body = NeedView)))]
#[post("/v1/needs/{need}/merger")]
pub async fn merge_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<MergeNeed>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let into = NeedId(body.value.into);
    let merge = || Command::Merge { into };
    let about = About {
        into: Some(into),
        ..About::default()
    };
    let bytes = &body.bytes;
    let decided = change(&services, &caller, &need, bytes, &[], about, merge).await?;
    answer(&services, &caller, &decided, false).await
}

/// Why a need is not taken up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineNeed {
    /// Why.
    reason: NewWords,
}

/// Does not take a need up. No project and no accepted request may be about it; what is about it is given up first.
#[utoipa::path(tag = "needs", request_body = DeclineNeed, responses((status = 200, body = NeedView)))]
#[post("/v1/needs/{need}/declination")]
pub async fn decline_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<DeclineNeed>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let reason = body.value.reason.as_answer(&mut contents)?;
    let decline = || Command::Decline {
        reason: reason.clone(),
    };
    let bytes = &body.bytes;
    let decided = change(
        &services,
        &caller,
        &need,
        bytes,
        &contents,
        About::default(),
        decline,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}

/// That a need is met.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FulfilNeed {
    /// When: not still to come, nor before the project that met it was completed.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// The completed project that met it, where one did.
    project: Option<Uuid>,
    /// What there is to say of it.
    note: Option<NewWords>,
}

/// Records that a need is met. Something must have been about it: a project, or a request that was accepted.
#[utoipa::path(tag = "needs", request_body = FulfilNeed, responses((status = 200, body = NeedView)))]
#[post("/v1/needs/{need}/fulfilment")]
pub async fn fulfil_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<FulfilNeed>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let new = &body.value;
    let met = NeedMet {
        on: new.on,
        project: new.project.map(Into::into),
        note: stored(new.note.as_ref(), &mut contents)?,
    };
    let meet = || Command::Meet {
        met: met.clone(),
        today: dates::today(),
    };
    let about = About {
        project: met.project,
        ..About::default()
    };
    let bytes = &body.bytes;
    let decided = change(&services, &caller, &need, bytes, &contents, about, meet).await?;
    answer(&services, &caller, &decided, false).await
}

/// That a need is there no longer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LapseNeed {
    /// When; not still to come.
    #[serde(deserialize_with = "dates::read_day")]
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Why, where there is something to say.
    reason: Option<NewWords>,
}

/// Records that a need is there no longer, though nobody met it.
#[utoipa::path(tag = "needs", request_body = LapseNeed, responses((status = 200, body = NeedView)))]
#[post("/v1/needs/{need}/lapse")]
pub async fn lapse_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<LapseNeed>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let lapsed = NeedLapsed {
        on: body.value.on,
        reason: stored(body.value.reason.as_ref(), &mut contents)?,
    };
    let lapse = || Command::Lapse {
        lapsed: lapsed.clone(),
        today: dates::today(),
    };
    let bytes = &body.bytes;
    let decided = change(
        &services,
        &caller,
        &need,
        bytes,
        &contents,
        About::default(),
        lapse,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
}
