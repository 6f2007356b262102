//! The needs that rows, entries and groups of a reply state: its submissions indicate each once, later versions update it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::need::{Need, NeedParticulars, Status};
use super::super::questionnaire::{MAX_STATED_NEEDS, NeedAnswer};
use super::super::{Ids, NeedId, PartyId, ReplyId, classification, need_types, size};
use super::{Event, Reply};

/// What a submission makes of the needs that the reply's rows, entries and groups state: the submission after it in the log is of this
/// version. Of what is stated as it was in the version before, nothing is said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyNeedsStated {
    /// The version that is submitted with it.
    pub version: u32,
    /// Whose needs they are.
    pub party: PartyId,
    /// Those that are stated for the first time, again or otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stated: Vec<StatedNeed>,
    /// Those that are stated no longer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ended: Vec<EndedNeed>,
}

/// A need as a version states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedNeed {
    /// The need.
    pub need: NeedId,
    /// The address of the row, the entry or the group.
    pub at: String,
    /// Where it stands from now on, where that changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// What is needed.
    #[serde(flatten)]
    pub about: NeedParticulars,
}

/// A need that a version states no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedNeed {
    /// The need.
    pub need: NeedId,
    /// Where it stands from now on; none where it was over before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// A need as the reply stated it last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldNeed {
    /// The address of the row, the entry or the group.
    pub at: String,
    /// What was said of it.
    pub about: NeedParticulars,
    /// Whether it is stated still.
    pub is_stated: bool,
}

code_enum! {
    /// What a submission makes of a need that the reply states, or stated.
    pub enum StatementChange as "NeedStatementChange" {
        /// It is indicated: for the first time, or again.
        Indicated = "indicated",
        /// What is said of it changes.
        Changed = "changed",
        /// It stays as it is.
        Unchanged = "unchanged",
        /// It is stated no longer.
        Ended = "ended",
    }
}

/// What a submission reads of others where the questionnaire states needs.
#[derive(Clone, Debug)]
pub struct StatingContext {
    /// The reply.
    pub reply: ReplyId,
    /// What makes the ids of needs.
    pub ids: Ids,
    /// Whether its party is a State: others indicate no need of their own.
    pub is_state: bool,
    /// The code of the instrument's category: what a need is about of which nothing else is said.
    pub category: String,
    /// Categories and standards.
    pub classification: Arc<classification::State>,
    /// Types of needs.
    pub types: Arc<need_types::State>,
    /// The needs that the reply stated before, as far as something was done with them.
    pub known: BTreeMap<NeedId, Need>,
}

impl Reply {
    /// What a submission would make of the needs that the answers state, in the order in which they are asked, and of those that
    /// they state no longer.
    pub fn stating(
        &self,
        context: &StatingContext,
        answers: &[NeedAnswer],
    ) -> Vec<(StatementChange, StatedNeed)> {
        let answers = if context.is_state { answers } else { &[] };
        let now = answers.iter();
        let mut now: Vec<_> = now.map(|answer| self.statement(context, answer)).collect();
        let held = self.stated.iter();
        let gone = held.filter(|(id, held)| {
            held.is_stated && !now.iter().any(|(_, stated)| stated.need == **id)
        });
        let gone: Vec<_> = gone
            .map(|(id, held)| (StatementChange::Ended, context.ended(*id, held)))
            .collect();
        now.extend(gone);
        now
    }

    fn statement(
        &self,
        context: &StatingContext,
        answer: &NeedAnswer,
    ) -> (StatementChange, StatedNeed) {
        let need = context.ids.stated_need(context.reply, &answer.at);
        let held = self.stated.get(&need);
        let about = context.about(answer, held.map(|held| &held.about));
        let is_stated = held.is_some_and(|held| held.is_stated);
        let known = context.known.get(&need);
        let stands = known.map_or(Status::Indicated, |known| known.status(true, false));
        let change = match held {
            Some(held) if held.is_stated && held.about == about => StatementChange::Unchanged,
            Some(held) if held.is_stated || stands.is_over() => StatementChange::Changed,
            Some(_) | None => StatementChange::Indicated,
        };
        let stated = StatedNeed {
            need,
            at: answer.at.clone(),
            // What was ended by hand while it was stated does not come back.
            status: Some(stands).filter(|stands| !is_stated && !stands.is_over()),
            about,
        };
        (change, stated)
    }

