//! The demonstration's tokens: fresh at every start, for principals that stay the same.

use sqlx::PgPool;

use crate::access::{self, NewToken, Principal, Role};
use crate::domain::PartyId;

/// Makes tokens.
pub struct Mint<'a> {
    pool: &'a PgPool,
}

impl<'a> Mint<'a> {
    /// In this database.
    pub fn new(pool: &'a PgPool) -> Self {
        Self { pool }
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
        self.token(Role::FocalPoint, Some(PartyId::of(code))).await
    }

    async fn token(&self, role: Role, party: Option<PartyId>) -> sqlx::Result<String> {
        let new = NewToken {
            principal: Principal::demonstration(role, party),
            name: "the demonstration".to_owned(),
        };
        Ok(access::mint(self.pool, &new).await?.token)
    }
}
