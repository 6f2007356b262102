//! /instruments/{instrument}/revisions/{revision}/try

use serde_json::json;

use super::{Browser, asked, form, of_pages};
use crate::support::World;

#[tokio::test]
async fn a_revision_is_tried_as_a_respondent_sees_it_and_nothing_is_recorded() {
    let world = World::new().await;
    let mut questionnaire = asked();
    let both = |text: &str| json!({"en": text, "fr": format!("{text} (fr)")});
    let a3 = &mut questionnaire["sections"][0]["questions"][2];
    a3["checks"] = json!([{"code": "few", "kind": "refuse", "rule": "this < 500", "text": both("These are too many.")}]);
    questionnaire["sections"][1]["questions"].as_array_mut().unwrap().push(
        json!({"code": "D2", "heading": "difficulties", "type": "calculated", "text": both("Twice"), "rule": "A3 + A3"}),
    );
    let instrument = world.revised_instrument("intersessional").await;
    let revision = world.revise(&instrument, &questionnaire, json!({})).await;
    let base = format!("{}/revisions/{revision}/try", of_pages(&instrument));
    let finland = Browser::of(&world, "focal_point", "FIN").await;
    let before = world.head().await;

    let hub = finland.page(&base).await;
    for told in [
        "revision 2",
        "Nothing that you type here is recorded",
        "Not begun",
        "Years are shown",
    ] {
        assert!(hub.contains(told), "{told}: {hub}");
    }
    let section_a = format!("{base}/A");
    let page = finland.page(&section_a).await;
    assert!(page.contains("id=\"f-P1\" data-q=\"P1\" hidden"), "{page}");

    // What the answers call for is asked, and one stays to answer it.
    let typed = [("a.A1", "yes"), ("a.A3", "1,204"), ("go", "next")];
    let more = finland.post(&section_a, &form(&page, &typed)).await;
    assert_eq!(more.status, 200, "{more:#?}");
    assert!(
        more.text.contains("id=\"f-P1\" data-q=\"P1\">"),
        "{more:#?}"
    );
    assert!(more.text.contains("These are too many."), "{more:#?}");
    // What cannot be read stays as it was typed.
    let typed = [("a.A1", "yes"), ("a.A3", "many"), ("go", "next")];
    let kept = finland.post(&section_a, &form(&more.text, &typed)).await;
    assert_eq!(kept.status, 422, "{kept:#?}");
    assert!(kept.text.contains("value=\"many\""), "{kept:#?}");
    // Entries come and go.
    let typed = [("a.A1", "yes"), ("a.A3", "400"), ("add", "L1")];
    let added = finland.post(&section_a, &form(&kept.text, &typed)).await;
    assert!(added.text.contains("name=\"a.L1.e1.title\""), "{added:#?}");

    // What is typed travels to the next section, and back; a figure is written as the page's language does.
    let typed = [
        ("a.A1", "yes"),
        ("a.A3", "400"),
        ("a.L1.e1.title", "Prisons <Act>"),
        ("a.P1.theft.y2025", "1,204"),
        ("go", "next"),
    ];
    let year = last_year();
    let typed: Vec<(String, String)> = form(&added.text, &typed)
        .into_iter()
        .map(|(name, value)| (name.replace("y2025", &format!("y{year}")), value))
        .collect();
    let next = finland.post(&section_a, &typed).await;
    assert_eq!(next.status, 200, "{next:#?}");
    assert!(next.text.contains("<h1>Difficulties</h1>"), "{next:#?}");
    assert!(next.text.contains("data-output=\"D2\">800<"), "{next:#?}");
    assert!(
        next.text.contains("name=\"a.A1\" value=\"yes\""),
        "{next:#?}"
    );
    let section_d = format!("{base}/D");
    let french = format!("{section_d}?lang=fr");
    let typed = [("a.D1", "Costs."), ("go", "hub")];
    let hub = finland.post(&french, &form(&next.text, &typed)).await;
    assert!(
        hub.text.contains("Un exemple") || hub.text.contains("A sample (fr)"),
        "{hub:#?}"
    );
    let back = finland.post(
        &format!("{section_a}?lang=fr"),
        &form(&hub.text, &[("go", "show")]),
    );
    let back = back.await;
    assert!(
        back.text.contains("value=\"Prisons &#60;Act&#62;\""),
        "{back:#?}"
    );
    assert!(back.text.contains("value=\"1\u{202f}204\""), "{back:#?}");
    assert!(back.text.contains("value=\"yes\" checked"), "{back:#?}");
    let removed = form(&back.text, &[("a.A1", "no"), ("remove", "L1.e1")]);
    let removed = finland.post(&section_a, &removed).await;
    assert!(!removed.text.contains("L1.e1"), "{removed:#?}");
    assert!(
        removed.text.contains("id=\"f-P1\" data-q=\"P1\" hidden"),
        "{removed:#?}"
    );

    // All of it is checked as a submission would be.
    let checked = finland.post(
        &format!("{base}?lang=en"),
        &form(&finland.page(&base).await, &[("check", "1")]),
    );
    let checked = checked.await;
    assert!(
        checked.text.contains("<strong>Is it law?</strong>"),
        "{checked:#?}"
    );
    let checked = form(&hub.text, &[("check", "1")]);
    let checked = finland.post(&format!("{base}?lang=en"), &checked).await;
    assert!(
        checked.text.contains("Nothing would stand in the way"),
        "{checked:#?}"
    );

    assert_eq!(world.head().await, before);
}

fn last_year() -> i16 {
    clock::now().to_string()[..4].parse::<i16>().unwrap() - 1
}

#[tokio::test]
async fn officers_find_what_they_can_try_and_strangers_try_nothing() {
    let world = World::new().await;
    let instrument = world.revised_instrument("intersessional").await;
    let base = format!("{}/revisions/1/try", of_pages(&instrument));
    let home = world.get("/home").token(&world.officer).send().await;
    assert!(home.text.contains(&format!("href=\"{base}\"")), "{home:#?}");
    let page = world
        .get(&format!("{base}?lang=ar"))
        .token(&world.officer)
        .send()
        .await;
    assert_eq!(page.status, 200, "{page:#?}");
    assert!(page.text.contains("dir=\"rtl\""), "{page:#?}");
    assert!(
        page.text.contains("<h1 lang=\"en\" dir=\"ltr\">"),
        "{page:#?}"
    );
    let led = world.get(&base).send().await;
    assert_eq!(led.status, 303, "{led:#?}");
    for wrong in ["/revisions/9/try", "/revisions/x/try", "/revisions/1/try/Z"] {
        let path = format!("{}{wrong}", of_pages(&instrument));
        let answer = world.get(&path).token(&world.officer).send().await;
        assert_eq!(answer.status, 404, "{answer:#?}");
    }
    let finland = Browser::of(&world, "focal_point", "FIN").await;
    assert!(!finland.page("/home").await.contains("/try"));
}
