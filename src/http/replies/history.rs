//! A reply's history: its submitted versions, what was asked about them, and the sections that were handed back, each with where
//! and when.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::desk::{StreamFold, stored};
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::rights::reply::visible;
use crate::http::rights::sight::Sight;
use crate::http::schemas::{AsOf, rfc3339};
use crate::http::services::Services;
use crate::reading::replies;
use domain::collection::{Collection, ReceiptTime};
use domain::questionnaire::Form;
use domain::reply::{Clarification, Event, HandBack, Outcome, Reply, State};
use domain::{Decider, PersonId, ReplyId, Words};
use event_log::{ReadError, StoredEvent};

/// A reply's history up to a position.
pub struct ReplyHistory {
    /// Its submitted versions, the first one first.
    pub versions: Vec<Version>,
    /// What was asked about them, in order.
    pub clarifications: Vec<NumberedClarification>,
    /// What was handed back since it was submitted last: not yet what the caller is told of that.
    pub hand_backs: Vec<ToldHandBack>,
    /// The position of the last event that is told.
    pub position: u64,
    /// The reply as it is then.
    pub now: Reply,
    /// How much of it is shown.
    pub sight: Sight,
}

/// A submitted version.
#[derive(Clone)]
pub struct Version {
    /// 1, 2, 3.
    pub version: u32,
    /// Where and when it was recorded.
    pub submitted: AsOf,
    /// When it was received.
    pub received: ReceiptTime,
    /// In which role it was submitted.
    pub role: String,
    /// By whom: a principal's id.
    pub submitted_by: Uuid,
    /// The reply as it was then.
    pub reply: Reply,
    /// Where and when it was accepted, if it was.
    pub accepted: Option<AsOf>,
    /// Where, when and, as far as it is told, why it was withdrawn, if it was.
    pub withdrawn: Option<(AsOf, Option<Words>)>,
}

/// A clarification.
#[derive(Clone)]
pub struct NumberedClarification {
    /// 1, 2, 3.
    pub number: u32,
    /// What is asked, and what became of it.
    pub clarification: Clarification,
    /// Where and when it was asked.
    pub asked: AsOf,
    /// Where and when it came to an end.
    pub ended: Option<AsOf>,
}

/// A section that was handed back.
#[derive(Clone)]
pub struct ToldHandBack {
    /// Its code.
    pub section: String,
    /// By whom.
    pub person: PersonId,
    /// What was said of it.
    pub hand_back: HandBack,
    /// Where and when.
    pub handed_back: AsOf,
    /// Where and when it was returned, if it was.
    pub returned: Option<AsOf>,
}

impl ReplyHistory {
    /// The history of a reply that the caller may see now, up to now or then.
    ///
    /// # Errors
    /// `not_found`, `before_it_existed`.
    pub async fn visible(
        services: &Services,
        caller: &Caller,
        id: ReplyId,
        as_of: Option<u64>,
    ) -> Result<Self, Problem> {
        let seen = visible(services, caller, id, true).await?;
        let mut history = Self::read(services, id, as_of).await?;
        if !seen.sight.sees_the_rest() {
            let asked = services.desk.form_of_reply(&seen, seen.asked).await?;
            history.show(&seen.sight, &asked);
        }
        if seen.sight == Sight::Submitted {
            let pool = services.log().pool();
            history.position =
                replies::last_told_position(pool, id.0, Some(history.position)).await?;
        }
        history.sight = seen.sight.clone();
        Ok(history)
    }

    /// Leaves what somebody sees who sees some sections only.
    fn show(&mut self, sight: &Sight, asked: &Form) {
        for version in &mut self.versions {
            version.reply = sight.show(&version.reply, asked);
            if let Some((_, reason)) = &mut version.withdrawn {
                *reason = None;
            }
        }
        self.clarifications
            .retain(|asked_of| sight.reads(asked, asked_of.clarification.question.as_deref()));
    }

