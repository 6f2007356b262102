//! /, /mandate, /collections, /published, /reports, /needs: what everybody may see

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::support::{World, opening};

const LANGUAGES: [&str; 3] = ["en", "fr", "ar"];

/// A collection with made-up answers, to which Finland replies and consents to publication, Sweden replies and does not, Norway
/// drafts, and Peru is silent; a need that Finland shares and one that it does not; a published report.
struct Public {
    world: World,
    collection: String,
    finland: String,
    reply: String,
    /// Sweden's reply.
    hidden: String,
    shared: String,
}

impl Public {
    async fn new() -> Self {
        let world = World::new().await;
        world.register("ICPO", "igo").await;
        let instrument = world.approved_instrument().await;
        let invited = json!({"parties": ["FIN", "SWE", "NOR", "PER", "ICPO"]});
        let mut new = opening(&instrument, "2999-12-31", &invited);
        new["notices"] = json!([{"code": "made_up_answers", "text":
            {"en": "These answers are made up.", "fr": "Ces réponses sont inventées."}}]);
        let opened = world.post("/v1/collections").token(&world.officer);
        let opened = opened.json(&new).expect(201).await;
        let collection = opened["id"].as_str().unwrap().to_owned();
        let said = |text: &str| json!({"text": text, "lang": "en"});
        let answers = |text: &str| json!({"A1": {"value": "yes"}, "A3": {"value": 714}, "D1": {"value": said(text)}});
        let finland = world.focal_point("FIN").await;
        let published = answers("Published <b>words</b>.");
        let reply = world.submitted(&collection, &finland, published).await;
        let sweden = world.focal_point("SWE").await;
        let hidden = answers("Words of Sweden's alone.");
        let hidden = world.submitted(&collection, &sweden, hidden).await;
        let norway = world.focal_point("NOR").await;
        let drafted = world.reply(&collection, &norway).await;
        world
            .words(&drafted, &norway, "D1", "Words that are drafted.")
            .await;
        let mut needs = Vec::new();
        for text in ["A need for all.", "A need for nobody."] {
            let need = json!({"category": "I", "type": "legislation", "urgency": "high", "description": said(text)});
            let made = world.post("/v1/needs").token(&finland).json(&need);
            needs.push(made.expect(201).await["id"].as_str().unwrap().to_owned());
        }
        let meeting = world.session(15).await;
        let report = world.ready_report(&instrument).await;
        world.publish(&report, &meeting).await;
        world.report(&[&collection], &[]).await;
        let public = Self {
            world,
            collection,
            finland,
            reply,
            hidden,
            shared: needs.remove(0),
        };
        public.consents(&json!({"all": true})).await;
        public.shares("all").await;
        public
    }

    async fn consents(&self, publication: &Value) {
        let path = format!("/v1/replies/{}/publication", self.reply);
        let decided = self.world.put(&path).token(&self.finland);
        let body = json!({ "publication": publication });
        decided.json(&body).expect(200).await;
    }

    async fn shares(&self, with: &str) {
        let path = format!("/v1/needs/{}/sharing", self.shared);
        let shared = self.world.put(&path).token(&self.finland);
        shared.json(&json!({ "with": with })).expect(200).await;
    }

    async fn page(&self, path: &str, lang: &str) -> String {
        let page = self.world.get(&format!("{path}?lang={lang}")).send().await;
        assert_eq!(page.status, 200, "{page:#?}");
        page.text
    }

    /// Every page that is reached from the front page in a language, by path, and where else they lead.
    async fn walk(&self, lang: &str) -> (BTreeMap<String, String>, BTreeSet<String>) {
        let (mut pages, mut others) = (BTreeMap::new(), BTreeSet::new());
        let mut ahead = vec!["/".to_owned()];
        while let Some(path) = ahead.pop() {
            if pages.contains_key(&path) {
                continue;
            }
            let page = self.page(&path, lang).await;
            for link in links(&page) {
                let is_page = [
                    "/mandate",
                    "/collections",
                    "/published",
                    "/reports",
                    "/needs",
                ]
                .iter()
                .any(|part| link.starts_with(part));
                match is_page && !link.contains('?') {
                    true => ahead.push(link),
                    false => {
                        others.insert(link);
                    }
                }
            }
            pages.insert(path, page);
        }
        (pages, others)
    }
}

/// Where a page leads.
fn links(page: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1);
    let links = links.map(|rest| rest.split('"').next().unwrap());
    let links = links.filter(|link| !link.starts_with('#'));
    links
        .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"))
        .collect()
}

/// The text of each link that leads to an address that begins so.
fn figures<'a>(page: &'a str, address: &str) -> Vec<(String, &'a str)> {
    let found = page.split("<a href=\"").skip(1).filter_map(|rest| {
        let (link, rest) = rest.split_once("\">")?;
        let link = link.replace("&#38;", "&");
        link.starts_with(address)
            .then(|| (link, rest.split("</a>").next().unwrap()))
    });
    found.collect()
}

