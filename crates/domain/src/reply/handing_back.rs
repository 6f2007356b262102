//! Sections between the focal point and its colleagues: a contributor hands one back when it has done its part, and the focal
//! point may return it. Both are signals of where the work stands, with a remark; neither keeps anybody from saving.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::super::PersonId;
use super::super::decider::one;
use super::super::fault;
use super::super::questionnaire::Form;
use super::super::words::Words;
use super::{Context, Event, Refusal, Reply, ReplyCapacity, review};

/// A contributor has done its part of a section, and hands it back to the focal point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionHandedBack {
    /// The section's code.
    pub section: String,
    /// Who hands it back. Several may answer a section, and each says so for itself.
    pub by: PersonId,
    /// What they have to say of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Words>,
}

/// The focal point returns a section to whoever handed it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionReturned {
    /// The section's code.
    pub section: String,
    /// To whom: all who had handed it back and still answer it.
    pub to: Vec<PersonId>,
    /// What is still to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Words>,
}

/// A section that a contributor handed back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandBack {
    /// What they had to say of it.
    pub remark: Option<Words>,
    /// How it was returned to them, if it was.
    pub returned: Option<Return>,
}

/// How a section was returned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Return {
    /// What the focal point had to say of it.
    pub remark: Option<Words>,
}

/// The sections that were handed back since the reply was submitted last, each with by whom.
pub type HandBacks = Arc<BTreeMap<(String, PersonId), HandBack>>;

impl Reply {
    /// Who has handed a section back and waits for the focal point.
    pub fn handed_back<'a>(&'a self, section: &'a str) -> impl Iterator<Item = PersonId> + 'a {
        let all = self.hand_backs.iter();
        let standing = all.filter(move |((of, _), held)| of == section && held.returned.is_none());
        standing.map(|((_, person), _)| *person)
    }

    pub(super) fn note_hand_back(&mut self, event: &SectionHandedBack) {
        let held = HandBack {
            remark: event.remark.clone(),
            returned: None,
        };
        let key = (event.section.clone(), event.by);
        Arc::make_mut(&mut self.hand_backs).insert(key, held);
    }

    pub(super) fn note_return(&mut self, event: &SectionReturned) {
        let all = Arc::make_mut(&mut self.hand_backs);
        for person in &event.to {
            if let Some(held) = all.get_mut(&(event.section.clone(), *person)) {
                held.returned = Some(Return {
                    remark: event.remark.clone(),
                });
            }
        }
    }
}

/// Who asks, who must answer the section: nobody else hands it back, the focal point neither.
fn must_answer(context: &Context, section: &str) -> Result<PersonId, Refusal> {
    match context.hand {
        ReplyCapacity::Contributor(person) if answers(context, person, section) => Ok(person),
        ReplyCapacity::FocalPoint(_)
        | ReplyCapacity::Contributor(_)
        | ReplyCapacity::Secretariat => Err(Refusal::NotContributor),
    }
}

fn answers(context: &Context, person: PersonId, section: &str) -> bool {
    let admitted = context.delegation.contributors.get(&person);
    admitted.is_some_and(|admitted| admitted.sections.contains(section))
}

pub(super) fn hand_back(
    reply: &Reply,
    context: &Context,
    section: String,
    remark: Option<Words>,
) -> Result<Vec<Event>, Refusal> {
    must_exist(&context.form, &section)?;
    let by = must_answer(context, &section)?;
    if reply.handed_back(&section).any(|person| person == by) {
        return Err(Refusal::SectionAlreadyHandedBack);
    }
    must_say(remark.as_ref())?;
    Ok(one(SectionHandedBack {
        section,
        by,
        remark,
    }))
}

pub(super) fn give_back(
    reply: &Reply,
    context: &Context,
    section: String,
    remark: Option<Words>,
) -> Result<Vec<Event>, Refusal> {
    must_exist(&context.form, &section)?;
    let all = reply.handed_back(&section);
    let to: Vec<PersonId> = all
        .filter(|person| answers(context, *person, &section))
        .collect();
    if to.is_empty() {
        return Err(Refusal::SectionNotHandedBack);
    }
    must_say(remark.as_ref())?;
    Ok(one(SectionReturned {
        section,
        to,
        remark,
    }))
}

/// A remark may be left out; one that is there says something.
fn must_say(remark: Option<&Words>) -> Result<(), Refusal> {
    remark.map_or(Ok(()), |remark| review::remark(remark, "/remark/text"))
}

fn must_exist(form: &Form, section: &str) -> Result<(), Refusal> {
    if form.sections.iter().any(|held| held.code == section) {
        return Ok(());
    }
    let fault = fault::NO_SUCH_SECTION.at("/section");
    Err(Refusal::UnknownSection(vec![fault.arg("code", section)]))
}
