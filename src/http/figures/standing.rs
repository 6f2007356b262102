//! On what a figure stands. The Secretariat sees all as it stands; everybody else sees what is released, and nothing between two
//! releases: the paths are the same, the reader's rights decide.

use std::sync::Arc;

use actix_web::HttpResponse;

use crate::desk::PresentResource;
use crate::http::conditional::Reader;
use crate::http::figures::releases;
use crate::http::handling::lookup::Lookup;
use crate::http::handling::read_record::PublicAnswer;
use crate::http::problem::Problem;
use crate::http::schemas::{NoticeView, collection_notices};
use crate::http::services::Services;
use crate::http::services::kept_answers::{KeptAnswer, KeptAnswers};
use crate::reading::releases::{self as releases_read, ReleaseRow};
use ::figures::aggregates::{Base, Extent, Inquiry};
use ::figures::replies::Replies;
use domain::collection::{Basis, Collection};
use domain::party::PartyKind;
use domain::questionnaire::Form;
use domain::{CollectionId, Lang};
use event_log::Head;

/// On whom a figure stands.
#[derive(Clone, Copy, Debug)]
pub enum Standing {
    /// On all, for the Secretariat.
    Unreleased,
    /// On those that the release with this number counts, by the collection's basis.
    Released(u32, Basis),
    /// On what is consented to be published now, in a collection with this basis.
    Published(Basis),
}

impl Standing {
    /// How much is told of them.
    pub const fn extent(self) -> Extent {
        match self {
            Self::Unreleased
            | Self::Released(_, Basis::Consenting)
            | Self::Published(Basis::Consenting) => Extent::Whole,
            Self::Released(_, Basis::All) | Self::Published(Basis::All) => Extent::Coarse,
        }
    }

    /// The release, where it is one that is shown.
    pub const fn release(self) -> Option<u32> {
        match self {
            Self::Unreleased | Self::Published(_) => None,
            Self::Released(release, _) => Some(release),
        }
    }

    /// Whoever reads these languages. What is released is another representation than what the Secretariat sees at the same address: who
    /// has one is not told that the other is the same.
    pub fn reader(self, languages: &[Lang]) -> Reader {
        let reader = Reader::for_languages(languages);
        match self.release() {
            None => reader,
            Some(release) => reader.seeing(&release),
        }
    }

    /// Refuses what released figures that stand on all are kept from: what States were told is counts of options, over all and by
    /// regional group. `asked` is the parameter or the operation that asks for more.
    ///
    /// # Errors
    /// `breakdown_not_released`.
    pub fn allow(self, asked: &str) -> Result<(), Problem> {
        match self.extent() {
            Extent::Whole => Ok(()),
            Extent::Coarse => Err(Problem::new("breakdown_not_released").arg("group_by", asked)),
        }
    }
}

/// What a figure is computed of.
pub struct FigureSource {
    /// The collection's id.
    pub id: CollectionId,
    /// The collection, as it was then.
    pub collection: PresentResource<Collection>,
    /// What it asked then.
    pub form: Arc<Form>,
    /// What was replied.
    pub replies: Replies,
    /// On whom the figure stands.
    pub standing: Standing,
    /// The position that the answer is kept by, and the last one that could have changed it.
    pub kept: (u64, u64),
}

impl FigureSource {
    /// All that is counted, now or as of then.
    async fn current(
        services: &Services,
        id: CollectionId,
        as_of: Option<&Head>,
    ) -> Result<Self, Problem> {
        let collection = services.collection_at(id, as_of).await?;
        let form = services.desk.form_of_collection(&collection).await?;
        let position = as_of.map(|head| head.position);
        let replies = services.submitted_replies(id, position, None).await?;
        let changed = replies.changed.max(collection.position);
        Ok(Self {
            id,
            form,
            standing: Standing::Unreleased,
            kept: (replies.position, changed),
            collection,
            replies,
        })
    }

