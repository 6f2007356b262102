//! Forwarding for comments: to Member States, to intergovernmental and non-governmental organizations, to the institutes of
//! the Programme network, to other United Nations entities (paragraphs 6 and 16).

use uuid::Uuid;

use super::finding::{Finding, Requirement};
use super::lives::{Life, Lives};
use super::meetings::{self, LATER};
use crate::consultation::Consultation;
use crate::party::PartyKind;

/// The four audiences.
const AUDIENCES: [&[PartyKind]; 4] = [
    &[PartyKind::MemberState],
    &[PartyKind::Igo, PartyKind::Ngo],
    &[PartyKind::ProgrammeInstitute],
    &[PartyKind::UnEntity],
];

/// Paragraph 6: the revision that the expert meeting made.
pub(super) fn category_i(lives: &Lives) -> Finding {
    forwarded(lives, &meetings::made_in_march_2004(lives))
}

/// Paragraph 16: the instruments for categories II and III.
pub(super) fn later_categories(lives: &Lives) -> Finding {
    Finding::together(
        LATER.map(|(_, category)| forwarded(lives, &meetings::made_later(lives, category))),
    )
}

/// Done when these revisions were forwarded to all four audiences, in one letter or in several.
fn forwarded(lives: &Lives, made: &[(Uuid, u32)]) -> Finding {
    let consultations = consultations_on(lives, made);
    Finding::all(AUDIENCES.map(|audience| {
        let mut asked = Requirement::default();
        for (id, life) in &consultations {
            let kinds = ["consultation_opened", "consultation_parties_asked"];
            asked = asked.shown_by(*id, life, &kinds);
        }
        let mut kinds = audience.iter();
        let states = || consultations.iter().flat_map(|(_, life)| life.state.iter());
        asked.met(kinds.all(|kind| states().any(|consultation| is_addressed(consultation, *kind))))
    }))
}

/// Whether a consultation is addressed to a kind of party as a whole, and somebody of it was asked.
fn is_addressed(consultation: &Consultation, kind: PartyKind) -> bool {
    let mut asked = consultation.asked.values();
    consultation.audiences.contains(&kind) && asked.any(|asked| asked.kind == kind)
}

/// Consultations on these revisions.
pub(super) fn consultations_on<'a>(
    lives: &'a Lives,
    revisions: &[(Uuid, u32)],
) -> Vec<(Uuid, &'a Life<Consultation>)> {
    let all = lives.consultations.iter();
    let meant = all.filter(|(_, life)| {
        life.state.as_ref().is_some_and(|consultation| {
            revisions.contains(&(consultation.instrument.0, consultation.revision))
        })
    });
    meant.map(|(id, life)| (*id, life)).collect()
}

#[cfg(test)]
mod tests;
