//! What differs between two revisions of an instrument, question by question.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional::{Reader, Tag};
use crate::http::handling::caller::{self};
use crate::http::handling::lookup::Lookup;
use crate::http::handling::query::{self};
use crate::http::instruments::load;
use crate::http::problem::Problem;
use crate::http::schemas::chosen;
use domain::questionnaire::difference::{Difference, PlacedItem};
use domain::questionnaire::{Question, Requirement, Section, wording};
use domain::{InstrumentId, Lang, Texts};

/// What differs between two revisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferencesView {
    /// The instrument.
    instrument: Uuid,
    /// The earlier revision, or whichever was asked for.
    from: u32,
    /// The revision that is looked at.
    to: u32,
    /// The titles of the questionnaire, where they differ.
    title: Option<TextDifference>,
    /// Its introductions, where they differ.
    introduction: Option<TextDifference>,
    /// The sections that differ: in the order of `to`, then those that are gone.
    sections: Vec<SectionDifference>,
    /// The questions that differ, in the same order.
    questions: Vec<QuestionDifference>,
}

/// Two texts, in the reader's language where there is one.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextDifference {
    /// What it was.
    from: Option<String>,
    /// The language of `from`.
    from_lang: Option<Lang>,
    /// What it is.
    to: Option<String>,
    /// The language of `to`.
    to_lang: Option<Lang>,
    /// The languages in which they differ.
    languages: Vec<Lang>,
}

/// What differs in a section.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionDifference {
    /// Its code.
    code: String,
    /// added, removed, changed, moved: changed and moved can be both.
    ways: Vec<String>,
    /// The languages in which its title changed: the reader's may be none of them.
    languages: Vec<Lang>,
    /// As it was; null where it is added.
    from: Option<SectionThere>,
    /// As it is; null where it is removed.
    to: Option<SectionThere>,
}

/// A section in its place.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionThere {
    /// Its place: 1, 2, 3.
    place: usize,
    /// Its title.
    title: String,
    /// The language of `title`.
    lang: Option<Lang>,
}

/// What differs in a question.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionDifference {
    /// Its code.
    code: String,
    /// added, removed, changed, moved: changed and moved can be both.
    ways: Vec<String>,
    /// What changed: text, help, heading, required, standards, answer (its type, options and limits).
    parts: Vec<String>,
    /// The languages in which its words changed, text, help, unit or options: the reader's may be none of them.
    languages: Vec<Lang>,
    /// As it was; null where it is added.
    from: Option<QuestionThere>,
    /// As it is; null where it is removed.
    to: Option<QuestionThere>,
}

/// A question in its place, in the reader's language where there is one.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuestionThere {
    /// The code of its section.
    section: String,
    /// Its place there: 1, 2, 3.
    place: usize,
    /// The question itself.
    text: String,
    /// The language of `text`.
    lang: Option<Lang>,
    /// How to answer it.
    help: Option<String>,
    /// The language of `help`.
    help_lang: Option<Lang>,
    /// What it serves in the report.
    heading: Option<domain::questionnaire::Heading>,
    /// Whether it must be answered.
    required: bool,
    /// The standards that it is about.
    standards: Vec<String>,
    /// Its type.
    #[serde(rename = "type")]
    kind: domain::questionnaire::TypeCode,
    /// What can be chosen.
    options: Vec<OptionThere>,
    /// What else of an answer its type allows, as the questionnaire has it: min, max, places, max_length, unit, exclusive, scale.
    #[schema(value_type = Object)]
    limits: Value,
}

/// An option.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptionThere {
    /// What is stored.
    value: String,
    /// What people read.
    label: String,
    /// The language of `label`.
    lang: Option<Lang>,
}

/// From which revision.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetDifferences {
    /// The number of the other revision; the one before, if left out.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    from: Option<String>,
}

/// What differs between a revision and another one: sections and questions that are added, removed, changed or moved, with
/// both texts.
#[utoipa::path(get, path = "/v1/instruments/{instrument}/revisions/{revision}/differences", tag = "instruments", params(GetDifferences), responses((status = 200, body = DifferencesView)))]
pub async fn get_differences(
    lookup: Lookup<GetDifferences>,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let services = &lookup.services;
    let (instrument, number) = path.into_inner();
    let not_found = || Problem::not_found("revision");
    let id: InstrumentId = caller::id(&instrument, "instrument")?;
    let to: u32 = number.parse().map_err(|_| not_found())?;
    let from = query::parse("from", lookup.query.from.as_deref())?;
    let from: u32 = match from {
        Some(from) => from,
        None => to.checked_sub(1).ok_or_else(not_found)?,
    };
    let loaded = load(services, id).await?;
    let held = loaded.state.as_ref().as_ref().ok_or_else(not_found)?;
    let was = held.revision(from).ok_or_else(not_found)?;
    let is = held.revision(to).ok_or_else(not_found)?;
    let was = services.desk.questionnaire(was.shown()).await?;
    let is = services.desk.questionnaire(is.shown()).await?;
    let differences = was.differences(&is);
    let languages = lookup.languages();
    let title = differences.title;
    let view = DifferencesView {
        instrument: id.0,
        from,
        to,
        title: title.map(|(was, is)| texts(Some(was), Some(is), languages)),
        introduction: differences
            .introduction
            .map(|(was, is)| texts(was, is, languages)),
        sections: differences
            .sections
            .iter()
            .map(|difference| section(difference, languages))
            .collect(),
        questions: differences
            .questions
            .iter()
            .map(|difference| question(difference, languages))
            .collect(),
    };
    // Revisions never change, but for translations.
    let tag = Tag::Resource(loaded.position, Reader::for_languages(languages));
    Ok(lookup.answer(&tag, &view))
}

