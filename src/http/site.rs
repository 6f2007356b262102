//! What is neither the API itself nor a page for people: the document, health, metrics. What of it never differs is made once.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use crate::http::handling::asset::Asset;
use crate::http::openapi;
use crate::http::problem::Problem;
use crate::http::services::Services;
use event_log::views::{self, ViewsStanding};

/// The API's document.
pub async fn document(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Ok(api_document()?.answer(&request))
}

/// Made when it is first asked for: at the start it would keep everybody waiting.
fn api_document() -> Result<&'static Asset, Problem> {
    static DOCUMENT: OnceLock<Option<Asset>> = OnceLock::new();
    let made = DOCUMENT.get_or_init(|| {
        let json = openapi::json().ok()?;
        Some(Asset::new("application/json", json))
    });
    made.as_ref().ok_or(Problem::new("internal"))
}

/// Where the page is that shows the API's document.
pub async fn documentation_redirect() -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header((header::LOCATION, "/docs/"))
        .finish()
}

/// The page that shows the API's document.
pub async fn documentation_page(request: HttpRequest) -> Result<HttpResponse, Problem> {
    documentation(request, String::new().into()).await
}

/// A file of that page.
pub async fn documentation(
    request: HttpRequest,
    file: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    match documentation_file(&file)? {
        Some(asset) => Ok(asset.answer(&request)),
        None => Err(Problem::new("no_such_route").arg("path", request.path())),
    }
}

/// A file of the documentation, made when it is first asked for. There are as many as the crate that they are in has.
fn documentation_file(name: &str) -> Result<Option<Arc<Asset>>, Problem> {
    static FILES: LazyLock<Mutex<HashMap<String, Arc<Asset>>>> = LazyLock::new(Mutex::default);
    let mut files = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(asset) = files.get(name) {
        return Ok(Some(asset.clone()));
    }
    let asset = if name == "swagger-initializer.js" {
        let begins = include_str!("../../data/docs/swagger-initializer.js");
        Asset::new("text/javascript; charset=utf-8", begins)
    } else {
        let config = utoipa_swagger_ui::Config::from("/docs/openapi.json");
        let found = utoipa_swagger_ui::serve(name, Arc::new(config));
        let Some(file) = found.map_err(|_| Problem::new("internal"))? else {
            return Ok(None);
        };
        Asset::new(file.content_type, file.bytes.into_owned())
    };
    let asset = Arc::new(asset);
    files.insert(name.to_owned(), asset.clone());
    Ok(Some(asset))
}

/// Whether the process is alive.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// Whether it can read and write: the database answers, and the views are this program's.
pub async fn readyz(services: web::Data<Services>) -> Result<HttpResponse, Problem> {
    let mut connection = services.log().pool().acquire().await?;
    match views::standing(&mut connection, &services.definitions).await? {
        ViewsStanding::Same => Ok(HttpResponse::Ok()
            .content_type("text/plain")
            .body("ready\n")),
        _ => Err(Problem::new("views_differ").header(header::RETRY_AFTER, 5)),
    }
}

/// Counts for Prometheus.
pub async fn metrics(services: web::Data<Services>) -> Result<HttpResponse, Problem> {
    let text = services
        .metrics
        .text(services.log(), services.outbox.metrics())
        .map_err(|_| Problem::new("internal"))?;
    Ok(HttpResponse::Ok()
        .content_type("application/openmetrics-text; version=1.0.0; charset=utf-8")
        .body(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_and_the_files_of_its_page_are_made_once() {
        let made = || std::ptr::from_ref(api_document().unwrap());
        assert_eq!(made(), made());
        let file = || documentation_file("index.html").unwrap().unwrap();
        assert!(Arc::ptr_eq(&file(), &file()));
        assert!(documentation_file("../Cargo.toml").unwrap().is_none());
    }
}
