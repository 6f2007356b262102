//! Needs that a project or an accepted request is about, and what meets them.

use super::*;

fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

impl World {
    /// Posts something as an officer; answers what is at the path of the new object, or the object itself.
    async fn did(&self, path: &str, body: Value) -> Value {
        let call = self.post(path).token(&self.officer).json(&body).send();
        let answer = call.await;
        assert!([200, 201].contains(&answer.status), "{answer:#?}");
        answer.json()
    }

    /// A project about these needs, by its path.
    async fn project_about(&self, needs: &[&str]) -> String {
        let needs: Vec<&str> = needs.iter().map(|need| id(need)).collect();
        let plan = json!({"title": {"en": "Courts", "fr": "Tribunaux"}, "needs": needs, "post_conflict": false,
            "budget": [{"amount": "1000", "currency": "EUR"}]});
        let project = self.did("/v1/projects", json!({"plan": plan, "on": "2005-03-01"}));
        format!("/v1/projects/{}", project.await["id"].as_str().unwrap())
    }

    /// The ids of the needs that an officer is listed.
    async fn listed(&self, asked: &str) -> Vec<String> {
        let listed = self.get(&format!("/v1/needs?{asked}")).token(&self.officer);
        let listed = listed.expect(200).await;
        let ids = each(&listed["items"], "id");
        ids.into_iter().map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn a_confirmed_need_is_matched_by_a_project_and_met_once_that_is_completed() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.need(&finland, "A need").await;
    let other = world.need(&finland, "Another").await;
    world.did(&format!("{need}/confirmation"), json!({})).await;
    let without = "without_project=true";
    assert_eq!(world.listed(without).await, [id(&need), id(&other)]);
    let confirmed = world.head().await;
    let get = || world.get(&need).token(&finland);
    let tag = get().send().await.header("etag").to_owned();

    let project = world.project_about(&[&need]).await;
    let shown = get().header("if-none-match", &tag).send().await;
    let shown = shown.expect(200);
    assert_eq!(shown["status"], "matched");
    assert_eq!(shown["projects"], json!([id(&project)]));
    assert_eq!(world.listed(without).await, [id(&other)]);
    assert_eq!(world.listed("without_project=false").await, [id(&need)]);
    assert_eq!(world.listed("status=matched").await, [id(&need)]);
    assert!(world.listed("status=confirmed").await.is_empty());
    let then = format!("status=confirmed&as_of={confirmed}");
    assert_eq!(world.listed(&then).await, [id(&need)]);

    let officer = &world.officer;
    let decline = world.post(&format!("{need}/declination")).token(officer);
    let decline = decline.json(&json!({"reason": words("Late")}));
    decline.problem(409, "need_is_matched").await;
    let merge = world.post(&format!("{need}/merger")).token(officer);
    let merge = merge.json(&json!({"into": id(&other)}));
    merge.problem(409, "need_is_matched").await;
    let met = || {
        let met = world.post(&format!("{need}/fulfilment")).token(officer);
        met.json(&json!({"on": "2006-06-01", "project": id(&project), "note": words("Done")}))
    };
    for (what, on) in [("funding", "2005-04-01"), ("start", "2005-05-01")] {
        let faulty = met().problem(422, "need_faulty").await;
        assert_eq!(faults(&faulty), [("project_did_not_meet", "/project")]);
        world
            .did(&format!("{project}/{what}"), json!({ "on": on }))
            .await;
    }
    let end = json!({"on": "2006-05-01"});
    world.did(&format!("{project}/completion"), end).await;
    // Another completed project that is not about it met nothing.
    let stranger = world.project_about(&[&other]).await;
    let by_stranger = world.post(&format!("{need}/fulfilment")).token(officer);
    let by_stranger = by_stranger.json(&json!({"on": "2006-06-01", "project": id(&stranger)}));
    by_stranger.problem(422, "need_faulty").await;
    // What a project is about is given up no more than that, though nobody has confirmed it.
    let decline = world.post(&format!("{other}/declination")).token(officer);
    let decline = decline.json(&json!({"reason": words("Late")}));
    decline.problem(409, "need_is_matched").await;
    for (on, code) in [
        ("2006-04-30", "before_what_it_follows"),
        ("2999-01-01", "day_in_the_future"),
    ] {
        let wrong = world.post(&format!("{need}/fulfilment")).token(officer);
        let wrong = wrong.json(&json!({"on": on, "project": id(&project)}));
        let wrong = wrong.problem(422, "need_faulty").await;
        assert_eq!(faults(&wrong), [(code, "/on")]);
    }
    let met = met().expect(200).await;
    assert_eq!(met["status"], "met");
    assert_eq!(met["end"]["on"], "2006-06-01");
    assert_eq!(met["end"]["project"], id(&project));
    assert_eq!(met["end"]["remark"]["text"], "Done");
    assert!(world.listed(without).await.is_empty());
}

#[tokio::test]
async fn a_need_whose_project_is_cancelled_is_without_one_again() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.need(&finland, "A need").await;
    world.did(&format!("{need}/confirmation"), json!({})).await;
    let project = world.project_about(&[&need]).await;
    assert_eq!(world.status_of(&need).await, "matched");
    let given_up = json!({"on": "2005-06-01", "reason": words("No money")});
    world
        .did(&format!("{project}/cancellation"), given_up)
        .await;
    assert_eq!(world.status_of(&need).await, "confirmed");
    assert_eq!(world.listed("without_project=true").await, [id(&need)]);
    let met = world
        .post(&format!("{need}/fulfilment"))
        .token(&world.officer);
    let met = met.json(&json!({"on": "2006-06-01"}));
    met.problem(409, "need_not_matched").await;
}

#[tokio::test]
async fn an_accepted_request_matches_a_need_and_a_mere_request_does_not() {
    let world = World::new().await;
    let finland = world.focal_point("FIN").await;
    let need = world.need(&finland, "A need").await;
    world.did(&format!("{need}/confirmation"), json!({})).await;
    let asking =
        json!({"needs": [id(&need)], "text": words("We ask for help."), "on": "2005-02-01"});
    let request = world.post("/v1/requests").token(&finland).json(&asking);
    let request = request.expect(201).await;
    let request = format!("/v1/requests/{}", request["id"].as_str().unwrap());
    assert_eq!(world.status_of(&need).await, "confirmed");
    let because = json!({"reason": words("We look for a donor.")});
    world.did(&format!("{request}/acceptance"), because).await;
    assert_eq!(world.status_of(&need).await, "matched");
    // Asked for, and still without a project.
    assert_eq!(world.listed("without_project=true").await, [id(&need)]);
    // Requests are their State's and the Secretariat's: to others the need is confirmed, and no more.
    world.share(&need, &finland, "all").await;
    for token in [&finland, &world.officer] {
        let shown = world.get(&need).token(token).expect(200).await;
        assert_eq!(shown["requests"], json!([id(&request)]));
    }
    for (status, found) in [("matched", 0), ("confirmed", 1)] {
        let listed = world.get(&format!("/v1/needs?status={status}"));
        let listed = listed.expect(200).await;
        let listed = listed["items"].as_array().unwrap();
        assert_eq!(listed.len(), found, "{status}");
    }
    let shown = world.get(&need).expect(200).await;
    assert_eq!(shown["status"], "confirmed");
    assert!(!shown.to_string().contains(id(&request)), "{shown:#}");
    world.share(&need, &finland, "nobody").await;
    let met = json!({"on": "2006-06-01", "note": words("By other means")});
    let met = world.did(&format!("{need}/fulfilment"), met).await;
    assert_eq!(met["status"], "met");
}
