//! Pages of consultations and comments, and of revisions that are tried, as a browser without script sees them.

use std::future::Future;

use access::Role;
use serde_json::{Value, json};

use crate::support::{Answer, World, questionnaire};

mod trying;

/// A browser that somebody is signed in with.
pub struct Browser<'a> {
    world: &'a World,
    cookie: String,
}

impl<'a> Browser<'a> {
    /// Somebody with an account in a role for a party.
    pub async fn of(world: &'a World, role: &str, party: &str) -> Self {
        let person = world.account(role, party).await;
        let link = world.sign_in_link(&person).await;
        let cookie = world.signed_in(&link).await;
        Self { world, cookie }
    }

    pub async fn get(&self, path: &str) -> Answer {
        let call = self.world.get(path).header("cookie", &self.cookie);
        call.header("accept", "text/html").send().await
    }

    pub async fn page(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{answer:#?}");
        answer.text
    }

    pub fn post(
        &self,
        path: &str,
        fields: &[(String, String)],
    ) -> impl Future<Output = Answer> + use<'a> {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let call = self.world.post(path).header("cookie", &self.cookie);
        call.header("origin", &self.world.url(""))
            .header("accept", "text/html")
            .body("application/x-www-form-urlencoded", body.finish())
            .send()
    }
}

/// What the hidden fields of a page's form send, and these beside them.
pub fn form(page: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        let value = rest.split('"').next()?;
        Some(
            value
                .replace("&#34;", "\"")
                .replace("&#60;", "<")
                .replace("&#62;", ">")
                .replace("&#39;", "'")
                .replace("&#38;", "&")
                .replace("&#160;", "\u{a0}"),
        )
    };
    let tags = page.split("<input type=\"hidden\"").skip(1);
    let hidden = tags.filter_map(|rest| {
        let tag = rest.split('>').next()?;
        Some((attribute(tag, "name")?, attribute(tag, "value")?))
    });
    let typed = typed.iter();
    let typed = typed.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    hidden.chain(typed).collect()
}

/// A questionnaire with a table, a group and a list beside what the small one asks.
fn asked() -> Value {
    let both = |text: &str| json!({"en": text, "fr": format!("{text} (fr)")});
    let mut asked = questionnaire();
    let more = json!([
        {"code": "P1", "heading": "application", "type": "table", "text": both("Offences"), "relevant": "A1 == \"yes\"",
         "missing": ["not_available"], "rows": [{"code": "theft", "text": both("Theft")}, {"code": "fraud", "text": both("Fraud")}],
         "columns": [{"year": -1, "type": "whole_number"}, {"year": 0, "type": "whole_number"}]},
        {"code": "L1", "heading": "application", "type": "list", "text": both("Laws"),
         "parts": [{"code": "title", "type": "text", "max_length": 100, "text": both("What is it called?")}]}]);
    asked["sections"][0]["questions"]
        .as_array_mut()
        .unwrap()
        .extend(more.as_array().unwrap().iter().cloned());
    asked
}

/// An instrument that is forwarded to Finland; the paths of both, of the API.
async fn forwarded(world: &World) -> (String, String) {
    let instrument = world.revised_instrument("intersessional").await;
    let revision = world.revise(&instrument, &asked(), json!({})).await;
    let consultation = world.forward(&instrument, revision, &["FIN"]).await;
    (instrument, consultation)
}

/// The path of what the API has there, as pages have it.
fn of_pages(path: &str) -> &str {
    path.strip_prefix("/v1").unwrap()
}

