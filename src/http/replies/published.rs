//! What of a reply a caller sees: its party the whole, as it stands; the Secretariat as it was last submitted; anybody else
//! what its party consents to have published of that.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::desk::{AskedAt, PresentResource};
use crate::http::conditional::{Reader, Tag};
use crate::http::handling::lookup::Lookup;
use crate::http::problem::Problem;
use crate::http::rights::reply::{VisibleReply, visible_at};
use crate::http::rights::sight::{self, Sight};
use crate::http::schemas::NoticeView;
use crate::http::services::Services;
use crate::reading::answers::{self, ChangeReader};
use crate::reading::{replies, viewer, words};
use domain::questionnaire::{AnswerMap, AnswerValue, Form, Question, WordsRead, check_with_words};
use domain::reply::{Consent, Outcome, PreviousAnswers, Reply};
use domain::{Lang, ReplyId};

/// What a caller sees of a reply.
pub struct SeenReply {
    /// The reply, with the answers that the caller sees.
    pub reply: Reply,
    /// All answers, where drafts are seen.
    drafted: Option<AnswerMap<AnswerValue>>,
    /// What rules see of the last round, where drafts are seen.
    last_round: Option<Arc<PreviousAnswers>>,
    /// The words that rules look at, likewise.
    words: WordsRead,
    /// The answers of which the caller is told how many there are.
    answered: AnswerMap<AnswerValue>,
    /// The position of the last event that changed it.
    pub position: u64,
    /// What is asked, whole.
    pub form: Arc<Form>,
    /// The revision that is.
    pub revision: u32,
    right: Right,
}

/// By what right it is seen.
enum Right {
    /// As its party's, or as the Secretariat's.
    Own(Sight),
    /// By its party's consent.
    Published(PublicationConsent),
}

/// What its party consents to have published.
struct PublicationConsent {
    consent: Consent,
    /// What of it is seen by that.
    sight: Sight,
    /// The position of the decision.
    decided: u64,
}

impl SeenReply {
    /// What the caller sees of a reply, now or as of then. Rights are always those of now, and consent is that of now: a
    /// version that was replaced is seen as far as its party has consented to it ever since.
    ///
    /// # Errors
    /// `not_found` where that is nothing, `before_it_existed`.
    pub async fn read<Q>(lookup: &Lookup<Q>, id: ReplyId) -> Result<Self, Problem> {
        let services = &lookup.services;
        match Problem::optional(visible_at(lookup, id).await)? {
            Some(shown) => Self::own(services, shown).await,
            None => Self::published(services, id, lookup.position()).await,
        }
    }

    /// What its party or the Secretariat sees of it.
    pub async fn own(services: &Services, shown: VisibleReply) -> Result<Self, Problem> {
        let (form, revision) = asked(services, &shown, shown.asked).await?;
        let last_round = match shown.sight.sees_drafts() {
            true => {
                let last = services
                    .desk
                    .last_round(&shown.previous, shown.instrument, &form);
                last.await?
            }
            false => None,
        };
        let seen_words = match shown.sight.sees_drafts() {
            true => words::read(services.log().pool(), &form, &shown.whole).await?,
            false => WordsRead::new(),
        };
        Ok(Self {
            reply: Reply::clone(&shown),
            last_round,
            words: seen_words,
            drafted: shown.sight.sees_drafts().then(|| shown.whole.clone()),
            answered: shown.answered.clone(),
            position: shown.position,
            form,
            revision,
            right: Right::Own(shown.sight),
        })
    }

    async fn published(
        services: &Services,
        id: ReplyId,
        as_of: Option<u64>,
    ) -> Result<Self, Problem> {
        let (shown, published) = published(services, id, as_of).await?;
        let submitted = shown.as_submitted();
        let (form, revision) = asked(services, &submitted, as_of.into()).await?;
        let mut reply = published.sight.show(&submitted, &form);
        sight::take_persons_out(&mut reply, &form);
        Ok(Self {
            drafted: None,
            last_round: None,
            words: WordsRead::new(),
            answered: reply.answers.clone(),
            reply,
            position: shown.position,
            form,
            revision,
            right: Right::Published(published),
        })
    }

    /// The position of the last event that changed the answer to a question, as far as the caller is told: where only what was
    /// submitted is seen, that is the submission, for each question alike.
    pub async fn changed(
        &self,
        services: &Services,
        (id, hand): (ReplyId, ChangeReader),
        question: &str,
    ) -> Result<u64, Problem> {
        let pool = services.log().pool();
        let position = Some(self.position);
        Ok(match &self.right {
            Right::Published(_) => self.position,
            Right::Own(Sight::Submitted) => {
                let read = replies::submission_positions(pool, id.0, position).await?;
                read.last.unwrap_or(0)
            }
            Right::Own(Sight::Whole | Sight::Sections(_)) => {
                answers::changed(pool, id.0, question, position, hand).await?
            }
        })
    }

