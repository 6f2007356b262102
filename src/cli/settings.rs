//! Settings that subcommands share. Each is a flag with an environment variable.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use url::Url;

use crate::installation;
use mail::{MailSettings, Smtp};

use access::oidc;

/// Which database.
#[derive(Clone, Debug, Args)]
pub struct Database {
    /// A PostgreSQL of your own, postgres://user:password@host/database; without it a private one is run in the data folder
    #[arg(long, env = "RAPPORTEUR_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The same database as the owner of its schemas, if the server is to run with fewer rights than the owner
    #[arg(
        long,
        env = "RAPPORTEUR_OWNER_DATABASE_URL",
        hide_env_values = true,
        requires = "database_url"
    )]
    pub owner_database_url: Option<String>,
    /// Where the private PostgreSQL keeps its data
    #[arg(long, env = "RAPPORTEUR_DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// The folder of PostgreSQL's programs (initdb, postgres, pg_ctl), version 15 or newer; looked for if left out
    #[arg(long, env = "RAPPORTEUR_POSTGRES_BIN")]
    pub postgres_bin: Option<PathBuf>,
    /// The account that runs the private PostgreSQL; only root can choose
    #[arg(long, env = "RAPPORTEUR_POSTGRES_ACCOUNT")]
    pub postgres_account: Option<String>,
}

/// Who may come in.
#[derive(Clone, Debug, Default, Args)]
pub struct Access {
    /// A JSON file of the OpenID Connect issuers whose tokens are taken (docs/sso.md); without it there is no single sign-on
    #[arg(long, env = "RAPPORTEUR_OIDC_ISSUERS")]
    pub oidc_issuers: Option<PathBuf>,
}

impl Access {
    /// The issuers of single sign-on.
    ///
    /// # Errors
    /// The file cannot be read, or is faulty.
    pub fn oidc(&self) -> Result<oidc::Settings, oidc::SettingsError> {
        let file = self.oidc_issuers.as_deref();
        file.map_or_else(|| Ok(oidc::Settings::default()), oidc::Settings::read)
    }
}

/// Where and how to serve.
#[derive(Clone, Debug, Args)]
pub struct Http {
    /// The address to listen on; anything but this machine's own needs a proxy with TLS before it
    #[arg(long, env = "RAPPORTEUR_ADDRESS", default_value = "127.0.0.1")]
    pub address: IpAddr,
    /// The port to listen on; 0 takes a free one
    #[arg(long, env = "RAPPORTEUR_PORT", default_value_t = 8004)]
    pub port: u16,
    /// Address and port at which whoever watches the server reads /metrics, for example 127.0.0.1:9004; nowhere if left out
    #[arg(long, env = "RAPPORTEUR_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// Threads that answer requests; as many as the machine has cores if left out
    #[arg(long, env = "RAPPORTEUR_WORKERS", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,
    /// Appends that may wait for the log; one more is answered 503
    #[arg(long, env = "RAPPORTEUR_QUEUE", default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub queue: u32,
}

impl Http {
    /// Address and port.
    pub fn listen(&self) -> SocketAddr {
        SocketAddr::new(self.address, self.port)
    }

    /// Threads.
    pub fn workers(&self) -> usize {
        self.workers.map_or_else(
            || std::thread::available_parallelism().map_or(2, std::num::NonZero::get),
            usize::from,
        )
    }
}

/// How letters leave.
#[derive(Clone, Debug, Args)]
pub struct Mail {
    /// The mail server, smtps://user:password@host or smtp://user:password@host:587 (STARTTLS); without one letters are
    /// listed for an officer to pass on
    #[arg(
        long,
        env = "RAPPORTEUR_SMTP_URL",
        hide_env_values = true,
        requires = "mail_from"
    )]
    smtp_url: Option<String>,
    /// The sender of letters, an address or "Name <address>"
    #[arg(long, env = "RAPPORTEUR_MAIL_FROM")]
    mail_from: Option<String>,
    /// To whom answers to letters go, an address or "Name <address>", where the collection or consultation that a letter is
    /// about names nobody; the sender if left out
    #[arg(long, env = "RAPPORTEUR_MAIL_REPLY_TO", requires = "mail_from")]
    mail_reply_to: Option<String>,
    /// A file with a secret of 32 bytes or more that seals the links of letters while they wait, for whoever keeps copies of the
    /// database apart from it; the one in the database if left out
    #[arg(long, env = "RAPPORTEUR_SECRET_FILE")]
    secret_file: Option<PathBuf>,
    /// What links in letters begin with, https://rapporteur.example.org; the address listened on if left out
    #[arg(long, env = "RAPPORTEUR_PUBLIC_URL")]
    public_url: Option<String>,
}

impl Mail {
    /// The key that the file gives.
    pub fn secret(&self) -> anyhow::Result<Option<[u8; 32]>> {
        let Some(file) = &self.secret_file else {
            return Ok(None);
        };
        let named = || {
            format!(
                "--secret-file (RAPPORTEUR_SECRET_FILE), {},",
                file.display()
            )
        };
        let secret = std::fs::read(file).with_context(|| format!("{} cannot be read", named()))?;
        anyhow::ensure!(secret.len() >= 32, "{} has fewer than 32 bytes", named());
        Ok(Some(installation::letters_key(&secret)))
    }

    /// Reads them.
    pub fn read(&self) -> anyhow::Result<MailSettings> {
        let smtp = match (&self.smtp_url, &self.mail_from) {
            (Some(url), Some(from)) => Some(Smtp::new(url, from).context(
                "--smtp-url (RAPPORTEUR_SMTP_URL) and --mail-from (RAPPORTEUR_MAIL_FROM) name no server and sender",
            )?),
            _ => None,
        };
        if let Some(url) = &self.public_url
            && !url
                .parse::<Url>()
                .is_ok_and(|url| ["http", "https"].contains(&url.scheme()) && url.query().is_none())
        {
            anyhow::bail!(
                "--public-url (RAPPORTEUR_PUBLIC_URL) is {url:?}; expected an address such as https://rapporteur.example.org"
            );
        }
        let reply_to = self.mail_reply_to.as_deref().map(mail::mailbox).transpose();
        let reply_to = reply_to.context(
            "--mail-reply-to (RAPPORTEUR_MAIL_REPLY_TO) names nobody who can be written to",
        )?;
        Ok(MailSettings {
            smtp,
            reply_to,
            public_url: self.public_url.clone(),
            ..MailSettings::default()
        })
    }
}
