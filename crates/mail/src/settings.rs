//! How letters leave.

use std::fmt;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::AsyncSmtpTransportBuilder;
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use url::Url;

use directory::address;

/// How long the server may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// How letters leave.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// Who takes them; without one they stay queued, for an officer to pass on.
    pub smtp: Option<Smtp>,
    /// To whom answers go, where what a letter is about names nobody; to the sender, if left out.
    pub reply_to: Option<Mailbox>,
    /// What links begin with, such as `https://rapporteur.example.org`; the server's own address if left out.
    pub public_url: Option<String>,
    /// How often it is looked for letters that are due.
    pub poll: Duration,
    /// How long is waited after each failed attempt; a letter has one attempt more than there are pauses.
    pub pauses: Vec<Duration>,
}

impl Default for MailSettings {
    /// No server, and pauses that add up to about a day.
    fn default() -> Self {
        let minutes = [1, 5, 15, 30, 60, 120, 240, 480, 480];
        Self {
            smtp: None,
            reply_to: None,
            public_url: None,
            poll: Duration::from_secs(5),
            pauses: minutes
                .map(|minutes| Duration::from_secs(60 * minutes))
                .to_vec(),
        }
    }
}

/// An SMTP server, and in whose name it is given letters.
#[derive(Clone)]
pub struct Smtp {
    url: Url,
    /// The sender that letters name.
    pub from: Mailbox,
}

/// Without the password that the address may hold.
impl fmt::Debug for Smtp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (host, port) = (self.url.host_str(), self.url.port());
        write!(out, "Smtp({}://{host:?}:{port:?})", self.url.scheme())
    }
}

/// Settings that name no server that letters can be given to. Says nothing of the address, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpError {
    /// The server's address cannot be read.
    #[error(
        "expected smtps://user:password@host (TLS from the start), smtp://user:password@host:587 (STARTTLS is required, \
         unless the host is this machine or ?tls=none says otherwise); characters such as @ and / in user and password are \
         percent-encoded"
    )]
    Url,
    /// The sender cannot be read.
    #[error(
        "expected an address, such as rapporteur@example.org or \"The Secretariat <rapporteur@example.org>\""
    )]
    From,
    /// The certificates of this machine cannot be read, or the host has no name that TLS can check.
    #[error(
        "TLS cannot be set up: this machine's root certificates cannot be read, or the host's name is none"
    )]
    Tls,
}

impl Smtp {
    /// Reads the settings. Over `smtp://` the connection is turned into TLS by STARTTLS or given up, unless the host is
    /// this machine or `?tls=none` is said: letters hold links that open, and the address may hold a password.
    pub fn new(url: &str, from: &str) -> Result<Self, SmtpError> {
        let mut url = Url::parse(url).map_err(|_| SmtpError::Url)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let is_here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        let tls = url.query_pairs().find(|(name, _)| name == "tls");
        let tls = tls.map(|(_, value)| value.into_owned());
        match (url.scheme(), tls.as_deref()) {
            ("smtp", None) if !is_here => url.set_query(Some("tls=required")),
            ("smtp", Some("none")) => url.set_query(None),
            ("smtps", None) | ("smtp", None | Some("required")) => {}
            _ => return Err(SmtpError::Url),
        }
        if host.is_empty() || url.fragment().is_some() {
            return Err(SmtpError::Url);
        }
        let from = mailbox(from)?;
        let smtp = Self { url, from };
        smtp.builder().map(|_| smtp)
    }

    /// What hands letters to the server.
    ///
    /// # Errors
    /// [`SmtpError::Tls`].
    pub(super) fn transport(&self) -> Result<AsyncSmtpTransport<Tokio1Executor>, SmtpError> {
        Ok(self.builder()?.build())
    }

    fn builder(&self) -> Result<AsyncSmtpTransportBuilder, SmtpError> {
        AsyncSmtpTransport::<Tokio1Executor>::from_url(self.url.as_str())
            .map(|builder| builder.timeout(Some(PATIENCE)))
            .map_err(|_| SmtpError::Tls)
    }
}

/// Reads an address, bare or with a name.
///
/// # Errors
/// [`SmtpError::From`].
pub fn mailbox(text: &str) -> Result<Mailbox, SmtpError> {
    let read = text.parse().ok().and_then(address::mailbox);
    read.ok_or(SmtpError::From)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "The Secretariat <rapporteur@example.org>";

    #[test]
    fn a_connection_to_another_machine_is_encrypted_unless_it_is_said_otherwise() {
        for (url, query) in [
            ("smtp://mail.example.org", Some("tls=required")),
            (
                "smtp://user:a%40b@mail.example.org:587",
                Some("tls=required"),
            ),
            ("smtp://mail.example.org?tls=none", None),
            ("smtp://127.0.0.1:2525", None),
            ("smtp://localhost:2525", None),
            ("smtps://mail.example.org", None),
        ] {
            assert_eq!(Smtp::new(url, FROM).unwrap().url.query(), query, "{url}");
        }
    }

    #[test]
    fn what_is_no_server_is_refused_and_no_password_is_told() {
        for url in [
            "",
            "mail.example.org",
            "https://a:hunter2@mail.example.org",
            "smtp://",
            "smtps://mail.example.org?tls=none",
            "smtp://a:hunter2@mail.example.org?tls=opportunistic",
            "smtp://a:hunter2@mail@example.org:port",
        ] {
            let error = Smtp::new(url, FROM).unwrap_err();
            assert_eq!(error, SmtpError::Url, "{url}");
            assert!(!error.to_string().contains("hunter2"));
        }
        let from = Smtp::new("smtp://localhost", "nobody").unwrap_err();
        assert_eq!(from, SmtpError::From);
        let shown = Smtp::new("smtp://a:hunter2@localhost", FROM).unwrap();
        assert!(!format!("{shown:?}").contains("hunter2"));
    }
}