#[tokio::test]
async fn whoever_is_asked_reads_a_revision_and_comments_on_any_part_of_it() {
    let world = World::new().await;
    let (_, consultation) = forwarded(&world).await;
    let path = of_pages(&consultation);
    let finland = Browser::of(&world, "focal_point", "FIN").await;

    let home = finland.page("/home").await;
    assert!(home.contains("Asked for comments: Finland."), "{home}");
    assert!(home.contains(&format!("href=\"{path}\"")), "{home}");
    assert!(!home.contains("Your party made"), "{home}");

    // Every question, row and part is there, whatever it is asked for; nothing of it can be typed into.
    let page = finland.page(path).await;
    for told in [
        "<h1>A sample</h1>",
        "revision 2",
        "CU/2004/52",
        "Is it law?",
        "Asked only where other answers call for it.",
        "Offences",
        "<th scope=\"row\">Fraud",
        "What is it called?",
        "Answered in words, at most 100 characters.",
        "Which?",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("<textarea"), "{page}");
    // In a language that it lacks, what is shown instead says what it is.
    let spanish = finland.page(&format!("{path}?lang=es")).await;
    assert!(
        spanish.contains("<h1 lang=\"en\" dir=\"ltr\">"),
        "{spanish}"
    );

    let about = [
        ("", ""),
        ("section", "D"),
        ("question", "A1"),
        ("question", "P1.theft"),
    ];
    for (name, code) in about {
        let query = match name {
            "" => String::new(),
            name => format!("?{name}={code}"),
        };
        let comment = format!("{path}/comment");
        assert!(
            page.contains(&format!("href=\"{comment}{query}\"")),
            "{query}: {page}"
        );
        let asked = finland.page(&format!("{comment}{query}")).await;
        let text = format!("Say more <b>of</b> {name}{code}.");
        let typed = [
            ("text", text.as_str()),
            ("wording", "Est-ce une loi ?"),
            ("lang", "fr"),
        ];
        let form = form(&asked, &typed);
        let sent = finland.post(&comment, &form).await;
        assert_eq!(sent.status, 303, "{sent:#?}");
        let to = sent.header("location").to_owned();
        assert!(to.starts_with(&format!("{path}?done=made#c-")), "{to}");
        // Sent twice, it is made once.
        let again = finland.post(&comment, &form).await;
        assert_eq!(again.header("location"), to);
    }
    let listed = world.get(&format!("{consultation}/comments"));
    let listed = listed.token(&world.officer).expect(200).await;
    let made = listed["items"].as_array().unwrap();
    let on: Vec<&Value> = made.iter().map(|comment| &comment["on"]).collect();
    assert_eq!(
        on,
        [
            &json!({"instrument": true}),
            &json!({"section": "D"}),
            &json!({"question": "A1"}),
            &json!({"question": "P1.theft"})
        ]
    );
    assert_eq!(made[0]["wording"]["lang"], "fr");

    // What was typed is text, in its own language.
    let page = finland.page(&format!("{path}?done=made")).await;
    assert!(page.contains("Your comment was received."), "{page}");
    assert_eq!(page.matches("class=\"remark\"").count(), 4, "{page}");
    assert!(
        page.contains(
            "lang=\"fr\" dir=\"ltr\">Say more &#60;b&#62;of&#60;/b&#62; questionP1.theft."
        ),
        "{page}"
    );
    let row = page.split("id=\"on-P1.theft\"").nth(1).unwrap();
    let row = row.split("</tr>").next().unwrap();
    assert!(row.contains("questionP1.theft"), "{row}");
    assert!(
        finland
            .page("/home")
            .await
            .contains("Your party made 4 comments.")
    );
}

