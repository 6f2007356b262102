//! Lists by cursor: a page, and where the next one begins.

use std::str::FromStr;

use actix_web::HttpRequest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::handling::cursor::List;
use crate::http::handling::query;
use crate::http::problem::Problem;
use crate::written;

/// How many items a page has where the caller does not say.
const DEFAULT: u64 = 100;
/// How many items a page has at most.
const MOST: u64 = 500;

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// The `cursor` of the next page; null on the last one.
    #[schema(value_type = Option<written::Cursor>)]
    pub next: Option<String>,
    /// The position that the list was read at.
    pub position: u64,
}

impl<T> Page<T> {
    /// A list that is short enough to be one page.
    pub fn whole(items: impl IntoIterator<Item = T>, position: u64) -> Self {
        Self {
            items: Vec::from_iter(items),
            next: None,
            position,
        }
    }

    /// The same page of other items.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(change).collect(),
            next: self.next,
            position: self.position,
        }
    }
}

/// A page of a list that is not derived from the log, and so has no position.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listing<T> {
    /// The items.
    items: Vec<T>,
    /// The `cursor` of the next page; null on the last one.
    #[schema(value_type = Option<written::Cursor>)]
    next: Option<String>,
}

impl<T> From<Page<T>> for Listing<T> {
    fn from(page: Page<T>) -> Self {
        Self {
            items: page.items,
            next: page.next,
        }
    }
}

/// Which page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Where the page begins: `next` of the page before.
    #[param(value_type = Option<written::Cursor>, inline)]
    cursor: Option<String>,
    /// How many at most: 1 to 500, 100 if left out.
    #[param(value_type = Option<u64>, minimum = 1, maximum = 500)]
    limit: Option<String>,
}

/// What of a list is asked for.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The list: what a cursor belongs to.
    list: List,
    /// The key after which the page begins.
    pub after: Option<String>,
    /// How many items at most.
    pub limit: usize,
}

impl Slice {
    /// Reads `cursor` and `limit` of this request.
    ///
    /// # Errors
    /// `bad_cursor`, `bad_parameter`.
    pub fn read(request: &HttpRequest, asked: &Paging) -> Result<Self, Problem> {
        let list = List::for_request(request)?;
        let cursor = asked.cursor.as_deref();
        let after = cursor.map(|cursor| list.key(cursor)).transpose()?;
        let limit = query::within("limit", asked.limit.as_deref(), 1..=MOST)?.unwrap_or(DEFAULT);
        Ok(Self {
            list,
            after,
            limit: usize::try_from(limit).unwrap_or_default(),
        })
    }

    /// The key after which the page begins, where keys are ids, positions or other numbers.
    ///
    /// # Errors
    /// `bad_cursor`.
    pub fn after_key<K: FromStr>(&self) -> Result<Option<K>, Problem> {
        let after = self.after.as_deref().map(str::parse).transpose();
        after.map_err(|_| Problem::new("bad_cursor"))
    }

    /// How many rows to read: one more than the page has tells whether there is a next one.
    pub fn rows(&self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    /// The page of these rows.
    pub fn page<T>(&self, mut items: Vec<T>, position: u64, key: impl Fn(&T) -> String) -> Page<T> {
        let more = items.len() > self.limit;
        items.truncate(self.limit);
        Page {
            next: items
                .last()
                .filter(|_| more)
                .map(|last| self.list.cursor(&key(last))),
            items,
            position,
        }
    }
}
