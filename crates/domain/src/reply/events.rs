//! What the events of a reply say.

use serde::{Deserialize, Serialize};

use super::super::questionnaire::Answer;
use super::super::words::Words;
use super::super::{CollectionId, InstrumentId, NeedId, PartyId, PersonId};
use super::{Consent, PreviousVersion, Source};

/// A party begins to reply, or the Secretariat begins to enter what it sent otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyStarted {
    /// The collection.
    pub collection: CollectionId,
    /// The party.
    pub party: PartyId,
    /// The instrument that the collection asks.
    pub instrument: InstrumentId,
    /// The revision that it asks.
    pub revision: u32,
    /// The year to which its columns of years are relative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_year: Option<i16>,
    /// Who begins it. As long as the party has named no focal point, that is who it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_by: Option<PersonId>,
    /// From what the Secretariat enters it; none where the party does so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// What its party answered in the last round, of each instrument that asked any of the same: the one accepted last first.
    /// (Before rounds were told apart, nothing.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub previous: Vec<PreviousVersion>,
}

/// Answers of the last round are carried over: they are answers once they are confirmed, which is an event of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyCarriedOver {
    /// The addresses of their fields.
    pub addresses: Vec<String>,
}

/// Answers are given, or given anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyAnswered {
    /// Those that changed, at most one for each question, each as it is then: with its comment, if it has one.
    pub answers: Vec<Answer>,
    /// The codes of those whose comment is another than before. (Not said in events of before it was told apart.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commented: Vec<String>,
    /// The codes of those that had a comment before and have none any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncommented: Vec<String>,
}

/// Answers are taken back: their questions are blank again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyCleared {
    /// The questions' codes.
    pub codes: Vec<String>,
    /// Those of them whose answer had a comment, which goes with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uncommented: Vec<String>,
}

/// What followed from the rules of the questionnaire when the reply was handed in: the submission after it in the log is of this
/// version. It is recorded so that nobody need evaluate again what was asked then.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyEvaluated {
    /// The version that is submitted with it.
    pub version: u32,
    /// What the rules meant: the version of their language.
    pub rules: u32,
    /// What was not asked: the addresses of questions, rows, fields. What is held of them stays in the draft, and is not in the
    /// version.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub irrelevant: Vec<String>,
    /// What was calculated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calculated: Vec<Answer>,
}

/// The reply is handed in, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplySubmitted {
    /// 1, 2, 3 within the reply.
    pub version: u32,
    /// The revision that it answers, where it is another than the reply was begun with: the collection moved to a correction.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
    /// What the party consents to have published of this version; what was consented to before is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publication: Option<Consent>,
    /// From what the Secretariat entered it; none where the party submitted it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The needs drafted beside it that it indicates, and that no submission before it did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedId>,
    /// How many answers of the last round were carried over and not confirmed, which it leaves out.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unconfirmed: u32,
}

/// The party decides anew what may be published of its reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationDecided {
    /// What it consents to; none: to nothing.
    pub publication: Option<Consent>,
    /// In what it said so, where the Secretariat records it; none where the party says so itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// The Secretariat asks about what was submitted. Until that is cleared up, the reply can be changed and submitted anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClarificationRequested {
    /// 1, 2, 3 within the reply.
    pub clarification: u32,
    /// The code of the question whose answer it is about; none where it is about the whole reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What is asked.
    pub text: Words,
}

/// A clarification is answered in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClarificationAnswered {
    /// Which.
    pub clarification: u32,
    /// What is answered.
    pub text: Words,
}

/// The Secretariat needs a clarification no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClarificationWithdrawn {
    /// Which.
    pub clarification: u32,
}

/// The Secretariat has reviewed a submitted version and asks nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyAccepted {
    /// The version.
    pub version: u32,
}

/// A reply that was submitted is opened for changes, at its party's wish. What was submitted last counts until the changes
/// are submitted. Where the Secretariat takes the pen from the party, or the party from the Secretariat, it begins with what
/// was submitted last, which events after this one give again; what the other had written meanwhile is set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentBegun {
    /// From what the Secretariat enters it; none where the party amends itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// Who amends what the Secretariat began: the focal point from then on, where the party has named none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun_by: Option<PersonId>,
    /// The needs that the other had drafted beside it, and nobody indicated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<NeedId>,
}

/// The changes are dropped. The answers as they were before are given again by events before this one; files come back with
/// it. Before means as they were submitted, or as the other hand had written them when the pen was taken from it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendmentDiscarded {
    /// The version that stands again; 0 where what the Secretariat entered was never submitted.
    pub version: u32,
    /// The needs that were drafted beside the changes, and go with them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dropped: Vec<NeedId>,
    /// The needs that were set aside, and are drafts again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given_back: Vec<NeedId>,
    /// Whether changes that were set aside go on as an amendment.
    #[serde(default, skip_serializing_if = "is_false")]
    pub resumes: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The party takes its reply back: from here on it is not counted, and nothing of it is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyWithdrawn {
    /// The version that counted until then.
    pub version: u32,
    /// Why.
    pub reason: Words,
}
