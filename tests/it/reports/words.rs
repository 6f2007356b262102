//! The words of a report: redacted, translated, quoted.

use serde_json::{Value, json};

use super::replied;
use crate::support::{Answer, World};

/// A report with a narrative in a language under each heading, which rests on the words of Finland's answer to D1.
struct ReportFixture {
    world: World,
    report: String,
    session: String,
    /// The content of Finland's answer.
    answer: String,
}

impl ReportFixture {
    async fn new(lang: &str) -> Self {
        let world = World::new().await;
        let (opened, replies) = replied(&world).await;
        let report = world.report(&[&opened.collection], &[]).await;
        let path = format!("{report}/compilation");
        world.post(&path).token(&world.officer).expect(200).await;
        let rests_on = json!([{"reply": replies[0], "question": "D1"}]);
        for heading in ["application", "difficulties", "assistance", "practices"] {
            let words =
                json!({"text": format!("On {heading}.\n\n<b>All</b>"), "rests_on": rests_on});
            world.narrative(&report, heading, lang, &words).await;
        }
        let session = world.session(15).await;
        let answers = format!("/v1/replies/{}/answers", replies[0]);
        let answers = world.get(&answers).token(&world.officer).expect(200).await;
        let answer = answers["answers"]["D1"]["value"]["content"].as_str();
        Self {
            answer: answer.unwrap().to_owned(),
            world,
            report,
            session,
        }
    }

    async fn publish(&self) {
        self.world.publish(&self.report, &self.session).await;
    }

    /// The content of the narrative under a heading.
    async fn content(&self, heading: &str) -> String {
        let told = self.world.get(&self.report).token(&self.world.officer);
        let told = told.expect(200).await;
        let mut narratives = told["narratives"].as_array().unwrap().iter();
        let narrative = narratives
            .find(|known| known["heading"] == heading)
            .unwrap();
        narrative["words"]["content"].as_str().unwrap().to_owned()
    }

    async fn redact(&self, content: &str) {
        let administrator = self.world.token(access::Role::Administrator, None);
        let path = format!("/v1/contents/{content}/redaction");
        let reason = json!({"reason": "names_a_person"});
        let redaction = self.world.post(&path).token(&administrator.await);
        redaction.json(&reason).expect(200).await;
    }

    async fn translate(&self, content: &str, lang: &str, text: &str) {
        let path = format!("/v1/contents/{content}/translations/{lang}");
        let translation = json!({"text": text, "by": "secretariat"});
        let put = self.world.put(&path).token(&self.world.officer);
        put.json(&translation).expect(200).await;
    }

    /// What everybody reads.
    async fn body(&self) -> Answer {
        self.world
            .get(&format!("{}/body", self.report))
            .send()
            .await
    }

    async fn page(&self, lang: &str) -> Answer {
        let path = format!("{}/page?lang={lang}", self.report);
        self.world.get(&path).send().await
    }
}

#[tokio::test]
async fn redacted_words_go_from_a_published_report_and_nothing_else_of_it_changes() {
    let written = ReportFixture::new("en").await;
    written.publish().await;
    let before = written.body().await;
    assert_eq!(written.body().await.text, before.text);
    let content = written.content("practices").await;
    written.redact(&content).await;
    written.redact(&written.answer).await;

    let path = format!("{}/body", written.report);
    let again = written.world.get(&path);
    let again = again.header("if-none-match", before.header("etag"));
    let gone = json!({"redacted": true, "reason": "names_a_person"});
    let mut expected = before.json();
    for narrative in expected["narratives"].as_array_mut().unwrap() {
        if narrative["heading"] == "practices" {
            narrative["words"] = gone.clone();
        }
        narrative["rests_on"][0]["words"] = gone.clone();
    }
    assert_eq!(again.expect(200).await, expected);
    let page = written.page("en").await;
    assert!(
        page.text.contains("Redacted: they name a person."),
        "{}",
        page.text
    );
    assert!(page.text.contains("<p>On assistance.</p>"), "{}", page.text);
    for words in ["On practices.", "Money, of FIN."] {
        assert!(!page.text.contains(words), "{}", page.text);
    }

    // What the report is made of holds no words, and stays.
    let feed = written.world.events_after(0).await;
    let published = feed
        .iter()
        .find(|event| event["kind"] == "report_published");
    let body = published.unwrap()["data"]["body"]["content"]
        .as_str()
        .unwrap();
    let administrator = written.world.token(access::Role::Administrator, None);
    let path = format!("/v1/contents/{body}/redaction");
    let redaction = written.world.post(&path).token(&administrator.await);
    let redaction = redaction.json(&json!({"reason": "names_a_person"}));
    redaction.problem(409, "content_not_redactable").await;
}

