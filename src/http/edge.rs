//! The outermost step of every request: where it comes from, and what every answer has in its head.

use std::net::{IpAddr, Ipv4Addr};

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};

use super::client_address::{Client, TrustedProxies};
use super::cors::AllowedOrigins;
use super::quota::Left;
use super::{limits, security};

/// What stands around the server.
#[derive(Clone, Debug, Default)]
pub struct Edge {
    /// The proxies before it.
    pub proxies: TrustedProxies,
    /// The origins whose pages may read its answers.
    pub origins: AllowedOrigins,
}

impl Client {
    /// From where a request comes, as [`pass`] found out.
    pub fn of(request: &HttpRequest) -> Self {
        let known = request.extensions().get::<Self>().copied();
        known.unwrap_or_else(|| Edge::default().client(request))
    }
}

impl Edge {
    fn client(&self, request: &HttpRequest) -> Client {
        let peer = request.peer_addr();
        // Only a connection that is gone already, or a socket that is no network's, has no address.
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip());
        self.proxies.client(peer, request.headers())
    }
}

/// Notes the client's address at the request, and adds to the answer what every answer has.
pub async fn pass<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let edge = request.app_data::<web::Data<Edge>>().cloned();
    let edge = edge.unwrap_or_default();
    let client = edge.client(request.request());
    request.extensions_mut().insert(client);
    let is_https = client.is_https || request.app_config().secure();
    let mut response = match edge.origins.preflight(request.request()) {
        Some(answer) => request.into_response(answer).map_into_right_body(),
        None => next.call(request).await?.map_into_left_body(),
    };
    let request = response.request().clone();
    let headers = response.headers_mut();
    security::tell(request.path(), is_https, headers);
    edge.origins.tell(&request, headers);
    if let Some(left) = request.extensions().get::<Left>() {
        limits::tell(left, headers);
    }
    Ok(response)
}
