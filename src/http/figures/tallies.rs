//! Tallies: what the Member States that replied answered to a question. The Secretariat sees all; everybody else sees what
//! is released, and nothing between two releases.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::desk::PresentResource;
use crate::http::conditional::{Reader, Tag};
use crate::http::figures::tally_view::{TalliedField, TallyBasis, TallySubject, TallyView};
use crate::http::figures::{GroupBy, releases};
use crate::http::handling::caller::{self, Caller};
use crate::http::handling::lookup::{At, Lookup};
use crate::http::handling::read_record::PublicAnswer;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::http::services::kept_answers::{KeptAnswer, KeptAnswers};
use crate::reading::releases::{self as releases_read, ReleaseRow};
use crate::reading::tallies::{self as reading, Tally};
use crate::written;
use domain::collection::Collection;
use domain::phrase::expected;
use domain::questionnaire::Form;
use domain::{CollectionId, Lang};
use event_log::Head;

/// Of what, and when.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GetTally {
    /// The address of a field: a question's code, a cell `P1.theft.y2024`, a part of a group.
    #[param(value_type = Option<written::FieldAddress>, inline)]
    question: Option<String>,
    /// regional_group (if left out), region, none
    #[param(value_type = Option<written::Grouping>, inline)]
    group_by: Option<String>,
    /// A release by its number, as the public sees it. Left out, the Secretariat sees all, and others the newest.
    #[param(value_type = Option<u64>, maximum = 4294967295_i64)]
    release: Option<String>,
}

/// What the Member States that replied answered to a question: for the Secretariat as it stands, for others as it was
/// released. As of then, what was counted then; of releases, the newest that was recorded by then.
#[utoipa::path(get, path = "/v1/collections/{collection}/tallies", tag = "figures", params(GetTally, At), responses((status = 200, body = TallyView)))]
pub async fn get_tally(
    lookup: Lookup<GetTally>,
    collection: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let (services, caller, asked) = (&lookup.services, &lookup.caller, &lookup.query);
    let key = KeptAnswers::key(&lookup.http, lookup.languages());
    let figure = if caller.principal.role.is_secretariat() && asked.release.is_none() {
        let head = lookup.position().unwrap_or_else(|| services.head());
        match services.answers.get(&key, head) {
            Some(figure) => figure,
            None => {
                let asked = TallyRequest::read(&collection, asked, caller)?;
                let figure = asked.all(services, lookup.as_of.as_ref()).await?;
                services.answers.put(key, figure)
            }
        }
    } else {
        PublicAnswer::note(&lookup.http);
        let asked = TallyRequest::read(&collection, asked, caller)?;
        let (collection, shown) = asked.shown_release(services, lookup.as_of.as_ref()).await?;
        // A release's figures never change: they are kept by where in the log it stands.
        let key = format!("released {key}");
        match services.answers.get(&key, shown.since) {
            Some(figure) => figure,
            None => {
                let figure = asked.released(services, &collection, &shown).await?;
                services.answers.put(key, figure)
            }
        }
    };
    Ok(figure.answer(&lookup.http))
}

/// A tally that is asked for.
struct TallyRequest<'a> {
    id: CollectionId,
    group_by: GroupBy,
    question: Option<&'a str>,
    release: Option<u32>,
    languages: &'a [Lang],
}

impl<'a> TallyRequest<'a> {
    fn read(collection: &str, asked: &'a GetTally, caller: &'a Caller) -> Result<Self, Problem> {
        Ok(Self {
            id: caller::id(collection, "collection")?,
            group_by: GroupBy::read(asked.group_by.as_deref())?,
            question: asked.question.as_deref(),
            release: releases::number(asked.release.as_deref())?,
            languages: &caller.languages,
        })
    }

    /// All that is counted, now or as of then.
    async fn all(&self, services: &Services, as_of: Option<&Head>) -> Result<KeptAnswer, Problem> {
        let collection = services.collection_at(self.id, as_of).await?;
        let position = as_of.map(|head| head.position);
        let form = services.desk.form_of_collection(&collection).await?;
        let found = field_at(&form, self.question)?;
        let counted = self.count(services, position, None, found).await?;
        let changed = counted.changed.max(collection.position);
        let (position, stands) = (counted.position, TallyBasis::Unreleased);
        self.figure(&collection, found.1, &counted, stands, (position, changed))
    }

