//! Contributions, as they are read: who gives what, and for what, is public.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{self, Reader, Tag};
use crate::http::handling::page::{Page, Slice};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::handling::words::Words;
use crate::http::problem::Problem;
use crate::http::reference::parties::party_id;
use crate::http::schemas::written;
use crate::http::schemas::{WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::Read;
use crate::reading::contributions::{self as reading, ContributionRow, Filter};
use domain::contribution::{Contribution, Status};
use domain::{ContributionId, Lang};

/// A contribution.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContributionView {
    /// Its id.
    id: Uuid,
    /// Who gives.
    from: GiverView,
    /// For what: office, meeting, project
    #[schema(value_type = written::Recipient)]
    to: String,
    /// The meeting or the project; null for the Office.
    object: Option<Uuid>,
    /// money, staff, in_kind
    #[schema(value_type = written::ContributionForm)]
    form: String,
    /// Of money, how much: a decimal. Amounts in different currencies are never added up.
    amount: Option<String>,
    /// The ISO 4217 code of its currency.
    #[schema(value_type = Option<written::CurrencyCode>)]
    currency: Option<String>,
    /// Of staff, how many persons for how many months: a decimal.
    person_months: Option<String>,
    /// Of help in kind: hosting, preparing_instruments, translation, experts, other
    #[schema(value_type = Option<domain::contribution::Purpose>)]
    purpose: Option<String>,
    /// What it must be used for.
    #[schema(value_type = Option<WordsShape>)]
    earmarked: Option<Value>,
    /// The day of the pledge.
    #[schema(format = Date)]
    pledged_on: String,
    /// pledged, received, cancelled
    #[schema(value_type = domain::contribution::Status)]
    status: String,
    /// Since which day it stands so.
    #[schema(format = Date)]
    status_on: String,
    /// Why it was taken back; told to the Secretariat only, where one contribution is read.
    #[schema(value_type = Option<WordsShape>)]
    cancellation: Option<Value>,
    /// What was wrong with what was recorded of it before; told to the Secretariat only, where one contribution is read.
    #[schema(value_type = Option<WordsShape>)]
    correction: Option<Value>,
}

/// Who gives.
#[derive(Debug, Serialize, ToSchema)]
pub struct GiverView {
    /// Its code.
    party: String,
    /// Its short name.
    name: String,
    /// Its kind on the day of the pledge.
    #[schema(value_type = domain::party::PartyKind)]
    kind: String,
}

impl ContributionView {
    fn of(row: &ContributionRow, words: &Words, languages: &[Lang]) -> Self {
        let row = row.clone();
        let earmarked = row.earmarked.as_ref();
        Self {
            id: row.id,
            from: GiverView {
                party: row.code,
                name: chosen(&row.names, languages).1,
                kind: row.giver_kind,
            },
            to: row.recipient,
            object: row.object,
            form: row.form,
            amount: row.amount,
            currency: row.currency,
            person_months: row.person_months,
            purpose: row.purpose,
            earmarked: earmarked.map(|said| words.show(&said.content, Some(said.lang))),
            pledged_on: row.pledged_on,
            status: row.status,
            status_on: row.status_on,
            cancellation: None,
            correction: None,
        }
    }
}

/// Contributions that were read, with their words.
pub(in crate::http) struct Shown {
    pub contributions: Vec<ContributionView>,
    /// The last position that could have changed them, redactions and translations of their words among them.
    pub changed: u64,
}

/// Reads the words of contributions.
///
/// # Errors
/// The database does not answer.
pub(in crate::http) async fn show(
    services: &Services,
    caller: &Caller,
    read: &Read<Vec<ContributionRow>>,
) -> Result<Shown, Problem> {
    let earmarks = read.rows.iter().filter_map(|row| row.earmarked.as_ref());
    let words = Words::read(services, caller, earmarks.map(|said| &said.content)).await?;
    let rows = read.rows.iter();
    let shown = rows.map(|row| ContributionView::of(row, &words, &caller.languages));
    Ok(Shown {
        contributions: shown.collect(),
        changed: read.changed.max(words.changed),
    })
}

/// For what contributions can be.
pub(in crate::http) const RECIPIENTS: [&str; 3] = ["office", "meeting", "project"];
/// In what form a contribution can be given.
pub(in crate::http) const FORMS: [&str; 3] = ["money", "staff", "in_kind"];

