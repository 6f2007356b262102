//! What the events of a comment say.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::super::{ConsultationId, ContentRef, Lang, PartyId};
use super::{CommentSubject, Disposition};

/// A party comments, or the Secretariat enters what it received on paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentMade {
    /// The consultation.
    pub consultation: ConsultationId,
    /// The party whose comment it is.
    pub party: PartyId,
    /// What it is about.
    pub on: CommentSubject,
    /// The language of its words.
    pub lang: Lang,
    /// The comment.
    pub text: ContentRef,
    /// The wording that it proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<ContentRef>,
    /// Where the Secretariat has it from; none where the party made it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_on_behalf: Option<EnteredOnBehalf>,
}

/// Where a comment, a need or a request comes from that the Secretariat entered for a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = EnteredView)]
pub struct EnteredOnBehalf {
    /// The note or letter, as one cites it.
    pub source: String,
    /// The day on which it was received.
    #[schema(format = Date)]
    pub received_on: Date,
}

/// The comment says this from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentCorrected {
    /// What it is about.
    pub on: CommentSubject,
    /// The language of its words.
    pub lang: Lang,
    /// The comment.
    pub text: ContentRef,
    /// The wording that it proposes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<ContentRef>,
}

/// The comment is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentWithdrawn {}

/// What became of the comment is decided, or decided anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentDisposed {
    /// What.
    pub disposition: Disposition,
    /// Why.
    pub reason: ContentRef,
    /// The language of the reason.
    pub lang: Lang,
    /// The revision that is to take it up, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u32>,
}
