//! Needs for technical assistance: listed, shown, indicated outside of any reply.

pub mod drafts;
pub(in crate::http) mod input;
pub mod life;
pub(in crate::http) mod view;

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::desk::RecordedDecision;
use crate::http::conditional::{self, Tag};
use crate::http::handling::caller::Caller;
use crate::http::handling::lookup::{At, ListLookup, Lookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::{PathId, party_id};
use crate::http::handling::write::Write;
use crate::http::needs::input::NewNeed;
use crate::http::needs::view::{NeedView, ShownNeeds};
use crate::http::problem::Problem;
use crate::http::rights::need as need_access;
use crate::http::rights::reply as reply_access;
use crate::http::services::Services;
use crate::reading::needs::{self as reading, Filter, NeedRow, NeedVisibility};
use crate::reading::{Part, PositionedRows};
use crate::written;
use domain::need::{Command, Need, Status};
use domain::{NeedId, ReplyId};

/// Which needs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListNeeds {
    /// Only of this party: its id or code.
    #[param(value_type = Option<written::PartyNamed>, inline)]
    party: Option<String>,
    /// Only about this category.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    category: Option<String>,
    /// Only about this standard.
    #[param(value_type = Option<written::ClassificationCode>, inline)]
    standard: Option<String>,
    /// Only of this type.
    #[param(value_type = Option<written::NeedTypeCode>, inline)]
    r#type: Option<String>,
    /// Only those that stand so: drafted, indicated, confirmed, matched, merged, declined, met, lapsed.
    #[param(value_type = Option<domain::need::Status>, inline)]
    status: Option<Status>,
    /// true: only those that are indicated and not over and that no project is about; false: only the others.
    #[param(value_type = Option<bool>)]
    without_project: Option<bool>,
}

/// Needs that the caller sees: to the Secretariat all that are indicated, to a State its own, and to everybody what States share
/// with them. Who sees which is judged by what is shared now, whatever `as_of` says.
#[utoipa::path(get, path = "/v1/needs", tag = "needs", params(ListNeeds, Paging, At), responses((status = 200, body = Page<NeedView>)))]
pub async fn list_needs(list: ListLookup<ListNeeds>) -> Result<HttpResponse, Problem> {
    let asked = &list.query;
    let sees = need_access::sees(&list.services, &list.caller).await?;
    let filter = Filter {
        party: asked.party.as_deref().map(|party| party_id(party).0),
        category: asked.category.as_deref(),
        standard: asked.standard.as_deref(),
        kind: asked.r#type.as_deref(),
        status: asked.status.map(Status::as_str),
        without_project: asked.without_project,
        ..Filter::default()
    };
    let read = reading::list(list.pool(), &list.part()?, &sees, &filter).await?;
    page(&list, &sees, read).await
}

async fn page<F>(
    list: &ListLookup<F>,
    sees: &NeedVisibility,
    read: PositionedRows<Vec<NeedRow>>,
) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&list.services, &list.caller);
    let page = list.page(read.rows, read.position, |row| row.id, |row| row);
    let shown = ShownNeeds::read(services, caller, &page.items, None).await?;
    let page = page.map(|row| shown.view(caller, row, None));
    let reader = list.reader().words(shown.changed()).seeing(sees);
    Ok(list.answer(&Tag::Figure(read.changed, reader), &page))
}

/// The needs beside a reply: those that its submissions indicated, those that its rows, entries and groups state, and drafts, which are its party's, or of the Secretariat that
/// enters the reply. To a contributor only where the whole reply is opened to it.
#[utoipa::path(get, path = "/v1/replies/{reply}/needs", tag = "needs", params(Paging, At), responses((status = 200, body = Page<NeedView>)))]
pub async fn list_reply_needs(
    list: ListLookup,
    PathId(id): PathId<ReplyId>,
) -> Result<HttpResponse, Problem> {
    let reply = reply_access::visible(&list.services, &list.caller, id, true).await?;
    let sees = NeedVisibility {
        replies: Vec::from_iter(reply.sight.sees_the_rest().then_some(id.0)),
        drafts: need_access::drafts_of(&list.caller),
        ..NeedVisibility::default()
    };
    let filter = Filter {
        reply: Some(id.0),
        ..Filter::default()
    };
    let read = reading::list(list.pool(), &list.part()?, &sees, &filter).await?;
    page(&list, &sees, read).await
}

