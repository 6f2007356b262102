//! Contributions, projects, materials and requests.

use std::collections::BTreeSet;
use std::sync::Arc;

use domain::contribution::{self, Contribution, Pledge};
use domain::material::{self, Material, MaterialKind, Subject};
use domain::money::Currencies;
use domain::need;
use domain::party::PartyKind;
use domain::project::{self, NewPlan, Project, Step as ProjectStep};
use domain::questionnaire::TextAnswer;
use domain::request::{self, Request};
use domain::resources::ResourcesState;
use domain::{Decider, Lang, NeedId, RequestId, Texts};
use serde_json::json;
use uuid::Uuid;

use super::{History, effect, request as sent};
use crate::views::steps::{AssistanceStep, stored};

fn day(month: i8) -> jiff::civil::Date {
    jiff::civil::date(2005, month, 1)
}

fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 1, 2)
}

fn texts(text: &str) -> Texts {
    Texts::from([(Lang::En, text)])
}

const NEED: NeedId = NeedId(Uuid::from_u128(1));
const ASKED: RequestId = RequestId(Uuid::from_u128(2));

impl History {
    fn assisted_id(&self, what: &str, number: usize) -> Uuid {
        let name = format!("{}/{what}/{number}", self.collections[0]);
        Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes())
    }

    pub(super) async fn assist(&self, assisted: AssistanceStep) -> usize {
        match assisted {
            AssistanceStep::Contribution(number, what) => self.contribute(number, what).await,
            AssistanceStep::Project(number, what) => self.project(number, what).await,
            AssistanceStep::Material(number, what) => self.material(number, what).await,
            AssistanceStep::Request(number, what) => self.ask(number, what).await,
        }
    }

    /// Decides on a command that brings words.
    async fn with_words<D>(
        &self,
        stream: Uuid,
        context: D::Context,
        command: impl Fn(TextAnswer) -> D::Command,
    ) -> usize
    where
        D: Decider<Context: Clone>,
    {
        let (content, reference) = stored("text/plain; charset=utf-8", b"Words".to_vec());
        let said = TextAnswer {
            content: reference,
            lang: Lang::En,
            length: 5,
        };
        let context = async |_: &mut rapporteur::desk::Reads<'_>| Ok(context.clone());
        let request = sent();
        let contents = [content];
        let command = || command(said.clone());
        let decided = self
            .desk
            .decide_with::<D>(&request, stream, &contents, context, command);
        effect(decided.await)
    }

    async fn contribute(&self, number: usize, what: usize) -> usize {
        let currencies = Currencies([("EUR".to_owned(), 2)].into());
        let context = contribution::Context {
            giver: Some(PartyKind::MemberState),
            recipient: Some(true),
            currencies: currencies.into(),
        };
        let stream = self.assisted_id("contribution", number);
        let to_project = json!({"project": self.assisted_id("project", 0)});
        let (to, form) = match what {
            0 => (
                to_project,
                json!({"money": {"amount": "25000.5", "currency": "EUR"}}),
            ),
            _ => (
                json!({"office": true}),
                json!({"in_kind": {"purpose": "hosting"}}),
            ),
        };
        let pledge = Pledge {
            from: self.party(number),
            to: serde_json::from_value(to).unwrap(),
            what: serde_json::from_value(form).unwrap(),
            earmarked: None,
            on: day(1),
            today: today(),
        };
        let (on, today) = (day(2), today());
        let command = |reason: TextAnswer| match what {
            0 => contribution::Command::Pledge(pledge.clone()),
            1 => contribution::Command::Pledge(Pledge {
                earmarked: Some(reason),
                ..pledge.clone()
            }),
            2 => contribution::Command::Receive { on, today },
            4 => contribution::Command::Correct {
                pledge: pledge.clone(),
                reason,
            },
            _ => contribution::Command::Cancel { on, reason, today },
        };
        // What is stored must be named: a command without words brings none.
        if [0, 2].contains(&what) {
            let bare = command(nothing());
            return effect(self.change::<Contribution>(stream, context, bare).await);
        }
        self.with_words::<Contribution>(stream, context, command)
            .await
    }

    async fn project(&self, number: usize, what: usize) -> usize {
        let currencies = [("EUR".to_owned(), 2), ("JPY".to_owned(), 0)];
        let context = project::Context {
            parties: [(self.party(0), PartyKind::Igo)].into(),
            requests: [(ASKED, request::Status::Accepted)].into(),
            needs: [(NEED, need::Status::Confirmed)].into(),
            currencies: Arc::new(Currencies(currencies.into())),
            replies: BTreeSet::new(),
        };
        let bare = NewPlan {
            title: texts("A project"),
            requests: Vec::new(),
            needs: Vec::new(),
            replies: Vec::new(),
            budget: Vec::new(),
            post_conflict: false,
            partners: Vec::new(),
            starts_on: None,
            ends_on: None,
        };
        let budget =
            json!([{"amount": "1000.25", "currency": "EUR"}, {"amount": "5", "currency": "JPY"}]);
        let whole = NewPlan {
            title: texts("A whole project"),
            requests: vec![ASKED],
            needs: vec![NEED],
            budget: serde_json::from_value(budget).unwrap(),
            post_conflict: true,
            partners: vec![self.party(0)],
            starts_on: Some(day(1)),
            ends_on: Some(day(12)),
            ..bare.clone()
        };
        let plan = if what.is_multiple_of(2) { whole } else { bare };
        let today = today();
        let stream = self.assisted_id("project", number);
        let command = match what {
            0 | 1 => project::Command::Propose {
                plan,
                on: day(1),
                today,
            },
            2 | 3 => project::Command::Edit(plan),
            4..=6 => project::Command::Advance {
                to: [ProjectStep::Fund, ProjectStep::Begin, ProjectStep::Complete][what - 4],
                on: day(2),
                today,
            },
            7 => {
                let cancel = |reason| project::Command::Cancel {
                    on: day(2),
                    reason,
                    today,
                };
                return self.with_words::<Project>(stream, context, cancel).await;
            }
            state => project::Command::RecordResources {
                resources: project::ProjectResourcesRecorded {
                    resources: ResourcesState::ALL[state - 8],
                    on: day(1),
                },
                today,
            },
        };
        effect(self.change::<Project>(stream, context, command).await)
    }

    async fn material(&self, number: usize, what: usize) -> usize {
        let context = material::Context {
            needs: [(NEED, need::Status::Confirmed)].into(),
            classification: Arc::default(),
        };
        let subject = Subject {
            title: texts(["A manual", "A law"][what % 2]),
            needs: [vec![NEED], Vec::new()][what % 2].clone(),
            standards: Vec::new(),
        };
        let today = today();
        let command = match what {
            0 | 1 => material::Command::TakeUp {
                material: material::MaterialTakenUp {
                    kind: MaterialKind::ALL[what],
                    subject,
                    on: day(1),
                },
                today,
            },
            2 | 3 => material::Command::Edit(subject),
            4..=6 => material::Command::Advance {
                to: [
                    material::Status::Revised,
                    material::Status::Issued,
                    material::Status::UnderReview,
                ][what - 4],
                on: day(2),
                today,
            },
            state => material::Command::RecordResources {
                resources: material::MaterialResourcesRecorded {
                    resources: ResourcesState::ALL[state - 7],
                    on: day(1),
                },
                today,
            },
        };
        let stream = self.assisted_id("material", number);
        effect(self.change::<Material>(stream, context, command).await)
    }

    async fn ask(&self, number: usize, what: usize) -> usize {
        let party = self.party(number);
        let context = request::Context {
            party: Some(PartyKind::MemberState),
            is_replaced: Some(false),
            needs: [(NEED, (party, need::Status::Confirmed))].into(),
        };
        let stream = self.assisted_id("request", number);
        if what == 3 {
            let withdraw = request::Command::Withdraw;
            return effect(self.change::<Request>(stream, context, withdraw).await);
        }
        let command = |said: TextAnswer| match what {
            0 => request::Command::Make {
                request: request::RequestMade {
                    party,
                    needs: vec![NEED],
                    text: said,
                    on: day(1),
                    entered_on_behalf: None,
                },
                today: today(),
            },
            1 => request::Command::Accept { reason: said },
            _ => request::Command::Decline { reason: said },
        };
        self.with_words::<Request>(stream, context, command).await
    }
}

/// Words where a command takes none.
fn nothing() -> TextAnswer {
    let (_, reference) = stored("text/plain; charset=utf-8", b"Words".to_vec());
    TextAnswer {
        content: reference,
        lang: Lang::En,
        length: 5,
    }
}
