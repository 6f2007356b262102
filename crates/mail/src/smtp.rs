//! Letters as SMTP has them: made into a message, handed over, and what the server made of it.

use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::Error;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use uuid::Uuid;

use super::text::{Text, one_line};
use directory::{Person, address};

domain::code_enum! {
    /// Why a letter has not been sent. Its text is `letter.<code>` in data/texts.json.
    pub enum NotSentReason {
        /// The server refused the letter for good, as undeliverable: 5xx.
        Refused = "refused",
        /// The server cannot take it now: 4xx.
        Deferred = "deferred",
        /// The server does not take letters from us: not with this name and password, or not without.
        NotSignedIn = "not_signed_in",
        /// The server cannot be reached, or the connection broke.
        Unreachable = "unreachable",
        /// The server did not answer in time.
        TimedOut = "timed_out",
        /// The connection cannot be encrypted as it should be.
        NotSecure = "not_secure",
        /// What the directory has is no address that a letter can be sent to.
        BadAddress = "bad_address",
        /// It was not sent before what it says became untrue.
        Expired = "expired",
        /// The person was erased.
        Erased = "erased",
        /// The party that it is for has replied meanwhile.
        Replied = "replied",
        /// Its reader has no longer the office that it is about, or the collection of which it reminds is closed.
        OfficeEnded = "office_ended",
        /// The link in it was sealed with a secret that is not this server's.
        NotOpened = "not_opened",
        /// Nothing is asked of the party's reply any more.
        Answered = "answered",
        /// A later letter says until when the party may reply.
        Superseded = "superseded",
    }
}

/// A letter that was not sent: why, and the codes of the server's answer, such as "550 5.1.1". Its words are kept nowhere,
/// since servers repeat addresses in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub why: NotSentReason,
    pub answer: Option<String>,
}

impl NotSentReason {
    /// What is over: the letter has nothing more to say, to anybody who would pass it on either.
    const OVER: &[Self] = &[
        Self::Expired,
        Self::Erased,
        Self::Replied,
        Self::OfficeEnded,
        Self::Answered,
        Self::Superseded,
    ];

    /// Whether the letter has nothing more to say.
    pub fn is_over(self) -> bool {
        Self::OVER.contains(&self)
    }

    /// The codes of [`NotSentReason::OVER`].
    pub fn codes_of_over() -> Vec<String> {
        Self::OVER
            .iter()
            .map(|why| why.as_str().to_owned())
            .collect()
    }
}

impl Failure {
    /// Whether trying again would be in vain.
    pub fn is_final(&self) -> bool {
        self.why.is_over()
            || matches!(
                self.why,
                NotSentReason::Refused | NotSentReason::BadAddress | NotSentReason::NotOpened
            )
    }

    /// Whether every other letter would fare the same now.
    pub fn is_the_servers(&self) -> bool {
        matches!(
            self.why,
            NotSentReason::Unreachable
                | NotSentReason::TimedOut
                | NotSentReason::NotSecure
                | NotSentReason::NotSignedIn
        )
    }
}

impl From<NotSentReason> for Failure {
    fn from(why: NotSentReason) -> Self {
        Self { why, answer: None }
    }
}

/// The message, to which answers go to `reply_to`, or else to the sender; the same letter has the same Message-ID each time it is sent.
///
/// # Errors
/// [`NotSentReason::BadAddress`].
pub fn message(
    id: Uuid,
    text: &Text,
    to: &Person,
    from: &Mailbox,
    reply_to: Option<&Mailbox>,
) -> Result<Message, Failure> {
    // In the form in which it is kept now; whoever was added before may stand there in another.
    let address = address::normal_form(&to.email).and_then(|email| email.parse().ok());
    let address = address.ok_or(NotSentReason::BadAddress)?;
    let header = |name, value: &str| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
    };
    let message = Message::builder().from(from.clone());
    let message = match reply_to {
        Some(reply_to) => message.reply_to(reply_to.clone()),
        None => message,
    };
    message
        .to(Mailbox::new(Some(one_line(&to.name)), address))
        .subject(text.subject.clone())
        .message_id(Some(message_id(id, from)))
        // So that no out-of-office notice answers it (RFC 3834).
        .raw_header(header("Auto-Submitted", "auto-generated"))
        .raw_header(header("Content-Language", text.language.as_str()))
        .header(ContentType::TEXT_PLAIN)
        .body(text.body.clone())
        .map_err(|_| NotSentReason::BadAddress.into())
}

/// The Message-ID of a letter.
pub fn message_id(id: Uuid, from: &Mailbox) -> String {
    format!("<{id}@{}>", from.email.domain())
}

/// Hands a message over; the server has it once this says so.
pub async fn hand_over(
    transport: &AsyncSmtpTransport<Tokio1Executor>,
    message: Message,
) -> Result<(), Failure> {
    match transport.send(message).await {
        Ok(_) => Ok(()),
        Err(error) => Err(failure(&error)),
    }
}

fn failure(error: &Error) -> Failure {
    let Some(status) = error.status() else {
        return if error.is_timeout() {
            NotSentReason::TimedOut
        } else if error.is_tls() {
            NotSentReason::NotSecure
        } else if error.is_client() && error.to_string().contains("SMTPUTF8") {
            // The address needs what the server does not have.
            NotSentReason::BadAddress
        } else {
            NotSentReason::Unreachable
        }
        .into();
    };
    let code = u16::from(status);
    Failure {
        why: match code {
            530 | 534 | 535 | 538 => NotSentReason::NotSignedIn,
            421 => NotSentReason::Unreachable,
            500.. => NotSentReason::Refused,
            _ => NotSentReason::Deferred,
        },
        answer: Some(match enhanced(error) {
            Some(enhanced) => format!("{code} {enhanced}"),
            None => code.to_string(),
        }),
    }
}

/// The enhanced status code (RFC 3463) with which a server's answer begins, such as `5.1.1`.
fn enhanced(error: &Error) -> Option<String> {
    let said = std::error::Error::source(error)?.to_string();
    let first = said.split_whitespace().next()?;
    let is_number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts: Vec<&str> = first.split('.').collect();
    (parts.len() == 3 && parts.iter().all(|part| is_number(part))).then(|| first.to_owned())
}
