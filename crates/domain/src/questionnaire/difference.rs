//! What differs between two questionnaires, section by section and question by question.
//!
//! Codes tell what is the same. What moved is told by as little as will do: of the questions that stay in their section, the
//! longest run that keeps its order stays, and only the others moved.

use std::collections::HashMap;

use super::super::Texts;
use super::{Conditions, Question, Questionnaire, Section};

/// What differs between two questionnaires.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences<'a> {
    /// The titles, where they differ.
    pub title: Option<(&'a Texts, &'a Texts)>,
    /// The introductions, where they differ.
    pub introduction: Option<(Option<&'a Texts>, Option<&'a Texts>)>,
    /// The sections that differ: in the order of the second questionnaire, then those that are gone.
    pub sections: Vec<Difference<'a, Section>>,
    /// The questions that differ, in the same order.
    pub questions: Vec<Difference<'a, Question>>,
}

/// What differs in one section or question.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference<'a, T> {
    /// Its code.
    pub code: &'a str,
    /// Where and how it was; none: it is added.
    pub from: Option<PlacedItem<'a, T>>,
    /// Where and how it is; none: it is removed.
    pub to: Option<PlacedItem<'a, T>>,
    /// What of it changed.
    pub parts: Vec<Part>,
    /// Whether it is in another section, or in another place among those that stay.
    pub moved: bool,
}

/// A section or question in its place.
#[derive(Debug, PartialEq)]
pub struct PlacedItem<'a, T> {
    /// The code of a question's section; none for a section.
    pub section: Option<&'a str>,
    /// Its place there, counted from 0.
    pub place: usize,
    /// Itself.
    pub item: &'a T,
}

impl<T> Clone for PlacedItem<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for PlacedItem<'_, T> {}

code_enum! {
    /// What of a section or question can change.
    pub enum Part as "QuestionnairePart" {
        /// A section's title.
        Title = "title",
        /// A question's text.
        Text = "text",
        /// How to answer it.
        Help = "help",
        /// What it serves in the report.
        Heading = "heading",
        /// Under which conditions it is asked, and what must hold of it.
        Conditions = "conditions",
        /// Whether it must be answered.
        Required = "required",
        /// The standards that it is about.
        Standards = "standards",
        /// What answers it takes: its type, options and limits.
        Answer = "answer",
    }
}

code_enum! {
    /// In what way something differs. What is neither added nor removed can be both changed and moved.
    pub enum DifferenceWay as "DifferenceWay" {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It says something else.
        Changed = "changed",
        /// It stands elsewhere.
        Moved = "moved",
    }
}

impl<T> Difference<'_, T> {
    /// In what ways it differs: at least one.
    pub fn ways(&self) -> Vec<DifferenceWay> {
        match (self.from, self.to) {
            (None, _) => vec![DifferenceWay::Added],
            (_, None) => vec![DifferenceWay::Removed],
            _ => {
                let changed = (!self.parts.is_empty()).then_some(DifferenceWay::Changed);
                let moved = self.moved.then_some(DifferenceWay::Moved);
                changed.into_iter().chain(moved).collect()
            }
        }
    }
}

impl Differences<'_> {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Questionnaire {
    /// What a later questionnaire has otherwise than this one.
    pub fn differences<'a>(&'a self, later: &'a Self) -> Differences<'a> {
        let introductions = (self.introduction.as_ref(), later.introduction.as_ref());
        Differences {
            title: (self.title != later.title).then_some((&self.title, &later.title)),
            introduction: (introductions.0 != introductions.1).then_some(introductions),
            sections: between(&sections(self), &sections(later), section_parts),
            questions: between(&questions(self), &questions(later), question_parts),
        }
    }
}

trait HasCode {
    fn code(&self) -> &str;
}

impl HasCode for Section {
    fn code(&self) -> &str {
        &self.code
    }
}

impl HasCode for Question {
    fn code(&self) -> &str {
        &self.code
    }
}

fn sections(of: &Questionnaire) -> Vec<PlacedItem<'_, Section>> {
    let sections = of.sections.iter().enumerate();
    let placed = sections.map(|(place, item)| PlacedItem {
        section: None,
        place,
        item,
    });
    placed.collect()
}

