//! What is planned of a project, as it arrives, and what a decision on it reads.

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;

use super::contribution_input::NewMoney;
use super::dates;
use super::naming;
use super::parties::party_id;
use super::schemas::ByLanguage;
use crate::desk::{DeskError, Reads};
use crate::domain::party::Party;
use crate::domain::project::{Context, NewPlan};
use crate::domain::reply::Reply;
use crate::domain::request::Request;
use crate::domain::{NeedId, ReplyId, RequestId, Texts};

/// What is planned, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPlan {
    /// What it is called.
    #[schema(value_type = ByLanguage)]
    title: Texts,
    /// The accepted requests that it answers.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    requests: Vec<RequestId>,
    /// The needs that it meets.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    needs: Vec<NeedId>,
    /// The submitted replies that it rests on.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    replies: Vec<ReplyId>,
    /// What it is to cost, each currency once.
    #[serde(default)]
    budget: Vec<NewMoney>,
    /// Whether it is for a country after a conflict; then it has at least one partner.
    #[serde(default)]
    post_conflict: bool,
    /// The codes or ids of the entities of the United Nations system and intergovernmental organizations that take part.
    #[serde(default)]
    partners: Vec<String>,
    /// When it is to begin.
    #[serde(default, deserialize_with = "dates::read_some_day")]
    #[schema(value_type = Option<String>, format = Date)]
    starts_on: Option<Date>,
    /// When it is to end.
    #[serde(default, deserialize_with = "dates::read_some_day")]
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Date>,
}

impl ProjectPlan {
    /// What is planned.
    pub(super) fn read(&self) -> NewPlan {
        NewPlan {
            title: self.title.clone(),
            requests: self.requests.clone(),
            needs: self.needs.clone(),
            replies: self.replies.clone(),
            budget: self.budget.iter().map(NewMoney::read).collect(),
            post_conflict: self.post_conflict,
            partners: self.partners.iter().map(|named| party_id(named)).collect(),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}

/// What a decision reads of what a plan names: everything is guarded.
///
/// # Errors
/// [`DeskError::Read`].
pub async fn context(reads: &mut Reads<'_>, plan: Option<&NewPlan>) -> Result<Context, DeskError> {
    let mut context = Context::default();
    let Some(plan) = plan else {
        return Ok(context);
    };
    for id in &plan.partners {
        if let Some(party) = reads.state::<Party>(id.0).await?.as_ref() {
            context.parties.insert(*id, party.kind);
        }
    }
    for id in &plan.requests {
        if let Some(request) = reads.state::<Request>(id.0).await?.as_ref() {
            context.requests.insert(*id, request.status);
        }
    }
    for id in &plan.needs {
        if let Some((_, status)) = naming::need(reads, *id).await? {
            context.needs.insert(*id, status);
        }
    }
    for id in &plan.replies {
        let reply = reads.state::<Reply>(id.0).await?;
        if reply.as_ref().as_ref().is_some_and(Reply::counts) {
            context.replies.insert(*id);
        }
    }
    Ok(context)
}
