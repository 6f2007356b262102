//! The id in a path.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::http::handling::caller;
use crate::http::problem::Problem;
use domain::{PartyId, ThingId};

/// The id in a path that names one thing, `/v1/documents/{document}`; what is no id is as little there as an unknown one.
#[derive(Clone, Copy, Debug)]
pub struct PathId<I>(pub I);

impl<I: ThingId> FromRequest for PathId<I> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let text = request.match_info().get(I::THING).unwrap_or_default();
        ready(caller::id(text, I::THING).map(Self))
    }
}

/// A party named by id or by code.
pub fn party_id(named: &str) -> PartyId {
    named
        .parse()
        .unwrap_or_else(|_| PartyId::from_code(&named.to_ascii_uppercase()))
}