    /// A need that it states, or stated, as long as nothing was done with it.
    pub fn stated_need(&self, reply: ReplyId, need: NeedId) -> Option<Need> {
        let held = self.stated.get(&need)?;
        Some(Need::stated(self.party, reply, held.at.clone()))
    }

    /// The needs that its versions stated, as they did last.
    pub fn stated_needs(&self) -> impl Iterator<Item = (NeedId, &HeldNeed)> {
        self.stated.iter().map(|(need, held)| (*need, held))
    }

    pub(super) fn note_needs(&mut self, event: &ReplyNeedsStated) {
        let held = Arc::make_mut(&mut self.stated);
        for stated in &event.stated {
            self.needs.insert(stated.need);
            let now = HeldNeed {
                at: stated.at.clone(),
                about: stated.about.clone(),
                is_stated: true,
            };
            held.insert(stated.need, now);
        }
        for ended in &event.ended {
            self.needs.remove(&ended.need);
            if let Some(held) = held.get_mut(&ended.need) {
                held.is_stated = false;
            }
        }
    }
}

impl StatingContext {
    /// What is said of a need. A type that the list offered when it was chosen stays good until it is changed, and so does the category
    /// that a standard was in.
    fn about(&self, answer: &NeedAnswer, held: Option<&NeedParticulars>) -> NeedParticulars {
        let is_offered = self.types.offers(&answer.kind);
        let same = held.filter(|held| held.kind == answer.kind);
        let types_version = match same {
            Some(held) => held.types_version,
            None if is_offered => self.types.latest(),
            None => self.types.last_with(&answer.kind),
        };
        let same =
            held.filter(|held| answer.standard.is_some() && held.standard == answer.standard);
        let of_standard = || match (same, &answer.standard) {
            (Some(held), _) => held.category.clone(),
            (None, Some(standard)) => {
                let standard = self.classification.standards.get(standard);
                standard.map(|standard| standard.category.clone())
            }
            (None, None) => None,
        };
        let category = answer.category.clone().or_else(of_standard);
        NeedParticulars {
            category: Some(category.unwrap_or_else(|| self.category.clone())),
            standard: answer.standard.clone(),
            kind: answer.kind.clone(),
            types_version,
            urgency: answer.urgency,
            description: answer.remark.clone(),
            obstacle: None,
        }
    }

    fn ended(&self, need: NeedId, held: &HeldNeed) -> StatedNeed {
        let known = self.known.get(&need);
        let was_over = known.is_some_and(|known| known.status(true, false).is_over());
        StatedNeed {
            need,
            at: held.at.clone(),
            status: (!was_over).then_some(Status::Lapsed),
            about: held.about.clone(),
        }
    }
}

/// The events that record what a submission makes of the needs; none where it changes none.
pub(super) fn events(
    reply: &Reply,
    context: &StatingContext,
    version: u32,
    answers: &[NeedAnswer],
) -> Vec<Event> {
    let changes = reply.stating(context, answers).into_iter();
    let facts = changes.filter_map(|(change, stated)| match change {
        StatementChange::Unchanged => None,
        StatementChange::Indicated | StatementChange::Changed => {
            Some(Fact::Stated(Box::new(stated)))
        }
        StatementChange::Ended => Some(Fact::Ended(EndedNeed {
            need: stated.need,
            status: stated.status,
        })),
    });
    let parts = size::parts(facts.collect(), MAX_STATED_NEEDS).into_iter();
    let events = parts.map(|part| {
        let mut event = ReplyNeedsStated {
            version,
            party: reply.party,
            stated: Vec::new(),
            ended: Vec::new(),
        };
        for fact in part {
            match fact {
                Fact::Stated(stated) => event.stated.push(*stated),
                Fact::Ended(ended) => event.ended.push(ended),
            }
        }
        event.into()
    });
    events.collect()
}

#[derive(Serialize)]
#[serde(untagged)]
enum Fact {
    Stated(Box<StatedNeed>),
    Ended(EndedNeed),
}
