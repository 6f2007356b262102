//! Histories played through the desk.

mod assisting;
mod consulting;
mod files;
mod meetings;
mod needs;
mod reporting;
mod whole;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use domain::classification::Classification;
use domain::collection::{self, Collection, Invitation, RevisionStanding};
use domain::delegation::{Command, Delegation, DelegationChange, DelegationKey};
use domain::instrument::{self, Instrument};
use domain::need_types::NeedTypes;
use domain::party::{self, Party};
use domain::questionnaire::SameAsSources;
use domain::reply::{self, Reply, ReplyCapacity};
use domain::{CollectionId, Ids, InstrumentId, PartyId, PersonId, ReplyId, classification_id};
use event_log::{Actor, CommandId, Log, NewContent};
use futures_util::future::join_all;
use rapporteur::deciding::instrument::obstacles;
use rapporteur::desk::{Decision, DecisionError, Desk, DeskError, Request};
use serde_json::json;
use uuid::Uuid;

use super::steps::{
    COLLECTIONS, GROUPS, INSTRUMENTS, MEETINGS, REPORTS, Step, answers_of, beginning, body_of,
    consent_of, stored,
};

/// A desk, and the ids of what a history is about.
pub struct History {
    desk: Desk,
    instruments: Vec<Uuid>,
    collections: Vec<Uuid>,
    meetings: Vec<Uuid>,
    reports: Vec<Uuid>,
}

impl History {
    pub fn new(log: Log) -> Self {
        let ids = |count| (0..count).map(|_| clock::new_id()).collect();
        Self {
            desk: Desk::new(log, Ids::new(&[7; 32], HashSet::new())),
            instruments: ids(INSTRUMENTS),
            collections: ids(COLLECTIONS),
            meetings: ids(MEETINGS),
            reports: ids(REPORTS),
        }
    }

    fn party(&self, number: usize) -> PartyId {
        PartyId::from_code(&code(number))
    }

    fn reply(&self, collection: usize, party: usize) -> ReplyId {
        self.desk.ids().reply(
            CollectionId(self.collections[collection]),
            self.party(party),
        )
    }

    /// Plays the history; answers how many commands had an effect.
    pub async fn play(&self, groups: &[Vec<Step>]) -> usize {
        let mut effects = 0;
        for group in beginning().iter().chain(groups) {
            let events = join_all(group.iter().map(|step| self.step(step))).await;
            effects += events.into_iter().filter(|events| *events > 0).count();
        }
        effects
    }

