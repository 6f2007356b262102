//! The page that a link opens, and the session that its button begins.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use uuid::Uuid;

use super::{Html, Page, answer, language};
use crate::http::access::sessions::{self, LinkError};
use crate::http::handling::query;
use crate::http::middleware::cookies;
use crate::http::middleware::csrf;
use crate::http::problem::Problem;
use crate::http::services::Services;
use crate::reading::parties;
use access::links::{Link, Purpose};
use access::{Account, Role};
use domain::consultation::Consultation;
use domain::instrument::Instrument;
use domain::{Lang, PartyId, Texts};
use mail::AskedIn;

/// Shows what a link opens. That changes nothing: mail scanners follow links.
pub async fn link_page(
    request: HttpRequest,
    secret: web::Path<String>,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let lang = language(&request);
    match services.links.look(&secret).await? {
        Some(link) => invitation_page(&services, &link, lang).await,
        None => Ok(over(lang)),
    }
}

/// Uses a link up, from its own page's button, and goes on signed in.
pub async fn use_link(
    request: HttpRequest,
    secret: web::Path<String>,
    form: web::Bytes,
    services: web::Data<Services>,
) -> Result<HttpResponse, Problem> {
    let lang = language(&request);
    // Another site could have its own account opened in somebody's browser, to have them answer into it.
    if !csrf::is_own(&request, &services.origin) {
        return Ok(answer(StatusCode::FORBIDDEN, Page::Refused, lang, &[]));
    }
    let account = field(&form, "account").and_then(|id| Uuid::parse_str(&id).ok());
    match sessions::open(&services, &secret, account).await {
        Ok(opened) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, format!("/signed-in?lang={lang}")))
            .insert_header((header::SET_COOKIE, cookies::set(opened.secret.reveal())))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::REFERRER_POLICY, "strict-origin"))
            .finish()),
        Err(LinkError::Unknown) => Ok(over(lang)),
        Err(LinkError::AccountNotChosen(link)) => invitation_page(&services, &link, lang).await,
        Err(error @ LinkError::Database(_)) => Err(error.into()),
    }
}

/// The same for a link that is unknown, used, expired or ended.
fn over(lang: Lang) -> HttpResponse {
    answer(StatusCode::NOT_FOUND, Page::LinkOver, lang, &[])
}

/// A field of a form.
pub(super) fn field(form: &[u8], name: &str) -> Option<String> {
    let pairs = query::pairs(std::str::from_utf8(form).ok()?).ok()?;
    let mut found = pairs.into_iter().filter(|(field, _)| field == name);
    found.next().map(|(_, value)| value)
}

async fn invitation_page(
    services: &Services,
    link: &Link,
    lang: Lang,
) -> Result<HttpResponse, Problem> {
    let expires = Html::text(&minute(&link.expires));
    let (page, args) = match (&link.purpose, link.accounts.as_slice()) {
        (
            Purpose::Invitation {
                inviter,
                to,
                sections,
                ..
            },
            [account, ..],
        ) => {
            let invited = InvitationPage {
                account,
                inviter: *inviter,
                to: *to,
                sections,
            };
            (Page::Invitation, invited.args(services, lang).await?)
        }
        (_, accounts) => (Page::Choice, choices(services, accounts, lang).await?),
    };
    let args: Vec<(&str, Html)> = args.into_iter().chain([("expires", expires)]).collect();
    Ok(answer(StatusCode::OK, page, lang, &args))
}

/// What an invitation's page says.
struct InvitationPage<'a> {
    account: &'a Account,
    inviter: Role,
    to: AskedIn,
    sections: &'a [String],
}

impl InvitationPage<'_> {
    async fn args(
        &self,
        services: &Services,
        lang: Lang,
    ) -> Result<Vec<(&'static str, Html)>, Problem> {
        let (title, due) = self.asked(services).await?;
        let party = party_name(services, self.account.party, lang).await?;
        let said = |key: &str, args: &[(&str, &str)]| Html::text(&texts::text(key, &[lang], args));
        let party_arg = [("party", party.as_str())];
        let inviter = match self.inviter {
            Role::FocalPoint => said("page.inviter.focal_point", &party_arg),
            _ => said("page.inviter.secretariat", &[]),
        };
        let task = match self.account.role {
            Role::Contributor => {
                let sections = self.sections.join(", ");
                let args = [("party", party.as_str()), ("sections", sections.as_str())];
                said("page.task.contributor", &args)
            }
            Role::Commenter => said("page.task.commenter", &party_arg),
            _ => said("page.task.focal_point", &party_arg),
        };
        let title = title.pick(&[lang]);
        Ok(vec![
            ("inviter", inviter),
            ("task", task),
            (
                "collection",
                Html::all(title.map(|(of, title)| Html::passage(of, lang, title))),
            ),
            ("deadline", Html::text(&due)),
        ])
    }

    /// What it is called in which the party is asked, and until when.
    async fn asked(&self, services: &Services) -> Result<(Texts, String), Problem> {
        let desk = &services.desk;
        match self.to {
            AskedIn::Collection(collection) => {
                let collection = services.fresh_collection(collection).await?;
                let due = collection.deadline_of(self.account.party).local_text();
                Ok((collection.title.clone(), due))
            }
            AskedIn::Consultation(consultation) => {
                let missing = || Problem::not_found("consultation");
                let held = desk.load::<Consultation>(consultation.0, true).await?;
                let held = held.state.as_ref().as_ref().ok_or_else(missing)?;
                let instrument = desk.load::<Instrument>(held.instrument.0, false).await?;
                let instrument = instrument.state.as_ref().as_ref().ok_or_else(missing)?;
                let title = held.title.as_ref().unwrap_or(&instrument.title);
                Ok((title.clone(), held.until.local_text()))
            }
        }
    }
}

/// The accounts of which one chooses; with only one there is nothing to choose.
async fn choices(
    services: &Services,
    accounts: &[Account],
    lang: Lang,
) -> Result<Vec<(&'static str, Html)>, Problem> {
    let mut choices = Vec::new();
    for account in accounts {
        let id = account.id.to_string();
        let args = [
            ("id", Html::text(&id)),
            (
                "name",
                Html::text(&account_name(services, account.role, account.party, lang).await?),
            ),
        ];
        choices.push(Html::from_template(
            match accounts.len() {
                1 => r#"<p>{name}</p><input type="hidden" name="account" value="{id}">"#,
                _ => r#"<label><input type="radio" name="account" value="{id}" required> {name}</label>"#,
            },
            &args,
        ));
    }
    Ok(vec![("accounts", Html::all(choices))])
}

/// In what capacity one comes in: "Focal point of Finland".
pub(super) async fn account_name(
    services: &Services,
    role: Role,
    party: PartyId,
    lang: Lang,
) -> Result<String, Problem> {
    let party = party_name(services, party, lang).await?;
    let key = format!("page.account.{}", role.as_str());
    Ok(texts::text(&key, &[lang], &[("party", party)]))
}

async fn party_name(services: &Services, party: PartyId, lang: Lang) -> Result<String, Problem> {
    let names = parties::names(services.log().pool(), party).await?;
    let name = names.as_ref().and_then(|names| names.pick(&[lang]));
    Ok(name.map_or_else(|| party.to_string(), |(_, name)| name.to_owned()))
}

/// A time in UTC, to the minute, for people.
pub(super) fn minute(rfc3339: &str) -> String {
    let minute = rfc3339.get(..16).unwrap_or(rfc3339);
    minute.replace('T', ", ") + " UTC"
}
