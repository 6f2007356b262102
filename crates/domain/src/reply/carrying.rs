//! Answers of the last round are carried over, and confirmed: until then nobody has answered.

use super::super::fault::{self, Fault, pointer};
use super::super::questionnaire::{Change, Form};
use super::super::size;
use super::previous::PreviousAnswers;
use super::saving::{self, AnswerChange, NewValue};
use super::{Context, Event, Refusal, Reply, ReplyCapacity, ReplyCarriedOver, capacity};

/// The most addresses that one event carries over.
const MAX_CARRIED: usize = 2_000;

/// A part of a questionnaire: what is named, or all of it where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Addresses of questions, rows, entries, fields; with them what is within them.
    pub addresses: Option<Vec<String>>,
    /// Codes of sections.
    pub sections: Option<Vec<String>>,
}

impl Selection {
    const fn is_all(&self) -> bool {
        self.addresses.is_none() && self.sections.is_none()
    }

    /// The faults of what names nothing that is asked.
    fn faults(&self, form: &Form) -> Vec<Fault> {
        let addresses = self.addresses.iter().flatten().enumerate();
        let addresses = addresses.filter(|(_, address)| !form.names(address));
        let addresses = addresses.map(|(index, address)| {
            let fault = fault::NO_SUCH_QUESTION.at(pointer("/addresses", index));
            fault.arg("code", address)
        });
        let sections = self.sections.iter().flatten().enumerate();
        let sections = sections.filter(|(_, code)| {
            let all = form.sections.iter();
            !all.flat_map(|section| section.with_inner())
                .any(|section| section.code == **code)
        });
        let sections = sections.map(|(index, code)| {
            let fault = fault::NO_SUCH_SECTION.at(pointer("/sections", index));
            fault.arg("code", code)
        });
        addresses.chain(sections).collect()
    }

    fn includes(&self, form: &Form, address: &str) -> bool {
        let is_named = |named: &String| {
            let rest = address.strip_prefix(named.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        self.is_all()
            || self.addresses.iter().flatten().any(is_named)
            || self.sections.iter().flatten().any(|code| {
                let sections = form
                    .sections
                    .iter()
                    .flat_map(|section| section.with_inner());
                let mut named = sections.filter(|section| section.code == *code);
                let question = address.split('.').next().unwrap_or_default();
                named.any(|section| section.all_questions().any(|asked| asked.code == question))
            })
    }
}

pub(super) fn carry_over(
    reply: &Reply,
    context: &Context,
    selection: &Selection,
) -> Result<Vec<Event>, Refusal> {
    let previous = previous(reply, context)?;
    let candidates = previous.iter().filter(|(_, answer)| answer.can_be_carried);
    let blank = candidates.filter(|(address, _)| {
        !reply.answers.contains_key(*address) && !reply.carried.contains(*address)
    });
    let chosen = chosen(context, selection, blank.map(|(address, _)| address))?;
    let parts = size::parts(chosen, MAX_CARRIED).into_iter();
    Ok(parts
        .map(|addresses| ReplyCarriedOver { addresses }.into())
        .collect())
}

/// What is confirmed is answered, as if it had been typed; what cannot be any more is carried over no longer.
pub(super) fn confirm(
    reply: &Reply,
    context: &Context,
    selection: &Selection,
) -> Result<Vec<Event>, Refusal> {
    let previous = previous(reply, context)?;
    let carried = reply.carried.iter().map(String::as_str);
    let chosen = chosen(context, selection, carried)?;
    let (mut changes, mut gone) = (Vec::new(), Vec::new());
    for code in chosen {
        match previous.get(&code).filter(|held| held.can_be_carried) {
            Some(answer) => changes.push(AnswerChange {
                value: NewValue::Becomes(answer.value.clone()),
                flags: Change::Becomes(answer.flags_taken(&context.form, &code)),
                comment: Change::Stays,
                code,
            }),
            // Its words were redacted meanwhile, or the field takes it no more: there is nothing to confirm.
            None => gone.push(code),
        }
    }
    saving::save(reply, &context.form, changes, gone)
}

fn previous<'a>(reply: &Reply, context: &'a Context) -> Result<&'a PreviousAnswers, Refusal> {
    if reply.previous.is_empty() {
        return Err(Refusal::NoPreviousRound);
    }
    let previous = context.previous.as_deref();
    previous.ok_or(Refusal::NoPreviousRound)
}

/// What of these is selected, and the caller's to answer: a contributor who names nothing means its own sections.
fn chosen<'a>(
    context: &Context,
    selection: &Selection,
    candidates: impl Iterator<Item = &'a str>,
) -> Result<Vec<String>, Refusal> {
    let form = &context.form;
    fault::none(selection.faults(form)).map_err(Refusal::UnknownQuestion)?;
    let selected = candidates.filter(|address| selection.includes(form, address));
    let mut selected: Vec<String> = selected.map(str::to_owned).collect();
    if let ReplyCapacity::Contributor(person) = context.hand {
        if selection.is_all() {
            selected.retain(|address| capacity::drafts(context, person, [address]).is_ok());
        }
        capacity::drafts(context, person, &selected)?;
    }
    Ok(selected)
}
