//! Who may come in: principals, their roles, and the tokens, links and sessions that show them.

mod accounts;
pub mod audit;
pub mod colleagues;
pub mod cryptography;
pub mod ending;
pub mod erasure;
pub mod idempotency;
pub mod intake;
pub mod invalidation;
pub mod invitation_lists;
pub mod inviting;
pub mod issuing;
mod joint_lookup;
mod link_requests;
pub mod links;
pub mod oidc;
pub mod pruning;
mod scopes;
mod secret;
pub mod sessions;
pub mod standing;
pub mod strangers;
mod tokens;

use std::str::FromStr;

use uuid::Uuid;

use domain::PartyId;
use domain::fault::Codes;
use domain::schema;
use domain::utoipa::openapi::{RefOr, Schema};
use domain::utoipa::{PartialSchema, ToSchema};
use event_log::Actor;

pub use accounts::{Account, end_account, end_accounts, end_without_office, holds};
pub use audit::Audit;
pub use invalidation::Invalidation;
pub use issuing::{IssuedToken, NewToken, mint, revoke_all_of};
pub use link_requests::{LinkRequestTask, LinkRequests};
pub use links::{Links, end_invitations};
pub use scopes::{Scope, Scopes};
pub use secret::Secret;
pub use sessions::{Session, Sessions};
pub use tokens::Tokens;

/// In what capacity somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Secretariat: whatever an officer may, and what concerns persons, access and redaction.
    Administrator,
    /// A Secretariat officer.
    Officer,
    /// A party's focal point: answers and submits.
    FocalPoint,
    /// A colleague whom a focal point has admitted to sections of a reply: drafts.
    Contributor,
    /// Whoever comments for a party in a consultation: an organization, an institute, a State's ministry.
    Commenter,
    /// A State's permanent mission: reads its State's replies, and may nominate a focal point.
    Mission,
    /// Reads what is shared with donors.
    Donor,
    /// Nobody in particular: what is public.
    Anonymous,
}

impl Role {
    /// Every role, in the order of the columns of the policy's table.
    pub const ALL: [Self; 8] = [
        Self::Administrator,
        Self::Officer,
        Self::FocalPoint,
        Self::Contributor,
        Self::Mission,
        Self::Donor,
        Self::Anonymous,
        Self::Commenter,
    ];

    /// The role as it is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Officer => "officer",
            Self::FocalPoint => "focal_point",
            Self::Contributor => "contributor",
            Self::Commenter => "commenter",
            Self::Mission => "mission",
            Self::Donor => "donor",
            Self::Anonymous => "anonymous",
        }
    }

    /// Whether it is an office of a party, in a reply or a consultation, which the log begins and ends.
    pub const fn is_office(self) -> bool {
        matches!(self, Self::FocalPoint | Self::Contributor | Self::Commenter)
    }

    /// Whether whoever has it belongs to the Secretariat, and so acts for no party.
    pub const fn is_secretariat(self) -> bool {
        matches!(self, Self::Administrator | Self::Officer)
    }
}

/// Those that somebody can be given.
impl Codes for Role {
    const CODES: &'static [&'static str] = &[
        "administrator",
        "officer",
        "focal_point",
        "contributor",
        "mission",
        "donor",
        "commenter",
    ];
}

impl PartialSchema for Role {
    fn schema() -> RefOr<Schema> {
        schema::codes_of::<Self>("In what capacity somebody acts.")
    }
}

impl ToSchema for Role {}

/// Reads a role that somebody can be given; nobody is given `anonymous`.
impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let given = Self::ALL
            .into_iter()
            .filter(|role| *role != Self::Anonymous);
        given
            .clone()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| {
                let known: Vec<&str> = given.map(Self::as_str).collect();
                format!(
                    "{text:?} is no role that can be given: {}",
                    known.join(", ")
                )
            })
    }
}

/// Somebody, in a role, acting for a party if the role is a party's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Stays the same over the tokens of the same principal; nil for the anonymous.
    pub id: Uuid,
    /// The role.
    pub role: Role,
    /// The party; none for the Secretariat and the anonymous.
    pub party: Option<PartyId>,
}

impl Principal {
    /// Whoever shows no token.
    pub const ANONYMOUS: Self = Self {
        id: Uuid::nil(),
        role: Role::Anonymous,
        party: None,
    };

    /// Who plays this role in the demonstration: the same on every run, so that a command sent again is known as such.
    pub fn demonstration(role: Role, party: Option<PartyId>) -> Self {
        let party_or_none = party.map_or_else(String::new, |party| party.to_string());
        let name = format!(
            "urn:rapporteur:demonstration:{}:{party_or_none}",
            role.as_str()
        );
        Self {
            id: Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()),
            role,
            party,
        }
    }

    /// As events name it.
    pub fn actor(&self) -> Actor {
        Actor {
            principal: self.id,
            role: self.role.as_str().to_owned(),
            party: self.party.map(|party| party.0),
        }
    }

    /// Whether it may see what is restricted to this party and the Secretariat. A donor acts for a party too, but sees
    /// only what is shared with donors; and a commenter what concerns the comments.
    pub fn sees(&self, party: PartyId) -> bool {
        let is_apart = matches!(self.role, Role::Donor | Role::Commenter);
        self.role.is_secretariat() || (!is_apart && self.party == Some(party))
    }
}

/// What a request shows: who sends it, and how much of that principal's rights it may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// Who.
    pub principal: Principal,
    /// How much of the principal's rights.
    pub scopes: Scopes,
    /// The id of the token that was shown; none for other ways in.
    pub token: Option<Uuid>,
    /// The identity at an issuer of single sign-on through which they came in, or the token was made that was shown.
    pub identity: Option<Uuid>,
}

impl From<Principal> for Credential {
    /// Somebody who came in otherwise than by a token has all of their rights.
    fn from(principal: Principal) -> Self {
        Self {
            principal,
            scopes: Scopes::ALL,
            token: None,
            identity: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A demonstration that was cut short under another id would be played twice.
    #[test]
    fn who_plays_the_demonstration_never_changes() {
        let ids = [
            Principal::demonstration(Role::Officer, None).id,
            Principal::demonstration(Role::FocalPoint, Some(PartyId::from_code("FIN"))).id,
        ];
        insta::assert_json_snapshot!(ids, @r#"
        [
          "51c988a3-b542-5463-af3a-158682860440",
          "6fe3c6df-5993-5b77-b32d-88cc8b4e0a88"
        ]
        "#);
    }
}
