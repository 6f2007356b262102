//! What was submitted: each version with its receipt, to look at, to print and to keep.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::check::SectionAnswers;
use super::telling::Teller;
use super::wording;
use crate::desk::AskedAt;
use crate::http::handling::caller::{self, Caller};
use crate::http::pages::form::Form as PostedForm;
use crate::http::pages::frame::{Frame, page};
use crate::http::pages::moment;
use crate::http::pages::passage::Passage;
use crate::http::pages::visitor::Visitor;
use crate::http::problem::Problem;
use crate::http::replies::answer_output::shown_answers;
use crate::http::replies::history::{ReplyHistory, Version};
use crate::http::schemas::EvidenceView;
use domain::ReplyId;
use domain::questionnaire::Form;
use domain::reply::{Consent, Reply};

#[derive(Template)]
#[template(path = "reply/versions.html")]
struct VersionsTemplate {
    frame: Frame,
    reply: ReplyId,
    versions: Vec<VersionLine>,
}

/// A version in the list.
struct VersionLine {
    version: u32,
    submitted: String,
    answers: usize,
    is_accepted: bool,
    is_withdrawn: bool,
}

#[derive(Template)]
#[template(path = "reply/version.html")]
struct VersionTemplate {
    frame: Frame,
    reply: ReplyId,
    party: String,
    collection: Passage,
    reference: String,
    version: VersionLine,
    position: u64,
    leaf: String,
    publication: String,
    is_receipt: bool,
    sections: Vec<SectionAnswers>,
}

impl VersionLine {
    fn new(visitor: &Visitor, version: &Version) -> Self {
        let time = version
            .submitted
            .time
            .as_deref()
            .and_then(|time| time.parse().ok());
        Self {
            version: version.version,
            submitted: time.map_or_else(String::new, |time| moment::told(visitor.lang(), time)),
            answers: version.reply.answers.size(),
            is_accepted: version.accepted.is_some(),
            is_withdrawn: version.withdrawn.is_some(),
        }
    }
}

/// The versions of a reply.
pub async fn versions_page(
    visitor: Visitor,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path, "reply")?;
    let history = ReplyHistory::visible(&visitor.services, &visitor.caller, id, None).await?;
    let versions = history.versions.iter();
    let template = VersionsTemplate {
        frame: visitor.frame(visitor.words.versions_title()).await?,
        reply: id,
        versions: versions
            .map(|version| VersionLine::new(&visitor, version))
            .collect(),
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

/// A version, with its receipt.
pub async fn version_page(
    visitor: Visitor,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Problem> {
    let id: ReplyId = caller::id(&path.0, "reply")?;
    let query = PostedForm::read(visitor.http.query_string().as_bytes())?;
    let services = &visitor.services;
    let history = ReplyHistory::visible(services, &visitor.caller, id, None).await?;
    let version = history.version(&path.1)?;
    let collection = services.fresh_collection(history.now.collection).await?;
    let evidence = services.log().evidence(version.submitted.position).await?;
    let evidence = EvidenceView::from(&evidence.ok_or(Problem::new("internal"))?);
    let w = visitor.words;
    let template = VersionTemplate {
        frame: visitor.frame(w.version_title(version.version)).await?,
        reply: id,
        party: visitor.party_name(version.reply.party).await?,
        collection: Passage::pick(&collection.title, visitor.languages(), visitor.lang()),
        reference: collection.reference.clone(),
        position: version.submitted.position,
        leaf: evidence.leaf.unwrap_or_default(),
        publication: match &version.reply.publication {
            None => w.publication_none().to_owned(),
            Some(Consent::All(_)) => w.publication_all().to_owned(),
            Some(Consent::Sections(sections)) => {
                let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
                w.publication_sections(locale::list_and(w.lang, &sections))
            }
        },
        is_receipt: query.text("done") == "submitted",
        sections: sections(&visitor, version).await?,
        version: VersionLine::new(&visitor, version),
    };
    page(StatusCode::OK, visitor.lang(), &template)
}

/// What a version answers, section by section.
async fn sections(visitor: &Visitor, version: &Version) -> Result<Vec<SectionAnswers>, Problem> {
    let reply = &version.reply;
    let desk = &visitor.services.desk;
    let form = desk.form_of_reply(reply, AskedAt::Now).await?;
    told_sections(visitor, &visitor.caller, reply, &form).await
}

/// What a reply answers, section by section, as this caller sees it.
///
/// # Errors
/// The database does not answer.
pub async fn told_sections(
    visitor: &Visitor,
    caller: &Caller,
    reply: &Reply,
    form: &Form,
) -> Result<Vec<SectionAnswers>, Problem> {
    let held = form.in_order(&reply.answers);
    let (shown, _) = shown_answers(&visitor.services, caller, reply, &held).await?;
    let teller = Teller {
        words: visitor.words,
        languages: visitor.languages(),
    };
    let mut sections: Vec<SectionAnswers> = form
        .sections
        .iter()
        .map(|section| SectionAnswers {
            code: section.code.clone(),
            title: Passage::pick(&section.title, visitor.languages(), visitor.lang()),
            answers: Vec::new(),
        })
        .collect();
    for address in held {
        let (Some(section), Some(located)) = (form.section_of(address), form.field(address)) else {
            continue;
        };
        let Some(answer) = shown
            .get(address)
            .filter(|_| located.field.value_type().is_some())
        else {
            continue;
        };
        let label = wording::of_answer(
            form,
            &reply.answers,
            address,
            visitor.languages(),
            visitor.words,
        );
        let told = (
            address.to_owned(),
            label,
            teller.answer(located.field, answer),
        );
        let mut of = sections.iter_mut();
        if let Some(of) = of.find(|of| of.code == section.code) {
            of.answers.push(told);
        }
    }
    sections.retain(|section| !section.answers.is_empty());
    Ok(sections)
}