    /// The release that is asked for, or the newest, of those recorded by then.
    async fn shown_release(
        &self,
        services: &Services,
        by: Option<&Head>,
    ) -> Result<(PresentResource<Collection>, ReleaseRow), Problem> {
        let collection = services.collection(self.id, None).await?;
        let releases = releases_read::list(services.log().pool(), self.id.0).await?;
        let shown = releases.find(self.release, by.map(|head| head.position));
        let shown = shown.ok_or_else(|| Problem::new("not_released").arg("collection", self.id))?;
        Ok((collection, shown.clone()))
    }

    /// What a release shows.
    async fn released(
        &self,
        services: &Services,
        collection: &PresentResource<Collection>,
        shown: &ReleaseRow,
    ) -> Result<KeptAnswer, Problem> {
        let basis = collection.basis;
        self.group_by.released(basis)?;
        // As it was asked when the release was counted, whatever was corrected since.
        let desk = &services.desk;
        let then = desk
            .load_as_of::<Collection>(self.id.0, shown.position)
            .await?;
        let then = PresentResource::from_loaded(&then);
        let collection = then.as_ref().unwrap_or(collection);
        let form = desk.form_of_collection(collection).await?;
        let found = field_at(&form, self.question)?;
        let (position, consent) = (Some(shown.position), shown.consent(basis));
        let counted = self.count(services, position, consent, found).await?;
        let stands = TallyBasis::Released(shown.release, basis);
        let kept = (shown.since, shown.since);
        self.figure(collection, found.1, &counted, stands, kept)
    }

    async fn count(
        &self,
        services: &Services,
        position: Option<u64>,
        consent: Option<u64>,
        (section, field): (&str, TalliedField<'_>),
    ) -> Result<Tally, Problem> {
        let asked = reading::TallyQuery {
            collection: self.id.0,
            question: &field.field.address,
            section,
            group_by: self.group_by.as_str(),
        };
        let pool = services.log().pool();
        Ok(reading::count(pool, position, consent, asked).await?)
    }

    /// The answer, which holds as long as the position that it is kept by is the same, and whose tag is of `changed`.
    fn figure(
        &self,
        collection: &PresentResource<Collection>,
        field: TalliedField<'_>,
        counted: &Tally,
        stands: TallyBasis,
        (position, changed): (u64, u64),
    ) -> Result<KeptAnswer, Problem> {
        let tallied = TallySubject {
            id: self.id,
            collection,
            field,
            group_by: self.group_by,
        };
        let view = TallyView::new(tallied, counted, stands, self.languages);
        let tag = Tag::Figure(changed, Reader::for_languages(self.languages));
        KeptAnswer::new(position, tag, Some(view.lang()), &view)
    }
}

/// The field at this address, whose answers can be counted, and the code of its section.
fn field_at<'q>(
    form: &'q Form,
    address: Option<&'q str>,
) -> Result<(&'q str, TalliedField<'q>), Problem> {
    let Some(address) = address else {
        let fields = form.fields().iter().filter(|field| field.is_counted());
        let expected = expected::ONE_OF.codes(fields.map(|field| &*field.address));
        return Err(Problem::bad_parameter("question", expected, ""));
    };
    let unknown = || Problem::new("unknown_question").arg("code", address);
    let Some(located) = form.field(address).filter(|found| found.field.is_counted()) else {
        // Of a table or a group, what can be counted is named.
        let below = format!("{address}.");
        let fields = form.fields().iter();
        let fields = fields.filter(|field| field.is_counted() && field.address.starts_with(&below));
        let fields: Vec<&str> = fields.map(|field| &*field.address).collect();
        return Err(if fields.is_empty() && form.names(address) {
            Problem::new("question_not_counted").arg("code", address)
        } else if fields.is_empty() {
            unknown()
        } else {
            let expected = expected::ONE_OF.codes(fields);
            Problem::bad_parameter("question", expected, address)
        });
    };
    let section = form.section_of(address).ok_or_else(unknown)?;
    let question = form.question(&located.field.question).ok_or_else(unknown)?;
    let kind = located.field.value_type().ok_or_else(unknown)?;
    let field = TalliedField {
        form,
        question,
        field: located.field,
        kind,
    };
    Ok((&section.code, field))
}
