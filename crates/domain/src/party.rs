//! A party: whoever takes part. Its regional group is an attribute with history.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::fault::{self, Fault};
use super::{Lang, Texts, times};

#[cfg(test)]
mod tests;

const NAME_CHARS: usize = 300;
const REGION_CHARS: usize = 60;
const REASON_CHARS: usize = 1_000;

code_enum! {
    /// What a party is.
    pub enum PartyKind {
        /// A Member State of the United Nations: the only kind that response rates count.
        MemberState = "member_state",
        /// A non-member observer State.
        ObserverState = "observer_state",
        /// An intergovernmental organization.
        Igo = "igo",
        /// A non-governmental organization.
        Ngo = "ngo",
        /// An institute of the United Nations crime prevention and criminal justice programme network.
        ProgrammeInstitute = "programme_institute",
        /// Another entity of the United Nations system.
        UnEntity = "un_entity",
        /// The Secretariat itself.
        Secretariat = "secretariat",
    }
}

impl PartyKind {
    /// Whether it is a State, member or observer.
    pub const fn is_state(self) -> bool {
        matches!(self, Self::MemberState | Self::ObserverState)
    }
}

code_enum! {
    /// A regional group of Member States.
    pub enum RegionalGroup {
        /// African States.
        African = "african",
        /// Asia-Pacific States.
        AsiaPacific = "asia-pacific",
        /// Eastern European States.
        EasternEuropean = "eastern-european",
        /// Latin American and Caribbean States.
        Grulac = "grulac",
        /// Western European and other States.
        Weog = "weog",
    }
}

// Events

events! {
    /// What happens to a party.
    pub enum Event {
        PartyRegistered = "party_registered",
        PartyRegrouped = "party_regrouped",
    }
}

/// A party exists from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RegisterParty)]
pub struct PartyRegistered {
    /// ISO 3166-1 alpha-3 for States, 2 to 20 of `[A-Z0-9-]` otherwise. The party's id is made from it.
    pub code: String,
    /// What it is.
    pub kind: PartyKind,
    /// Its short name, always in English too.
    pub names: Texts,
    /// ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iso2: Option<String>,
    /// The three digits of the United Nations' M49.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub m49: Option<String>,
    /// For a Member State: its regional group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regional_group: Option<RegionalGroup>,
    /// M49 region, by its English name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// M49 sub-region, by its English name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub_region: Option<String>,
    /// Since when it has been a Member State.
    #[serde(
        default,
        deserialize_with = "times::read_some_day",
        skip_serializing_if = "Option::is_none"
    )]
    pub admitted: Option<Date>,
}

/// A State counts in another regional group, or in none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RegroupParty)]
pub struct PartyRegrouped {
    /// The group from that day on; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regional_group: Option<RegionalGroup>,
    /// The day from which it holds.
    #[serde(deserialize_with = "times::read_day")]
    pub on: Date,
    /// Why, with the decision that it rests on.
    pub reason: String,
}

// State

/// A party as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// See [`PartyRegistered::code`].
    pub code: String,
    /// What it is.
    pub kind: PartyKind,
    /// Its short name.
    pub names: Texts,
    /// ISO 3166-1 alpha-2.
    pub iso2: Option<String>,
    /// M49.
    pub m49: Option<String>,
    /// Its regional group now: the one recorded last.
    pub regional_group: Option<RegionalGroup>,
    /// The regional group that it was registered in.
    pub first_group: Option<RegionalGroup>,
    /// How its regional group changed, in the order in which that was recorded.
    pub regroupings: Vec<PartyRegrouped>,
    /// M49 region.
    pub region: Option<String>,
    /// M49 sub-region.
    pub sub_region: Option<String>,
    /// Since when it has been a Member State.
    pub admitted: Option<Date>,
}

/// None until the party is registered.
pub type State = Option<Party>;

fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (None, Event::PartyRegistered(event)) => Some(Party::from(event.clone())),
        (Some(mut party), Event::PartyRegrouped(event)) => {
            party.regional_group = event.regional_group;
            party.regroupings.push(event.clone());
            Some(party)
        }
        (state, _) => state,
    }
}

impl From<PartyRegistered> for Party {
    fn from(event: PartyRegistered) -> Self {
        let PartyRegistered {
            code,
            kind,
            names,
            iso2,
            m49,
            regional_group,
            region,
            sub_region,
            admitted,
        } = event;
        Self {
            code,
            kind,
            names,
            iso2,
            m49,
            regional_group,
            first_group: regional_group,
            regroupings: Vec::new(),
            region,
            sub_region,
            admitted,
        }
    }
}

