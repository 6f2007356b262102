//! Invitations by list: what each line asks for, and how far it is. Lines are carried out one after another, by whichever process
//! takes one; what a process leaves behind that ends in between, another takes up.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use sqlx::{PgConnection, PgPool};
use tokio::sync::Notify;
use uuid::Uuid;

use super::Role;
use super::accounts::role;
use domain::{Lang, PartyId, PersonId};
use event_log::Actor;
use mail::AskedIn;

/// For how long a line that was taken is not taken again.
const TAKEN: Duration = Duration::from_secs(60);

domain::code_enum! {
    /// How far a line of a list is.
    pub enum LineState {
        /// It waits.
        Queued = "queued",
        /// Its person was invited.
        Invited = "invited",
        /// They had the office already, and were not written to again.
        AlreadyInvited = "already_invited",
        /// It was refused.
        Failed = "failed",
    }
}

/// Lists of this database.
#[derive(Clone, Debug)]
pub struct InvitationLists {
    pool: PgPool,
    wake: Arc<Notify>,
}

/// A line to carry out.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// Of the table.
    pub line: u64,
    /// For which party.
    pub party: PartyId,
    /// Whom.
    pub person: PersonId,
    /// In what capacity.
    pub role: Role,
    /// To which sections, where that is a contributor's.
    pub sections: Vec<String>,
}

/// A line that was taken to be carried out.
#[derive(Clone, Debug)]
pub struct TakenLine {
    /// Its id, by which it is a command of its own.
    pub id: Uuid,
    /// To what its person is invited.
    pub to: AskedIn,
    /// Who sent the list.
    pub actor: Actor,
    /// In which role.
    pub inviter: Role,
    /// What it asks for.
    pub asks: NewLine,
}

/// A line as it is listed, with what the directory says of its person today.
#[derive(Clone, Debug)]
pub struct ListedLine {
    /// Of the table.
    pub line: i32,
    /// The party's code.
    pub party: String,
    /// Their name; none once they are erased.
    pub name: Option<String>,
    /// Their address; none once they are erased.
    pub address: Option<String>,
    /// The language that they read.
    pub language: Lang,
    /// In what capacity.
    pub role: Role,
    /// To which sections.
    pub sections: Vec<String>,
    /// How far it is.
    pub state: LineState,
    /// The code of the problem, where it failed.
    pub why: Option<String>,
}

impl InvitationLists {
    /// The lists of this database.
    pub fn new(pool: PgPool) -> Self {
        Self {
            pool,
            wake: Arc::default(),
        }
    }

    /// Tells this process that lines may wait.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Returns when lines may wait, and after a moment regardless.
    pub async fn woken(&self, regardless: Duration) {
        // Whether it was told or the time is over is the same.
        let _ = tokio::time::timeout(regardless, self.wake.notified()).await;
    }

    /// Takes a line that waits, the oldest list's first; for a minute nobody else takes it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn take(&self) -> sqlx::Result<Option<TakenLine>> {
        let row = sqlx::query!(
            r#"update access.invitation_line t set next_attempt = now() + make_interval(secs => $1)
                 from access.invitation_list l
                where l.id = t.list
                  and t.id = (select id from access.invitation_line where state = 'queued' and next_attempt <= now()
                               order by next_attempt, list, line limit 1 for update skip locked)
               returning t.id, t.line, t.party, t.person, t.role, t.sections, l.collection, l.consultation, l.principal,
                         l.role as sender"#,
            TAKEN.as_secs_f64()
        )
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let to = AskedIn::from_stored(row.collection, row.consultation);
        Ok(Some(TakenLine {
            id: row.id,
            to: to.ok_or(sqlx::Error::RowNotFound)?,
            inviter: role(&row.sender)?,
            actor: Actor {
                principal: row.principal,
                role: row.sender,
                party: None,
            },
            asks: NewLine {
                line: u64::try_from(row.line).unwrap_or_default(),
                party: PartyId(row.party),
                person: PersonId(row.person),
                role: role(&row.role)?,
                sections: row.sections,
            },
        }))
    }

    /// Notes what came of a line.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn note(&self, id: Uuid, state: LineState, why: Option<&str>) -> sqlx::Result<()> {
        sqlx::query!(
            "update access.invitation_line set state = $2, why = $3 where id = $1",
            id,
            state.as_str(),
            why
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    /// The lines of a list, in their order; `None` where there is no such list to that.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn lines(&self, list: Uuid, to: AskedIn) -> sqlx::Result<Option<Vec<ListedLine>>> {
        let is_there = sqlx::query_scalar!(
            r#"select exists (select from access.invitation_list
                               where id = $1 and coalesce(collection, consultation) = $2) as "is_there!""#,
            list,
            to.id()
        )
        .fetch_one(&self.pool)
        .await?;
        if !is_there {
            return Ok(None);
        }
        let rows = sqlx::query!(
            r#"select t.line, p.code, d.name as "name?", d.email as "email?", d.language as "language?", t.role, t.sections,
                      t.state, t.why
                 from access.invitation_line t
                 join views.party p on p.party = t.party
                 left join directory.person d on d.id = t.person and d.erased_at is null
                where t.list = $1 order by t.line"#,
            list
        )
        .fetch_all(&self.pool)
        .await?;
        let lines = rows.into_iter().map(|row| {
            let state = row.state.parse();
            let language = row.language.and_then(|language| language.parse().ok());
            Ok(ListedLine {
                line: row.line,
                party: row.code,
                name: row.name,
                address: row.email,
                language: language.unwrap_or(Lang::En),
                role: role(&row.role)?,
                sections: row.sections,
                state: state.map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
                why: row.why,
            })
        });
        lines.collect::<sqlx::Result<_>>().map(Some)
    }
}

/// Puts in a list.
///
/// # Errors
/// The database does not answer.
pub async fn begin(
    connection: &mut PgConnection,
    list: Uuid,
    to: AskedIn,
    actor: &Actor,
    lines: &[NewLine],
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into access.invitation_list (id, collection, consultation, principal, role) values ($1, $2, $3, $4, $5)",
        list,
        to.collection(),
        to.consultation(),
        actor.principal,
        actor.role
    )
    .execute(&mut *connection)
    .await?;
    let lines = lines.iter().map(|new| {
        json!({"id": clock::new_id(), "line": new.line, "party": new.party, "person": new.person,
               "role": new.role.as_str(), "sections": new.sections})
    });
    let lines = serde_json::Value::Array(lines.collect());
    sqlx::query!(
        "insert into access.invitation_line (id, list, line, party, person, role, sections)
         select id, $1, line, party, person, role, sections
           from jsonb_to_recordset($2) as n (id uuid, line int, party uuid, person uuid, role text, sections text[])",
        list,
        lines
    )
    .execute(connection)
    .await?;
    Ok(())
}
