//! The document as a page that stands by itself. Whatever people typed is text in it, never markup.

use serde_json::Value;

use super::{CommentGroup, CommentsDocument, DocumentedConsultation, said};
use crate::http::comments::CommentView;
use domain::Lang;
use texts::html::Html;

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#222}\
    h1,h2,h3{line-height:1.25}article{border-left:3px solid #999;padding-left:1rem;margin:1rem 0}\
    blockquote{margin:.5rem 0;white-space:pre-wrap}dt{font-weight:bold}dd{margin:0 0 .5rem;white-space:pre-wrap}\
    .note{color:#555}";

/// The page.
pub(super) fn page(document: &CommentsDocument, languages: &[Lang]) -> String {
    let words = DocumentTexts {
        languages,
        lang: texts::language(languages),
    };
    let title_in = document.lang.map_or("", Lang::as_str);
    let consultations = document.consultations.iter();
    let page = Html::from_template(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}: {kind}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n<h1{title_in}>{title}</h1>\n<p>{kind}</p>\n{body}</body>\n</html>\n",
        &[
            ("lang", Html::text(words.lang.as_str())),
            ("dir", Html::text(words.lang.dir())),
            ("title_in", words.attributes(title_in)),
            ("title", Html::text(&document.title)),
            ("kind", words.say("title", &[])),
            ("style", Html::ours(STYLE)),
            (
                "body",
                Html::all(consultations.map(|part| words.consultation(part))),
            ),
        ],
    );
    page.as_ref().to_owned()
}

/// Our own words, in the reader's language.
struct DocumentTexts<'a> {
    languages: &'a [Lang],
    /// That language.
    lang: Lang,
}

