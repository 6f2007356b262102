//! The access of those who held an office of a party's and hold none of that kind any more.

use super::Services;
use crate::http::problem::Problem;
use access::Role;
use access::invalidation::Kind;
use domain::{PartyId, PersonId};
use mail::AskedIn;

impl Services {
    /// Ends accounts for a party, and with them sessions, links and tokens. What invited their persons to what the party is asked
    /// in opens nothing any more, and letters about an office that ended are not sent.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn end_former_accounts(
        &self,
        former: impl IntoIterator<Item = (PersonId, Role)>,
        party: PartyId,
        asked_in: AskedIn,
    ) -> Result<(), Problem> {
        let mut transaction = self.log().pool().begin().await?;
        for (person, role) in former {
            access::end_account(&mut transaction, person, role, party).await?;
        }
        access::end_invitations(&mut transaction, asked_in, party).await?;
        transaction.commit().await?;
        self.outbox.end_moot().await?;
        self.invalidation.forget(Kind::Tokens);
        self.invalidation.forget(Kind::Sessions);
        Ok(())
    }
}
