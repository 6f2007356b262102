//! An issuer's keys, and where people sign in at it: held as long as they are fresh, and fetched again at a bounded rate.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyOperations, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::sync::Mutex;

use super::fetching::{self, Endpoints, Published};
use super::refusal::Refusal;
use super::settings::Pace;

/// A key with which tokens are checked.
#[derive(Clone, Debug)]
pub(super) struct Key {
    jwk: Jwk,
    id: String,
    algorithms: Vec<Algorithm>,
    /// What checks signatures.
    pub decoding: DecodingKey,
}

impl Key {
    /// The key, unless it is not one for signatures, has no id, or is of a kind that is not known here.
    fn from_jwk(jwk: Jwk) -> Option<Self> {
        let common = &jwk.common;
        let is_for_signatures = common
            .public_key_use
            .as_ref()
            .is_none_or(|it| *it == PublicKeyUse::Signature)
            && common
                .key_operations
                .as_ref()
                .is_none_or(|them| them.contains(&KeyOperations::Verify));
        let mut algorithms = suited(&jwk.algorithm);
        if let Some(only) = common.key_algorithm {
            algorithms.retain(|it| Algorithm::try_from(only).is_ok_and(|only| only == *it));
        }
        if !is_for_signatures || algorithms.is_empty() {
            return None;
        }
        Some(Self {
            id: common.key_id.clone()?,
            algorithms,
            decoding: DecodingKey::from_jwk(&jwk).ok()?,
            jwk,
        })
    }
}

/// What a key of this kind can sign with: a token must not choose another way of using it.
fn suited(kind: &AlgorithmParameters) -> Vec<Algorithm> {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    match kind {
        AlgorithmParameters::RSA(_) => vec![RS256, RS384, RS512, PS256, PS384, PS512],
        AlgorithmParameters::EllipticCurve(key) => match key.curve {
            EllipticCurve::P256 => vec![ES256],
            EllipticCurve::P384 => vec![ES384],
            _ => Vec::new(),
        },
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            vec![EdDSA]
        }
        _ => Vec::new(),
    }
}

/// The keys that an issuer had at some time.
struct KeySet {
    keys: Vec<Key>,
    endpoints: Option<Endpoints>,
    fetched: Instant,
    /// Another number after each change.
    generation: u64,
}

impl KeySet {
    fn knows(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id == id)
    }
}

#[derive(Default)]
struct KeyCache {
    set: Option<Arc<KeySet>>,
    /// When keys were last asked for because a token named an unknown one, or when asking last failed.
    demanded: Option<Instant>,
    /// When keys were last asked for because those at hand had aged.
    refreshed: Option<Instant>,
}

/// An issuer's keys.
pub(super) struct Keys {
    issuer: String,
    client: reqwest::Client,
    pace: Pace,
    held: RwLock<KeyCache>,
    /// Held by the one who asks the issuer; the others wait for what is answered.
    asking: Mutex<()>,
}

impl Keys {
    pub fn new(issuer: &str, client: reqwest::Client, pace: Pace) -> Self {
        Self {
            issuer: issuer.to_owned(),
            client,
            pace,
            held: RwLock::default(),
            asking: Mutex::new(()),
        }
    }

    /// Fetches the keys if there are none yet.
    pub async fn warm(&self) {
        let _alone = self.asking.lock().await;
        if self.usable().is_none() {
            self.fetch().await;
        }
    }

    /// The key with this id, and the number of the set in which it is.
    pub async fn find(
        self: &Arc<Self>,
        id: &str,
        algorithm: Algorithm,
    ) -> Result<(Key, u64), Refusal> {
        let wanted = id.to_owned();
        let set = self.set_that(move |set| set.knows(&wanted)).await?;
        if !set.knows(id) {
            return Err(Refusal::UnknownKey);
        }
        let mut keys = set.keys.iter();
        let key = keys.find(|key| key.id == id && key.algorithms.contains(&algorithm));
        let key = key.ok_or(Refusal::Algorithm)?;
        Ok((key.clone(), set.generation))
    }

    /// Where people sign in.
    pub async fn endpoints(self: &Arc<Self>) -> Result<Endpoints, Refusal> {
        let set = self.set_that(|_| true).await?;
        set.endpoints.clone().ok_or_else(|| {
            let issuer = &self.issuer;
            tracing::warn!(%issuer, "the issuer names no authorization and token endpoint that may be asked: nobody signs in at it");
            Refusal::IssuerAway
        })
    }

