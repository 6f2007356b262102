//! Needs drafted beside a reply's answers. The reply's submission indicates them.

use actix_web::{HttpResponse, delete, patch, post, web};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::desk::DeskError;
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional;
use crate::http::needs::access::{Matter, context};
use crate::http::needs::answer;
use crate::http::needs::input::{EditNeed, NewNeed};
use crate::http::needs::life::{About, change};
use crate::http::needs::view::NeedView;
use crate::http::problem::Problem;
use crate::http::replies::acting::Acting;
use crate::http::schemas::Nothing;
use crate::http::services::Services;
use domain::need::{Command, MAX_NEEDS, Need};

/// Drafts a need beside a reply's answers, as long as the reply takes them. The reply's submission indicates it.
#[utoipa::path(tag = "needs", request_body = NewNeed, responses((status = 201, body = NeedView)))]
#[post("/v1/replies/{reply}/needs")]
pub async fn draft_need(
    caller: Caller,
    reply: web::Path<String>,
    body: Body<NewNeed>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let acting = Acting::on(&services, &caller, &reply).await?;
    if !acting.held.sight.sees_drafts() {
        // How many are drafted is not told either.
        return Err(Problem::new("reply_not_entered"));
    }
    let mut contents = Vec::new();
    let about = body.value.store(&mut contents)?;
    let (party, reply) = (acting.held.party, acting.id);
    let hand = caller.hand()?;
    let request = caller.request(&body.bytes);
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
        let matter = Matter {
            id,
            reply: Some(reply),
            party,
            hand,
            into: None,
            project: None,
        };
        let draft = || Command::Draft {
            party,
            reply,
            number,
            about: about.clone(),
        };
        let decided = services.desk.decide_with::<Need>(
            &request,
            id.0,
            &contents,
            async |reads| context(reads, matter).await,
            draft,
        );
        match decided.await {
            Err(DeskError::Refused {
                code: "need_already_exists",
                ..
            }) => {}
            decided => return answer(&services, &caller, &decided?, true).await,
        }
    }
    Err(Problem::new("too_many_needs"))
}

/// Puts a draft otherwise.
#[utoipa::path(tag = "needs", request_body = EditNeed, responses((status = 200, body = NeedView)))]
#[patch("/v1/needs/{need}")]
pub async fn edit_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<EditNeed>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let mut contents = Vec::new();
    let changes = body.value.store(&mut contents)?;
    let edit = || Command::Edit(changes.clone());
    let decided = change(
        &services,
        &caller,
        &need,
        &body.bytes,
        &contents,
        About::default(),
        edit,
    )
    .await?;
    answer(&services, &caller, &decided, false).await
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
#[utoipa::path(tag = "needs", responses((status = 200, body = DroppedNeed)))]
#[delete("/v1/needs/{need}")]
pub async fn drop_need(
    caller: Caller,
    need: web::Path<String>,
    body: Body<Nothing>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let bytes = &body.bytes;
    let drop = || Command::Drop;
    let about = About::default();
    let decided = change(&services, &caller, &need, bytes, &[], about, drop).await?;
    let view = DroppedNeed {
        need: decided.stream,
        position: decided.now.position,
    };
    Ok(conditional::written(None, view.position, &view))
}
