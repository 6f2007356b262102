//! What a public object names that is not public: needs, requests and replies. Who may not see one learns that there is one,
//! and no more.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::assistance::requests;
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::rights::need as need_access;
use crate::http::rights::reply as reply_access;
use crate::http::services::Services;
use domain::reply::Reply;
use domain::{NeedId, ReplyId, RequestId};

/// How many objects of each kind are named that the reader may not see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, ToSchema)]
pub struct WithheldView {
    /// Requests.
    requests: usize,
    /// Needs.
    needs: usize,
    /// Replies.
    replies: usize,
}

impl WithheldView {
    /// Whether something is.
    pub fn is_some(self) -> bool {
        self != Self::default()
    }
}

/// What of the named a caller sees: the tag of what shows it changes with it.
#[derive(Debug, Default, Hash)]
pub(in crate::http) struct VisibleReferences {
    pub requests: Vec<Uuid>,
    pub needs: Vec<Uuid>,
    pub replies: Vec<Uuid>,
    pub withheld: WithheldView,
}

impl VisibleReferences {
    /// Judges the caller's rights of now.
    pub async fn for_caller(
        services: &Services,
        caller: &Caller,
        requests: &[RequestId],
        needs: &[NeedId],
        replies: &[ReplyId],
    ) -> Result<Self, Problem> {
        let mut seen = Self::default();
        if caller.principal.role.is_secretariat() {
            seen.requests = requests.iter().map(|id| id.0).collect();
            seen.needs = needs.iter().map(|id| id.0).collect();
            seen.replies = replies.iter().map(|id| id.0).collect();
            return Ok(seen);
        }
        for id in requests {
            let is_seen = requests::visible(services, caller, *id).await;
            match Problem::optional(is_seen)?.is_some() {
                true => seen.requests.push(id.0),
                false => seen.withheld.requests += 1,
            }
        }
        for id in needs {
            let is_seen = need_access::visible(services, caller, *id).await;
            match Problem::optional(is_seen)?.is_some() {
                true => seen.needs.push(id.0),
                false => seen.withheld.needs += 1,
            }
        }
        for id in replies {
            let loaded = services.desk.load::<Reply>(id.0, true).await?;
            let reply = loaded.state.as_ref().as_ref();
            // What is published of it, everybody sees.
            let is_published = reply.is_some_and(|reply| reply.publication.is_some());
            let is_seen = reply_access::visible(services, caller, *id, false).await;
            match is_published || Problem::optional(is_seen)?.is_some() {
                true => seen.replies.push(id.0),
                false => seen.withheld.replies += 1,
            }
        }
        Ok(seen)
    }
}
