//! What each line of a list would do, and what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use super::table::{FAULTY, WrittenLine, place};
use crate::http::handling::path_id::party_id;
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::Role;
use directory::{Details, NewPerson};
use domain::collection::Collection;
use domain::commenters::Commenters;
use domain::consultation::Consultation;
use domain::delegation::Delegation;
use domain::fault::{self, Codes, Fault};
use domain::party::Party;
use domain::phrase::expected;
use domain::{Lang, PartyId};
use mail::AskedIn;

domain::code_enum! {
    /// What a line of a list would do.
    pub enum Effect as "InvitationEffect" {
        /// Its person is invited.
        Invite = "invite",
        /// Its person has the office already: nothing.
        AlreadyInvited = "already_invited",
        /// Its person takes the place of the party's focal point.
        Replace = "replace",
    }
}

/// A line that can be carried out.
#[derive(Clone, Debug)]
pub(super) struct CheckedLine {
    pub line: u64,
    pub party: PartyId,
    /// The party's code.
    pub code: String,
    pub new: NewPerson,
    pub role: Role,
    pub sections: Vec<String>,
    pub does: Effect,
}

/// Who is asked in what a list is sent to, and for what.
struct Asked {
    to: AskedIn,
    parties: BTreeSet<PartyId>,
    /// The codes of the sections.
    sections: BTreeSet<String>,
}

impl Asked {
    /// # Errors
    /// `not_found`.
    async fn load(services: &Services, to: AskedIn) -> Result<Self, Problem> {
        let desk = &services.desk;
        let (parties, sections) = match to {
            AskedIn::Collection(id) => {
                let held = desk.load::<Collection>(id.0, true).await?.state;
                let held = held.as_ref().as_ref();
                let held = held.ok_or(Problem::not_found("collection"))?;
                let form = desk.form_of_collection(held).await?;
                let codes = form.sections.iter().map(|section| section.code.clone());
                (held.invited.keys().copied().collect(), codes.collect())
            }
            AskedIn::Consultation(id) => {
                let held = desk.load::<Consultation>(id.0, true).await?.state;
                let held = held.as_ref().as_ref();
                let held = held.ok_or(Problem::not_found("consultation"))?;
                (held.asked.keys().copied().collect(), BTreeSet::new())
            }
        };
        Ok(Self {
            to,
            parties,
            sections,
        })
    }

    /// The roles that a list to it can name.
    const fn roles(&self) -> &'static [Role] {
        match self.to {
            AskedIn::Collection(_) => &[Role::FocalPoint, Role::Contributor],
            AskedIn::Consultation(_) => &[Role::Commenter],
        }
    }

    fn not_asked(&self, at: String, code: &str) -> Fault {
        let fault = match self.to {
            AskedIn::Collection(_) => fault::NOT_INVITED,
            AskedIn::Consultation(_) => fault::NOT_ASKED,
        };
        fault.at(at).arg("party", code)
    }
}

/// Looks through all lines: what each would do, as far as nothing is wrong with it, and all that is wrong.
///
/// # Errors
/// `not_found`.
pub(super) async fn check(
    services: &Services,
    to: AskedIn,
    lines: &[WrittenLine],
) -> Result<(Vec<CheckedLine>, Vec<Fault>), Problem> {
    let asked = Asked::load(services, to).await?;
    let (mut checked, mut faults) = (Vec::new(), Vec::new());
    let mut seen = Seen::default();
    for line in lines {
        let (read, found) = read_line(services, &asked, line).await?;
        let is_new = found.is_empty();
        faults.extend(found);
        let Some(read) = read.filter(|_| is_new) else {
            continue;
        };
        match seen.repetition(&read) {
            Some(fault) => faults.push(fault),
            None => checked.push(CheckedLine {
                does: effect(services, to, &read).await?,
                ..read
            }),
        }
    }
    Ok((checked, faults))
}

/// All lines, where nothing is wrong with any.
///
/// # Errors
/// `not_found`, `invitation_list_faulty`.
pub(super) async fn checked(
    services: &Services,
    to: AskedIn,
    lines: &[WrittenLine],
) -> Result<Vec<CheckedLine>, Problem> {
    let (checked, faults) = check(services, to, lines).await?;
    let refused = |faults| Problem::new(FAULTY).faults(faults);
    fault::none(faults).map_err(refused).map(|()| checked)
}

