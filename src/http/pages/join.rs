//! The page that a link opens, and the session that its button begins.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use uuid::Uuid;

use super::form::Form as PostedForm;
use super::frame::{Frame, page};
use super::moment;
use super::passage::Passage;
use super::sign_in::{refused, said};
use super::visitor::Visitor;
use crate::http::access::sessions::{self, LinkError};
use crate::http::middleware::{cookies, csrf};
use crate::http::problem::Problem;
use access::links::{Link, Purpose};
use access::{Account, Role};
use domain::consultation::Consultation;
use domain::instrument::Instrument;
use mail::AskedIn;

#[derive(Template)]
#[template(path = "invitation.html")]
struct InvitationTemplate {
    frame: Frame,
    inviter: String,
    title: Passage,
    due: moment::Due,
    is_consultation: bool,
    task: String,
    sections: Vec<Passage>,
    expires: String,
}

#[derive(Template)]
#[template(path = "choice.html")]
struct ChoiceTemplate {
    frame: Frame,
    accounts: Vec<(Uuid, String)>,
    expires: String,
}

/// Shows what a link opens. That changes nothing: mail scanners follow links.
pub async fn link_page(
    visitor: Visitor,
    secret: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    match visitor.services.links.look(&secret).await? {
        Some(link) => opening(&visitor, &link).await,
        None => over(&visitor),
    }
}

/// Uses a link up, from its own page's button, and goes on signed in.
pub async fn use_link(
    visitor: Visitor,
    request: HttpRequest,
    secret: web::Path<String>,
    form: PostedForm,
) -> Result<HttpResponse, Problem> {
    // Another site could have its own account opened in somebody's browser, to have them answer into it.
    if !csrf::is_own(&request, &visitor.services.origin) {
        return refused(&request);
    }
    let account = Uuid::parse_str(form.text("account")).ok();
    match sessions::open(&visitor.services, &secret, account).await {
        Ok(opened) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, "/home"))
            .insert_header((header::SET_COOKIE, cookies::set(opened.secret.reveal())))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::REFERRER_POLICY, "strict-origin"))
            .finish()),
        Err(LinkError::Unknown) => over(&visitor),
        Err(LinkError::AccountNotChosen(link)) => opening(&visitor, &link).await,
        Err(error @ LinkError::Database(_)) => Err(error.into()),
    }
}

/// The same for a link that is unknown, used, expired or ended.
fn over(visitor: &Visitor) -> Result<HttpResponse, Problem> {
    let w = visitor.words;
    let told = vec![w.link_over_text().to_owned()];
    said(
        &visitor.http,
        StatusCode::NOT_FOUND,
        w.link_over_title(),
        told,
        true,
    )
}

async fn opening(visitor: &Visitor, link: &Link) -> Result<HttpResponse, Problem> {
    let w = visitor.words;
    let expires = link.expires.parse();
    let expires = expires.map_or_else(|_| link.expires.clone(), |time| moment::told(w.lang, time));
    match (&link.purpose, link.accounts.as_slice()) {
        (
            Purpose::Invitation {
                inviter,
                to,
                sections,
                ..
            },
            [account, ..],
        ) => invitation(visitor, account, *inviter, *to, sections, expires).await,
        (_, accounts) => {
            let mut named = Vec::new();
            for account in accounts {
                named.push((
                    account.id,
                    visitor.account(account.role, Some(account.party)).await?,
                ));
            }
            let template = ChoiceTemplate {
                frame: Frame::new(w, w.choice_title(), visitor.http.query_string(), None),
                accounts: named,
                expires,
            };
            page(StatusCode::OK, w.lang, &template)
        }
    }
}

/// What an invitation's page says.
async fn invitation(
    visitor: &Visitor,
    account: &Account,
    inviter: Role,
    to: AskedIn,
    codes: &[String],
    expires: String,
) -> Result<HttpResponse, Problem> {
    let w = visitor.words;
    let party = visitor.party_name(account.party).await?;
    let (title, due, sections) = match to {
        AskedIn::Collection(collection) => {
            let collection = visitor.services.fresh_collection(collection).await?;
            let due = moment::due(w.lang, collection.deadline_of(account.party));
            let form = visitor.services.desk.form_of_collection(&collection);
            let form = form.await?;
            let sections = form.sections.iter();
            let sections = sections.filter(|section| codes.contains(&section.code));
            let titles =
                sections.map(|section| Passage::pick(&section.title, visitor.languages(), w.lang));
            let title = Passage::pick(&collection.title, visitor.languages(), w.lang);
            (title, due, titles.collect())
        }
        AskedIn::Consultation(consultation) => {
            let missing = || Problem::not_found("consultation");
            let desk = &visitor.services.desk;
            let held = desk.load::<Consultation>(consultation.0, true).await?;
            let held = held.state.as_ref().as_ref().ok_or_else(missing)?;
            let instrument = desk.load::<Instrument>(held.instrument.0, false).await?;
            let instrument = instrument.state.as_ref().as_ref().ok_or_else(missing)?;
            let title = held.title.as_ref().unwrap_or(&instrument.title);
            let due = moment::due(w.lang, &held.until);
            let title = Passage::pick(title, visitor.languages(), w.lang);
            (title, due, Vec::new())
        }
    };
    let template = InvitationTemplate {
        frame: Frame::new(w, w.invitation_title(), visitor.http.query_string(), None),
        inviter: match (inviter, to) {
            (Role::FocalPoint, _) => w.invitation_by_focal_point(&party),
            (_, AskedIn::Collection(_)) => w.invitation_by_secretariat().to_owned(),
            (_, AskedIn::Consultation(_)) => w.invitation_to_comment().to_owned(),
        },
        title,
        due,
        is_consultation: matches!(to, AskedIn::Consultation(_)),
        task: match account.role {
            Role::Contributor => w.invitation_task_contributor(&party),
            Role::Commenter => w.invitation_task_commenter(&party),
            _ => w.invitation_task_focal_point(&party),
        },
        sections,
        expires,
    };
    page(StatusCode::OK, w.lang, &template)
}
