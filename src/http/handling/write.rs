//! What every write carries.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::desk::{ContextSource, RecordedDecision, Request};
use crate::http::handling::body::Body;
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::http::services::Services;
use event_log::NewContent;

/// A write: who sends it, what its body says, and what it is decided with.
pub struct Write<B> {
    /// Who.
    pub caller: Caller,
    /// What the body says.
    pub body: B,
    /// Its words, once they are stored beside the log with what is decided.
    pub contents: Vec<NewContent>,
    /// What it is decided with.
    pub services: web::Data<Services>,
    bytes: web::Bytes,
}

impl<B> Write<B> {
    /// A write that does not come as a request of the API's own: `bytes` are what tells it apart from others with its key.
    pub fn new(
        caller: Caller,
        body: B,
        bytes: impl Into<web::Bytes>,
        services: web::Data<Services>,
    ) -> Self {
        Self {
            caller,
            body,
            contents: Vec::new(),
            services,
            bytes: bytes.into(),
        }
    }

    /// What tells it apart from other writes.
    pub fn request(&self) -> Request {
        self.caller.request(&self.bytes)
    }

    /// Decides on a command to an object, and records what follows.
    ///
    /// # Errors
    /// The refusal, or why it could not be recorded.
    pub async fn decide<D: ContextSource<Case = ()>>(
        &self,
        stream: impl Into<Uuid>,
        command: D::Command,
    ) -> Result<RecordedDecision<D>, Problem> {
        self.decide_case::<D>(stream, &(), command).await
    }

    /// As [`Self::decide`], for what rests on more than the command.
    ///
    /// # Errors
    /// The refusal, or why it could not be recorded.
    pub async fn decide_case<D: ContextSource>(
        &self,
        stream: impl Into<Uuid>,
        case: &D::Case,
        command: D::Command,
    ) -> Result<RecordedDecision<D>, Problem> {
        let desk = &self.services.desk;
        let request = self.request();
        let decided = desk.decide::<D>(&request, stream.into(), case, command, &self.contents);
        Ok(decided.await?)
    }
}

impl<B: DeserializeOwned + 'static> FromRequest for Write<B> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::extract(request);
        let body = Body::<B>::from_request(request, payload);
        let services = request.app_data::<web::Data<Services>>().cloned();
        Box::pin(async move {
            let body = body.await?;
            Ok(Self {
                caller: caller.await?,
                body: body.value,
                contents: Vec::new(),
                services: services.ok_or(Problem::new("internal"))?,
                bytes: body.bytes,
            })
        })
    }
}
