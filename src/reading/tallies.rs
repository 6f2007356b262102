//! Tallies: what the Member States that replied answered to a question, as of a position.

use std::collections::BTreeMap;

use serde::Deserialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::{number, position};

/// How the replies of a group stand to a question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Base {
    /// The group that was asked for.
    pub group: Option<String>,
    /// Replies of Member States, at their submitted version.
    pub replied: u64,
    /// Of these, those whose answers are counted.
    pub counted: u64,
    /// Of those counted, with an answer.
    pub answered: u64,
    /// Of those counted, with "not available".
    pub not_available: u64,
    /// With "not applicable".
    pub not_applicable: u64,
    /// With "not collected".
    pub not_collected: u64,
    /// With "confidential".
    pub confidential: u64,
    /// To which the question was not asked.
    pub not_relevant: u64,
}

/// How often an option was chosen in a group.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OptionCount {
    /// The group that was asked for.
    pub group: Option<String>,
    /// The option.
    pub value: String,
    /// How many replies chose it.
    pub count: u64,
}

/// What was counted, and at which state of the log.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The bases, by group.
    pub bases: Vec<Base>,
    /// The options chosen, by group.
    pub options: Vec<OptionCount>,
    /// How many replies of other than Member States are left out.
    pub others: u64,
    /// The position counted at.
    pub position: u64,
    /// When that position was recorded.
    pub time: Option<String>,
    /// The last position at which a count could have changed.
    pub changed: u64,
}

/// What was counted in a cell: the total or a group. `counted` of `replied` are counted, and are the sum of the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Replies of Member States at their submitted version.
    pub replied: u64,
    /// Of these, those whose answers are counted.
    pub counted: u64,
    /// With an answer.
    pub answered: u64,
    /// With "not available".
    pub not_available: u64,
    /// With "not applicable".
    pub not_applicable: u64,
    /// With "not collected".
    pub not_collected: u64,
    /// With "confidential".
    pub confidential: u64,
    /// To which the question was not asked.
    pub not_relevant: u64,
    /// With nothing.
    pub blank: u64,
    /// How often each option was chosen, of those that were.
    pub chosen: BTreeMap<String, u64>,
}

impl Base {
    /// Of those counted, all that are not blank.
    fn known(&self) -> u64 {
        let missing = self.not_available + self.not_applicable + self.not_collected;
        self.answered + missing + self.confidential + self.not_relevant
    }
}

impl Tally {
    /// The cell of the groups that `is_in` names.
    pub fn cell(&self, is_in: impl Fn(Option<&str>) -> bool) -> Cell {
        let mut cell = Cell::default();
        let bases = self.bases.iter();
        for base in bases.filter(|base| is_in(base.group.as_deref())) {
            cell.replied += base.replied;
            cell.counted += base.counted;
            cell.answered += base.answered;
            cell.not_available += base.not_available;
            cell.not_applicable += base.not_applicable;
            cell.not_collected += base.not_collected;
            cell.confidential += base.confidential;
            cell.not_relevant += base.not_relevant;
            cell.blank += base.counted - base.known();
        }
        let options = self.options.iter();
        for option in options.filter(|option| is_in(option.group.as_deref())) {
            *cell.chosen.entry(option.value.clone()).or_default() += option.count;
        }
        cell
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub struct TallyQuery<'a> {
    /// In which collection.
    pub collection: Uuid,
    /// The address of the field.
    pub question: &'a str,
    /// The code of the question's section.
    pub section: &'a str,
    /// By which groups: `regional_group`, `region`; anything else: none.
    pub group_by: &'a str,
}

/// Counts the answers to a question by group: everybody's, or, where a position is given by which consent is judged, those
/// whose versions were consented to as of the position counted at, and still were then.
pub async fn count(
    pool: &PgPool,
    as_of: Option<u64>,
    consent: Option<u64>,
    asked: TallyQuery<'_>,
) -> sqlx::Result<Tally> {
    let found = sqlx::query_file!(
        "src/reading/tallies.sql",
        number(as_of),
        asked.collection,
        asked.group_by,
        asked.question,
        number(consent),
        asked.section,
        &parts_of(asked.question) as &[String]
    )
    .fetch_one(pool)
    .await?;
    let bases: Json<Vec<Base>> = found.bases;
    let options: Json<Vec<OptionCount>> = found.options;
    Ok(Tally {
        bases: bases.0,
        options: options.0,
        others: position(found.others),
        position: position(found.position),
        time: found.time,
        changed: position(found.changed),
    })
}

/// The addresses of what an address is a part of, itself among them.
fn parts_of(address: &str) -> Vec<String> {
    let dots = address.match_indices('.').map(|(at, _)| at);
    let parts = dots.chain([address.len()]);
    parts.map(|end| address[..end].to_owned()).collect()
}
