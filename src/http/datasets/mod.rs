//! Data sets: the replies to a collection as tables, streamed, and what there is of them.

mod catalogue;
mod package;
mod rows;
mod source;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use crate::http::figures::table_answer::TableForm;
use crate::http::handling::caller;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::query::Query;
use crate::http::problem::Problem;
use ::figures::Format;
use ::figures::datasets::Dataset;
use domain::CollectionId;
use domain::phrase::expected;

pub use catalogue::*;
pub use package::*;
use rows::RowStream;
use source::DatasetSource;

/// The formats of data sets: they are no figures by dimensions, as JSON-stat has them.
const FORMATS: [Format; 5] = [
    Format::Json,
    Format::JsonLines,
    Format::Csv,
    Format::Xlsx,
    Format::Parquet,
];

/// A data set of a collection, a row after the other: `answers` (an answer a row, also why there is none), `answers-wide` (a reply a row,
/// a field a column, named by its address), `replies`, `entries-L1` (the entries of the list L1), `code-book`. For the Secretariat all
/// replies as they were submitted; for others what is consented to be published, as consent is now. What is about persons stands in none.
#[utoipa::path(get, path = "/v1/collections/{collection}/datasets/{dataset}", tag = "figures", params(TableForm, At),
    responses((status = 200, content((crate::http::figures::table_view::FigureView = "application/json"), (String = "text/csv"), (String = "application/jsonl"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/vnd.apache.parquet")))))]
pub async fn get_dataset(
    lookup: Lookup,
    path: web::Path<(String, String)>,
    Query(form): Query<TableForm>,
) -> Result<HttpResponse, Problem> {
    let (collection, name) = path.into_inner();
    let id: CollectionId = caller::id(&collection, "collection")?;
    let wish = form.read_of(&lookup.http, &FORMATS)?;
    let source = DatasetSource::open(&lookup, id).await?;
    let stream = if name == CODE_BOOK {
        RowStream::code_book(&source, wish, &lookup)?
    } else {
        let mut all = Dataset::all(&source.form).into_iter();
        let dataset = all.find(|dataset| dataset.name() == name).ok_or_else(|| {
            let names = names(&source.form);
            Problem::bad_parameter(
                "dataset",
                expected::ONE_OF.codes(names.iter().map(String::as_str)),
                &name,
            )
        })?;
        RowStream::begin(&source, dataset, wish, &lookup)?
    };
    let file = format!("{name}-{id}-{}.{}", source.position, wish.format.ending());
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CONTENT_TYPE, wish.format.media_type()))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{file}\""),
        ))
        // Consent and redactions take from what may be read at any moment.
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((
            header::VARY,
            "Accept, Accept-Language, Authorization, Cookie",
        ));
    if wish.format.is_streamed() {
        return Ok(response.streaming(stream.bytes()));
    }
    let whole = stream.whole().await?;
    Ok(response.body(whole))
}

/// What each field is asked, what type it has, and what its codes mean.
const CODE_BOOK: &str = "code-book";

/// The names of the data sets of a collection that asks this.
fn names(form: &domain::questionnaire::Form) -> Vec<String> {
    let names = Dataset::all(form).into_iter().map(|dataset| dataset.name());
    names.chain([CODE_BOOK.to_owned()]).collect()
}
