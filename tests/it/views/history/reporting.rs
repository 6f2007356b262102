//! The report, and translations.

use std::collections::BTreeSet;

use domain::meeting::MeetingKind;
use domain::questionnaire::AnswerValue;
use domain::report::{
    Command, Context, Heading, NarrativeDrafted, Particulars, PublicationGrounds, Purpose, Report,
    ReportCompiled, Sitting,
};
use domain::translation::{self, TextTranslated, Translations, Translator};
use domain::{CollectionId, Lang, MeetingId, Texts};
use event_log::NewContent;
use uuid::Uuid;

use super::{History, effect, request};
use crate::views::steps::{ReportStep, stored};

impl History {
    pub(super) async fn report(&self, report: usize, reported: ReportStep) -> usize {
        let id = self.reports[report];
        let collection = CollectionId(self.collections[0]);
        let mut contents = Vec::new();
        let mut content = |media_type: &'static str, words: &str| {
            let (new, reference) = stored(media_type, words.as_bytes().to_vec());
            contents.push(new);
            reference
        };
        let held = self.desk.load::<Report>(id, true).await.unwrap();
        let made_of = held
            .state
            .as_ref()
            .as_ref()
            .map_or(0, |report| report.changes);
        let particulars = |session| Particulars {
            title: Texts::from([(Lang::En, "A report")]),
            purpose: Purpose::Findings,
            session,
            collections: vec![collection],
            instruments: Vec::new(),
        };
        let command = match reported {
            ReportStep::Begin => Command::Begin(particulars(15)),
            ReportStep::Revise(later) => Command::Revise(particulars(15 + later)),
            ReportStep::Abandon => Command::Abandon,
            ReportStep::Compile(back) => Command::Compile(ReportCompiled {
                position: 50 - back,
                compilation: content("application/json", "{}"),
            }),
            ReportStep::Draft(heading) => Command::Draft(NarrativeDrafted {
                heading: Heading::ALL[heading],
                lang: Lang::En,
                text: content("text/plain; charset=utf-8", "Words."),
                rests_on: Vec::new(),
            }),
            ReportStep::Drop(heading) => Command::Drop {
                heading: Heading::ALL[heading],
                lang: Lang::En,
            },
            ReportStep::Publish => Command::Publish {
                meeting: MeetingId(self.meetings[0]),
                document: None,
                on: jiff::civil::date(2006, 4, 24),
                today: jiff::civil::date(2006, 4, 24),
                body: content("application/json", "{}"),
                made_of,
            },
        };
        let context = Context {
            collections: [collection].into(),
            instruments: BTreeSet::new(),
            answers: BTreeSet::new(),
            grounds: Some(PublicationGrounds {
                meeting: Some(Sitting {
                    kind: MeetingKind::CommissionSession,
                    session: Some(15),
                    is_cancelled: false,
                }),
                is_document_recorded: false,
                unreleased: Vec::new(),
                has_moved: false,
            }),
        };
        self.with_contents::<Report>(id, &contents, context, command)
            .await
    }

    /// Translates the words of a reply's answer, or withdraws what was translated.
    pub(super) async fn translate(&self, collection: usize, party: usize, adds: bool) -> usize {
        let held = self.held(collection, party).await;
        let answers = held.iter().flat_map(|reply| reply.answers.values());
        let mut words = answers.filter_map(|value| match value {
            AnswerValue::Text(text) => Some(text.content.content),
            _ => None,
        });
        let Some(content) = words.next() else {
            return 0;
        };
        let (new, text) = stored("text/plain; charset=utf-8", b"Des mots.".to_vec());
        let command = match adds {
            true => translation::Command::Translate(TextTranslated {
                content,
                lang: Lang::Fr,
                text,
                by: Translator::Secretariat,
            }),
            false => translation::Command::Withdraw {
                content,
                lang: Lang::Fr,
            },
        };
        let stream = self.desk.ids().translations(content).0;
        let context = translation::Context::Words;
        self.with_contents::<Translations>(stream, &[new], context, command)
            .await
    }

    async fn with_contents<D>(
        &self,
        stream: Uuid,
        contents: &[NewContent],
        context: D::Context,
        command: D::Command,
    ) -> usize
    where
        D: domain::Decider<Context: Clone, Command: Clone>,
    {
        let context = async |_: &mut rapporteur::desk::Reads<'_>| Ok(context.clone());
        let request = request();
        let decided = self
            .desk
            .decide_with::<D>(&request, stream, contents, context, || command.clone());
        effect(decided.await)
    }
}
