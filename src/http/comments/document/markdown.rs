//! The document as Markdown. Whatever people typed is escaped, so that it shows as they typed it and marks nothing.

use std::fmt::Write;

use serde_json::Value;

use super::{CommentGroup, CommentsDocument, said};
use crate::http::comments::CommentView;
use domain::Lang;

/// Says a text of ours, its placeholders filled.
type TextFiller<'a> = &'a dyn Fn(&str, &[(&str, &str)]) -> String;

/// The page.
pub(super) fn page(document: &CommentsDocument, languages: &[Lang]) -> String {
    let say = |key: &str, args: &[(&str, &str)]| {
        line(&texts::text(
            &format!("comments_document.{key}"),
            languages,
            args,
        ))
    };
    let mut page = format!("# {}\n\n{}\n", line(&document.title), say("title", &[]));
    for part in &document.consultations {
        let (round, revision) = (part.round.to_string(), part.revision.to_string());
        let head = say(
            "consultation",
            &[
                ("round", &round),
                ("revision", &revision),
                ("reference", &part.reference),
                ("opened_on", &part.opened_on),
            ],
        );
        let published = match &part.published_on {
            Some(on) => say("published", &[("on", on)]),
            None => say("unpublished", &[]),
        };
        _ = write!(page, "\n## {head}\n\n{published}\n");
        for kind in &part.asked {
            _ = write!(page, "\n- {}", line(&said::answered(kind, languages)));
        }
        page += "\n";
        if part.groups.is_empty() {
            _ = write!(page, "\n{}\n", say("none", &[]));
        }
        for group in &part.groups {
            _ = write!(page, "\n### {}\n", heading(group, &say));
            // Where the reader's language is not there, another stands in for it.
            if let Some(lang) = group.lang.filter(|lang| !languages.contains(lang)) {
                _ = write!(page, "\n{}\n", say("language", &[("lang", lang.as_str())]));
            }
            for comment in &group.comments {
                page += &entry(comment, languages, &say);
            }
        }
    }
    page
}

fn heading(group: &CommentGroup, say: TextFiller<'_>) -> String {
    let text = group.text.as_deref().unwrap_or_default();
    match (&group.on["section"], &group.on["question"]) {
        (Value::String(code), _) => say("section", &[("code", code), ("title", text)]),
        (_, Value::String(code)) => say("question", &[("code", code), ("text", text)]),
        _ => say("instrument", &[]),
    }
}

fn entry(comment: &CommentView, languages: &[Lang], say: TextFiller<'_>) -> String {
    let term = |key: String| line(&texts::text::<&str>(&key, languages, &[]));
    let kind = term(format!("kind.{}", comment.party.kind));
    let one = |said: &Value| match said["text"].as_str() {
        Some(text) => {
            let lang = said["lang"].as_str().unwrap_or_default();
            format!(
                "{}\n>\n> {}",
                quote(text),
                say("language", &[("lang", lang)])
            )
        }
        None => {
            let reason = said["reason"].as_str().unwrap_or_default();
            let reason = texts::text::<&str>(&format!("term.{reason}"), languages, &[]);
            format!("> {}", say("redacted", &[("reason", &reason)]))
        }
    };
    // Words, then each translation, marked with who made it.
    let words = |said: &Value| {
        let mut all = one(said);
        for translation in said::translations(said, languages) {
            let by = line(&said::translated(translation, languages));
            _ = write!(all, "\n\n{by}\n\n{}", one(translation));
        }
        all
    };
    let party = line(&comment.party.name);
    let mut entry = format!("\n#### {party} ({kind})\n\n{}\n", words(&comment.comment));
    if let Some(wording) = &comment.wording {
        _ = write!(
            entry,
            "\n**{}**\n\n{}\n",
            say("proposed", &[]),
            words(wording)
        );
    }
    if let Some(entered) = &comment.entered_on_behalf {
        let received_on = entered.received_on.to_string();
        let args = [
            ("source", entered.source.as_str()),
            ("received_on", &received_on),
        ];
        _ = write!(entry, "\n{}\n", say("entered", &args));
    }
    if comment.late {
        _ = write!(entry, "\n{}\n", say("late", &[]));
    }
    let disposition = say("disposition", &[]);
    match &comment.disposition {
        None => _ = write!(entry, "\n**{disposition}**: {}\n", say("undisposed", &[])),
        Some(disposed) => {
            let outcome = term(format!("term.{}", disposed.disposition));
            let reason = words(&disposed.reason);
            _ = write!(entry, "\n**{disposition}**: {outcome}\n\n{reason}\n");
        }
    }
    if let Some(revision) = comment.taken_up_in {
        let revision = revision.to_string();
        _ = write!(entry, "\n{}\n", say("taken_up", &[("revision", &revision)]));
    }
    entry
}

/// Text in one line.
fn line(text: &str) -> String {
    let parts: Vec<&str> = text.split_whitespace().collect();
    escape(&parts.join(" "))
}

/// Text in a quotation, line by line.
fn quote(text: &str) -> String {
    let lines = text.lines().map(|each| {
        // Spaces at the beginning would make it code.
        let escaped = escape(each.trim());
        format!("> {escaped}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("  \n")
}

/// Every mark of ASCII punctuation is escaped: then none of them marks anything (CommonMark 0.31, 2.4).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_people_type_marks_nothing() {
        for (typed, shown) in [
            ("# A title", r"> \# A title"),
            ("    code", "> code"),
            ("1. One\n- two", "> 1\\. One  \n> \\- two"),
            (
                "<script>alert(1)</script>",
                r"> \<script\>alert\(1\)\<\/script\>",
            ),
            ("[a](javascript:b)", r"> \[a\]\(javascript\:b\)"),
            ("a\n\nb", "> a  \n>  \n> b"),
            ("a\n===", "> a  \n> \\=\\=\\="),
        ] {
            assert_eq!(quote(typed), shown);
        }
        assert_eq!(line("a\n# b"), r"a \# b");
    }

    proptest! {
        #[test]
        fn no_mark_goes_unescaped_and_nothing_is_lost(text in any::<String>()) {
            let escaped = escape(&text);
            let mut characters = escaped.chars();
            let mut plain = String::new();
            while let Some(character) = characters.next() {
                if character == '\\' {
                    plain.push(characters.next().unwrap());
                } else {
                    prop_assert!(!character.is_ascii_punctuation());
                    plain.push(character);
                }
            }
            let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            prop_assert_eq!(plain, shown);
        }
    }
}
