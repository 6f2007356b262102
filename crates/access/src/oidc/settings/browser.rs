//! What the settings say of an issuer at whose page people sign in, in the browser.

use std::path::PathBuf;

use serde::Deserialize;

use domain::{Texts, blank};

/// Hours that a session lasts: where the settings do not say, and at most (as long as tokens last unseen).
const HOURS: (u16, u16) = (12, 30 * 24);
/// Characters of a name and of a label.
const NAME: usize = 40;
const LABEL: usize = 100;

/// This server as a client of the issuer: OpenID Connect's authorization code flow.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Browser {
    /// What it is called in addresses here, `/sso/{name}`.
    pub name: String,
    /// As whom the issuer knows this server.
    pub client_id: String,
    /// The file with the client's secret, if it has one.
    pub client_secret_file: Option<PathBuf>,
    /// The environment variable with it.
    pub client_secret_env: Option<String>,
    /// What is asked for; `openid` is among it.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// What stands on its button.
    pub label: Texts,
    /// How long a session lasts that begins so.
    #[serde(default = "hours")]
    pub session_hours: u16,
}

impl Browser {
    /// What is wrong with it, and in which field.
    pub(super) fn fault(&self) -> Option<(&'static str, String)> {
        let is_char = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        // `callback` is where every issuer sends people back to.
        if !(1..=NAME).contains(&self.name.len())
            || !self.name.bytes().all(is_char)
            || self.name == "callback"
        {
            let expected =
                format!("expected 1 to {NAME} of a-z, 0-9 and -, and another than \"callback\"");
            return Some(("browser.name", format!("{:?}: {expected}", self.name)));
        }
        if blank::is_blank(&self.client_id) {
            return Some(("browser.client_id", "expected the client's id".to_owned()));
        }
        if self.client_secret_file.is_some() && self.client_secret_env.is_some() {
            let expected =
                "expected one of client_secret_file and client_secret_env, or none of them";
            return Some(("browser", expected.to_owned()));
        }
        let is_scope = |scope: &String| {
            !scope.is_empty()
                && scope
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'\\')
        };
        if !self.scopes.iter().any(|scope| scope == "openid") || !self.scopes.iter().all(is_scope) {
            let expected = "expected a list of scopes without spaces, \"openid\" among them";
            return Some(("browser.scopes", expected.to_owned()));
        }
        let is_label = |text: &String| !blank::is_blank(text) && text.chars().count() <= LABEL;
        if self.label.0.is_empty() || !self.label.0.values().all(is_label) {
            let expected = format!(
                "expected a text in one language or more, {{\"en\": \"…\"}}, none blank or longer than {LABEL}"
            );
            return Some(("browser.label", expected));
        }
        if !(1..=HOURS.1).contains(&self.session_hours) {
            let fault = format!("{}: expected 1 to {}", self.session_hours, HOURS.1);
            return Some(("browser.session_hours", fault));
        }
        None
    }

    /// The client's secret; none where the settings name none.
    ///
    /// # Errors
    /// It cannot be read, or is blank: in which field, and why.
    pub(super) fn secret(&self) -> Result<Option<String>, (&'static str, String)> {
        let (field, of, read) = match (&self.client_secret_file, &self.client_secret_env) {
            (Some(file), _) => (
                "browser.client_secret_file",
                file.display().to_string(),
                std::fs::read_to_string(file).map_err(|error| error.to_string()),
            ),
            (None, Some(name)) => (
                "browser.client_secret_env",
                name.clone(),
                std::env::var(name).map_err(|error| error.to_string()),
            ),
            (None, None) => return Ok(None),
        };
        let secret = read.map_err(|error| (field, format!("{of} cannot be read: {error}")))?;
        match blank::trimmed(&secret) {
            "" => Err((
                field,
                format!("{of} is empty; expected the client's secret"),
            )),
            secret => Ok(Some(secret.to_owned())),
        }
    }
}

fn scopes() -> Vec<String> {
    ["openid", "profile", "email"].map(str::to_owned).to_vec()
}

fn hours() -> u16 {
    HOURS.0
}
