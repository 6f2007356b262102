//! A token: what it says of itself, and whether that holds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::refusal::Refusal;
use super::settings::Issuer;
use domain::blank;

/// What a token is shown for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Use<'a> {
    /// To ask for something: an access token.
    Request,
    /// To say to this client of the issuer's who has signed in: an ID token.
    SignOn {
        /// The client.
        client: &'a str,
        /// What the client asked for it with, so that it is the answer to this very browser.
        nonce: &'a str,
    },
}

/// Bytes of a token that are read at all: an honest one with many groups has about 4,000.
pub(super) const LIMIT: usize = 16 * 1024;
/// Characters of a subject, as OpenID Connect limits it.
const SUBJECT: usize = 255;

/// What a token says of itself, before anything was checked.
#[derive(Debug)]
pub(super) struct UncheckedToken {
    /// The issuer that it names.
    pub issuer: String,
    /// The algorithm that it names.
    pub algorithm: String,
    /// The key that it names.
    pub key: String,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<Value>,
}

#[derive(Deserialize)]
struct Payload {
    iss: String,
}

impl UncheckedToken {
    /// Reads it.
    ///
    /// # Errors
    /// It is none of the kind that is read here: a signed access token of bounded size, in the compact form.
    pub fn read(token: &str) -> Result<Self, Refusal> {
        if token.len() > LIMIT {
            return Err(Refusal::Malformed("it is larger than 16,384 bytes"));
        }
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Refusal::Malformed("it does not have three parts"));
        };
        let header: Header = json(header).ok_or(Refusal::Malformed("its header cannot be read"))?;
        if header.crit.is_some() {
            // Extensions that must be understood; none is.
            return Err(Refusal::Malformed("its header has extensions (crit)"));
        }
        // Left out, or as RFC 7519 and RFC 9068 have it: no logout token, no security event, no proof of possession.
        let typ = header.typ.map(|typ| typ.to_ascii_lowercase());
        if !matches!(
            typ.as_deref(),
            None | Some("jwt" | "at+jwt" | "application/at+jwt")
        ) {
            return Err(Refusal::Kind(
                "its header is of another type (typ) than an access token's",
            ));
        }
        let payload: Payload = json(payload).ok_or(Refusal::Malformed(
            "its payload cannot be read, or names no issuer",
        ))?;
        Ok(Self {
            issuer: payload.iss,
            algorithm: header.alg,
            key: header
                .kid
                .ok_or(Refusal::Malformed("its header names no key (kid)"))?,
        })
    }

    /// The algorithm, if the issuer may use it.
    pub fn algorithm(&self, issuer: &Issuer) -> Result<Algorithm, Refusal> {
        let algorithm = self.algorithm.parse().map_err(|_| Refusal::Algorithm)?;
        if issuer.algorithms.contains(&algorithm) {
            Ok(algorithm)
        } else {
            Err(Refusal::Algorithm)
        }
    }
}

