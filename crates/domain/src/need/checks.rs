//! What is wrong with what is said of a need.

use super::super::questionnaire::{Form, Heading};
use super::super::words::{self, Words};
use super::super::{Fault, fault};
use super::{Context, NeedParticulars, Obstacle, Refusal, Urgency, WORDS_CHARS};

/// What of a draft is to change; what is none stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedChanges {
    /// The category, or that there is none.
    pub category: Option<Option<String>>,
    /// The standard, or that there is none.
    pub standard: Option<Option<String>>,
    /// The type.
    pub kind: Option<String>,
    /// How soon.
    pub urgency: Option<Urgency>,
    /// The description.
    pub description: Option<Words>,
    /// The obstacle, or that there is none.
    pub obstacle: Option<Option<Obstacle>>,
}

impl NeedChanges {
    /// What they make of what was said.
    pub fn applied_to(self, held: &NeedParticulars) -> NeedParticulars {
        let held = held.clone();
        let standard = self.standard.unwrap_or_else(|| held.standard.clone());
        // Another standard brings its own category.
        let is_other = standard.is_some() && standard != held.standard;
        let category = if is_other { None } else { held.category };
        NeedParticulars {
            category: self.category.unwrap_or(category),
            standard,
            kind: self.kind.unwrap_or(held.kind),
            types_version: held.types_version,
            urgency: self.urgency.unwrap_or(held.urgency),
            description: self.description.or(held.description),
            obstacle: self.obstacle.unwrap_or(held.obstacle),
        }
    }
}

/// What is said of a need, with the version of the list that its type is from. `asked` is what the reply answers.
pub(super) fn checked_need(
    mut about: NeedParticulars,
    context: &Context,
    asked: Option<&Form>,
) -> Result<NeedParticulars, Refusal> {
    let mut faults = area(&about, context);
    // A standard's category is told with it: that of now, whatever later groupings do.
    if about.category.is_none() {
        let standard = about.standard.as_ref();
        let standard = standard.and_then(|code| context.classification.standards.get(code));
        about.category = standard.map(|standard| standard.category.clone());
    }
    // A type that the list offered when it was chosen stays good until it is changed.
    let held = context.types.label(about.types_version, &about.kind);
    if context.types.offers(&about.kind) {
        about.types_version = context.types.latest();
    } else if held.is_none() {
        faults.push(
            fault::UNKNOWN_NEED_TYPE
                .at("/type")
                .arg("code", &about.kind),
        );
    }
    let description = about.description.as_ref();
    faults.extend(description.and_then(|said| words::fault(said, "/description", WORDS_CHARS)));
    match &about.obstacle {
        Some(Obstacle::Words(said)) => {
            faults.extend(words::fault(said, "/obstacle/words", WORDS_CHARS));
        }
        Some(Obstacle::Question(code)) => {
            let question = asked.and_then(|asked| asked.question_at(code));
            if question.is_none_or(|question| question.heading != Some(Heading::Difficulties)) {
                let fault = fault::NOT_A_DIFFICULTY.at("/obstacle/question");
                faults.push(fault.arg("code", code));
            }
        }
        None => {}
    }
    fault::none(faults).map_err(Refusal::NeedFaulty)?;
    Ok(about)
}

fn area(about: &NeedParticulars, context: &Context) -> Vec<Fault> {
    let classification = &context.classification;
    let mut faults = Vec::new();
    if about.category.is_none() && about.standard.is_none() {
        faults.push(fault::NO_AREA.at(""));
    }
    if let Some(code) = &about.category
        && !classification.categories.contains_key(code)
    {
        faults.push(fault::UNKNOWN_CATEGORY.at("/category").arg("code", code));
    }
    if let Some(code) = &about.standard {
        match (classification.standards.get(code), &about.category) {
            (None, _) => {
                faults.push(fault::UNKNOWN_STANDARD.at("/standard").arg("code", code));
            }
            (Some(standard), Some(category)) if standard.category != *category => {
                let fault = fault::STANDARD_OF_OTHER_CATEGORY.at("/standard");
                faults.push(fault.arg("code", code).arg("category", category));
            }
            _ => {}
        }
    }
    faults
}