    /// The history of a reply up to a position.
    ///
    /// # Errors
    /// `before_it_existed`.
    pub async fn read(
        services: &Services,
        id: ReplyId,
        until: Option<u64>,
    ) -> Result<Self, Problem> {
        let told = services.desk.folded::<HistoryBuilder>(id.0, until).await?;
        let mut told = HistoryBuilder::clone(&told);
        let now = told.state.ok_or(Problem::new("before_it_existed"))?;
        for asked in &mut told.clarifications {
            if let Some(said) = now.clarifications.get(&asked.number) {
                asked.clarification = said.clone();
            }
        }
        let places = |key: &(String, PersonId)| told.passed.get(key).cloned();
        let hand_backs = now.hand_backs.iter().filter_map(|(key, held)| {
            let (handed_back, returned) = places(key)?;
            Some(ToldHandBack {
                section: key.0.clone(),
                person: key.1,
                hand_back: held.clone(),
                handed_back,
                returned: returned.filter(|_| held.returned.is_some()),
            })
        });
        Ok(Self {
            hand_backs: hand_backs.collect(),
            versions: told.versions,
            clarifications: told.clarifications,
            position: told.position,
            now,
            sight: Sight::Whole,
        })
    }

    /// A version by its number.
    ///
    /// # Errors
    /// `not_found`.
    pub fn version(&self, number: &str) -> Result<&Version, Problem> {
        let number: Option<u32> = number.parse().ok();
        let mut versions = self.versions.iter();
        versions
            .find(|version| Some(version.version) == number)
            .ok_or(Problem::not_found("version"))
    }
}

impl ReplyHistory {
    /// Whether the reply came late: what was received first decides, as in figures. A version that answers a clarification
    /// after the deadline makes no reply late.
    pub fn is_late(&self, collection: &Collection) -> bool {
        self.versions
            .iter()
            .all(|version| version.is_late(collection))
    }
}

impl Version {
    /// Whether it itself came after its party's deadline.
    pub fn is_late(&self, collection: &Collection) -> bool {
        let deadline = collection.deadline_of(self.reply.party);
        deadline.is_over(self.received)
    }
}

#[derive(Clone, Default)]
struct HistoryBuilder {
    state: State,
    versions: Vec<Version>,
    clarifications: Vec<NumberedClarification>,
    /// Where sections were handed back last, and returned since.
    passed: BTreeMap<(String, PersonId), (AsOf, Option<AsOf>)>,
    position: u64,
}

impl StreamFold for HistoryBuilder {
    fn add(&mut self, stored: &StoredEvent) -> Result<(), ReadError> {
        let event = stored::event::<Reply>(stored)?;
        let at = AsOf {
            position: stored.position,
            time: Some(rfc3339(stored.time)),
        };
        self.position = stored.position;
        self.state = Reply::evolve(self.state.take(), &event);
        let Some(reply) = &self.state else {
            return Ok(());
        };
        match &event {
            Event::ReplySubmitted(submitted) => {
                let source = submitted.source.as_ref();
                self.versions.push(Version {
                    version: submitted.version,
                    submitted: at.clone(),
                    received: source.map_or(ReceiptTime::At(stored.time), |source| {
                        ReceiptTime::On(source.received_on)
                    }),
                    role: stored.actor.role.clone(),
                    submitted_by: stored.actor.principal,
                    reply: reply.as_submitted(),
                    accepted: None,
                    withdrawn: None,
                });
            }
            Event::ReplyAccepted(_) => {
                if let Some(last) = self.versions.last_mut() {
                    last.accepted = Some(at.clone());
                }
            }
            Event::ReplyWithdrawn(withdrawn) => {
                if let Some(last) = self.versions.last_mut() {
                    last.withdrawn = Some((at.clone(), Some(withdrawn.reason.clone())));
                }
            }
            Event::SectionHandedBack(event) => {
                let key = (event.section.clone(), event.by);
                self.passed.insert(key, (at.clone(), None));
            }
            Event::SectionReturned(event) => {
                for person in &event.to {
                    let key = (event.section.clone(), *person);
                    if let Some((_, returned)) = self.passed.get_mut(&key) {
                        *returned = Some(at.clone());
                    }
                }
            }
            Event::ClarificationRequested(asked) => {
                let said = reply.clarifications.get(&asked.clarification);
                self.clarifications
                    .extend(said.map(|said| NumberedClarification {
                        number: asked.clarification,
                        clarification: said.clone(),
                        asked: at.clone(),
                        ended: None,
                    }));
            }
            _ => {}
        }
        let is_open = |number: &u32| {
            let said = reply.clarifications.get(number);
            said.is_some_and(|said| said.outcome == Outcome::Open)
        };
        for asked in &mut self.clarifications {
            if asked.ended.is_none() && !is_open(&asked.number) {
                asked.ended = Some(at.clone());
            }
        }
        Ok(())
    }
}
