//! Letters with links: an account, a link and its letter come to be together or not at all.

use serde_json::{Map, Value};
use sqlx::PgPool;
use uuid::Uuid;

use super::links::{self, INVITATION_LASTS, Purpose, SIGN_IN_LASTS};
use super::{Role, accounts};
use directory::address;
use domain::{CollectionId, PartyId, PersonId};
use mail::{About, LetterKind, NewLetter, Outbox};

/// Where a link's page is, but for the secret.
pub const PATH: &str = "/join/";

/// Somebody to invite.
#[derive(Clone, Debug)]
pub struct Invitee {
    /// Who.
    pub person: PersonId,
    /// In what capacity.
    pub role: Role,
    /// For whom.
    pub party: PartyId,
    /// To which collection.
    pub collection: CollectionId,
    /// To which of its sections, where the role is a contributor's.
    pub sections: Vec<String>,
    /// In what role somebody invites.
    pub inviter: Role,
    /// The request, so that the same one sent again sends no other letter.
    pub command: Uuid,
    /// What the letter's placeholders are filled with, but for the link.
    pub args: Map<String, Value>,
}

impl Invitee {
    /// The letter that invites them.
    pub fn letter(&self) -> LetterKind {
        match self.role {
            Role::Contributor => LetterKind::ContributorInvitation,
            _ => LetterKind::Invitation,
        }
    }
}

/// Opens an account, and sends its link. The links of earlier invitations to the same open nothing any more.
///
/// # Errors
/// The database does not answer.
pub async fn invite(pool: &PgPool, outbox: &Outbox, new: &Invitee) -> sqlx::Result<()> {
    let mut transaction = pool.begin().await?;
    let account = accounts::open(&mut transaction, new.person, new.role, new.party).await?;
    let purpose = Purpose::Invitation {
        account,
        inviter: new.inviter,
        collection: new.collection,
        sections: new.sections.clone(),
    };
    let made = links::make_after(&mut transaction, new.person, &purpose, new.command).await?;
    let Some(secret) = made else {
        return Ok(());
    };
    let kind = new.letter();
    let mut args = new.args.clone();
    args.insert(
        "path".to_owned(),
        format!("{PATH}{}", secret.reveal()).into(),
    );
    let letter = NewLetter {
        person: new.person,
        kind,
        about: Some(About {
            collection: new.collection,
            party: new.party,
        }),
        args,
        valid_for: Some(INVITATION_LASTS),
    };
    outbox.enqueue(&mut *transaction, &letter).await?;
    transaction.commit().await
}

/// Sends a link to whoever has this address and an account, unless one was sent within the last five minutes. Answers
/// whether one is sent; nobody but the server's own counts may be told.
///
/// # Errors
/// The database does not answer.
pub async fn send_sign_in_link(pool: &PgPool, outbox: &Outbox, email: &str) -> sqlx::Result<bool> {
    let mut transaction = pool.begin().await?;
    // Locked, so that of two requests at once one sees the other's link.
    let person = sqlx::query_scalar!(
        "select p.id from directory.person p
          where lower(p.email) in (select lower(form) from unnest($1::text[]) as form) and p.erased_at is null
            and exists (select from access.account a where a.person = p.id and access.lets_in(a))
          order by p.created_at, p.id limit 1 for update",
        &address::forms(email)
    )
    .fetch_optional(&mut *transaction)
    .await?;
    let Some(person) = person else {
        return Ok(false);
    };
    let is_soon = sqlx::query_scalar!(
        r#"select exists (select from access.link where person = $1 and purpose = 'sign_in'
                             and created_at > clock_timestamp() - interval '5 minutes') as "is_soon!""#,
        person
    )
    .fetch_one(&mut *transaction)
    .await?;
    if is_soon {
        return Ok(false);
    }
    let person = PersonId(person);
    let made = links::make(&mut transaction, person, &Purpose::SignIn, None).await?;
    let Some(secret) = made else { return Ok(false) };
    let path = format!("{PATH}{}", secret.reveal());
    let letter = NewLetter {
        person,
        kind: LetterKind::SignInLink,
        about: None,
        args: Map::from_iter([("path".to_owned(), path.into())]),
        valid_for: Some(SIGN_IN_LASTS),
    };
    outbox.enqueue(&mut *transaction, &letter).await?;
    transaction.commit().await?;
    Ok(true)
}
