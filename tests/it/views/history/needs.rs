//! Needs for assistance, beside replies and outside of any, and the list of their types.

use domain::need::{Command, Context, Need, NeedLapsed, NeedMet, Sharing};
use domain::need_types::{self, NeedTypes};
use domain::questionnaire::TextAnswer;
use domain::reply::ReplyCapacity;
use domain::{Lang, NeedId, PersonId, need_types_id};
use event_log::NewContent;
use jiff::civil::{Date, date};
use rapporteur::desk::ContextSource;
use serde_json::json;
use uuid::Uuid;

use super::{History, effect, request};
use crate::views::steps::{NeedOrigin, NeedStep, stored};

const DAY: Date = date(2006, 5, 1);

impl History {
    fn need_id(&self, whose: NeedOrigin) -> NeedId {
        match whose {
            NeedOrigin::Beside(collection, party, number) => {
                self.desk.ids().need(self.reply(collection, party), number)
            }
            NeedOrigin::Stated(collection, party) => {
                let reply = self.reply(collection, party);
                self.desk.ids().stated_need(reply, "G1")
            }
            NeedOrigin::Alone(party) => {
                let name = format!("{}/{party}", self.collections[0]);
                NeedId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()))
            }
        }
    }

    pub(super) async fn need(&self, whose: NeedOrigin, needed: NeedStep) -> usize {
        let (reply, number) = match whose {
            NeedOrigin::Beside(collection, party, number) => (Some((collection, party)), number),
            NeedOrigin::Stated(..) | NeedOrigin::Alone(_) => (None, 0),
        };
        let (NeedOrigin::Beside(_, party, _)
        | NeedOrigin::Stated(_, party)
        | NeedOrigin::Alone(party)) = whose;
        let reply = reply.map(|(collection, party)| self.reply(collection, party));
        let into = self.need_id(NeedOrigin::Alone(party));
        let party = self.party(party);
        let (id, hand) = (
            self.need_id(whose),
            ReplyCapacity::FocalPoint(PersonId(Uuid::nil())),
        );
        let (contents, said) = said();
        let command = match needed {
            // Its reply begins and edits it.
            NeedStep::Begin(variant) | NeedStep::Edit(variant)
                if matches!(whose, NeedOrigin::Stated(..)) =>
            {
                Command::Share {
                    with: Sharing::ALL[variant],
                }
            }
            NeedStep::Begin(variant) => {
                let about = about(variant, &said);
                match reply {
                    Some(reply) => Command::Draft {
                        party,
                        reply,
                        number,
                        about,
                    },
                    None => Command::Indicate { party, about },
                }
            }
            NeedStep::Edit(variant) => {
                let about = about(variant, &said);
                Command::Edit(domain::need::NeedChanges {
                    kind: Some(about.kind),
                    urgency: Some(about.urgency),
                    description: about.description,
                    ..Default::default()
                })
            }
            NeedStep::Drop => Command::Drop,
            NeedStep::Confirm => Command::Confirm,
            NeedStep::Merge => Command::Merge { into },
            NeedStep::Decline => Command::Decline { reason: said },
            NeedStep::Meet => Command::Meet {
                met: NeedMet {
                    on: DAY,
                    project: None,
                    note: None,
                },
                today: DAY,
            },
            NeedStep::Lapse => Command::Lapse {
                lapsed: NeedLapsed {
                    on: DAY,
                    reason: Some(said),
                },
                today: DAY,
            },
            NeedStep::Share(variant) => Command::Share {
                with: Sharing::ALL[variant],
            },
        };
        let request = request();
        let decided = self.desk.decide_with::<Need>(
            &request,
            id.0,
            &contents,
            async |reads| {
                let state = reads.own::<Need>(id.0).await?;
                let context = Need::context(reads, &state, &command, &hand).await?;
                Ok(Context {
                    is_matched: Some(matches!(needed, NeedStep::Meet)),
                    ..context
                })
            },
            || command.clone(),
        );
        effect(decided.await)
    }

    pub(super) async fn need_types(&self, variant: usize) -> usize {
        let mut types = rapporteur::reference::need_types().unwrap();
        types.rotate_left(variant);
        let command = need_types::Command::Revise { types };
        effect(self.change::<NeedTypes>(need_types_id(), (), command).await)
    }
}

fn said() -> (Vec<NewContent>, TextAnswer) {
    let (content, reference) = stored("text/plain; charset=utf-8", b"Words".to_vec());
    let said = TextAnswer {
        content: reference,
        lang: Lang::En,
        length: 5,
    };
    (vec![content], said)
}

fn about(variant: usize, said: &TextAnswer) -> domain::need::NeedParticulars {
    let (kind, urgency) = [
        ("legislation", "low"),
        ("policy", "high"),
        ("other", "medium"),
    ][variant];
    let about = json!({"category": "I", "type": kind, "types_version": 0, "urgency": urgency, "description": said});
    serde_json::from_value(about).unwrap()
}
