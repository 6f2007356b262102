//! Asks an issuer: OpenID Connect Discovery 1.0, then its JSON Web Key Set (RFC 7517); and its token endpoint.

use std::time::Duration;

use jsonwebtoken::jwk::Jwk;
use reqwest::redirect::Policy;
use reqwest::{Client, Response, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::addresses;
use crate::cryptography;

/// How long each request may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer that are read.
const LIMIT: usize = 512 * 1024;

/// What could not be had of an issuer.
#[derive(Debug, thiserror::Error)]
pub(super) enum FetchError {
    #[error("no answer")]
    NoAnswer(#[from] reqwest::Error),
    #[error("{0} was answered {1}")]
    Status(Url, reqwest::StatusCode),
    #[error("{0} was answered with more than {LIMIT} bytes")]
    TooLarge(Url),
    #[error("{0} was not answered with the JSON that was expected: {1}")]
    NotJson(Url, serde_json::Error),
    #[error(
        "the discovery document is of the issuer {0:?}, which is not exactly the one of the settings"
    )]
    OtherIssuer(String),
    #[error(
        "{0:?} is no URL for this: expected https (http only on loopback, for an issuer on loopback)"
    )]
    Address(String),
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

/// Where people sign in, and where this server learns who has.
#[derive(Clone, Debug)]
pub(super) struct Endpoints {
    /// Where a browser is sent.
    pub authorization: Url,
    /// Where a code is exchanged.
    pub token: Url,
    /// Whether a client's secret goes into the body, since the header is not taken.
    pub is_secret_in_body: bool,
    /// Whether each answer by way of the browser names the issuer (RFC 9207).
    pub names_itself: bool,
}

/// What an issuer says of itself.
pub(super) struct Published {
    /// Its keys. Those of kinds that are not known here are left out (RFC 7517, section 5).
    pub keys: Vec<Jwk>,
    /// Where people sign in; none where it does not say, or names what may not be asked.
    pub endpoints: Option<Endpoints>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Value>,
}

/// A client for this. It follows no redirection: what the settings name is what is asked.
///
/// # Errors
/// This machine has no trusted certificates.
pub(super) fn client(https: bool) -> reqwest::Result<Client> {
    cryptography::install();
    let builder = Client::builder()
        .redirect(Policy::none())
        .timeout(PATIENCE)
        .pool_max_idle_per_host(1);
    // Where every issuer is on this machine, its trusted certificates need not be there.
    if https {
        builder.build()
    } else {
        builder.tls_certs_only([]).build()
    }
}

/// What an issuer publishes.
pub(super) async fn published(client: &Client, issuer: &str) -> Result<Published, FetchError> {
    let base = address(issuer, true)?;
    let document = format!(
        "{}/.well-known/openid-configuration",
        issuer.trim_end_matches('/')
    );
    let discovery: Discovery = get(client, address(&document, true)?).await?;
    if discovery.issuer != issuer {
        return Err(FetchError::OtherIssuer(discovery.issuer));
    }
    let loopback = addresses::is_loopback(&base);
    let keys = address(&discovery.jwks_uri, loopback)?;
    let found: KeySet = get(client, keys).await?;
    let read = |key| serde_json::from_value(key).ok();
    Ok(Published {
        keys: found.keys.into_iter().filter_map(read).collect(),
        endpoints: endpoints(&discovery, loopback),
    })
}

fn endpoints(discovery: &Discovery, loopback: bool) -> Option<Endpoints> {
    let at = |text: &Option<String>| address(text.as_deref()?, loopback).ok();
    let methods = discovery.token_endpoint_auth_methods_supported.as_ref();
    let takes = |method: &str| methods.is_some_and(|all| all.iter().any(|one| one == method));
    Some(Endpoints {
        authorization: at(&discovery.authorization_endpoint)?,
        token: at(&discovery.token_endpoint)?,
        is_secret_in_body: takes("client_secret_post") && !takes("client_secret_basic"),
        names_itself: discovery.authorization_response_iss_parameter_supported,
    })
}

fn address(text: &str, loopback: bool) -> Result<Url, FetchError> {
    Url::parse(text)
        .ok()
        .filter(|url| addresses::is_allowed(url, loopback))
        .ok_or_else(|| FetchError::Address(text.to_owned()))
}

async fn get<T: DeserializeOwned>(client: &Client, url: Url) -> Result<T, FetchError> {
    let answer = client.get(url.clone()).send().await?;
    if !answer.status().is_success() {
        return Err(FetchError::Status(url, answer.status()));
    }
    read(answer, url).await
}

/// Reads an answer's JSON, of bounded size.
pub(super) async fn read<T: DeserializeOwned>(
    mut answer: Response,
    url: Url,
) -> Result<T, FetchError> {
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await? {
        if body.len() + chunk.len() > LIMIT {
            return Err(FetchError::TooLarge(url));
        }
        body.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&body).map_err(|error| FetchError::NotJson(url, error))
}
