//! The trace of a request: its name, its span, its line in the log, its figures. What it tells of the caller is an id, never a
//! name, and nothing that the caller wrote: no path, no token, no address.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::LazyLock;
use std::time::Instant;

use actix_web::{HttpMessage, HttpRequest, web};
use tracing::Span;
use tracing::field::{Empty, display};
use uuid::Uuid;

use crate::desk::RequestAppends;
use crate::http::middleware::ration::Ration;
use crate::http::request_id::RequestId;
use crate::http::services::Services;
use access::strangers;

/// What is told in place of the operation where none was found.
const OTHER: &str = "other";
/// What is told in place of a status where the client left before there was one.
const LEFT: u16 = 499;

/// Lines a second for requests of strangers, of those that were answered and of those that were not: the latter must not hide
/// the former.
static ANSWERED: Ration = Ration::per_second(10);
static REFUSED: Ration = Ration::per_second(10);
/// From when seconds are counted.
static BEGINNING: LazyLock<Instant> = LazyLock::new(clock::stopwatch);

/// What is to be told of a request.
pub struct RequestTrace {
    id: RequestId,
    span: Span,
    started: Instant,
    operation: Cell<Option<&'static str>>,
    /// Whoever has shown credentials that hold.
    principal: Cell<Option<Uuid>>,
    appends: Rc<RequestAppends>,
    is_told: Cell<bool>,
    services: Option<web::Data<Services>>,
}

impl RequestTrace {
    /// Begins it, and notes it at the request.
    pub fn begin(request: &HttpRequest) -> Rc<Self> {
        let id = RequestId::from_headers(request.headers());
        let span = tracing::info_span!(
            "request",
            request_id = id.as_str(),
            operation = Empty,
            status = Empty,
            principal = Empty,
            events = Empty,
            position = Empty,
        );
        #[cfg(feature = "otlp")]
        if let Some(Ok(parent)) = request
            .headers()
            .get(crate::http::request_id::TRACEPARENT)
            .map(|value| value.to_str())
        {
            otlp::continue_trace(&span, parent);
        }
        let trace = Rc::new(Self {
            id,
            span,
            started: clock::stopwatch(),
            operation: Cell::default(),
            principal: Cell::default(),
            appends: Rc::default(),
            is_told: Cell::default(),
            services: request.app_data::<web::Data<Services>>().cloned(),
        });
        request.extensions_mut().insert(trace.clone());
        trace
    }

    /// That of a request.
    pub fn from_request(request: &HttpRequest) -> Option<Rc<Self>> {
        request.extensions().get::<Rc<Self>>().cloned()
    }

    /// What the request is called by.
    pub fn id(&self) -> &RequestId {
        &self.id
    }

    /// The span in which all that is done for it is done.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// Where it is noted what it appends to the log.
    pub fn appends(&self) -> Rc<RequestAppends> {
        self.appends.clone()
    }

    /// The operation that is asked for.
    pub fn set_operation(&self, operation: &'static str) {
        self.operation.set(Some(operation));
    }

    /// Who asks.
    pub fn set_principal(&self, principal: Uuid) {
        self.principal.set(Some(principal));
    }

    /// Tells what became of it, once.
    pub fn tell(&self, status: u16) {
        if self.is_told.replace(true) {
            return;
        }
        let took = self.started.elapsed();
        let operation = self.operation.get().unwrap_or(OTHER);
        let principal = self.principal.get();
        if let Some(services) = &self.services {
            services.metrics.count(operation, status, took);
        }
        let appended = self.appends.count();
        let (events, position) = (appended.events, appended.position);
        let principal_id = principal.map(display);
        tracing::record_all!(
            self.span,
            operation,
            status,
            principal = principal_id.as_ref(),
            events,
            position
        );
        if principal.is_none() && !is_granted(status, self.started) {
            strangers::UNTOLD.note(operation);
            return;
        }
        // Outside of the span: the line has all of it already.
        tracing::info!(
            target: "rapporteur::request",
            parent: None,
            request_id = self.id.as_str(),
            operation,
            status,
            principal = principal_id.as_ref(),
            events,
            position,
            milliseconds = took.as_micros() as f64 / 1000.0,
            "answered"
        );
    }
}

impl Drop for RequestTrace {
    /// A client that leaves takes with it what goes on for it.
    fn drop(&mut self) {
        self.tell(LEFT);
    }
}

/// Whether a line tells of a request of a stranger's.
fn is_granted(status: u16, started: Instant) -> bool {
    let second = started.saturating_duration_since(*BEGINNING).as_secs();
    let second = u32::try_from(second).unwrap_or(u32::MAX);
    let ration = if status < 400 { &ANSWERED } else { &REFUSED };
    ration.grants(second)
}
