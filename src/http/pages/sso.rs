//! Signing in at an issuer's own page: setting out from here, and coming back. Every failure is a page.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use jiff::Timestamp;
use url::form_urlencoded;

use super::form::Form as PostedForm;
use super::frame::{Frame, page};
use super::passage::Passage;
use super::sign_in::words;
use super::visitor::go_to;
use crate::http::handling::query;
use crate::http::middleware::client_address::Client;
use crate::http::middleware::{cookies, csrf};
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::http::services::limits::block;
use access::oidc::{IssuerAnswer, Refusal, SignOnError};
use access::sessions::OpenedSession;
use domain::{Lang, Texts};
use texts::words::Words;

/// Bytes of an address to go on to.
const TO: usize = 2000;

/// Where one goes on who wants nothing else.
const HOME: &str = "/home";

/// An issuer at whose page one signs in: `POST /sso/{name}`, with where to go on as `to`.
pub struct Offer {
    /// What it is called in addresses.
    pub name: String,
    /// What is on its button.
    pub label: Passage,
}

/// The issuers at whose pages one signs in.
pub fn offers(services: &Services, lang: Lang) -> Vec<Offer> {
    let offers = services.oidc.sign_on_offers();
    let offers = offers.map(|(name, label)| Offer {
        name: name.to_owned(),
        label: shown(label, lang),
    });
    offers.collect()
}

fn shown(label: &Texts, lang: Lang) -> Passage {
    Passage::pick(label, &[lang], lang)
}

#[derive(Template)]
#[template(path = "sso_set_out.html")]
struct SetOutTemplate {
    frame: Frame,
    label: Passage,
    address: String,
}

#[derive(Template)]
#[template(path = "sso_failed.html")]
struct FailedTemplate {
    frame: Frame,
    what: &'static str,
    again: String,
    code: &'static str,
}

/// Sends a browser to an issuer, from a button of our own page.
///
/// It goes by a page that the browser leaves at once, not by a redirection: some browsers hold a form's redirections against
/// the `form-action` of the page that it stood on, and to which pages an issuer leads further nobody knows here.
pub async fn set_out(
    request: HttpRequest,
    name: web::Path<String>,
    form: PostedForm,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let w = words(&request);
    let to = form.given("to").filter(|to| !to.is_empty());
    let to = to.unwrap_or(HOME);
    // Another site could have somebody signed in without their wish.
    if !csrf::is_own(&request, &services.origin) {
        return Failure::Elsewhere.page(w, HOME);
    }
    let caller = block(Client::from_request(&request).address);
    if services.asked.count(caller).is_err() {
        return Failure::TooOften.page(w, HOME);
    }
    if !is_local(to) {
        return Failure::Return.page(w, HOME);
    }
    let departure = match services.oidc.set_out(&name, to, w.lang).await {
        Ok(Some(departure)) => departure,
        Ok(None) => return Failure::Unknown.page(w, HOME),
        Err(refusal) => return Failure::from(refusal).page(w, to),
    };
    let at_once = format!("0;url={}", departure.address);
    let template = SetOutTemplate {
        frame: Frame::new(w, w.sso_set_out_title(), "/sign-in", None),
        label: shown(&departure.label, w.lang),
        address: departure.address,
    };
    let mut response = page(StatusCode::OK, w.lang, &template)?;
    add(&mut response, HeaderName::from_static("refresh"), &at_once);
    let cookie = cookies::set_out(departure.secret.reveal());
    add(&mut response, header::SET_COOKIE, &cookie);
    Ok(response)
}

/// Whoever opens the address of a button without pressing it finds the button.
pub async fn button_page() -> HttpResponse {
    go_to("/sign-in")
}

/// Lets in whoever comes back, if the issuer says that they may.
pub async fn come_back(
    request: HttpRequest,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let w = words(&request);
    let answered = issuers_answer(&request).unwrap_or_default();
    let shown = cookies::sign_on_secret(&request);
    let journey = match (&shown, &answered.state) {
        (Some(shown), Some(state)) => services.oidc.come_back(shown, state).await,
        _ => Ok(None),
    };
    let journey = match journey {
        Ok(Some(journey)) => journey,
        Ok(None) => return Failure::Way.page(w, HOME),
        Err(error) => return Failure::from(Refusal::from(error)).page(w, HOME),
    };
    let before = cookies::session_secret(&request);
    let before = before.as_deref();
    let mut response = match services.oidc.arrive(&journey, &answered, before).await {
        Ok(opened) => signed_in(&opened, &journey.return_to),
        Err(error) => {
            tracing::debug!(%error, "somebody who came back from an issuer is not let in");
            let w = Words::new(journey.lang);
            Failure::from(error).page(w, &journey.return_to)?
        }
    };
    add(&mut response, header::SET_COOKIE, &cookies::come_back());
    Ok(response)
}

