//! What States send on paper and the Secretariat enters for them: needs outside of any reply, and requests.

use actix_web::{HttpResponse, web};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::assistance::requesting::{self, MakeRequest};
use crate::http::assistance::requests::RequestView;
use crate::http::handling::dates;
use crate::http::handling::path_id::party_id;
use crate::http::handling::write::Write;
use crate::http::needs;
use crate::http::needs::input::NewNeed;
use crate::http::needs::view::NeedView;
use crate::http::problem::Problem;
use domain::NeedId;
use domain::comment::EnteredOnBehalf;
use domain::need::{Command, Need};

/// A need that a State indicates on paper.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReceivedNeed {
    /// The need.
    need: NewNeed,
    /// The note or letter that it comes from, as one cites it.
    source: String,
    /// The day on which that was received.
    #[serde(deserialize_with = "dates::read_day")]
    received_on: Date,
}

/// Enters a need that a State indicates on paper, outside of any reply. It is the State's own from then on.
#[utoipa::path(post, path = "/v1/parties/{party}/needs", tag = "needs", request_body = ReceivedNeed, responses((status = 201, body = NeedView)))]
pub async fn enter_need(
    mut write: Write<ReceivedNeed>,
    party: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let about = new.need.store(&mut write.contents)?;
    let enter = Command::Enter {
        party: party_id(&party),
        about,
        from: EnteredOnBehalf {
            source: new.source.clone(),
            received_on: new.received_on,
        },
        today: dates::today(),
    };
    let (id, hand) = (NeedId(clock::new_id()), write.caller.reply_capacity()?);
    let decided = write.decide_case::<Need>(id, &hand, enter);
    let decided = decided.await.map_err(|problem| {
        let in_need = |at: &str| match at {
            "/source" | "/received_on" => None,
            at => Some(format!("/need{at}")),
        };
        problem.remap_pointers(in_need)
    });
    needs::answer(&write.services, &write.caller, &decided?, true).await
}

/// A request that a State makes on paper.
#[derive(Debug, Deserialize, ToSchema)]
pub struct ReceivedRequest {
    /// The request.
    request: MakeRequest,
    /// The note or letter that it comes from, as one cites it.
    source: String,
    /// The day on which that was received: not before that of the request.
    #[serde(deserialize_with = "dates::read_day")]
    received_on: Date,
}

/// Enters a request that a State makes on paper, for needs of that State. Where the request bears no day, it is of the day on
/// which it was received.
#[utoipa::path(post, path = "/v1/parties/{party}/requests", tag = "requests", request_body = ReceivedRequest, responses((status = 201, body = RequestView)))]
pub async fn enter_request(
    mut write: Write<ReceivedRequest>,
    party: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let new = &write.body;
    let entered = EnteredOnBehalf {
        source: new.source.clone(),
        received_on: new.received_on,
    };
    let contents = &mut write.contents;
    let made = requesting::made(party_id(&party), &new.request, Some(entered), contents)?;
    let made = requesting::make(&write, made);
    made.await.map_err(|problem| {
        problem.remap_pointers(|at| match at {
            "/source" | "/received_on" => None,
            at => Some(format!("/request{at}")),
        })
    })
}
