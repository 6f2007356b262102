//! The rows of a data set, made page by page of replies and written as they come: memory does not grow with the data set.

use std::io;
use std::sync::Arc;

use actix_web::web::Bytes;
use futures_util::stream::{self, Stream};
use sqlx::PgPool;
use uuid::Uuid;

use super::source::DatasetSource;
use crate::http::figures::table_answer::TableWish;
use crate::http::handling::lookup::Lookup;
use crate::http::problem::Problem;
use crate::http::schemas::{self, collection_notices};
use crate::reading::submitted_replies;
use ::figures::datasets::{Dataset, WordsByContent, code_book};
use ::figures::{AsOf, Cell, Column, FormatError, Head, Notice, TableWriter, begin_table};
use domain::questionnaire::Form;
use domain::{CollectionId, Lang};
use event_log::{ReadError, content};

/// How many replies are read at once: some hundred thousand cells.
const PAGE: i64 = 250;
/// After how many bytes some are sent.
const CHUNK: usize = 256 << 10;

/// The rows of a data set, on their way.
pub struct RowStream {
    pool: PgPool,
    id: CollectionId,
    form: Arc<Form>,
    position: u64,
    consent: Option<u64>,
    wish: TableWish,
    /// Where the rest of the rows comes from.
    rest: Rest,
    writer: Option<Box<dyn TableWriter>>,
    /// What is written and not sent.
    pending: Vec<u8>,
}

/// Where rows come from.
enum Rest {
    /// From the replies after this one.
    Replies(Dataset, Uuid),
    /// They are all here.
    Rows(Vec<Vec<Cell>>),
    /// There are no more.
    Nothing,
}

/// Why a stream ends before its end.
#[derive(Debug, thiserror::Error)]
pub enum RowError {
    /// The database did not answer.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The format does not hold it.
    #[error(transparent)]
    Format(#[from] FormatError),
}

impl RowStream {
    /// Begins a data set.
    ///
    /// # Errors
    /// `format_too_small`.
    pub fn begin<Q>(
        source: &DatasetSource,
        dataset: Dataset,
        wish: TableWish,
        lookup: &Lookup<Q>,
    ) -> Result<Self, Problem> {
        let columns = dataset.columns(&source.form, lookup.languages());
        let (kind, list) = match &dataset {
            Dataset::Entries(list) => ("entries".to_owned(), list.clone()),
            other => (other.name(), String::new()),
        };
        let rest = Rest::Replies(dataset, Uuid::nil());
        Self::new(source, (&kind, &list), columns, rest, wish, lookup)
    }

    /// Begins a collection's code book.
    ///
    /// # Errors
    /// `format_too_small`.
    pub fn code_book<Q>(
        source: &DatasetSource,
        wish: TableWish,
        lookup: &Lookup<Q>,
    ) -> Result<Self, Problem> {
        let (columns, rows) = code_book(&source.form, lookup.languages());
        Self::new(
            source,
            ("code-book", ""),
            columns,
            Rest::Rows(rows),
            wish,
            lookup,
        )
    }

    fn new<Q>(
        source: &DatasetSource,
        kind: (&str, &str),
        columns: Vec<Column>,
        rest: Rest,
        wish: TableWish,
        lookup: &Lookup<Q>,
    ) -> Result<Self, Problem> {
        let languages = lookup.languages();
        let head = head(source, kind, columns, lookup.http.path(), languages);
        let mut pending = Vec::new();
        let options = wish.options(languages);
        let writer = begin_table(&head, wish.format, &options, &mut pending);
        Ok(Self {
            pool: lookup.pool().clone(),
            id: source.id,
            form: Arc::clone(&source.form),
            position: source.position,
            consent: source.consent,
            wish,
            rest,
            writer: Some(writer.map_err(|error| wish.refusal(&error))?),
            pending,
        })
    }

