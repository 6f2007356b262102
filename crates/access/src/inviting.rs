//! Letters with links: an account, a link and its letter come to be together or not at all.

use serde_json::{Map, Value};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::links::{self, INVITATION_LASTS, Purpose, SIGN_IN_LASTS};
use super::{Role, accounts};
use directory::address;
use domain::{PartyId, PersonId};
use mail::{AskedIn, LetterKind, LetterSubject, NewLetter, Outbox};

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
    /// To which collection or consultation.
    pub to: AskedIn,
    /// To which of its sections, where the role is a contributor's.
    pub sections: Vec<String>,
    /// The role of whoever invites.
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
            Role::Commenter => LetterKind::CommentInvitation,
            _ => LetterKind::Invitation,
        }
    }
}

/// Notes that a command which names or admits somebody is to invite them by letter: its event does not say so. To be noted
/// before the append, so that whoever follows the log finds it.
///
/// # Errors
/// The database does not answer.
pub async fn note_invitation_wish(pool: &PgPool, command: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into access.invitation_wish (command) values ($1) on conflict do nothing",
        command
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Takes back that a command is to invite somebody, where nothing was recorded from which a letter could follow.
///
/// # Errors
/// The database does not answer.
pub async fn forget_invitation_wish(pool: &PgPool, command: Uuid) -> sqlx::Result<()> {
    fulfil(&mut *pool.acquire().await?, command).await
}

/// Whether a command is to invite by letter.
///
/// # Errors
/// The database does not answer.
pub async fn is_wished(connection: &mut PgConnection, command: Uuid) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select from access.invitation_wish where command = $1) as "is_wished!""#,
        command
    )
    .fetch_one(connection)
    .await
}

/// Opens an account and sends its link to somebody who is invited although they have the office already: for that no event is
/// recorded from which the letter could follow. Links of earlier invitations to the same office open nothing any more.
///
/// # Errors
/// The database does not answer.
pub async fn invite_again(pool: &PgPool, outbox: &Outbox, new: &Invitee) -> sqlx::Result<()> {
    let mut transaction = pool.begin().await?;
    if let Some(letter) = open(&mut transaction, new).await? {
        outbox.enqueue(&mut *transaction, &letter).await?;
    }
    fulfil(&mut transaction, new.command).await?;
    transaction.commit().await
}

/// Opens an account, and sends its link, as follows from the event at a position. Whoever was erased, or has lost the office
/// since, is not invited.
///
/// # Errors
/// The database does not answer.
pub async fn invite_after(
    connection: &mut PgConnection,
    outbox: &Outbox,
    new: &Invitee,
    event: u64,
) -> sqlx::Result<()> {
    let stands = sqlx::query_scalar!(
        r#"select access.stands_in($1, $2, $3, $4)
                  and exists (select from directory.person where id = $4 and erased_at is null) as "stands!""#,
        new.role.as_str(),
        new.to.id(),
        new.party.0,
        new.person.0
    )
    .fetch_one(&mut *connection)
    .await?;
    if stands && let Some(letter) = open(connection, new).await? {
        outbox
            .enqueue_after(&mut *connection, event, &letter)
            .await?;
    }
    fulfil(connection, new.command).await
}

/// Opens an account for somebody, and makes its link; answers the letter with it, unless this very command has made one already.
async fn open(connection: &mut PgConnection, new: &Invitee) -> sqlx::Result<Option<NewLetter>> {
    let account = accounts::open(connection, new.person, new.role, new.party).await?;
    let purpose = Purpose::Invitation {
        account,
        inviter: new.inviter,
        to: new.to,
        sections: new.sections.clone(),
    };
    let made = links::make_after(connection, new.person, &purpose, new.command).await?;
    let Some(secret) = made else { return Ok(None) };
    let mut args = new.args.clone();
    args.insert(
        "path".to_owned(),
        format!("{PATH}{}", secret.reveal()).into(),
    );
    Ok(Some(NewLetter {
        person: new.person,
        kind: new.letter(),
        about: Some(LetterSubject {
            of: new.to,
            party: new.party,
        }),
        args,
        valid_for: Some(INVITATION_LASTS),
    }))
}

/// A wish that is fulfilled, or came to nothing, is forgotten.
async fn fulfil(connection: &mut PgConnection, command: Uuid) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from access.invitation_wish where command = $1",
        command
    )
    .execute(connection)
    .await?;
    Ok(())
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
