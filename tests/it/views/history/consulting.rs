//! Consultations, comments, and what comes of an instrument before a meeting.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::comment::{self, Comment, CommentContent, CommentingCapacity, Disposition};
use domain::commenters::{self, Commenters, CommentersChange, CommentersKey};
use domain::consultation::{self, Consultation, ConsultedParty};
use domain::instrument::{self, CommentStanding, Instrument, MeetingStanding};
use domain::meeting::MeetingKind;
use domain::party::PartyKind;
use domain::questionnaire::TextAnswer as Words;
use domain::{CommentId, ConsultationId, InstrumentId, Lang, MeetingId, PersonId};
use jiff::civil::{Date, date};
use rapporteur::deciding;
use serde_json::json;
use uuid::Uuid;

use super::{History, effect, request};
use crate::views::steps::{CommentStep as Saying, Consult, PARTIES, PresentationStep, stored};

pub(super) const TODAY: Date = date(2026, 1, 1);

impl History {
    /// The first round of an instrument.
    fn round(&self, instrument: usize) -> ConsultationId {
        self.desk
            .ids()
            .consultation(InstrumentId(self.instruments[instrument]), 1)
    }

    /// A party's only comment in the first round of an instrument.
    fn comment(&self, instrument: usize, party: usize) -> CommentId {
        let name = format!("{}/{party}", self.round(instrument));
        CommentId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()))
    }

    /// The comments in the first round of an instrument that are accepted.
    pub(super) async fn accepted(&self, instrument: usize) -> BTreeMap<CommentId, CommentStanding> {
        let mut accepted = BTreeMap::new();
        for party in 0..PARTIES {
            let id = self.comment(instrument, party);
            let comment = self.desk.load::<Comment>(id.0, true).await.unwrap().state;
            let disposed = comment
                .as_ref()
                .as_ref()
                .and_then(|comment| comment.disposition.as_ref());
            if disposed.is_some_and(|disposed| disposed.disposition.changes_the_instrument()) {
                accepted.insert(id, CommentStanding::Accepted);
            }
        }
        accepted
    }

    /// For a party, a person comments from now on, or no more.
    async fn commenter(
        &self,
        round: ConsultationId,
        party: usize,
        change: CommentersChange,
    ) -> usize {
        let of = CommentersKey {
            consultation: round,
            party: self.party(party),
        };
        let id = self.desk.ids().commenters(of.consultation, of.party);
        let command = commenters::Command { of, change };
        let request = request();
        let decided = self
            .desk
            .decide::<Commenters>(&request, id.0, &(), command, &[]);
        effect(decided.await)
    }

    pub(super) async fn consult(&self, number: usize, consult: &Consult) -> usize {
        let instrument = InstrumentId(self.instruments[number]);
        let round = self.round(number);
        if let Consult::Commenter(party, person, named) = consult {
            let person = PersonId(Uuid::from_u128(*person as u128));
            let change = match named {
                true => CommentersChange::Name(person),
                false => CommentersChange::End(person),
            };
            return self.commenter(round, *party, change).await;
        }
        let (content, reference) = stored("text/plain", b"A reason".to_vec());
        let reason = Words {
            content: reference,
            lang: Lang::En,
            length: 8,
        };
        let contents = match consult {
            Consult::Reopen => vec![content],
            _ => Vec::new(),
        };
        let asked = match consult {
            Consult::Open(_, parties) | Consult::Ask(parties) => self.asked(parties).await,
            _ => Vec::new(),
        };
        let command = match consult {
            Consult::Open(revision, _) => {
                let opening = json!({"instrument": instrument, "revision": revision, "round": 1, "reference": "CU/2004/52",
                    "opened_on": "2004-05-03", "audiences": ["member_state"],
                    "until": {"at": "2004-07-31T21:59:59Z", "time_zone": "Europe/Vienna"}});
                consultation::Command::Open {
                    opening: serde_json::from_value(opening).unwrap(),
                    asked,
                }
            }
            Consult::Ask(_) => consultation::Command::Ask {
                named: asked,
                audiences: vec![PartyKind::Igo],
                others: Vec::new(),
            },
            Consult::Extend(month) => {
                let until = json!({"at": format!("2005-{month:02}-01T00:00:00Z"), "time_zone": "Europe/Vienna"});
                consultation::Command::Extend {
                    until: serde_json::from_value(until).unwrap(),
                }
            }
            Consult::Close => consultation::Command::Close { reason: None },
            Consult::Reopen => consultation::Command::Reopen { reason },
            Consult::Commenter(..) => unreachable!("it is another aggregate's"),
            Consult::Publish => consultation::Command::Publish {
                on: "2005-12-31".parse().unwrap(),
            },
        };
        let request = request();
        let decided = self.desk.decide_with::<Consultation>(
            &request,
            round.0,
            &contents,
            async |reads| {
                Ok(consultation::Context {
                    undisposed: Some(deciding::comment::undisposed(reads, &[round]).await?),
                    instrument: reads.state::<Instrument>(instrument.0).await?,
                    today: TODAY,
                })
            },
            || command.clone(),
        );
        effect(decided.await)
    }

    async fn asked(&self, parties: &[usize]) -> Vec<ConsultedParty> {
        let invited = self.invitations(parties).await.into_iter();
        let asked = invited.map(|invitation| ConsultedParty {
            party: invitation.party,
            kind: invitation.kind,
            regional_group: invitation.regional_group,
        });
        asked.collect()
    }

    pub(super) async fn say(&self, number: usize, party: usize, saying: &Saying) -> usize {
        let round = self.round(number);
        let id = self.comment(number, party);
        let mut contents = Vec::new();
        let mut keep = |words: &str| {
            let (content, reference) = stored("text/plain", words.as_bytes().to_vec());
            contents.push(content);
            reference
        };
        let on = |variant: usize| {
            let about = [
                json!({"instrument": true}),
                json!({"section": "A"}),
                json!({"question": "A1"}),
            ];
            serde_json::from_value(about[variant % 3].clone()).unwrap()
        };
        let command = match saying {
            Saying::Make(variant) => {
                let entered = json!({"source": "A note", "received_on": "2004-06-01"});
                comment::Command::Make(comment::CommentMade {
                    consultation: round,
                    party: self.party(party),
                    on: on(*variant),
                    lang: Lang::Fr,
                    text: keep("Une remarque."),
                    wording: (*variant == 0).then(|| keep("Un libellé.")),
                    entered_on_behalf: (*variant == 1)
                        .then(|| serde_json::from_value(entered).unwrap()),
                })
            }
            Saying::Correct(variant) => comment::Command::Correct {
                by: CommentingCapacity::Party,
                said: CommentContent {
                    on: on(*variant),
                    lang: Lang::En,
                    text: keep("A remark."),
                    wording: None,
                },
            },
            Saying::Withdraw => comment::Command::Withdraw {
                by: CommentingCapacity::Party,
            },
            Saying::Dispose(variant) => {
                let disposition = Disposition::ALL[*variant % Disposition::ALL.len()];
                let takes_part = disposition.changes_the_instrument();
                comment::Command::Dispose(comment::CommentDisposed {
                    disposition,
                    reason: keep("A reason."),
                    lang: Lang::En,
                    revision: takes_part.then_some(2),
                })
            }
        };
        let request = request();
        let decided = self
            .desk
            .decide::<Comment>(&request, id.0, &None, command, &contents);
        effect(decided.await)
    }

    pub(super) async fn take(
        &self,
        number: usize,
        revision: u32,
        taken: PresentationStep,
    ) -> usize {
        let id = InstrumentId(self.instruments[number]);
        let meeting = MeetingId(Uuid::from_u128(11));
        let (content, words) = stored("text/plain", b"Remarks.".to_vec());
        let contents = [content];
        let day = "2006-01-01".parse().unwrap();
        let command = match taken {
            PresentationStep::Present => {
                instrument::Command::Present(instrument::InstrumentPresented {
                    revision,
                    meeting,
                    progress_report: None,
                    on: day,
                })
            }
            PresentationStep::Approve => instrument::Command::Approve {
                revision,
                by: instrument::Approver::Meeting(meeting),
                decision: "A decision".to_owned(),
                date: day,
            },
            PresentationStep::Return => instrument::Command::Return {
                revision,
                on: day,
                remarks: words,
                lang: Lang::En,
            },
            PresentationStep::Withdraw => {
                instrument::Command::Withdraw(instrument::InstrumentWithdrawn {
                    reason: words,
                    lang: Lang::En,
                })
            }
        };
        let request = request();
        let decided = self.desk.decide_with::<Instrument>(
            &request,
            id.0,
            &contents,
            async |reads| {
                let meeting = MeetingStanding {
                    kind: MeetingKind::Intersessional,
                    is_cancelled: false,
                    starts_on: day,
                    name: "A meeting".to_owned(),
                };
                Ok(instrument::Context {
                    classification: Arc::default(),
                    need_types: Arc::default(),
                    draft: None,
                    corrected: None,
                    same_as: None,
                    comments: BTreeMap::new(),
                    obstacles: Some(deciding::instrument::obstacles(reads, id).await?),
                    // What is put before a meeting again was before one that was cancelled.
                    presented_to: Some(MeetingStanding {
                        is_cancelled: matches!(taken, PresentationStep::Present),
                        ..meeting.clone()
                    }),
                    meeting: Some(meeting),
                    report_is_known: false,
                    today: TODAY,
                })
            },
            || command.clone(),
        );
        effect(decided.await)
    }
}
