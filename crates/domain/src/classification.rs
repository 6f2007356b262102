//! The classification: categories of standards and norms, and the standards in them. One stream.
//!
//! It has versions: later compendia regroup. The first is what the reference data load; each later one is published with its
//! changes, all at once. Categories and standards that are only added belong to the version of that moment.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Texts, fault};

mod checks;
#[cfg(test)]
mod tests;

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
        ClassificationVersionPublished = "classification_version_published",
        CategoryRenamed = "category_renamed",
        CategoryRetired = "category_retired",
        StandardRegrouped = "standard_regrouped",
    }
}

/// There is another category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = NewCategory)]
pub struct CategoryAdded {
    /// 1 to 40 of `[A-Za-z0-9-]`: `I`.
    pub code: String,
    /// What it covers.
    pub title: Texts,
}

/// There is another standard or norm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = NewStandard)]
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

/// A new version begins; the changes that make it follow at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassificationVersionPublished {
    /// 2, 3, 4: version 1 is what was there from the start.
    pub version: u32,
    /// What it is called, such as the compendium that it follows.
    pub title: Texts,
    /// The day from which it holds.
    pub on: Date,
}

/// A category is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRenamed {
    /// Its code, which stays.
    pub code: String,
    /// What it covers from now on.
    pub title: Texts,
    /// The version that says so.
    pub version: u32,
}

/// A category, in which there is no standard any more, is given up. Its code is not used again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryRetired {
    /// Its code.
    pub code: String,
    /// The version that says so.
    pub version: u32,
}

/// A standard is in another category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardRegrouped {
    /// The standard's code.
    pub code: String,
    /// The code of the category that it was in.
    pub from: String,
    /// The code of the category that it is in from now on.
    pub category: String,
    /// The version that says so.
    pub version: u32,
}

// State

/// Every category and standard, by code, as the latest version has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classification {
    /// Categories by code.
    pub categories: BTreeMap<String, CategoryAdded>,
    /// Standards by code.
    pub standards: BTreeMap<String, StandardAdded>,
    /// The number of this version.
    pub version: u32,
    /// The day from which it holds; none for the first.
    pub on: Option<Date>,
    /// The codes of categories that were given up.
    pub retired: BTreeSet<String>,
    /// The versions before this one, each as it was at its end.
    pub earlier: Vec<Arc<Self>>,
}

/// The classification always exists; at first it is empty.
pub type State = Classification;

impl Default for Classification {
    fn default() -> Self {
        Self {
            categories: BTreeMap::new(),
            standards: BTreeMap::new(),
            version: 1,
            on: None,
            retired: BTreeSet::new(),
            earlier: Vec::new(),
        }
    }
}

impl Classification {
    /// The version with this number, as it is or as it was at its end; an instrument keeps the one it was made under.
    pub fn edition(&self, version: u32) -> Option<&Self> {
        if version == self.version {
            return Some(self);
        }
        let earlier = self.earlier.iter().map(AsRef::as_ref);
        earlier
            .into_iter()
            .find(|edition: &&Self| edition.version == version)
    }

    /// Whether there is, or ever was, a category with this code.
    pub fn has_had_category(&self, code: &str) -> bool {
        self.categories.contains_key(code) || self.retired.contains(code)
    }
}

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
        Event::ClassificationVersionPublished(published) => {
            let earlier = std::mem::take(&mut state.earlier);
            let until_now = Arc::new(state.clone());
            state.earlier = earlier;
            state.earlier.push(until_now);
            state.version = published.version;
            state.on = Some(published.on);
        }
        Event::CategoryRenamed(renamed) => {
            if let Some(category) = state.categories.get_mut(&renamed.code) {
                category.title.clone_from(&renamed.title);
            }
        }
        Event::CategoryRetired(retired) => {
            if state.categories.remove(&retired.code).is_some() {
                state.retired.insert(retired.code.clone());
            }
        }
        Event::StandardRegrouped(regrouped) => {
            if let Some(standard) = state.standards.get_mut(&regrouped.code) {
                standard.category.clone_from(&regrouped.category);
            }
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
    /// Publish the next version.
    Publish(NewVersion),
}

/// A version to publish, with all that it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct NewVersion {
    /// What it is called.
    pub title: Texts,
    /// The day from which it holds.
    pub on: Date,
    /// The day on which it is published.
    pub today: Date,
    /// New categories.
    pub categories: Vec<CategoryAdded>,
    /// New standards.
    pub standards: Vec<StandardAdded>,
    /// New titles of categories, by code.
    pub renamed: Vec<(String, Texts)>,
    /// Standards that go to another category: the standard's code, then the category's.
    pub regrouped: Vec<(String, String)>,
    /// The codes of categories that are given up.
    pub retired: Vec<String>,
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        ClassificationFaulty(faults) = "classification_faulty", "the additions to the classification have faults";
    }
}

// Decide

type Context = ();

decider!(Classification);

fn decide(state: &State, (): &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::Extend {
            categories,
            standards,
        } => {
            let faults = checks::additions(state, &categories, &standards, &[]);
            fault::none(faults).map_err(Refusal::ClassificationFaulty)?;
            Ok(added(categories, standards).collect())
        }
        Command::Publish(new) => {
            let faults = checks::version(state, &new);
            fault::none(faults).map_err(Refusal::ClassificationFaulty)?;
            Ok(publish(state, new))
        }
    }
}

fn added(
    categories: Vec<CategoryAdded>,
    standards: Vec<StandardAdded>,
) -> impl Iterator<Item = Event> {
    let categories = categories.into_iter().map(Event::from);
    categories.chain(standards.into_iter().map(Event::from))
}

fn publish(state: &State, new: NewVersion) -> Vec<Event> {
    let version = state.version + 1;
    let NewVersion { title, on, .. } = new;
    let mut events = vec![ClassificationVersionPublished { version, title, on }.into()];
    events.extend(added(new.categories, new.standards));
    for (code, title) in new.renamed {
        events.push(
            CategoryRenamed {
                code,
                title,
                version,
            }
            .into(),
        );
    }
    for (code, category) in new.regrouped {
        let before = state
            .standards
            .get(&code)
            .map(|standard| standard.category.clone());
        let regrouped = StandardRegrouped {
            from: before.unwrap_or_default(),
            code,
            category,
            version,
        };
        events.push(regrouped.into());
    }
    for code in new.retired {
        events.push(CategoryRetired { code, version }.into());
    }
    events
}
