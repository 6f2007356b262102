//! What of a reply a caller sees: its party and the Secretariat the whole, as it stands; anybody else what its party
//! consents to have published, as it was last submitted.

use std::sync::Arc;

use crate::domain::questionnaire::Questionnaire;
use crate::domain::reply::{Consent, Reply};
use crate::domain::{Lang, ReplyId};
use crate::http::handling::as_of;
use crate::http::handling::caller::Caller;
use crate::http::handling::conditional::{Reader, Tag};
use crate::http::handling::there::There;
use crate::http::problem::Problem;
use crate::http::replies::access::{At, questionnaire, visible_at};
use crate::http::replies::history::ReplyHistory;
use crate::http::schemas::NoticeView;
use crate::http::services::Services;
use crate::reading::replies as reading;
use crate::reading::seen;

/// What a caller sees of a reply.
pub struct Seen {
    /// The reply, with the answers that the caller sees.
    pub reply: Reply,
    /// The position of the last event that changed it.
    pub position: u64,
    /// The questionnaire, with the sections that the caller sees.
    pub questionnaire: Arc<Questionnaire>,
    published: Option<Published>,
}

/// By what right it is seen, where that is its party's consent.
struct Published {
    consent: Consent,
    /// The position of the decision.
    decided: u64,
}

impl Seen {
    /// What the caller sees of a reply, now or as of then. Rights are always those of now, and consent is that of now; of a
    /// version that was replaced its party must have consented to it as well while it stood.
    ///
    /// # Errors
    /// `not_found` where that is nothing, `before_it_existed`.
    pub async fn read(
        services: &Services,
        caller: &Caller,
        id: ReplyId,
        asked: &At,
    ) -> Result<Self, Problem> {
        let seen = visible_at(services, caller, id, asked).await;
        let (shown, published) = match Problem::found(seen)? {
            Some(loaded) => (loaded, None),
            None => {
                let (loaded, published) = published(services, id, asked).await?;
                (loaded, Some(published))
            }
        };
        let mut reply = Reply::clone(&shown);
        let mut asked = questionnaire(&services.desk, reply.instrument, reply.revision).await?;
        if let Some(published) = &published {
            let mut part = (*asked).clone();
            part.sections
                .retain(|section| published.consent.covers(&section.code));
            reply
                .answers
                .retain(|code, _| part.question(code).is_some());
            asked = Arc::new(part);
        }
        Ok(Self {
            reply,
            position: shown.position,
            questionnaire: asked,
            published,
        })
    }

    /// What whoever sees only what is published must know.
    pub fn notice(&self, languages: &[Lang]) -> Option<NoticeView> {
        Some(match &self.published.as_ref()?.consent {
            Consent::All(_) => NoticeView::new("published", languages, &[]),
            Consent::Sections(sections) => {
                let sections: Vec<&str> = sections.iter().map(String::as_str).collect();
                let sections = sections.join(", ");
                NoticeView::new("published_in_part", languages, &[("sections", &sections)])
            }
        })
    }

    /// The tag of a part of it that was changed last at `position`.
    pub fn tag(&self, position: u64, reader: Reader) -> Tag {
        match &self.published {
            None => Tag::Resource(position, reader),
            Some(published) => Tag::Published(position.max(published.decided), reader),
        }
    }
}

/// A reply as it was submitted, now or as of then, if something of it may be published now.
async fn published(
    services: &Services,
    id: ReplyId,
    asked: &At,
) -> Result<(There<Reply>, Published), Problem> {
    if !seen::published_reply(services.log().pool(), id.0).await? {
        return Err(Problem::not_found("reply"));
    }
    let now = services.desk.load::<Reply>(id.0, true).await?;
    let held = now.state.as_ref().as_ref();
    let consent = held.and_then(|held| held.publication.clone());
    let consent = consent.ok_or(Problem::not_found("reply"))?;
    let as_of = as_of::resolve(services.log(), asked.as_of.as_deref()).await?;
    let as_of = as_of.map(|head| head.position);
    let read = reading::submitted(services.log().pool(), id.0, as_of).await?;
    let submitted = read.submitted.ok_or(Problem::new("before_it_existed"))?;
    let shown = services.desk.load_as_of::<Reply>(id.0, submitted).await?;
    let shown = There::is(&shown).ok_or(Problem::new("before_it_existed"))?;
    let consent = if held.is_some_and(|held| held.version == shown.version) {
        consent
    } else {
        // Consent to a later version is none to this one: it may have said what it should not.
        let own = ReplyHistory::read(services, id, None).await?;
        let own = own
            .versions
            .into_iter()
            .find(|own| own.version == shown.version);
        let own = own.and_then(|own| own.consent);
        let both = own.and_then(|own| consent.and(&own));
        both.ok_or(Problem::not_found("reply"))?
    };
    let decided = read.decided;
    Ok((shown, Published { consent, decided }))
}