    /// How many events the step gave; none where a rule refuses it.
    async fn step(&self, step: &Step) -> usize {
        match step {
            Step::Register(party, group) => {
                let kind = if *group == 2 {
                    "observer_state"
                } else {
                    "member_state"
                };
                let data = json!({"code": code(*party), "kind": kind, "names": {"en": "A State"},
                                  "regional_group": GROUPS[*group % 3], "admitted": "1945-10-24"});
                let command = party::Command::Register(serde_json::from_value(data).unwrap());
                effect(
                    self.change::<Party>(self.party(*party).0, (), command)
                        .await,
                )
            }
            Step::Regroup(party, group) => {
                let data = json!({"regional_group": GROUPS[*group], "on": "2004-07-21", "reason": "A decision"});
                let command = party::Command::Regroup(serde_json::from_value(data).unwrap());
                effect(
                    self.change::<Party>(self.party(*party).0, (), command)
                        .await,
                )
            }
            Step::Draft(instrument) => {
                let data = json!({"title": {"en": "A", "fr": "B"}, "category": "I", "route": "intersessional", "languages": ["en"]});
                let command = instrument::Command::Draft(serde_json::from_value(data).unwrap());
                self.instrument(*instrument, &[], command).await
            }
            Step::SaveDraft(instrument, variant) => {
                let (content, draft) = stored("application/json", body_of(*variant));
                let command = instrument::Command::SaveDraft(instrument::InstrumentDraftSaved {
                    draft,
                    questions: 7,
                    translations: BTreeMap::new(),
                });
                self.instrument(*instrument, &[content], command).await
            }
            Step::Word(instrument) => {
                let (content, questionnaire) = stored("application/json", body_of(0));
                let (known, record) = stored("application/json", b"{}".to_vec());
                let translated = json!({"lang": "es", "record": record, "behind": 0,
                    "questionnaire": questionnaire, "translated": 0, "texts": 20});
                let translated = serde_json::from_value(translated).unwrap();
                let command = instrument::Command::Translate(translated);
                self.instrument(*instrument, &[content, known], command)
                    .await
            }
            Step::Revise(instrument) => {
                self.instrument(
                    *instrument,
                    &[],
                    instrument::Command::Revise {
                        takes_up: self.accepted(*instrument).await.into_keys().collect(),
                    },
                )
                .await
            }
            Step::CorrectRevision(instrument) => {
                let (content, reason) = whole::words();
                let command = instrument::Command::Correct { reason };
                self.instrument(*instrument, &[content], command).await
            }
            Step::Correct(collection, instrument, revision) => {
                self.correct(*collection, *instrument, *revision).await
            }
            Step::Approve(instrument, revision) => {
                let command = instrument::Command::Approve {
                    revision: *revision,
                    by: instrument::Approver::Named("A meeting".into()),
                    decision: "A decision".into(),
                    date: "2011-02-01".parse().unwrap(),
                };
                self.instrument(*instrument, &[], command).await
            }
            Step::Open(collection, instrument, revision, parties) => {
                self.open(*collection, *instrument, *revision, parties)
                    .await
            }
            Step::Invite(collection, parties) => {
                let parties = self.invitations(parties).await;
                self.collection(
                    *collection,
                    collection::Command::Invite {
                        parties,
                        letter: None,
                    },
                )
                .await
            }
            Step::Close(collection) => {
                self.collection(*collection, collection::Command::Close { reason: None })
                    .await
            }
            Step::Reopen(collection) => {
                let (content, reason) = whole::words();
                let command = collection::Command::Reopen { reason };
                self.collection_with(*collection, &[content], command).await
            }
            Step::Start(collection, party) => {
                let command = reply::Command::Start {
                    collection: CollectionId(self.collections[*collection]),
                    party: self.party(*party),
                };
                self.answer(*collection, *party, &[], command).await
            }
            Step::Save(collection, party, answers) => {
                let (answers, clear, contents) = answers_of(answers);
                self.answer(
                    *collection,
                    *party,
                    &contents,
                    reply::Command::Save {
                        answers: answers.into_iter().map(Into::into).collect(),
                        clear,
                    },
                )
                .await
            }
            Step::Submit(collection, party, consent) => {
                let publication = consent_of(*consent);
                let command = reply::Command::Submit {
                    publication: Some(publication),
                };
                self.answer(*collection, *party, &[], command).await
            }
            Step::DecidePublication(collection, party, consent) => {
                let publication = consent_of(*consent);
                let command = reply::Command::DecidePublication {
                    publication,
                    source: None,
                    now: clock::now(),
                };
                self.answer(*collection, *party, &[], command).await
            }
            Step::Release(collection) => {
                let position = self.desk.log().head().await.unwrap().position;
                let command = collection::Command::Release { position };
                self.collection(*collection, command).await
            }
            Step::Enter(collection, party) => self.enter(*collection, *party).await,
            Step::Live(collection, party, what) => self.live(*collection, *party, *what).await,
            Step::Extend(collection, party, years) => {
                self.extend(*collection, *party, *years).await
            }
            Step::Remind(collection, parties) => {
                let parties = parties.iter().map(|party| self.party(*party)).collect();
                self.collection(*collection, collection::Command::Remind { parties })
                    .await
            }
            Step::Meet(meeting, met) => self.meet(*meeting, met).await,
            Step::File(document, filed) => self.file(*document, *filed).await,
            Step::Classify(variant) => self.classify(*variant).await,
            Step::Report(report, reported) => self.report(*report, *reported).await,
            Step::Translate(collection, party, adds) => {
                self.translate(*collection, *party, *adds).await
            }
            Step::Consult(instrument, consult) => self.consult(*instrument, consult).await,
            Step::Say(instrument, party, saying) => self.say(*instrument, *party, saying).await,
            Step::Take(instrument, revision, taken) => {
                self.take(*instrument, *revision, *taken).await
            }
            Step::Need(whose, needed) => self.need(*whose, *needed).await,
            Step::Assist(assisted) => self.assist(*assisted).await,
            Step::NeedTypes(variant) => self.need_types(*variant).await,
            Step::Attach(collection, party) => self.attach(*collection, *party).await,
            Step::RemoveFile(collection, party) => self.remove_file(*collection, *party).await,
            Step::Redact(collection, party) => self.redact(*collection, *party).await,
            Step::Delegate(collection, party, change, person) => {
                self.delegate(*collection, *party, *change, *person).await
            }
        }
    }

