use serde_json::{Value, json};

use super::*;

fn issuer() -> Value {
    json!({"issuer": "https://sso.example.org/realms/un", "audience": "rapporteur",
           "role": {"claim": "roles", "values": {"r": "officer"}}})
}

fn with(field: &str, value: Value) -> Value {
    let mut issuer = issuer();
    issuer[field] = value;
    json!({"issuers": [issuer]})
}

#[test]
fn what_is_left_out_is_the_safe_default() {
    let settings: Settings = json!({"issuers": [issuer()]}).to_string().parse().unwrap();
    let issuer = &settings.issuers[0];
    assert_eq!(issuer.audience, ["rapporteur"]);
    assert_eq!(issuer.algorithms, ALGORITHMS);
    assert_eq!(issuer.leeway, 60);
    assert!(issuer.party.is_none() && !issuer.trust_email);
}

#[test]
fn what_the_documentation_shows_can_be_read() {
    let page = include_str!("../../../../../docs/sso.md");
    let example = page.split("```json\n").nth(1).unwrap();
    let settings: Settings = example.split("```").next().unwrap().parse().unwrap();
    assert_eq!(settings.issuers.len(), 2);
}

#[test]
fn addresses_on_this_machine_need_no_tls() {
    for url in [
        "http://127.0.0.1:8080",
        "http://[::1]/realm",
        "http://localhost:1",
    ] {
        let read = with("issuer", json!(url)).to_string().parse::<Settings>();
        assert!(read.is_ok(), "{url}: {read:?}");
    }
}

#[test]
#[rustfmt::skip]
fn what_cannot_be_meant_is_named_with_what_was_expected() {
    let twice = json!({"issuers": [issuer(), issuer()]});
    let table = [
        (json!({}),                                                "missing field `issuers`"),
        (json!([]),                                                "expected an object with the list `issuers`"),
        (json!({"issuers": [{}]}),                                 "at issuers[0]: missing field `issuer`"),
        (twice,                                                    "at issuers[1].issuer: it stands there twice"),
        (with("audiences", json!("x")),                            "unknown field `audiences`, expected one of"),
        (with("audience", json!([])),                              "at issuers[0].audience: expected one audience or more"),
        (with("audience", json!([" "])),                           "at issuers[0].audience: expected one audience or more"),
        (with("audience", json!(7)),                               "expected an audience, or a list of audiences"),
        (with("issuer", json!("http://sso.example.org")),          "at issuers[0].issuer: \"http://sso.example.org\": expected an https URL"),
        (with("issuer", json!("http://127.0.0.1.example.org")),    "expected an https URL"),
        (with("issuer", json!("http://localhost@example.org")),    "expected an https URL"),
        (with("issuer", json!("https://user:pw@example.org")),     "expected an https URL"),
        (with("issuer", json!("https://example.org/?a")),          "expected an https URL"),
        (with("issuer", json!("file:///etc/keys")),                "expected an https URL"),
        (with("issuer", json!("sso")),                             "expected an https URL"),
        (with("algorithms", json!(["HS256"])),                     "\"HS256\" is not allowed; expected RS256"),
        (with("algorithms", json!(["none"])),                      "\"none\" is not allowed; expected RS256"),
        (with("algorithms", json!([])),                            "expected at least one algorithm"),
        (with("leeway_seconds", json!(301)),                       "at issuers[0].leeway_seconds: 301: expected at most 300"),
        (with("leeway_seconds", json!(-1)),                        "at issuers[0].leeway_seconds"),
        (with("role", json!({"claim": "r", "values": {}})),        "at issuers[0].role: expected a claim's name"),
        (with("role", json!({"claim": "r", "values": {"a": "anonymous"}})), "\"anonymous\" is no role that can be given: administrator"),
        (with("party", json!({"claim": " "})),                     "at issuers[0].party: expected a claim's name"),
        (with("party", json!({"claim": "p", "values": {"a": "Finland"}})), "at issuers[0].party.values: \"Finland\": expected a party's code, such as FIN"),
    ];
    for (file, expected) in table {
        let error = file.to_string().parse::<Settings>().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\n{file}");
    }
    for garbage in ["", "issuers = []", "{\"issuers\": []} garbage"] {
        let error = garbage.parse::<Settings>().unwrap_err().to_string();
        assert!(error.contains("at line 1"), "{error}");
    }
}

