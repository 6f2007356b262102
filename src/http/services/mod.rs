//! What requests are answered with.

mod former_accounts;
pub mod kept_answers;
pub mod limits;
pub mod link_requests;
pub mod mandate;
pub mod metrics;
pub mod quota;
pub mod submitted_answers;

use self::kept_answers::KeptAnswers;
use self::limits::Limits;
use self::link_requests::LinkRequestUsage;
use self::mandate::MandateCache;
use self::metrics::Metrics;
use self::submitted_answers::SubmittedAnswersCache;
use crate::desk::{Desk, LoadedState, PresentResource};
use crate::following::DerivedPosition;
use crate::http::problem::Problem;
use access::invitation_lists::InvitationLists;
use access::oidc::Oidc;
use access::{Audit, Invalidation, LinkRequests, Links, Sessions, Tokens};
use directory::Directory;
use domain::CollectionId;
use domain::collection::{self, Collection};
use event_log::views::Definitions;
use event_log::{Head, Log};
use mail::Outbox;

/// What requests are answered with.
pub struct Services {
    /// Decides on commands.
    pub desk: Desk,
    /// Finds principals by token.
    pub tokens: Tokens,
    /// Says when what is known of access by heart holds no longer.
    pub invalidation: Invalidation,
    /// Records reads of what is restricted.
    pub audit: Audit,
    /// Finds principals by tokens of single sign-on.
    pub oidc: Oidc,
    /// Finds principals by session.
    pub sessions: Sessions,
    /// Finds links, and uses them up.
    pub links: Links,
    /// Sends new links.
    pub asking: LinkRequests,
    /// Who has asked for new links.
    pub asked: LinkRequestUsage,
    /// What the addresses of our own pages begin with, `https://rapporteur.example.org`, as browsers send it as the Origin.
    pub origin: String,
    /// Persons.
    pub directory: Directory,
    /// Letters to persons.
    pub outbox: Outbox,
    /// Invitations by list.
    pub lists: InvitationLists,
    /// How far letters follow the log.
    pub letters: DerivedPosition,
    /// Answers that were submitted, of collections whose figures were asked for.
    pub submitted: SubmittedAnswersCache,
    /// Answers that were given.
    pub answers: KeptAnswers,
    /// How far the mandate was found to be.
    pub tracked: MandateCache,
    /// Who asked how often.
    pub limits: Limits,
    /// Counts.
    pub metrics: Metrics,
    /// The views that this program has.
    pub definitions: Definitions,
}

impl Services {
    /// The log.
    pub fn log(&self) -> &Log {
        self.desk.log()
    }

    /// The log's head as far as this process has heard.
    pub fn head(&self) -> u64 {
        *self.log().watch().borrow()
    }

    /// A collection as it is in the database now.
    ///
    /// # Errors
    /// `not_found`.
    pub async fn fresh_collection(
        &self,
        id: CollectionId,
    ) -> Result<PresentResource<Collection>, Problem> {
        let now = self.desk.load::<Collection>(id.0, true).await?;
        PresentResource::from_loaded(&now).ok_or(Problem::not_found("collection"))
    }

    /// A collection, now or as of a position, as this process knows it: title, notices and letter were said when it was
    /// opened, so a state that was seen before will do for them. Where more than those is read (who is invited, until when),
    /// [`Self::collection_at`] or [`Self::fresh_collection`].
    ///
    /// # Errors
    /// `not_found`, `before_it_existed`.
    pub async fn collection(
        &self,
        id: CollectionId,
        as_of: Option<&Head>,
    ) -> Result<PresentResource<Collection>, Problem> {
        let mut now = self.desk.load::<Collection>(id.0, false).await?;
        if now.state.is_none() {
            now = self.desk.load::<Collection>(id.0, true).await?;
        }
        if now.state.is_none() {
            return Err(Problem::not_found("collection"));
        }
        self.then(id, now, as_of).await
    }

    /// A collection, now or as of a position, as it is in the database.
    ///
    /// # Errors
    /// `not_found`, `before_it_existed`.
    pub async fn collection_at(
        &self,
        id: CollectionId,
        as_of: Option<&Head>,
    ) -> Result<PresentResource<Collection>, Problem> {
        let now = self.desk.load::<Collection>(id.0, true).await?;
        if now.state.is_none() {
            return Err(Problem::not_found("collection"));
        }
        self.then(id, now, as_of).await
    }

    async fn then(
        &self,
        id: CollectionId,
        now: LoadedState<collection::State>,
        as_of: Option<&Head>,
    ) -> Result<PresentResource<Collection>, Problem> {
        let then = match as_of {
            Some(head) if head.position < now.position => {
                self.desk
                    .load_as_of::<Collection>(id.0, head.position)
                    .await?
            }
            _ => now,
        };
        PresentResource::from_loaded(&then).ok_or(Problem::new("before_it_existed"))
    }
}