    async fn delegate(
        &self,
        collection: usize,
        party: usize,
        change: usize,
        person: usize,
    ) -> usize {
        let of = DelegationKey {
            collection: CollectionId(self.collections[collection]),
            party: self.party(party),
        };
        let (person, by) = (PersonId(Uuid::from_u128(person as u128)), None);
        let sections = vec![["A", "D"][change % 2].to_owned()];
        let change = match change {
            0 => DelegationChange::Name(person),
            1 => DelegationChange::End,
            2 => DelegationChange::Admit {
                person,
                sections,
                reads: None,
                by,
            },
            3 => DelegationChange::Dismiss { person, by },
            _ => DelegationChange::Nominate(person),
        };
        let decided = self
            .desk
            .decide::<Delegation>(
                &request(),
                self.desk.ids().delegation(of.collection, of.party).0,
                &(),
                Command { of, change },
                &[],
            )
            .await;
        effect(decided)
    }

    async fn change<D>(&self, stream: Uuid, context: D::Context, command: D::Command) -> Decision<D>
    where
        D: domain::Decider<Context: Clone, Command: Clone>,
    {
        let context = async |_: &mut rapporteur::desk::Reads<'_>| Ok(context.clone());
        self.desk
            .decide_with::<D>(&request(), stream, &[], context, || command.clone())
            .await
    }

    async fn instrument(
        &self,
        number: usize,
        contents: &[NewContent],
        command: instrument::Command,
    ) -> usize {
        let id = InstrumentId(self.instruments[number]);
        let comments = self.accepted(number).await;
        let decided = self
            .desk
            .decide_with::<Instrument>(
                &request(),
                id.0,
                contents,
                async |reads| {
                    let classification = reads.state::<Classification>(classification_id()).await?;
                    let own = reads.own::<Instrument>(id.0).await?;
                    let draft = match own.as_ref().as_ref().and_then(|own| own.draft.as_ref()) {
                        Some(draft) => Some(reads.desk().questionnaire(draft).await?),
                        None => None,
                    };
                    let latest = own.as_ref().as_ref().and_then(|own| own.revisions.last());
                    let corrected = match latest {
                        Some(latest) => {
                            Some(reads.desk().questionnaire(&latest.questionnaire).await?)
                        }
                        None => None,
                    };
                    Ok(instrument::Context {
                        classification,
                        need_types: Arc::new(NeedTypes {
                            versions: vec![rapporteur::reference::need_types().unwrap()],
                        }),
                        draft,
                        corrected,
                        same_as: Some(SameAsSources {
                            own: id,
                            revisions: BTreeMap::new(),
                        }),
                        comments: comments.clone(),
                        obstacles: Some(obstacles(reads, id).await?),
                        meeting: None,
                        presented_to: None,
                        report_is_known: false,
                        today: consulting::TODAY,
                    })
                },
                || command.clone(),
            )
            .await;
        effect(decided)
    }

