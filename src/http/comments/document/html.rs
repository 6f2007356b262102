//! The document as a page that stands by itself. Whatever people typed is text in it, never markup.

use askama::Template;
use serde_json::Value;

use super::{CommentGroup, CommentsDocument, DocumentedConsultation, said};
use crate::http::comments::CommentView;
use domain::Lang;
use texts::passage::Passage;

#[derive(Template)]
#[template(path = "comments_document.html")]
struct DocumentTemplate<'a> {
    t: &'a DocumentTexts<'a>,
    title: Passage,
    consultations: Vec<ToldConsultation>,
}

/// A consultation in the document.
struct ToldConsultation {
    head: String,
    published: String,
    asked: Vec<String>,
    groups: Vec<ToldGroup>,
}

/// Comments on the same.
struct ToldGroup {
    head: Vec<Passage>,
    comments: Vec<ToldComment>,
}

/// A comment, and what became of it.
struct ToldComment {
    party: String,
    kind: String,
    comment: Vec<Said>,
    proposed: Vec<Said>,
    notes: Vec<String>,
    /// How it was disposed of, and why; none where it was not.
    disposition: Option<(String, Vec<Said>)>,
    taken_up: Option<String>,
}

/// Words in one language, or that they are redacted.
struct Said {
    /// Who translated them, where they are a translation.
    by: Option<String>,
    words: Result<Passage, String>,
}

/// The page.
///
/// # Errors
/// It cannot be written.
pub(super) fn page(document: &CommentsDocument, languages: &[Lang]) -> askama::Result<String> {
    let words = DocumentTexts {
        languages,
        lang: texts::language(languages),
    };
    let consultations = document.consultations.iter();
    let template = DocumentTemplate {
        title: words.passage(&document.title, document.lang),
        consultations: consultations.map(|part| words.consultation(part)).collect(),
        t: &words,
    };
    template.render()
}

/// Our own words, in the reader's language.
struct DocumentTexts<'a> {
    languages: &'a [Lang],
    /// That language.
    lang: Lang,
}

impl DocumentTexts<'_> {
    fn passage(&self, text: &str, lang: Option<Lang>) -> Passage {
        Passage::new(text, lang.unwrap_or(self.lang), self.lang)
    }

    fn say(&self, key: &str) -> String {
        self.told(key, &[])
    }

    fn told(&self, key: &str, args: &[(&str, &str)]) -> String {
        texts::text(&format!("comments_document.{key}"), self.languages, args)
    }

    fn term(&self, code: &str) -> String {
        texts::text::<&str>(&format!("term.{code}"), self.languages, &[])
    }

    fn consultation(&self, part: &DocumentedConsultation) -> ToldConsultation {
        let (round, revision) = (part.round.to_string(), part.revision.to_string());
        let head = [
            ("round", round.as_str()),
            ("revision", &revision),
            ("reference", &part.reference),
            ("opened_on", &part.opened_on),
        ];
        let asked = part.asked.iter();
        ToldConsultation {
            head: self.told("consultation", &head),
            published: match &part.published_on {
                Some(on) => self.told("published", &[("on", on)]),
                None => self.say("unpublished"),
            },
            asked: asked
                .map(|kind| said::answered(kind, self.languages))
                .collect(),
            groups: part.groups.iter().map(|group| self.group(group)).collect(),
        }
    }

    fn group(&self, group: &CommentGroup) -> ToldGroup {
        let text = self.passage(group.text.as_deref().unwrap_or_default(), group.lang);
        let about = |key: &str, code: &str, name| {
            let key = format!("comments_document.{key}");
            let said = texts::texts(&key).and_then(|texts| texts.pick(self.languages));
            let args = [("code", Passage::plain(code)), (name, text.clone())];
            Passage::filled(said.map_or("", |(_, said)| said), &args)
        };
        let comments = group.comments.iter();
        ToldGroup {
            head: match (&group.on["section"], &group.on["question"]) {
                (Value::String(code), _) => about("section", code, "title"),
                (_, Value::String(code)) => about("question", code, "text"),
                _ => vec![Passage::plain(self.say("instrument"))],
            },
            comments: comments.map(|comment| self.comment(comment)).collect(),
        }
    }

    fn comment(&self, comment: &CommentView) -> ToldComment {
        let entered = comment.entered_on_behalf.as_ref().map(|entered| {
            let received_on = entered.received_on.to_string();
            let args = [
                ("source", entered.source.as_str()),
                ("received_on", &received_on),
            ];
            self.told("entered", &args)
        });
        let late = comment.late.then(|| self.say("late"));
        let disposed = comment.disposition.as_ref();
        let taken_up = comment.taken_up_in.map(|revision| {
            let revision = revision.to_string();
            self.told("taken_up", &[("revision", &revision)])
        });
        let kind = format!("kind.{}", comment.party.kind);
        ToldComment {
            party: comment.party.name.clone(),
            kind: texts::text::<&str>(&kind, self.languages, &[]),
            comment: self.words(&comment.comment),
            proposed: comment
                .wording
                .as_ref()
                .map_or_else(Vec::new, |wording| self.words(wording)),
            notes: entered.into_iter().chain(late).collect(),
            disposition: disposed.map(|disposed| {
                let term = self.term(&disposed.disposition.to_string());
                (term, self.words(&disposed.reason))
            }),
            taken_up,
        }
    }

    /// Words of a party or an officer, in their own language and direction; then each translation, marked with who made it.
    fn words(&self, said: &Value) -> Vec<Said> {
        let translations = said::translations(said, self.languages).into_iter();
        let translations = translations.map(|translation| Said {
            by: Some(said::translated(translation, self.languages)),
            words: self.one(translation),
        });
        let original = Said {
            by: None,
            words: self.one(said),
        };
        std::iter::once(original).chain(translations).collect()
    }

    fn one(&self, said: &Value) -> Result<Passage, String> {
        let Some(text) = said["text"].as_str() else {
            let reason = self.term(said["reason"].as_str().unwrap_or_default());
            return Err(self.told("redacted", &[("reason", &reason)]));
        };
        let lang = said["lang"].as_str().and_then(|lang| lang.parse().ok());
        Ok(self.passage(text, lang))
    }
}
