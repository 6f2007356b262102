//! What is not the API itself: the front page, the document, health, metrics.

use actix_web::http::header;
use actix_web::{HttpResponse, get, web};

use crate::http::openapi;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::views::{self, Standing};

/// What this is, and where each thing is.
#[get("/")]
pub async fn front_page() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        ))
        .body(include_str!("../../data/front_page.html"))
}

/// The API's document.
#[get("/openapi.json")]
pub async fn document() -> Result<HttpResponse, Problem> {
    let json = openapi::json().map_err(|_| Problem::new("internal"))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(json))
}

/// Whether the process is alive.
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// Whether it can read and write: the database answers, and the views are this program's.
#[get("/readyz")]
pub async fn readyz(services: web::Data<Services>) -> Result<HttpResponse, Problem> {
    let mut connection = services.log().pool().acquire().await?;
    match views::standing(&mut connection, &services.definitions).await? {
        Standing::Same => Ok(HttpResponse::Ok()
            .content_type("text/plain")
            .body("ready\n")),
        _ => Err(Problem::new("views_differ").header(header::RETRY_AFTER, 5)),
    }
}

/// Counts for Prometheus.
#[get("/metrics")]
pub async fn metrics(services: web::Data<Services>) -> Result<HttpResponse, Problem> {
    let text = services
        .metrics
        .text(services.log())
        .map_err(|_| Problem::new("internal"))?;
    Ok(HttpResponse::Ok()
        .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
        .body(text))
}