/// A need that the caller sees, now or as of then. Rights are always those of now.
#[utoipa::path(get, path = "/v1/needs/{need}", tag = "needs", params(At), responses((status = 200, body = NeedView)))]
pub async fn get_need(lookup: Lookup, PathId(id): PathId<NeedId>) -> Result<HttpResponse, Problem> {
    let (services, caller) = (&lookup.services, &lookup.caller);
    let seen = need_access::visible(services, caller, id).await?;
    seen.note(&lookup.http);
    let as_of = lookup.position();
    let sees = if seen.is_own {
        NeedVisibility {
            drafts: need_access::drafts_of(caller),
            ..NeedVisibility::all()
        }
    } else {
        need_access::shared_with(caller)
    };
    let (row, changed) = row(services, seen.id, as_of, sees).await?;
    // What is shared is what was indicated; until then it was nobody else's.
    let row = row.ok_or_else(|| match as_of {
        Some(_) => Problem::new("before_it_existed"),
        None => Problem::not_found("need"),
    })?;
    let (position, then) = match as_of {
        None => (seen.need.position, Need::clone(&seen.need)),
        Some(head) => {
            let then = need_access::load(services, seen.id, Some(head)).await?;
            let then = then.ok_or(Problem::new("before_it_existed"))?;
            (then.position, Need::clone(&then))
        }
    };
    let rows = [row];
    let shown = ShownNeeds::read(services, caller, &rows, Some(&then)).await?;
    let [row] = rows;
    let view = shown.view(caller, row, Some(&then));
    let reader = lookup.reader().words(shown.changed()).beside(changed);
    let tag = if seen.is_own {
        Tag::Resource(position, reader)
    } else {
        Tag::Published(position, reader)
    };
    Ok(lookup.answer(&tag, &view))
}

/// A need as the views have it, with the position of the last change of any need: what its own stream does not tell.
async fn row(
    services: &Services,
    id: NeedId,
    as_of: Option<u64>,
    sees: NeedVisibility,
) -> Result<(Option<NeedRow>, u64), Problem> {
    let filter = Filter {
        need: Some(id.0),
        ..Filter::default()
    };
    let mut read = reading::list(
        services.log().pool(),
        &Part::first(as_of, 1),
        &sees,
        &filter,
    )
    .await?;
    Ok((read.rows.pop(), read.changed))
}

/// Indicates a need, outside of any reply.
#[utoipa::path(post, path = "/v1/needs", tag = "needs", request_body = NewNeed, responses((status = 201, body = NeedView)))]
pub async fn indicate_need(mut write: Write<NewNeed>) -> Result<HttpResponse, Problem> {
    let party = write.caller.party()?;
    let about = write.body.store(&mut write.contents)?;
    let hand = write.caller.reply_capacity()?;
    let indicate = Command::Indicate { party, about };
    let id = NeedId(clock::new_id());
    let decided = write.decide_case::<Need>(id, &hand, indicate);
    answer(&write.services, &write.caller, &decided.await?, true).await
}

/// The answer to a write: the need as it was right after.
pub(in crate::http) async fn answer(
    services: &Services,
    caller: &Caller,
    decided: &RecordedDecision<Need>,
    is_new: bool,
) -> Result<HttpResponse, Problem> {
    let id = NeedId(decided.stream);
    let position = decided.now.position;
    let (row, _) = row(services, id, decided.as_of, NeedVisibility::all()).await?;
    let need = decided.now.state.as_ref().as_ref();
    let (Some(row), Some(need)) = (row, need) else {
        return Err(Problem::not_found("need"));
    };
    let rows = [NeedRow {
        shared_with: need.sharing,
        ..row
    }];
    let shown = ShownNeeds::read(services, caller, &rows, Some(need)).await?;
    let [row] = rows;
    let view = shown.view(caller, row, Some(need));
    let location = is_new.then(|| format!("/v1/needs/{id}"));
    Ok(conditional::write_answer(location, position, &view))
}
