//! Tokens of single sign-on, and what is answered to one that is refused.

use actix_web::http::header;

use crate::http::problem::Problem;
use crate::http::services::Services;
use access::Credential;
use access::oidc::Refusal;

/// Whom the token of an issuer shows.
///
/// # Errors
/// 401 where the token does not hold, 403 where it does, but gives no clear right; 503 where the issuer's keys cannot be had.
pub async fn credential(services: &Services, token: &str) -> Result<Credential, Problem> {
    services.oidc.credential(token).await.map_err(|refusal| {
        tracing::debug!(%refusal, "a token of single sign-on is refused");
        problem(refusal)
    })
}

fn problem(refusal: Refusal) -> Problem {
    let invalid = |code| {
        Problem::new(code).header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
    };
    let insufficient = |code| {
        Problem::new(code).header(
            header::WWW_AUTHENTICATE,
            "Bearer error=\"insufficient_scope\"",
        )
    };
    match refusal {
        Refusal::Malformed(_) => invalid("token_malformed"),
        Refusal::Kind(_) => invalid("token_kind_refused"),
        Refusal::Algorithm => invalid("token_algorithm_refused"),
        Refusal::ForeignIssuer => invalid("token_issuer_unknown"),
        Refusal::UnknownKey => invalid("token_key_unknown"),
        Refusal::Signature => invalid("token_signature_wrong"),
        // A nonce is asked for where people sign in at an issuer's page, whose failures are told there.
        Refusal::Audience | Refusal::Nonce => invalid("token_audience_wrong"),
        Refusal::Expired => invalid("token_expired"),
        Refusal::NotYetValid => invalid("token_not_yet_valid"),
        Refusal::Claim(claim) => invalid("token_claim_missing").arg("claim", claim),
        Refusal::IssuerAway => Problem::new("issuer_unavailable").header(header::RETRY_AFTER, 30),
        Refusal::NoRole => insufficient("identity_without_role"),
        Refusal::SeveralRoles => insufficient("identity_with_several_roles"),
        Refusal::NoParty => insufficient("identity_without_party"),
        Refusal::SeveralParties => insufficient("identity_with_several_parties"),
        Refusal::UnknownParty(_) => insufficient("identity_with_unknown_party"),
        Refusal::Erased => insufficient("identity_erased"),
        Refusal::Database(error) => error.into(),
    }
}
