//! In which form a table is wanted: `format=`, or else `Accept`.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderMap};

/// A form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableForm {
    /// For programs.
    Json,
    /// For programs for tables.
    Csv,
}

impl TableForm {
    /// Its name, as `format=` has it; others the gate refuses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// The form that is wanted: that of `format=`, or the one that `Accept` likes best; JSON where it says nothing of either.
    pub fn wanted(format: Option<&str>, headers: &HeaderMap) -> Self {
        let accept = headers.get_all(header::ACCEPT);
        let accept: Vec<&str> = accept.filter_map(|accept| accept.to_str().ok()).collect();
        let accept = accept.join(",");
        let likes_csv = || liking(&accept, "text/csv") > liking(&accept, "application/json");
        match format {
            Some("csv") => Self::Csv,
            None if likes_csv() => Self::Csv,
            Some(_) | None => Self::Json,
        }
    }
}

/// How much `Accept` likes a media type that it names.
fn liking(accept: &str, media_type: &str) -> f32 {
    let ranges = accept.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let is_named = parts.next()?.eq_ignore_ascii_case(media_type);
        let quality = parts.find_map(|part| part.strip_prefix("q="));
        let quality = quality.map_or(1.0, |quality| quality.parse().unwrap_or(0.0));
        is_named.then_some(quality)
    });
    ranges.fold(0.0, f32::max)
}

/// A table that is made for this answer alone, to be kept as a file of this name.
pub fn csv(name: &str, table: String) -> HttpResponse {
    let name = format!("attachment; filename=\"{name}.csv\"");
    HttpResponse::Ok()
        .insert_header((
            header::CONTENT_TYPE,
            "text/csv; charset=utf-8; header=present",
        ))
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(table)
}
