//! Exchanges a code for an ID token, at an issuer's token endpoint (RFC 6749, section 4.1.3).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, StatusCode, Url, header};
use serde::Deserialize;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::fetching::{self, Endpoints, FetchError};

/// A code, and what proves that it is ours to exchange.
pub(super) struct CodeExchange<'a> {
    /// The code.
    pub code: &'a str,
    /// Where the issuer sent the browser back to.
    pub callback: &'a str,
    /// What the challenge was made of (RFC 7636).
    pub verifier: &'a str,
    /// As whom the issuer knows this server.
    pub client_id: &'a str,
    /// What shows that, where it has a secret.
    pub secret: Option<&'a str>,
}

/// Why there is no ID token.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExchangeError {
    /// The code has expired, was used, or is another client's.
    #[error("the code is not taken")]
    Code,
    /// The issuer does not take this server for its client, or does not answer as one should.
    #[error("the issuer answered {0}")]
    Refused(String),
    /// It does not answer.
    #[error(transparent)]
    Away(#[from] FetchError),
}

#[derive(Deserialize)]
struct Granted {
    id_token: String,
}

#[derive(Deserialize)]
struct Denied {
    error: String,
}

impl CodeExchange<'_> {
    /// Asks for the ID token.
    ///
    /// # Errors
    /// [`ExchangeError`].
    pub async fn id_token(
        &self,
        client: &Client,
        endpoints: &Endpoints,
    ) -> Result<String, ExchangeError> {
        let url = endpoints.token.clone();
        let request = client
            .post(url.clone())
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .body(self.form(endpoints.is_secret_in_body));
        let request = match self.authorization(endpoints.is_secret_in_body) {
            Some(shown) => request.header(header::AUTHORIZATION, shown),
            None => request,
        };
        let answer = request.send().await.map_err(FetchError::from)?;
        match answer.status() {
            StatusCode::OK => match fetching::read::<Granted>(answer, url).await {
                Ok(granted) => Ok(granted.id_token),
                // What the answer has in another form is not repeated: it may be a token.
                Err(FetchError::NotJson(..)) => {
                    Err(ExchangeError::Refused("without an ID token".to_owned()))
                }
                Err(error) => Err(error.into()),
            },
            status if status.is_client_error() => {
                let denied = fetching::read::<Denied>(answer, url).await;
                Err(match denied.map(|denied| denied.error).as_deref() {
                    Ok("invalid_grant") => ExchangeError::Code,
                    Ok(error) => ExchangeError::Refused(format!("{status}, {}", brief(error))),
                    Err(_) => ExchangeError::Refused(status.to_string()),
                })
            }
            status => Err(FetchError::Status(url, status).into()),
        }
    }

    fn form(&self, is_secret_in_body: bool) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", self.code)
            .append_pair("redirect_uri", self.callback)
            .append_pair("code_verifier", self.verifier);
        match self.secret {
            None => {
                form.append_pair("client_id", self.client_id);
            }
            Some(secret) if is_secret_in_body => {
                form.append_pair("client_id", self.client_id)
                    .append_pair("client_secret", secret);
            }
            Some(_) => {}
        }
        form.finish()
    }

    /// The header that shows the secret; both are encoded as a form's fields are (RFC 6749, section 2.3.1).
    fn authorization(&self, is_secret_in_body: bool) -> Option<String> {
        let secret = self.secret.filter(|_| !is_secret_in_body)?;
        let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
        let shown = format!("{}:{}", encoded(self.client_id), encoded(secret));
        Some(format!("Basic {}", STANDARD.encode(shown)))
    }
}

/// An error's code, as it can be shown in a line of the log.
pub(super) fn brief(code: &str) -> String {
    let chars = code.chars().filter(char::is_ascii_graphic);
    chars.take(40).collect()
}

/// The address at which a browser asks the issuer for a code.
pub(super) fn address(endpoint: &Url, asked: &[(&str, &str)]) -> String {
    let mut url = endpoint.clone();
    url.query_pairs_mut().extend_pairs(asked);
    url.into()
}