fn json<T: DeserializeOwned>(part: &str) -> Option<T> {
    let bytes = URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The claims of a token that holds.
#[derive(Debug)]
pub(super) struct Claims {
    /// `sub`.
    pub subject: String,
    /// `exp`, in seconds since 1970.
    pub expires: i64,
    /// `iat`, in seconds since 1970.
    pub issued: i64,
    /// All of them.
    pub all: Map<String, Value>,
}

impl Claims {
    /// Checks a token: its signature, for whom it is, for what, and when. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// It does not hold.
    pub fn check(
        token: &str,
        algorithm: Algorithm,
        key: &DecodingKey,
        issuer: &Issuer,
        shown_for: Use<'_>,
        now: i64,
    ) -> Result<Self, Refusal> {
        let mut validation = Validation::new(algorithm);
        validation.leeway = issuer.leeway;
        validation.validate_nbf = true;
        validation.set_issuer(&[&issuer.issuer]);
        match shown_for {
            Use::Request => validation.set_audience(&issuer.audience),
            Use::SignOn { client, .. } => validation.set_audience(&[client]),
        }
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        let all = jsonwebtoken::decode::<Map<String, Value>>(token, key, &validation)
            .map_err(|error| refusal(error.kind()))?
            .claims;
        let claims = Self::check_rest(all, issuer, now)?;
        match shown_for {
            Use::Request => is_of_access(&claims.all)?,
            Use::SignOn { client, nonce } => is_of_sign_on(&claims.all, client, nonce)?,
        }
        Ok(claims)
    }

    /// What the library does not check.
    fn check_rest(all: Map<String, Value>, issuer: &Issuer, now: i64) -> Result<Self, Refusal> {
        // The library takes a list of issuers for one of them.
        if all.get("iss").and_then(Value::as_str) != Some(&issuer.issuer) {
            return Err(Refusal::ForeignIssuer);
        }
        let subject = all.get("sub").and_then(Value::as_str).unwrap_or_default();
        if blank::is_blank(subject) || subject.chars().count() > SUBJECT {
            return Err(Refusal::Claim("sub"));
        }
        let leeway = i64::try_from(issuer.leeway).unwrap_or_default();
        let issued = seconds(&all, "iat").ok_or(Refusal::Claim("iat"))?;
        if issued > now.saturating_add(leeway) {
            return Err(Refusal::NotYetValid);
        }
        if all.contains_key("nbf") && seconds(&all, "nbf").is_none() {
            return Err(Refusal::Claim("nbf"));
        }
        if all.contains_key("cnf") {
            return Err(Refusal::Kind(
                "it is bound to a key that its bearer must prove (cnf)",
            ));
        }
        Ok(Self {
            subject: subject.to_owned(),
            expires: seconds(&all, "exp").ok_or(Refusal::Claim("exp"))?,
            issued,
            all,
        })
    }
}

/// That it is none that was meant for somebody else than who takes requests.
fn is_of_access(all: &Map<String, Value>) -> Result<(), Refusal> {
    // Some issuers name in each token its kind: of those, only `Bearer` is meant to be shown in a request.
    if all.get("typ").is_some_and(|typ| typ != "Bearer") {
        return Err(Refusal::Kind("its claim typ is another than Bearer"));
    }
    if all.contains_key("at_hash") || all.contains_key("c_hash") {
        return Err(Refusal::Kind(
            "it is an ID token, which is for the client that asked for it",
        ));
    }
    Ok(())
}

/// That it is an ID token, made for this client (OpenID Connect Core, section 3.1.3.7), for whom it asked just now.
fn is_of_sign_on(all: &Map<String, Value>, client: &str, nonce: &str) -> Result<(), Refusal> {
    if all.get("typ").is_some_and(|typ| typ != "ID") {
        return Err(Refusal::Kind("its claim typ is another than ID"));
    }
    let several = all
        .get("aud")
        .and_then(Value::as_array)
        .is_some_and(|all| all.len() > 1);
    let party = all.get("azp");
    if party.map_or(several, |party| party != client) {
        return Err(Refusal::Audience);
    }
    match all.get("nonce").and_then(Value::as_str) {
        Some(said) if said == nonce => Ok(()),
        _ => Err(Refusal::Nonce),
    }
}

/// A time, in whole seconds since 1970; a fraction is left out.
fn seconds(claims: &Map<String, Value>, name: &str) -> Option<i64> {
    let value = claims.get(name)?;
    let most = 1e15;
    value.as_i64().or_else(|| {
        let seconds = value.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "within ±1e15")]
        (seconds.abs() < most).then_some(seconds as i64)
    })
}

fn refusal(kind: &ErrorKind) -> Refusal {
    match kind {
        ErrorKind::ExpiredSignature => Refusal::Expired,
        ErrorKind::ImmatureSignature => Refusal::NotYetValid,
        ErrorKind::InvalidIssuer => Refusal::ForeignIssuer,
        ErrorKind::InvalidAudience => Refusal::Audience,
        ErrorKind::InvalidAlgorithm => Refusal::Algorithm,
        ErrorKind::InvalidSignature => Refusal::Signature,
        ErrorKind::MissingRequiredClaim(name) | ErrorKind::InvalidClaimFormat(name) => {
            Refusal::Claim(match name.as_str() {
                "exp" => "exp",
                "nbf" => "nbf",
                "iss" => "iss",
                "aud" => "aud",
                _ => "sub",
            })
        }
        ErrorKind::Base64(_) => Refusal::Signature,
        _ => Refusal::Malformed("it cannot be read"),
    }
}