impl Party {
    /// The regional group in which it counted on a day: that of the last change before it, by the day of the change; of
    /// two changes on one day the one recorded later.
    pub fn group_on(&self, day: Date) -> Option<RegionalGroup> {
        let until_then = self.regroupings.iter().filter(|change| change.on <= day);
        match until_then.max_by_key(|change| change.on) {
            Some(change) => change.regional_group,
            None => self.first_group,
        }
    }
}

// Commands

/// What somebody wants of a party.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Let it exist.
    Register(PartyRegistered),
    /// Count it in another regional group.
    Regroup(PartyRegrouped),
}

// Refusals

refusals! {
    /// Why not.
    pub enum Refusal {
        PartyAlreadyRegistered = "party_already_registered", "a party with this code is registered already";
        UnknownParty = "unknown_party", "there is no such party";
        PartyFaulty(faults) = "party_faulty", "what is said of the party has faults";
        PartyAlreadyInGroup = "party_already_in_group", "the party is in this regional group already";
    }
}

// Decide

type Context = ();

decider!(Party);

fn decide(state: &State, (): &Context, command: Command) -> Result<Vec<Event>, Refusal> {
    match (state, command) {
        (Some(_), Command::Register(_)) => Err(Refusal::PartyAlreadyRegistered),
        (None, Command::Register(party)) => register(party),
        (None, Command::Regroup(_)) => Err(Refusal::UnknownParty),
        (Some(party), Command::Regroup(change)) => regroup(party, change),
    }
}

fn register(party: PartyRegistered) -> Result<Vec<Event>, Refusal> {
    let mut faults = Vec::new();
    faults.extend(code_fault(&party));
    faults.extend(party.names.faults("/names", &[Lang::En], NAME_CHARS));
    let iso2 = party.iso2.as_ref().filter(|code| !capitals(code, 2));
    faults.extend(iso2.map(|code| fault::BAD_ISO2.at("/iso2").arg("code", code)));
    let m49 = party
        .m49
        .as_ref()
        .filter(|code| !fault::is_code(code, 3..=3, |byte| byte.is_ascii_digit()));
    faults.extend(m49.map(|code| fault::BAD_M49.at("/m49").arg("code", code)));
    faults.extend(group_fault(party.kind, party.regional_group));
    for (region, at) in [
        (&party.region, "/region"),
        (&party.sub_region, "/sub_region"),
    ] {
        faults.extend(
            region
                .as_ref()
                .and_then(|region| fault::of_text(region, at, REGION_CHARS)),
        );
    }
    fault::none(faults).map_err(Refusal::PartyFaulty)?;
    Ok(vec![party.into()])
}

fn regroup(party: &Party, change: PartyRegrouped) -> Result<Vec<Event>, Refusal> {
    if party.regional_group == change.regional_group {
        return Err(Refusal::PartyAlreadyInGroup);
    }
    let mut faults = Vec::new();
    faults.extend(group_fault(party.kind, change.regional_group));
    faults.extend(fault::of_text(&change.reason, "/reason", REASON_CHARS));
    fault::none(faults).map_err(Refusal::PartyFaulty)?;
    Ok(vec![change.into()])
}

fn code_fault(party: &PartyRegistered) -> Option<Fault> {
    let code = &party.code;
    let allowed = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    let (good, kind) = if party.kind.is_state() {
        (capitals(code, 3), fault::BAD_STATE_CODE)
    } else {
        (fault::is_code(code, 2..=20, allowed), fault::BAD_PARTY_CODE)
    };
    (!good).then(|| kind.at("/code").arg("code", code))
}

/// A Member State counts in one group; an observer State may be in one; nobody else is.
fn group_fault(kind: PartyKind, group: Option<RegionalGroup>) -> Option<Fault> {
    match group {
        None if kind == PartyKind::MemberState => {
            Some(fault::REGIONAL_GROUP_REQUIRED.at("/regional_group"))
        }
        Some(_) if !kind.is_state() => Some(
            fault::REGIONAL_GROUP_NOT_ALLOWED
                .at("/regional_group")
                .arg("kind", kind),
        ),
        _ => None,
    }
}

fn capitals(code: &str, length: usize) -> bool {
    fault::is_code(code, length..=length, |byte| byte.is_ascii_uppercase())
}
