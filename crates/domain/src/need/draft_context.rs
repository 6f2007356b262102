//! The reply beside which a need is drafted: who may, and until when.

use std::sync::Arc;

use super::super::questionnaire::Form;
use super::super::{NeedId, reply};
use super::{Context, Refusal};

/// What a decision on a draft needs to know of its reply.
#[derive(Clone, Debug)]
pub struct DraftContext {
    /// Whether whoever asks may draft beside it now, or why not.
    pub may_draft: Result<(), reply::Refusal>,
    /// Whether a submission of the reply has named the need.
    pub is_named: bool,
    /// Whether it was given up together with the changes of the reply that it was drafted beside.
    pub is_dropped: bool,
    /// What the reply answers.
    pub form: Arc<Form>,
}

impl DraftContext {
    /// What the reply and what is decided on it with amount to. None where there is no such reply.
    pub fn for_need(need: NeedId, reply: &reply::State, context: &reply::Context) -> Option<Self> {
        let reply = reply.as_ref()?;
        Some(Self {
            may_draft: reply.may_draft_needs(context),
            is_named: reply.needs.contains(&need),
            is_dropped: reply.dropped.contains(&need),
            form: context.form.clone(),
        })
    }
}

/// The reply, where whoever asks may draft beside it now.
pub(super) fn open(context: &Context) -> Result<&DraftContext, Refusal> {
    let beside = context.beside.as_ref().ok_or(Refusal::UnknownReply)?;
    match &beside.may_draft {
        Ok(()) => Ok(beside),
        Err(reply::Refusal::CollectionClosed) => Err(Refusal::CollectionClosed),
        Err(reply::Refusal::ReplySubmitted) => Err(Refusal::ReplySubmitted),
        Err(reply::Refusal::ReplyEntered) => Err(Refusal::ReplyEntered),
        Err(reply::Refusal::ReplyNotEntered) => Err(Refusal::ReplyNotEntered),
        Err(_) => Err(Refusal::NotFocalPoint),
    }
}
