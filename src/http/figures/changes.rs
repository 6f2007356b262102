//! Change since an earlier collection, over the parties that replied to both.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::http::figures::field_figures::{chosen_subjects, title};
use crate::http::figures::inquiry::InquiryParameters;
use crate::http::figures::standing::{FigureSource, answer_figure};
use crate::http::figures::table_answer::{TableForm, TableParts};
use crate::http::figures::table_view::FigureView;
use crate::http::handling::caller;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::Query;
use crate::http::problem::Problem;
use crate::http::schemas::{self, NoticeView};
use crate::written;
use ::figures::aggregates::{SameSubject, Subject, change};
use domain::CollectionId;
use domain::phrase::expected;
use domain::reply::Lineage;

/// Since when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetChanges {
    /// The earlier collection.
    #[param(value_type = Option<Uuid>)]
    since: Option<String>,
    /// Addresses, joined by commas: of questions, of which all fields are told, or of fields. All that both asked, if left out.
    #[param(value_type = Option<written::FieldAddresses>, inline, example = "A1")]
    questions: Option<String>,
}

/// What changed since an earlier collection: of each question that is the same in both, what was told then, what is told now, and the
/// difference, over the parties that replied to both; `replied` and `counted` are the bases of each. A question is the same that has the same
/// code in the same instrument, or says so (`same_as`). For others than the Secretariat of the newest release of the earlier one. Not of
/// figures that are released on all replies.
#[utoipa::path(get, path = "/v1/collections/{collection}/changes", tag = "figures", params(GetChanges, InquiryParameters, TableForm, At),
    responses((status = 200, content((FigureView = "application/json"), (String = "text/csv"), (String = "application/jsonl"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/vnd.apache.parquet")))))]
pub async fn get_changes(
    lookup: Lookup<GetChanges>,
    PathId(id): PathId<CollectionId>,
    Query(parameters): Query<InquiryParameters>,
    Query(form): Query<TableForm>,
) -> Result<HttpResponse, Problem> {
    let wish = form.read(&lookup.http)?;
    let asked = &lookup.query;
    let since = asked.since.as_deref();
    let since = since.ok_or_else(|| Problem::bad_parameter("since", expected::ID, ""))?;
    let since: CollectionId = caller::id(since, "collection")?;
    let languages = lookup.languages();
    let changes = async |source: &FigureSource| {
        source.standing.allow("changes")?;
        let inquiry = parameters.read(source, languages)?;
        let earlier = source.earlier(&lookup, since).await?;
        earlier.standing.allow("changes")?;
        let subjects = chosen_subjects(&source.form, asked.questions.as_deref(), None)?;
        let lineage = lookup.services.desk.lineage(&source.form).await?;
        let pairs = same_subjects(&subjects, source, &earlier, &lineage);
        if pairs.is_empty() {
            return Err(Problem::new("no_common_question"));
        }
        let (_, then) = schemas::chosen(&earlier.collection.title, languages);
        let mut notices = source.table_notices(&inquiry, languages);
        notices.push(both_rounds(source, &earlier, languages));
        let parts = TableParts {
            title: title("change", source, languages, &[("then", then.as_str())]),
            name: "changes",
            columns_and_rows: change((&source.replies, &earlier.replies), &inquiry, &pairs),
            notices,
        };
        wish.answer(&lookup.http, source, parts, languages)
    };
    let kept = (parameters.release.as_deref(), wish.format.as_str());
    answer_figure(&lookup, id, kept, changes).await
}

/// Of these fields those that the earlier collection asked too.
fn same_subjects<'f>(
    subjects: &[Subject<'f>],
    source: &FigureSource,
    earlier: &'f FigureSource,
    lineage: &Lineage,
) -> Vec<SameSubject<'f>> {
    let (own, other) = (source.collection.instrument, earlier.collection.instrument);
    let pairs = subjects.iter().filter_map(|subject| {
        let code = subject.question.code.as_str();
        let named = lineage.get(code).into_iter().flatten();
        let mut named = named.filter(|ancestor| ancestor.instrument == other);
        let was = match named.next() {
            Some(ancestor) => ancestor.question.as_str(),
            None if own == other => code,
            None => return None,
        };
        let rest = subject.address().strip_prefix(code)?;
        let address = format!("{was}{rest}");
        let index = earlier.form.field(&address)?.index;
        let same = Subject::new(&earlier.form, earlier.form.fields().get(index)?)?;
        (same.measurement() == subject.measurement()).then_some((*subject, same))
    });
    pairs.collect()
}

fn both_rounds(now: &FigureSource, then: &FigureSource, languages: &[domain::Lang]) -> NoticeView {
    let parties = |source: &FigureSource| -> BTreeSet<Uuid> {
        source
            .replies
            .replies
            .iter()
            .map(|reply| reply.party.id)
            .collect()
    };
    let (now, then) = (parties(now), parties(then));
    let both = now.intersection(&then).count().to_string();
    let (now, then) = (now.len().to_string(), then.len().to_string());
    let args = [("count", both.as_str()), ("now", &now), ("then", &then)];
    NoticeView::new("both_rounds", languages, &args)
}
