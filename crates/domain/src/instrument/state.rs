//! An instrument as it is, and how its events make it so.

use std::collections::BTreeMap;

use super::super::classification::Classification;
use super::super::fault::Fault;
use super::super::need_types::NeedTypes;
use super::super::questionnaire::{QuestionSummary, Questionnaire, SameAsSources};
use super::super::{CommentId, ContentRef, Lang, Texts};
use super::{
    Event, InstrumentApproved, InstrumentDrafted, InstrumentPresented, InstrumentReturned,
    InstrumentRevised, InstrumentTranslated, InstrumentWithdrawn, RevisionCorrected, Route,
    Translation, checks,
};

/// An instrument as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// What it is called.
    pub title: Texts,
    /// The code of its category.
    pub category: String,
    /// How it comes to its approval.
    pub route: Route,
    /// The languages of its questionnaire.
    pub languages: Vec<Lang>,
    /// The version of the classification that it is made under.
    pub classification_version: u32,
    /// The draft saved last.
    pub draft: Option<ContentRef>,
    /// What is known of the draft's translations.
    pub translations: BTreeMap<Lang, Translation>,
    /// Whether a draft was saved since the last revision.
    pub draft_changed: bool,
    /// Its revisions: number n is at n - 1.
    pub revisions: Vec<Revision>,
    /// Why work on it ended without approval, if it did.
    pub withdrawn: Option<InstrumentWithdrawn>,
}

/// A frozen questionnaire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// 1, 2, 3.
    pub number: u32,
    /// The questionnaire's JSON, as it was frozen.
    pub questionnaire: ContentRef,
    /// The same with what was translated since, if anything was.
    pub translated: Option<ContentRef>,
    /// What is known of its translations.
    pub translations: BTreeMap<Lang, Translation>,
    /// The languages in which it is complete.
    pub languages: Vec<Lang>,
    /// How many of its texts were translated from words that were edited since, by language.
    pub behind: BTreeMap<Lang, u32>,
    /// What it asks, in codes.
    pub questions: Vec<QuestionSummary>,
    /// The comments that it takes up.
    pub takes_up: Vec<CommentId>,
    /// The meeting that it was put before, once it was.
    pub presentation: Option<InstrumentPresented>,
    /// What the meeting gave it back with, if it did.
    pub returned: Option<InstrumentReturned>,
    /// Its approval, once it has one; of a correction that of what it corrects.
    pub approval: Option<InstrumentApproved>,
    /// What it corrects, and why, where it is a correction of the one before.
    pub correction: Option<RevisionCorrected>,
}

/// None until the instrument is drafted.
pub type State = Option<Instrument>;

/// Where an instrument stands, by its latest revision and its own events. Whether that revision is forwarded for comments
/// is told by its consultations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It is worked on.
    Drafting,
    /// It is before a meeting.
    Presented,
    /// The meeting gave it back.
    Returned,
    /// It is approved.
    Approved,
    /// It is given up.
    Withdrawn,
}

impl Instrument {
    /// The revision with this number.
    pub fn revision(&self, number: u32) -> Option<&Revision> {
        self.revisions
            .iter()
            .find(|revision| revision.number == number)
    }

    /// The number of the latest revision; 0 before the first.
    pub fn latest_revision(&self) -> u32 {
        self.revisions.last().map_or(0, |revision| revision.number)
    }

    /// Where it stands.
    pub fn stage(&self) -> Stage {
        if self.withdrawn.is_some() {
            return Stage::Withdrawn;
        }
        match self.revisions.last() {
            Some(latest) if latest.approval.is_some() => Stage::Approved,
            Some(latest) if latest.returned.is_some() => Stage::Returned,
            Some(latest) if latest.presentation.is_some() => Stage::Presented,
            _ => Stage::Drafting,
        }
    }

    /// Whether this revision, or a later one, is before a meeting or approved: then what became of comments on it is settled.
    /// Of what is withdrawn it is not: who commented is told all the same.
    pub fn is_decided_on(&self, number: u32) -> bool {
        let mut later = self.revisions.iter().filter(|later| later.number >= number);
        later.any(|revision| {
            let is_latest = revision.number == self.latest_revision();
            revision.approval.is_some() || (is_latest && revision.is_before_a_meeting())
        })
    }

    /// The language that its questionnaire is translated from: the first of its own.
    pub fn original_language(&self) -> Lang {
        self.languages.first().copied().unwrap_or(Lang::En)
    }

    /// What would keep a questionnaire from becoming the next revision.
    pub fn draft_faults(
        &self,
        draft: &Questionnaire,
        classification: &Classification,
        need_types: &NeedTypes,
        same_as: &SameAsSources,
    ) -> Vec<Fault> {
        checks::revision(self, draft, classification, need_types, same_as)
    }