#[tokio::test]
async fn everybody_is_led_from_the_front_page_to_all_that_is_public_in_their_language() {
    let public = Public::new().await;
    for lang in LANGUAGES {
        let (pages, others) = public.walk(lang).await;
        for path in ["/", "/mandate", "/collections", "/reports", "/needs"] {
            assert!(pages.contains_key(path), "{path}");
        }
        for path in [
            format!("/collections/{}", public.collection),
            format!("/published/{}", public.reply),
        ] {
            assert!(pages.contains_key(&path), "{path}");
        }
        let direction = if lang == "ar" { "rtl" } else { "ltr" };
        for (path, page) in &pages {
            let html = format!("<html lang=\"{lang}\" dir=\"{direction}\">");
            assert!(page.contains(&html), "{path}");
            assert!(!page.contains('…'), "{path} has every word");
            assert!(!page.contains(" style="), "{path}");
            assert_eq!(page.matches("<h1").count(), 1, "{path}");
        }
        assert!(pages["/"].contains("2004/28"));
        for link in &others {
            // The languages, of whichever page it is.
            let link = match link.strip_prefix("?") {
                Some(_) => format!("/{link}"),
                None => link.clone(),
            };
            let link = &link;
            assert!(link.starts_with('/'), "{link}");
            let answer = public.world.get(link).send().await;
            assert!(answer.status < 400, "{link}: {answer:#?}");
        }
        let linked = |path: &str| {
            others
                .iter()
                .any(|link| link.split('?').next() == Some(path))
        };
        for path in [
            "/docs/",
            "/openapi.json",
            "/v1/parties",
            "/healthz",
            "/sign-in",
        ] {
            assert!(linked(path), "{path} in {others:?}");
        }
        // What is shown is in the visitor's language, or says in which it is.
        let published = &pages[&format!("/published/{}", public.reply)];
        let finland = match lang {
            "ar" => "فنلندا",
            "fr" => "Finlande",
            _ => "Finland",
        };
        assert!(published.contains(finland), "{published}");
        assert!(
            published.contains("Published &#60;b&#62;words&#60;/b&#62;."),
            "{published}"
        );
        assert_eq!(
            lang != "en",
            published.contains("<dd lang=\"en\" dir=\"ltr\">")
        );
    }
}

#[tokio::test]
async fn each_number_is_the_one_at_the_address_that_it_leads_to() {
    let public = Public::new().await;
    let path = format!("/v1/collections/{}/participation", public.collection);
    let page = public
        .page(&format!("/collections/{}", public.collection), "en")
        .await;
    let mut over_time = 0;
    for (address, text) in figures(&page, &format!("{path}?received_by=")) {
        let counted = public.world.get(&address).expect(200).await;
        assert_eq!(counted["replied"].to_string(), text, "{address}");
        over_time += 1;
    }
    assert!(over_time > 2, "{page}");
    let told: Vec<&str> = figures(&page, &path)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    assert!(
        told.contains(&"2 of 4 Member States invited have replied."),
        "{told:?}"
    );
    let counted = public.world.participation(&public.collection, "").await;
    let groups = counted["groups"].as_array().unwrap();
    let row = |page: &str, name: &str| -> Vec<String> {
        let row = page
            .split("<th scope=\"row\">")
            .find(|row| row.starts_with(name))
            .unwrap();
        let cells = row
            .split("</tr>")
            .next()
            .unwrap()
            .split("<td class=\"figure\">")
            .skip(1);
        let cells = cells.map(|cell| cell.split("</td>").next().unwrap());
        cells
            .map(|cell| {
                cell.trim_end_matches("</a>")
                    .rsplit('>')
                    .next()
                    .unwrap()
                    .to_owned()
            })
            .collect()
    };
    for group in groups {
        let shown = row(&page, group["label"].as_str().unwrap());
        let said = [&group["invited"], &group["replied"]].map(ToString::to_string);
        assert_eq!(shown[..2], said, "{group}");
    }
    assert_eq!(row(&page, "All Member States"), ["4", "2", "50.0%"]);
    // Who is no Member State stands apart.
    assert_eq!(row(&page, "Intergovernmental organizations"), ["1", "0"]);
    assert!(page.contains("never counted with Member States"));

    // The tracker's states are the API's.
    let mandate = public.world.get("/v1/mandates/2004-28").expect(200).await;
    let page = public.page("/mandate", "en").await;
    let paragraphs = mandate["paragraphs"].as_array().unwrap();
    for (paragraph, shown) in paragraphs.iter().zip(
        page.split("<li class=\"")
            .skip_while(|part| !part.contains("<h2>")),
    ) {
        let state = shown.split('"').next().unwrap();
        assert_eq!(paragraph["state"], state, "{paragraph}");
        let shown_by = paragraph["evidence"].as_array().unwrap().len();
        assert_eq!(shown_by > 0, shown.contains("recorded event"), "{shown}");
    }
    for (address, text) in figures(&page, "/v1/mandates/2004-28?as_of=") {
        let position: u64 = address.rsplit('=').next().unwrap().parse().unwrap();
        assert_eq!(
            position,
            mandate["as_of"]["position"].as_u64().unwrap(),
            "{text}"
        );
    }
    for (page, list) in [("/needs", "/v1/needs"), ("/reports", "/v1/reports")] {
        let page = public.page(page, "en").await;
        let (address, text) = figures(&page, &format!("{list}?")).remove(0);
        let listed = public.world.get(&address).expect(200).await;
        let listed = listed["items"].as_array().unwrap().len();
        assert!(text.starts_with(&format!("{listed} ")), "{text}");
    }
}

