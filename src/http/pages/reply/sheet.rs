//! A reply in the hands of whoever looks at it or works on it: what is asked, what is answered, and what follows.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use actix_web::ResponseError;
use serde_json::Value;

use super::filled::{FilledForm, told_faults};
use crate::desk::PresentResource;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::replies::answer_output::shown_answers;
use crate::http::rights::reply::{VisibleReply, visible};
use crate::http::rights::sight::Sight;
use crate::reading::words;
use domain::collection::Collection;
use domain::delegation::Delegation;
use domain::questionnaire::{CheckRule, Form, Section, Verdict};
use domain::reply::{Command, PreviousAnswers, Reply};
use domain::{Fault, ReplyId, fault};

/// A reply as whoever asks for a page sees it, with what a submission would say of it.
pub struct ReplySheet {
    /// Which.
    pub id: ReplyId,
    /// The reply, as far as it is seen.
    pub seen: VisibleReply,
    /// What is asked.
    pub form: Arc<Form>,
    /// In which collection.
    pub collection: PresentResource<Collection>,
    /// What a submission would come to, as far as it is seen.
    pub verdict: Verdict,
    /// What is not asked.
    pub irrelevant: HashSet<String>,
    /// What the party answered in the last round.
    pub previous: PreviousAnswers,
    /// Who acts for the party.
    pub delegation: Arc<Delegation>,
    /// The checks, by the field at which each is explained.
    pub checks: HashMap<usize, Arc<CheckRule>>,
}

impl ReplySheet {
    /// A reply whose draft the visitor sees.
    ///
    /// # Errors
    /// `not_found`; `reply_not_entered` to whoever sees only what was submitted.
    pub async fn read(visitor: &Visitor, id: ReplyId) -> Result<Self, Problem> {
        let (services, caller) = (&visitor.services, &visitor.caller);
        let seen = visible(services, caller, id, true).await?;
        if !seen.sight.sees_drafts() {
            return Err(Problem::new("reply_not_entered"));
        }
        let desk = &services.desk;
        let form = desk.form_of_reply(&seen, seen.asked).await?;
        // What is seen of others' sections decides on one's own, so all is looked at, and then what is told.
        let whole = desk.load::<Reply>(id.0, false).await?;
        let whole = whole.state.as_ref().as_ref();
        let whole = whole.ok_or(Problem::not_found("reply"))?;
        let previous = desk.previous_answers(&whole.previous, whole.instrument, &form);
        let previous = previous.await?;
        let read = words::read(services.log().pool(), &form, &whole.answers).await?;
        let mut verdict = whole.verdict(&form, Some(&previous), &read);
        let is_told = |address: &str| seen.sight.reads(&form, Some(address));
        verdict
            .faults
            .retain(|fault| fault.pointer.strip_prefix("/answers/").is_none_or(is_told));
        verdict.irrelevant.retain(|address| is_told(address));
        verdict.calculated.retain(|answer| is_told(&answer.code));
        verdict.unoffered.retain(|(address, _)| is_told(address));
        let delegation = desk.ids().delegation(seen.collection, seen.party);
        let delegation = desk.load::<Delegation>(delegation.0, true).await?.state;
        let collection = services.fresh_collection(seen.collection).await?;
        Ok(Self {
            id,
            irrelevant: verdict.irrelevant.iter().cloned().collect(),
            checks: form.checks(),
            seen,
            form,
            collection,
            verdict,
            previous,
            delegation,
        })
    }

    /// Its sections that are seen, in order.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        let sections = self.form.sections.iter();
        sections.filter(|section| match &self.seen.sight {
            Sight::Sections(readable) => readable.contains(&section.code),
            Sight::Whole | Sight::Submitted => true,
        })
    }

    /// A section that is seen.
    ///
    /// # Errors
    /// `not_found`.
    pub fn section(&self, code: &str) -> Result<&Section, Problem> {
        let mut sections = self.sections();
        let found = sections.find(|section| section.code == code);
        found.ok_or(Problem::not_found("section"))
    }

    /// The section after one, as far as it is seen and asked.
    pub fn section_after(&self, code: &str) -> Option<&Section> {
        let sections = self.sections().skip_while(|section| section.code != code);
        sections.skip(1).find(|section| self.is_asked(section))
    }

    /// The form as it is filled in.
    pub fn filled(&self) -> FilledForm<'_> {
        FilledForm {
            form: &self.form,
            answers: &self.seen.answers,
            irrelevant: &self.irrelevant,
            checks: &self.checks,
        }
    }

    /// Whether anything of a section is asked as the answers stand.
    pub fn is_asked(&self, section: &Section) -> bool {
        self.filled().is_asked(section)
    }

    /// Why the visitor may not write in a section now; none, where they may. The decision on what they write looks again.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn obstacle(
        &self,
        visitor: &Visitor,
        section: &str,
    ) -> Result<Option<Problem>, Problem> {
        let Ok(hand) = visitor.caller.reply_capacity() else {
            return Ok(Some(Problem::not_found("reply")));
        };
        let mut fields = self.form.fields().iter();
        let of_section = fields.find(|field| {
            let held = field
                .section
                .and_then(|index| self.form.sections.get(index));
            held.is_some_and(|held| held.code == section) && !field.is_of_entries()
        });
        let save = Command::Save {
            answers: Vec::new(),
            clear: of_section
                .map(|field| field.address.to_string())
                .into_iter()
                .collect(),
        };
        let case = hand.into();
        let checked = visitor.services.desk.check::<Reply>(self.id.0, &case, save);
        match checked.await.map_err(Problem::from) {
            Ok(()) => Ok(None),
            // It was asked about a field that takes no value of its own.
            Err(problem) if matches!(problem.code(), "unknown_question" | "answers_faulty") => {
                Ok(None)
            }
            Err(problem) if problem.status_code().is_server_error() => Err(problem),
            Err(problem) => Ok(Some(problem)),
        }
    }

    /// The faults of a section, each with the address that it is at; those of what is blank only where it was checked.
    pub fn faults(&self, visitor: &Visitor, with_blank: bool) -> BTreeMap<String, Vec<String>> {
        told_faults(&self.verdict, visitor, with_blank)
    }

    /// Answers as the API shows them, by address.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn shown(
        &self,
        visitor: &Visitor,
        reply: &Reply,
        addresses: &[&str],
    ) -> Result<BTreeMap<String, Value>, Problem> {
        let (services, caller) = (&visitor.services, &visitor.caller);
        let (answers, _) = shown_answers(services, caller, reply, addresses).await?;
        Ok(answers)
    }
}

/// Whether a fault is that something is blank, or carried over and not confirmed: of that nobody is told who has only begun.
pub fn is_of_blank(of: &Fault) -> bool {
    [
        fault::REQUIRED_QUESTION_BLANK.code,
        fault::ANSWER_NOT_CONFIRMED.code,
    ]
    .contains(&of.code)
}
