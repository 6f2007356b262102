//! `cursor` of lists: each belongs to the list that gave it.

use access::Role;
use rapporteur::http::openapi;
use serde_json::{Value, json};

use crate::support::{World, each};

/// The paths of all lists with a cursor, as the API's document has them.
fn lists() -> Vec<String> {
    let document: Value = serde_json::from_str(&openapi::json().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let lists = paths.filter(|(_, item)| {
        let parameters = item["get"]["parameters"].as_array();
        let mut parameters = parameters.into_iter().flatten();
        parameters.any(|parameter| parameter["name"] == "cursor")
    });
    lists.map(|(path, _)| path.clone()).collect()
}

#[tokio::test]
async fn every_list_refuses_the_cursor_of_another() {
    let world = World::new().await;
    let opened = world.collection(json!({"parties": ["FIN", "THA"]})).await;
    let instrument = world.revised_instrument("intersessional").await;
    let consultation = world.forward(&instrument, 1, &["FIN", "THA"]).await;
    let consultation = consultation.rsplit('/').next().unwrap().to_owned();
    let administrator = world.token(Role::Administrator, None).await;
    let finland = world.focal_point("FIN").await;
    let reply = world.reply(&opened.collection, &finland).await;
    // Two of what is easily made twice.
    world.collection(json!({"parties": ["FIN"]})).await;
    world.forward(&instrument, 1, &["FIN"]).await;
    let page = world.get("/v1/parties?limit=1").expect(200).await;
    let foreign = page["next"].as_str().unwrap();
    let lists = lists();
    assert!(lists.len() > 20, "{lists:?}");
    let mut with_two_pages = 0;
    for list in lists {
        let path = list
            .replace("{collection}", &opened.collection)
            .replace("{consultation}", &consultation)
            .replace("{reply}", &reply)
            .replace("{object}", &opened.collection);
        let get = |mut asked: String| {
            // Words are those of a question.
            if list.ends_with("/texts") {
                asked.push_str("&question=D1");
            }
            world.get(&asked).token(&administrator)
        };
        let first = get(format!("{path}?limit=1")).expect(200).await;
        if list != "/v1/parties" {
            let refused = get(format!("{path}?cursor={foreign}"));
            refused.problem(400, "bad_cursor").await;
        }
        // What it was before: the key alone, which any list takes for one of its own.
        let bare = hex::encode("1");
        get(format!("{path}?cursor={bare}"))
            .problem(400, "bad_cursor")
            .await;
        if let Some(next) = first["next"].as_str() {
            let rest = get(format!("{path}?limit=1&cursor={next}"));
            let rest = rest.expect(200).await;
            assert_ne!(rest["items"], first["items"], "{path}");
            assert_eq!(rest["items"].as_array().unwrap().len(), 1, "{path}");
            with_two_pages += 1;
        }
    }
    assert!(with_two_pages >= 9, "{with_two_pages}");
}

#[tokio::test]
async fn a_cursor_holds_for_the_same_filters_whichever_part_is_asked_for_and_as_of_when() {
    let world = World::new().await;
    let list = "/v1/parties?kind=member_state&regional_group=weog";
    let page = world.get(&format!("{list}&limit=2")).expect(200).await;
    let next = page["next"].as_str().unwrap();
    for same in [
        format!("{list}&cursor={next}"),
        format!("/v1/parties?cursor={next}&regional_group=weog&lang=fr&limit=5&kind=member_state"),
        format!("{list}&cursor={next}&as_of={}", page["position"]),
    ] {
        let rest = world.get(&same).expect(200).await;
        let (first, rest) = (each(&page["items"], "code"), each(&rest["items"], "code"));
        assert!(!rest.is_empty() && first[1] < rest[0], "{same}: {rest:?}");
    }
    let mut changed = next.to_owned();
    let last = changed.pop().unwrap();
    changed.push(if last == 'A' { 'Q' } else { 'A' });
    for other in [
        format!("/v1/parties?cursor={next}"),
        format!("/v1/parties?kind=member_state&cursor={next}"),
        format!("/v1/parties?kind=member_state&regional_group=african&cursor={next}"),
        format!("{list}&cursor={changed}"),
        format!("{list}&cursor={}", &next[1..]),
    ] {
        world.get(&other).problem(400, "bad_cursor").await;
    }
}
