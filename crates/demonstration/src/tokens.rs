//! The demonstration's tokens: fresh at every start, for principals that stay the same. Only those of the last start hold.

use sqlx::PgPool;

use access::issuing::{self, ListedToken};
use access::{self, NewToken, Principal, Role};
use domain::PartyId;

/// What they are called.
const NAME: &str = "the demonstration";

/// Makes tokens.
pub struct Mint<'a> {
    pool: &'a PgPool,
}

impl<'a> Mint<'a> {
    /// In this database, where it revokes what an earlier start has made, and what was made with that.
    pub async fn begin(pool: &'a PgPool) -> sqlx::Result<Self> {
        let mut transaction = pool.begin().await?;
        for token in issuing::tokens_named(&mut *transaction, NAME).await? {
            if is_ours(&token) {
                issuing::revoke(&mut transaction, token.id).await?;
            }
        }
        transaction.commit().await?;
        Ok(Self { pool })
    }

    /// For the Secretariat's officer.
    ///
    /// # Errors
    /// The database does not answer, or refuses.
    pub async fn officer(&self) -> sqlx::Result<String> {
        self.token(Role::Officer, None).await
    }

    /// For a party's focal point.
    ///
    /// # Errors
    /// The database does not answer, or refuses.
    pub async fn focal_point(&self, code: &str) -> sqlx::Result<String> {
        self.token(Role::FocalPoint, Some(PartyId::from_code(code)))
            .await
    }

    async fn token(&self, role: Role, party: Option<PartyId>) -> sqlx::Result<String> {
        let new = NewToken {
            principal: Principal::demonstration(role, party),
            name: NAME.to_owned(),
        };
        Ok(access::mint(self.pool, &new).await?.token)
    }
}

/// Whether a start of the demonstration has made a token: nobody else makes any for its principals, but with one of these.
fn is_ours(token: &ListedToken) -> bool {
    let role: Option<Role> = token.role.parse().ok();
    role.is_some_and(|role| {
        let principal = Principal::demonstration(role, token.party.map(PartyId));
        token.maker.is_none() && token.principal == principal.id
    })
}