/// Which contributions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListContributions {
    /// Only those of this party: its code or id.
    #[param(value_type = Option<written::PartyNamed>, inline)]
    from: Option<String>,
    /// Only those for: office, meeting, project.
    #[param(value_type = Option<written::Recipient>, inline)]
    to: Option<String>,
    /// Only those for the meeting or the project with this id.
    #[param(value_type = Option<uuid::Uuid>)]
    object: Option<String>,
    /// Only: money, staff, in_kind.
    #[param(value_type = Option<written::ContributionForm>, inline)]
    form: Option<String>,
    /// Only those that stand so: pledged, received, cancelled.
    #[param(value_type = Option<domain::contribution::Status>, inline)]
    status: Option<String>,
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// Contributions, in the order in which they were recorded.
#[utoipa::path(tag = "contributions", params(ListContributions), responses((status = 200, body = Page<ContributionView>)))]
#[get("/v1/contributions")]
pub async fn list_contributions(
    request: HttpRequest,
    caller: Caller,
    Query(asked): Query<ListContributions>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let status = query::parse::<Status>("status", asked.status.as_deref())?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let slice = Slice::read(&request, asked.cursor.as_deref(), asked.limit.as_deref())?;
    let filter = Filter {
        id: None,
        giver: asked.from.as_deref().map(|named| party_id(named).0),
        recipient: query::one_of("to", asked.to.as_deref(), &RECIPIENTS)?,
        object: query::parse("object", asked.object.as_deref())?,
        form: query::one_of("form", asked.form.as_deref(), &FORMS)?,
        status: status.map(Status::as_str),
        after: slice.after_key()?,
    };
    let as_of = as_of.map(|head| head.position);
    let mut read = reading::list(services.log().pool(), as_of, &filter, slice.rows()).await?;
    let rows = std::mem::take(&mut read.rows);
    let page = slice.page(rows, read.position, |row| row.id.to_string());
    read.rows = page.items;
    let shown = show(&services, &caller, &read).await?;
    let page = Page {
        items: shown.contributions,
        next: page.next,
        position: page.position,
    };
    let tag = Tag::Figure(shown.changed, Reader::of(&caller.languages));
    Ok(conditional::answer(&request, &tag, &page))
}

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GetContribution {
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
    /// ar, zh, en, fr, ru, es
    #[expect(dead_code, reason = "read with the headers, in languages.rs")]
    lang: Option<String>,
}

/// A contribution.
#[utoipa::path(tag = "contributions", params(GetContribution), responses((status = 200, body = ContributionView)))]
#[get("/v1/contributions/{contribution}")]
pub async fn get_contribution(
    request: HttpRequest,
    caller: Caller,
    PathId(id): PathId<ContributionId>,
    Query(asked): Query<GetContribution>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let there = as_of::present::<Contribution, _, _>(&services.desk, id, as_of).await?;
    let (view, words) = one(&services, &caller, id, &there, as_of).await?;
    let tag = Tag::Resource(there.position, Reader::of(&caller.languages).words(words));
    Ok(conditional::answer(&request, &tag, &view))
}

/// A contribution as it is shown, and the position at which its words were last redacted or translated.
pub(in crate::http) async fn one(
    services: &Services,
    caller: &Caller,
    id: ContributionId,
    there: &Contribution,
    as_of: Option<u64>,
) -> Result<(ContributionView, u64), Problem> {
    let filter = Filter {
        id: Some(id.0),
        ..Filter::default()
    };
    let read = reading::list(services.log().pool(), as_of, &filter, 1).await?;
    let row = read.rows.first();
    let row = row.ok_or_else(|| Problem::not_found("contribution"))?;
    let said = [
        there.pledged.earmarked.as_ref(),
        there.reason.as_ref(),
        there.correction.as_ref(),
    ];
    let said = said.into_iter().flatten();
    let words = Words::read(services, caller, said.map(|said| &said.content)).await?;
    let is_told = caller.principal.role.is_secretariat();
    let told = |said: &Option<domain::Words>| {
        let said = said.as_ref().filter(|_| is_told);
        said.map(|said| words.show(&said.content, Some(said.lang)))
    };
    let view = ContributionView {
        cancellation: told(&there.reason),
        correction: told(&there.correction),
        ..ContributionView::of(row, &words, &caller.languages)
    };
    Ok((view, words.changed))
}
