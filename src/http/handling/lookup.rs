//! What every read carries.

use std::fmt::Display;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::desk::PresentResource;
use crate::http::conditional::{self, Reader, Tag};
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::page::{Page, Paging, Slice};
use crate::http::handling::query::Query;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::http::services::kept_answers::{KeptAnswer, KeptAnswers};
use crate::reading::{Part, PositionedRows};
use crate::written;
use domain::{Decider, Lang, ThingId};
use event_log::Head;

/// When to look.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// A position, a time, or a day to its end in UTC.
    #[param(value_type = Option<written::PositionOrTime>, inline)]
    as_of: Option<String>,
}

/// Where nothing more is asked for.
#[derive(Debug, Deserialize)]
pub struct Whole {}

/// A read: who looks, as of when, and what else the parameters say. An operation takes no parameter that its document does not
/// name, so that one without [`At`] has no `as_of`.
pub struct Lookup<Q = Whole> {
    /// As it came.
    pub http: HttpRequest,
    /// Who.
    pub caller: Caller,
    /// The operation's own parameters.
    pub query: Q,
    /// As of when; now, if nothing is said.
    pub as_of: Option<Head>,
    /// What it is answered with.
    pub services: web::Data<Services>,
}

impl Lookup {
    /// A read for a page, now, in these languages.
    ///
    /// # Errors
    /// A header is none that is taken.
    pub fn for_page(http: &HttpRequest, languages: Vec<Lang>) -> Result<Self, Problem> {
        let services = http.app_data::<web::Data<Services>>().cloned();
        Ok(Self {
            http: http.clone(),
            caller: Caller::for_page(http, languages)?,
            query: Whole {},
            as_of: None,
            services: services.ok_or(Problem::new("internal"))?,
        })
    }

    /// The same read as anybody would do it, whoever asks: for pages that show everybody the same.
    #[must_use]
    pub fn for_anybody(&self) -> Self {
        Self {
            http: self.http.clone(),
            caller: self.caller.clone().as_anybody(),
            query: Whole {},
            as_of: self.as_of.clone(),
            services: self.services.clone(),
        }
    }
}

impl<Q> Lookup<Q> {
    /// The position as of which is asked.
    pub fn position(&self) -> Option<u64> {
        self.as_of.as_ref().map(|head| head.position)
    }

    /// Where views are read.
    pub fn pool(&self) -> &PgPool {
        self.services.log().pool()
    }

    /// The languages that the caller reads, best first.
    pub fn languages(&self) -> &[Lang] {
        &self.caller.languages
    }

    /// For whom an answer in the caller's languages is.
    pub fn reader(&self) -> Reader {
        Reader::for_languages(&self.caller.languages)
    }

    /// An object, as of then.
    ///
    /// # Errors
    /// `not_found`, `before_it_existed`.
    pub async fn object<D: Decider<State = Option<T>>, T, I: ThingId + Into<Uuid>>(
        &self,
        id: I,
    ) -> Result<PresentResource<T>, Problem> {
        as_of::present::<D, T, I>(&self.services.desk, id, self.position()).await
    }

    /// Answers 200 with the body, or 304 where the caller has it.
    pub fn answer(&self, tag: &Tag, body: &impl Serialize) -> HttpResponse {
        conditional::answer(&self.http, tag, body)
    }

    /// Answers what was answered to the same question at the same position, or else what is read; that is kept. For what the
    /// log alone decides, and everybody who may ask is told alike.
    ///
    /// # Errors
    /// Those of `read`.
    pub async fn answer_kept(
        &self,
        read: impl AsyncFnOnce() -> Result<KeptAnswer, Problem>,
    ) -> Result<HttpResponse, Problem> {
        let answers = &self.services.answers;
        let key = KeptAnswers::key(&self.http, self.languages());
        let position = self.position().unwrap_or_else(|| self.services.head());
        let answer = match answers.get(&key, position) {
            Some(answer) => answer,
            None => answers.put(key, read().await?),
        };
        Ok(answer.answer(&self.http))
    }

    /// As [`Self::answer`], for a body whose words are in this language.
    pub fn answer_in(&self, lang: Option<&str>, tag: &Tag, body: &impl Serialize) -> HttpResponse {
        conditional::answer_in(&self.http, tag, lang, body)
    }
}

impl<Q: DeserializeOwned + 'static> FromRequest for Lookup<Q> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(http: &HttpRequest, _: &mut Payload) -> Self::Future {
        let http = http.clone();
        Box::pin(async move {
            let caller = Caller::extract(&http).await?;
            let Query(query) = Query::extract(&http).await?;
            let Query(At { as_of }) = Query::extract(&http).await?;
            let services = http.app_data::<web::Data<Services>>().cloned();
            let services = services.ok_or(Problem::new("internal"))?;
            Ok(Self {
                as_of: as_of::resolve(services.log(), as_of.as_deref()).await?,
                http,
                caller,
                query,
                services,
            })
        })
    }
}

/// A read of a page of a list, of which `F` says which rows.
pub struct ListLookup<F = Whole> {
    lookup: Lookup<F>,
    /// Which page.
    pub slice: Slice,
}

impl<F> Deref for ListLookup<F> {
    type Target = Lookup<F>;

    fn deref(&self) -> &Lookup<F> {
        &self.lookup
    }
}

impl<F> ListLookup<F> {
    /// Which part of the list to read, where keys are ids, positions or codes.
    ///
    /// # Errors
    /// `bad_cursor`.
    pub fn part<K: FromStr>(&self) -> Result<Part<K>, Problem> {
        Ok(Part {
            as_of: self.position(),
            after: self.slice.after_key()?,
            rows: self.slice.rows(),
        })
    }

    /// The page of what was read, each row as `show` makes it.
    pub fn page<T, U, K: Display>(
        &self,
        rows: Vec<T>,
        position: u64,
        key: impl Fn(&T) -> K,
        show: impl FnMut(T) -> U,
    ) -> Page<U> {
        let page = self.slice.page(rows, position, |row| key(row).to_string());
        page.map(show)
    }

    /// Answers with the page of what is read, in the caller's languages; it is kept, as [`Lookup::answer_kept`] says.
    ///
    /// # Errors
    /// Those of `read`.
    pub async fn answer_page<T, U: Serialize, K: Display>(
        &self,
        read: impl AsyncFnOnce() -> Result<PositionedRows<Vec<T>>, Problem>,
        key: impl Fn(&T) -> K,
        show: impl FnMut(T) -> U,
    ) -> Result<HttpResponse, Problem> {
        let page = async || {
            let read = read().await?;
            let page = self.page(read.rows, read.position, key, show);
            let tag = Tag::Figure(read.changed, self.reader());
            KeptAnswer::new(read.position, tag, None, &page)
        };
        self.answer_kept(page).await
    }
}

impl<F: DeserializeOwned + 'static> FromRequest for ListLookup<F> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(http: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let lookup = Lookup::from_request(http, payload);
        Box::pin(async move {
            let lookup = lookup.await?;
            let Query(paging) = Query::<Paging>::extract(&lookup.http).await?;
            let slice = Slice::read(&lookup.http, &paging)?;
            Ok(Self { lookup, slice })
        })
    }
}
