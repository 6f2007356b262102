//! Meetings, documents and versions of the classification.

use domain::classification::{self, Classification};
use domain::document::{self, Document, DocumentRelation, Target};
use domain::meeting::{self, Capacity, Meeting, MeetingKind, ResourcesState};
use domain::questionnaire::TextAnswer;
use domain::{DocumentId, Lang, MeetingId, Texts, classification_id};
use event_log::NewContent;
use rapporteur::reference;
use serde_json::json;

use super::{History, effect, request};
use crate::views::steps::{DocumentStep, MeetingStep, stored};

impl History {
    pub(super) async fn meet(&self, number: usize, met: &MeetingStep) -> usize {
        let mut contents = Vec::new();
        let command = self.command(met, &mut contents);
        let commission = reference::commission().unwrap();
        let (request, stream) = (request(), self.meetings[number]);
        let decided =
            self.desk
                .decide::<Meeting>(&request, stream, &commission, command, &contents);
        effect(decided.await)
    }

    fn command(&self, met: &MeetingStep, contents: &mut Vec<NewContent>) -> meeting::Command {
        let day = |month: i8, day| jiff::civil::date(2004, month, day);
        match met {
            MeetingStep::Convene(kind) => {
                let convened = json!({"kind": MeetingKind::ALL[*kind], "title": {"en": "A meeting"}, "session": 13,
                    "starts_on": "2004-03-15", "ends_on": "2004-03-17", "mandate": 3});
                meeting::Command::Convene(serde_json::from_value(convened).unwrap())
            }
            MeetingStep::Seats(seats) => meeting::Command::AllocateSeats { seats: *seats },
            MeetingStep::Participants(list) => {
                let list = list.iter().map(|(party, capacity)| meeting::Delegation {
                    party: self.party(*party),
                    capacity: Capacity::ALL[*capacity],
                    persons: 2,
                });
                meeting::Command::RecordParticipants(list.collect())
            }
            MeetingStep::Reschedule(month) => meeting::Command::Reschedule {
                starts_on: day(*month, 1),
                ends_on: day(*month, 3),
                place: None,
            },
            MeetingStep::Hold(month) => meeting::Command::Hold {
                starts_on: day(*month, 2),
                ends_on: day(*month, 4),
                today: jiff::civil::date(2026, 1, 2),
            },
            MeetingStep::Cancel => meeting::Command::Cancel {
                reason: words(contents),
            },
            MeetingStep::Item(number) => {
                let item = json!({"number": number.to_string(), "title": {"en": "An item"}});
                meeting::Command::RecordAgendaItem(serde_json::from_value(item).unwrap())
            }
            MeetingStep::Outcome(variant) => meeting::Command::RecordOutcome {
                revisions: Vec::new(),
                decision: Some("A decision".to_owned()),
                summary: (*variant == 0).then(|| words(contents)),
            },
            MeetingStep::Resources(state) => {
                let resources =
                    json!({"resources": ResourcesState::ALL[*state], "on": "2004-01-05"});
                meeting::Command::RecordResources {
                    resources: serde_json::from_value(resources).unwrap(),
                    today: jiff::civil::date(2026, 1, 2),
                }
            }
        }
    }

    pub(super) async fn file(&self, number: usize, filed: DocumentStep) -> usize {
        let symbol = format!("E/CN.15/2004/{number}");
        let particulars = |title: &str| document::Particulars {
            title: Texts::from([(Lang::En, title)]),
            date: jiff::civil::date(2004, 4, 5),
            kind: None,
            url: None,
        };
        let relations = [
            DocumentRelation::ReportOf,
            DocumentRelation::BeforeTheMeeting,
            DocumentRelation::About,
        ];
        let to = |meeting: usize| Target::Meeting(MeetingId(self.meetings[meeting]));
        let command = match filed {
            DocumentStep::Record => document::Command::Record(document::DocumentRecorded {
                symbol: symbol.clone(),
                particulars: particulars("A document"),
            }),
            DocumentStep::Amend(variant) => {
                document::Command::Amend(particulars(["A", "B", "C"][variant]))
            }
            DocumentStep::Link(meeting, how) => document::Command::Link {
                to: to(meeting),
                how: relations[how],
            },
            DocumentStep::Unlink(meeting, how) => document::Command::Unlink {
                to: to(meeting),
                how: relations[how],
            },
        };
        let context = document::Context { target: Some(true) };
        let stream = DocumentId::from_symbol(&symbol).0;
        effect(self.change::<Document>(stream, context, command).await)
    }

    /// A version that adds a category and a standard, renames the category, moves the standard to and fro, or gives another
    /// category up.
    pub(super) async fn classify(&self, variant: usize) -> usize {
        let title = || Texts::from([(Lang::En, "A title")]);
        let category = |code: &str| json!({"code": code, "title": {"en": "A category"}});
        let mut version = classification::NewVersion {
            title: title(),
            on: jiff::civil::date(2006, 7, 1),
            today: jiff::civil::date(2026, 1, 2),
            categories: Vec::new(),
            standards: Vec::new(),
            renamed: Vec::new(),
            regrouped: Vec::new(),
            retired: Vec::new(),
        };
        match variant {
            0 => {
                let standard = json!({"code": "rules", "category": "XA", "title": {"en": "Rules"}, "adopted_by": "GA 1/1",
                    "years": [1990], "confidence": "cited"});
                let categories = ["XA", "XB"].map(category);
                version.categories = serde_json::from_value(json!(categories)).unwrap();
                version.standards = serde_json::from_value(json!([standard])).unwrap();
            }
            1 => version.renamed = vec![("XB".to_owned(), title())],
            2 => version.regrouped = vec![("rules".to_owned(), "XB".to_owned())],
            _ => version.retired = vec!["XA".to_owned()],
        }
        let command = classification::Command::Publish(version);
        let stream = classification_id();
        effect(self.change::<Classification>(stream, (), command).await)
    }
}

fn words(contents: &mut Vec<NewContent>) -> TextAnswer {
    let (content, reference) = stored("text/plain", b"Words.".to_vec());
    contents.push(content);
    TextAnswer {
        content: reference,
        lang: Lang::En,
        length: 6,
    }
}
