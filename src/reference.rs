//! The reference data that every Rapporteur starts with: States, categories, standards. They are loaded as events.

use serde::Deserialize;

use crate::desk::{DecisionError, Desk, Request};
use domain::classification::{self, CategoryAdded, Classification, Confidence, StandardAdded};
use domain::meeting::Seats;
use domain::need_types::{self, NeedType, NeedTypes};
use domain::party::{self, Party, PartyKind, PartyRegistered, RegionalGroup};
use domain::{Lang, PartyId, Refusal, Texts, classification_id, need_types_id};
use event_log::{Actor, ReadError};

pub mod currencies;

const MEMBER_STATES: &str = include_str!("../data/reference/member_states.csv");
const OBSERVER_STATES: &str = include_str!("../data/reference/observer_states.csv");
const REGIONAL_GROUPS: &str = include_str!("../data/reference/regional_groups.csv");
const CATEGORIES: &str = include_str!("../data/reference/categories.csv");
const NEED_TYPES: &str = include_str!("../data/reference/need_types.csv");
const STANDARDS: &str = include_str!("../data/reference/standards.csv");

/// Reference data that could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ReferenceError {
    /// A file is not as it should be.
    #[error("the reference data have a fault: {0}")]
    Faulty(String),
    /// They could not be recorded.
    #[error("the reference data could not be recorded: {0}")]
    NotRecorded(Box<dyn std::error::Error + Send + Sync>),
}

impl<R: Refusal> From<DecisionError<R>> for ReferenceError {
    fn from(error: DecisionError<R>) -> Self {
        Self::NotRecorded(error.into())
    }
}

impl From<ReadError> for ReferenceError {
    fn from(error: ReadError) -> Self {
        Self::NotRecorded(error.into())
    }
}

impl From<csv::Error> for ReferenceError {
    fn from(error: csv::Error) -> Self {
        Self::Faulty(error.to_string())
    }
}

#[derive(Deserialize)]
struct StateRow {
    m49: String,
    iso3: String,
    iso2: String,
    name_en: String,
    name_fr: String,
    name_es: String,
    name_ru: String,
    name_zh: String,
    name_ar: String,
    regional_group: String,
    region: String,
    sub_region: String,
    admitted: String,
}

/// A regional group, with its seats on the Commission.
#[derive(Clone, Debug, Deserialize)]
pub struct RegionalGroupRow {
    /// Its code.
    pub code: String,
    /// As member_states.csv calls it.
    pub name_in_member_states_csv: String,
    /// In English.
    pub label_en: String,
    /// In French.
    pub label_fr: String,
    /// Its seats on the Commission on Crime Prevention and Criminal Justice.
    pub commission_seats: u8,
}

#[derive(Deserialize)]
struct CategoryRow {
    code: String,
    title_en: String,
    title_fr: String,
}

#[derive(Deserialize)]
struct NeedTypeRow {
    code: String,
    label_en: String,
    label_fr: String,
}

#[derive(Deserialize)]
struct StandardRow {
    code: String,
    category: String,
    title_en: String,
    title_fr: String,
    adopted_by: String,
    years: String,
    confidence: String,
}

/// The regional groups.
pub fn regional_groups() -> Result<Vec<RegionalGroupRow>, ReferenceError> {
    rows(REGIONAL_GROUPS)
}

/// The regional groups' seats on the Commission.
pub fn commission() -> Result<Seats, ReferenceError> {
    let seats = regional_groups()?.into_iter().map(|row| {
        let group = row.code.parse::<RegionalGroup>().map_err(faulty)?;
        Ok((group, u16::from(row.commission_seats)))
    });
    Ok(Seats(seats.collect::<Result<_, ReferenceError>>()?))
}

fn rows<T: for<'de> Deserialize<'de>>(text: &str) -> Result<Vec<T>, ReferenceError> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .map(|row| Ok(row?))
        .collect()
}

fn faulty(error: impl std::fmt::Display) -> ReferenceError {
    ReferenceError::Faulty(error.to_string())
}

/// The States: 193 members, then 2 observers.
pub fn states() -> Result<Vec<PartyRegistered>, ReferenceError> {
    let groups = regional_groups()?;
    let mut states = Vec::new();
    for (text, kind) in [
        (MEMBER_STATES, PartyKind::MemberState),
        (OBSERVER_STATES, PartyKind::ObserverState),
    ] {
        for row in rows::<StateRow>(text)? {
            let group = groups
                .iter()
                .find(|group| group.name_in_member_states_csv == row.regional_group)
                .map(|group| group.code.parse::<RegionalGroup>().map_err(faulty))
                .transpose()?;
            let admitted = match row.admitted.as_str() {
                "" => None,
                date => Some(date.parse().map_err(faulty)?),
            };
            states.push(PartyRegistered {
                code: row.iso3,
                kind,
                names: Texts::from([
                    (Lang::En, row.name_en),
                    (Lang::Fr, row.name_fr),
                    (Lang::Es, row.name_es),
                    (Lang::Ru, row.name_ru),
                    (Lang::Zh, row.name_zh),
                    (Lang::Ar, row.name_ar),
                ]),
                iso2: Some(row.iso2),
                m49: Some(row.m49),
                regional_group: group,
                region: Some(row.region),
                sub_region: Some(row.sub_region),
                admitted,
            });
        }
    }
    Ok(states)
}

