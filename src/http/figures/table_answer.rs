//! Tables as they are answered: in the format that is wanted, all from the same rows.

use std::borrow::Cow;

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Bytes;
use serde::Deserialize;
use url::form_urlencoded;
use utoipa::IntoParams;

use crate::http::conditional::Tag;
use crate::http::figures::standing::{FigureSource, Standing};
use crate::http::problem::Problem;
use crate::http::schemas::NoticeView;
use crate::http::services::kept_answers::{AnswerFile, KeptAnswer};
use crate::written;
use ::figures::{AsOf, Cell, Column, Head, Notice, Table};
use ::figures::{Format, FormatError, Labelling, Options, Words, write_table};
use domain::Lang;
use domain::phrase::{Phrase, expected};

/// In which format.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TableForm {
    /// json (if left out, and `Accept` names none), jsonl, csv, xlsx, parquet, json-stat
    #[param(value_type = Option<written::TableFormat>, inline)]
    format: Option<String>,
    /// What stands in cells of codes: codes (if left out), labels, both
    #[param(value_type = Option<written::Labelling>, inline)]
    labels: Option<String>,
}

/// How a table is wanted.
#[derive(Clone, Copy, Debug)]
pub struct TableWish {
    /// In which format.
    pub format: Format,
    labels: Labelling,
}

/// What a table is, beside its source.
pub struct TableParts {
    /// What it is called.
    pub title: String,
    /// Of what its file is named: `figures`.
    pub name: &'static str,
    /// Its columns and rows.
    pub columns_and_rows: (Vec<Column>, Vec<Vec<Cell>>),
    /// What a reader must know.
    pub notices: Vec<NoticeView>,
}

impl TableForm {
    /// How a table is wanted.
    ///
    /// # Errors
    /// `format_not_offered`, `bad_parameter`.
    pub fn read(&self, http: &HttpRequest) -> Result<TableWish, Problem> {
        self.read_of(http, &Format::ALL)
    }

    /// The same, of these formats.
    ///
    /// # Errors
    /// `format_not_offered`, `bad_parameter`.
    pub fn read_of(&self, http: &HttpRequest, offered: &[Format]) -> Result<TableWish, Problem> {
        let accept = http.headers().get_all(header::ACCEPT);
        let accept: Vec<&str> = accept.filter_map(|accept| accept.to_str().ok()).collect();
        let accept = accept.join(",");
        let format = Format::negotiate(self.format.as_deref(), Some(&accept), offered);
        let format = format.map_err(|refused| {
            let offered: Vec<&str> = refused
                .offered
                .iter()
                .map(|format| format.as_str())
                .collect();
            Problem::new("format_not_offered")
                .arg("asked", refused.asked)
                .words("offered", Phrase::codes_if_any(offered))
        })?;
        let labels = match self.labels.as_deref() {
            None => Labelling::Codes,
            Some(name) => Labelling::of(name).ok_or_else(|| {
                Problem::bad_parameter("labels", expected::ONE_OF.codes(written::LABELLINGS), name)
            })?,
        };
        Ok(TableWish { format, labels })
    }
}

impl TableWish {
    /// A table of a collection's figures, as it is answered to readers of these languages.
    ///
    /// # Errors
    /// `format_too_small`.
    pub fn answer(
        self,
        http: &HttpRequest,
        source: &FigureSource,
        parts: TableParts,
        languages: &[Lang],
    ) -> Result<KeptAnswer, Problem> {
        let lang = texts::language(languages).to_string();
        let (columns, rows) = parts.columns_and_rows;
        let notices = parts.notices.into_iter().map(|notice| Notice {
            code: notice.code,
            text: notice.text,
        });
        let as_of = &source.replies;
        let (asked, address) = address(http, source);
        let table = Table {
            head: Head {
                title: parts.title,
                lang: lang.clone(),
                asked,
                source: address,
                as_of: AsOf {
                    position: as_of.position,
                    time: as_of.time.clone(),
                },
                columns,
                notices: notices.collect(),
            },
            rows,
        };
        let options = Options {
            labels: self.labels,
            words: sheet_words(languages),
            ..Options::default()
        };
        let body =
            write_table(&table, self.format, &options).map_err(|error| self.refusal(&error))?;
        let (position, changed) = source.kept;
        let reader = source.standing.reader(languages);
        let reader = reader.in_form(self.format.as_str());
        let name = format!(
            "{}-{}-{}.{}",
            parts.name,
            source.id,
            as_of.position,
            self.format.ending()
        );
        let file = AnswerFile {
            media_type: self.format.media_type(),
            name,
        };
        Ok(KeptAnswer {
            position,
            tag: Tag::Figure(changed, reader),
            lang: Some(lang),
            file: Some(file),
            body: Bytes::from(body),
        })
    }

    /// How it is to be written for readers of these languages.
    pub fn options(self, languages: &[Lang]) -> Options {
        Options {
            labels: self.labels,
            words: sheet_words(languages),
            ..Options::default()
        }
    }

    /// Why it cannot be written.
    pub fn refusal(self, error: &FormatError) -> Problem {
        match error {
            FormatError::TooMuch { .. }
            | FormatError::NoDimension
            | FormatError::NoMeasure
            | FormatError::NotAFigure(_)
            | FormatError::TooManyCombinations => Problem::new("format_too_small")
                .arg("format", self.format)
                .arg("why", error),
            _ => Problem::new("internal"),
        }
    }
}

/// What was asked, and the address that gives the same again whatever happens: that of the position, or of the release.
fn address(http: &HttpRequest, source: &FigureSource) -> (Vec<(String, String)>, String) {
    let pinned = ["as_of", "release", "format", "labels", "lang"];
    let query = form_urlencoded::parse(http.query_string().as_bytes());
    let asked = query.into_owned();
    let mut asked: Vec<(String, String)> = asked
        .filter(|(name, _)| !pinned.contains(&name.as_str()))
        .collect();
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in &asked {
        query.append_pair(name, value);
    }
    match source.standing {
        Standing::Unreleased | Standing::Published(_) => {
            query.append_pair("as_of", &source.replies.position.to_string());
        }
        Standing::Released(release, _) => {
            query.append_pair("release", &release.to_string());
            asked.push(("release".to_owned(), release.to_string()));
        }
    }
    let address = format!("{}?{}", http.path(), query.finish());
    asked.insert(0, ("collection".to_owned(), source.id.to_string()));
    (asked, address)
}

/// The words of workbooks.
fn sheet_words(languages: &[Lang]) -> Words {
    let word = |code: &str| -> Cow<'static, str> {
        let args: &[(&str, &str)] = &[("count", "{count}")];
        texts::text(&format!("sheet.{code}"), languages, args).into()
    };
    Words {
        rows: word("rows"),
        notes: word("notes"),
        title: word("title"),
        asked: word("asked"),
        source: word("source"),
        position: word("position"),
        time: word("time"),
        column: word("column"),
        label: word("label"),
        role: word("role"),
        values: word("values"),
        code: word("code"),
        notices: word("notices"),
        dimension: word("dimension"),
        measure: word("measure"),
        status: word("status"),
        attribute: word("attribute"),
        codes: word("codes"),
        text: word("text"),
        integer: word("integer"),
        decimal: word("decimal"),
        boolean: word("boolean"),
        date: word("date"),
        instant: word("instant"),
        too_long: word("too_long"),
        too_long_count: word("too_long_count"),
        too_fine_count: word("too_fine_count"),
    }
}