    /// What of the replies themselves the caller may read: for the Secretariat all, for others what is consented to be published, as
    /// consent is now. Not for others where the collection's figures stand on all replies: consent to a reply's publication is no
    /// consent to its being found among all others.
    ///
    /// # Errors
    /// `not_found`, `before_it_existed`, `breakdown_not_released`.
    pub async fn readable<Q>(lookup: &Lookup<Q>, id: CollectionId) -> Result<Self, Problem> {
        let services = &lookup.services;
        let as_of = lookup.as_of.as_ref();
        if lookup.caller.principal.role.is_secretariat() {
            return Self::current(services, id, as_of).await;
        }
        PublicAnswer::note(&lookup.http);
        let collection = services.collection_at(id, as_of).await?;
        let standing = Standing::Published(collection.basis);
        standing.allow("texts")?;
        let form = services.desk.form_of_collection(&collection).await?;
        let now = services.log().head().await?.position;
        let position = as_of.map(|head| head.position);
        let replies = services.submitted_replies(id, position, Some(now)).await?;
        let changed = replies.changed.max(collection.position);
        Ok(Self {
            id,
            form,
            standing,
            kept: (replies.position, changed),
            collection,
            replies,
        })
    }

    /// What a release shows.
    async fn released(
        services: &Services,
        id: CollectionId,
        collection: PresentResource<Collection>,
        shown: &ReleaseRow,
    ) -> Result<Self, Problem> {
        let basis = collection.basis;
        // As it was asked when the release was counted, whatever was corrected since.
        let desk = &services.desk;
        let then = desk.load_as_of::<Collection>(id.0, shown.position).await?;
        let collection = PresentResource::from_loaded(&then).unwrap_or(collection);
        let form = desk.form_of_collection(&collection).await?;
        let (position, consent) = (Some(shown.position), shown.consent(basis));
        let replies = services.submitted_replies(id, position, consent).await?;
        Ok(Self {
            id,
            collection,
            form,
            replies,
            standing: Standing::Released(shown.release, basis),
            kept: (shown.since, shown.since),
        })
    }

    /// What of an earlier collection stands beside this one, for the same caller: all of it, or its newest release.
    ///
    /// # Errors
    /// `not_found`, `before_it_existed`, `not_released`.
    pub async fn earlier<Q>(&self, lookup: &Lookup<Q>, id: CollectionId) -> Result<Self, Problem> {
        let (services, as_of) = (&lookup.services, lookup.as_of.as_ref());
        match self.standing {
            Standing::Unreleased => Self::current(services, id, as_of).await,
            Standing::Released(..) | Standing::Published(_) => {
                let (collection, shown) = shown_release(services, id, None, as_of).await?;
                Self::released(services, id, collection, &shown).await
            }
        }
    }

    /// What a reader must know of every figure: the collection's own notices, corrections of what was asked, who is left out, and on whom
    /// it stands.
    pub fn notices(&self, languages: &[Lang]) -> Vec<NoticeView> {
        let collection = &self.collection;
        let mut notices = collection_notices(collection, languages);
        let notice = |code: &str, args: &[(&str, &str)]| NoticeView::new(code, languages, args);
        if !collection.corrected.is_empty() {
            let earlier: Vec<String> = collection.corrected.iter().map(u32::to_string).collect();
            let (revision, earlier) = (collection.revision.to_string(), earlier.join(", "));
            let args = [("revision", revision.as_str()), ("earlier", &earlier)];
            notices.push(notice("questionnaire_corrected", &args));
        }
        let is_state = |kind: &str| kind == PartyKind::MemberState.as_str();
        let replies = self.replies.replies.iter();
        let others = replies.filter(|reply| !is_state(&reply.party.kind)).count();
        if others > 0 {
            notices.push(notice(
                "others_not_counted",
                &[("count", &others.to_string())],
            ));
        }
        notices
    }

