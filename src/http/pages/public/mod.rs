//! What everybody may see: how far the resolution is, who has replied, what is published, reported and needed. These pages show
//! whoever looks what they show anybody, and each number leads to the address of the API that gives it again.

mod chart;
pub mod collection;
pub mod collections;
pub mod front;
pub mod mandate;
pub mod needs;
mod participation;
pub mod published;
pub mod reports;
mod terms;

use std::fmt::Display;

use uuid::Uuid;

use crate::http::pages::form::Form;
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::schemas::{AsOf, NoticeView};
use crate::reading::caption::Caption;
use crate::reading::{Part, PositionedRows};
use domain::Lang;
use domain::phrase::expected;

/// How many rows are read at a time.
const READ: usize = 500;

/// A number, and the address that gives it again.
pub struct Figure {
    /// The number, in words or by itself.
    pub text: String,
    /// Where it is.
    pub address: String,
}

impl Figure {
    /// A number that is at this path, as of a position.
    pub fn new(text: impl Into<String>, path: impl Display, as_of: u64) -> Self {
        Self {
            text: text.into(),
            address: format!("{path}?as_of={as_of}"),
        }
    }
}

/// All rows of a list, and the position that the last of them were read at.
async fn all<T>(
    key: impl Fn(&T) -> Uuid,
    read: impl AsyncFn(Part<Uuid>) -> sqlx::Result<PositionedRows<Vec<T>>>,
) -> sqlx::Result<(Vec<T>, u64)> {
    let mut rows: Vec<T> = Vec::new();
    loop {
        let part = Part {
            as_of: None,
            after: rows.last().map(&key),
            rows: i64::try_from(READ).unwrap_or(i64::MAX),
        };
        let read = read(part).await?;
        let is_last = read.rows.len() < READ;
        rows.extend(read.rows);
        if is_last {
            return Ok((rows, read.position));
        }
    }
}

/// The part of a list that is shown, and the id after which the next one begins.
struct Shown<T> {
    rows: Vec<T>,
    next: Option<Uuid>,
}

/// So many rows after the one that the address names by `after`.
fn shown<T>(
    visitor: &Visitor,
    rows: Vec<T>,
    most: usize,
    key: impl Fn(&T) -> Uuid,
) -> Result<Shown<T>, Problem> {
    let query = Form::read(visitor.http.query_string().as_bytes())?;
    let after = match query.given("after") {
        None => None,
        Some(after) => Some(
            Uuid::parse_str(after)
                .map_err(|_| Problem::bad_parameter("after", expected::WELL_FORMED, after))?,
        ),
    };
    let begin = after.and_then(|after| rows.iter().position(|row| key(row) == after));
    let begin = begin.map_or(0, |place| place + 1);
    let is_more = rows.len() > begin + most;
    let rows: Vec<T> = rows.into_iter().skip(begin).take(most).collect();
    let next = rows.last().filter(|_| is_more).map(key);
    Ok(Shown { rows, next })
}

/// When what a page shows was so.
fn as_of(visitor: &Visitor, as_of: &AsOf) -> Option<String> {
    let time = as_of.time.as_deref()?.parse().ok()?;
    let told = moment::told(visitor.lang(), time);
    Some(visitor.words.public_as_of(told))
}

/// Notices, for people.
fn notices(visitor: &Visitor, notices: impl IntoIterator<Item = NoticeView>) -> Vec<Passage> {
    let notices = notices.into_iter();
    notices
        .map(|notice| Passage::new(notice.text, notice.lang, visitor.lang()))
        .collect()
}

/// The title of a row of a list.
fn title(visitor: &Visitor, caption: &Caption) -> Passage {
    match caption {
        Caption::InAll(texts) => Passage::pick(texts, visitor.languages(), visitor.lang()),
        Caption::InOne(text) => Passage::plain(text),
    }
}

/// A text that may be in a language.
fn passage(text: impl Into<String>, lang: Option<Lang>, around: Lang) -> Passage {
    match lang {
        Some(lang) => Passage::new(text, lang, around),
        None => Passage::plain(text),
    }
}