#[tokio::test]
async fn a_narrative_that_is_redacted_before_the_publication_is_written_anew_first() {
    let written = ReportFixture::new("en").await;
    let content = written.content("practices").await;
    written.redact(&content).await;
    let body = json!({"meeting": written.session, "on": "2006-04-24"});
    let path = format!("{}/publication", written.report);
    let publish = written.world.post(&path).token(&written.world.officer);
    let problem = publish.json(&body).problem(410, "redacted").await;
    assert_eq!(problem["pointer"], "/narratives/practices/en");
    let words = json!({"text": "Otherwise."});
    let world = &written.world;
    world
        .narrative(&written.report, "practices", "en", &words)
        .await;
    written.publish().await;
}

#[tokio::test]
async fn a_translation_shows_in_a_published_report_marked_and_beside_the_original() {
    let written = ReportFixture::new("fr").await;
    written.publish().await;
    for heading in ["application", "difficulties", "assistance"] {
        let content = written.content(heading).await;
        let text = format!("Translated {heading}.");
        written.translate(&content, "en", &text).await;
    }
    // Not all is translated: who reads English is shown the French report.
    let page = written.page("en").await;
    assert_eq!(page.header("content-language"), "fr");
    let content = written.content("practices").await;
    written
        .translate(&content, "en", "Translated practices.")
        .await;
    written
        .translate(&written.answer, "fr", "De l’argent.")
        .await;

    let page = written.page("en").await;
    assert_eq!(page.header("content-language"), "en");
    assert!(page.text.contains("Translated practices."), "{}", page.text);
    assert!(
        page.text
            .contains("Translated from French by the Secretariat."),
        "{}",
        page.text
    );
    assert!(page.text.contains("href=\"?lang=fr\"") && !page.text.contains("On practices."));
    let page = written.page("fr").await;
    assert!(page.text.contains("On practices.") && !page.text.contains("Translated practices."));
    // The quotation keeps its original, which is English.
    assert!(page.text.contains("Money, of FIN."), "{}", page.text);
    assert!(page.text.contains("De l’argent."), "{}", page.text);

    let told = written.body().await.json();
    let mut narratives = told["narratives"].as_array().unwrap().iter();
    let practices = narratives
        .find(|known| known["heading"] == "practices")
        .unwrap();
    let english = json!({"text": "Translated practices.", "lang": "en", "dir": "ltr",
                         "by": "secretariat"});
    assert_eq!(practices["words"]["lang"], "fr");
    assert_eq!(practices["words"]["translations"]["en"], english);
    let cited = &practices["rests_on"][0];
    assert_eq!(
        (&cited["party"], &cited["words"]["text"]),
        (&json!("FIN"), &json!("Money, of FIN."))
    );
    assert_eq!(cited["words"]["translations"]["fr"]["by"], "secretariat");
    assert_eq!(
        cited["words"]["content"],
        Value::Null,
        "only the Secretariat is told which content"
    );
}

#[tokio::test]
async fn a_report_in_arabic_and_english_is_shown_in_what_is_asked_for_and_otherwise_in_english() {
    let written = ReportFixture::new("ar").await;
    for heading in ["application", "difficulties", "assistance", "practices"] {
        let words = json!({"text": format!("Of {heading}.")});
        let (world, report) = (&written.world, &written.report);
        world.narrative(report, heading, "en", &words).await;
    }
    written.publish().await;
    let page = async |accepted: &str| {
        let path = format!("{}/page", written.report);
        let page = written.world.get(&path);
        page.header("accept-language", accepted).send().await
    };
    // What is asked for, the report's language, the language of what is around its words, and how its words are marked.
    for (accepted, lang, frame, marked) in [
        ("", "en", "en", "<p>Of practices.</p>"),
        ("de", "en", "en", "<p>Of practices.</p>"),
        (
            "fr-CA",
            "en",
            "fr",
            "<p lang=\"en\" dir=\"ltr\">Of practices.</p>",
        ),
        (
            "ar-EG",
            "ar",
            "en",
            "<p lang=\"ar\" dir=\"rtl\">On practices.</p>",
        ),
        (
            "fr, ar;q=0.5",
            "ar",
            "fr",
            "<p lang=\"ar\" dir=\"rtl\">On practices.</p>",
        ),
        ("ru, en;q=0.5, ar;q=0.4", "en", "en", "<p>Of practices.</p>"),
    ] {
        let page = page(accepted).await;
        assert_eq!(page.header("content-language"), lang, "{accepted}");
        let html = format!("<html lang=\"{frame}\" dir=\"ltr\">");
        assert!(page.text.contains(&html), "{accepted}: {}", page.text);
        assert!(page.text.contains(marked), "{accepted}: {}", page.text);
    }
    // A title that is not in the language of what is around it is marked too, and the State that is cited not: it has a name
    // in every language.
    let shown = page("fr, ar;q=0.5").await.text;
    assert!(shown.contains("<h1>Rapport</h1>"), "{shown}");
    let shown = page("ar").await.text;
    assert!(
        shown.contains("<bdi lang=\"ar\" dir=\"rtl\">فنلندا"),
        "{shown}"
    );

    let told = written.body().await.json();
    let practices = |lang: &str| {
        let mut narratives = told["narratives"].as_array().unwrap().iter();
        let mut is_it = |known: &&Value| known["heading"] == "practices" && known["lang"] == lang;
        narratives.find(&mut is_it).unwrap().clone()
    };
    for (lang, dir) in [("ar", "rtl"), ("en", "ltr")] {
        let narrative = practices(lang);
        assert_eq!(narrative["dir"], dir);
        assert_eq!(narrative["words"]["dir"], dir);
    }
    let cited = &practices("ar")["rests_on"][0]["words"];
    assert_eq!(
        (&cited["lang"], &cited["dir"]),
        (&json!("en"), &json!("ltr"))
    );
}

