//! Who has replied to a collection, as it is told and drawn.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::chart::{self, Bar, Column};
use super::{Figure, terms};
use crate::http::figures::participation::ParticipationView;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::reading::participation::{ReceivedDay, received_days};
use domain::collection::{Collection, Status};
use texts::words::Words;

/// A line of a table: how many of whom have replied.
pub struct Line {
    /// Who.
    pub label: String,
    /// How many were invited.
    pub invited: Figure,
    /// How many have replied.
    pub replied: Figure,
    /// Which part that is; none where nobody was invited.
    pub rate: Option<String>,
    /// The bar.
    pub bar: Bar,
    /// What the bar says.
    pub of: String,
}

/// Replies over time.
pub struct OverTime {
    /// What the drawing shows.
    pub help: String,
    /// How many columns it has.
    pub width: usize,
    /// As many as have replied.
    pub height: u64,
    /// Its columns.
    pub columns: Vec<Column>,
    /// By which day, how many.
    pub days: Vec<(String, Figure)>,
}

/// The address of a collection's participation.
pub fn path(view: &ParticipationView) -> String {
    format!("/v1/collections/{}/participation", view.collection)
}

/// How many of those invited have replied, in a sentence.
pub fn replied(w: Words, view: &ParticipationView) -> Figure {
    let invited = locale::integer(w.lang, view.denominator.invited);
    let said = w.participation_replied(view.replied, invited);
    Figure::new(said, path(view), view.as_of.position)
}

/// How many of them came late, in a sentence; none where none did.
pub fn late(w: Words, view: &ParticipationView) -> Option<Figure> {
    let said = w.participation_late(view.late);
    (view.late > 0).then(|| Figure::new(said, path(view), view.as_of.position))
}

fn percent(w: Words, rate: f64) -> String {
    w.public_percent(locale::decimal(w.lang, &format!("{:.1}", rate * 100.0)))
}

fn line(
    w: Words,
    view: &ParticipationView,
    label: &str,
    (invited, replied, rate): (u64, u64, Option<f64>),
    most: u64,
) -> Line {
    let number = |number: u64| locale::integer(w.lang, number);
    let figure = |of: u64| Figure::new(number(of), path(view), view.as_of.position);
    Line {
        label: label.to_owned(),
        invited: figure(invited),
        replied: figure(replied),
        rate: rate.map(|rate| percent(w, rate)),
        bar: Bar {
            most,
            whole: invited,
            part: replied,
        },
        of: w.participation_of(number(replied), number(invited)),
    }
}

/// The regional groups of Member States, in their order, and all Member States.
pub fn groups(w: Words, view: &ParticipationView) -> (Vec<Line>, Line) {
    let groups = view.groups.iter();
    let most = groups.clone().map(|group| group.invited).max().unwrap_or(0);
    let lines = groups.map(|group| {
        let counts = (group.invited, group.replied, group.rate);
        line(w, view, terms::group(w, &group.group), counts, most)
    });
    let all = (view.denominator.invited, view.replied, view.rate);
    (
        lines.collect(),
        line(w, view, w.participation_all(), all, most),
    )
}

/// Parties of other kinds, where any were invited.
pub fn others(w: Words, view: &ParticipationView) -> Vec<Line> {
    let others = view.others.iter().filter(|other| other.invited > 0);
    let lines = others.map(|other| {
        let counts = (other.invited, other.replied, None);
        line(w, view, terms::kind(w, other.kind), counts, 0)
    });
    lines.collect()
}

/// How many Member States had replied by when; nothing where none was invited.
///
/// # Errors
/// The database does not answer.
pub async fn over_time(
    visitor: &Visitor,
    collection: &Collection,
    view: &ParticipationView,
) -> Result<Option<OverTime>, Problem> {
    let invited = view.denominator.invited;
    let Some(as_of) = view
        .as_of
        .time
        .as_deref()
        .and_then(|time| time.parse::<Timestamp>().ok())
    else {
        return Ok(None);
    };
    if invited == 0 {
        return Ok(None);
    }
    let position = view.as_of.position;
    let zone = &collection.deadline.time_zone;
    let received = received_days(visitor.pool(), Some(position), view.collection, zone).await?;
    let days = days(collection, as_of, &received);
    let by = |day: Date| -> u64 {
        let until = received.iter().take_while(|received| received.day <= day);
        until.map(|received| received.replied).sum()
    };
    let w = visitor.words;
    let number = |number: u64| locale::integer(w.lang, number);
    let (first, last) = (days.first().copied(), days.last().copied());
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(None);
    };
    let told = days.iter().map(|day| {
        let address = format!("{}?received_by={day}&as_of={position}", path(view));
        let text = number(by(*day));
        (locale::date(w.lang, *day), Figure { text, address })
    });
    Ok(Some(OverTime {
        help: w.participation_time_help(
            number(invited),
            number(by(first)),
            number(by(last)),
            locale::date(w.lang, last),
        ),
        width: days.len(),
        height: by(last).max(1),
        columns: chart::columns(days.iter().map(|day| by(*day)), by(last).max(1)),
        days: told.collect(),
    }))
}

/// The days by which it is told how many had replied: from the opening until now, or, where nothing comes any more, until the
/// last reply.
fn days(collection: &Collection, as_of: Timestamp, received: &[ReceivedDay]) -> Vec<Date> {
    let zone = TimeZone::get(&collection.deadline.time_zone).unwrap_or(TimeZone::UTC);
    let today = zone.to_datetime(as_of).date();
    let last = match (collection.status, received.last()) {
        (Status::Closed, Some(received)) => received.day,
        _ => today,
    };
    let first = received.first().map(|received| received.day);
    let first = first.map_or(collection.opened_on, |first| {
        first.min(collection.opened_on)
    });
    chart::ends(first, last)
}
