//! The gate that every request passes: who is it, may it do this, and in which language are errors told.

use std::collections::HashMap;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};

use super::languages;
use super::policy::{self, Row, Rule};
use super::problem::Problem;
use crate::access::{Principal, Role};
use crate::clock;
use crate::domain::Lang;
use crate::server::Services;

/// Finds an operation by method and path pattern; made from the API's document, so that both are about the same routes.
pub struct Operations(HashMap<(Method, String), &'static Row>);

impl Operations {
    /// The operations of the document; one without a row in the policy's table is refused to everybody.
    pub fn of(document: &utoipa::openapi::OpenApi) -> Self {
        let mut operations = HashMap::new();
        for (path, item) in &document.paths.paths {
            for (method, operation) in [
                (Method::GET, &item.get),
                (Method::POST, &item.post),
                (Method::PUT, &item.put),
                (Method::PATCH, &item.patch),
                (Method::DELETE, &item.delete),
            ] {
                let row = operation
                    .as_ref()
                    .and_then(|operation| operation.operation_id.as_deref())
                    .and_then(policy::row);
                if let Some(row) = row {
                    operations.insert((method, path.clone()), row);
                }
            }
        }
        Self(operations)
    }

    /// The methods that a path takes, for the header Allow.
    fn methods(&self, pattern: &str) -> Vec<&Method> {
        let mut methods: Vec<&Method> = self
            .0
            .keys()
            .filter(|(_, path)| path == pattern)
            .map(|(method, _)| method)
            .collect();
        methods.sort_by_key(|method| method.as_str());
        methods
    }

    fn find(&self, request: &ServiceRequest) -> Option<&'static Row> {
        let pattern = request.match_pattern()?;
        let method = match request.method() {
            &Method::HEAD => Method::GET,
            method => method.clone(),
        };
        self.0.get(&(method, pattern)).copied()
    }
}

/// Lets a request in or refuses it, counts it, and tells errors in the caller's language.
pub async fn pass<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let started = clock::stopwatch();
    let services = request.app_data::<web::Data<Services>>().cloned();
    let operations = request.app_data::<web::Data<Operations>>().cloned();
    let operation = operations
        .as_ref()
        .and_then(|operations| operations.find(&request));
    let languages = languages::of(request.request()).unwrap_or_default();

    let outcome = match (&services, is_restricted(&request)) {
        (Some(services), true) => admit(services, &request, operation).await,
        _ => Ok(Principal::ANONYMOUS),
    };
    let response = match outcome {
        Err(problem) => request
            .into_response(problem.response(&languages))
            .map_into_right_body(),
        Ok(principal) => {
            request.extensions_mut().insert(principal);
            // The router wants the request to itself: it must not be held here meanwhile.
            in_words(next.call(request).await?, &languages)
        }
    };
    if let Some(services) = services {
        services.metrics.count(
            operation.map_or("other", |row| row.operation),
            response.status().as_u16(),
            started.elapsed(),
        );
    }
    Ok(response)
}

/// Everything under /v1 is judged by the policy's table; the rest is the API's own documents and health.
fn is_restricted(request: &ServiceRequest) -> bool {
    request.path().starts_with("/v1/") && request.match_pattern().is_some()
}

async fn admit(
    services: &Services,
    request: &ServiceRequest,
    operation: Option<&'static Row>,
) -> Result<Principal, Problem> {
    let principal = match bearer(request.request())? {
        Some(token) => services.tokens.principal(&token).await?.ok_or_else(|| {
            Problem::new("unknown_token")
                .header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
        })?,
        None => Principal::ANONYMOUS,
    };
    let rule = match operation {
        Some(row) => row.rule(principal.role),
        // Without an operation the path is known and the method is not: the router answers 405.
        None => Rule::Yes,
    };
    match rule {
        Rule::Yes | Rule::Own => Ok(principal),
        Rule::No if principal.role == Role::Anonymous => {
            Err(Problem::new("missing_token").header(header::WWW_AUTHENTICATE, "Bearer"))
        }
        Rule::No => Err(Problem::new("not_allowed").arg("role", principal.role.as_str())),
    }
}

fn bearer(request: &HttpRequest) -> Result<Option<String>, Problem> {
    let Some(value) = request.headers().get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    value
        .to_str()
        .ok()
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty())
        .map(|(_, token)| Some(token.trim().to_owned()))
        .ok_or_else(|| Problem::new("unknown_token").header(header::WWW_AUTHENTICATE, "Bearer"))
}

/// Turns an error into a problem in the caller's language: one of ours, or one that the framework answered.
fn in_words<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    languages: &[Lang],
) -> ServiceResponse<EitherBody<B>> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return response.map_into_left_body();
    }
    let (request, response) = response.into_parts();
    let ours = response
        .error()
        .and_then(|error| error.as_error::<Problem>())
        .cloned();
    let problem = ours.unwrap_or_else(|| foreign(status, &request));
    ServiceResponse::new(request, problem.response(languages)).map_into_right_body()
}

fn foreign(status: StatusCode, request: &HttpRequest) -> Problem {
    match status {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => {
            let methods = request
                .match_pattern()
                .zip(request.app_data::<web::Data<Operations>>())
                .map(|(pattern, operations)| {
                    operations
                        .methods(&pattern)
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                })
                .filter(|methods| !methods.is_empty());
            match methods {
                Some(methods) => Problem::new("method_not_allowed")
                    .arg("allowed", methods.join(", "))
                    .header(header::ALLOW, methods.join(", ")),
                None => Problem::new("no_such_route").arg("path", request.path()),
            }
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new("body_too_large").arg("limit", super::body::LIMIT)
        }
        status if status.is_client_error() => Problem::new("bad_parameter")
            .arg("parameter", request.path())
            .arg("expected", "a well-formed request")
            .arg("got", status),
        _ => Problem::new("internal"),
    }
}