    /// The first revision that takes a comment up.
    pub fn taken_up_by(&self, comment: CommentId) -> Option<u32> {
        let mut revisions = self.revisions.iter();
        let found = revisions.find(|revision| revision.takes_up.contains(&comment));
        found.map(|revision| revision.number)
    }
}

impl Revision {
    /// The questionnaire's JSON in all the languages that it has by now. Its questions are those that were frozen.
    pub fn shown(&self) -> &ContentRef {
        self.translated.as_ref().unwrap_or(&self.questionnaire)
    }

    /// Whether a meeting has it before it, and has not decided.
    pub fn is_before_a_meeting(&self) -> bool {
        self.presentation.is_some() && self.returned.is_none() && self.approval.is_none()
    }
}

pub(super) fn evolve(state: State, event: &Event) -> State {
    let Some(mut instrument) = state else {
        return match event {
            Event::InstrumentDrafted(event) => Some(Instrument::from(event.clone())),
            _ => None,
        };
    };
    match event {
        Event::InstrumentDrafted(_) => {}
        Event::InstrumentDraftSaved(event) => {
            instrument.draft = Some(event.draft.clone());
            instrument.draft_changed = true;
            instrument.translations.extend(event.translations.clone());
        }
        Event::InstrumentTranslated(event) => instrument.translate(event),
        Event::InstrumentRevised(event) => {
            instrument.draft_changed = false;
            let translations = instrument.translations.clone();
            let revision = Revision::from(event.clone());
            instrument.revisions.push(Revision {
                translations,
                ..revision
            });
        }
        Event::RevisionQuestionsListed(event) => {
            for revision in instrument.numbered(event.revision) {
                revision.questions.extend(event.questions.iter().cloned());
            }
        }
        Event::InstrumentPresented(event) => {
            for revision in instrument.numbered(event.revision) {
                revision.presentation = Some(event.clone());
            }
        }
        Event::InstrumentApproved(event) => {
            for revision in instrument.numbered(event.revision) {
                revision.approval = Some(event.clone());
            }
        }
        Event::RevisionCorrected(event) => {
            for revision in instrument.numbered(event.revision) {
                revision.approval = Some(event.approval.clone());
                revision.correction = Some(event.clone());
            }
        }
        Event::InstrumentReturned(event) => {
            for revision in instrument.numbered(event.revision) {
                revision.returned = Some(event.clone());
            }
        }
        Event::InstrumentWithdrawn(event) => instrument.withdrawn = Some(event.clone()),
    }
    Some(instrument)
}

impl Instrument {
    /// As long as the draft is the revision that is translated, it is translated with it: the next one has the language too.
    fn translate(&mut self, event: &InstrumentTranslated) {
        let is_latest = event.revision == Some(self.latest_revision());
        let with_draft = match event.revision {
            None => {
                self.draft_changed = true;
                true
            }
            Some(_) => is_latest && !self.draft_changed,
        };
        if with_draft {
            let known = event.translation.clone();
            self.translations.insert(event.lang, known);
            self.draft = Some(event.questionnaire.clone());
        }
        let Some(number) = event.revision else { return };
        for revision in self.numbered(number) {
            revision.translated = Some(event.questionnaire.clone());
            let known = event.translation.clone();
            revision.translations.insert(event.lang, known);
            revision.languages.retain(|lang| *lang != event.lang);
            if event.translated == event.texts {
                revision.languages.push(event.lang);
            }
        }
    }

    fn numbered(&mut self, number: u32) -> impl Iterator<Item = &mut Revision> {
        let revisions = self.revisions.iter_mut();
        revisions.filter(move |revision| revision.number == number)
    }
}

impl From<InstrumentDrafted> for Instrument {
    fn from(event: InstrumentDrafted) -> Self {
        let InstrumentDrafted {
            title,
            category,
            route,
            languages,
            classification_version,
        } = event;
        Self {
            title,
            category,
            route,
            languages,
            classification_version,
            draft: None,
            translations: BTreeMap::new(),
            draft_changed: false,
            revisions: Vec::new(),
            withdrawn: None,
        }
    }
}

impl From<InstrumentRevised> for Revision {
    fn from(event: InstrumentRevised) -> Self {
        let InstrumentRevised {
            revision: number,
            questionnaire,
            languages,
            behind,
            questions,
            takes_up,
        } = event;
        Self {
            number,
            questionnaire,
            translated: None,
            translations: BTreeMap::new(),
            languages,
            behind,
            questions,
            takes_up,
            presentation: None,
            returned: None,
            approval: None,
            correction: None,
        }
    }
}
