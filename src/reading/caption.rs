//! What a thing is called: in every language as it is read, in the reader's as it is answered.

use serde::{Deserialize, Serialize};

use domain::{Lang, Texts};

/// A title or a name in a row of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged, from = "Texts")]
pub enum Caption {
    /// In each of its languages, as the view has it.
    InAll(Texts),
    /// In the reader's.
    InOne(String),
}

impl From<Texts> for Caption {
    fn from(texts: Texts) -> Self {
        Self::InAll(texts)
    }
}

impl Caption {
    /// Leaves the text for a reader of these languages, and tells which it is in.
    pub fn choose(&mut self, languages: &[Lang]) -> Option<Lang> {
        let Self::InAll(texts) = self else {
            return None;
        };
        let (lang, text) = texts.pick(languages).unzip();
        *self = Self::InOne(text.unwrap_or_default().to_owned());
        lang
    }
}

/// Rows with a caption, which are told in a reader's language; `lang` then says which it is.
macro_rules! captioned {
    ($row:ident.$caption:ident) => {
        impl $row {
            /// The same, in the language of a reader of these.
            pub fn told(mut self, languages: &[domain::Lang]) -> Self {
                self.lang = self.$caption.choose(languages);
                self
            }
        }
    };
}

pub(super) use captioned;