#[tokio::test]
async fn a_comment_is_corrected_taken_back_and_told_what_became_of_it() {
    let world = World::new().await;
    let (instrument, consultation) = forwarded(&world).await;
    let path = of_pages(&consultation);
    let finland = Browser::of(&world, "focal_point", "FIN").await;
    let comment = format!("{path}/comment");

    // What is refused stays as it was typed, and says why.
    let shown = finland.page(&format!("{comment}?question=A1")).await;
    let refused = finland.post(
        &comment,
        &form(
            &shown,
            &[("text", " "), ("wording", "Keep me."), ("lang", "en")],
        ),
    );
    let refused = refused.await;
    assert_eq!(refused.status, 422, "{refused:#?}");
    assert!(refused.text.contains("Keep me.</textarea>"), "{refused:#?}");
    assert!(refused.text.contains("href=\"#text\""), "{refused:#?}");
    let lang = finland.post(&comment, &form(&shown, &[("text", "a"), ("lang", "xx")]));
    assert_eq!(lang.await.status, 400);
    let nowhere = finland.get(&format!("{comment}?question=Z9")).await;
    assert_eq!(nowhere.status, 404);

    let make = async |text: &str| {
        let form = form(&shown, &[("text", text), ("lang", "en")]);
        let fresh: Vec<(String, String)> = form
            .into_iter()
            .map(|(name, value)| match name.as_str() {
                "key" => (name, format!("{value}-{text}")),
                _ => (name, value),
            })
            .collect();
        let made = finland.post(&comment, &fresh).await;
        assert_eq!(made.status, 303, "{made:#?}");
        let (_, id) = made.header("location").split_once("#c-").unwrap();
        format!("/comments/{id}")
    };
    let first = make("First.").await;
    let second = make("Second.").await;

    let page = finland.page(&first).await;
    assert!(page.contains(">First.</textarea>"), "{page}");
    let corrected = finland.post(&first, &form(&page, &[("text", "Better."), ("lang", "en")]));
    assert_eq!(corrected.await.status, 303);
    let page = finland.page(&format!("{second}/withdrawal")).await;
    assert!(page.contains("Second."), "{page}");
    let taken = finland
        .post(&format!("{second}/withdrawal"), &form(&page, &[]))
        .await;
    assert_eq!(taken.status, 303, "{taken:#?}");
    let page = finland.page(path).await;
    assert!(
        page.contains("Better.") && !page.contains("Second."),
        "{page}"
    );
    assert!(page.contains(&format!("href=\"{first}\"")), "{page}");

    // Closed: read, and not commented on; what was typed is not lost.
    world.close_consultation(&consultation).await;
    let late = finland
        .post(
            &comment,
            &form(&shown, &[("text", "Too late."), ("lang", "en")]),
        )
        .await;
    assert_eq!(late.status, 409, "{late:#?}");
    assert!(late.text.contains("Too late.</textarea>"), "{late:#?}");
    assert!(late.text.contains("closed"), "{late:#?}");
    world.dispose(&format!("/v1{first}"), "accepted").await;
    let page = finland.page(path).await;
    for told in ["Accepted", "It is so.", "comments are no longer taken"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(
        !page.contains("/comment?") && !page.contains(&format!("href=\"{first}\"")),
        "{page}"
    );
    let id = first.rsplit('/').next().unwrap();
    let mut draft = asked();
    draft["sections"][0]["questions"][0]["text"]["en"] = json!("Is it a law?");
    world
        .revise(&instrument, &draft, json!({"takes_up": [id]}))
        .await;
    let page = finland.page(path).await;
    assert!(page.contains("Taken up in revision 3."), "{page}");
}

#[tokio::test]
async fn nobody_who_was_not_asked_sees_a_consultation_or_anothers_comment() {
    let world = World::new().await;
    let (_, consultation) = forwarded(&world).await;
    let path = of_pages(&consultation);
    let state = world.focal_point("FIN").await;
    let on = json!({"instrument": true});
    let comment = world
        .comment(&consultation, &state, on, "Ours alone.")
        .await;
    let comment = of_pages(&comment).to_owned();

    let finland = Browser::of(&world, "focal_point", "FIN").await;
    let page = finland.page(path).await;
    assert!(page.contains("Ours alone."), "{page}");
    let sweden = Browser::of(&world, "focal_point", "SWE").await;
    let contributor = Browser::of(&world, "contributor", "FIN").await;
    for other in [&sweden, &contributor] {
        for path in [
            path,
            &format!("{path}/comment"),
            &comment,
            &format!("{comment}/withdrawal"),
        ] {
            let answer = other.get(path).await;
            assert_eq!(answer.status, 404, "{path}: {answer:#?}");
            assert!(!answer.text.contains("Ours alone."), "{answer:#?}");
        }
        assert!(!other.page("/home").await.contains(path));
    }
    let made = sweden
        .post(
            &format!("{path}/comment"),
            &form("", &[("text", "Mine."), ("lang", "en")]),
        )
        .await;
    assert!([404, 409].contains(&made.status), "{made:#?}");
    let taken = sweden.post(&format!("{comment}/withdrawal"), &[]).await;
    assert_eq!(taken.status, 404, "{taken:#?}");
    // Whoever is not signed in is led to where one signs in, and back.
    let led = world.get(path).header("accept", "text/html").send().await;
    assert_eq!(led.status, 303, "{led:#?}");
    assert!(
        led.header("location").starts_with("/sign-in?to="),
        "{led:#?}"
    );
    // A mission comments too; the Secretariat reads all, and whose each is.
    let mission = world.token(Role::Mission, Some("FIN")).await;
    let read = world.get(path).token(&mission).send().await;
    assert!(read.text.contains("/comment?section=D"), "{read:#?}");
    let read = world.get(path).token(&world.officer).send().await;
    assert!(
        read.text.contains("Ours alone.") && read.text.contains("Finland"),
        "{read:#?}"
    );
    assert!(!read.text.contains("/comment?"), "{read:#?}");
}

#[tokio::test]
async fn an_organization_comments_in_a_browser_from_its_letter() {
    let world = World::new().await;
    world.register("PRI", "ngo").await;
    let instrument = world.revised_instrument("intersessional").await;
    let consultation = world.forward(&instrument, 1, &["PRI", "FIN"]).await;
    let path = of_pages(&consultation);
    world
        .commenter(&consultation, "PRI", "noor@example.org")
        .await;
    let link = world.link_to("noor@example.org").await.unwrap();
    let cookie = world.signed_in(&link).await;
    let noor = Browser {
        world: &world,
        cookie,
    };
    let home = noor.page("/home").await;
    assert!(home.contains(&format!("href=\"{path}\"")), "{home}");
    let comment = format!("{path}/comment");
    let page = noor.page(&format!("{comment}?question=A1")).await;
    let typed = [("text", "Ask for years."), ("lang", "en")];
    let made = noor.post(&comment, &form(&page, &typed)).await;
    assert_eq!(made.status, 303, "{made:#?}");
    let page = noor.page(path).await;
    assert!(page.contains("Ask for years."), "{page}");
    assert!(page.contains("href=\"/comments/"), "{page}");
    // It tries what it comments on, and sees nothing else.
    let tried = of_pages(&instrument);
    noor.page(&format!("{tried}/revisions/1/try")).await;
    let next = world.revise(&instrument, &asked(), json!({})).await;
    let other = world.revised_instrument("intersessional").await;
    let elsewhere = world.forward(&other, 1, &["PRI"]).await;
    for path in [
        of_pages(&elsewhere).to_owned(),
        format!("{tried}/revisions/{next}/try"),
        format!("{}/revisions/1/try", of_pages(&other)),
    ] {
        let answer = noor.get(&path).await;
        assert_eq!(answer.status, 404, "{answer:#?}");
    }
    let home = noor.page("/home").await;
    assert!(!home.contains(of_pages(&elsewhere)), "{home}");
}
