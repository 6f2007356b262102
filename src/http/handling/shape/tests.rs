use serde_json::json;

use super::*;
use crate::http::handling::query;
use crate::http::openapi;

fn told(method: &Method, pattern: &str, body: &Value) -> Vec<(&'static str, String)> {
    let shapes = Shapes::from_document(&openapi::document());
    let faults = shapes.faults(method, pattern, body).into_iter();
    faults.map(|fault| (fault.code, fault.pointer)).collect()
}

fn check(pattern: &str, body: &Value, expected: &[(&str, &str)]) {
    let told = told(&Method::POST, pattern, body);
    let told: Vec<_> = told
        .iter()
        .map(|(code, place)| (*code, place.as_str()))
        .collect();
    assert_eq!(told, expected, "{body}");
}

#[test]
fn a_sound_body_has_no_fault() {
    check(
        "/v1/parties",
        &json!({"code": "ICPO", "kind": "igo", "names": {"en": "N", "fr": "N"}, "admitted": null}),
        &[],
    );
    check(
        "/v1/tokens",
        &json!({"name": "N", "scopes": null, "role": "donor", "days": 1095}),
        &[],
    );
    check(
        "/v1/collections/{collection}/closure",
        &json!({"reason": null}),
        &[],
    );
    check(
        "/v1/collections/{collection}/releases",
        &json!({"as_of": 12}),
        &[],
    );
    check(
        "/v1/collections/{collection}/releases",
        &json!({"as_of": "12"}),
        &[],
    );
}

#[test]
fn every_fault_of_a_body_is_found_with_its_place() {
    check(
        "/v1/collections",
        &json!({"colour": "red", "revision": -1, "session": 1.5, "opened_on": "8 March", "instrument": "x",
            "title": {"de": "T", "en": 1}, "deadline": {"at": 3, "zone": "UTC"}, "reference": null,
            "release_threshold": "3", "notices": [{"code": "n", "text": []}, 7],
            "invited": {"kinds": ["club", "igo", 1], "parties": {}}}),
        &[
            ("unknown_field", "/colour"),
            ("missing_field", "/deadline/time_zone"),
            ("wrong_json_type", "/deadline/at"),
            ("unknown_field", "/deadline/zone"),
            ("not_as_expected", "/instrument"),
            ("not_as_expected", "/invited/kinds/0"),
            ("wrong_json_type", "/invited/kinds/2"),
            ("wrong_json_type", "/invited/parties"),
            ("wrong_json_type", "/notices/0/text"),
            ("wrong_json_type", "/notices/1"),
            ("bad_date", "/opened_on"),
            ("wrong_json_type", "/reference"),
            ("wrong_json_type", "/release_threshold"),
            ("not_as_expected", "/revision"),
            ("wrong_json_type", "/session"),
            ("unknown_field", "/title/de"),
            ("wrong_json_type", "/title/en"),
        ],
    );
    check("/v1/collections", &json!([]), &[("wrong_json_type", "")]);
    check(
        "/v1/contributions",
        &json!({"what": {"money": {"amount": "1,5"}}, "to": {"office": true, "meeting": "x"}, "a/b~": 1}),
        &[
            ("missing_field", "/from"),
            ("missing_field", "/on"),
            ("unknown_field", "/a~1b~0"),
            ("not_as_expected", "/to"),
            ("not_as_expected", "/to/meeting"),
            ("missing_field", "/what/money/currency"),
            ("bad_decimal", "/what/money/amount"),
        ],
    );
}

#[test]
fn a_character_that_nobody_sees_is_named_wherever_codes_numbers_and_days_are_written() {
    for (member, value, code) in [
        ("opened_on", json!("2011-03-08\u{200b}"), "stray_character"),
        ("opened_on", json!("٢٠١١-٠٣-٠٨"), "stray_character"),
        ("opened_on", json!("2011-02-29"), "bad_date"),
    ] {
        let of = |(_, pointer): &(&str, String)| *pointer == format!("/{member}");
        let mut told = told(&Method::POST, "/v1/collections", &json!({member: value})).into_iter();
        assert_eq!(told.find(of).map(|(code, _)| code), Some(code), "{value}");
    }
    check(
        "/v1/collections/{collection}/releases",
        &json!({"as_of": "2011-03-08\u{200b}"}),
        &[("stray_character", "/as_of")],
    );
    check(
        "/v1/collections/{collection}/releases",
        &json!({"as_of": "2011-03-08 12:00"}),
        &[("not_as_expected", "/as_of")],
    );
    check(
        "/v1/contributions",
        &json!({"what": {"money": {"amount": "3٤", "currency": "EUR"}}, "to": {"office": true}, "from": "AUT",
            "on": "2011-03-08"}),
        &[("stray_character", "/what/money/amount")],
    );
}

#[test]
fn what_the_core_reads_is_left_to_it() {
    let pattern = "/v1/replies/{reply}/answers";
    for answer in [
        json!(1),
        json!("yes"),
        json!(null),
        json!({"value": "yes", "colour": 1}),
    ] {
        let body = json!({"answers": {"A1": answer}});
        assert!(told(&Method::PATCH, pattern, &body).is_empty(), "{body}");
    }
}

#[test]
fn the_search_ends_where_faults_have_no_end() {
    let body = json!({"kinds": vec![0; 100_000]});
    let pattern = "/v1/consultations/{consultation}/parties";
    assert_eq!(told(&Method::POST, pattern, &body).len(), MOST);
}

#[test]
fn a_parameter_is_written_as_the_document_shows_it() {
    let document = openapi::document();
    let shape_of = |path: &str, name: &str| {
        let operation = document.paths.paths[path].get.as_ref().unwrap();
        let mut parameters = query::parameters(operation);
        let found = parameters.find(|parameter| parameter.name == name);
        found.unwrap().schema.clone().unwrap()
    };
    type Row<'a> = (&'a str, &'a str, &'a [&'a str], &'a [&'a str]);
    let rows: [Row<'_>; 10] = [
        (
            "/v1/parties",
            "limit",
            &["1", "500"],
            &["0", "501", "", "1.0", "x"],
        ),
        ("/v1/events", "limit", &["1000"], &["1001"]),
        (
            "/v1/events",
            "after",
            &["0", "18446744073709551615"],
            &["-1", "18446744073709551616"],
        ),
        ("/v1/parties", "kind", &["igo"], &["club", "", "IGO"]),
        ("/v1/parties", "lang", &["fr"], &["de", "FR", "fr,en"]),
        (
            "/v1/parties",
            "as_of",
            &["5", "2011-03-08T12:00:00Z"],
            &["yesterday", "", "-1"],
        ),
        (
            "/v1/projects",
            "post_conflict",
            &["true", "false"],
            &["1", "yes", ""],
        ),
        (
            "/v1/audit/reads",
            "reply",
            &["0190b5f0-0000-7000-8000-000000000000"],
            &["x"],
        ),
        (
            "/v1/audit/reads",
            "since",
            &["2011-03-08T12:00:00Z", "2011-03-08"],
            &["2011-03"],
        ),
        ("/v1/parties", "cursor", &["whatever", ""], &[]),
    ];
    for (path, name, right, wrong) in rows {
        let shape = shape_of(path, name);
        for text in right {
            assert_eq!(of_parameter(&shape, text), None, "{name}={text}");
        }
        for text in wrong {
            assert!(of_parameter(&shape, text).is_some(), "{name}={text}");
        }
    }
}
