//! Whoever changes a reply: which one, as it is held, and in what capacity.

use crate::deciding::reply::{Precondition, ReplyCase};
use crate::desk::{Decision, Request};
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::rights::reply::{VisibleReply, visible};
use crate::http::rights::sight::Sight;
use crate::http::services::Services;
use domain::ReplyId;
use domain::reply::{Command, Reply};
use event_log::NewContent;

/// Somebody who acts on a reply for its party.
pub struct ReplyActor<'a> {
    services: &'a Services,
    /// In what capacity; and what If-Match names, where it is judged by what is told, since no more is seen.
    case: ReplyCase,
    /// The reply's id.
    pub id: ReplyId,
    /// The reply as this process knows it, as far as they see it; decisions look whether it still is so.
    pub held: VisibleReply,
}

impl<'a> ReplyActor<'a> {
    /// The caller, on this reply.
    ///
    /// # Errors
    /// `not_found`, for a reply of another party too; `not_allowed`.
    pub async fn on(services: &'a Services, caller: &Caller, id: ReplyId) -> Result<Self, Problem> {
        let held = visible(services, caller, id, false).await?;
        let hand = caller.reply_capacity()?;
        // A save of the party's is not told to whoever sees what was submitted, and so does not stand in its way.
        let precondition = match caller.if_match() {
            Some(positions) if held.sight == Sight::Submitted => {
                Precondition::Told(positions.to_vec())
            }
            _ => Precondition::Whole,
        };
        Ok(Self {
            held,
            case: ReplyCase { hand, precondition },
            services,
            id,
        })
    }

    /// The same, where If-Match is of the answer to one question.
    pub fn answering(mut self, question: &str, positions: &[u64]) -> Self {
        self.case.precondition = Precondition::Answer {
            question: question.to_owned(),
            positions: positions.to_vec(),
        };
        self
    }

    /// Decides on a command.
    ///
    /// # Errors
    /// [`DecisionError`](crate::desk::DecisionError).
    pub async fn decide(
        &self,
        mut request: Request,
        contents: &[NewContent],
        command: Command,
    ) -> Decision<Reply> {
        if !matches!(self.case.precondition, Precondition::Whole) {
            request.if_match = None;
        }
        let desk = &self.services.desk;
        desk.decide::<Reply>(&request, self.id.0, &self.case, command, contents)
            .await
    }
}
