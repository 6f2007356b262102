//! Notices in the answers to commands: what the core says of what was recorded, in the reader's language.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::http::handling::notice_view::NoticeView;
use crate::http::problem::Problem;
use crate::http::services::Services;
use domain::Lang;
use domain::notice::{self, CommandNotice};
use mail::{self, LetterKind};

/// Notices, for a reader of these languages.
pub(in crate::http) fn notices_for_reader(
    notices: impl IntoIterator<Item = CommandNotice>,
    languages: &[Lang],
) -> Vec<NoticeView> {
    let notices = notices.into_iter().map(|notice| {
        let args = notice.args.iter();
        let args: Vec<_> = args.map(|(name, value)| (*name, value.as_str())).collect();
        NoticeView::new(notice.code, languages, &args)
    });
    notices.collect()
}

/// When what a command did was recorded; none where it did nothing.
pub(in crate::http) async fn recorded_time(
    services: &Services,
    as_of: Option<u64>,
) -> Result<Option<Timestamp>, Problem> {
    let Some(position) = as_of else {
        return Ok(None);
    };
    let head = services.log().at(position).await?;
    Ok(head.and_then(|head| head.time))
}

/// A letter that was put into the outbox: whom it concerns, and in which languages.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::http) struct AddressedLetter {
    /// The party's code.
    pub code: String,
    /// The language that its reader reads.
    pub reads: Lang,
    /// The language that it is in.
    pub language: Lang,
}

impl AddressedLetter {
    /// A letter of a kind about a party, to somebody who reads this language.
    pub fn new(kind: LetterKind, code: &str, reads: Lang) -> Self {
        Self {
            code: code.to_owned(),
            reads,
            language: mail::written_in(kind, reads),
        }
    }
}

/// That letters go out in another language than their readers'.
pub(in crate::http) fn of_letters<'a>(
    letters: impl IntoIterator<Item = &'a AddressedLetter>,
) -> Vec<CommandNotice> {
    let mut parties: BTreeMap<(Lang, Lang), Vec<&str>> = BTreeMap::new();
    let others = letters.into_iter();
    for letter in others.filter(|letter| letter.reads != letter.language) {
        let key = (letter.reads, letter.language);
        parties.entry(key).or_default().push(&letter.code);
    }
    let notices = parties.into_iter().map(|((reads, language), parties)| {
        CommandNotice::new(notice::LETTER_LANGUAGE)
            .arg("asked", reads)
            .arg("used", language)
            .arg("parties", parties.join(", "))
    });
    notices.collect()
}