fn browser(other: &Value) -> Value {
    let mut browser = json!({"name": "un", "client_id": "c", "label": {"en": "Sign in"}});
    for (field, value) in other.as_object().unwrap() {
        browser[field] = value.clone();
    }
    with("browser", browser)
}

#[test]
fn of_the_browser_little_need_be_said() {
    let settings: Settings = browser(&json!({})).to_string().parse().unwrap();
    let browser = settings.issuers[0].browser.as_ref().unwrap();
    assert_eq!(browser.scopes, ["openid", "profile", "email"]);
    assert_eq!(browser.session_hours, 12);
    assert_eq!(settings.issuers[0].client_secret(0).unwrap(), None);
}

#[test]
#[rustfmt::skip]
fn what_cannot_be_meant_of_the_browser_is_named_too() {
    let mut twice = browser(&json!({}));
    let mut other = twice["issuers"][0].clone();
    other["issuer"] = json!("https://sso.example.org");
    twice["issuers"].as_array_mut().unwrap().push(other);
    let table = [
        (twice,                                           "at issuers[1].browser.name: it stands there twice; expected each name once"),
        (with("browser", json!({})),                      "at issuers[0].browser: missing field `name`"),
        (browser(&json!({"name": "UN"})),                 "at issuers[0].browser.name: \"UN\": expected 1 to 40 of a-z, 0-9 and -"),
        (browser(&json!({"name": "callback"})),           "at issuers[0].browser.name: \"callback\""),
        (browser(&json!({"name": ""})),                   "at issuers[0].browser.name"),
        (browser(&json!({"client_id": " "})),             "at issuers[0].browser.client_id: expected the client's id"),
        (browser(&json!({"client_secret": "x"})),         "unknown field `client_secret`"),
        (browser(&json!({"client_secret_file": "f", "client_secret_env": "E"})), "at issuers[0].browser: expected one of client_secret_file"),
        (browser(&json!({"scopes": ["profile"]})),        "at issuers[0].browser.scopes: expected a list of scopes without spaces, \"openid\" among them"),
        (browser(&json!({"scopes": ["openid", "a b"]})),  "at issuers[0].browser.scopes"),
        (browser(&json!({"label": {}})),                  "at issuers[0].browser.label: expected a text in one language or more"),
        (browser(&json!({"label": {"en": " "}})),         "at issuers[0].browser.label"),
        (browser(&json!({"label": {"de": "x"}})),         "at issuers[0].browser.label"),
        (browser(&json!({"session_hours": 0})),           "at issuers[0].browser.session_hours: 0: expected 1 to 720"),
        (browser(&json!({"session_hours": 721})),         "at issuers[0].browser.session_hours: 721"),
    ];
    for (file, expected) in table {
        let error = file.to_string().parse::<Settings>().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\n{file}");
    }
    for (field, named) in [("client_secret_file", "/nowhere/secret"), ("client_secret_env", "RAPPORTEUR_NO_SUCH_SECRET")] {
        let settings: Settings = browser(&json!({field: named})).to_string().parse().unwrap();
        let error = settings.issuers[0].client_secret(0).unwrap_err().to_string();
        assert!(error.contains(&format!("at issuers[0].browser.{field}: {named} cannot be read")), "{error}");
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = Settings::read(Path::new("/nowhere/issuers.json")).unwrap_err();
    assert!(
        error.to_string().contains("/nowhere/issuers.json"),
        "{error}"
    );
}
