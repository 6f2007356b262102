//! A reply's whole life, and its collection's: review, amendment, withdrawal, paper, more time.

use std::sync::Arc;

use domain::collection::{self, Collection, Deadline, RevisionStanding};
use domain::delegation::Delegation;
use domain::instrument::Instrument;
use domain::questionnaire::{JsonTrue, Questionnaire};
use domain::reply::{Command, Consent, Outcome, ReplyCapacity, Selection, Source, SourceKind};
use domain::{CollectionId, Lang, PersonId, Words};
use event_log::NewContent;
use uuid::Uuid;

use super::{History, effect, request};
use crate::views::steps::{answers_of, body_of, stored};

pub(super) fn words() -> (NewContent, Words) {
    let (content, reference) = stored("text/plain; charset=utf-8", b"Words".to_vec());
    let words = Words {
        content: reference,
        lang: Lang::En,
        length: 5,
    };
    (content, words)
}

fn source() -> Source {
    Source {
        kind: SourceKind::Paper,
        reference: "NV/1".into(),
        received_on: "2011-06-28".parse().unwrap(),
    }
}

impl History {
    pub(super) async fn enter(&self, collection: usize, party: usize) -> usize {
        let command = Command::Enter {
            collection: CollectionId(self.collections[collection]),
            party: self.party(party),
            source: source(),
            now: clock::now(),
        };
        self.by(ReplyCapacity::Secretariat, collection, party, &[], command)
            .await
    }

    /// The clarification that is open; one that there never was, if none is.
    async fn open_clarification(&self, collection: usize, party: usize) -> u32 {
        let held = self.held(collection, party).await;
        let asked = held.and_then(|held| {
            let mut all = held.clarifications.iter();
            let open = all.find(|(_, asked)| asked.outcome == Outcome::Open);
            open.map(|(number, _)| *number)
        });
        asked.unwrap_or(99)
    }

    /// Who drafts sections of a reply; nobody who does, if there is none.
    async fn contributor(&self, collection: usize, party: usize) -> ReplyCapacity {
        let of = CollectionId(self.collections[collection]);
        let id = self.desk.ids().delegation(of, self.party(party));
        let delegation = self.desk.load::<Delegation>(id.0, true).await.unwrap();
        let mut admitted = delegation.state.contributors.keys();
        ReplyCapacity::Contributor(*admitted.next().unwrap_or(&PersonId(Uuid::nil())))
    }

    pub(super) async fn live(&self, collection: usize, party: usize, what: usize) -> usize {
        let (content, text) = words();
        let clarification = self.open_clarification(collection, party).await;
        let now = clock::now();
        let mut contents = Vec::new();
        let mut said = || {
            contents.push(content.clone());
            text.clone()
        };
        let (by_party, command) = match what {
            0 => {
                let question = party.is_multiple_of(2).then(|| "A1".to_owned());
                let text = said();
                (false, Command::Clarify { question, text })
            }
            1 => {
                let text = said();
                let command = Command::AnswerClarification {
                    clarification,
                    text,
                };
                (true, command)
            }
            2 => (false, Command::WithdrawClarification { clarification }),
            3 => (false, Command::Accept { version: None }),
            4 => (true, Command::BeginAmendment { source: None, now }),
            5 => {
                let source = Some(source());
                (false, Command::BeginAmendment { source, now })
            }
            6 => {
                // By whoever amends it.
                let held = self.held(collection, party).await;
                let by_party = held.is_none_or(|held| held.source.is_none());
                (by_party, Command::DiscardAmendment)
            }
            7 => (true, Command::Withdraw { reason: said() }),
            8 => {
                let (answers, clear, _) = answers_of(&[(0, 1), (2, 2)]);
                (
                    false,
                    Command::Save {
                        answers: answers.into_iter().map(Into::into).collect(),
                        clear,
                    },
                )
            }
            9 => {
                let publication = Some(Consent::All(JsonTrue)).filter(|_| party.is_multiple_of(2));
                let command = Command::DecidePublication {
                    publication,
                    source: Some(source()),
                    now,
                };
                (false, command)
            }
            11 => (true, Command::CarryOver(Selection::default())),
            12 => (true, Command::Confirm(Selection::default())),
            13 => {
                let hand = self.contributor(collection, party).await;
                let command = Command::HandBack {
                    section: "A".to_owned(),
                    remark: Some(said()),
                };
                return self.by(hand, collection, party, &contents, command).await;
            }
            14 => {
                let command = Command::Return {
                    section: "A".to_owned(),
                    remark: None,
                };
                (true, command)
            }
            _ => {
                let publication = Some(None);
                (false, Command::Submit { publication })
            }
        };
        if by_party {
            self.answer(collection, party, &contents, command).await
        } else {
            let hand = ReplyCapacity::Secretariat;
            self.by(hand, collection, party, &contents, command).await
        }
    }

    pub(super) async fn correct(
        &self,
        collection: usize,
        instrument: usize,
        revision: u32,
    ) -> usize {
        let (content, reason) = words();
        let command = collection::Command::Correct {
            revision,
            reason: vec![reason],
        };
        let instrument = self.instruments[instrument];
        let asked = serde_json::from_slice(&body_of(0)).unwrap();
        let asked: Arc<Questionnaire> = Arc::new(asked);
        let context = async |reads: &mut rapporteur::desk::Reads<'_>| {
            let state = reads.state::<Instrument>(instrument).await?;
            Ok(collection::Context {
                approved_revision: RevisionStanding::from_instrument(&state, revision),
                has_years: false,
                correction: Some((asked.clone(), asked.clone())),
                counted: None,
                reminded_lately: None,
            })
        };
        let stream = self.collections[collection];
        let (request, contents) = (request(), [content]);
        let command = || command.clone();
        let decided = self
            .desk
            .decide_with::<Collection>(&request, stream, &contents, context, command);
        effect(decided.await)
    }

    pub(super) async fn extend(
        &self,
        collection: usize,
        party: Option<usize>,
        years: u32,
    ) -> usize {
        let (content, reason) = words();
        let command = collection::Command::Extend {
            deadline: Deadline {
                at: format!("{}-12-31T22:59:59Z", 3_000 + years)
                    .parse()
                    .unwrap(),
                time_zone: "Europe/Vienna".into(),
            },
            parties: party.map(|party| vec![self.party(party)]),
            reason,
        };
        self.collection_with(collection, &[content], command).await
    }
}
