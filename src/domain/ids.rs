//! Ids. Those that the rules make unique are computed from what must be unique, so that the log's
//! "this stream must not exist yet" enforces the rule; the others arrive inside commands.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The namespace of every computed id. It is part of the stored data: it never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x7d1c_5b0e_92a4_5f3d_8e67_2004_0028_1503);

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Uuid {
            fn from(id: $name) -> Self {
                id.0
            }
        }
    };
}

id!(
    /// A party: one per code.
    PartyId
);
id!(
    /// An instrument.
    InstrumentId
);
id!(
    /// A collection.
    CollectionId
);
id!(
    /// A reply: one per collection and party.
    ReplyId
);
id!(
    /// A delegation: one per collection and party.
    DelegationId
);
id!(
    /// A person, whom the directory knows by name.
    PersonId
);
id!(
    /// A file on a reply.
    FileId
);
id!(
    /// A content beside the log: words, a file, a questionnaire.
    ContentId
);

id!(
    /// A meeting: of experts, intersessional, a session of the Commission, a Congress.
    MeetingId
);
id!(
    /// A document: one per symbol.
    DocumentId
);
id!(
    /// A consultation: a round in which a revision is forwarded for comments.
    ConsultationId
);
id!(
    /// A comment in a consultation.
    CommentId
);
id!(
    /// A need for technical assistance.
    NeedId
);
id!(
    /// A State's request for assistance.
    RequestId
);
id!(
    /// A technical-assistance project.
    ProjectId
);
id!(
    /// A contribution of money, staff or help in kind.
    ContributionId
);
id!(
    /// A manual or model law kept under review.
    MaterialId
);
id!(
    /// A report to a session of the Commission.
    ReportId
);

id!(
    /// The translations of a content.
    TranslationsId
);

impl TranslationsId {
    /// The id of the only stream of translations that the content has.
    pub fn of(content: ContentId) -> Self {
        Self(computed(&format!("translations/{content}")))
    }
}

impl DocumentId {
    /// The id of the document with this symbol.
    pub fn of(symbol: &str) -> Self {
        Self(computed(&format!("document/{symbol}")))
    }
}

impl PartyId {
    /// The id of the party with this code.
    pub fn of(code: &str) -> Self {
        Self(computed(&format!("party/{code}")))
    }
}

impl ReplyId {
    /// The id of the only reply that the party can have in the collection.
    pub fn of(collection: CollectionId, party: PartyId) -> Self {
        Self(computed(&format!("reply/{collection}/{party}")))
    }
}

impl ConsultationId {
    /// The id of an instrument's consultation of this round: 1, 2, 3.
    pub fn of(instrument: InstrumentId, round: u32) -> Self {
        Self(computed(&format!("consultation/{instrument}/{round}")))
    }
}

impl CommentId {
    /// The id of the comment that was entered under this number, 1, 2, 3, in a consultation.
    pub fn entered(consultation: ConsultationId, number: u32) -> Self {
        Self(computed(&format!("comment/{consultation}/{number}")))
    }
}

impl DelegationId {
    /// The id of the only delegation that the party can have in the collection.
    pub fn of(collection: CollectionId, party: PartyId) -> Self {
        Self(computed(&format!("delegation/{collection}/{party}")))
    }
}

impl NeedId {
    /// The id of the need that is drafted under this number, 1, 2, 3, beside the reply.
    pub fn of(reply: ReplyId, number: u32) -> Self {
        Self(computed(&format!("need/{reply}/{number}")))
    }
}

/// The id of the only stream of the list of types of needs.
pub fn need_types_id() -> Uuid {
    computed("need_types")
}

/// The id of the classification's only stream.
pub fn classification_id() -> Uuid {
    computed("classification")
}

fn computed(name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Streams are found by these ids: another id for the same name would lose them.
    #[test]
    fn computed_ids_never_change() {
        let collection = CollectionId(Uuid::nil());
        let ids = [
            PartyId::of("FIN").0,
            ReplyId::of(collection, PartyId::of("FIN")).0,
            classification_id(),
            DelegationId::of(collection, PartyId::of("FIN")).0,
            DocumentId::of("E/CN.15/2004/9").0,
            TranslationsId::of(ContentId(Uuid::nil())).0,
            ConsultationId::of(InstrumentId(Uuid::nil()), 1).0,
            NeedId::of(ReplyId::of(collection, PartyId::of("FIN")), 1).0,
            need_types_id(),
        ];
        insta::assert_json_snapshot!(ids, @r#"
        [
          "9d4bc12d-4226-5a7e-821a-46ea584b0221",
          "74996b5f-be4e-51c9-812d-339960d3d6ec",
          "aed014b4-ba46-5962-9429-d50dea03273e",
          "bbc1cfed-65a4-597f-b37c-85f31ca1e10e",
          "d87be52e-2fc8-56de-b938-14db6899b1e8",
          "b5fde62d-c11c-59bd-a489-f8ffc619585d",
          "6288201e-c05b-52a9-9aa2-622485d2fd94",
          "a63e5637-decb-56d5-9d38-76df65c4257e",
          "7bac076e-2506-5b75-a889-ac0926dc5838"
        ]
        "#);
    }

    #[test]
    fn an_id_reads_what_it_writes() {
        let id = PartyId::of("THA");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("THA".parse::<PartyId>().is_err());
    }
}
