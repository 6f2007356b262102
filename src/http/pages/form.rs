//! What a form of a page of ours sends.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest, web};

use crate::http::handling::query;
use crate::http::problem::Problem;
use domain::phrase::expected;

/// The fields of a form, each with its values in the order in which they are sent.
#[derive(Debug, Default)]
pub struct Form(HashMap<String, Vec<String>>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// # Errors
    /// `bad_parameter`.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        let text = std::str::from_utf8(body)
            .map_err(|_| Problem::bad_parameter("form", expected::PAIRS, "?"))?;
        let mut fields: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in query::pairs(text)? {
            // Browsers send every line's end as CR LF.
            let values = fields.entry(name).or_default();
            values.push(value.replace("\r\n", "\n"));
        }
        Ok(Self(fields))
    }

    /// The first value of a field, empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        self.given(name).unwrap_or_default()
    }

    /// The first value of a field, if it was sent.
    pub fn given(&self, name: &str) -> Option<&str> {
        let mut values = self.all(name);
        values.next()
    }

    /// Every value of a field.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> + use<'_> {
        let values = self.0.get(name).map_or(&[][..], Vec::as_slice);
        values.iter().map(String::as_str)
    }
}

impl FromRequest for Form {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        // Why a body is not taken the gate tells, as of any other.
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move { Ok(Self::read(&bytes.await?)?) })
    }
}