fn texts(was: Option<&Texts>, is: Option<&Texts>, languages: &[Lang]) -> TextDifference {
    let shown = |texts: Option<&Texts>| {
        let (lang, text) = texts?.pick(languages)?;
        Some((lang, text.to_owned()))
    };
    let (from_lang, from) = shown(was).unzip();
    let (to_lang, to) = shown(is).unzip();
    TextDifference {
        from,
        from_lang,
        to,
        to_lang,
        languages: changed_in(was, is),
    }
}

fn changed_in(was: Option<&Texts>, is: Option<&Texts>) -> Vec<Lang> {
    differing(|lang| {
        let text =
            |texts: Option<&Texts>| texts.and_then(|texts| texts.get(lang).map(str::to_owned));
        text(was) != text(is)
    })
}

fn differing(differs: impl Fn(Lang) -> bool) -> Vec<Lang> {
    let changed = Lang::ALL.iter().filter(|lang| differs(**lang));
    changed.copied().collect()
}

/// All the words of a question in a language, each by its key.
fn words(question: &Question, lang: Lang) -> Vec<(String, String)> {
    let all = wording(question).into_iter();
    let there = all.filter_map(|(key, texts)| Some((key, texts.get(lang)?.to_owned())));
    there.collect()
}

fn ways<T>(difference: &Difference<'_, T>) -> Vec<String> {
    let ways = difference.ways().into_iter();
    ways.map(|way| way.to_string()).collect()
}

fn section(difference: &Difference<'_, Section>, languages: &[Lang]) -> SectionDifference {
    let there = |placed: PlacedItem<'_, Section>| {
        let (lang, title) = chosen(&placed.item.title, languages);
        SectionThere {
            place: placed.place + 1,
            title,
            lang,
        }
    };
    SectionDifference {
        code: difference.code.to_owned(),
        ways: ways(difference),
        languages: match (difference.from, difference.to) {
            (Some(was), Some(is)) => changed_in(Some(&was.item.title), Some(&is.item.title)),
            _ => Vec::new(),
        },
        from: difference.from.map(there),
        to: difference.to.map(there),
    }
}

fn question(difference: &Difference<'_, Question>, languages: &[Lang]) -> QuestionDifference {
    let there = |placed: PlacedItem<'_, Question>| question_there(placed, languages);
    QuestionDifference {
        code: difference.code.to_owned(),
        ways: ways(difference),
        parts: difference.parts.iter().map(ToString::to_string).collect(),
        languages: match (difference.from, difference.to) {
            (Some(was), Some(is)) => {
                differing(|lang| words(was.item, lang) != words(is.item, lang))
            }
            _ => Vec::new(),
        },
        from: difference.from.map(there),
        to: difference.to.map(there),
    }
}

fn question_there(placed: PlacedItem<'_, Question>, languages: &[Lang]) -> QuestionThere {
    let question = placed.item;
    let (lang, text) = chosen(&question.text, languages);
    let options = question.options().into_iter().map(|option| {
        let (lang, label) = chosen(option.label, languages);
        OptionThere {
            value: option.value.to_owned(),
            label,
            lang,
        }
    });
    let help = question.help.as_ref().map(|help| chosen(help, languages));
    let (help_lang, help) = help.map_or((None, None), |(lang, help)| (lang, Some(help)));
    QuestionThere {
        section: placed.section.unwrap_or_default().to_owned(),
        place: placed.place + 1,
        text,
        lang,
        help,
        help_lang,
        heading: question.heading,
        required: question.conditions.required == Requirement::Always,
        standards: question.standards.clone(),
        kind: question.type_code(),
        options: options.collect(),
        limits: limits(question),
    }
}

/// What a question's type allows beside its options, which are shown in the reader's language.
fn limits(question: &Question) -> Value {
    let mut limits = json!(question.kind);
    if let Some(limits) = limits.as_object_mut() {
        limits.remove("type");
        limits.remove("options");
    }
    limits
}
