//! Who calls, in which languages, and how a write is told apart from others.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::desk::Request;
use crate::http::conditional::entity_tag::{self, TagCondition};
use crate::http::handling::languages;
use crate::http::problem::Problem;
use access::{Credential, Principal, Role};
use domain::reply::ReplyCapacity;
use domain::{Lang, PartyId, PersonId};
use event_log::CommandId;

/// The caller of a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub principal: Principal,
    /// How much of their rights the request may use, and the token that it shows.
    pub credential: Credential,
    /// The languages that the caller reads, best first.
    pub languages: Vec<Lang>,
    key: Option<String>,
    if_match: Option<Vec<u64>>,
    target: String,
}

impl Caller {
    /// The command that this request with this body is. The same principal and key are the same command, which must
    /// then be the same request.
    pub fn request(&self, body: &[u8]) -> Request {
        let command = match &self.key {
            None => CommandId {
                id: clock::new_id(),
                request: None,
            },
            Some(key) => {
                let id = Sha256::new()
                    .chain_update(self.principal.id)
                    .chain_update(key)
                    .finalize();
                // With the key, which only the client has: the hash of short words alone could be guessed.
                let request = Sha256::new()
                    .chain_update(key)
                    .chain_update(b"\n")
                    .chain_update(&self.target)
                    .chain_update(b"\n")
                    .chain_update(body)
                    .finalize();
                let mut bytes = [0; 16];
                bytes.copy_from_slice(&id[..16]);
                CommandId {
                    id: uuid::Builder::from_custom_bytes(bytes).into_uuid(),
                    request: Some(request.into()),
                }
            }
        };
        Request {
            actor: self.principal.actor(),
            command,
            if_match: self.if_match.clone(),
        }
    }

    /// The caller of a request for a page, in the languages of pages.
    ///
    /// # Errors
    /// A header is none that is taken.
    pub fn for_page(request: &HttpRequest, languages: Vec<Lang>) -> Result<Self, Problem> {
        read(request, languages)
    }

    /// The same, as anybody: with no more rights than whoever shows nothing.
    #[must_use]
    pub fn as_anybody(mut self) -> Self {
        self.principal = Principal::ANONYMOUS;
        self.credential = Principal::ANONYMOUS.into();
        self
    }

    /// The same, of a form that was made with this key: sent twice, it is done once.
    #[must_use]
    pub fn with_key(mut self, key: &str) -> Self {
        self.key = (!key.is_empty()).then(|| key.chars().take(255).collect());
        self
    }

    /// The positions that If-Match names, where it is there.
    pub fn if_match(&self) -> Option<&[u64]> {
        self.if_match.as_deref()
    }

    /// The party for which the caller acts.
    ///
    /// # Errors
    /// The caller acts for none.
    pub fn party(&self) -> Result<PartyId, Problem> {
        self.principal
            .party
            .ok_or_else(|| Problem::new("not_allowed").arg("role", self.principal.role.as_str()))
    }

    /// In what capacity the caller acts on replies.
    ///
    /// # Errors
    /// The caller's role acts on no reply.
    pub fn reply_capacity(&self) -> Result<ReplyCapacity, Problem> {
        let person = PersonId(self.principal.id);
        match self.principal.role {
            Role::FocalPoint => Ok(ReplyCapacity::FocalPoint(person)),
            Role::Contributor => Ok(ReplyCapacity::Contributor(person)),
            Role::Administrator | Role::Officer => Ok(ReplyCapacity::Secretariat),
            role => Err(Problem::new("not_allowed").arg("role", role.as_str())),
        }
    }

    /// Lets only those go on who may see what is restricted to this party; to others it is not there.
    ///
    /// # Errors
    /// `not_found`.
    pub fn authorise_party(&self, party: PartyId, what: &'static str) -> Result<(), Problem> {
        if self.principal.sees(party) {
            Ok(())
        } else {
            Err(Problem::not_found(what))
        }
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(languages::from_request(request).and_then(|languages| read(request, languages)))
    }
}

fn read(request: &HttpRequest, languages: Vec<Lang>) -> Result<Caller, Problem> {
    let credential = request.extensions().get::<Credential>().copied();
    let credential = credential.unwrap_or_else(|| Principal::ANONYMOUS.into());
    Ok(Caller {
        principal: credential.principal,
        credential,
        languages,
        key: idempotency_key(request)?,
        if_match: if_match(request)?,
        target: format!("{} {}", request.method(), request.uri()),
    })
}

/// `Idempotency-Key`, bare or as the quoted string of the IETF draft.
fn idempotency_key(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get("idempotency-key") else {
        return Ok(None);
    };
    let key = value.to_str().unwrap_or_default().trim().trim_matches('"');
    if key.is_empty() || key.len() > 255 {
        return Err(Problem::new("bad_idempotency_key"));
    }
    Ok(Some(key.to_owned()))
}

/// `If-Match`, as positions: the resource must be at one of them.
fn if_match(request: &HttpRequest) -> Result<Option<Vec<u64>>, Problem> {
    let bad = || Problem::new("bad_if_match");
    let named = entity_tag::tag_conditions(request.headers(), header::IF_MATCH).ok_or_else(bad)?;
    let is_any = named.is_empty() || named.contains(&TagCondition::Any);
    let tags = named.into_iter().filter_map(TagCondition::tag);
    let positions = tags.map(|tag| entity_tag::position(tag).ok_or_else(bad));
    let positions = positions.collect::<Result<_, _>>()?;
    Ok((!is_any).then_some(positions))
}

/// An id in a path; one that is none is as little there as an unknown one.
///
/// # Errors
/// `not_found`.
pub fn id<I: From<Uuid>>(text: &str, what: &'static str) -> Result<I, Problem> {
    Uuid::parse_str(text)
        .map(I::from)
        .map_err(|_| Problem::not_found(what))
}
