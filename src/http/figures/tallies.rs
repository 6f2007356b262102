//! Tallies: what the Member States that replied answered to a question.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::conditional::Tag;
use crate::http::figures::GroupBy;
use crate::http::figures::standing::{FigureSource, answer_figure};
use crate::http::figures::tally_view::TallyView;
use crate::http::handling::caller;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::problem::Problem;
use crate::http::services::kept_answers::KeptAnswer;
use crate::written;
use domain::phrase::expected;
use domain::questionnaire::Form;
use figures::aggregates::{Inquiry, Subject, field_tallies};

/// Of what, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetTally {
    /// The address of a field: a question's code, a cell `P1.theft.y2024`, a part of a group.
    #[param(value_type = Option<written::FieldAddress>, inline)]
    question: Option<String>,
    /// regional_group (if left out), region, none
    #[param(value_type = Option<written::Grouping>, inline)]
    group_by: Option<String>,
    /// A release by its number, as the public sees it. Left out, the Secretariat sees all, and others the newest.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    release: Option<String>,
}

/// What the Member States that replied answered to a question: for the Secretariat as it stands, for others as it was
/// released. As of then, what was counted then; of releases, the newest that was recorded by then.
#[utoipa::path(get, path = "/v1/collections/{collection}/tallies", tag = "figures", params(GetTally, At), responses((status = 200, body = TallyView)))]
pub async fn get_tally(
    lookup: Lookup<GetTally>,
    collection: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = caller::id(&collection, "collection")?;
    let asked = &lookup.query;
    let group_by = GroupBy::read(asked.group_by.as_deref())?;
    let languages = lookup.languages();
    let tally = async |source: &FigureSource| {
        group_by.allowed(source.standing)?;
        let subject = subject_at(&source.form, "question", asked.question.as_deref())?;
        let inquiry = Inquiry {
            group_by: group_by.attribute(),
            extent: source.standing.extent(),
            ..Inquiry::of_member_states(languages)
        };
        let (groups, tallies) = field_tallies(&source.replies, &inquiry, &subject);
        let view = TallyView::new(source, &subject, (&groups, &tallies), languages);
        let (position, changed) = source.kept;
        let tag = Tag::Figure(changed, source.standing.reader(languages));
        KeptAnswer::new(position, tag, Some(view.lang()), &view)
    };
    answer_figure(&lookup, id, (asked.release.as_deref(), "tally"), tally).await
}

/// The field at the address that a parameter names, whose answers can be counted.
///
/// # Errors
/// `bad_parameter`, `unknown_question`, `question_not_counted`.
pub fn subject_at<'f>(
    form: &'f Form,
    parameter: &str,
    address: Option<&str>,
) -> Result<Subject<'f>, Problem> {
    let Some(address) = address else {
        let fields = form.fields().iter().filter(|field| field.is_counted());
        let expected = expected::ONE_OF.codes(fields.map(|field| &*field.address));
        return Err(Problem::bad_parameter(parameter, expected, ""));
    };
    let found = form.field(address).map(|located| located.index);
    let field = found.and_then(|index| form.fields().get(index));
    if let Some(subject) = field.and_then(|field| Subject::new(form, field)) {
        return Ok(subject);
    }
    // Of a table or a group, what can be counted is named.
    let below = format!("{address}.");
    let fields = form.fields().iter();
    let fields = fields.filter(|field| field.is_counted() && field.address.starts_with(&below));
    let fields: Vec<&str> = fields.map(|field| &*field.address).collect();
    Err(if !fields.is_empty() {
        let expected = expected::ONE_OF.codes(fields);
        Problem::bad_parameter(parameter, expected, address)
    } else if form.names(address) {
        Problem::new("question_not_counted").arg("code", address)
    } else {
        Problem::new("unknown_question").arg("code", address)
    })
}