async fn read_line(
    services: &Services,
    asked: &Asked,
    written: &WrittenLine,
) -> Result<(Option<CheckedLine>, Vec<Fault>), Problem> {
    let at = |column: &str| place(written.line, column);
    let mut faults = Vec::new();
    let party = party_id(&written.party);
    let known = services.desk.load::<Party>(party.0, false).await?.state;
    let code = known.as_ref().as_ref().map(|known| known.code.clone());
    match &code {
        None => faults.push(fault::NO_SUCH_PARTY.at(at("party"))),
        Some(code) if !asked.parties.contains(&party) => {
            faults.push(asked.not_asked(at("party"), code));
        }
        Some(_) => {}
    }
    let language = written.language.to_lowercase().parse::<Lang>().ok();
    if language.is_none() {
        let known = Lang::CODES.iter().copied();
        faults.push(bad_cell(written.line, "language", &written.language, known));
    }
    let roles = asked.roles().iter();
    let role = roles.clone().find(|role| role.as_str() == written.role);
    if role.is_none() {
        let known = roles.map(|role| role.as_str());
        faults.push(bad_cell(written.line, "role", &written.role, known));
    }
    faults.extend(section_faults(asked, written, role.copied()));
    let details = Details {
        name: written.name.clone(),
        email: written.address.clone(),
        telephone: None,
        function: None,
        language: language.unwrap_or(Lang::En),
    };
    let details = match details.checked() {
        Ok(details) => Some(details),
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| {
                let column = if fault.pointer == "/email" {
                    "address"
                } else {
                    "name"
                };
                Fault {
                    pointer: at(column),
                    ..fault
                }
            }));
            None
        }
    };
    let read = code.zip(role).zip(details);
    let read = read.map(|((code, role), details)| CheckedLine {
        line: written.line,
        party,
        code,
        new: NewPerson {
            name: details.name,
            email: details.email,
            language: details.language,
        },
        role: *role,
        sections: written.sections.clone(),
        does: Effect::Invite,
    });
    Ok((read, faults))
}

fn bad_cell<'a>(
    line: u64,
    column: &str,
    value: &str,
    expected: impl IntoIterator<Item = &'a str>,
) -> Fault {
    let fault = fault::BAD_CELL.at(place(line, column));
    let fault = fault.arg("column", column).arg("value", value);
    fault.words("expected", expected::ONE_OF.codes(expected))
}

/// A contributor drafts sections that there are; nobody else has any.
fn section_faults(asked: &Asked, written: &WrittenLine, role: Option<Role>) -> Vec<Fault> {
    let at = || place(written.line, "sections");
    if role == Some(Role::Contributor) {
        if written.sections.is_empty() {
            return vec![fault::LIST_EMPTY.at(at())];
        }
        let unknown = written.sections.iter();
        let unknown = unknown.filter(|code| !asked.sections.contains(*code));
        return unknown
            .map(|code| fault::NO_SUCH_SECTION.at(at()).arg("code", code))
            .collect();
    }
    let is_stray = role.is_some() && !written.sections.is_empty();
    is_stray
        .then(|| fault::SECTIONS_WITHOUT_CONTRIBUTOR.at(at()))
        .into_iter()
        .collect()
}

/// The lines before.
#[derive(Default)]
struct Seen {
    persons: BTreeMap<(PartyId, String), u64>,
    focal_points: BTreeMap<PartyId, u64>,
}

impl Seen {
    /// Of two lines about the same person or the same office one is not meant.
    fn repetition(&mut self, line: &CheckedLine) -> Option<Fault> {
        let address = line.new.email.to_lowercase();
        let before = self.persons.insert((line.party, address), line.line);
        if let Some(before) = before {
            let fault = fault::INVITEE_LISTED_TWICE.at(place(line.line, "address"));
            return Some(fault.arg("line", before));
        }
        if line.role != Role::FocalPoint {
            return None;
        }
        let before = self.focal_points.insert(line.party, line.line)?;
        let fault = fault::FOCAL_POINT_LISTED_TWICE.at(place(line.line, "role"));
        Some(fault.arg("line", before).arg("party", &line.code))
    }
}

/// What a line would do, as things stand.
async fn effect(services: &Services, to: AskedIn, line: &CheckedLine) -> Result<Effect, Problem> {
    let desk = &services.desk;
    let person = services.directory.at(&line.new.email).await?;
    match to {
        AskedIn::Consultation(id) => {
            let commenters = desk.ids().commenters(id, line.party);
            let commenters = desk.load::<Commenters>(commenters.0, true).await?.state;
            let is_there = person.is_some_and(|person| commenters.persons.contains(&person));
            Ok(if is_there {
                Effect::AlreadyInvited
            } else {
                Effect::Invite
            })
        }
        AskedIn::Collection(id) => {
            let delegation = desk.ids().delegation(id, line.party);
            let delegation = desk.load::<Delegation>(delegation.0, true).await?.state;
            let held = match line.role {
                Role::Contributor => {
                    let admitted = person.and_then(|person| delegation.contributors.get(&person));
                    let wanted: BTreeSet<&String> = line.sections.iter().collect();
                    let is_same = admitted.is_some_and(|held| held.sections.iter().eq(wanted));
                    return Ok(if is_same {
                        Effect::AlreadyInvited
                    } else {
                        Effect::Invite
                    });
                }
                _ => delegation.focal_point(),
            };
            Ok(match held {
                None => Effect::Invite,
                held if held == person => Effect::AlreadyInvited,
                Some(_) => Effect::Replace,
            })
        }
    }
}