#[tokio::test]
async fn what_a_language_of_a_report_lacks_is_told_before_it_is_published() {
    let written = ReportFixture::new("en").await;
    let (world, report) = (&written.world, &written.report);
    let words = json!({"text": "Mots."});
    let draft = async |heading: &str, lang: &str| {
        let told = world.narrative(report, heading, lang, &words).await;
        let notices = told["notices"].as_array().cloned().unwrap_or_default();
        let notices = notices.iter().map(|notice| {
            let text = |part: &str| notice[part].as_str().unwrap().to_owned();
            (text("code"), text("text"))
        });
        notices.collect::<Vec<_>>()
    };
    // The answer to each draft says what is missing still.
    let notices = draft("application", "fr").await;
    let [(code, text)] = notices.as_slice() else {
        panic!("{notices:?}");
    };
    assert_eq!(code, "language_incomplete");
    assert!(
        text.contains("French") && text.contains("difficulties"),
        "{text}"
    );
    assert!(!text.contains("application"), "{text}");
    draft("difficulties", "fr").await;
    draft("assistance", "fr").await;
    // So does what a publication would say now, for programs and for people.
    let ask = |what: &str| world.get(&format!("{report}/{what}")).token(&world.officer);
    let body = ask("body").expect(200).await;
    let expected = json!([{"lang": "fr", "headings": ["practices"], "is_left_out": true}]);
    assert_eq!(body["gaps"], expected);
    let page = ask("page").send().await.text;
    let told = "In French, these headings lack their narrative: ";
    assert!(page.contains(told), "{page}");

    // Whole, it lacks nothing; an introduction in English alone is told as well.
    assert_eq!(draft("practices", "fr").await, []);
    let notices = draft("introduction", "en").await;
    assert_eq!(notices[0].0, "narrative_missing");
    let body = ask("body").expect(200).await;
    assert_eq!(body["gaps"][0]["headings"], json!(["introduction"]));
    assert_eq!(body["gaps"][0]["is_left_out"], false);
    // One that is not whole is left out, which the answer to the publication says again.
    draft("application", "ar").await;
    let published = world.publish(report, &written.session).await;
    assert_eq!(published["publication"]["languages"], json!(["en", "fr"]));
    let codes = crate::support::each(&published["notices"], "code");
    assert_eq!(codes, ["language_incomplete", "narrative_missing"]);
    let told = written.body().await.json();
    assert_eq!(told.get("gaps"), None);
    let public = world.get(report).expect(200).await;
    assert_eq!(public.get("notices"), None, "it is the Secretariat's");
    // In French, the introduction stands in English, and says so.
    let page = written.page("fr").await;
    assert_eq!(page.header("content-language"), "fr");
    assert!(page.text.contains("<p>Mots.</p>"), "{}", page.text);
    let marked = "<p lang=\"en\" dir=\"ltr\">Mots.</p>";
    assert!(page.text.contains(marked), "{}", page.text);
}

#[tokio::test]
async fn a_quoted_answer_is_translated_in_the_stated_order_though_the_report_is_not() {
    let written = ReportFixture::new("ar").await;
    written
        .translate(&written.answer, "fr", "De l’argent.")
        .await;
    written.publish().await;
    let page = written.page("fr").await;
    for words in ["On practices.", "Money, of FIN.", "De l’argent."] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let page = written.page("es").await;
    assert!(page.text.contains("Money, of FIN."), "{}", page.text);
    assert!(
        !page.text.contains("De l’argent."),
        "it is in English, which is next: {}",
        page.text
    );
}
