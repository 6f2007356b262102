//! Why a token, or who it shows, is refused.

use domain::PartyId;

/// Why a token, or who it shows, is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Not a token of the kind that is read here.
    #[error("{0}")]
    Malformed(&'static str),
    /// A token, but not one with which its bearer asks for something.
    #[error("{0}")]
    Kind(&'static str),
    /// Signed in a way that is not allowed for its issuer, or not with the kind of key that it names.
    #[error("its algorithm is not allowed, or not its key's")]
    Algorithm,
    /// Issued by somebody who is not in the settings.
    #[error("its issuer is not in the settings")]
    ForeignIssuer,
    /// The issuer has no such key.
    #[error("its key is not among the issuer's")]
    UnknownKey,
    /// Not signed by the key that it names.
    #[error("its signature is not of its key")]
    Signature,
    /// Made for somebody else.
    #[error("its audience is somebody else")]
    Audience,
    /// An ID token that is not the answer to what this browser asked.
    #[error("its nonce is another one")]
    Nonce,
    /// Not valid any longer.
    #[error("it has expired")]
    Expired,
    /// Not valid yet.
    #[error("it is not valid yet")]
    NotYetValid,
    /// Lacks a claim that a token must have, or has one in another form.
    #[error("its claim {0} is missing, or has another form")]
    Claim(&'static str),
    /// The issuer does not say which keys it has, so that nothing can be said of the token.
    #[error("the issuer's keys cannot be fetched")]
    IssuerAway,
    /// The claims give no role.
    #[error("its claims give no role")]
    NoRole,
    /// The claims give several roles.
    #[error("its claims give several roles")]
    SeveralRoles,
    /// A role of a party's, and no party.
    #[error("its claims give a party's role, and no party")]
    NoParty,
    /// A role of a party's, and several parties.
    #[error("its claims give several parties")]
    SeveralParties,
    /// A party that is not registered.
    #[error("its claims give a party that is not registered: {0:?}")]
    UnknownParty(Option<PartyId>),
    /// The person was erased from the directory.
    #[error("the person was erased")]
    Erased,
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}
