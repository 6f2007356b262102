//! Single sign-on: bearer tokens of the OpenID Connect issuers that the settings name, and signing in at their own pages.

mod addresses;
mod exchange;
mod fetching;
mod keys;
mod mapping;
mod refusal;
mod settings;
mod sign_on;
mod token;

use std::sync::Arc;
use std::time::{Duration, Instant};

use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::standing::{self, Standings};
use super::{Credential, Invalidation, Principal};
use directory::{BoundPerson, Directory, Identity, NewPerson};
use domain::PartyId;
use keys::Keys;
use mapping::{GrantedRole, IssuerProfile};
use token::{Claims, UncheckedToken, Use};

pub use refusal::Refusal;
pub use settings::{Browser, Issuer, Pace, PartyClaim, RoleClaim, Settings, SettingsError};
pub use sign_on::{Departure, IssuerAnswer, Journey, LASTS, SignOnError};

/// How long a token that was checked is trusted without another check, provided that it has not expired and its issuer has the same keys.
const CHECKED: Duration = Duration::from_secs(60);
/// How long it is assumed, without another look, that the person is still in the directory, and the party registered.
const LOOKED_UP: Duration = Duration::from_secs(5);

/// An issuer, and what it says of itself.
struct KnownIssuer {
    settings: Issuer,
    keys: Arc<Keys>,
    /// What this server shows it as its client, if anything.
    secret: Option<String>,
}

/// Finds principals by the tokens of issuers.
pub struct Oidc {
    issuers: Vec<KnownIssuer>,
    client: reqwest::Client,
    /// Where issuers send browsers back to.
    callback: String,
    pool: PgPool,
    directory: Directory,
    standings: Standings,
    known: Cache<[u8; 32], CheckedToken>,
}

/// A token that was checked.
#[derive(Clone)]
struct CheckedToken {
    issuer: usize,
    /// The set of keys in which its key was.
    generation: u64,
    /// The last second in which it holds.
    until: i64,
    /// When it was issued, in seconds since 1970.
    issued: i64,
    checked: Instant,
    identity: Arc<Identity>,
    given: GrantedRole,
    known: Arc<IssuerProfile>,
    /// Who it was, and when that was looked up.
    principal: Option<(Principal, Instant)>,
}

impl CheckedToken {
    fn credential(&self, principal: Principal) -> Credential {
        Credential {
            identity: Some(own_id(&self.identity)),
            ..Credential::from(principal)
        }
    }
}

impl Oidc {
    /// Single sign-on with these issuers, for the site at `public_url`. Where an issuer takes a role away, tokens and sessions of ours end, and
    /// `invalidation` is told.
    ///
    /// # Errors
    /// An issuer is asked over https, and this machine has no trusted certificates; a client's secret cannot be read.
    pub fn new(
        settings: Settings,
        pool: PgPool,
        invalidation: Invalidation,
        public_url: &str,
    ) -> Result<Self, SettingsError> {
        let is_remote = |issuer: &Issuer| issuer.issuer.starts_with("https");
        let client = fetching::client(settings.issuers.iter().any(is_remote))?;
        let known = |(index, issuer): (usize, Issuer)| {
            let keys = Keys::new(&issuer.issuer, client.clone(), settings.pace);
            Ok::<_, SettingsError>(KnownIssuer {
                secret: issuer.client_secret(index)?,
                keys: Arc::new(keys),
                settings: issuer,
            })
        };
        let issuers = settings.issuers.into_iter().enumerate().map(known);
        Ok(Self {
            issuers: issuers.collect::<Result<_, _>>()?,
            client,
            callback: format!("{}/sso/callback", public_url.trim_end_matches('/')),
            directory: Directory::new(pool.clone()),
            standings: Standings::new(pool.clone(), invalidation),
            pool,
            known: Cache::new(4096),
        })
    }

    /// Whether it looks like an issuer's token: three parts, joined by dots.
    pub fn is_token(text: &str) -> bool {
        text.bytes().filter(|byte| *byte == b'.').count() == 2
    }

    /// Begins to fetch every issuer's keys, so that a mistake in the settings shows in the log at once.
    pub fn warm(&self) {
        for issuer in &self.issuers {
            let keys = Arc::clone(&issuer.keys);
            tokio::spawn(async move { keys.warm().await });
        }
    }

    /// Whom the token shows.
    ///
    /// # Errors
    /// [`Refusal`].
    pub async fn credential(&self, token: &str) -> Result<Credential, Refusal> {
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut shown = match self.known.get(&hash).filter(|shown| self.holds(shown)) {
            Some(shown) => shown,
            None => self.check(token).await?,
        };
        if let Some((principal, looked_up)) = shown.principal
            && looked_up.elapsed() < LOOKED_UP
        {
            return Ok(shown.credential(principal));
        }
        let principal = self.look_up(&shown).await?;
        let credential = shown.credential(principal);
        shown.principal = Some((principal, clock::stopwatch()));
        self.known.insert(hash, shown);
        Ok(credential)
    }

