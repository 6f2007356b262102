//! The issuers of single sign-on: a JSON file, read at start.

mod browser;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use jsonwebtoken::{Algorithm, AlgorithmFamily};
use reqwest::Url;
use serde::{Deserialize, Deserializer, de};

use super::addresses;
use crate::Role;
use domain::blank;

pub use browser::Browser;

/// What an issuer is allowed to sign with where the settings do not say.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
/// Seconds by which clocks may differ: where the settings do not say, and at most.
const LEEWAY: (u64, u64) = (60, 300);

/// Who may show tokens of whom.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The issuers; with none, there is no single sign-on.
    pub issuers: Vec<Issuer>,
    /// How often an issuer is asked for its keys.
    pub pace: Pace,
}

/// An issuer, and what its tokens give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issuer {
    /// Its URL, exactly as its tokens name it in `iss`.
    pub issuer: String,
    /// What its tokens name in `aud` when they are for this server; one of several.
    #[serde(deserialize_with = "one_or_several")]
    pub audience: Vec<String>,
    /// What it may sign with: never with a shared secret.
    #[serde(default = "algorithms", deserialize_with = "signatures")]
    pub algorithms: Vec<Algorithm>,
    /// Seconds by which its clock may differ from this machine's.
    #[serde(default = "leeway", rename = "leeway_seconds")]
    pub leeway: u64,
    /// Which role a token gives.
    pub role: RoleClaim,
    /// For which party; an issuer without it gives only roles of the Secretariat.
    pub party: Option<PartyClaim>,
    /// Whether its addresses are taken as verified though its tokens do not say `email_verified`: only where nobody can
    /// choose their own.
    #[serde(default)]
    pub trust_email: bool,
    /// How people sign in at its own page; without it only tokens of the issuer are taken.
    pub browser: Option<Browser>,
}

/// A claim that says the role.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleClaim {
    /// Its name; a dot leads into an object.
    pub claim: String,
    /// Which of its values is which role; others mean nothing.
    #[serde(deserialize_with = "roles")]
    pub values: BTreeMap<String, Role>,
}

/// A claim that says the party.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyClaim {
    /// Its name; a dot leads into an object.
    pub claim: String,
    /// Which of its values is which party's code; others mean nothing. Without it the values are the codes themselves.
    pub values: Option<BTreeMap<String, String>>,
}

/// How often an issuer is asked for its keys.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// After a request for an unknown key, or one that failed, the next such one comes this much later at the soonest.
    pub demand: Duration,
    /// Keys of this age are fetched anew while they go on being used.
    pub refresh: Duration,
    /// Keys of this age are not used any more, even where the issuer cannot be reached.
    pub expire: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            demand: Duration::from_secs(30),
            refresh: Duration::from_secs(10 * 60),
            expire: Duration::from_secs(24 * 60 * 60),
        }
    }
}

/// A file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// It cannot be read.
    #[error("the issuers' file {path} cannot be read: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// It says something that cannot be meant.
    #[error("the issuers' file{path} is faulty at {place}: {fault}")]
    Faulty {
        /// Which file, after a space.
        path: String,
        /// Where in it: `issuers[0].audience`.
        place: String,
        /// What is wrong, and what was expected.
        fault: String,
    },
    /// No trusted certificates, so that no https issuer can be asked.
    #[error(
        "no client for https issuers can be made: {0}; are this machine's CA certificates installed?"
    )]
    Client(#[from] reqwest::Error),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with the list `issuers`")]
struct File {
    issuers: Vec<Issuer>,
}

impl Settings {
    /// Reads the file.
    ///
    /// # Errors
    /// It cannot be read, or is faulty: where, and what was expected.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        text.parse().map_err(|error| match error {
            SettingsError::Faulty { place, fault, .. } => SettingsError::Faulty {
                path: format!(" {}", path.display()),
                place,
                fault,
            },
            error => error,
        })
    }
}

/// Reads the file's text.
impl FromStr for Settings {
    type Err = SettingsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let file: File = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| faulty(error.path().to_string(), error.inner().to_string()))?;
        reader
            .end()
            .map_err(|error| faulty("its end".to_owned(), error.to_string()))?;
        let (mut urls, mut names) = (BTreeSet::new(), BTreeSet::new());
        for (index, issuer) in file.issuers.iter().enumerate() {
            let twice = |what: &str| format!("it stands there twice; expected each {what} once");
            let name = issuer.browser.as_ref().map(|browser| &browser.name);
            let fault = if let Some(fault) = issuer.fault() {
                Some(fault)
            } else if !urls.insert(&issuer.issuer) {
                Some(("issuer", twice("issuer")))
            } else if name.is_some_and(|name| !names.insert(name)) {
                Some(("browser.name", twice("name")))
            } else {
                None
            };
            if let Some((field, fault)) = fault {
                return Err(faulty(format!("issuers[{index}].{field}"), fault));
            }
        }
        Ok(Self {
            issuers: file.issuers,
            pace: Pace::default(),
        })
    }
}

