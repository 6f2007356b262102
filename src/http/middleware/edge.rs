//! The outermost step of every request: where it comes from, and what every answer has in its head.

use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{ConnectionType, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};
use tracing::Instrument;

use crate::desk;
use crate::http::handling::languages;
use crate::http::handling::pace::{Arrival, Budget, PacedBody, Patience};
use crate::http::middleware::client_address::{Client, TrustedProxies};
use crate::http::middleware::connections::{AnswerInProgress, ConnectionLimits, WatchedBody};
use crate::http::middleware::cors::AllowedOrigins;
use crate::http::middleware::head;
use crate::http::middleware::limits;
use crate::http::middleware::security;
use crate::http::middleware::trace::RequestTrace;
use crate::http::middleware::unknown_proxies::UnknownProxies;
use crate::http::request_id::X_REQUEST_ID;
use crate::http::services::quota::QuotaLeft;

/// What stands around the server.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// The proxies before it.
    pub proxies: TrustedProxies,
    /// The origins whose pages may read its answers.
    pub origins: AllowedOrigins,
    /// How much of its callers it holds at once.
    pub most: ConnectionLimits,
    /// Whether it speaks TLS itself.
    pub speaks_tls: bool,
    /// The proxies before it of which nobody told it.
    pub unknown: Arc<UnknownProxies>,
}

impl Client {
    /// From where a request comes, as [`pass`] found out.
    pub fn from_request(request: &HttpRequest) -> Self {
        let known = request.extensions().get::<Self>().copied();
        known.unwrap_or_else(|| Edge::default().client(request))
    }
}

impl Edge {
    fn client(&self, request: &HttpRequest) -> Client {
        let peer = request.peer_addr();
        // Only a connection that is gone already, or a socket that is no network's, has no address.
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        let (is_trusted, headers) = (self.proxies.has(peer.to_canonical()), request.headers());
        self.unknown.note(peer, is_trusted, headers);
        self.proxies.client(peer, headers)
    }
}

/// Whether the client speaks TLS: to us, or to a proxy that is trusted and says so.
fn is_https(client: Client, request: &HttpRequest) -> bool {
    let edge = request.app_data::<web::Data<Edge>>();
    client.is_https || edge.is_some_and(|edge| edge.speaks_tls)
}

/// What the address of the page begins with that the client asks for, as far as can be known: `https` or `http`.
pub fn scheme(request: &HttpRequest) -> &'static str {
    if is_https(Client::from_request(request), request) {
        "https"
    } else {
        "http"
    }
}

/// Begins the request's trace, and tells what became of it.
pub async fn pass<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<WatchedBody<EitherBody<B>>>, Error> {
    let trace = RequestTrace::begin(request.request());
    let answered = answer(request, next, &trace).instrument(trace.span().clone());
    let mut answered = desk::counting(trace.appends(), answered).await;
    match &mut answered {
        Ok(response) => {
            let id = trace.id().value();
            response.headers_mut().insert(X_REQUEST_ID, id);
            trace.tell(response.status().as_u16());
        }
        Err(error) => trace.tell(error.as_response_error().status_code().as_u16()),
    }
    answered
}

/// Notes the client's address at the request, and adds to the answer what every answer has.
async fn answer<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
    trace: &RequestTrace,
) -> Result<ServiceResponse<WatchedBody<EitherBody<B>>>, Error> {
    let under_way = AnswerInProgress::from_request(request.request());
    let edge = request.app_data::<web::Data<Edge>>().cloned();
    let edge = edge.unwrap_or_default();
    let client = edge.client(request.request());
    request.extensions_mut().insert(client);
    let is_https = is_https(client, request.request());
    let early = match head::check(request.head()) {
        Ok(()) => edge.origins.preflight(request.request()),
        Err(problem) => {
            let languages = languages::from_request(request.request()).unwrap_or_default();
            Some(problem.response(&languages, Some(trace.id())))
        }
    };
    let patience = request.app_data::<Patience>().copied().unwrap_or_default();
    let arrival = watch_body(&mut request, patience);
    let mut response = match early {
        Some(answer) => request.into_response(answer).map_into_right_body(),
        None => next.call(request).await?.map_into_left_body(),
    };
    let status = response.status();
    let is_refused = status.is_client_error() || status.is_server_error();
    let is_abandoned = is_refused && arrival.is_some_and(|arrival| arrival.is_abandoned());
    if is_abandoned
        || [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_MANY_REQUESTS].contains(&status)
    {
        // The rest of the body is not worth waiting for, nor is the connection worth keeping.
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
        if let Some(under_way) = &under_way {
            under_way.leave_after(patience.leave);
        }
    }
    let request = response.request().clone();
    let headers = response.headers_mut();
    security::tell(request.path(), is_https, headers);
    edge.origins.tell(&request, headers);
    if let Some(left) = request.extensions().get::<QuotaLeft>() {
        limits::tell(left, headers);
    }
    Ok(response.map_body(|_, body| WatchedBody::new(body, under_way)))
}

/// Has the body, where there is one, come in time and in bounds.
fn watch_body(request: &mut ServiceRequest, patience: Patience) -> Option<Rc<Arrival>> {
    let payload = match request.take_payload() {
        Payload::None => return None,
        payload => payload,
    };
    let arrival = Arrival::new(request.app_data::<Budget>().cloned());
    request.extensions_mut().insert(arrival.clone());
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
    request.set_payload(PacedBody::payload(
        payload,
        arrival.clone(),
        length,
        patience,
    ));
    Some(arrival)
}
