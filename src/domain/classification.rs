//! The classification: categories of standards and norms, and the standards in them. One stream.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::fault::{self, Fault, pointer};
use super::{Decider, Texts};

#[cfg(test)]
mod tests;

const TITLE_CHARS: usize = 500;
const ADOPTED_BY_CHARS: usize = 300;

code_enum! {
    /// How far a standard's particulars can be relied on.
    pub enum Confidence {
        /// The adopting resolution is cited.
        Cited = "cited",
        /// Nobody has checked the resolution's number: shown so, everywhere.
        Unconfirmed = "unconfirmed",
    }
}

// Events

events! {
    /// What happens to the classification.
    pub enum Event {
        CategoryAdded = "category_added",
        StandardAdded = "standard_added",
    }
}

/// There is another category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryAdded {
    /// 1 to 40 of `[A-Za-z0-9-]`: `I`.
    pub code: String,
    /// What it covers.
    pub title: Texts,
}

/// There is another standard or norm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardAdded {
    /// 1 to 40 of `[A-Za-z0-9-]`: `bangkok-rules`.
    pub code: String,
    /// The code of its category.
    pub category: String,
    /// Its title.
    pub title: Texts,
    /// The adopting resolutions, as people cite them.
    pub adopted_by: String,
    /// The years of adoption and revision.
    pub years: Vec<i16>,
    /// Whether the particulars have been checked.
    pub confidence: Confidence,
}

// State

/// Every category and standard, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Classification {
    /// Categories by code.
    pub categories: BTreeMap<String, CategoryAdded>,
    /// Standards by code.
    pub standards: BTreeMap<String, StandardAdded>,
}

/// The classification always exists; at first it is empty.
pub type State = Classification;

fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::CategoryAdded(category) => {
            state
                .categories
                .insert(category.code.clone(), category.clone());
        }
        Event::StandardAdded(standard) => {
            state
                .standards
                .insert(standard.code.clone(), standard.clone());
        }
    }
    state
}

// Commands

/// What somebody wants of the classification.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Add categories, and standards to these or to those that there are.
    Extend {
        /// New categories.
        categories: Vec<CategoryAdded>,
        /// New standards.
        standards: Vec<StandardAdded>,
    },
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ClassificationFaulty(faults) = "classification_faulty", "the additions to the classification have faults";
    }
}

// Decide

impl Decider for Classification {
    type Command = Command;
    type Context = ();
    type Event = Event;
    type State = State;
    type Refusal = Refusal;

    fn decide(state: &State, (): &(), command: Command) -> Result<Vec<Event>, Refusal> {
        let Command::Extend {
            categories,
            standards,
        } = command;
        let mut faults = Vec::new();

        let mut codes: BTreeSet<&str> = state.categories.keys().map(String::as_str).collect();
        for (index, category) in categories.iter().enumerate() {
            let at = format!("/categories/{index}");
            faults.extend(code_fault(&category.code, &at));
            if !codes.insert(&category.code) {
                faults.push(
                    fault::CATEGORY_EXISTS
                        .at(pointer(&at, "code"))
                        .arg("code", &category.code),
                );
            }
            faults.extend(title_faults(&category.title, &at));
        }

        let mut standard_codes: BTreeSet<&str> =
            state.standards.keys().map(String::as_str).collect();
        for (index, standard) in standards.iter().enumerate() {
            let at = format!("/standards/{index}");
            if !standard_codes.insert(&standard.code) {
                faults.push(
                    fault::STANDARD_EXISTS
                        .at(pointer(&at, "code"))
                        .arg("code", &standard.code),
                );
            }
            faults.extend(standard_faults(standard, &codes, &at));
        }

        fault::none(faults).map_err(Refusal::ClassificationFaulty)?;
        let categories = categories.into_iter().map(Event::from);
        Ok(categories
            .chain(standards.into_iter().map(Event::from))
            .collect())
    }

    fn evolve(state: State, event: &Event) -> State {
        evolve(state, event)
    }
}

fn standard_faults(standard: &StandardAdded, categories: &BTreeSet<&str>, at: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    faults.extend(code_fault(&standard.code, at));
    if !categories.contains(standard.category.as_str()) {
        faults.push(
            fault::UNKNOWN_CATEGORY
                .at(pointer(at, "category"))
                .arg("code", &standard.category),
        );
    }
    faults.extend(title_faults(&standard.title, at));
    faults.extend(fault::of_text(
        &standard.adopted_by,
        &pointer(at, "adopted_by"),
        ADOPTED_BY_CHARS,
    ));
    let years = pointer(at, "years");
    for (index, year) in standard
        .years
        .iter()
        .enumerate()
        .filter(|(_, year)| !(1000..=9999).contains(*year))
    {
        faults.push(fault::BAD_YEAR.at(pointer(&years, index)).arg("year", year));
    }
    faults
}

fn code_fault(code: &str, at: &str) -> Option<Fault> {
    let good = fault::is_code(code, 1..=40, |byte| {
        byte.is_ascii_alphanumeric() || byte == b'-'
    });
    (!good).then(|| fault::BAD_CODE.at(pointer(at, "code")).arg("code", code))
}

/// A title exists in some language.
fn title_faults(title: &Texts, at: &str) -> Vec<Fault> {
    let at = pointer(at, "title");
    if title.0.is_empty() {
        vec![fault::BLANK.at(at)]
    } else {
        title.faults(&at, &[], TITLE_CHARS)
    }
}
