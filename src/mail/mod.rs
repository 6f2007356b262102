//! E-mail: letters wait in an outbox in the database until a sender has handed them to an SMTP server.

mod outbox;

pub use outbox::{LetterKind, NewLetter, Outbox};
