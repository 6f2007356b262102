//! Scopes: how much of its principal's rights a token may use. They only ever take away.

use domain::fault::Codes;
use domain::schema;
use domain::utoipa::openapi::{RefOr, Schema};
use domain::utoipa::{PartialSchema, ToSchema};
use std::fmt;
use std::str::FromStr;

/// What a token may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// To read figures and what is public: what a dashboard needs.
    Figures,
    /// To read whatever the principal may read.
    Read,
    /// To change whatever the principal may change.
    Write,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::Figures, Self::Read, Self::Write];

    /// The scope as it is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Figures => 1,
            Self::Read => 2,
            Self::Write => 4,
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl Codes for Scope {
    const CODES: &'static [&'static str] = &["figures", "read", "write"];
}

impl PartialSchema for Scope {
    fn schema() -> RefOr<Schema> {
        schema::codes_of::<Self>("What a token may be used for.")
    }
}

impl ToSchema for Scope {}

impl FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|scope| scope.as_str() == text);
        found.ok_or_else(|| {
            let known = Self::ALL.map(Self::as_str).join(", ");
            format!("{text:?} is no scope: {known}")
        })
    }
}

/// A set of scopes. Whoever may read everything may read figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes(u8);

impl Scopes {
    /// All that the principal may do.
    pub const ALL: Self = Self(Scope::Read.bit() | Scope::Write.bit());

    /// None; a token has at least one.
    pub const NONE: Self = Self(0);

    /// Whether it covers what needs this scope.
    pub const fn cover(self, scope: Scope) -> bool {
        let enough = match scope {
            Scope::Figures => Scope::Figures.bit() | Scope::Read.bit(),
            Scope::Read => Scope::Read.bit(),
            Scope::Write => Scope::Write.bit(),
        };
        self.0 & enough != 0
    }

    /// The scopes in the set, as they were given.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        let all = Scope::ALL.into_iter();
        all.filter(move |scope| self.0 & scope.bit() != 0)
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// As they are stored and shown.
    pub fn names(self) -> Vec<String> {
        self.iter().map(|scope| scope.as_str().to_owned()).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().fold(0, |bits, scope| bits | scope.bit()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_covers_what_its_scopes_say_and_reading_covers_figures() {
        let covered = |scopes: &[Scope]| -> Vec<&str> {
            let scopes: Scopes = scopes.iter().copied().collect();
            let all = Scope::ALL.into_iter();
            all.filter(|scope| scopes.cover(*scope))
                .map(Scope::as_str)
                .collect()
        };
        assert!(covered(&[]).is_empty() && Scopes::NONE.is_empty());
        assert_eq!(covered(&[Scope::Figures]), ["figures"]);
        assert_eq!(covered(&[Scope::Read]), ["figures", "read"]);
        assert_eq!(covered(&[Scope::Write]), ["write"]);
        assert_eq!(
            covered(&[Scope::Write, Scope::Read]),
            ["figures", "read", "write"]
        );
        assert_eq!(Scopes::ALL.names(), ["read", "write"]);
        assert_eq!("figures".parse(), Ok(Scope::Figures));
        assert!("all".parse::<Scope>().is_err());
    }
}
