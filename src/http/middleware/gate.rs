//! The gate that every request passes: who is it, may it do this, and in which language are errors told.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::header::HeaderValue;
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, HttpResponse, web};

use crate::desk;
use crate::http::handling::languages;
use crate::http::handling::pace;
use crate::http::handling::query;
use crate::http::handling::read_record::{DraftRead, PublicAnswer};
use crate::http::middleware::credentials;
use crate::http::middleware::limits;
use crate::http::middleware::session;
use crate::http::middleware::trace::RequestTrace;
use crate::http::policy::{Row, Rule};
use crate::http::problem::Problem;
use crate::http::router::{Destination, PageRequest, Router};
use crate::http::services::Services;
use access::{Credential, Principal, Role, Scope};
use domain::phrase::expected;

/// The path as the router sees it. It decodes `/%761/` to `/v1/`, so the path as it was sent would let strangers in.
fn path(request: &ServiceRequest) -> &str {
    request.match_info().as_str()
}

/// Lets a request in or refuses it, and tells errors in the caller's language.
pub async fn pass<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if request.method() == Method::HEAD {
        // Answered as GET is; the connection knows that it was asked for HEAD, and leaves the body away.
        request.head_mut().method = Method::GET;
    }
    let services = request.app_data::<web::Data<Services>>().cloned();
    let router = request.app_data::<&'static Router>().copied();
    let languages = languages::from_request(request.request()).unwrap_or_default();

    let trace = RequestTrace::from_request(request.request());
    let trace = trace.as_deref();
    let found = router.map(|router| router.find(&mut request));
    let found = found.unwrap_or(Ok(Destination::Open));
    let row = found.as_ref().ok().and_then(|found| found.row());
    // Taken before the request goes its way: whoever is told by a page is told by that of the address they asked for.
    let mut told_by = router.and_then(|router| {
        let page = router.problem_page?;
        let is_page = match &found {
            Ok(Destination::Page(_) | Destination::PublicPage(_)) => true,
            Err(_) => wants_page(&request),
            Ok(Destination::Open | Destination::Operation(_)) => false,
        };
        let is_public = matches!(&found, Ok(Destination::PublicPage(_)));
        is_page.then(|| (page, PageRequest::new(request.request(), is_public)))
    });
    if let (Some(trace), Some(row)) = (trace, row) {
        trace.set_operation(row.operation);
    }
    let outcome = match (&services, found) {
        (Some(services), Ok(destination)) if row.is_some() => {
            admit(services, &request, destination, trace).await
        }
        (Some(services), Err(problem)) => limits::page(services, &request).and(Err(problem)),
        // Whoever asks whether the process is alive is never refused.
        (Some(services), Ok(Destination::Open)) if path(&request) != "/healthz" => {
            limits::page(services, &request).map(|()| Principal::ANONYMOUS.into())
        }
        _ => Ok(Principal::ANONYMOUS.into()),
    };
    if let (Some((_, asked)), Ok(credential)) = (&mut told_by, &outcome) {
        asked.is_anonymous = credential.principal.role == Role::Anonymous;
    }
    // A language that is chosen on a page is kept for the next one.
    let chosen = languages::asked(request.request());
    let chosen = chosen.filter(|_| !path(&request).starts_with("/v1/"));
    let operation = row.map(|row| row.operation);
    let tell = |problem: Problem| {
        let problem = problem.of_operation(operation);
        match &told_by {
            Some((page, asked)) => page(asked, &problem),
            None => problem.response(&languages, trace.map(RequestTrace::id)),
        }
    };
    let response = match outcome {
        Err(problem) => request.into_response(tell(problem)).map_into_right_body(),
        Ok(credential) => {
            request.extensions_mut().insert(credential);
            // The router wants the request to itself: it must not be held here meanwhile.
            let response = next.call(request).await?;
            let recorded = match (&services, row) {
                (Some(services), Some(row)) => {
                    record(services, row, &credential.principal, &response).await
                }
                _ => Ok(()),
            };
            let mut response = match recorded {
                Ok(()) => in_words(response, tell),
                Err(problem) => response.into_response(tell(problem)).map_into_right_body(),
            };
            session::renew(&mut response);
            if let Some(lang) = chosen.filter(|_| is_page(&response))
                && let Ok(kept) = HeaderValue::from_str(&languages::kept(lang))
            {
                response.headers_mut().append(header::SET_COOKIE, kept);
            }
            response
        }
    };
    Ok(response)
}

