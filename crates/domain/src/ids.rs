//! Ids. Those that the rules make unique are computed from what must be unique, so that the log's
//! "this stream must not exist yet" enforces the rule; the others arrive inside commands.
//!
//! What is public has an id that anybody may compute. What is restricted has one that nobody can: it is computed with a key
//! ([`Ids`]), so that its being there is told by nothing but the right to see it.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

/// The namespace of every id that is computed without a key. It is part of the stored data: it never changes.
const NAMESPACE: Uuid = Uuid::from_u128(0x7d1c_5b0e_92a4_5f3d_8e67_2004_0028_1503);

/// The id of one kind of thing.
pub trait ThingId: From<Uuid> {
    /// What it is an id of, as paths and texts name it: `document`.
    const THING: &'static str;
}

macro_rules! id {
    ($(#[doc = $doc:literal])* $name:ident = $thing:literal) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl ThingId for $name {
            const THING: &'static str = $thing;
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                crate::schema::id(&[$($doc),*])
            }
        }

        impl utoipa::ToSchema for $name {}

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
    PartyId = "party"
);
id!(
    /// An instrument.
    InstrumentId = "instrument"
);
id!(
    /// A collection.
    CollectionId = "collection"
);
id!(
    /// A reply: one per collection and party.
    ReplyId = "reply"
);
id!(
    /// A delegation: one per collection and party.
    DelegationId = "delegation"
);
id!(
    /// A person, whom the directory knows by name.
    PersonId = "person"
);
id!(
    /// A file on a reply.
    FileId = "file"
);
id!(
    /// A content beside the log: words, a file, a questionnaire.
    ContentId = "content"
);

id!(
    /// A meeting: of experts, intersessional, a session of the Commission, a Congress.
    MeetingId = "meeting"
);
id!(
    /// A document: one per symbol.
    DocumentId = "document"
);
id!(
    /// A consultation: a round in which a revision is forwarded for comments.
    ConsultationId = "consultation"
);
id!(
    /// A comment in a consultation.
    CommentId = "comment"
);
id!(
    /// Those who comment for a party in a consultation.
    CommentersId = "commenters"
);
id!(
    /// A need for technical assistance.
    NeedId = "need"
);
id!(
    /// A State's request for assistance.
    RequestId = "request"
);
id!(
    /// A technical-assistance project.
    ProjectId = "project"
);
id!(
    /// A contribution of money, staff or help in kind.
    ContributionId = "contribution"
);
id!(
    /// A manual or model law kept under review.
    MaterialId = "material"
);
id!(
    /// A report to a session of the Commission.
    ReportId = "report"
);

id!(
    /// The translations of a content.
    TranslationsId = "translations"
);

impl DocumentId {
    /// The id of the document with this symbol.
    pub fn from_symbol(symbol: &str) -> Self {
        Self(computed(&format!("document/{symbol}")))
    }
}