    /// Whether what was checked before still holds.
    fn holds(&self, shown: &CheckedToken) -> bool {
        let keys = self.issuers.get(shown.issuer).map(|issuer| &issuer.keys);
        shown.checked.elapsed() < CHECKED
            && clock::now().as_second() <= shown.until
            && keys.and_then(Keys::generation) == Some(shown.generation)
    }

    async fn check(&self, token: &str) -> Result<CheckedToken, Refusal> {
        let unchecked = UncheckedToken::read(token)?;
        let mut issuers = self.issuers.iter();
        let index = issuers
            .position(|issuer| issuer.settings.issuer == unchecked.issuer)
            .ok_or(Refusal::ForeignIssuer)?;
        self.check_of(index, token, &unchecked, Use::Request).await
    }

    /// Checks a token of an issuer's.
    async fn check_of(
        &self,
        index: usize,
        token: &str,
        unchecked: &UncheckedToken,
        shown_for: Use<'_>,
    ) -> Result<CheckedToken, Refusal> {
        let KnownIssuer {
            settings: issuer,
            keys,
            ..
        } = self.issuers.get(index).ok_or(Refusal::ForeignIssuer)?;
        let algorithm = unchecked.algorithm(issuer)?;
        let (key, generation) = keys.find(&unchecked.key, algorithm).await?;
        let now = clock::now().as_second();
        let claims = Claims::check(token, algorithm, &key.decoding, issuer, shown_for, now)?;
        let leeway = i64::try_from(issuer.leeway).unwrap_or_default();
        let identity = Identity {
            issuer: issuer.issuer.clone(),
            subject: claims.subject,
        };
        let given = match mapping::granted_role(&claims.all, issuer) {
            Ok(given) => given,
            Err(refusal) => {
                let id = own_id(&identity);
                self.standings.hear(id, None, claims.issued).await?;
                return Err(refusal);
            }
        };
        Ok(CheckedToken {
            issuer: index,
            generation,
            until: claims.expires.saturating_add(leeway),
            checked: clock::stopwatch(),
            issued: claims.issued,
            given,
            known: Arc::new(mapping::issuer_profile(&claims.all, issuer)),
            identity: Arc::new(identity),
            principal: None,
        })
    }

    async fn look_up(&self, shown: &CheckedToken) -> Result<Principal, Refusal> {
        let found = self.find(shown).await;
        let given: standing::IssuerGrant = match &found {
            Ok(principal) => Some((principal.role, principal.party)),
            Err(Refusal::UnknownParty(_) | Refusal::Erased) => None,
            Err(_) => return found,
        };
        let identity = own_id(&shown.identity);
        self.standings.hear(identity, given, shown.issued).await?;
        found
    }

    async fn find(&self, shown: &CheckedToken) -> Result<Principal, Refusal> {
        if let Some(party) = shown.given.party
            && !self.is_registered(party).await?
        {
            return Err(Refusal::UnknownParty(Some(party)));
        }
        Ok(Principal {
            id: self.person(&shown.identity, &shown.known).await?,
            role: shown.given.role,
            party: shown.given.party,
        })
    }

    async fn is_registered(&self, party: PartyId) -> sqlx::Result<bool> {
        let known = sqlx::query_scalar!(
            "select exists (select from log.event where stream = $1)",
            party.0
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(known == Some(true))
    }

    /// Who is behind an identity. At first sight it is bound to the person with its verified address, who is added if
    /// nobody has it. Without such an address it stands for itself.
    async fn person(&self, identity: &Identity, known: &IssuerProfile) -> Result<Uuid, Refusal> {
        let bound = match self.directory.bound(identity).await? {
            Some(bound) => Some(bound),
            None => match self.at(known).await? {
                Some(person) => Some(self.directory.bind(identity, person).await?),
                None => None,
            },
        };
        match bound {
            Some(BoundPerson::Person(person)) => Ok(person.0),
            Some(BoundPerson::Erased) => Err(Refusal::Erased),
            None => Ok(own_id(identity)),
        }
    }

    async fn at(&self, known: &IssuerProfile) -> sqlx::Result<Option<domain::PersonId>> {
        match (&known.email, &known.name) {
            (Some(email), Some(name)) => {
                let new = NewPerson {
                    name: name.clone(),
                    email: email.clone(),
                    language: known.language,
                };
                self.directory.find_or_add(&new).await.map(Some)
            }
            (Some(email), None) => self.directory.at(email).await,
            (None, _) => Ok(None),
        }
    }
}

/// The id of an identity, and of somebody whom the directory does not know: the same for good. An issuer's URL has no space in it.
fn own_id(identity: &Identity) -> Uuid {
    let name = format!(
        "urn:rapporteur:identity:{} {}",
        identity.issuer, identity.subject
    );
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
}
