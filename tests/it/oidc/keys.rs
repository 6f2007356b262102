//! Keys of an issuer, made anew for each test, and what they sign. Nothing here is the code that the server checks with.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreJsonCurveType, CoreJsonWebKey, CoreJwsSigningAlgorithm,
    CoreRsaPrivateSigningKey,
};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use rsa::RsaPrivateKey;
use rsa::pkcs1::{EncodeRsaPrivateKey, LineEnding};
use serde_json::{Value, json};

enum Kind {
    Rsa(CoreRsaPrivateSigningKey),
    Ed(CoreEdDsaPrivateSigningKey),
    /// The library of the issuer does not sign with it, so its own foundation does.
    Ec(SigningKey),
}

/// A key.
pub struct Key {
    pub id: String,
    kind: Kind,
}

impl Key {
    pub fn rsa(id: &str) -> Self {
        let pair = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
        let pem = pair.to_pkcs1_pem(LineEnding::LF).unwrap();
        let key = CoreRsaPrivateSigningKey::from_pem(&pem, Some(JsonWebKeyId::new(id.to_owned())));
        Self::new(id, Kind::Rsa(key.unwrap()))
    }

    pub fn ed(id: &str) -> Self {
        // PKCS #8 (RFC 8410): these 16 bytes, and the key itself.
        let mut der = hex::decode("302e020100300506032b657004220420").unwrap();
        der.extend(clock::random::<32>().unwrap());
        let pem = pem("PRIVATE KEY", &der);
        let id_of_key = Some(JsonWebKeyId::new(id.to_owned()));
        let key = CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, id_of_key);
        Self::new(id, Kind::Ed(key.unwrap()))
    }

    pub fn ec(id: &str) -> Self {
        let key = SigningKey::from_slice(&clock::random::<32>().unwrap());
        Self::new(id, Kind::Ec(key.unwrap()))
    }

    fn new(id: &str, kind: Kind) -> Self {
        Self {
            id: id.to_owned(),
            kind,
        }
    }

    /// The algorithm with which it signs.
    pub fn algorithm(&self) -> &'static str {
        match self.kind {
            Kind::Rsa(_) => "RS256",
            Kind::Ed(_) => "EdDSA",
            Kind::Ec(_) => "ES256",
        }
    }

    /// Its public part, as the issuer publishes it.
    pub fn published(&self) -> CoreJsonWebKey {
        match &self.kind {
            Kind::Rsa(key) => key.as_verification_key(),
            Kind::Ed(key) => key.as_verification_key(),
            Kind::Ec(key) => {
                let point = key.verifying_key().to_sec1_point(false);
                CoreJsonWebKey::new_ec(
                    point.x().unwrap().to_vec(),
                    point.y().unwrap().to_vec(),
                    CoreJsonCurveType::P256,
                    Some(JsonWebKeyId::new(self.id.clone())),
                )
            }
        }
    }

    /// The library's own key, where it makes whole tokens with it.
    pub fn as_rsa(&self) -> &CoreRsaPrivateSigningKey {
        match &self.kind {
            Kind::Rsa(key) => key,
            _ => panic!("{} is no RSA key", self.id),
        }
    }

    fn signature(&self, message: &str) -> Vec<u8> {
        use CoreJwsSigningAlgorithm::{EdDsa, RsaSsaPkcs1V15Sha256};
        let message = message.as_bytes();
        match &self.kind {
            Kind::Rsa(key) => key.sign(&RsaSsaPkcs1V15Sha256, message).unwrap(),
            Kind::Ed(key) => key.sign(&EdDsa, message).unwrap(),
            Kind::Ec(key) => {
                let signature: Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
        }
    }

    /// A token with these claims.
    pub fn token(&self, claims: &Value) -> String {
        self.token_with(&self.header(), claims)
    }

    /// The header of its tokens.
    pub fn header(&self) -> Value {
        json!({"alg": self.algorithm(), "kid": self.id, "typ": "JWT"})
    }

    /// A token with another header.
    pub fn token_with(&self, header: &Value, claims: &Value) -> String {
        let message = unsigned(&header.to_string(), &claims.to_string());
        let signature = URL_SAFE_NO_PAD.encode(self.signature(&message));
        format!("{message}.{signature}")
    }
}

/// Bytes as a token has them.
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Header and payload, in the compact form.
pub fn unsigned(header: &str, payload: &str) -> String {
    let (header, payload) = (
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload),
    );
    format!("{header}.{payload}")
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let mut pem = format!("-----BEGIN {label}-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.push_str(std::str::from_utf8(line).unwrap());
        pem.push('\n');
    }
    pem.push_str(&format!("-----END {label}-----\n"));
    pem
}
