//! Settings of `serve` and `demo` on what stands between them and their callers. Each is a flag with an environment variable.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::http::handling::pace::Patience;
use crate::http::middleware::client_address::TrustedProxies;
use crate::http::middleware::connections::ConnectionLimits;
use crate::http::middleware::cors::AllowedOrigins;
use crate::http::middleware::edge::Edge;
use crate::http::services::limits::LimitSettings;
use crate::http::services::quota::Quota;
use crate::server::Tls;

/// What stands between the server and its callers.
#[derive(Clone, Debug, Args)]
pub struct Transport {
    /// Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and networks, with commas between
    #[arg(long, env = "RAPPORTEUR_TRUSTED_PROXIES", value_delimiter = ',')]
    trusted_proxies: Vec<String>,
    /// Origins whose pages may read answers (CORS), https://app.example.org, with commas between
    #[arg(long, env = "RAPPORTEUR_ALLOWED_ORIGINS", value_delimiter = ',')]
    allowed_origins: Vec<String>,
    /// Requests a minute that each principal may send; 0 sets no limit
    #[arg(long, env = "RAPPORTEUR_PRINCIPAL_LIMIT", default_value_t = 600)]
    principal_limit: u32,
    /// Requests a minute that each address may send without credentials, pages and their files too; an office may share one
    /// address; 0 sets no limit
    #[arg(long, env = "RAPPORTEUR_ADDRESS_LIMIT", default_value_t = 1200)]
    address_limit: u32,
    /// Requests a minute that each address may send with credentials that do not hold; 0 sets no limit
    #[arg(long, env = "RAPPORTEUR_FAILURE_LIMIT", default_value_t = 30)]
    failure_limit: u32,
    /// Seconds within which the head of a request must have arrived
    #[arg(long, env = "RAPPORTEUR_HEAD_TIMEOUT", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=600))]
    head_timeout: u16,
    /// Seconds within which the body of a request must have arrived, and beyond its first 64 KiB one more for each 32 KiB
    #[arg(long, env = "RAPPORTEUR_BODY_TIMEOUT", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=3600))]
    body_timeout: u16,
    /// Connections that may be open at once, as far as there are file descriptors; of more, the one that is quiet longest is cut
    #[arg(long, env = "RAPPORTEUR_CONNECTIONS", default_value_t = 2048, value_parser = clap::value_parser!(u32).range(8..=1_000_000))]
    connections: u32,
    /// Connections that each address may have open at once; trusted proxies may have any number
    #[arg(long, env = "RAPPORTEUR_ADDRESS_CONNECTIONS", default_value_t = 256, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    address_connections: u32,
    /// Megabytes of requests' bodies that are held at once; a request that finds no room is answered 503
    #[arg(long, env = "RAPPORTEUR_BODY_MEMORY", default_value_t = 256, value_parser = clap::value_parser!(u32).range(16..=65_536))]
    body_memory: u32,
}

impl Transport {
    /// Proxies and origins.
    pub fn edge(&self) -> anyhow::Result<Edge> {
        let wrong = |setting: &str, error: &str| anyhow::anyhow!("{setting} has {error}");
        Ok(Edge {
            proxies: TrustedProxies::read(&non_empty(&self.trusted_proxies))
                .map_err(|error| wrong("--trusted-proxies (RAPPORTEUR_TRUSTED_PROXIES)", &error))?,
            origins: AllowedOrigins::read(&non_empty(&self.allowed_origins))
                .map_err(|error| wrong("--allowed-origins (RAPPORTEUR_ALLOWED_ORIGINS)", &error))?,
            most: ConnectionLimits {
                connections: self.connections as usize,
                of_an_address: self.address_connections as usize,
                buffered: (self.body_memory as usize) << 20,
            },
            ..Edge::default()
        })
    }

    /// How often may be asked.
    pub fn limits(&self) -> LimitSettings {
        LimitSettings {
            principal: Quota::per_minute(self.principal_limit),
            address: Quota::per_minute(self.address_limit),
            failures: Quota::per_minute(self.failure_limit),
        }
    }

    /// How long requests may take to arrive.
    pub fn patience(&self) -> Patience {
        Patience {
            head: Duration::from_secs(self.head_timeout.into()),
            body: Duration::from_secs(self.body_timeout.into()),
            ..Patience::default()
        }
    }
}

/// How `serve` serves HTTPS. The demonstration plays over plain HTTP on this machine.
#[derive(Clone, Debug, Args)]
pub struct Certificate {
    /// The server's certificate and those of its issuers (PEM), to serve HTTPS; read anew when the file changes
    #[arg(long, env = "RAPPORTEUR_TLS_CERTIFICATE", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The private key of the certificate (PEM)
    #[arg(long, env = "RAPPORTEUR_TLS_KEY", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
}

impl Certificate {
    /// Certificate and key, read.
    pub fn tls(&self) -> anyhow::Result<Option<Tls>> {
        match (&self.tls_certificate, &self.tls_key) {
            (Some(certificate), Some(key)) => Ok(Some(Tls::read(certificate, key)?)),
            _ => Ok(None),
        }
    }
}

/// An empty variable sets nothing.
fn non_empty(texts: &[String]) -> Vec<String> {
    let texts = texts.iter().filter(|text| !text.trim().is_empty());
    texts.cloned().collect()
}