async fn admit(
    services: &Services,
    request: &ServiceRequest,
    destination: Destination,
    trace: Option<&RequestTrace>,
) -> Result<Credential, Problem> {
    let Some(row) = destination.row() else {
        return Ok(Principal::ANONYMOUS.into());
    };
    if request.method() != Method::GET {
        // Before it is known who asks: whoever asks at once is then looked up together, and what follows recorded together.
        desk::announce(services.log());
    }
    let credential = limits::credential(services, request).await?;
    let principal = credential.principal;
    if let Some(trace) = trace
        && principal.role != Role::Anonymous
    {
        trace.set_principal(principal.id);
    }
    match row.rule(principal.role) {
        Rule::Yes | Rule::Own | Rule::Mine | Rule::Published | Rule::Sections | Rule::Entered => {}
        Rule::No if principal.role == Role::Anonymous => {
            return Err(credentials::missing(request.request()));
        }
        // What one may not see is not there; what one may not do is refused.
        Rule::No if request.method() == Method::GET => {
            return Err(Problem::not_found("resource"));
        }
        Rule::No => {
            return Err(Problem::new("not_allowed").arg("role", principal.role.as_str()));
        }
    }
    if let Destination::Operation(operation) = destination {
        query::check(request.query_string(), &operation.parameters)?;
        languages::from_request(request.request())?;
    }
    let scope = row.scope(request.method());
    if credential.scopes.cover(scope) {
        if !row.is_public() {
            pace::trust(request.request());
        }
        Ok(credential)
    } else if scope == Scope::Read && row.is_public() {
        // What anybody reads who shows no token, a token shuts nobody out from: it is read as by anybody.
        Ok(Principal::ANONYMOUS.into())
    } else {
        Err(Problem::new("scope_missing").arg("scope", scope))
    }
}

/// Records a read of what is restricted, before its answer leaves; what was refused was not read.
///
/// # Errors
/// `read_not_recorded`: then it must not be answered.
async fn record<B>(
    services: &Services,
    row: &Row,
    principal: &Principal,
    response: &ServiceResponse<B>,
) -> Result<(), Problem> {
    let Some(parameter) = row.audited else {
        return Ok(());
    };
    // Whoever is nobody in particular sees only what is published.
    let is_public = response.request().extensions().contains::<PublicAnswer>();
    if principal.role == Role::Anonymous || is_public {
        return Ok(());
    }
    let status = response.status();
    if !status.is_success() && status != StatusCode::NOT_MODIFIED {
        return Ok(());
    }
    let draft = response.request().extensions().get::<DraftRead>().copied();
    let (operation, object) = match draft {
        Some(draft) => (draft.operation, Some(draft.reply.0)),
        None => {
            let object = response.request().match_info().get(parameter);
            (row.operation, object.and_then(|object| object.parse().ok()))
        }
    };
    let recorded = services.audit.record(principal, operation, object);
    recorded.await.map_err(|error| {
        tracing::error!(%error, "a read is refused, since it cannot be recorded");
        Problem::new("read_not_recorded").header(header::RETRY_AFTER, 1)
    })
}

/// Turns an error into a problem in the caller's language: one of ours, or one that the framework answered.
fn in_words<B: MessageBody + 'static>(
    response: ServiceResponse<B>,
    tell: impl FnOnce(Problem) -> HttpResponse,
) -> ServiceResponse<EitherBody<B>> {
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || is_page(&response) {
        return response.map_into_left_body();
    }
    let (request, response) = response.into_parts();
    let ours = response
        .error()
        .and_then(|error| error.as_error::<Problem>())
        .cloned();
    let payload = response
        .error()
        .and_then(|error| error.as_error::<PayloadError>());
    let problem = ours.or_else(|| payload.and_then(pace::refused));
    let problem = problem.unwrap_or_else(|| foreign(status, &request));
    ServiceResponse::new(request, tell(problem)).map_into_right_body()
}

/// Whether a browser asks for what is not there: it is told so by a page.
fn wants_page(request: &ServiceRequest) -> bool {
    let accepts = request.headers().get(header::ACCEPT);
    let accepts = accepts.and_then(|accepts| accepts.to_str().ok());
    let is_api = path(request).starts_with("/v1/");
    !is_api && accepts.is_some_and(|accepts| accepts.contains("text/html"))
}

/// A page for people says itself what is wrong.
fn is_page<B>(response: &ServiceResponse<B>) -> bool {
    let media_type = response.headers().get(header::CONTENT_TYPE);
    media_type.is_some_and(|media_type| media_type.as_bytes().starts_with(b"text/html"))
}

fn foreign(status: StatusCode, request: &HttpRequest) -> Problem {
    match status {
        StatusCode::NOT_FOUND => Problem::new("no_such_route").arg("path", request.path()),
        StatusCode::NOT_ACCEPTABLE => {
            Problem::new("not_acceptable").header(header::VARY, "Accept-Encoding")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            Problem::new("body_too_large").arg("limit", crate::http::handling::body::LIMIT)
        }
        status if status.is_client_error() => {
            let got = status.as_u16();
            Problem::bad_parameter(request.path(), expected::WELL_FORMED, got)
        }
        _ => Problem::new("internal"),
    }
}
