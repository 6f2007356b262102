//! A law or another text of law. Its parts are the same everywhere, and so are their labels, in the six languages.

use std::sync::LazyLock;

use serde::Serialize;

use super::options::{CodeListOptions, OptionSource};
use super::part::{Part, PartType};
use super::{DateQuestion, FieldType, FileQuestion, Link, OneChoice, TextQuestion};
use crate::questionnaire::Asked;
use crate::questionnaire::code_list::CodeLists;
use crate::questionnaire::definition::Definition;
use crate::questionnaire::object_reader::ObjectReader;
use crate::{Fault, Lang, Texts};

/// A law or another text of law.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LegalReference {}

impl LegalReference {
    pub(super) fn read(_: &mut ObjectReader<'_>) -> Option<Self> {
        Some(Self {})
    }

    pub(super) fn faults(&self, _: &Definition<'_>, _: &str) -> Vec<Fault> {
        Vec::new()
    }

    pub(super) fn contradictions(&self, _: &Self, _: &str) -> Vec<Fault> {
        Vec::new()
    }

    /// Its parts, each a field: title, article, the day since which it is in force, a link or a file, its language.
    pub fn parts(&self) -> &'static [Part] {
        &*PARTS
    }
}

static PARTS: LazyLock<[Part; 6]> = LazyLock::new(|| {
    let text = |max| {
        FieldType::Text(TextQuestion {
            max_length: Some(max),
        })
    };
    let code = "languages".to_owned();
    let entries = CodeLists::default().entries(&code);
    let languages = OptionSource::CodeList(CodeListOptions { code, entries });
    [
        part(
            "title",
            text(500),
            ["العنوان", "标题", "Title", "Titre", "Название", "Título"],
        ),
        part(
            "article",
            text(200),
            ["المادة", "条款", "Article", "Article", "Статья", "Artículo"],
        ),
        part(
            "in_force_on",
            FieldType::Date(DateQuestion::default()),
            [
                "نافذ منذ",
                "生效日期",
                "In force since",
                "En vigueur depuis",
                "Действует с",
                "En vigor desde",
            ],
        ),
        part(
            "link",
            FieldType::Link(Link::default()),
            ["الرابط", "链接", "Link", "Lien", "Ссылка", "Enlace"],
        ),
        part(
            "file",
            FieldType::File(FileQuestion { most: 1 }),
            ["الملف", "文件", "File", "Fichier", "Файл", "Archivo"],
        ),
        part(
            "language",
            FieldType::OneChoice(OneChoice { options: languages }),
            ["اللغة", "语文", "Language", "Langue", "Язык", "Idioma"],
        ),
    ]
});

/// A part whose labels come in the order of [`Lang::ALL`].
fn part(code: &str, kind: FieldType, labels: [&str; 6]) -> Part {
    let text: Texts = Lang::ALL.iter().copied().zip(labels).collect();
    Part {
        code: code.to_owned(),
        asked: Asked {
            text,
            ..Asked::default()
        },
        kind: PartType::Field(kind),
    }
}
