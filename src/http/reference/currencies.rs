//! The currencies in which money can be given.

use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::Lang;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::problem::Problem;
use crate::reference;

/// A currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrencyView {
    /// Its ISO 4217 code.
    #[schema(example = "EUR")]
    code: String,
    /// Its name, in French for those who read it sooner than English, else in English.
    name: String,
    /// How many digits an amount has after the point, at most.
    minor_units: u8,
}

/// The currencies in which money can be given, in the order of their codes.
#[utoipa::path(tag = "reference", responses((status = 200, body = Vec<CurrencyView>)))]
#[get("/v1/currencies")]
pub async fn list_currencies(
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let listed = reference::currencies::listed().map_err(|_| Problem::new("internal"))?;
    let known = caller.languages.iter();
    let mut known = known.filter(|lang| [Lang::En, Lang::Fr].contains(lang));
    let in_french = known.next() == Some(&Lang::Fr);
    let listed = listed.into_iter().map(|row| CurrencyView {
        code: row.code,
        name: if in_french { row.name_fr } else { row.name_en },
        minor_units: row.minor_units,
    });
    let listed: Vec<_> = listed.collect();
    let tag = Tag::Resource(0, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &listed))
}