    /// The set at hand; where it does not suffice, the issuer was asked for another, if it may be.
    async fn set_that(
        self: &Arc<Self>,
        suffices: impl Fn(&KeySet) -> bool + Send + 'static,
    ) -> Result<Arc<KeySet>, Refusal> {
        if !self.usable().is_some_and(|set| suffices(&set)) {
            // In a task of its own: a caller who hangs up does not cut short what others wait for.
            let keys = Arc::clone(self);
            let asked = tokio::spawn(async move { keys.demand(suffices).await }).await;
            asked.map_err(|_| Refusal::IssuerAway)?;
        }
        let set = self.usable().ok_or(Refusal::IssuerAway)?;
        self.refresh_if_aged(&set);
        Ok(set)
    }

    /// The number of the set at hand; `None` where there is none that may be used.
    pub fn generation(self: &Arc<Self>) -> Option<u64> {
        let set = self.usable()?;
        self.refresh_if_aged(&set);
        Some(set.generation)
    }

    fn usable(&self) -> Option<Arc<KeySet>> {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        let set = held.set.as_ref()?;
        (set.fetched.elapsed() < self.pace.expire).then(|| Arc::clone(set))
    }

    fn change<T>(&self, change: impl FnOnce(&mut KeyCache) -> T) -> T {
        change(&mut self.held.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the issuer for a key that is not at hand, unless it was asked for one just now. The very first
    /// request does not count as one, so that a key that is changed right after it is found too.
    async fn demand(&self, suffices: impl Fn(&KeySet) -> bool) {
        let _alone = self.asking.lock().await;
        let set = self.usable();
        if set.as_deref().is_some_and(suffices) {
            return;
        }
        let is_allowed = self.change(|held| {
            let is_allowed = is_past(held.demanded, self.pace.demand);
            if is_allowed && set.is_some() {
                held.demanded = Some(clock::stopwatch());
            }
            is_allowed
        });
        if is_allowed {
            self.fetch().await;
        }
    }

    /// Fetches keys that have aged, while they go on being used.
    fn refresh_if_aged(self: &Arc<Self>, set: &KeySet) {
        if set.fetched.elapsed() < self.pace.refresh {
            return;
        }
        let is_mine = self.change(|held| {
            let is_mine = is_past(held.refreshed, self.pace.demand.min(self.pace.refresh));
            if is_mine {
                held.refreshed = Some(clock::stopwatch());
            }
            is_mine
        });
        if is_mine {
            let keys = Arc::clone(self);
            tokio::spawn(async move {
                let _alone = keys.asking.lock().await;
                keys.fetch().await;
            });
        }
    }

    /// Asks the issuer; what is at hand stays where it does not answer.
    async fn fetch(&self) {
        let issuer = &self.issuer;
        match fetching::published(&self.client, issuer).await {
            Ok(Published { keys, endpoints }) => {
                let keys: Vec<Key> = keys.into_iter().filter_map(Key::from_jwk).collect();
                if keys.is_empty() {
                    tracing::warn!(%issuer, "the issuer has no key that can be used: its tokens are refused");
                }
                self.change(|held| held.take(keys, endpoints));
            }
            Err(error) => {
                // With its causes: a name that is not found, a certificate that is not trusted.
                let error = format!("{:#}", anyhow::Error::from(error));
                tracing::warn!(%issuer, %error, "the issuer's keys cannot be fetched");
                self.change(|held| held.demanded = Some(clock::stopwatch()));
            }
        }
    }
}

impl KeyCache {
    fn take(&mut self, keys: Vec<Key>, endpoints: Option<Endpoints>) {
        let before = self.set.as_ref();
        let is_same = before.is_some_and(|set| {
            let same = |(one, other): (&Key, &Key)| one.jwk == other.jwk;
            set.keys.len() == keys.len() && set.keys.iter().zip(&keys).all(same)
        });
        let number = before.map_or(0, |set| set.generation);
        self.set = Some(Arc::new(KeySet {
            keys,
            endpoints,
            fetched: clock::stopwatch(),
            generation: if is_same { number } else { number + 1 },
        }));
    }
}

fn is_past(moment: Option<Instant>, pause: Duration) -> bool {
    moment.is_none_or(|moment| moment.elapsed() >= pause)
}
