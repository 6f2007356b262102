//! Signing in at an issuer's own page: setting out from here, and coming back. Every failure is a page.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use jiff::Timestamp;
use url::form_urlencoded;

use super::join::field;
use super::{Html, Page, answer, language};
use crate::http::handling::query;
use crate::http::middleware::client_address::Client;
use crate::http::middleware::{cookies, csrf};
use crate::http::services::Services;
use crate::http::services::limits::block;
use access::oidc::{IssuerAnswer, Refusal, SignOnError};
use access::sessions::OpenedSession;
use domain::{Lang, Texts};

/// Bytes of an address to go on to.
const RETURN: usize = 2000;

/// The issuers at whose pages one signs in: what `POST /sso/{name}` calls each, and what is on its button.
pub fn offers(services: &Services) -> Vec<(&str, &Texts)> {
    services.oidc.sign_on_offers().collect()
}

/// A button for each; whoever presses it goes on afterwards at the page that the address names with `return=`.
pub fn buttons(services: &Services, request: &HttpRequest) -> Html {
    let lang = language(request);
    let query = request.query_string().as_bytes();
    let return_to = field(query, "return").unwrap_or_default();
    let buttons = offers(services).into_iter().map(|(name, label)| {
        let args = [
            ("name", Html::text(name)),
            ("lang", Html::text(lang.as_str())),
            ("return", Html::text(&return_to)),
            ("label", shown(label, lang)),
        ];
        Html::from_template(
            r#"<form method="post" action="/sso/{name}?lang={lang}"><input type="hidden" name="return" value="{return}"><button>{label}</button></form>
"#,
            &args,
        )
    });
    Html::all(buttons)
}

fn shown(label: &Texts, lang: Lang) -> Html {
    let label = label.pick(&[lang]);
    Html::all(label.map(|(of, label)| Html::passage(of, lang, label)))
}

/// Sends a browser to an issuer, from a button of our own page.
///
/// It goes by a page that the browser leaves at once, not by a redirection: some browsers hold a form's redirections against
/// the `form-action` of the page that it stood on, and to which pages an issuer leads further nobody knows here.
pub async fn set_out(
    request: HttpRequest,
    name: web::Path<String>,
    form: web::Bytes,
    services: web::Data<Services>,
) -> HttpResponse {
    let lang = language(&request);
    let return_to = field(&form, "return").filter(|path| !path.is_empty());
    let return_to = return_to.unwrap_or_else(|| format!("/signed-in?lang={lang}"));
    let failed = |failure: Failure| failure.page(lang, "");
    // Another site could have somebody signed in without their wish.
    if !csrf::is_own(&request, &services.origin) {
        return failed(Failure::Elsewhere);
    }
    let caller = block(Client::from_request(&request).address);
    if services.asked.count(caller).is_err() {
        return failed(Failure::TooOften);
    }
    if !is_local(&return_to) {
        return failed(Failure::Return);
    }
    let departure = match services.oidc.set_out(&name, &return_to, lang).await {
        Ok(Some(departure)) => departure,
        Ok(None) => return failed(Failure::Unknown),
        Err(refusal) => return Failure::from(refusal).page(lang, &return_to),
    };
    let args = [
        ("label", shown(&departure.label, lang)),
        ("address", Html::text(&departure.address)),
    ];
    let mut response = answer(StatusCode::OK, Page::SsoSetOut, lang, &args);
    let at_once = format!("0;url={}", departure.address);
    add(&mut response, HeaderName::from_static("refresh"), &at_once);
    let cookie = cookies::set_out(departure.secret.reveal());
    add(&mut response, header::SET_COOKIE, &cookie);
    response
}

/// Whoever opens the address of a button without pressing it finds the button.
pub async fn button_page(request: HttpRequest) -> HttpResponse {
    let page = format!("/sign-in?lang={}", language(&request));
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, page))
        .finish()
}

/// Lets in whoever comes back, if the issuer says that they may.
pub async fn come_back(request: HttpRequest, services: web::Data<Services>) -> HttpResponse {
    let (answered, shown) = (
        issuers_answer(&request).unwrap_or_default(),
        cookies::sign_on_secret(&request),
    );
    let journey = match (&shown, &answered.state) {
        (Some(shown), Some(state)) => services.oidc.come_back(shown, state).await,
        _ => Ok(None),
    };
    let journey = match journey {
        Ok(Some(journey)) => journey,
        Ok(None) => return Failure::Way.page(language(&request), ""),
        Err(error) => return Failure::from(Refusal::from(error)).page(language(&request), ""),
    };
    let before = cookies::session_secret(&request);
    let opened = services
        .oidc
        .arrive(&journey, &answered, before.as_deref())
        .await;
    let mut response = match opened {
        Ok(opened) => signed_in(&opened, &journey.return_to),
        Err(error) => {
            tracing::debug!(%error, "somebody who came back from an issuer is not let in");
            Failure::from(error).page(journey.lang, &journey.return_to)
        }
    };
    add(&mut response, header::SET_COOKIE, &cookies::come_back());
    response
}

fn signed_in(opened: &OpenedSession, return_to: &str) -> HttpResponse {
    let until: Timestamp = opened.session.until.parse().unwrap_or_default();
    let seconds = until.duration_since(clock::now()).as_secs().max(0);
    let cookie = cookies::set_for(opened.secret.reveal(), seconds);
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, return_to))
        .insert_header((header::SET_COOKIE, cookie))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "strict-origin"))
        .finish()
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
    path.len() <= RETURN
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
    ($($name:ident $code:literal $status:literal,)+) => {
        /// Why somebody is not signed in. What it says is the text `page.sso.<code>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Failure {
            $($name,)+
        }

        impl Failure {
            #[cfg(test)]
            const ALL: &[Self] = &[$(Self::$name,)+];

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
        }
    };
}

failures! {
    Code "code" 400,
    Database "database" 503,
    Denied "denied" 403,
    Elsewhere "elsewhere" 403,
    Erased "erased" 403,
    NoParty "no_party" 403,
    NoRole "no_role" 403,
    Return "return" 400,
    Settings "settings" 502,
    Several "several" 403,
    Token "token" 403,
    TooOften "too_often" 429,
    Unavailable "unavailable" 503,
    Unknown "unknown" 404,
    Way "way" 400,
}

impl Failure {
    /// Its page, with a way to try again.
    fn page(self, lang: Lang, return_to: &str) -> HttpResponse {
        let page = "/sign-in?";
        let mut again = form_urlencoded::Serializer::for_suffix(page.to_owned(), page.len());
        again.append_pair("lang", lang.as_str());
        if !return_to.is_empty() {
            again.append_pair("return", return_to);
        }
        let what = texts::text::<&str>(&format!("page.sso.{}", self.code()), &[lang], &[]);
        let args = [
            ("what", Html::text(&what)),
            ("again", Html::text(&again.finish())),
            ("code", Html::text(self.code())),
        ];
        let status = StatusCode::from_u16(self.status()).unwrap_or(StatusCode::FORBIDDEN);
        answer(status, Page::SsoFailed, lang, &args)
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
        let long = format!("/{}", "a".repeat(RETURN));
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

    #[test]
    fn every_failure_says_what_is_wrong() {
        for failure in Failure::ALL {
            let texts = texts::texts(&format!("page.sso.{}", failure.code()));
            assert!(texts.is_some(), "{failure:?}");
            let status = failure.page(Lang::Fr, "/x").status().as_u16();
            assert_eq!(status, failure.status());
        }
    }
}
