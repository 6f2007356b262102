//! Every page that is not open to all, asked for as every role: the policy's row of the operation that it shows or does decides.

use access::Role;
use rapporteur::http::{self, policy::Rule};
use reqwest::Method;
use serde_json::json;

use super::form;
use crate::support::World;

#[tokio::test]
async fn every_page_is_judged_by_a_row_of_the_policy() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN"]})).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    let router = http::router();
    assert!(router.pages.len() > 20);
    for role in Role::ALL {
        let party = matches!(
            role,
            Role::FocalPoint | Role::Contributor | Role::Commenter | Role::Mission | Role::Donor
        );
        let token = match role {
            Role::Anonymous => None,
            role => Some(world.token(role, party.then_some("SWE")).await),
        };
        for page in &router.pages {
            let row = page
                .row
                .unwrap_or_else(|| panic!("{} has no row", page.pattern));
            let path = page
                .pattern
                .replace("{reply}", &reply)
                .replace("{collection}", &opened.collection);
            let path: String = path
                .split('/')
                .map(|part| {
                    if part.starts_with('{') {
                        clock::new_id().to_string()
                    } else {
                        part.to_owned()
                    }
                })
                .collect::<Vec<_>>()
                .join("/");
            let is_read = page.method.as_str() == "GET";
            let method = Method::from_bytes(page.method.as_str().as_bytes()).unwrap();
            let call = world.call(method, &path);
            let call = match &token {
                Some(token) => call.token(token),
                None => call,
            };
            let answer = match is_read {
                true => call.send().await,
                false => {
                    form(
                        call,
                        &[
                            ("key", "k"),
                            ("position", "1"),
                            ("text", "t"),
                            ("text_lang", "en"),
                        ],
                    )
                    .await
                }
            };
            let said = format!("{} {} as {role:?}: {answer:#?}", page.method, page.pattern);
            assert!(answer.status < 500, "{said}");
            if row.rule(role) != Rule::No {
                continue;
            }
            match role {
                Role::Anonymous => {
                    assert_eq!(answer.status, 303, "{said}");
                    assert!(answer.header("location").starts_with("/sign-in"), "{said}");
                }
                _ if is_read => assert_eq!(answer.status, 404, "{said}"),
                _ => assert_eq!(answer.status, 403, "{said}"),
            }
        }
    }
}
