//! Signing in at an issuer's own page, in the browser: OpenID Connect's authorization code flow with PKCE (RFC 7636).
//!
//! Whoever sets out takes along a secret, in a cookie; its hash is kept, once, with where to go on. What goes to the issuer by
//! way of the browser (state, nonce, challenge) is computed from the secret one-way, so that nothing else need be kept, and
//! whoever reads addresses, logs or the database cannot arrive in somebody's place. A state that does not come from the secret
//! of this very browser is another one's, be it that somebody wants them signed in as himself.
//!
//! Made by hand of what is here already: a library for it (`openidconnect`) would check tokens a second time in its own way,
//! with some fifty crates more.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::exchange::{self, CodeExchange, ExchangeError};
use super::token::{UncheckedToken, Use};
use super::{KnownIssuer, Oidc, Refusal, own_id};
use crate::secret::{self, Secret};
use crate::sessions::{self, OpenedSession};
use domain::{Lang, Texts};

/// How long somebody may be on the way.
pub const LASTS: Duration = Duration::from_secs(10 * 60);

/// Somebody sets out.
#[derive(Debug)]
pub struct Departure {
    /// Where to: an address at the issuer.
    pub address: String,
    /// What is on the issuer's button.
    pub label: Texts,
    /// What the browser takes along.
    pub secret: Secret,
}

/// Somebody who comes back, as they set out.
#[derive(Debug)]
pub struct Journey {
    issuer: String,
    secret: String,
    /// Where they go on here.
    pub return_to: String,
    /// In which language they read.
    pub lang: Lang,
}

/// What the issuer answers by way of the browser (RFC 6749, section 4.1.2; RFC 9207).
#[derive(Clone, Debug, Default)]
pub struct IssuerAnswer {
    /// `state`
    pub state: Option<String>,
    /// `code`
    pub code: Option<String>,
    /// `iss`
    pub issuer: Option<String>,
    /// `error`
    pub error: Option<String>,
}

/// Why somebody who came back is not let in.
#[derive(Debug, thiserror::Error)]
pub enum SignOnError {
    /// The issuer did not let them in, or they did not want to.
    #[error("the issuer let nobody in")]
    Denied,
    /// The code was used, or has expired.
    #[error("the code is not taken")]
    Code,
    /// The issuer is no longer in the settings, does not know this server, or answers what cannot be understood.
    #[error("the issuer and this server do not agree")]
    Settings,
    /// What came is not of the issuer; or who was shown has no clear right here.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl From<sqlx::Error> for SignOnError {
    fn from(error: sqlx::Error) -> Self {
        Refusal::from(error).into()
    }
}

impl Oidc {
    /// The issuers at whose pages people sign in: what each is called in addresses, and what is on its button.
    pub fn sign_on_offers(&self) -> impl Iterator<Item = (&str, &Texts)> {
        let browsers = self.issuers.iter();
        let browsers = browsers.filter_map(|issuer| issuer.settings.browser.as_ref());
        browsers.map(|browser| (browser.name.as_str(), &browser.label))
    }

    /// Sends a browser on its way, to go on at `return_to` here; `None` where no issuer has the name.
    ///
    /// # Errors
    /// The issuer does not say where to; the database does not answer.
    pub async fn set_out(
        &self,
        name: &str,
        return_to: &str,
        lang: Lang,
    ) -> Result<Option<Departure>, Refusal> {
        let Some((_, issuer)) = self.called(name) else {
            return Ok(None);
        };
        let Some(browser) = &issuer.settings.browser else {
            return Ok(None);
        };
        let endpoints = issuer.keys.endpoints().await?;
        let secret = Secret::new("")?;
        let hash = secret.hash();
        sqlx::query!(
            "insert into access.sign_on (hash, issuer, return_to, lang, expires_at)
             values ($1, $2, $3, $4, now() + make_interval(secs => $5))",
            hash.as_slice(),
            name,
            return_to,
            lang.as_str(),
            LASTS.as_secs_f64()
        )
        .execute(&self.pool)
        .await?;
        let challenge = Sha256::digest(derived("verifier", secret.reveal()));
        let asked = [
            ("response_type", "code"),
            ("client_id", &browser.client_id),
            ("redirect_uri", &self.callback),
            ("scope", &browser.scopes.join(" ")),
            ("state", &derived("state", secret.reveal())),
            ("nonce", &derived("nonce", secret.reveal())),
            ("code_challenge", &URL_SAFE_NO_PAD.encode(challenge)),
            ("code_challenge_method", "S256"),
            ("ui_locales", lang.as_str()),
        ];
        Ok(Some(Departure {
            address: exchange::address(&endpoints.authorization, &asked),
            label: browser.label.clone(),
            secret,
        }))
    }