#[tokio::test]
async fn what_is_not_public_is_on_no_page_whoever_looks_and_made_up_answers_are_said_to_be() {
    let public = Public::new().await;
    for lang in LANGUAGES {
        let (pages, _) = public.walk(lang).await;
        for (path, page) in &pages {
            for hidden in [
                "Words of Sweden",
                "Sweden",
                &public.hidden,
                "Words that are drafted",
                "Norway",
                "A need for nobody",
            ] {
                assert!(!page.contains(hidden), "{hidden} on {path} in {lang}");
            }
        }
        let made_up = match lang {
            "fr" => "Ces réponses sont inventées.",
            _ => "These answers are made up.",
        };
        for path in [
            "/".to_owned(),
            "/collections".to_owned(),
            format!("/collections/{}", public.collection),
            format!("/published/{}", public.reply),
        ] {
            assert!(pages[&path].contains(made_up), "{path} in {lang}");
        }
    }
    let hidden = format!("/published/{}", public.hidden);
    assert_eq!(public.world.get(&hidden).send().await.status, 404);
    assert_eq!(
        public.world.get("/published/nobody").send().await.status,
        404
    );
    // Not even to whoever may see more elsewhere: these pages are the same for all.
    let officer = public.world.get(&hidden).token(&public.world.officer);
    assert_eq!(officer.send().await.status, 404);
    let officer = public.world.get("/needs").token(&public.world.officer);
    assert!(!officer.send().await.text.contains("A need for nobody"));
}

#[tokio::test]
async fn what_is_withdrawn_disappears_at_once_and_what_is_published_in_part_is_shown_in_part() {
    let public = Public::new().await;
    let collection = format!("/collections/{}", public.collection);
    let published = format!("/published/{}", public.reply);
    let page = public.page(&published, "en").await;
    assert!(page.contains("714") && page.contains("Published"));
    public.consents(&json!({"sections": ["A"]})).await;
    let page = public.page(&published, "en").await;
    assert!(
        page.contains("714") && !page.contains("Published &#60;b"),
        "{page}"
    );
    assert!(page.contains("these sections only"), "{page}");
    assert!(public.page(&collection, "en").await.contains(&published));
    public.consents(&Value::Null).await;
    assert_eq!(public.world.get(&published).send().await.status, 404);
    let page = public.page(&collection, "en").await;
    assert!(
        !page.contains("Finland") && !page.contains(&public.reply),
        "{page}"
    );
    // Participation is public whatever is consented to.
    assert!(page.contains("2 of 4 Member States"));

    assert!(
        public
            .page("/needs", "en")
            .await
            .contains("A need for all.")
    );
    public.shares("donors").await;
    assert!(
        !public
            .page("/needs", "en")
            .await
            .contains("A need for all.")
    );
}

#[tokio::test]
async fn a_page_is_known_by_its_tag_until_it_differs_and_is_shown_to_whose_session_is_over() {
    let public = Public::new().await;
    let collection = format!("/collections/{}", public.collection);
    for path in ["/", "/mandate", "/needs", &collection] {
        let page = public.world.get(path).send().await;
        let tag = page.header("etag").to_owned();
        let again = public.world.get(path).header("if-none-match", &tag);
        let again = again.send().await;
        assert_eq!((again.status, again.text.as_str()), (304, ""), "{path}");
        let other = public.world.get(path).header("accept-language", "fr");
        let other = other.header("if-none-match", &tag).send().await;
        assert_eq!(
            (other.status, other.header("content-language")),
            (200, "fr")
        );
        let over = public
            .world
            .get(path)
            .header("cookie", "__Host-rapporteur=nothing");
        let over = over.send().await;
        assert_eq!((over.status, over.header("location")), (303, path));
        assert!(
            over.header("set-cookie").starts_with("__Host-rapporteur=;"),
            "{over:#?}"
        );
    }
    let tag = public
        .world
        .get(&collection)
        .send()
        .await
        .header("etag")
        .to_owned();
    public.consents(&Value::Null).await;
    let call = public.world.get(&collection).header("if-none-match", &tag);
    assert_eq!(call.send().await.status, 200);
}