    /// What a reader must know of a table of figures, in which each field has a base of its own.
    pub fn table_notices(&self, inquiry: &Inquiry<'_>, languages: &[Lang]) -> Vec<NoticeView> {
        let replies = self.replies.replies.iter();
        let asked = replies.filter(|reply| inquiry.takes_kind(&reply.party.kind));
        let (mut replied, mut counted) = (0_u64, 0_u64);
        for reply in asked {
            replied += 1;
            counted += u64::from(reply.countable.has_any());
        }
        let (replied, counted) = (replied.to_string(), counted.to_string());
        let bases = [("replied", replied.as_str()), ("counted", &counted)];
        let notice = |code: &str, args: &[(&str, &str)]| NoticeView::new(code, languages, args);
        let mut notices = self.notices(languages);
        match self.standing {
            Standing::Unreleased => notices.push(notice("counted_unreleased", &bases)),
            Standing::Published(_) => notices.push(notice("release_consenting", &bases)),
            Standing::Released(release, basis) => {
                let number = release.to_string();
                notices.push(notice("released", &[("release", number.as_str())]));
                let code = match basis {
                    Basis::Consenting => "release_consenting",
                    Basis::All => "counted_all",
                };
                notices.push(notice(code, &bases));
            }
        }
        notices
    }

    /// On how many of how many replies a figure stands.
    pub fn standing_notices(&self, base: &Base, languages: &[Lang]) -> Vec<NoticeView> {
        let (replied, counted) = (base.replied.to_string(), base.counted.to_string());
        let bases = [("replied", replied.as_str()), ("counted", &counted)];
        let notice = |code: &str, args: &[(&str, &str)]| NoticeView::new(code, languages, args);
        match self.standing {
            Standing::Unreleased => vec![notice("counted_unreleased", &bases)],
            Standing::Published(_) => vec![notice("release_consenting", &bases)],
            Standing::Released(release, basis) => {
                let code = match basis {
                    Basis::Consenting => "counted_consenting",
                    Basis::All => "counted_all",
                };
                let number = release.to_string();
                vec![
                    notice("released", &[("release", number.as_str())]),
                    notice(code, &bases),
                ]
            }
        }
    }
}

/// Answers a figure of a collection: for the Secretariat as it stands, for others as it was released. As of then, what was counted then;
/// of releases, the newest that was recorded by then. An answer that was given is given again, as long as nothing could have changed it.
///
/// # Errors
/// `not_found`, `before_it_existed`, `not_released`, `bad_parameter`; those of `make`.
pub async fn answer_figure<Q>(
    lookup: &Lookup<Q>,
    id: CollectionId,
    (release, form): (Option<&str>, &str),
    make: impl AsyncFnOnce(&FigureSource) -> Result<KeptAnswer, Problem>,
) -> Result<HttpResponse, Problem> {
    let services = &lookup.services;
    let release = releases::number(release)?;
    let key = KeptAnswers::key(&lookup.http, lookup.languages());
    let key = format!("{form} {key}");
    let is_secretariat = lookup.caller.principal.role.is_secretariat();
    let figure = if is_secretariat && release.is_none() {
        let head = lookup.position().unwrap_or_else(|| services.head());
        match services.answers.get(&key, head) {
            Some(figure) => figure,
            None => {
                let source = FigureSource::current(services, id, lookup.as_of.as_ref()).await?;
                services.answers.put(key, make(&source).await?)
            }
        }
    } else {
        PublicAnswer::note(&lookup.http);
        let (collection, shown) =
            shown_release(services, id, release, lookup.as_of.as_ref()).await?;
        // A release's figures never change: they are kept by where in the log it stands.
        let key = format!("released {key}");
        match services.answers.get(&key, shown.since) {
            Some(figure) => figure,
            None => {
                let source = FigureSource::released(services, id, collection, &shown).await?;
                services.answers.put(key, make(&source).await?)
            }
        }
    };
    Ok(figure.answer(&lookup.http))
}

/// The release that is asked for, or the newest, of those recorded by then.
async fn shown_release(
    services: &Services,
    id: CollectionId,
    release: Option<u32>,
    by: Option<&Head>,
) -> Result<(PresentResource<Collection>, ReleaseRow), Problem> {
    let collection = services.collection(id, None).await?;
    let releases = releases_read::list(services.log().pool(), id.0).await?;
    let shown = releases.find(release, by.map(|head| head.position));
    let shown = shown.ok_or_else(|| Problem::new("not_released").arg("collection", id))?;
    Ok((collection, shown.clone()))
}
