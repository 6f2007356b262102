//! E-mail: letters wait in an outbox in the database until a sender has handed them to an SMTP server.
//!
//! The outbox holds persons by id only; name, address and language are read from the directory at the moment of sending. A
//! server that refuses answers in words that may repeat an address, so only its codes are kept and logged.

pub mod digests;
mod letter;
mod listing;
mod metrics;
mod moments;
mod outbox;
mod seal;
mod sender;
mod settings;
mod smtp;
mod text;

pub use letter::{AskedIn, LetterKind, LetterState, LetterSubject, NewLetter};
pub use listing::{Letter, LetterFilter, Retry};
pub use metrics::SenderMetrics;
pub use outbox::{Outbox, forget};
pub use seal::Seal;
pub use sender::Sender;
pub use settings::{MailSettings, Smtp, SmtpError, mailbox};
pub use smtp::NotSentReason;
pub use text::Text;
