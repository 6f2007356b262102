//! Who may do what with a reply: the focal point everything, a contributor the sections that it was admitted to, the
//! Secretariat its review, and what it enters from paper.

use super::super::PersonId;
use super::super::collection::{self, Collection};
use super::super::delegation::Office;
use super::super::fault::{self, pointer};
use super::{Command, Context, Refusal, Reply, ReplyCapacity};

/// The person who asks, who must be the focal point, where `began` is who began the reply.
pub(super) fn focal_point(context: &Context, began: Option<PersonId>) -> Result<PersonId, Refusal> {
    match context.hand {
        ReplyCapacity::FocalPoint(person) if context.delegation.is_focal_point(person, began) => {
            Ok(person)
        }
        ReplyCapacity::FocalPoint(_)
        | ReplyCapacity::Contributor(_)
        | ReplyCapacity::Secretariat => Err(Refusal::NotFocalPoint),
    }
}

/// The person who asks, who must be able to begin the reply: the focal point who was named, or, where nobody ever was, one
/// of the party's who was not replaced elsewhere.
pub(super) fn beginner(context: &Context) -> Result<PersonId, Refusal> {
    if context.delegation.office == Office::Unfilled && context.is_replaced {
        return Err(Refusal::NotFocalPoint);
    }
    focal_point(context, None)
}

/// Refuses who may not do this.
pub(super) fn may(context: &Context, reply: &Reply, command: &Command) -> Result<(), Refusal> {
    match (context.hand, command) {
        (ReplyCapacity::Secretariat, command) => secretariat(reply, command),
        (
            _,
            Command::Clarify { .. }
            | Command::WithdrawClarification { .. }
            | Command::Accept { .. },
        ) => Err(Refusal::OnlySecretariat),
        (ReplyCapacity::Contributor(person), Command::Save { answers, clear }) => {
            let codes = answers.iter().map(|answer| &answer.code).chain(clear);
            drafts(context, person, codes)
        }
        // The core's own decision says whose section it is, once it is known that there is one.
        (_, Command::HandBack { .. }) => Ok(()),
        // Which addresses they are of is told where they are looked up.
        (ReplyCapacity::Contributor(_), Command::CarryOver(_) | Command::Confirm(_)) => Ok(()),
        // A file of no question is the whole reply's, and so the focal point's.
        (ReplyCapacity::Contributor(person), Command::Attach(file)) if file.question.is_some() => {
            drafts(context, person, file.question.iter())
        }
        (ReplyCapacity::Contributor(person), Command::RemoveFile { file }) => {
            match reply.files.get(file).map(|held| &held.question) {
                Some(None) => Err(Refusal::NotFocalPoint),
                held => drafts(context, person, held.into_iter().flatten()),
            }
        }
        // What the Secretariat entered its party goes on with as if it began it.
        _ if reply.begun_by.is_none() => beginner(context).map(drop),
        _ => focal_point(context, reply.begun_by).map(drop),
    }
}

/// The Secretariat reviews, and takes the pen for what the party sent otherwise; what it enters so it can change, submit, and
/// take back again.
fn secretariat(reply: &Reply, command: &Command) -> Result<(), Refusal> {
    match command {
        Command::Clarify { .. }
        | Command::WithdrawClarification { .. }
        | Command::Accept { .. }
        | Command::BeginAmendment { .. }
        | Command::DecidePublication { .. } => Ok(()),
        Command::Start { .. } | Command::Enter { .. } | Command::Return { .. } => {
            Err(Refusal::NotFocalPoint)
        }
        Command::HandBack { .. } => Ok(()),
        Command::Save { .. }
        | Command::CarryOver(_)
        | Command::Confirm(_)
        | Command::Attach(_)
        | Command::RemoveFile { .. }
        | Command::Submit { .. }
        | Command::AnswerClarification { .. }
        | Command::DiscardAmendment
        | Command::Withdraw { .. } => match &reply.source {
            Some(_) => Ok(()),
            None => Err(Refusal::ReplyNotEntered),
        },
    }
}

/// Refuses changes where there can be none: after the close by the party, of what stands submitted by anybody.
pub(super) fn may_change(
    context: &Context,
    collection: &Collection,
    reply: &Reply,
) -> Result<(), Refusal> {
    if collection.status == collection::Status::Closed && context.hand != ReplyCapacity::Secretariat
    {
        return Err(Refusal::CollectionClosed);
    }
    if !reply.can_change() {
        return Err(Refusal::ReplySubmitted);
    }
    holds_the_pen(context, reply)
}

/// Two never write at once: what the Secretariat enters it writes alone.
pub(super) fn holds_the_pen(context: &Context, reply: &Reply) -> Result<(), Refusal> {
    match context.hand {
        ReplyCapacity::FocalPoint(_) | ReplyCapacity::Contributor(_) if reply.source.is_some() => {
            Err(Refusal::ReplyEntered)
        }
        ReplyCapacity::FocalPoint(_)
        | ReplyCapacity::Contributor(_)
        | ReplyCapacity::Secretariat => Ok(()),
    }
}

/// Whether all these questions are in sections that the contributor drafts. One that does not exist is nobody's, and said
/// to be unknown later.
pub(super) fn drafts<'a>(
    context: &Context,
    person: PersonId,
    codes: impl IntoIterator<Item = &'a String>,
) -> Result<(), Refusal> {
    let Some(admitted) = context.delegation.contributors.get(&person) else {
        return Err(Refusal::NotFocalPoint);
    };
    let codes: Vec<&String> = codes.into_iter().collect();
    // What explains a check of the whole questionnaire is the focal point's.
    let is_of_whole = |code: &&String| {
        let located = context.form.field(code);
        located.is_some_and(|located| located.field.section.is_none())
    };
    if codes.iter().any(is_of_whole) {
        return Err(Refusal::NotFocalPoint);
    }
    let others = codes.into_iter().filter_map(|code| {
        let section = context.form.section_of(code);
        let section = section.filter(|section| !admitted.sections.contains(&section.code))?;
        let fault = fault::SECTION_OF_OTHERS.at(pointer("/answers", code));
        Some(fault.of_question(code).arg("section", &section.code))
    });
    fault::none(others.collect()).map_err(Refusal::SectionNotAssigned)
}