fn questions(of: &Questionnaire) -> Vec<PlacedItem<'_, Question>> {
    let placed = of.sections.iter().flat_map(|section| {
        let questions = section.all_questions().enumerate();
        questions.map(|(place, item)| PlacedItem {
            section: Some(section.code.as_str()),
            place,
            item,
        })
    });
    placed.collect()
}

fn section_parts(was: &Section, is: &Section) -> Vec<Part> {
    let changed = was.title != is.title;
    changed.then_some(Part::Title).into_iter().collect()
}

fn question_parts(was: &Question, is: &Question) -> Vec<Part> {
    let parts = [
        (Part::Text, was.text != is.text),
        (Part::Help, was.help != is.help),
        (Part::Heading, was.heading != is.heading),
        (Part::Conditions, !are_same(was, is)),
        (
            Part::Required,
            was.conditions.required != is.conditions.required,
        ),
        (Part::Standards, was.standards != is.standards),
        (Part::Answer, was.kind != is.kind),
    ];
    let changed = parts.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(part, _)| part).collect()
}

/// Whether two questions are asked under the same conditions, but that one must be answered.
fn are_same(was: &Question, is: &Question) -> bool {
    let required = is.conditions.required.clone();
    let was = Conditions {
        required,
        ..was.conditions.clone()
    };
    was == is.conditions
}

fn between<'a, T: HasCode>(
    was: &[PlacedItem<'a, T>],
    is: &[PlacedItem<'a, T>],
    parts: impl Fn(&T, &T) -> Vec<Part>,
) -> Vec<Difference<'a, T>> {
    let before: HashMap<&str, &PlacedItem<'a, T>> = was
        .iter()
        .map(|placed| (placed.item.code(), placed))
        .collect();
    let after: HashMap<&str, &PlacedItem<'a, T>> = is
        .iter()
        .map(|placed| (placed.item.code(), placed))
        .collect();
    let stay = staying(&before, is);
    let there = is.iter().filter_map(|to| {
        let code = to.item.code();
        let from = before.get(code).copied();
        let difference = Difference {
            code,
            from: from.copied(),
            to: Some(*to),
            parts: from.map_or_else(Vec::new, |from| parts(from.item, to.item)),
            moved: from.is_some() && !stay.contains(&code),
        };
        (!difference.ways().is_empty()).then_some(difference)
    });
    let gone = was
        .iter()
        .filter(|from| !after.contains_key(from.item.code()));
    let gone = gone.map(|from| Difference {
        code: from.item.code(),
        from: Some(*from),
        to: None,
        parts: Vec::new(),
        moved: false,
    });
    there.chain(gone).collect()
}

/// A code, and the place where it was.
type EarlierPlace<'a> = (&'a str, usize);

/// The codes of what stays where it was: in its section, and in order among the others that do.
fn staying<'a, T: HasCode>(
    before: &HashMap<&str, &PlacedItem<'a, T>>,
    is: &[PlacedItem<'a, T>],
) -> Vec<&'a str> {
    let mut by_section: Vec<(Option<&str>, Vec<EarlierPlace<'a>>)> = Vec::new();
    for to in is {
        let code = to.item.code();
        let Some(from) = before.get(code).filter(|from| from.section == to.section) else {
            continue;
        };
        match by_section.last_mut() {
            Some((section, places)) if *section == to.section => places.push((code, from.place)),
            _ => by_section.push((to.section, vec![(code, from.place)])),
        }
    }
    let kept = by_section
        .into_iter()
        .flat_map(|(_, places)| rising(&places));
    kept.collect()
}

/// The longest rising run of places: of several equally long ones, the one that ends first.
fn rising<'a>(places: &[EarlierPlace<'a>]) -> Vec<&'a str> {
    // For each, the length of the longest run that ends with it, and the one before it in that run.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(places.len());
    for (_, place) in places {
        let mut best = (1, None);
        for (earlier, (length, _)) in runs.iter().enumerate() {
            if places[earlier].1 < *place && length + 1 > best.0 {
                best = (length + 1, Some(earlier));
            }
        }
        runs.push(best);
    }
    let longest = runs.iter().map(|(length, _)| *length).max();
    let mut at = runs.iter().position(|(length, _)| Some(*length) == longest);
    let mut kept = Vec::new();
    while let Some(index) = at {
        kept.push(places[index].0);
        at = runs[index].1;
    }
    kept.reverse();
    kept
}
