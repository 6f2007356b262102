//! The sign-in page of an issuer, which lets in whoever comes, at once, as the person who is set; and its token endpoint. It is as
//! strict with its client as a real one, and knows nothing of the server that is tried, so that a real browser can be sent to it.

use std::collections::BTreeMap;
use std::sync::Mutex;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Parameters of an address or a form.
pub type Fields = BTreeMap<String, String>;

type Sign = Box<dyn Fn(&Value) -> String + Send + Sync>;

/// A sign-in page.
pub struct Login {
    url: String,
    set: Mutex<Setting>,
    codes: Mutex<BTreeMap<String, Fields>>,
}

/// How it is set.
struct Setting {
    client: String,
    secret: Option<String>,
    /// Whether the secret is taken in the body alone.
    is_secret_in_body: bool,
    /// What ID tokens say beside what they must; what is null is left out.
    claims: Value,
    sign: Option<Sign>,
    /// The error that is answered to whoever comes.
    error: Option<String>,
    /// The `iss` that is answered; null: none.
    named: Value,
    /// What is answered to whoever exchanges a code, if not what is right.
    exchanged: Option<(u16, Value)>,
}

impl Login {
    /// That of the issuer at this address.
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            set: Mutex::new(Setting {
                client: "rapporteur-web".to_owned(),
                secret: None,
                is_secret_in_body: false,
                claims: json!({}),
                sign: None,
                error: None,
                named: json!(url),
                exchanged: None,
            }),
            codes: Mutex::default(),
        }
    }

    /// From now on ID tokens are signed so.
    pub fn sign_with(&self, sign: impl Fn(&Value) -> String + Send + Sync + 'static) {
        self.set.lock().unwrap().sign = Some(Box::new(sign));
    }

    /// From now on its client shows this secret: in the body, or in the header.
    pub fn ask_for(&self, secret: &str, is_in_body: bool) {
        let mut set = self.set.lock().unwrap();
        set.secret = Some(secret.to_owned());
        set.is_secret_in_body = is_in_body;
    }

    /// From now on ID tokens say this of whoever comes.
    pub fn let_in(&self, claims: Value) {
        self.set.lock().unwrap().claims = claims;
    }

    /// From now on it lets nobody in, with this error; or again.
    pub fn refuse(&self, error: Option<&str>) {
        self.set.lock().unwrap().error = error.map(str::to_owned);
    }

    /// From now on it calls itself so in its answers.
    pub fn call_itself(&self, named: Value) {
        self.set.lock().unwrap().named = named;
    }

    /// From now on this is answered to whoever exchanges a code; or again what is right.
    pub fn exchange_for(&self, answer: Option<(u16, Value)>) {
        self.set.lock().unwrap().exchanged = answer;
    }

    /// All codes have expired.
    pub fn expire(&self) {
        self.codes.lock().unwrap().clear();
    }

    /// What its discovery document says of it.
    pub fn metadata(&self) -> Value {
        let set = self.set.lock().unwrap();
        let method = match (&set.secret, set.is_secret_in_body) {
            (None, _) => "none",
            (Some(_), true) => "client_secret_post",
            (Some(_), false) => "client_secret_basic",
        };
        json!({"token_endpoint": format!("{}/token", self.url),
               "token_endpoint_auth_methods_supported": [method],
               "authorization_response_iss_parameter_supported": true})
    }

    /// Where a browser is sent that comes with these parameters.
    ///
    /// # Errors
    /// What is wrong with them: then it is sent nowhere.
    pub fn authorize(&self, asked: &Fields) -> Result<String, String> {
        let set = self.set.lock().unwrap();
        let said = |name: &str| asked.get(name).ok_or_else(|| format!("no {name}"));
        let is = |name: &str, value: &str| match said(name)? {
            known if known == value => Ok(()),
            other => Err(format!("{name} is {other:?}")),
        };
        is("response_type", "code")?;
        is("client_id", &set.client)?;
        is("code_challenge_method", "S256")?;
        for (name, least) in [("state", 32), ("nonce", 32), ("code_challenge", 43)] {
            if said(name)?.len() < least {
                return Err(format!("{name} is short"));
            }
        }
        if !said("scope")?.split(' ').any(|scope| scope == "openid") {
            return Err("no openid".to_owned());
        }
        let redirect = said("redirect_uri")?;
        if !redirect.ends_with("/sso/callback") {
            return Err(format!("{redirect:?} is not registered"));
        }
        let mut to = reqwest::Url::parse(redirect).map_err(|error| error.to_string())?;
        to.query_pairs_mut().append_pair("state", said("state")?);
        if let Some(named) = set.named.as_str() {
            to.query_pairs_mut().append_pair("iss", named);
        }
        let (name, value) = match &set.error {
            Some(error) => ("error", error.clone()),
            None => {
                let code = hex::encode(clock::random::<16>().unwrap());
                let mut codes = self.codes.lock().unwrap();
                codes.insert(code.clone(), asked.clone());
                ("code", code)
            }
        };
        to.query_pairs_mut().append_pair(name, &value);
        Ok(to.into())
    }

    /// What is answered to whoever exchanges a code.
    pub fn exchange(&self, authorization: Option<&str>, form: &Fields) -> (u16, Value) {
        let set = self.set.lock().unwrap();
        if let Some(answer) = &set.exchanged {
            return answer.clone();
        }
        let said = |name: &str| form.get(name).map_or("", String::as_str);
        let denied = |error: &str| (400, json!({ "error": error }));
        let shown = match (&set.secret, set.is_secret_in_body) {
            (None, _) => said("client_id") == set.client,
            (Some(secret), true) => {
                said("client_id") == set.client && said("client_secret") == secret
            }
            (Some(secret), false) => {
                let shown = format!("{}:{secret}", set.client);
                authorization == Some(&format!("Basic {}", STANDARD.encode(shown)))
            }
        };
        if !shown {
            return (401, json!({"error": "invalid_client"}));
        }
        if said("grant_type") != "authorization_code" {
            return denied("unsupported_grant_type");
        }
        // A code is used once, whatever comes of it.
        let Some(asked) = self.codes.lock().unwrap().remove(said("code")) else {
            return denied("invalid_grant");
        };
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(said("code_verifier")));
        if said("redirect_uri") != asked["redirect_uri"] || challenge != asked["code_challenge"] {
            return denied("invalid_grant");
        }
        let now = clock::now().as_second();
        let mut claims = json!({"iss": self.url, "aud": set.client, "sub": "4711", "iat": now, "exp": now + 300,
                                "nonce": asked["nonce"], "at_hash": "x"});
        let all = claims.as_object_mut().unwrap();
        for (name, value) in set.claims.as_object().unwrap() {
            all.insert(name.clone(), value.clone());
        }
        all.retain(|_, value| !value.is_null());
        let Some(sign) = &set.sign else {
            return denied("server_error");
        };
        let granted =
            json!({"token_type": "Bearer", "access_token": "secret", "id_token": sign(&claims)});
        (200, granted)
    }
}