/// The categories and the standards in them.
pub fn classification() -> Result<(Vec<CategoryAdded>, Vec<StandardAdded>), ReferenceError> {
    let categories = rows::<CategoryRow>(CATEGORIES)?
        .into_iter()
        .map(|row| CategoryAdded {
            code: row.code,
            title: Texts::from([(Lang::En, row.title_en), (Lang::Fr, row.title_fr)]),
        });
    let mut standards = Vec::new();
    for row in rows::<StandardRow>(STANDARDS)? {
        standards.push(StandardAdded {
            code: row.code,
            category: row.category,
            title: Texts::from([(Lang::En, row.title_en), (Lang::Fr, row.title_fr)]),
            adopted_by: row.adopted_by,
            years: row
                .years
                .split(';')
                .map(|year| year.trim().parse().map_err(faulty))
                .collect::<Result<_, _>>()?,
            confidence: row.confidence.parse::<Confidence>().map_err(faulty)?,
        });
    }
    Ok((categories.collect(), standards))
}

/// Records what of the reference data is not on record yet; answers how many events that took.
pub async fn load(desk: &Desk) -> Result<usize, ReferenceError> {
    let types = load_need_types(desk).await?;
    Ok(load_classification(desk).await? + types + load_states(desk).await?)
}

/// The first version of the list of types of needs. One that the Secretariat has revised since is left as it is.
async fn load_need_types(desk: &Desk) -> Result<usize, ReferenceError> {
    let held = desk.load::<NeedTypes>(need_types_id(), true).await;
    if held?.state.latest() > 0 {
        return Ok(0);
    }
    let types = need_types()?;
    let revise = need_types::Command::Revise { types };
    let decided = desk
        .decide::<NeedTypes>(&request(), need_types_id(), &(), revise, &[])
        .await?;
    Ok(decided.events.len())
}

/// The types of needs that the first version of the list has.
pub fn need_types() -> Result<Vec<NeedType>, ReferenceError> {
    let types = rows::<NeedTypeRow>(NEED_TYPES)?.into_iter();
    let types = types.map(|row| NeedType {
        code: row.code,
        label: Texts::from([(Lang::En, row.label_en), (Lang::Fr, row.label_fr)]),
    });
    Ok(types.collect())
}

async fn load_classification(desk: &Desk) -> Result<usize, ReferenceError> {
    loop {
        let known = desk
            .load::<Classification>(classification_id(), true)
            .await?;
        let (mut categories, mut standards) = classification()?;
        categories.retain(|category| !known.state.has_had_category(&category.code));
        standards.retain(|standard| !known.state.standards.contains_key(&standard.code));
        if categories.is_empty() && standards.is_empty() {
            return Ok(0);
        }
        let extend = classification::Command::Extend {
            categories,
            standards,
        };
        let id = classification_id();
        match desk
            .decide::<Classification>(&request(), id, &(), extend, &[])
            .await
        {
            // Another process that starts at the same moment was faster: what it has added is left out next time.
            Err(DecisionError::Refused(classification::Refusal::ClassificationFaulty(_)))
                if desk
                    .load::<Classification>(classification_id(), true)
                    .await?
                    .version
                    > known.version => {}
            decided => return Ok(decided?.events.len()),
        }
    }
}

async fn load_states(desk: &Desk) -> Result<usize, ReferenceError> {
    let states = states()?;
    let registered = desk
        .log()
        .existing(
            &states
                .iter()
                .map(|state| PartyId::from_code(&state.code).0)
                .collect::<Vec<_>>(),
        )
        .await?;
    // All at once: the writer records them in a few transactions.
    let missing = states
        .into_iter()
        .filter(|state| !registered.contains(&PartyId::from_code(&state.code).0));
    let done = futures_util::future::join_all(missing.map(async |state| {
        let id = PartyId::from_code(&state.code).0;
        let register = party::Command::Register(state);
        match desk
            .decide::<Party>(&request(), id, &(), register, &[])
            .await
        {
            // Another process that starts at the same moment was faster.
            Err(DecisionError::Refused(party::Refusal::PartyAlreadyRegistered)) => Ok(0),
            decided => decided.map(|decided| decided.events.len()),
        }
    }))
    .await;
    let recorded: Result<usize, DecisionError<party::Refusal>> = done.into_iter().sum();
    Ok(recorded?)
}

fn request() -> Request {
    Request::unkeyed(Actor {
        principal: uuid::Uuid::nil(),
        role: "system".to_owned(),
        party: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roll_counts_as_the_groups_do() {
        let states = states().unwrap();
        let of = |group| {
            states
                .iter()
                .filter(|state| {
                    state.kind == PartyKind::MemberState && state.regional_group == Some(group)
                })
                .count()
        };
        assert_eq!(
            RegionalGroup::ALL
                .iter()
                .map(|group| of(*group))
                .collect::<Vec<_>>(),
            [54, 54, 23, 33, 29]
        );
        assert_eq!(states.len(), 195);
    }

    #[test]
    fn the_commission_has_forty_members() {
        let commission = commission().unwrap();
        assert_eq!(commission.total(), 40);
        let of = |group: &RegionalGroup| commission.apportion(40).for_group(*group);
        let seats: Vec<u16> = RegionalGroup::ALL.iter().map(of).collect();
        assert_eq!(seats, [12, 9, 4, 8, 7]);
    }

    #[test]
    fn every_standard_is_in_a_category() {
        let (categories, standards) = classification().unwrap();
        assert_eq!((categories.len(), standards.len()), (4, 41));
        for standard in standards {
            assert!(
                categories
                    .iter()
                    .any(|category| category.code == standard.category),
                "{}",
                standard.code
            );
        }
    }
}
