//! The currencies in which money can be given.

use std::sync::OnceLock;

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::handling::asset::Asset;
use crate::http::handling::caller::Caller;
use crate::http::problem::Problem;
use crate::reference;
use crate::written;
use domain::Lang;

/// A currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrencyView {
    /// Its ISO 4217 code.
    #[schema(value_type = written::CurrencyCode, example = "EUR")]
    code: String,
    /// Its name, in French for those who read it sooner than English, else in English.
    name: String,
    /// How many digits an amount has after the point, at most.
    minor_units: u8,
}

/// The currencies in which money can be given, in the order of their codes.
#[utoipa::path(get, path = "/v1/currencies", tag = "reference", responses((status = 200, body = Vec<CurrencyView>)))]
pub async fn list_currencies(
    request: HttpRequest,
    caller: Caller,
) -> Result<HttpResponse, Problem> {
    let known = caller.languages.iter();
    let mut known = known.filter(|lang| [Lang::En, Lang::Fr].contains(lang));
    let in_french = known.next() == Some(&Lang::Fr);
    let asset = currency_list(in_french).ok_or(Problem::new("internal"))?;
    Ok(asset.answer_varying(&request, "Accept-Encoding, Accept-Language"))
}

/// The list, which is the same for everybody who reads the same language.
fn currency_list(in_french: bool) -> Option<&'static Asset> {
    static LISTED: [OnceLock<Option<Asset>>; 2] = [OnceLock::new(), OnceLock::new()];
    let listed = LISTED[usize::from(in_french)].get_or_init(|| {
        let rows = reference::currencies::currency_rows().ok()?.into_iter();
        let rows = rows.map(|row| CurrencyView {
            code: row.code,
            name: if in_french { row.name_fr } else { row.name_en },
            minor_units: row.minor_units,
        });
        let json = serde_json::to_string(&rows.collect::<Vec<_>>()).ok()?;
        Some(Asset::new("application/json", json))
    });
    listed.as_ref()
}
