//! Whoever changes a reply: which one, as it is held, and in what capacity.

use crate::desk::{Decided, DeskError, Reads, Request};
use crate::http::handling::caller::{self, Caller};
use crate::http::needs::access::drafted;
use crate::http::problem::Problem;
use crate::http::replies::access::{Visible, beginning, context, visible};
use crate::http::replies::sight::Sight;
use crate::http::services::Services;
use crate::reading::replies;
use domain::ReplyId;
use domain::reply::{Command, Context, Hand, Reply};
use event_log::{NewContent, ReadError};

/// Somebody who acts on a reply for its party.
pub struct Acting<'a> {
    services: &'a Services,
    hand: Hand,
    /// The reply's id.
    pub id: ReplyId,
    /// The reply as this process knows it, as far as they see it; decisions look whether it still is so.
    pub held: Visible,
    /// What If-Match names, where it is judged by what is told, since no more is seen.
    told: Option<Vec<u64>>,
}

impl<'a> Acting<'a> {
    /// The caller, on the reply with this id in the path.
    ///
    /// # Errors
    /// `not_found`, for a reply of another party too; `not_allowed`.
    pub async fn on(services: &'a Services, caller: &Caller, reply: &str) -> Result<Self, Problem> {
        let id: ReplyId = caller::id(reply, "reply")?;
        let held = visible(services, caller, id, false).await?;
        let is_told = held.sight == Sight::Submitted;
        Ok(Self {
            held,
            hand: caller.hand()?,
            services,
            id,
            told: caller.if_match().filter(|_| is_told).map(<[u64]>::to_vec),
        })
    }

    /// The caller's command. Its If-Match is of what they see of the reply: where that is what was submitted, a save of the
    /// party's is not told, and so does not stand in its way.
    pub fn request(&self, caller: &Caller, bytes: &[u8]) -> Request {
        let mut request = caller.request(bytes);
        if self.told.is_some() {
            request.if_match = None;
        }
        request
    }

    /// Refuses what was changed meanwhile, as far as that is told. Whatever is changed after this the append finds.
    async fn must_stand(&self) -> Result<(), DeskError> {
        let Some(positions) = &self.told else {
            return Ok(());
        };
        let pool = self.services.log().pool();
        let told = replies::told(pool, self.id.0, None).await;
        let current = told.map_err(ReadError::from)?;
        if positions.contains(&current) {
            return Ok(());
        }
        Err(DeskError::Stale { current })
    }

    /// What decisions on the reply read.
    ///
    /// # Errors
    /// The collection does not exist.
    pub async fn context(&self, reads: &mut Reads<'_>) -> Result<Context, DeskError> {
        self.must_stand().await?;
        let (collection, party) = (self.held.collection, self.held.party);
        if self.held.begun_by.is_none() {
            return beginning(reads, collection, party, self.hand).await;
        }
        context(reads, collection, party, self.hand).await
    }

    /// What decisions on more than its answers read: the needs that are drafted beside it too.
    ///
    /// # Errors
    /// The collection does not exist.
    pub async fn with_needs(&self, reads: &mut Reads<'_>) -> Result<Context, DeskError> {
        let needs = drafted(reads, self.id).await?;
        let context = self.context(reads).await?;
        Ok(Context { needs, ..context })
    }

    /// Decides on a command.
    ///
    /// # Errors
    /// [`DeskError`].
    pub async fn decide(
        &self,
        request: &Request,
        contents: &[NewContent],
        command: impl Fn() -> Command,
    ) -> Result<Decided<Reply>, DeskError> {
        let context = async |reads: &mut Reads<'_>| self.with_needs(reads).await;
        let desk = &self.services.desk;
        desk.decide_with::<Reply>(request, self.id.0, contents, context, command)
            .await
    }
}
