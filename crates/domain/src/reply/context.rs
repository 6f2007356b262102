//! What decisions on a reply read of other streams, and in what capacity somebody asks.

use std::sync::Arc;

use jiff::Timestamp;

use super::super::questionnaire::{Form, WordsRead};
use super::super::{NeedId, PersonId, collection, delegation};
use super::{PreviousAnswers, PreviousVersion, Refusal, Reply, StatingContext};

/// In what capacity, and as which person, somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyCapacity {
    /// For the party, as its focal point.
    FocalPoint(PersonId),
    /// For the party, as a colleague who drafts sections.
    Contributor(PersonId),
    /// For the Secretariat, which reviews, and enters what came on paper.
    Secretariat,
}

/// What decisions on a reply read of other streams, and who asks.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who asks.
    pub hand: ReplyCapacity,
    /// Who acts for the party in the collection.
    pub delegation: Arc<delegation::State>,
    /// Whether the last office that whoever asks was given for the party has ended: they are its focal point no longer,
    /// and so take up none that nobody holds.
    pub is_replaced: bool,
    /// The reply's collection.
    pub collection: Arc<collection::State>,
    /// The revision that the collection asks.
    pub form: Arc<Form>,
    /// The versions of the party's that were accepted last, where the reply begins.
    pub last_versions: Vec<PreviousVersion>,
    /// What the party answered in the last round. Where nobody looked, nothing is carried over, and rules see none.
    pub previous: Option<Arc<PreviousAnswers>>,
    /// The needs that are drafted beside the reply, where more than its answers changes; where nobody looked, nothing else
    /// does.
    pub needs: Option<Vec<NeedId>>,
    /// What the needs that its rows, entries and groups state rest on; where nobody looked, such a reply is not submitted.
    pub stating: Option<StatingContext>,
    /// When its party gave consent to publication, where it decides on that: as many times as may count, the last first. Where
    /// nobody looked, it gives none.
    pub consents_given: Option<Vec<Timestamp>>,
    /// The words that the rules look at, where it is submitted: those that are redacted are not there.
    pub words: WordsRead,
}

impl Context {
    /// The needs drafted beside the reply that it did not name yet.
    pub(super) fn drafts(&self, reply: &Reply) -> Result<Vec<NeedId>, Refusal> {
        let needs = self.needs.as_ref();
        let needs = needs.ok_or(Refusal::ReplyIncomplete(Vec::new()))?;
        Ok(reply.drafts(needs))
    }
}