    /// The questions that the caller sees.
    pub fn questions(&self) -> Vec<&Question> {
        match &self.right {
            Right::Own(sight) => sight.questions(&self.form).collect(),
            Right::Published(published) => published.sight.questions(&self.form).collect(),
        }
    }

    /// Whether the caller sees what is asked at an address.
    pub fn sees(&self, address: &str) -> bool {
        let reads = |sight: &Sight| sight.reads(&self.form, Some(address));
        match &self.right {
            Right::Own(sight) => reads(sight),
            Right::Published(published) => reads(&published.sight),
        }
    }

    /// The addresses of what must be answered and is blank, as far as the caller sees it: nothing of what was submitted. All of a
    /// draft decides on that, also what the caller does not see.
    pub fn missing(&self) -> Vec<String> {
        let Some(whole) = &self.drafted else {
            return Vec::new();
        };
        let last = self.last_round.as_deref().map(PreviousAnswers::values);
        let verdict = check_with_words(&self.form, whole, last.as_ref(), &self.words);
        let blank = verdict.blank().into_iter();
        blank.filter(|address| self.sees(address)).collect()
    }

    /// How many questions have an answer, of those of which the caller is told so.
    pub fn answered(&self) -> usize {
        let fields = self
            .answered
            .keys()
            .filter_map(|address| self.form.field(address));
        // Nobody answers what is calculated.
        let asked = fields.filter(|located| {
            let kind = located.field.value_type();
            !located.field.is_check() && kind.is_none_or(|kind| !kind.is_derived())
        });
        let questions: BTreeSet<&str> = asked.map(|located| &*located.field.question).collect();
        questions.len()
    }

    /// Whether it is a draft of its party's, of which others are told no more than that.
    pub fn is_withheld(&self) -> bool {
        matches!(&self.right, Right::Own(sight) if sight.withholds(&self.reply))
    }

    /// How many of its open clarifications the caller sees.
    pub fn open_clarifications(&self) -> usize {
        let Right::Own(sight) = &self.right else {
            return self.reply.open_clarifications();
        };
        let seen = sight.clarifications(&self.reply, &self.form);
        seen.filter(|one| one.outcome == Outcome::Open).count()
    }

    /// What whoever sees only what is published must know.
    pub fn notice(&self, languages: &[Lang]) -> Option<NoticeView> {
        let Right::Published(published) = &self.right else {
            return None;
        };
        Some(match &published.consent {
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
        // A correction of what is asked is no event of the reply's.
        let reader = if self.revision == self.reply.revision {
            reader
        } else {
            reader.beside(u64::from(self.revision))
        };
        match &self.right {
            // No event tells others how many answers a draft has: their number does.
            Right::Own(_) if self.is_withheld() => {
                Tag::Resource(position, reader.seeing(&self.answered()))
            }
            Right::Own(sight) => Tag::Resource(position, sight.tagged(reader)),
            Right::Published(published) => Tag::Published(position.max(published.decided), reader),
        }
    }
}

/// What a reply answers, and as which revision.
async fn asked(
    services: &Services,
    reply: &Reply,
    asked: AskedAt,
) -> Result<(Arc<Form>, u32), Problem> {
    let revision = services.desk.revision_of_reply(reply, asked).await?;
    let form = services
        .desk
        .form(reply.instrument, revision, reply.reference_year);
    Ok((form.await?, revision))
}

/// A reply as it was submitted, now or as of then, if something of it may be published now.
async fn published(
    services: &Services,
    id: ReplyId,
    as_of: Option<u64>,
) -> Result<(PresentResource<Reply>, PublicationConsent), Problem> {
    if !viewer::published_reply(services.log().pool(), id.0).await? {
        return Err(Problem::not_found("reply"));
    }
    let read = replies::submission_positions(services.log().pool(), id.0, as_of).await?;
    let submitted = read.submitted.ok_or(Problem::new("before_it_existed"))?;
    // Consent to a later version is none to this one: it may have said what it should not.
    let consent = read.consent.ok_or(Problem::not_found("reply"))?;
    let shown = services.desk.load_as_of::<Reply>(id.0, submitted).await?;
    let shown = PresentResource::from_loaded(&shown).ok_or(Problem::new("before_it_existed"))?;
    let decided = read.decided;
    let sight = Sight::from(&consent);
    let consent = PublicationConsent {
        consent,
        sight,
        decided,
    };
    Ok((shown, consent))
}
