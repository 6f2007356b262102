//! What contributions come to, currency by currency.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::assistance::contributions::RECIPIENTS;
use crate::http::handling::as_of;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::http::schemas::written;
use crate::http::services::Services;
use crate::reading::contributions::{self as reading, TotalRow};

/// Money in one currency. Amounts in different currencies are never added up.
#[derive(Debug, Serialize, ToSchema)]
pub struct MoneyTotal {
    /// Its ISO 4217 code.
    #[schema(value_type = written::CurrencyCode, example = "EUR")]
    currency: String,
    /// What is pledged and has not come yet: a decimal.
    #[schema(example = "15000")]
    pledged: String,
    /// What was received: a decimal.
    #[schema(example = "65000.5")]
    received: String,
}

impl From<TotalRow> for MoneyTotal {
    fn from(row: TotalRow) -> Self {
        Self {
            currency: row.currency,
            pledged: row.pledged,
            received: row.received,
        }
    }
}

/// What contributions come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributionTotals {
    /// Each currency in which there is money, in the order of their codes.
    money: Vec<MoneyTotal>,
    /// The position that it was read at.
    position: u64,
}

/// Of which contributions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WhichContributions {
    /// Only those for: office, meeting, project.
    #[param(value_type = Option<written::Recipient>, inline)]
    to: Option<String>,
    /// Only those for the meeting or the project with this id.
    #[param(value_type = Option<uuid::Uuid>)]
    object: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// The money of contributions, added up within each currency and over none; what was taken back is not in it.
#[utoipa::path(tag = "contributions", params(WhichContributions), responses((status = 200, body = ContributionTotals)))]
#[get("/v1/contributions/totals")]
pub async fn get_contribution_totals(
    request: HttpRequest,
    Query(asked): Query<WhichContributions>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let to = query::one_of("to", asked.to.as_deref(), &RECIPIENTS)?;
    let object = query::parse("object", asked.object.as_deref())?;
    let as_of = as_of.map(|head| head.position);
    let read = reading::totals(services.log().pool(), as_of, to, object).await?;
    let totals = ContributionTotals {
        money: read.rows.into_iter().map(MoneyTotal::from).collect(),
        position: read.position,
    };
    let tag = Tag::Figure(read.changed, Reader::any());
    Ok(conditional::answer(&request, &tag, &totals))
}
