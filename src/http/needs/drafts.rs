//! Needs drafted beside a reply's answers. The reply's submission indicates them.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::DecisionError;
use crate::http::conditional;
use crate::http::handling::path_id::PathId;
use crate::http::handling::write::Write;
use crate::http::needs::answer;
use crate::http::needs::input::{EditNeed, NewNeed};
use crate::http::needs::life::{change, decide};
use crate::http::needs::view::NeedView;
use crate::http::problem::Problem;
use crate::http::rights::reply_actor::ReplyActor;
use crate::http::schemas::Nothing;
use domain::need::{Command, MAX_NEEDS, Need, Refusal};
use domain::{NeedId, ReplyId};

/// Drafts a need beside a reply's answers, as long as the reply takes them. The reply's submission indicates it.
#[utoipa::path(post, path = "/v1/replies/{reply}/needs", tag = "needs", request_body = NewNeed, responses((status = 201, body = NeedView)))]
pub async fn draft_need(
    mut write: Write<NewNeed>,
    PathId(reply): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&write.services, &write.caller);
    let acting = ReplyActor::on(services, caller, reply).await?;
    if !acting.held.sight.sees_drafts() {
        // How many are drafted is not told either.
        return Err(Problem::new("reply_not_entered"));
    }
    let about = write.body.store(&mut write.contents)?;
    let party = acting.held.party;
    let hand = caller.reply_capacity()?;
    let request = write.request();
    // The first number that is free; where somebody else takes it meanwhile, the next.
    for number in 1..=MAX_NEEDS + 1 {
        let id = services.desk.ids().need(reply, number);
        let is_taken = services
            .desk
            .load::<Need>(id.0, false)
            .await?
            .state
            .is_some();
        if is_taken && number <= MAX_NEEDS {
            continue;
        }
        let draft = Command::Draft {
            party,
            reply,
            number,
            about: about.clone(),
        };
        let desk = &services.desk;
        let decided = desk.decide::<Need>(&request, id.0, &hand, draft, &write.contents);
        match decided.await {
            Err(DecisionError::Refused(Refusal::NeedAlreadyExists)) => {}
            decided => return answer(services, caller, &decided?, true).await,
        }
    }
    Err(Problem::new("too_many_needs"))
}

/// Puts a draft otherwise.
#[utoipa::path(patch, path = "/v1/needs/{need}", tag = "needs", request_body = EditNeed, responses((status = 200, body = NeedView)))]
pub async fn edit_need(
    mut write: Write<EditNeed>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    let changes = write.body.store(&mut write.contents)?;
    change(&write, id, Command::Edit(changes)).await
}

/// A draft that was given up.
#[derive(Debug, Serialize, ToSchema)]
pub struct DroppedNeed {
    /// The need.
    need: Uuid,
    /// The position at which it was given up.
    position: u64,
}

/// Gives a draft up.
#[utoipa::path(delete, path = "/v1/needs/{need}", tag = "needs", responses((status = 200, body = DroppedNeed)))]
pub async fn drop_need(
    write: Write<Nothing>,
    PathId(id): PathId<NeedId>,
) -> Result<HttpResponse, Problem> {
    let decided = decide(&write, id, Command::Drop).await?;
    let view = DroppedNeed {
        need: decided.stream,
        position: decided.now.position,
    };
    Ok(conditional::write_answer(None, view.position, &view))
}