fn signed_in(opened: &OpenedSession, to: &str) -> HttpResponse {
    let until: Timestamp = opened.session.until.parse().unwrap_or_default();
    let seconds = until.duration_since(clock::now()).as_secs().max(0);
    let cookie = cookies::set_for(opened.secret.reveal(), seconds);
    let mut response = go_to(to);
    add(&mut response, header::SET_COOKIE, &cookie);
    response
}

/// What the issuer answers; nothing where it says something twice.
fn issuers_answer(request: &HttpRequest) -> Option<IssuerAnswer> {
    let mut answer = IssuerAnswer::default();
    for (name, value) in query::pairs(request.query_string()).ok()? {
        let member = match name.as_str() {
            "state" => &mut answer.state,
            "code" => &mut answer.code,
            "iss" => &mut answer.issuer,
            "error" => &mut answer.error,
            // Issuers add what they like.
            _ => continue,
        };
        if member.replace(value).is_some() {
            return None;
        }
    }
    Some(answer)
}

/// Whether it is the path of a page here, and stays so in every browser: `//host` and `/\host` lead elsewhere.
fn is_local(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    path.len() <= TO
        && path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(is_plain)
}

fn add(response: &mut HttpResponse, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(name, value);
    }
}

macro_rules! failures {
    ($($name:ident $code:literal $status:literal $word:ident,)+) => {
        /// Why somebody is not signed in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Failure {
            $($name,)+
        }

        impl Failure {
            /// The word by which who helps knows it.
            const fn code(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)+
                }
            }

            const fn status(self) -> u16 {
                match self {
                    $(Self::$name => $status,)+
                }
            }

            fn told(self, w: Words) -> &'static str {
                match self {
                    $(Self::$name => w.$word(),)+
                }
            }
        }
    };
}

failures! {
    Code "code" 400 sso_code,
    Database "database" 503 sso_database,
    Denied "denied" 403 sso_denied,
    Elsewhere "elsewhere" 403 sso_elsewhere,
    Erased "erased" 403 sso_erased,
    NoParty "no_party" 403 sso_no_party,
    NoRole "no_role" 403 sso_no_role,
    Return "return" 400 sso_return,
    Settings "settings" 502 sso_settings,
    Several "several" 403 sso_several,
    Token "token" 403 sso_token,
    TooOften "too_often" 429 sso_too_often,
    Unavailable "unavailable" 503 sso_unavailable,
    Unknown "unknown" 404 sso_unknown,
    Way "way" 400 sso_way,
}

impl Failure {
    /// Its page, with a way to try again and go on where one wanted to.
    fn page(self, w: Words, to: &str) -> Result<HttpResponse, Problem> {
        let mut again = String::from("/sign-in");
        if to != HOME {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("to", to);
            again = format!("{again}?{}", query.finish());
        }
        let template = FailedTemplate {
            frame: Frame::new(w, w.sso_failed_title(), "/sign-in", None),
            what: self.told(w),
            again,
            code: self.code(),
        };
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::FORBIDDEN);
        page(status, w.lang, &template)
    }
}

impl From<SignOnError> for Failure {
    fn from(error: SignOnError) -> Self {
        match error {
            SignOnError::Denied => Self::Denied,
            SignOnError::Code => Self::Code,
            SignOnError::Settings => Self::Settings,
            SignOnError::Refused(refusal) => refusal.into(),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Malformed(_)
            | Refusal::Kind(_)
            | Refusal::Algorithm
            | Refusal::ForeignIssuer
            | Refusal::UnknownKey
            | Refusal::Signature
            | Refusal::Audience
            | Refusal::Nonce
            | Refusal::Expired
            | Refusal::NotYetValid
            | Refusal::Claim(_) => Self::Token,
            Refusal::IssuerAway => Self::Unavailable,
            Refusal::NoRole => Self::NoRole,
            Refusal::SeveralRoles | Refusal::SeveralParties => Self::Several,
            Refusal::NoParty | Refusal::UnknownParty(_) => Self::NoParty,
            Refusal::Erased => Self::Erased,
            Refusal::Database(error) => {
                tracing::error!(%error, "nobody signs in at an issuer's page: the database does not answer");
                Self::Database
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_on_at_a_page_of_this_site_and_nowhere_else() {
        for path in [
            "/",
            "/signed-in?lang=fr",
            "/a//b?c=https://x.example",
            "/%2f/",
        ] {
            assert!(is_local(path), "{path}");
        }
        let long = format!("/{}", "a".repeat(TO));
        for path in [
            "",
            "a",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/a\r\nb",
            " /",
            "javascript:alert(1)",
            "/é",
            "/a\\..",
            &long,
        ] {
            assert!(!is_local(path), "{path}");
        }
    }
}
