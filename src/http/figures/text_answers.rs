//! What was answered in words to a question, whoever answered: page by page.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::http::conditional::{Reader, Tag};
use crate::http::figures::inquiry::InquiryParameters;
use crate::http::figures::standing::FigureSource;
use crate::http::handling::lookup::{At, ListLookup};
use crate::http::handling::page::{Page, Paging};
use crate::http::handling::path_id::PathId;
use crate::http::handling::query::Query;
use crate::http::handling::stored_words::StoredWords;
use crate::http::problem::Problem;
use crate::http::schemas::WordsShape;
use crate::written;
use ::figures::aggregates::Inquiry;
use ::figures::replies::{GivenValue, SubmittedReply};
use domain::phrase::expected;
use domain::questionnaire::{Field, FieldType, Form};
use domain::{CollectionId, Lang};

/// To which question.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListTexts {
    /// The address of a field that is answered in words; of the entries of a list `L1.*.title`.
    #[param(value_type = Option<written::FieldAddress>, inline)]
    question: Option<String>,
}

/// Words with which a question was answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct TextAnswerView {
    /// The party's code.
    party: String,
    /// What it is.
    #[schema(value_type = domain::party::PartyKind)]
    kind: String,
    /// Its regional group on the day of its invitation; null where it is of none.
    #[schema(value_type = Option<domain::party::RegionalGroup>)]
    regional_group: Option<String>,
    /// The reply.
    reply: Uuid,
    /// The version of it that is read.
    version: u32,
    /// The address of the field, with the entry where it is of one.
    address: String,
    /// The words, in the language that they were given in, their translations beside them; or that they were redacted, and why.
    #[schema(value_type = WordsShape)]
    text: Value,
    /// How many characters they have; null where they are redacted.
    length: Option<usize>,
}

/// All answers in words to a question, in the order of the parties' codes: for the Secretariat of all replies as they were submitted, for
/// others of what is consented to be published, as consent is now. Not for others where the collection's figures stand on all replies.
#[utoipa::path(get, path = "/v1/collections/{collection}/texts", tag = "figures", params(ListTexts, InquiryParameters, Paging, At),
    responses((status = 200, body = Page<TextAnswerView>)))]
pub async fn list_texts(
    lookup: ListLookup<ListTexts>,
    PathId(id): PathId<CollectionId>,
    Query(parameters): Query<InquiryParameters>,
) -> Result<HttpResponse, Problem> {
    let languages = lookup.languages();
    let source = FigureSource::readable(&lookup, id).await?;
    let inquiry = parameters.read(&source, languages)?;
    let field = words_field(&source.form, lookup.query.question.as_deref())?;
    let given = given(&source, &inquiry, field);
    let after = lookup.slice.after.as_deref();
    let rest = given
        .into_iter()
        .filter(|text| after.is_none_or(|after| text.key().as_str() > after));
    let rest: Vec<GivenText<'_>> = rest.take(lookup.slice.limit + 1).collect();
    let ids = rest.iter().map(|text| text.content).collect();
    let words = StoredWords::of_ids(&lookup.services, &lookup.caller, ids).await?;
    let position = source.replies.position;
    let page = lookup.slice.page(rest, position, GivenText::key);
    let page = page.map(|text| text.view(&words));
    // Rights, consent and redactions change what is shown as much as replies do.
    let shown = serde_json::to_vec(&page).map_err(|_| Problem::new("internal"))?;
    let reader = Reader::for_languages(languages)
        .words(words.changed)
        .seeing(&shown);
    Ok(lookup.answer(&Tag::Figure(source.kept.1, reader), &page))
}

/// Words that were given.
struct GivenText<'r> {
    reply: &'r SubmittedReply,
    address: &'r str,
    content: Uuid,
    lang: Option<&'r str>,
}

impl GivenText<'_> {
    fn key(&self) -> String {
        format!("{} {}", self.reply.party.code, self.address)
    }

    fn view(&self, words: &StoredWords) -> TextAnswerView {
        let lang = self.lang.and_then(|lang| lang.parse::<Lang>().ok());
        let text = words.show_words(self.content, lang);
        let party = &self.reply.party;
        TextAnswerView {
            party: party.code.to_string(),
            kind: party.kind.to_string(),
            regional_group: party.regional_group.as_deref().map(str::to_owned),
            reply: self.reply.reply,
            version: self.reply.version,
            address: self.address.to_owned(),
            length: text["text"].as_str().map(|text| text.chars().count()),
            text,
        }
    }
}

/// The words that were given to a field, in order.
fn given<'r>(
    source: &'r FigureSource,
    inquiry: &Inquiry<'_>,
    field: &'r Field,
) -> Vec<GivenText<'r>> {
    let section = field
        .section
        .and_then(|section| source.form.sections.get(section));
    let section = section.map_or("", |section| section.code.as_str());
    let replies = source.replies.replies.iter();
    let replies = replies.filter(|reply| inquiry.takes(reply) && reply.countable.has(section));
    let mut given: Vec<GivenText<'r>> = replies
        .flat_map(|reply| {
            // What comes before the star of an entry is common to all of them.
            let prefix = field.address.split('*').next().unwrap_or_default();
            let answers = reply.answers.below(prefix);
            let is_of_field = |address: &str| {
                let located = source.form.field(address);
                located.is_some_and(|located| located.field.address == field.address)
            };
            let answers = answers.filter(move |(address, _)| {
                is_of_field(address) && !reply.answers.is_irrelevant(address)
            });
            let texts = answers.filter_map(move |(address, answer)| match &answer.value {
                GivenValue::Words(words) => Some(GivenText {
                    reply,
                    address,
                    content: words.0,
                    lang: words.1.as_deref(),
                }),
                _ => None,
            });
            texts.collect::<Vec<_>>()
        })
        .collect();
    given.sort_by_cached_key(GivenText::key);
    given
}

/// A field that is answered in words, and is not about a person.
fn words_field<'f>(form: &'f Form, address: Option<&str>) -> Result<&'f Field, Problem> {
    let is_told = |field: &&Field| {
        let kind = field.value_type();
        let is_words = matches!(kind, Some(FieldType::Text(_) | FieldType::Link(_)));
        is_words && !field.personal && !field.is_check()
    };
    let fields = form.fields().iter().filter(is_told);
    let address = address.unwrap_or_default();
    let mut found = fields.clone().filter(|field| &*field.address == address);
    found.next().ok_or_else(|| {
        let known = fields.map(|field| &*field.address);
        Problem::bad_parameter("question", expected::ONE_OF.codes(known), address)
    })
}
