//! The reply beside which a need is drafted: who may, and until when.

use std::sync::Arc;

use super::super::questionnaire::Questionnaire;
use super::super::reply::Hand;
use super::super::{NeedId, collection, delegation, reply};
use super::{Context, Refusal};

/// What a decision on a draft needs to know of its reply.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Whether whoever asks acts as the focal point.
    pub is_focal_point: bool,
    /// Whether the collection takes replies.
    pub is_open: bool,
    /// Whether the reply takes changes.
    pub takes_changes: bool,
    /// Whether a submission of the reply has named the need.
    pub is_named: bool,
    /// What the reply answers.
    pub questionnaire: Arc<Questionnaire>,
}

impl Beside {
    /// What the states of the reply, its collection and its delegation amount to. `hand` is none for whoever acts not for
    /// the party. None where there is no such reply.
    pub fn of(
        need: NeedId,
        hand: Option<Hand>,
        reply: &reply::State,
        collection: &collection::State,
        delegation: &delegation::State,
        questionnaire: Arc<Questionnaire>,
    ) -> Option<Self> {
        let reply = reply.as_ref()?;
        let is_focal_point = match hand {
            Some(Hand::FocalPoint(person)) => delegation.is_focal_point(person, reply.begun_by),
            _ => false,
        };
        let is_open = collection
            .as_ref()
            .is_some_and(|collection| collection.status == collection::Status::Open);
        Some(Self {
            is_focal_point,
            is_open,
            takes_changes: reply.can_change(),
            is_named: reply.needs.contains(&need),
            questionnaire,
        })
    }
}

/// The reply, where whoever asks may draft beside it now.
pub(super) fn open(context: &Context) -> Result<&Beside, Refusal> {
    let beside = context.beside.as_ref().ok_or(Refusal::UnknownReply)?;
    if !beside.is_focal_point {
        return Err(Refusal::NotFocalPoint);
    }
    if !beside.is_open {
        return Err(Refusal::CollectionClosed);
    }
    if !beside.takes_changes {
        return Err(Refusal::ReplySubmitted);
    }
    Ok(beside)
}
