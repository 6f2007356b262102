//! Contributions, as they are read: who gives what, and for what, is public.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional::Tag;
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::query;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::schemas::{WordsShape, chosen};
use crate::http::services::Services;
use crate::reading::Part;
use crate::reading::contributions::{self as reading, ContributionRow, Filter};
use crate::written;
use crate::written::{FORMS, RECIPIENTS};
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
    purpose: Option<domain::contribution::Purpose>,
    /// What it must be used for.
    #[schema(value_type = Option<WordsShape>)]
    earmarked: Option<Value>,
    /// The day of the pledge.
    pledged_on: Date,
    /// pledged, received, cancelled
    status: domain::contribution::Status,
    /// Since which day it stands so.
    status_on: Date,
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
    kind: domain::party::PartyKind,
}

impl ContributionView {
    pub(in crate::http) fn from_row(
        row: ContributionRow,
        words: &StoredWords,
        languages: &[Lang],
    ) -> Self {
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

/// The words of contributions.
pub(in crate::http) async fn words(
    services: &Services,
    caller: &Caller,
    rows: &[ContributionRow],
) -> Result<StoredWords, Problem> {
    let earmarks = rows.iter().filter_map(|row| row.earmarked.as_ref());
    StoredWords::read(services, caller, earmarks.map(|said| &said.content)).await
}

/// Which contributions.
#[derive(Debug, Deserialize, IntoParams)]
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
    object: Option<Uuid>,
    /// Only: money, staff, in_kind.
    #[param(value_type = Option<written::ContributionForm>, inline)]
    form: Option<String>,
    /// Only those that stand so: pledged, received, cancelled.
    #[param(value_type = Option<domain::contribution::Status>, inline)]
    status: Option<Status>,
}

/// Contributions, in the order in which they were recorded.
#[utoipa::path(get, path = "/v1/contributions", tag = "contributions", params(ListContributions, Paging, At), responses((status = 200, body = Page<ContributionView>)))]
pub async fn list_contributions(
    list: ListLookup<ListContributions>,
) -> Result<HttpResponse, Problem> {
    let asked = &list.query;
    let filter = Filter {
        id: None,
        giver: asked.from.as_deref().map(|named| party_id(named).0),
        recipient: query::one_of("to", asked.to.as_deref(), &RECIPIENTS)?,
        object: asked.object,
        form: query::one_of("form", asked.form.as_deref(), &FORMS)?,
        status: asked.status.map(Status::as_str),
    };
    let read = reading::list(list.pool(), &list.part()?, &filter).await?;
    let page = list.page(read.rows, read.position, |row| row.id, |row| row);
    let words = words(&list.services, &list.caller, &page.items).await?;
    let changed = read.changed.max(words.changed);
    let page = page.map(|row| ContributionView::from_row(row, &words, list.languages()));
    Ok(list.answer(&Tag::Figure(changed, list.reader()), &page))
}

/// A contribution.
#[utoipa::path(get, path = "/v1/contributions/{contribution}", tag = "contributions", params(At), responses((status = 200, body = ContributionView)))]
pub async fn get_contribution(
    lookup: Lookup,
    PathId(id): PathId<ContributionId>,
) -> Result<HttpResponse, Problem> {
    let there = lookup.object::<Contribution, _, _>(id).await?;
    let (services, caller) = (&lookup.services, &lookup.caller);
    let (view, words) = one(services, caller, id, &there, lookup.position()).await?;
    let tag = Tag::Resource(there.position, lookup.reader().words(words));
    Ok(lookup.answer(&tag, &view))
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
    let read = reading::list(services.log().pool(), &Part::first(as_of, 1), &filter).await?;
    let row = read.rows.into_iter().next();
    let row = row.ok_or_else(|| Problem::not_found("contribution"))?;
    let said = [
        there.pledged.earmarked.as_ref(),
        there.reason.as_ref(),
        there.correction.as_ref(),
    ];
    let said = said.into_iter().flatten();
    let words = StoredWords::read(services, caller, said.map(|said| &said.content)).await?;
    let is_told = caller.principal.role.is_secretariat();
    let told = |said: &Option<domain::Words>| {
        let said = said.as_ref().filter(|_| is_told);
        said.map(|said| words.show(&said.content, Some(said.lang)))
    };
    let view = ContributionView {
        cancellation: told(&there.reason),
        correction: told(&there.correction),
        ..ContributionView::from_row(row, &words, &caller.languages)
    };
    Ok((view, words.changed))
}
