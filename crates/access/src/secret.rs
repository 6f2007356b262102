//! Secrets that open something: random, shown once, kept only as a hash.

use std::fmt;

use sha2::{Digest, Sha256};

/// A secret of 256 random bits. It is never printed by accident: `Debug` leaves it out, and there is no `Display`.
pub struct Secret(String);

impl Secret {
    /// A new one: the prefix and 64 hexadecimal digits.
    ///
    /// # Errors
    /// The operating system has no randomness to give.
    pub fn new(prefix: &str) -> sqlx::Result<Self> {
        let bits: [u8; 32] = clock::random()
            .map_err(|error| sqlx::Error::Configuration(error.to_string().into()))?;
        Ok(Self(format!("{prefix}{}", hex::encode(bits))))
    }

    /// What it is; to be shown to its owner only.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is kept.
    pub fn hash(&self) -> SecretHash {
        hash(&self.0)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

/// Whether a text could be a secret that [`Secret::new`] made with this prefix: what could not is looked up nowhere.
pub fn is_formed(text: &str, prefix: &str) -> bool {
    let bits = text.strip_prefix(prefix).unwrap_or_default();
    bits.len() == 64 && bits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// What is kept of a secret, and by which it is found: its SHA-256 hash.
pub type SecretHash = [u8; 32];

/// The hash of a secret. To find it by that is no timing oracle: what time a look-up takes depends on the hash, whose bits nobody
/// can choose without trying 2^n secrets for n of them. So no secret is ever compared with another, in constant time or otherwise.
pub fn hash(secret: &str) -> SecretHash {
    Sha256::digest(secret.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_differs_each_time_and_is_not_printed() {
        let (one, other) = (Secret::new("x_").unwrap(), Secret::new("x_").unwrap());
        assert_eq!(one.reveal().len(), 2 + 64);
        assert_ne!(one.reveal(), other.reveal());
        assert!(!format!("{one:?}").contains(&one.reveal()[2..]));
        assert!(is_formed(one.reveal(), "x_"));
        for other in [
            "",
            "x_",
            &one.reveal()[1..],
            "x_zz",
            &format!("{}0", one.reveal()),
        ] {
            assert!(!is_formed(other, "x_"), "{other}");
        }
    }
}
