//! Which events are withheld. A draft is its party's alone, and so is what was saved, attached and written down for it: the log
//! holds each step of that, and others learn what was submitted.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::rights::hand_back::HandBackSight;
use crate::http::rights::need as need_access;
use crate::http::rights::reply as reply_access;
use crate::http::rights::sight::Sight;
use crate::http::services::Services;
use crate::reading::needs::Drafts;
use crate::reading::replies::SAVED;
use access::Role;
use domain::ReplyId;
use domain::delegation::Delegation;
use domain::questionnaire::Form;
use domain::reply::Reply;
use event_log::StoredEvent;

/// What becomes of a need before it is indicated.
const DRAFTED: &[&str] = &["need_drafted", "need_edited", "need_dropped"];

/// Whether an event is withheld from the Secretariat, and from whoever else sees of a reply what was submitted.
pub(super) fn from_others(event: &StoredEvent) -> bool {
    let kind = event.kind.as_str();
    let is_secretariats = [Role::Administrator, Role::Officer]
        .iter()
        .any(|role| role.as_str() == event.actor.role);
    SAVED.contains(&kind) || (DRAFTED.contains(&kind) && !is_secretariats)
}

/// What is between the focal point and those who answer a section.
const PASSED: &[&str] = &["section_handed_back", "section_returned"];

/// What names the needs that are set aside or given back where the pen changes hands, as far as there are some: all of it is
/// withheld, or it would tell that there are.
const PEN: &[&str] = &["amendment_begun", "amendment_discarded"];

/// Whether the very event, as it is stored, is withheld from the Secretariat: also where it can name needs that were drafted.
pub(super) fn from_the_feed(event: &StoredEvent) -> bool {
    from_others(event) || PEN.contains(&event.kind.as_str())
}

/// The events of a reply, or of a need drafted beside one, of which the caller is told a part: that part, and how much of the
/// object they see.
pub(super) async fn visible_events(
    services: &Services,
    caller: &Caller,
    aggregate: &str,
    id: Uuid,
    until: u64,
) -> Result<(Option<Vec<StoredEvent>>, Sight), Problem> {
    let history = async || services.log().history(id, 0, until, i64::MAX).await;
    match aggregate {
        "reply" => {
            let seen = reply_access::visible(services, caller, ReplyId(id), true).await?;
            // What the Secretariat enters is told as little: beside it stands what its party had drafted.
            let sight = match caller.principal.role.is_secretariat() {
                true => Sight::Submitted,
                false => seen.sight.clone(),
            };
            let handed_back = hand_back_sight(services, caller, &seen).await?;
            if sight == Sight::Whole && handed_back == HandBackSight::All {
                return Ok((None, sight));
            }
            let asked = services.desk.form_of_reply(&seen, seen.asked).await?;
            let told = ReplyEventFilter {
                sight: &sight,
                handed_back,
                reply: &seen,
                asked: &asked,
            };
            let history = match sight {
                // Most of a reply's events are saves, of which nothing is told.
                Sight::Submitted => services.log().history_without(id, until, SAVED).await?,
                Sight::Whole | Sight::Sections(_) => history().await?,
            };
            Ok((Some(told.filter_events(history)), sight))
        }
        "need" if need_access::drafts_of(caller) != Drafts::All => {
            let mut events = history().await?;
            events.retain(|event| !from_others(event));
            Ok((Some(events), Sight::Submitted))
        }
        _ => Ok((None, Sight::Whole)),
    }
}

/// Of which sections the caller is told that they were handed back or returned.
async fn hand_back_sight(
    services: &Services,
    caller: &Caller,
    reply: &Reply,
) -> Result<HandBackSight, Problem> {
    let desk = &services.desk;
    let delegation = desk.ids().delegation(reply.collection, reply.party);
    let delegation = desk.load::<Delegation>(delegation.0, true).await?.state;
    Ok(HandBackSight::for_principal(&caller.principal, &delegation))
}

/// Those of the events that come after a position, each with its number among them all as its version. Pages go by position:
/// what is opened to the caller meanwhile changes the numbers.
pub(super) fn number_events(events: Vec<StoredEvent>, after: u64, rows: i64) -> Vec<StoredEvent> {
    let numbered = (1..)
        .zip(events)
        .map(|(version, event)| StoredEvent { version, ..event });
    let page = numbered.skip_while(|event| event.position <= after);
    page.take(usize::try_from(rows).unwrap_or(usize::MAX))
        .collect()
}

/// A reply's events as somebody is told them who sees so much of it.
struct ReplyEventFilter<'a> {
    sight: &'a Sight,
    /// Of which sections it is told that they were handed back or returned.
    handed_back: HandBackSight,
    reply: &'a Reply,
    asked: &'a Form,
}

impl ReplyEventFilter<'_> {
    /// Which of these events are told.
    fn filter_events(&self, events: Vec<StoredEvent>) -> Vec<StoredEvent> {
        let mut files = BTreeMap::new();
        let told = events
            .into_iter()
            .filter(|event| self.tells(event, &mut files));
        told.collect()
    }

    fn tells(&self, event: &StoredEvent, files: &mut BTreeMap<String, bool>) -> bool {
        if PASSED.contains(&event.kind.as_str()) {
            let section = event.data["section"].as_str();
            return section.is_some_and(|section| self.handed_back.tells(section));
        }
        match self.sight {
            Sight::Whole => true,
            Sight::Submitted => !from_others(event),
            Sight::Sections(_) => self.concerns_its_sections(event, files),
        }
    }

    /// Whether an event concerns nothing but the sections that are seen, or the reply as such. `files` are those seen so far,
    /// by id.
    fn concerns_its_sections(
        &self,
        event: &StoredEvent,
        files: &mut BTreeMap<String, bool>,
    ) -> bool {
        let data = &event.data;
        let reads = |code: Option<&str>| self.sight.reads(self.asked, code);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        match event.kind.as_str() {
            "reply_answered" => {
                let answers = data["answers"].as_array().into_iter().flatten();
                answers
                    .into_iter()
                    .all(|answer| reads(answer["code"].as_str()))
            }
            "reply_carried_over" => {
                let addresses = data["addresses"].as_array().into_iter().flatten();
                addresses.into_iter().all(|address| reads(address.as_str()))
            }
            "reply_cleared" => {
                let codes = data["codes"].as_array().into_iter().flatten();
                codes.into_iter().all(|code| reads(code.as_str()))
            }
            "reply_evaluated" => {
                let calculated = data["calculated"].as_array().into_iter().flatten();
                let calculated = calculated.map(|answer| &answer["code"]);
                let irrelevant = data["irrelevant"].as_array().into_iter().flatten();
                irrelevant
                    .chain(calculated)
                    .all(|address| reads(address.as_str()))
            }
            "reply_file_attached" => {
                let is_read = reads(data["question"].as_str());
                files.extend(text(&data["file"]).map(|file| (file, is_read)));
                is_read
            }
            "reply_file_removed" => {
                let is_read = text(&data["file"]).and_then(|file| files.get(&file).copied());
                is_read.unwrap_or(false)
            }
            // Needs are for whoever sees the rest of the reply.
            "reply_files_deleted" | "reply_needs_stated" => false,
            "clarification_requested" => reads(data["question"].as_str()),
            "clarification_answered" | "clarification_withdrawn" => {
                let number = data["clarification"].as_u64();
                let number = number.and_then(|number| u32::try_from(number).ok());
                let asked = number.and_then(|number| self.reply.clarifications.get(&number));
                asked.is_some_and(|asked| reads(asked.question.as_deref()))
            }
            _ => true,
        }
    }
}
