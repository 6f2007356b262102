//! Two questions of a collection side by side.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::figures::field_figures::title;
use crate::http::figures::inquiry::InquiryParameters;
use crate::http::figures::standing::{FigureSource, answer_figure};
use crate::http::figures::table_answer::{TableForm, TableParts};
use crate::http::figures::table_view::FigureView;
use crate::http::figures::tallies::subject_at;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::Query;
use crate::http::problem::Problem;
use crate::written;
use ::figures::aggregates::cross_table;
use domain::CollectionId;

/// Of which two questions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetCrossTable {
    /// The address of the field whose options are the rows.
    #[param(value_type = Option<written::FieldAddress>, inline)]
    rows: Option<String>,
    /// The address of the field whose options are the columns.
    #[param(value_type = Option<written::FieldAddress>, inline)]
    columns: Option<String>,
}

/// How many replies answered two questions in each way. The row and the column `all` have every reply once, also where several options
/// were chosen: they are no sums. A third question can be had as a filter. Not of figures that are released on all replies.
#[utoipa::path(get, path = "/v1/collections/{collection}/cross-tables", tag = "figures", params(GetCrossTable, InquiryParameters, TableForm, At),
    responses((status = 200, content((FigureView = "application/json"), (String = "text/csv"), (String = "application/jsonl"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/vnd.apache.parquet")))))]
pub async fn get_cross_table(
    lookup: Lookup<GetCrossTable>,
    PathId(id): PathId<CollectionId>,
    Query(parameters): Query<InquiryParameters>,
    Query(form): Query<TableForm>,
) -> Result<HttpResponse, Problem> {
    let wish = form.read(&lookup.http)?;
    let asked = &lookup.query;
    let languages = lookup.languages();
    let figure = async |source: &FigureSource| {
        source.standing.allow("cross-tables")?;
        let inquiry = parameters.read(source, languages)?;
        let rows = subject_at(&source.form, "rows", asked.rows.as_deref())?;
        let columns = subject_at(&source.form, "columns", asked.columns.as_deref())?;
        let args = [
            ("rows", rows.address().as_ref()),
            ("columns", columns.address().as_ref()),
        ];
        let title = title("cross_table", source, languages, &args);
        let parts = TableParts {
            title,
            name: "cross-table",
            columns_and_rows: cross_table(&source.replies, &inquiry, &rows, &columns),
            notices: source.table_notices(&inquiry, languages),
        };
        wish.answer(&lookup.http, source, parts, languages)
    };
    let kept = (parameters.release.as_deref(), wish.format.as_str());
    answer_figure(&lookup, id, kept, figure).await
}
