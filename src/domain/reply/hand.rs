//! Who may do what with a reply: the focal point everything, a contributor the sections that it was admitted to.

use super::super::PersonId;
use super::super::delegation::Office;
use super::super::fault::{self, pointer};
use super::{Command, Context, Hand, Refusal, Reply};

/// The person who asks, who must be the focal point, where `began` is who began the reply.
pub(super) fn focal_point(context: &Context, began: Option<PersonId>) -> Result<PersonId, Refusal> {
    match context.hand {
        Hand::FocalPoint(person) if context.delegation.is_focal_point(person, began) => Ok(person),
        Hand::FocalPoint(_) | Hand::Contributor(_) => Err(Refusal::NotFocalPoint),
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
        (Hand::Contributor(person), Command::Save { answers, clear }) => {
            let codes = answers.iter().map(|answer| &answer.code).chain(clear);
            drafts(context, person, codes)
        }
        // A file of no question is the whole reply's, and so the focal point's.
        (Hand::Contributor(person), Command::Attach(file)) if file.question.is_some() => {
            drafts(context, person, file.question.iter())
        }
        (Hand::Contributor(person), Command::RemoveFile { file }) => {
            match reply.files.get(file).map(|held| &held.question) {
                Some(None) => Err(Refusal::NotFocalPoint),
                held => drafts(context, person, held.into_iter().flatten()),
            }
        }
        _ => focal_point(context, reply.begun_by).map(drop),
    }
}

/// Whether all these questions are in sections that the contributor drafts. One that does not exist is nobody's, and said
/// to be unknown later.
fn drafts<'a>(
    context: &Context,
    person: PersonId,
    codes: impl Iterator<Item = &'a String>,
) -> Result<(), Refusal> {
    let Some(admitted) = context.delegation.contributors.get(&person) else {
        return Err(Refusal::NotFocalPoint);
    };
    let section = |code: &String| {
        let sections = &context.questionnaire.sections;
        sections.iter().find(|section| {
            let mut questions = section.questions.iter();
            questions.any(|question| question.code == *code)
        })
    };
    let others = codes.filter_map(|code| {
        let section = section(code).filter(|section| !admitted.contains(&section.code))?;
        let fault = fault::SECTION_OF_OTHERS.at(pointer("/answers", code));
        Some(fault.of_question(code).arg("section", &section.code))
    });
    fault::none(others.collect()).map_err(Refusal::SectionNotAssigned)
}
