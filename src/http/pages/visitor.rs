//! Whoever asks for a page: who they are, in which language, and what they may do.

use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::form::Form;
use super::frame::Frame;
use crate::http::handling::body::Body;
use crate::http::handling::languages;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::write::Write;
use crate::http::policy::{self, Rule};
use crate::http::problem::Problem;
use crate::reading::parties;
use access::Role;
use domain::{Lang, PartyId};
use texts::words::Words;

/// Whoever asks for a page. It reads as the API does.
pub struct Visitor {
    lookup: Lookup,
    /// The words of the page.
    pub words: Words,
}

impl Deref for Visitor {
    type Target = Lookup;

    fn deref(&self) -> &Lookup {
        &self.lookup
    }
}

impl Visitor {
    /// The language of the page.
    pub const fn lang(&self) -> Lang {
        self.words.lang
    }

    /// Whether the policy lets them do this operation on something.
    pub fn may(&self, operation: &str) -> bool {
        let row = policy::row(operation);
        row.is_some_and(|row| row.rule(self.caller.principal.role) != Rule::No)
    }

    /// What the page has around its content.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn frame(&self, title: impl Into<String>) -> Result<Frame, Problem> {
        let principal = &self.caller.principal;
        let account = match principal.role {
            Role::Anonymous => None,
            role => Some(self.account(role, principal.party).await?),
        };
        Ok(Frame::new(
            self.words,
            title,
            self.http.query_string(),
            account,
        ))
    }

    /// In what capacity somebody acts: "Focal point of Finland".
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn account(&self, role: Role, party: Option<PartyId>) -> Result<String, Problem> {
        let party = match party {
            Some(party) => self.party_name(party).await?,
            None => String::new(),
        };
        let w = self.words;
        Ok(match role {
            Role::FocalPoint => w.account_focal_point(party),
            Role::Contributor => w.account_contributor(party),
            Role::Commenter => w.account_commenter(party),
            Role::Mission => w.account_mission(party),
            Role::Donor => w.account_donor(party),
            Role::Officer => w.account_officer().to_owned(),
            Role::Administrator => w.account_administrator().to_owned(),
            Role::Anonymous => String::new(),
        })
    }

    /// A party's short name.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn party_name(&self, party: PartyId) -> Result<String, Problem> {
        let names = parties::names(self.pool(), party).await?;
        let name = names
            .as_ref()
            .and_then(|names| names.pick(self.languages()));
        Ok(name.map_or_else(|| party.to_string(), |(_, name)| name.to_owned()))
    }

    /// A write of the API's, with this body, as a form asks for it: what is sent twice is done once.
    ///
    /// # Errors
    /// The body is none that the operation takes.
    pub fn write<B: DeserializeOwned>(
        &self,
        form: &Form,
        body: Value,
    ) -> Result<Write<B>, Problem> {
        let Body { value, bytes } = self.body::<B>(body)?;
        let caller = self.caller.clone().with_key(form.text("key"));
        Ok(Write::new(caller, value, bytes, self.services.clone()))
    }

    /// The body of a write of the API's, as a form asks for it.
    ///
    /// # Errors
    /// It is none that the operation takes.
    pub fn body<B: DeserializeOwned>(&self, body: Value) -> Result<Body<B>, Problem> {
        let bytes = body.to_string().into_bytes().into();
        let value = serde_json::from_value(body).map_err(|error| {
            tracing::warn!(%error, "a form made a body that its operation does not take");
            Problem::new("form_outdated")
        })?;
        Ok(Body { value, bytes })
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        let languages = languages::for_page(http);
        let lookup = Lookup::for_page(http, languages.clone());
        Box::pin(async move {
            let lang = languages.first().copied().unwrap_or(Lang::En);
            Ok(Self {
                lookup: lookup?,
                words: Words::new(lang),
            })
        })
    }
}

/// Goes on at another page, by GET.
pub fn go_to(address: impl Into<String>) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address.into()))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "strict-origin"))
        .finish()
}
