//! The types of needs for technical assistance: a list that the Secretariat edits, version by version. One stream.
//! A need keeps the version that its type is from, so that a later list changes nothing of what a State said.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::fault::{self, pointer};
use super::{Lang, Texts};

#[cfg(test)]
mod tests;

const LABEL_CHARS: usize = 200;
/// The most types of a list.
const MOST: usize = 100;

// Events

events! {
    /// What happens to the list.
    pub enum Event {
        NeedTypesRevised = "need_types_revised",
    }
}

/// There is another version of the list; types that it leaves out are offered no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedTypesRevised {
    /// 1, 2, 3.
    pub version: u32,
    /// The whole list, in the order in which it is shown.
    pub types: Vec<NeedType>,
}

/// A type of need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = NewNeedType)]
pub struct NeedType {
    /// 1 to 40 of `[a-z0-9_]`: `legislation`.
    pub code: String,
    /// What people read, in English and French at least.
    pub label: Texts,
}

// State

/// Every version of the list, the first first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NeedTypes {
    /// The versions.
    pub versions: Vec<Vec<NeedType>>,
}

/// The list always exists; at first it has no version.
pub type State = NeedTypes;

impl NeedTypes {
    /// The number of the last version; 0 before the first.
    pub fn latest(&self) -> u32 {
        u32::try_from(self.versions.len()).unwrap_or(u32::MAX)
    }

    /// The list of a version; empty where there is no such version.
    pub fn version(&self, version: u32) -> &[NeedType] {
        let index = (version as usize).checked_sub(1);
        let list = index.and_then(|index| self.versions.get(index));
        list.map_or(&[], Vec::as_slice)
    }

    /// Whether the last version offers the type.
    pub fn offers(&self, code: &str) -> bool {
        let list = self.version(self.latest());
        list.iter().any(|known| known.code == code)
    }

    /// The last version that offers the type; the last of all where none ever did.
    pub fn last_with(&self, code: &str) -> u32 {
        let offers = |list: &Vec<NeedType>| list.iter().any(|known| known.code == code);
        let place = self.versions.iter().rposition(offers);
        let version = place.and_then(|place| u32::try_from(place + 1).ok());
        version.unwrap_or_else(|| self.latest())
    }

    /// What people read of a type in a version.
    pub fn label(&self, version: u32, code: &str) -> Option<&Texts> {
        let mut list = self.version(version).iter();
        list.find(|known| known.code == code)
            .map(|known| &known.label)
    }
}

// Commands

/// What somebody wants of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Replace it, as a whole, by another version.
    Revise {
        /// The whole list.
        types: Vec<NeedType>,
    },
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        NeedTypesFaulty(faults) = "need_types_faulty", "the list of types of needs has faults";
    }
}

// Decide

type Context = ();

decider!(NeedTypes);

fn evolve(mut state: State, event: &Event) -> State {
    let Event::NeedTypesRevised(event) = event;
    state.versions.push(event.types.clone());
    state
}

fn decide(state: &State, (): &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    let Command::Revise { types } = command;
    let mut faults = Vec::new();
    if types.is_empty() {
        faults.push(fault::LIST_EMPTY.at("/types"));
    }
    if types.len() > MOST {
        faults.push(fault::TOO_MANY_LISTED.at("/types").arg("max", MOST));
    }
    let mut codes = BTreeSet::new();
    for (index, new) in types.iter().enumerate() {
        let at = pointer("/types", index);
        let (code, label) = (pointer(&at, "code"), pointer(&at, "label"));
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        if !fault::is_code(&new.code, 1..=40, allowed) {
            faults.push(fault::BAD_NEED_TYPE.at(code).arg("code", &new.code));
        } else if !codes.insert(&new.code) {
            faults.push(fault::DUPLICATE_NEED_TYPE.at(code).arg("code", &new.code));
        }
        faults.extend(new.label.faults(&label, &[Lang::En, Lang::Fr], LABEL_CHARS));
    }
    fault::none(faults).map_err(Refusal::NeedTypesFaulty)?;
    if state.versions.last() == Some(&types) {
        return Ok(Vec::new());
    }
    let version = state.latest() + 1;
    Ok(vec![NeedTypesRevised { version, types }.into()])
}
