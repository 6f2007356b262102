//! HTTPS: the certificate and its key, read from files, and read anew when these change.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

/// How often the files are looked at.
const POLL: Duration = Duration::from_secs(30);

/// What is wrong with the files, and what was expected.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// There is no certificate to read.
    #[error(
        "--tls-certificate (RAPPORTEUR_TLS_CERTIFICATE): {file}: {detail}; expected a PEM file with the server's \
         certificate and then those of its issuers (BEGIN CERTIFICATE)"
    )]
    Certificate {
        /// The file.
        file: String,
        /// Why not.
        detail: String,
    },
    /// There is no key to read.
    #[error(
        "--tls-key (RAPPORTEUR_TLS_KEY): {file}: {detail}; expected a PEM file with the certificate's private key, not \
         encrypted (BEGIN PRIVATE KEY)"
    )]
    Key {
        /// The file.
        file: String,
        /// Why not.
        detail: String,
    },
    /// Certificate and key do not belong together, or are of a kind that is not supported.
    #[error(
        "--tls-certificate (RAPPORTEUR_TLS_CERTIFICATE) and --tls-key (RAPPORTEUR_TLS_KEY): {0}; expected a certificate \
         and the private key that it was made for"
    )]
    Pair(rustls::Error),
}

/// A certificate and its key, that are looked at again while the server runs.
#[derive(Clone)]
pub struct Tls {
    files: Arc<Files>,
    current: Arc<CurrentCertificate>,
    /// How often the files are looked at.
    pub poll: Duration,
}

struct Files {
    certificate: PathBuf,
    key: PathBuf,
}

impl Tls {
    /// Reads the files.
    pub fn read(certificate: &Path, key: &Path) -> Result<Self, TlsError> {
        let files = Files {
            certificate: certificate.to_owned(),
            key: key.to_owned(),
        };
        let current = CurrentCertificate(RwLock::new(Arc::new(files.read()?)));
        Ok(Self {
            files: Arc::new(files),
            current: Arc::new(current),
            poll: POLL,
        })
    }

    /// What connections are taken with: TLS 1.2 and 1.3, each new one with the certificate of its time.
    ///
    /// # Errors
    /// The versions and the cipher suites do not fit together.
    pub fn config(&self) -> Result<ServerConfig, rustls::Error> {
        let provider = Arc::new(ring::default_provider());
        Ok(ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(self.current.clone()))
    }

    /// Looks at the files again and again, until it is dropped. Files that cannot be used leave the certificate as it is:
    /// they may be half written.
    pub async fn keep_up_to_date(self) {
        let mut said = String::new();
        loop {
            tokio::time::sleep(self.poll).await;
            let files = self.files.clone();
            let Ok(read) = tokio::task::spawn_blocking(move || files.read()).await else {
                continue;
            };
            match read {
                Ok(key) if key.cert == self.current.get().cert => {}
                Ok(key) => {
                    self.current.set(key);
                    tracing::info!("the certificate of HTTPS has changed");
                }
                Err(error) => {
                    let error = error.to_string();
                    if error != said {
                        tracing::error!(error, "the certificate of HTTPS stays as it was");
                    }
                    said = error;
                    continue;
                }
            }
            said.clear();
        }
    }
}

impl Files {
    fn read(&self) -> Result<CertifiedKey, TlsError> {
        let certificate = |detail: String| TlsError::Certificate {
            file: self.certificate.display().to_string(),
            detail,
        };
        let chain = CertificateDer::pem_file_iter(&self.certificate)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| certificate(error.to_string()))?;
        if chain.is_empty() {
            return Err(certificate("no certificate in it".to_owned()));
        }
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|error| TlsError::Key {
            file: self.key.display().to_string(),
            detail: error.to_string(),
        })?;
        CertifiedKey::from_der(chain, key, &ring::default_provider()).map_err(TlsError::Pair)
    }
}

/// The certificate that new connections are shown.
struct CurrentCertificate(RwLock<Arc<CertifiedKey>>);

impl CurrentCertificate {
    fn get(&self) -> Arc<CertifiedKey> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn set(&self, key: CertifiedKey) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(key);
    }
}

impl ResolvesServerCert for CurrentCertificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.get())
    }
}

/// A private key is nobody's to read.
impl fmt::Debug for CurrentCertificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("CurrentCertificate")
    }
}
