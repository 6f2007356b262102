//! What contributions come to, currency by currency.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional::{Reader, Tag};
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::query;
use crate::http::problem::Problem;
use crate::reading::contributions::{self as reading, TotalRow};
use crate::written;
use crate::written::RECIPIENTS;

/// What contributions come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributionTotals {
    /// Each currency in which there is money, in the order of their codes.
    money: Vec<TotalRow>,
    /// The position that it was read at.
    position: u64,
}

/// Of which contributions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct WhichContributions {
    /// Only those for: office, meeting, project.
    #[param(value_type = Option<written::Recipient>, inline)]
    to: Option<String>,
    /// Only those for the meeting or the project with this id.
    #[param(value_type = Option<uuid::Uuid>)]
    object: Option<Uuid>,
}

/// The money of contributions, added up within each currency and over none; what was taken back is not in it.
#[utoipa::path(get, path = "/v1/contributions/totals", tag = "contributions", params(WhichContributions, At), responses((status = 200, body = ContributionTotals)))]
pub async fn get_contribution_totals(
    lookup: Lookup<WhichContributions>,
) -> Result<HttpResponse, Problem> {
    let to = query::one_of("to", lookup.query.to.as_deref(), &RECIPIENTS)?;
    let (as_of, object) = (lookup.position(), lookup.query.object);
    let read = reading::totals(lookup.pool(), as_of, to, object).await?;
    let totals = ContributionTotals {
        money: read.rows,
        position: read.position,
    };
    Ok(lookup.answer(&Tag::Figure(read.changed, Reader::any()), &totals))
}
