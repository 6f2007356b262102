//! On whom public figures stand is said wherever somebody is asked to reply.

use access::Role;
use serde_json::{Value, json};

use super::{nordic, nordic_on_all, silent, submitted};
use crate::support::{World, each, item_where};

/// The text of a notice.
fn text<'a>(notices: &'a Value, code: &str) -> &'a str {
    item_where(notices, "code", code)["text"].as_str().unwrap()
}

#[tokio::test]
async fn the_basis_of_figures_is_said_with_the_collection_each_invitation_and_consent() {
    let world = World::new().await;
    for (basis, notice, withdrawing, says) in [
        (
            "consenting",
            "basis_consenting",
            "withdrawing_consent",
            "count only versions and sections",
        ),
        (
            "all",
            "basis_all",
            "withdrawing_consent_all",
            "totals can reveal what a single State answered",
        ),
    ] {
        let collection = match basis {
            "all" => nordic_on_all(&world).await,
            _ => nordic(&world).await,
        };
        let path = format!("/v1/collections/{collection}");
        let seen = world.get(&path).expect(200).await;
        assert_eq!(seen["basis"], basis);
        assert!(text(&seen["notices"], notice).contains(says));
        let listed = world.get("/v1/collections").expect(200).await;
        assert_eq!(
            item_where(&listed["items"], "id", &collection)["basis"],
            basis
        );

        let (finland, token) = world.person_as(Role::FocalPoint, "FIN").await;
        let named = world.put(&format!("{path}/parties/FIN/focal-point"));
        named
            .token(&world.officer)
            .json(&json!({ "person": finland }))
            .expect(200)
            .await;
        let own = world.get(&format!("{path}/parties/FIN/invitation"));
        let own = own.token(&token).expect(200).await;
        let all = world.get(&format!("{path}/invitations"));
        let all = all.token(&world.officer).expect(200).await;
        let offices = world.get("/v1/me/offices").token(&token).expect(200).await;
        for invitation in [
            &own,
            item_where(&all["items"], "code", "SWE"),
            item_where(&offices["offices"], "collection", &collection),
        ] {
            assert_eq!(invitation["basis"], basis);
            assert!(text(&invitation["notices"], notice).contains(says));
        }
        let french = world.get(&format!("{path}/parties/FIN/invitation?lang=fr"));
        let french = french.token(&token).expect(200).await;
        assert!(
            text(&french["notices"], notice).starts_with("Les chiffres publics de cette collecte")
        );

        let (reply, sweden) = submitted(&world, &collection, "SWE", "yes", &silent()).await;
        let path = format!("/v1/replies/{reply}/publication");
        let seen = world.get(&path).token(&sweden).expect(200).await;
        let decided = world
            .put(&path)
            .token(&sweden)
            .json(&json!({"publication": {"all": true}}));
        for view in [seen, decided.expect(200).await] {
            assert_eq!(each(&view["notices"], "code"), [notice, withdrawing]);
            assert!(text(&view["notices"], withdrawing).contains("what others can read at once"));
        }
    }
}

#[tokio::test]
async fn the_basis_of_figures_is_said_in_every_letter_of_invitation() {
    let world = World::new().await;
    for (collection, says) in [
        (
            nordic(&world).await,
            ["count only versions", "ne comptent que les versions"],
        ),
        (
            nordic_on_all(&world).await,
            ["totals can reveal", "les totaux peuvent révéler"],
        ),
    ] {
        for (language, says) in ["en", "fr"].iter().zip(says) {
            let party = if *language == "en" { "FIN" } else { "SWE" };
            let path = format!("/v1/collections/{collection}/parties/{party}");
            let new = |who: &str| {
                json!({"name": "Åsa", "email": format!("{who}-{language}-{collection}@example.org"),
                                         "language": language})
            };
            let focal_point = world.post(&format!("{path}/invitation"));
            let focal_point = focal_point.token(&world.officer).json(&new("f"));
            focal_point.expect(201).await;
            let mut drafter = new("c");
            drafter["sections"] = json!(["A"]);
            let contributor = world.post(&format!("{path}/contributors"));
            let contributor = contributor.token(&world.officer).json(&drafter);
            contributor.expect(201).await;
            let letters = world.get(&format!("/v1/letters?limit=500&collection={collection}"));
            let letters = letters.token(&world.officer).expect(200).await;
            let mut said = 0;
            for letter in each(&letters["items"], "id") {
                let letter = world.get(&format!("/v1/letters/{letter}"));
                let letter = letter.token(&world.officer).expect(200).await;
                let body = letter["text"]["body"].as_str().unwrap();
                said += usize::from(body.contains(says));
            }
            assert_eq!(said, 2, "{says}");
        }
    }
}
