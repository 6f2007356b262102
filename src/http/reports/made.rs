//! What a report says when it is published, made of its compilation, its narratives, what is released and what States
//! consent to.

use crate::deciding::report::{BodySources, CitedReply};
use crate::desk::{AskedAt, DeskError};
use crate::http::handling::caller::Caller;
use crate::http::handling::stored_words::{StoredWords, redacted};
use crate::http::problem::Problem;
use crate::http::reports::drafts::bytes;
use crate::http::services::Services;
use crate::reading::releases;
use crate::report::{Body, Compilation, Compiler, Link, Narrative};
use domain::party::Party;
use domain::questionnaire::AnswerValue;
use domain::reply::Reply;
use domain::report::{AnswerLink, NarrativeDrafted, Report};
use event_log::ReadError;

/// A body, and what it was made of.
#[derive(Default)]
pub(in crate::http) struct BodyDraft {
    pub body: Body,
    pub sources: BodySources,
}

impl BodyDraft {
    pub async fn load(services: &Services, report: &Report) -> Result<Self, Problem> {
        let mut made = Self::default();
        let compilation = match &report.compiled {
            Some(compiled) => {
                let stored = bytes(services, &compiled.compilation).await?;
                serde_json::from_slice(&stored).map_err(|_| Problem::new("internal"))?
            }
            // A draft may have none yet; the core refuses to publish it.
            None => Compilation::default(),
        };
        let position = compilation.position;
        let mut figures = Vec::new();
        for compiled in compilation.collections {
            let id = compiled.collection;
            let compiler = Compiler {
                desk: &services.desk,
                position,
            };
            let releases = releases::list(services.log().pool(), id.0).await;
            let releases = releases.map_err(ReadError::from)?;
            // The newest that was recorded by the position: that is always the same one, and its figures never change.
            match releases.find(None, Some(position)) {
                Some(released) => figures.push(compiler.collection(id, Some(released)).await?),
                None => made.sources.unreleased.push(id),
            }
        }
        let mut narratives = Vec::new();
        for narrative in report.told() {
            narratives.push(made.narrative(services, narrative).await?);
        }
        made.body = Body {
            title: report.particulars.title.clone(),
            purpose: report.particulars.purpose,
            session: report.particulars.session,
            position,
            time: compilation.time,
            languages: report.languages(),
            narratives,
            collections: figures,
            instruments: compilation.instruments,
        };
        Ok(made)
    }

    /// A narrative as it is published: links only to what may be published now.
    async fn narrative(
        &mut self,
        services: &Services,
        narrative: &NarrativeDrafted,
    ) -> Result<Narrative, Problem> {
        let mut rests_on = Vec::new();
        let mut restricted = 0;
        for link in &narrative.rests_on {
            match self.link(services, link).await? {
                Some(link) => rests_on.push(link),
                None => restricted += 1,
            }
        }
        Ok(Narrative {
            heading: narrative.heading,
            lang: narrative.lang,
            words: narrative.text.clone(),
            rests_on,
            restricted,
        })
    }

    /// What is told of an answer, where it is submitted and its State consents.
    async fn link(
        &mut self,
        services: &Services,
        link: &AnswerLink,
    ) -> Result<Option<Link>, DeskError> {
        let desk = &services.desk;
        let is_known = self.sources.cited.contains_key(&link.reply);
        let loaded = desk.load::<Reply>(link.reply.0, !is_known).await?;
        let Some(reply) = loaded.state.as_ref() else {
            return Ok(None);
        };
        let cited = self.sources.cited.entry(link.reply);
        let cited = cited.or_insert_with(|| CitedReply::from_reply(Some(reply)));
        let (Some(consent), Some(answer)) = (&cited.consent, cited.answers.get(&link.question))
        else {
            return Ok(None);
        };
        // What is cited was submitted.
        let submitted = reply.as_submitted();
        let asked = desk.form_of_reply(&submitted, AskedAt::Known).await?;
        let section = asked.section_of(&link.question);
        if !section.is_some_and(|section| consent.covers(&section.code)) {
            return Ok(None);
        }
        let words = match answer {
            AnswerValue::Text(words) => Some(words.clone()),
            _ => None,
        };
        let party = desk.load::<Party>(reply.party.0, false).await?;
        Ok(party.state.as_ref().as_ref().map(|party| Link {
            party: party.code.clone(),
            name: party.names.clone(),
            reply: link.reply,
            question: link.question.clone(),
            words,
        }))
    }

    /// Refuses to publish a narrative whose words are redacted: it is drafted anew, or taken out.
    ///
    /// # Errors
    /// `redacted`.
    pub async fn has_its_words(&self, services: &Services, caller: &Caller) -> Result<(), Problem> {
        let narratives = || self.body.narratives.iter();
        let words = narratives().map(|narrative| &narrative.words);
        let words = StoredWords::read(services, caller, words).await?;
        let gone = narratives().find_map(|narrative| {
            let reason = words.reason(&narrative.words)?;
            Some((narrative, reason))
        });
        match gone {
            Some((narrative, reason)) => {
                let at = format!("/narratives/{}/{}", narrative.heading, narrative.lang);
                Err(redacted(reason).at(at))
            }
            None => Ok(()),
        }
    }
}
