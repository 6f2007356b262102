//! Files that come and go, and redactions of what a reply holds.

use domain::questionnaire::AnswerValue;
use domain::redaction::{self, Reason, Redaction};
use domain::reply::{Command, Reply, ReplyFileAttached};
use domain::{ContentId, FileId};
use event_log::{content, upload};

use super::{History, effect};
use crate::views::steps::stored;

impl History {
    pub(super) async fn attach(&self, collection: usize, party: usize) -> usize {
        let pool = self.desk.log().pool();
        let (file, content) = stored("application/pdf", b"A file".to_vec());
        let (named, name) = stored("text/plain; charset=utf-8", b"a.pdf".to_vec());
        upload::store(pool, &file).await.unwrap();
        let attached = ReplyFileAttached {
            file: FileId(clock::new_id()),
            content,
            name,
            media_type: "application/pdf".into(),
            size: 6,
            question: None,
        };
        let command = Command::Attach(attached);
        let effect = self.answer(collection, party, &[named], command).await;
        if effect == 0 {
            upload::discard(pool, file.id).await.unwrap();
        }
        effect
    }

    /// The reply as it is, if it is.
    pub(super) async fn held(&self, collection: usize, party: usize) -> Option<Reply> {
        let id = self.reply(collection, party);
        let loaded = self.desk.load::<Reply>(id.0, true).await.unwrap();
        (*loaded.state).clone()
    }

    pub(super) async fn remove_file(&self, collection: usize, party: usize) -> usize {
        let held = self.held(collection, party).await;
        let file = held.and_then(|reply| reply.files.into_keys().next());
        let Some(file) = file else { return 0 };
        let command = Command::RemoveFile { file };
        self.answer(collection, party, &[], command).await
    }

    /// Redacts a file of the reply, or else words.
    pub(super) async fn redact(&self, collection: usize, party: usize) -> usize {
        let Some(held) = self.held(collection, party).await else {
            return 0;
        };
        let files = held.files.values().map(|file| file.content.content);
        let words = held.answers.values().filter_map(|value| match value {
            AnswerValue::Text(text) => Some(text.content.content),
            _ => None,
        });
        let contents: Vec<ContentId> = files.chain(words).collect();
        for content in contents {
            let pool = self.desk.log().pool();
            if content::media_type(pool, content.0)
                .await
                .unwrap()
                .is_some()
            {
                let reason = Reason::SentByMistake;
                let command = redaction::Command::Redact { content, reason };
                let context = redaction::Context::Words;
                return effect(self.change::<Redaction>(content.0, context, command).await);
            }
        }
        0
    }
}
