//! A browser that goes to an issuer and back, with its cookies.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::login::Login;
use super::{Issuer, Key, World, oidc, world};
use crate::support::{Answer, http};

/// A server, and an issuer at whose page people sign in to it.
pub struct Scene {
    pub key: Arc<Key>,
    pub issuer: Issuer,
    pub world: World,
}

impl Scene {
    pub async fn new() -> Self {
        Self::with(&json!({}), |_| {}).await
    }

    /// The same where the settings say more of the browser, and the sign-in page is set before the server starts.
    pub async fn with(other: &Value, set: impl FnOnce(&Login)) -> Self {
        let key = Arc::new(Key::ed("d"));
        let issuer = Issuer::start(&[&key]).await;
        set(&issuer.login);
        let signing = Arc::clone(&key);
        issuer.login.sign_with(move |claims| signing.token(claims));
        let scene = Self {
            world: world(settings(&issuer, other)).await,
            key,
            issuer,
        };
        scene.let_in("officer");
        scene
    }

    /// Another server on the same database, which asks the issuer anew.
    pub async fn another(&self) -> World {
        let database = self.world.database.clone();
        let mut started = database.settings();
        started.oidc = settings(&self.issuer, &json!({}));
        World::with(database, started).await
    }

    /// From now on the issuer lets in somebody in this role, for Finland.
    pub fn let_in(&self, role: &str) {
        self.let_in_as(role, json!({}));
    }

    /// The same with other claims.
    pub fn let_in_as(&self, role: &str, other: Value) {
        let mut claims = json!({"realm_access": {"roles": [role]}, "groups": ["/states/finland"]});
        for (name, value) in other.as_object().unwrap() {
            claims[name] = value.clone();
        }
        self.issuer.login.let_in(claims);
    }

    pub fn browser(&self) -> Browser<'_> {
        Browser::of(&self.world)
    }

    /// Somebody who has signed in.
    pub async fn signed_in(&self) -> Browser<'_> {
        let mut browser = self.browser();
        let answer = browser.sign_in("").await;
        assert_eq!(answer.status, 303, "{answer:#?}");
        browser
    }
}

fn settings(issuer: &Issuer, other: &Value) -> oidc::Settings {
    issuer.settings_with(&client(other))
}

/// What the settings say beside so that people sign in at the issuer's page.
pub fn client(other: &Value) -> Value {
    let mut browser = json!({"name": "staff", "client_id": "rapporteur-web",
                             "label": {"en": "Secretariat staff", "fr": "Personnel"}});
    for (field, value) in other.as_object().unwrap() {
        browser[field] = value.clone();
    }
    json!({ "browser": browser })
}

/// A browser.
#[derive(Clone)]
pub struct Browser<'a> {
    pub world: &'a World,
    pub cookies: BTreeMap<String, String>,
}

impl<'a> Browser<'a> {
    pub fn of(world: &'a World) -> Self {
        Self {
            world,
            cookies: BTreeMap::new(),
        }
    }

    /// What it sends as `Cookie`.
    pub fn shown(&self) -> String {
        let pairs = self.cookies.iter();
        let pairs: Vec<_> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    /// Its session's cookie.
    pub fn session(&self) -> String {
        format!("__Host-rapporteur={}", self.cookies["__Host-rapporteur"])
    }

    /// Opens a page.
    pub async fn open(&mut self, path: &str) -> Answer {
        let call = self.world.get(path);
        let call = match self.shown() {
            shown if shown.is_empty() => call,
            shown => call.header("cookie", &shown),
        };
        let answer = call.send().await;
        self.keep(&answer);
        answer
    }

    /// Presses the issuer's button, to go on at `return_to`.
    pub async fn press(&mut self, name: &str, return_to: &str) -> Answer {
        let form = reqwest::Url::parse_with_params("http://x", [("to", return_to)]).unwrap();
        let call = self.world.post(&format!("/sso/{name}"));
        let call = call
            .header("origin", &self.world.url(""))
            .header("cookie", &self.shown());
        let form = form.query().unwrap().to_owned();
        let answer = call.body("application/x-www-form-urlencoded", form);
        let answer = answer.send().await;
        self.keep(&answer);
        answer
    }

    /// Goes to the issuer and comes back; answers at which of our addresses, which is not opened yet.
    pub async fn go(&mut self, return_to: &str) -> String {
        let answer = self.press("staff", return_to).await;
        assert_eq!(answer.status, 200, "{answer:#?}");
        let to = answer.header("refresh").strip_prefix("0;url=").unwrap();
        assert!(
            answer.text.contains(&to.replace('&', "&#38;")),
            "{answer:#?}"
        );
        let sent = http().get(to).send().await.unwrap();
        let back = sent.headers().get("location");
        let back = back.map(|back| back.to_str().unwrap().to_owned());
        let Some(back) = back else {
            panic!("the issuer: {}", sent.text().await.unwrap());
        };
        back.strip_prefix(&self.world.url("")).unwrap().to_owned()
    }

    /// Goes to the issuer and comes back.
    pub async fn sign_in(&mut self, return_to: &str) -> Answer {
        let back = self.go(return_to).await;
        self.open(&back).await
    }

    fn keep(&mut self, answer: &Answer) {
        for set in answer.headers.get_all("set-cookie") {
            let (pair, attributes) = set.to_str().unwrap().split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if attributes.ends_with("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            // In which language one reads is kept for a year, by every page.
            self.cookies.remove("__Host-language");
        }
    }
}

/// That a failure's page says which, keeps nobody signed in, and shows a way to try again.
#[track_caller]
pub fn failed(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status, status, "{answer:#?}");
    assert!(answer.header("content-type").starts_with("text/html"));
    assert!(
        answer.text.contains(&format!(": {code}</p>")),
        "{answer:#?}"
    );
    assert!(answer.text.contains("href=\"/sign-in"), "{answer:#?}");
    let set = answer.headers.get_all("set-cookie").iter();
    let set = set.filter(|set| set.to_str().unwrap().starts_with("__Host-rapporteur="));
    assert_eq!(set.count(), 0, "{answer:#?}");
}
