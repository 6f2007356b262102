//! What a token's claims give: a role, a party, and how the directory may know the person.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::settings::{Issuer, PartyClaim, is_code};
use crate::Role;
use directory::address;
use domain::{Lang, PartyId, blank};

/// Characters of a name and of an address that the directory takes over.
const NAME: usize = 300;
const EMAIL: usize = 320;

/// What a token gives whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GrantedRole {
    /// The role.
    pub role: Role,
    /// The party; none for the Secretariat.
    pub party: Option<PartyId>,
}

/// How the issuer knows the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct IssuerProfile {
    /// Their address; only one that is verified.
    pub email: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Their language, English where it is none of ours.
    pub language: Lang,
}

/// The role and the party. Values that the settings do not name mean nothing, but two meanings are refused: nobody
/// should have to guess in which capacity somebody acts.
pub(super) fn granted_role(
    claims: &Map<String, Value>,
    issuer: &Issuer,
) -> Result<GrantedRole, Refusal> {
    let shown = values(claims, &issuer.role.claim);
    let roles = shown
        .iter()
        .filter_map(|value| issuer.role.values.get(*value));
    let mut distinct: Vec<Role> = Vec::new();
    for role in roles {
        if !distinct.contains(role) {
            distinct.push(*role);
        }
    }
    let role = match distinct[..] {
        [] => return Err(Refusal::NoRole),
        [role] => role,
        _ => return Err(Refusal::SeveralRoles),
    };
    if role.is_secretariat() {
        // Acts for no party, whatever other groups the person is in.
        return Ok(GrantedRole { role, party: None });
    }
    let party = issuer.party.as_ref().ok_or(Refusal::NoParty)?;
    Ok(GrantedRole {
        role,
        party: Some(the_party(claims, party)?),
    })
}

fn the_party(claims: &Map<String, Value>, settings: &PartyClaim) -> Result<PartyId, Refusal> {
    let shown = values(claims, &settings.claim);
    let codes: BTreeSet<&str> = match &settings.values {
        Some(named) => shown
            .iter()
            .filter_map(|value| named.get(*value).map(String::as_str))
            .collect(),
        None => shown.into_iter().collect(),
    };
    let mut codes = codes.into_iter();
    match (codes.next(), codes.next()) {
        (None, _) => Err(Refusal::NoParty),
        (Some(_), Some(_)) => Err(Refusal::SeveralParties),
        (Some(code), None) if is_code(code) => Ok(PartyId::from_code(code)),
        (Some(_), None) => Err(Refusal::UnknownParty(None)),
    }
}

/// How the issuer knows the person. An address that nobody has verified could be anybody's, so it is as if it were not there.
pub(super) fn issuer_profile(claims: &Map<String, Value>, issuer: &Issuer) -> IssuerProfile {
    let is_verified =
        issuer.trust_email || claims.get("email_verified") == Some(&Value::Bool(true));
    let email = text(claims, "email", EMAIL).and_then(|email| address::normal_form(&email));
    let language = claims.get("locale").and_then(Value::as_str);
    let language = language.and_then(|tag| tag.split(['-', '_']).next()?.parse().ok());
    IssuerProfile {
        email: email.filter(|_| is_verified),
        name: text(claims, "name", NAME),
        language: language.unwrap_or(Lang::En),
    }
}

fn text(claims: &Map<String, Value>, name: &str, limit: usize) -> Option<String> {
    let text = blank::trimmed(claims.get(name)?.as_str()?);
    let is_fine =
        !text.is_empty() && text.chars().count() <= limit && !text.contains(char::is_control);
    is_fine.then(|| text.to_owned())
}

/// The values of a claim: a string, or the strings of a list.
fn values<'a>(claims: &'a Map<String, Value>, name: &str) -> Vec<&'a str> {
    match find(claims, name) {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// A claim by its name; where none has it, a dot leads into an object. Names can be URLs, which have dots of their own.
fn find<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = claims.get(name) {
        return Some(value);
    }
    let (outer, inner) = name.split_once('.')?;
    find(claims.get(outer)?.as_object()?, inner)
}

#[cfg(test)]
mod tests;