    /// The journey of a browser that comes back with this secret and this state, which is over with that; `None` where the
    /// state is another browser's, or the journey is unknown, over, or took too long.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn come_back(&self, shown: &str, state: &str) -> sqlx::Result<Option<Journey>> {
        if !secret::is_formed(shown, "") || state != derived("state", shown) {
            return Ok(None);
        }
        let hash = secret::hash(shown);
        let row = sqlx::query!(
            r#"delete from access.sign_on where hash = $1
               returning issuer, return_to, lang, expires_at > now() as "is_in_time!""#,
            hash.as_slice()
        )
        .fetch_optional(&self.pool)
        .await?;
        let row = row.filter(|row| row.is_in_time);
        Ok(row.map(|row| Journey {
            issuer: row.issuer,
            secret: shown.to_owned(),
            return_to: row.return_to,
            lang: row.lang.parse().unwrap_or(Lang::En),
        }))
    }

    /// Lets in whom the issuer's answer shows, with a session in place of the one that the browser showed before.
    ///
    /// # Errors
    /// [`SignOnError`].
    pub async fn arrive(
        &self,
        journey: &Journey,
        answer: &IssuerAnswer,
        before: Option<&str>,
    ) -> Result<OpenedSession, SignOnError> {
        let (index, issuer) = self.called(&journey.issuer).ok_or(SignOnError::Settings)?;
        let browser = issuer.settings.browser.as_ref();
        let browser = browser.ok_or(SignOnError::Settings)?;
        let endpoints = issuer.keys.endpoints().await?;
        let is_of_issuer = match &answer.issuer {
            Some(named) => *named == issuer.settings.issuer,
            None => !endpoints.names_itself,
        };
        if !is_of_issuer {
            return Err(Refusal::ForeignIssuer.into());
        }
        let code = match (&answer.error, &answer.code) {
            (None, Some(code)) => code,
            (Some(error), _) => return Err(issuers_error(error)),
            (None, None) => return Err(SignOnError::Settings),
        };
        let exchanged = CodeExchange {
            code,
            callback: &self.callback,
            verifier: &derived("verifier", &journey.secret),
            client_id: &browser.client_id,
            secret: issuer.secret.as_deref(),
        };
        let exchanged = exchanged.id_token(&self.client, &endpoints).await;
        let token = exchanged.map_err(|error| not_exchanged(&issuer.settings.issuer, error))?;
        let unchecked = UncheckedToken::read(&token)?;
        if unchecked.issuer != issuer.settings.issuer {
            return Err(Refusal::ForeignIssuer.into());
        }
        let shown_for = Use::SignOn {
            client: &browser.client_id,
            nonce: &derived("nonce", &journey.secret),
        };
        let shown = self.check_of(index, &token, &unchecked, shown_for).await?;
        let principal = self.look_up(&shown).await?;
        let mut transaction = self.pool.begin().await?;
        let opened = sessions::begin_signed_on(
            &mut transaction,
            own_id(&shown.identity),
            principal,
            browser.session_hours,
            before,
        )
        .await?;
        // Where the issuer has said something else since, what this token says was so once.
        let opened = opened.ok_or(Refusal::Expired)?;
        transaction.commit().await?;
        Ok(opened)
    }

    fn called(&self, name: &str) -> Option<(usize, &KnownIssuer)> {
        let mut issuers = self.issuers.iter().enumerate();
        issuers.find(|(_, issuer)| {
            let browser = issuer.settings.browser.as_ref();
            browser.is_some_and(|browser| browser.name == name)
        })
    }
}

/// What is computed from a browser's secret, for one purpose: 64 hexadecimal digits, which tell nothing of the secret or of
/// what is for another purpose.
fn derived(purpose: &str, secret: &str) -> String {
    hex::encode(Sha256::digest(format!("{purpose}\n{secret}")))
}

/// What the issuer's error comes to (RFC 6749, section 4.1.2.1).
fn issuers_error(error: &str) -> SignOnError {
    tracing::debug!(error = exchange::brief(error), "an issuer let nobody in");
    match error {
        "temporarily_unavailable" | "server_error" => Refusal::IssuerAway.into(),
        "invalid_request"
        | "unauthorized_client"
        | "unsupported_response_type"
        | "invalid_scope" => SignOnError::Settings,
        _ => SignOnError::Denied,
    }
}

fn not_exchanged(issuer: &str, error: ExchangeError) -> SignOnError {
    match error {
        ExchangeError::Code => SignOnError::Code,
        ExchangeError::Refused(said) => {
            tracing::warn!(%issuer, %said, "the issuer exchanges no code for this server: are client and redirect address as it has them?");
            SignOnError::Settings
        }
        ExchangeError::Away(error) => {
            let error = format!("{:#}", anyhow::Error::from(error));
            tracing::warn!(%issuer, %error, "the issuer exchanges no code at the moment");
            Refusal::IssuerAway.into()
        }
    }
}
