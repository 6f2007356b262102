//! Erasure: the directory forgets a person, and so does whatever else holds something of theirs.
//!
//! What is left is the person's id, in events and here, with nobody behind it. What an erasure does not reach at once ages
//! out by a rule of its own:
//!
//! - **backups** and the archived **write-ahead log** of PostgreSQL, by the operator's rule for keeping them; whoever
//!   restores a backup erases once more everybody who was erased after it was made;
//! - **dead rows**: PostgreSQL keeps the old version of a changed row, invisible to every query and every dump, until it
//!   is vacuumed (which it does by itself) and its place in the file is written over. `vacuum full directory.person,
//!   mail.letter, access.token` by the schemas' owner rewrites the files at once;
//! - **letters** that were sent are their recipients', and the mail server's that took them.
//!
//! What replies say of the person in the fields that are about persons is redacted before this, as long as the directory knows by what they
//! are recognized (`src/http/persons/answers.rs`). Names that people typed elsewhere, into other answers, comments and files, are not
//! found: an administrator redacts those.

use sqlx::PgConnection;

use directory::Directory;
use domain::PersonId;

/// What came of an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// The person is forgotten.
    Done,
    /// They had been forgotten before.
    DoneBefore,
    /// There never was such a person.
    Unknown,
}

/// Forgets a person, in one transaction: what the directory knows, and all that [`erase_elsewhere`] names.
///
/// # Errors
/// The database does not answer; then nothing is forgotten.
pub async fn erase(directory: &Directory, person: PersonId) -> sqlx::Result<Erasure> {
    let mut transaction = directory.begin().await?;
    let Some(is_new) = directory::forget(&mut transaction, person).await? else {
        return Ok(Erasure::Unknown);
    };
    erase_elsewhere(&mut transaction, person).await?;
    transaction.commit().await?;
    Ok(if is_new {
        Erasure::Done
    } else {
        Erasure::DoneBefore
    })
}

/// Erases a person from every table outside the directory that holds something of theirs: a line for each table, which calls
/// the module that owns it.
async fn erase_elsewhere(connection: &mut PgConnection, person: PersonId) -> sqlx::Result<()> {
    mail::forget(connection, person).await?;
    crate::revoke_all_of(connection, person.0).await?;
    crate::end_accounts(connection, person).await?;
    crate::colleagues::forget(connection, person).await?;
    Ok(())
}