impl PartyId {
    /// The id of the party with this code.
    pub fn from_code(code: &str) -> Self {
        Self(computed(&format!("party/{code}")))
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

/// Makes the ids of what is restricted. Cheap to clone.
#[derive(Clone)]
pub struct Ids(Arc<KeyedIds>);

struct KeyedIds {
    key: Hmac<Sha256>,
    plain: HashSet<Uuid>,
}

impl Ids {
    /// With this key, but for the streams that were made before there was one: these keep the ids that were computed without.
    pub fn new(key: &[u8; 32], plain: HashSet<Uuid>) -> Self {
        let mut block = [0; 64];
        block[..32].copy_from_slice(key);
        Self(Arc::new(KeyedIds {
            key: Hmac::new(&block.into()),
            plain,
        }))
    }

    /// The only reply that the party can have in the collection.
    pub fn reply(&self, collection: CollectionId, party: PartyId) -> ReplyId {
        ReplyId(self.id_of(&format!("reply/{collection}/{party}")))
    }

    /// The only delegation that the party can have in the collection.
    pub fn delegation(&self, collection: CollectionId, party: PartyId) -> DelegationId {
        DelegationId(self.id_of(&format!("delegation/{collection}/{party}")))
    }

    /// The need that is drafted under this number, 1, 2, 3, beside the reply.
    pub fn need(&self, reply: ReplyId, number: u32) -> NeedId {
        NeedId(self.id_of(&format!("need/{reply}/{number}")))
    }

    /// The need that the row, the entry or the group at an address of the reply states.
    pub fn stated_need(&self, reply: ReplyId, at: &str) -> NeedId {
        NeedId(self.id_of(&format!("need/{reply}/at/{at}")))
    }

    /// An instrument's consultation of this round: 1, 2, 3.
    pub fn consultation(&self, instrument: InstrumentId, round: u32) -> ConsultationId {
        ConsultationId(self.id_of(&format!("consultation/{instrument}/{round}")))
    }

    /// The comment that was entered under this number, 1, 2, 3, in a consultation.
    pub fn entered_comment(&self, consultation: ConsultationId, number: u32) -> CommentId {
        CommentId(self.id_of(&format!("comment/{consultation}/{number}")))
    }

    /// The only stream of those who comment for the party in the consultation.
    pub fn commenters(&self, consultation: ConsultationId, party: PartyId) -> CommentersId {
        CommentersId(self.id_of(&format!("commenters/{consultation}/{party}")))
    }

    /// The only stream of translations that the content has.
    pub fn translations(&self, content: ContentId) -> TranslationsId {
        TranslationsId(self.id_of(&format!("translations/{content}")))
    }

    /// By what a party knows a person of its delegation. It is made for this delegation alone, and so tells nothing of when and
    /// where else somebody came to know them, as their own id would.
    pub fn member(&self, delegation: DelegationId, person: PersonId) -> Uuid {
        self.keyed(&format!("member/{delegation}/{person}"))
    }

    fn id_of(&self, name: &str) -> Uuid {
        let plain = computed(name);
        if self.0.plain.contains(&plain) {
            plain
        } else {
            self.keyed(name)
        }
    }

    /// A UUIDv8 (RFC 9562): the first bits of HMAC-SHA-256.
    fn keyed(&self, name: &str) -> Uuid {
        let mac = self
            .0
            .key
            .clone()
            .chain_update(name)
            .finalize()
            .into_bytes();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&mac[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// Without the key.
impl fmt::Debug for Ids {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Ids(…)")
    }
}

fn computed(name: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODY: Uuid = Uuid::nil();

    /// The names of one id of each kind, as they were before there was a key, with a key, and with another.
    fn made(ids: &Ids) -> [Uuid; 6] {
        let collection = CollectionId(NOBODY);
        let finland = PartyId::from_code("FIN");
        let plain = ReplyId(computed(&format!("reply/{collection}/{finland}")));
        [
            ids.reply(collection, finland).0,
            ids.delegation(collection, finland).0,
            ids.translations(ContentId(NOBODY)).0,
            ids.consultation(InstrumentId(NOBODY), 1).0,
            ids.need(plain, 1).0,
            ids.entered_comment(ConsultationId(NOBODY), 1).0,
        ]
    }

    /// What was stored under the ids of before there was a key.
    fn before() -> [Uuid; 6] {
        let finland = PartyId::from_code("FIN");
        let reply = computed(&format!("reply/{NOBODY}/{finland}"));
        [
            reply,
            computed(&format!("delegation/{NOBODY}/{finland}")),
            computed(&format!("translations/{NOBODY}")),
            computed(&format!("consultation/{NOBODY}/1")),
            computed(&format!("need/{reply}/1")),
            computed(&format!("comment/{NOBODY}/1")),
        ]
    }

    /// Streams are found by these ids: another id for the same name would lose them.
    #[test]
    fn computed_ids_never_change() {
        let [reply, delegation, translations, consultation, need, _] = before();
        let ids = [
            PartyId::from_code("FIN").0,
            reply,
            classification_id(),
            delegation,
            DocumentId::from_symbol("E/CN.15/2004/9").0,
            translations,
            consultation,
            need,
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

    /// As the ones above: what is stored is found by them.
    #[test]
    fn ids_that_are_made_with_a_key_never_change_for_the_same_key() {
        let ids = Ids::new(&[7; 32], HashSet::new());
        insta::assert_json_snapshot!(made(&ids), @r#"
        [
          "463b936d-72df-8403-b42c-defc359f9e28",
          "7640a9bc-c7f2-8ecf-8edb-c7885b9570aa",
          "91321075-1df6-8ad4-80f6-a925f00cb185",
          "47eafa61-1cd4-8ac0-a18d-d82618afd725",
          "8ca4fc9b-1663-8bf9-811b-382caa86d562",
          "f1b7375d-c5a7-824d-9067-31fd8c13366d"
        ]
        "#);
    }

    #[test]
    fn an_id_with_a_key_is_nobodys_to_compute_and_what_is_older_keeps_its_own() {
        let [one, other] = [[1; 32], [2; 32]].map(|key| made(&Ids::new(&key, HashSet::new())));
        for (index, id) in one.iter().enumerate() {
            assert_eq!(id.get_version_num(), 8);
            assert!(*id != other[index] && *id != before()[index], "{index}");
        }
        let unique: HashSet<&Uuid> = one.iter().chain(&other).collect();
        assert_eq!(unique.len(), 12);
        let older = Ids::new(&[1; 32], before().into());
        assert_eq!(made(&older), before());
        assert_eq!(format!("{older:?}"), "Ids(…)");
    }

    #[test]
    fn an_id_reads_what_it_writes() {
        let id = PartyId::from_code("THA");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert!("THA".parse::<PartyId>().is_err());
    }
}
