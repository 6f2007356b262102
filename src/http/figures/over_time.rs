//! Figures of a collection at the end of each day, week or month.

use actix_web::HttpResponse;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::figures::field_figures::{chosen_subjects, title};
use crate::http::figures::inquiry::InquiryParameters;
use crate::http::figures::standing::{FigureSource, answer_figure};
use crate::http::figures::table_answer::{TableForm, TableParts};
use crate::http::figures::table_view::FigureView;
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::{self, Query};
use crate::http::problem::Problem;
use crate::reading::dated_replies::{self, CountedDay};
use crate::written;
use ::figures::aggregates::{DatedReply, Interval, MOST_PERIODS, Period, figures_over_time};
use domain::CollectionId;
use domain::phrase::expected;

/// Of which questions, and in which periods.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetFiguresOverTime {
    /// Addresses, joined by commas: of questions, of which all fields are told, or of fields. The first question, if left out: how many
    /// replied, `replied`, is the same for all of them.
    #[param(value_type = Option<written::FieldAddresses>, inline, example = "A1")]
    questions: Option<String>,
    /// day, week, month (if left out)
    #[param(value_type = Option<Interval>, inline)]
    interval: Option<String>,
    /// recorded (if left out), received: a reply that the Secretariat entered from paper counts from the day on which it came.
    #[param(value_type = Option<written::CountedDay>, inline)]
    by: Option<String>,
    /// The first day; if left out, that on which the collection was opened, or the first reply came.
    #[param(value_type = Option<Date>)]
    from: Option<String>,
    /// The last day; if left out, that of the position.
    #[param(value_type = Option<Date>)]
    to: Option<String>,
}

/// What was told of questions at the end of each period, its days those of the collection's time zone. Of a release, those replies that it
/// counts, from the day on which they were submitted. Not of figures that are released on all replies.
#[utoipa::path(get, path = "/v1/collections/{collection}/figures-over-time", tag = "figures", params(GetFiguresOverTime, InquiryParameters, TableForm, At),
    responses((status = 200, content((FigureView = "application/json"), (String = "text/csv"), (String = "application/jsonl"),
        (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "application/vnd.apache.parquet")))))]
pub async fn get_figures_over_time(
    lookup: Lookup<GetFiguresOverTime>,
    PathId(id): PathId<CollectionId>,
    Query(parameters): Query<InquiryParameters>,
    Query(form): Query<TableForm>,
) -> Result<HttpResponse, Problem> {
    let wish = form.read(&lookup.http)?;
    let asked = &lookup.query;
    let interval: Interval =
        query::parse("interval", asked.interval.as_deref())?.unwrap_or(Interval::Month);
    let by = counted_day(asked.by.as_deref())?;
    let days = (
        day("from", asked.from.as_deref())?,
        day("to", asked.to.as_deref())?,
    );
    let languages = lookup.languages();
    let figures = async |source: &FigureSource| {
        source.standing.allow("figures-over-time")?;
        let inquiry = parameters.read(source, languages)?;
        let mut subjects = chosen_subjects(&source.form, asked.questions.as_deref(), None)?;
        if asked.questions.is_none() {
            subjects.truncate(1);
        }
        let zone = &source.collection.deadline.time_zone;
        let position = Some(source.replies.position);
        let dated = dated_replies::read(lookup.pool(), position, id.0, zone, by).await?;
        let dated = counted(dated, source);
        let periods = periods(interval, days, &dated, source)?;
        let parts = TableParts {
            title: title("over_time", source, languages, &[]),
            name: "figures-over-time",
            columns_and_rows: figures_over_time(&dated, &periods, &inquiry, &subjects),
            notices: source.table_notices(&inquiry, languages),
        };
        wish.answer(&lookup.http, source, parts, languages)
    };
    let kept = (parameters.release.as_deref(), wish.format.as_str());
    answer_figure(&lookup, id, kept, figures).await
}

/// Of a release those versions that it counts, as far as it does; else all.
fn counted(dated: Vec<DatedReply>, source: &FigureSource) -> Vec<DatedReply> {
    if source.standing.release().is_none() {
        return dated;
    }
    let counted = dated.into_iter().filter_map(|mut dated| {
        let mut replies = source.replies.replies.iter();
        let of = replies.find(|reply| reply.submission == dated.reply.submission)?;
        dated.reply.countable = of.countable.clone();
        Some(dated)
    });
    counted.collect()
}

fn periods(
    interval: Interval,
    (from, to): (Option<Date>, Option<Date>),
    dated: &[DatedReply],
    source: &FigureSource,
) -> Result<Vec<Period>, Problem> {
    let opened = source.collection.opened_on;
    let first = dated.iter().map(|reply| reply.from).chain([opened]).min();
    let last = dated
        .iter()
        .flat_map(|reply| [Some(reply.from), reply.until])
        .flatten()
        .max();
    let from = from.or(first).unwrap_or(opened);
    let to = to.or(last).unwrap_or(from).max(from);
    interval.periods(from, to).ok_or_else(|| {
        Problem::new("too_many_periods")
            .arg("from", from)
            .arg("to", to)
            .arg("most", MOST_PERIODS)
            .arg("interval", interval)
    })
}

fn counted_day(asked: Option<&str>) -> Result<CountedDay, Problem> {
    match asked {
        None | Some("recorded") => Ok(CountedDay::Recorded),
        Some("received") => Ok(CountedDay::Received),
        Some(other) => {
            let codes = expected::ONE_OF.codes(written::COUNTED_DAYS);
            Err(Problem::bad_parameter("by", codes, other))
        }
    }
}

fn day(name: &str, asked: Option<&str>) -> Result<Option<Date>, Problem> {
    let read = asked.map(str::parse::<Date>).transpose();
    read.map_err(|_| Problem::bad_parameter(name, expected::DAY, asked.unwrap_or_default()))
}
