//! What a corrected revision may have otherwise than the one that a collection asks already.
//!
//! Parties have answered the one before, and some have submitted. So that their answers stay what they are, whatever they answered,
//! and a reply that could be submitted still can, a correction may say things better and allow more, and nothing else:
//!
//! - words, official numbers, headings and standards may be others, translations may come; a question keeps its section, by
//!   which it is assigned and published, and a figure its unit;
//! - questions, sections, rows, columns, parts, options, entries of code lists may be added, and stand in another order, if
//!   nothing that is added must be answered; nothing that could be answered is gone, of another type, or personal where it was not;
//! - limits may be wider, checks gone or milder, what must be answered need not be any more;
//! - whatever else follows from rules stays as it was: what is asked, what is calculated, what a variable is. A rule stays only
//!   if it reads the same fields too: `sum(cells("P1.*.y0"))` is another sum once the table has a further row.
//!
//! Words can change what a question asks. No comparison sees that: whoever corrects them answers for it, and the parties are told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Form, Question, Questionnaire, Section};
use crate::fault::{self, Fault, pointer};

mod consequences;
mod fields;

impl Questionnaire {
    /// Every place of a corrected questionnaire that an answer given to this one could contradict; none: whatever was answered
    /// stays, and what could be submitted still can. Pointers are into the corrected one.
    pub fn contradictions(&self, corrected: &Self) -> Vec<Fault> {
        let mut faults = structure(self, corrected);
        let was = Form::new(Arc::new(self.clone()), None);
        let is = Form::new(Arc::new(corrected.clone()), None);
        let places = corrected.placed_questions();
        let places = places.map(|(at, question)| (question.code.as_str(), at));
        let places = places.collect();
        faults.extend(fields::contradictions(&was, &is, &places, &told(&faults)));
        faults.extend(consequences::contradictions(&was, &is, &places));
        faults
    }
}

/// The questions of which something was told already.
fn told(faults: &[Fault]) -> BTreeSet<String> {
    let questions = faults.iter().filter_map(|fault| fault.question.clone());
    questions.collect()
}

/// Where the questions of the corrected questionnaire are, by their codes.
type Places<'a> = BTreeMap<&'a str, String>;

/// A section, and the codes on the way to it.
struct PlacedSection<'a> {
    path: Vec<&'a str>,
    section: &'a Section,
    at: String,
}

fn sections(of: &Questionnaire) -> Vec<PlacedSection<'_>> {
    let mut found = Vec::new();
    for (index, section) in of.sections.iter().enumerate() {
        let at = format!("/sections/{index}");
        let inner = section.sections.iter().enumerate();
        let inner: Vec<_> = inner
            .map(|(number, inner)| PlacedSection {
                path: vec![section.code.as_str(), inner.code.as_str()],
                section: inner,
                at: format!("{at}/sections/{number}"),
            })
            .collect();
        let path = vec![section.code.as_str()];
        found.push(PlacedSection { path, section, at });
        found.extend(inner);
    }
    found
}

/// What is gone, of another type or elsewhere, and limits that are tighter.
fn structure(was: &Questionnaire, is: &Questionnaire) -> Vec<Fault> {
    let mut faults = Vec::new();
    let now = sections(is);
    let mut questions: BTreeMap<&str, (&PlacedSection<'_>, usize, &Question)> = BTreeMap::new();
    for placed in &now {
        for (index, question) in placed.section.questions.iter().enumerate() {
            questions.insert(&question.code, (placed, index, question));
        }
    }
    for before in sections(was) {
        let same = now.iter().find(|placed| placed.path == before.path);
        let at = same.map_or("/sections", |placed| placed.at.as_str());
        if same.is_none() {
            let gone = fault::CORRECTION_TAKES_AWAY.at(at);
            faults.push(gone.arg("code", &before.section.code));
        }
        for question in &before.section.questions {
            let Some((section, index, corrected)) = questions.get(question.code.as_str()) else {
                let gone = fault::CORRECTION_TAKES_AWAY.at(pointer(at, "questions"));
                let gone = gone.of_question(&question.code);
                faults.push(gone.arg("code", &question.code));
                continue;
            };
            let at = format!("{}/questions/{index}", section.at);
            if section.path != before.path {
                let moved = fault::CORRECTION_MOVES.at(&at).of_question(&question.code);
                let moved = moved.arg("code", &question.code);
                let moved = moved.arg("was", before.path.join("/"));
                faults.push(moved.arg("now", section.path.join("/")));
            }
            // What of it states a need, and which, stays: a need that was indicated follows from it.
            if question.need() != corrected.need() {
                let stated = fault::CORRECTION_CHANGES_RULE.at(pointer(&at, "need"));
                faults.push(stated.of_question(&question.code));
            }
            let found = question.kind.contradictions(&corrected.kind, &at);
            let found = found.into_iter();
            faults.extend(found.map(|fault| fault.of_question(&question.code)));
        }
    }
    faults
}