impl DocumentTexts<'_> {
    /// The attributes of an element in the language of a tag.
    fn attributes(&self, tag: &str) -> Html {
        let lang = tag.parse().unwrap_or(self.lang);
        Html::in_language(lang, self.lang)
    }

    fn say(&self, key: &str, args: &[(&str, &str)]) -> Html {
        let key = format!("comments_document.{key}");
        Html::text(&texts::text(&key, self.languages, args))
    }

    fn consultation(&self, part: &DocumentedConsultation) -> Html {
        let (round, revision) = (part.round.to_string(), part.revision.to_string());
        let head = [
            ("round", round.as_str()),
            ("revision", &revision),
            ("reference", &part.reference),
            ("opened_on", &part.opened_on),
        ];
        let published = match &part.published_on {
            Some(on) => self.say("published", &[("on", on)]),
            None => self.say("unpublished", &[]),
        };
        let asked = part.asked.iter().map(|kind| {
            let text = Html::text(&said::answered(kind, self.languages));
            Html::from_template("<li>{text}</li>\n", &[("text", text)])
        });
        let groups = if part.groups.is_empty() {
            Html::from_template("<p>{none}</p>\n", &[("none", self.say("none", &[]))])
        } else {
            Html::all(part.groups.iter().map(|group| self.group(group)))
        };
        Html::from_template(
            "<section>\n<h2>{head}</h2>\n<p class=\"note\">{published}</p>\n<ul class=\"note\">\n{asked}</ul>\n{groups}\
             </section>\n",
            &[
                ("head", self.say("consultation", &head)),
                ("published", published),
                ("asked", Html::all(asked)),
                ("groups", groups),
            ],
        )
    }

    fn group(&self, group: &CommentGroup) -> Html {
        let text = group.text.as_deref().unwrap_or_default();
        let text = Html::passage(group.lang.unwrap_or(self.lang), self.lang, text);
        let about = |key: &str, code: &str, name| {
            let key = format!("comments_document.{key}");
            let said = texts::texts(&key).and_then(|texts| texts.pick(self.languages));
            let args = [("code", Html::text(code)), (name, text.clone())];
            Html::from_text(said.map_or("", |(_, said)| said), &args)
        };
        let head = match (&group.on["section"], &group.on["question"]) {
            (Value::String(code), _) => about("section", code, "title"),
            (_, Value::String(code)) => about("question", code, "text"),
            _ => self.say("instrument", &[]),
        };
        let comments = group.comments.iter();
        Html::from_template(
            "<h3>{head}</h3>\n{comments}",
            &[
                ("head", head),
                (
                    "comments",
                    Html::all(comments.map(|comment| self.comment(comment))),
                ),
            ],
        )
    }

    fn comment(&self, comment: &CommentView) -> Html {
        let mut parts = vec![self.words("blockquote", &comment.comment)];
        if let Some(wording) = &comment.wording {
            parts.push(self.told("proposed", self.words("blockquote", wording)));
        }
        if let Some(entered) = &comment.entered_on_behalf {
            let received_on = entered.received_on.to_string();
            let args = [
                ("source", entered.source.as_str()),
                ("received_on", &received_on),
            ];
            let args = [("text", self.say("entered", &args))];
            parts.push(Html::from_template("<p class=\"note\">{text}</p>\n", &args));
        }
        if comment.late {
            let args = [("text", self.say("late", &[]))];
            parts.push(Html::from_template("<p class=\"note\">{text}</p>\n", &args));
        }
        match &comment.disposition {
            None => parts.push(self.told("disposition", self.say("undisposed", &[]))),
            Some(disposed) => {
                let key = format!("term.{}", disposed.disposition);
                let term = texts::text::<&str>(&key, self.languages, &[]);
                let term = Html::from_template("<p>{term}</p>\n", &[("term", Html::text(&term))]);
                let reason = self.words("blockquote", &disposed.reason);
                parts.push(self.told("disposition", Html::all([term, reason])));
            }
        }
        if let Some(revision) = comment.taken_up_in {
            let revision = revision.to_string();
            let args = [("text", self.say("taken_up", &[("revision", &revision)]))];
            parts.push(Html::from_template("<p>{text}</p>\n", &args));
        }
        let kind =
            texts::text::<&str>(&format!("kind.{}", comment.party.kind), self.languages, &[]);
        Html::from_template(
            "<article>\n<h4><bdi>{party}</bdi> ({kind})</h4>\n{parts}</article>\n",
            &[
                ("party", Html::text(&comment.party.name)),
                ("kind", Html::text(&kind)),
                ("parts", Html::all(parts)),
            ],
        )
    }

    fn told(&self, key: &str, what: Html) -> Html {
        Html::from_template(
            "<dl><dt>{name}</dt><dd>{what}</dd></dl>\n",
            &[("name", self.say(key, &[])), ("what", what)],
        )
    }

    /// Words of a party or an officer, in their own language and direction; then each translation, marked with who made it.
    fn words(&self, element: &'static str, said: &Value) -> Html {
        let translations = said::translations(said, self.languages).into_iter();
        let translations = translations.map(|translation| {
            let by = Html::text(&said::translated(translation, self.languages));
            let note = Html::from_template("<p class=\"note\">{by}</p>\n", &[("by", by)]);
            Html::all([note, self.one(element, translation)])
        });
        Html::all(std::iter::once(self.one(element, said)).chain(translations))
    }

    /// Words in one language; or that they are redacted.
    fn one(&self, element: &'static str, said: &Value) -> Html {
        let Some(text) = said["text"].as_str() else {
            let reason = said["reason"].as_str().unwrap_or_default();
            let reason = texts::text::<&str>(&format!("term.{reason}"), self.languages, &[]);
            let args = [("text", self.say("redacted", &[("reason", &reason)]))];
            return Html::from_template("<p class=\"note\">{text}</p>\n", &args);
        };
        let lang = said["lang"].as_str().unwrap_or_default();
        Html::from_template(
            "<{element}{attributes}>{text}</{element}>\n",
            &[
                ("element", Html::ours(element)),
                ("attributes", self.attributes(lang)),
                ("text", Html::text(text)),
            ],
        )
    }
}
