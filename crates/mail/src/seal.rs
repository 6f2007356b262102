//! Seals the links of letters that wait: whoever reads the outbox, or a copy of it, comes in by none of them without the
//! installation's secret. XChaCha20-Poly1305, whose nonces may be drawn at random; bound to the letter, so that a link that is
//! moved to another letter does not open.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde_json::{Map, Value};
use uuid::Uuid;

/// What a sealed part of a path begins with; `/sealed.` is what the outbox looks for.
const PREFIX: &str = "sealed.";

/// The bytes of a nonce.
const NONCE: usize = 24;

/// Closes with its first key, and opens with each.
pub struct Seal(Vec<XChaCha20Poly1305>);

impl Seal {
    /// With these keys, the one to close with first.
    pub fn new(keys: impl IntoIterator<Item = [u8; 32]>) -> Self {
        let ciphers = keys.into_iter();
        let ciphers = ciphers.map(|key| XChaCha20Poly1305::new(&key.into()));
        Self(ciphers.collect())
    }

    /// Seals the secret in what a letter is filled with: the last part of its `path`, if it has one.
    pub(super) fn close(&self, letter: Uuid, args: &mut Map<String, Value>) -> sqlx::Result<()> {
        let failed = |what: &str| sqlx::Error::Encode(what.into());
        let Some((begins, secret)) = parts(args) else {
            return Ok(());
        };
        let nonce: [u8; NONCE] = clock::random().map_err(|error| failed(&error.to_string()))?;
        let cipher = self
            .0
            .first()
            .ok_or_else(|| failed("no key to seal with"))?;
        let payload = Payload {
            msg: secret.as_bytes(),
            aad: letter.as_bytes(),
        };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| failed("a link cannot be sealed"))?;
        let sealed = URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat());
        let path = format!("{begins}/{PREFIX}{sealed}");
        args.insert("path".to_owned(), path.into());
        Ok(())
    }

    /// Opens it again; answers true if it could, and if there was nothing to open.
    pub(super) fn open(&self, letter: Uuid, args: &mut Map<String, Value>) -> bool {
        let Some((begins, last)) = parts(args) else {
            return true;
        };
        let Some(sealed) = last.strip_prefix(PREFIX) else {
            return true;
        };
        let Some(secret) = self.opened(letter, sealed) else {
            return false;
        };
        args.insert("path".to_owned(), format!("{begins}/{secret}").into());
        true
    }

    fn opened(&self, letter: Uuid, sealed: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let opened = self.0.iter().find_map(|cipher| {
            let payload = Payload {
                msg: sealed,
                aad: letter.as_bytes(),
            };
            cipher.decrypt(&XNonce::from(*nonce), payload).ok()
        });
        String::from_utf8(opened?).ok()
    }
}

/// Without the keys.
impl std::fmt::Debug for Seal {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Seal(…)")
    }
}

/// A letter's path, before and after its last `/`.
fn parts(args: &Map<String, Value>) -> Option<(String, String)> {
    let (begins, last) = args.get("path")?.as_str()?.rsplit_once('/')?;
    Some((begins.to_owned(), last.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn args() -> Map<String, Value> {
        let args = json!({"party": "Finland", "path": "/join/5ec2e7"});
        args.as_object().unwrap().clone()
    }

    #[test]
    fn a_link_opens_again_in_its_own_letter_with_a_key_that_is_known() {
        let seal = Seal::new([[1; 32]]);
        let letter = Uuid::from_u128(1);
        let mut sealed = args();
        seal.close(letter, &mut sealed).unwrap();
        let path = sealed["path"].as_str().unwrap();
        assert!(
            path.starts_with("/join/sealed.") && !path.contains("5ec2e7"),
            "{path}"
        );
        let opened = |seal: &Seal, letter| {
            let mut args = sealed.clone();
            seal.open(letter, &mut args).then_some(args)
        };
        assert_eq!(opened(&seal, letter), Some(args()));
        let newer = Seal::new([[2; 32], [1; 32]]);
        assert_eq!(opened(&newer, letter), Some(args()));
        assert_eq!(opened(&Seal::new([[2; 32]]), letter), None);
        assert_eq!(opened(&seal, Uuid::from_u128(2)), None);

        let mut again = args();
        seal.close(letter, &mut again).unwrap();
        assert_ne!(again, sealed, "no two are sealed alike");
        for changed in ["/join/sealed.", "/join/sealed.AAAA", "/join/sealed.%"] {
            let mut args = Map::from_iter([("path".to_owned(), changed.into())]);
            assert!(!seal.open(letter, &mut args), "{changed}");
        }
        // What was never sealed, and what has no link.
        for mut args in [args(), Map::new()] {
            let before = args.clone();
            assert!(seal.open(letter, &mut args));
            assert_eq!(args, before);
        }
    }
}