fn faulty(place: String, fault: String) -> SettingsError {
    SettingsError::Faulty {
        path: String::new(),
        place,
        fault,
    }
}

impl Issuer {
    /// The secret of this server as a client of the issuer; none where there is none. It is the `index`-th of the file.
    ///
    /// # Errors
    /// It cannot be read, or is blank.
    pub(super) fn client_secret(&self, index: usize) -> Result<Option<String>, SettingsError> {
        let secret = self.browser.as_ref().map(Browser::secret);
        let secret = secret.transpose();
        let secret =
            secret.map_err(|(field, fault)| faulty(format!("issuers[{index}].{field}"), fault))?;
        Ok(secret.flatten())
    }

    /// What is wrong with it, and in which field.
    fn fault(&self) -> Option<(&'static str, String)> {
        let is_url = Url::parse(&self.issuer).is_ok_and(|url| {
            addresses::is_allowed(&url, true) && url.query().is_none() && url.fragment().is_none()
        });
        if !is_url {
            let expected = "expected an https URL without query (http only on loopback)";
            return Some(("issuer", format!("{:?}: {expected}", self.issuer)));
        }
        let blank = |text: &String| blank::is_blank(text);
        if self.audience.is_empty() || self.audience.iter().any(blank) {
            return Some((
                "audience",
                "expected one audience or more, none blank".to_owned(),
            ));
        }
        if self.leeway > LEEWAY.1 {
            let fault = format!("{}: expected at most {}", self.leeway, LEEWAY.1);
            return Some(("leeway_seconds", fault));
        }
        if blank(&self.role.claim) || self.role.values.is_empty() {
            return Some((
                "role",
                "expected a claim's name, and at least one of its values".to_owned(),
            ));
        }
        if let Some(fault) = self.browser.as_ref().and_then(Browser::fault) {
            return Some(fault);
        }
        let party = self.party.as_ref()?;
        if blank(&party.claim) {
            return Some(("party", "expected a claim's name".to_owned()));
        }
        let mut codes = party.values.iter().flat_map(BTreeMap::values);
        let wrong = codes.find(|code| !is_code(code))?;
        let expected = "expected a party's code, such as FIN";
        Some(("party.values", format!("{wrong:?}: {expected}")))
    }
}

/// Whether it looks like a party's code.
pub(super) fn is_code(text: &str) -> bool {
    let is_char = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-';
    (2..=20).contains(&text.len()) && text.bytes().all(is_char)
}

fn algorithms() -> Vec<Algorithm> {
    ALGORITHMS.to_vec()
}

fn leeway() -> u64 {
    LEEWAY.0
}

fn one_or_several<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "expected an audience, or a list of audiences")]
    enum OneOrSeveral {
        One(String),
        Several(Vec<String>),
    }
    Ok(match OneOrSeveral::deserialize(input)? {
        OneOrSeveral::One(one) => vec![one],
        OneOrSeveral::Several(several) => several,
    })
}

fn signatures<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Algorithm>, D::Error> {
    let names = Vec::<String>::deserialize(input)?;
    let known = |name: &String| {
        name.parse::<Algorithm>()
            .ok()
            .filter(|algorithm| algorithm.family() != AlgorithmFamily::Hmac)
            .ok_or_else(|| {
                de::Error::custom(format!(
                    "{name:?} is not allowed; expected RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or EdDSA"
                ))
            })
    };
    let found: Vec<Algorithm> = names.iter().map(known).collect::<Result<_, _>>()?;
    if found.is_empty() {
        return Err(de::Error::custom("expected at least one algorithm"));
    }
    Ok(found)
}

fn roles<'de, D: Deserializer<'de>>(input: D) -> Result<BTreeMap<String, Role>, D::Error> {
    let named = BTreeMap::<String, String>::deserialize(input)?;
    let role = |(value, role): (String, String)| match role.parse() {
        Ok(role) => Ok((value, role)),
        Err(fault) => Err(de::Error::custom(fault)),
    };
    named.into_iter().map(role).collect()
}

#[cfg(test)]
mod tests;