    async fn invitations(&self, parties: &[usize]) -> Vec<Invitation> {
        let mut invited = Vec::new();
        for number in parties {
            let party = self
                .desk
                .load::<Party>(self.party(*number).0, true)
                .await
                .unwrap();
            invited.extend(party.state.as_ref().as_ref().map(|state| Invitation {
                party: self.party(*number),
                kind: state.kind,
                regional_group: state.regional_group,
                region: state.region.clone(),
            }));
        }
        invited
    }

    async fn open(
        &self,
        number: usize,
        instrument: usize,
        revision: u32,
        parties: &[usize],
    ) -> usize {
        let instrument = self.instruments[instrument];
        let data = json!({"instrument": instrument, "revision": revision, "title": {"en": "A"}, "reference": "CU/2011/26",
                          "opened_on": "2011-03-08", "deadline": {"at": "2999-12-31T22:59:59Z", "time_zone": "Europe/Vienna"}});
        let opening: collection::CollectionOpened = serde_json::from_value(data).unwrap();
        let invited = self.invitations(parties).await;
        let decided = self
            .desk
            .decide_with::<Collection>(
                &request(),
                self.collections[number],
                &[],
                async |reads| {
                    let state = reads.state::<Instrument>(instrument).await?;
                    Ok(collection::Context {
                        approved_revision: RevisionStanding::from_instrument(&state, revision),
                        has_years: false,
                        correction: None,
                        counted: None,
                        reminded_lately: None,
                    })
                },
                || collection::Command::Open {
                    opening: opening.clone(),
                    invited: invited.clone(),
                },
            )
            .await;
        effect(decided)
    }

    async fn collection(&self, number: usize, command: collection::Command) -> usize {
        self.collection_with(number, &[], command).await
    }

    async fn collection_with(
        &self,
        number: usize,
        contents: &[NewContent],
        command: collection::Command,
    ) -> usize {
        let counted = collection::ReleaseCount {
            replied: 5,
            counted: 4,
            newly_counted: 3,
            consent_as_of: 1,
            is_unchanged: false,
        };
        let context = collection::Context {
            approved_revision: RevisionStanding::Unknown,
            has_years: false,
            correction: None,
            counted: Some(counted),
            reminded_lately: Some(BTreeSet::new()),
        };
        let stream = self.collections[number];
        let context = async |_: &mut rapporteur::desk::Reads<'_>| Ok(context.clone());
        let command = || command.clone();
        let decided = self
            .desk
            .decide_with::<Collection>(&request(), stream, contents, context, command)
            .await;
        effect(decided)
    }

    async fn answer(
        &self,
        collection: usize,
        party: usize,
        contents: &[NewContent],
        command: reply::Command,
    ) -> usize {
        let hand = ReplyCapacity::FocalPoint(PersonId(Uuid::nil()));
        self.by(hand, collection, party, contents, command).await
    }

    async fn by(
        &self,
        hand: ReplyCapacity,
        collection: usize,
        party: usize,
        contents: &[NewContent],
        command: reply::Command,
    ) -> usize {
        let id = self.reply(collection, party);
        let decided = self
            .desk
            .decide::<Reply>(&request(), id.0, &hand.into(), command, contents)
            .await;
        effect(decided)
    }
}

fn effect<D: domain::Decider>(decided: Decision<D>) -> usize {
    match decided {
        Ok(decided) => decided.events.len(),
        Err(DecisionError::Refused(_) | DecisionError::Desk(DeskError::NotFound(_))) => 0,
        Err(error) => panic!("no rule, and yet: {error}"),
    }
}

fn code(party: usize) -> String {
    format!("XX{}", char::from(b'A' + party as u8))
}

fn request() -> Request {
    Request {
        actor: Actor {
            principal: Uuid::nil(),
            role: "officer".to_owned(),
            party: None,
        },
        command: CommandId {
            id: clock::new_id(),
            request: None,
        },
        if_match: None,
    }
}
