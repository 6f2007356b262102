//! The sender: a task that takes letters that are due and hands them to the SMTP server.
//!
//! A letter is taken by moving its next attempt past the time that sending may take, which is committed before the server
//! is spoken to; so several processes may send, none holds a transaction meanwhile, and what one has taken no other takes.
//! If a process ends between the server's acceptance and the note of it, or the connection breaks in that moment, nobody
//! can know whether the server has the letter. It is then sent again, under the same Message-ID, by which mail systems know
//! it: a letter that arrives twice does less harm than an invitation that never does.

use std::time::Duration;

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use serde_json::{Map, Value};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tracing::Instrument;

use super::outbox::TakenLetter;
use super::settings::{self, SmtpError};
use super::smtp::{self, Failure, NotSentReason};
use super::text::{self, Text};
use super::{MailSettings, Outbox};
use directory::Directory;
use domain::Lang;

/// How long a letter may take to be handed over.
const HANDING_OVER: Duration = Duration::from_secs(120);
/// For how long a letter that was taken is not taken again: the time to hand it over, and to note that.
const TAKEN: Duration = Duration::from_secs(300);
/// How often it is tried to note what became of a letter, and the pause between.
const NOTING: (u32, Duration) = (60, Duration::from_secs(2));

/// Sends what is due in an outbox.
pub struct Sender {
    outbox: Outbox,
    directory: Directory,
    settings: MailSettings,
    server: Option<Server>,
}

struct Server {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Sender {
    /// A sender for this outbox.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn new(
        outbox: Outbox,
        directory: Directory,
        settings: MailSettings,
    ) -> Result<Self, SmtpError> {
        let server = match &settings.smtp {
            Some(smtp) => Some(Server {
                transport: smtp.transport()?,
                from: smtp.from.clone(),
            }),
            None => None,
        };
        Ok(Self {
            outbox,
            directory,
            settings,
            server,
        })
    }

    /// Sends until `stop` says true or its other end is dropped. A letter under way then is sent and noted first: ended in
    /// between, it would be sent twice.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow_and_update() {
            let round = self.round(&stop).await;
            if let Err(error) = round.and(self.outbox.count_waiting().await) {
                tracing::warn!(%error, "the outbox cannot be read; it is tried again");
            }
            tokio::select! {
                changed = stop.changed() => if changed.is_err() { return },
                () = self.outbox.wake.notified() => {}
                () = sleep(self.settings.poll) => {}
            }
        }
    }

    /// Sends what is due, until nothing is, the server takes nothing, or it is to stop.
    async fn round(&self, stop: &watch::Receiver<bool>) -> sqlx::Result<()> {
        self.outbox.expire().await?;
        self.outbox.end_moot().await?;
        self.outbox.count_waiting().await?;
        let Some(server) = &self.server else {
            return Ok(());
        };
        while !*stop.borrow()
            && let Some(letter) = self.outbox.take(TAKEN).await?
        {
            let span =
                tracing::info_span!("letter", letter = %letter.id, attempt = letter.attempts);
            if let Err(failure) = self.send(server, &letter).instrument(span).await?
                && failure.is_the_servers()
            {
                // The other letters would spend their attempts in vain.
                break;
            }
        }
        Ok(())
    }

    async fn send(
        &self,
        server: &Server,
        letter: &TakenLetter,
    ) -> sqlx::Result<Result<(), Failure>> {
        let sent = match self.composed(server, letter).await? {
            Ok((message, language)) => {
                let handed_over = smtp::hand_over(&server.transport, message);
                let outcome = timeout(HANDING_OVER, handed_over).await;
                outcome
                    .unwrap_or(Err(NotSentReason::TimedOut.into()))
                    .map(|()| language)
            }
            Err(failure) => Err(failure),
        };
        self.outbox.metrics.count(sent.is_ok());
        match &sent {
            Ok(_) => tracing::info!(letter = %letter.id, "a letter was sent"),
            Err(Failure { why, answer }) => tracing::warn!(
                letter = %letter.id, about = ?letter.about, %why, answer = answer.as_deref().unwrap_or_default(), attempt = letter.attempts,
                "a letter was not sent"
            ),
        }
        self.note(server, letter, &sent).await?;
        Ok(sent.map(|_| ()))
    }

    /// The letter as a message, with what the directory says now.
    async fn composed(
        &self,
        server: &Server,
        letter: &TakenLetter,
    ) -> sqlx::Result<Result<(lettre::Message, Lang), Failure>> {
        let Some(person) = self.directory.person(letter.person).await? else {
            return Ok(Err(NotSentReason::Erased.into()));
        };
        if let Some(why) = self.outbox.moot_reason(letter).await? {
            return Ok(Err(why.into()));
        }
        let mut args = letter.args.clone();
        if !self.outbox.seal.open(letter.id, &mut args) {
            return Ok(Err(NotSentReason::NotOpened.into()));
        }
        let text: Text = text::text(
            letter.kind,
            person.language,
            &person.name,
            &args,
            &self.outbox.public_url,
        );
        let reply_to = contact(&args).or_else(|| self.settings.reply_to.clone());
        let message = smtp::message(letter.id, &text, &person, &server.from, reply_to.as_ref());
        Ok(message.map(|message| (message, text.language)))
    }

    /// Notes what became of it, again and again: what the server has must not be sent a second time.
    async fn note(
        &self,
        server: &Server,
        letter: &TakenLetter,
        sent: &Result<Lang, Failure>,
    ) -> sqlx::Result<()> {
        let (most, pause) = NOTING;
        let mut tries = 1;
        loop {
            let noted = match sent {
                Ok(language) => {
                    let message_id = smtp::message_id(letter.id, &server.from);
                    self.outbox.sent(letter, *language, &message_id).await
                }
                Err(failure) => {
                    self.outbox
                        .failed(letter, failure, self.pause(letter, failure))
                        .await
                }
            };
            match noted {
                Err(error) if tries < most => {
                    tracing::warn!(%error, letter = %letter.id, "what became of a letter cannot be noted; it is tried again");
                    tries += 1;
                    sleep(pause).await;
                }
                noted => return noted,
            }
        }
    }

    /// How long to wait before the next attempt; `None` if there is none.
    fn pause(&self, letter: &TakenLetter, failure: &Failure) -> Option<Duration> {
        if failure.is_final() {
            return None;
        }
        let made = usize::try_from(letter.attempts).unwrap_or(usize::MAX);
        self.settings.pauses.get(made.saturating_sub(1)).copied()
    }
}

/// Whom what a letter is about names for questions.
fn contact(args: &Map<String, Value>) -> Option<Mailbox> {
    let email = args.get("contact")?.get("email")?.as_str()?;
    settings::mailbox(email).ok()
}
