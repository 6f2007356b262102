use serde_json::json;

use super::*;
use crate::oidc::Settings;

fn issuer(more: Value) -> Issuer {
    let mut issuer = json!({
        "issuer": "https://sso.example.org", "audience": "rapporteur",
        "role": {"claim": "realm_access.roles", "values": {
            "officer": "officer", "desk": "officer", "focal": "focal_point", "donor": "donor"}},
        "party": {"claim": "groups", "values": {"/fi": "FIN", "/suomi": "FIN", "/se": "SWE"}},
    });
    for (field, value) in more.as_object().unwrap() {
        issuer[field] = value.clone();
    }
    let settings: Settings = json!({"issuers": [issuer]}).to_string().parse().unwrap();
    settings.issuers[0].clone()
}

fn map(claims: Value) -> Map<String, Value> {
    claims.as_object().unwrap().clone()
}

/// What claims come to, in a word.
fn outcome(roles: Value, groups: Value) -> String {
    let claims = map(json!({"realm_access": {"roles": roles}, "groups": groups}));
    match granted_role(&claims, &issuer(json!({}))) {
        Ok(GrantedRole { role, party }) => {
            let codes = ["FIN", "SWE"];
            let code = codes
                .iter()
                .find(|code| party == Some(PartyId::from_code(code)));
            format!("{} {}", role.as_str(), code.unwrap_or(&"-"))
        }
        Err(refusal) => format!("{refusal:?}"),
    }
}

#[test]
#[rustfmt::skip]
fn claims_come_to_one_role_and_one_party_or_are_refused() {
    let table = [
        (json!(["officer"]),                   json!(null),             "officer -"),
        (json!("officer"),                     json!(null),             "officer -"),
        (json!(["officer", "desk", "else"]),   json!(["/fi", "/se"]),   "officer -"),
        (json!(["focal"]),                     json!(["/fi"]),          "focal_point FIN"),
        (json!(["focal", "focal"]),            json!("/se"),            "focal_point SWE"),
        (json!(["focal"]),                     json!(["/fi", "/suomi"]), "focal_point FIN"),
        (json!(["donor", 7, null]),            json!(["/se", "/else"]), "donor SWE"),
        (json!([]),                            json!(["/fi"]),          "NoRole"),
        (json!(null),                          json!(["/fi"]),          "NoRole"),
        (json!(["Officer", "OFFICER "]),       json!(null),             "NoRole"),
        (json!(["focal_point", "anonymous"]),  json!(["/fi"]),          "NoRole"),
        (json!({"officer": true}),             json!(null),             "NoRole"),
        (json!([["officer"]]),                 json!(null),             "NoRole"),
        (json!("officer focal"),               json!(null),             "NoRole"),
        (json!(["officer", "focal"]),          json!(["/fi"]),          "SeveralRoles"),
        (json!(["focal", "donor"]),            json!(["/fi"]),          "SeveralRoles"),
        (json!(["focal"]),                     json!(null),             "NoParty"),
        (json!(["focal"]),                     json!(["/FI", "FIN"]),   "NoParty"),
        (json!(["focal"]),                     json!({"/fi": 1}),       "NoParty"),
        (json!(["focal"]),                     json!(["/fi", "/se"]),   "SeveralParties"),
    ];
    for (roles, groups, expected) in table {
        let found = outcome(roles.clone(), groups.clone());
        assert_eq!(found, expected, "{roles} {groups}");
    }
}

#[test]
fn an_issuer_without_parties_gives_only_roles_of_the_secretariat() {
    let mut issuer = issuer(json!({}));
    issuer.party = None;
    let claims = |role: &str| map(json!({"realm_access": {"roles": [role]}, "groups": ["/fi"]}));
    assert!(granted_role(&claims("officer"), &issuer).is_ok());
    let refused = granted_role(&claims("focal"), &issuer);
    assert!(matches!(refused, Err(Refusal::NoParty)), "{refused:?}");
}

#[test]
fn names_of_claims_may_have_dots_and_lead_into_objects() {
    let claims = map(json!({
        "https://example.org/roles": "url", "a": {"b": {"c": "deep"}, "x.y": "dotted"}, "a.b": "flat", "s": "text"}));
    let found = |name| find(&claims, name).and_then(Value::as_str);
    assert_eq!(found("https://example.org/roles"), Some("url"));
    assert_eq!(found("a.b.c"), Some("deep"));
    assert_eq!(found("a.x.y"), Some("dotted"));
    assert_eq!(found("a.b"), Some("flat"));
    for missing in ["a.c", "s.t", "b", "", ".", "a."] {
        assert_eq!(found(missing), None, "{missing}");
    }
}

#[test]
fn only_a_verified_address_counts() {
    let address = |claims: Value, more: Value| issuer_profile(&map(claims), &issuer(more)).email;
    let with = |verified: Value| json!({"email": " aino@example.org", "email_verified": verified});
    let aino = Some("aino@example.org".to_owned());
    assert_eq!(address(with(json!(true)), json!({})), aino);
    assert_eq!(
        address(with(json!(false)), json!({"trust_email": true})),
        aino
    );
    for verified in [json!(false), json!("true"), json!(1), json!(null)] {
        assert_eq!(
            address(with(verified.clone()), json!({})),
            None,
            "{verified}"
        );
    }
    let long = format!("{}@example.org", "a".repeat(320));
    for email in [
        "aino",
        "@example.org",
        "aino@",
        "ai no@x",
        "a@x\u{0}",
        "",
        &long,
    ] {
        let claims = json!({"email": email, "email_verified": true});
        assert_eq!(address(claims, json!({})), None, "{email:?}");
    }
}

#[test]
fn the_language_is_one_of_ours() {
    for (locale, language) in [
        (json!("fr"), Lang::Fr),
        (json!("es-MX"), Lang::Es),
        (json!("ru_RU"), Lang::Ru),
        (json!("fi"), Lang::En),
        (json!(7), Lang::En),
    ] {
        let claims = map(json!({"locale": locale}));
        assert_eq!(
            issuer_profile(&claims, &issuer(json!({}))).language,
            language,
            "{locale}"
        );
    }
}
