//! A token that is asked for, and what may be wrong with it.

use jiff::Timestamp;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use crate::http::handling::caller::Caller;
use crate::http::handling::dates;
use crate::http::handling::path_id::party_id;
use crate::http::problem::Problem;
use crate::http::services::Services;
use access::{Principal, Role, Scope, Scopes, issuing};
use domain::fault::{BAD_END_OF_TOKEN, BLANK, Codes, PARTY_AND_ROLE, TEXT_TOO_LONG, pointer};
use domain::party::Party;
use domain::phrase::{ExpectedText, expected};
use domain::{Fault, PartyId, blank};

/// The most characters of a token's name.
const LONGEST_NAME: usize = 200;

/// A token to make.
#[derive(Debug, Deserialize, ToSchema)]
pub struct MakeToken {
    /// What it is for: 1 to 200 characters.
    #[schema(example = "Power BI dashboard")]
    pub name: String,
    /// How much of its principal's rights it may use: `figures` (to read figures and what is public), `read`, `write`. Each
    /// must be covered by what the request itself shows. Only `read` if left out.
    #[serde(default, deserialize_with = "scopes")]
    scopes: Option<Vec<Scope>>,
    /// When it ends, RFC 3339: in the future, at most three years away, and, where a token is shown to make it, not after
    /// that one.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    /// Instead of a time: in how many days it ends, 1 to 1095. A year if neither is given, or when the token that is shown
    /// ends if that is sooner.
    days: Option<i64>,
    /// Only for administrators: the role of the program that the token is for. It is then a principal of its own.
    #[serde(default, deserialize_with = "role")]
    role: Option<Role>,
    /// Only for administrators, with a role that is a party's: the party by code or id.
    party: Option<String>,
}

fn scopes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<Scope>>, D::Error> {
    let names = Option::<Vec<String>>::deserialize(deserializer)?;
    let scopes = names.map(|names| names.iter().map(|name| read(name)).collect());
    let scopes: Option<Vec<Scope>> = scopes.transpose()?;
    if scopes.as_ref().is_some_and(Vec::is_empty) {
        return Err(D::Error::custom(
            expected::ONE_OF.codes(Scope::CODES.iter().copied()),
        ));
    }
    Ok(scopes)
}

fn role<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Role>, D::Error> {
    let name = Option::<String>::deserialize(deserializer)?;
    name.map(|name| read(&name)).transpose()
}

fn read<V: ExpectedText, E: Error>(text: &str) -> Result<V, E> {
    text.parse().map_err(|_| E::custom(V::expected()))
}

fn faulty(faults: Vec<Fault>) -> Problem {
    Problem::new("token_faulty").faults(faults)
}

impl MakeToken {
    /// The program that the token is for; none where it is for the caller.
    ///
    /// # Errors
    /// `not_allowed` for anybody but an administrator; `token_faulty`, for the name too.
    pub async fn service(
        &self,
        services: &Services,
        caller: &Caller,
    ) -> Result<Option<Principal>, Problem> {
        self.check_name()?;
        if self.role.is_none() && self.party.is_none() {
            return Ok(None);
        }
        if caller.principal.role != Role::Administrator {
            return Err(Problem::new("not_allowed").arg("role", caller.principal.role.as_str()));
        }
        let (role, party) = match (self.role, &self.party) {
            (Some(role), None) if role.is_secretariat() => (role, None),
            (Some(role), Some(named)) if !role.is_secretariat() => {
                (role, Some(registered(services, named).await?))
            }
            _ => return Err(faulty(vec![PARTY_AND_ROLE.at("/party")])),
        };
        Ok(Some(Principal {
            id: clock::new_id(),
            role,
            party,
        }))
    }

    fn check_name(&self) -> Result<(), Problem> {
        let name = blank::trimmed(&self.name);
        if name.is_empty() {
            Err(faulty(vec![BLANK.at("/name")]))
        } else if name.chars().count() > LONGEST_NAME {
            let fault = TEXT_TOO_LONG.at("/name").arg("max", LONGEST_NAME);
            Err(faulty(vec![fault]))
        } else {
            Ok(())
        }
    }

    /// The token's scopes.
    ///
    /// # Errors
    /// `scope_missing` for one that the caller's own token does not have.
    pub fn scopes(&self, caller: &Caller) -> Result<Scopes, Problem> {
        let asked = self.scopes.as_deref().unwrap_or(&[Scope::Read]);
        let own = caller.credential.scopes;
        for (index, scope) in asked.iter().enumerate() {
            if !own.cover(*scope) {
                return Err(Problem::new("scope_missing")
                    .arg("scope", scope)
                    .at(pointer("/scopes", index)));
            }
        }
        Ok(asked.iter().copied().collect())
    }

    /// When the token ends; not after `latest`.
    ///
    /// # Errors
    /// `token_faulty`.
    pub fn expires_at(&self, latest: Timestamp) -> Result<Timestamp, Problem> {
        let wrong = |at: &str| {
            let latest = format!("{latest:.0}");
            faulty(vec![BAD_END_OF_TOKEN.at(at).arg("latest", latest)])
        };
        let (end, at) = match (&self.expires_at, self.days) {
            (None, None) => return Ok(issuing::in_days(issuing::USUAL_DAYS).min(latest)),
            (Some(text), None) => (dates::instant(text), "/expires_at"),
            (None, Some(days)) => {
                let allowed = (1..=issuing::MOST_DAYS).contains(&days);
                (allowed.then(|| issuing::in_days(days)), "/days")
            }
            (Some(_), Some(_)) => return Err(wrong("/days")),
        };
        // `latest` was computed a moment before a number of days was.
        let grace = jiff::SignedDuration::from_secs(1);
        end.filter(|end| *end > clock::now() && *end - grace <= latest)
            .map(|end| end.min(latest))
            .ok_or_else(|| wrong(at))
    }
}

async fn registered(services: &Services, named: &str) -> Result<PartyId, Problem> {
    let party = party_id(named);
    let loaded = services.desk.load::<Party>(party.0, true).await?;
    if loaded.state.is_none() {
        return Err(faulty(vec![Fault {
            code: "unknown_party",
            pointer: "/party".to_owned(),
            question: None,
            args: Vec::new(),
        }]));
    }
    Ok(party)
}