    /// All of it, where the format has its beginning from its end: so that it can be refused.
    ///
    /// # Errors
    /// `format_too_small`; the database does not answer.
    pub async fn whole(mut self) -> Result<Vec<u8>, Problem> {
        while self.writer.is_some() {
            self.advance().await.map_err(|error| match error {
                RowError::Format(error) => self.wish.refusal(&error),
                RowError::Read(error) => Problem::from(error),
            })?;
        }
        Ok(self.pending)
    }

    /// The bytes, as they come.
    pub fn bytes(self) -> impl Stream<Item = Result<Bytes, io::Error>> {
        stream::try_unfold(self, async |mut stream| {
            while stream.writer.is_some() && stream.pending.len() < CHUNK {
                // Whoever reads sees that it was cut off: the connection ends without the end of the body.
                let advanced = stream.advance().await;
                advanced.map_err(|error| {
                    tracing::error!(%error, "a data set was cut off");
                    io::Error::other(error)
                })?;
            }
            let bytes = Bytes::from(std::mem::take(&mut stream.pending));
            Ok((!bytes.is_empty()).then_some((bytes, stream)))
        })
    }

    /// Writes the next rows, or the end.
    async fn advance(&mut self) -> Result<(), RowError> {
        let rows = match std::mem::replace(&mut self.rest, Rest::Nothing) {
            Rest::Replies(dataset, after) => self.next_page(dataset, after).await?,
            Rest::Rows(rows) => rows,
            Rest::Nothing => {
                if let Some(writer) = self.writer.take() {
                    writer.finish(&mut self.pending)?;
                }
                return Ok(());
            }
        };
        if let Some(writer) = &mut self.writer {
            for row in &rows {
                writer.row(row, &mut self.pending)?;
            }
        }
        Ok(())
    }

    /// The rows of the next replies.
    async fn next_page(
        &mut self,
        dataset: Dataset,
        after: Uuid,
    ) -> Result<Vec<Vec<Cell>>, ReadError> {
        let part = (after, PAGE);
        let page =
            submitted_replies::page(&self.pool, self.position, self.id.0, self.consent, part);
        let mut replies = page.await?.replies;
        let last = replies.last().map(|reply| reply.reply);
        // That there is a reply of which nothing is published is not told either.
        replies.retain(|reply| reply.countable.has_any());
        let contents = replies
            .iter()
            .flat_map(|reply| dataset.contents(&self.form, reply));
        let contents: Vec<Uuid> = contents.collect();
        let words = words(&self.pool, &contents).await?;
        let mut rows = Vec::new();
        for reply in &replies {
            dataset.rows(&self.form, reply, &words, &mut rows);
        }
        if let Some(last) = last {
            self.rest = Rest::Replies(dataset, last);
        }
        Ok(rows)
    }
}

/// The words of these contents; those that were redacted are not among them.
async fn words(pool: &PgPool, contents: &[Uuid]) -> Result<WordsByContent, ReadError> {
    if contents.is_empty() {
        return Ok(WordsByContent::new());
    }
    let bodies = content::bodies(pool, contents).await?.into_iter();
    let words = bodies.filter_map(|(id, body)| Some((id, String::from_utf8(body).ok()?.into())));
    Ok(words.collect())
}

fn head(
    source: &DatasetSource,
    (kind, list): (&str, &str),
    columns: Vec<Column>,
    path: &str,
    languages: &[Lang],
) -> Head {
    let (_, collection) = schemas::chosen(&source.collection.title, languages);
    let args = [("title", collection.as_str()), ("list", list)];
    let notices = collection_notices(&source.collection, languages).into_iter();
    let notices = notices.map(|notice| Notice {
        code: notice.code,
        text: notice.text,
    });
    Head {
        title: texts::text(&format!("dataset.title.{kind}"), languages, &args),
        lang: texts::language(languages).to_string(),
        asked: vec![("collection".to_owned(), source.id.to_string())],
        source: format!("{path}?as_of={}", source.position),
        as_of: AsOf {
            position: source.position,
            time: source.time.clone(),
        },
        columns,
        notices: notices.collect(),
    }
}
