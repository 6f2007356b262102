//! The figures of a collection: of all its questions at once, of some, or of one.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::IntoParams;

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
use ::figures::aggregates::{Classes, Subject, field_figures};
use domain::CollectionId;
use domain::phrase::expected;
use domain::questionnaire::Form;

/// Of which questions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetFigures {
    /// Addresses, joined by commas: of questions, of which all fields are told, or of fields. All questions, if left out.
    #[param(value_type = Option<written::FieldAddresses>, inline, example = "A1,P1.theft")]
    questions: Option<String>,
    /// Codes of sections, joined by commas.
    #[param(value_type = Option<written::SectionCodes>, inline, example = "A")]
    sections: Option<String>,
    /// In which classes numbers are counted: how many of equal width (`5`), or their bounds (`0,10,100`). None, if left out.
    #[param(value_type = Option<written::NumberClasses>, inline, example = "5")]
    classes: Option<String>,
}

/// The figures of a collection's questions: of each a base (`replied`, `counted`, `answered`, the ways of being missing), how often
/// each option was chosen, of numbers `min`, quartiles, `median`, `max`, `mean` and `sum` (of money by currency), of days in how many
/// replies each year. For the Secretariat as it stands, for others as it was released.
#[utoipa::path(get, path = "/v1/collections/{collection}/figures", tag = "figures", params(GetFigures, InquiryParameters, TableForm, At),
    responses((status = 200, content((FigureView = "application/json"), (String = "text/csv"), (String = "application/jsonl"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/vnd.apache.parquet")))))]
pub async fn get_figures(
    lookup: Lookup<GetFigures>,
    PathId(id): PathId<CollectionId>,
    Query(parameters): Query<InquiryParameters>,
    Query(form): Query<TableForm>,
) -> Result<HttpResponse, Problem> {
    let wish = form.read(&lookup.http)?;
    let asked = &lookup.query;
    let languages = lookup.languages();
    let figures = async |source: &FigureSource| {
        let inquiry = parameters.read(source, languages)?;
        let (questions, sections) = (asked.questions.as_deref(), asked.sections.as_deref());
        let subjects = chosen_subjects(&source.form, questions, sections)?;
        let classes = asked.classes.as_deref();
        let classes = classes
            .map(|classes| read_classes(classes, source))
            .transpose()?;
        let title = title("figures", source, languages, &[]);
        let parts = TableParts {
            title,
            name: "figures",
            columns_and_rows: field_figures(&source.replies, &inquiry, &subjects, classes.as_ref()),
            notices: source.table_notices(&inquiry, languages),
        };
        wish.answer(&lookup.http, source, parts, languages)
    };
    let kept = (parameters.release.as_deref(), wish.format.as_str());
    answer_figure(&lookup, id, kept, figures).await
}

/// What a table of a collection's figures is called.
pub fn title(
    kind: &str,
    source: &FigureSource,
    languages: &[domain::Lang],
    args: &[(&str, &str)],
) -> String {
    let (_, title) = crate::http::schemas::chosen(&source.collection.title, languages);
    let args: Vec<(&str, &str)> = args
        .iter()
        .copied()
        .chain([("title", title.as_str())])
        .collect();
    texts::text(&format!("figure.title.{kind}"), languages, &args)
}

fn read_classes(classes: &str, source: &FigureSource) -> Result<Classes, Problem> {
    source.standing.allow("classes")?;
    let read = classes.parse();
    read.map_err(|_| Problem::bad_parameter("classes", expected::CLASSES, classes))
}

/// The fields at or below these addresses, in these sections, in the order in which they are asked.
///
/// # Errors
/// `bad_parameter`, `unknown_question`, `question_not_counted`.
pub fn chosen_subjects<'f>(
    form: &'f Form,
    questions: Option<&str>,
    sections: Option<&str>,
) -> Result<Vec<Subject<'f>>, Problem> {
    let mut subjects = Subject::all(form);
    if let Some(sections) = sections {
        let sections: Vec<&str> = sections.split(',').collect();
        let unknown = |code: &&&str| !form.sections.iter().any(|section| section.code == **code);
        if let Some(code) = sections.iter().find(unknown) {
            let known = form.sections.iter().map(|section| section.code.as_str());
            return Err(Problem::bad_parameter(
                "sections",
                expected::ONE_OF.codes(known),
                code,
            ));
        }
        subjects.retain(|subject| sections.contains(&subject.section));
    }
    if let Some(questions) = questions {
        let questions: Vec<&str> = questions.split(',').collect();
        for question in &questions {
            let is_there = subjects.iter().any(|subject| is_part(subject, question));
            if !is_there {
                // Says what is wrong with it.
                subject_at(form, "questions", Some(question))?;
            }
        }
        subjects.retain(|subject| questions.iter().any(|question| is_part(subject, question)));
    }
    Ok(subjects)
}

/// Whether a field is at this address, or below it.
fn is_part(subject: &Subject<'_>, address: &str) -> bool {
    let rest = subject.address().strip_prefix(address);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
